"""Linking codes of pupils whom an import moves to another class: worthless, as after a move by hand (H7)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.services.enrolment_trace import Trace
from app.services.leaving import MOVED
from app.services.unit import Unit
from app.store.tables.links import LinkingCodeRow

_AT_A_TIME = 500


def revoke_codes_of_movers(unit: Unit, trace: Trace, pupils: Sequence[int]) -> None:
    """Make the unused codes of these pupils worthless; taking the import back makes them good again."""
    codes = _open_codes(unit.session, pupils)
    trace.look(LinkingCodeRow, codes)
    for code in codes:
        trace.change(LinkingCodeRow, code, {"revoked_at": unit.now, "revoked_why": MOVED})
    if codes:
        unit.changed("links")


def any_code_open(session: Session, pupils: Sequence[int]) -> bool:
    """Whether one of these pupils has a code that somebody could still use."""
    return bool(_open_codes(session, pupils))


def _open_codes(session: Session, pupils: Sequence[int]) -> list[int]:
    wanted = sorted(set(pupils))
    return [
        code
        for start in range(0, len(wanted), _AT_A_TIME)
        for code in session.scalars(_open(wanted[start : start + _AT_A_TIME]))
    ]


def _open(pupils: Sequence[int]) -> Select[int]:
    code = LinkingCodeRow
    unused = (code.used_at.is_(None), code.revoked_at.is_(None))
    return select(code.id).where(code.pupil_id.in_(pupils), *unused).order_by(code.id)
