"""Which folder is watched and which files are done with: set by the headteacher, noted by whoever deals with a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.problems import NotAllowed, Refused
from app.services.office import Office
from app.services.watching import DealtWith, NoteDealtWith, Outcome, SetWatchedFolder, WatchedFolderSet
from app.store.tables.audit import AuditRow
from app.store.tables.content import WatchedFileRow


def test_the_headteacher_sets_and_ends_it(head: Office, clerk: Office, tmp_path: Path) -> None:
    assert clerk.ask(WatchedFolderSet()) is None
    head.perform(SetWatchedFolder(str(tmp_path)))
    assert head.ask(WatchedFolderSet()) == str(tmp_path)
    with head.database.reading() as session:
        line = session.scalars(select(AuditRow).where(AuditRow.verb == "folder.watched")).one()
        assert str(tmp_path) not in line.detail
    head.perform(SetWatchedFolder(None))
    assert head.ask(WatchedFolderSet()) is None
    with pytest.raises(NotAllowed):
        clerk.perform(SetWatchedFolder(str(tmp_path)))


@pytest.mark.parametrize("folder", ["nowhere/at/all", "x" * 600])
def test_what_is_no_folder_is_refused(head: Office, tmp_path: Path, folder: str) -> None:
    head.perform(SetWatchedFolder(str(tmp_path)))
    with pytest.raises(Refused):
        head.perform(SetWatchedFolder(folder))
    assert head.ask(WatchedFolderSet()) == str(tmp_path)


def test_a_file_is_known_again_by_its_content(clerk: Office) -> None:
    one, other = "a" * 64, "b" * 64
    clerk.perform(NoteDealtWith(one, Outcome.BROKEN))
    clerk.perform(NoteDealtWith(one, Outcome.TAKEN))
    assert clerk.ask(DealtWith((one, other))) == {one}
    with clerk.database.reading() as session:
        row = session.scalars(select(WatchedFileRow)).one()
        assert (row.outcome, row.seen_by) == ("taken", clerk.actor.id)
