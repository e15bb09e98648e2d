"""The adults of a class list: names, relationship, ways to reach them. An adult is never dropped silently.

One adult's columns are read down the list rather than across it, which is several times faster for a large school.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from app.domain.bulk import Remembered
from app.domain.incoming import IncomingGuardian
from app.intake.columns import AdultColumns
from app.intake.fields import LONGEST_NAME
from app.intake.gathering import Gathering
from app.intake.values import (
    lost_nought,
    read_emails,
    read_language,
    read_phone,
    read_postcode,
    read_yes_no,
    split_adult,
    split_phones,
    two_plain_words,
)

LONGEST_ADDRESS = 300
_LONGEST_RELATIONSHIP = 60
_MOST_PHONES = 6
_LONGEST_EMAIL = 200
_PLAIN_EMAIL = re.compile(r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]{2,})+", re.ASCII)
_PLAIN_PHONE = re.compile(r"0\d{3,5} ?\d{3} ?\d{3,4}")
_Value = TypeVar("_Value")
Names = tuple[str | None, str | None, str | None, str | None]
"""Title, first name, last name and the whole."""
Column = Sequence[str]


class AdultReader:
    """Reads one adult's columns, a stretch of rows at a time. Cells come cleaned."""

    def __init__(self, slot: AdultColumns, file: str, gathering: Gathering) -> None:
        self._file = file
        self._gathering = gathering
        self._words = slot.words
        self._order = slot.number
        self._implied = slot.adult.capitalize() if slot.adult in ("mother", "father") else None
        self._columns = slot.columns
        self._relationships = Remembered(self._relationship)
        self._plain_numbers = Remembered(_plain_number)

    def read(self, columns: Sequence[Column], rows: Sequence[int]) -> list[IncomingGuardian | None]:
        """The adult of each row, or None where the row gives nobody."""
        names = self._names(columns, rows)
        titles, firsts, lasts, wholes = zip(*names, strict=True)
        ties = self._read_relationships(columns, rows)
        duties = self._optional("responsibility", columns, rows, self._responsibility, None)
        orders = self._optional("order", columns, rows, self._priority, self._order)
        emails = self._emails(columns, rows)
        addresses = self._addresses(columns, rows)
        postcodes = self._optional("postcode", columns, rows, self._postcode, None)
        languages = self._optional("language", columns, rows, self._language, None)
        phones = self._phones(columns, rows)
        adults = map(
            IncomingGuardian,
            *(titles, firsts, lasts, wholes),
            *(ties, duties, orders, emails, phones, addresses, postcodes, languages),
        )
        return list(adults) if all(wholes) else self._with_nameless(list(adults), columns, rows)

    def _with_nameless(
        self, adults: Sequence[IncomingGuardian], columns: Sequence[Column], rows: Sequence[int]
    ) -> list[IncomingGuardian | None]:
        """The same adults, with remarks on those who have no name, and None for nobody."""
        own = [columns[column] for listed in self._columns.values() for column in listed]
        found: list[IncomingGuardian | None] = []
        for filled, row, adult in zip(map("".join, zip(*own, strict=True)), rows, adults, strict=True):
            if adult.name or (filled and (adult.email or adult.phones)):
                if not adult.name:
                    self._say_nameless(row, adult.email, adult.phones)
                found.append(adult)
            else:
                if filled:
                    self._say_nobody(row, adult.relationship)
                found.append(None)
        return found

    def _one(self, columns: Sequence[Column], name: str) -> Column | None:
        return columns[self._columns[name][0]] if name in self._columns else None

    def _optional(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Sequence[int],
        read: Callable[[str, int], _Value | None],
        otherwise: _Value | None,
    ) -> list[_Value | None]:
        """A column that many lists lack, cell by cell."""
        column = self._one(columns, name)
        if column is None:
            return [otherwise] * len(rows)
        return [read(text, row) if text else otherwise for text, row in zip(column, rows, strict=True)]

    def _names(self, columns: Sequence[Column], rows: Sequence[int]) -> list[Names]:
        whole, title = self._one(columns, "name"), self._one(columns, "title")
        first, last = self._one(columns, "first"), self._one(columns, "last")
        if first is None and last is None and title is None:
            names = [_whole_name(text) for text in whole] if whole is not None else [_NOBODY] * len(rows)
        else:
            blank = [""] * len(rows)
            parts = zip(whole or blank, title or blank, first or blank, last or blank, strict=True)
            names = [_parted_name(*part) for part in parts]
        for place, (_, _, _, name) in enumerate(names):
            if name and (len(name) > LONGEST_NAME or name[0] in "=+@-"):
                names[place] = self._odd_name(names[place], rows[place])
        return names

    def _odd_name(self, names: Names, row: int) -> Names:
        name = names[3] or ""
        if len(name) > LONGEST_NAME:
            self._warn(row, "name", f"The name was cut to {LONGEST_NAME} characters.")
            return None, None, name[:LONGEST_NAME].strip(), name[:LONGEST_NAME].strip()
        self._warn(row, "name", f'"{name}" looks like a formula. It was kept as plain text.')
        return names

    def _read_relationships(self, columns: Sequence[Column], rows: Sequence[int]) -> list[str | None]:
        column = self._one(columns, "relationship")
        if column is None:
            return [self._implied] * len(rows)
        if max(map(len, column)) > _LONGEST_RELATIONSHIP:
            for text, row in zip(column, rows, strict=True):
                if len(text) > _LONGEST_RELATIONSHIP:
                    self._warn(row, "relationship", f"The relationship was cut to {_LONGEST_RELATIONSHIP} characters.")
        return [self._relationships[text] for text in column]

    def _relationship(self, text: str) -> str | None:
        return text[:_LONGEST_RELATIONSHIP].strip() or self._implied

    def _emails(self, columns: Sequence[Column], rows: Sequence[int]) -> list[str | None]:
        column = self._one(columns, "email")
        if column is None:
            return [None] * len(rows)
        plain = _PLAIN_EMAIL.fullmatch
        return [
            text if plain(text) and 6 <= len(text) <= _LONGEST_EMAIL else self._email(text, row) if text else None
            for text, row in zip(column, rows, strict=True)
        ]

    def _email(self, text: str, row: int) -> str | None:
        found = [email for email in read_emails(text) if len(email) <= _LONGEST_EMAIL]
        if not found:
            self._warn(row, "email", f'"{text[:80]}" is not an e-mail address. It was left out.')
            return None
        if found != [text]:
            others = "" if len(found) == 1 else f", and {', '.join(found[1:])} left out"
            self._warn(row, "email", f'Of "{text[:200]}", {found[0]} was read{others}.')
        return found[0]

    def _phones(self, columns: Sequence[Column], rows: Sequence[int]) -> list[tuple[str, ...]]:
        listed = self._columns.get("phone", [])
        if not listed:
            return [()] * len(rows)
        if len(listed) == 1:
            column = columns[listed[0]]
            plain = [self._plain_numbers[text] for text in column]
            return [
                self._numbers((text,), row) if numbers is None else numbers
                for numbers, text, row in zip(plain, column, rows, strict=True)
            ]
        return [self._numbers([columns[column][place] for column in listed], row) for place, row in enumerate(rows)]

    def _numbers(self, texts: Sequence[str], row: int) -> tuple[str, ...]:
        phones: dict[str, None] = {}
        for text in texts:
            whole = read_phone(text) if text else None
            if whole is not None:
                phones[whole] = None
                if lost_nought(text):
                    self._say_nought(row)
            elif text:
                parts = [(part.strip(), read_phone(part)) for part in split_phones(text)]
                phones |= {number: None for _, number in parts if number is not None}
                lost = [part[:40] for part, number in parts if number is None]
                if lost:
                    what = '", "'.join(lost)
                    self._warn(row, "phone", f'"{what}" is not a telephone number. It was left out.')
        return tuple(phones)[:_MOST_PHONES]

    def _addresses(self, columns: Sequence[Column], rows: Sequence[int]) -> list[str | None]:
        return join_addresses([columns[column] for column in self._columns.get("address", [])], len(rows))

    def _responsibility(self, text: str, row: int) -> bool | None:
        said = read_yes_no(text)
        if said is None:
            self._warn(row, "parental responsibility", f'"{text[:40]}" is neither yes nor no. Left as not known.')
        return said

    def _priority(self, text: str, row: int) -> int | None:
        digits = "".join(character for character in text if character in "0123456789")
        return int(digits) if digits and len(digits) < 3 else self._order

    def _postcode(self, text: str, row: int) -> str | None:
        postcode = read_postcode(text)
        if postcode is None:
            self._warn(row, "postcode", f'"{text[:40]}" is not a postcode. It was left out.')
        return postcode

    def _language(self, text: str, row: int) -> str | None:
        language = read_language(text)
        if language is None:
            self._warn(row, "language", f'"{text[:40]}" is no language known here. Choose it on the guardian\'s page.')
        return language

    def _say_nobody(self, row: int, relationship: str | None) -> None:
        told = f'is given as "{relationship}" but' if relationship else "has details but"
        self._warn(row, None, f"This adult {told} has no name and no way to be reached, so nobody was added.")

    def _say_nameless(self, row: int, email: str | None, phones: tuple[str, ...]) -> None:
        what = "an e-mail address" if email else "a telephone number"
        self._warn(
            row, "name", f"This adult has {what} and no name. They were kept as {email or phones[0]}: add the name."
        )

    def _say_nought(self, row: int) -> None:
        self._gathering.tally(
            self._file,
            row,
            f"{self._words} phone",
            "The number had lost its first 0, as spreadsheets do. It was put back.",
            "{count} telephone numbers had lost their first 0, as spreadsheets do. It was put back.",
        )

    def _warn(self, row: int, name: str | None, reason: str) -> None:
        self._gathering.warn(self._file, row, f"{self._words} {name}" if name else self._words, reason)


def _plain_number(text: str) -> tuple[str, ...] | None:
    """A number with nothing to tidy, or none; None where it has to be looked at."""
    return () if not text else (text,) if _PLAIN_PHONE.fullmatch(text) else None


_NOBODY: Names = (None, None, None, None)


def _whole_name(text: str) -> Names:
    if not text:
        return _NOBODY
    plain = two_plain_words(text)
    if plain is not None:
        return None, *plain, text
    title, first, last = split_adult(text)
    return title, first, last, " ".join(part for part in (title, first, last) if part)


def _parted_name(whole: str, title: str, first: str, last: str) -> Names:
    if first or last:
        return title or None, first or None, last or None, " ".join(part for part in (title, first, last) if part)
    split_title, split_first, split_last, _ = _whole_name(whole)
    if not whole:
        return _NOBODY
    called = title or split_title
    return called, split_first, split_last, " ".join(part for part in (called, split_first, split_last) if part)


def join_addresses(lines: Sequence[Column], count: int) -> list[str | None]:
    """Addresses from several columns as one line each."""
    if not lines:
        return [None] * count
    return [", ".join(filter(None, parts))[:LONGEST_ADDRESS] or None for parts in zip(*lines, strict=True)]
