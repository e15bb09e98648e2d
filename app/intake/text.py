"""From bytes to text, whichever program saved them; anything that is not text is refused in one sentence."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from app.domain.problems import Unreadable
from app.intake.files import foreign_kind

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_GARBLED = re.compile("Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ]|â€[\x80-\xbf“”˜™œ\x9d]|�")
OLD_ENCODING = (
    "The file is in an older Windows encoding, not UTF-8. Accented letters were read as Windows writes them: check a "
    "name such as Zoë or Siân."
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and what a person should know about how it was read."""

    text: str
    warning: str | None = None


def decode(name: str, data: bytes) -> Decoded:
    """Decode by byte-order mark, else as UTF-8, else as Windows-1252 with a warning.

    Raises Unreadable for an empty file, one with NUL characters, and one that is plainly not text.
    """
    if not data.strip():
        raise Unreadable(f"{name} is empty. Save it again from where it came and bring it in again.")
    kind = foreign_kind(data[:16])
    if kind is not None:
        raise Unreadable(f"{name} is {kind}, which cannot be read as a list. Save it as CSV or XLSX.")
    decoded = _by_mark(name, data) or _without_mark(data)
    text = decoded.text.removesuffix("\x1a")
    if "\x00" in text:
        raise Unreadable(f"{name} holds characters that no text has. Save it again as CSV (UTF-8).")
    if len(_CONTROLS.findall(text[:20_000])) * 50 > len(text[:20_000]):
        raise Unreadable(f"{name} is not a text file. Save it as CSV or XLSX and bring it in again.")
    if not text.strip():
        raise Unreadable(f"{name} is empty. Save it again from where it came and bring it in again.")
    return Decoded(text, decoded.warning)


def _by_mark(name: str, data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            try:
                return Decoded(rest.decode(encoding))
            except UnicodeDecodeError as fault:
                if mark == codecs.BOM_UTF8:
                    return _without_mark(rest)
                raise Unreadable(f"{name} breaks off or is damaged. Save it again as CSV (UTF-8).") from fault
    return None


def _without_mark(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    try:
        return Decoded(data.decode("cp1252"), OLD_ENCODING)
    except UnicodeDecodeError:
        return Decoded(data.decode("latin-1"), OLD_ENCODING)


def looks_garbled(text: str) -> bool:
    """Whether a name has been through the wrong encoding before it reached the file: "ZoÃ«" for Zoë."""
    return not text.isascii() and _GARBLED.search(text) is not None
