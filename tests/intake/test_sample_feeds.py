"""The feed files among the samples: a story page and two points reports, and the labelled items."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.domain.content import AuthorRole, Kind, Media
from app.domain.incoming import SkillPoints
from app.domain.problems import Unreadable
from app.intake.read import read_feed, read_register
from tests.intake.files import TODAY
from tests.shared import shared


def test_story_feed_keeps_one_post_and_counts_the_two_it_skips() -> None:
    found = read_feed([shared("samples", "classdojo", "story_feed.json")], today=TODAY)
    assert (found.format, found.rows, found.rejected, found.warnings) == ("story", 3, (), ())
    assert [(each.reason, each.count) for each in found.skipped] == [
        ("It is scheduled and not out yet.", 1),
        ("It is the service's own post (Mojo).", 1),
    ]
    (post,) = found.items
    assert (post.kind, post.class_name, post.author_name) == (Kind.CLASS_STORY, "Year 3 Rowan", "Miss Example")
    assert post.author_role is AuthorRole.STAFF
    assert post.sent_at == datetime(2026, 9, 18, 13, 41, 7, 259000, tzinfo=UTC)
    assert post.sent_at is not None
    assert post.sent_at.hour == 14
    assert post.source_id == "68cbf0a1d2c3b4a5968778a1"
    assert post.media == (Media.PHOTO,)
    assert [(each.name, each.mime, each.source_id) for each in post.attachments] == [
        ("a.jpg", "image/jpeg", "68cbf0a1d2c3b4a5968778b1")
    ]
    assert "media.example" not in repr(post)


def test_points_report_with_padding_and_weights() -> None:
    found = read_feed([shared("samples", "classdojo", "points_en.csv")], today=TODAY)
    assert (found.format, found.rows, found.rejected, found.warnings) == ("points", 2, (), ())
    ella, oscar = found.points
    assert ella.pupil == "Ella Marsh"
    assert ella.skills == (
        SkillPoints("Ready to learn", 1, 7),
        SkillPoints("Respectful", 2, 4),
        SkillPoints("Off task", -1, 1),
    )
    assert (ella.positive, ella.needs_work, ella.total, ella.removed) == (15, 1, 14, 1)
    assert (oscar.skills, oscar.positive, oscar.needs_work, oscar.total, oscar.removed) == ((), 0, 0, 0, 0)


def test_points_report_in_another_language_and_with_semicolons() -> None:
    found = read_feed([shared("samples", "classdojo", "points_es_semicolon.csv")], today=TODAY)
    (ella,) = found.points
    assert (ella.skills, ella.positive, ella.needs_work, ella.total) == (
        (SkillPoints("Ayudar", 1, 3), SkillPoints("Respeto", 1, 2)), 5, 0, None,
    )  # fmt: skip
    assert found.warnings == ()


def test_labelled_items_read_line_for_line() -> None:
    path = shared("corpus", "dev.jsonl")
    found = read_feed([path], today=TODAY)
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert (found.format, found.rows, len(found.items), found.rejected) == ("items", len(lines), len(lines), ())
    assert all(item.sent_at is None or item.sent_at.tzinfo is not None for item in found.items)


@pytest.mark.parametrize("name", ["story_feed.json", "points_en.csv", "points_es_semicolon.csv"])
def test_a_feed_is_no_register_and_the_person_is_told_where_it_belongs(name: str) -> None:
    with pytest.raises(Unreadable, match=r"not a register\. Bring it in with the feed"):
        read_register([shared("samples", "classdojo", name)], today=TODAY)


@pytest.mark.parametrize("name", ["valid.csv", "review_one.csv", "class-list-import-template.xlsx"])
def test_a_register_is_no_feed(name: str) -> None:
    with pytest.raises(Unreadable, match="is a register, not a feed"):
        read_feed([shared("samples", "class-lists", name)], today=TODAY)


def test_a_transfer_file_and_a_bundle_are_no_feed() -> None:
    for parts in (("ctf", "3729901_CTF_3722038_001.xml"), ("oneroster-1p1",)):
        with pytest.raises(Unreadable, match="holds no feed"):
            read_feed([shared("samples", *parts)], today=TODAY)
