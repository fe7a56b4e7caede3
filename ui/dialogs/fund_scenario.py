"""Something that may happen: how likely, and what it would cost, or what your plan makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.errors import UserProblem
from tracker.facts import Network, ServiceCategory
from tracker.facts.household_budget import FundScenario
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.eob_service import NetworkEdit, ServiceEdit
from ui.dialogs.rate_edit import RateEdit
from ui.widgets.buttons import PlainButton
from ui.widgets.money_edit import MoneyEdit


class ScenarioEditor(CommitDialog):
    """Adds a scenario to the list, or changes one. A cost of one's own goes before the plan's terms."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        scenarios: Sequence[FundScenario],
        categories: Mapping[str, ServiceCategory],
        scenario: FundScenario | None = None,
    ) -> None:
        super().__init__(
            "What may happen" if scenario else "Add what may happen",
            parent,
            columns=2,
            width=520,
            sentence="Leave its cost empty to let your plan's terms price one visit as of today.",
        )
        self._context = context
        self._every = list(scenarios)
        self._scenario = scenario
        self.label = QLineEdit()
        self.label.setPlaceholderText("Such as Emergency room visit")
        self.probability = RateEdit(placeholder="10%")
        self.cost = MoneyEdit(placeholder="Your plan prices it")
        self.service = ServiceEdit()
        self.service.set_categories(categories)
        self.allowed = MoneyEdit(placeholder="The usual amount")
        self.network = NetworkEdit()
        self.form.add("label", "What", self.label, wide=True)
        self.form.add("probability", "How likely in a year", self.probability)
        self.form.add("cost", "What it would cost you", self.cost)
        self.form.add("category", "Service", self.service)
        self.form.add("network", "Provider", self.network)
        self.form.add(
            "allowed",
            "Allowed amount",
            self.allowed,
            hint="What the plan would allow; empty takes what past EOBs allowed.",
            wide=True,
        )
        if scenario is not None:
            self.remove_button = PlainButton("Remove")
            self.remove_button.clicked.connect(self._on_remove)
            self.add_button(self.remove_button)
            self._fill(scenario)
        self.cost.textChanged.connect(self._show_priced)
        self._show_priced()

    def _fill(self, scenario: FundScenario) -> None:
        self.label.setText(scenario.label)
        self.label.setCursorPosition(0)
        self.probability.set_rate(scenario.probability)
        self.cost.set_cents(scenario.cost)
        self.service.choose_code(scenario.category)
        self.allowed.set_cents(scenario.allowed)
        self.network.choose(scenario.network)

    @Slot()
    def _show_priced(self) -> None:
        """With a cost of one's own nothing is priced: what that would take is not asked."""
        priced = not self.cost.text().strip()
        for name in ("category", "network", "allowed"):
            self.form.field(name).setEnabled(priced)

    def save(self) -> bool:
        typed = self._typed()
        held = self._scenario
        wanted = [typed if item is held else item for item in self._every]
        return self._store(wanted if held is not None else [*wanted, typed], "Saving what may happen")

    def _typed(self) -> FundScenario:
        label = self.label.text().strip()
        if not label:
            raise UserProblem("It has no name.", "Type what may happen.", field="label")
        probability = self.probability.rate_or_none()
        if probability is None:
            raise UserProblem("How likely is it?", "Type a percentage, such as 10.", field="probability")
        cost, allowed = self.cost.cents_or_none(), self.allowed.cents_or_none()
        for amount, field in ((cost, "cost"), (allowed, "allowed")):
            if (amount or 0) < 0:
                raise UserProblem("The amount is below zero.", "Type zero or more.", field=field)
        category = self.service.code()
        if cost is None and not category:
            raise UserProblem(
                "What would it cost?", "Type an amount, or choose the service.", field="category"
            )
        network = Network.OUT if self.network.network is Network.OUT else Network.IN
        return FundScenario(
            label=label,
            probability=probability,
            cost=cost,
            category=category,
            allowed=allowed,
            network=network.value,
        )

    @Slot()
    def _on_remove(self) -> None:
        self._store([item for item in self._every if item is not self._scenario], "Removing it")

    def _store(self, wanted: Sequence[FundScenario], label: str) -> bool:
        untaxed = self._context.services.untaxed
        return self.commit(self._context, lambda: untaxed.save_fund_scenarios(wanted), label)
