"""The fields of one statement of a bill: showing it, and reading it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QCheckBox

from tracker.facts import Statement
from ui.dialogs.bill_lines import line_kinds, line_values, lines_of, paste_reader, sum_words
from ui.dialogs.paper_lines import PaperLines
from ui.dialogs.so_far import cents_so_far, day_so_far
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit

CREDITS = ("charges", "plan_paid", "discount", "paid_by_you")


class StatementFields:
    """What one paper says. The editor lays the fields out."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._base: Statement | None = None
        self.amount = MoneyEdit()
        self.stated_on, self.due_on, self.got_on = DayEdit(today), DayEdit(today), DayEdit(today)
        self.credits = {name: MoneyEdit() for name in CREDITS}
        self.threatens = QCheckBox("It threatens collection")
        self.lines = PaperLines(line_kinds(today), "Itemised lines", read_paste=paste_reader(today))

    def show_statement(self, statement: Statement | None) -> None:
        """Show one, or empty fields for a new one."""
        self._base = statement
        self.amount.set_cents(statement.amount if statement else None)
        self.stated_on.set_day(statement.stated_on if statement else None)
        self.due_on.set_day(statement.due_on if statement else None)
        self.got_on.set_day(statement.got_on if statement else None)
        for name, edit in self.credits.items():
            edit.set_cents(getattr(statement, name) if statement else None)
        self.threatens.setChecked(statement.threatens if statement else False)
        self.lines.show_lines(line_values(statement.lines) if statement else ())
        self.say_sum()

    @property
    def says_more(self) -> bool:
        """Whether anything stands in the fields that are not asked first."""
        return bool(
            self.got_on.text()
            or any(edit.text() for edit in self.credits.values())
            or self.threatens.isChecked()
            or self.lines.lines_so_far()
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed into it at all."""
        return not (self.says_more or self.amount.text() or self.stated_on.text() or self.due_on.text())

    def statement(self) -> Statement:
        """What the fields say; raises UserProblem for what is missing or cannot be read."""
        credits_ = {name: edit.cents_or_none() for name, edit in self.credits.items()}
        return replace(
            self._base or Statement(amount=0, stated_on=self._today),
            amount=self.amount.cents(),
            stated_on=self.stated_on.day(),
            due_on=self.due_on.day_or_none(),
            got_on=self.got_on.day_or_none(),
            charges=credits_["charges"],
            plan_paid=credits_["plan_paid"],
            discount=credits_["discount"],
            paid_by_you=credits_["paid_by_you"],
            threatens=self.threatens.isChecked(),
            lines=lines_of(self.lines.lines()),
        )

    def so_far(self) -> Statement | None:
        """The same while typing, without the lines; None before there is an amount."""
        amount = cents_so_far(self.amount)
        if amount is None:
            return None
        return Statement(
            amount=amount,
            stated_on=day_so_far(self.stated_on, self._today) or self._today,
            charges=cents_so_far(self.credits["charges"]),
        )

    def say_sum(self) -> None:
        """The lines against the charges, under the lines."""
        self.lines.say(*sum_words(self.lines.lines_so_far(), cents_so_far(self.credits["charges"])))
