"""Whether a text is in English: told from its letters and its smallest words, and only where they leave no doubt.

The checks know English alone. A text in another language is kept and checked for names, contacts, times and
permissions; what it is about is never guessed. Short texts, and texts that hold English sentences too, count as
English.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from app.domain.checks.words import word_set
from app.domain.naming import fold

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SENTENCE = re.compile(r"[.!?\n;]+")
_FEWEST_LETTERS = 6
_FEWEST_WORDS = 4
_FEWEST_SIGNS = 2
_LONG_SIGN = 3
_LONGEST = 4_000
"""Characters that are looked at: the beginning of a text tells its language."""
_OTHER_SCRIPTS_SHARE = 0.5

_ENGLISH = word_set(
    "the and to of is in it you for that we are was with have has be on this my he she her his they at "
    "not will can do a if what from your our me him them please thank thanks hi hello dear there when who "
    "so all just but as been got get i had would could be i'm it's don't im its dont know today tomorrow "
    "school class mum dad miss mrs mr yes no good"
)
"""Frequent English words. Those that are frequent words elsewhere too are told apart by the rest of the sentence."""

_FOREIGN: dict[str, frozenset[str]] = {
    name: word_set(words)
    for name, words in {
        "Polish": (
            "nie sie jest ze za jak czy dziekuje prosze bardzo dzien dobry moja moj bedzie jutro dzisiaj "
            "dziecko corka syn lekcje szkola oraz tylko juz ale przez ktory moze mam jestem dzis u pani w od "
            "dla po o co tak z na"
        ),
        "Romanian": (
            "si nu este sunt pentru ca sa multumesc buna ziua fiica fiul meu mea maine astazi copilul cu din la "
            "care va rog foarte dar acum scoala am ai fi mai este o un pe"
        ),
        "Slovak and Czech": (
            "je nie ze na pre som ale dakujem prosim dobry den syn dcera zajtra dnes skola velmi sme bude ako "
            "uz moja moj dekuji prosim zitra neni jsem pro mate pani s sa si v za tak"
        ),
        "Spanish": (
            "que de no es el la los las por para con una mi hijo hija gracias hola buenos dias manana hoy esta "
            "muy pero se su lo como mas ha tiene favor senora del al un"
        ),
        "Portuguese": (
            "que nao de e o a os as por para com uma meu minha filho filha obrigado obrigada ola bom dia amanha "
            "hoje esta muito mas se seu como tem voce da do um na no"
        ),
        "French": (
            "le la les de des et est pas pour que qui une mon ma fils fille merci bonjour demain aujourd'hui "
            "tres mais avec dans sur il elle nous vous je ne au ce son sa du en un"
        ),
        "German": (
            "der die das und ist nicht ich sie wir fur mit ein eine mein meine sohn tochter danke bitte guten "
            "tag morgen heute sehr aber auch auf zu von den dem es hat wird im"
        ),
        "Italian": (
            "che di non e il la gli le per con una mio mia figlio figlia grazie buongiorno ciao domani oggi "
            "molto ma sono ha del della nel questo anche un si da"
        ),
        "Lithuanian": (
            "ir ne yra kad su aciu prasau laba diena mano rytoj siandien vaikas sunus dukra labai bet jau bus "
            "ar tai i is as mes"
        ),
        "Turkish": (
            "ve bir bu icin degil tesekkurler tesekkur ederim merhaba yarin bugun oglum kizim cok ama ile var "
            "yok da de mi ne olarak okul hocam lutfen"
        ),
        "Hungarian": (
            "es nem hogy egy az van koszonom kerem jo napot holnap ma fiam lanyom nagyon de mar is meg csak a ezt"
        ),
        "Albanian": "dhe nuk eshte per me te ne faleminderit pershendetje neser sot djali vajza shume por nje une ju",
        "Welsh": (
            "yn mae y yr a'r ac am i'r wedi diolch bore da ysgol heddiw yfory plentyn fy mab merch ddim iawn "
            "ond hefyd gyda roedd oedd bydd eich ein"
        ),
        "Somali": (
            "waa iyo in ka ku waxaan mahadsanid berri maanta wiilkayga gabadhayda aad u laakiin ma soo la si ayaa"
        ),
        "Dutch": (
            "de het een en is niet van voor dat mijn zoon dochter dank goedemorgen morgen vandaag heel maar met "
            "op te zijn we ik hij zij ook naar"
        ),
        "Latvian and Estonian": (
            "un nav ir ka ar paldies ludzu labdien rit sodien mans dels meita loti bet ja on ei see et ma aitah "
            "tere homme tana poeg tutar vaga aga kui ta"
        ),
    }.items()
}


def is_not_english(text: str) -> bool:
    """Whether a text is plainly in another language. False where it is English, mixed, or too short to tell."""
    return _told(text[:_LONGEST])


@lru_cache(maxsize=2_048)
def _told(text: str) -> bool:
    if text.isascii() and not _may_be_foreign(text):
        return False
    letters = [character for character in text if character.isalpha()]
    if len(letters) < _FEWEST_LETTERS:
        return False
    other = sum(not _is_latin(character) for character in letters)
    if other / len(letters) > _OTHER_SCRIPTS_SHARE:
        return not any(_is_english(sentence) for sentence in _SENTENCE.split(text))
    if len(fold(text).split()) < _FEWEST_WORDS or any(_is_english(sentence) for sentence in _SENTENCE.split(text)):
        return False
    return _is_foreign(_WORD.findall(fold(text)))


def _may_be_foreign(text: str) -> bool:
    """Quickly: hardly any of the commonest English words stand in it."""
    words = text.lower().split()
    return sum(word in _ENGLISH for word in words[:60]) * 8 <= len(words[:60])


def _is_english(sentence: str) -> bool:
    """Enough small English words for a sentence of its length, and more of them than of any other language."""
    words = _WORD.findall(fold(sentence))
    english = sum(word in _ENGLISH for word in words)
    if english < _FEWEST_SIGNS:
        return False
    return english * 5 >= len(words) and english > _most_foreign(words)


def _is_foreign(words: list[str]) -> bool:
    english = sum(word in _ENGLISH for word in words)
    foreign = _most_foreign(words)
    return foreign >= _FEWEST_SIGNS and foreign > 2 * english and foreign * 5 >= len(set(words))


def _most_foreign(words: list[str]) -> int:
    """The most small words that any one other language has among these, each counted once.

    A word of English too counts for neither; nor do a few tiny ones alone, as names hold them ("de la Cruz").
    """
    here = set(words) - _ENGLISH
    found = max((here & small for small in _FOREIGN.values()), key=len)
    return len(found) if any(len(word) >= _LONG_SIGN for word in found) else 0


@lru_cache(maxsize=4_096)
def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("LATIN", "FULLWIDTH LATIN", "MODIFIER LETTER"))
