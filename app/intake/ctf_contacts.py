"""The adults of a common transfer file's pupil: contacts with their addresses, numbers and relationship codes."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from app.domain.incoming import RELATIONSHIPS, IncomingGuardian
from app.intake.adults import LONGEST_ADDRESS
from app.intake.gathering import Gathering
from app.intake.values import is_nothing, read_emails, read_phone, read_postcode, read_yes_no, tidy

_PREMISES = ("SAON", "PAON", "Street", "Locality", "Town", "AdministrativeArea", "PostTown")
_LINES = tuple(f"AddressLine{number}" for number in range(1, 6))
_LONGEST_CODE = 60


def text_at(element: Element, tag: str) -> str | None:
    """A child's text, tidied; None where there is no such child or it is empty."""
    text = element.findtext(tag)
    return tidy(text) or None if text else None


def address_of(element: Element) -> tuple[str | None, str | None]:
    """An address in one line, and its postcode as written, from either of the two forms a CTF knows."""
    premises, lines = element.find("BS7666Address"), element.find("AddressLines")
    house, tags = (premises, _PREMISES) if premises is not None else (lines if lines is not None else element, _LINES)
    parts = [text_at(house, tag) for tag in tags] + [text_at(element, "County")]
    written = list(dict.fromkeys(part for part in parts if part))
    postcode = text_at(element, "PostCode") or text_at(element, "Postcode") or text_at(house, "PostCode")
    return ", ".join(written)[:LONGEST_ADDRESS] or None, postcode


def guardians_of(
    pupil: Element, address: str | None, postcode: str | None, number: int, gathering: Gathering
) -> tuple[IncomingGuardian, ...]:
    """Every contact, whatever its relationship. `address` and `postcode` are the pupil's, which a contact may share."""
    found = []
    for place, contact in enumerate(pupil.iterfind("Contacts/Contact"), start=1):
        adult = _guardian(contact, address, postcode, number, gathering)
        if adult is not None:
            found.append(adult)
        else:
            _warn(
                gathering, number, "contact", f"Contact {place} has no name and no way to be reached: nobody was added."
            )
    return tuple(found)


def _guardian(
    contact: Element, address: str | None, postcode: str | None, number: int, gathering: Gathering
) -> IncomingGuardian | None:
    title, first, last = (text_at(contact, tag) for tag in ("Title", "Forename", "Surname"))
    name = " ".join(part for part in (title, first, last) if part) if first or last else None
    email = _email(contact, number, gathering)
    phones = _phones(contact, number, gathering)
    if not name and not email and not phones:
        return None
    if not name:
        _warn(
            gathering,
            number,
            "contact",
            f"A contact has no name. They were kept as {email or phones[0]}: add the name.",
        )
    own_address, own_postcode = _home(contact, address, postcode, number, gathering)
    order = text_at(contact, "Order")
    return IncomingGuardian(
        title=title if name else None,
        first=first,
        last=last,
        name=name,
        relationship=_relationship(contact, name or email or "A contact", number, gathering),
        responsibility=_responsibility(contact, number, gathering),
        order=int(order) if order and order.isdecimal() and len(order) < 3 else None,
        email=email,
        phones=phones,
        address=own_address,
        postcode=own_postcode,
    )


def _relationship(contact: Element, name: str, number: int, gathering: Gathering) -> str | None:
    code = text_at(contact, "Relationship")
    if code is None or is_nothing(code):
        return None
    if code.upper() not in RELATIONSHIPS:
        _warn(
            gathering,
            number,
            "relationship",
            f'The relationship "{code[:_LONGEST_CODE]}" of {name} is not a standard code. It was kept as text.',
        )
    return code[:_LONGEST_CODE]


def _responsibility(contact: Element, number: int, gathering: Gathering) -> bool | None:
    text = text_at(contact, "Responsibility") or text_at(contact, "Responsible")
    said = read_yes_no(text) if text else None
    if text and said is None:
        _warn(
            gathering,
            number,
            "parental responsibility",
            f'"{text[:40]}" is neither yes nor no. Parental responsibility was left as not known.',
        )
    return said


def _home(
    contact: Element, address: str | None, postcode: str | None, number: int, gathering: Gathering
) -> tuple[str | None, str | None]:
    home = contact.find("Address")
    if home is None:
        return None, None
    if read_yes_no(text_at(home, "AddressAsPupil") or ""):
        return address, postcode
    own, text = address_of(home)
    own_postcode = read_postcode(text) if text else None
    if text and own_postcode is None:
        _warn(gathering, number, "postcode", f'"{text[:40]}" is not a postcode. It was left out.')
    return own, own_postcode


def _email(contact: Element, number: int, gathering: Gathering) -> str | None:
    text = text_at(contact, "Email")
    if text is None or is_nothing(text):
        return None
    found = read_emails(text)
    if not found:
        _warn(gathering, number, "email", f'"{text[:80]}" is not an e-mail address. It was left out.')
        return None
    return found[0][:200]


def _phones(contact: Element, number: int, gathering: Gathering) -> tuple[str, ...]:
    """Telephone numbers, mobiles first."""
    found: list[tuple[bool, str]] = []
    for phone in contact.iterfind("Phones/Phone"):
        text = text_at(phone, "PhoneNo")
        if text is None or is_nothing(text):
            continue
        read = read_phone(text)
        if read is None:
            _warn(gathering, number, "phone", f'"{text[:40]}" is not a telephone number. It was left out.')
        else:
            found.append((not (text_at(phone, "TelephoneType") or "").upper().startswith("M"), read))
    return tuple(dict.fromkeys(number for _, number in sorted(found, key=lambda each: each[0])))


def _warn(gathering: Gathering, number: int, name: str, reason: str) -> None:
    gathering.warn(gathering.files[0], number, name, reason)
