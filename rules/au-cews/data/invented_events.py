"""Events and signs of cooperation for the 60 invented countries of un-framework, 2021 to 2024.

Writes invented_events.csv beside this file; the same bytes everywhere. A country has a usual number of
events a month; some have a surge in 2023 or 2024, some of these with mediation. In some months nobody
counted, and few countries have every sign of cooperation looked at.
"""

import pathlib
import random

HERE = pathlib.Path(__file__).parent
NAMES = HERE.parents[1] / "un-framework" / "data" / "countries.csv"
SIGNS = ["mediation_under_way", "ceasefire_holding", "agreement_implemented", "elections_observed"]
chance = random.Random(2012)


def one_of(*weighted):
    """A value by its chance; the last one takes the rest."""
    at = chance.random()
    for value, part in weighted:
        if at < part:
            return value
        at -= part
    return weighted[-1][0]


def country(code):
    usual = one_of((1, 0.35), (6, 0.35), (20, 0.2), (45, 0.1))
    surge = range(24 + int(chance.random() * 20), 48) if chance.random() < 0.35 else range(0)
    calm = range(36, 48) if chance.random() < 0.15 else range(0)
    talks = chance.random() < 0.4
    # A sign has a place of its own and keeps it for about a year, so that it does not flicker.
    at = [chance.random() for _ in SIGNS]
    seen = [chance.random() < 0.65 for _ in SIGNS]
    for month in range(48):
        rise = 1 + min(month - surge.start + 1, 5) * 0.7 if month in surge else 0.3 if month in calm else 1
        events = int(usual * rise * (0.6 + 0.8 * chance.random()) + 0.5)
        deaths = int(events * (0.5 + 2.5 * chance.random()))
        counted = chance.random() < 0.96
        row = [code, f"{2021 + month // 12}-{month % 12 + 1:02}", *([events, deaths] if counted else ["", ""])]
        good = 0.6 if talks and month >= 26 else 0.15
        for sign in range(len(SIGNS)):
            if chance.random() < 0.08:
                at[sign] = chance.random()
            word = "present" if at[sign] < good else "emerging" if at[sign] < good + 0.2 else "absent"
            row.append(word if seen[sign] and chance.random() < 0.95 else "")
        yield ",".join(map(str, row))


codes = [line.split(",")[0] for line in NAMES.read_text().splitlines()[1:]]
head = ",".join(["country", "month", "conflict_events", "fatalities", *SIGNS])
rows = [head, *(row for code in codes for row in country(code))]
(HERE / "invented_events.csv").write_text("\n".join(rows) + "\n")
