"""Runs that go on from earlier ones, and results that rest on later periods."""

import pickle

import pytest
from conftest import COLUMNS, RULES

import forewarn

ALARMED = (
    RULES
    + """
alert early_warning "Early warning" {
  raise when overall >= high
  clear when overall is low for 2 months
}
"""
)

CODED = """\
framework coded "Coded" version "1"
panel country by year
indicator deaths "Conflict deaths" : number in 0..
let at_war = deaths >= 1000
score fought "Years of the war" = count(at_war, within: at_war)
  hindsight
score doubled "Twice" = deaths * 2
"""


def months(*wanted: str) -> dict:
    keep = [month in wanted for month in COLUMNS["month"]]
    return {name: [cell for cell, kept in zip(column, keep) if kept] for name, column in COLUMNS.items()}


@pytest.fixture
def alarmed() -> forewarn.Ruleset:
    return forewarn.loads(ALARMED, "watch.risk")


def test_a_run_goes_on_from_an_earlier_one(alarmed):
    whole = alarmed.run(COLUMNS)
    first = alarmed.run(months("2024-01", "2024-02"), state="none")
    later = months("2024-03")
    # By itself March is all that there is: 30 against a mean of 30.
    assert alarmed.run(later).number("AVA", "2024-03", "rise") == 1
    on = alarmed.run(later, state=first)
    assert on.number("AVA", "2024-03", "rise") == whole.number("AVA", "2024-03", "rise") == 2.5
    assert on.word("AVA", "2024-03", "early_warning") == "raised"
    # And it hands on itself.
    assert on.state is not None and on.state != first.state


def test_a_state_is_a_file_that_the_command_line_writes_and_reads(tmp_path):
    rules = tmp_path / "watch.risk"
    rules.write_text(ALARMED, encoding="utf-8")
    data = tmp_path / "first.csv"
    data.write_text("country,month,deaths,hunger\nAVA,2024-01,2,10\nAVA,2024-02,4,\n", encoding="utf-8")
    results = tmp_path / "results.csv"
    forewarn.command("run", rules, "--data", data, "-o", results, "--state", "none", "--quiet")
    ours = forewarn.load(rules)
    first = ours.run(data, state="none")
    beside = tmp_path / "results.csv.state.json"
    assert beside.read_text(encoding="utf-8") == first.state
    for given in (results, beside, str(beside), first):
        on = ours.run(months("2024-03"), state=given)
        assert on.number("AVA", "2024-03", "rise") == 2.5
    beside.write_text("{}", encoding="utf-8")
    with pytest.raises(forewarn.CannotRun, match="no state that this version reads"):
        ours.run(months("2024-03"), state=results)
    with pytest.raises(forewarn.CannotRun, match="cannot read"):
        ours.run(months("2024-03"), state=tmp_path / "nowhere.csv")


def test_what_looks_back_on_nothing_has_no_state():
    plain = forewarn.loads(
        'framework plain "Plain" version "1"\npanel country by month\n'
        'indicator deaths "Deaths" : number in 0..\nscore twice "Twice" = deaths * 2\n'
    )
    results = plain.run({"country": ["AVA"], "month": ["2024-01"], "deaths": [1]})
    assert results.state is None
    with pytest.raises(ValueError, match="look back on nothing"):
        plain.run({"country": ["AVA"], "month": ["2024-02"], "deaths": [1]}, state=results)
    with pytest.raises(forewarn.CannotRun, match="looks back"):
        plain.run({"country": ["AVA"], "month": ["2024-02"], "deaths": [1]}, state="none")


def test_a_state_of_other_rules_is_refused(alarmed):
    first = alarmed.run(months("2024-01", "2024-02"))
    other = forewarn.loads(ALARMED.replace("framework watch", "framework other"), "other.risk")
    with pytest.raises(forewarn.CannotRun, match="`watch`"):
        other.run(months("2024-03"), state=first)


def test_runs_that_go_on_are_compared_as_they_went_on(alarmed):
    first = alarmed.run(months("2024-01", "2024-02"), state="none")
    on = alarmed.run(months("2024-03"), state=first)
    assert not on.compare(alarmed.run(months("2024-03"), state=first))
    stricter = forewarn.loads(ALARMED.replace("alarm = 1.5", "alarm = 3"), "watch.risk")
    changed = on.compare(stricter.run(months("2024-03"), state=first))
    assert {one.result for one in changed} >= {"overall"}
    # What a ruleset is sent with does not hold what was before.
    assert pickle.loads(pickle.dumps(alarmed)).run(months("2024-03")).number("AVA", None, "rise") == 1


def test_what_rests_on_later_periods_says_so():
    rules = forewarn.loads(CODED, "coded.risk")
    years = {"country": ["AVA"] * 4, "year": [2020, 2021, 2022, 2023], "deaths": [10, 2000, 3000, 20]}
    results = rules.run(years)
    assert "fought" in results.hindsight and "doubled" not in results.hindsight
    columns = {column.name: column for column in results.columns}
    assert columns["fought"].hindsight and not columns["doubled"].hindsight
    assert "hindsight" in results._repr_html_()
