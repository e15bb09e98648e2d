"""Files of evidence on disk: unreadable without the keys, whole or not there, never exchanged for one another."""

from __future__ import annotations

import io
import secrets
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from app.domain.problems import NotAllowed, Problem, Refused
from app.store.evidence import EvidenceFolder
from app.store.keys import Keys
from app.store.thumbnails import SIDE, thumbnail, without_notes
from tests.pictures import bomb, picture


@pytest.fixture
def folder(tmp_path: Path, keys: Keys) -> EvidenceFolder:
    return EvidenceFolder(tmp_path / "evidence", keys)


def files(folder: EvidenceFolder) -> list[Path]:
    return [file for file in folder.folder.rglob("*") if file.is_file()]


@pytest.mark.parametrize("restricted", [False, True])
@pytest.mark.parametrize("content", [b"x", b"Zebrawood " * 1000, bytes(200_000)])
def test_what_is_put_away_comes_back_and_cannot_be_read_on_disk(
    folder: EvidenceFolder, content: bytes, restricted: bool
) -> None:
    place = folder.put(content, restricted=restricted)
    assert folder.get(place) == content
    assert list(folder.places()) == [place]
    (file,) = files(folder)
    assert b"Zebrawood" not in file.read_bytes()
    assert file.relative_to(folder.folder).as_posix() == place
    assert file.suffix == ""


def test_the_office_opens_ordinary_files_and_no_restricted_ones(folder: EvidenceFolder, keys: Keys) -> None:
    office = EvidenceFolder(folder.folder, Keys(keys.main, keys.public))
    ordinary, restricted = office.put(b"a letter", restricted=False), office.put(b"a screenshot", restricted=True)
    assert office.get(ordinary) == b"a letter"
    with pytest.raises(NotAllowed):
        office.get(restricted)
    assert folder.get(restricted) == b"a screenshot"


def test_another_schools_keys_open_nothing(folder: EvidenceFolder) -> None:
    place = folder.put(b"a letter", restricted=False)
    other = EvidenceFolder(folder.folder, Keys(secrets.token_bytes(32), folder.keys.public))
    with pytest.raises(Problem, match="damaged"):
        other.get(place)


@pytest.mark.parametrize("restricted", [False, True])
@pytest.mark.parametrize("at", [0, 5, 6, 20, 60, 110, -1])
def test_a_changed_byte_is_noticed(folder: EvidenceFolder, restricted: bool, at: int) -> None:
    place = folder.put(b"a letter" * 10, restricted=restricted)
    (file,) = files(folder)
    raw = bytearray(file.read_bytes())
    raw[at] ^= 1
    file.write_bytes(raw)
    with pytest.raises(Problem):
        folder.get(place)


def test_files_cannot_be_exchanged(folder: EvidenceFolder) -> None:
    one, other = folder.put(b"one", restricted=False), folder.put(b"other", restricted=False)
    first, second = (folder.folder.joinpath(*place.split("/")) for place in (one, other))
    first.write_bytes(second.read_bytes())
    with pytest.raises(Problem, match="not what was kept"):
        folder.get(one)


def test_a_missing_or_cut_file_is_said_to_be_damaged(folder: EvidenceFolder) -> None:
    place = folder.put(b"a letter", restricted=False)
    (file,) = files(folder)
    file.write_bytes(file.read_bytes()[:8])
    with pytest.raises(Problem, match="missing or damaged"):
        folder.get(place)
    folder.remove(place)
    folder.remove(place)
    with pytest.raises(Problem, match="missing or damaged"):
        folder.get(place)
    assert list(folder.places()) == []


def test_a_write_that_fails_leaves_nothing(folder: EvidenceFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("app.store.vault.os.fsync", full)
    with pytest.raises(OSError, match="disk full"):
        folder.put(b"a letter", restricted=False)
    assert files(folder) == []


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "BMP"])
def test_a_thumbnail_is_small_and_holds_no_notes(form: str) -> None:
    small = thumbnail(picture(form, (1600, 900), located=form in ("JPEG", "PNG", "WEBP")))
    assert small is not None
    assert len(small) < 20_000
    assert b"Invented" not in small
    assert small.startswith(b"\xff\xd8\xff")
    with Image.open(io.BytesIO(small)) as made:
        assert made.size == (SIDE, 180)
        assert not made.getexif()


def test_a_copy_to_look_at_holds_no_notes() -> None:
    copy = without_notes(picture(size=(3000, 2000), located=True))
    assert copy is not None
    with Image.open(io.BytesIO(copy)) as made:
        assert (made.size, len(made.getexif())) == ((2400, 1600), 0)


def test_a_picture_that_would_unpack_to_an_enormous_one_is_refused() -> None:
    for side in (12_000, 20_000, 60_000):
        with pytest.raises(Refused, match="enormous"):
            thumbnail(bomb(side, side))


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\xff\xd8\xff\xe0broken", picture()[:300], b"no picture at all"])
def test_a_broken_picture_has_no_thumbnail(content: bytes) -> None:
    assert thumbnail(content) is None


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "BMP"]), st.integers(0, 2**31), st.integers(1, 60))
def test_no_damage_breaks_the_drawing(form: str, seed: int, count: int) -> None:
    raw = bytearray(picture(form, (40, 30)))
    for step in range(count):
        place = (seed * 31 + step * 7919) % len(raw)
        raw[place] = (seed >> (step % 24)) & 0xFF
    try:
        small = thumbnail(bytes(raw))
    except Refused:
        return
    assert small is None or small.startswith(b"\xff\xd8")
