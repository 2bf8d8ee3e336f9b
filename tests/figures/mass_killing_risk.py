"""Fits and judges the coefficients of `rules/mass-killing-risk`, in plain Python without libraries.

In: the folder of the data (the first argument, else FOREWARN_DATA_DIR, else ../shared/data).
Out: the params of the ruleset with all their digits, and the tables of `docs/methods/mass-killing-risk.md`:
figures of a whole only. `--cases` prints `rules/mass-killing-risk/cases.csv` instead: invented rows, and the answers
that the coefficients give.

A country year is forecast from what was known in it: does a mass killing begin in one of the two years after?
Fitted on country years whose two years lie before 2010, judged on those whose two years lie in 2010 to 2024.
"""

import csv
import math
import os
import random
import sys

NAMES = [
    "population", "infant_mortality", "polyarchy", "polyarchy_squared", "repression", "terror",
    "excluded", "battle_deaths", "one_sided", "ongoing", "ever",
]
# What a predictor may do at the least: 1 never lowers the chance, -1 never raises it, 0 may do either. Predictors go
# together, and a model that is free gives one of them the sign that makes up for the others: civilians who are killed
# would lower the chance. No reader of one country's result may be told that.
SIGNS = [1, 1, 0, 0, -1, 1, 1, 1, 1, 1, 1]
PENALTY = 1.0
LAST_FITTED, FIRST_JUDGED, LAST_JUDGED = 2007, 2009, 2022
# Gleditsch and Ward's numbers where the Correlates of War have another.
COW = {260: 255, 678: 679, 340: 345}
# Rows are found again by everybody who has the same seed.
SEED, DRAWS = 1948, 500


def rows(folder, name):
    with open(os.path.join(folder, name), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def number(text):
    try:
        value = float(text)
    except (TypeError, ValueError):
        return None
    return None if math.isnan(value) else value


def by_key(table, code, year, value, cow=False):
    found = {}
    for row in table:
        at, when = number(row[code]), number(row[year])
        known = value(row) if callable(value) else number(row[value])
        if at is None or when is None or known is None:
            continue
        at = int(at)
        found[COW.get(at, at) if cow else at, int(when)] = known
    return found


def newest(found, code, year, at_most):
    """The value of the year, or the last before it, so many years long."""
    for back in range(at_most + 1):
        if (code, year - back) in found:
            return found[code, year - back]
    return None


def read(folder):
    base = rows(folder, "mass_killing/ewp_country_year_1990_2024.csv")
    ordinal = rows(folder, "vdem/vdem_v15_ewp_ordinal_1990_2024.csv")
    ucdp = rows(folder, "ucdp/ucdp_organized_violence_country_year_v25_1.csv")

    def terror(row):
        known = [v for v in (number(row["PTS_A"]), number(row["PTS_S"])) if v is not None]
        return sum(known) / len(known) if known else None

    population = by_key(rows(folder, "wdi/wdi_1990_2024.csv"), "ccode", "year", "popsize")
    mortality = by_key(rows(folder, "wdi/un_infant_mortality_1990_2024.csv"), "ccode", "year", "un_imr")
    polyarchy = by_key(rows(folder, "vdem/vdem_v12_extract_1990_2021.csv"), "gwcode", "year", "v2x_polyarchy", True)
    repression = by_key(ordinal, "COWcode", "year", "v2csreprss_ord")
    terror = by_key(rows(folder, "pts/pts_1990_2023.csv"), "COW_Code_N", "Year", terror)
    excluded = by_key(rows(folder, "epr/epr_country_year_1990_plus.csv"), "countries_gwid", "year", "exclpop", True)
    battle = by_key(ucdp, "country_id_cy", "year_cy", "sb_total_deaths_best_cy", True)
    one_sided = by_key(ucdp, "country_id_cy", "year_cy", "os_total_deaths_best_cy", True)
    onset = {(int(row["ccode"]), int(row["year"])): float(row["mk_onset"]) > 0 for row in base}

    panel = []
    for row in base:
        code, year = int(row["ccode"]), int(row["year"])
        ahead = [onset[code, year + n] for n in (1, 2) if (code, year + n) in onset]
        if not ahead or year > LAST_JUDGED:
            continue
        panel.append({
            "code": code, "year": year, "onset": float(any(ahead)),
            "population": newest(population, code, year, 2),
            "infant_mortality": newest(mortality, code, year, 2),
            "polyarchy": newest(polyarchy, code, year, 2),
            "repression": newest(repression, code, year, 2),
            "terror": newest(terror, code, year, 2),
            "excluded": newest(excluded, code, year, 5),
            "battle_deaths": newest(battle, code, year, 0),
            "one_sided": newest(one_sided, code, year, 0),
            "ongoing": float(float(row["mk_ongoing"]) > 0),
            "ever": float(float(row["mk_location_ever"]) > 0),
        })
    return panel


def predictors(row):
    """What the coefficients are multiplied with; nothing where an observation lacks."""
    if any(row[name] is None for name in NAMES if name != "polyarchy_squared"):
        return None
    return [
        math.log(row["population"]), math.log(row["infant_mortality"]), row["polyarchy"], row["polyarchy"] ** 2,
        row["repression"], row["terror"], row["excluded"],
        math.log(1 + row["battle_deaths"]), math.log(1 + row["one_sided"]), row["ongoing"], row["ever"],
    ]


def logistic(x):
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def solve(matrix, right):
    size = len(right)
    both = [list(line) + [value] for line, value in zip(matrix, right)]
    for at in range(size):
        best = max(range(at, size), key=lambda line: abs(both[line][at]))
        both[at], both[best] = both[best], both[at]
        for line in range(at + 1, size):
            part = both[line][at] / both[at][at]
            for column in range(at, size + 1):
                both[line][column] -= part * both[at][column]
    result = [0.0] * size
    for at in reversed(range(size)):
        known = sum(both[at][column] * result[column] for column in range(at + 1, size))
        result[at] = (both[at][size] - known) / both[at][at]
    return result


def climb(scaled, outcomes, free):
    """The best coefficients where only those at the places `free` (the intercept is 0) may differ from nought."""
    size = len(scaled[0])
    beta = [0.0] * size
    for _ in range(100):
        gradient, curve = slopes(scaled, outcomes, beta)
        step = solve([[curve[i][j] for j in free] for i in free], [gradient[i] for i in free])
        for at, part in zip(free, step):
            beta[at] += part
        if max(abs(s) for s in step) < 1e-12:
            break
    return beta


def slopes(scaled, outcomes, beta):
    size = len(beta)
    gradient = [0.0] + [-PENALTY * b for b in beta[1:]]
    curve = [[PENALTY * (i == j and i > 0) for j in range(size)] for i in range(size)]
    for x, y in zip(scaled, outcomes):
        p = logistic(sum(b * v for b, v in zip(beta, x)))
        for i in range(size):
            gradient[i] += (y - p) * x[i]
            for j in range(size):
                curve[i][j] += p * (1 - p) * x[i] * x[j]
    return gradient, curve


def fit(inputs, outcomes, signs):
    """Logistic regression by Newton's method, with a quadratic penalty on standardised coefficients and with signs.

    Coefficients that would have the wrong sign are held at nought, the worst first, and let go again where they would
    move to the right side: the function is concave, so what is left is the best of all that have these signs.
    Gives the intercept and the coefficients of the predictors as they are."""
    size = len(inputs[0])
    mean = [sum(x[k] for x in inputs) / len(inputs) for k in range(size)]
    spread = [math.sqrt(sum((x[k] - mean[k]) ** 2 for x in inputs) / len(inputs)) or 1.0 for k in range(size)]
    scaled = [[1.0] + [(x[k] - mean[k]) / spread[k] for k in range(size)] for x in inputs]
    signs, held = [0] + signs, set()
    while True:
        beta = climb(scaled, outcomes, [at for at in range(size + 1) if at not in held])
        wrong = [at for at in range(size + 1) if signs[at] * beta[at] < 0]
        if wrong:
            held.add(min(wrong, key=lambda at: signs[at] * beta[at]))
            continue
        gradient, _ = slopes(scaled, outcomes, beta)
        eager = [at for at in held if signs[at] * gradient[at] > 1e-9]
        if not eager:
            break
        held.discard(max(eager, key=lambda at: signs[at] * gradient[at]))
    raw = [b / s for b, s in zip(beta[1:], spread)]
    return beta[0] - sum(b * m for b, m in zip(raw, mean)), raw


def chance(model, x):
    return logistic(model[0] + sum(b * v for b, v in zip(model[1], x)))


def auc(scores, outcomes):
    """The chance that a country year before an onset has the higher score; ties count half."""
    order = sorted(zip(scores, outcomes))
    at, below, sum_of_ranks = 0, 0, 0.0
    yes = sum(outcomes)
    while at < len(order):
        end = at
        while end < len(order) and order[end][0] == order[at][0]:
            end += 1
        sum_of_ranks += (below + (end - at + 1) / 2) * sum(o for _, o in order[at:end])
        below, at = below + end - at, end
    return (sum_of_ranks - yes * (yes + 1) / 2) / (yes * (len(order) - yes))


def brier(scores, outcomes):
    return sum((s - o) ** 2 for s, o in zip(scores, outcomes)) / len(scores)


def middle_95(draws):
    ordered = sorted(draws)
    return ordered[int(0.025 * len(ordered))], ordered[int(0.975 * len(ordered))]


def by_countries(judged, scores):
    """Intervals of the discrimination, countries drawn with replacement; and how often the first is ahead."""
    at = {}
    for place, row in enumerate(judged):
        at.setdefault(row["code"], []).append(place)
    codes, draw = sorted(at), random.Random(SEED)
    found = {name: [] for name in scores}
    while len(found["the ruleset"]) < DRAWS:
        places = [p for code in draw.choices(codes, k=len(codes)) for p in at[code]]
        outcomes = [judged[p]["onset"] for p in places]
        if 0 < sum(outcomes) < len(outcomes):
            for name, values in scores.items():
                found[name].append(auc([values[p] for p in places], outcomes))
    return found


def models(panel):
    fitted = [r for r in panel if r["year"] <= LAST_FITTED and r["x"]]
    outcomes = [r["onset"] for r in fitted]
    whole = fit([r["x"] for r in fitted], outcomes, SIGNS)
    small = fit([r["x"][1:4] for r in fitted], outcomes, SIGNS[1:4])
    last = {flag: [r["onset"] for r in fitted if r["ongoing"] == flag] for flag in (0.0, 1.0)}
    as_before = {flag: sum(seen) / len(seen) for flag, seen in last.items()}
    return fitted, whole, {
        "the ruleset": lambda r: chance(whole, r["x"]),
        "regime and infant mortality alone": lambda r: chance(small, r["x"][1:4]),
        "as last year": lambda r: as_before[r["ongoing"]],
    }


def report(panel):
    fitted, whole, ways = models(panel)
    judged_all = [r for r in panel if FIRST_JUDGED <= r["year"] <= LAST_JUDGED]
    judged = [r for r in judged_all if r["x"]]
    outcomes = [r["onset"] for r in judged]
    print("// coefficients of the ruleset")
    for name, value in zip(["constant"] + NAMES, [whole[0]] + whole[1]):
        print(f"param c_{name} = {value!r}")
    print(f"\nfitted: {len(fitted)} country years, {sum(r['onset'] for r in fitted):.0f} before an onset")
    lacking = len(judged_all) - len(judged)
    print(f"judged: {len(judged)} country years, {sum(outcomes):.0f} before an onset; "
          f"left out for missing observations: {lacking} of {len(judged_all)}, "
          f"{sum(r['onset'] for r in judged_all if not r['x']):.0f} of them before an onset")

    scores = {name: [way(r) for r in judged] for name, way in ways.items()}
    draws = by_countries(judged, scores)
    rate = sum(r["onset"] for r in fitted) / len(fitted)
    print("\n| | AUC | 95 % by countries | Brier | expected | seen | seen among the 30 highest of each year |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, values in scores.items():
        low, high = middle_95(draws[name])
        caught = 0.0
        for year in range(FIRST_JUDGED, LAST_JUDGED + 1):
            of_year = sorted(((v, o) for v, o, r in zip(values, outcomes, judged) if r["year"] == year),
                             key=lambda pair: -pair[0])
            edge = of_year[29][0]
            above = [o for v, o in of_year if v > edge]
            tied = [o for v, o in of_year if v == edge]
            caught += sum(above) + sum(tied) * (30 - len(above)) / len(tied)
        print(f"| {name} | {auc(values, outcomes):.3f} | {low:.3f} to {high:.3f} | {brier(values, outcomes):.5f} "
              f"| {sum(values):.1f} | {sum(outcomes):.0f} | {caught:.1f} |")
    print(f"| the rate before 2010 for everybody | 0.500 | | {brier([rate] * len(judged), outcomes):.5f} "
          f"| {rate * len(judged):.1f} | {sum(outcomes):.0f} | |")
    for name in list(scores)[1:]:
        ahead = sum(a > b for a, b in zip(draws["the ruleset"], draws[name])) / DRAWS
        print(f"the ruleset is ahead of `{name}` in {100 * ahead:.0f} % of {DRAWS} draws of countries")

    print("\n| fifth of the country years | chance, mean | expected | seen |")
    print("|---|---:|---:|---:|")
    ordered = sorted(zip(scores["the ruleset"], outcomes))
    for part in range(5):
        cut = ordered[part * len(ordered) // 5:(part + 1) * len(ordered) // 5]
        print(f"| {['lowest', 'second', 'third', 'fourth', 'highest'][part]} | {100 * sum(s for s, _ in cut) / len(cut):.2f} % "
              f"| {sum(s for s, _ in cut):.1f} | {sum(o for _, o in cut):.0f} |")
    top = ordered[-len(ordered) // 20:]
    print(f"| of that, the highest twentieth | {100 * sum(s for s, _ in top) / len(top):.2f} % "
          f"| {sum(s for s, _ in top):.1f} | {sum(o for _, o in top):.0f} |")

    print("\n| classes of the ruleset | country years | expected | seen | seen, of 100 |")
    print("|---|---:|---:|---:|---:|")
    for name, low, high in (("usual", 0, 0.01), ("raised", 0.01, 0.04), ("high", 0.04, 0.10), ("very high", 0.10, 1.1)):
        cut = [(s, o) for s, o in ordered if low <= s < high]
        seen = sum(o for _, o in cut)
        print(f"| {name} | {len(cut)} | {sum(s for s, _ in cut):.1f} | {seen:.0f} | {100 * seen / len(cut):.1f} |")

    print("\n| what is left out, and fitted anew | AUC |")
    print("|---|---:|")
    groups = [("population", [0]), ("infant mortality", [1]), ("democracy", [2, 3]), ("repression of civil society", [4]),
              ("terror", [5]), ("excluded groups", [6]), ("deaths in battle", [7]), ("one-sided violence", [8]),
              ("under way, and ever", [9, 10])]
    for name, out in groups:
        keep = [k for k in range(len(NAMES)) if k not in out]
        model = fit([[r["x"][k] for k in keep] for r in fitted], [r["onset"] for r in fitted], [SIGNS[k] for k in keep])
        values = [chance(model, [r["x"][k] for k in keep]) for r in judged]
        print(f"| {name} | {auc(values, outcomes):.3f} |")


INVENTED = [
    ("Avalor", 4.2e6, 6.0, 0.82, 4, 1.0, 0.02, 0, 0, 0, 0),
    ("Brunia", 31.0e6, 48.0, 0.41, 2, 3.5, 0.22, 310, 40, 0, 1),
    ("Celandia", 88.0e6, 71.0, 0.18, 0, 5.0, 0.61, 2400, 950, 1, 1),
    ("Dorvania", 1.1e6, 22.0, 0.55, 3, 2.0, 0.0, 0, 0, 0, 0),
    ("Estria", 12.5e6, 90.5, 0.29, 1, 4.0, 0.35, 24, 0, 0, 1),
    ("Fallowmark", 240.0e6, 30.0, 0.63, 3, 3.0, 0.11, 75, 12, 0, 1),
    ("Greyholm", 7.7e6, 55.0, 0.33, 2, None, 0.4, 5, 3, 0, 0),
    ("Hillmark", 28.0e6, 50.0, 0.4, 2, None, 0.2, 200, 60, 0, 1),
]
# What an observation that lacks can be: here it is always terror.
TERROR = (1.0, 5.0)


def band(p):
    return "usual" if p < 0.01 else "raised" if p < 0.04 else "high" if p < 0.10 else "very_high"


def cases(panel):
    _, whole, _ = models(panel)
    print("country,year,population,infant_mortality,polyarchy,repression,terror,excluded,battle_deaths,one_sided,"
          "ongoing,ever,log_odds,chance,class")
    for name, *values in INVENTED:
        row = dict(zip([n for n in NAMES if n != "polyarchy_squared"], values))
        x = predictors(row)
        shown = ["" if v is None else f"{v:g}" if not float(v).is_integer() else str(int(v)) for v in values]
        shown[8:10] = ["yes" if v else "no" for v in values[8:10]]
        if x is None:
            ends = {band(chance(whole, predictors({**row, "terror": end}))) for end in TERROR}
            print(",".join([name, "2024", *shown, "", "", ends.pop() if len(ends) == 1 else ""]))
            continue
        odds = whole[0] + sum(b * v for b, v in zip(whole[1], x))
        print(",".join([name, "2024", *shown, repr(odds), repr(logistic(odds)), band(logistic(odds))]))


def main():
    given = [word for word in sys.argv[1:] if word != "--cases"]
    folder = given[0] if given else os.environ.get("FOREWARN_DATA_DIR", "../shared/data")
    panel = read(folder)
    for row in panel:
        row["x"] = predictors(row)
    (cases if "--cases" in sys.argv else report)(panel)


main()
