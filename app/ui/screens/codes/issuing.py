"""What the page for issuing codes knows and does, without Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.problems import Problem
from app.services.acceptance import RecordAcceptance, RecordAcceptances
from app.services.codes import CodesToIssue, IssueCodes, Issued, IssuePlan, LetterSender, PassedOver, Scope
from app.services.letters import LetterWordings
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.school import School
from reports.kit.whole import written_whole

if TYPE_CHECKING:
    from reports.letters.writing import Writer

FAMILY = "family"
LASTS = timedelta(days=28)
"""How long a code may be used where nobody says otherwise."""
PREVIEWED = 12
"""Letters shown before they are made; a whole class would only be scrolled past."""


@dataclass(slots=True)
class IssuePresenter:
    """For whom, until when; the letters before and after."""

    office: Office
    scope: Scope = Scope()
    plan: IssuePlan = IssuePlan((), ())
    issued: Issued | None = None

    @classmethod
    def of(cls, office: Office, key: object) -> IssuePresenter:
        """`key` is a class's id, "0" for everyone without a link, or "pupil-adult".

        "family:12" is the family of a pupil; "again:12-3,14-5" are pairs of pupil and adult to be given new codes.
        """
        kind, _, rest = str(key).partition(":")
        if kind == "family":
            return cls(office, Scope(family_of=int(rest)))
        if kind == "again":
            pairs = (pair.partition("-") for pair in rest.split(","))
            return cls(office, Scope(again=frozenset((int(child), int(one)) for child, _, one in pairs)))
        pupil, _, adult = str(key).partition("-")
        if adult:
            return cls(office, Scope(pupil_id=int(pupil), guardian_id=int(adult)))
        return cls(office, Scope(class_id=int(pupil) or None))

    def choices(self) -> list[tuple[str, str]]:
        """For whom codes can be issued."""
        classes = [(f"class:{id_}", name) for id_, name, _ in self.office.ask(School()).classes]
        return [("everyone", "Everyone without a link"), *classes, (FAMILY, "One family")]

    def pupils(self) -> tuple[tuple[int, str], ...]:
        """Every pupil on roll with the class, to choose a family by."""
        lines = self.office.ask(Pupils())
        return tuple((line.id, f"{line.known_as} {line.last}, {line.class_name or 'no class'}") for line in lines)

    def choose(self, key: str, pupil_id: int | None = None) -> IssuePlan:
        """Another class, everyone, or the family of a pupil; nobody where no pupil is chosen."""
        if key == FAMILY and not self.scope.by_hand:
            self.scope = Scope(family_of=pupil_id or 0)
        elif not self.scope.by_hand:
            self.scope = Scope(class_id=int(key.partition(":")[2]) if key.startswith("class:") else None)
        self.plan = self.office.ask(CodesToIssue(self.scope))
        return self.plan

    def accept(self, adults: Iterable[PassedOver], on: date, route: str, initiator: object = None) -> int:
        """Note what these adults still had to accept: the policy, the processing of data. How many adults."""
        missing = {(one.guardian_id, what) for one in adults for what in one.to_accept}
        slips = tuple(RecordAcceptance(what, on, route, guardian_id=adult) for adult, what in sorted(missing))
        if not slips:
            raise Problem("Nobody was chosen who still has something to accept. Nothing was recorded.")
        self.office.perform(RecordAcceptances(slips), initiator)
        return len({adult for adult, _ in missing})

    def last_day(self) -> date:
        """The day proposed as the last on which the codes hold."""
        return self.office.ask(LetterSender()).today + LASTS

    def preview(self, expires_on: date) -> bytes:
        """The first letters with a sample in place of each code."""
        return self._writer().preview(self.plan.recipients[:PREVIEWED], expires_on)

    def drafts(self) -> tuple[str, ...]:
        """Languages whose wording nobody has confirmed yet."""
        return self._writer().drafts(self.plan.recipients)

    def issue(self, route: str, expires_on: date, initiator: object = None) -> Issued:
        """Make the codes. They are kept here until the page is left, and nowhere else."""
        self.issued = self.office.perform(IssueCodes(self.scope, route, expires_on), initiator)
        return self.issued

    def save(self, place: Path) -> None:
        """The letters as PDF, or the list for a mail merge, as the ending says. Raises `Problem` as `written_whole`."""
        if self.issued is None or not self.issued.codes:
            raise Problem("There is no letter to save. Issue codes first.")
        sheet = place.suffix.lower() == ".xlsx"
        data = self._writer().merge(self.issued.codes) if sheet else self.pdf()
        with written_whole(place) as writing:
            writing.write_bytes(data)

    def pdf(self) -> bytes:
        """The letters of the codes just issued."""
        assert self.issued is not None
        return self._writer().pdf(self.issued.codes)

    def _writer(self) -> Writer:
        from reports.letters.writing import Sender, Writer  # the letters of a page cost time, so only now

        school = self.office.ask(LetterSender())
        own = [standing.wording for standing in self.office.ask(LetterWordings())]
        return Writer(Sender(school.name, school.phone, school.email), school.today, own)
