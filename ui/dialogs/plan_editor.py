"""The form for an insurance plan: who it covers and when, its premium, its limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.changes import Changes
from tracker.dates import add_months
from tracker.domain.coverage.limits import Limits
from tracker.domain.coverage.medicare import MEDIGAP
from tracker.domain.coverage.validate import overlapping, plan_warnings
from tracker.errors import UserProblem
from tracker.facts import (
    AccumulatorMode,
    CostSharingRule,
    Household,
    Plan,
    PlanKind,
    Provider,
    ProviderKind,
    ServiceCategory,
)
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.newcomers import Newcomers
from ui.dialogs.plan_coordination import CoordinationFields
from ui.dialogs.plan_limit_fields import LimitFields
from ui.dialogs.plan_more import MoreTerms
from ui.dialogs.plan_people import PeopleChecks
from ui.dialogs.plan_premium import PlanWords, PremiumFields
from ui.dialogs.so_far import day_so_far
from ui.models.plan_copy import kept_rules, next_year
from ui.models.plan_words import WITHOUT_LIMITS
from ui.widgets.buttons import PlainButton
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form
from ui.widgets.label import Label

_ELSEWHERE = {"payee": "insurer", "label": "name", "amount": "premium", "last_due": "first_due"}
"""What the services call a field that this form calls something else."""
_MOST_WARNINGS = 5


@dataclass(frozen=True, slots=True)
class _Read:
    """What the form needs to know from the ledger."""

    home: Household
    providers: list[Provider]
    rules: list[CostSharingRule]
    categories: dict[str, ServiceCategory]
    limits: Limits


class PlanEditor(CommitDialog):
    """Adds a plan, changes one, or makes the next year's from a copy, its rules with it."""

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
        super().__init__(title, parent, columns=2, width=640, save_text="Save plan")
        self._context = context
        self._plan = plan
        self._rules_of = plan or copy_of
        self._start = plan or (next_year(copy_of) if copy_of else None)
        self._home = Household()
        self._rules: list[CostSharingRule] = []
        self._categories: dict[str, ServiceCategory] = {}
        self._yearly: Limits | None = None
        self._ends_touched = self._start is not None
        self._then_rules = False
        self._newcomers = Newcomers(context.services)
        self._build_plan()
        self.premium = PremiumFields(self.form, context.today)
        self.limit_fields = LimitFields(self.form)
        self.limits, self.modes = self.limit_fields.edits, self.limit_fields.modes
        self.warnings = Label("", tone="warning", wrap=True)
        self.form.add_line(self.warnings)
        self.order = CoordinationFields(self.form, context.today)
        self.more = MoreTerms(self.form, context.today)
        self._fill()
        self._wire()
        self._allow_saving(False)  # until the household is known
        context.load(self, self._read, self._show)

    # building ------------------------------------------------------------------------

    def _build_plan(self) -> None:
        today = self._context.today
        self.name = QLineEdit()
        self.insurer = ChoiceEdit(allow_new=True, placeholder="Who insures you")
        self.kind = OptionEdit([(kind.value, _kind_words(kind)) for kind in PlanKind])
        self.medigap = OptionEdit([("", "Not chosen"), *[(letter, f"Plan {letter}") for letter in MEDIGAP]])
        self.begins_on, self.ends_on = DayEdit(today), DayEdit(today)
        self.member_number = QLineEdit()
        self.people = PeopleChecks()
        add = self.form.add
        add("name", "Plan name", self.name, wide=True)
        add("insurer", "Insurer", self.insurer)
        add("kind", "Kind of plan", self.kind)
        add("medigap", "Letter of the Medigap policy", self.medigap, wide=True)
        add("begins_on", "First day", self.begins_on)
        add("ends_on", "Last day", self.ends_on)
        add("member_number", "Member ID (optional)", self.member_number, wide=True)
        add("people", "Who is covered", self.people, wide=True)
        self.rules_button = PlainButton("Save and enter what you pay")
        self._buttons.insertWidget(self._buttons.count() - 1, self.rules_button)
        self.rules_button.setVisible(self._plan is None)

    def _wire(self) -> None:
        self.begins_on.edited.connect(self._on_begins)
        self.ends_on.edited.connect(self._on_ends)
        self.people.edited.connect(self._on_people)
        self.kind.edited.connect(self._refresh)
        for part in (self.limit_fields, self.order, self.more):
            part.edited.connect(self._refresh)
        self.more.resized.connect(self._on_resized)
        self.rules_button.clicked.connect(self._on_save_then_rules)
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
        self.limit_fields.show_plan(start)
        self.more.show_plan(start)
        if start is not None:
            self.name.setText(start.name)
            self.kind.choose(start.kind.value)
            self.medigap.choose(start.medigap)
            self.member_number.setText(start.member_number)
            self.order.show_order(start.coordination)
        self._refresh()

    def _read(self) -> _Read:
        from tracker.imports.limits_file import yearly_limits

        services = self._context.services
        rules = services.plans.rules(self._rules_of.id or 0) if self._rules_of else []
        return _Read(
            services.people.household(),
            services.people.providers(),
            rules,
            services.coverage.categories(),
            yearly_limits(),
        )

    def _show(self, read: _Read) -> None:
        self._home, providers = read.home, read.providers
        self._rules, self._categories, self._yearly = read.rules, read.categories, read.limits
        start, home = self._start, self._home
        insurers = [item for item in providers if item.kind is ProviderKind.INSURER]
        others = [item for item in providers if item.kind is not ProviderKind.INSURER]
        self.insurer.set_items([(item.id or 0, item.name) for item in (*insurers, *others)])
        self.premium.show_household(home)
        covered = start.person_ids if start else tuple(person.id or 0 for person in home.people[:1])
        self.people.show_people(home.people, covered)
        self.order.show_people(home.people)
        self.more.show_plans(home.plans, self._plan.id if self._plan else None)
        if start and start.insurer_id is not None:
            self.insurer.choose(start.insurer_id)
        self._allow_saving(True)
        self._on_people()
        self._grow()

    def _allow_saving(self, allowed: bool) -> None:
        self.save_button.setEnabled(allowed)
        self.rules_button.setEnabled(allowed)

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
        self.limit_fields.suggest_mode(AccumulatorMode.SELF if alone else AccumulatorMode.EMBEDDED)
        self._refresh()

    @Slot()
    def _on_resized(self) -> None:
        if self.isVisible():
            self._grow()

    @Slot()
    def _refresh(self) -> None:
        """Show the fields this plan needs, and say what looks wrong so far."""
        kind, begins = PlanKind(self.kind.key()), self._day(self.begins_on)
        self.form.field("medigap").setVisible(kind is PlanKind.MEDIGAP)
        self.limit_fields.arrange(kind, self.more.tier_name, begins)
        self.limit_fields.say_law(kind, begins, self._yearly)
        so_far = self._so_far()
        self.order.show_beside([] if so_far is None else overlapping(so_far, self._home.plans))
        found = [] if so_far is None else self._warnings(self._so_far() or so_far)
        more = len(found) - _MOST_WARNINGS
        shown = [*found[:_MOST_WARNINGS], *([f"And {more} more."] if more > 0 else [])]
        self.warnings.setText("\n".join(shown))
        self.warnings.setToolTip("\n".join(found) if more > 0 else "")
        self.warnings.setVisible(bool(shown))

    def _day(self, edit: DayEdit) -> date | None:
        return day_so_far(edit, self._context.today)

    def _so_far(self) -> Plan | None:
        """The plan as typed, without what cannot be read yet; None without its days."""
        begins, ends = self._day(self.begins_on), self._day(self.ends_on)
        if begins is None or ends is None:
            return None
        kind = PlanKind(self.kind.key())
        plan = Plan(
            id=self._plan.id if self._plan else None,
            name=self.name.text(),
            kind=kind,
            begins_on=begins,
            ends_on=ends,
            person_ids=self.people.chosen(),
            accumulators=self.limit_fields.limits_so_far(kind, self.more.tier_name),
            aca_compliant=self.limit_fields.aca.isChecked(),
            hsa_qualified=self.limit_fields.hsa.isChecked(),
            coordination=self.order.order_so_far(),
        )
        return self.more.put_so_far(plan)

    def _warnings(self, so_far: Plan) -> list[str]:
        names = {person.id or 0: person.name for person in self._home.people}
        rules = kept_rules(self._rules, so_far)
        return plan_warnings(
            so_far,
            self._home.plans,
            names,
            rules=rules,
            limits=self._yearly,
            categories=self._categories or None,
        )

    # saving --------------------------------------------------------------------------

    def save(self) -> bool:
        for part in (self.more.form, self.order.form):
            part.clear_complaints()
        if not self.people.count():
            raise UserProblem("Nobody is covered yet.", "Choose who the plan covers.", field="people")
        plan, insurer, newcomer = self._draft(), self.insurer.text(), self.people.newcomer()
        plans = self._context.services.plans
        # A new plan takes the rules of the one it was copied from; a stored one keeps its own, except
        # where a tier of theirs is gone.
        rules = kept_rules(self._rules, plan)
        told = rules if self._plan is None or len(rules) < len(self._rules) else None

        def save(new_id: int | None) -> Changes:
            covered = plan.person_ids if new_id is None else (*plan.person_ids, new_id)
            return plans.save(replace(plan, person_ids=covered), insurer=insurer, rules=told)

        return self.commit(
            self._context,
            lambda: self._newcomers.save_with(newcomer, save),
            "Saving the plan",
        )

    def complain(self, problem: UserProblem) -> None:
        self._then_rules = False
        self.rules_button.setEnabled(True)
        field = _ELSEWHERE.get(problem.field or "", problem.field)
        for form, opened in ((self.more.form, self.more.set_open), (self.order.form, None)):
            if field and has_field(form, field):
                if opened is not None:
                    opened(True)
                self.save_button.setEnabled(True)
                form.complain(field, problem)
                self._grow()
                return
        super().complain(UserProblem(problem.what, problem.todo, field=field))
        for edit in self.limits:
            if edit.objectName() == field:
                edit.focus_on_amount()

    def _draft(self) -> Plan:
        """What the form says; raises UserProblem for what cannot be read."""
        begins_on, ends_on = self.begins_on.day(), self.ends_on.day()
        old, kind = self._plan, PlanKind(self.kind.key())
        start = self._start or Plan(name="", begins_on=begins_on, ends_on=ends_on)
        plan = replace(
            start,
            id=old.id if old else None,
            name=self.name.text(),
            insurer_id=old.insurer_id if old else None,
            kind=kind,
            medigap=self.medigap.key() if kind is PlanKind.MEDIGAP else "",
            begins_on=begins_on,
            ends_on=ends_on,
            member_number=self.member_number.text(),
            person_ids=self.people.chosen(),
            accumulators=self.limit_fields.limits(kind, self.more.tier_name, start),
            aca_compliant=self.limit_fields.aca.isChecked() and kind not in WITHOUT_LIMITS,
            hsa_qualified=self.limit_fields.hsa.isChecked() and kind not in WITHOUT_LIMITS,
            premiums=self.premium.premiums(PlanWords(self.name.text(), ends_on)),
            coordination=self.order.order(),
        )
        return self.more.put_into(plan)

    def _on_done(self, changes: Changes) -> None:
        plan_id, then_rules = changes.new_id, self._then_rules
        super()._on_done(changes)
        if self._plan is None and plan_id is not None:
            self.made.emit(plan_id)
            if then_rules:
                from ui.dialogs.plan_rules import PlanRulesDialog

                plan = self._context.services.plans.get(plan_id)
                PlanRulesDialog(self._context, self.parentWidget(), plan=plan).open()

    def _on_gave_up(self) -> None:
        self._then_rules = False
        self._allow_saving(True)

    @Slot()
    def _on_save_then_rules(self) -> None:
        self._then_rules = True
        self.rules_button.setEnabled(False)
        self.save_button.click()

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


def has_field(form: Form, name: str) -> bool:
    """Whether a form has a field of this name."""
    try:
        form.field(name)
    except KeyError:
        return False
    return True


def _year_from(begins: date) -> date:
    return add_months(begins, 12) - timedelta(days=1)


def _kind_words(kind: PlanKind) -> str:
    return "Other" if kind is PlanKind.OTHER else kind.value
