"""What rules/food-security gives on the phases of 21 countries, 2009 to 2020."""
import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

from alerts import alert, sustained

PATH = Path(sys.argv[1]) / "fews_ipc" / "fews_ipc_admin_2009_2020.csv"

areas = defaultdict(dict)
for row in csv.DictReader(open(PATH)):
    number = lambda text: int(text) if text else None
    month = int(row["year"]) * 12 + int(row["month"]) - 1
    areas[row["admin_code"]][month] = {
        "phase": number(row["fews_ipc"]),
        "near": number(row["fews_proj_near"]),
        "pop": float(row["pop"]) if row["pop"] else None,
        "country": row["country"],
    }

# Every month from an area's first to its last; a value holds for three months more.
filled = {}
for area, months in areas.items():
    first, last = min(months), max(months)
    series = []
    for month in range(first, last + 1):
        cell = {}
        for key in ("phase", "near", "pop", "country"):
            cell[key] = None
            for back in range(4):
                earlier = months.get(month - back)
                if earlier is not None and earlier[key] is not None:
                    cell[key] = earlier[key]
                    break
        series.append(cell)
    filled[area] = (first, series)

# Peers are the areas with a row of their own in the month: a month between rounds has none.
people = defaultdict(lambda: [0.0, 0.0, 0.0])
for area, months in areas.items():
    first, series = filled[area]
    for month in months:
        cell = series[month - first]
        if cell["country"] is None or cell["phase"] is None or cell["pop"] is None:
            continue
        total = people[cell["country"], month]
        total[0] += cell["pop"]
        total[1] += cell["pop"] if cell["phase"] >= 3 else 0
        total[2] += cell["pop"] if cell["phase"] >= 4 else 0

classes, worse_count, lasting_count, ever_count, country_count = (Counter() for _ in range(5))
famine_count, events = Counter(), Counter()
share_sum, share_known = 0.0, 0
for area, (first, series) in sorted(filled.items()):
    own = areas[area]
    phase = [c["phase"] for c in series]
    crisis = [None if p is None else p >= 3 for p in phase]
    worse = [None if i < 3 or p is None or phase[i - 3] is None else p > phase[i - 3]
             for i, p in enumerate(phase)]
    worst = []
    for c in series:
        both = [c["phase"] if c["phase"] is not None else c["near"],
                c["near"] if c["near"] is not None else c["phase"]]
        worst.append(None if None in both else max(both))
    famine = [None if w is None else w >= 5 for w in worst]
    lasting = sustained(crisis, 12)
    ever = []
    for i in range(len(crisis)):
        window = crisis[max(0, i - 23): i + 1]
        known = sum(c is not None for c in window)
        ever.append(True if True in window else False if known >= 12 else None)
    shares = []
    for i, c in enumerate(series):
        totals = people.get((c["country"], first + i)) if first + i in own else None
        shares.append(None if totals is None or totals[0] == 0
                      else (totals[1] / totals[0], totals[2] / totals[0]))
    country_worse = []
    for i, s in enumerate(shares):
        before = shares[i - 3] if i >= 3 else None
        bad = None if s is None else s[0] >= 0.2 or s[1] >= 0.05
        more = None if s is None or before is None else s[0] - before[0] > 0
        country_worse.append(False if bad is False or more is False
                             else None if bad is None or more is None else True)
    for i in range(len(series)):
        if first + i in own:
            classes[phase[i]] += 1
            worse_count[worse[i]] += 1
            lasting_count[lasting[i]] += 1
            ever_count[ever[i]] += 1
            country_count[country_worse[i]] += 1
            famine_count[famine[i]] += 1
            if shares[i] is not None:
                share_sum += shares[i][0]
                share_known += 1

    def either(a, b):
        return True if True in (a, b) else None if None in (a, b) else False

    def both(a, b):
        return False if False in (a, b) else None if None in (a, b) else True

    raises = [either(either(f, both(c, either(w, k))), l)
              for f, c, w, k, l in zip(famine, crisis, worse, country_worse, lasting)]
    emergency = [None if p is None else p >= 4 for p in phase]
    clears = sustained([None if c is None else not c for c in crisis], 6)
    no_famine = sustained([None if f is None else not f for f in famine], 3)
    no_emergency = sustained([None if e is None else not e for e in emergency], 3)
    lowers = [both(f, either(e, n)) for f, e, n in zip(no_famine, emergency, no_emergency)]
    for i, event, tier, notice in alert(raises, [emergency, famine], clears, famine, 6, lowers):
        events[event, tier] += 1

print("rows", sum(len(m) for m in areas.values()), "gaps", sum(len(s) for _, s in filled.values()) - sum(len(m) for m in areas.values()))
print("class", sorted((str(k), v) for k, v in classes.items()))
for name, c in (("worse", worse_count), ("lasting", lasting_count), ("ever_crisis", ever_count),
                ("country_worse", country_count), ("famine", famine_count)):
    print(name, "yes", c[True], "no", c[False], "unknown", c[None])
print("share_3 known", share_known, "sum", share_sum)
print("events", sorted(events.items()))
for country, month in (("Somalia", 2011 * 12 + 6), ("South Sudan", 2017 * 12 + 1), ("Yemen", 2019 * 12 + 1)):
    total = people[country, month]
    print(country, month // 12, month % 12 + 1, "share_3", total[1] / total[0], "share_4", total[2] / total[0])
