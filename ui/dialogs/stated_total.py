"""The form for a total the insurer states: which limit, whose, how much, and as of which day."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.errors import UserProblem
from tracker.facts import AccumulatorMode, Household, Plan, StatedTotal
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.coverage_words import limit_name
from ui.models.stated_rows import people_options
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit

_FAMILY = "family"


class StatedTotalDialog(CommitDialog):
    """Adds a stated total, or changes one."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        plan: Plan,
        home: Household,
        stated: StatedTotal | None = None,
    ) -> None:
        super().__init__(
            "What your insurer counts",
            parent,
            columns=2,
            sentence="Copy the amount used from its portal, a letter or an EOB, with its date.",
            width=520,
        )
        self._context = context
        self._plan = plan
        self._home = home
        self._stated = stated
        self.limit = OptionEdit([(item.name, limit_name(item, plan)) for item in plan.accumulators])
        self.person = OptionEdit()
        self.amount = MoneyEdit()
        self.stated_on = DayEdit(context.today)
        self.note = NoteEdit()
        self.form.add("name", "Limit", self.limit, wide=True)
        self.form.add("person_id", "Whose", self.person, wide=True)
        self.form.add("amount", "Used, says your insurer", self.amount)
        self.form.add("stated_on", "As of", self.stated_on)
        self.form.add("note", "Where you read it", self.note, wide=True)
        self.limit.edited.connect(self._offer_people)
        self._fill()

    def _fill(self) -> None:
        stated = self._stated
        if stated is not None:
            self.limit.choose(stated.name)
        self._offer_people()
        if stated is None:
            self.stated_on.set_day(self._context.today)
            return
        self.person.choose(_FAMILY if stated.person_id is None else str(stated.person_id))
        self.amount.set_cents(stated.amount)
        self.stated_on.set_day(stated.stated_on)
        self.note.set_text(stated.note)

    @Slot()
    def _offer_people(self) -> None:
        """Those a total of the chosen limit can be of."""
        wanted = self.limit.key()
        limit = next((item for item in self._plan.accumulators if item.name == wanted), None)
        people = people_options(self._home, self._plan)
        if limit is not None and limit.mode is not AccumulatorMode.SELF:
            people.append((_FAMILY, "Family"))
        self.person.set_options(people)
        self.form.field("person_id").setVisible(len(people) > 1)

    def save(self) -> bool:
        coverage, whose = self._context.services.coverage, self.person.key()
        amount, day = self.amount.cents(), self.stated_on.day()
        if day < self._plan.begins_on:
            raise UserProblem(
                "On that day the plan had not begun.",
                "Check the date, or go to the plan of that year first.",
                field="stated_on",
            )
        typed = StatedTotal(
            id=self._stated.id if self._stated else None,
            plan_id=self._plan.id or 0,
            person_id=int(whose) if whose and whose != _FAMILY else None,
            name=self.limit.key(),
            amount=amount,
            stated_on=day,
            note=self.note.text(),
        )
        return self.commit(self._context, lambda: coverage.save_stated(typed), "Saving the total")
