"""The codes by which pupils sign in to ClassDojo, typed or pasted: a text code, and the link that its QR holds (H6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.codes import plain
from app.domain.problems import Refused

_STUDENT = re.compile(r"S[A-Z0-9]{6,8}")
_ANY = re.compile(r"[A-Z0-9]{4,16}")
_PARTED = re.compile(r"[\t;,]|\s{2,}")
_LINK = re.compile(r"https?://\S{4,400}", re.IGNORECASE)
_HEADINGS = frozenset({"code", "codes", "student code", "login code", "text code", "qr", "link"})


@dataclass(frozen=True, slots=True)
class LoginCode:
    """What a pupil types, and what the QR holds; without a link the QR holds the code itself."""

    code: str
    link: str = ""

    def __repr__(self) -> str:
        return "LoginCode()"

    @property
    def in_qr(self) -> str:
        """What a camera reads."""
        return self.link or self.code


@dataclass(frozen=True, slots=True)
class ListedLogin:
    """One line of a pasted list, by its number from 1: a name, and the code where there is one."""

    number: int
    name: str
    code: str
    link: str = ""

    def __repr__(self) -> str:
        return f"ListedLogin({self.number})"


def read_login(code: str, link: str = "") -> LoginCode:
    """A typed code in capitals without spaces. Raises `Refused` for one that cannot be, each case in its sentence."""
    read = plain(code)
    if not read:
        raise Refused("Enter the pupil's text code as ClassDojo shows it, such as SAB12CD34.")
    if read.startswith("P") and len(read) in range(7, 10):
        raise Refused("This is a code for parents: it begins with P. A pupil's code begins with S. Nothing was saved.")
    if _ANY.fullmatch(read) is None:
        raise Refused("A login code has 4 to 16 letters and figures. Compare it with ClassDojo and enter it again.")
    address = link.strip()
    if address and _LINK.fullmatch(address) is None:
        raise Refused("The link of the QR code must begin with https:// and hold no spaces. Copy it again.")
    return LoginCode(read, address)


def login_doubt(code: str) -> str:
    """What is odd about a code; empty where nothing is. It is a warning, never a bar."""
    if _STUDENT.fullmatch(plain(code)):
        return ""
    return "ClassDojo's codes for pupils begin with S and have 7 to 9 letters and figures. Check this one."


def read_login_list(text: str) -> tuple[ListedLogin, ...]:
    """Every line with a name; the code is the last part that could be one, a link may stand before or after it."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        parts = [part.strip() for part in _PARTED.split(line) if part.strip()]
        if not parts or any(part.casefold() in _HEADINGS for part in parts):
            continue
        link = next((part for part in parts if _LINK.fullmatch(part)), "")
        rest = [part for part in parts if part != link]
        last = plain(rest[-1]) if len(rest) > 1 else ""
        has_code = bool(_ANY.fullmatch(last)) and any(sign.isdigit() for sign in last)
        found.append(ListedLogin(number, ", ".join(rest[:-1] if has_code else rest), last if has_code else "", link))
    return tuple(found)
