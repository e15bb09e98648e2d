"""Finding every place where a text may name a pupil, in whichever way the name is written.

What is found here is only the form. Whether the word is used as a name is `name_sense`; whom it means is `whom`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.domain.checks.hashtags import tag_mentions
from app.domain.checks.known_names import KnownNames, KnownPupil, Lead, Way, surname_at
from app.domain.checks.mention import Form, Mention
from app.domain.checks.name_forms import end_without, is_initial, name_end, possessive_letters
from app.domain.checks.sibling_names import with_shared_surnames
from app.domain.checks.words import Words, word_set

_TO_SURNAME = re.compile(r"[ \t]{1,3}|[-._]| ?\( ?|[ \t]['\"“”]?|['\"“”)][ \t]")
_WRAPPED = re.compile(r"[ \t]*\r?\n[ \t]*")
_LONG_LINE = 40
_TO_INITIAL = re.compile(r"[ \t]{1,2}|[-._]| ?\( ?|")
_MIDDLE = re.compile(r"[ \t]{1,2}|\.? |\.|-| ?[(\"'“‘]|[)\"'”’]\.? ?")
_TO_FIRST = re.compile(r" ?, ?|  ?")
_LIST_BEFORE = re.compile(r"[,;:\n•·&*|(]|- |– |[.!?] |[^\x00-\u2fff]")
_ITEM_END = re.compile(r" ?[:;\n)]| [-–—] ")
_LEADING_TO = word_set("to by with from is was goes")
_NEVER_MIDDLE = word_set("and or with mrs mr miss ms the n from for in at to")
_SLIP_ALONE = 6


class MentionFinder:
    """Finds the mentions of a register's pupils. Built once; keeps nothing about the texts it reads."""

    def __init__(self, known: KnownNames, common: frozenset[str]) -> None:
        self._known = known
        self._common = common

    def find(self, words: Words, strange: list[tuple[int, str]] | None = None) -> list[Mention]:
        """Every place that may name a pupil, in order, none overlapping another.

        `strange` are the words that may have to do with names, where the caller knows them already.
        """
        if strange is None:
            strange = self._known.strange(words.words)
        places = [(place, found) for place, word in strange if (found := self._known.leads(word))]
        joined = self._joined(words, strange)
        tagged = "#" in words.folded.text or "@" in words.folded.text
        if not places and not joined and not tagged:
            return []
        run_together = [*joined, *(tag_mentions(words, self._known) if tagged else ())]
        plain: list[Mention] = []
        done = 0
        for place, options in places:
            if place < done:
                continue
            mention = self._at(words, place, options, _free_from(words, plain, done))
            if mention is not None:
                if plain and mention.first < plain[-1].last:
                    plain.pop()
                plain.append(mention)
                done = mention.last
        mentions = sorted((*run_together, *plain), key=lambda mention: (mention.first, -mention.last))
        return with_shared_surnames(words, _apart(mentions))

    def _joined(self, words: Words, strange: Iterable[tuple[int, str]]) -> list[Mention]:
        joined = self._known.joined
        return [
            Mention(place, place + 1, words.span(place, place + 1), Form.FULL, pupils, word, name_end=place + 1)
            for place, word in strange
            if len(word) > 5 and (pupils := joined(word))
        ]

    def _at(self, words: Words, place: int, options: Iterable[Lead], limits: tuple[int, int]) -> Mention | None:
        best: Mention | None = None
        for lead in options:
            end = name_end(words, place, lead)
            if end is None:
                continue
            mention = (
                self._full(words, place, end, lead)
                or self._reversed(words, place, end, lead, limits)
                or self._initial(words, place, end, lead)
                or self._alone(words, place, end, lead)
            )
            if mention is not None and (best is None or _rank(mention) > _rank(best)):
                best = mention
        return best

    def _full(self, words: Words, place: int, end: int, lead: Lead) -> Mention | None:
        if lead.possessive and not _runs_on(lead):
            return None
        for start in self._surname_places(words, end, place):
            begun = self._known.surnames.begun_by(words.words[start])
            if not begun:
                continue
            matches = [
                (pupil, at)
                for pupil in lead.pupils
                if pupil.surname in begun and (at := surname_at(words, start, pupil)) is not None
            ]
            if not matches:
                continue
            farthest = max(at[0] for _, at in matches)
            exact = any(at[2] for _, at in matches if at[0] == farthest)
            chosen = [(p, at) for p, at in matches if at[0] == farthest and (at[2] or not exact)]
            if lead.way is Way.SLIP and not exact:
                continue
            last, extra, _ = chosen[0][1]
            if not exact and last == start + 1 and self._is_word_instead(words, start, chosen[0][0]):
                continue
            if last == start + 1 and not self._may_be_surname(words, place, start):
                continue
            span = (words.span(place, last)[0], end_without(words, last - 1, extra))
            pupils = tuple(pupil for pupil, _ in chosen)
            return Mention(place, last, span, Form.FULL, pupils, lead.key, lead.way, extra > 0, name_end=end)
        return None

    def _surname_places(self, words: Words, end: int, place: int) -> Iterable[int]:
        """Where a surname may stand: right after the first name, or after one or two middle names or initials."""
        count = len(words.words)
        if end < count and (
            words.gaps[end] == " " or _TO_SURNAME.fullmatch(words.gaps[end]) or _is_wrapped(words, end)
        ):
            yield end
        for start in (end + 1, end + 2):
            middle = start - 1
            if start >= count or not self._may_be_middle(words, middle, words.is_capital(place)):
                return
            if not (_MIDDLE.fullmatch(words.gap(middle)) and _MIDDLE.fullmatch(words.gap(start))):
                return
            yield start

    def _may_be_middle(self, words: Words, place: int, capital_name: bool) -> bool:
        word = words.words[place]
        if not word.isalpha() or word in _NEVER_MIDDLE:
            return False
        if len(word) == 1:
            return True
        return words.is_capital(place) if capital_name else word not in self._common

    def _may_be_surname(self, words: Words, place: int, start: int) -> bool:
        """A surname that is an ordinary word needs the capital that the first name has ("Ella day" is not one)."""
        if words.is_capital(start) or not words.is_capital(place):
            return True
        return words.words[start].removesuffix("'s") not in self._common

    def _is_word_instead(self, words: Words, place: int, pupil: KnownPupil) -> bool:
        """What would be a slip in the surname is a word in its own right: "Jo March" is not Jo Marsh."""
        word = words.words[place].removesuffix("'s").replace("'", "")
        return word in self._common and word not in pupil.halves and not word.startswith(pupil.surname)

    def _reversed(self, words: Words, place: int, end: int, lead: Lead, limits: tuple[int, int]) -> Mention | None:
        """The surname first: "Marsh, Ella", and without the comma where a line or a list item begins so."""
        free, done = limits
        gap = words.gap(place) if place else ""
        if lead.way is Way.SHORT or not _TO_FIRST.fullmatch(gap):
            return None
        for start in range(max(free, place - 3), place):
            begun = self._known.surnames.begun_by(words.words[start])
            if not begun:
                continue
            pupils = tuple(p for p in lead.pupils if p.surname in begun and _is_surname(words, start, place, p))
            if start < done and not _closes_item(words, end):
                continue
            if pupils and self._surname_leads(words, start, place, "," in gap):
                span = (
                    words.span(start, place)[0],
                    end_without(words, end - 1, possessive_letters(words, end - 1, lead)),
                )
                return Mention(start, end, span, Form.FULL, pupils, lead.key, lead.way, lead.possessive, name_end=end)
        return None

    def _surname_leads(self, words: Words, start: int, place: int, comma: bool) -> bool:
        """A surname before its first name opens a line or an item of a list, or follows "to", "by" and the like."""
        if not words.is_capital(start) and words.is_capital(place):
            return False
        listed = start == 0 or _LIST_BEFORE.search(words.gap(start)) is not None or words.words[start - 1] == "and"
        if listed or not comma:
            return listed
        before, ordinary = words.words[start - 1], words.words[start] in self._common
        if before in _LEADING_TO:
            return True
        return not ordinary and not words.is_capital(start - 1) and before not in _NEVER_MIDDLE

    def _initial(self, words: Words, place: int, end: int, lead: Lead) -> Mention | None:
        if lead.possessive or lead.way is Way.SHORT or end >= len(words):
            return None
        if not _TO_INITIAL.fullmatch(words.gap(end)) or not is_initial(words, place, end):
            return None
        letters = words.words[end].removesuffix("'s")
        pupils = tuple(pupil for pupil in lead.pupils if letters in pupil.initials)
        if not pupils:
            return None
        possessive = words.words[end].endswith("'s")
        span = (words.span(place, end)[0], end_without(words, end, 2 if possessive else 0))
        return Mention(place, end + 1, span, Form.INITIAL, pupils, lead.key, lead.way, possessive, name_end=end)

    def _alone(self, words: Words, place: int, end: int, lead: Lead) -> Mention | None:
        if lead.way is Way.SHORT:
            return None
        if lead.way is Way.SLIP and not (
            len(lead.key) >= _SLIP_ALONE and words.is_capital(place) and not words.is_all_shouted
        ):
            return None
        span = (words.span(place, end)[0], end_without(words, end - 1, possessive_letters(words, end - 1, lead)))
        return Mention(
            place, end, span, Form.FIRST, lead.pupils, lead.key, lead.way, lead.possessive, lead.apostrophe, end
        )


def _is_wrapped(words: Words, place: int) -> bool:
    """The line before this word is long, as where a mail program broke it, and no list of names."""
    text, start = words.folded.text, words.ends[place - 1]
    if not _WRAPPED.fullmatch(words.gap(place)):
        return False
    return start - (text.rfind("\n", 0, start) + 1) >= _LONG_LINE


def _free_from(words: Words, mentions: list[Mention], done: int) -> tuple[int, int]:
    """From which word on a surname may be looked for before a first name, and from which no name has been found yet.

    A lone first name just found may turn out to be the surname: "Rose, Summer: tidy tray".
    """
    last = mentions[-1] if mentions else None
    lone = last is not None and last.form is Form.FIRST and last.last == done and not last.possessive
    return (last.first if lone and last is not None else done), done


def _closes_item(words: Words, end: int) -> bool:
    """The item of a list ends here, so that the two names before are one person's."""
    return end >= len(words) or _ITEM_END.match(words.gap(end)) is not None


def _runs_on(lead: Lead) -> bool:
    """A bare s that may belong to the name after all ("James" where a Jame is registered)."""
    return not lead.apostrophe


def _is_surname(words: Words, start: int, place: int, pupil: KnownPupil) -> bool:
    at = surname_at(words, start, pupil)
    return at is not None and at[0] == place and at[1] == 0 and at[2]


def _rank(mention: Mention) -> tuple[int, int, int]:
    order = {Form.FULL: 2, Form.INITIAL: 1, Form.FIRST: 0}
    return order[mention.form], mention.last - mention.first, -mention.way


def _apart(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.first >= kept[-1].last:
            kept.append(mention)
    return kept
