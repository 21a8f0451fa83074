"""`wattfolio sweep` beside the same sweep in numpy (ledger.py), in figures and in time, in one run; for .ci/speed.

  compare.py PROGRAM TIMING [ROUNDS]   both sides in turn; PROGRAM is wattfolio, TIMING the example `timing` of the crate
  compare.py numpy CASE FOLDER         one side: the whole sweep in numpy, written as Parquet

Exits with a message where an NPV of the two differs by more than 1e-9 of itself, or of a thousandth of the largest one. Times are
printed and never judged: those of the clock, and those of the processor, which other work on the machine changes less.
"""

import json
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

import ledger

THREADS = 2
ALLOWED = 1e-9
# Size below which a difference is relative to this share of the largest NPV of the business.
LEAST = 1e-3
# Axes as --vary has them, the first one slow. The example `timing` has the same under the names of these cases.
CASES = {
    "sweep-market": ("power.price_usd_per_kwh=0.02:0.08:61", "bitcoin.price_usd=40000:400000:1000:log"),
    "sweep-site": ("bitcoin.price_usd=40000:400000:61:log", "site.capacity_mw=10:40:1000"),
}
TOLD = {
    "sweep-market": "power price × bitcoin price: the last input moves mining alone",
    "sweep-site": "bitcoin price × site capacity: the last input moves all three",
}
# The fastest of these is taken for numpy, cells of a tile.
TILES = (2_000, 8_000, 16_000, 31_000)
# Sweeps in a run of the example, the first of which is not timed.
RUNS_OF_TIMING = 6
# Runs of the cash flow of SAM.
CASH_FLOWS = 15


def axis(text):
    name, _, values = text.partition("=")
    low, high, count, *log = values.split(":")
    spaced = np.geomspace if log else np.linspace
    return name, spaced(float(low), float(high), int(count))


def cells(case):
    slow, fast = (axis(text)[1].size for text in CASES[case])
    return slow * fast


def inputs(program):
    return ledger.Inputs.read(json.loads(subprocess.check_output([program, "inputs", "today", "--format", "json"])))


def write(case, rows, folder):
    """The whole sweep as a program would do it: read, compute, write one Parquet file."""
    import pyarrow
    import pyarrow.parquet

    read = ledger.Inputs.read(json.loads(pathlib.Path(rows).read_text()))
    slow, fast = (axis(text) for text in CASES[case])
    found = ledger.sweep(read, slow, fast, THREADS, True, TILES[-1])
    columns = {"cell": np.arange(cells(case))}
    columns[slow[0]], columns[fast[0]] = np.repeat(slow[1], fast[1].size), np.tile(fast[1], slow[1].size)
    columns |= {f"{name}_npv_usd": npv.ravel() for name, npv in found.items()}
    pyarrow.parquet.write_table(pyarrow.table(columns), f"{folder}/cells.parquet")


def timed(command):
    """Seconds of a program by the clock and of the processor, and what it prints."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, printed


def measured(run):
    """Seconds of work in this process, of all its threads."""
    before, began = time.process_time(), time.perf_counter()
    run()
    return time.perf_counter() - began, time.process_time() - before


def check(program, case, folder):
    """Largest difference of the NPVs of both sides, of each business, relative to the NPV."""
    import pyarrow.dataset

    vary = [part for text in CASES[case] for part in ("--vary", text)]
    subprocess.run([program, "sweep", "today", *vary, "--out", folder], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ours = pyarrow.dataset.dataset(folder, format="parquet").to_table().sort_by("cell")
    slow, fast = (axis(text) for text in CASES[case])
    if ours.num_rows != cells(case):
        sys.exit(f"speed: {ours.num_rows} cells of {cells(case)}")
    # The same numbers go into both: steps of equal ratio differ in the last digit between the two.
    places = [ours[name.replace(".", "_")].to_numpy().reshape(slow[1].size, fast[1].size) for name, _ in (slow, fast)]
    slow, fast = (slow[0], places[0][:, 0].copy()), (fast[0], places[1][0].copy())
    worst = {}
    for as_grid in (True, False):
        theirs = ledger.sweep(inputs(program), slow, fast, THREADS, as_grid, TILES[0])
        for name, npv in theirs.items():
            own = ours[f"{name}_npv_usd"].to_numpy().reshape(npv.shape)
            # An NPV that is nearly 0 is the difference of flows that are not.
            size = np.maximum(np.abs(own), LEAST * np.abs(own).max())
            difference = float(np.max(np.abs(npv - own) / size))
            worst[name] = max(worst.get(name, 0.0), difference)
    if not all(difference <= ALLOWED for difference in worst.values()):
        sys.exit(f"speed: {case}: the NPVs differ by {worst}")
    told = ", ".join(f"{name} {difference:.0e}" for name, difference in worst.items())
    print(f"{case}: NPVs of {cells(case):,} cells agree; largest relative differences: {told}")


def case_times(program, timing, case, rounds):
    """Seconds of every side by the clock and of the processor, a pair a round; all sides in turn."""
    read = inputs(program)
    slow, fast = (axis(text) for text in CASES[case])
    vary = [part for text in CASES[case] for part in ("--vary", text)]
    run = lambda as_grid, tile: measured(lambda: ledger.sweep(read, slow, fast, THREADS, as_grid, tile))
    tile = {as_grid: min(TILES, key=lambda tile: run(as_grid, tile)[1]) for as_grid in (True, False)}
    times = {side: [] for side in ("command", "numpy command", "inner", "numpy grid", "numpy rows")}
    with tempfile.TemporaryDirectory() as folder:
        rows = f"{folder}/inputs.json"
        pathlib.Path(rows).write_bytes(subprocess.check_output([program, "inputs", "today", "--format", "json"]))
        for turn in range(rounds):
            place = f"{folder}/{turn}"
            pathlib.Path(f"{place}-numpy").mkdir()
            times["command"].append(timed([program, "sweep", "today", *vary, "--out", place])[:2])
            times["numpy command"].append(timed([sys.executable, __file__, "numpy", case, rows, f"{place}-numpy"])[:2])
            _, processor, inner = timed([timing, case, str(cells(case)), str(THREADS)])
            times["inner"].append((float(inner) / 1e3, processor / RUNS_OF_TIMING))
            for side, as_grid in (("numpy grid", True), ("numpy rows", False)):
                several = [run(as_grid, tile[as_grid]) for _ in range(5)]
                times[side].append(tuple(statistics.median(one) for one in zip(*several)))
    return times


def cash_flow_of_sam():
    """Seconds of the processor of a cash flow of a single owner in SAM, of a plant whose hours of generation are given."""
    import PySAM.Singleowner

    model = PySAM.Singleowner.default("CustomGenerationProfileSingleOwner")
    model.SystemOutput.gen = [1000.0] * 8760
    model.execute(0)
    return statistics.median(measured(lambda: model.execute(0))[1] for _ in range(CASH_FLOWS))


def main(program, timing, rounds=5):
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            check(program, case, folder)
        print(f"{TOLD[case]}; {cells(case):,} cells, {THREADS} threads, medians of {rounds} rounds in turn")
        times = case_times(program, timing, case, int(rounds))
        clock, processor = ({side: cells(case) / statistics.median(pair[which] for pair in all) for side, all in times.items()} for which in (0, 1))
        for side, rate in clock.items():
            print(f"  {side:14} {rate:11,.0f} cells a second {processor[side]:11,.0f} a second of the processor")
        for side, against in (("command", "numpy command"), ("inner", "numpy rows"), ("inner", "numpy grid")):
            ratios = [rates[side] / rates[against] for rates in (clock, processor)]
            print(f"  {side} against {against}: {ratios[0]:.2f} × by the clock, {ratios[1]:.2f} × of the processor")
    seconds = cash_flow_of_sam()
    print(
        f"a cash flow of a single owner in NREL-PySAM: {seconds * 1e3:.1f} ms, {1 / seconds:,.0f} a second of the processor; not like for "
        "like: 25 years of 8,760 hours, tax, debt and incentives of one plant, no bitcoin"
    )


if __name__ == "__main__":
    if sys.argv[1] == "numpy":
        write(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
