"""Text from outside, made harmless: what is flagged is by its nature what nobody expected.

Control characters go, lone surrogates become a sign, overlong text is cut with a note that says so.
"""

from __future__ import annotations

import re

# What XML 1.0 forbids (a spreadsheet is XML) and what has no picture on paper; tab and line ends are kept.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
# Embeddings, overrides and isolates reorder what stands round them; left-to-right and right-to-left marks do not.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """The text without control characters, with plain line ends and in its own order."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _FORBIDDEN.sub("", text)
    text = _REORDERING.sub("", text)
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def cut(text: str, most: int) -> str:
    """The text, or its beginning and a note of how long it was. The result is at most `most` characters."""
    if len(text) <= most:
        return text
    note = f" … (cut here: {len(text):,} characters in all)"
    return text[: max(0, most - len(note))].rstrip() + note
