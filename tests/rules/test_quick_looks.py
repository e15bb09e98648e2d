"""What is left out because it cannot find anything would have found nothing: each quick look beside the long way."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from app.bench.town import messages, register
from app.domain.checks import handle_shapes, mailboxes, phones, profanity
from app.domain.checks.engine import FAMILIES, Engine
from app.domain.checks.finding import Check, Finding
from app.domain.checks.kinds import FIGURE
from app.domain.checks.phrases import CHILD, TWO
from app.domain.checks.plain import _writer
from app.domain.checks.reading import Reading
from app.domain.checks.register import Register
from app.domain.checks.school import School
from app.domain.checks.word_kinds import may_tell_detail
from app.domain.checks.words import _CUT, Words, folded_words
from app.domain.content import Author, AuthorRole, Item, Kind, Media
from app.services.engines import shipped_lexicons

_ODD = """é ß ﬁ Łukasz ’ ‘ 🖕 £ $5 @ # @holly_99 #tag 07700 900123 o77oo 9oo123 S10 2AB 14 Mill Lane live on Road mail
jo@home.example jo at gmail dot com w3w words ///one.two.three insta snap tik tok: zz_9 add me on fb f*ck sh!t
sh1t f u c k f.u.c.k fuuuck a$$ done! wow!!x !? ... . .. ; : ? 1st 10:30 3,5 2² ٣٤ ill be Mrs Mr. Willow class I a
n x and & + ( ) - – _ x_y can't don’t st. sc: oh seven double one two hundred 日本 Ελλάδα Σ İ \u0301 \u200b \x00 sc -"""


@cache
def school() -> School:
    return School(register(60), shipped_lexicons())


@cache
def pieces() -> list[str]:
    """Names, words of phrases, rude words and odd signs."""
    lexicons, known = shipped_lexicons(), school().register
    phrases = [re.sub(r"[(){}|*?^$#]", " ", p.text) for e in lexicons.entries for p in e.phrases]
    names = [
        form for p in known.pupils for form in (p.first, p.last, f"{p.first} {p.last}", f"{p.first}'s", f"{p.first}s")
    ]
    tags = [f"#{p.first}{p.last}" for p in known.pupils[:20]] + [
        f"{p.last}, {p.first} {p.last[:1]}" for p in known.pupils
    ]
    return [
        *names,
        *tags,
        *phrases,
        *lexicons.rude,
        *lexicons.innocent,
        *(w for v in lexicons.contact.values() for w in v),
    ]


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.one_of(st.sampled_from(_ODD.split()), st.sampled_from(pieces())), max_size=14))
    joints = st.sampled_from((" ", " ", " ", " ", ". ", ", ", "", "\n", "! ", "?", "-", "'", "_", ".", " (", "*"))
    text = "".join(part + draw(joints) for part in parts)
    return draw(st.sampled_from((text, text, text.lower(), text.upper())))


@st.composite
def items(draw: st.DrawFn) -> Item:
    known = school().register
    author = Author(draw(st.sampled_from(AuthorRole)), draw(st.sampled_from((None, "g1", "g40", "s1"))))
    tagged = draw(st.lists(st.sampled_from([pupil.id for pupil in known.pupils]), max_size=2))
    media = tuple(draw(st.sets(st.sampled_from(Media), max_size=2)))
    class_id = draw(st.sampled_from((None, "c1", "c2")))
    value = draw(st.sampled_from((None, -1.0, 0.0)))
    return Item(
        "1", draw(st.sampled_from(Kind)), class_id, author, None, draw(texts()), media, tuple(tagged), (), value
    )


@settings(max_examples=150, deadline=None)
@given(items())
def test_families_not_asked_would_find_nothing(item: Item) -> None:
    found = engine().check(item)
    every = [finding for family in FAMILIES for finding in family(Reading(item, school()))]
    judged = [finding for finding in every if finding in found]
    assert list(found) == judged
    assert {f.check for f in every} - {f.check for f in found} <= _TOPICAL, "only another language takes any away"


_TOPICAL = frozenset(
    (Check.SENSITIVE, Check.PERSONAL, Check.OFFICE, Check.ABUSE, Check.COMPARE, Check.RESHARE, Check.SAFEGUARDING)
)


@cache
def engine() -> Engine:
    return Engine(school().register, shipped_lexicons())


@settings(max_examples=150, deadline=None)
@given(items())
def test_words_alone_foretell_every_plain_word_and_phrase(item: Item) -> None:
    reading = Reading(item, school())
    plain = reading.plain.words
    assert plain.count(CHILD) <= (reading.most_named if reading.most_named < 2 else len(plain))
    if "'s" in plain and "'s" not in {form for w in reading.words.words for form in school().plain.forms_of(w)}:
        assert reading.may_own
    assert reading.may_name_a_pair or not reading.names_a_pair
    prospects, text = reading.prospects, reading.words.text
    index = prospects.index
    calls = prospects.calls(reading.seen, text, children=reading.most_named, owned=reading.may_own)
    foretold = {call.number for call in calls}
    given = index.given_by({*plain, TWO} if plain.count(CHILD) > 1 else set(plain))
    for number, (entry, phrase) in enumerate(index.targets):
        if phrase.search.pattern.search(reading.plain.text) is not None and number not in foretold:
            asked = [guard.needs for guard in (*entry.with_, *entry.with_anywhere) if guard.needs is not None]
            assert any(needs.isdisjoint(plain) for needs in asked), (phrase.text, reading.plain.text)
    assert given <= index.all_given


@settings(max_examples=150, deadline=None)
@given(texts())
def test_texts_are_cut_and_told_apart_as_the_long_way_does(text: str) -> None:
    words = Words(text)
    assert words.words == folded_words(words.folded.text)
    assert words.gaps == _CUT.split(words.folded.text)[::2]
    assert "".join(gap + word for gap, word in zip(words.gaps, [*words.words, ""], strict=True)) == words.folded.text
    assert [words.text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == words.words
    mentions = school().finder.find(words)
    plain = school().plain.of(words, mentions)
    assert (plain.words, plain.places) == school().plain._whole(words, mentions)


@settings(max_examples=200, deadline=None)
@given(texts())
def test_no_contact_and_no_masked_word_is_passed_over(text: str) -> None:
    words = Words(text)
    reader = school().contact
    folded = words.text
    if not words.has_figure:
        assert all(
            reader._phones._national(folded, run.start(), run.group()) is None for run in phones._RUN.finditer(folded)
        )
    if not any(each in folded for each in ("@", "dot", "mail")) and not mailboxes._DOTTED.search(folded):
        assert mailboxes._MAY_BE_EMAIL.search(folded) is None
    if not mailboxes._may_name_provider(folded):
        assert mailboxes._BESIDE.search(folded) is None
        assert mailboxes._NAMED.search(folded) is None
    if not handle_shapes.DOTTED.search(folded):
        assert handle_shapes.LINK.search(folded) is None
        assert handle_shapes.PROFILE.search(folded) is None
    if not words.has_figure and "_" not in folded:
        assert handle_shapes.SAID_TO_BE.search(folded) is None
    if not reader._handles._may_tell_service(words):
        assert reader._handles._service.search(folded) is None
    if not profanity._may_be_spaced(words):
        assert profanity._SPACED.search(folded) is None
    if not profanity._may_be_masked(folded):
        fits = school().profanity._fits
        assert not any(fits(found.group().rstrip(".-!")) for found in profanity._MASKED.finditer(folded))


@settings(max_examples=300, deadline=None)
@given(texts(), st.booleans())
def test_readers_that_the_first_look_spares_would_find_nothing(text: str, by_staff: bool) -> None:
    author = Author(AuthorRole.STAFF if by_staff else AuthorRole.PARENT)
    reading = Reading(Item("1", Kind.CLASS_STORY, "c1", author, None, text), school())
    words, seen, profanity_reader = reading.words, reading.seen, school().profanity
    assert profanity_reader.first(words, seen.kinds) == profanity_reader.first(words)
    if not profanity_reader.may_find(words.text, seen.kinds):
        assert profanity_reader.first(words) is None
    if not may_tell_detail(words.text, seen.kinds, seen.twice):
        assert school().contact.first(words, by_staff) is None


@settings(max_examples=150, deadline=None)
@given(texts())
def test_the_first_look_tells_what_stands_there(text: str) -> None:
    reading = Reading(Item("1", Kind.MESSAGE, "c1", Author(AuthorRole.PARENT), None, text), school())
    kinds = [school().prospects_for(reading.item)._kinds.of(word) for word in reading.words.words]
    every = [1 << place for place in range(10)]
    assert reading.seen.kinds == sum(bit for bit in every if any(kind & bit for kind in kinds))
    assert reading.seen.twice == sum(bit for bit in every if sum(bool(kind & bit) for kind in kinds) > 1)
    assert bool(reading.seen.kinds & FIGURE) is reading.words.has_figure


def test_what_people_write_is_read_alike() -> None:
    for item in messages(300, 60):
        every = [finding for family in FAMILIES for finding in family(Reading(item, school()))]
        assert list(engine().check(item)) == every


def test_what_one_register_taught_misleads_no_other() -> None:
    first = register(60)
    grown = replace(first, pupils=tuple(replace(pupil, last=f"{pupil.last}son") for pupil in first.pupils))
    named = replace(grown, classes=tuple(replace(each, name="Willow") for each in first.classes[:1]))
    items = [replace(item, text=f"Willow and Mrs Rose: {item.text}") for item in messages(60, 60)]
    alone = _findings(named, items, taught=())
    assert any("CLASS" in words for _, words in alone), "a class's name is told from the word"
    assert _findings(named, items, taught=(first, grown)) == alone
    writers = [School(each, shipped_lexicons()).plain for each in (first, grown, named)]
    assert writers[0] is writers[1] is not writers[2]


def _findings(
    known: Register, items: list[Item], taught: tuple[Register, ...]
) -> list[tuple[tuple[Finding, ...], list[str]]]:
    """What is found by checks that remember nothing but what these registers taught them."""
    lexicons = replace(shipped_lexicons(), entries=(*shipped_lexicons().entries[:-1], shipped_lexicons().entries[-1]))
    _writer.cache_clear()
    profanity.profanity_reader.cache_clear()
    for each in taught:
        before = Engine(each, lexicons)
        for item in items:
            before.check(item)
    engine, here = Engine(known, lexicons), School(known, lexicons)
    return [(engine.check(item), Reading(item, here).plain.words) for item in items]
