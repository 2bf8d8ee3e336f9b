"""What the cases in tests/tests/panel_functions give: `series` or `peers`, worked out naively."""
import csv
import statistics
import sys
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "tests" / "panel_functions"
word = {True: "yes", False: "no", None: "unknown"}


def show(x):
    if x is None:
        return ""
    if isinstance(x, float) and x.is_integer():
        return str(int(x))
    return repr(x) if isinstance(x, float) else str(x)


def series():
    rows = {}
    for r in csv.DictReader(open(FOLDER / "series.csv")):
        rows.setdefault(r["country"], {})[int(r["year"])] = float(r["x"]) if r["x"] else None
    for country, own in sorted(rows.items()):
        for year in sorted(own):
            at = lambda back: own.get(year - back)
            def window(n, require=None, first=0):
                known = [at(b) for b in range(first + n - 1, first - 1, -1) if at(b) is not None]
                return known if len(known) >= (n if require is None else require) else None
            def high(back):
                return None if at(back) is None else at(back) >= 8
            def of(values, f):
                return None if values is None else f(values)
            def pair(f, back=1):
                return None if None in (at(0), at(back)) else f(at(0), at(back))
            line = None
            known = [(-b, at(b)) for b in range(4) if at(b) is not None]
            if len(known) >= 3:
                mt = sum(t for t, _ in known) / len(known)
                mx = sum(v for _, v in known) / len(known)
                line = sum((t - mt) * (v - mx) for t, v in known) / sum((t - mt) ** 2 for t, _ in known)
            highs = [high(b) for b in range(3)]
            least, most = highs.count(True), highs.count(True) + highs.count(None)
            told = 3 - highs.count(None)
            first_year = min(own)
            ago = None
            for b in range(year - first_year + 1):
                if high(b) is None:
                    break
                if high(b):
                    ago = b
                    break
            so_far = [high(b) for b in range(year - first_year + 1)]
            def crossed(now, then):
                n = None if at(0) is None else now(at(0))
                t = None if at(1) is None else then(at(1))
                return False if False in (n, t) else None if None in (n, t) else True
            def record(beats, others, complete):
                if at(0) is None:
                    return None
                known = [o for o in others if o is not None]
                if any(not beats(at(0), o) for o in known):
                    return False
                return True if complete and None not in others and others else None
            yield [country, year, at(1), at(2), pair(lambda a, b: a - b),
                   pair(lambda a, b: (a - b) / b), of(window(3, 2), sum),
                   of(window(3, 2), lambda w: sum(w) / len(w)), of(window(3, 1), min), of(window(3), max),
                   of(window(4, 3), statistics.stdev), of(window(4, 2), statistics.median), line,
                   sum(at(b) is not None for b in range(3)),
                   of(window(2, 1, 1), lambda w: sum(w) / len(w)),
                   least if least == most else None, least, most,
                   least if told >= 2 or least == most else None,
                   least, least if told >= 2 else most,
                   word[False if False in highs[:2] else None if None in highs[:2] else True],
                   word[True if True in highs else None if None in highs else False],
                   word[True if True in so_far else None if None in so_far else False], ago,
                   word[crossed(lambda v: v >= 8, lambda v: v < 8)],
                   word[crossed(lambda v: v <= 4, lambda v: v > 4)],
                   word[record(lambda a, b: a > b, [at(1), at(2)], True)],
                   word[record(lambda a, b: a < b,
                               [at(b) for b in range(1, year - first_year + 1)], True)]]


def peers():
    rows = list(csv.DictReader(open(FOLDER / "peers.csv")))
    for r in rows:
        r["v"] = float(r["x"]) if r["x"] else None
    for r in sorted(rows, key=lambda r: (r["country"], r["year"])):
        own = r["v"]
        def known(same):
            return [p["v"] for p in rows if p["v"] is not None and same(p)]
        year = known(lambda p: p["year"] == r["year"])
        group = known(lambda p: p["year"] == r["year"] and p["region"] == r["region"]) if r["region"] else []
        frozen = known(lambda p: p["year"] == "2000")
        def mine(f, peers):
            return None if own is None or not peers else f(peers)
        def between(low, high):
            return None if high == low else min(max((own - low) / (high - low), 0.0), 1.0)
        mean = sum(group) / len(group) if group else None
        drawn = own
        if own is not None and own == max(year):
            n, m = len(year), sum(year) / len(year)
            m2, m3, m4 = (sum((v - m) ** k for v in year) / n for k in (2, 3, 4))
            skew = m3 / m2 ** 1.5 * (n * (n - 1)) ** 0.5 / (n - 2)
            kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (m4 / m2 ** 2 - 3) + 6)
            if skew >= 1 and kurtosis >= 1:
                drawn = sorted(year)[-2]  # the highest takes the next value
        yield [r["country"], int(r["year"]), mine(lambda p: 1 + sum(v > own for v in p), year),
               mine(lambda p: sum(v <= own for v in p), year),
               mine(lambda p: (1 + sum(v > own for v in p) + sum(v >= own for v in p)) / 2, year),
               mine(lambda p: 1 + len({v for v in p if v > own}), year),
               mine(lambda p: 1 + sum(v > own for v in p), group),
               mine(lambda p: 100 * sum(v < own for v in p) / (len(p) - 1), year),
               mine(lambda p: (own - sum(p) / len(p)) / statistics.stdev(p), year),
               mine(lambda p: between(min(p), max(p)), year),
               mine(lambda p: between(min(p), max(p)), group),
               mine(lambda p: between(min(p), max(p)), frozen),
               mine(lambda p: own / sum(p), year),
               word[None if own is None else sum(v > own for v in year) < 2],
               mean, sum(year), own if own is not None else mean, drawn]


which = {"series": series, "peers": peers}[sys.argv[1]]
for row in which():
    print(",".join(show(x) for x in row))
