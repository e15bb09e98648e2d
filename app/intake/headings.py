"""What a column's heading means, in whatever words the office, its information system or a form chose.

A heading is cut into words; words for the child are dropped, words for an adult say whose column it is, and what is
left is looked up. "PARENT_1_EMAIL", "Email (Parent 1)" and "Parent/carer 1: e-mail address" all mean the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.domain.naming import fold

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[a-z]+|\d+")
_ORDINAL_ENDING = re.compile(r"(\d)(?:st|nd|rd|th)\b")
_CHILD = frozenset({"child", "childs", "children", "childrens", "pupil", "pupils", "student", "students", "learner"})
_ADULT = {
    "parent": "guardian", "parents": "guardian", "guardian": "guardian", "guardians": "guardian", "carer": "guardian",
    "carers": "guardian", "adult": "guardian", "mother": "mother", "mothers": "mother", "mum": "mother",
    "mums": "mother", "father": "father", "fathers": "father", "dad": "father", "dads": "father",
    "contact": "contact", "contacts": "contact", "emergency": "contact",
}  # fmt: skip
_ORDINALS = {
    "first": 1, "1st": 1, "primary": 1, "main": 1, "second": 2, "2nd": 2, "secondary": 2, "third": 3, "3rd": 3,
    "fourth": 4, "4th": 4,
}  # fmt: skip
_NOISE = frozenset(
    {"dd", "mm", "yyyy", "yy", "optional", "required", "mandatory", "text", "current", "the", "of", "s", "please"}
    | {"is", "to", "for", "in", "format", "as", "at", "or", "and", "st", "nd", "his", "her", "their"}
)
_PUPIL_WORDS = {
    "first": "first name, firstname, forename, forenames, given name, given names, first names, christian name, fname, "
    "first, legal forename, legal first name, legal given name, legal forenames, forename legal",
    "last": "last name, lastname, surname, family name, lname, last, second name, legal surname, legal last name, "
    "legal family name, surname legal",
    "preferred": "preferred first name, preferred given name, preferred forename, preferred name, known as, "
    "chosen name, chosen forename, chosen first name, pref first name, pref forename, pref name, nickname, "
    "familiar name, called, likes be called, preferred firstname, pref given name, preferred",
    "preferred_last": "preferred last name, preferred surname, preferred family name, chosen surname, pref surname, "
    "pref last name, chosen last name, preferred lastname",
    "middle": "middle name, middle names, middlename, middle names s, other names",
    "name": "name, full name, fullname, legal name, legal full name, names, surname forename, "
    "forename surname, name surname",
    "born": "date birth, dob, do b, birth date, birthdate, birthday, d o b, born, date birth dob, birth",
    "sex": "sex, gender, legal sex, gender identity, sex gender",
    "upn": "upn, unique pupil number, upn number, unique pupil no, upn no",
    "former_upn": "former upn, previous upn, old upn",
    "postcode": "postcode, post code, postal code, home postcode, address postcode, home post code, postcode home",
    "address": "address, home address, full address, address line, street, street name, house number, house name, "
    "house no, house name number, flat, town, city, county, locality, village, district, address town, address county, "
    "address block, address street, postal address, apartment, town city",
    "in_care": "care, looked after, lac, cla, la care, lea care, looked after lac, care indicator, lac status, "
    "currently care, currently looked after, looked after status, looked after cla, care status, local authority care, "
    "looked after indicator, children looked after, after",
    "care_authority": "care authority, caring authority, lac authority, cla authority, looked after authority, "
    "looked after by, responsible authority",
}
_ADULT_WORDS = {
    "name": ", name, full name, names, forename surname, name s",
    "title": "title, salutation, honorific",
    "first": "first name, firstname, forename, given name, forenames, first names, fname",
    "last": "last name, lastname, surname, family name, lname",
    "relationship": "relationship, relation, relationship type, type, relationship pupil",
    "email": "email, e mail, email address, e mail address, main email, home email, work email, emails, mail, "
    "primary email, email home, email work, email main, email id",
    "phone": "phone, telephone, tel, mobile, mob, phone number, telephone number, mobile number, mobile phone, number, "
    "home phone, work phone, daytime phone, home telephone, work telephone, tel no, phone no, mobile no, main phone, "
    "telephone no, contact number, no, home number, work number, home tel, mobile telephone, day phone, phone mobile, "
    "phone home, phone work, telephone mobile, telephone home, telephone work, sms, home, work, tel number, "
    "daytime telephone, evening phone, main telephone, phones, numbers, main number, phone main",
    "address": "address, home address, full address, address line, street, town, city, county, house number",
    "postcode": "postcode, post code, postal code, home postcode, address postcode",
    "responsibility": "parental responsibility, pr, responsibility, has parental responsibility, legal responsibility, "
    "has pr, parental resp, responsible",
    "order": "priority, order, contact order, priority order, rank",
    "language": "language, first language, home language, preferred language, spoken language",
}
_TOGETHER = {
    "class": (
        frozenset({"class", "form", "reg", "registration", "tutor"}),
        frozenset({"class", "form", "reg", "registration", "tutor", "group", "name", "grp"}),
    ),
    "year": (
        frozenset({"year", "yr", "nc", "ncy", "ncyear", "yeargroup", "grade"}),
        frozenset({"year", "yr", "nc", "ncy", "ncyear", "yeargroup", "grade", "group", "national", "curriculum"})
        | frozenset({"actual", "grp", "school", "taught", "level"}),
    ),
}
_OWN_CONTACT = frozenset({"email", "phone"})
_VAGUE = frozenset({"number", "numbers", "no", "type"})
"""Words that only mean something beside an adult."""


def _table(words: dict[str, str]) -> dict[str, str]:
    return {alias.strip(): field for field, listed in words.items() for alias in listed.split(",")}


_PUPIL_TABLE = _table(_PUPIL_WORDS)
_ADULT_TABLE = _table(_ADULT_WORDS)
PUPIL_FIELDS = (*_PUPIL_WORDS, "class", "year")
ADULT_FIELDS = tuple(_ADULT_WORDS)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means: a field, whose it is, and how sure that is.

    `adult` is "" for the pupil, else guardian, mother, father or contact; `number` tells adults of one sort apart.
    `loose` marks an e-mail or telephone column that does not say whose it is.
    """

    field: str
    adult: str = ""
    number: int | None = None
    confidence: float = 1.0
    legal: bool = False
    loose: bool = False

    @property
    def key(self) -> str:
        """The field's name in a map file: "born", "guardian1.email"."""
        return f"{self.adult}{self.number or ''}.{self.field}" if self.adult else self.field


def words_of(heading: str) -> list[str]:
    """A heading's words and numbers, folded."""
    folded = fold(heading).replace("e-mail", "email").replace("'s", "").replace("'", "")
    return _WORD.findall(_ORDINAL_ENDING.sub(r"\1", folded))


@lru_cache(maxsize=4096)
def meaning_of(heading: str) -> Meaning | None:
    """What a heading means; None where it says nothing the register keeps."""
    apart = heading if heading.isupper() else _CAMEL.sub(" ", heading)
    found = _of_words(words_of(apart))
    return found if found is not None or apart == heading else _of_words(words_of(heading))


def _of_words(words: list[str]) -> Meaning | None:
    if not words or len(words) > 12:
        return None
    about_child = any(word in _CHILD for word in words)
    adult, number, rest = _adult(words)
    rest = [word for word in rest if word not in _CHILD]
    if adult:
        return _of_adult(adult, number, rest)
    found = _of_pupil(rest, words) or _loose(rest)
    return None if found is not None and found.loose and about_child else found


def _adult(words: list[str]) -> tuple[str, int | None, list[str]]:
    """Whose column it is, and the words that are left. The number beside the adult's word is the adult's."""
    groups = [_ADULT[word] for word in words if word in _ADULT]
    if not groups:
        return "", None, words
    adult = next((each for each in ("mother", "father", "guardian") if each in groups), "contact")
    number: int | None = None
    rest: list[str] = []
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        previous = words[place - 1] if place else ""
        if word in _ADULT:
            continue
        if word in _ORDINALS and following in _ADULT and number is None:
            number = _ORDINALS[word]
        elif word.isdigit() and number is None and ({previous, following} & {*_ADULT, "priority"}):
            number = int(word)
            rest = [each for each in rest if each != "priority"]
        else:
            rest.append(word)
    if number is None and rest and rest[-1].isdigit() and "line" not in rest and "address" not in rest:
        number = int(rest.pop())
    if adult in ("mother", "father"):
        number = None
    return adult, number, rest


def _of_adult(adult: str, number: int | None, rest: list[str]) -> Meaning | None:
    plain = [word for word in rest if not word.isdigit()]
    for confidence, words in ((1.0, plain), (0.9, [word for word in plain if word not in _NOISE])):
        field = _ADULT_TABLE.get(" ".join(words))
        if field is not None:
            return Meaning(field, adult, number, confidence)
    return None


def _of_pupil(rest: list[str], words: list[str]) -> Meaning | None:
    plain = [word for word in rest if not word.isdigit()]
    if not plain:
        return Meaning("name", confidence=0.8) if words and all(word in _CHILD for word in words) else None
    legal = "legal" in plain
    for confidence, some in ((1.0, plain), (0.9, [word for word in plain if word not in _NOISE])):
        joined = " ".join(some)
        if joined in ("after",):
            joined = "looked after" if "looked" in words else ""
        field = _PUPIL_TABLE.get(joined)
        if field is not None:
            return Meaning(field, confidence=confidence, legal=legal)
        for field, (telling, allowed) in _TOGETHER.items():
            if some and telling & set(some) and set(some) <= allowed:
                return Meaning(field, confidence=confidence if len(some) < 4 else 0.8)
    return None


def _loose(rest: list[str]) -> Meaning | None:
    """Columns that only an adult has, or that do not say whether they are the child's or an adult's."""
    plain = [word for word in rest if not word.isdigit() and word not in _NOISE]
    number = next((int(word) for word in rest if word.isdigit()), None)
    field = _ADULT_TABLE.get(" ".join(plain)) if plain and plain[0] not in _VAGUE else None
    if field in _OWN_CONTACT and plain not in (["home"], ["work"]):
        return Meaning(field, "contact", number, 0.5, loose=True)
    if field in ("relationship", "responsibility", "order"):
        return Meaning(field, "contact", number, 0.7)
    return None
