"""The school's wording of letters: judged when saved, a draft until a speaker confirms it, and back as it came."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.letters import CODE_LETTER, KINDS, LANGUAGES, faults, filled, reworded, steps_of
from app.domain.problems import Overtaken, Problem, Refused
from app.services.letters import (
    ConfirmWording,
    LetterWordings,
    RestoreWording,
    SaveWording,
    Standing,
    shipped,
)
from app.services.office import Office
from app.store.tables.audit import AuditRow
from app.store.tables.letters import LetterWordingRow
from tests.conftest import StandingClock


def standing(office: Office, code: str = "pl") -> Standing:
    return next(one for one in office.ask(LetterWordings()) if one.wording.code == code)


def parts(of: Standing, **others: str) -> dict[str, str]:
    return {part.key: of.wording.said(part) for part in CODE_LETTER.parts} | others


def save(office: Office, code: str = "pl", **others: str) -> Standing:
    now = standing(office, code)
    return office.perform(SaveWording("code", code, parts(now, **others), now.wording.digest))


def confirm(office: Office, code: str = "pl") -> Standing:
    return office.perform(ConfirmWording("code", code, "Mrs Nowak", standing(office, code).wording.digest))


def test_every_language_is_there_as_it_came_and_a_draft_but_english(clerk: Office) -> None:
    found = clerk.ask(LetterWordings())
    assert tuple(one.wording.code for one in found) == LANGUAGES
    assert [one.wording.code for one in found if not one.wording.draft] == ["en"]
    assert not any(one.own for one in found)


def test_the_schools_words_are_kept_and_go_back(clerk: Office, slt: Office) -> None:
    saved = save(clerk, code_label="Kod dla Państwa")
    assert saved.own
    assert saved.saved_by == "Pat Office"
    assert standing(slt).wording.words["code_label"] == "Kod dla Państwa"
    back = slt.perform(RestoreWording("code", "pl"))
    assert (back.own, back.wording) == (False, shipped("code", "pl"))
    with pytest.raises(Overtaken):
        slt.perform(RestoreWording("code", "pl"))
    with clerk.database.reading() as session:
        verbs = session.scalars(select(AuditRow.verb).where(AuditRow.outcome == "done")).all()
    assert verbs == ["letter.reworded", "letter.restored"]


def test_words_as_they_came_are_not_the_schools_own(clerk: Office) -> None:
    save(clerk, code_label="Inny")
    came = shipped("code", "pl").words["code_label"]
    assert not save(clerk, code_label=came).own


@pytest.mark.parametrize(
    ("part", "said", "says"),
    [
        ("title", "Połącz {surname}", "uses the field {surname}"),
        ("title", "Połącz {child.name}", "uses the field {child.name}"),
        ("title", "Połącz {child!r}", "none of that name"),
        ("title", "Połącz {}", "uses the field {}"),
        ("title", "Połącz {child", "bracket without its partner"),
        ("title", "   ", "is empty"),
        ("app_steps", "", "one to six steps"),
        ("app_steps", "\n".join("abcdefg"), "one to six steps"),
        ("app_steps", "Dobrze\n{upn}", "uses the field {upn}"),
        ("opening", "a" * 1300, "1,300 characters"),
        ("website_steps", "a" * 300, "room for 240"),
        ("closing", "a\x00b", "cannot be printed"),
    ],
)
def test_a_fault_is_refused_when_saved_and_nothing_changes(clerk: Office, part: str, said: str, says: str) -> None:
    with pytest.raises(Problem) as refused:
        save(clerk, **{part: said})
    assert says in refused.value.sentence
    assert refused.value.sentence.endswith(".")
    with clerk.database.reading() as session:
        assert session.scalars(select(LetterWordingRow)).all() == []


def test_an_optional_part_may_be_empty(clerk: Office) -> None:
    assert save(clerk, until="", contact="").wording.words["until"] == ""


def test_somebody_elses_words_are_not_overwritten(clerk: Office, slt: Office) -> None:
    seen = standing(clerk)
    save(slt, code_label="Od kierownictwa")
    with pytest.raises(Overtaken, match="Somebody else"):
        clerk.perform(SaveWording("code", "pl", parts(seen, code_label="Od biura"), seen.wording.digest))
    assert standing(clerk).wording.words["code_label"] == "Od kierownictwa"


def test_a_speaker_confirms_the_words_and_other_words_are_a_draft_again(clerk: Office, clock: StandingClock) -> None:
    with pytest.raises(Refused, match="Say who checked"):
        clerk.perform(ConfirmWording("code", "pl", "  ", standing(clerk).wording.digest))
    done = confirm(clerk)
    assert not done.wording.draft
    assert (done.confirmed_at, done.confirmed_by, done.speaker) == (clock.now, "Pat Office", "Mrs Nowak")
    with pytest.raises(Overtaken, match="no draft"):
        confirm(clerk)
    changed = save(clerk, code_label="Kod dla Państwa")
    assert changed.wording.draft
    assert (changed.confirmed_at, changed.speaker) == (None, "")
    back = clerk.perform(RestoreWording("code", "pl"))
    assert not back.wording.draft, "what was confirmed is in force again"
    assert back.speaker == "Mrs Nowak"
    assert standing(clerk, "ur").wording.draft, "one language says nothing of another"


def test_words_changed_while_they_were_read_are_not_confirmed(clerk: Office, slt: Office) -> None:
    read = standing(clerk).wording.digest
    save(slt, code_label="Inny kod")
    with pytest.raises(Overtaken, match="changed meanwhile"):
        clerk.perform(ConfirmWording("code", "pl", "Mrs Nowak", read))


def test_the_schools_own_english_is_no_draft(clerk: Office) -> None:
    assert not save(clerk, "en", code_label="The code").wording.draft


@pytest.mark.parametrize(("kind", "code"), [("code", "xx"), ("nothing", "en"), ("../policy", "en")])
def test_what_is_not_there_is_refused(clerk: Office, kind: str, code: str) -> None:
    said: dict[str, Any] = {}
    for command in (
        SaveWording(kind, code, said, ""),
        RestoreWording(kind, code),
        ConfirmWording(kind, code, "Mrs Nowak", ""),
    ):
        with pytest.raises(Problem):
            clerk.perform(command)


def test_every_kind_of_letter_is_whole_in_every_language() -> None:
    for kind in KINDS.values():
        for code in LANGUAGES:
            wording = shipped(kind.id, code)
            said: dict[str, Any] = {part.key: wording.said(part) for part in kind.parts}
            assert faults(kind, said) == {}
            assert reworded(kind, wording, said) == wording, "a text on the screen is the wording itself"


@given(st.text(max_size=80))
def test_whatever_passes_the_judge_can_be_filled(text: str) -> None:
    said = {**shipped("code", "en").words, **shipped("code", "en").steps, "title": text}
    if "title" not in faults(CODE_LETTER, said):
        values = dict.fromkeys(CODE_LETTER.fields, "{x}")
        assert isinstance(filled(reworded(CODE_LETTER, shipped("code", "en"), said).words["title"], values), str)


def test_steps_lose_the_numbers_that_were_typed_before_them() -> None:
    assert steps_of("1. Get the app\n\n 2) Choose Parent\n3 times a day") == (
        "Get the app",
        "Choose Parent",
        "3 times a day",
    )
