"""The school's folder and its key slots."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.domain.problems import NotSignedIn, Problem
from app.store.keys import Keys
from app.store.vault import Vault, has_school, new_vault, open_vault, write_whole
from tests.conftest import PASSWORD, QUICK


@pytest.fixture
def made(home: Path) -> tuple[Vault, Keys, str]:
    vault, keys, recovery = new_vault(home, QUICK)
    vault = vault.with_person("Pat Head", PASSWORD, keys)
    vault.write()
    return vault, keys, recovery


def test_a_password_opens_the_schools_keys(home: Path, made: tuple[Vault, Keys, str]) -> None:
    assert has_school(home)
    assert open_vault(home).keys_for("pat  head", PASSWORD) == made[1]


def test_the_recovery_key_opens_them_too(home: Path, made: tuple[Vault, Keys, str]) -> None:
    assert open_vault(home).keys_for_recovery(made[2].lower()) == made[1]
    with pytest.raises(NotSignedIn):
        open_vault(home).keys_for_recovery("AAAA-BBBB")


@pytest.mark.parametrize(("login", "password"), [("pat head", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_nothing_else_does_and_the_sentence_is_the_same(
    home: Path, made: tuple[Vault, Keys, str], login: str, password: str
) -> None:
    with pytest.raises(NotSignedIn, match="user name or the password is wrong"):
        open_vault(home).keys_for(login, password)


def test_the_office_slot_holds_no_leaders_key(home: Path, made: tuple[Vault, Keys, str]) -> None:
    vault, keys, _ = made
    vault.with_person("clerk", PASSWORD, Keys(keys.main, keys.public)).write()
    opened = open_vault(home).keys_for("clerk", PASSWORD)
    assert opened.main == keys.main
    assert opened.leaders is None


def test_the_key_file_tells_neither_names_nor_keys(home: Path, made: tuple[Vault, Keys, str]) -> None:
    text = (home / "keys.json").read_text(encoding="utf-8")
    assert "pat" not in text.lower().replace("path", "")
    assert made[1].main.hex() not in text
    assert set(json.loads(text)) == {"format", "salt", "public", "hardness", "people", "recovery"}


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 1}', "\x00\x01", '{"format": "x"}'])
def test_a_broken_key_file_is_said_in_a_sentence(home: Path, content: str) -> None:
    home.mkdir()
    (home / "keys.json").write_text(content, encoding="utf-8")
    with pytest.raises(Problem, match="backup"):
        open_vault(home)


def test_an_empty_folder_is_said_in_a_sentence(home: Path) -> None:
    with pytest.raises(Problem, match="no school"):
        open_vault(home)


def test_a_failed_write_leaves_the_old_file_and_no_scraps(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = home / "keys.json"
    write_whole(place, b"old")

    def broken(self: Path, target: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="disk full"):
        write_whole(place, b"new")
    monkeypatch.undo()
    assert place.read_bytes() == b"old"
    assert [file.name for file in home.iterdir()] == ["keys.json"]
