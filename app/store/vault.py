"""The school's folder: the encrypted database, the key slots, the evidence files, the backups.

`keys.json` holds one slot a person and one for the recovery key. A slot is the school's keys, wrapped under the key
that Argon2id derives from that person's password. Neither names nor passwords can be read in it.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from app.domain.problems import NotSignedIn, Problem
from app.store.home import has_school as has_school
from app.store.keys import (
    Hardness,
    Keys,
    WrongKey,
    blind,
    from_password,
    from_recovery,
    new_keys,
    new_recovery_key,
    unwrap,
    wrap,
)

FORMAT = 1
WRONG = "The user name or the password is wrong. Nothing was opened."


@dataclass(frozen=True, slots=True)
class Slot:
    """The school's keys, wrapped for one person or for the recovery key. `leaders` is None for the office."""

    salt: bytes
    main: bytes
    leaders: bytes | None


@dataclass(frozen=True, slots=True)
class Vault:
    """A school's folder and its key slots."""

    home: Path
    salt: bytes
    public: bytes
    hardness: Hardness
    people: dict[str, Slot]
    recovery: Slot

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.home / "school.db"

    @property
    def evidence(self) -> Path:
        """Where files kept as evidence lie, each encrypted, under names that say nothing."""
        return self.home / "evidence"

    @property
    def backups(self) -> Path:
        """Where backups are kept unless somebody says otherwise."""
        return self.home / "backups"

    def keys_for(self, login: str, password: str) -> Keys:
        """The keys that this person's password opens.

        Raises `NotSignedIn` in the same words, and after the same work, for an unknown name as for a wrong password.
        """
        slot = self.people.get(blind(login, self.salt))
        derived = from_password(password, slot.salt if slot else self.salt, self.hardness)
        if slot is None:
            raise NotSignedIn(WRONG)
        return self._opened(slot, derived)

    def keys_for_recovery(self, words: str) -> Keys:
        """The keys that the recovery key opens; `NotSignedIn` where it is not the school's."""
        return self._opened(self.recovery, from_recovery(words, self.recovery.salt))

    def _opened(self, slot: Slot, derived: bytes) -> Keys:
        try:
            leaders = unwrap(slot.leaders, derived) if slot.leaders else None
            return Keys(unwrap(slot.main, derived), self.public, leaders)
        except WrongKey as fault:
            raise NotSignedIn(WRONG) from fault

    def with_person(self, login: str, password: str, keys: Keys) -> Vault:
        """The same vault with a slot for this person (a new password replaces the old); not yet written."""
        salt = secrets.token_bytes(16)
        slot = _slot(keys, salt, from_password(password, salt, self.hardness))
        return replace(self, people={**self.people, blind(login, self.salt): slot})

    def without_person(self, login: str) -> Vault:
        """The same vault without this person's slot; not yet written."""
        gone = blind(login, self.salt)
        return replace(self, people={name: slot for name, slot in self.people.items() if name != gone})

    def write(self) -> None:
        """Put the slots on disk in one step: a reader sees the old file or the new one, never a part."""
        self.home.mkdir(parents=True, exist_ok=True)
        text = json.dumps(
            {
                "format": FORMAT,
                "salt": _text(self.salt),
                "public": _text(self.public),
                "hardness": asdict(self.hardness),
                "people": {name: _as_json(slot) for name, slot in sorted(self.people.items())},
                "recovery": _as_json(self.recovery),
            },
            indent=1,
        )
        write_whole(self.home / "keys.json", text.encode())


def new_vault(home: Path, hardness: Hardness | None = None) -> tuple[Vault, Keys, str]:
    """A vault for a new school, its keys, and the recovery key to show once. Nothing is written yet."""
    keys, recovery, salt = new_keys(), new_recovery_key(), secrets.token_bytes(16)
    slot = _slot(keys, salt, from_recovery(recovery, salt))
    vault = Vault(home, secrets.token_bytes(16), keys.public, hardness or Hardness(), {}, slot)
    return vault, keys, recovery


def open_vault(home: Path) -> Vault:
    """The vault in a school's folder; a `Problem` where there is none or it cannot be read."""
    place = home / "keys.json"
    try:
        said: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
        if said["format"] > FORMAT:
            raise Problem("This school was last opened by a newer Schoolgate. Install the newer version to open it.")
        return Vault(
            home,
            _bytes(said["salt"]),
            _bytes(said["public"]),
            Hardness(**said["hardness"]),
            {name: _from_json(slot) for name, slot in said["people"].items()},
            _from_json(said["recovery"]),
        )
    except FileNotFoundError as fault:
        raise Problem("There is no school in this folder yet. Set one up with: schoolgate init") from fault
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Problem("The school's key file cannot be read. Restore the folder from a backup.") from fault


def write_whole(place: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, even if the power goes."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _slot(keys: Keys, salt: bytes, derived: bytes) -> Slot:
    return Slot(salt, wrap(keys.main, derived), wrap(keys.leaders, derived) if keys.leaders else None)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _as_json(slot: Slot) -> dict[str, str | None]:
    return {
        "salt": _text(slot.salt),
        "main": _text(slot.main),
        "leaders": _text(slot.leaders) if slot.leaders else None,
    }


def _from_json(said: dict[str, str | None]) -> Slot:
    salt, main, leaders = said["salt"], said["main"], said["leaders"]
    if salt is None or main is None:
        raise ValueError("a slot without its keys")
    return Slot(_bytes(salt), _bytes(main), _bytes(leaders) if leaders else None)
