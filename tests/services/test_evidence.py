"""Evidence: kept in step with the record, shown without the camera's notes, sealed with a referral (T2, M2, K1)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.checks.finding import Check
from app.domain.content import AuthorRole, Kind, Media
from app.domain.file_kinds import tells_place
from app.domain.incoming import FeedReading, IncomingAttachment, IncomingItem
from app.domain.problems import Cancelled, NotAllowed, Problem, Refused
from app.domain.roles import Role
from app.domain.ticket import PlainTicket
from app.services.accounts import found_school, sign_in
from app.services.content import ApplyFeed
from app.services.evidence import AddEvidence, ItemEvidence, LookAtEvidence, TakeOutEvidence
from app.services.keeping import BackUp, Verify, restore_backup
from app.services.office import Office
from app.services.review import ReferToSafeguarding
from app.store.evidence import MOST_BYTES
from app.store.tables.audit import AuditRow
from app.store.tables.content import EvidenceRow, ItemRow, MediaRow
from app.store.tables.review import FindingRow
from app.store.vault import Vault, new_vault
from tests.conftest import NOW, PASSWORD, QUICK, OfficeOf
from tests.pictures import bomb, picture
from tests.services.rows import a_class, a_pupil, an_item

Opens = Callable[[Role], Office]
PHOTO = picture(located=True)


@pytest.fixture
def vault(home: Path) -> Vault:
    return new_vault(home, QUICK)[0]


@pytest.fixture
def opens(office_of: OfficeOf, vault: Vault) -> Opens:
    """The door for a person of a role, with a folder for files."""

    def opened(role: Role) -> Office:
        office = office_of(role)
        office.vault = vault
        return office

    return opened


@pytest.fixture
def office(opens: Opens) -> Office:
    return opens(Role.HEADTEACHER)


@pytest.fixture
def real(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The headteacher's door to a school in a folder, encrypted."""
    monkeypatch.setattr("app.services.accounts.new_vault", lambda where, hardness=None: new_vault(where, QUICK))
    found_school(home, name="Larkfield Primary School", login="head", person="Pat", password=PASSWORD)
    office = sign_in(home, "head", PASSWORD)
    yield office
    office.close()


def kept_files(vault: Vault | None) -> list[Path]:
    assert vault is not None
    return [file for file in vault.evidence.rglob("*") if file.is_file()]


def attachment(content: bytes, media: Media = Media.PHOTO, name: str = "Ella Marsh.jpg") -> IncomingAttachment:
    return IncomingAttachment(name, media, content=content, sha256=hashlib.sha256(content).hexdigest())


def feed(*attachments: IncomingAttachment, text: str = "Look at this") -> FeedReading:
    item = IncomingItem(
        file="mail.eml",
        row=1,
        kind=Kind.MESSAGE,
        text=text,
        author_role=AuthorRole.STAFF,
        author_name="Mrs Holt",
        sent_at=NOW,
        media=tuple(dict.fromkeys(each.media for each in attachments)),
        attachments=attachments,
    )
    return FeedReading("eml", ("mail.eml",), 1, (item,))


def test_attachments_become_evidence_and_the_item_points_at_them(office: Office, vault: Vault) -> None:
    done = office.perform(ApplyFeed(feed(attachment(PHOTO), attachment(b"%PDF-1.4 letter", Media.WORK))))
    assert (done.new, done.warnings) == (1, ())
    with office.database.reading() as session:
        rows = {row.id: row for row in session.scalars(select(EvidenceRow))}
        media = session.scalars(select(MediaRow).order_by(MediaRow.id)).all()
        assert [(row.kind, rows[row.evidence_id or 0].mime) for row in media] == [
            ("photo", "image/jpeg"),
            ("work", "application/pdf"),
        ]
        photo = rows[media[0].evidence_id or 0]
        assert (photo.sha256, photo.size) == (hashlib.sha256(PHOTO).hexdigest(), len(PHOTO))
        assert (photo.has_location, photo.restricted) == (True, False)
    assert len(kept_files(vault)) == 2
    names = " ".join(str(file) for file in kept_files(vault))
    assert "Ella" not in names
    assert b"Invented" not in b"".join(file.read_bytes() for file in kept_files(vault))


def test_the_kind_goes_by_content_not_by_what_the_mail_says(office: Office) -> None:
    office.perform(ApplyFeed(feed(attachment(PHOTO, Media.WORK, "worksheet.pdf"))))
    with office.database.reading() as session:
        assert session.scalars(select(MediaRow.kind)).all() == ["photo"]


def test_the_same_mail_again_keeps_nothing_twice(office: Office, vault: Vault) -> None:
    office.perform(ApplyFeed(feed(attachment(PHOTO))))
    again = office.perform(ApplyFeed(feed(attachment(PHOTO))))
    assert (again.new, again.unchanged, len(kept_files(vault))) == (0, 1, 1)


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"", "The file is empty."),
        (bytes(MOST_BYTES + 1), "larger than 25 MB"),
        (b"MZ\x90\x00\x03", "Programs are not kept"),
        (bomb(), "enormous"),
    ],
)
def test_what_cannot_be_kept_is_said_and_the_item_goes_in(
    office: Office, vault: Vault, content: bytes, because: str
) -> None:
    done = office.perform(ApplyFeed(feed(attachment(content))))
    assert done.new == 1
    assert [because in remark.reason for remark in done.warnings] == [True]
    assert kept_files(vault) == []
    with office.database.reading() as session:
        assert session.scalars(select(MediaRow.evidence_id)).all() == [None], "what it showed is known all the same"
    item, _ = an_item(office)
    with pytest.raises(Refused, match=because):
        office.perform(AddEvidence(item, content))


def test_a_transaction_that_fails_leaves_no_file(office: Office, vault: Vault) -> None:
    ticket = PlainTicket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        office.perform(ApplyFeed(feed(attachment(PHOTO)), ticket))
    assert kept_files(vault) == []
    with office.database.reading() as session:
        assert session.scalars(select(EvidenceRow)).all() == []


def test_a_file_added_by_hand_is_listed_with_a_thumbnail(opens: Opens) -> None:
    clerk, leader = opens(Role.OFFICE), opens(Role.SLT)
    item, _ = an_item(clerk)
    clerk.perform(AddEvidence(item, PHOTO))
    clerk.perform(AddEvidence(item, b"%PDF-1.4 a letter"))
    first, second = leader.ask(ItemEvidence(item))
    assert (first.kind.words, first.carried, first.has_location) == ("a picture (JPEG)", False, True)
    assert first.thumbnail is not None
    assert first.thumbnail.startswith(b"\xff\xd8")
    assert (second.kind.words, second.thumbnail, second.captured_by) == ("a PDF", None, "Pat Office")
    assert "thumbnail" not in repr(first)


def test_a_picture_the_item_showed_is_checked_with_it(office: Office) -> None:
    willow = a_class(office)
    a_pupil(office, class_id=willow)
    with office.database.writing() as session:
        session.add(ItemRow(digest="d", kind="class_story", class_id=willow, author_role="staff", text="Ella read."))
    office.perform(AddEvidence(1, PHOTO, carried=Media.PHOTO))
    with office.database.reading() as session:
        assert session.scalars(select(FindingRow.check)).all() == [Check.NO_PERMISSION.value]
    assert office.ask(ItemEvidence(1))[0].carried


def test_looking_never_tells_where_a_picture_was_made(opens: Opens) -> None:
    leader, head = opens(Role.SLT), opens(Role.HEADTEACHER)
    item, _ = an_item(leader)
    located, plain = leader.perform(AddEvidence(item, PHOTO)), leader.perform(AddEvidence(item, picture()))
    shown = leader.perform(LookAtEvidence(located))
    assert (shown.is_copy, shown.name) == (True, f"evidence-{located}.jpg")
    assert not tells_place(shown.content)
    assert b"Invented" not in shown.content
    assert leader.perform(LookAtEvidence(plain)).content == picture()
    assert head.perform(TakeOutEvidence(located)).content == PHOTO
    with head.database.reading() as session:
        verbs = session.scalars(select(AuditRow.verb).order_by(AuditRow.seq)).all()
    assert verbs[-3:] == ["evidence.seen", "evidence.seen", "evidence.taken_out"]


def test_a_film_that_says_where_it_was_made_is_taken_out_by_the_head_alone(opens: Opens) -> None:
    leader = opens(Role.SAFEGUARDING)
    film = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2udta\xa9xyz+53.43-001.35/"
    item, _ = an_item(leader)
    kept = leader.perform(AddEvidence(item, film))
    with pytest.raises(Refused, match="cannot be taken out"):
        leader.perform(LookAtEvidence(kept))
    with pytest.raises(NotAllowed):
        leader.perform(TakeOutEvidence(kept))
    assert opens(Role.HEADTEACHER).perform(TakeOutEvidence(kept)).content == film


def test_a_referral_seals_the_files_with_the_words(opens: Opens, vault: Vault) -> None:
    leader, lead, clerk = opens(Role.SLT), opens(Role.SAFEGUARDING), opens(Role.OFFICE)
    item, _ = an_item(leader, check=Check.SAFEGUARDING)
    kept = leader.perform(AddEvidence(item, picture()))
    before = kept_files(vault)
    leader.perform(ReferToSafeguarding(item))
    after = kept_files(vault)
    assert len(after) == 1
    assert after != before, "the open copy is gone"
    assert leader.ask(ItemEvidence(item)) == ()
    with pytest.raises(NotAllowed):
        leader.perform(LookAtEvidence(kept))
    (line,) = lead.ask(ItemEvidence(item))
    assert line.restricted
    assert (line.thumbnail or b"").startswith(b"\xff\xd8")
    assert lead.perform(LookAtEvidence(kept)).content == picture()
    with clerk.database.reading() as session:
        row = session.scalars(select(EvidenceRow)).one()
        assert row.thumbnail is not None
        assert not row.thumbnail.startswith(b"\xff\xd8")
    later = clerk.perform(AddEvidence(item, picture("PNG")))
    with pytest.raises(NotAllowed):
        leader.perform(LookAtEvidence(later))
    assert lead.perform(LookAtEvidence(later)).content == picture("PNG")


def test_a_referral_that_fails_keeps_the_files_open(
    opens: Opens, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader = opens(Role.SLT)
    item, _ = an_item(leader)
    leader.perform(AddEvidence(item, picture()))
    before = kept_files(vault)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("app.services.office.append", broken)
    with pytest.raises(RuntimeError):
        leader.perform(ReferToSafeguarding(item))
    assert kept_files(vault) == before
    assert len(leader.ask(ItemEvidence(item))) == 1


def test_a_damaged_or_missing_file_is_noticed(real: Office) -> None:
    item, _ = an_item(real)
    kept = real.perform(AddEvidence(item, picture()))
    assert real.perform(Verify()).faults == ()
    (file,) = kept_files(real.vault)
    file.unlink()
    with pytest.raises(Problem, match="missing or damaged"):
        real.perform(LookAtEvidence(kept))
    assert real.perform(Verify()).faults == (f"Evidence file {kept} is missing.",)


def test_files_that_no_record_names_go_at_the_next_check(real: Office) -> None:
    assert real.vault is not None
    item, _ = an_item(real)
    real.perform(AddEvidence(item, picture()))
    stray = real.vault.evidence / "ab" / ("ab" + "0" * 30)
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"left by a crash")
    assert real.perform(Verify()).faults == ()
    assert not stray.exists()
    assert len(kept_files(real.vault)) == 1


def test_without_a_folder_a_feed_goes_in_and_a_file_is_refused(head: Office) -> None:
    assert head.perform(ApplyFeed(feed(attachment(PHOTO)))).new == 1
    item, _ = an_item(head)
    with pytest.raises(Problem, match="memory only"):
        head.perform(AddEvidence(item, PHOTO))


def test_evidence_travels_in_a_backup(real: Office, tmp_path: Path) -> None:
    office = real
    item, _ = an_item(office)
    kept = office.perform(AddEvidence(item, PHOTO))
    made = office.perform(BackUp(tmp_path / "copy.schoolgate"))
    raw = (tmp_path / "copy.schoolgate").read_bytes()
    assert (made.size, made.sha256) == (len(raw), hashlib.sha256(raw).hexdigest())
    assert restore_backup(tmp_path / "copy.schoolgate", tmp_path / "again") is None
    again = sign_in(tmp_path / "again", "head", PASSWORD)
    assert again.perform(TakeOutEvidence(kept)).content == PHOTO
    assert again.perform(Verify()).faults == ()
    again.close()
    damaged = bytearray(raw)
    damaged[raw.index(b"SGEV1") + 200] ^= 1
    (tmp_path / "bad.schoolgate").write_bytes(damaged)
    with pytest.raises(Problem, match="damaged"):
        restore_backup(tmp_path / "bad.schoolgate", tmp_path / "third")
    assert not (tmp_path / "third").exists()
