"""What the panel for checking drafts shows and does, without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.domain.checks.finding import Check
from app.domain.content import Kind, Media
from app.domain.ticket import Ticket
from app.services.before_posting import (
    KINDS,
    CheckDraft,
    ChildrenToTick,
    ClassChild,
    DraftChecked,
    DraftChild,
    DraftFinding,
    get_ready,
)
from app.services.office import Office
from app.services.school import School

MEDIA_WORDS: dict[Media, str] = {
    Media.PHOTO: "Photographs",
    Media.VIDEO: "Videos",
    Media.WORK: "Pupils' work",
}


_GO_ON = "Open Class lists, and have its staff acknowledge the list first."


@dataclass(slots=True)
class PostingPresenter:
    """A draft, the class it is for, the children in its pictures, and what came of checking it."""

    office: Office
    classes: tuple[tuple[int, str], ...] = ()
    done: DraftChecked | None = None
    _children: dict[int | None, tuple[ClassChild, ...]] = field(default_factory=dict)

    @property
    def kinds(self) -> Sequence[Kind]:
        """What a draft can be meant for."""
        return KINDS

    def load(self) -> None:
        """Read the classes anew."""
        facts = self.office.ask(School())
        self.classes = tuple((id_, f"{name}, year {year}" if year else name) for id_, name, year in facts.classes)
        self._children.clear()

    def children(self, kind: Kind, class_id: int | None) -> tuple[ClassChild, ...]:
        """Who can be ticked: the class's children, for a school story everybody's."""
        wanted = None if kind is Kind.SCHOOL_STORY else class_id
        if wanted is None and kind is not Kind.SCHOOL_STORY:
            return ()
        if wanted not in self._children:
            self._children[wanted] = self.office.ask(ChildrenToTick(wanted))
        return self._children[wanted]

    def get_ready(self, ticket: Ticket) -> None:
        """Read the word lists, so that the first check is as quick as the next."""
        del ticket
        get_ready()

    def check(
        self, text: str, kind: Kind, class_id: int | None, pupils: Iterable[int], media: Iterable[Media]
    ) -> DraftChecked:
        """Check the draft. Raises `Problem` in one sentence."""
        class_of = None if kind is Kind.SCHOOL_STORY else class_id
        return self.office.perform(CheckDraft(text, kind, class_of, tuple(pupils), tuple(media)))

    def verdict(self, done: DraftChecked) -> tuple[str, str]:
        """What came of it in a sentence, and what to do."""
        if done.is_clear and done.not_cleared:
            return "The words stand, and posting is not yet cleared.", f"{' '.join(done.not_cleared)} {_GO_ON}"
        if done.is_clear:
            return "Nothing stands against posting this.", "A person still decides: read it once more."
        found = ", ".join(dict.fromkeys(finding.check.words.lower() for finding in done.findings))
        return "Do not post this as it is.", " ".join((f"Found: {found}.", *done.not_cleared))


@dataclass(frozen=True, slots=True)
class Told:
    """The findings of one check together: their numbers in the text, what is said of them, and what to do."""

    numbers: tuple[int, ...]
    first: DraftFinding
    whys: tuple[str, ...]


def changes_words(done: DraftChecked) -> str:
    """What the text to post has that the draft had not, and what is still left to do by hand."""
    count = len(done.rewording.changes)
    names = "1 name is put right." if count == 1 else f"{count} names are put right."
    said = names if count else "The names are as the policy allows them."
    if all(finding.check in _BY_REWORDING for finding in done.findings):
        return said if not count else f"{said} Nothing else is changed."
    return f"{said} What else was found is still there: take it out before you post."


_BY_REWORDING = frozenset({Check.SURNAME, Check.INITIAL})


def told(findings: Sequence[DraftFinding]) -> list[Told]:
    """One for each check, in the findings' order; children who may not be shown stand in one sentence."""
    groups: dict[Check, list[tuple[int, DraftFinding]]] = {}
    for number, finding in enumerate(findings, start=1):
        groups.setdefault(finding.check, []).append((number, finding))
    made = []
    for check, group in groups.items():
        whys = tuple(dict.fromkeys(finding.why for _, finding in group))
        if check is Check.NO_PERMISSION:
            names = [name for _, finding in group for name in finding.children]
            whys = (f"{listed(names)} may not be shown here.",)
        made.append(Told(tuple(number for number, _ in group), group[0][1], whys))
    return made


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "Ella, Maya and Oscar R"."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def child_words(child: DraftChild) -> str:
    """What is said of a child: whether they may be shown, never why not."""
    if child.stopped:
        lacking = [MEDIA_WORDS[media].lower() for media, allowed in child.allowed if not allowed]
        return f"May not be shown in {' or '.join(lacking)}" if lacking else "May not be shown"
    if child.allowed and all(allowed for _, allowed in child.allowed):
        return "May be shown"
    if child.allowed:
        return "Their own family may see it"
    return "Named"
