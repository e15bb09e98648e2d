"""An accessibility walk over any widget: what a person with a keyboard, a screen reader or large text would trip over.

widget.resize(1280, 800); widget.show()
assert walk(widget) == []
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QTableView,
    QToolButton,
    QWidget,
)

from app.ui.parts.text import OneLine, without_mnemonic
from app.ui.theme.contrast import TEXT, ratio

_SLACK = 1
"""Pixels that rounding may cost."""


def walk(widget: QWidget) -> list[str]:
    """Faults in plain words, empty where there are none. The widget must be shown at the size that is meant."""
    QApplication.processEvents()
    faults: list[str] = []
    seen = list(_visible(widget))
    picture = widget.grab().toImage()
    for piece in seen:
        faults += _nameless(piece)
        faults += _clipped(piece)
        faults += _faint(piece, widget, picture)
    faults += _out_of_order(widget)
    return faults


def mnemonics(widget: QWidget) -> list[str]:
    """Buttons without a mnemonic, and mnemonics that two things in sight share."""
    faults = []
    letters: dict[str, list[str]] = {}
    for piece in _visible(widget):
        words = piece.text() if isinstance(piece, QPushButton | QCheckBox | QRadioButton) else ""
        if isinstance(piece, QLabel) and piece.buddy() is not None:
            words = piece.text()
        if not words:
            continue
        letter = _mnemonic(words)
        if letter:
            letters.setdefault(letter, []).append(without_mnemonic(words))
        elif isinstance(piece, QPushButton):
            faults.append(f"{_called(piece)} has no mnemonic")
    return faults + [f"Alt+{k.upper()} means {' and '.join(v)}" for k, v in letters.items() if len(v) > 1]


def _visible(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    for child in widget.findChildren(QWidget):
        if child.isVisibleTo(widget) and not child.isWindow():
            yield child


def _takes_focus(piece: QWidget) -> bool:
    by_tab = bool(piece.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and piece.isEnabled() and piece.focusProxy() is None


def _name(piece: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(piece)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else piece.accessibleName()


def _called(piece: QWidget) -> str:
    words = _name(piece) or getattr(piece, "text", str)() or piece.objectName()
    kind = type(piece).__name__
    return f"{kind} “{str(words)[:60]}”" if words else f"{kind} in {type(piece.parentWidget()).__name__}"


def _nameless(piece: QWidget) -> list[str]:
    inner = piece.objectName().startswith("qt_") or isinstance(piece, QScrollBar | QHeaderView)
    if inner or not _takes_focus(piece) or _name(piece):
        return []
    return [f"{_called(piece)} takes the focus and has no accessible name"]


def _clipped(piece: QWidget) -> list[str]:
    if isinstance(piece, QLabel) and piece.text() and not isinstance(piece, OneLine):
        return _clipped_label(piece)
    if isinstance(piece, QPushButton | QCheckBox | QRadioButton) and piece.text():
        needs = piece.sizeHint()
        if piece.width() + _SLACK < needs.width() or piece.height() + _SLACK < needs.height():
            return [f"{_called(piece)} is cut off: needs {needs.width()}×{needs.height()}"]
    elif isinstance(piece, QAbstractButton) and not isinstance(piece, QToolButton):
        needs = piece.minimumSizeHint()
        if needs.isValid() and (piece.width() + _SLACK < needs.width() or piece.height() + _SLACK < needs.height()):
            return [f"{_called(piece)} is cut off: needs {needs.width()}×{needs.height()}"]
    elif isinstance(piece, QComboBox):
        room = piece.width() - piece.fontMetrics().height() * 2
        if piece.fontMetrics().horizontalAdvance(piece.currentText()) > room:
            return [f"{_called(piece)} cuts off its choice"]
    elif isinstance(piece, QTableView):
        return _clipped_headings(piece)
    return _outside(piece)


def _clipped_label(label: QLabel) -> list[str]:
    room = label.contentsRect()
    words = without_mnemonic(label.text()) if label.buddy() is not None else label.text()
    lines = words.split("\n")
    if label.wordWrap():
        if label.heightForWidth(label.width()) > label.height() + _SLACK:
            return [f"{_called(label)} is cut off below"]
        longest = max((word for line in lines for word in line.split()), key=len, default="")
        lines = [longest]
    elif label.fontMetrics().height() > label.height() + _SLACK:
        return [f"{_called(label)} is cut off below"]
    if max(label.fontMetrics().horizontalAdvance(line) for line in lines) > room.width() + _SLACK:
        return [f"{_called(label)} is cut off at the right"]
    return _outside(label)


def _clipped_headings(table: QTableView) -> list[str]:
    header, model = table.horizontalHeader(), table.model()
    if header.isHidden() or model is None:
        return []
    faults = []
    for at in range(header.count()):
        words = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        if header.isSectionHidden(at):
            continue
        if words.strip() and header.fontMetrics().horizontalAdvance(words) > header.sectionSize(at):
            faults.append(f"{_called(table)} cuts off its heading “{words}”")
    return faults


def _outside(piece: QWidget) -> list[str]:
    """Words or a button that lie partly outside what holds them, where nothing scrolls."""
    holder = piece.parentWidget()
    if not isinstance(piece, QLabel | QAbstractButton) or holder is None or piece.isWindow():
        return []
    if isinstance(holder.parentWidget(), QAbstractScrollArea):
        return []
    if holder.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(piece.geometry()):
        return []
    return [f"{_called(piece)} lies partly outside {type(holder).__name__}"]


def _faint(piece: QWidget, whole: QWidget, picture: QImage) -> list[str]:
    """Ink against the ground that is really painted behind it."""
    if not isinstance(piece, QLabel | QPushButton) or not piece.text().strip() or not piece.isEnabled():
        return []
    role = QPalette.ColorRole.WindowText if isinstance(piece, QLabel) else QPalette.ColorRole.ButtonText
    ink = piece.palette().color(role).name()
    box = QRect(piece.mapTo(whole, QPoint(0, 0)), piece.size())
    ground = _ground(picture, box, inset=4 if isinstance(piece, QPushButton) else 0)
    if ground is None:
        return []
    found = ratio(ink, ground)
    return [] if found >= TEXT else [f"{_called(piece)}: contrast {found:.2f} of {ink} on {ground}"]


def _ground(picture: QImage, box: QRect, inset: int) -> str | None:
    box = box.adjusted(inset, inset, -inset - 1, -inset - 1).intersected(picture.rect().adjusted(0, 0, -1, -1))
    if box.width() < 2 or box.height() < 2:
        return None
    found: Counter[int] = Counter()
    for x in range(box.left(), box.right(), max(1, box.width() // 40)):
        for y in range(box.top(), box.bottom(), max(1, box.height() // 12)):
            found[picture.pixel(x, y)] += 1
    return QColor.fromRgb(found.most_common(1)[0][0]).name()


def _out_of_order(widget: QWidget) -> list[str]:
    """Tab must not lead up without leading right, nor left along one line."""
    order = [piece for piece in _chain(widget) if _takes_focus(piece) and piece.isVisibleTo(widget)]
    faults = []
    for before, after in pairwise(order):
        if before.isAncestorOf(after) or after.isAncestorOf(before):
            continue
        a, b = (QRect(p.mapTo(widget, QPoint(0, 0)), p.size()) for p in (before, after))
        up = b.bottom() < a.top() and b.left() < a.right()
        left = b.right() < a.left() and b.top() < a.bottom() and a.top() < b.bottom()
        if up or left:
            faults.append(f"Tab goes back from {_called(before)} to {_called(after)}")
    return faults


def _chain(widget: QWidget) -> list[QWidget]:
    chain, piece = [], widget.nextInFocusChain()
    while piece is not None and piece is not widget:
        if widget.isAncestorOf(piece):
            chain.append(piece)
        piece = piece.nextInFocusChain()
    return chain


def _mnemonic(words: str) -> str:
    plain = words.replace("&&", "")
    at = plain.find("&")
    return plain[at + 1].lower() if 0 <= at < len(plain) - 1 else ""
