"""Median milliseconds of each numba variant of mc_numba.py, as JSON. Usage: time_numba.py PATHS REPETITIONS"""
import json
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numba as nb
import numpy as np

import mc_numba as M
from mc_numpy import pct


def run(variant, paths, seed):
    C = np.empty((3, M.T + 1, paths))
    npv = np.empty((3, paths))
    payback = np.empty((3, paths), np.int64)
    if variant == "scalar+quickselect":
        M.sim(paths, seed, C, npv, payback, 64)
    else:
        M.sim_lanes(paths, seed, C, npv, payback)
    rows = C.reshape(-1, paths)
    out = np.empty((rows.shape[0], 5))
    if variant == "scalar+quickselect":
        M.pcts(rows, out)
    else:
        def job(z):
            out[z:z + 23] = pct(rows[z:z + 23])
        with ThreadPoolExecutor(nb.get_num_threads()) as pool:
            list(pool.map(job, range(0, rows.shape[0], 23)))


paths, repetitions = int(sys.argv[1]), int(sys.argv[2])
nb.set_num_threads(min(2, nb.config.NUMBA_NUM_THREADS))
medians = {}
for variant in ("scalar+quickselect", "lanes+npsort"):
    run(variant, paths, 0)  # compiles
    times = []
    for seed in range(repetitions):
        began = time.perf_counter()
        run(variant, paths, seed)
        times.append((time.perf_counter() - began) * 1e3)
    medians[variant] = statistics.median(times)
print(json.dumps(medians))
