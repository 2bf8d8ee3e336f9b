"""Whole runs from files, side by side: results are checked equal first, then everything runs in turns.

`python suite.py FOREWARN [--csv-rows N] [--parquet-rows N] [--panel-rows N] [--turns N] [--folder F] [--out FILE]`
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow.csv
import pyarrow.parquet as pq

import workload

HERE = Path(__file__).parent
ENGINES = ["forewarn", "polars-streaming", "polars-memory", "duckdb", "pandas"]


def data(folder, args):
    """Each workload: its rules, its file, the script of the other engines, and its results."""
    folder.mkdir(parents=True, exist_ok=True)
    rules, panel_rules = folder / "generated.risk", folder / "panel.risk"
    rules.write_text(workload.rules())
    panel_rules.write_text(workload.panel_rules())
    csv, parquet = folder / f"rows-{args.csv_rows}.csv", folder / f"rows-{args.parquet_rows}.parquet"
    panel = folder / f"panel-{args.panel_rows}.parquet"
    if not csv.exists():
        pyarrow.csv.write_csv(
            workload.table(args.csv_rows, 4), csv, pyarrow.csv.WriteOptions(quoting_style="none")
        )
    stored = {"compression": "none", "use_dictionary": ["country", "month"], "row_group_size": 131072}
    if not parquet.exists():
        pq.write_table(workload.table(args.parquet_rows, 12), parquet, **stored)
    if not panel.exists():
        pq.write_table(workload.panel_table(args.panel_rows), panel, **stored)
    framework = [f"f{number}" for number in range(len(workload.FACTORS))] + ["risk"]
    ends = ["overall.at_least", "overall.at_most"]
    return {
        csv: (rules, "engines.py", framework, ends),
        parquet: (rules, "engines.py", framework, ends),
        panel: (panel_rules, "panel.py", workload.PANEL_RESULTS, ["hot"]),
    }


def command(engine, forewarn, rules, script, source, target, threads):
    if engine == "forewarn":
        # Levels as both ends, as the other engines have them.
        return [forewarn, "run", rules, "--data", source, "-o", target, "--threads", str(threads), "--quiet"]
    return [sys.executable, str(HERE / script), engine, source, target, str(threads)]


def once(arguments, threads):
    """Seconds on the clock, seconds of processor time, the most memory in MB."""
    environment = {**os.environ, "POLARS_MAX_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}
    cores = ",".join(str(core) for core in sorted(os.sched_getaffinity(0))[:threads])
    measured = subprocess.run(
        [sys.executable, "-I", "-S", HERE / "measure.py", "taskset", "-c", cores, *map(str, arguments)],
        env=environment, capture_output=True, text=True, check=True,
    )
    took = json.loads(measured.stdout)
    if took["code"] != 0:
        raise SystemExit(f"{' '.join(map(str, arguments))}\n{measured.stderr}")
    return took["clock"], took["processor"], took["memory"]


def results(path, numbers, words):
    """Columns that every engine has, in the order of the keys; truths in the words of Forewarn."""
    truths = {True: "yes", False: "no", None: "unknown"}
    table = pq.read_table(path)
    table = table.sort_by([("country", "ascending"), ("month", "ascending")])
    return {name: table[name].cast("double").to_numpy(zero_copy_only=False) for name in numbers} | {
        name: [truths.get(word, word) for word in table[name].to_pylist()] for name in words
    }


def assert_same(engine, wanted, found):
    for name, column in wanted.items():
        other = found[name]
        if isinstance(column, list):
            differing = sum(a != b for a, b in zip(column, other))
            # A factor may lie on a threshold but for its last digits.
            if differing > len(column) / 10_000:
                raise SystemExit(f"{engine}: {name} differs in {differing} rows")
        elif not np.allclose(column, other.astype(float), rtol=1e-9, atol=1e-12, equal_nan=True):
            raise SystemExit(f"{engine}: {name} differs")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("forewarn")
    parser.add_argument("--csv-rows", type=int, default=250_000)
    parser.add_argument("--parquet-rows", type=int, default=1_000_000)
    parser.add_argument("--panel-rows", type=int, default=2_600_000)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--folder", type=Path, default=Path("benchmark-data"))
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    engines = args.engines.split(",")
    workloads = data(args.folder, args)
    lines = ["| file | threads | engine | seconds | processor | spread | memory MB | Forewarn is |",
             "|---|---|---|---|---|---|---|---|"]
    before = os.getloadavg()[0]
    for source, (rules, script, numbers, words) in workloads.items():
        wanted = None
        for engine in engines:
            target = args.folder / f"{engine}.parquet"
            once(command(engine, args.forewarn, rules, script, source, target, 2), 2)
            found = results(target, numbers, words)
            wanted = wanted or found
            assert_same(engine, wanted, found)
        for threads in [int(count) for count in args.threads.split(",")]:
            times = {engine: [] for engine in engines}
            for _ in range(args.turns):
                for engine in engines:
                    target = args.folder / f"{engine}.parquet"
                    times[engine].append(
                        once(command(engine, args.forewarn, rules, script, source, target, threads), threads)
                    )
            first = statistics.median(clock for clock, *_ in times[engines[0]])
            for engine in engines:
                clocks = [clock for clock, *_ in times[engine]]
                clock = statistics.median(clocks)
                processor = statistics.median(used for _, used, _ in times[engine])
                memory = max(most for *_, most in times[engine])
                ratio = "" if engine == engines[0] else f"{clock / first:.2f} times as fast"
                lines.append(
                    f"| {source.name} | {threads} | {engine} | {clock:.2f} | {processor:.2f} | "
                    f"{min(clocks):.2f}–{max(clocks):.2f} | {memory:.0f} | {ratio} |"
                )
    lines += ["", f"{platform.processor() or platform.machine()}, {os.cpu_count()} processors; {args.turns} turns, "
              f"medians; load before {before:.1f}, after {os.getloadavg()[0]:.1f}."]
    if max(before, os.getloadavg()[0]) > os.cpu_count():
        lines.append("**The machine was busy: seconds on the clock say little, compare processor time.**")
    text = "\n".join(lines) + "\n"
    print(text)
    if args.out:
        args.out.write_text(text)


if __name__ == "__main__":
    main()
