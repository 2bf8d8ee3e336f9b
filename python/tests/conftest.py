"""Rules and observations that the tests share: invented, and small enough to work out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import forewarn

REPOSITORY = Path(__file__).parents[2]

RULES = """\
framework watch "Watch" version "1.0"
panel country by month
indicator deaths "Conflict deaths" : number in 0..
indicator hunger "Hunger" : number in 0..100
param alarm = 1.5
let usual = mean(deaths, over: 3 months, require: 1 month)
score rise "Rise" = deaths / usual
scale concern { low "Low" < high "High" < critical "Critical" }
level overall "Overall concern" : concern {
  critical when rise >= 2 and hunger >= 50,
  high     when rise >= alarm,
  low      otherwise,
}
test "a calm month is low" {
  given deaths = 1
  given hunger = 0
  expect overall is low
}
"""

COLUMNS = {
    "country": ["AVA", "AVA", "AVA", "BRU"],
    "month": ["2024-01", "2024-02", "2024-03", "2024-03"],
    "deaths": [2.0, 4.0, 30.0, 1.0],
    "hunger": [10.0, None, None, 3.0],
}


@pytest.fixture
def rules() -> forewarn.Ruleset:
    return forewarn.loads(RULES, "watch.risk")


@pytest.fixture
def columns() -> dict:
    return COLUMNS


@pytest.fixture
def on_disk(tmp_path: Path) -> Path:
    (tmp_path / "watch.risk").write_text(RULES, encoding="utf-8")
    return tmp_path / "watch.risk"
