"""Where the person has been: areas stay as they are, records stack upon the area they were opened from. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """An area, or a record opened on the way from it."""

    area: str
    kind: str = ""
    key: object = None

    @property
    def is_record(self) -> bool:
        """A record rather than the area itself."""
        return bool(self.kind)


class Trail:
    """The way back. Each area keeps its own stack, so that leaving an area and returning finds it as it was."""

    DEPTH = 20

    def __init__(self) -> None:
        self._stacks: dict[str, list[Place]] = {}
        self._area = ""

    @property
    def here(self) -> Place | None:
        """Where the person is; None before any area was opened."""
        return self._stacks[self._area][-1] if self._area else None

    @property
    def can_go_back(self) -> bool:
        """A record stands on top of something."""
        return bool(self._area) and len(self._stacks[self._area]) > 1

    def go_to_area(self, area: str) -> Place:
        """To an area; chosen while already there, to its first page. What is left behind is in `dropped`."""
        stack = self._stacks.setdefault(area, [Place(area)])
        if area == self._area:
            del stack[1:]
        self._area = area
        return stack[-1]

    def open_record(self, kind: str, key: object) -> Place:
        """Onto the stack of the area the person is in. The same record again is not stacked twice."""
        if not self._area:
            raise LookupError("No area is open")
        stack = self._stacks[self._area]
        place = Place(self._area, kind, key)
        if stack[-1] != place:
            stack.append(place)
            if len(stack) > self.DEPTH:
                del stack[1]
        return place

    def back(self) -> Place | None:
        """One step back; None where there is nothing to go back to."""
        if not self.can_go_back:
            return None
        stack = self._stacks[self._area]
        stack.pop()
        return stack[-1]

    def places(self) -> set[Place]:
        """Every place that can still be reached by going back: the rest may be let go of."""
        return {place for stack in self._stacks.values() for place in stack}
