"""Spark against the command line: the same bits. Takes a Java machine and a minute, so it runs when it is
asked for: ``FOREWARN_SPARK=1`` for two threads of this machine, ``FOREWARN_SPARK=local-cluster[2,1,1024]``
for executors of their own."""

import os
import sys

import pytest
from conftest import REPOSITORY

import forewarn
from forewarn._command import ask

WANTED = os.environ.get("FOREWARN_SPARK")
pytestmark = pytest.mark.skipif(not WANTED, reason="FOREWARN_SPARK is not set")

WINDOWS_AND_PEERS = """\
framework both "Windows and peers" version "1.0"
panel country by month
indicator deaths "Deaths" : number in 0..
indicator people "People" : number in 1..
let usual = mean(deaths, over: 6 months, require: 2 months)
score rise "Rise" = deaths / usual
score place "Place" = rank(rise)
score above "Above" = zscore(deaths / people)
signal lasting "Lasting" = sustained(rise >= 1.1, for: 2 months)
scale concern { low < high }
level overall "Overall" : concern {
  high when place <= 5 or lasting,
  low  otherwise,
}
"""
PEERS = WINDOWS_AND_PEERS.split("let usual")[0] + 'score above "Above" = zscore(deaths / people)\n'
ROWS = WINDOWS_AND_PEERS.split("let usual")[0] + 'score rate "Rate" = deaths / people\n'


@pytest.fixture(scope="module")
def session():
    sql = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    master = "local[2]" if WANTED == "1" else WANTED
    builder = sql.SparkSession.builder.master(master).appName("forewarn")
    builder = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "4")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    session = builder.getOrCreate()
    yield session
    session.stop()


def observed(tmp_path, countries=40, months=24):
    lines = ["country,month,deaths,people"]
    for country in range(countries):
        for month in range(months):
            seed = (country * 7919 + month * 104729) % 1009
            deaths = "" if seed % 11 == 0 else f"{seed / 7:.3f}"
            lines.append(f"C{country:03},{2020 + month // 12}-{month % 12 + 1:02},{deaths},{1000 + seed}")
    path = tmp_path / "observed.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def same_bits(session, rules, data, tmp_path, how):
    from forewarn import spark
    from pyarrow import csv, parquet

    out = tmp_path / "results.parquet"
    ask("run", rules.path, "--data", data, "-o", out, "--quiet")
    expected = parquet.read_table(out)
    table = csv.read_csv(data, convert_options=csv.ConvertOptions(strings_can_be_null=True))
    # Another order of columns and of rows: neither may matter.
    table = table.select(table.column_names[::-1])
    frame = session.createDataFrame(table.to_pandas().sample(frac=1, random_state=4))
    assert spark.plan(rules) == how
    got = spark.run(rules, frame.repartition(3)).toArrow()
    assert got.column_names == expected.column_names
    keys = [(name, "ascending") for name in expected.column_names[:2]]
    got, expected = got.sort_by(keys), expected.sort_by(keys)
    assert got.num_rows == expected.num_rows
    for name in expected.column_names:
        assert got.column(name).to_pylist() == expected.column(name).to_pylist(), name


@pytest.mark.parametrize(
    "text, how", [(ROWS, "rows"), (PEERS, "period"), (WINDOWS_AND_PEERS, "stages")], ids=["rows", "peers", "both"]
)
def test_small_rulesets_give_the_same_bits(session, tmp_path, text, how):
    path = tmp_path / "both.risk"
    path.write_text(text, encoding="utf-8")
    same_bits(session, forewarn.load(path), observed(tmp_path), tmp_path, how)


def test_the_panel_of_the_un_framework_gives_the_same_bits(session, tmp_path):
    folder = REPOSITORY / "rules" / "un-framework"
    same_bits(session, forewarn.load(folder), folder / "data" / "invented_countries.csv", tmp_path, "entity")


def test_what_is_wrong_is_told_before_anything_is_sent(session):
    from forewarn import spark

    frame = session.createDataFrame([("AVA", "2024-01", 1.0)], ["country", "month", "deaths"])
    with pytest.raises(forewarn.DiagnosticError, match="people"):
        spark.run(forewarn.loads(ROWS), frame)
    with pytest.raises(forewarn.DiagnosticError, match="FW"):
        spark.run(forewarn.loads(ROWS + "score x = y\n"), frame)
    with pytest.raises(forewarn.CannotRun, match="no column of the data is the key `month`"):
        spark.run(forewarn.loads(ROWS), frame.drop("month"))
