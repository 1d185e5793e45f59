"""PySpark with two real executors; run by the full test only, which names this file: pytest does not find it by itself."""

import os
import subprocess
import sys

import pytest

import aerocodes
import aerocodes.spark
from support import package

pyspark_sql = package("pyspark.sql")
GO = "ResultCode: KEY_BUSY, Iteration: 1, InDoubt: false, Node: BB9030011AC4202 10.0.0.9:3000: Hot key"


@pytest.fixture(scope="module")
def spark():
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (
        pyspark_sql.SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    aerocodes.spark.register(session)
    yield session
    session.stop()


def test_two_executors_answer(spark):
    def where(batches):
        import pyarrow as pa

        for _ in batches:
            yield pa.RecordBatch.from_pydict({"pid": [os.getppid()], "native": [aerocodes.native]})

    import time

    deadline = time.monotonic() + 60
    while True:
        rows = spark.range(0, 64, 1, 16).mapInArrow(where, "pid bigint, native boolean").collect()
        if len({r.pid for r in rows}) >= 2 or time.monotonic() > deadline:
            break
    assert len({r.pid for r in rows}) == 2 and all(r.native for r in rows)


def test_sql_functions(spark):
    rows = [("java", 9), ("go", -8), ("java", 4711), (None, 9), ("c", None), ("cobol", 9)]
    spark.createDataFrame(rows, "d string, c int").repartition(3).createOrReplaceTempView("t")
    found = spark.sql(
        "select d, c, aerocodes_condition(d, c) a, aerocodes_name(d, c) b, aerocodes_category(d, c) k, aerocodes_summary(d, c) s, "
        "aerocodes_retryable(d, c, 'read') r, aerocodes_maybe_applied(d, c, if(c = 9, 'read', 'write')) m, "
        "aerocodes_translate(d, c, 'go') g from t"
    ).collect()
    got = {(r.d, r.c): r for r in found}
    assert len(got) == len(rows)
    for (d, c), r in got.items():
        known = d in ("java", "go") and c is not None
        want = aerocodes.lookup(d, c) if known else None
        assert r.a == (want.condition.name if known and want.condition else None)
        assert r.b == (want.name if known else None)
        assert r.k == (want.category if known else None)
        assert (r.s or "") == (want.summary if known else "")
        assert r.r == (str(want.advise("read").retryable) if known else None)
        assert r.m == (str(want.advise("read" if c == 9 else "write").maybe_applied) if known else None)
        assert r.g == (next(iter(want.translate("go").values), None) if known else None)
    assert spark.sql("select aerocodes_condition('java', 9L) c").first().c == "TIMEOUT"
    (f,) = spark.sql(f"select aerocodes_recognize('{GO}') f").first().f
    assert (f.dialect, f.value, f.condition, f.in_doubt, f.node) == ("go", 14, "KEY_BUSY", False, "BB9030011AC4202 10.0.0.9:3000")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select aerocodes_retryable('java', 9, 'guess') x", "there is no operation 'guess'"),
        ("select aerocodes_condition('java', 1.5D) x", "a column of codes holds integers"),
        ("select aerocodes_condition('java', 3000000000L) x", "out of range"),
    ],
)
def test_what_is_wrong_is_told(spark, query, said):
    from pyspark.errors import PySparkException

    with pytest.raises(PySparkException, match=said):
        spark.sql(query).collect()


def test_recognise_through_arrow(spark):
    frame = spark.createDataFrame([(GO,), ("all is well",), (None,)] * 50, "value string").repartition(4)
    rows = aerocodes.spark.recognized(frame).collect()
    assert len(rows) == 50 and {(r.dialect, r.value, r.in_doubt, r.text) for r in rows} == {("go", 14, False, GO)}
    assert aerocodes.spark.recognized(frame.filter("false")).count() == 0


def test_the_example_job(root, tmp_path):
    (tmp_path / "a.log").write_text(f"{GO}\nall is well\n" * 30, encoding="utf-8")
    (tmp_path / "b.log").write_text("com.aerospike.client.AerospikeException: Error -8: Failed to connect to [1] host(s)\n", encoding="utf-8")
    job = [sys.executable, str(root / "examples/python/spark_job.py"), str(tmp_path), "local-cluster[2,1,1024]"]
    out = subprocess.run(job, capture_output=True, text=True, check=False, env={**os.environ, "PYSPARK_PYTHON": sys.executable}, timeout=300)
    assert out.returncode == 0, out.stderr[-3000:]
    assert out.stdout.splitlines() == ["java:-8 SERVER_NOT_AVAILABLE 1", "go:14 KEY_BUSY 30"]
