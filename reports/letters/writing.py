"""From codes to letters: each in its guardian's language, as one PDF or as the list for a mail merge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.letters import CODE_LETTER, DRAFT, Wording, filled, language_of
from app.domain.words import day_words
from app.services.codes import IssuedCode, Recipient
from app.services.letters import shipped
from reports.kit.letter import Letter, Way, letters_pdf
from reports.kit.merge import sheet_of

SAMPLE = "ACDE-FHJK-MNPQ"
"""Stands in a preview in place of a code that is not made yet."""

COLUMNS = ("Guardian", "Child", "Class", "Language", "Code", "Use by", "Title", "Greeting", "Opening", "Closing")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the school, and where questions go."""

    school: str
    phone: str = ""
    email: str = ""


class Writer:
    """Writes letters for one school on one day. `own` are the wordings in force; what is left out is as it came."""

    def __init__(self, sender: Sender, today: date, own: Iterable[Wording] = ()) -> None:
        self.sender, self.today = sender, today
        self._wordings = {wording.code: wording for wording in own}

    def wording_for(self, language: str) -> Wording:
        """The wording for a guardian's language."""
        code = language_of(language)
        return self._wordings.get(code) or shipped(CODE_LETTER.id, code)

    def letter(self, to: Recipient, shown: str, expires_on: date | None) -> Letter:
        """One letter. `shown` is the code in its groups; its QR holds the code without hyphens."""
        words = self.wording_for(to.language)
        values = self._values(to, words, expires_on)
        said = {key: filled(text, values) for key, text in words.words.items()}
        steps = {key: tuple(filled(step, values) for step in listed) for key, listed in words.steps.items()}
        return Letter(
            language=words.code,
            leftwards=words.leftwards,
            school=self.sender.school,
            day=day_words(self.today),
            title=said["title"],
            greeting=said["greeting"],
            opening=said["opening"],
            ways=(
                Way(said["app_heading"], steps["app_steps"]),
                Way(said["website_heading"], steps["website_steps"]),
            ),
            code_label=said["code_label"],
            code=shown,
            qr=shown.replace("-", ""),
            until=said["until"] if expires_on is not None else "",
            closing=" ".join(filter(None, (said["closing"], said["contact"] if self._reachable else ""))),
            signed=said["signed"],
            note=DRAFT if words.draft else "",
        )

    def pdf(self, codes: Iterable[IssuedCode]) -> bytes:
        """Every letter, one to a page."""
        return letters_pdf((self.letter(one.to, one.shown, one.expires_on) for one in codes), "Code letters")[0]

    def preview(self, to: Sequence[Recipient], expires_on: date | None) -> bytes:
        """The letters as they would be, with a sample in place of each code."""
        return letters_pdf((self.letter(one, SAMPLE, expires_on) for one in to), "Preview of code letters")[0]

    def merge(self, codes: Iterable[IssuedCode]) -> bytes:
        """A workbook with a row a letter, for a school that writes its own."""
        rows = []
        for one in codes:
            letter = self.letter(one.to, one.shown, one.expires_on)
            use_by = day_words(one.expires_on) if one.expires_on else ""
            words = self.wording_for(one.to.language)
            rows.append(
                (one.to.guardian, one.to.pupil, one.to.class_name, words.language, one.shown, use_by, letter.title,
                 letter.greeting, letter.opening, letter.closing)
            )  # fmt: skip
        return sheet_of("Code letters", COLUMNS, rows)

    def drafts(self, to: Iterable[Recipient]) -> tuple[str, ...]:
        """The languages among these letters whose wording nobody at the school has confirmed."""
        found = {words.language for one in to if (words := self.wording_for(one.language)).draft}
        return tuple(sorted(found))

    @property
    def _reachable(self) -> bool:
        return bool(self.sender.phone and self.sender.email)

    def _values(self, to: Recipient, words: Wording, expires_on: date | None) -> dict[str, str]:
        expires = ""
        if expires_on is not None:
            expires = day_words(expires_on) if words.code == "en" else f"{expires_on:%d/%m/%Y}"
        return {
            "school": self.sender.school,
            "child": to.pupil,
            "guardian": to.guardian,
            "class": to.class_name or "–",
            "expires": expires,
            "phone": self.sender.phone.replace(" ", "\u00a0") or "–",
            "email": self.sender.email or "–",
        }
