"""Seven populations of two invented countries in four years.

Writes invented_populations.csv beside this file; the same bytes everywhere. Each population has a chance of
each sign in the first and in the last year; a sign that was there tends to stay.
"""

import pathlib
import random

HERE = pathlib.Path(__file__).parent
HARM = ["legal_discrimination", "without_papers", "excluded_from_power", "poorer_than_others", "displaced_or_remote"]
THREAT = ["attacked_before", "hate_against_it", "armed_groups_near", "attacks_this_year"]
GRAVE = ["marked", "driven_out", "targeted_killing", "dehumanised"]
GOOD = ["courts_reach_it", "rights_body", "has_representation", "no_bribes_needed", "local_peace_work", "free_media", "livelihoods_shared", "own_associations"]
# people, vulnerability, threat at first and at last, protection, part looked at, consulted from which year
POPULATIONS = {
    ("XAA", "Displaced people"): (60_000, 0.7, 0.4, 0.8, 0.25, 0.95, 2023),
    ("XAA", "Hill farmers"): (340_000, 0.5, 0.2, 0.3, 0.6, 0.9, 2021),
    ("XAA", "River people"): (120_000, 0.65, 0.2, 0.6, 0.3, 0.95, 2099),
    ("XAB", "Herders"): (210_000, 0.55, 0.5, 0.4, 0.4, 0.9, 2021),
    ("XAB", "Lake villages"): (80_000, 0.6, 0.5, 0.6, 0.3, 0.5, 2099),
    ("XAB", "Northern minority"): (45_000, 0.5, 0.3, 0.5, 0.75, 0.95, 2022),
    ("XAB", "Townspeople of the coast"): (900_000, 0.15, 0.1, 0.1, 0.8, 0.95, 2021),
}
chance = random.Random(2013)


def sign(at, level):
    return "present" if at < level else "emerging" if at < level + 0.15 else "absent"


def population(key, people, harm, first, last, good, seen, asked):
    at = {name: chance.random() for name in HARM + THREAT + GRAVE + GOOD}
    for year in range(2021, 2025):
        threat = first + (last - first) * (year - 2021) / 3
        row = [*key, year, people if year == 2021 else "", "yes" if year >= asked else "no"]
        for names, level in ((HARM, harm), (THREAT, threat), (GRAVE, threat / 4)):
            for name in names:
                looked = chance.random() < seen
                row += [sign(at[name], level) if looked else "", 1 if looked and chance.random() < 0.85 else ""]
        for name in GOOD:
            looked = chance.random() < seen
            row += [sign(at[name], good) if looked else "", 1 if looked and chance.random() < 0.85 else ""]
        yield ",".join(map(str, row))


columns = [column for name in HARM + THREAT + GRAVE + GOOD for column in (name, f"{name}_verified")]
head = ",".join(["country", "population", "year", "people_in_it", "was_consulted", *columns])
rows = [head, *(row for key, how in POPULATIONS.items() for row in population(key, *how))]
(HERE / "invented_populations.csv").write_text("\n".join(rows) + "\n")
