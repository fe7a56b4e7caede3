"""Putting many payments under one budget line at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.facts import PaymentLine
from tracker.wording import count_of
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.split_editor import OnlyMatchChoice
from ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class _Now:
    """How the chosen payments stand: how many are split, and how many are under each line."""

    split: int
    under: dict[str, int]


class Recategorise(CommitDialog):
    """Asks for the line and says beforehand how many payments will change."""

    def __init__(self, context: Context, parent: QWidget | None, ids: Sequence[int]) -> None:
        count = len(ids)
        title = "Change budget line" if count == 1 else f"Change budget line of {count:,} payments"
        super().__init__(title, parent, save_text="Change", width=420)
        self._context = context
        self._ids = list(ids)
        self._now: _Now | None = None
        lines = [
            (line.id or 0, line.name) for line in context.services.budget.categories() if not line.hidden
        ]
        self.choice = OnlyMatchChoice(lines, placeholder="None")
        self.form.add("category_id", "Budget line", self.choice)
        self.preview = Label("", "quiet", wrap=True)
        self.form.add_line(self.preview)
        self.choice.edited.connect(self._say)
        payments = context.services.payments
        self._say()
        context.load(self, lambda: _count(payments.lines(self._ids)), self._show)

    def save(self) -> bool:
        category_id, wanted = self.choice.chosen_id(), self._ids
        payments = self._context.services.payments
        return self.commit(
            self._context, lambda: payments.recategorise(wanted, category_id), "Changing payments"
        )

    def _show(self, now: _Now) -> None:
        self._now = now
        self._say()

    @Slot()
    def _say(self) -> None:
        """What Save will do, while the line is being chosen."""
        named = self.choice.named_id() is not None
        place = f"under {self.choice.text()}" if named else "under no budget line"
        if not named and self.choice.text():
            self.preview.setText("")
            return
        now = self._now or _Now(0, {})
        already = now.under.get(self.choice.text() if named else "", 0)
        changing = len(self._ids) - already
        parts = [f"{_payments(changing)} will be put {place}." if changing else "Nothing will change."]
        if already and changing:
            parts.append(f"{already:,} {'is' if already == 1 else 'are'} already there.")
        if now.split:
            parts.append(f"{_payments(now.split)} will no longer be split.")
        self.preview.setText(" ".join(parts))


def _count(lines: Sequence[PaymentLine]) -> _Now:
    under: dict[str, int] = {}
    for line in lines:
        if not line.split:
            under[line.category] = under.get(line.category, 0) + 1
    return _Now(sum(line.split for line in lines), under)


def _payments(count: int) -> str:
    return count_of(count, "payment")
