"""The card about a membership that was left: when it ended, and what is still to come back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from tracker.dates import day_text
from tracker.domain.membership.owed import Owed
from ui.models.leaving_words import owed_lines
from ui.theme import theme
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.sum_lines import SumLines


class OwedCard(Card):
    """Hidden while the membership goes on."""

    refund_asked = Signal()
    change_asked = Signal()

    def __init__(self) -> None:
        super().__init__("You left")
        self.sentence = Label("", "quiet", wrap=True)
        self.lines = SumLines()
        self.lines.setMaximumWidth(theme().px(420))
        self.remark = Label("", tone="warning", wrap=True)
        self.record_button = PrimaryButton("Record refund")
        self.change_button = PlainButton("Change\u2026")
        for widget in (self.sentence, self.lines, self.remark):
            self.body.addWidget(widget)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.record_button)
        below.addWidget(self.change_button)
        below.addStretch(1)
        self.body.addLayout(below)
        self.record_button.clicked.connect(self.refund_asked)
        self.change_button.clicked.connect(self.change_asked)

    def show_owed(self, item: Owed | None, *, is_over: bool) -> None:
        """Show what comes back of a membership that was left, or nothing."""
        self.setVisible(item is not None)
        if item is None:
            return
        verb = "Your membership ended before" if is_over else "Your membership ends before"
        self.set_title("You left" if is_over else "You are leaving")
        self.sentence.setText(f"{verb} {day_text(item.left_on)}. No fee is due from then on.")
        self.lines.show_lines(owed_lines(item))
        differs = item.stated is not None and item.stated != item.ours
        said = next((words for words in item.why if words.startswith("The practice says")), "")
        self.remark.setText(said if differs and item.ours is not None else "")
        self.remark.setVisible(bool(self.remark.text()))
        self.record_button.setVisible(item.left > 0)
