"""Reading new items a second time, more closely: beside the window, a few at a time, the newest first (T5, T10, K1).

Everything that comes in is checked at once by words alone. The closer reader takes tens of milliseconds an item, so it
comes after: its computing happens outside any transaction that writes, what it said is kept through the door, and the
items are checked again with it. What was not read yet when the program ended is read the next time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.domain.checks.judge import Kept
from app.domain.problems import Cancelled
from app.domain.roles import EVERYONE
from app.domain.ticket import Ticket
from app.services import engines
from app.services.checking import check_items, engine_for
from app.services.door import Command, Query, answers, does
from app.services.office import Office
from app.services.unit import Unit, View
from app.store.reads.close_reading import keep_reading, still_open, unread, unread_count
from app.store.reads.items import items
from app.store.reads.register import checks_register

AT_A_TIME = 20
"""So many items are read between two looks at whether to stop: a third of a second."""

FIRST_KEPT, MOST_KEPT = 20, 320
"""What was read is kept so many at a time: few at first, so that the newest are there at once, then twice as many each
time, so that a school's old messages do not fill the audit with lines."""

AHEAD = 4_000
"""So many items are looked up at a time."""

WITHDRAWN = "Read a second time, more closely: it does not read like this."


@dataclass(frozen=True, slots=True)
class ItemRead:
    """What is to be kept of an item: no words of it."""

    item_id: int
    kept: Kept


@dataclass(frozen=True, slots=True)
class ItemsToRead(Query[tuple[int, ...]]):
    """Items that are still to be read a second time, the newest first."""

    most: int = AHEAD


@answers(ItemsToRead, roles=EVERYONE)
def items_to_read(query: ItemsToRead, view: View) -> tuple[int, ...]:
    """Their ids; none where there is no closer reader."""
    reader = engines.reader_of_now()
    return tuple(unread(view.session, reader, query.most)) if reader else ()


@dataclass(frozen=True, slots=True)
class LeftToRead(Query[int]):
    """How many items are still to be read a second time."""


@answers(LeftToRead, roles=EVERYONE)
def left_to_read(query: LeftToRead, view: View) -> int:
    """None where there is no closer reader."""
    del query
    reader = engines.reader_of_now()
    return unread_count(view.session, reader) if reader else 0


@dataclass(frozen=True, slots=True)
class ReadClosely(Query[tuple[ItemRead, ...]]):
    """Read these items closely. It changes nothing."""

    items: tuple[int, ...]


@answers(ReadClosely, roles=EVERYONE)
def read_closely(query: ReadClosely, view: View) -> tuple[ItemRead, ...]:
    """What is to be kept of those that are still there and open."""
    reader = engines.close_reader()
    if reader is None:
        return ()
    engine = engine_for(view.session, checks_register(view.session, view.today))
    found = list(items(view.session, query.items))
    kept = reader.read([engine.reading(item) for item in found])
    return tuple(ItemRead(int(item.id), each) for item, each in zip(found, kept, strict=True))


@dataclass(frozen=True, slots=True)
class Told:
    """What came of reading items a second time: how many, how many findings came and went, how many items are left."""

    read: int = 0
    new: int = 0
    withdrawn: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class KeepReadings(Command[Told]):
    """Keep what the closer reader said, and check the items again with it."""

    readings: tuple[ItemRead, ...]
    reader: str

    def __repr__(self) -> str:
        return f"KeepReadings({len(self.readings)})"


@does(KeepReadings, roles=EVERYONE, verb="items.read_closely")
def keep_readings(command: KeepReadings, unit: Unit) -> Told:
    """Items that went, were sealed or lost words meanwhile are passed over. The audit gets one line of figures."""
    wanted = {each.item_id: each.kept for each in command.readings}
    here = still_open(unit.session, wanted)
    keep_reading(unit.session, command.reader, [(item_id, wanted[item_id]) for item_id in here])
    lapsing = _Withdrawing()
    new = check_items(unit, here, lapsing=lapsing)
    unit.audit("school", {"items": len(here), "new": new, "withdrawn": lapsing.count})
    if new or lapsing.count:
        unit.changed("review")
    return Told(len(here), new, lapsing.count)


class _Withdrawing:
    """Why a finding no longer holds, and how many there are."""

    count = 0

    def why(self, item_id: int, check: str, pupils: Sequence[int]) -> str:
        """One sentence for the reviewer."""
        del item_id, check, pupils
        self.count += 1
        return WITHDRAWN


def read_what_waits(
    office: Office,
    ticket: Ticket | None = None,
    *,
    most: int | None = None,
    told: Callable[[int], object] | None = None,
    initiator: object = None,
) -> Told:
    """Read what is still to be read, the newest first, `most` items at the most; what came of it.

    `told` hears now and then how many items are left. A stop by the ticket ends it quietly: what was read is kept.
    """
    run = _Run(office, office.ask(LeftToRead()), ticket, most, told, initiator)
    try:
        run.go()
    except Cancelled:
        run.keep()
    return run.came_to


class _Run:
    """One go of reading."""

    def __init__(
        self,
        office: Office,
        left: int,
        ticket: Ticket | None,
        most: int | None,
        told: Callable[[int], object] | None,
        initiator: object,
    ) -> None:
        self._office, self._ticket, self._told, self._initiator = office, ticket, told, initiator
        self._whole = left if most is None else min(left, most)
        self._most = most
        self._reader = engines.reader_of_now()
        self._size = FIRST_KEPT
        self._gathered: list[ItemRead] = []
        self._seen: set[int] = set()
        self.came_to = Told(left=left)

    def go(self) -> None:
        """Until nothing is left, or as much was read as was asked for. Nothing is read twice in one go."""
        self._say(self.came_to.left)
        if not self.came_to.left:
            return
        while ahead := self._ahead():
            for start in range(0, len(ahead), AT_A_TIME):
                self._tick()
                portion = ahead[start : start + AT_A_TIME]
                self._gathered += self._office.ask(ReadClosely(portion))
                self._seen.update(portion)
                if len(self._gathered) >= self._size:
                    self.keep()
            self.keep()
        if self._seen and self._most is None:
            self.came_to = replace(self.came_to, left=self._office.ask(LeftToRead()))
            self._say(self.came_to.left)

    def _ahead(self) -> tuple[int, ...]:
        most = AHEAD if self._most is None else min(AHEAD, self._most - len(self._seen))
        if most <= 0:
            return ()
        return tuple(item_id for item_id in self._office.ask(ItemsToRead(most)) if item_id not in self._seen)

    def keep(self) -> None:
        """Keep what was read so far."""
        if not self._gathered:
            return
        kept = self._office.perform(KeepReadings(tuple(self._gathered), self._reader), self._initiator)
        self._gathered, self._size = [], min(2 * self._size, MOST_KEPT)
        so_far = self.came_to
        self.came_to = Told(
            so_far.read + kept.read,
            so_far.new + kept.new,
            so_far.withdrawn + kept.withdrawn,
            max(0, so_far.left - kept.read),
        )
        self._say(self.came_to.left)

    def _tick(self) -> None:
        if self._ticket is not None:
            self._ticket.tick(len(self._seen), self._whole, "Reading posts and messages a second time")

    def _say(self, left: int) -> None:
        if self._told is not None:
            self._told(left)
