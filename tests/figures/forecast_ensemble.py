"""What rules/forecast-ensemble gives on the monthly forecasts of 2019 to 2022."""
import csv
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

from alerts import alert, sustained

PATH = Path(sys.argv[1]) / "views_2019" / "views_cm_sb_2019.csv"

rows = list(csv.DictReader(open(PATH)))
models = list(rows[0])[7:]
series = defaultdict(dict)
worst = 0.0
for row in rows:
    mean = math.fsum(float(row[m]) for m in models) / len(models)
    worst = max(worst, abs(mean - float(row["average_basewthematic_sb"])))
    # Months by their number, 1 for January 1980: the file's own year is one too many in December.
    series[row["iso3"]][1980 * 12 + int(row["month_id"]) - 1] = mean

level = Counter()
rising_count, crossing_count, lasting_count = Counter(), Counter(), Counter()
events = Counter()
for country, months in sorted(series.items()):
    first, last = min(months), max(months)
    assert last - first + 1 == len(months)
    p = [months[m] for m in range(first, last + 1)]
    outlook = [0 if x < 0.25 else 1 if x < 0.5 else 2 for x in p]
    level.update(outlook)
    up = [None] + [b > a for a, b in zip(p, p[1:])]
    rising = sustained(up, 3)
    rising_count.update(rising)
    crosses = [False if p[0] < 0.5 else None] + [a < 0.5 <= b for a, b in zip(p, p[1:])]
    crossing_count.update(crosses)
    elevated = [o >= 1 for o in outlook]
    lasting = sustained(elevated, 12)
    lasting_count.update(lasting)
    raises = [True if l is True else (None if l is None and e and r is False else False if not e or r is False else r)
              for e, r, l in zip(elevated, rising, lasting)]
    high = sustained([o == 2 for o in outlook], 2)
    clears = sustained([o == 0 for o in outlook], 3)
    lowers = sustained([o <= 1 for o in outlook], 3)
    for i, event, tier, notice in alert(raises, [high], clears, crosses, 6, lowers):
        events[event, tier] += 1

print("rows", len(rows), "worst difference", worst)
print("outlook", sorted(level.items()))
print("rising", rising_count[True], rising_count[False], rising_count[None])
print("lasting", lasting_count[True], lasting_count[False], lasting_count[None])
print("crosses", crossing_count[True], crossing_count[False], crossing_count[None])
print("events", sorted(events.items()))
month = 2019 * 12 + 6 - 1
ordered = sorted(((m[month], c) for c, m in series.items()), reverse=True)
print("2019-06 first", ordered[:3])
