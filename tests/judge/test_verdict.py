"""The judge's verdicts: what it adds, keeps and withdraws, and the reasons that it gives."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")

from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from app.domain.checks.engine import Engine  # noqa: E402
from app.domain.checks.finding import Check, Finding  # noqa: E402
from app.domain.checks.judge import MAY_ADD  # noqa: E402
from app.domain.checks.reading import Reading  # noqa: E402
from app.domain.checks.register import SchoolEntry  # noqa: E402
from app.domain.checks.school import School  # noqa: E402
from app.domain.content import AuthorRole, Kind  # noqa: E402
from app.judge import load_judge, loading  # noqa: E402
from app.judge.encoder import Array  # noqa: E402
from app.judge.marks import MARKS  # noqa: E402
from app.judge.model import Model, Sight  # noqa: E402
from app.judge.verdict import TopicJudge  # noqa: E402
from app.judge.weights import Bars  # noqa: E402
from app.services.checking import shipped_lexicons  # noqa: E402
from tests.judge.a_desk import an_item, register  # noqa: E402

LEXICONS = shipped_lexicons()
_OPEN = SchoolEntry("Harbour Primary", phone="01632 960214", email="desk@harbour.example", postcode="ZZ9 9AA")
SCHOOL = School(register(), LEXICONS)
COLUMN = {mark.label: number for number, mark in enumerate(MARKS)}


class OneWord(Model):
    """Scores +3 for a mark where a word stands, -3 where it does not."""

    def __init__(self, word: str, label: str) -> None:
        self._word, self._column = word, COLUMN[label]
        level = np.zeros(len(MARKS), np.float32)
        keep = level - 1
        keep[COLUMN["safeguarding"]] = -1e9
        self.bars = Bars(level, keep)

    def scores(self, sights: Sequence[Sight]) -> Array:
        scores: Array = np.full((len(sights), len(MARKS)), -3, np.float32)
        for row, sight in enumerate(sights):
            if self._word in sight.plain.split():
                scores[row, self._column] = 3
        return scores

    def gram_scores(self, plain: str) -> Array:
        scores: Array = np.zeros(len(MARKS), np.float32)
        scores[self._column] = float(self._word in plain.split())
        return scores


def verdict(model: Model, text: str, found: Sequence[Finding] = (), **item: object) -> list[Finding]:
    reading = Reading(an_item(text, **item), SCHOOL)  # type: ignore[arg-type]
    return list(TopicJudge(model).judge(reading, found))


def test_what_scores_high_is_added_with_the_words_that_weighed_most() -> None:
    text = "Thank you for the letter. We both loved it. The gondola is stuck in fog, so do start without him."
    (finding,) = verdict(OneWord("gondola", "office:absence"), text)
    assert (finding.check, finding.topics, finding.clause) == (Check.OFFICE, ("absence",), "P7")
    assert finding.span is not None
    said = text[slice(*finding.span)]
    assert "gondola" in said
    assert "letter" not in said
    assert f'"{said}"' in finding.why


def test_what_scores_low_is_withdrawn_but_never_a_sign_of_harm() -> None:
    found = [Finding(Check.ABUSE, "T2", "a"), Finding(Check.SAFEGUARDING, "K1", "b"), Finding(Check.HOURS, "T1", "c")]
    assert [finding.check for finding in verdict(OneWord("x", "abuse"), "Nothing here.", found)] == [Check.SAFEGUARDING]


def test_a_finding_that_the_judge_shares_keeps_its_own_reason() -> None:
    found = [Finding(Check.ABUSE, "T2", "an insulting word", span=(0, 4))]
    assert verdict(OneWord("fool", "abuse"), "Fool that you are", found) == found


def test_topics_of_one_finding_are_judged_apart() -> None:
    found = [Finding(Check.OFFICE, "P7", "two", topics=("absence", "music"))]
    (kept,) = verdict(OneWord("cello", "office:music"), "No cello on Friday", found)
    assert kept.topics == ("music",)


def test_nothing_is_added_where_the_policy_asks_nothing() -> None:
    assert verdict(OneWord("gondola", "office:absence"), "The gondola is stuck", role=AuthorRole.STAFF) == []
    assert verdict(OneWord("gondola", "sensitive"), "The gondola is stuck", kind=Kind.MESSAGE) == []


def test_a_contact_detail_that_no_rule_foresees_is_added_in_the_open() -> None:
    model = OneWord("gondola", "contact")
    (finding,) = verdict(model, "Find us at the gondola with the blue door", kind=Kind.COMMENT)
    assert (finding.check, finding.clause) == (Check.CONTACT, "T10")
    assert finding.why.startswith("It reads like a private telephone number, address or account")
    assert verdict(model, "Find us at the gondola with the blue door", kind=Kind.MESSAGE) == []


def test_what_the_rules_say_of_contact_details_is_no_matter_of_judgement() -> None:
    found = [Finding(Check.CONTACT, "T10", "A telephone number", span=(0, 5))]
    assert verdict(OneWord("gondola", "contact"), "Ring the gondola", found, kind=Kind.COMMENT) == []
    engine = Engine(register(), LEXICONS, TopicJudge(OneWord("gondola", "contact")))
    for text in ("Ring me on 07700 900123", "Ring the gondola on 07700 900123"):
        told = engine.check(an_item(text, kind=Kind.COMMENT))
        assert [each.why[:19] for each in told if each.check is Check.CONTACT] == ["A telephone number "]


def test_the_schools_own_details_are_never_called_private() -> None:
    school = School(replace(register(), school=_OPEN), LEXICONS)
    judge = TopicJudge(OneWord("gondola", "contact"))
    for own in ("01632 960214", "960214", "(01632)960-214", "desk@harbour.example", "zz9 9aa"):
        item = an_item(f"The gondola can be reached at {own}", kind=Kind.COMMENT)
        assert judge.judge(Reading(item, school), ()) == [], own
    item = an_item("The gondola can be reached at 960215", kind=Kind.COMMENT)
    assert [finding.check for finding in judge.judge(Reading(item, school), ())] == [Check.CONTACT]


def test_a_contact_detail_is_not_guessed_at_in_another_language() -> None:
    engine = Engine(register(), LEXICONS, TopicJudge(OneWord("gondola", "contact")))
    polish = "Proszę przyjść jutro o ósmej do gondola i zabrać ze sobą ciepłe ubranie dla dziecka, bo będzie zimno"
    assert Check.CONTACT not in {finding.check for finding in engine.check(an_item(polish, kind=Kind.COMMENT))}


def test_staff_and_families_have_their_own_clauses() -> None:
    model = OneWord("gondola", "reshare")
    assert verdict(model, "The gondola is stuck", role=AuthorRole.STAFF)[0].clause == "T13"
    assert verdict(model, "The gondola is stuck", role=AuthorRole.PARENT)[0].clause == "P9"


def test_another_script_is_never_guessed_at() -> None:
    found = [Finding(Check.ABUSE, "T2", "a")]
    assert verdict(OneWord("мама", "sensitive"), "мама мыла раму", found, kind=Kind.COMMENT) == found


def test_the_end_of_a_long_text_is_read_too() -> None:
    text = "all is well here " * 60 + "the gondola sank"
    (finding,) = verdict(OneWord("gondola", "safeguarding"), text)
    assert finding.span is not None
    assert "gondola" in text[slice(*finding.span)]


@pytest.fixture(scope="module")
def judge() -> TopicJudge:
    found = load_judge()
    assert found is not None, "resources/judge/judge.npz is missing: python -m app.judge.training"
    return found


def test_the_shipped_judge_reads_what_holds_no_keyword(judge: TopicJudge) -> None:
    reading = Reading(an_item("Our flight is on the Thursday, so she will miss the last two days"), SCHOOL)
    found = judge.judge(reading, ())
    assert [finding.topics for finding in found] == [("absence",)]


def test_the_shipped_judge_leaves_praise_alone(judge: TopicJudge) -> None:
    engine = Engine(register(), LEXICONS, judge)
    assert Check.ABUSE not in {finding.check for finding in engine.check(an_item("Lovely to hear them all sing."))}


@settings(deadline=None, max_examples=40)
@given(text=st.text(max_size=300))
def test_any_text_gets_findings_that_can_be_shown(text: str) -> None:
    judge = load_judge()
    assert judge is not None
    item = an_item(text, kind=Kind.COMMENT)
    for finding in judge.judge(Reading(item, SCHOOL), ()):
        assert finding.check in MAY_ADD
        assert finding.why.endswith(".")
        assert finding.span is not None
        assert 0 <= finding.span[0] < finding.span[1] <= len(text)


def test_the_shipped_judge_withdraws_no_hard_evidence(judge: TopicJudge) -> None:
    sung = Reading(an_item("Lovely singing, thank you all. See you at the fair on Friday."), SCHOOL)
    harm = Finding(Check.SAFEGUARDING, "K1", "a phrase", span=(0, 6))
    insult = Finding(Check.ABUSE, "T2", "a phrase", span=(0, 6))
    assert judge.judge(sung, [harm, insult, Finding(Check.COMPARE, "P12", "a phrase", span=(0, 6))]) == [harm]
    rude = Reading(an_item("Lovely singing, thank you all. See you at the fair on Friday, you tosser."), SCHOOL)
    assert judge.judge(rude, [insult]) == [insult]


def test_it_is_read_once() -> None:
    assert load_judge() is load_judge()


def test_the_same_item_gets_the_same_verdict(judge: TopicJudge) -> None:
    reading = Reading(an_item("He pushed her and nobody came. Who do I see about it?"), SCHOOL)
    assert judge.judge(reading, ()) == judge.judge(reading, ())


def test_without_numpy_there_is_no_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert load_judge() is None


def test_without_the_encoder_the_grams_judge_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(loading, "encoder_path", lambda: tmp_path / "none.npz")
    lean = load_judge()
    assert lean is not None
    reading = Reading(an_item("She is off sick today with a temperature and won't be in"), SCHOOL)
    topics = {topic for finding in lean.judge(reading, ()) for topic in finding.topics}
    assert {"absence", "sickness"} <= topics
