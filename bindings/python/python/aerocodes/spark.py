"""Functions for PySpark: `aerocodes.spark.register(spark)`. Needs `pip install aerocodes[spark]`, on the executors too.

The SQL functions are those of `aerocodes.duckdb`:

- `aerocodes_condition(dialect, code)`, `aerocodes_name(…)`, `aerocodes_category(…)`, `aerocodes_summary(…)`: text, or null
- `aerocodes_retryable(dialect, code, operation)`, `aerocodes_maybe_applied(…)`: `yes`, `no`, `depends` or `unknown`
- `aerocodes_translate(dialect, code, target)`: the best number of the target dialect, or null
- `aerocodes_recognize(text)`: an array of structs, one for each error in the text

A dialect that nobody knows gives null; an operation that nobody knows is an error. `recognized(frame, column)` makes rows of the
errors in a text column, through `mapInArrow`.
"""

from __future__ import annotations

from typing import Any, Iterator

from ._columns import Into, recognize_column

__all__ = ["SCHEMA", "recognized", "register"]

#: The columns that `recognized` adds, and the fields of what `aerocodes_recognize` gives.
SCHEMA = (
    "dialect string, value int, name string, condition string, category string, subcode bigint, in_doubt boolean, node string, "
    "iteration bigint, nested boolean, start bigint, end bigint, confidence float"
)


def register(spark: Any) -> None:
    """Adds the SQL functions to a session; on the executors they are Arrow functions: no row becomes a Python object.

    >>> aerocodes.spark.register(spark)                                                 # doctest: +SKIP
    >>> spark.sql("select aerocodes_condition('java', 9) as c").first().c               # doctest: +SKIP
    'TIMEOUT'
    """
    from pyspark.sql.functions import ArrowUDFType, arrow_udf

    def add(name: str, function: Any, answer: str) -> None:
        spark.udf.register(f"aerocodes_{name}", arrow_udf(function, answer, ArrowUDFType.SCALAR))

    # What the functions use is imported where they run: on the executors.
    def word(into: Into) -> Any:
        def of(dialect: Any, code: Any) -> Any:
            from aerocodes._arrow import words

            return words(dialect, code, into)

        return of

    def advice(into: Into) -> Any:
        def of(dialect: Any, code: Any, operation: Any) -> Any:
            from aerocodes._arrow import advice

            return advice(dialect, code, operation, into)

        return of

    def translated(dialect: Any, code: Any, target: Any) -> Any:
        from aerocodes._arrow import translated

        return translated(dialect, code, target)

    def recognize(text: Any) -> Any:
        import pyarrow as pa

        return pa.array(recognize_column(text))

    one: tuple[Into, ...] = ("condition", "name", "category", "summary")
    for into in one:
        add(into, word(into), "string")
    two: tuple[Into, ...] = ("retryable", "maybe_applied")
    for into in two:
        add(into, advice(into), "string")
    add("translate", translated, "int")
    add("recognize", recognize, f"array<struct<{SCHEMA.replace(' ', ':').replace(',:', ', ')}>>")


def recognized(frame: Any, column: str = "value") -> Any:
    """A frame with a row for each error found in a text column: that column as `text`, then `SCHEMA`.

    Arrow batches go to the executors' native code and back: no row becomes a Python object.

    >>> found = aerocodes.spark.recognized(spark.read.text("logs/"))                    # doctest: +SKIP
    >>> found.groupBy("condition").count().show()                                       # doctest: +SKIP
    """

    def find(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa
        import pyarrow.compute as pc

        for batch in batches:
            texts = batch.column(0)
            found = pa.array(recognize_column(texts))
            flat = found.flatten()
            arrays = [texts.take(pc.list_parent_indices(found)), *flat.flatten()]
            names = ["text", *(flat.type.field(i).name for i in range(flat.type.num_fields))]
            yield pa.RecordBatch.from_arrays(arrays, names=names)

    return frame.select(column).mapInArrow(find, "text string, " + SCHEMA)
