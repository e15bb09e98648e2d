"""Files kept as evidence: each one encrypted on its own, under a name that says nothing (T2, M2, H5).

An ordinary file is encrypted under a key that derives from the school's main one. A restricted file is sealed to the
leaders' public key: anybody can put one away, leaders alone can open it (K1). The place is part of what is
authenticated, so that files cannot be exchanged for one another.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.problems import NotAllowed, Problem
from app.store.keys import Keys, WrongKey, seal, unseal
from app.store.vault import write_whole

MOST_BYTES = 25 * 1024 * 1024
"""The largest file that is kept."""

_MARK = b"SGEV1"
_ORDINARY, _RESTRICTED = b"\x00", b"\x01"
_SEALED_KEY = 32 + 12 + 32 + 16
"""A file's own key, sealed: the once-only public key, a nonce, the key, a tag."""
_DAMAGED = "This file is missing or damaged: it is not what was kept. Restore the school's folder from a backup."


@dataclass(frozen=True, slots=True)
class EvidenceFolder:
    """The folder of evidence files, with the keys of whoever is signed in."""

    folder: Path
    keys: Keys

    def put(self, content: bytes, *, restricted: bool) -> str:
        """Keep a file, whole or not at all; its place."""
        name = secrets.token_hex(16)
        place = f"{name[:2]}/{name}"
        if restricted:
            key = secrets.token_bytes(32)
            head = _MARK + _RESTRICTED + seal(key, self.keys.public)
        else:
            key, head = self._key(), _MARK + _ORDINARY
        nonce = os.urandom(12)
        body = AESGCM(key).encrypt(nonce, content, head + place.encode("ascii"))
        write_whole(self._path(place), head + nonce + body)
        return place

    def get(self, place: str) -> bytes:
        """What was kept there. Raises `NotAllowed` for a restricted file where the leaders' key is not at hand, and
        `Problem` for one that is missing or damaged.
        """
        try:
            kept = self._path(place).read_bytes()
        except OSError as fault:
            raise Problem(_DAMAGED) from fault
        length = len(_MARK) + 1
        if kept.startswith(_MARK + _RESTRICTED):
            if self.keys.leaders is None:
                raise NotAllowed("Only senior leaders can open this file.")
            length += _SEALED_KEY
            key = self._unsealed(kept[len(_MARK) + 1 : length], self.keys.leaders)
        else:
            key = self._key()
        head, nonce, body = kept[:length], kept[length : length + 12], kept[length + 12 :]
        try:
            return AESGCM(key).decrypt(nonce, body, head + place.encode("ascii"))
        except (InvalidTag, ValueError) as fault:
            raise Problem(_DAMAGED) from fault

    def remove(self, place: str) -> None:
        """Let go of a file; nothing happens where it is not there."""
        self._path(place).unlink(missing_ok=True)

    def places(self) -> Iterator[str]:
        """Every place that holds a file."""
        if self.folder.is_dir():
            for file in sorted(self.folder.glob("??/*")):
                if file.is_file() and not file.name.startswith("."):
                    yield f"{file.parent.name}/{file.name}"

    def _path(self, place: str) -> Path:
        return self.folder.joinpath(*place.split("/"))

    def _key(self) -> bytes:
        return HKDF(hashes.SHA256(), 32, b"schoolgate", b"schoolgate evidence").derive(self.keys.main)

    @staticmethod
    def _unsealed(sealed: bytes, private: bytes) -> bytes:
        try:
            return unseal(sealed, private)
        except (WrongKey, ValueError) as fault:
            raise Problem(_DAMAGED) from fault
