"""One record an adult: what is recorded, tied and ended, and how contact is limited."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain.linking import Contact
from app.domain.permissions import Answer, MediaKind
from app.domain.problems import NotAllowed, Overtaken, Problem, Refused
from app.services.guardians import EndTie, Guardian, Guardians, SaveGuardian, SaveTie
from app.services.guardians_contact import LookAtContact, contact_reviews
from app.services.linking import RecordCode, RecordLink, SetContact
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.pupils import Pupil
from app.services.unit import View
from app.store.reads.guardians import GuardianDetails, GuardianFilter
from app.store.tables.links import LinkingCodeRow, LinkRow
from tests.services.rows import a_class, a_guardian, a_pupil, everything

TODAY = date(2026, 11, 23)
JOANNE = GuardianDetails("Mrs", "Joanne", "Marsh", "jo@marsh.example", "07700 900123", "pl", "1 High Street", "s60 1aa")


def test_an_adult_is_entered_found_and_changed(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    adult = clerk.perform(SaveGuardian(None, JOANNE))
    clerk.perform(SaveTie(pupil, adult, "PAM", True, 1))
    record = clerk.ask(Guardian(adult))
    assert record.name == "Mrs Joanne Marsh"
    assert record.details.postcode == "S60 1AA"
    (child,) = record.children
    assert (child.name, child.relationship, child.responsibility, child.order) == ("Ella Marsh", "PAM", True, 1)
    for words in ("joanne", "marsh jo", "jo@marsh", "900123"):
        assert [line.id for line in clerk.ask(Guardians(GuardianFilter(words=words)))] == [adult]
    changed = GuardianDetails("", "Joanne", "Khan")
    clerk.perform(SaveGuardian(adult, changed, record.details))
    assert clerk.ask(Guardian(adult)).details == changed
    with pytest.raises(Overtaken):
        clerk.perform(SaveGuardian(adult, JOANNE, record.details))


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        (GuardianDetails(email="jo@marsh.example"), "needs a name"),
        (GuardianDetails(first="Jo", email="jo at marsh"), "cannot be one"),
        (GuardianDetails(first="Jo", email="jo@marsh"), "cannot be one"),
        (GuardianDetails(first="Jo", phones="07700 900123, call me"), "no letters"),
        (GuardianDetails(first="Jo", phones="123"), "7 to 15"),
        (GuardianDetails(first="J" * 121), "first name is longer than 120"),
        (GuardianDetails(first="Jo", language="!!"), "Choose a language"),
    ],
)
def test_what_cannot_be_recorded_has_a_sentence(clerk: Office, details: GuardianDetails, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        clerk.perform(SaveGuardian(None, details))
    assert clerk.ask(Guardians()) == ()


def test_one_adult_stands_once_with_all_their_children(clerk: Office) -> None:
    willow = a_class(clerk)
    first, second = a_pupil(clerk, class_id=willow), a_pupil(clerk, "Tom")
    adult = a_guardian(clerk, first)
    clerk.perform(SaveTie(second, adult, "PAM", None))
    (line,) = clerk.ask(Guardians())
    assert {child.pupil_id for child in line.children} == {first, second}
    assert [one.id for one in clerk.ask(Guardians(GuardianFilter(class_id=willow)))] == [adult]
    assert clerk.ask(Guardians(GuardianFilter(class_id=999))) == ()
    assert [one.id for one in clerk.ask(Guardians(GuardianFilter(unsure=True)))] == [adult]
    assert [one.id for one in clerk.ask(Guardians(GuardianFilter(unreachable=True)))] == [adult]
    assert [one.id for one in clerk.ask(Guardians(GuardianFilter(unlinked=True)))] == [adult]
    clerk.perform(RecordLink(first, adult))
    assert clerk.ask(Guardians(GuardianFilter(unlinked=True))) == ()


def test_a_tie_that_ends_takes_link_and_codes_with_it_and_the_yes(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil)
    clerk.perform(RecordPermission(pupil, adult, MediaKind.PHOTOGRAPH, Answer.GIVEN, TODAY))
    clerk.perform(RecordCode(pupil, adult, "PABCDEF2", "letter"))
    clerk.perform(RecordLink(pupil, adult))
    clerk.perform(EndTie(pupil, adult))
    with clerk.database.reading() as session:
        assert session.scalars(select(LinkRow.state)).all() == ["removed"]
        assert session.scalars(select(LinkingCodeRow.revoked_at)).one() is not None
    ruling = clerk.ask(Pupil(pupil)).line.rulings[MediaKind.PHOTOGRAPH]
    assert ruling.words == "Undecided"
    assert "no longer belongs" in ruling.reasons[0]
    with pytest.raises(Problem, match="does not tie"):
        clerk.perform(EndTie(pupil, adult))
    clerk.perform(SaveTie(pupil, adult, "PAM", True))
    assert clerk.ask(Pupil(pupil)).line.rulings[MediaKind.PHOTOGRAPH].allowed


def test_a_yes_counts_no_more_when_there_is_no_responsibility(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil)
    clerk.perform(RecordPermission(pupil, adult, MediaKind.PHOTOGRAPH, Answer.GIVEN, TODAY))
    clerk.perform(SaveTie(pupil, adult, "PAM", False))
    ruling = clerk.ask(Pupil(pupil)).line.rulings[MediaKind.PHOTOGRAPH]
    assert (ruling.allowed, ruling.words) == (False, "Undecided")


@pytest.mark.parametrize("contact", [Contact.RESTRICTED, Contact.BARRED])
def test_limited_contact_is_a_hard_stop(clerk: Office, head: Office, contact: Contact) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil)
    clerk.perform(RecordCode(pupil, adult, "PABCDEF2", "letter"))
    clerk.perform(RecordLink(pupil, adult))
    clerk.perform(SetContact(pupil, adult, contact, TODAY, TODAY + timedelta(days=30), "Quaggaberry"))
    with clerk.database.reading() as session:
        assert session.scalars(select(LinkRow.state)).all() == ["removed"]
        assert session.scalars(select(LinkingCodeRow.revoked_at)).one() is not None
    for attempt in (RecordLink(pupil, adult), RecordCode(pupil, adult, "PABCDEF3", "letter")):
        with pytest.raises(Refused, match="barred"):
            head.perform(attempt)
    with pytest.raises(Refused, match="only as long as they are on record"):
        head.perform(EndTie(pupil, adult))
    assert clerk.ask(Guardian(adult)).children[0].stopped
    assert [one.id for one in clerk.ask(Guardians(GuardianFilter(stopped=True)))] == [adult]


def test_why_contact_is_limited_is_for_leaders_and_every_look_is_noted(clerk: Office, slt: Office) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil)
    review = TODAY + timedelta(days=10)
    clerk.perform(SetContact(pupil, adult, "barred", date(2026, 3, 3), review, "Quaggaberry order"))
    with pytest.raises(NotAllowed):
        clerk.perform(LookAtContact(pupil, adult))
    (note,) = slt.perform(LookAtContact(pupil, adult))
    assert (note.contact, note.order_date, note.review_on) == (Contact.BARRED, date(2026, 3, 3), review)
    assert note.why == "Quaggaberry order"
    stored = everything(clerk)
    assert "Quaggaberry" not in stored
    assert "2026-03-03" not in stored
    assert "contact.seen" in stored


def test_only_leaders_ease_what_they_alone_know_the_reason_of(clerk: Office, slt: Office) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil)
    clerk.perform(SetContact(pupil, adult, "restricted"))
    clerk.perform(SetContact(pupil, adult, "barred"))
    for contact in ("open", "restricted"):
        with pytest.raises(Refused, match="can ease this"):
            clerk.perform(SetContact(pupil, adult, contact))
    slt.perform(SetContact(pupil, adult, "open"))
    clerk.perform(RecordLink(pupil, adult))
    notes = slt.perform(LookAtContact(pupil, adult))
    assert [note.contact for note in notes] == [Contact.OPEN, Contact.BARRED, Contact.RESTRICTED]


def test_days_that_cannot_be_are_refused(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil)
    with pytest.raises(Refused, match="lies ahead"):
        clerk.perform(SetContact(pupil, adult, "barred", TODAY + timedelta(days=1)))
    with pytest.raises(Refused, match="has to lie ahead"):
        clerk.perform(SetContact(pupil, adult, "barred", None, TODAY))
    with pytest.raises(Refused, match="open, restricted or barred"):
        clerk.perform(SetContact(pupil, adult, "perhaps"))
    with pytest.raises(Problem, match="does not tie"):
        clerk.perform(SetContact(pupil, 999, "barred"))
    assert not clerk.ask(Guardian(adult)).children[0].stopped


def test_reviews_are_due_for_leaders_and_only_where_the_bar_stands(clerk: Office, slt: Office) -> None:
    pupil = a_pupil(clerk)
    soon, late, lifted = (a_guardian(clerk, pupil, name) for name in ("Ann", "Ben", "Cat"))
    for adult, days in ((soon, 5), (late, 90), (lifted, 5)):
        clerk.perform(SetContact(pupil, adult, "barred", None, TODAY + timedelta(days=days)))
    slt.perform(SetContact(pupil, lifted, "open"))

    def due(office: Office) -> tuple[date, ...]:
        with office.database.reading() as session:
            return contact_reviews(View(session, office.actor, office.clock(), office.keys), within=timedelta(days=14))

    assert due(slt) == (TODAY + timedelta(days=5),)
    assert due(clerk) == ()
