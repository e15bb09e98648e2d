"""The sample school: Larkfield Primary, its people and half a term of what they wrote, the same for the same seed.

Nothing in it is real. It is made of the texts and names under `resources/demo` by a seeded chance, never by the clock,
and holds everything that the program's own doors would be given by a real school, together with the findings that
were planted, so that what is found can be compared with what should be.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from random import Random

from app.sample.allowances import make_care, make_permissions
from app.sample.chronicle import Chronicle
from app.sample.collecting import Collector
from app.sample.commenting import Commenter
from app.sample.linkage import make_linkage
from app.sample.moments import Moments
from app.sample.office_files import write_class_list, write_points_report
from app.sample.pen import Pen
from app.sample.people import TODAY, accounts, classes, details, make_people, school_year, staff
from app.sample.planting import Planter
from app.sample.posting import Poster
from app.sample.register import people_keys, references, register_json
from app.sample.service_files import write_items, write_story_feed
from app.sample.shapes import SampleItem, SampleSchool, SchoolWay, Suggestion, Thread
from app.sample.stock import suggestions, ways
from app.sample.talking import Talker
from app.sample.transfer_file import TRANSFER_NAME, write_ctf
from app.sample.world import World

__all__ = [
    "SampleSchool",
    "expected",
    "make_school",
    "people_keys",
    "references",
    "register_json",
    "write_class_list",
    "write_ctf",
    "write_files",
    "write_items",
    "write_points_report",
    "write_story_feed",
]


@lru_cache(maxsize=4)
def make_school(seed: int = 2026) -> SampleSchool:
    """The sample school of a seed: the same seed gives the same school, whenever and wherever it is made."""
    people = make_people(seed)
    permissions = make_permissions(seed, people.households)
    linkage = make_linkage(seed, people.households)
    items, threads = _write(World(people, permissions, linkage), seed)
    return SampleSchool(
        seed=seed,
        today=TODAY,
        details=details(),
        year=school_year(),
        classes=classes(),
        staff=staff(),
        accounts=accounts(),
        pupils=people.pupils,
        guardians=people.guardians,
        ties=people.ties,
        permissions=permissions,
        care=make_care(people.households),
        codes=linkage.codes,
        links=linkage.links,
        requests=linkage.requests,
        acceptances=linkage.acceptances,
        ways=tuple(SchoolWay(name, skills) for name, skills in ways()),
        items=items,
        threads=threads,
        suggestions=tuple(Suggestion(*said) for said in suggestions()),
    )


def _write(world: World, seed: int) -> tuple[tuple[SampleItem, ...], tuple[Thread, ...]]:
    rng = Random(f"{seed}/texts")
    chronicle = Chronicle(world, rng)
    pen = Pen(chronicle, rng, Moments(rng, world.calendar))
    Poster(pen).write()
    Commenter(pen).write()
    Talker(pen).write()
    Planter(pen).write()
    Collector(pen).write()
    return chronicle.finish()


def expected(school: SampleSchool) -> dict[str, dict[str, list[str]]]:
    """What was planted, by the item's id: each check that must fire, with its pupils or its office topics.

    The shape is that of the labels content checks are scored with; an item with nothing to find has an empty dict.
    """
    return {each.item.id: {check: list(details) for check, details in each.expect} for each in school.items}


def write_files(school: SampleSchool, folder: Path) -> dict[str, Path]:
    """Every file of the sample school in one folder, as a real school would bring them, by what each is.

    register, transfer, feed, items and points go in by the program's own intake; in `items` people stand by words that
    it can find. `checks_register` and `checks_items` are for the content checks alone, with every item, by id.
    """
    names = {
        "register": "class_list.csv",
        "register_today": "class_list_today.csv",
        "transfer": TRANSFER_NAME,
        "feed": "story_feed.json",
        "items": "items.jsonl",
        "points": "points.csv",
        "checks_register": "register.json",
        "checks_items": "all_items.jsonl",
    }
    paths = {what: folder / name for what, name in names.items()}
    write_class_list(school, paths["register"])
    write_class_list(school, paths["register_today"], school.today)
    write_ctf(school, paths["transfer"])
    write_story_feed(school, paths["feed"])
    write_items(school, paths["items"], references(school))
    write_points_report(school, paths["points"])
    register = json.dumps(register_json(school), ensure_ascii=False, indent=1)
    paths["checks_register"].write_text(register + "\n", encoding="utf-8", newline="\n")
    write_items(school, paths["checks_items"], posts=True)
    return paths
