"""What the audit's lines about a pupil say in plain words: what changed, without names and restricted words."""

from __future__ import annotations

import json

from app.domain.enrolment_rows import FIELD_WORDS
from app.domain.leaving import Step

_FIELDS = {**FIELD_WORDS, "class_id": "class", "year_group": "year group", "joined_on": "first day"}
_SILENT = ("care.", "case.", "referral.", "evidence.", "permission.barred")
"""Beginnings of verbs that not everybody may know of: a history leaves these lines out."""


def may_be_told(verb: str) -> bool:
    """Whether a line of this verb may stand in a history that everybody reads."""
    return not verb.startswith(_SILENT)


def told(verb: str, detail: str) -> str:
    """What a line adds to its verb; empty where the verb says it all."""
    try:
        said = json.loads(detail)
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    if verb == "pupil.changed":
        names = [_FIELDS.get(str(name), str(name).replace("_", " ")) for name in said.get("fields", [])]
        return f"Changed: {_listed(names)}." if names else "Saved without a change."
    if verb == "permission.recorded_many" and said.get("decisions"):
        return _counted(int(said["decisions"]), "answer", "answers")
    if verb == "leaver.stepped":
        step = str(said.get("step", ""))
        return f"{Step(step).words} in ClassDojo." if step in set(Step) else "The tick was taken back."
    if verb == "leaver.held":
        return "The record is held." if said.get("held") else "The record is held no longer."
    if verb == "code.issued" and said.get("codes"):
        return _counted(int(said["codes"]), "code", "codes")
    if verb.startswith("link.") and said.get("exception"):
        return "By exception: one adult more than the policy's number."
    return ""


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
