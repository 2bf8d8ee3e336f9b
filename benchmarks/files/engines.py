"""The framework in other engines: each reads a file, works all results out and writes them to Parquet.

`python engines.py ENGINE IN OUT` is one whole run, so that every engine pays for its own start.
"""

import sys

from workload import CLAUSES, COVERAGE, members

LEVELS = ["low", "guarded", "elevated", "high", "critical"]


def with_polars(source, target, streaming):
    import polars as pl

    scan = pl.scan_csv if source.endswith(".csv") else pl.scan_parquet
    factors, names = [], []
    for number, factor in enumerate(members()):
        total = sum(weight for *_, weight in factor)
        scores = [
            (((pl.col(name) - low) / (high - low)).clip(0.0, 1.0), weight) for name, low, high, weight in factor
        ]
        value = pl.sum_horizontal([(score * weight).fill_null(0.0) for score, weight in scores])
        known = pl.sum_horizontal([score.is_not_null().cast(pl.Float64) * weight for score, weight in scores])
        factors.append(
            pl.when(known >= total * COVERAGE).then(value / known).otherwise(None).alias(f"f{number}")
        )
        names.append(f"f{number}")
    columns = [pl.col(name) for name in names]
    known = pl.sum_horizontal([column.is_not_null().cast(pl.Float64) for column in columns])
    product = columns[0].fill_null(1.0)
    for column in columns[1:]:
        product = product * column.fill_null(1.0)
    risk = pl.when(known >= 1).then(product.pow(1.0 / known)).otherwise(None).alias("risk")
    ends = []
    for end, unknown in [("at_least", False), ("at_most", True)]:
        level = pl.lit(LEVELS[0])
        for name, count, threshold in reversed(CLAUSES):
            above = pl.sum_horizontal([(column >= threshold).fill_null(unknown).cast(pl.Int32) for column in columns])
            level = pl.when(above >= count).then(pl.lit(name)).otherwise(level)
        ends.append(level.alias(f"overall.{end}"))
    frame = scan(source).with_columns(factors).with_columns([risk, *ends])
    frame = frame.select(["country", "month", *names, "risk", "overall.at_least", "overall.at_most"])
    if streaming:
        frame.sink_parquet(target, compression="snappy")
    else:
        frame.collect(engine="in-memory").write_parquet(target, compression="snappy")


def with_duckdb(source, target, threads):
    import duckdb

    factors, names = [], []
    for number, factor in enumerate(members()):
        total = sum(weight for *_, weight in factor)

        def score(name, low, high):
            return f"least(1.0, greatest(0.0, ({name} - ({low!r})) / {high - low!r}))"

        value = " + ".join(
            f"(case when {name} is null then 0 else {score(name, low, high)} * {weight} end)"
            for name, low, high, weight in factor
        )
        known = " + ".join(f"(case when {name} is null then 0 else {weight} end)" for name, _, _, weight in factor)
        factors.append(
            f"case when {known} >= {total * COVERAGE!r} then ({value}) / ({known}) end as f{number}"
        )
        names.append(f"f{number}")
    known = " + ".join(f"({name} is not null)::int" for name in names)
    product = " * ".join(f"coalesce({name}, 1.0)" for name in names)
    ends = []
    for end, unknown in [("at_least", "false"), ("at_most", "true")]:
        cases = " ".join(
            "when " + " + ".join(f"coalesce({name} >= {threshold}, {unknown})::int" for name in names)
            + f" >= {count} then '{level}'"
            for level, count, threshold in CLAUSES
        )
        ends.append(f"case {cases} else '{LEVELS[0]}' end as \"overall.{end}\"")
    reader = "read_csv" if source.endswith(".csv") else "read_parquet"
    connection = duckdb.connect(config={"threads": threads, "preserve_insertion_order": True})
    connection.execute(
        f"copy (with f as (select country, month, {', '.join(factors)} from {reader}('{source}')) "
        f"select *, case when {known} >= 1 then pow({product}, 1.0 / ({known})) end as risk, {', '.join(ends)} "
        f"from f) to '{target}' (format parquet, compression snappy)"
    )


def with_pandas(source, target):
    import numpy as np
    import pandas as pd

    frame = pd.read_csv(source, engine="pyarrow") if source.endswith(".csv") else pd.read_parquet(source)
    results = {"country": frame["country"], "month": frame["month"]}
    values = []
    for number, factor in enumerate(members()):
        total = sum(weight for *_, weight in factor)
        summed, known = np.zeros(len(frame)), np.zeros(len(frame))
        for name, low, high, weight in factor:
            score = np.clip((frame[name].to_numpy() - low) / (high - low), 0.0, 1.0)
            missing = np.isnan(score)
            summed += np.where(missing, 0.0, score * weight)
            known += np.where(missing, 0.0, weight)
        with np.errstate(invalid="ignore", divide="ignore"):
            values.append(np.where(known >= total * COVERAGE, summed / known, np.nan))
        results[f"f{number}"] = values[-1]
    known = sum((~np.isnan(value)).astype(float) for value in values)
    product = np.ones(len(frame))
    for value in values:
        product *= np.where(np.isnan(value), 1.0, value)
    with np.errstate(divide="ignore"):
        results["risk"] = np.where(known >= 1, product ** (1.0 / known), np.nan)
    for end, unknown in [("at_least", False), ("at_most", True)]:
        above = [
            sum(((value >= threshold) | (unknown & np.isnan(value))).astype(int) for value in values) >= count
            for _, count, threshold in CLAUSES
        ]
        results[f"overall.{end}"] = np.select(above, [name for name, *_ in CLAUSES], LEVELS[0])
    pd.DataFrame(results).to_parquet(target, compression="snappy")


if __name__ == "__main__":
    engine, source, target, threads = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    if engine.startswith("polars"):
        with_polars(source, target, engine == "polars-streaming")
    elif engine == "duckdb":
        with_duckdb(source, target, threads)
    else:
        with_pandas(source, target)
