"""What the examples share: the scenarios, the direct call, and the check that both say the same."""

import numpy as np
import wattfolio

POWER, BITCOIN = "power.price_usd_per_kwh", "bitcoin.price_usd"
MEASURES = ["mining.npv_usd", "hosting.npv_usd", "leasing.npv_usd", "hosting-leasing.npv_usd"]


def scenarios() -> dict[str, np.ndarray]:
    """20,000 pairs of a power price and a bitcoin price."""
    power, bitcoin = np.meshgrid(np.linspace(0.02, 0.08, 100), np.geomspace(40_000, 400_000, 200), indexing="ij")
    return {POWER: power.ravel(), BITCOIN: bitcoin.ravel()}


def direct() -> wattfolio.Table:
    """All of them in one call."""
    return wattfolio.sweep(wattfolio.Scenario("today"), scenarios(), MEASURES)


def check(name: str, found) -> None:
    """Compares columns, in the order of the scenarios, with those of the direct call."""
    whole = direct()
    for measure in MEASURES:
        column = np.asarray(found[measure], dtype=float)
        if not np.array_equal(column, whole[measure]):
            raise SystemExit(f"{name}: {measure} differs from the direct call")
    print(f"{name}: {len(whole)} scenarios, the same bits as the direct call; sum of {MEASURES[0]} {whole[MEASURES[0]].sum():.6g}")
