"""Functions for PySpark: `aerocodes.spark.register(spark)`. Needs `pip install aerocodes[spark]`, on the executors too.

SQL functions `aerocodes_condition(dialect, code)`, `aerocodes_name`, `aerocodes_category`, `aerocodes_summary` and
`aerocodes_retryable(dialect, code, operation)`; `recognized(frame, column)` for text, through `mapInArrow`.
"""

from __future__ import annotations

from typing import Any, Iterator

from ._columns import Into, decode, recognize_column

__all__ = ["SCHEMA", "recognized", "register"]

#: The columns that `recognized` adds.
SCHEMA = (
    "dialect string, value int, name string, condition string, category string, subcode bigint, in_doubt boolean, node string, "
    "iteration bigint, nested boolean, start bigint, end bigint, confidence float"
)


def register(spark: Any) -> None:
    """Adds the SQL functions to a session; they run as Arrow-backed column functions on the executors."""
    import pandas as pd
    from pyspark.sql.functions import pandas_udf

    def words(into: Into) -> Any:
        def of(dialect: pd.Series, code: pd.Series) -> pd.Series:
            import aerocodes.pandas  # noqa: F401  The accessor, on the executor.

            first = dialect.iloc[0] if len(dialect) else None
            key = first if isinstance(first, str) and (dialect == first).all() else dialect
            return code.aerocodes._decode(key, into).astype(object)

        of.__annotations__ = {"dialect": pd.Series, "code": pd.Series, "return": pd.Series}
        return pandas_udf(of, "string")

    for into in ("condition", "name", "category", "summary"):
        spark.udf.register(f"aerocodes_{into}", words(into))  # type: ignore[arg-type]

    def retryable(dialect: pd.Series, code: pd.Series, operation: pd.Series) -> pd.Series:
        rows = zip(dialect, code, operation)
        return pd.Series([None if pd.isna(c) else decode([int(c)], d, into="retryable", operation=o)[0] for d, c, o in rows], dtype=object)

    retryable.__annotations__ = {"dialect": pd.Series, "code": pd.Series, "operation": pd.Series, "return": pd.Series}
    spark.udf.register("aerocodes_retryable", pandas_udf(retryable, "string"))


def recognized(frame: Any, column: str = "value") -> Any:
    """A frame with a row for each error found in a text column: that column as `text`, then `SCHEMA`.

    Arrow batches go to the executors' native code and back: no row becomes a Python object.
    """

    def find(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        for batch in batches:
            texts = batch.column(0)
            found = pa.array(recognize_column(texts))
            rows = pa.compute.list_parent_indices(found)
            flat = found.flatten()
            arrays = [texts.take(rows), *flat.flatten()]
            names = ["text", *(flat.type.field(i).name for i in range(flat.type.num_fields))]
            yield pa.RecordBatch.from_arrays(arrays, names=names)

    return frame.select(column).mapInArrow(find, "text string, " + SCHEMA)
