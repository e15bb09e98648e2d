"""The commands that show something: the desk, the sample school, the tour, the self-test."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from app.cli.context import Context
from app.domain.problems import Problem


def desk(context: Context) -> int:
    """Open the desk; on first run the set-up assistant."""
    _needs_a_screen()
    return context.screens.desk(getattr(context.said, "home", None))


def demo(context: Context) -> int:
    """The sample school, on screen or as the whole main job without one."""
    if not context.said.headless:
        _needs_a_screen()
        return context.screens.demo(context.said.role)
    if not context.said.out:
        raise Problem("Say where the reports go: schoolgate demo --headless --out DIR")
    from app.sample.journey import run_main_job

    done = run_main_job(Path(context.said.out), None if context.as_json else print)
    if context.as_json:
        context.answer(done, [])
    return 0


def tour(context: Context) -> int:
    """Every screen of the desk, a PNG each."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    schemes = [context.said.scheme] if context.said.scheme else ["light", "dark"]
    made = context.screens.tour(context.said.out, schemes, context.said.size, context.said.scale)
    context.answer({"files": made}, [f"{len(made)} pictures in {context.said.out}."])
    return 0


def selftest(context: Context) -> int:
    """The main job in a scratch folder; exit 1 where anything of it fails."""
    from app.sample.journey import run_main_job

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        done = run_main_job(Path(scratch), None)
        context.answer({"ok": True, **done}, ["Schoolgate works on this computer: the whole journey went through."])
    return 0


def _needs_a_screen() -> None:
    """Refuse in one sentence where no display can be had."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    unix = sys.platform not in ("win32", "darwin")
    if unix and not platform and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise Problem(
            "There is no display here, so the desk cannot open. Without one, run: schoolgate demo --headless --out DIR"
        )
