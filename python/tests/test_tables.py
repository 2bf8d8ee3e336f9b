"""Tables in and out: each library is optional, and what lacks one is skipped."""

import datetime

import pytest
from conftest import COLUMNS

import forewarn


def levels(results):
    return [results.word(*key, "overall.at_most") for key in (("AVA", "2024-02"), ("AVA", "2024-03"), ("BRU", "2024-03"))]


EXPECTED = ["low", "critical", "low"]


def test_a_mapping_of_columns_needs_no_library(rules):
    assert levels(rules.run(COLUMNS)) == EXPECTED


def test_values_of_python_are_read_as_what_they_are():
    rules = forewarn.loads(
        'framework f "F" version "1"\npanel country by day\nindicator a "A" : number in 0..\n'
        'indicator b "B" : truth\nscore twice "Twice" = 2 * a\nsignal not_b "Not b" = not b\n'
    )
    days = [datetime.date(2024, 2, 28), datetime.datetime(2024, 2, 29)]
    results = rules.run({"country": ["AVA", "AVA"], "day": days, "a": [1, 2.5], "b": [True, None]})
    assert results.number("AVA", datetime.date(2024, 2, 29), "twice") == 5.0
    assert results.word("AVA", "2024-02-28", "not_b") == "no"
    assert results.word("AVA", "2024-02-29", "not_b") == "unknown"


def test_columns_of_other_lengths_are_refused(rules):
    with pytest.raises(ValueError, match="column `deaths` has 1 values, others have 4"):
        rules.run(COLUMNS | {"deaths": [1]})


def test_what_is_no_table_is_refused(rules):
    with pytest.raises(TypeError, match="`int` cannot be read as data"):
        rules.run(3)
    with pytest.raises(TypeError, match="list of paths"):
        rules.run([1, 2])


def test_files_are_read_and_joined(rules, tmp_path):
    (tmp_path / "deaths.csv").write_text("country;month;deaths\nAVA;2024-01;2,5\n", encoding="utf-8")
    (tmp_path / "hunger.csv").write_text("country;month;hunger\nAVA;2024-01;..\n", encoding="utf-8")
    files = [tmp_path / "deaths.csv", tmp_path / "hunger.csv"]
    results = rules.run(files, decimal=",", delimiter=";", missing=[".."])
    assert results.number("AVA", None, "rise") == 1.0


def test_pandas(rules):
    pandas = pytest.importorskip("pandas")
    results = rules.run(pandas.DataFrame(COLUMNS))
    assert levels(results) == EXPECTED
    frame = results.to_pandas()
    assert list(frame["overall"].cat.categories) == ["low", "high", "critical"]
    assert (frame["overall.at_most"] >= "high").tolist() == [False, False, True, False]
    assert frame["rise"].tolist() == [1.0, 4 / 3, 2.5, 1.0]


def test_pandas_without_pyarrow(rules):
    pandas = pytest.importorskip("pandas")

    class Alone(pandas.DataFrame):
        def __arrow_c_stream__(self, requested_schema=None):
            raise ImportError("pyarrow is not installed")

    assert levels(rules.run(Alone(COLUMNS))) == EXPECTED


def test_pandas_categories_and_dates(rules):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    frame = pandas.DataFrame(COLUMNS)
    frame["country"] = frame["country"].astype("category")
    frame["month"] = pandas.to_datetime(frame["month"])
    assert levels(rules.run(frame)) == EXPECTED


def test_polars(rules):
    polars = pytest.importorskip("polars")
    results = rules.run(polars.DataFrame(COLUMNS))
    assert levels(results) == EXPECTED
    frame = results.to_polars()
    assert frame["overall"].dtype == polars.Enum(["low", "high", "critical"])
    assert frame["overall"].to_list() == ["low", "low", None, "low"]
    assert frame.filter(polars.col("overall.at_most") > "high")["month"].to_list() == ["2024-03"]
    with pytest.raises(TypeError, match="collect"):
        rules.run(polars.DataFrame(COLUMNS).lazy())


def test_pyarrow(rules):
    pyarrow = pytest.importorskip("pyarrow")
    table = pyarrow.table(COLUMNS)
    results = rules.run(table)
    assert levels(results) == EXPECTED
    assert levels(rules.run(table.to_batches()[0])) == EXPECTED
    assert levels(rules.run(pyarrow.RecordBatchReader.from_batches(table.schema, table.to_batches(2)))) == EXPECTED
    out = results.to_arrow()
    assert out.schema.field("overall").metadata[b"label"] == b"Overall concern"
    assert out.column("rise").to_pylist() == [1.0, 4 / 3, 2.5, 1.0]
    # A stream can be taken more than once.
    assert pyarrow.table(results).equals(out)


def test_a_single_column_is_no_table(rules):
    pyarrow = pytest.importorskip("pyarrow")
    with pytest.raises((TypeError, RuntimeError)):
        rules.run(pyarrow.array([1.0, 2.0]))


def test_duckdb(rules):
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    connection = duckdb.connect()
    connection.execute("create table observed (country text, month text, deaths double, hunger double)")
    rows = [list(row) for row in zip(*COLUMNS.values())]
    connection.executemany("insert into observed values (?, ?, ?, ?)", rows)
    results = rules.run(connection.sql("from observed"))
    assert levels(results) == EXPECTED
    table = results.to_arrow()
    query = "select month from table where \"overall.at_most\" = 'critical'".replace("from table", "from t")
    connection.register("t", table)
    assert connection.sql(query).fetchall() == [("2024-03",)]


def test_the_same_bits_whatever_they_come_from(rules, tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import csv

    table = pyarrow.table(COLUMNS)
    csv.write_csv(table, tmp_path / "data.csv")
    of_file = rules.run(tmp_path / "data.csv").to_arrow()
    assert of_file.equals(rules.run(table).to_arrow())
    assert of_file.equals(rules.run(COLUMNS, engine="native", threads=2).to_arrow())
