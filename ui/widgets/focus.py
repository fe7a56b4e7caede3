"""Where the keyboard is: a ring that stays away for the mouse, and the way of the Tab key."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


# At run time the mixin must not be a Qt class: a class with two Qt bases would be made as the first.
if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class RingMixin(_Base):
    """Put before a widget class: sets the property `ring` while keyboard focus is there."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _BY_KEYBOARD:
            self._show_ring(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.property("ring"):
            self._show_ring(False)

    @property
    def has_ring(self) -> bool:
        return bool(self.property("ring"))

    def _show_ring(self, shown: bool) -> None:
        self.setProperty("ring", shown)
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()


def keep_tab_order(holder: QWidget, parts: Iterable[QWidget]) -> None:
    """Let Tab reach widgets that were made later where their holder stands, in the order given.

    Qt puts what is added to a shown window at the end of its Tab order.
    """
    way = [holder]
    for part in parts:
        inside = part.findChildren(QWidget)
        way += [part, *(one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus)]
    # Qt passes over what takes no focus itself, and it follows proxies: neither for this moment.
    lent = [(one, one.focusPolicy(), one.focusProxy()) for one in way]
    for one in way:
        one.setFocusProxy(None)  # type: ignore[arg-type]
        one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for before, after in pairwise(way):
        QWidget.setTabOrder(before, after)
    for one, policy, proxy in lent:
        one.setFocusPolicy(policy)
        one.setFocusProxy(proxy)  # type: ignore[arg-type]


def first_stop(inside: QWidget) -> QWidget | None:
    """What Tab reaches first inside a widget, or None where nothing takes the focus."""
    one = inside.nextInFocusChain()
    while one is not inside and inside.isAncestorOf(one):
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled():
            return one
        one = one.nextInFocusChain()
    return None
