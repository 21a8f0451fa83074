"""Dask: partitions of a data frame on a local cluster of two processes."""

import dask.dataframe
import pandas
import wattfolio
from dask.distributed import Client, LocalCluster
from work import MEASURES, check, scenarios


def sweep(part: pandas.DataFrame, scenario: wattfolio.Scenario) -> pandas.DataFrame:
    """A partition with its figures."""
    return pandas.DataFrame(wattfolio.sweep(scenario, part, MEASURES).to_dict(), index=part.index)


def main() -> None:
    """Runs the cluster; processes of it import this file."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster):
        scenario = wattfolio.Scenario("today")
        frame = dask.dataframe.from_pandas(pandas.DataFrame(scenarios()), npartitions=8)
        meta = sweep(frame.head(1), scenario)
        check("dask", frame.map_partitions(sweep, scenario, meta=meta).compute())


if __name__ == "__main__":
    main()
