"""Clashes between farmers and herders for the 60 invented countries of un-framework, 2021 to 2024.

Writes invented_clashes.csv beside this file; the same bytes everywhere. In a third of the countries there
are clashes, more in the dry months; in a fifth of the months nobody looked, and few reports are verified.
"""

import pathlib
import random

HERE = pathlib.Path(__file__).parent
NAMES = HERE.parents[1] / "un-framework" / "data" / "countries.csv"
chance = random.Random(1998)


def country(code):
    prone = chance.random() < 0.33
    for month in range(48):
        dry = month % 12 in (0, 1, 2, 3, 10, 11)
        at = chance.random()
        often = (0.5 if dry else 0.15) if prone else 0.02
        sign = "present" if at < often else "emerging" if at < 2 * often else "absent"
        share = {"present": 12, "emerging": 3, "absent": 0}[sign] * (0.5 + 2 * chance.random())
        if chance.random() < 0.2:
            sign = ""
        verified = 1 if sign and chance.random() < 0.6 else ""
        districts = round(share, 1) if chance.random() < 0.5 else ""
        yield f"{code},{2021 + month // 12}-{month % 12 + 1:02},{sign},{verified},{districts}"


codes = [line.split(",")[0] for line in NAMES.read_text().splitlines()[1:]]
head = "country,month,farmer_herder_clashes,farmer_herder_clashes_verified,clash_districts"
rows = [head, *(row for code in codes for row in country(code))]
(HERE / "invented_clashes.csv").write_text("\n".join(rows) + "\n")
