"""The form for yearly amounts of the law the program does not know: typed from a notice (rulebook 5)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from tracker.domain.coverage.own_limits import LIMIT_NAMES
from tracker.errors import UserProblem
from tracker.facts.taxes import OwnLimit
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.widgets.money_edit import MoneyEdit


class MissingLimitsDialog(CommitDialog):
    """One field for each amount, by its name in LIMIT_NAMES. Those left empty stay unknown."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, year: int, names: Sequence[str]
    ) -> None:
        super().__init__(
            f"Limits of {year}",
            parent,
            width=420,
            sentence=f"The amounts of {year} are not known here. Copy them from the IRS notice or your "
            "plan's papers; the program never takes another year's.",
        )
        self._context = context
        self._year = year
        self.amounts: dict[str, MoneyEdit] = {}
        for name in names:
            self.amounts[name] = MoneyEdit()
            self.form.add(name, LIMIT_NAMES[name], self.amounts[name])

    def save(self) -> bool:
        taxes = self._context.services.taxes
        typed = [
            OwnLimit(year=self._year, name=name, amount=cents)
            for name, edit in self.amounts.items()
            if (cents := edit.cents_or_none()) is not None
        ]
        if not typed:
            raise UserProblem("No amount was typed.", "Type at least one.", field=next(iter(self.amounts)))
        return self.commit(self._context, lambda: taxes.save_own_limits(typed), "Saving the limits")
