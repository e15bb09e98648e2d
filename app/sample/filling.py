"""Filling a new school with the sample school, through the same doors as a real one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.care import CareRecord
from app.domain.enrolment_shapes import RegisterPlan
from app.domain.problems import Refused
from app.intake.read import read_feed, read_register
from app.sample.clock import SampleClock
from app.sample.school import people_keys, write_files
from app.sample.shapes import Link, SampleSchool
from app.services.acceptance import RecordAcceptance, RecordAcceptances
from app.services.care import RecordCare
from app.services.content import ApplyFeed, FeedApplied
from app.services.enrolment import ApplyRegister, PlanRegister
from app.services.leavers import RecordLeaver
from app.services.linking import RecordCode, RecordCodes, RecordLink, RecordLinks, SetContact
from app.services.office import Office
from app.services.people import Everybody, Found
from app.services.permissions import RecordPermission, RecordPermissions
from app.services.school import RecordStaff, SetCalendar, SetSchool, SetSchoolWays
from app.services.sheets import AcknowledgeSheet, ClassSheets, IssueOutdated
from app.services.threads import CloseThread
from app.store.reads.people import key


@dataclass(slots=True)
class Filling:
    """Brings the sample school into an office, step by step; `offices` are the doors of the head and of the clerk."""

    school: SampleSchool
    head: Office
    clerk: Office
    clock: SampleClock
    folder: Path
    files: dict[str, Path] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)

    def set_up_school(self) -> None:
        """The school's own facts, its calendar, staff and School Ways."""
        details, year = self.school.details, self.school.year
        self.files = write_files(self.school, self.folder)
        self.head.perform(
            SetSchool(
                name=details.name,
                la=details.la,
                estab=details.establishment,
                phone=details.phone,
                email=details.email,
                postcode=details.postcode,
                timezone=details.timezone,
                opens=details.opens,
                closes=details.closes,
                reply_hours=details.reply_hours,
                adult_cap=details.adult_cap,
            )
        )
        self.head.perform(SetCalendar(year.terms, year.closures))
        ways = tuple(way.name for way in self.school.ways)
        skills = tuple((skill, way.name) for way in self.school.ways for skill, _ in way.skills)
        self.head.perform(SetSchoolWays(ways, skills))

    def bring_register(self, what: str) -> RegisterPlan:
        """One register file: read, planned, applied."""
        reading = read_register([self.files[what]])
        plan = self.clerk.ask(PlanRegister(reading))
        self.clerk.perform(ApplyRegister(reading, plan))
        return plan

    def confirm_leavers(self, plan: RegisterPlan) -> int:
        """The leavers that a plan proposes and that the sample school knows as such."""
        left: dict[tuple[str, date | None], date] = {
            (pupil.full, pupil.born): pupil.left for pupil in self.school.pupils if pupil.left is not None
        }
        confirmed = 0
        for leaver in plan.leavers:
            day = left.get((f"{leaver.pupil.first} {leaver.pupil.last}", leaver.pupil.born))
            if day is not None:
                self.clerk.perform(RecordLeaver(leaver.pupil.id, day))
                confirmed += 1
        return confirmed

    def record_staff(self) -> None:
        """Everybody who works there, and in which classes."""
        names = {entry.id: entry.name for entry in self.school.classes}
        for member in self.school.staff:
            classes = tuple(names[class_id] for class_id in member.classes)
            self.head.perform(RecordStaff(member.name, member.role, classes, member.email))

    def find_everybody(self) -> None:
        """Which rows of the store the sample school's people have become."""
        known = self.head.ask(Everybody())
        keys = people_keys(self.school)
        self.ids = {
            id_: found for id_, key in keys.items() if (found := _row_of(known, key.what, key.word)) is not None
        }

    def record_decisions(self) -> tuple[int, int]:
        """Permissions and care records; how many of each."""
        decisions = [
            RecordPermission(
                self.ids[said.pupil],
                self.ids[said.guardian],
                said.kind,
                said.answer,
                said.on,
                said.route,
                expires_on=said.expires,
            )
            for said in self.school.permissions
            if said.pupil in self.ids and said.guardian in self.ids
        ]
        self.clerk.perform(RecordPermissions(tuple(sorted(decisions, key=lambda d: d.decided_on))))
        for note in self.school.care:
            self.head.perform(
                RecordCare(
                    CareRecord(
                        self.ids[note.pupil],
                        note.status,
                        note.authority,
                        note.social_worker,
                        note.decides,
                        note.images_allowed,
                        note.document,
                        note.starts,
                        None,
                        note.review_on,
                    )
                )
            )
        return len(decisions), len(self.school.care)

    def record_links(self) -> tuple[int, int]:
        """Bars first, then codes and links; how many codes, how many links."""
        zone = ZoneInfo(self.school.details.timezone)
        for tie in self.school.ties:
            if tie.contact != "open" and tie.pupil in self.ids and tie.guardian in self.ids:
                pupil, guardian = self.ids[tie.pupil], self.ids[tie.guardian]
                self.head.perform(SetContact(pupil, guardian, tie.contact, tie.order_date))
        barred = {(tie.pupil, tie.guardian) for tie in self.school.ties if tie.contact == "barred"}
        here = {pupil.id for pupil in self.school.pupils if pupil.left is None}
        codes = tuple(
            RecordCode(
                self.ids[code.pupil],
                self.ids[code.guardian],
                code.code,
                code.route,
                code.expires,
                datetime.combine(code.issued, datetime.min.time(), zone),
                datetime.combine(code.used, datetime.min.time(), zone) if code.used else None,
            )
            for code in self.school.codes
            if code.pupil in here and code.guardian in self.ids and (code.pupil, code.guardian) not in barred
        )
        self.clerk.perform(RecordCodes(codes))
        links = tuple(
            self._link(link) for link in self.school.links if link.pupil in here and link.guardian in self.ids
        )
        self.head.perform(RecordLinks(links))
        return len(codes), len(links)

    def _link(self, link: Link) -> RecordLink:
        return RecordLink(
            self.ids[link.pupil],
            self.ids[link.guardian],
            link.state.value,
            link.decided_at,
            link.processing_accepted_at,
            link.exception_why,
            link.review_on,
            link.suspended_until,
        )

    def record_acceptances(self) -> int:
        """Who accepted the policy, agreed to processing, stated their devices."""
        said = []
        for each in self.school.acceptances:
            person = self.ids.get(each.who)
            if person is not None:
                guardian, staff = (person, None) if each.who.startswith("g") else (None, person)
                said.append(RecordAcceptance(each.what, each.on, each.route, guardian, staff))
        return self.clerk.perform(RecordAcceptances(tuple(said)))

    def issue_lists(self) -> tuple[int, int]:
        """Every class's list of who may be shown, and who has read it: all but the last class's staff."""
        issued = self.head.perform(IssueOutdated())
        read = 0
        lists = [sheet for sheet in self.head.ask(ClassSheets()).sheets if sheet.readers]
        for sheet in lists[:-1]:
            staff = tuple(reader.staff_id for reader in sheet.readers)
            self.clerk.perform(AcknowledgeSheet(sheet.class_id, staff, self.clock().date()))
            read += len(staff)
        return issued, read

    def bring_feed(self, what: str) -> FeedApplied:
        """One content file: read, kept, checked."""
        return self.clerk.perform(ApplyFeed(read_feed([self.files[what]])))

    def close_threads(self) -> int:
        """Conversations that ended by telephone, at a meeting or with the office."""
        closed = 0
        for thread in self.school.threads:
            if thread.closing is None or thread.guardian not in self.ids:
                continue
            try:
                self.clerk.perform(CloseThread(self.ids[thread.guardian], thread.closing.channel, thread.closing.at))
            except Refused:
                continue
            closed += 1
        return closed


def _row_of(known: Found, what: str, word: str) -> int | None:
    book = {"class": known.classes, "staff": known.staff, "pupil": known.pupils, "guardian": known.guardians}[what]
    return book.get(key(word))
