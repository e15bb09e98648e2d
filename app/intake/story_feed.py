"""The messaging service's story feed, saved as JSON pages.

Times are UTC and become the school's. Posts that are not out yet, and the service's own advertising, are skipped and
counted. Links to pictures expire, so only names and identifiers are kept. Only staff post stories; where the file says
otherwise, that is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.content import AuthorRole, Kind, Media
from app.domain.incoming import IncomingAttachment, IncomingItem
from app.domain.problems import Unreadable
from app.domain.ticket import Ticket
from app.intake.dates import read_moment
from app.intake.feed_gathering import FeedGathering
from app.intake.values import tidy

PENDING = "It is waiting for approval and nobody has seen it."
SCHEDULED = "It is scheduled and not out yet."
MOJO = "It is the service's own post (Mojo)."
_NOT_OURS = frozenset({"mojo", "classdojo"})
_KINDS = {"class": Kind.CLASS_STORY, "school": Kind.SCHOOL_STORY, "student": Kind.PORTFOLIO}
_ROLES = {
    "teacher": AuthorRole.STAFF,
    "staff": AuthorRole.STAFF,
    "school": AuthorRole.STAFF,
    "schoolleader": AuthorRole.STAFF,
    "parent": AuthorRole.PARENT,
    "student": AuthorRole.PUPIL,
}
_LONGEST_ID = 120
_TICK = 200
_MOST_PAGES = 10_000


def is_story_feed(said: object) -> bool:
    """Whether decoded JSON is a page of the feed, a list of pages, or a list of posts."""
    if isinstance(said, dict):
        return isinstance(said.get("_items"), list)
    if isinstance(said, list) and said:
        return all(
            isinstance(each, dict) and ("_items" in each or "senderName" in each or "contents" in each) for each in said
        )
    return False


def parse_json(file: str, text: str) -> object:
    """Decode JSON. Raises Unreadable where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        line = f" at line {fault.lineno}" if isinstance(fault, json.JSONDecodeError) else ""
        raise Unreadable(
            f"{file} is not whole JSON: it breaks off or is damaged{line}. Save the page again."
        ) from fault


def read_story_feed(
    file: str, said: object, zone: ZoneInfo, today: date, ticket: Ticket | None = None
) -> FeedGathering:
    """Read the posts of a saved feed. A post that is no object, or has no time, is rejected or warned about."""
    if not is_story_feed(said):
        raise Unreadable(f"{file} is JSON, but not a saved story feed. Save the feed's page again.")
    gathering = FeedGathering("story", file)
    for number, post in enumerate(_posts(said), start=1):
        if ticket is not None and number % _TICK == 1:
            ticket.tick(number - 1, None, file)
        gathering.rows += 1
        _read_post(number, post, zone, today, gathering)
    if gathering.rows == 0:
        gathering.warn(None, None, "The saved page holds no posts.")
    return gathering


def _posts(said: object) -> Iterator[Any]:
    if isinstance(said, dict):
        yield from said["_items"]
    elif isinstance(said, list):
        for each in said[:_MOST_PAGES]:
            inner = each.get("_items")
            if isinstance(inner, list):
                yield from inner
            else:
                yield each


def _read_post(number: int, post: Any, zone: ZoneInfo, today: date, gathering: FeedGathering) -> None:
    if not isinstance(post, dict):
        gathering.reject(number, None, "This is not a post.")
        return
    sender = tidy(_text(post, "senderName") or _text(post, "headerText"))
    if sender.casefold() in _NOT_OURS:
        gathering.skip(MOJO)
    elif post.get("pending") is True:
        gathering.skip(PENDING)
    elif post.get("scheduled") is True:
        gathering.skip(SCHEDULED)
    else:
        _keep_post(number, post, sender, zone, today, gathering)


def _keep_post(
    number: int, post: dict[str, Any], sender: str, zone: ZoneInfo, today: date, gathering: FeedGathering
) -> None:
    target = _text(post, "targetType").casefold()
    kind = _KINDS.get(target)
    if kind is None:
        gathering.reject(
            number, "targetType", f'The post is for "{target[:40]}", which is neither a class nor the school.'
        )
        return
    contents = post.get("contents")
    contents = contents if isinstance(contents, dict) else {}
    text = _text(contents, "body")
    attachments = tuple(_attachments(contents, number, gathering))
    if not text.strip() and not attachments:
        gathering.warn(number, "body", "The post has neither text nor pictures. It was kept empty.")
    moment = read_moment(_text(post, "time"), zone, today)
    if moment.moment is None:
        gathering.warn(number, "time", "The post has no readable time. It was kept without one.")
    identifier = _text(post, "_id")
    if not identifier:
        gathering.warn(number, "_id", "The post has no identifier, so it cannot be recognised if it comes again.")
    gathering.items.append(
        IncomingItem(
            file=gathering.file,
            row=number,
            kind=kind,
            text=text,
            source_id=identifier[:_LONGEST_ID] or None,
            class_name=tidy(_text(post, "headerSubtext")) or None if kind is Kind.CLASS_STORY else None,
            class_id=_text(post, "targetId") or None if kind is Kind.CLASS_STORY else None,
            author_role=_ROLES.get(_text(post, "senderType").casefold(), AuthorRole.STAFF),
            author_name=sender or None,
            author_id=_text(post, "senderId") or None,
            sent_at=moment.moment,
            media=tuple(dict.fromkeys(attachment.media for attachment in attachments)),
            attachments=attachments,
            tagged=(_text(post, "targetId"),) if kind is Kind.PORTFOLIO and _text(post, "targetId") else (),
        )
    )


def _attachments(contents: dict[str, Any], number: int, gathering: FeedGathering) -> Iterator[IncomingAttachment]:
    listed = contents.get("attachments")
    for each in listed if isinstance(listed, list) else []:
        if not isinstance(each, dict):
            gathering.warn(number, "attachments", "One attachment could not be read and was left out.")
            continue
        metadata = each.get("metadata")
        metadata = metadata if isinstance(metadata, dict) else {}
        mime = _text(metadata, "mimetype") or None
        yield IncomingAttachment(
            name=tidy(_text(metadata, "filename"))[:200] or "attachment",
            media=media_of(_text(each, "type"), mime),
            mime=mime,
            source_id=_text(each, "_id")[:_LONGEST_ID] or None,
        )


def media_of(kind: str, mime: str | None) -> Media:
    """What permission an attachment needs: by the service's word for it, else by its type; sound is a recording."""
    word, family = kind.casefold(), (mime or "").partition("/")[0].casefold()
    if word in ("photo", "image", "picture") or family == "image":
        return Media.PHOTO
    if word in ("video", "audio") or family in ("video", "audio"):
        return Media.VIDEO
    return Media.WORK


def _text(said: dict[str, Any], key: str) -> str:
    value = said.get(key)
    return value if isinstance(value, str) else ""
