"""An expression namespace for Polars: `import aerocodes.polars`, then `pl.col("code").aerocodes.condition("java")`.

Needs `pip install aerocodes[polars]`. `dialect` is a key, or an expression such as `pl.col("client")` that gives keys.

>>> import polars as pl, aerocodes.polars
>>> frame = pl.DataFrame({"client": ["java", "go"], "code": [9, -8]})
>>> frame.select(pl.col("code").aerocodes.name(pl.col("client")))["code"].to_list()
['TIMEOUT', 'NO_AVAILABLE_CONNECTIONS_TO_NODE']
"""

from __future__ import annotations

from typing import Any

import polars as pl

from ._columns import Into, decode, recognize_column

__all__ = ["Aerocodes"]


def _series(codes: Any, dialect: Any, into: Into, operation: str) -> Any:
    if isinstance(dialect, pl.Series) and len(dialect) == 1 != len(codes):
        dialect = pl.repeat(dialect[0], len(codes), dtype=pl.String, eager=True)
    return pl.Series(codes.name, decode(codes.rechunk(), dialect, into=into, operation=operation)).cast(pl.String)


@pl.api.register_expr_namespace("aerocodes")
class Aerocodes:
    """What each code of a column, or each text, means."""

    def __init__(self, expression: Any) -> None:
        self._expression = expression

    def _decode(self, dialect: Any, into: Into, operation: str = "write") -> Any:
        if isinstance(dialect, pl.Expr):
            return pl.map_batches(
                [self._expression, dialect.cast(pl.String)],
                lambda s: _series(s[0], s[1], into, operation),
                return_dtype=pl.String,
            )
        return self._expression.map_batches(
            lambda s: _series(s, dialect, into, operation), return_dtype=pl.String, is_elementwise=True
        )

    def condition(self, dialect: Any = "server") -> Any:
        """The condition's name; null where nothing is known."""
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
        """The errors in each text: a list of structs."""
        kinds = {
            "dialect": pl.String,
            "value": pl.Int32,
            "name": pl.String,
            "condition": pl.String,
            "category": pl.String,
            "subcode": pl.Int64,
            "in_doubt": pl.Boolean,
            "node": pl.String,
            "iteration": pl.Int64,
            "nested": pl.Boolean,
            "start": pl.Int64,
            "end": pl.Int64,
            "confidence": pl.Float32,
        }
        return self._expression.map_batches(
            lambda s: pl.Series(s.name, recognize_column(s.rechunk())), return_dtype=pl.List(pl.Struct(kinds)), is_elementwise=True
        )
