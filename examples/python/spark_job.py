"""Counts the errors in a folder of logs with PySpark: `spark_job.py FOLDER [MASTER]`."""

import sys

from pyspark.sql import SparkSession

import aerocodes.spark


def main(folder: str, master: str = "local[2]") -> None:
    spark = (
        SparkSession.builder.master(master)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    found = aerocodes.spark.recognized(spark.read.text(folder))
    for row in found.groupBy("dialect", "value", "condition").count().orderBy("count", "dialect", "value").collect():
        print(f"{row['dialect']}:{row['value']} {row['condition']} {row['count']}")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
