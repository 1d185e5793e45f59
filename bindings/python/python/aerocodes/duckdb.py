"""SQL functions for DuckDB: `aerocodes.duckdb.register(con)`. Needs `pip install aerocodes[duckdb]`.

- `aerocodes_condition(dialect, code)`, `aerocodes_name(…)`, `aerocodes_category(…)`, `aerocodes_summary(…)`: text, or NULL
- `aerocodes_retryable(dialect, code, operation)`, `aerocodes_maybe_applied(…)`: `yes`, `no`, `depends` or `unknown`
- `aerocodes_translate(dialect, code, target)`: the best number of the target dialect, or NULL
- `aerocodes_recognize(text)`: a list of structs, one for each error in the text
"""

from __future__ import annotations

from typing import Any

from ._columns import Into, decode, recognize_column
from ._model import translate

__all__ = ["register"]

_FINDING = (
    "STRUCT(dialect VARCHAR, value INTEGER, name VARCHAR, condition VARCHAR, category VARCHAR, subcode BIGINT, in_doubt BOOLEAN, "
    "node VARCHAR, iteration BIGINT, nested BOOLEAN, start BIGINT, \"end\" BIGINT, confidence FLOAT)[]"
)


def _one(column: Any) -> Any:
    """The only value of a column, or the column."""
    import pyarrow.compute as pc

    first = column[0].as_py() if len(column) else None
    return first if isinstance(first, str) and pc.all(pc.equal(column, first)).as_py() and column.null_count == 0 else column


def _words(dialect: Any, code: Any, into: Into, operation: str = "write") -> Any:
    import pyarrow as pa

    found = pa.array(decode(code, _one(dialect), into=into, operation=operation))
    return found.cast(pa.string())


def register(con: Any) -> None:
    """Adds the SQL functions to a connection.

    >>> import duckdb, aerocodes.duckdb                                          # doctest: +SKIP
    >>> con = duckdb.connect()                                                   # doctest: +SKIP
    >>> aerocodes.duckdb.register(con)                                           # doctest: +SKIP
    >>> con.sql("select aerocodes_condition('java', 9)").fetchall()              # doctest: +SKIP
    [('TIMEOUT',)]
    """
    import pyarrow as pa

    def simple(into: Into) -> Any:
        return lambda dialect, code: _words(dialect, code, into)

    for into in ("condition", "name", "category", "summary"):
        con.create_function(
            f"aerocodes_{into}",
            simple(into),  # type: ignore[arg-type]
            ["VARCHAR", "INTEGER"],
            "VARCHAR",
            type="arrow",
            null_handling="special",
        )

    def advice(into: Into) -> Any:
        def of(dialect: Any, code: Any, operation: Any) -> Any:
            one = _one(operation)
            if isinstance(one, str):
                return _words(dialect, code, into, one)
            rows = zip(dialect.to_pylist(), code.to_pylist(), operation.to_pylist())
            return pa.array([None if None in row else decode([row[1]], row[0], into=into, operation=row[2])[0] for row in rows], pa.string())

        return of

    for into in ("retryable", "maybe_applied"):
        con.create_function(
            f"aerocodes_{into}",
            advice(into),  # type: ignore[arg-type]
            ["VARCHAR", "INTEGER", "VARCHAR"],
            "VARCHAR",
            type="arrow",
            null_handling="special",
        )

    def translated(dialect: Any, code: Any, target: Any) -> Any:
        seen: dict[Any, int | None] = {}
        out = []
        for row in zip(dialect.to_pylist(), code.to_pylist(), target.to_pylist()):
            if row not in seen:
                values = () if None in row else translate((row[0], row[1]), row[2]).values
                seen[row] = values[0] if values else None
            out.append(seen[row])
        return pa.array(out, pa.int32())

    con.create_function(
        "aerocodes_translate", translated, ["VARCHAR", "INTEGER", "VARCHAR"], "INTEGER", type="arrow", null_handling="special"
    )
    con.create_function(
        "aerocodes_recognize", lambda text: pa.array(recognize_column(text)), ["VARCHAR"], _FINDING, type="arrow", null_handling="special"
    )
