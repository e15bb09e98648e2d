"""Pictures, recordings and work without a permission in force (policy T11, T12)."""

from __future__ import annotations

import pytest

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Check
from app.domain.checks.register import PermissionState
from app.domain.content import Kind, Media
from tests.rules.a_school import GIVEN, REFUSED, by_parent, engine_for, findings, item, pupil, pupils_found

_PHOTO = (Media.PHOTO,)


def _barred(*keys: str) -> Engine:
    return engine_for(*(pupil(key, permissions=dict(REFUSED)) for key in keys))


@pytest.mark.parametrize("state", list(PermissionState))
@pytest.mark.parametrize(
    ("media", "kind"), [(Media.PHOTO, "photograph"), (Media.VIDEO, "recording"), (Media.WORK, "work_sample")]
)
def test_only_given_for_that_kind_of_media_permits(state: PermissionState, media: Media, kind: str) -> None:
    engine = engine_for(pupil("freya", permissions=dict(GIVEN) | {kind: state}))
    found = pupils_found(item("Freya at the pond", media=(media,)), Check.NO_PERMISSION, engine)
    assert found == (set() if state is PermissionState.GIVEN else {"freya"})


def test_a_permission_that_was_never_recorded_does_not_permit() -> None:
    engine = engine_for(pupil("freya", permissions={}))
    assert pupils_found(item("Freya", media=_PHOTO), Check.NO_PERMISSION, engine) == {"freya"}


@pytest.mark.parametrize(
    ("care", "said", "expected"), [(True, False, {"freya"}), (True, True, set()), (False, False, set())]
)
def test_in_care_takes_the_authority_s_word_and_why_never_tells(care: bool, said: bool, expected: set[str]) -> None:
    engine = engine_for(pupil("freya", in_care=care, care_permission=said))
    post = item("Freya at the pond", media=_PHOTO)
    assert pupils_found(post, Check.NO_PERMISSION, engine) == expected
    for finding in findings(post, Check.NO_PERMISSION, engine):
        assert "care" not in finding.why.lower()
        assert "authority" not in finding.why.lower()


def test_each_namesake_of_the_class_counts_unless_initial_or_tag_tells() -> None:
    engine = _barred("isla-g", "isla-p", "isla-b")
    assert pupils_found(item("Isla at the pond", media=_PHOTO), Check.NO_PERMISSION, engine) == {"isla-g", "isla-p"}
    assert pupils_found(item("Isla P at the pond", media=_PHOTO), Check.NO_PERMISSION, engine) == {"isla-p"}
    tagged = item("Isla at the pond", media=_PHOTO, tagged=("isla-g",))
    assert pupils_found(tagged, Check.NO_PERMISSION, engine) == {"isla-g"}
    assert pupils_found(item("Isla (Rowan)", media=_PHOTO), Check.NO_PERMISSION, engine) == {"isla-b"}


def test_a_name_that_no_classmate_bears_means_the_school_s_pupils_of_that_name() -> None:
    engine = _barred("isla-g", "isla-b", "leo")
    everywhere = item("Isla and Leo", class_id="c2", media=_PHOTO)
    assert pupils_found(everywhere, Check.NO_PERMISSION, engine) == {"isla-g", "isla-b", "leo"}


def test_in_a_school_story_the_tagged_are_meant_and_else_everybody_of_the_name() -> None:
    engine = _barred("isla-g", "isla-b")
    story = item("Isla at the fair", Kind.SCHOOL_STORY, class_id=None, media=_PHOTO)
    assert pupils_found(story, Check.NO_PERMISSION, engine) == {"isla-g", "isla-b"}
    tagged = item("Isla at the fair", Kind.SCHOOL_STORY, class_id=None, media=_PHOTO, tagged=("isla-b",))
    assert pupils_found(tagged, Check.NO_PERMISSION, engine) == {"isla-b"}


def test_tagged_pupils_count_without_being_named() -> None:
    engine = _barred("freya")
    found = findings(item("Look!", media=_PHOTO, tagged=("freya", "tobias")), Check.NO_PERMISSION, engine)
    assert [(finding.pupils, finding.span) for finding in found] == [(("freya",), None)]


def test_a_family_may_see_its_own_child() -> None:
    engine = _barred("freya", "tobias")
    for kind in (Kind.MESSAGE, Kind.PORTFOLIO):
        own = item("Freya at the pond", kind, media=_PHOTO, to=("g-freya",), tagged=("freya",))
        both = item("Freya and Toby", kind, media=_PHOTO, to=("g-freya", "g-toby"))
        other = item("Toby helped Freya", kind, media=_PHOTO, to=("g-freya",))
        assert pupils_found(own, Check.NO_PERMISSION, engine) == set()
        assert pupils_found(both, Check.NO_PERMISSION, engine) == {"freya", "tobias"}
        assert pupils_found(other, Check.NO_PERMISSION, engine) == {"tobias"}


def test_a_guardian_of_two_may_see_both_and_colleagues_are_no_audience() -> None:
    engine = _barred("will", "robin")
    photo = item("Robin was Will's partner", Kind.MESSAGE, media=_PHOTO, to=("g-both", "s2"))
    assert pupils_found(photo, Check.NO_PERMISSION, engine) == set()
    assert pupils_found(item("Robin", Kind.MESSAGE, media=_PHOTO, to=("s2",)), Check.NO_PERMISSION, engine) == set()


def test_in_a_message_the_recipients_own_child_is_meant_first() -> None:
    engine = _barred("isla-p", "isla-b")
    photo = item("Isla at the pond", Kind.MESSAGE, media=_PHOTO, to=("g-isla",))
    assert pupils_found(photo, Check.NO_PERMISSION, engine) == set()


def test_only_staff_only_with_media_and_never_for_points() -> None:
    engine = _barred("freya")
    assert not findings(item("Freya"), Check.NO_PERMISSION, engine)
    assert not findings(by_parent("Freya", media=_PHOTO), Check.NO_PERMISSION, engine)
    assert not findings(item("Freya", Kind.POINTS, media=_PHOTO), Check.NO_PERMISSION, engine)
    assert findings(item("Freya", Kind.COMMENT, media=_PHOTO), Check.NO_PERMISSION, engine)


def test_why_names_what_may_not_be_shown() -> None:
    engine = engine_for(pupil("freya", permissions=dict(GIVEN) | {"recording": PermissionState.WITHDRAWN}))
    finding = findings(item("Freya!", media=(Media.PHOTO, Media.VIDEO)), Check.NO_PERMISSION, engine)[0]
    assert finding.why == '"Freya" may not be shown: no permission is in force for recordings.'
    assert finding.clause == "T12"
    assert finding.span == (0, 5)
