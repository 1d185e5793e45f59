"""An accessor for pandas: `import aerocodes.pandas`, then `frame["code"].aerocodes.condition("java")`.

Needs `pip install aerocodes[pandas]`. Answers are categorical columns with the same index. `dialect` is a key or a column of keys.

>>> import pandas as pd, aerocodes.pandas
>>> frame = pd.DataFrame({"client": ["java", "go"], "code": [9, -8]})
>>> frame["code"].aerocodes.name(frame["client"]).tolist()
['TIMEOUT', 'NO_AVAILABLE_CONNECTIONS_TO_NODE']
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ._columns import Into, decode
from ._explain import recognize

__all__ = ["Aerocodes"]


@pd.api.extensions.register_series_accessor("aerocodes")
class Aerocodes:
    """What each code of a column, or each text, means."""

    def __init__(self, series: Any) -> None:
        self._series = series

    def _decode(self, dialect: Any, into: Into, operation: str = "write") -> Any:
        s = self._series
        missing = s.isna().to_numpy()
        if pd.api.types.is_float_dtype(s.dtype):
            # pandas keeps whole numbers with gaps as floats.
            whole = s.dropna()
            if not (whole == np.trunc(whole)).all():
                raise TypeError("a column of codes holds integers; this one holds fractions")
            codes = s.fillna(0).astype("int64").to_numpy()
        elif pd.api.types.is_integer_dtype(s.dtype):
            codes = (s.fillna(0) if missing.any() else s).to_numpy(dtype="int64" if missing.any() else s.to_numpy().dtype)
        elif s.dtype == object:
            codes = [None if m else v for v, m in zip(s, missing)]
        else:
            raise TypeError(f"a column of codes holds integers; this one has the dtype {s.dtype}")
        if isinstance(dialect, pd.Series):
            dialect = [None if k is None or k is pd.NA or k != k else k for k in dialect]
        column = decode(codes, dialect, into=into, operation=operation)
        keys = np.array(column, dtype="int32") - 1
        keys[missing] = -1
        words = pd.Index(list(dict.fromkeys(column.words)))
        if len(words) != len(column.words):
            # Two dialects share names: the same name is one category.
            at = {w: i for i, w in enumerate(words)}
            keys = np.append(np.array([at[w] for w in column.words], dtype="int32"), np.int32(-1))[keys]
        return pd.Series(pd.Categorical.from_codes(keys, words), index=s.index, name=s.name)

    def condition(self, dialect: Any = "server") -> Any:
        """The condition's name; missing where nothing is known."""
        return self._decode(dialect, "condition")

    def name(self, dialect: Any = "server") -> Any:
        """The dialect's name for the code."""
        return self._decode(dialect, "name")

    def category(self, dialect: Any = "server") -> Any:
        """The condition's kind."""
        return self._decode(dialect, "category")

    def summary(self, dialect: Any = "server") -> Any:
        """One sentence of at most 80 characters."""
        return self._decode(dialect, "summary")

    def retryable(self, dialect: Any = "server", operation: str = "write") -> Any:
        """Whether sending the same request again is right: yes, no, depends or unknown."""
        return self._decode(dialect, "retryable", operation)

    def maybe_applied(self, dialect: Any = "server", operation: str = "write") -> Any:
        """Whether the request may have been applied: yes, no, depends or unknown."""
        return self._decode(dialect, "maybe_applied", operation)

    def recognize(self) -> Any:
        """The errors in all texts: a frame with a row for each finding and the text's index as its index."""
        fields = ("dialect", "value", "name", "condition", "subcode", "in_doubt", "node", "iteration", "nested", "start", "end", "confidence")
        rows, index = [], []
        for label, text in self._series.items():
            for f in recognize(text) if isinstance(text, str) else ():
                row = {n: getattr(f, n) for n in fields}
                row["dialect"] = None if f.dialect is None else f.dialect.key
                row["condition"] = None if f.condition is None else f.condition.name
                rows.append(row)
                index.append(label)
        frame = pd.DataFrame(rows, columns=list(fields), index=pd.Index(index, name=self._series.index.name))
        # Numbers stay whole where some are missing, and the types are those of a frame without rows too.
        return frame.astype({"value": "Int32", "subcode": "Int64", "in_doubt": "boolean", "iteration": "Int64", "nested": "bool"})
