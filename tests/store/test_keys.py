"""The cryptography: what opens with what, and what never does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.keys import (
    WrongKey,
    blind,
    from_password,
    from_recovery,
    new_keys,
    new_recovery_key,
    seal,
    unseal,
    unwrap,
    wrap,
)
from tests.conftest import QUICK


@given(st.binary(max_size=2_000))
def test_what_is_sealed_opens_with_the_private_half_only(plain: bytes) -> None:
    ours, others = new_keys(), new_keys()
    sealed = seal(plain, ours.public)
    assert ours.leaders is not None
    assert others.leaders is not None
    assert unseal(sealed, ours.leaders) == plain
    with pytest.raises(WrongKey):
        unseal(sealed, others.leaders)


def test_a_changed_bit_does_not_open() -> None:
    keys = new_keys()
    sealed = bytearray(seal(b"what was said", keys.public))
    sealed[-1] ^= 1
    assert keys.leaders is not None
    with pytest.raises(WrongKey):
        unseal(bytes(sealed), keys.leaders)


def test_a_wrapped_key_comes_back_under_the_same_password_only() -> None:
    salt = b"0123456789abcdef"
    wrapped = wrap(b"k" * 32, from_password("three green words", salt, QUICK))
    assert unwrap(wrapped, from_password("three green words", salt, QUICK)) == b"k" * 32
    with pytest.raises(WrongKey):
        unwrap(wrapped, from_password("three green wordS", salt, QUICK))


def test_a_recovery_key_may_be_typed_anyhow() -> None:
    words, salt = new_recovery_key(), b"0123456789abcdef"
    assert len(words.replace("-", "")) == 32
    assert not set(words) & set("ILO01")
    assert from_recovery(words.lower().replace("-", "  "), salt) == from_recovery(words, salt)
    assert from_recovery(new_recovery_key(), salt) != from_recovery(words, salt)


def test_a_blinded_name_compares_however_it_is_written_and_cannot_be_read() -> None:
    assert blind(" Mrs  Kaye ", b"salt") == blind("mrs kaye", b"salt")
    assert blind("mrs kaye", b"salt") != blind("mrs kaye", b"pepper")
    assert "kaye" not in blind("mrs kaye", b"salt")
