"""Reading a common transfer file, beside defusedxml: every pupil's element, complete, one after the other.

Both refuse a document type. What is then made of a pupil is the same for either, and left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.bench.files import write_ctf
from app.bench.race import Race, Result, Runner, Watch, if_there, peer_module
from app.bench.school import scratch_folder
from app.bench.town import children
from app.intake.ctf import check_root, pupils_in
from app.intake.gathering import Gathering

PUPILS = 20_000
GOAL = 1.6


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """The pupils of one file."""
    count = max(50, round(PUPILS * scale))
    with scratch_folder() as folder:
        file = write_ctf(folder / "3722038_CTF_3722038_001.xml", children(count))

        def ours(watch: Watch) -> None:
            with watch.running():
                seen = 0
                for pupil in pupils_in(file, Gathering("ctf", (file.name,), ""), None, check_root(file)):
                    seen += 1
                    pupil.clear()
            assert seen == count

        def defused() -> Runner:
            iterparse = peer_module("defusedxml.ElementTree").iterparse

            def theirs(watch: Watch) -> None:
                with watch.running():
                    seen = 0
                    for _, element in iterparse(str(file), forbid_dtd=True):
                        if element.tag == "Pupil":
                            seen += 1
                            element.clear()
                assert seen == count

            return theirs

        peer, notes = if_there(defused)
        own, other = Race(ours, peer, names=("Schoolgate", "defusedxml iterparse")).run(rounds)
    yield Result("ctf", f"CTF parse, {count:,} pupils", own, other, GOAL, notes=notes)
