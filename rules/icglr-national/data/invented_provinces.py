"""Two invented countries with three provinces each, twelve months of 2024, with the whole list.

Writes invented_provinces.csv beside this file; the same bytes everywhere. XAA has a calm capital, a tense
west, and a north that gets worse from month to month; in XAB nobody looks at the lakes.
"""

import pathlib
import random
import re

HERE = pathlib.Path(__file__).parent
LIST = (HERE.parents[1] / "un-framework" / "list.risk").read_text()
INDICATORS = [(name, code) for name, code in re.findall(r'^indicator (\w+).*\n  code "([\d.]+)"', LIST, re.M)]
# province: people, chance of a sign at first and at last, part that is looked at
PROVINCES = {
    ("XAA", "Capital"): (1_900_000, 0.05, 0.05, 0.95),
    ("XAA", "North"): (800_000, 0.25, 0.80, 0.85),
    ("XAA", "West"): (1_100_000, 0.30, 0.35, 0.85),
    ("XAB", "Coast"): (2_400_000, 0.06, 0.06, 0.95),
    ("XAB", "Hills"): (700_000, 0.35, 0.30, 0.80),
    ("XAB", "Lakes"): (300_000, 0.30, 0.40, 0.30),
}
chance = random.Random(2006)


def province(key, people, first, last, seen):
    # A sign has a threshold of its own, so that signs stay from month to month.
    at = {name: chance.random() for name, _ in INDICATORS}
    looked = {name: chance.random() < seen for name, _ in INDICATORS}
    for month in range(12):
        level = first + (last - first) * month / 11
        row = [*key, f"2024-{month + 1:02}", people if month == 0 else ""]
        for name, _ in INDICATORS:
            sign = "present" if at[name] < level else "emerging" if at[name] < level + 0.12 else "absent"
            here = looked[name] and chance.random() < 0.97
            row += [sign, 1 if chance.random() < 0.85 else ""] if here else ["", ""]
        yield ",".join(map(str, row))


columns = [column for name, _ in INDICATORS for column in (name, f"{name}_verified")]
head = ",".join(["country", "province", "month", "inhabitants", *columns])
rows = [head, *(row for key, how in PROVINCES.items() for row in province(key, *how))]
(HERE / "invented_provinces.csv").write_text("\n".join(rows) + "\n")
