"""Estimates between the keyboard and the ledger: shown at once, kept beside the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer

from tracker.changes import Changes
from tracker.errors import UserProblem, WorldProblem
from tracker.money import Cents
from tracker.reports.budget import BudgetYear
from ui.context import Context
from ui.models.budget_rows import read_estimate, with_estimate

GiveBack = Callable[[int, date, str, str], object]
"""Told the line, the month, what was typed, and the sentence that says why it was not kept."""


class EstimateEdits(QObject):
    """Remembers what was typed until a year read from the ledger has it.

    `present` shows the year again; `give_back` opens a cell with what could not be kept.
    """

    def __init__(
        self, context: Context, owner: QObject, present: Callable[[], object], give_back: GiveBack
    ) -> None:
        super().__init__(owner)
        self._context = context
        self._present = present
        self._give_back = give_back
        self._typed: dict[tuple[int, date], Cents | None] = {}
        self._written: set[tuple[int, date]] = set()

    @property
    def waiting(self) -> bool:
        """Whether something was typed that no year read from the ledger has yet."""
        return bool(self._typed)

    def applied(self, year: BudgetYear) -> BudgetYear:
        """A year read earlier, with what was typed since."""
        for (category_id, month), estimate in self._typed.items():
            year = with_estimate(year, category_id, month, estimate)
        return year

    def on_loaded(self) -> None:
        """A year has been read: what was written before is in it."""
        for key in self._written:
            self._typed.pop(key, None)
        self._written.clear()

    def keep(self, category_id: int, month: date, text: str, held: Cents | None) -> None:
        """Set an estimate as it was typed; raises UserProblem to leave the cell open.

        `held` is what the cell shows, so that nothing is written where nothing changed.
        """
        estimate = read_estimate(text)
        if estimate == held:
            return
        key = category_id, month
        self._typed[key] = estimate
        self._written.discard(key)
        self._present()
        budget = self._context.services.budget

        def act() -> Changes:
            try:
                return budget.set_estimate(category_id, month, estimate)
            except WorldProblem as why:
                # Said under the cell, where what was typed can be saved again.
                raise UserProblem(why.what, why.todo) from why

        def done(_changes: Changes) -> None:
            if self._typed.get(key) == estimate:
                self._written.add(key)

        def forget() -> None:
            if self._typed.get(key) == estimate:
                self._typed.pop(key, None)
            self._present()

        def refused(problem: UserProblem) -> None:
            forget()
            # After the cell that is being left has closed.
            words = str(problem)
            QTimer.singleShot(0, self, lambda: self._give_back(category_id, month, text, words))

        self._context.commit(self, act, then=done, complain=refused, gave_up=forget, quiet=True)
