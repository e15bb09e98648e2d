"""What the messaging service would give: the story feed as saved JSON, and the rest as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from app.domain.content import Item, Kind, Media
from app.sample.shapes import SampleItem, SampleSchool

_ATTACHED = {
    Media.PHOTO: ("photo", "jpg", "image/jpeg"),
    Media.VIDEO: ("video", "mp4", "video/mp4"),
    Media.WORK: ("file", "pdf", "application/pdf"),
}
SKIPPED_POSTS = 2
"""Posts in the feed that an import leaves out: one that is scheduled, one of the service's own."""


def write_story_feed(school: SampleSchool, path: Path) -> None:
    """Every class story and school story, newest first, with times in UTC as the service saves them."""
    rng = Random(f"{school.seed}/feed")
    ids = {id_: f"{rng.getrandbits(96):024x}" for id_ in _senders(school)}
    answers = _answers(school)
    posts = [
        _post(school, each.item, ids, answers.get(each.item.id, 0), rng)
        for each in reversed(school.items)
        if each.item.kind.is_post
    ]
    feed = {
        "_items": [_scheduled(school, ids, rng), *posts[:3], _advertisement(school, rng), *posts[3:]],
        "_links": {"prev": {"href": "https://home.example/api/storyFeed?before=2026-09-07T07:00:00.000Z"}},
        "_metadata": {"postsExist": False},
    }
    path.write_text(json.dumps(feed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _senders(school: SampleSchool) -> list[str]:
    return [*(entry.id for entry in school.classes), *(member.id for member in school.staff), "school"]


def _answers(school: SampleSchool) -> dict[str, int]:
    counted: dict[str, int] = {}
    for each in school.items:
        if each.item.kind is Kind.COMMENT and each.thread is not None:
            counted[each.thread] = counted.get(each.thread, 0) + 1
    return counted


def _post(school: SampleSchool, item: Item, ids: Mapping[str, str], comments: int, rng: Random) -> dict[str, Any]:
    assert item.sent_at is not None
    assert item.author.id is not None
    name = next(member.name for member in school.staff if member.id == item.author.id)
    entry = next((entry for entry in school.classes if entry.id == item.class_id), None)
    return {
        "_id": item.id,
        "time": _utc(item.sent_at),
        "targetId": ids[item.class_id or "school"],
        "targetType": "class" if entry else "school",
        "senderId": ids[item.author.id],
        "senderName": name,
        "headerText": name,
        "headerSubtext": entry.heading if entry else school.details.name,
        "private": False,
        "pending": False,
        "scheduled": False,
        "type": "textAndAttachment",
        "likeCount": rng.randrange(2, 24),
        "commentCount": comments,
        "contents": {
            "body": item.text,
            "sentLanguage": "en",
            "translation": None,
            "attachments": [_attachment(media, rng) for media in item.media],
        },
    }


def _utc(moment: datetime) -> str:
    there = moment.astimezone(UTC)
    return f"{there:%Y-%m-%dT%H:%M:%S}.000Z"


def _attachment(media: Media, rng: Random) -> dict[str, Any]:
    kind, ending, mime = _ATTACHED[media]
    id_ = f"{rng.getrandbits(96):024x}"
    return {
        "_id": id_,
        "type": kind,
        "path": f"https://media.example/{id_}.{ending}",
        "metadata": {"filename": f"{kind}-{id_[:6]}.{ending}", "mimetype": mime},
    }


def _scheduled(school: SampleSchool, ids: Mapping[str, str], rng: Random) -> dict[str, Any]:
    later = datetime(school.today.year, 12, 1, 8, 30, tzinfo=UTC) + timedelta(days=school.seed % 3)
    head = next(member for member in school.staff if member.role == "headteacher")
    return _plain(rng, later, ids["school"], ids[head.id], head.name, school.details.name, scheduled=True) | {
        "contents": {"body": "Christmas jumper day is on Friday 11 December.", "attachments": []}
    }


def _advertisement(school: SampleSchool, rng: Random) -> dict[str, Any]:
    sent = datetime(school.today.year, 11, 19, 6, 0, tzinfo=UTC)
    return _plain(rng, sent, f"{rng.getrandbits(96):024x}", "0", "Mojo", "ClassDojo") | {
        "contents": {"body": "Have you seen the new islands?", "attachments": []}
    }


def _plain(
    rng: Random, sent: datetime, target: str, sender: str, name: str, heading: str, scheduled: bool = False
) -> dict[str, Any]:
    return {
        "_id": f"{rng.getrandbits(96):024x}",
        "time": _utc(sent),
        "targetId": target,
        "targetType": "school",
        "senderId": sender,
        "senderName": name,
        "headerText": name,
        "headerSubtext": heading,
        "private": False,
        "pending": False,
        "scheduled": scheduled,
        "type": "textAndAttachment",
        "likeCount": 0,
        "commentCount": 0,
    }


def item_json(each: SampleItem, words: Mapping[str, str] | None = None) -> dict[str, Any]:
    """One item as a JSON object: the format of the content checks, and the conversation it belongs to.

    `words` puts another word in place of an id. What was planted in it is never included.
    """

    def said(id_: str) -> str:
        return words.get(id_, id_) if words else id_

    item = each.item
    return {
        "id": item.id,
        "kind": item.kind.value,
        "class": said(item.class_id) if item.class_id else None,
        "author": {"role": item.author.role.value, "id": said(item.author.id) if item.author.id else None},
        "sent_at": item.sent_at.isoformat() if item.sent_at else None,
        "text": item.text,
        "media": [media.value for media in item.media],
        "tagged": [said(pupil) for pupil in item.tagged],
        "to": [said(person) for person in item.to],
        "value": item.value,
        "thread": each.thread,
    }


def write_items(
    school: SampleSchool, path: Path, words: Mapping[str, str] | None = None, *, posts: bool = False
) -> None:
    """Comments, messages, portfolio entries and points as JSON lines, oldest first; the posts too where asked.

    People stand by the register's ids; `references(school)` as `words` puts UPNs, e-mail addresses and names instead,
    which an import can find without ids.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for each in school.items:
            if posts or not each.item.kind.is_post:
                file.write(json.dumps(item_json(each, words), ensure_ascii=False) + "\n")
