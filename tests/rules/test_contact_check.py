"""Private contact details in the open (policy T10)."""

from __future__ import annotations

import pytest

from app.domain.checks.finding import Check
from app.domain.content import Kind
from tests.rules.a_school import by_parent, findings, fires, item


@pytest.mark.parametrize(
    "text",
    [
        "ring me on 07700 900123",
        "ring me on 07700900123 if it turns up",
        "my new one is +44 7700 900 123",
        "my new one is +44 (0)7700 900123",
        "my new one is 0044 7700 900123",
        "07700-900-123 is mine",
        "07700.900.123",
        "(07700) 900123",
        "07700 / 900 / 123",
        "0 7 7 0 0 9 0 0 1 2 3",
        "07700 9OO l23",
        "text 7700 900123",
        "its oh double seven double oh nine double oh one two three",
        "zero seven seven zero zero nine hundred one two three",
        "０７７００ ９００１２３",
        "0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣",
        "ring me on 01632 960987 after six",
        "ring 960987 after six",
        "write to kit.larch@postbox.example",
        "kit.larch at postbox dot example",
        "kit(dot)larch(at)postbox(dot)example",
        "kit.larch@gmail",
        "we're at LS99 7XY, the blue gate",
        "we're at ls997xy",
        "come to 14 Larch Rise, the red door",
        "im at 22 mill lane, come round",
        "drop it at 3b Quarry Road",
        "It's The Old Forge, Quarry Lane, second gate.",
        "We live on Quarry Road, you can't miss us",
        "find me on insta @kits_kakes",
        "on snap im kit_larch_82",
        "my tiktok is kitlarchbakes",
        "add me on insta, its kit.larch.bakes",
        "find us at facebook.com/kitlarch",
        "we are at ///filled.count.soap",
        "077 double 0 900 123 is me",
        "07700*900*123",
        "07700 | 900 | 123",
        "kit.larch @ postbox . example",
        "chat to me on wa.me/447700900123",
        "add kitlarch on snap",
        "im at no7 larch rise",
        "we're number 7 on Larch Rise",
        "we're on facebook as Dora Larch",
        "@kitlarchknits has all the patterns",
        "we're at 14 The Crescent",
        "im at 14 high rise, come round",
        "It's 3 Larch close, mind the step",
    ],
)
def test_private_details_are_found(text: str) -> None:
    for kind in (Kind.COMMENT,):
        found = findings(by_parent(text, kind), Check.CONTACT)
        assert len(found) == 1
        span = found[0].span
        assert span is not None
        assert 0 <= span[0] < span[1] <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ring the office on 01632 960214.",
        "Ring the office on 01632960214 or +44 1632 960 214.",
        "Ring 960214 and ask for Mrs Whitlow.",
        "Write to OFFICE@larkrise.example please.",
        "For the sat nav: LS99 4QD.",
        "for the sat nav its ls994qd",
        "Childline is on 0800 1111.",
        "The NSPCC answers on 0808 800 5000; in an emergency ring 999, or 111 for advice.",
        "Ring 101 if you saw anything.",
        "We raised £1,207.45 in 14 days.",
        "Back at 17.45 on 01/02/2027, 3-2 winners.",
        "2026-10-06 to 2026-10-09",
        "Scores: 12 14 16 18 20 22 24 26",
        "Pages 10, 12, 14, 16, 18 and 20 please",
        "5 of us came 1st, 2nd and 3rd in KS2.",
        "Ask Year 4 about 3.14159265358979.",
        "The museum is at 12 Castle Street, LS99 1AA; ring the box office on 01632 960333.",
        "A 10 minute walk, then a 2 mile drive.",
        "Room 4 Otter Class way out",
        "Look at #OtterClass and @LarkrisePrimary",
        "Tell everyone about our Instagram display",
        "any1 coming? every1 is",
        "We posted our letters to 10 Downing Street.",
        "Count with me: 0123456789",
        "Write to office (at) larkrise (dot) example.",
        "For the office dial oh one six three two nine six oh two one four.",
        "@Dana yes please!",
        "@Mrs Whitlow thank you",
        "Back @3pm, learning @home tomorrow",
        "The taxi firm is on 01632 960444.",
        "We have 14 in the running club and 3 new faces in drama",
    ],
)
def test_published_details_and_other_numbers_are_left_alone(text: str) -> None:
    assert not findings(item(text), Check.CONTACT)


def test_details_count_only_in_the_open() -> None:
    assert not fires(by_parent("ring me on 07700 900123"), Check.CONTACT)
    assert fires(item("ring my own mobile, 07700 900123"), Check.CONTACT)
    assert not fires(item("07700 900123", Kind.PORTFOLIO), Check.CONTACT)
    assert not fires(item("", Kind.COMMENT), Check.CONTACT)
