"""The phrase language of the lexicons, the plain form it is matched against, and lexicons that cannot be read."""

from __future__ import annotations

import pytest

from app.domain.checks.lexicon import LEXICON_FILES, parse_lexicons
from app.domain.checks.phrases import BadPhrase, PhraseLists, any_of, compile_guard, compile_phrase
from app.domain.checks.reading import Reading
from app.domain.checks.school import School
from app.domain.problems import Problem
from app.resources import text_of
from app.services.checking import shipped_lexicons
from tests.rules.a_school import by_parent, register

_LISTS = PhraseLists({"pet": ("cat", "(big|small) dog", "bird*"), "home": ("house", "{pet} basket")})
_SCHOOL = School(register(), shipped_lexicons())


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("wont be in", " she wont be in today ", True),
        ("wont be in", " she wont be inside ", False),
        ("(a|b) c", " b c ", True),
        ("(a|b) c", " a b ", False),
        ("a b? c", " a c ", True),
        ("a (x y)? c", " a x y c ", True),
        ("poorl*", " so poorly now ", True),
        ("my {pet}", " my small dog ", True),
        ("my {pet}", " my birds ", True),
        ("{home}", " the cat basket ", True),
        ("a .. b", " a x y z b ", True),
        ("a .. b", " a x y z w b ", False),
        ("a ... b", " a x . b ", False),
        ("a .... b", " a x . y b ", True),
        ("^ a", " x . a ", True),
        ("^ a", " x a ", False),
        ("a $", " a . x ", True),
        ("a $", " a x ", False),
        ("# points", " 40 points ", True),
    ],
)
def test_phrases(phrase: str, text: str, expected: bool) -> None:
    made = compile_phrase(phrase, _LISTS)
    assert (made.search.pattern.search(text) is not None) is expected
    if expected:
        present = set(text.split())
        met = [
            all(present & needs for needs in others)
            for first, others, _ in made.ways
            for word in first
            if word in present or (word.endswith("*") and any(w.startswith(word[:-1]) for w in present))
        ]
        assert any(met), "a phrase that stands is called for by one of its ways"


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("(a|b", "never closed"),
        ("a)", "nothing was opened"),
        ("{cow}", 'no list is called "cow"'),
        ("a*b", "a star may only end a word"),
        ("(a|)", "one of the choices is empty"),
        ("", "empty"),
        ("..", "must be there"),
        ("? a", "stands where a word should"),
    ],
)
def test_a_broken_phrase_is_refused(phrase: str, fault: str) -> None:
    with pytest.raises(BadPhrase, match=fault):
        compile_phrase(phrase, _LISTS)


def test_a_list_that_holds_itself_is_refused() -> None:
    with pytest.raises(BadPhrase, match="holds itself"):
        compile_phrase("{a}", PhraseLists({"a": ("{b}",), "b": ("x {a}",)}))


def test_guards_become_one_search() -> None:
    search = any_of([compile_guard("a b", _LISTS), compile_guard("{pet}", _LISTS)])
    assert search is not None
    assert search.pattern.search(" the cat ")
    assert not search.pattern.search(" a c ")
    assert any_of([]) is None


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("She won't be in tmrw", " she will not be in tomorrow "),
        ("Freya's off. Mrs Whitlow knows!", " CHILD 's off . STAFF knows ! "),
        ("hes poorly... back mon", " he 's poorly back monday "),
        ("£20 each?", " £ 20 each ? "),
        ("ill be late, im ill", " i will be late i am ill "),
        ("sooooo good", " so good "),
        ("Otter won", " CLASS won "),
        ("Ring 3.15pm\nok", " ring 3.15pm . ok "),
        ("", "  "),
    ],
)
def test_plain_form(text: str, plain: str) -> None:
    assert Reading(by_parent(text), _SCHOOL).plain.text == plain


def test_every_shipped_phrase_is_compiled_and_means_something() -> None:
    entries = shipped_lexicons().entries
    assert len(entries) > 60
    for entry in entries:
        assert entry.note
        assert 0 < entry.weight <= 1
        for phrase in entry.phrases:
            assert phrase.search.pattern.search("  ") is None
        for search in (entry.unless, entry.unless_anywhere):
            assert search is None or search.pattern.search("  ") is None


def _texts(**changed: str) -> dict[str, str]:
    texts = {name: text_of("lexicons", name) for name in LEXICON_FILES}
    return texts | {f"{name}.toml": text for name, text in changed.items()}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"office": "[[entry"}, "office.toml cannot be read"),
        ({"office": '[[entry]]\ntopic = "absence"\nfind = ["(off|"]'}, r'office.toml, entry 1 .*"\(off\|"'),
        ({"office": '[[entry]]\ntopic = "weather"\nfind = ["rain"]'}, "weather"),
        ({"office": '[[entry]]\ntopic = "absence"\nfind = []'}, "no phrases"),
        ({"abuse": '[[entry]]\nfind = ["x"]\nunles = ["y"]'}, 'says "unles"'),
        ({"abuse": '[[entry]]\nfind = ["x"]\nunless = ["{nobody}"]'}, '"{nobody}"'),
        ({"abuse": '[[entry]]\nfind = ["x"]\nby = ["head"]'}, "head"),
        ({"lists": 'lists = "no"'}, r"lists.toml should hold its lists"),
        ({"lists": "[lists]\nchild = []"}, '"child" should be a list'),
        ({"plain": "[same]\nu = 3"}, "plain.toml"),
        ({"names": "[people]\n"}, "names.toml"),
    ],
)
def test_a_broken_word_list_is_named_with_its_place(changed: dict[str, str], sentence: str) -> None:
    with pytest.raises(Problem, match=sentence):
        parse_lexicons(_texts(**changed))


def test_a_missing_word_list_is_named() -> None:
    texts = _texts()
    del texts["abuse.toml"]
    with pytest.raises(Problem, match=r"abuse\.toml is missing"):
        parse_lexicons(texts)
