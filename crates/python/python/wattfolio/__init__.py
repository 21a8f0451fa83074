"""What should this megawatt do: mine bitcoin, host AI or lease GPUs? Compare, simulate and sweep scenarios."""

from ._wattfolio import (
    Comparison,
    Scenario,
    Simulation,
    Table,
    __version__,
    compare,
    inputs,
    measures,
    presets,
    simulate,
    sweep,
)

__all__ = [
    "Comparison",
    "Scenario",
    "Simulation",
    "Table",
    "__version__",
    "compare",
    "inputs",
    "measures",
    "presets",
    "simulate",
    "sweep",
]
