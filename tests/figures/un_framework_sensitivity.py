"""What each choice of `rules/un-framework` does on the invented panel, as a table of Markdown.

    python3 tests/figures/un_framework_sensitivity.py rules/un-framework target/debug/forewarn

Every row is a run with one param set to the value beside its name. Counts are of country months, and of alerts
in all countries.
"""

import csv
import pathlib
import subprocess
import sys
import tempfile

CHOICES = [
    ("presence", ["0.5", "1"]),
    ("emergence", ["0.5", "1"]),
    ("several", ["2", "3", "4"]),
    ("many", ["5", "6", "8"]),
    ("most", ["3", "4", "5"]),
    ("conditions", ["3", "4", "5"]),
    ("few", ["1", "2", "3"]),
    ("beginnings", ["2", "3", "4"]),
    ("enough_looked", ["20%", "40%", "60%"]),
    ("glimpse", ["20%", "25%", "40%"]),
    ("memory", ["1 month", "3 months", "6 months"]),
    ("doubt", ["6 months", "12 months", "24 months"]),
    ("fresh_for", ["6 months", "12 months", "24 months"]),
    ("structures_for_critical", ["5", "6", "7"]),
    ("structures_for_high", ["3", "4", "5"]),
    ("structures_for_elevated", ["1", "2", "3"]),
    ("structures_emerging", ["4", "5", "6"]),
    ("signs_for_critical", ["3", "4", "5"]),
    ("signs_for_high", ["1", "2", "3"]),
    ("signs_emerging", ["2", "3", "4"]),
    ("acts_for_critical", ["2", "3", "4"]),
    ("months_of_acts", ["3", "4", "6"]),
    ("times_of_acts", ["2", "3", "4"]),
]
LEVELS = ["low", "guarded", "elevated", "high", "critical"]


def run(tool, rules, more):
    """Counts of one run: months at each level, months undetermined, and events of the alert."""
    with tempfile.TemporaryDirectory() as folder:
        out, events = pathlib.Path(folder, "out.csv"), pathlib.Path(folder, "events.csv")
        data = pathlib.Path(rules, "data/invented_countries.csv")
        words = [tool, "run", rules, "--data", str(data), "--columns", "overall,overall.at_least,overall.at_most,early_warning"]
        words += ["-o", str(out), "--events", str(events), "--quiet", "--state", "none", *more]
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode != 0:
            return None
        with open(out, newline="") as file:
            rows = list(csv.DictReader(file))
        with open(events, newline="") as file:
            told = [row["event"] for row in csv.DictReader(file) if row["alert"] == "early_warning"]
    levels = [row["overall"] for row in rows]
    before, flips = {}, 0
    for row in rows:
        last = before.get(row["country"])
        flips += last is not None and row["overall"] != "" and last != row["overall"]
        if row["overall"] != "":
            before[row["country"]] = row["overall"]
    standing = sum(row["early_warning"] not in ("", "quiet", "unknown") for row in rows)
    return {
        "high or more": sum(level in LEVELS[3:] for level in levels),
        "elevated": levels.count("elevated"),
        "undetermined": levels.count(""),
        "of it low to critical": sum(
            row["overall.at_least"] == "low" and row["overall.at_most"] == "critical" for row in rows
        ),
        "changes of level": flips,
        "alerts raised": sum(event in ("raised", "standing") for event in told),
        "cleared": told.count("cleared"),
        "months standing": standing,
    }


def main(rules, tool):
    names = None
    for param, values in CHOICES:
        for value in values:
            found = run(tool, rules, ["--set", f"{param}={value}"])
            if found is None:
                print(f"| `{param}` = {value} | is refused |")
                continue
            if names is None:
                names = list(found)
                print("| | " + " | ".join(names) + " |")
                print("|---|" + "---:|" * len(names))
            print(f"| `{param}` = {value} | " + " | ".join(str(found[name]) for name in names) + " |")


if __name__ == "__main__":
    main(*sys.argv[1:3])
