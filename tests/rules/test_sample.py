"""The sample school: the same for the same seed, invented throughout, and holding one of everything."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.calendar import SchoolCalendar
from app.domain.care import LegalStatus
from app.domain.checks.finding import CONTENT_CHECKS
from app.domain.checks.register import LinkState, PermissionState, Register
from app.domain.checks.register_json import register_of
from app.domain.content import AuthorRole, Kind, Media
from app.domain.permissions import Answer, MediaKind
from app.domain.roles import Role
from app.domain.upn import UpnVerdict, is_temporary, read_upn
from app.intake.read import read_feed, read_register
from app.resources import resources
from app.sample.allowances import standing
from app.sample.moments import LAST_DAY
from app.sample.people import FIRST_DAY
from app.sample.school import (
    SampleSchool,
    expected,
    make_school,
    people_keys,
    references,
    register_json,
    write_class_list,
    write_ctf,
    write_files,
    write_items,
    write_points_report,
    write_story_feed,
)
from app.sample.service_files import SKIPPED_POSTS
from app.sample.transfer_file import new_starters

ROOT = Path(__file__).resolve().parents[2]
SEEDS = (2026, 1, 7)
OFFICE_TOPICS = {"absence", "sickness", "dinners", "complaint", "music", "urgent", "appointment", "progress"}
LANGUAGES = {"en", "cy", "pl", "ro", "sk", "cs", "ur", "ar", "uk", "ckb"}


@pytest.fixture(scope="module", params=SEEDS)
def school(request: pytest.FixtureRequest) -> SampleSchool:
    """The sample school of several seeds: what holds must hold for every one."""
    return make_school(request.param)


@pytest.fixture(scope="module")
def register(school: SampleSchool) -> Register:
    return register_of(register_json(school))


def digest(folder: Path) -> str:
    told = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        told.update(file.name.encode() + file.read_bytes())
    return told.hexdigest()


# ------------------------------------------------------------------------------------------------ the same again


def test_the_same_seed_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    """Neither the clock nor the order in which Python happens to hash has a say."""
    program = (
        "import sys; from pathlib import Path; from app.sample.school import make_school, write_files; "
        "write_files(make_school(5), Path(sys.argv[1]))"
    )
    folders = []
    for hashing in ("1", "2"):
        folder = tmp_path / hashing
        folder.mkdir()
        environment = {"PYTHONHASHSEED": hashing, "PYTHONPATH": str(ROOT), "PATH": "", "PYTHONUTF8": "1"}
        subprocess.run([sys.executable, "-c", program, str(folder)], check=True, env=environment, cwd=ROOT)
        folders.append(folder)
    assert digest(folders[0]) == digest(folders[1])


def test_another_seed_gives_another_school_with_the_same_cast() -> None:
    one, other = make_school(1), make_school(7)
    assert {pupil.full for pupil in one.pupils} != {pupil.full for pupil in other.pupils}
    assert [each.item.text for each in one.items] != [each.item.text for each in other.items]
    assert "Zoë O'Neill" in {pupil.full for pupil in one.pupils} & {pupil.full for pupil in other.pupils}


# ------------------------------------------------------------------------------------------------ its size and people


def test_it_is_a_one_form_entry_primary(school: SampleSchool) -> None:
    assert [entry.year for entry in school.classes] == ["N2", "R", "1", "2", "3", "4", "5", "6"]
    here = [pupil for pupil in school.pupils if pupil.on_roll(school.today)]
    assert len(here) == 210
    assert all(20 <= size <= 30 for size in Counter(pupil.class_id for pupil in here).values())
    assert 330 <= len(school.guardians) <= 375
    assert len(school.staff) == 20
    assert {account.role for account in school.accounts} == set(Role)


def test_there_are_about_fifteen_hundred_items_mostly_with_nothing_to_find(school: SampleSchool) -> None:
    planted = expected(school)
    assert 1450 <= len(school.items) <= 1700
    assert 0.85 <= sum(1 for checks in planted.values() if not checks) / len(planted) <= 0.90
    kinds = Counter(each.item.kind for each in school.items)
    assert min(kinds[kind] for kind in Kind) >= 50


def test_everything_was_sent_between_the_first_and_the_last_day_in_order(school: SampleSchool) -> None:
    sent = [each.item.sent_at for each in school.items]
    assert all(moment is not None and moment.tzinfo is not None for moment in sent)
    moments = [moment for moment in sent if moment is not None]
    assert moments == sorted(moments)
    assert {(moment.year, moment.utcoffset()) for moment in moments} == {
        (2026, timedelta(hours=1)),
        (2026, timedelta()),
    }
    assert moments[0].date() == FIRST_DAY
    assert moments[-1].date() == LAST_DAY < school.today


def test_ids_are_given_once_and_lead_to_somebody(school: SampleSchool) -> None:
    people = [
        *(entry.id for entry in school.classes),
        *(member.id for member in school.staff),
        *(pupil.id for pupil in school.pupils),
        *(guardian.id for guardian in school.guardians),
    ]
    items = [each.item.id for each in school.items]
    assert len(set(people)) == len(people)
    assert len(set(items)) == len(items)
    known = set(people)
    for each in school.items:
        named = {*each.item.tagged, *each.item.to, each.item.author.id, each.item.class_id} - {None}
        assert named <= known
    assert {tie.guardian for tie in school.ties} == {guardian.id for guardian in school.guardians}
    assert {tie.pupil for tie in school.ties} == {pupil.id for pupil in school.pupils}


def test_conversations_and_comments_hang_together(school: SampleSchool) -> None:
    items = {each.item.id: each for each in school.items}
    threads = {thread.id: thread for thread in school.threads}
    for each in school.items:
        if each.item.kind is Kind.COMMENT:
            assert each.thread is not None
            post = items[each.thread].item
            assert post.kind.is_post
            assert post.class_id == each.item.class_id
            assert post.sent_at is not None
            assert each.item.sent_at is not None
            assert post.sent_at < each.item.sent_at
        elif each.thread is not None:
            assert each.item.id in threads[each.thread].items
    for thread in school.threads:
        sent = [items[id_].item.sent_at for id_ in thread.items]
        assert sent == sorted(moment for moment in sent if moment is not None)


# ------------------------------------------------------------------------------------------------ nothing real


def test_telephone_numbers_are_those_kept_for_drama(school: SampleSchool) -> None:
    texts = [each.item.text for each in school.items] + [guardian.phone for guardian in school.guardians]
    texts.append(school.details.phone)
    numbers = re.findall(r"0\d{2,4}[ )]*\d[\d ]{5,}\d", "\n".join(texts))
    helplines = {"0800 1111", "0808 800 5000"}
    assert len(numbers) > 300
    for number in numbers:
        plain = number.replace(" ", "").replace(")", "")
        assert re.fullmatch(r"07700900\d{3}|01632960\d{3}", plain) or number in helplines, number


def test_addresses_are_invented(school: SampleSchool) -> None:
    texts = "\n".join(each.item.text for each in school.items)
    mails = re.findall(r"\S+@[\w.-]+", texts.replace("@marlbeck_littlies_swap", ""))
    mails += [guardian.email for guardian in school.guardians if guardian.email]
    mails += [member.email for member in school.staff] + [school.details.email]
    assert all(re.search(r"\.example[.]?$", mail) for mail in mails), mails
    assert all(mail.isascii() for mail in mails)
    postcodes = {pupil.postcode for pupil in school.pupils} | {guardian.postcode for guardian in school.guardians}
    assert all(re.fullmatch(r"HX[89] \d[A-Z]{2}", postcode) for postcode in postcodes)
    assert len({guardian.phone for guardian in school.guardians}) == len(school.guardians)
    with_mail = [guardian.email for guardian in school.guardians if guardian.email]
    assert len(set(with_mail)) == len(with_mail)


def test_pupil_numbers_are_sound_and_one_is_temporary(school: SampleSchool) -> None:
    readings = [read_upn(pupil.upn) for pupil in school.pupils]
    assert {reading.verdict for reading in readings} == {UpnVerdict.SOUND}
    assert len({pupil.upn for pupil in school.pupils}) == len(school.pupils)
    assert [pupil.first for pupil in school.pupils if is_temporary(pupil.upn)] == ["Taras"]


def test_children_are_of_the_age_of_their_class(school: SampleSchool) -> None:
    for pupil in school.pupils:
        place = ["N2", "R", "1", "2", "3", "4", "5", "6"].index(pupil.year)
        assert date(2022 - place, 9, 1) <= pupil.born <= date(2023 - place, 8, 31), pupil


# ------------------------------------------------------------------------------------------------ one of everything


def test_every_check_and_every_office_topic_occurs(school: SampleSchool) -> None:
    planted = expected(school).values()
    checks = Counter(check for each in planted for check in each)
    assert set(checks) == {check.value for check in CONTENT_CHECKS}
    assert min(checks.values()) >= 6
    assert {topic for each in planted for topic in each.get("office", [])} == OFFICE_TOPICS
    assert any(len(each) > 1 for each in planted)


def _expects(check: str) -> Callable[[SampleSchool], bool]:
    return lambda school: any(check in checks for checks in expected(school).values())


def _closed(*channels: str) -> Callable[[SampleSchool], bool]:
    def holds(school: SampleSchool) -> bool:
        closed = {thread.closing.channel for thread in school.threads if thread.closing}
        return set(channels) <= closed

    return holds


def _replies_of_every_sort(school: SampleSchool) -> bool:
    """Some within minutes, some next day, some late, some never."""
    clock = SchoolCalendar.of(register_of(register_json(school)).school)
    items = {each.item.id: each.item for each in school.items}
    taken: list[timedelta | None] = []
    for thread in school.threads:
        first, *rest = [items[id_] for id_ in thread.items]
        if first.author.role is not AuthorRole.PARENT or first.sent_at is None:
            continue
        answers = [item.sent_at for item in rest if item.author.role is AuthorRole.STAFF and item.sent_at]
        taken.append(clock.working_time(first.sent_at, answers[0]) if answers else None)
    said = [each for each in taken if each is not None]
    soon = any(each < timedelta(minutes=30) for each in said)
    next_day = any(timedelta(hours=3) < each <= clock.allowance() for each in said)
    late = sum(each > clock.allowance() for each in said)
    return soon and next_day and 3 <= late < len(said) / 4 and taken.count(None) > 10


CLAUSES: dict[str, Callable[[SampleSchool], bool]] = {
    "H1": lambda s: {each.item.kind for each in s.items} == set(Kind),
    "H2": lambda s: {guardian.language for guardian in s.guardians} >= LANGUAGES,
    "H4": lambda s: any(each.what == "processing" for each in s.acceptances),
    "H6": _expects("pupil-author"),
    "H7": lambda s: (
        {p.year for p in s.pupils if p.id in {code.pupil for code in s.codes}} == {p.year for p in s.pupils}
    ),
    "H8": _expects("points-removed"),
    "H9": lambda s: any(each.item.kind is Kind.CLASS_STORY and each.item.media for each in s.items),
    "H10": lambda s: any(each.item.kind is Kind.SCHOOL_STORY and each.item.media for each in s.items),
    "H11": lambda s: (
        {each.item.author.role for each in s.items if each.item.kind is Kind.PORTFOLIO}
        == {AuthorRole.STAFF, AuthorRole.PUPIL}
    ),
    "H12": lambda s: any(pupil.left for pupil in s.pupils),
    "T1": _expects("hours"),
    "T2": _expects("abuse"),
    "T3": _closed("telephone", "meeting", "office"),
    "T4": _closed("asked to phone"),
    "T5": _expects("office"),
    "T6": lambda s: len({each.item.class_id for each in s.items if each.item.kind is Kind.CLASS_STORY}) == 8,
    "T7": lambda s: any(Media.WORK in each.item.media for each in s.items),
    "T8": lambda s: _expects("surname")(s) and _expects("initial")(s),
    "T9": lambda s: any(
        e.item.author.role is AuthorRole.STAFF and dict(e.expect).get("personal") == () for e in s.items
    ),
    "T10": lambda s: _expects("sensitive")(s) and _expects("contact")(s),
    "T11": lambda s: any(pupil.in_care for pupil in s.pupils),
    "T12": _expects("no-permission"),
    "T13": lambda s: any(
        e.item.author.role is AuthorRole.STAFF and dict(e.expect).get("reshare") == () for e in s.items
    ),
    "T14": lambda s: any(each.what == "device" for each in s.acceptances),
    "P1": lambda s: any(each.what == "policy" and each.who.startswith("g") for each in s.acceptances),
    "P2": lambda s: any(link.state is LinkState.SUSPENDED for link in s.links),
    "P3": lambda s: any(code.used for code in s.codes) and any(code.revoked for code in s.codes),
    "P4": _expects("outsider"),
    "P5": _expects("hours"),
    "P6": _replies_of_every_sort,
    "P7": _expects("office"),
    "P8": lambda s: {decision.kind for decision in s.permissions} == set(MediaKind),
    "P9": _expects("reshare"),
    "P10": lambda s: any(e.item.author.role is AuthorRole.PARENT and "personal" in dict(e.expect) for e in s.items),
    "P11": lambda s: any(each.item.kind is Kind.POINTS and each.item.tagged for each in s.items),
    "P12": _expects("compare"),
    "P13": lambda s: (
        len(set(Counter(e.item.class_id for e in s.items if e.item.kind is Kind.CLASS_STORY).values())) > 1
    ),
    "M1": lambda s: len(s.year.terms) == 6,
    "M2": _expects("abuse"),
    "M3": lambda s: 10 < sum(1 for e in s.acceptances if e.what == "policy" and e.who.startswith("s")) < 20,
    "M4": lambda s: len(s.ways) >= 4,
    "K1": _expects("safeguarding"),
}


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_clause_that_content_or_records_can_show_occurs(clause: str, school: SampleSchool) -> None:
    assert CLAUSES[clause](school)


def test_permission_stands_in_every_way_it_can(school: SampleSchool) -> None:
    stands = standing(school.permissions, school.today)
    here = [pupil for pupil in school.pupils if pupil.on_roll(school.today)]
    states = {stands.get(pupil.id, {}).get("photograph", PermissionState.UNDECIDED) for pupil in here}
    assert states == set(PermissionState)
    assert any(decision.expires and decision.expires < school.today for decision in school.permissions)
    assert {decision.answer for decision in school.permissions} == set(Answer)
    given = sum(stands.get(pupil.id, {}).get("photograph") is PermissionState.GIVEN for pupil in here)
    assert 0.65 < given / len(here) < 0.85


def test_only_adults_with_responsibility_decide(school: SampleSchool) -> None:
    ties = {(tie.pupil, tie.guardian): tie for tie in school.ties}
    for decision in school.permissions:
        tie = ties[decision.pupil, decision.guardian]
        assert tie.responsibility is not False
        assert tie.contact == "open"
        assert decision.on <= school.today


def test_looked_after_children_of_both_kinds_are_there(school: SampleSchool) -> None:
    statuses = {note.status for note in school.care}
    assert {LegalStatus.CARE_ORDER, LegalStatus.SECTION_20, LegalStatus.UNKNOWN} <= statuses
    allowed = {pupil.care_permission for pupil in school.pupils if pupil.in_care}
    assert allowed == {True, False}
    assert {note.pupil for note in school.care} == {pupil.id for pupil in school.pupils if pupil.in_care}


def test_names_are_those_that_trip_programs_up(school: SampleSchool) -> None:
    here = [pupil for pupil in school.pupils if pupil.on_roll(school.today)]
    names = {pupil.full for pupil in here}
    assert {"Zoë O'Neill", "Siân Pryce", "Łukasz Wiśniewski", "Chloé Fontaine-Marsh", "Lily-Mae Corrigan"} <= names
    assert len(names) == len(here)
    called = Counter((pupil.class_id, pupil.called) for pupil in here)
    assert sum(count > 1 for count in called.values()) == 4
    assert {"Will", "Hope", "Grace", "Poppy", "Jack", "Robin", "May"} <= {pupil.called for pupil in here}
    assert any(pupil.preferred for pupil in here)


def test_families_are_as_families_are(school: SampleSchool) -> None:
    pupils = {pupil.id: pupil for pupil in school.pupils}
    guardians = {guardian.id: guardian for guardian in school.guardians}
    children = {guardian: [tie.pupil for tie in school.ties if tie.guardian == guardian] for guardian in guardians}
    assert sum(len(each) > 1 for each in children.values()) > 40
    apart = [
        tie
        for tie in school.ties
        if guardians[tie.guardian].address != pupils[tie.pupil].address
        and guardians[tie.guardian].last != pupils[tie.pupil].last
    ]
    assert len(apart) > 5
    barred = [tie for tie in school.ties if tie.contact == "barred"]
    assert {tie.guardian for tie in barred} == {barred[0].guardian}
    assert barred[0].order_date is not None
    assert max(Counter(tie.pupil for tie in school.ties).values()) == 3


def test_at_most_two_adults_are_linked_unless_a_leader_allowed_more(school: SampleSchool) -> None:
    linked = Counter(link.pupil for link in school.links if link.state is LinkState.LINKED)
    excepted = {link.pupil for link in school.links if link.exception_why}
    assert {pupil for pupil, count in linked.items() if count > 2} == excepted != set()
    assert all(link.review_on for link in school.links if link.exception_why)
    assert {link.state for link in school.links} == set(LinkState)
    barred = {(tie.pupil, tie.guardian) for tie in school.ties if tie.contact == "barred"}
    assert not barred & {(code.pupil, code.guardian) for code in school.codes}
    assert {request.outcome for request in school.requests} == {"waiting", "rejected"}
    assert any(request.guardian is None for request in school.requests)


def test_codes_have_the_shape_of_the_services_codes(school: SampleSchool) -> None:
    assert all(re.fullmatch(r"P[A-Z0-9]{6,8}", code.code) for code in school.codes)
    assert len({code.code for code in school.codes}) == len(school.codes)
    here = {pupil.id for pupil in school.pupils if pupil.on_roll(school.today)}
    assert {code.pupil for code in school.codes} <= here


# ------------------------------------------------------------------------------------------------ the texts


def _stock() -> list[str]:
    found: list[str] = []
    for file in (resources() / "demo").glob("*.toml"):
        for groups in tomllib.loads(file.read_text(encoding="utf-8")).values():
            for group in groups if isinstance(groups, list) else []:
                for text in [*group.get("texts", []), *group.get("turns", [])]:
                    found += [text] if isinstance(text, str) else text
    return found


def test_the_stock_holds_many_texts_and_none_twice() -> None:
    stock = [text for text in _stock() if len(text) > 25]
    assert len(stock) >= 900
    assert [text for text, count in Counter(stock).items() if count > 1] == []


def test_no_text_is_said_more_than_four_times_and_no_slot_is_left_open(school: SampleSchool) -> None:
    texts = Counter(each.item.text for each in school.items)
    assert max(texts.values()) <= 4
    assert len(texts) > 1100
    assert [text for text in texts if "{" in text or "}" in text] == []


def test_texts_name_whom_they_were_meant_to_name(school: SampleSchool) -> None:
    """A planted surname stands in the text, and no other text of staff holds a pupil's whole name."""
    pupils = {pupil.id: pupil for pupil in school.pupils if pupil.on_roll(school.today)}
    for each in school.items:
        if each.item.author.role is not AuthorRole.STAFF:
            continue
        planted = dict(each.expect).get("surname", ())
        letters = "".join(sign for sign in each.item.text.casefold() if sign.isalpha())
        for pupil in pupils.values():
            last = "".join(sign for sign in pupil.last.casefold() if sign.isalpha())
            first = "".join(sign for sign in pupil.called.casefold() if sign.isalpha())
            whole = f"{first}{last}" in letters or f"{last}{first}" in letters
            assert whole == (pupil.id in planted), (each.item.text, pupil.full)


def test_pictures_of_children_without_permission_are_only_where_planted(
    school: SampleSchool, register: Register
) -> None:
    """Worked out from tags alone: whoever is tagged, and seen by others than the own family, may be seen."""
    entries = {entry.id: entry for entry in register.pupils}
    kinds = {Media.PHOTO: "photograph", Media.VIDEO: "recording", Media.WORK: "work_sample"}
    own = {guardian.id: set(guardian.pupils) for guardian in register.guardians}
    for each in school.items:
        item = each.item
        if item.author.role is not AuthorRole.STAFF or item.kind is Kind.POINTS or not item.media:
            continue
        for pupil in item.tagged:
            entry = entries[pupil]
            private = bool(item.to) and all(pupil in own.get(person, set()) for person in item.to)
            allowed = all(entry.permissions[kinds[media]] is PermissionState.GIVEN for media in item.media)
            allowed = allowed and (entry.care_permission or not entry.in_care)
            fires = pupil in dict(each.expect).get("no-permission", ())
            assert fires == (not private and not allowed), item


def test_staff_keep_their_hours_except_where_planted(school: SampleSchool, register: Register) -> None:
    calendar = SchoolCalendar.of(register.school)
    minutes = set()
    for each in school.items:
        if each.item.kind in (Kind.MESSAGE, Kind.COMMENT) and each.item.author.role is AuthorRole.STAFF:
            assert each.item.sent_at is not None
            assert calendar.is_inside(each.item.sent_at) == ("hours" not in dict(each.expect))
            minutes.add(f"{each.item.sent_at:%H:%M}")
    assert {"08:00", "17:00", "17:01"} <= minutes


def test_adults_write_only_once_they_are_linked(school: SampleSchool) -> None:
    joined: dict[str, datetime] = {}
    for link in school.links:
        if link.state is LinkState.LINKED and link.decided_at:
            joined[link.guardian] = min(link.decided_at, joined.get(link.guardian, link.decided_at))
    for each in school.items:
        if each.item.author.role is AuthorRole.PARENT and "outsider" not in dict(each.expect):
            assert each.item.author.id is not None
            assert each.item.sent_at is not None
            assert joined[each.item.author.id] <= each.item.sent_at


def test_hard_negatives_stand_beside_what_they_resemble(school: SampleSchool) -> None:
    clean = "\n".join(each.item.text for each in school.items if not each.expect)
    for words in ("Jack and the Beanstalk", "01632 960140", "do not put them on Facebook", "Childline", "HX8 2QT"):
        assert words in clean


def test_a_leader_finds_a_reason_for_every_check(school: SampleSchool) -> None:
    assert {suggestion.check for suggestion in school.suggestions} == {check.value for check in CONTENT_CHECKS}
    assert {suggestion.verdict for suggestion in school.suggestions} == {"upheld", "false alarm", "advice given"}


# ------------------------------------------------------------------------------------------------ the files


def test_the_register_is_in_the_form_that_the_checks_read(school: SampleSchool, register: Register) -> None:
    assert len(register.pupils) == 210
    assert len(register.guardians) == len(school.guardians)
    assert {entry.id for entry in register.pupils} == {
        pupil.id for pupil in school.pupils if pupil.on_roll(school.today)
    }
    assert {guardian.link for guardian in register.guardians} == set(LinkState)


def test_the_class_list_names_those_on_roll_that_day(school: SampleSchool, tmp_path: Path) -> None:
    write_class_list(school, tmp_path / "first.csv")
    write_class_list(school, tmp_path / "now.csv", school.today)
    first, now = (
        {(row["CHILD_FIRST_NAME"], row["CHILD_LAST_NAME"]): row for row in _rows(tmp_path / name)}
        for name in ("first.csv", "now.csv")
    )
    assert len(now) == 210
    assert {name for name in first if name not in now} == {
        ("Leona", "Ingham"),
        ("Rowena", "Drummond"),
        ("Angus", "Drummond"),
    }
    assert {name[0] for name in now if name not in first} == {"Ireoluwa", "Taras", "Cosmo"}
    zoe = now["Zoë", "O'Neill"]
    assert (zoe["PARENT_1_NAME"], zoe["PARENT_2_NAME"]) == ("Sinéad O'Neill", "Declan O'Neill")
    assert all(row["PARENT_1_NAME"] for row in now.values())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_transfer_file_brings_the_new_starters_and_no_permission(school: SampleSchool, tmp_path: Path) -> None:
    write_ctf(school, tmp_path / "in.xml")
    text = (tmp_path / "in.xml").read_text(encoding="utf-8")
    assert [pupil.first for pupil in new_starters(school)] == ["Taras", "Ireoluwa", "Cosmo"]
    assert text.count("<Pupil>") == 3
    assert "<LEA>990</LEA>" in text
    assert text.count("<Contact>") == 6
    assert "ermission" not in text


def test_the_feed_holds_every_post_in_utc_and_two_to_be_skipped(school: SampleSchool, tmp_path: Path) -> None:
    write_story_feed(school, tmp_path / "feed.json")
    posts = json.loads((tmp_path / "feed.json").read_text(encoding="utf-8"))["_items"]
    stories = {each.item.id: each.item for each in school.items if each.item.kind.is_post}
    skipped = [post for post in posts if post["scheduled"] or post["senderName"] == "Mojo"]
    assert len(skipped) == SKIPPED_POSTS
    kept = {post["_id"]: post for post in posts if post not in skipped}
    assert set(kept) == set(stories)
    for id_, post in kept.items():
        item = stories[id_]
        assert item.sent_at is not None
        assert datetime.fromisoformat(post["time"]) == item.sent_at.astimezone(UTC)
        assert post["contents"]["body"] == item.text
        assert len(post["contents"]["attachments"]) == len(item.media)


def test_the_items_file_holds_the_rest_and_never_the_answers(school: SampleSchool, tmp_path: Path) -> None:
    write_items(school, tmp_path / "items.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) == sum(1 for each in school.items if not each.item.kind.is_post)
    assert not any("expect" in row for row in rows)
    assert {row["author"]["role"] for row in rows} == {"staff", "parent", "pupil", "unknown"}


def test_words_stand_in_place_of_ids_where_a_file_is_to_be_imported(school: SampleSchool, tmp_path: Path) -> None:
    words = references(school)
    assert set(words) == set(people_keys(school))
    by_kind = Counter((key.what, key.word) for key in people_keys(school).values())
    assert max(by_kind.values()) == 1
    write_items(school, tmp_path / "items.jsonl", words)
    text = (tmp_path / "items.jsonl").read_text(encoding="utf-8")
    assert not re.search(r'"[pgsc]\d+"', text)


def test_people_are_found_again_by_name_and_class_or_child(school: SampleSchool) -> None:
    keys = people_keys(school)
    found = Counter((key.what, key.name, key.place) for key in keys.values())
    assert max(found.values()) == 1
    zoe = next(pupil for pupil in school.pupils if pupil.first == "Zoë")
    assert (keys[zoe.id].name, keys[zoe.id].place) == ("Zoë O'Neill", "Swift")


def test_the_points_report_adds_up(school: SampleSchool, tmp_path: Path) -> None:
    write_points_report(school, tmp_path / "points.csv")
    assert (tmp_path / "points.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = _rows(tmp_path / "points.csv")
    assert len(rows) == 210
    for row in rows:
        worth = {heading: int(heading.rsplit("(", 1)[1][:-1]) for heading in row if "(" in heading}
        assert sum(int(row[heading] or 0) * weight for heading, weight in worth.items()) == int(row["Positive"])


def test_every_file_of_the_school_is_written_together(school: SampleSchool, tmp_path: Path) -> None:
    paths = write_files(school, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in paths.values()}
    assert all(path.stat().st_size > 1000 for path in paths.values())


def test_the_programs_own_intake_reads_every_file_without_a_complaint(school: SampleSchool, tmp_path: Path) -> None:
    paths = write_files(school, tmp_path)
    register = read_register([paths["register"]], today=school.today)
    transfer = read_register([paths["transfer"]], today=school.today)
    feed = read_feed([paths["feed"], paths["items"], paths["points"]], today=school.today)
    assert (len(register.pupils), len(transfer.pupils), len(feed.points)) == (210, 3, 210)
    assert len(feed.items) == len(school.items)
    assert register.rejected == transfer.rejected == feed.rejected == ()
    assert {remark.field for remark in register.warnings} <= {"guardian 1 language", "guardian 2 language"}
    assert transfer.warnings == feed.warnings == ()
    assert sum(skipped.count for skipped in feed.skipped) == SKIPPED_POSTS
    pupils = {pupil.upn: pupil for pupil in school.pupils}
    for read in register.pupils:
        assert read.upn is not None
        told = pupils[read.upn]
        assert (read.first, read.last, read.preferred, read.born) == (told.first, told.last, told.preferred, told.born)
        assert len(read.guardians) == sum(tie.pupil == told.id for tie in school.ties)
