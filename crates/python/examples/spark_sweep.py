"""Spark: `mapInArrow` on two local threads; a batch of rows in, a batch of figures out."""

from collections.abc import Iterator

import pandas
import pyarrow
import wattfolio
from pyspark.sql import SparkSession
from pyspark.sql.types import DoubleType, LongType, StructField, StructType
from work import MEASURES, check, scenarios


def main() -> None:
    """Starts Spark on this machine."""
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    # A dot in a name means a field of a structure to Spark; underscores are read as well.
    scenario, columns = wattfolio.Scenario("today"), {name.replace(".", "_"): values for name, values in scenarios().items()}
    names = [measure.replace(".", "_") for measure in MEASURES]

    def sweep(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            swept = pyarrow.table(wattfolio.sweep(scenario, batch.select(list(columns)), MEASURES)).select(MEASURES)
            yield from swept.rename_columns(names).add_column(0, "cell", batch.column("cell")).to_batches()

    rows = pandas.DataFrame(columns)
    rows.insert(0, "cell", range(len(rows)))
    frame = spark.createDataFrame(rows).repartition(8)
    kinds = [StructField("cell", LongType())] + [StructField(name, DoubleType()) for name in names]
    # Partitions come back in any order; the number of the scenario restores it.
    found = frame.mapInArrow(sweep, StructType(kinds)).toPandas().sort_values("cell")
    check("spark", found.rename(columns=dict(zip(names, MEASURES, strict=True))))
    spark.stop()


if __name__ == "__main__":
    main()
