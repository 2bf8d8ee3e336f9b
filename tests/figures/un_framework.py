"""What `rules/un-framework` says of its invented countries, worked out from the words of the method.

    python3 tests/figures/un_framework.py rules/un-framework

Of the ruleset it reads the list alone: which indicator has which number of the publication, and how long it
holds. Every truth is a pair (surely yes, surely no); a count of truths lies between those that are surely yes
and those that are not surely no; a level is the pair of the lowest and the highest place that it can have.
"""

import csv
import re
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path

LEVELS = ["low", "guarded", "elevated", "high", "critical"]
WORDS = {"absent": Fraction(0), "emerging": Fraction(1, 2), "present": Fraction(1)}
COVERAGE, MEMORY = Fraction(40, 100), 3
SEVERAL, MANY, MOST, CONDITIONS, FEW, BEGINNINGS, LOOKED = 3, 6, 4, 4, 2, 3, Fraction(40, 100)
GRAVE = """past_atrocities violence_women_children forced_displacement targeted_elimination
systematic_group_abuse reproductive_or_child_measures civilian_violence_pattern widening_violence
widespread_violence no_quarter hors_de_combat_not_spared human_shields attacks_near_operation""".split()
CLEANSING = """homogenisation_motive discriminatory_practice identity_denial marking_people
forced_displacement essential_goods_destroyed group_livelihood_attack demographic_engineering
mass_movement_logistics civilian_property_destroyed""".split()
DRIVING_OUT = "forced_displacement demographic_engineering mass_movement_logistics".split()
ACUTE = """armed_conflict security_crisis humanitarian_emergency irregular_power_change
power_dispute""".split()
SHARP = "sudden_deployment spillover regime_change_trigger leader_attack incitement_act".split()
OF_INTENT = """targeted_elimination systematic_group_abuse reproductive_or_child_measures
prohibited_means_on_group""".split()
ALONE = OF_INTENT + ["forced_displacement", "violence_women_children"]
ATTACKS = ["civilian_violence_pattern", "widespread_violence"]
OF_WAR = "no_quarter hors_de_combat_not_spared human_shields".split()
RESILIENCE = """local_peace_structures trusted_mediators inclusive_forces leaders_calm
shared_livelihoods reach_of_aid""".split()
STRUCTURAL, IMMINENT = [1, 2, 3, 4, 5, 6, 9], [7, 8, 10, 11, 12, 13, 14]

UNKNOWN = (False, False)


def truth(known, holds):
    return UNKNOWN if not known else (holds, not holds)


def both(*parts):
    return all(yes for yes, _ in parts), any(no for _, no in parts)


def either(*parts):
    return any(yes for yes, _ in parts), all(no for _, no in parts)


def opposite(part):
    return part[1], part[0]


def at_least(k, parts):
    parts = list(parts)
    return sum(yes for yes, _ in parts) >= k, sum(not no for _, no in parts) < k


def level(*clauses):
    """From the most severe; the lowest and the highest place that the answers allow."""
    highest, lowest, top = None, 0, len(clauses)
    for at, (yes, no) in enumerate(clauses):
        if highest is None and not no:
            highest = top - at
        if yes:
            lowest = top - at
            break
    return lowest, lowest if highest is None else highest


def from_place(place, bounds):
    low, high = bounds
    return low >= place, high < place


def exactly(place, bounds):
    low, high = bounds
    return low == high == place, not low <= place <= high


def settled(part, looked):
    """Where enough was looked at, what nobody looked at is not there."""
    return (part[0], not part[0]) if looked >= LOOKED else part


class Reading:
    """One month as it is told, or by verified evidence alone."""

    def __init__(self, cells, stands, members):
        self.cells, self.members = cells, members
        self.acts = {name: self.standing(self.present(name), stands[name]) for name in ALONE}
        attacked = either(*(self.present(name) for name in ATTACKS))
        self.acts["attacks"] = self.standing(attacked, stands["attacks"])
        self.at_war = self.from_value("armed_conflict", Fraction(1, 2))
        self.war_acts = [self.present(name) for name in OF_WAR]
        self.found = {number: self.factor(number) for number in members}
        self.count = list(self.acts.values()) + [both(self.at_war, act) for act in self.war_acts]

    @staticmethod
    def standing(now, stands):
        return now if now[0] else (True, False) if stands else now

    def from_value(self, name, least):
        value = self.cells[name]
        return truth(value is not None, value is not None and value >= least)

    def present(self, name):
        return self.from_value(name, 1)

    def factor(self, number):
        names = self.members[number]
        looked = Fraction(sum(self.cells[name] is not None for name in names), len(names))
        whole = [self.present(name) for name in names]
        begun = [self.from_value(name, Fraction(1, 2)) for name in names]
        some = either(either(*whole), at_least(BEGINNINGS, begun))
        few = either(at_least(FEW, whole), at_least(BEGINNINGS, begun))
        many = lambda k: at_least(k, whole)
        named = lambda names: either(*(self.present(name) for name in names))
        acts = lambda names: either(*(self.acts[name] for name in names))
        to_level = lambda *clauses: level(*(settled(clause, looked) for clause in clauses))
        if number == 1:
            return to_level(either(named(ACUTE), many(CONDITIONS)), few)
        if number == 2:
            return to_level(either(self.present("past_atrocities"), many(CONDITIONS)), few)
        if number == 4:
            return to_level(many(FEW), either(*begun))
        if number == 9:
            return to_level(many(SEVERAL), some)
        if number in STRUCTURAL:
            return to_level(many(CONDITIONS), few)
        if number == 7:
            alone = acts(["forced_displacement", "violence_women_children"])
            return to_level(many(MANY), either(alone, many(SEVERAL)), some)
        if number == 8:
            sharp = [self.present(name) for name in SHARP]
            return to_level(at_least(2, sharp), either(*sharp, many(SEVERAL)), some)
        if number == 10:
            return to_level(many(MOST), either(acts(OF_INTENT), many(SEVERAL)), either(*begun))
        if number == 11:
            return to_level(many(MOST), either(self.acts["attacks"], many(SEVERAL)), either(*begun))
        if number == 13:
            here = settled(either(either(*self.war_acts), many(SEVERAL)), looked)
            return level(
                both(self.at_war, settled(many(MANY), looked)),
                both(self.at_war, here),
                settled(some, looked),
            )
        return to_level(many(MANY), many(SEVERAL), some)


def assess(told, sure, sight):
    """All levels, from what is told and what of it is verified; `sight` is the coverage of the signs."""
    out = {}
    is_there = lambda side, number: from_place(2, side.found[number])
    of_structures = lambda side: [is_there(side, number) for number in STRUCTURAL]
    begun = [from_place(1, told.found[number]) for number in STRUCTURAL]
    two = at_least(2, of_structures(told))
    structural = level(
        both(two, at_least(6, of_structures(sure))),
        both(two, at_least(4, of_structures(sure))),
        either(two, at_least(5, begun)),
        either(*of_structures(told), at_least(2, begun)),
    )
    out["structural_risk"] = structural
    counts = {n: both(is_there(told, n), is_there(sure, n)) for n in IMMINENT}
    strong = {n: both(is_there(told, n), exactly(3, sure.found[n])) for n in (7, 10, 11, 12, 13)}
    signs = [n for n in IMMINENT if n != 8]
    there = [is_there(told, n) for n in signs]
    some = [from_place(1, told.found[n]) for n in signs]
    acts_told = settled(either(*told.acts.values(), *told.war_acts), sight)
    war_sure = sure.present("armed_conflict")
    bad = lambda place: from_place(place, structural)
    imminent = level(
        either(
            at_least(4, counts.values()),
            strong[10],
            both(either(strong[11], strong[12]), at_least(2, counts.values())),
        ),
        either(
            at_least(2, counts.values()),
            strong[7], strong[11], strong[12], strong[13],
            both(acts_told, at_least(2, sure.count)),
            both(exactly(3, sure.found[8]), war_sure),
        ),
        either(
            *there, acts_told, at_least(3, some),
            both(is_there(told, 8), either(bad(1), *some)),
        ),
        either(*some, is_there(told, 8), both(from_place(1, told.found[8]), bad(1))),
    )
    out["imminent_risk"] = imminent
    group = lambda side: is_there(side, 9)
    intent = [sure.acts[name] for name in OF_INTENT]
    out["genocide_risk"] = level(
        strong[10],
        both(counts[10], either(at_least(2, intent), group(sure), counts[7], bad(3))),
        either(is_there(told, 10), both(group(told), from_place(1, told.found[10]))),
        either(from_place(1, told.found[10]), group(told)),
    )
    out["crimes_against_humanity_risk"] = level(
        both(counts[11], counts[12], either(strong[11], strong[12])),
        either(strong[11], strong[12], both(counts[11], either(counts[12], counts[7], bad(3)))),
        either(is_there(told, 11), is_there(told, 12)),
        either(from_place(1, told.found[11]), from_place(1, told.found[12])),
    )
    more = either(strong[13], either(*sure.war_acts), counts[14], counts[11], counts[7], bad(3))
    out["war_crimes_risk"] = level(
        both(counts[13], war_sure, at_least(2, sure.war_acts)),
        both(counts[13], war_sure, more),
        both(told.at_war, either(is_there(told, 13), is_there(told, 14))),
        either(from_place(1, told.found[13]), from_place(1, told.found[14])),
    )
    views = lambda side: [side.present(name) for name in CLEANSING]
    out_of = lambda side: either(*(side.present(name) for name in DRIVING_OUT))
    seen = Fraction(sum(told.cells[name] is not None for name in CLEANSING), len(CLEANSING))
    driven = settled(out_of(told), seen)
    out["ethnic_cleansing_view"] = level(
        both(driven, at_least(5, views(sure)), sure.present("forced_displacement")),
        both(driven, at_least(3, views(sure)), out_of(sure)),
        both(driven, settled(at_least(2, views(told)), seen)),
        settled(at_least(2, [told.from_value(name, Fraction(1, 2)) for name in CLEANSING]), seen),
    )
    worst = [out[name] for name in out if name != "structural_risk"]
    any_of = lambda place: either(*(from_place(place, bounds) for bounds in worst))
    out["overall"] = level(
        any_of(4),
        either(
            any_of(3), both(bad(3), either(both(acts_told, at_least(1, sure.count)), counts[8]))
        ),
        either(any_of(2), bad(3), both(bad(2), from_place(1, imminent))),
        either(bad(1), from_place(1, imminent)),
    )
    return out


def coverage(cells, members, weights):
    known = sum(weights[name] for name in members if cells[name] is not None)
    return Fraction(known, sum(weights[name] for name in members))


def factor(cells, members, weights):
    known = [(cells[name], weights[name]) for name in members if cells[name] is not None]
    total = sum(weights[name] for name in members)
    seen = sum(weight for _, weight in known)
    if seen < COVERAGE * total or not known:
        return None
    return sum(value * weight for value, weight in known) / seen


class Country:
    """What is carried from month to month."""

    def __init__(self, holds):
        self.holds, self.month = holds, -1
        self.last = {}
        self.seen, self.ended = {}, {}

    def read(self, row):
        self.month += 1
        cells, checked = {}, {}
        for name, months in self.holds.items():
            if row[name]:
                told = (WORDS[row[name]], row[name + "_verified"] == "1", self.month)
                self.last[name] = told
            value, verified, since = self.last.get(name, (None, False, 0))
            if value is not None and self.month - since > months:
                value, verified = None, False
            cells[name], checked[name] = value, verified
        for name in ALONE:
            self.mark(name, [name], cells, checked)
        self.mark("attacks", ATTACKS, cells, checked)
        stands = {name: self.stands(name) for name in ALONE + ["attacks"]}
        sure = {
            name: value if value is None or checked[name] else Fraction(0)
            for name, value in cells.items()
        }
        return cells, sure, stands

    def mark(self, act, names, cells, checked):
        if any(cells[name] == 1 and checked[name] for name in names):
            self.seen[act] = self.month
        if all(cells[name] == 0 and checked[name] for name in names):
            self.ended[act] = self.month

    def stands(self, act):
        if act not in self.seen:
            return False
        ago = self.month - self.seen[act]
        return ago < MEMORY and (act not in self.ended or self.seen[act] > self.ended[act])


def main(folder):
    folder = Path(folder)
    text = (folder / "list.risk").read_text(encoding="utf-8")
    listed = re.findall(
        r'indicator (\w+) "[^"]*" : assessment\s+code "(\d+)\.\d+"(?:(?!\nindicator).)*?'
        r"carry forward at most (\d+) months",
        text,
        re.DOTALL,
    )
    members, holds = {}, {}
    for name, number, months in listed:
        members.setdefault(int(number), []).append(name)
        holds[name] = int(months)
    weights = {name: 2 if name in GRAVE else 1 for name in holds}
    counts, places, words, sums = {}, {}, {}, Counter()
    word = lambda answer: "yes" if answer[0] else "no" if answer[1] else "unknown"
    countries = {}
    with open(folder / "data/invented_countries.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            country = countries.setdefault(row["country"], Country(holds))
            cells, sure, stands = country.read(row)
            told_side, sure_side = Reading(cells, stands, members), Reading(sure, stands, members)
            sight = sum(coverage(cells, members[n], weights) for n in IMMINENT) / len(IMMINENT)
            told = assess(told_side, sure_side, sight)
            alone = assess(sure_side, sure_side, sight)
            for name, (low, high) in told.items():
                counts.setdefault(name, Counter())[LEVELS[low] if low == high else "open"] += 1
                places.setdefault(name, [0, 0])
                places[name][0] += low
                places[name][1] += high
            reports = both(
                from_place(2, told["overall"]), opposite(from_place(2, alone["overall"]))
            )
            held = [WORDS[row[name]] for name in RESILIENCE if row[name]]
            enough = held and len(held) >= COVERAGE * len(RESILIENCE)
            value = sum(held) / len(held) if enough else None
            below = truth(value is not None, value is not None and value < Fraction(40, 100))
            little = both(from_place(3, told["overall"]), below)
            for name, answer in (("rests_on_reports", reports), ("little_holds_it_back", little)):
                words.setdefault(name, Counter())[word(answer)] += 1
            for number in members:
                value = factor(cells, members[number], weights)
                if value is not None:
                    sums[number] += value
                    sums["known"] += 1
    for name, counter in counts.items():
        each = ", ".join(str(counter[level]) for level in LEVELS)
        least, most = places[name]
        print(f"{name}: [{each}], open {counter['open']}, places [{least}, {most}]")
    for name, counter in words.items():
        print(f"{name}:", [counter[word] for word in ("yes", "no", "unknown")])
    print("factors known", sums["known"])
    for number in sorted(members):
        print(f"factor {number}: {float(sums[number]):.9f}")


main(sys.argv[1])
