"""Story pages, points reports, tables of messages and items, as people save and edit them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.domain.content import AuthorRole, Kind, Media
from app.domain.incoming import FeedReading, SkillPoints
from app.domain.problems import Unreadable
from app.intake.read import read_feed
from tests.intake.files import TODAY, told, written


def read(folder: Path, name: str, content: str | bytes, **options: Any) -> FeedReading:
    return read_feed([written(folder, name, content)], today=TODAY, **options)


def post(**said: Any) -> dict[str, Any]:
    plain = {
        "_id": "p1",
        "time": "2026-12-01T15:30:00.000Z",
        "targetId": "c1",
        "targetType": "class",
        "senderId": "t1",
        "senderName": "Mrs Holt",
        "headerSubtext": "Willow",
        "contents": {"body": "What a day", "attachments": []},
    }
    return plain | said


def page(*posts: object) -> str:
    return json.dumps({"_items": posts, "_links": {"prev": {"href": "https://x.example/?before=1"}}})


def test_kinds_of_targets_attachments_and_winter_time(tmp_path: Path) -> None:
    attachments = [
        {"_id": "a1", "type": "photo", "path": "https://x.example/1", "metadata": {"filename": "1.jpg"}},
        {"_id": "a2", "type": "video"},
        {"_id": "a3", "type": "file", "metadata": {"filename": "sums.pdf", "mimetype": "application/pdf"}},
        {"_id": "a4", "type": "file", "metadata": {"mimetype": "image/png"}},
        {"_id": "a5", "type": "audio"},
        "broken",
    ]
    found = read(
        tmp_path,
        "feed.json",
        page(
            post(_id="1", contents={"body": "", "attachments": attachments}),
            post(_id="2", targetType="school", headerSubtext="Oakfield Primary"),
            post(_id="3", targetType="student", targetId="pupil9"),
            post(_id="4", targetType="planet"),
            post(_id="5", senderType="parent"),
        ),
    )
    first, school, portfolio, parent = found.items
    assert first.media == (Media.PHOTO, Media.VIDEO, Media.WORK)
    assert [each.media for each in first.attachments] == [
        Media.PHOTO, Media.VIDEO, Media.WORK, Media.PHOTO, Media.VIDEO,
    ]  # fmt: skip
    assert (school.kind, school.class_name, school.class_id) == (Kind.SCHOOL_STORY, None, None)
    assert (portfolio.kind, portfolio.tagged) == (Kind.PORTFOLIO, ("pupil9",))
    assert parent.author_role is AuthorRole.PARENT
    assert first.sent_at == datetime(2026, 12, 1, 15, 30, tzinfo=UTC)
    assert told(found.rejected) == [(4, "targetType")]
    assert told(found.warnings) == [(1, "attachments")]
    assert "x.example" not in repr(found)


def test_posts_that_are_not_out_and_the_services_own_are_skipped_and_counted(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "feed.json",
        page(
            post(pending=True),
            post(pending=True),
            post(scheduled=True),
            post(senderName="Mojo"),
            post(senderName=None, headerText="ClassDojo"),
            post(_id="kept"),
        ),
    )
    assert [item.source_id for item in found.items] == ["kept"]
    assert sorted(each.count for each in found.skipped) == [1, 2, 2]
    assert found.rows == len(found.items) + sum(each.count for each in found.skipped)


def test_the_same_post_on_two_pages_counts_once(tmp_path: Path) -> None:
    one = written(tmp_path, "1.json", page(post(_id="a"), post(_id="b")))
    two = written(tmp_path, "2.json", json.dumps([post(_id="b"), post(_id="c")]))
    found = read_feed([one, two], today=TODAY)
    assert [item.source_id for item in found.items] == ["a", "b", "c"]
    assert [(each.file, each.count) for each in found.skipped] == [("2.json", 1)]
    assert (found.format, found.files, found.rows) == ("story", ("1.json", "2.json"), 4)


def test_posts_with_pieces_missing_or_of_the_wrong_sort(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "feed.json",
        page(
            3,
            None,
            post(time=None, _id=None),
            post(time="never", contents=[], senderName=7, _id="x"),
            post(contents={"body": 5, "attachments": {}}, pending="no", _id="y"),
        ),
    )
    assert [remark.row for remark in found.rejected] == [1, 2]
    assert [item.sent_at is None for item in found.items] == [True, True, False]
    assert {remark.field for remark in found.warnings} == {"time", "_id", "body"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"a": 1}', "neither a saved story feed nor a list of items"),
        ("[1, 2]", "neither a saved story feed"),
        ('{"_items": [', "not whole JSON"),
        ("[" * 200_000, "not whole JSON"),
        ('{"kind": "message"}', "holds no item that can be read"),
        ("Lunch,Price\nPie,2\n", "neither messages nor a points report"),
    ],
)
def test_what_is_no_feed_is_refused(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(tmp_path, "feed.json", content)


def test_an_empty_page_is_told(tmp_path: Path) -> None:
    assert [remark.reason for remark in read(tmp_path, "f.json", page()).warnings] == ["The saved page holds no posts."]


def test_points_in_any_language_separator_and_state(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "points.csv",
        "\ufeffÉlève\tu1\t\tEntraide (1)\tTravail (2)\tBavardage (-1)\tPositif\tÀ améliorer\tTotal\tu7\r\n"
        "Ella Marsh\t\t\t3\t1\t1\t5\t1\t4\t\r\nOscar Khan\t\t\t3\t\t\t4\t0\t3\t\r\n"
        "\t\t\t1\t\t\t1\t0\t1\t\r\nMaya Day\t\t\tmany\t\t\t1\t0\t1\t\r\nTotal\t\t\t6\t1\t1\t9\t1\t8\t\r\n",
    )
    ella, oscar = found.points
    assert ella.skills == (SkillPoints("Entraide", 1, 3), SkillPoints("Travail", 2, 1), SkillPoints("Bavardage", -1, 1))
    assert (ella.positive, ella.needs_work, ella.total) == (5, 1, 4)
    assert told(found.rejected) == [(4, "pupil"), (5, "Entraide")]
    assert told(found.warnings) == [(3, "positive"), (3, "total")]
    assert (found.rows, oscar.pupil) == (4, "Oscar Khan")


def test_points_without_skills_and_with_a_forced_format(tmp_path: Path) -> None:
    known = read(tmp_path, "p.csv", "Student,Positive,Needs work,Total\nElla Marsh,5,1,4\n")
    assert [(row.positive, row.needs_work, row.total, row.removed) for row in known.points] == [(5, 1, 4, 1)]
    with pytest.raises(Unreadable, match="no columns of points"):
        read(tmp_path, "q.csv", "Student,Colour\nElla Marsh,red\n", fmt="points")


def test_messages_by_heading(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "m.csv",
        "From,To,Date,Time,Message,Class,Role,Type,Attachments\n"
        'Mrs Holt,"Joanne Marsh, Dean Kay",06/10/2026,14:10,"Hello, all well",Willow,Teacher,,photo1.jpg\n'
        "Joanne Marsh,Mrs Holt; Mr Dunn,2026-10-06T20:15:00Z,,Thanks,Willow,Parent,Comment,\n"
        ',"Marsh, Joanne",07/10/2026,,No sender,,,,\n'
        "X,,notadate,,Text,,wizard,parcel,\n"
        "X,,,,,,,,\n",
    )
    first, second, third, fourth = found.items
    assert (first.kind, first.to, first.class_name, first.media) == (
        Kind.MESSAGE, ("Joanne Marsh", "Dean Kay"), "Willow", (Media.PHOTO,),
    )  # fmt: skip
    assert first.author_role is AuthorRole.STAFF
    assert first.sent_at == datetime(2026, 10, 6, 13, 10, tzinfo=UTC)
    assert (second.kind, second.to, second.author_role) == (Kind.COMMENT, ("Mrs Holt", "Mr Dunn"), AuthorRole.PARENT)
    assert second.sent_at == datetime(2026, 10, 6, 20, 15, tzinfo=UTC)
    assert (third.author_name, third.to) == (None, ("Marsh, Joanne"[0:13],))
    assert third.sent_at == datetime(2026, 10, 7, 11, 0, tzinfo=UTC)
    assert (fourth.sent_at, fourth.author_role, fourth.kind) == (None, AuthorRole.UNKNOWN, Kind.MESSAGE)
    assert told(found.rejected) == [(6, "text")]
    assert told(found.warnings) == [(4, "sent"), (4, "from"), (5, "kind"), (5, "role"), (5, "sent")]


def test_messages_by_map_and_with_text_kept_as_written(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "m.csv",
        'wer;was;wann\nMrs Holt;"  =SUM(A1)\nsecond line, with ""marks""  ";6/10/2026 14:10\n',
        mapping={"from": "wer", "text": "was", "sent": "wann"},
    )
    assert found.items[0].text == '=SUM(A1)\nsecond line, with "marks"'
    assert {guess.because for guess in found.columns} == {"map file"}
    with pytest.raises(Unreadable, match='a column "Text"'):
        read(tmp_path, "m.csv", "wer;was\nA;B\n", mapping={"from": "wer", "text": "Text"})
    with pytest.raises(Unreadable, match="no column with the messages' text"):
        read(tmp_path, "m.csv", "wer;was\nA;B\n", mapping={"from": "wer", "sent": "was"})


def test_items_line_by_line(tmp_path: Path) -> None:
    good: dict[str, Any] = {
        "id": "i1", "kind": "message", "class": None, "author": {"role": "parent", "id": "g1"},
        "sent_at": "2026-10-06T14:10:00", "text": "hello", "media": [], "tagged": [], "to": ["s1"], "value": None,
        "expect": {"abuse": []},
    }  # fmt: skip
    award = good | {"id": "i2", "kind": "points", "value": -2, "class": "c1", "sent_at": None}
    found = read(
        tmp_path, "i.jsonl", "\n".join([json.dumps(good), "", "{broken", json.dumps(award), '{"id": 3}']) + "\r\n"
    )
    message, points = found.items
    assert (found.format, found.rows) == ("items", 4)
    assert (message.source_id, message.to, message.author_id) == ("i1", ("s1",), "g1")
    assert message.sent_at == datetime(2026, 10, 6, 13, 10, tzinfo=UTC)
    assert (points.kind, points.value, points.class_id, points.sent_at) == (Kind.POINTS, -2.0, "c1", None)
    assert [remark.row for remark in found.rejected] == [3, 5]


def test_one_item_alone_is_a_list_of_items(tmp_path: Path) -> None:
    line = '{"id":"i","kind":"comment","author":{"role":"unknown","id":null},"sent_at":null,"text":"x"}'
    assert read(tmp_path, "i.json", line).format == "items"


def test_several_kinds_of_files_at_once(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "a.json", page(post())),
        written(tmp_path, "b.csv", "From,Message\nMrs Holt,Hello\n"),
        written(tmp_path, "c.csv", "Student,Kind (1),Positive\nElla Marsh,2,2\n"),
    ]
    found = read_feed(paths, today=TODAY)
    assert (found.format, found.rows, len(found.items), len(found.points)) == ("story+messages+points", 3, 2, 1)


def test_formats_can_be_named(tmp_path: Path) -> None:
    assert read(tmp_path, "b.csv", "From,Message\nMrs Holt,Hello\n", fmt="csv").format == "messages"
    with pytest.raises(Unreadable, match="is not an e-mail"):
        read(tmp_path, "b.csv", "From,Message\nMrs Holt,Hello\n", fmt="eml")
    with pytest.raises(Unreadable, match='"pdf" is no format'):
        read(tmp_path, "b.csv", "x", fmt="pdf")
