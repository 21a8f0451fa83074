"""The package against itself, and against the program where WATTFOLIO names it."""

import json
import os
import pathlib
import pickle
import re
import subprocess
import threading
import time

import numpy as np
import polars
import pyarrow
import pytest

import wattfolio as w

POWER = "power.price_usd_per_kwh"
BITCOIN = "bitcoin.price_usd"
BUSINESSES = ["mining", "hosting", "leasing"]
NPVS = ["mining.npv_usd", "hosting.npv_usd", "leasing.npv_usd"]


def grid(prices, bitcoins):
    """Every pair of two lists."""
    power, bitcoin = np.meshgrid(prices, bitcoins, indexing="ij")
    return {POWER: power.ravel(), BITCOIN: bitcoin.ravel()}


GRID = grid(np.linspace(0.02, 0.08, 13), np.geomspace(40_000, 400_000, 20))


def program(*arguments):
    """What the program prints as JSON."""
    path = os.environ.get("WATTFOLIO")
    if path is None:
        pytest.fail("WATTFOLIO does not name the program that the package is compared with")
    printed = subprocess.run([path, *arguments, "--format", "json"], check=True, capture_output=True)
    return json.loads(printed.stdout)


@pytest.mark.parametrize("preset", sorted(w.presets()))
def test_a_comparison_is_that_of_the_program(preset):
    comparison = w.compare(w.Scenario(preset))
    printed = program("compare", preset)
    assert comparison.basis == printed["basis"]
    checked = 0
    for business in BUSINESSES:
        found = printed[business].get("measures")
        if found is None:
            assert comparison.reasons[business] == printed[business]["absent"]
            continue
        for name in w.measures():
            owner, measure = name.split(".")
            if owner != business or measure not in found:
                continue
            if isinstance(found[measure], dict):
                assert comparison.measures[name] is None
                assert found[measure]["absent"] == comparison.reasons[name]
            else:
                assert comparison.measures[name] == found[measure], name
                checked += 1
    assert checked > 20


def test_a_simulation_is_that_of_the_program():
    simulation = w.simulate(w.Scenario("today"), paths=2_000, seed=7)
    assert (simulation.paths, simulation.seed) == (2_000, 7)
    printed = program("simulate", "today", "--paths", "2000", "--seed", "7")
    npvs = simulation.npv_usd("leasing")
    assert npvs.shape == (2_000,) and np.isfinite(npvs).all()
    for name, value in printed["leasing"]["measures"].items():
        figure = simulation.figures.get(f"leasing.{name}")
        number = value.get("value") if isinstance(value, dict) else value
        assert figure == number, name
    assert abs(npvs.mean() / simulation.figures["leasing.npv_mean_usd"] - 1) < 1e-12
    assert simulation.standard_errors["leasing.npv_mean_usd"] > 0
    fan = simulation.fan("leasing")
    assert fan.column_names == ["month", "p5", "p25", "p50", "p75", "p95"]
    assert (fan["p5"] <= fan["p95"]).all()


def test_a_sweep_is_as_many_comparisons():
    scenario = w.Scenario("today")
    swept = w.sweep(scenario, GRID, [*NPVS, "hosting-leasing.npv_usd", "mining.payback_months"])
    assert len(swept) == 260
    for row in range(0, 260, 17):
        values = {POWER: GRID[POWER][row], BITCOIN: GRID[BITCOIN][row]}
        measures = w.compare(scenario.with_values(values)).measures
        for name in NPVS:
            assert swept[name][row] == measures[name]
        assert swept["hosting-leasing.npv_usd"][row] == measures[NPVS[1]] - measures[NPVS[2]]
        months = measures["mining.payback_months"]
        assert np.isnan(swept["mining.payback_months"][row]) if months is None else months == swept["mining.payback_months"][row]
    nulls = pyarrow.table(swept)["mining.payback_months"].null_count
    assert nulls == np.isnan(swept["mining.payback_months"]).sum() > 0


def test_every_kind_of_table_gives_the_same():
    scenario = w.Scenario("today")
    direct = pyarrow.table(w.sweep(scenario, GRID))
    tables = [
        pyarrow.table(GRID),
        pyarrow.table(GRID).to_reader(max_chunksize=7),
        pyarrow.record_batch(GRID),
        polars.DataFrame(GRID),
        pyarrow.table(GRID).to_pandas(),
        w.sweep(scenario, GRID, ["mining.npv_usd"]).to_dict() and pyarrow.table(GRID).rename_columns(
            [name.replace(".", "_") for name in GRID]
        ),
    ]
    for table in tables:
        swept = pyarrow.table(w.sweep(scenario, table))
        for name in NPVS:
            assert swept[name].equals(direct[name])


def test_parts_give_the_figures_of_the_whole_simulated_too():
    scenario = w.Scenario("today", {"risk.paths": 200})
    rows = {POWER: np.linspace(0.02, 0.08, 6)}
    names = ["mining.npv_usd", "mining.npv_p5_usd"]
    whole = w.sweep(scenario, rows, names)
    for row in range(6):
        part = w.sweep(scenario, {POWER: rows[POWER][row : row + 1]}, names)
        for name in names:
            assert part[name][0] == whole[name][row]
    assert len(set(whole["mining.npv_p5_usd"])) == 6


def test_a_row_that_is_not_allowed_says_why_and_has_no_figures():
    swept = w.sweep(w.Scenario("today"), {POWER: [0.03, -1.0, float("nan"), 0.04]})
    faults = swept["fault"]
    assert faults[0] is None and faults[3] is None
    assert "allowed: 0" in faults[1] and POWER in faults[2]
    assert list(np.isnan(swept["mining.npv_usd"])) == [False, True, True, False]


@pytest.mark.parametrize(
    ("inputs", "measures", "kind", "words"),
    [
        ({POWER: [0.03, 0.04], BITCOIN: [1e5]}, None, ValueError, "has 1 values"),
        ({POWER: [[0.03]]}, None, ValueError, "2 dimensions"),
        ({POWER: ["0.03"]}, None, TypeError, "no array of numbers"),
        ({POWER: [0.03 + 0j]}, None, TypeError, "no array of numbers"),
        ({POWER: [True]}, None, TypeError, "no array of numbers"),
        ({"power": [0.03]}, None, ValueError, "column power is no input"),
        ({"mining.treasury": [1.0]}, None, ValueError, "no number"),
        ({"risk.seed": [2**53 + 1]}, None, ValueError, "whole numbers"),
        ({POWER: [0.03]}, ["mining.npv"], ValueError, "did you mean npv_usd"),
        ({POWER: [0.03]}, [], ValueError, "nothing is wanted"),
        ({}, None, ValueError, "nothing varies"),
        (3, None, TypeError, "mapping"),
        (pyarrow.table({POWER: [0.03, None]}), None, ValueError, "no value in 1 of its rows"),
        (pyarrow.table({POWER: ["a"]}), None, TypeError, "no array of numbers"),
        (pyarrow.table({"risk.seed": [2**53 + 1]}), None, ValueError, "whole numbers"),
    ],
)
def test_what_cannot_be_swept_is_refused(inputs, measures, kind, words):
    with pytest.raises(kind, match=words):
        w.sweep(w.Scenario("today"), inputs, measures)


def test_no_rows_are_no_rows():
    swept = w.sweep(w.Scenario("today"), {POWER: np.array([])})
    assert len(swept) == 0 and swept.column_names == [POWER, *NPVS, "fault"]


def test_a_scenario_reads_what_the_program_reads(tmp_path):
    base = w.Scenario("today")
    changed = base.with_values({POWER: "$38/MWh", "mining.treasury": "Hold(share:0.5)", "horizon_months": 60})
    assert (changed[POWER], changed["horizon_months"]) == (0.038, 60.0)
    assert base[POWER] == 0.045 and base != changed
    assert set(changed.differences(base)) == {POWER, "mining.treasury", "horizon_months"} | (
        set(changed.differences(base)) - {POWER, "mining.treasury", "horizon_months"}
    )
    assert base.with_values(changed.differences(base)) == changed
    file = tmp_path / "mine.wattfolio.ron"
    file.write_text(changed.to_ron())
    assert w.Scenario(file) == changed == pickle.loads(pickle.dumps(changed))
    for values, words in [
        ({POWER: 3.0}, "allowed: 0…2"),
        ({POWER: float("nan")}, POWER),
        ({POWER: float("inf")}, POWER),
        ({"mining.pu": 1}, "the id of an input"),
        ({"mix.mining": 0.5}, "add up to 1"),
    ]:
        with pytest.raises(ValueError, match=words):
            base.with_values(values)
    with pytest.raises(TypeError, match=POWER):
        base.with_values({POWER: [0.03]})
    with pytest.raises(KeyError):
        base["mining.pu"]
    with pytest.raises(ValueError, match="presets are"):
        w.Scenario("tody")
    with pytest.raises(FileNotFoundError):
        w.Scenario(tmp_path / "none.ron")


def test_a_ledger_adds_up_to_its_measures():
    comparison = w.compare(w.Scenario("today"), basis="before-tax")
    for business in ["mining", "hosting", "leasing"]:
        ledger = comparison.ledger(business)
        assert list(ledger["month"]) == list(range(121))
        profit = comparison.measures[f"{business}.profit_usd"]
        assert abs(ledger["net"].sum() / profit - 1) < 1e-9
    best = max(NPVS, key=lambda name: comparison.measures[name])
    assert best == f"{comparison.best()}.npv_usd"
    with pytest.raises(ValueError, match="there are mining"):
        comparison.ledger("minin")
    with pytest.raises(ValueError, match="value_per_capex"):
        comparison.best("npv")


def test_other_threads_run_meanwhile():
    rows = {POWER: np.linspace(0.02, 0.08, 40_000)}
    counted, done = [], threading.Event()

    def count():
        while not done.is_set():
            counted.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    began = time.perf_counter()
    w.sweep(w.Scenario("today"), rows)
    ended = time.perf_counter()
    done.set()
    thread.join()
    # Were the lock held, nothing would have been counted between the first and the last moment.
    assert sum(began < moment < ended for moment in counted) > 10


def test_names_are_those_that_the_functions_read():
    scenario = w.Scenario("today")
    assert w.presets()["today"] == scenario.title
    for name, input in w.inputs().items():
        assert scenario[name] is None or isinstance(scenario[name], float) == (input["kind"] == "number"), name
    assert len({name.replace(".", "_") for name in w.inputs()}) == len(w.inputs())
    swept = w.sweep(scenario, {POWER: [0.03]}, w.measures())
    assert set(swept.column_names) == {POWER, "fault", *w.measures()}
    figures = w.simulate(scenario, paths=200).figures
    assert set(w.measures(simulated=True)) == set(figures)


def test_the_examples_of_the_readme_run():
    readme = (pathlib.Path(__file__).parents[1] / "README.md").read_text()
    blocks = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    names = {}
    for block in blocks:
        exec(block, names)
    assert len(blocks) == 1 and len(names["swept"]) == 20_000
    assert names["comparison"].best() == "leasing"


def test_a_file_that_is_not_valid_says_where():
    text = w.Scenario("today").to_ron().replace('"2026-11"', "2026")
    with pytest.raises(ValueError, match=r"the text:\d+:\d+: defaults"):
        w.Scenario.parse(text)
    with pytest.raises(ValueError, match="the text:"):
        w.Scenario.parse("(schema: 2,")
