"""How well the checks see, on labelled schools: precision, recall and F1 for each check, beside two peers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.bench.readers import BY_PUPIL, Reader, Unit, engine_reader, keyword_reader, presidio_reader
from app.domain.checks.finding import CONTENT_CHECKS, Check
from app.domain.checks.item_json import item_of
from app.domain.checks.judge import JUDGED, Judge
from app.domain.checks.lexicon import LEXICON_FILES, Lexicons, parse_lexicons
from app.domain.checks.register_json import parse_register
from app.domain.content import Item
from app.domain.problems import Problem
from app.judge import load_judge
from app.judge.taught import HELD_BACK
from app.resources import resources, text_of

FIRST, BOTH, PLAIN, PRESIDIO = "first stage", "with judge", "keywords", "Presidio"


@dataclass(slots=True)
class Tally:
    """What stood, what was said, and what of that was right."""

    stood: int = 0
    said: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of what was said that was right; 1 where nothing was said."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """The share of what stood that was said; 1 where nothing stood."""
        return self.right / self.stood if self.stood else 1.0

    @property
    def f1(self) -> float:
        """Precision and recall drawn together."""
        every = self.stood + self.said
        return 2 * self.right / every if every else 1.0


@dataclass(slots=True)
class Outcome:
    """How one reader did on some schools."""

    reader: str
    tallies: dict[Check, Tally] = field(default_factory=lambda: {check: Tally() for check in CONTENT_CHECKS})
    clean: int = 0
    alone: int = 0

    @property
    def macro(self) -> float:
        """The mean F1 over the seven topical checks."""
        return sum(self.tallies[check].f1 for check in JUDGED) / len(JUDGED)

    @property
    def left_alone(self) -> float:
        """The share of items with nothing to find on which nothing was found, over all fifteen checks."""
        return self.alone / self.clean if self.clean else 1.0

    def count(self, stood: set[Unit], said: set[Unit]) -> None:
        """Take one item into account."""
        for unit in stood:
            self.tallies[unit.check].stood += 1
        for unit in said:
            self.tallies[unit.check].said += 1
            self.tallies[unit.check].right += unit in stood
        self.clean += not stood
        self.alone += not stood and not said


def known_schools() -> tuple[str, ...]:
    """The labelled schools that are shipped, by name."""
    return tuple(sorted(path.parent.name for path in (resources() / "evaluation").glob("*/items.jsonl")))


def score(schools: Sequence[str], judge: Judge | None = None, peers: bool = True) -> list[Outcome]:
    """How the first stage, both stages (where a judge is given) and the peers do on some of the shipped schools.

    Presidio is left out where it is not installed. Raises Problem for a school that is not there.
    """
    folder = resources() / "evaluation"
    for name in schools:
        if name not in known_schools():
            raise Problem(f'There is no labelled school "{name}". There are: {", ".join(known_schools())}.')
    return score_folders([folder / name for name in schools], judge, peers)


def score_folders(folders: Iterable[Path], judge: Judge | None, peers: bool = True) -> list[Outcome]:
    """The same for any folders that hold a register.json and an items.jsonl."""
    lexicons = parse_lexicons({name: text_of("lexicons", name) for name in LEXICON_FILES})
    outcomes: dict[str, Outcome] = {}
    for folder in folders:
        rows = [json.loads(line) for line in (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()]
        items = [(item_of(row), expected(row["expect"])) for row in rows]
        for name, reader in _readers(folder, lexicons, judge, peers).items():
            _count(outcomes.setdefault(name, Outcome(name)), reader, items)
    return list(outcomes.values())


def expected(labels: Mapping[str, Any]) -> set[Unit]:
    """The units that an item's labels ask for."""
    units: set[Unit] = set()
    for name, details in labels.items():
        check = Check(name)
        if check in BY_PUPIL or check is Check.OFFICE:
            units |= {Unit(check, detail) for detail in details}
        else:
            units.add(Unit(check))
    return units


def table(outcomes: Sequence[Outcome]) -> str:
    """The outcomes side by side: precision, recall and F1 of each check, the mean of the seven, and clean items."""
    lines = [" " * 16 + "".join(f"{outcome.reader:>22}" for outcome in outcomes)]
    lines.append(f"{'check':16}" + f"{'prec  recall    F1':>22}" * len(outcomes))
    for check in CONTENT_CHECKS:
        cells = "".join(f"{_cell(outcome.tallies[check]):>22}" for outcome in outcomes)
        lines.append(f"{check.value:16}{cells}")
    lines.append(f"{'mean of seven':16}" + "".join(f"{outcome.macro:22.3f}" for outcome in outcomes))
    lines.append(f"{'clean left alone':16}" + "".join(f"{outcome.left_alone:22.3f}" for outcome in outcomes))
    return "\n".join(lines)


def report(schools: Sequence[str] = ()) -> str:
    """What `schoolgate bench checks` prints: schools never learnt from first, apart from any that were learnt from.

    `schools` are names from `known_schools()`, all of them where none is given. Raises Problem for one that is not
    there. It takes some seconds a school.
    """
    chosen = tuple(schools) or known_schools()
    judge = load_judge()
    parts = []
    for title, names, peers in (
        ("Schools never learnt from", [name for name in chosen if name in HELD_BACK], True),
        ("Schools that the judge learnt from (no proof)", [name for name in chosen if name not in HELD_BACK], False),
    ):
        if names:
            parts.append(f"{title}: {', '.join(names)}\n{table(score(names, judge, peers))}")
    if judge is None:
        parts.append("The judge is not installed, so the first stage stands alone.")
    return "\n\n".join(parts)


def _readers(folder: Path, lexicons: Lexicons, judge: Judge | None, peers: bool) -> dict[str, Reader]:
    register = parse_register((folder / "register.json").read_text(encoding="utf-8"))
    readers = {FIRST: engine_reader(register, lexicons, None)}
    if judge is not None:
        readers[BOTH] = engine_reader(register, lexicons, judge)
    if not peers:
        return readers
    readers[PLAIN] = keyword_reader(register)
    presidio = presidio_reader(register)
    return readers if presidio is None else readers | {PRESIDIO: presidio}


def _count(outcome: Outcome, reader: Reader, items: Iterable[tuple[Item, set[Unit]]]) -> None:
    for item, stood in items:
        outcome.count(stood, reader(item))


def _cell(tally: Tally) -> str:
    if not tally.stood and not tally.said:
        return "-"
    return f"{tally.precision:.3f}  {tally.recall:.3f}  {tally.f1:.3f}"
