"""Single values as offices write them, brought into one form: names, e-mail, telephone, postcode, yes and no, years.

Each reader returns None where the text is not such a value; the caller says so to the person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_EMAIL = re.compile(r"[^\s@,;<>()\[\]\"]+@[^\s@,;<>()\[\]\"]+\.[^\s@,;<>()\[\].\"]{2,}")
_SMALL_WORDS = re.compile(
    r"\(?\b(?:mobile|mob|home|work|tel|telephone|phone|number|no|daytime|evening)\b[.:]?\)?", re.IGNORECASE
)
_PHONE = re.compile(r"\+?[\d\s().-]{7,24}(?:(?:ext\.?|extension|x|#)\s*\d{1,6})?", re.IGNORECASE)
_NOT_DIGIT = re.compile(r"\D")
_POSTCODE = re.compile(r"(GIR|[A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})", re.IGNORECASE)
_NOTHING = frozenset({"", "-", "--", "n/a", "na", "none", "null", "nil", "tbc", "not known", "unknown", "?", "#n/a"})
_NOTHING_WRITTEN = frozenset(
    form for word in _NOTHING for form in (word, word.upper(), word.capitalize(), word.title())
)
_YES = frozenset({"true", "yes", "y", "t", "1", "x", "✓", "✔"})
_NO = frozenset({"false", "no", "n", "f", "0"})
_YEAR_WORD = re.compile(r"^(?:national curriculum |nc |school )?(?:year|yr|y)\s*(?:group)?\s*")
_YEARS = {
    "r": "R", "reception": "R", "rec": "R", "yr": "R", "year r": "R", "fs2": "R", "f2": "R", "eyfs2": "R", "0": "R",
    "n1": "N1", "nursery 1": "N1", "n2": "N2", "nursery 2": "N2", "nursery": "N2", "fs1": "N2", "f1": "N2",
}  # fmt: skip
SCHOOL_YEARS = ("N1", "N2", "R", "1", "2", "3", "4", "5", "6")
_TITLE_WORDS = "mr mrs miss ms mx dr prof professor rev revd reverend fr father sir dame lady lord sister imam rabbi"
_TITLES = frozenset(_TITLE_WORDS.split())
_NO_FIRST_NAMES = _TITLES | {"and"}
_PARTICLE_WORDS = "van von de del della der den di da dos du la le bin ibn al el ap st st. mac mc"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_LANGUAGES = {
    "albanian": "sq", "amharic": "am", "arabic": "ar", "bengali": "bn", "bulgarian": "bg", "cantonese": "zh",
    "chinese": "zh", "croatian": "hr", "czech": "cs", "dari": "fa", "dutch": "nl", "english": "en", "farsi": "fa",
    "french": "fr", "german": "de", "greek": "el", "gujarati": "gu", "hebrew": "he", "hindi": "hi", "hungarian": "hu",
    "igbo": "ig", "italian": "it", "kurdish": "ku", "kurdish (sorani)": "ckb", "kurdish sorani": "ckb",
    "sorani": "ckb", "sorani kurdish": "ckb", "central kurdish": "ckb", "latvian": "lv", "lithuanian": "lt",
    "malayalam": "ml",
    "mandarin": "zh", "nepali": "ne", "panjabi": "pa", "pashto": "ps", "persian": "fa", "polish": "pl",
    "portuguese": "pt", "punjabi": "pa", "romanian": "ro", "russian": "ru", "shona": "sn", "slovak": "sk",
    "somali": "so", "spanish": "es", "swahili": "sw", "tagalog": "tl", "tamil": "ta", "tigrinya": "ti",
    "turkish": "tr", "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi", "welsh": "cy", "yoruba": "yo",
}  # fmt: skip
_TWO_PEOPLE = re.compile(r"[&+/]|\band\b", re.IGNORECASE)
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?")


def tidy(text: str) -> str:
    """One space between words, none around them, composed accents, nothing invisible; otherwise as written."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    if not text.isprintable():
        text = "".join(character if _visible(character) else " " for character in text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def clean_cells(cells: list[str]) -> list[str]:
    """A row's cells, tidied; those that say that there is nothing ("-", "n/a", "tbc") are empty."""
    line = "".join(cells)
    if line.isprintable() and "  " not in line and (line.isascii() or unicodedata.is_normalized("NFC", line)):
        return ["" if (text := cell.strip()) in _NOTHING_WRITTEN else text for cell in cells]
    return ["" if (text := tidy(cell)) in _NOTHING_WRITTEN else text for cell in cells]


def clean_column(cells: Sequence[str]) -> Sequence[str]:
    """As `clean_cells`, for the cells of one column: nearly all columns need no more than their ends trimmed."""
    line = "".join(cells)
    if not (line.isprintable() and "  " not in line and (line.isascii() or unicodedata.is_normalized("NFC", line))):
        return [clean_cells([cell])[0] for cell in cells]
    trimmed = list(map(str.strip, cells))
    if _NOTHING_WRITTEN.isdisjoint(trimmed):
        return trimmed
    return ["" if text in _NOTHING_WRITTEN else text for text in trimmed]


def _visible(character: str) -> bool:
    return character.isprintable() or character == "\u200d"


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing: empty, a dash, n/a, not known."""
    return text.strip().casefold() in _NOTHING


def has_letters(text: str) -> bool:
    """Whether a name could be one: it has at least one letter of some script."""
    return any(character.isalpha() for character in text)


def read_emails(text: str) -> list[str]:
    """The e-mail addresses in a cell, in order; empty where there is none."""
    plain = text.strip()
    if _EMAIL.fullmatch(plain):
        return [plain]
    return [found.strip(".'") for found in _EMAIL.findall(text)]


def read_phone(text: str) -> str | None:
    """A telephone number, tidied but grouped as written; ten digits get the nought back that a spreadsheet dropped."""
    number = tidy(_SMALL_WORDS.sub(" ", text)).strip(" :-")
    if _PHONE.fullmatch(number) is None:
        return None
    if not 7 <= len(_NOT_DIGIT.sub("", number)) <= 15:
        return None
    return f"0{number}" if lost_nought(number) else number


def lost_nought(number: str) -> bool:
    """Whether a number is a British one without its leading nought: "7700900123"."""
    return len(number) == 10 and number.isdigit() and number[0] in "1237"


def split_phones(text: str) -> list[str]:
    """The parts of a cell that holds several numbers."""
    return [part for part in re.split(r"[;,/|\n]|\bor\b|\band\b", text) if part.strip()]


def read_postcode(text: str) -> str | None:
    """A British postcode as "S65 1AB"."""
    found = _POSTCODE.fullmatch(text.strip())
    return f"{found[1]} {found[2]}".upper() if found else None


def read_yes_no(text: str) -> bool | None:
    """True or false in any of the ways systems write it; None for anything else."""
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def read_year(text: str) -> str | None:
    """A national-curriculum year: "Year 3", "Y3", "03" and "3" are "3", "Reception" is "R". Other text as it is.

    None where it is longer than any year's name.
    """
    word = tidy(text).casefold()
    if word in _YEARS:
        return _YEARS[word]
    number = _YEAR_WORD.sub("", word)
    if number in _YEARS:
        return _YEARS[number]
    if number.isascii() and number.isdigit() and int(number) <= 14:
        return str(int(number))
    return tidy(text) if len(tidy(text)) <= 8 else None


def read_sex(text: str) -> str | None:
    """M or F; None for anything else, which is not a fault."""
    word = text.strip().casefold()
    return "M" if word in ("m", "male", "boy") else "F" if word in ("f", "female", "girl") else None


def read_language(text: str) -> str | None:
    """A language's code from its English name or its code."""
    word = text.strip().casefold()
    if word in _LANGUAGES:
        return _LANGUAGES[word]
    return word if _LANGUAGE_CODE.fullmatch(word) and word in _LANGUAGES.values() else None


def split_adult(name: str) -> tuple[str | None, str | None, str | None]:
    """Title, first and last name of an adult written as one: "Mrs Joanne Marsh", "Marsh, Joanne", "Mr & Mrs Khan".

    Two people in one cell stay together as a last name, since nobody can say which first name goes with which.
    """
    whole = tidy(name)
    if _TWO_PEOPLE.search(whole):
        return None, None, whole
    words = whole.replace(" ,", ",").split()
    title = None
    if words and words[0].rstrip(".,").casefold() in _TITLES and len(words) > 1:
        title = words.pop(0).rstrip(".,")
    rest = " ".join(words)
    if "," in rest:
        last, _, first = (part.strip() for part in rest.partition(","))
        if first.casefold().rstrip(".") in _TITLES:
            return first.rstrip("."), None, last or None
        leading, _, following = first.partition(" ")
        if title is None and leading.casefold().rstrip(".") in _TITLES and following:
            title, first = leading.rstrip("."), following
        return title, first or None, last or None
    first_name, last_name = split_child(rest)
    return (title, first_name, last_name) if last_name else (title, None, first_name or None)


def two_plain_words(name: str) -> tuple[str, str] | None:
    """First and last name where there is nothing to weigh: two words of plain letters, neither a title nor "and"."""
    first, _, last = name.partition(" ")
    if not (name.isascii() and first.isalpha() and last.isalpha()):
        return None
    return None if first.lower() in _NO_FIRST_NAMES or last.lower() == "and" else (first, last)


def split_child(name: str) -> tuple[str, str]:
    """First and last name written as one. Without a comma the last word, with its van or de, is the last name."""
    whole = tidy(name)
    if "," in whole:
        last, _, first = (part.strip() for part in whole.partition(","))
        return first, last
    words = whole.split()
    if len(words) < 2:
        return whole, ""
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])
