"""Text in other languages: told where there is no doubt, checked for names and contacts, its topic never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.checks.finding import Check
from app.domain.content import Kind, Media
from app.domain.language import is_not_english
from tests.rules.a_school import by_parent, fires, item, pupils_found

FOREIGN = (
    "Dzień dobry, moja córka jutro nie będzie w szkole bo jest chora",
    "dzien dobry, prosze o telefon, dziekuje bardzo pani",
    "Bună ziua, fiul meu nu vine mâine la școală pentru că este bolnav",
    "Dobrý deň, syn zajtra nepríde do školy, ďakujem",
    "Buenos días, mi hija no puede ir hoy porque tiene fiebre",
    "Bom dia, o meu filho não vai amanhã porque tem consulta",
    "Bonjour, ma fille est malade et ne vient pas aujourd'hui",
    "Guten Tag, mein Sohn ist heute krank und kommt nicht",
    "Buongiorno, mia figlia oggi non viene perché ha la febbre",
    "Laba diena, mano sūnus rytoj nebus, ačiū",
    "Merhaba hocam, oğlum bugün çok hasta, teşekkürler",
    "Jó napot, a fiam ma nem megy iskolába, köszönöm",
    "Bore da, mae fy mab yn sâl heddiw, diolch yn fawr",
    "السلام عليكم ابنتي مريضة اليوم ولن تحضر إلى المدرسة",
    "Добрий день, мій син завтра не прийде",
    "میری بیٹی آج بیمار ہے",
    "ਮੇਰਾ ਬੇਟਾ ਅੱਜ ਬਿਮਾਰ ਹੈ",
    "我的女儿今天生病了，不能上学",
)
ENGLISH_OR_UNTOLD = (
    "",
    "ta",
    "lol same",
    "Ella Marsh",
    "merci miss!",
    "wont be in tmrw got the dentist at 10",
    "Gracias for the lovely cards!",
    "Dzień dobry! My daughter is ill today and will not be in school.",
    "Łukasz Górski won the race for Otter",
    "ring me 07700 900123",
    "La la la la la sang the choir",
    "De la Cruz family won",
    "Bonjour! Year 3 learned French greetings today.",
    "mi son no have shoes pe sorry",
    "Numbers: uno dos tres cuatro cinco",
    "Well done Zosia, Kacper, Weronika, Szymon i Ola",
    "What a treat. I laughed, I wept, I lost a glove.",
    "🎉🎉🎉",
)


@pytest.mark.parametrize("text", FOREIGN)
def test_another_language_is_told(text: str) -> None:
    assert is_not_english(text)
    assert is_not_english(text.upper())


@pytest.mark.parametrize("text", ENGLISH_OR_UNTOLD)
def test_english_mixed_and_short_texts_count_as_english(text: str) -> None:
    assert not is_not_english(text)


@given(st.text(max_size=400))
def test_no_text_upsets_it(text: str) -> None:
    assert is_not_english(text) in (True, False)


def test_names_contacts_and_times_are_checked_in_any_language() -> None:
    text = "Dzień dobry, dzisiaj Freya Ashdown nie jest w szkole, proszę o telefon na 07700 900123"
    assert pupils_found(item(text, media=(Media.PHOTO,)), Check.SURNAME) == {"freya"}
    assert fires(item(text, Kind.COMMENT), Check.CONTACT)
    assert fires(item(text, Kind.MESSAGE, to=("g-freya",), sent="2026-10-06T23:00:00+01:00"), Check.HOURS)


def test_what_it_is_about_is_never_guessed() -> None:
    english = "Freya will be off today, she is poorly and has been sick all night"
    assert fires(by_parent(english), Check.OFFICE)
    foreign = "Dzień dobry, Freya dzisiaj nie będzie w szkole: off poorly sick, dziękuję bardzo"
    assert is_not_english(foreign)
    assert not fires(by_parent(foreign), Check.OFFICE)
