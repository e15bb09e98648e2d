"""Private contact details in the open (policy T10)."""

from __future__ import annotations

from app.domain.checks.finding import Check, Finding
from app.domain.checks.reading import Reading
from app.domain.checks.word_kinds import may_tell_detail
from app.domain.content import AuthorRole


def contact(reading: Reading) -> list[Finding]:
    """A private contact detail in a post or a comment."""
    if not reading.item.kind.is_open or not reading.item.text:
        return []
    by_staff = reading.item.author.role is AuthorRole.STAFF
    if not may_tell_detail(reading.words.text, reading.seen.kinds, reading.seen.twice):
        return []
    found = reading.school.contact.first(reading.words, by_staff)
    if found is None:
        return []
    (start, end), what = found
    span = reading.words.folded.span(start, end)
    written = " ".join(reading.item.text[span[0] : span[1]].split())
    article = "An" if what[0] in "aeiou" else "A"
    why = f'{article} {what} stands where many families can see it: "{written}".'
    return [Finding(Check.CONTACT, "T10", why, span=span)]
