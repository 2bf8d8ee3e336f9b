"""What `rules/un-framework` says of its invented countries, worked out from the words of the method.

    python3 tests/figures/un_framework.py rules/un-framework

Of the ruleset it reads the list alone: which indicator has which number of the publication, and how long it
holds. Every truth is a pair (surely yes, surely no); a count of truths lies between those that are surely yes
and those that are not surely no; a level is the pair of the lowest and the highest place that it can have. A month
is read in three ways: as it is told, with what nobody verified as unknown, and with it as absent.
"""

import csv
import re
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path

LEVELS = ["low", "guarded", "elevated", "high", "critical"]
WORDS = {"absent": Fraction(0), "emerging": Fraction(1, 2), "present": Fraction(1)}
COVERAGE, MEMORY, DOUBT = Fraction(40, 100), 3, 12
SEVERAL, MANY, MOST, CONDITIONS, FEW, BEGINNINGS, LOOKED = 3, 6, 4, 4, 2, 3, Fraction(40, 100)
GLIMPSE, QUIET_MONTHS = Fraction(25, 100), 6
CRIMES, MONTHS_OF_ACTS, TIMES_OF_ACTS, YEAR, FRESH_FOR, AFTERMATH = 3, 4, 3, 12, 12, 6
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
SPARKS = "regime_change_trigger incitement_act".split()
OF_INTENT = """targeted_elimination systematic_group_abuse reproductive_or_child_measures
prohibited_means_on_group""".split()
DEHUMANISED = "dehumanising_violence"
HOMES = "group_livelihood_attack"
ARMING = ["arms_build_up", "militia_growth", "marking_people"]
OF_PREPARATION = ["forced_displacement", "violence_women_children"]
ATTACKS = ["civilian_violence_pattern", "widespread_violence"]
KILLING_IN_WAR = ["targeted_elimination", "civilian_violence_pattern"]
OF_WAR = "no_quarter hors_de_combat_not_spared human_shields survival_access_blocked".split()
BREACHES = """indiscriminate_weapons hidden_detention civilian_property_destroyed protected_sites_endangered
emblem_attacked emblem_misused attacks_near_operation operation_assets_looted""".split()
AIMED = """essential_goods_destroyed marking_people intent_documents euphoria_over_control media_incitement
attack_plan_signs policy_documents demographic_engineering forces_massed violence_facilitated
high_level_involvement mass_movement_logistics attack_ultimatum""".split()
POINTED = AIMED + """arms_build_up militia_growth new_violent_structures resources_committed military_materiel_use
widening_violence organised_violence""".split()
AIMED_BESIDE = [name for name in AIMED if name != "essential_goods_destroyed"]
BEYOND_ARMS = [name for name in POINTED if name not in ("arms_build_up", "military_materiel_use")]
KILLING = ["targeted_elimination", "civilian_violence_pattern", "widespread_violence"]
BEHIND = ["violence_facilitated", "high_level_involvement"]
CODED_ACTS = OF_INTENT + [DEHUMANISED, HOMES] + ATTACKS + OF_PREPARATION + OF_WAR
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
    """One month, read in one way."""

    def __init__(self, cells, checked, ago, members, looked, ended, goes_on, lasting, doubtful):
        self.reports = False
        self.cells, self.members, self.looks = cells, members, looked
        self.lasting = lasting
        self.all_looked, self.goes_on = looked["signs"], truth(True, goes_on)
        self.ago, self.ended, self.doubtful = ago, ended, doubtful
        self.kept = {name: self.keep(name) for name in cells}
        self.denied = {
            name: value is not None and value < 1 and not checked[name]
            for name, value in cells.items()
        }
        self.there = {name: either(self.present(name), self.kept[name]) for name in cells}
        self.acts = {name: self.there[name] for name in OF_INTENT + OF_PREPARATION + [DEHUMANISED, HOMES]}
        self.acts["attacks"] = either(*(self.there[name] for name in ATTACKS))
        begun = self.from_value("armed_conflict", Fraction(1, 2))
        self.at_war = either(begun, self.kept["armed_conflict"], doubtful)
        self.war_acts = [self.there[name] for name in OF_WAR]
        self.firm = None
        self.found, self.shows = {}, {}

    def keep(self, name):
        """Does a sign stand that is not told now, because it was verified?"""
        seen, gone, word = self.ago[name]
        if name in self.members[8]:
            return False, True
        if self.present(name)[0] or seen is None or (gone is not None and gone <= seen):
            return False, True
        # Where nothing of the signs was verified for as long, hearsay ends no more than silence would.
        return (seen < MEMORY, seen >= DOUBT and word is not None and word < DOUBT)

    def fresh(self, names):
        """There, and not told in every month of a year."""
        return [both(self.present(name), self.news(name)) for name in names]

    def news(self, name):
        """What is told in every month of a year is none; but a call beside any sign against people is a campaign."""
        new = truth(True, name not in self.lasting)
        if name != "incitement_act" or not self.found:
            return new
        return either(new, *(from_place(1, self.found[n]) for n in IMMINENT if n != 8))

    def from_value(self, name, least):
        value = self.cells[name]
        return truth(value is not None, value is not None and value >= least)

    def present(self, name):
        return self.from_value(name, 1)

    def looked(self, number):
        return self.looks[number]

    def known_part(self, names):
        return Fraction(sum(self.cells[name] is not None for name in names), len(names))

    def so_many_of(self, signs, names, looked):
        """So many of them are there, or stand since they were verified."""
        here = sum(self.present(name)[0] for name in names)
        stood = [self.kept[name] for name in names]
        least = here + sum(yes for yes, _ in stood)
        stand = (least >= signs, here + sum(not no for _, no in stood) < signs)
        told = at_least(signs, [self.present(name) for name in names])
        return either(settled(told, looked), stand)

    def pointed(self, signs, names=POINTED):
        return self.so_many_of(signs, names, max(self.known_part(POINTED), self.all_looked))

    def breaches(self, signs):
        return self.so_many_of(signs, BREACHES, max(self.looked(13), self.all_looked))

    def trigger(self, names):
        return settled(either(*self.fresh(names)), self.looked(8))

    def reported(self, checked):
        """How many different acts are told that nobody verified; two of them are acts in a war alone."""
        told = {name for name in CODED_ACTS if self.cells[name] == 1 and not checked[name]}
        if not self.at_war[0]:
            told -= {"no_quarter", "human_shields"}
        return len({ATTACKS[0] if name in ATTACKS else name for name in told})

    def stands_denied(self):
        """An act stands since it was verified, while somebody denies it; camps that go on are none."""
        in_war = ("no_quarter", "human_shields")
        return any(
            self.kept[name][0] and (self.at_war[0] or name not in in_war)
            for name in CODED_ACTS if name != "forced_displacement"
        )

    def standing(self):
        """Each act: told, or standing since it was verified; two of them are acts in a war alone."""
        stands = lambda name: either(truth(True, self.present(name)[0]), self.kept[name])
        in_war = ("no_quarter", "human_shields")
        single = [name for name in CODED_ACTS if name not in ATTACKS]
        acts = [both(self.at_war, stands(name)) if name in in_war else stands(name) for name in single]
        return acts + [either(*(stands(name) for name in ATTACKS))]

    def many_acts(self):
        """So many different acts; what nobody looked at is as what was, where enough was looked at."""
        seen = max(self.known_part(CODED_ACTS), self.all_looked)
        attack = lambda of: either(*(of(name) for name in ATTACKS))
        if seen < LOOKED:
            there = self.there.__getitem__
            single = [name for name in CODED_ACTS if name not in ATTACKS]
            return at_least(CRIMES, [there(name) for name in single] + [attack(there)])
        acts = self.standing()
        least = sum(yes for yes, _ in acts)
        part = max(self.known_part(CODED_ACTS), Fraction(1, len(CODED_ACTS)))
        if least < CRIMES and least >= CRIMES * part:
            return UNKNOWN
        return at_least(CRIMES, acts)

    def find(self, firm):
        self.firm = firm
        self.found = {number: self.factor(number) for number in self.members}

    def factor(self, number):
        names = self.members[number]
        looked = self.looked(number)
        whole = [self.present(name) for name in names]
        begun = [self.from_value(name, Fraction(1, 2)) for name in names]
        here = sum(yes for yes, _ in whole)
        keeps = [self.kept[name] for name in names]
        stand = here + sum(yes for yes, _ in keeps)
        could = here + sum(not no for _, no in keeps)
        if number != 8 and self.firm[number] and self.ended[number] < LOOKED:
            could += sum(self.denied[name] for name in names)
        kept = lambda names: either(*(self.kept[name] for name in names))
        named = lambda names: either(*(self.present(name) for name in names))
        acts = lambda names: either(*(self.acts[name] for name in names))

        def reaches(signs):
            return stand >= signs, stand < signs and could < signs

        def so_many(signs, *alone, kept_alone=()):
            """So many signs, or one that is enough alone; what nobody looked at is not there."""
            told = settled(either(*alone, at_least(signs, whole)), looked)
            return either(told, kept(kept_alone), reaches(signs))

        def strong(signs):
            """What nobody looked at is in proportion to what was."""
            told = at_least(signs, whole)
            if looked >= LOOKED:
                told = (told[0], not told[0] and here < signs * looked)
            return either(told, reaches(signs))

        some = settled(either(either(*whole), at_least(BEGINNINGS, begun)), looked)
        some = either(some, reaches(1))
        any_begun = either(settled(either(*begun), looked), reaches(1))
        few = settled(either(at_least(FEW, whole), at_least(BEGINNINGS, begun)), looked)
        few = either(few, reaches(FEW))
        if number == 1:
            return level(so_many(CONDITIONS, named(ACUTE), kept_alone=ACUTE), few)
        if number == 2:
            past = ["past_atrocities"]
            return level(so_many(CONDITIONS, named(past), kept_alone=past), few)
        if number == 4:
            return level(so_many(FEW), any_begun)
        if number == 9:
            return level(so_many(SEVERAL), some)
        if number in STRUCTURAL:
            return level(so_many(CONDITIONS), few)
        if number == 7:
            self.shows[7] = either(settled(named(ARMING), looked), kept(ARMING))
            alone = so_many(SEVERAL, acts(OF_PREPARATION), kept_alone=OF_PREPARATION)
            return level(strong(MANY), alone, some)
        if number == 8:
            sharp = self.fresh(SHARP)
            two = settled(at_least(2, sharp), looked)
            return level(two, so_many(SEVERAL, *sharp), some)
        if number == 10:
            there = so_many(SEVERAL, acts(OF_INTENT), kept_alone=OF_INTENT)
            said = ["intent_documents"]
            more = so_many(SEVERAL, named(said), kept_alone=said)
            self.shows[10] = both(acts(OF_INTENT), more)
            return level(strong(MOST), there, any_begun)
        if number == 11:
            there = so_many(SEVERAL, self.acts["attacks"], kept_alone=ATTACKS)
            behind = settled(either(*(self.present(name) for name in BEHIND)), self.looked(12))
            behind = either(behind, *(self.kept[name] for name in BEHIND))
            self.shows[11] = both(self.acts["attacks"], either(so_many(SEVERAL), behind))
            return level(strong(MOST), there, any_begun)
        if number == 13:
            there = so_many(SEVERAL, either(*self.war_acts), kept_alone=OF_WAR)
            return level(both(self.at_war, strong(MANY)), both(self.at_war, there), some)
        return level(strong(MANY), so_many(SEVERAL), some)


def proven(told, known):
    """What is told and not proved is open."""
    return UNKNOWN if told[0] and known[1] else known


def assess(told, unknown, absent, firm, sight, after_an_act):
    """All levels, from what is told and from what of it is verified; `sight` is the coverage of the signs."""
    out = {}
    shown = lambda ask: proven(ask(told), ask(absent))
    is_there = lambda side, number: from_place(2, side.found[number])
    of_structures = lambda side: [is_there(side, number) for number in STRUCTURAL]
    begun = [from_place(1, told.found[number]) for number in STRUCTURAL]
    two = at_least(2, of_structures(told))
    structural = level(
        both(two, shown(lambda side: at_least(6, of_structures(side)))),
        both(two, shown(lambda side: at_least(4, of_structures(side)))),
        either(two, at_least(5, begun)),
        either(*of_structures(told), at_least(2, begun)),
    )
    out["structural_risk"] = structural

    def sure_of(number, ask):
        """Told, and carried by verified evidence; open where evidence and reports together carry it, or reports alone."""
        if not firm[number]:
            return both(is_there(told, number), shown(ask))
        by_evidence, reported = ask(unknown), ask(told)
        if by_evidence[1] and not reported[1]:
            by_evidence = UNKNOWN
        return both(is_there(told, number), by_evidence)

    def sure(number, ask):
        return sure_of(number, lambda side: ask(side.found[number]))

    shows = {n: sure_of(n, lambda side, n=n: side.shows[n]) for n in (7, 10, 11)}
    counts = {n: sure(n, lambda bounds: from_place(2, bounds)) for n in IMMINENT}
    strong = {n: sure(n, lambda bounds: exactly(3, bounds)) for n in (7, 10, 11, 12, 13)}
    signs = [n for n in IMMINENT if n != 8]
    there = [is_there(told, n) for n in signs]
    some = [from_place(1, told.found[n]) for n in signs]
    acts_told = either(
        settled(either(*told.acts.values(), *told.war_acts), max(sight, told.all_looked)),
        *(told.kept[name] for name in OF_INTENT + OF_PREPARATION + ATTACKS + OF_WAR + [DEHUMANISED, HOMES]),
    )
    known_by = lambda is_firm, ask: proven(ask(told), ask(unknown if is_firm else absent))
    act = lambda is_firm, name: known_by(is_firm, lambda side: side.acts[name])
    of_group = [act(firm[10], name) for name in OF_INTENT + [DEHUMANISED]]
    others = [act(firm[7], name) for name in OF_PREPARATION] + [act(firm[11] or firm[12], "attacks")]
    for name in OF_WAR:
        anywhere = name in ("hors_de_combat_not_spared", "survival_access_blocked")
        of_war = lambda side, name=name, anywhere=anywhere: (
            side.there[name] if anywhere else both(side.at_war, side.there[name])
        )
        others.append(known_by(firm[13], of_war))
    on_people = of_group + others
    acts_sure = on_people + [act(firm[10], HOMES)]
    war_sure = either(shown(lambda side: side.there["armed_conflict"]), told.doubtful)
    in_war = both(acts_told, at_least(1, acts_sure), war_sure)
    under_way = both(told.many_acts(), at_least(CRIMES, acts_sure), either(*others))
    acts_seen = max(told.known_part(CODED_ACTS), told.all_looked)
    begin = [told.from_value(name, Fraction(1, 2)) for name in CODED_ACTS]
    begin = settled(at_least(BEGINNINGS, begin), acts_seen)
    pair, breaches = told.pointed(2), told.breaches(2)
    lists = lambda signs: lambda side: both(side.pointed(1, AIMED), side.pointed(signs))
    several, most = shown(lists(SEVERAL)), shown(lists(MOST))
    homes = both(act(firm[10], HOMES), shown(lambda side: side.pointed(1, AIMED_BESIDE)))
    pointing = shown(lambda side: either(side.pointed(1, AIMED), side.pointed(2)))
    act_points = both(acts_told, either(both(at_least(1, on_people), pointing), homes))
    hunted = both(acts_told, most, either(*of_group[: len(OF_INTENT)]))
    # Troops that are sent and fighting that comes over a border are one occasion.
    occasions = lambda side: side.fresh(SPARKS + ["leader_attack"]) + [
        either(*side.fresh(["sudden_deployment", "spillover"]))
    ]
    set_off = lambda side: either(settled(at_least(2, occasions(side)), side.looked(8)), side.trigger(SPARKS))
    spark = shown(set_off)
    at_leaders = shown(lambda side: side.trigger(["leader_attack"]))
    reports_go_on = UNKNOWN if told.reports else (False, True)
    several_told = lists(SEVERAL)(told)
    pair_aimed = told.pointed(2, AIMED)
    in_war_unseen = both(truth(True, unknown.known_part(KILLING_IN_WAR) == 0), told.at_war)
    unseen = told.known_part(KILLING) == 0 and not told.looks["quiet"]
    killing_unseen = UNKNOWN if unseen else (False, True)
    trigger_told = settled(either(*(told.present(name) for name in SHARP)), told.looked(8))
    in_war_unseen = UNKNOWN if in_war_unseen[0] else (False, True)
    bad = lambda place: from_place(place, structural)
    beside_war = at_least(2, [is_there(told, number) for number in STRUCTURAL if number != 1])
    imminent = level(
        either(
            at_least(4, counts.values()),
            strong[10],
            both(either(strong[11], strong[12]), at_least(2, counts.values())),
            under_way, hunted,
        ),
        either(
            at_least(2, counts.values()),
            strong[7], strong[11], strong[12], strong[13],
            both(acts_told, at_least(2, acts_sure)),
            in_war, told.goes_on, act_points, several,
            both(shown(lambda side: side.pointed(2, AIMED)), war_sure),
            both(spark, war_sure),
            both(at_leaders, war_sure, either(beside_war, *some, told.there["irregular_power_change"])),
            reports_go_on, in_war_unseen,
        ),
        either(
            *there, acts_told, at_least(3, some), pair, begin, exactly(3, told.found[8]),
            both(told.pointed(1, AIMED), told.at_war),
            both(is_there(told, 8), either(bad(1), *some)),
            both(trigger_told, told.at_war), killing_unseen,
        ),
        either(*some, is_there(told, 8), trigger_told, both(from_place(1, told.found[8]), bad(1))),
    )
    out["imminent_risk"] = imminent
    group = lambda side: is_there(side, 9)
    against_group = lambda side: at_least(2, [side.acts[name] for name in OF_INTENT + [DEHUMANISED, HOMES]])
    two_acts = proven(against_group(told), against_group(unknown))
    meant = either(told.there["marking_people"], from_place(1, told.found[10]), from_place(1, told.found[9]))
    out["genocide_risk"] = level(
        strong[10],
        both(counts[10], either(two_acts, shows[10], shown(group), several, counts[7], bad(3))),
        either(
            is_there(told, 10),
            both(group(told), from_place(1, told.found[10])),
            both(meant, several_told),
            both(from_place(1, told.found[10]), either(pair_aimed, told.trigger(["incitement_act"]))),
        ),
        either(from_place(1, told.found[10]), group(told)),
    )
    out["crimes_against_humanity_risk"] = level(
        both(counts[11], counts[12], either(strong[11], strong[12])),
        either(strong[11], strong[12], both(counts[11], either(shows[11], counts[12], counts[7], bad(3)))),
        either(is_there(told, 11), is_there(told, 12)),
        either(from_place(1, told.found[11]), from_place(1, told.found[12])),
    )
    acts_of_war = lambda signs: proven(at_least(signs, told.war_acts), at_least(signs, unknown.war_acts))
    more = either(strong[13], acts_of_war(1), counts[14], counts[11], counts[7], bad(3))
    out["war_crimes_risk"] = level(
        either(both(counts[13], war_sure, acts_of_war(2)), both(under_way, war_sure)),
        either(in_war, both(shown(lambda side: side.breaches(3)), war_sure), both(counts[13], war_sure, more)),
        both(told.at_war, either(is_there(told, 13), is_there(told, 14), acts_told, breaches, pair_aimed)),
        either(from_place(1, told.found[13]), from_place(1, told.found[14])),
    )
    here = sum(told.present(name)[0] for name in CLEANSING)
    stood = [told.kept[name] for name in CLEANSING]
    least = here + sum(yes for yes, _ in stood)
    two_stand = (least >= 2, here + sum(not no for _, no in stood) < 2)
    views = lambda signs: lambda side: at_least(signs, [side.there[name] for name in CLEANSING])
    seen = told.looks["cleansing"]
    driven = either(
        settled(either(*(told.present(name) for name in DRIVING_OUT)), seen),
        *(told.kept[name] for name in DRIVING_OUT),
    )
    driven_out = lambda side: either(*(side.there[name] for name in DRIVING_OUT))
    told_two = settled(at_least(2, [told.present(name) for name in CLEANSING]), seen)
    begun_two = [told.from_value(name, Fraction(1, 2)) for name in CLEANSING]
    out["ethnic_cleansing_view"] = level(
        both(driven, shown(lambda side: both(views(5)(side), side.there["forced_displacement"]))),
        both(driven, shown(lambda side: both(views(3)(side), driven_out(side)))),
        both(driven, either(told_two, two_stand)),
        either(settled(at_least(2, begun_two), seen), two_stand),
    )
    worst = [out[name] for name in out if name != "structural_risk"]
    any_of = lambda place: either(*(from_place(place, bounds) for bounds in worst))
    out["overall"] = level(
        any_of(4),
        either(
            any_of(3),
            both(
                bad(3),
                either(
                    both(acts_told, at_least(1, acts_sure)), killing_unseen,
                    both(
                        counts[8],
                        either(
                            shown(lambda side: side.trigger(SPARKS)), at_leaders,
                            shown(lambda side: side.trigger(["sudden_deployment"])), *some,
                        ),
                    ),
                    both(counts[7], shows[7]), counts[12],
                    shown(lambda side: both(side.pointed(2), side.pointed(1, BEYOND_ARMS))),
                ),
            ),
            both(bad(4), shown(lambda side: side.pointed(1))),
        ),
        either(any_of(2), bad(3), both(bad(2), from_place(1, imminent))),
        either(bad(1), from_place(1, imminent), truth(True, after_an_act)),
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

    def __init__(self, holds, members):
        self.holds, self.members, self.month = holds, members, -1
        self.last = {}
        self.seen, self.ended, self.quiet, self.with_acts, self.with_reports = {}, {}, Counter(), [], []
        self.comes, self.reports_came = [], []

    def looked(self, side, cells, members):
        """How much of each factor was looked at in one reading; one that is quiet was looked at enough."""
        looked = {}
        for n, names in members.items():
            known = [cells[name] for name in names if cells[name] is not None]
            looked[n] = Fraction(len(known), len(names))
            nothing = looked[n] >= GLIMPSE and all(value == 0 for value in known)
            self.quiet[side, n] = self.quiet[side, n] + 1 if nothing else 0
            if self.quiet[side, n] >= QUIET_MONTHS:
                looked[n] = max(looked[n], LOOKED)
        # All signs together, and the view, in the same way.
        signs = [name for n in IMMINENT for name in members[n]]
        asked = {n: self.asked(cells, names) for n, names in members.items()}
        asked["cleansing"] = self.asked(cells, CLEANSING)
        looked["signs"], looked["cleansing"] = self.asked(cells, signs), asked["cleansing"]
        begun = any(cells[name] for name in signs)
        calm = self.lasts((side, "calm"), looked["signs"] >= LOOKED and not begun)
        looked["quiet"] = self.lasts((side, "signs"), looked["signs"] >= GLIMPSE and not begun)
        if looked["quiet"]:
            looked["signs"] = max(looked["signs"], LOOKED)
        view_begun = any(cells[name] for name in CLEANSING)
        if self.lasts((side, "view"), asked["cleansing"] >= GLIMPSE and not view_begun):
            looked["cleansing"] = max(looked["cleansing"], LOOKED)
        for n in IMMINENT + ["cleansing"]:
            if calm and asked[n] > 0:
                looked[n] = max(looked[n], LOOKED)
        return looked

    def asked(self, cells, names):
        return Fraction(sum(cells[name] is not None for name in names), len(names))

    def lasts(self, key, now, months=QUIET_MONTHS):
        self.quiet[key] = self.quiet[key] + 1 if now else 0
        return self.quiet[key] >= months

    def lasting(self, side, cells):
        """Triggers that are told in every month of a year."""
        told = {name: self.lasts((side, name), cells[name] == 1, FRESH_FOR) for name in SHARP}
        return {name for name, lasts in told.items() if lasts}

    def reports(self, reported, stands):
        """Whether reports of acts go on, with what was verified of them."""
        now = reported >= 1 or self.now or stands
        told = now or self.with_acts[-1]
        came = told and not (self.with_reports[-1:] or [False])[0]
        self.with_reports = [*self.with_reports, told][-YEAR:]
        self.reports_came = [*self.reports_came, came][-YEAR:]
        again = sum(self.with_reports) >= MONTHS_OF_ACTS or sum(self.reports_came) >= TIMES_OF_ACTS
        return now and again

    def not_there(self, cells, members, looked):
        """Which part of each factor was looked at and is not there."""
        parts = {}
        for n, names in members.items():
            gone = Fraction(sum(cells[name] is not None and cells[name] < 1 for name in names), len(names))
            parts[n] = looked[n] if looked[n] > self.asked(cells, names) else gone
        return parts

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
            if value is not None and verified:
                (self.seen if value == 1 else self.ended)[name] = self.month
        ago = lambda marks, name: self.month - marks[name] if name in marks else None
        signs = [name for n in IMMINENT if n != 8 for name in self.members[n]]
        words = [months for name in signs for months in (ago(self.seen, name), ago(self.ended, name)) if months is not None]
        word = min(words, default=None)
        stood = {name: (ago(self.seen, name), ago(self.ended, name), word) for name in cells}
        # Orders of no quarter and human shields are acts where there is a war, told or standing.
        seen, ended, _ = stood["armed_conflict"]
        stands = seen is not None and seen < MEMORY and (ended is None or ended > seen)
        war = (cells["armed_conflict"] or 0) >= Fraction(1, 2) or stands
        acts = {name for name in CODED_ACTS if cells[name] == 1 and checked[name]}
        if not war:
            acts -= {"no_quarter", "human_shields"}
        act = bool(acts)
        self.with_acts = [*self.with_acts, act][-YEAR:]
        comes = act and not (self.with_acts[-2:-1] or [False])[0]
        self.comes = [*self.comes, comes][-YEAR:]
        again = sum(self.with_acts) >= MONTHS_OF_ACTS or sum(self.comes) >= TIMES_OF_ACTS
        # Driving out that is verified alone may be camps that go on.
        verified = sum(
            cells[name] == 1 and checked[name] for n in IMMINENT if n != 8 for name in self.members[n]
        )
        alone = {"forced_displacement"} if verified < 2 else set()
        now = bool(acts - alone)
        self.goes_on, self.now = now and again, now
        self.after_an_act = any(self.with_acts[-AFTERMATH:])
        only = lambda other: {
            name: value if value is None or checked[name] else other for name, value in cells.items()
        }
        return cells, checked, stood, only(None), only(Fraction(0))


def main(folder):
    folder = Path(folder)
    text = (folder / "list.risk").read_text(encoding="utf-8")
    listed = re.findall(
        r'indicator (\w+) "[^"]*" : assessment\s+code "(\d+)\.\d+"(?:(?!\nindicator).)*?'
        r"expires after (\d+) months",
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
            country = countries.setdefault(row["country"], Country(holds, members))
            cells, checked, stood, unknown, absent = country.read(row)
            readings = {"told": cells, "unknown": unknown, "absent": absent}
            looked = {name: country.looked(name, of, members) for name, of in readings.items()}
            # Within another reading there is nothing left to be read as unknown.
            by_evidence = {"told": "unknown", "unknown": "unknown", "absent": "absent"}
            sides = {
                name: Reading(
                    of, checked, stood, members, looked[name],
                    country.not_there(readings[by_evidence[name]], members, looked[by_evidence[name]]), country.goes_on,
                    country.lasting(name, of), (False, True),
                )
                for name, of in readings.items()
            }
            # A war that somebody tells of or denies, nobody verified, beside verified acts, breaches or troops.
            by_fact = sides["absent"]
            acts = [*by_fact.acts.values(), *by_fact.war_acts]
            used = [by_fact.present(name) for name in BREACHES + ["sudden_deployment", "spillover"]]
            if not checked["armed_conflict"] and either(*acts, *used)[0]:
                for side in (sides["told"], by_fact):
                    if side.cells["armed_conflict"] is not None:
                        side.doubtful = UNKNOWN
                        side.at_war = either(side.at_war, UNKNOWN)
            firm = {
                n: any(
                    sides["absent"].present(name)[0] or not sides["absent"].kept[name][1]
                    for name in names
                )
                for n, names in members.items()
            }
            for side in sides.values():
                side.find(firm)
            sides["told"].reports = country.reports(sides["told"].reported(checked), sides["told"].stands_denied())
            sight = sum(coverage(cells, members[n], weights) for n in IMMINENT) / len(IMMINENT)
            told = assess(sides["told"], sides["unknown"], sides["absent"], firm, sight, country.after_an_act)
            alone = assess(
                sides["absent"], sides["absent"], sides["absent"], firm, sight, country.after_an_act
            )
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
