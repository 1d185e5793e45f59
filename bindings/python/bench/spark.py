"""Measures the Spark helpers on local clusters of one and of two executors, each beside a plain Python UDF that does the same.

The best of three rounds, after one that starts the workers; the answers go to Spark's no-op sink.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any

LINE = "2026/11/22 04:03:17 cart.go:47: ResultCode: KEY_BUSY, Iteration: 1, InDoubt: false, Node: BB9030011AC4202 10.0.0.9:3000: Hot key"
PLAIN = "2026/11/22 04:03:12 cart.go:42: GET /carts/404 200 5 ms"


def rate(frame: Any, rows: int) -> float:
    """Million rows a second."""
    best = 0.0
    for _ in range(4):
        start = time.perf_counter()
        frame.write.format("noop").mode("overwrite").save()
        best = max(best, rows / (time.perf_counter() - start) / 1e6)
    return best


def measure(executors: int) -> dict[str, float]:
    from pyspark.sql import SparkSession
    from pyspark.sql.functions import col, expr, udf

    import aerocodes.spark

    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = (
        SparkSession.builder.master(f"local-cluster[{executors},1,1024]")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    aerocodes.spark.register(spark)

    def plain(c: int) -> str | None:
        condition = aerocodes.lookup("java", c).condition
        return None if condition is None else condition.name

    def recognized(text: str) -> list[str]:
        return [str(f.condition) for f in aerocodes.recognize(text)]

    def codes(rows: int) -> Any:
        return spark.range(0, rows, 1, 8).select(expr("cast(id % 240 - 20 as int) as c"))

    def texts(rows: int) -> Any:
        return spark.range(0, rows, 1, 8).select(expr(f"if(id % 100 = 0, '{LINE}', '{PLAIN}') as value"))

    many, few = 20_000_000, 1_000_000
    out = {
        "codes": rate(codes(many).select(expr("aerocodes_condition('java', c)")), many),
        "codes, Python UDF": rate(codes(few).select(udf(plain, "string")(col("c"))), few),
        "texts": rate(aerocodes.spark.recognized(texts(4 * few)), 4 * few),
        "texts, Python UDF": rate(texts(few).select(udf(recognized, "array<string>")(col("value"))), few),
    }
    spark.stop()
    return out


def main() -> None:
    rates = []
    for executors in (1, 2):
        # A process each: Spark keeps one context in a process.
        done = subprocess.run([sys.executable, "-I", __file__, str(executors)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            sys.exit(done.stderr[-3000:])
        rates.append(json.loads(done.stdout.splitlines()[-1]))
    one, two = rates
    print("PySpark, million rows a second: one executor, two, two / one")
    for what in one:
        print(f"  {what}: {one[what]:.2f}, {two[what]:.2f}, {two[what] / one[what]:.2f}x")
    for what in ("codes", "texts"):
        ratios = [r[what] / r[f"{what}, Python UDF"] for r in rates]
        print(f"  {what}: Arrow / Python UDF with one executor {ratios[0]:.1f}x, with two {ratios[1]:.1f}x")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
    else:
        main()
