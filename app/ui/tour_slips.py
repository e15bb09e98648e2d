"""The tour's pictures of points slips, and of what a guardian sees with a link in force and without (P11)."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from app.services.guardian_view import WhatGuardianSees
from app.services.guardians import Guardians
from app.services.office import Office
from app.ui.screens.slips.screen import SlipsScreen
from app.ui.shell.desk import Desk
from app.ui.tour_posing import Picture


def slips_pictures(office: Office, desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    """The list of slips, an adult with a link, and one without."""
    desk.open_area("pupils")
    desk.open_record("slips", 0)
    screen = desk.shown
    assert isinstance(screen, SlipsScreen)
    yield picture(window, "head-slips")
    desk.back()
    desk.open_area("guardians")
    adults = office.ask(Guardians())
    linked = next((each for each in adults if office.ask(WhatGuardianSees(each.id)).messages), adults[0])
    unlinked = next((each for each in adults if not office.ask(WhatGuardianSees(each.id)).linked), adults[-1])
    for each, name in ((linked, "head-guardian-sees"), (unlinked, "head-guardian-sees-nothing")):
        desk.open_record("guardian-sees", each.id)
        yield picture(window, name)
        desk.back()
