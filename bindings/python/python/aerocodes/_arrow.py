"""What the SQL functions of DuckDB and Spark do with their Arrow columns. Needs pyarrow."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ._columns import Into, decode
from ._model import _KEYS, translate

__all__ = ["advice", "translated", "words"]


def _same(column: Any) -> str | None:
    """The text that stands in every row, if there is one: mostly a constant of the query."""
    if len(column) == 0 or column.null_count:
        return None
    first = column[0].as_py()
    return first if isinstance(first, str) and pc.all(pc.equal(column, first)).as_py() else None


def words(dialect: Any, code: Any, into: Into, operation: str = "write") -> Any:
    """What each code becomes. A dialect that is missing or that nobody knows gives null, whatever else is in the batch."""
    same = _same(dialect)
    found = pa.array(decode(code, same if same in _KEYS else dialect, into=into, operation=operation))
    return found.cast(pa.string())


def advice(dialect: Any, code: Any, operation: Any, into: Into) -> Any:
    """One predicate of the advice; an operation that nobody knows is an error, none gives null."""
    same = _same(operation)
    if same is not None:
        return words(dialect, code, into, same)
    out = pa.nulls(len(code), pa.string())
    for one in pc.unique(operation).drop_null().to_pylist():
        out = pc.if_else(pc.fill_null(pc.equal(operation, one), False), words(dialect, code, into, one), out)
    return out


def translated(dialect: Any, code: Any, target: Any) -> Any:
    """The best number of the target dialect; null where there is none."""
    seen: dict[tuple[Any, Any, Any], int | None] = {}
    out = []
    for row in zip(dialect.to_pylist(), code.to_pylist(), target.to_pylist()):
        if row not in seen:
            known = None not in row and row[0] in _KEYS and row[2] in _KEYS
            values = translate((row[0], row[1]), row[2]).values if known else ()
            seen[row] = values[0] if values else None
        out.append(seen[row])
    return pa.array(out, pa.int32())
