"""Matching whoever asks to be joined to a child against the adults whom the register ties to that child (P4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.naming import fold, name_key

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "lady"})


@dataclass(frozen=True, slots=True)
class KnownAdult:
    """An adult tied to the child."""

    id: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Match:
    """Whom the name fits, and why; nobody where it fits nobody or more than one."""

    guardian_id: int | None
    reason: str

    @property
    def known(self) -> bool:
        """Whether the register names them."""
        return self.guardian_id is not None


def match_adult(name_given: str, adults: Iterable[KnownAdult]) -> Match:
    """Full name first, then surname with the initial, then the surname alone; each only where it fits one adult."""
    words = [word for word in _words(name_given) if word not in _TITLES]
    known = [(adult, _words(adult.first), _words(adult.last)) for adult in adults]
    if not words:
        return Match(None, "No name was given.")
    whole = "".join(words)
    ladder = (
        ("The full name is the one in the register.", [a for a, f, s in known if "".join(f + s) == whole]),
        (
            "First name and surname are in the register, with other names between them.",
            [a for a, f, s in known if f and s and words[0] == f[0] and words[-len(s) :] == s],
        ),
        (
            "The surname is in the register and the initial fits. Ask who it is if you are not sure.",
            [a for a, f, s in known if f and s and words[-len(s) :] == s and words[0] == f[0][0]],
        ),
        (
            "Only the surname fits an adult in the register. Ask who it is before you approve.",
            [a for a, f, s in known if s and words == s],
        ),
    )
    for reason, found in ladder:
        if len(found) == 1:
            return Match(found[0].id, reason)
        if found:
            return Match(None, "The name fits more than one adult of this child. Ask for the full name.")
    return Match(None, "The register names no such adult for this child.")


def _words(name: str) -> list[str]:
    parted = fold(name).replace(",", " ").replace("-", " ").split()
    return [word for word in map(name_key, parted) if word]
