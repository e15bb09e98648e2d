"""Whatever the bytes, reading gives a reading or a sentence, and counts that add up."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.enrolment import KnownRegister, plan_register
from app.domain.problems import Problem
from app.intake.read import FEED_FORMATS, REGISTER_FORMATS, read_feed, read_register
from tests.intake.files import TODAY

BOUNDED = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
STARTS = st.sampled_from(
    [
        *(
            b"",
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"\xff\xfe",
            b"\xfe\xff",
            b"\xef\xbb\xbf",
            b"<",
            b"{",
        ),
        *(
            b"<",
            b"{",
            b'{"_items":[',
            b"[",
            b"<CTfile>",
            b"<?xml version='1.0'?>",
            b"From: a\nTo: b\n\n",
            b"sep=;\n",
            b'"',
        ),
        *(b"First name,Last name,Date of birth\n", b"sourcedId,role,givenName,familyName\n", b"From,Message\n"),
        *(b"Student,Kind (1),Positive\n", b'{"id":"a","kind":"message"'),
    ]
)
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["Ella", "Marsh", "11/02/2019", "2019-02-11", "R201100018042", "n/a", '"', "=1+1", "07700900001"]),
)
HEADINGS = st.sampled_from(
    [
        *(
            "First name",
            "Last name",
            "Date of birth",
            "DOB",
            "UPN",
            "Class",
            "Year",
            "Postcode",
            "Name",
            "Looked after",
        ),
        *(
            "Parent 1 name",
            "Parent 1 email",
            "Parent 1 phone",
            "Parent 2 name",
            "Email",
            "Gender",
            "Address",
            "Notes",
            "",
        ),
    ]
)


def attempt(data: bytes, name: str = "file.dat", fmt: str | None = None) -> None:
    """Read some bytes both ways. Nothing but a Problem may come of it, and every count must add up."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try_register(path, fmt if fmt in REGISTER_FORMATS else None)
        try_feed(path, fmt if fmt in FEED_FORMATS else None)


def try_register(path: Path, fmt: str | None) -> None:
    try:
        register = read_register([path], fmt, today=TODAY)
    except Problem:
        return
    assert len(register.pupils) + len(register.rejected) + len(register.proposals) == register.rows
    plan = plan_register(register, KnownRegister())
    assert len(plan.pupils) + len(plan.duplicates) + len(plan.rejected) + plan.marked_gone == plan.rows


def try_feed(path: Path, fmt: str | None) -> None:
    try:
        feed = read_feed([path], fmt, today=TODAY)
    except Problem:
        return
    skipped = sum(each.count for each in feed.skipped)
    assert len(feed.items) + len(feed.points) + len(feed.rejected) + skipped == feed.rows


@BOUNDED
@given(STARTS, st.binary(max_size=400), st.sampled_from([None, *REGISTER_FORMATS, *FEED_FORMATS]))
def test_random_bytes(start: bytes, rest: bytes, fmt: str | None) -> None:
    attempt(start + rest, fmt=fmt)


@BOUNDED
@given(STARTS, st.text(max_size=300))
def test_random_text(start: bytes, rest: str) -> None:
    attempt(start + rest.encode("utf-8", "surrogatepass"))


@BOUNDED
@given(st.lists(HEADINGS, min_size=2, max_size=9), st.lists(st.lists(CELLS, max_size=10), max_size=12))
def test_random_class_lists(headings: list[str], rows: list[list[str]]) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([headings, *rows])
    attempt(buffer.getvalue().encode("utf-8", "surrogatepass"), "list.csv")


@BOUNDED
@given(st.lists(st.lists(st.sampled_from(['"', ",", "\n", "\r", "a", ";", "\t", " "]), max_size=30), max_size=5))
def test_random_punctuation(pieces: list[list[str]]) -> None:
    attempt(("First name,Last name,DOB,Class,UPN\n" + "\n".join("".join(piece) for piece in pieces)).encode())


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                [
                    *(
                        "_items",
                        "_id",
                        "time",
                        "targetType",
                        "targetId",
                        "senderName",
                        "contents",
                        "body",
                        "attachments",
                    ),
                    *(
                        "type",
                        "metadata",
                        "filename",
                        "id",
                        "kind",
                        "author",
                        "role",
                        "text",
                        "media",
                        "value",
                        "sent_at",
                    ),
                ]
            ),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=20,
)


@BOUNDED
@given(JSON, st.booleans())
def test_random_json(said: object, wrap: bool) -> None:
    attempt(json.dumps({"_items": [said]} if wrap else said).encode())


@BOUNDED
@given(st.lists(st.lists(CELLS, max_size=6), max_size=6), st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_random_bundles(users: list[list[str]], enrolments: list[list[str]]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, heading, rows in (
            ("users.csv", ["sourcedId", "status", "role", "givenName", "familyName", "agentSourcedIds"], users),
            ("enrollments.csv", ["sourcedId", "status", "classSourcedId", "userSourcedId", "role"], enrolments),
        ):
            table = io.StringIO(newline="")
            csv.writer(table).writerows([heading, *rows])
            archive.writestr(name, table.getvalue().encode("utf-8", "surrogatepass"))
    attempt(buffer.getvalue(), "bundle.zip")


@BOUNDED
@given(st.integers(0, 400), st.integers(0, 255))
def test_a_damaged_workbook(place: int, byte: int) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.worksheets[0].append(["First name", "Last name", "DOB"])
    book.worksheets[0].append(["Ella", "Marsh", "11/02/2019"])
    buffer = io.BytesIO()
    book.save(buffer)
    data = bytearray(buffer.getvalue())
    data[len(data) * place // 401] = byte
    attempt(bytes(data), "book.xlsx")


@BOUNDED
@given(st.binary(max_size=300), st.integers(0, 300))
def test_a_damaged_transfer_file(piece: bytes, place: int) -> None:
    whole = (
        b"<CTfile><Header><CTFversion>25.0</CTFversion></Header><CTFpupilData><Pupil><UPN>R201100018042</UPN>"
        b"<Surname>Marsh</Surname><Forename>Ella</Forename><DOB>2019-02-11</DOB></Pupil></CTFpupilData></CTfile>"
    )
    attempt(whole[:place] + piece + whole[place:], "transfer.xml")


@pytest.mark.parametrize("size", [20_000])
def test_a_very_long_cell_or_line_is_no_fault(size: int) -> None:
    attempt(b"First name,Last name,DOB\n" + b"a" * size * 10 + b",Marsh,11/02/2019\n")
    attempt(b"First name,Last name,DOB\n" + b"," * size + b"\n")
    attempt(b"a" * size * 20)
