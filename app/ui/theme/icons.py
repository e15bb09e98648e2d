"""Icons: one name per meaning, the same everywhere, drawn from the Material Design font in the QtAwesome package.

    button.setIcon(icon("pupil"))             # recolours itself when the scheme changes
    paint_icon(painter, "pupil", rect, "text-quiet")

Only the one font file is read (12 ms); importing the QtAwesome package itself would cost ten times that at start.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QIcon,
    QIconEngine,
    QPainter,
    QPainterPath,
    QPixmap,
    QRawFont,
)

from app.ui.theme.current import theme

MEANINGS: dict[str, str] = {
    # areas
    "today": "weather-sunset-up",
    "review": "eye-check-outline",
    "pupils": "account-child-outline",
    "guardians": "account-supervisor-outline",
    "links": "link-variant",
    "codes": "key-variant",
    "permissions": "camera-outline",
    "posts": "message-text-outline",
    "messages": "email-outline",
    "referrals": "inbox-arrow-down-outline",
    "threads": "comment-outline",
    "cases": "gavel",
    "safeguarding": "shield-alert-outline",
    "monitoring": "clipboard-check-outline",
    "annual": "calendar-check-outline",
    "figures": "chart-line",
    "reports": "chart-box-outline",
    "imports": "file-import-outline",
    "audit": "history",
    "settings": "cog-outline",
    "people": "badge-account-outline",
    "retention": "database-outline",
    "access": "folder-account-outline",
    "drafts": "message-check-outline",
    "wordlists": "text-search",
    "report-message": "message-alert-outline",
    # things
    "pupil": "account-child-outline",
    "guardian": "account-outline",
    "staff": "badge-account-outline",
    "class": "account-group-outline",
    "school": "school-outline",
    "post": "message-text-outline",
    "comment": "comment-outline",
    "message": "email-outline",
    "portfolio": "folder-open-outline",
    "points": "star-circle-outline",
    "photograph": "camera-outline",
    "no-photograph": "camera-off-outline",
    "recording": "video-outline",
    "work": "palette-outline",
    "code": "key-variant",
    "linked": "link-variant",
    "unlinked": "link-off",
    "link-request": "link-plus",
    "invited": "progress-clock",
    "suspended": "pause-circle-outline",
    "removed": "account-cancel-outline",
    "case": "gavel",
    "decision": "scale-balance",
    "finding": "flag-outline",
    "letter": "file-document-outline",
    "evidence": "paperclip",
    "policy": "clipboard-list-outline",
    "clause": "note-text-outline",
    "care": "hand-heart-outline",
    "language": "translate",
    "telephone": "phone-outline",
    "meeting": "account-group-outline",
    "office": "office-building-outline",
    "absence": "calendar-clock-outline",
    "date": "calendar-outline",
    "due": "clock-outline",
    "late": "bell-outline",
    "history": "history",
    "picture": "image-outline",
    "table": "table-large",
    "pdf": "file-pdf-box",
    "sheet": "file-table-outline",
    "qr": "qrcode",
    "nothing": "tray",
    # states
    "good": "check-circle-outline",
    "warn": "alert-outline",
    "stop": "alert-octagon-outline",
    "info": "information-outline",
    "quiet": "circle-medium",
    "allowed": "check",
    "not-allowed": "cancel",
    "undecided": "help-rhombus-outline",
    "conflict": "swap-horizontal",
    "withdrawn": "undo",
    "waiting": "clock-outline",
    "done": "check",
    "running": "progress-clock",
    "on": "check-circle",
    "off": "circle-outline",
    # actions
    "search": "magnify",
    "filter": "filter-variant",
    "add": "plus",
    "edit": "pencil-outline",
    "remove": "trash-can-outline",
    "save": "content-save-outline",
    "print": "printer-outline",
    "copy": "content-copy",
    "import": "upload-outline",
    "export": "download-outline",
    "open-aside": "open-in-new",
    "undo": "undo",
    "refresh": "refresh",
    "back": "arrow-left",
    "next": "chevron-right",
    "previous": "chevron-left",
    "down": "chevron-down",
    "up": "chevron-up",
    "close": "close",
    "more": "dots-horizontal",
    "help": "help-circle-outline",
    "lock": "lock-outline",
    "sign-in": "login",
    "sign-out": "logout",
    "show": "eye-outline",
    "hide": "eye-off-outline",
    "zoom-in": "magnify-plus-outline",
    "zoom-out": "magnify-minus-outline",
    "fit-width": "arrow-expand-horizontal",
    "backup": "backup-restore",
    "upheld": "check-bold",
    "advice": "lightbulb-on-outline",
    "false-alarm": "bell-off-outline",
    "key": "key-outline",
    "user": "account-outline",
}
"""What an icon means, and its glyph. A new meaning gets a new line here, never a glyph's name in a screen."""

_EM = 240.0
_TOP = 0.875  # the font's box runs from 7/8 above its base line to 1/8 below


@cache
def _font() -> tuple[QRawFont, str]:
    """The face, and its list of glyphs as text: looking up our few is quicker than reading all seven thousand."""
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("The icon font is missing: install the program again.")
    folder = Path(spec.submodule_search_locations[0]) / "fonts"
    face = max(folder.glob("materialdesignicons6-webfont-*.ttf"))
    glyphs = max(folder.glob("materialdesignicons6-webfont-charmap-*.json"))
    raw = QRawFont(face.read_bytes(), _EM, QFont.HintingPreference.PreferNoHinting)
    return raw, glyphs.read_text(encoding="utf-8")


@cache
def _path(meaning: str) -> QPainterPath:
    """The glyph's outline in a box of _EM by _EM. KeyError for a meaning nobody has given an icon."""
    raw, glyphs = _font()
    listed = re.search(rf'"{MEANINGS[meaning]}"\s*:\s*"0x([0-9a-fA-F]+)"', glyphs)
    if listed is None:
        raise KeyError(meaning)
    char = chr(int(listed[1], 16))
    path = QPainterPath()
    for index in raw.glyphIndexesForString(char):
        path.addPath(raw.pathForGlyph(index))
    return path.translated(QPointF(0, _EM * _TOP))


def paint_icon(painter: QPainter, meaning: str, box: QRectF | QRect, token: str | QColor) -> None:
    """Paint an icon into a box, as large as fits, in a token's colour."""
    box = QRectF(box)
    side = min(box.width(), box.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.center().x() - side / 2, box.center().y() - side / 2)
    painter.scale(side / _EM, side / _EM)
    painter.fillPath(_path(meaning), theme().colour(token) if isinstance(token, str) else token)
    painter.restore()


class _Engine(QIconEngine):
    """Draws with the token's colour of the moment, so that a change of scheme needs no new icon.

    In a box wider than tall it stands at the left: that is how buttons keep air between icon and words.
    """

    def __init__(self, meaning: str, token: str) -> None:
        super().__init__()
        self._meaning, self._token = meaning, token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = "text-quiet" if mode is QIcon.Mode.Disabled and self._token != "accent-text" else self._token
        square = min(rect.width(), rect.height())
        paint_icon(painter, self._meaning, QRect(rect.x(), rect.y(), square, rect.height()), token)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _Engine(self._meaning, self._token)


def icon(meaning: str, token: str = "text") -> QIcon:
    """An icon by its meaning (see MEANINGS) in a token's colour. KeyError for an unknown meaning."""
    MEANINGS[meaning]
    return QIcon(_Engine(meaning, token))


@cache
def application_icon() -> QIcon:
    """The program's own mark, for the window and the task bar."""
    made = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_mark(side))
    return made


def _mark(side: int) -> QPixmap:
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#0b5f66"))
    painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.22, side * 0.22)
    paint_icon(painter, "school", QRectF(side * 0.17, side * 0.16, side * 0.66, side * 0.66), QColor("#ffffff"))
    painter.end()
    return made
