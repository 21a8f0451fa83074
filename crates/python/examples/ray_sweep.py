"""Ray: tasks on two CPUs, each with a share of the scenarios."""

import numpy as np
import ray
import wattfolio
from work import MEASURES, check, scenarios


@ray.remote(num_cpus=1)
def sweep(scenario: wattfolio.Scenario, part: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The figures of a share."""
    swept = wattfolio.sweep(scenario, part, MEASURES)
    return {measure: swept[measure] for measure in MEASURES}


def main() -> None:
    """Starts Ray on this machine."""
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    scenario, columns = wattfolio.Scenario("today"), scenarios()
    cuts = {name: np.array_split(values, 8) for name, values in columns.items()}
    parts = [{name: cut[index] for name, cut in cuts.items()} for index in range(8)]
    found = ray.get([sweep.remote(scenario, part) for part in parts])
    check("ray", {measure: np.concatenate([part[measure] for part in found]) for measure in MEASURES})
    ray.shutdown()


if __name__ == "__main__":
    main()
