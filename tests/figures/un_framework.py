"""What `rules/un-framework` says of its invented countries, worked out from the words of the method.

    python3 tests/figures/un_framework.py rules/un-framework

Of the ruleset it reads the list alone: which indicator has which number of the publication. Every
truth is a pair (surely yes, surely no); a count of truths lies between those that are surely yes and
those that are not surely no.
"""

import csv
import re
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path

LEVELS = ["low", "guarded", "elevated", "high", "critical"]
WORDS = {"absent": Fraction(0), "emerging": Fraction(1, 2), "present": Fraction(1)}
PRESENCE, EMERGENCE, COVERAGE = Fraction(1, 2), Fraction(1, 4), Fraction(40, 100)
COMMON_FOR_HIGH, COMMON_FOR_CRITICAL = 3, 5
GRAVE = """past_atrocities violence_women_children forced_displacement targeted_elimination
systematic_group_abuse reproductive_or_child_measures civilian_violence_pattern widening_violence
widespread_violence no_quarter hors_de_combat_not_spared human_shields attacks_near_operation""".split()
CLEANSING = """homogenisation_motive discriminatory_practice identity_denial marking_people
forced_displacement essential_goods_destroyed group_livelihood_attack demographic_engineering
mass_movement_logistics civilian_property_destroyed""".split()
RESILIENCE = """local_peace_structures trusted_mediators inclusive_forces leaders_calm
shared_livelihoods reach_of_aid""".split()

YES, NO, UNKNOWN = (True, False), (False, True), (False, False)


def truth(known, holds):
    return UNKNOWN if not known else YES if holds else NO


def both(*parts):
    return all(yes for yes, _ in parts), any(no for _, no in parts)


def either(*parts):
    return any(yes for yes, _ in parts), all(no for _, no in parts)


def opposite(part):
    return part[1], part[0]


def at_least(k, parts):
    sure = sum(yes for yes, _ in parts)
    possible = sum(not no for _, no in parts)
    return sure >= k, possible < k


def level(*clauses):
    """From the most severe; the lowest and the highest place that the answers allow."""
    highest, lowest = None, 0
    for place, (yes, no) in zip((4, 3, 2, 1), clauses):
        if highest is None and not no:
            highest = place
        if yes:
            lowest = place
            break
    return lowest, lowest if highest is None else highest


def from_level(place, bounds):
    low, high = bounds
    return low >= place, high < place


def factor(cells, members, weights):
    known = [(cells[name], weights[name]) for name in members if cells[name] is not None]
    total = sum(weights[name] for name in members)
    seen = sum(weight for _, weight in known)
    if seen < COVERAGE * total or not known:
        return None
    return sum(value * weight for value, weight in known) / seen


def above(values, limit):
    return [truth(value is not None, value is not None and value >= limit) for value in values]


def results(cells, factors, weights):
    """All levels; `cells` are the values as they count."""
    f = {number: factor(cells, members, weights) for number, members in factors.items()}
    pick = lambda numbers: [f[number] for number in numbers]
    common, structural = pick(range(1, 9)), pick([1, 2, 3, 4, 5, 6, 9])
    imminent = pick([7, 8, 10, 11, 12, 13, 14])
    return f, common, structural, imminent


def crime(plain, verified, own, top):
    """Of a crime: its two factors, and what is asked for at the top."""
    (_, common, _, _), (_, sure_common, _, _) = plain, verified
    mine = lambda side: [side[0][number] for number in own]
    present, emerging = above(mine(plain), PRESENCE), above(mine(plain), EMERGENCE)
    many = at_least(COMMON_FOR_HIGH, above(common, PRESENCE))
    return level(
        both(at_least(COMMON_FOR_CRITICAL, above(sure_common, PRESENCE)), top(verified)),
        both(
            at_least(COMMON_FOR_HIGH, above(sure_common, PRESENCE)),
            either(*above(mine(verified), PRESENCE)),
        ),
        either(*present, both(many, either(*emerging))),
        either(*emerging, many),
    )


def assess(cells, sure, factors, weights):
    plain, verified = results(cells, factors, weights), results(sure, factors, weights)
    is_present = lambda side, name: truth(side[name] is not None, side[name] == 1)
    out = {}
    out["structural_risk"] = level(
        at_least(6, above(verified[2], PRESENCE)),
        at_least(4, above(verified[2], PRESENCE)),
        at_least(2, above(plain[2], PRESENCE)),
        at_least(2, above(plain[2], EMERGENCE)),
    )
    out["imminent_risk"] = level(
        at_least(4, above(verified[3], PRESENCE)),
        at_least(2, above(verified[3], PRESENCE)),
        at_least(1, above(plain[3], PRESENCE)),
        at_least(1, above(plain[3], EMERGENCE)),
    )
    single = lambda number: lambda side: above([side[0][number]], PRESENCE)[0]
    out["genocide_risk"] = crime(plain, verified, [9, 10], single(10))
    out["crimes_against_humanity_risk"] = crime(plain, verified, [11, 12], single(11))
    out["war_crimes_risk"] = crime(
        plain,
        verified,
        [13, 14],
        lambda side: both(
            is_present(sure, "armed_conflict"),
            either(*above([side[0][13], side[0][14]], PRESENCE)),
        ),
    )
    signs = lambda side: [is_present(side, name) for name in CLEANSING]
    out["ethnic_cleansing_view"] = level(
        both(at_least(5, signs(sure)), is_present(sure, "forced_displacement")),
        both(
            at_least(3, signs(sure)),
            either(
                is_present(sure, "forced_displacement"),
                is_present(sure, "demographic_engineering"),
            ),
        ),
        at_least(2, signs(cells)),
        at_least(2, above([cells[name] for name in CLEANSING], EMERGENCE)),
    )
    crimes = [
        out[name] for name in ("genocide_risk", "crimes_against_humanity_risk", "war_crimes_risk")
    ]
    horizons = [out["structural_risk"], out["imminent_risk"]]
    any_crime = lambda place: either(*(from_level(place, bounds) for bounds in crimes))
    out["overall"] = level(
        any_crime(4),
        any_crime(3),
        either(any_crime(2), both(*(from_level(2, bounds) for bounds in horizons))),
        either(*(from_level(1, bounds) for bounds in horizons)),
    )
    return out, plain


def main(folder):
    folder = Path(folder)
    text = (folder / "list.risk").read_text(encoding="utf-8")
    codes = re.findall(r'indicator (\w+) "[^"]*" : assessment\s+code "(\d+)\.\d+"', text)
    factors = {}
    for name, number in codes:
        factors.setdefault(int(number), []).append(name)
    names = [name for name, _ in codes]
    weights = {name: 2 if name in GRAVE else 1 for name in names}
    counts, open_counts, reports, little, known = {}, {}, Counter(), Counter(), 0
    checksum = Counter()
    with open(folder / "data/invented_countries.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cells = {name: WORDS.get(row[name]) for name in names}
            sure = {
                name: value if value is None or row[name + "_verified"] == "1" else Fraction(0)
                for name, value in cells.items()
            }
            known += sum(value is not None for value in cells.values())
            told, plain = assess(cells, sure, factors, weights)
            alone, _ = assess(sure, sure, factors, weights)
            for name, (low, high) in told.items():
                word = LEVELS[low] if low == high else "open"
                counts.setdefault(name, Counter())[word] += 1
                open_counts.setdefault(name, [0, 0])
                open_counts[name][0] += low
                open_counts[name][1] += high
            answer = both(
                from_level(2, told["overall"]), opposite(from_level(2, alone["overall"]))
            )
            reports["yes" if answer[0] else "no" if answer[1] else "unknown"] += 1
            held = [WORDS.get(row[name]) for name in RESILIENCE]
            held = [value for value in held if value is not None]
            enough = len(held) >= COVERAGE * len(RESILIENCE) and held
            value = sum(held) / len(held) if enough else None
            below = truth(value is not None, value is not None and value < Fraction(40, 100))
            answer = both(from_level(3, told["overall"]), below)
            little["yes" if answer[0] else "no" if answer[1] else "unknown"] += 1
            for number, value in plain[0].items():
                if value is not None:
                    checksum[number] += value
                    checksum["known"] += 1
    print(f"observations {known}")
    for name, counter in counts.items():
        words = " ".join(f"{word} {counter[word]}" for word in LEVELS + ["open"])
        print(f"{name}: {words}; places at least {open_counts[name][0]}, at most {open_counts[name][1]}")
    print("rests_on_reports:", *(f"{word} {reports[word]}" for word in ("yes", "no", "unknown")))
    print("little_holds_it_back:", *(f"{word} {little[word]}" for word in ("yes", "no", "unknown")))
    print("factors known", checksum["known"])
    for number in sorted(factors):
        print(f"factor {number}: {float(checksum[number]):.9f}")


main(sys.argv[1])
