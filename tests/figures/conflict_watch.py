"""What rules/conflict-watch gives on the country-year table of organised violence."""
import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

from alerts import alert, sustained

PATH = Path(sys.argv[1]) / "ucdp" / "ucdp_organized_violence_country_year_v25_1.csv"

countries = defaultdict(dict)
for row in csv.DictReader(open(PATH)):
    deaths = [int(row[f"{kind}_total_deaths_best_cy"]) for kind in ("sb", "ns", "os")]
    countries[row["country_id_cy"]][int(row["year_cy"])] = (deaths[0], sum(deaths), row["region_cy"], deaths[2], max(deaths))

counts = defaultdict(Counter)
events = Counter()
listed = []
chosen = {}
years = defaultdict(list)
for country, series in sorted(countries.items()):
    first, last = min(series), max(series)
    span = range(first, last + 1)
    assert len(span) == len(series)
    total = [series[y][1] for y in span]
    state = [series[y][0] for y in span]
    active = [t >= 25 for t in total]
    war = [s >= 1000 for s in state]
    civilians = [series[y][3] >= 250 for y in span]
    # Of one kind, or of all together.
    mass = [max(series[y][1], series[y][4]) >= 1000 for y in span]
    escalating, first_violence, record = [], [], []
    # Half of what five years at the number of one year would have, and still going on.
    killed = [series[y][3] for y in span]
    lasts = [sum(total[max(0, i - 4): i + 1]) >= 2500 and active[i]
             or sum(killed[max(0, i - 4): i + 1]) >= 625 and killed[i] >= 25 for i in range(len(span))]
    for i, year in enumerate(span):
        doubled = None if i == 0 else total[i] >= 2 * total[i - 1]
        escalating.append(False if not active[i] or doubled is False else doubled)
        # Ten years before this one; what lies before the data is not known.
        before = active[max(0, i - 10): i]
        if not active[i] or any(before):
            first_violence.append(False)
        else:
            first_violence.append(True if len(before) == 10 else None)
        earlier = total[max(0, i - 9): i]
        if not active[i] or any(e >= total[i] for e in earlier):
            record.append(False)
        else:
            record.append(True if len(earlier) == 9 else None)
        usual = [t for t in total[max(0, i - 5): i]]
        usual = sum(usual) / len(usual) if len(usual) >= 4 else None
        slope = None
        if i >= 4:
            window = total[i - 4: i + 1]
            middle = sum(window) / 5
            slope = sum((x - 2) * (w - middle) for x, w in enumerate(window)) / 10
        wars = war[max(0, i - 9): i + 1]
        counts["war_years"][(sum(wars), sum(wars) + 10 - len(wars))] += 1
        years[year].append((total[i], country, series[year][2]))
        chosen[country, year] = (usual, slope)
    for name, values in (("active", active), ("war", war), ("civilians_killed", civilians),
                         ("mass_violence", mass), ("violence_lasts", lasts), ("escalating", escalating),
                         ("first_violence", first_violence), ("record", record)):
        counts[name].update(values)
    raises = [True if True in four else (None if None in four else False)
              for four in zip(escalating, first_violence, civilians, lasts)]
    clears = sustained([t < 25 for t in total], 2)
    # Without a cooldown: what comes back after it was cleared is told anew.
    lowers = sustained([not m for m in mass], 2)
    for i, event, tier, notice in alert(raises, [mass], clears, record, 0, lowers):
        events[event, tier] += 1
        if country in ("700", "530", "365"):
            listed.append((country, first + i, event, tier, None if notice is None else first + notice))

print("rows", sum(len(s) for s in countries.values()))
for name in ("active", "war", "civilians_killed", "mass_violence", "violence_lasts", "escalating", "first_violence", "record"):
    c = counts[name]
    print(name, "yes", c[True], "no", c[False], "unknown", c[None])
known = {k[0]: v for k, v in counts["war_years"].items() if k[0] == k[1]}
print("war_years known", sum(known.values()), "sum", sum(k * v for k, v in known.items()))
print("events", sorted(events.items()))
for entry in listed:
    print(*entry)
for key in (("700", 1994), ("530", 2021), ("365", 2000), ("365", 2022)):
    print(key, "usual", chosen[key][0], "slope", chosen[key][1])
usuals = [u for u, _ in chosen.values() if u is not None]
slopes = [s for _, s in chosen.values() if s is not None]
print("usual", len(usuals), sum(usuals), "slope", len(slopes), sum(abs(s) for s in slopes))
for year in (1994, 2024):
    rows = years[year]
    world = sum(t for t, _, _ in rows)
    for country in ("517", "369", "530"):
        own = next(r for r in rows if r[1] == country)
        place = 1 + sum(t > own[0] for t, _, region in rows if region == own[2])
        print(year, country, "rank", place, "share", own[0] / world)
