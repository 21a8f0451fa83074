"""Polars: a data frame in, a data frame out, without a copy through Python objects."""

import polars
import wattfolio
from work import MEASURES, check, scenarios

frame = polars.DataFrame(scenarios())
swept = polars.DataFrame(wattfolio.sweep(wattfolio.Scenario("today"), frame, MEASURES))
best = swept.filter(polars.col("mining.npv_usd") > 0)
print(f"polars {polars.__version__}: mining earns its capital in {len(best)} of {len(swept)} scenarios")
check("polars", swept)
