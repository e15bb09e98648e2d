"""What is known of one request to be linked: whom the name fits and why, who is linked already, what stands against it.

Seen before anybody decides (P4).
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.words import moment_words
from app.store.reads.codes import RequestLine
from app.ui.parts.card import Card
from app.ui.parts.facts import Fact, Facts


class RequestCard(Card):
    """Stands under the list of requests."""

    def __init__(self) -> None:
        self._facts = Facts(columns=2)
        super().__init__("The request", self._facts)

    def tell(self, request: RequestLine, linked: Sequence[str], against: Sequence[str]) -> None:
        """Show one request; `linked` are the adults on the child's account now."""
        facts: list[Fact] = [
            ("Name given", request.name_given),
            ("For", f"{request.pupil}, {request.class_name or 'no class'}"),
            ("In the register", request.guardian or "Nobody of this name for this child"),
            ("Linked now", ", ".join(linked) or "Nobody"),
            ("Why", request.reason),
            ("Against it", " ".join(against) or "Nothing"),
            ("Asked", moment_words(request.asked_at, "Europe/London")),
        ]
        if request.decided_by:
            facts.append(("Decided by", request.decided_by))
        self._facts.show_facts(facts)
