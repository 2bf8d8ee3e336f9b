"""Two workloads and data for them, the same from the same seed: a framework of 143 indicators, and a panel.

Fourteen factors are weighted means of clamped, scaled indicators, each missing where less than half of its
weight is known; their geometric mean, and a level by how many factors reach a threshold.
"""

import numpy as np

FACTORS = [11, 8, 10, 9, 8, 11, 14, 12, 6, 8, 6, 10, 18, 12]
COVERAGE = 0.5
CLAUSES = [("critical", 5, 0.7), ("high", 3, 0.7), ("elevated", 1, 0.6), ("guarded", 2, 0.4)]
MISSING = 0.15
MONTHS = 120


def members():
    """For each indicator its low and high goalpost and its weight, factor by factor."""
    index, factors = 0, []
    for count in FACTORS:
        factor = []
        for _ in range(count):
            low = [0.0, -5.0, 10.0, 0.5, -1.25][index % 5]
            high = low + [1.0, 7.0, 100.0, 10.3, 0.37, 1250.0, 3.0][index % 7]
            factor.append((f"i{index}", low, high, float([20, 15, 30, 7][index % 4])))
            index += 1
        factors.append(factor)
    return factors


def rules():
    lines = ['framework generated "Generated" version "1"', "panel country by month"]
    for number, factor in enumerate(members()):
        for name, low, high, _ in factor:
            reach = high - low
            lines.append(f"indicator {name} : number in {low - reach!r}..{high + reach!r}")
            lines.append(f"let m_{name} = goalpost({name}, low: {low!r}, high: {high!r})")
        parts = ", ".join(f"m_{name} weight {weight:g}" for name, _, _, weight in factor)
        lines.append(
            f"factor f{number} {{ combine weighted mean require {COVERAGE * 100:g}% coverage members {{ {parts} }} }}"
        )
    names = [f"f{number}" for number in range(len(FACTORS))]
    lines.append(
        f"factor risk {{ combine geometric mean require 1 known members {{ {', '.join(names)} }} "
        'allow FW0613 because "zero makes zero" }'
    )
    lines.append("scale concern { low < guarded < elevated < high < critical }")
    lines.append("level overall : concern {")
    for level, count, threshold in CLAUSES:
        above = ", ".join(f"{name} >= {threshold}" for name in names)
        lines.append(f"{level} when count([{above}]) >= {count},")
    lines.append("low otherwise }")
    return "\n".join(lines) + "\n"


def table(rows, digits):
    """Keys and columns; numbers with so many digits behind the point."""
    import pyarrow as pa

    chance = np.random.default_rng(18)
    row = np.arange(rows)
    month = row % MONTHS
    columns = {
        "country": pa.array([f"C{number:06}" for number in row // MONTHS]),
        "month": pa.array([f"{2015 + m // 12}-{m % 12 + 1:02}" for m in month]),
    }
    for factor in members():
        for name, low, high, _ in factor:
            values = np.round(chance.uniform(low - (high - low) / 2, high + (high - low) / 2, rows), digits)
            missing = chance.random(rows) < MISSING
            columns[name] = pa.array(values, mask=missing)
    return pa.table(columns)


PANEL_MONTHS = 130
PANEL_RESULTS = ["trend", "rise", "highest", "place"]


def panel_rules():
    """Three windows over each entity's own months, a rank among all entities of a month, and a signal."""
    return """framework panel "Panel" version "1"
panel country by month
indicator deaths "Deaths" : number in 0..
indicator people "People" : number in 0..
indicator unrest "Unrest" : number in 0..10
let rate = deaths / people
score trend "Trend" = mean(deaths, over: 12 months, require: 6 months)
score rise "Rise" = deaths / mean(deaths, over: 24 months, require: 6 months)
score highest "Highest" = max(unrest, over: 6 months, require: 1 months)
score place "Place" = rank(rate)
signal hot "Hot" = trend >= 50 and highest >= 5
"""


def panel_table(rows):
    """By entity and month without a gap; a tenth of the cells is missing."""
    import pyarrow as pa

    chance = np.random.default_rng(7)
    row = np.arange(rows)
    month = row % PANEL_MONTHS

    def column(low, high):
        return pa.array(np.round(chance.uniform(low, high, rows), 3), mask=chance.random(rows) < 0.1)

    return pa.table({
        "country": pa.array([f"C{number:06}" for number in row // PANEL_MONTHS]),
        "month": pa.array([f"{2010 + m // 12}-{m % 12 + 1:02}" for m in month]),
        "deaths": column(0, 100), "people": column(1, 1000), "unrest": column(0, 10),
    })
