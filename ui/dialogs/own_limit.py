"""The form for a yearly amount of law that the program does not know, as the member typed it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.dates import FIRST_YEAR, LAST_YEAR
from tracker.domain.accounts.mileage_log import miles_text
from tracker.domain.coverage.own_limits import LIMIT_NAMES
from tracker.errors import UserProblem
from tracker.facts import ALL, percent
from tracker.facts.taxes import OwnLimit
from tracker.money import parse_cents
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.rate_edit import RateEdit
from ui.dialogs.trip_editor import tenths
from ui.models.tax_rows import MILEAGE_LIMIT, RATE_LIMITS
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.money_edit import amount_text

_HINTS = {"rate": "A share such as 7.5%.", "mile": "Cents a mile, such as 20.5.", "money": "In dollars."}


class OwnLimitDialog(CommitDialog):
    """Types in one amount of one year; one that was typed before is replaced."""

    def __init__(
        self,
        context: Context,
        year: int,
        parent: QWidget | None = None,
        *,
        name: str = "",
        limit: OwnLimit | None = None,
    ) -> None:
        super().__init__(
            "Yearly limit",
            parent,
            width=500,
            sentence="From a notice of the IRS or your plan. It goes before what the program knows.",
        )
        self._context = context
        self._limit = limit
        self.name = OptionEdit(list(LIMIT_NAMES.items()))
        self.year = QLineEdit(str(limit.year if limit else year))
        self.amount = QLineEdit()
        self.form.add("name", "What", self.name)
        self.form.add("year", "Year", self.year)
        self.form.add("amount", "Amount", self.amount)
        self.name.choose(limit.name if limit else name or next(iter(LIMIT_NAMES)))
        if limit is not None:
            self.amount.setText(_text(limit))
        self.name.edited.connect(self._say)
        self._say()

    @Slot()
    def _say(self) -> None:
        self.form.field("amount").set_hint(_HINTS[_unit(self.name.key())])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.amount.text():
            self.amount.setFocus()

    def save(self) -> bool:
        typed = self.year.text().strip()
        if not (typed.isascii() and typed.isdigit() and FIRST_YEAR <= int(typed[:5]) <= LAST_YEAR):
            raise UserProblem("This is not a year.", f"Type one such as {self._year()}.", field="year")
        fresh = OwnLimit(year=int(typed), name=self.name.key(), amount=self._amount())
        before, taxes = self._limit, self._context.services.taxes
        return self.commit(
            self._context, lambda: taxes.save_own_limit(fresh, instead_of=before), "Saving the limit"
        )

    def _year(self) -> int:
        return self._limit.year if self._limit else self._context.today.year

    def _amount(self) -> int:
        text = self.amount.text().strip()
        if not text:
            raise UserProblem("The amount is missing.", "Type it from a notice.", field="amount")
        unit = _unit(self.name.key())
        if unit == "money":
            return parse_cents(text, field="amount")
        if unit == "rate":
            edit = RateEdit(most=ALL)
            edit.setObjectName("amount")
            edit.setText(text)
            return edit.rate_or_none() or 0
        try:
            return tenths(text)
        except UserProblem:
            raise UserProblem(
                "These are not cents a mile.", "Type them like 20.5.", field="amount"
            ) from None


def _unit(name: str) -> str:
    if name in RATE_LIMITS:
        return "rate"
    return "mile" if name == MILEAGE_LIMIT else "money"


def _text(limit: OwnLimit) -> str:
    unit = _unit(limit.name)
    if unit == "rate":
        return percent(limit.amount)
    if unit == "mile":
        return miles_text(limit.amount)
    return amount_text(limit.amount)
