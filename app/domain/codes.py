"""Linking codes made here: unguessable, without look-alike signs, with a sign that tells a mistyped code (P3).

Twelve signs in three groups ("K7QM-9CXD-HTRP"): eleven drawn at random (about 50 bits), the twelfth follows from them.
The alphabet has 23 signs, a prime number, so that any one wrong sign and any two signs swapped are noticed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum

from app.domain.problems import Refused

ALPHABET = "ACDEFHJKMNPQRTVWXY34679"
"""No 0 O, 1 I L, 2 Z, 5 S, 8 B, 6 G or U V together: nobody has to ask which one is meant."""
LENGTH = 12
GROUP = 4

_SERVICE = re.compile(r"[PS][A-Z0-9]{6,8}")
_PARTING = re.compile(r"[\s\-_.·–—]+")

Draw = Callable[[Sequence[str]], str]
"""Picks one sign at random: `secrets.choice`, or a test's own."""


class CodeState(StrEnum):
    """What has become of a code in the ledger."""

    WAITING = "waiting"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"

    @property
    def words(self) -> str:
        """As a chip says it."""
        return {"waiting": "Not used", "used": "Used", "expired": "Expired", "revoked": "Revoked"}[self.value]


def state_of(used_at: datetime | None, revoked_at: datetime | None, expires_on: date | None, today: date) -> CodeState:
    """A used code stays used; a revoked one revoked; the day of expiry is the last on which a code holds."""
    if used_at is not None:
        return CodeState.USED
    if revoked_at is not None:
        return CodeState.REVOKED
    return CodeState.EXPIRED if expires_on is not None and expires_on < today else CodeState.WAITING


def new_code(draw: Draw) -> str:
    """A code, without its hyphens. `draw` must be as hard to guess as the code is to be."""
    signs = "".join(draw(ALPHABET) for _ in range(LENGTH - 1))
    return signs + _check_sign(signs)


def grouped(code: str) -> str:
    """A code as it is printed: "K7QM-9CXD-HTRP"; one of the service's as it stands."""
    if len(code) != LENGTH:
        return code
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read_code(typed: str) -> str:
    """A typed code without spaces and hyphens, in capitals. Raises `Refused` for one that was mistyped."""
    code = plain(typed)
    if not code:
        raise Refused("No code was entered. Type it as it stands on the letter.")
    if _SERVICE.fullmatch(code):
        return code
    strange = sorted({sign for sign in code if sign not in ALPHABET})
    if strange:
        raise Refused(
            f"The code was mistyped: the school's codes never hold {' or '.join(strange)}. "
            "Compare it with the letter and type it again."
        )
    if len(code) != LENGTH:
        raise Refused(
            f"The code was mistyped: it has {len(code)} signs, and the school's codes have {LENGTH}. "
            "Compare it with the letter and type it again."
        )
    if not checks(code):
        raise Refused(
            "The code was mistyped: its signs do not fit together, so one is wrong or two are swapped. "
            "Compare it with the letter and type it again."
        )
    return code


def plain(typed: str) -> str:
    """Capitals without what parts the groups."""
    return _PARTING.sub("", typed).upper()


def checks(code: str) -> bool:
    """Whether the signs of a code made here fit together."""
    if len(code) != LENGTH or any(sign not in ALPHABET for sign in code):
        return False
    return _weigh(code) == 0


def service_doubt(code: str) -> str:
    """What is odd about one of ClassDojo's own codes; empty where nothing is. It is a warning, never a bar."""
    if _SERVICE.fullmatch(plain(code)):
        return ""
    return "ClassDojo's codes begin with P (adults) or S (pupils) and have 7 to 9 letters and figures. Check this one."


def _weigh(signs: str) -> int:
    return sum(place * ALPHABET.index(sign) for place, sign in enumerate(signs, start=1)) % len(ALPHABET)


def _check_sign(signs: str) -> str:
    count = len(ALPHABET)
    wanted = (-_weigh(signs) * pow(LENGTH, -1, count)) % count
    return ALPHABET[wanted]
