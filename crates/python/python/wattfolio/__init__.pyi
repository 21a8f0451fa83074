"""What should this megawatt do: mine bitcoin, host AI or lease GPUs? Compare, simulate and sweep scenarios.

Every figure is that of the program with the same input, to the last bit. Functions let other threads run while they compute.
"""

import os
from collections.abc import Mapping, Sequence
from typing import Literal, Protocol, TypeAlias, final

import numpy as np
import numpy.typing as npt

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

__version__: str

_Value: TypeAlias = float | int | bool | str | None
"""A value of an input: a number in its unit, a text as in the program (`35%`, `$45/MWh`), or RON for choices."""

_Business: TypeAlias = Literal["mining", "hosting", "leasing"]
_Basis: TypeAlias = Literal["before-tax", "after-tax", "equity"]
_Criterion: TypeAlias = Literal["value", "value_per_capex", "payback", "irr", "loss"]

class _ArrowTable(Protocol):
    """A table that exports Arrow: of Polars, PyArrow, pandas, DuckDB, or of this package."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

class _ArrowBatch(Protocol):
    """A record batch that exports Arrow."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

@final
class Scenario:
    """A site with all its inputs; immutable. It can be pickled, so that it travels to other processes."""

    def __new__(cls, source: str | os.PathLike[str] | None = None, values: Mapping[str, _Value] | None = None) -> Scenario:
        """A bundled preset by name, `today` by default, or a preset file, with values set on top.

        Raises ValueError if a name, a file or a value is not valid, and says what is allowed.
        """

    @staticmethod
    def parse(text: str) -> Scenario:
        """A scenario from the text of a preset file."""

    def to_ron(self) -> str:
        """The text of a preset file with this scenario."""

    @property
    def title(self) -> str:
        """The title of the preset."""

    @property
    def basis(self) -> _Basis:
        """The basis of flows that the preset shows."""

    def with_values(self, values: Mapping[str, _Value]) -> Scenario:
        """Another scenario in which some inputs have other values."""

    def differences(self, other: Scenario) -> dict[str, str]:
        """The inputs that differ from another scenario, as texts that `with_values` reads."""

    def __getitem__(self, id: str, /) -> float | str | None:
        """The value of an input: a number in its unit, else its text; None where it does not apply."""

    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __reduce__(self) -> tuple[object, tuple[str]]: ...

@final
class Table:
    """A table of results, in order of rows.

    It exports Arrow (`polars.DataFrame(table)`, `pyarrow.table(table)`); `table["mining.npv_usd"]` is a column as a numpy
    array. A value that does not exist is null in Arrow, and NaN in a numpy array, which has no null.
    """

    @property
    def column_names(self) -> list[str]:
        """Names of the columns."""

    def to_dict(self) -> dict[str, npt.NDArray[np.float64] | list[str | None]]:
        """Every column by name, as `pandas.DataFrame` takes it."""

    def __len__(self) -> int: ...
    def __getitem__(self, name: str, /) -> npt.NDArray[np.float64]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Comparison:
    """The results of one scenario: measures, the verdict, and monthly ledgers."""

    @property
    def basis(self) -> _Basis:
        """The basis of the flows."""

    @property
    def measures(self) -> dict[str, float | None]:
        """Measures by name, `mining.npv_usd`; None where one does not exist, for which `reasons` says why."""

    @property
    def reasons(self) -> dict[str, str]:
        """Why measures do not exist, and why businesses were not evaluated, by name."""

    def best(self, criterion: _Criterion = "value") -> _Business | None:
        """The best business by a criterion; None if none is. Chance of loss is simulated for it."""

    def ledger(self, business: _Business) -> Table:
        """The ledger of a business: a row a month from 0, a column a line of docs/OUTPUTS.md.

        `net` is the net flow on the basis. USD, where the name has no other unit.
        """

@final
class Simulation:
    """The results of a scenario over simulated paths."""

    @property
    def basis(self) -> _Basis:
        """The basis of the flows."""

    @property
    def paths(self) -> int:
        """Number of paths."""

    @property
    def seed(self) -> int:
        """Seed of the random numbers."""

    @property
    def figures(self) -> dict[str, float | None]:
        """Figures by name, `mining.npv_p5_usd`; None where one does not exist."""

    @property
    def standard_errors(self) -> dict[str, float]:
        """Standard errors over other seeds, by name, of the figures that have one."""

    def npv_usd(self, business: _Business) -> npt.NDArray[np.float64]:
        """The net present value of every path, USD."""

    def fan(self, business: _Business) -> Table:
        """Quantiles of the cumulative cash by month, USD: `p5`, `p25`, `p50`, `p75`, `p95`."""

def presets() -> dict[str, str]:
    """Titles of the bundled presets by their names."""

def inputs() -> dict[str, dict[str, str]]:
    """Every input by its id: label, unit, meaning, allowed values, default and kind."""

def measures(*, simulated: bool = False) -> list[str]:
    """Every figure that `sweep` computes: measures of the plan, or those of a simulation if `simulated`."""

def compare(scenario: Scenario, *, basis: _Basis | None = None) -> Comparison:
    """Evaluates every business of a scenario alone on the whole site."""

def simulate(
    scenario: Scenario, *, basis: _Basis | None = None, paths: int | None = None, seed: int | None = None
) -> Simulation:
    """Simulates every business on the same markets, with the scenario's own number of paths and seed unless others are given."""

def sweep(
    scenario: Scenario,
    inputs: Mapping[str, npt.ArrayLike] | _ArrowTable | _ArrowBatch,
    measures: Sequence[str] | None = None,
    *,
    basis: _Basis | None = None,
) -> Table:
    """Evaluates a scenario once for every row of the inputs, on all cores.

    Columns are named by the ids of inputs, in which dots may be underscores. Measures are those of `measures()`, of one
    business less another (`hosting-leasing.npv_usd`), or of a simulation (`mining.npv_p5_usd`), which then runs one for each
    row; by default the NPV of every business. The table has the inputs, the measures, and `fault`, which says of a row why
    its scenario is not valid; such a row has no figures. Parts of the rows give the figures of the whole.

    Raises ValueError or TypeError if a column is no number or no input, or a measure is not known.
    """
