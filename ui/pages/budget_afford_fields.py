"""Fields of affordability: amounts of zero or more, some of them taken from the ledger until typed."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.errors import UserProblem
from tracker.money import Cents, dollars, parse_cents
from tracker.reports.affordability import Known
from ui.widgets.form import FormField
from ui.widgets.money_edit import MoneyEdit


class AmountEdit(MoneyEdit):
    """An amount of zero or more; `so_far` never complains."""

    def so_far(self, before: Cents | None) -> Cents | None:
        """The amount while typing: None for an empty field, the one before while it is not readable."""
        if not self.text().strip():
            return None
        try:
            return _zero_or_more(self.text())
        except UserProblem:
            return before

    def unreadable(self) -> UserProblem | None:
        """What is wrong with what was typed."""
        try:
            if self.text().strip():
                _zero_or_more(self.text())
        except UserProblem as problem:
            return problem
        return None

    def _rewrite(self) -> None:
        _zero_or_more(self.text())
        super()._rewrite()


class LedgerEdit(AmountEdit):
    """Shows the ledger's figure until the member types another; emptied, it takes the ledger's again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, placeholder="Not known")
        self._ledger = Known()
        self._field: FormField | None = None

    def hint_in(self, field: FormField) -> None:
        """Where to say whose figure it is."""
        self._field = field

    def show_figure(self, own: Cents | None, ledger: Known) -> None:
        """Show the member's figure, or the ledger's, without telling anybody.

        What is being typed stays.
        """
        self._ledger = ledger
        if not (self.hasFocus() and self.own(own) == own):
            self.set_cents(ledger.amount if own is None else own)
        self.tell_source()

    def own(self, before: Cents | None) -> Cents | None:
        """The member's own figure, None where it is the ledger's."""
        typed = self.so_far(before)
        if typed is not None and typed == before:
            return before
        return None if typed == self._ledger.amount else typed

    def tell_source(self) -> None:
        """Say whether the figure is the ledger's."""
        if self._field is None:
            return
        typed = self.so_far(self._ledger.amount)
        known = self._ledger.amount
        if known is None:
            self._field.set_hint("Not in your ledger." if typed is None else "Your own figure.")
        elif typed is None or typed == known:
            self._field.set_hint("From your ledger.")
        else:
            self._field.set_hint(f"Your own. Ledger: {dollars(known)}.")

    @Slot()
    def tidy(self) -> None:
        if not self.text().strip() and self._ledger.amount is not None:
            self.set_cents(self._ledger.amount)
        super().tidy()
        self.tell_source()


def _zero_or_more(text: str) -> Cents:
    cents = parse_cents(text)
    if cents < 0:
        raise UserProblem("The amount is below zero.", "Type zero or more.")
    return cents
