"""The premium in a plan's form: how much, how often, from where, and which past dues to propose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QCheckBox

from tracker.dates import first_of, month_text
from tracker.errors import UserProblem
from tracker.facts import Frequency, Household, Plan, Recurring, Role
from ui.dialogs.so_far import day_so_far
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit

FREQUENCIES = (
    (Frequency.MONTHLY, "Every month"),
    (Frequency.QUARTERLY, "Every quarter"),
    (Frequency.SEMIANNUAL, "Every half year"),
    (Frequency.ANNUAL, "Every year"),
)
_LONGEST_NAME = 180


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What the premium takes from the rest of the form."""

    name: str
    ends_on: date


class PremiumFields(QObject):
    """The first premium of a plan; further ones a plan may have stay as they are."""

    edited = Signal()

    def __init__(self, form: Form, today: date) -> None:
        super().__init__(form)
        self._today = today
        self._plan: Plan | None = None
        self._is_new = True
        self._due_touched = False
        self.amount = MoneyEdit(placeholder="No premium")
        self.frequency = OptionEdit([(item.value, words) for item, words in FREQUENCIES])
        self.first_due = DayEdit(today)
        self.account = ChoiceEdit(placeholder="Not chosen")
        self.category = OptionEdit()
        self.past_dues = QCheckBox("Also propose past premiums")
        before = f"Those due before {month_text(first_of(today))}, to be recorded or skipped one by one."
        form.add_line(Label("Premium", "bold"))
        form.add("premium", "Amount you pay", self.amount)
        form.add("frequency", "How often", self.frequency)
        form.add("first_due", "First due", self.first_due)
        form.add("account", "Paid from (optional)", self.account)
        form.add("category", "Budget line", self.category, wide=True)
        self._past_field = form.add("past_dues", "", self.past_dues, hint=before, wide=True)
        self.amount.edited.connect(self._on_edited)
        self.first_due.edited.connect(self._on_due)
        self._refresh()

    # showing -------------------------------------------------------------------------

    def show_plan(self, plan: Plan | None, *, is_new: bool) -> None:
        """The premium of a stored plan, or of the one a new plan starts from."""
        self._plan, self._is_new = plan, is_new
        self._due_touched = plan is not None
        old = self._old
        if old is not None:
            self.amount.set_cents(old.amount)
            self.frequency.choose(old.frequency.value)
            self.first_due.set_day(old.first_due)
            asks_all = old.propose_from is None or old.propose_from <= old.first_due
            self.past_dues.setChecked(not is_new and asks_all)
        self._refresh()

    def show_household(self, home: Household) -> None:
        """The accounts and budget lines to choose from."""
        self.account.set_items([(item.id or 0, item.name) for item in home.accounts if not item.closed])
        self.category.set_options([(str(item.id), item.name) for item in home.categories])
        line = next((item for item in home.categories if item.role is Role.PREMIUM), None)
        self.category.choose(str(line.id) if line else "")
        old = self._old
        if old is not None:
            self.account.choose(old.account_id)
            if old.category_id is not None:
                self.category.choose(str(old.category_id))

    def follow(self, begins_on: date) -> None:
        """The first due is the plan's first day until it is typed."""
        if not self._due_touched:
            self.first_due.set_day(begins_on)
            self._refresh()

    # reading -------------------------------------------------------------------------

    def premiums(self, plan: PlanWords) -> tuple[Recurring, ...]:
        """What the form says; raises UserProblem for what cannot be read."""
        rest = self._plan.premiums[1:] if self._plan else ()
        amount = self.amount.cents_or_none()
        if amount is None:
            return rest
        if amount <= 0:
            raise UserProblem(
                "The premium must be more than zero.",
                "Leave it empty where there is none.",
                field="premium",
            )
        old = self._old
        made = Recurring(
            id=old.id if old else None,
            label=self._label(old, plan.name),
            amount=amount,
            frequency=Frequency(self.frequency.key()),
            first_due=self.first_due.day(),
            last_due=self._last_due(old, plan.ends_on),
            propose_from=self._propose_from(old),
            provider_id=self._payee(old),
            person_id=old.person_id if old else None,
            account_id=self.account.chosen_id(),
            category_id=int(self.category.key()) if self.category.key() else None,
        )
        return (made, *rest)

    @property
    def _old(self) -> Recurring | None:
        return self._plan.premiums[0] if self._plan and self._plan.premiums else None

    def _label(self, old: Recurring | None, plan_name: str) -> str:
        """The premium is named after the plan, unless somebody named it otherwise."""
        if old and self._plan and old.label != _label_for(self._plan.name):
            return old.label
        return _label_for(plan_name)

    def _last_due(self, old: Recurring | None, ends_on: date) -> date | None:
        """The premium ends with the plan, unless it was made to end some other day."""
        if old and self._plan and old.last_due != self._plan.ends_on:
            return old.last_due
        return ends_on

    def _propose_from(self, old: Recurring | None) -> date | None:
        """Dues before this month are history the member may have entered elsewhere, unless asked for."""
        if self.past_dues.isChecked() and not self._past_field.isHidden():
            return None
        if not self._is_new and old and old.propose_from is not None:
            return old.propose_from
        return first_of(self._today)

    def _payee(self, old: Recurring | None) -> int | None:
        """None lets the premium follow the insurer; another payee stays."""
        if old is None or self._plan is None or old.provider_id == self._plan.insurer_id:
            return None
        return old.provider_id

    # while typing --------------------------------------------------------------------

    def _refresh(self) -> None:
        month, due = first_of(self._today), day_so_far(self.first_due, self._today)
        has_past = due is not None and due < month and bool(self.amount.text().strip())
        self._past_field.setVisible(has_past)

    @Slot()
    def _on_due(self) -> None:
        self._due_touched = True
        self._on_edited()

    @Slot()
    def _on_edited(self) -> None:
        self._refresh()
        self.edited.emit()


def _label_for(plan_name: str) -> str:
    return f"{' '.join(plan_name.split())[:_LONGEST_NAME]} premium"
