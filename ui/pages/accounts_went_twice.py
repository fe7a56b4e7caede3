"""The card with dollars that two pockets claim: what is wrong, what to do, and where."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tracker.domain.accounts.claimed_twice import Twice
from tracker.money import dollars
from ui.widgets.action_lines import ActionLine, ActionLines
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card

_MOST = 8


class TwiceCard(Card):
    """Hidden while there are none. `opened` and `put_back_asked` carry a Twice, `all_asked` nothing."""

    opened = Signal(object)
    put_back_asked = Signal(object)
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Counted twice", parent=parent)
        self.lines = ActionLines()
        self.more = LinkButton()
        self.body.addWidget(self.lines)
        self.body.addWidget(self.more)
        self.more.clicked.connect(self.all_asked)
        self.hide()

    def show_twice(self, found: Sequence[Twice]) -> None:
        """Show these; the largest first where there are many."""
        first = sorted(found, key=lambda item: -item.amount)[:_MOST]
        self.lines.show_lines([self._line(item) for item in first])
        self.more.setText(f"Show all {len(found):,}")
        self.more.setVisible(len(found) > len(first))
        self.set_note(dollars(sum(item.amount for item in found)) if found else "")
        self.setVisible(bool(found))

    def _line(self, item: Twice) -> ActionLine:
        acts = [("Open payment", lambda item=item: self.opened.emit(item))]
        if item.is_mistaken:
            acts.append(("Record repayment", lambda item=item: self.put_back_asked.emit(item)))
        return ActionLine(
            text=f"{item.label}: {dollars(item.amount)} counts twice. {item.why}",
            detail=item.todo,
            tone="warning",
            actions=tuple(acts),
        )
