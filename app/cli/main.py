"""From arguments to an exit code: 0 done, 1 needs a person, 2 cannot be used, 3 not signed in or not allowed."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

from app.cli.arguments import parser
from app.cli.context import Context, Screens
from app.domain.problems import Cancelled, NotAllowed, NotSignedIn, Problem

DONE, NEEDS_A_PERSON, UNUSABLE, NOT_ALLOWED = range(4)


def run(arguments: Sequence[str], screens: Screens) -> int:
    """Carry out one command. Bad input is one line on stderr, never a traceback."""
    try:
        said = parser().parse_args(list(arguments))
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else UNUSABLE
    context = Context(said, screens)
    try:
        code: int = said.carry_out(context)
    except (NotSignedIn, NotAllowed) as problem:
        return _said(problem.sentence, NOT_ALLOWED)
    except Problem as problem:
        return _said(problem.sentence, UNUSABLE)
    except (Cancelled, KeyboardInterrupt):
        return _said("Stopped. Nothing was changed.", UNUSABLE)
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except OSError as fault:
        return _said(f"{_place(fault)}: {fault.strerror or 'it cannot be used'}. Nothing was changed.", UNUSABLE)
    except Exception as fault:  # noqa: BLE001 - the last resort: a fault of ours, told without anybody's data
        return _said(_inner(fault), UNUSABLE)
    return code


def _said(sentence: str, code: int) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return code


def _place(fault: OSError) -> str:
    return str(fault.filename) if fault.filename else "A file"


def _inner(fault: Exception) -> str:
    if os.environ.get("SCHOOLGATE_DEBUG"):
        traceback.print_exc()
    last = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{os.path.basename(last.filename)} line {last.lineno}"  # noqa: PTH119 - a name, not a path
    return (
        f"Something went wrong inside Schoolgate ({type(fault).__name__}, {where}). Nothing was changed. "
        "Please report it: this line holds nobody's data."
    )
