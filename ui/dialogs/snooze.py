"""Putting an item of *Needs attention* off until a day, with the reason; undone like any change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from tracker.dates import day_text
from tracker.facts import Snooze
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.coverage_words import short
from ui.widgets.buttons import LinkButton
from ui.widgets.day_edit import DayEdit

_AHEAD = ((1, "Tomorrow"), (7, "In a week"), (30, "In 30 days"))


class SnoozeDialog(CommitDialog):
    """A day and a few words why it can wait."""

    def __init__(self, context: Context, parent: QWidget | None, *, key: str, what: str) -> None:
        super().__init__("Put off", parent, save_text="Put off", sentence=what, width=420)
        self._context = context
        self._key = key
        self.until = DayEdit(context.today)
        self.until.set_day(context.today + timedelta(days=_AHEAD[1][0]))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Such as: waiting for the corrected bill")
        self.form.add("reason", "Why it can wait", self.reason)
        self.form.add("until", "Until", self.until)
        quick = QWidget()
        row = QHBoxLayout(quick)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.quick = [LinkButton(words) for _days, words in _AHEAD]
        for button, (days, _words) in zip(self.quick, _AHEAD, strict=True):
            button.clicked.connect(lambda _checked=False, days=days: self._choose(days))
            row.addWidget(button)
        row.addStretch(1)
        self.form.add_line(quick)

    def _choose(self, days: int) -> None:
        self.until.set_day(self._context.today + timedelta(days=days))

    def save(self) -> bool:
        snooze = Snooze(key=self._key, until=self.until.day(), reason=self.reason.text().strip())
        cases = self._context.services.cases
        return self.commit(self._context, lambda: cases.snooze(snooze), "Putting off")


def put_off_menu(context: Context, owner: QWidget, items: Sequence[Snooze]) -> QMenu:
    """What was put off, each to be brought back."""
    menu = QMenu(owner)
    menu.setAccessibleName("Put off; choose one to bring it back")
    service = context.services.attention
    for item in items:
        words = f"Bring back: {short(item.reason, 60)}, until {day_text(item.until)}".replace("&", "&&")
        action = menu.addAction(words)
        action.triggered.connect(
            lambda _checked=False, key=item.key: context.commit(owner, lambda: service.wake(key))
        )
    menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
    return menu
