"""What the membership was worth: the fee, the care it took the place of, and what is left."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from tracker.domain.membership.own_time import NO_TIME, OwnTime
from tracker.services.membership_worth import WorthFacts
from ui.dialogs.rate_edit import CountEdit
from ui.dialogs.so_far import cents_so_far
from ui.models import worth_words as words
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.sum_lines import SumLines
from ui.window_state import WindowState

_USUAL_MINUTES = 60
_MOST_MINUTES = 24 * 60


class ValueCard(Card):
    """Own time counts only when it is ticked. `time_changed` comes when it changes."""

    time_changed = Signal()
    why_asked = Signal()

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__("What it was worth", parent=parent)
        self._state = state
        self.lines = SumLines()
        self.pays = Label("", "quiet", wrap=True)
        self.unpriced = Label("", tone="warning", wrap=True)
        for widget in (self.lines, self.pays, self.unpriced):
            self.body.addWidget(widget)
        self._build_time()
        self.why_button = PlainButton("Why?")
        below = QHBoxLayout()
        below.addWidget(self.why_button)
        below.addStretch(1)
        self.body.addLayout(below)
        self.why_button.clicked.connect(self.why_asked)
        self.count_time.toggled.connect(self._on_time)
        self.hour.textChanged.connect(self._on_time)
        self.minutes.textChanged.connect(self._on_time)

    def _build_time(self) -> None:
        self.count_time = QCheckBox("Count my own time")
        self.hour, self.minutes = MoneyEdit(), CountEdit(placeholder=str(_USUAL_MINUTES))
        self.hour.setAccessibleName("What an hour of yours is worth")
        self.minutes.setAccessibleName("Minutes saved each time")
        self.time_row = QWidget()
        self.time_row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = Flow(self.time_row)
        for widget in (
            Label("An hour is worth", "quiet"),
            self.hour,
            Label("and each time saves", "quiet"),
            self.minutes,
            Label("minutes", "quiet"),
        ):
            row.addWidget(widget)
        self.body.addWidget(self.count_time)
        self.body.addWidget(self.time_row)
        kept = self._state.text("membership/hour")
        if kept.isdecimal():
            self.hour.set_cents(int(kept))
        self.count_time.setChecked(self._state.text("membership/time") == "counted")
        self.time_row.setVisible(self.count_time.isChecked())

    def time(self) -> OwnTime:
        """The member's own time as far as it is entered and counts."""
        hour = cents_so_far(self.hour)
        if not self.count_time.isChecked() or not hour or hour < 0:
            return NO_TIME
        typed = self.minutes.so_far()
        minutes = _USUAL_MINUTES if typed is None else min(typed, _MOST_MINUTES)
        return OwnTime(hour=hour, minutes=minutes)

    def show_facts(self, facts: WorthFacts) -> None:
        time = self.time()
        self.lines.show_lines(words.value_lines(facts, time))
        self.pays.setText(words.pays_words(facts, time))
        names = ", ".join(facts.value.unpriced)
        self.unpriced.setText(f"Not priced, because no plan covers that day: {names}." if names else "")
        self.unpriced.setVisible(bool(names))

    @Slot()
    def _on_time(self) -> None:
        counted = self.count_time.isChecked()
        self.time_row.setVisible(counted)
        self._state.keep_text("membership/time", "counted" if counted else "")
        hour = cents_so_far(self.hour)
        self._state.keep_text("membership/hour", str(hour) if hour and hour > 0 else "")
        self.time_changed.emit()
