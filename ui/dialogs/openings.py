"""The form for an opening balance: of what, whose, how much was used, and as of which day."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.coverage.plan_year import PlanYear
from tracker.errors import UserProblem
from tracker.facts import Counting, Household, OpeningBalance, ServiceCategory
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.opening_rows import choices
from ui.models.stated_rows import people_options
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.field import ParsedEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit

_MOST_VISITS = 1_000


class OpeningDialog(CommitDialog):
    """Adds an opening balance, or changes one. Amounts are dollars, or visits of a service."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        year: PlanYear,
        home: Household,
        categories: Mapping[str, ServiceCategory],
        opening: OpeningBalance | None = None,
    ) -> None:
        super().__init__(
            "Opening balance",
            parent,
            columns=2,
            sentence="What was used before the first EOB here. Every total begins with it.",
            width=520,
        )
        self._context = context
        self._year = year
        self._opening = opening
        known = choices(year, categories)
        self.of = OptionEdit([(_joined(*key), words) for key, words in known.items()])
        self.person = OptionEdit(people_options(home, year.plan))
        self.amount = MoneyEdit()
        self.visits = CountEdit()
        self.as_of = DayEdit(context.today)
        self.note = NoteEdit()
        self.form.add("name", "Of", self.of, wide=True)
        self.form.add("person_id", "Whose", self.person, wide=True)
        self.form.add("amount", "Used so far", self.amount)
        self.form.add("visits", "Visits so far", self.visits)
        self.form.add("as_of", "As of", self.as_of)
        self.form.add("note", "Note", self.note, hint="Where the figure comes from.", wide=True)
        self.form.field("person_id").setVisible(len(year.plan.person_ids) > 1)
        self.of.edited.connect(self._fit)
        self._fill()
        self._fit()

    def _fill(self) -> None:
        opening = self._opening
        if opening is None:
            begin = max(self._year.period.begin, self._year.plan.begins_on)
            self.as_of.set_day(begin)
            return
        self.of.choose(_joined(opening.counting, opening.name))
        self.person.choose(str(opening.person_id))
        if opening.counting is Counting.VISITS:
            self.visits.setText(str(opening.amount))
        else:
            self.amount.set_cents(opening.amount)
        self.as_of.set_day(opening.as_of)
        self.note.set_text(opening.note)

    @Slot()
    def _fit(self) -> None:
        visits = self._counting() is Counting.VISITS
        self.form.field("amount").setVisible(not visits)
        self.form.field("visits").setVisible(visits)

    def _counting(self) -> Counting:
        return Counting(self.of.key().partition(" ")[0])

    def save(self) -> bool:
        counting, coverage = self._counting(), self._context.services.coverage
        typed = OpeningBalance(
            id=self._opening.id if self._opening else None,
            plan_id=self._opening.plan_id if self._opening else self._year.plan.id or 0,
            person_id=int(self.person.key()),
            name=self.of.key().partition(" ")[2],
            counting=counting,
            amount=self.visits.count() if counting is Counting.VISITS else self.amount.cents(),
            as_of=self.as_of.day(),
            note=self.note.text(),
        )
        return self.commit(
            self._context, lambda: coverage.save_opening(typed), "Saving the opening balance"
        )


class CountEdit(ParsedEdit):
    """A whole number of visits."""

    def count(self) -> int:
        """The number; raises UserProblem where there is none."""
        try:
            return self._read()
        except UserProblem as problem:
            self.complain(problem)
            raise

    def _rewrite(self) -> None:
        self.setText(str(self._read()))

    def _read(self) -> int:
        typed = self.text().strip().replace(",", "")
        if not (typed.isascii() and typed.isdecimal()) or int(typed) > _MOST_VISITS:
            raise UserProblem(
                "This is no number of visits.", f"Type 0 to {_MOST_VISITS:,}.", field="visits"
            )
        return int(typed)


def _joined(counting: Counting, name: str) -> str:
    return f"{counting.value} {name}"
