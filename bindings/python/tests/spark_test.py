"""PySpark with two real executors; run by the full test only."""

import os
import sys

import pytest

import aerocodes
import aerocodes.spark

pyspark_sql = pytest.importorskip("pyspark.sql")


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
    yield session
    session.stop()


def test_sql_functions(spark):
    aerocodes.spark.register(spark)
    frame = spark.createDataFrame([("java", 9), ("go", -8), ("java", 4711)], "d string, c int")
    frame.createOrReplaceTempView("t")
    rows = spark.sql("select aerocodes_condition(d, c) a, aerocodes_name(d, c) b, aerocodes_retryable(d, c, 'read') r from t").collect()
    assert sorted((r.a or "", r.b or "") for r in rows) == [
        ("", ""),
        ("NO_MORE_CONNECTIONS", "NO_AVAILABLE_CONNECTIONS_TO_NODE"),
        ("TIMEOUT", "TIMEOUT"),
    ]
    assert {r.r for r in rows} <= {"yes", "no", "depends", "unknown"}


def test_recognise_through_arrow(spark):
    line = "ResultCode: KEY_BUSY, Iteration: 1, InDoubt: false, Node: BB9030011AC4202 10.0.0.9:3000: Hot key"
    frame = spark.createDataFrame([(line,), ("all is well",), (None,)] * 50, "value string").repartition(4)
    rows = aerocodes.spark.recognized(frame).collect()
    assert len(rows) == 50 and {(r.dialect, r.value, r.in_doubt, r.text) for r in rows} == {("go", 14, False, line)}
