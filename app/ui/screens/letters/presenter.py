"""What the page for the wording of letters knows and does, without Qt. It serves every kind of letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.letters import LetterKind, Part, Wording, faults, kind_of, reworded
from app.domain.words import day_words
from app.services.codes import LetterSender, SchoolContact
from app.services.letters import (
    HOME_LANGUAGE,
    ConfirmWording,
    LetterWordings,
    RestoreWording,
    SaveWording,
    Standing,
)
from app.services.office import Office


@dataclass(slots=True)
class LettersPresenter:
    """One kind of letter: its wording in each language, and the one that is looked at."""

    office: Office
    kind_id: str = "code"
    language: str = HOME_LANGUAGE
    standings: dict[str, Standing] = field(default_factory=dict)
    _school: SchoolContact | None = None

    @classmethod
    def of(cls, office: Office, key: object) -> LettersPresenter:
        """`key` is a kind, or a kind and a language: "code", "code:pl". Raises `Problem` for a kind there is not."""
        kind, _, language = str(key).partition(":")
        made = cls(office, kind_of(kind).id, language or HOME_LANGUAGE)
        made.load()
        return made

    def load(self) -> None:
        """Read every language again."""
        self.standings = {one.wording.code: one for one in self.office.ask(LetterWordings(self.kind_id))}
        self._school = self.office.ask(LetterSender())
        if self.language not in self.standings:
            self.language = HOME_LANGUAGE

    @property
    def kind(self) -> LetterKind:
        """Its parts and fields."""
        return kind_of(self.kind_id)

    @property
    def now(self) -> Standing:
        """The wording that is looked at."""
        return self.standings[self.language]

    def choices(self) -> list[tuple[str, str]]:
        """The languages, each with how its wording stands."""
        return [(code, f"{one.wording.language}: {standing_words(one)}") for code, one in self.standings.items()]

    def said(self) -> dict[str, str]:
        """Each part as it stands."""
        return {part.key: self.now.wording.said(part) for part in self.kind.parts}

    def is_changed(self, said: Mapping[str, str]) -> bool:
        """Something was written that is not saved."""
        return any(tidy(part, said[part.key]) != tidy(part, words) for part, words in self._beside())

    def faults(self, said: Mapping[str, str]) -> dict[str, str]:
        """What is wrong with each part, by its key."""
        return faults(self.kind, said)

    def preview(self, said: Mapping[str, str]) -> bytes:
        """The letter with these words, whether they are saved or not. Raises `Problem` for words at fault."""
        from reports.letters.preview import preview_of  # the letters of a page cost time, so only now
        from reports.letters.writing import Sender

        wording = self.now.wording
        shown: Wording = reworded(self.kind, wording, said) if self.is_changed(said) else wording
        assert self._school is not None
        school = self._school
        return preview_of(self.kind_id, shown, Sender(school.name, school.phone, school.email), school.today)

    def save(self, said: Mapping[str, str], initiator: object = None) -> None:
        """Keep these words as the school's own."""
        self._set(
            self.office.perform(
                SaveWording(self.kind_id, self.language, dict(said), self.now.wording.digest), initiator
            )
        )

    def restore(self, initiator: object = None) -> None:
        """Go back to the wording that came with the program."""
        self._set(self.office.perform(RestoreWording(self.kind_id, self.language), initiator))

    def confirm(self, speaker: str, initiator: object = None) -> None:
        """Somebody who speaks the language has read it."""
        self._set(
            self.office.perform(
                ConfirmWording(self.kind_id, self.language, speaker, self.now.wording.digest), initiator
            )
        )

    def about(self) -> str:
        """Whose words these are, and who has confirmed them."""
        one = self.now
        words = "The wording that came with Schoolgate."
        if one.own and one.saved_at is not None:
            words = f"Your school's own wording, saved by {one.saved_by} on {day_words(one.saved_at.date())}."
        if one.confirmed_at is not None:
            told = f"Checked by {one.speaker}, noted by {one.confirmed_by} on {day_words(one.confirmed_at.date())}."
            words = f"{words} {told}"
        elif one.wording.draft:
            words += " A draft: have a speaker of the language check it. The letters say so at their foot until then."
        return words

    def _set(self, standing: Standing) -> None:
        self.standings[standing.wording.code] = standing

    def _beside(self) -> list[tuple[Part, str]]:
        return [(part, self.now.wording.said(part)) for part in self.kind.parts]


def tidy(part: Part, words: str) -> str:
    """Without what saving takes away."""
    return "\n".join(line.strip() for line in words.strip().splitlines() if line.strip() or not part.steps)


def standing_words(one: Standing) -> str:
    """How a wording stands, in a word or two."""
    if one.wording.draft:
        return "draft"
    return "checked" if one.confirmed_at is not None else "your own words" if one.own else "as it came"
