"""The sample school as the checks' register, and by what names its people are found again after an import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.domain.checks.register import LinkState, PermissionState
from app.domain.permissions import MediaKind
from app.sample.allowances import standing
from app.sample.shapes import Guardian, Pupil, SampleSchool

_DAYS = ("mon", "tue", "wed", "thu", "fri")
_STRONGEST = (LinkState.LINKED, LinkState.SUSPENDED, LinkState.INVITED, LinkState.REMOVED)


def register_json(school: SampleSchool) -> dict[str, Any]:
    """The register that content is checked against, as it stands on the school's today: nobody who has left."""
    here = {pupil.id for pupil in school.pupils if pupil.on_roll(school.today)}
    stands = standing(school.permissions, school.today)
    return {
        "school": {
            "name": school.details.name,
            "phone": school.details.phone,
            "email": school.details.email,
            "postcode": school.details.postcode,
            "timezone": school.details.timezone,
            "hours": {
                "days": list(_DAYS),
                "from": f"{school.details.opens:%H:%M}",
                "to": f"{school.details.closes:%H:%M}",
            },
            "closed": [[starts.isoformat(), ends.isoformat(), why] for starts, ends, why in school.year.closures],
        },
        "classes": [{"id": entry.id, "name": entry.name, "year": entry.year} for entry in school.classes],
        "staff": [
            {"id": member.id, "name": member.name, "role": member.role, "classes": list(member.classes)}
            for member in school.staff
        ],
        "pupils": [_pupil(pupil, stands.get(pupil.id, {})) for pupil in school.pupils if pupil.id in here],
        "guardians": [_guardian(school, guardian, here) for guardian in school.guardians],
    }


def _pupil(pupil: Pupil, stands: Any) -> dict[str, Any]:
    return {
        "id": pupil.id,
        "first": pupil.first,
        "preferred": pupil.preferred,
        "last": pupil.last,
        "class": pupil.class_id,
        "permissions": {kind.value: stands.get(kind.value, PermissionState.UNDECIDED).value for kind in MediaKind},
        "in_care": pupil.in_care,
        "care_permission": pupil.care_permission,
    }


def _guardian(school: SampleSchool, guardian: Guardian, here: set[str]) -> dict[str, Any]:
    pupils = [
        tie.pupil
        for tie in school.ties
        if tie.guardian == guardian.id and tie.pupil in here and tie.contact != "barred"
    ]
    held = {link.state for link in school.links if link.guardian == guardian.id}
    state = next((state for state in _STRONGEST if state in held), LinkState.INVITED)
    return {"id": guardian.id, "name": guardian.name, "pupils": pupils, "link": state.value}


@dataclass(frozen=True, slots=True)
class PersonKey:
    """How a person of the sample school is found in a store: by name, and a class or a child to be sure.

    `what` is class, staff, pupil or guardian. A pupil's `place` is the class's name; a guardian's is a child's full
    name and class ("Zoë O'Neill, Swift"). `word` is what a file may call them: UPN, e-mail address or name.
    """

    what: str
    name: str
    place: str
    word: str


def people_keys(school: SampleSchool) -> dict[str, PersonKey]:
    """Every id of the sample school ("c3", "s8", "p12", "g40") with the names to find it by after an import."""
    classes = {entry.id: entry.name for entry in school.classes}
    pupils = {pupil.id: pupil for pupil in school.pupils}
    child_of = {tie.guardian: pupils[tie.pupil] for tie in reversed(school.ties)}
    keys = {id_: PersonKey("class", name, "", name) for id_, name in classes.items()}
    keys |= {member.id: PersonKey("staff", member.name, "", member.name) for member in school.staff}
    keys |= {pupil.id: PersonKey("pupil", pupil.full, classes[pupil.class_id], pupil.upn) for pupil in school.pupils}
    for guardian in school.guardians:
        child = child_of[guardian.id]
        place = f"{child.full}, {classes[child.class_id]}"
        keys[guardian.id] = PersonKey("guardian", guardian.name, place, guardian.email or guardian.name)
    return keys


def references(school: SampleSchool) -> dict[str, str]:
    """Every id with the word that a file of items may use for it, so that an import finds the person without ids."""
    return {id_: key.word for id_, key in people_keys(school).items()}
