"""The wizard's step about the insurance plan: typed, or taken from the CMS plan files."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from tracker.dates import add_months
from tracker.errors import UserProblem
from tracker.facts import AccumulatorKind, Network, PlanKind
from tracker.money import Cents
from tracker.services import words
from tracker.services.setup import LimitAnswers, PlanAnswers
from ui.dialogs.wizard_filed import FiledTerms
from ui.dialogs.wizard_steps import Step
from ui.widgets.buttons import Segmented
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit

if TYPE_CHECKING:
    from tracker.imports.cms_draft import PlanDraft

_LIMITS = (
    (AccumulatorKind.DEDUCTIBLE, Network.IN, "Deductible, in network", 2_000),
    (AccumulatorKind.OOP_MAX, Network.IN, "Out-of-pocket maximum, in network", 6_000),
    (AccumulatorKind.DEDUCTIBLE, Network.OUT, "Deductible, out of network", 4_000),
    (AccumulatorKind.OOP_MAX, Network.OUT, "Out-of-pocket maximum, out of network", 12_000),
)


class PlanStep(Step):
    title = "Your insurance plan"
    sentence = "You find these amounts on your Summary of Benefits and Coverage, page 1."

    def __init__(self, today: date) -> None:
        super().__init__(columns=2)
        year = date(today.year, 1, 1)
        self.name = QLineEdit()
        self.name.setPlaceholderText("BlueRiver PPO 2000")
        self.insurer = QLineEdit()
        self.insurer.setPlaceholderText("BlueRiver Health")
        self.kind = OptionEdit(
            [
                (kind.value, kind.value.capitalize() if kind is PlanKind.OTHER else kind.value)
                for kind in PlanKind
            ]
        )
        self.premium = MoneyEdit(placeholder="450.00")
        self.begins_on = DayEdit(today)
        self.begins_on.set_day(year)
        self.ends_on = DayEdit(today)
        self.ends_on.set_day(add_months(year, 12) - timedelta(days=1))
        self.covers = Segmented([("self", "Just me"), ("family", "My family")])
        self.filed = FiledTerms(lambda: self.covers.key() == "family")
        self.form.add_line(self.filed)
        self.add("plan_name", "Plan", self.name)
        self.add("insurer", "Insurer", self.insurer)
        self.add("kind", "Kind of plan", self.kind)
        self.add("premium", "Premium a month", self.premium)
        self.add("begins_on", "First day", self.begins_on)
        self.add("plan_ends_on", "Last day", self.ends_on)
        self.add("covers", "Who is covered", self.covers, wide=True)
        self.limits: dict[tuple[AccumulatorKind, Network], tuple[MoneyEdit, MoneyEdit]] = {}
        for kind, network, label, example in _LIMITS:
            one = MoneyEdit(placeholder=f"{example:,}.00")
            family = MoneyEdit(placeholder=f"{2 * example:,}.00")
            name = f"{kind.value}_{network.value}"
            self.add(name, label, one)
            self.add(f"{name}_family", "For the family", family)
            self.limits[kind, network] = (one, family)
        self._chosen = False
        self.covers.changed.connect(self._on_covers)
        self.filed.changed.connect(self._on_filed)
        self._show_family()

    @Slot()
    def _show_family(self) -> None:
        typed = self.filed.filed is None
        for kind, network in self.limits:
            name = f"{kind.value}_{network.value}"
            self.form.field(name).setVisible(typed)
            self.form.field(f"{name}_family").setVisible(typed and self.covers.key() == "family")

    @Slot(object)
    def _on_filed(self, draft: PlanDraft | None) -> None:
        """Show what the files know; limits and prices are then theirs."""
        if draft is not None:
            self.name.setText(draft.plan.name)
            self.insurer.setText(draft.insurer)
            for line in (self.name, self.insurer):
                line.setCursorPosition(0)  # the beginning of a long name tells more
            self.kind.choose(draft.plan.kind.value)
            self.begins_on.set_day(draft.plan.begins_on)
            self.ends_on.set_day(draft.plan.ends_on)
        self._show_family()

    def offer(self, *, several: bool) -> None:
        """Begin with the family's amounts where there is a family; a choice made here stays."""
        if not self._chosen:
            self.covers.choose("family" if several else "self")
            self._show_family()

    @Slot()
    def _on_covers(self) -> None:
        self._chosen = True
        self._show_family()

    def answers(self) -> dict[str, Any]:
        if not self.name.text().strip():
            raise UserProblem(
                "The plan's name is missing.", "Type it, or skip this step.", field="plan_name"
            )
        name = words.name(self.name.text(), what="name", field="plan_name")
        insurer = words.one_line(self.insurer.text(), what="name", field="insurer")
        begins_on, ends_on = self.begins_on.day(), self.ends_on.day()
        if ends_on < begins_on:
            raise UserProblem("The plan ends before it begins.", "Check the dates.", field="plan_ends_on")
        return {
            "plan": PlanAnswers(
                name=name,
                insurer=insurer,
                kind=PlanKind(self.kind.key()),
                begins_on=begins_on,
                ends_on=ends_on,
                premium=_not_negative(self.premium, "premium"),
                covers_all=self.covers.key() == "family",
                limits=self._limits() if self.filed.filed is None else {},
                filed=self.filed.filed,
            )
        }

    def _limits(self) -> dict[tuple[AccumulatorKind, Network], LimitAnswers]:
        found = {}
        with_family = self.covers.key() == "family"
        for (kind, network), (one, family) in self.limits.items():
            name = f"{kind.value}_{network.value}"
            individual = _not_negative(one, name)
            whole = _not_negative(family, f"{name}_family") if with_family else None
            if individual is None and whole is None:
                continue
            if individual is None:
                raise UserProblem("The amount for one person is missing.", "Type it.", field=name)
            if with_family and whole is None:
                whole = individual * 2  # the usual family limit (rulebook 1.4); shown on the plan to change
            if whole is not None and whole < individual:
                raise UserProblem(
                    "The family amount is less than one person's.", "Check it.", field=f"{name}_family"
                )
            found[kind, network] = LimitAnswers(individual=individual, family=whole)
        return found


def _not_negative(edit: MoneyEdit, field: str) -> Cents | None:
    amount = edit.cents_or_none()
    if amount is not None and amount < 0:
        raise UserProblem("The amount cannot be negative.", "Check it.", field=field)
    return amount
