"""Pictures, recordings and work of pupils for whom no permission is in force (policy T11, T12)."""

from __future__ import annotations

from app.domain.checks.finding import Check, Finding
from app.domain.checks.known_names import KnownPupil
from app.domain.checks.reading import Reading
from app.domain.checks.register import PermissionState, PupilEntry
from app.domain.checks.whom import meant
from app.domain.content import Kind, Media

_KIND_OF = {Media.PHOTO: "photograph", Media.VIDEO: "recording", Media.WORK: "work_sample"}
_SHOWN = {Media.PHOTO: "photographs", Media.VIDEO: "recordings", Media.WORK: "work samples"}
_PRIVATE = frozenset({Kind.MESSAGE, Kind.PORTFOLIO})


def no_permission(reading: Reading) -> list[Finding]:
    """Pupils tagged or named by staff beside media that may not be shared of them, one finding for each."""
    item = reading.item
    if not item.media or not reading.is_by_staff or item.kind is Kind.POINTS:
        return []
    findings: dict[str, Finding] = {}
    for mention in reading.mentions:
        for pupil in meant(reading, mention):
            _judge(reading, pupil, mention.span, findings)
    for pupil in reading.tagged:
        _judge(reading, pupil, None, findings)
    return list(findings.values())


def may_be_shown(pupil: PupilEntry, media: Media, where: Kind = Kind.CLASS_STORY) -> bool:
    """Whether a permission for this kind of media is in force there; in care it takes the authority's word as well."""
    whole_school = where is Kind.SCHOOL_STORY and pupil.school_story is not None
    said = (pupil.school_story or {}) if whole_school else pupil.permissions
    given = said.get(_KIND_OF[media]) is PermissionState.GIVEN
    return given and (pupil.care_permission or not pupil.in_care)


def _judge(reading: Reading, pupil: KnownPupil, span: tuple[int, int] | None, findings: dict[str, Finding]) -> None:
    item = reading.item
    lacking = [media for media in dict.fromkeys(item.media) if not may_be_shown(pupil.entry, media, item.kind)]
    if pupil.entry.id in findings or not lacking or not _seen_by_others(reading, pupil):
        return
    shown = " or ".join(_SHOWN[media] for media in lacking)
    if span is None:
        who = "A tagged pupil"
    else:
        who = f'"{" ".join(reading.item.text[span[0] : span[1]].split())}"'
    why = f"{who} may not be shown: no permission is in force for {shown}."
    findings[pupil.entry.id] = Finding(Check.NO_PERMISSION, "T12", why, pupils=(pupil.entry.id,), span=span)


def _seen_by_others(reading: Reading, pupil: KnownPupil) -> bool:
    """Whether anybody sees it but the pupil's own guardians and staff: a family may see its own child."""
    item, school = reading.item, reading.school
    if item.kind not in _PRIVATE:
        return True
    recipients = [id_ for id_ in item.to if id_ not in school.staff]
    if item.kind is Kind.PORTFOLIO and not item.to:
        return any(other is not pupil for other in reading.tagged) or pupil not in reading.tagged
    return any(pupil.entry.id not in school.children_of(id_) for id_ in recipients)
