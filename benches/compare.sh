#!/usr/bin/env bash
# The simulation beside numba, in one run on two threads: `benches/compare.sh [ROUNDS]`.
# Makes a Python environment in target/, installs numpy and numba, runs both sides in turn and prints medians and ratios.
# The reference model (benches/montecarlo), in which the network answers on both sides, is timed like for like, cold, with
# exact percentiles; the product's own
# default scenario and one with tax, debt and hourly prices are set against the same numba figure.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-3}
venv=target/compare-venv
if [[ ! -x $venv/bin/python ]]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q numpy numba
fi
cargo build --release -q -p wattfolio-economics --example timing
timing=target/release/examples/timing
ours() { "$timing" "$1" "$2" "$3"; }
theirs() { (cd benches/montecarlo && ANSWERS=1 "../../$venv/bin/python" time_numba.py "$1" "$2"); }

declare -A best mirror default financed drag alone
for paths in 10000 100000; do
  repetitions=$((paths > 20000 ? 5 : 15))
  for _ in $(seq "$rounds"); do
    best[$paths]+="$(theirs "$paths" "$repetitions" | "$venv/bin/python" -c 'import json,sys; print(min(json.load(sys.stdin).values()))') "
    mirror[$paths]+="$(ours mirror "$paths" 2) "
    alone[$paths]+="$(ours mirror "$paths" 1) "
    default[$paths]+="$(ours default "$paths" 2) "
    financed[$paths]+="$(ours financed "$paths" 2) "
    drag[$paths]+="$(ours drag "$paths" 2) "
  done
  "$venv/bin/python" - "$paths" "${best[$paths]}" "${mirror[$paths]}" "${alone[$paths]}" "${default[$paths]}" "${financed[$paths]}" "${drag[$paths]}" <<'PY'
import statistics
import sys

paths, *columns = sys.argv[1:]
best, *ours = [statistics.median(map(float, column.split())) for column in columns]
print(f"{int(paths):,} paths: best numba variant, two threads {best:.1f} ms")
names = ["like for like", "like for like, one thread", "default scenario, cold", "tax, debt, hourly prices, cold", "default scenario, dragged"]
for name, time in zip(names, ours):
    print(f"  {name:32} {time:8.2f} ms   {best / time:5.1f} x")
PY
done
cold=$(ours default 10000 1) drag=$(ours drag 10000 1) quantiles=$(ours quantiles 10000 1)
"$venv/bin/python" - "$cold" "$drag" "$quantiles" <<'PY'
import sys

cold, drag, quantiles = map(float, sys.argv[1:])
print(f"stages of the default scenario on one thread, 10,000 paths: {cold:.1f} ms cold, {drag:.1f} ms dragged")
for name, time in [("random numbers and markets", cold - drag), ("cash flows and results", drag - quantiles), ("quantiles", quantiles)]:
    print(f"  {name:32} {time:8.2f} ms   {100 * time / cold:4.0f} %")
PY
echo "1,000,000 paths of the default scenario: $(ours default 1000000 2) ms"
