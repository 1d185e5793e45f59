"""SQL functions for DuckDB: `aerocodes.duckdb.register(con)`. Needs `pip install aerocodes[duckdb]`.

- `aerocodes_condition(dialect, code)`, `aerocodes_name(…)`, `aerocodes_category(…)`, `aerocodes_summary(…)`: text, or NULL
- `aerocodes_retryable(dialect, code, operation)`, `aerocodes_maybe_applied(…)`: `yes`, `no`, `depends` or `unknown`
- `aerocodes_translate(dialect, code, target)`: the best number of the target dialect, or NULL
- `aerocodes_recognize(text)`: a list of structs, one for each error in the text

A dialect that nobody knows gives NULL; an operation that nobody knows is an error.
"""

from __future__ import annotations

from typing import Any

from ._columns import Into, recognize_column

__all__ = ["register"]

_FINDING = (
    "STRUCT(dialect VARCHAR, value INTEGER, name VARCHAR, condition VARCHAR, category VARCHAR, subcode BIGINT, in_doubt BOOLEAN, "
    "node VARCHAR, iteration BIGINT, nested BOOLEAN, start BIGINT, \"end\" BIGINT, confidence FLOAT)[]"
)


def register(con: Any) -> None:
    """Adds the SQL functions to a connection.

    >>> import duckdb, aerocodes.duckdb
    >>> con = duckdb.connect()
    >>> aerocodes.duckdb.register(con)
    >>> con.sql("select aerocodes_condition('java', 9)").fetchall()
    [('TIMEOUT',)]
    """
    import pyarrow as pa

    from . import _arrow

    def add(name: str, function: Any, parameters: list[str], answer: str) -> None:
        con.create_function(f"aerocodes_{name}", function, parameters, answer, type="arrow", null_handling="special")

    def word(into: Into) -> Any:
        return lambda dialect, code: _arrow.words(dialect, code, into)

    def advice(into: Into) -> Any:
        return lambda dialect, code, operation: _arrow.advice(dialect, code, operation, into)

    one: tuple[Into, ...] = ("condition", "name", "category", "summary")
    for into in one:
        add(into, word(into), ["VARCHAR", "INTEGER"], "VARCHAR")
    two: tuple[Into, ...] = ("retryable", "maybe_applied")
    for into in two:
        add(into, advice(into), ["VARCHAR", "INTEGER", "VARCHAR"], "VARCHAR")
    add("translate", _arrow.translated, ["VARCHAR", "INTEGER", "VARCHAR"], "INTEGER")
    add("recognize", lambda text: pa.array(recognize_column(text)), ["VARCHAR"], _FINDING)
