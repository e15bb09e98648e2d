"""E-mails saved as .eml: forwarded messages and complaints, with their attachments. Any of it may be hostile.

The text is the plain part, or the HTML part without its markings; the subject stands above it, since it was said too.
Attachments come with their bytes and fingerprint so that they can be kept as evidence; nothing in them is opened.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from zoneinfo import ZoneInfo

from app.domain.content import Kind
from app.domain.incoming import IncomingAttachment, IncomingItem
from app.domain.problems import Unreadable
from app.intake.feed_gathering import FeedGathering
from app.intake.html_text import text_of_html
from app.intake.story_feed import media_of
from app.intake.values import tidy

_FIRST_LINE = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]{1,60}:[ \t\r\n])")
_TELLING = re.compile(
    rb"^(?:From|To|Date|Subject|Received|Return-Path|MIME-Version|Message-ID|Delivered-To):",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_PARTS = 300
_MOST_TEXT = 500_000
_LONGEST = 200


def looks_like_mail(head: bytes) -> bool:
    """Whether a file begins as an e-mail does: with header lines, two of them an e-mail's own."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n")
    if _FIRST_LINE.match(start) is None:
        return False
    headers = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    return len({found.lower() for found in _TELLING.findall(headers)}) >= 2


def read_mail(file: str, data: bytes, zone: ZoneInfo) -> FeedGathering:
    """Read one e-mail. Raises Unreadable where it is none, or is packed to do harm."""
    if not looks_like_mail(data[:65_536]):
        raise Unreadable(f"{file} is not an e-mail. Save the message as .eml and bring it in again.")
    try:
        mail = message_from_bytes(data)
        parts = _parts(file, mail)
    except (RecursionError, MessageError, ValueError, LookupError, TypeError, AttributeError) as fault:
        raise Unreadable(
            f"{file} is built so oddly that it cannot be read safely. Keep it as evidence instead."
        ) from fault
    gathering = FeedGathering("eml", file, rows=1)
    gathering.items.append(_item(file, mail, parts, zone, gathering))
    return gathering


def _parts(file: str, mail: Message) -> list[Message]:
    """The parts that hold something. A forwarded e-mail counts as one attachment and is not looked into."""
    found: list[Message] = []
    waiting: list[Message] = [mail]
    while waiting:
        part = waiting.pop(0)
        inner = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(inner, list):
            waiting[:0] = [each for each in inner if isinstance(each, Message)]
        else:
            found.append(part)
        if len(found) + len(waiting) > _MOST_PARTS:
            raise Unreadable(f"{file} is made of more than {_MOST_PARTS} parts. Keep it as evidence instead.")
    return found


def _item(file: str, mail: Message, parts: list[Message], zone: ZoneInfo, gathering: FeedGathering) -> IncomingItem:
    subject = _header(mail, "Subject")
    name, address = _people(mail, "From")[0] if _people(mail, "From") else ("", "")
    if not address:
        gathering.warn(1, "From", "The e-mail does not say who sent it. It was kept as from an unknown person.")
    body = _body(parts)
    if not body.strip():
        gathering.warn(1, "text", "The e-mail has no text. Look at its attachments.")
    attachments = tuple(_attachments(parts))
    text = "\n\n".join(each for each in (subject, body.strip()) if each)
    return IncomingItem(
        file=file,
        row=1,
        kind=Kind.MESSAGE,
        text=text,
        source_id=_header(mail, "Message-ID").strip("<>")[:120] or None,
        author_name=(name or address)[:_LONGEST] or None,
        author_id=address[:_LONGEST] or None,
        sent_at=_sent(mail, zone, gathering),
        media=tuple(dict.fromkeys(each.media for each in attachments)),
        attachments=attachments,
        to=tuple(address or name for field in ("To", "Cc") for name, address in _people(mail, field)),
        subject=subject or None,
    )


def _header(mail: Message, name: str) -> str:
    raw = mail.get(name)
    if raw is None:
        return ""
    try:
        return tidy(str(make_header(decode_header(str(raw)))))
    except (HeaderParseError, LookupError, ValueError):
        return tidy(str(raw).encode("utf-8", "replace").decode("utf-8"))


def _people(mail: Message, name: str) -> list[tuple[str, str]]:
    try:
        pairs = getaddresses([str(raw) for raw in mail.get_all(name, [])])
    except (ValueError, LookupError, TypeError):
        return []
    return [(_decoded(person), tidy(_plain(address))) for person, address in pairs if person or address]


def _decoded(text: str) -> str:
    try:
        return tidy(_plain(str(make_header(decode_header(text)))))
    except (HeaderParseError, LookupError, ValueError):
        return tidy(_plain(text))


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _sent(mail: Message, zone: ZoneInfo, gathering: FeedGathering) -> datetime | None:
    raw = str(mail.get("Date") or "")
    try:
        moment = parsedate_to_datetime(raw)
        # RFC 5322 writes -0000 where the sender's zone is unknown: the time itself is UTC.
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC if "-0000" in raw else zone)
        return aware.astimezone(zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        gathering.warn(1, "Date", "The e-mail has no readable date. It was kept without one.")
        return None


def _body(parts: list[Message]) -> str:
    plain: list[str] = []
    html: list[str] = []
    for part in parts:
        if _is_attachment(part):
            continue
        kind = part.get_content_type()
        if kind == "text/plain":
            plain.append(_text(part))
        elif kind == "text/html":
            html.append(text_of_html(_text(part)))
    chosen = plain if any(text.strip() for text in plain) else html
    return "\n".join(text.strip() for text in chosen if text.strip())[:_MOST_TEXT]


def _is_attachment(part: Message) -> bool:
    stated = str(part.get("Content-Disposition") or "").strip().lower()
    return stated.startswith("attachment") or (not part.get_content_type().startswith("text/"))


def _content(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        try:
            return first.as_bytes() if isinstance(first, Message) else b""
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MessageError):
            return b""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError):
        return b""
    return content if isinstance(content, bytes) else b""


def _text(part: Message) -> str:
    content = _content(part)[: _MOST_TEXT * 4]
    for encoding in (_charset(part), "utf-8", "cp1252", "latin-1"):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\x00", "")
        except (UnicodeError, LookupError, ValueError, TypeError):
            continue
    return ""


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "utf-8")
    except (ValueError, LookupError, TypeError, AttributeError):
        return "utf-8"


def _attachments(parts: list[Message]) -> Iterator[IncomingAttachment]:
    for place, part in enumerate(parts, start=1):
        if not _is_attachment(part):
            continue
        content = _content(part)
        mime = part.get_content_type()
        yield IncomingAttachment(
            name=_file_name(part) or f"attachment {place}",
            media=media_of("", mime),
            mime=mime[:80],
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
        )


def _file_name(part: Message) -> str:
    """The attachment's own name without any folder, which a hostile mail may put there."""
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    decoded = _decoded(str(name)) if name else ""
    return re.sub(r'[\\/:*?"<>|]', "_", re.split(r"[\\/]", decoded)[-1])[:_LONGEST].strip(". ")
