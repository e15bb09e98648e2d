"""Telephone numbers in any writing: spaced, dotted, bracketed, with +44, with letters for noughts, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.domain.checks.number_parts import parted_numbers
from app.domain.checks.words import Words, word_set

_RUN = re.compile(
    r"(?<![\d£$€.,])(?:\+ ?)?\(?(?:\d|(?<![a-z])(?:[oil]|oh ?|zero ?|nought ?))"
    r"(?:[\s().\-/_,*~|:;•·\u2190-\U0001ffff]{0,3}[\doil]){5,15}"
    r"(?:(?<=\d)|(?!\w))(?![\d%_]|[.,]\d)"
)
_LETTERS = str.maketrans("oil", "011")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|(?<!\d)\d{4} ?[-/] ?\d{4}(?!\d)")
_NOT_DIGITS = re.compile(r"\D")
_GROUPS = re.compile(r"\d+")
_PUBLIC_START = ("03", "05", "08", "09", "116", "118")
_TWO_NUMBERS = re.compile(r"\(?(?:\d[ ().-]{0,2}){10}\d ?[/,&]")
_MOBILE_SHAPE = re.compile(r"7\d{3}[ -]?\d{3}[ -]?\d{3}")
_LOCAL_SHAPE = re.compile(r"\d{3} ?\d{3}")
_LOCALLY = re.compile(
    r"landline|(?<!\w)(?:ring|call|phone|bell|buzz)(?!\w)[^.!?\n]{0,40} (?:on(?: [a-z]+)?|code(?: then| and)*) $"
)
"""Before a number without its code: "call any time on Thurlby 960418", "the code then 960 339"."""
_ODD_JOINT = re.compile(r"[\n,*~|:;•·\u2190-\U0001ffff]")
_COUNTING = "0123456789012"
_FILLERS = word_set("then and er erm um dash space")
MULTIPLES = {"double": 2, "triple": 3, "treble": 3}
_TENS = {"twenty": "2", "thirty": "3", "forty": "4", "fourty": "4", "fifty": "5", "sixty": "6", "seventy": "7"}
_TENS |= {"eighty": "8", "ninety": "9"}
_TEENS = {word: str(10 + place) for place, word in enumerate(("ten", "eleven", "twelve", "thirteen", "fourteen"))}
_TEENS |= {
    word: str(15 + place) for place, word in enumerate(["fifteen", "sixteen", "seventeen", "eighteen", "nineteen"])
}
_SPEAKER = re.compile(r"[\s.,;:)-]+i$")
"""Whoever speaks next: "ring 960417, I'm in"."""
_GLUED = re.compile(r"(?<!\w)(double|triple|treble)(\d?)(?!\w)")
"""With its figure at once: "double7"."""
_FEWEST_SPELT = 10
_FEWEST_NUMBER_WORDS = 2


class PhoneReader:
    """Finds telephone numbers that could be somebody's own.

    `own` are the digits of numbers the school publishes, `telling` words before a short number that make it one,
    `other` words after which a number is something else.
    """

    def __init__(
        self, digits: Mapping[str, str], telling: frozenset[str], own: frozenset[str], other: frozenset[str]
    ) -> None:
        self._digits = digits
        self._other = other
        self._telling = telling
        self._own = own
        self._counted = frozenset((*digits, *MULTIPLES))

    def find(self, words: Words) -> list[tuple[tuple[int, int], bool]]:
        """Where numbers stand in the folded text, and whether each is a mobile number; published ones are left out."""
        text = words.text
        found = [
            ((run.start(), run.start() + len(written)), national.startswith("07"))
            for run in (_RUN.finditer(text) if words.has_figure else ())
            if (national := self._national(text, run.start(), written := _SPEAKER.sub("", run.group()))) is not None
        ]
        if not found and words.has_figure:
            found = [
                (span, number.startswith("07")) for span, number in parted_numbers(text) if number not in self._own
            ]
        if self._counted.isdisjoint(words.words) and not ("ble" in text and _GLUED.search(text)):
            return found
        spelt = sum(2 if _GLUED.match(word) else word in self._digits or word == "hundred" for word in words.words)
        return found if found or spelt < _FEWEST_NUMBER_WORDS else self._spelt(words)

    def _national(self, text: str, start: int, run: str) -> str | None:
        """The number as dialled at home, None where it is no private telephone number."""
        if _DATE.search(run) or _NOT_DIGITS.sub("", run) in _COUNTING:
            return None
        written = run.translate(_LETTERS)
        digits = _NOT_DIGITS.sub("", written)
        if sum(character.isdigit() for character in run) < len(digits) / 2:
            return None
        if _ODD_JOINT.search(run.lstrip("+")) and not written.startswith(("07", "+44", "0044")):
            return None
        beside = (start and text[start - 1].isalpha()) or text[start + len(run) : start + len(run) + 1].isalpha()
        if beside and not (digits.startswith("07") and len(digits) == 11):
            return None
        if written.startswith("+"):
            number = "0" + digits[2:].removeprefix("0") if digits.startswith("44") else digits
            return None if len(digits) < 9 or self._is_published(number) else number
        if digits.startswith("0044"):
            digits = "0" + digits[4:].removeprefix("0")
        elif digits.startswith("44") and len(digits) == 12:
            digits = "0" + digits[2:]
        before = re.findall(r"[a-z]+", text[max(0, start - 30) : start])[-3:]
        told = not self._telling.isdisjoint(before)
        locally = _LOCAL_SHAPE.fullmatch(run) is not None and _LOCALLY.search(text[max(0, start - 60) : start])
        if not digits.startswith("0") and not locally and not self._other.isdisjoint(before):
            return None
        if digits.startswith("7") and len(digits) == 10 and (told or _MOBILE_SHAPE.fullmatch(run)):
            digits = "0" + digits
        if digits.startswith("00") and len(digits) >= 11:
            return digits
        if digits.startswith("07") and len(digits) > 11 and _TWO_NUMBERS.match(run):
            digits = digits[:11]
        widest = max(len(group) for group in _GROUPS.findall(written))
        whole = digits.startswith("0") and len(digits) in (10, 11) and (told or widest > 2 or digits.startswith("07"))
        told = told or bool(locally)
        local = told and len(digits) in (6, 7) and widest > 2 and not digits.startswith("0")
        return digits if (whole or local) and not self._is_published(digits) else None

    def _is_published(self, number: str) -> bool:
        return number.startswith(_PUBLIC_START) or any(own.endswith(number) for own in self._own)

    def _is_spelt_number(self, words: Words, first: int, digits: str) -> bool:
        told = not self._telling.isdisjoint(words.words[max(0, first - 4) : first])
        abroad = digits.startswith("44") and len(digits) == 12
        if told and len(digits) in (6, 7) and not digits.startswith("0"):
            return not self._is_published(digits)
        mobile = digits.startswith("7") and (told or len(digits) == _FEWEST_SPELT)
        begins = digits.startswith("0") or abroad or mobile
        return len(digits) >= _FEWEST_SPELT and begins and not self._is_published(digits)

    def _spelt(self, words: Words) -> list[tuple[tuple[int, int], bool]]:
        """Numbers of which at least a part is written in words: "oh seven seven double oh, nine hundred" and so on."""
        digits, first, spelt, times, last = "", 0, False, 1, 0
        found = []
        for place, word in enumerate((*words.words, "")):
            digit = self._digits.get(word, word if word.isdigit() and word.isascii() else _glued(word))
            if digits and word and digit is None:
                digit = self._larger(words.words, place)
            if digits and word in _FILLERS:
                continue
            if digit is None and not (word in MULTIPLES and digits):
                if spelt and self._is_spelt_number(words, first, digits):
                    found.append(((words.starts[first], words.ends[last]), digits.startswith(("07", "447", "7"))))
                digits, spelt, times = "", False, 1
                continue
            if digit is None:
                times = MULTIPLES[word]
                continue
            if not digits:
                first = place
            digits, last, spelt = digits + digit * times, place, spelt or times > 1 or not word.isdigit()
            times = 1
        return found

    def _larger(self, words: list[str], place: int) -> str | None:
        """The figures that a number above nine adds to those before it: "ninety" before "six" adds a nine."""
        word = words[place]
        if word == "hundred":
            return "00"
        tens = _TENS.get(word)
        if tens is None:
            return _TEENS.get(word)
        follows = words[place + 1] if place + 1 < len(words) else ""
        return tens if self._digits.get(follows, "0") != "0" else tens + "0"


def digit_words(lists: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The words that tell digits, with those."""
    return dict(entry.split() for entry in (*lists["digits"], *lists["digits_elsewhere"]))


def _glued(word: str) -> str | None:
    """ "double7": two sevens."""
    glued = _GLUED.fullmatch(word)
    return glued.group(2) * MULTIPLES[glued.group(1)] if glued is not None and glued.group(2) else None


def digits_of(number: str | None) -> str:
    """The digits of a number as dialled at home; empty for none."""
    digits = _NOT_DIGITS.sub("", number or "")
    return "0" + digits[2:].removeprefix("0") if digits.startswith("44") and len(digits) > 10 else digits
