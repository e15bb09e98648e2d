"""The cryptography of the store, in one place: deriving, wrapping, sealing.

Two keys guard a school. The *main* key encrypts the whole database (SQLCipher, raw key). The *leaders'* key pair
guards what only leaders may read: anybody can seal to its public half, leaders alone hold the private one (H5, K1).
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No I, L, O, 0 or 1: nothing that a hurried person misreads."""
_GROUPS, _GROUP = 8, 4


class WrongKey(Exception):
    """What was sealed or wrapped does not open with this key."""


@dataclass(frozen=True, slots=True)
class Hardness:
    """How dear a guess at a password is made (Argon2id): passes, memory in KiB, lanes."""

    passes: int = 3
    memory: int = 65_536
    lanes: int = 4


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What a sign-in opens: the database's key always, the leaders' private key for those who hold it."""

    main: bytes
    public: bytes
    leaders: bytes | None = None


def new_keys() -> Keys:
    """Fresh random keys for a new school."""
    private = X25519PrivateKey.generate()
    return Keys(
        main=secrets.token_bytes(32),
        public=private.public_key().public_bytes_raw(),
        leaders=private.private_bytes_raw(),
    )


def from_password(password: str, salt: bytes, hardness: Hardness) -> bytes:
    """The 32-byte key that a password stands for."""
    return hash_secret_raw(password.encode(), salt, hardness.passes, hardness.memory, hardness.lanes, 32, Type.ID)


def new_recovery_key() -> str:
    """A recovery key as it is shown once: 8 groups of 4, about 158 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


def from_recovery(words: str, salt: bytes) -> bytes:
    """The key that a recovery key stands for, however it was typed (spaces, dashes, small letters)."""
    plain = "".join(sign for sign in words.upper() if sign.isalnum())
    return HKDF(hashes.SHA256(), 32, salt, b"schoolgate recovery").derive(plain.encode())


def wrap(key: bytes, under: bytes) -> bytes:
    """A key, encrypted under another."""
    nonce = os.urandom(12)
    return nonce + AESGCM(under).encrypt(nonce, key, b"wrap")


def unwrap(wrapped: bytes, under: bytes) -> bytes:
    """The key again; `WrongKey` where `under` is not the one."""
    try:
        return AESGCM(under).decrypt(wrapped[:12], wrapped[12:], b"wrap")
    except InvalidTag as fault:
        raise WrongKey from fault


def seal(plain: bytes, public: bytes) -> bytes:
    """Bytes that only the holder of the private half can open again."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    head = once.public_key().public_bytes_raw()
    nonce = os.urandom(12)
    return head + nonce + AESGCM(_sealing_key(shared, head, public)).encrypt(nonce, plain, b"seal")


def unseal(sealed: bytes, private: bytes) -> bytes:
    """What was sealed; `WrongKey` where the private half does not fit or a bit was changed."""
    own = X25519PrivateKey.from_private_bytes(private)
    head, nonce, body = sealed[:32], sealed[32:44], sealed[44:]
    shared = own.exchange(X25519PublicKey.from_public_bytes(head))
    try:
        return AESGCM(_sealing_key(shared, head, own.public_key().public_bytes_raw())).decrypt(nonce, body, b"seal")
    except InvalidTag as fault:
        raise WrongKey from fault


def _sealing_key(shared: bytes, head: bytes, public: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, head + public, b"schoolgate seal").derive(shared)


def blind(word: str, salt: bytes) -> str:
    """A name that can be compared but not read: keyed BLAKE2b, 32 hex digits."""
    return hashlib.blake2b(" ".join(word.casefold().split()).encode(), key=salt, digest_size=16).hexdigest()
