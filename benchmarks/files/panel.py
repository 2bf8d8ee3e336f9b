"""The panel in other engines: windows over each entity's own months, and a rank among all of a month.

`python panel.py ENGINE IN OUT THREADS` is one whole run. A rank is 1 for the highest, ties share the least, as in
Forewarn; a window of months is one of rows here, since no month is left out.
"""

import sys

WINDOWS = {"trend": ("deaths", 12, 6), "usual": ("deaths", 24, 6), "highest": ("unrest", 6, 1)}


def with_polars(source, target, streaming):
    import polars as pl

    def window(name):
        column, months, known = WINDOWS[name]
        kind = "rolling_max" if name == "highest" else "rolling_mean"
        return getattr(pl.col(column), kind)(months, min_samples=known).over("country").alias(name)

    frame = pl.scan_parquet(source)
    frame = frame.with_columns([window(name) for name in WINDOWS])
    frame = frame.with_columns(
        rise=pl.col("deaths") / pl.col("usual"),
        place=(pl.col("deaths") / pl.col("people")).rank("min", descending=True).over("month"),
        hot=(pl.col("trend") >= 50) & (pl.col("highest") >= 5),
    ).select(["country", "month", "trend", "rise", "highest", "place", "hot"])
    if streaming:
        frame.sink_parquet(target, compression="snappy")
    else:
        frame.collect(engine="in-memory").write_parquet(target, compression="snappy")


def with_duckdb(source, target, threads):
    import duckdb

    def window(name):
        column, months, known = WINDOWS[name]
        kind = "max" if name == "highest" else "avg"
        over = f"over (partition by country order by month rows {months - 1} preceding)"
        return f"case when count({column}) {over} >= {known} then {kind}({column}) {over} end as {name}"

    connection = duckdb.connect(config={"threads": threads, "preserve_insertion_order": True})
    connection.execute(
        f"copy (with w as (select *, deaths / people as rate, {', '.join(window(name) for name in WINDOWS)} "
        f"from read_parquet('{source}')) select country, month, trend, deaths / usual as rise, highest, "
        "case when rate is not null then rank() over (partition by month order by rate desc nulls last) end as place, "
        f"trend >= 50 and highest >= 5 as hot from w) to '{target}' (format parquet, compression snappy)"
    )


def with_pandas(source, target):
    import pandas as pd

    frame = pd.read_parquet(source)
    by = frame.groupby("country", sort=False)
    results = {"country": frame["country"], "month": frame["month"]}
    for name, (column, months, known) in WINDOWS.items():
        rolling = by[column].rolling(months, min_periods=known)
        results[name] = (rolling.max() if name == "highest" else rolling.mean()).to_numpy()
    rise = frame["deaths"].to_numpy() / results["usual"]
    rate = frame["deaths"] / frame["people"]
    place = rate.groupby(frame["month"]).rank(method="min", ascending=False)
    trend, highest = (pd.array(results[name], "Float64") for name in ["trend", "highest"])
    trend[pd.isna(results["trend"])], highest[pd.isna(results["highest"])] = pd.NA, pd.NA
    pd.DataFrame({
        "country": frame["country"], "month": frame["month"], "trend": results["trend"], "rise": rise,
        "highest": results["highest"], "place": place, "hot": (trend >= 50) & (highest >= 5),
    }).to_parquet(target, compression="snappy")


if __name__ == "__main__":
    engine, source, target, threads = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    if engine.startswith("polars"):
        with_polars(source, target, engine == "polars-streaming")
    elif engine == "duckdb":
        with_duckdb(source, target, threads)
    else:
        with_pandas(source, target)
