"""The form for an insurance plan: who it covers and when, its premium, its limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.changes import Changes
from tracker.dates import add_months
from tracker.domain.coverage.validate import plan_warnings
from tracker.errors import UserProblem
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Household,
    Network,
    Plan,
    PlanKind,
    Provider,
    ProviderKind,
)
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.newcomers import Newcomers
from ui.dialogs.plan_limits import LimitEdit
from ui.dialogs.plan_people import PeopleChecks
from ui.dialogs.plan_premium import PlanWords, PremiumFields
from ui.dialogs.so_far import day_so_far
from ui.models.coverage_words import KINDS, NETWORKS
from ui.widgets.buttons import PlainButton
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.label import Label

_ELSEWHERE = {"payee": "insurer", "label": "name", "amount": "premium", "last_due": "first_due"}
"""What the services call a field that this form calls something else."""


class PlanEditor(CommitDialog):
    """Adds a plan, changes one, or makes the next year's from a copy."""

    made = Signal(int)
    """The id of a plan that was added."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        plan: Plan | None = None,
        copy_of: Plan | None = None,
    ) -> None:
        """`plan` is changed; `copy_of` gives a new plan its values, with every date a year later."""
        title = "Change plan" if plan else "Add plan"
        if copy_of:
            title = f"Duplicate plan for {add_months(copy_of.begins_on, 12).year}"
        super().__init__(title, parent, columns=2, width=580, save_text="Save plan")
        self._context = context
        self._plan = plan
        self._start = plan or (next_year(copy_of) if copy_of else None)
        self._home = Household()
        self._ends_touched = self._start is not None
        self._newcomers = Newcomers(context.services)
        self._build_plan()
        self.premium = PremiumFields(self.form, context.today)
        self._build_limits()
        self._fill()
        self._wire()
        self.save_button.setEnabled(False)  # until the household is known
        context.load(self, self._read, self._show)

    # building ------------------------------------------------------------------------

    def _build_plan(self) -> None:
        today = self._context.today
        self.name = QLineEdit()
        self.insurer = ChoiceEdit(allow_new=True, placeholder="Who insures you")
        self.kind = OptionEdit([(kind.value, _kind_words(kind)) for kind in PlanKind])
        self.begins_on, self.ends_on = DayEdit(today), DayEdit(today)
        self.member_number = QLineEdit()
        self.people = PeopleChecks()
        add = self.form.add
        add("name", "Plan name", self.name, wide=True)
        add("insurer", "Insurer", self.insurer)
        add("kind", "Kind of plan", self.kind)
        add("begins_on", "First day", self.begins_on)
        add("ends_on", "Last day", self.ends_on)
        add("member_number", "Member ID (optional)", self.member_number, wide=True)
        add("people", "Who is covered", self.people, wide=True)

    def _build_limits(self) -> None:
        self.form.add_line(Label("Limits", "bold"))
        self.modes = Label("", "caption", wrap=True)
        self.form.add_line(self.modes)
        self.limits: list[LimitEdit] = []
        for network in Network:
            for kind in AccumulatorKind:
                name = f"{KINDS[kind]}, {NETWORKS[network]}".capitalize()
                edit = LimitEdit(kind, network, name)
                self.form.add(edit.objectName(), "", edit, wide=True)
                self.limits.append(edit)
        self.warnings = Label("", tone="warning", wrap=True)
        self.form.add_line(self.warnings)

    def _wire(self) -> None:
        self.begins_on.edited.connect(self._on_begins)
        self.ends_on.edited.connect(self._on_ends)
        self.people.edited.connect(self._on_people)
        for edit in self.limits:
            edit.edited.connect(self._refresh)
        if self._plan:
            self.delete_button = PlainButton("Delete", "trash")
            self.delete_button.setToolTip("Removes the plan and its premium; EOBs and payments stay")
            self.delete_button.clicked.connect(self._on_remove)
            self.add_button(self.delete_button)

    # showing -------------------------------------------------------------------------

    def _fill(self) -> None:
        """What is known before the household is read."""
        start = self._start
        begins = start.begins_on if start else date(self._context.today.year, 1, 1)
        self.begins_on.set_day(begins)
        self.ends_on.set_day(start.ends_on if start else _year_from(begins))
        self.premium.show_plan(start, is_new=self._plan is None)
        self.premium.follow(begins)
        if start is None:
            return
        self.name.setText(start.name)
        self.kind.choose(start.kind.value)
        self.member_number.setText(start.member_number)
        for edit in self.limits:
            edit.show_limit(_find(start.accumulators, edit.kind, edit.network))

    def _read(self) -> tuple[Household, list[Provider]]:
        people = self._context.services.people
        return people.household(), people.providers()

    def _show(self, read: tuple[Household, list[Provider]]) -> None:
        self._home, providers = read
        start, home = self._start, self._home
        insurers = [item for item in providers if item.kind is ProviderKind.INSURER]
        others = [item for item in providers if item.kind is not ProviderKind.INSURER]
        self.insurer.set_items([(item.id or 0, item.name) for item in (*insurers, *others)])
        self.premium.show_household(home)
        covered = start.person_ids if start else tuple(person.id or 0 for person in home.people[:1])
        self.people.show_people(home.people, covered)
        if start and start.insurer_id is not None:
            self.insurer.choose(start.insurer_id)
        self.save_button.setEnabled(True)
        self._on_people()
        self._grow()

    @Slot()
    def _on_begins(self) -> None:
        """The last day and the first due follow the first day until they are typed."""
        begins = self._day(self.begins_on)
        if begins is not None:
            if not self._ends_touched:
                self.ends_on.set_day(_year_from(begins))
            self.premium.follow(begins)
        self._refresh()

    @Slot()
    def _on_ends(self) -> None:
        self._ends_touched = True
        self._refresh()

    @Slot()
    def _on_people(self) -> None:
        alone = self.people.count() <= 1
        for edit in self.limits:
            edit.suggest_mode(AccumulatorMode.SELF if alone else AccumulatorMode.EMBEDDED)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """Say what the chosen modes mean and what looks wrong so far."""
        meant = list(dict.fromkeys(edit.sentence() for edit in self.limits))
        self.modes.setText(" ".join(["Leave empty what the plan does not limit.", *meant]))
        self.warnings.setText("\n".join(self._warnings()))
        self.warnings.setVisible(bool(self.warnings.text()))

    def _day(self, edit: DayEdit) -> date | None:
        return day_so_far(edit, self._context.today)

    def _warnings(self) -> list[str]:
        begins, ends = self._day(self.begins_on), self._day(self.ends_on)
        if begins is None or ends is None:
            return []
        so_far = Plan(
            id=self._plan.id if self._plan else None,
            name=self.name.text(),
            begins_on=begins,
            ends_on=ends,
            person_ids=self.people.chosen(),
            accumulators=tuple(limit for edit in self.limits if (limit := edit.limit_so_far()) is not None),
        )
        names = {person.id or 0: person.name for person in self._home.people}
        return plan_warnings(so_far, self._home.plans, names)

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        if not self.people.count():
            raise UserProblem("Nobody is covered yet.", "Choose who the plan covers.", field="people")
        plan, insurer, newcomer = self._draft(), self.insurer.text(), self.people.newcomer()
        plans = self._context.services.plans

        def save(new_id: int | None) -> Changes:
            covered = plan.person_ids if new_id is None else (*plan.person_ids, new_id)
            return plans.save(replace(plan, person_ids=covered), insurer=insurer)

        return self.commit(
            self._context,
            lambda: self._newcomers.save_with(newcomer, save),
            "Saving the plan",
        )

    def complain(self, problem: UserProblem) -> None:
        field = _ELSEWHERE.get(problem.field or "", problem.field)
        super().complain(UserProblem(problem.what, problem.todo, field=field))
        for edit in self.limits:
            if edit.objectName() == field:
                edit.focus_on_amount()

    def _draft(self) -> Plan:
        """What the form says; raises UserProblem for what cannot be read."""
        begins_on, ends_on = self.begins_on.day(), self.ends_on.day()
        old = self._plan
        start = self._start or Plan(name="", begins_on=begins_on, ends_on=ends_on)
        return replace(
            start,
            id=old.id if old else None,
            name=self.name.text(),
            insurer_id=old.insurer_id if old else None,
            kind=PlanKind(self.kind.key()),
            begins_on=begins_on,
            ends_on=ends_on,
            member_number=self.member_number.text(),
            person_ids=self.people.chosen(),
            accumulators=self._limits(start),
            premiums=self.premium.premiums(PlanWords(self.name.text(), ends_on)),
        )

    def _limits(self, start: Plan) -> tuple[Accumulator, ...]:
        """The four limits of the form, and those of the plan that it does not show."""
        shown = [limit for edit in self.limits if (limit := edit.limit()) is not None]
        found = []
        for limit in shown:
            old = start.limit(limit.kind, limit.network)
            found.append(replace(limit, name=old.name, cap=old.cap, credits=old.credits) if old else limit)
        return (*found, *(item for item in start.accumulators if item.drugs or item.tier))

    def _on_done(self, changes: Changes) -> None:
        super()._on_done(changes)
        if self._plan is None and changes.new_id is not None:
            self.made.emit(changes.new_id)

    @Slot()
    def _on_remove(self) -> None:
        plan_id = self._plan.id if self._plan else None
        if plan_id is None:
            return
        plans = self._context.services.plans
        self._context.commit(
            self,
            lambda: plans.remove(plan_id),
            then=self._on_removed,
            label="Removing the plan",
        )

    def _on_removed(self, changes: Changes) -> None:
        self.changes = changes
        self.done(0)


def next_year(plan: Plan) -> Plan:
    """The same plan a year later, as something new: the dues of its premium begin with it."""
    begins_on = add_months(plan.begins_on, 12)
    ends_on = add_months(plan.ends_on + timedelta(days=1), 12) - timedelta(days=1)
    premiums = tuple(
        replace(
            item,
            id=None,
            plan_id=None,
            first_due=add_months(item.first_due, 12),
            last_due=ends_on,
            propose_from=None,
        )
        for item in plan.premiums
        if item.last_due is None or item.last_due >= plan.begins_on
    )
    limits = tuple(replace(limit, id=None) for limit in plan.accumulators)
    return replace(
        plan, id=None, begins_on=begins_on, ends_on=ends_on, premiums=premiums, accumulators=limits
    )


def _year_from(begins: date) -> date:
    return add_months(begins, 12) - timedelta(days=1)


def _find(limits: tuple[Accumulator, ...], kind: AccumulatorKind, network: Network) -> Accumulator | None:
    return next((item for item in limits if item.kind is kind and item.network is network), None)


def _kind_words(kind: PlanKind) -> str:
    return "Other" if kind is PlanKind.OTHER else kind.value
