"""What `rules/un-framework` says of five constructed histories, as tables of Markdown.

    python3 tests/figures/un_framework_histories.py rules/un-framework target/debug/forewarn [sensitivity]

Each history is told of twenty invented countries, which differ in which signs show first, in what is looked at (four
cells in five) and in what is verified (seven observations in ten), by a seed. A sign that is there is coded present, one
that is not absent. The onset is the month in which the crimes begin. With `sensitivity`, each param of
`un_framework_sensitivity.py` is set to each of its values in turn.
"""

import csv
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile

import un_framework_sensitivity as choices

STRUCTURES = (
    "instability violation_record weak_state motives capacity no_mitigation group_discrimination"
).split()
SIGNS = (
    "preparation triggers intent_to_destroy systematic_attack attack_policy ihl_threats"
).split()
COUNTRIES, MONTHS = 20, 48


def between(points, month):
    """A straight line through points of month and share."""
    for (left, low), (right, high) in zip(points, points[1:]):
        if left <= month <= right:
            return low + (high - low) * (month - left) / (right - left)
    return points[-1][1] if month > points[-1][0] else points[0][1]


# Share of a factor's signs that are there, by month; the month of onset, and the month from which it is calm.
HISTORIES = {
    "onset within months": {
        "onset": 24,
        "calm": 37,
        "structures": [(0, 0.3), (48, 0.35)],
        "signs": [(0, 0.02), (20, 0.04), (24, 0.55), (34, 0.6), (37, 0.0)],
    },
    "slow build-up": {
        "onset": 36,
        "calm": 48,
        "structures": [(0, 0.25), (30, 0.6), (48, 0.6)],
        "signs": [(0, 0.0), (12, 0.05), (30, 0.25), (36, 0.5), (48, 0.6)],
    },
    "false dawn": {
        "onset": 30,
        "calm": 42,
        "structures": [(0, 0.45), (48, 0.4)],
        "signs": [(0, 0.05), (8, 0.3), (12, 0.3), (15, 0.02), (24, 0.02), (30, 0.55), (39, 0.5), (42, 0.0)],
    },
    "a few signs for years": {
        "onset": None,
        "calm": 0,
        "structures": [(0, 0.3), (48, 0.3)],
        "signs": [(0, 0.03), (48, 0.03)],
    },
    "nothing happens": {
        "onset": None,
        "calm": 0,
        "structures": [(0, 0.3), (48, 0.3)],
        "signs": [(0, 0.0), (48, 0.0)],
        "passing": 0.005,
    },
}
# Acts that are crimes in themselves: where nothing happens they are reported and never verified, since there are none.
ACTS = """group_livelihood_attack violence_women_children forced_displacement targeted_elimination systematic_group_abuse
reproductive_or_child_measures dehumanising_violence prohibited_means_on_group civilian_violence_pattern
widespread_violence no_quarter hors_de_combat_not_spared human_shields survival_access_blocked""".split()


def members(rules):
    """The signs of each factor."""
    text = pathlib.Path(rules, "factors.risk").read_text(encoding="utf-8")
    found = {}
    for name, inside in re.findall(r"^factor (\w+) .*?members \{(.*?)\}", text, re.S | re.M):
        found[name] = re.findall(r"(\w+)\s+weight", inside)
    return found


def tell(history, factors, path):
    """Writes one history of all its countries."""
    names = [name for factor in STRUCTURES + SIGNS for name in factors[factor]]
    head = ["country", "month"] + [cell for name in names for cell in (name, name + "_verified")]
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(head)
        for at in range(COUNTRIES):
            chance = random.Random(1948 * 100 + at)
            # A sign that has a low threshold shows early, and is there until the share falls below it.
            threshold = {name: chance.random() for name in names}
            # A sign that passes begins in one month with this chance, and is there for two.
            passing, begun = history.get("passing", 0), {}
            for month in range(MONTHS):
                row = [f"X{chr(65 + at // 26)}{chr(65 + at % 26)}", f"{2021 + month // 12}-{month % 12 + 1:02}"]
                for factor in STRUCTURES + SIGNS:
                    share = between(history["structures" if factor in STRUCTURES else "signs"], month)
                    for name in factors[factor]:
                        looked, verified = chance.random() < 0.8, chance.random() < 0.7
                        there = threshold[name] < share
                        if passing and factor in SIGNS:
                            if chance.random() < passing:
                                begun[name] = month
                            there = name in begun and month - begun[name] < 2
                            verified = verified and not (there and name in ACTS)
                        word = "present" if there else "absent"
                        row += [word if looked else "", "1" if looked and verified else ""]
                out.writerow(row)


def run(tool, rules, data, more):
    """Levels and states of the alert, by country and month."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder, "out.csv")
        words = [tool, "run", rules, "--data", str(data), "--state", "none", "--quiet", "-o", str(out)]
        words += ["--columns", "overall,early_warning", *more]
        if subprocess.run(words, capture_output=True, text=True).returncode != 0:
            return None
        with open(out, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    found = {}
    for row in rows:
        found.setdefault(row["country"], []).append((row["overall"], row["early_warning"]))
    return found


def figures(history, found):
    """What is asked of a history, over its countries."""
    onset, calm = history["onset"], history["calm"]
    warned, late, false, after, flips, undetermined, months = [], 0, 0, [], 0, 0, 0
    for rows in found.values():
        stands = [state in ("raised", "escalated") for _, state in rows]
        begins = [at for at in range(MONTHS) if stands[at] and (at == 0 or not stands[at - 1])]
        if onset is None:
            false += len(begins)
        else:
            # The alert that stands at the onset, or the first one behind it.
            before = [at for at in begins if at <= onset and all(stands[at : onset + 1])]
            if before:
                warned.append(onset - before[-1])
            else:
                late += 1
            false += sum(1 for at in begins if at < onset and at not in before)
            if calm < MONTHS:
                after.append(sum(stands[calm:]))
        last = None
        for level, _ in rows:
            months += 1
            undetermined += level == ""
            if level:
                flips += last is not None and last != level
                last = level
    return {
        "months of warning": f"{statistics.median(warned):g}" if warned else "–",
        "warned at the onset": f"{len(warned)} of {COUNTRIES}" if onset is not None else "–",
        "false alarms": str(false),
        "months standing after calm": f"{statistics.median(after):g}" if after else "–",
        "undetermined": f"{100 * undetermined / months:.0f} %",
        "changes of level": f"{flips / COUNTRIES:.1f}",
    }


def main(rules, tool, more=None):
    factors = members(rules)
    settings = [("as the rules have it", [])]
    if more == "sensitivity":
        settings = [
            (f"`{param}` = {value}", ["--set", f"{param}={value}"])
            for param, values in choices.CHOICES
            for value in values
        ]
    with tempfile.TemporaryDirectory() as folder:
        for name, history in HISTORIES.items():
            data = pathlib.Path(folder, "history.csv")
            tell(history, factors, data)
            print(f"\n**{name}**\n")
            head = None
            for label, words in settings:
                found = run(tool, rules, data, words)
                if found is None:
                    print(f"| {label} | is refused |")
                    continue
                row = figures(history, found)
                if head is None:
                    head = list(row)
                    print("| | " + " | ".join(head) + " |")
                    print("|---|" + "---:|" * len(head))
                print(f"| {label} | " + " | ".join(row[key] for key in head) + " |")


if __name__ == "__main__":
    main(*sys.argv[1:4])
