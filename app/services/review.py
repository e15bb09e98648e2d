"""The review queue: what waits for a senior leader, the item in its conversation, verdicts, referrals (M1, T2, K1)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from app.domain.problems import Overtaken, Problem, Refused
from app.domain.review import REASONS, FindingState, Reason, Verdict
from app.domain.roles import EVERYONE, LEADERS, SAFEGUARDERS
from app.services.claims import keep_in_hand
from app.services.door import Command, Query, answers, does
from app.services.evidence import restrict_evidence
from app.services.sealing import take_away
from app.services.threads import CHANNELS, close
from app.services.unit import Unit, View
from app.store.reads.referrals import ReferralLine, SafeguardingLine, office_referrals, safeguarding_referrals
from app.store.reads.replies import waiting_since
from app.store.reads.review import ItemInContext, QueueFilter, QueueLine, item_in_context, queue
from app.store.reads.school_days import school_calendar
from app.store.tables.content import ItemRow, ThreadRow
from app.store.tables.review import FindingRow, ReferralRow, VerdictRow


@dataclass(frozen=True, slots=True)
class ReviewQueue(Query[tuple[QueueLine, ...]]):
    """What waits, safeguarding first, then severity, then age."""

    filter: QueueFilter = QueueFilter()


@answers(ReviewQueue, roles=LEADERS)
def review_queue(query: ReviewQueue, view: View) -> tuple[QueueLine, ...]:
    """One line an item that has something open (or decided, where the filter asks)."""
    return queue(view.session, query.filter, view.now, view.actor.id)


@dataclass(frozen=True, slots=True)
class ItemToReview(Query[ItemInContext]):
    """One item in its conversation, with its findings and the children's rulings."""

    item_id: int


@answers(ItemToReview, roles=LEADERS)
def item_to_review(query: ItemToReview, view: View) -> ItemInContext:
    """Raises `Problem` where the item is gone, or was referred and is no longer to be seen here."""
    return item_in_context(view.session, query.item_id, view.today)


@dataclass(frozen=True, slots=True)
class GiveVerdict(Command[int]):
    """Judge one finding: upheld, advice given or false alarm, with a reason from the list and words if wished.

    `seen` is the state the person saw; where it has changed meanwhile, nothing is overwritten (`Overtaken`).
    """

    finding_id: int
    verdict: Verdict
    reason: Reason
    words: str = ""
    seen: FindingState = FindingState.OPEN


@does(GiveVerdict, roles=LEADERS, verb="verdict.given")
def give_verdict(command: GiveVerdict, unit: Unit) -> int:
    """The verdict's id. An earlier verdict is superseded and kept."""
    finding = _finding(unit, command.finding_id)
    if finding.state != command.seen:
        raise Overtaken(
            f"Somebody else has decided this already: {FindingState(finding.state).words.lower()}. "
            "Yours was not saved. Look again, and decide anew if you disagree."
        )
    check_reason(command.verdict, command.reason, command.words)
    row = record_verdict(unit, finding, command.verdict, command.reason, command.words)
    keep_in_hand(unit, finding.item_id)
    unit.audit(f"finding:{finding.id}", {"verdict": command.verdict, "reason": command.reason, "check": finding.check})
    unit.changed("review")
    return row.id


def check_reason(verdict: Verdict, reason: Reason, words: str) -> None:
    """Refuse a reason that does not belong to the verdict, and "something else" without words."""
    if reason not in REASONS[verdict]:
        raise Refused(f"“{reason.words}” is not a reason for “{verdict.words}”. Choose another.")
    if reason is Reason.OTHER and not words.strip():
        raise Refused("“Something else” needs a few words. Say why in a sentence.")


def record_verdict(unit: Unit, finding: FindingRow, verdict: Verdict, reason: Reason, words: str) -> VerdictRow:
    """Enter one verdict; the one that stood before is superseded and kept."""
    row = VerdictRow(
        finding_id=finding.id,
        verdict=verdict,
        reason=reason,
        words=words.strip() or None,
        given_at=unit.now,
        given_by=unit.actor.id,
    )
    unit.session.add(row)
    unit.session.flush()
    unit.session.execute(
        update(VerdictRow)
        .where(VerdictRow.finding_id == finding.id, VerdictRow.superseded_by.is_(None), VerdictRow.id != row.id)
        .values(superseded_by=row.id)
    )
    finding.state = verdict.value
    return row


@dataclass(frozen=True, slots=True)
class TakeBackVerdict(Command[None]):
    """Undo one's own verdict: the finding waits again, and the record keeps both."""

    verdict_id: int


@does(TakeBackVerdict, roles=LEADERS, verb="verdict.taken_back")
def take_back_verdict(command: TakeBackVerdict, unit: Unit) -> None:
    """Refused for somebody else's verdict, and where it was superseded meanwhile."""
    row = unit.session.get(VerdictRow, command.verdict_id)
    if row is None or row.superseded_by is not None:
        raise Overtaken("This verdict was replaced meanwhile. Nothing was changed.")
    if row.given_by != unit.actor.id:
        raise Refused("Only the person who gave a verdict can take it back. Give a new one instead.")
    row.superseded_by = row.id
    _finding(unit, row.finding_id).state = FindingState.OPEN.value
    unit.audit(f"finding:{row.finding_id}", {"verdict": row.verdict})
    unit.changed("review")


@dataclass(frozen=True, slots=True)
class ReferToOffice(Command[int]):
    """Hand a matter to the office with its topic and a brief message (T5, P7)."""

    item_id: int
    topic: str
    brief: str


@does(ReferToOffice, roles=LEADERS, verb="referral.office")
def refer_to_office(command: ReferToOffice, unit: Unit) -> int:
    """The referral's id. Refused without a brief message, and where the office has it already."""
    item = open_item(unit, command.item_id)
    if not command.brief.strip():
        raise Refused("The office needs a brief message: who, and what to do. Write one and refer again.")
    open_already = unit.session.scalar(
        select(ReferralRow.id).where(
            ReferralRow.item_id == item.id,
            ReferralRow.to == "office",
            ReferralRow.topic == command.topic,
            ReferralRow.done_at.is_(None),
        )
    )
    if open_already:
        raise Refused("The office has this already and has not closed it yet. Nothing was sent twice.")
    row = ReferralRow(
        item_id=item.id,
        to="office",
        topic=command.topic,
        brief=command.brief.strip(),
        made_at=unit.now,
        made_by=unit.actor.id,
    )
    unit.session.add(row)
    unit.session.flush()
    unit.audit(f"referral:{row.id}", {"topic": command.topic})
    unit.changed("review", "referrals")
    return row.id


@dataclass(frozen=True, slots=True)
class ReferToSafeguarding(Command[int]):
    """Hand a sign of harm to the safeguarding lead. The text leaves the ordinary queue at once (K1)."""

    item_id: int
    note: str = ""

    def __repr__(self) -> str:
        return f"ReferToSafeguarding(item_id={self.item_id})"


@does(ReferToSafeguarding, roles=LEADERS, verb="referral.safeguarding")
def refer_to_safeguarding(command: ReferToSafeguarding, unit: Unit) -> int:
    """The referral's id. The item's words are sealed with the note, its files too; neither stands in the open now."""
    item = open_item(unit, command.item_id)
    row = ReferralRow(
        item_id=item.id,
        to="safeguarding",
        brief_sealed=unit.sealed({"text": item.text, "note": command.note.strip(), "around": take_away(unit, item.id)}),
        made_at=unit.now,
        made_by=unit.actor.id,
    )
    unit.session.add(row)
    unit.session.flush()
    item.text_sealed = unit.sealed(item.text)
    item.text, item.restricted = "", True
    restrict_evidence(unit, item.id)
    unit.session.execute(
        update(FindingRow)
        .where(FindingRow.item_id == item.id, FindingRow.check == "safeguarding", FindingRow.state == "open")
        .values(state=FindingState.UPHELD.value)
    )
    unit.audit(f"referral:{row.id}")
    unit.changed("review", "referrals")
    return row.id


@dataclass(frozen=True, slots=True)
class SafeguardingReferral:
    """What the safeguarding lead reads."""

    id: int
    made_at: object
    text: str
    note: str
    around: tuple[str, ...] = ()
    """What had been written about it before: why it was found, verdicts, messages to the office."""


@dataclass(frozen=True, slots=True)
class ReceiveReferral(Command[SafeguardingReferral]):
    """Read a referral; the first reading is its receipt (K1)."""

    referral_id: int


@does(ReceiveReferral, roles=SAFEGUARDERS, verb="referral.received")
def receive_referral(command: ReceiveReferral, unit: Unit) -> SafeguardingReferral:
    """The sealed words. Every look is audited."""
    row = unit.session.get(ReferralRow, command.referral_id)
    if row is None or row.to != "safeguarding" or row.brief_sealed is None:
        raise Problem("There is no such referral.")
    if row.received_at is None:
        row.received_at, row.received_by = unit.now, unit.actor.id
    unit.audit(f"referral:{row.id}")
    unit.changed("referrals")
    said = unit.opened(row.brief_sealed)
    return SafeguardingReferral(row.id, row.made_at, said["text"], said["note"], tuple(said.get("around", ())))


@dataclass(frozen=True, slots=True)
class CloseReferral(Command[None]):
    """State that a referral is dealt with, and how; for safeguarding, only a reference to the lead's own file."""

    referral_id: int
    outcome: str
    reference: str = ""
    answered: str = ""
    """How the family was answered, where closing it answers their conversation too: a channel of `threads`."""

    def __repr__(self) -> str:
        return f"CloseReferral(referral_id={self.referral_id})"


@does(CloseReferral, roles=EVERYONE, verb="referral.closed")
def close_referral(command: CloseReferral, unit: Unit) -> None:
    """The office closes its own; only the safeguarding lead and the headteacher close the other sort.

    How a safeguarding referral was closed, and its reference, lie sealed with its words (K1).
    """
    row = unit.session.get(ReferralRow, command.referral_id)
    if row is None or (row.to == "safeguarding" and unit.actor.role not in SAFEGUARDERS):
        raise Problem("There is no such referral for you to close.")
    if row.done_at is not None:
        raise Overtaken("Somebody has closed this already. Nothing was changed.")
    row.done_at, row.done_by = unit.now, unit.actor.id
    outcome, reference = command.outcome.strip() or None, command.reference.strip() or None
    if row.brief_sealed is None:
        row.outcome, row.reference = outcome, reference
    else:
        said = unit.opened(row.brief_sealed)
        row.brief_sealed = unit.sealed({**said, "outcome": outcome, "reference": reference})
    if command.answered:
        _answer_family(unit, row, command.answered)
    unit.audit(f"referral:{row.id}", {"answered": command.answered} if command.answered else None)
    unit.changed("referrals")


def _answer_family(unit: Unit, row: ReferralRow, channel: str) -> None:
    """Close the conversation that the matter came from; where none waits, there is nothing to close."""
    item = unit.session.get(ItemRow, row.item_id) if row.item_id is not None else None
    thread = unit.session.get(ThreadRow, item.thread_id) if item is not None and item.thread_id is not None else None
    if thread is None or waiting_since(unit.session, thread.id) is None:
        if channel not in CHANNELS:
            raise Refused("A family is answered by message, telephone, meeting, a request to phone, or the office.")
        return
    close(unit, thread, channel, None)


@dataclass(frozen=True, slots=True)
class OfficeReferrals(Query[tuple[ReferralLine, ...]]):
    """What was handed to the office, open ones first."""

    done: bool = False


@answers(OfficeReferrals, roles=EVERYONE)
def list_office_referrals(query: OfficeReferrals, view: View) -> tuple[ReferralLine, ...]:
    """Newest first, with the working time from passing it on to closing it, or until now."""
    return office_referrals(view.session, school_calendar(view.session, view.today), view.now, done=query.done)


@dataclass(frozen=True, slots=True)
class SafeguardingList(Query[tuple[SafeguardingLine, ...]]):
    """What was referred to the safeguarding lead, and whether it was read."""


@answers(SafeguardingList, roles=SAFEGUARDERS)
def list_safeguarding(query: SafeguardingList, view: View) -> tuple[SafeguardingLine, ...]:
    """Without a word of what it says: that is read through `ReceiveReferral`."""
    del query
    return safeguarding_referrals(view.session, view.opened)


def _finding(unit: Unit, finding_id: int) -> FindingRow:
    found = unit.session.get(FindingRow, finding_id)
    if found is None:
        raise Problem("That finding is no longer there. Nothing was changed.")
    return found


def open_item(unit: Unit, item_id: int) -> ItemRow:
    """An item that may be worked on in the open. Raises `Problem` for one that was referred or is gone."""
    found = unit.session.get(ItemRow, item_id)
    if found is None or found.restricted:
        raise Problem("That item has been referred already. Nothing was changed.")
    return found
