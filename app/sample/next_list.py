"""The class list as the office might export it next: movers, a corrected birth date, slips of the pen."""

from __future__ import annotations

import csv
from pathlib import Path


def write_next_list(today: Path, place: Path) -> None:
    """Write `place` from the list of today: nearly all as it was, and one row of each sort that asks for a decision."""
    with today.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    headings = list(rows[0])
    mover, changed, doubt, broken, leaver, repeated = rows[3], rows[9], rows[15], rows[21], rows[27], rows[33]
    mover["CHILD_REGISTRATION"] = rows[-1]["CHILD_REGISTRATION"]
    changed["CHILD_POSTCODE"] = "S65 9ZZ"
    changed["PARENT_1_EMAIL"] = "new.address@family.example"
    changed["PARENT_1_PHONE"] = "07700 900999"
    doubt["CHILD_UPN"] = ""
    doubt["CHILD_DATE_OF_BIRTH"] = "01/09/2018"
    broken["CHILD_DATE_OF_BIRTH"] = "31/02/2019"
    kept = [row for row in rows if row is not leaver] + [repeated]
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings)
        writer.writeheader()
        writer.writerows(kept)
