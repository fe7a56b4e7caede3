"""Coverage examples on the Coverage page: what standard courses of care would cost under the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.coverage.examples import Example, work_example
from tracker.errors import UserProblem
from tracker.facts import ServiceCategory
from tracker.money import dollars
from ui.context import Context
from ui.models.table import Column, RowTableModel
from ui.pages.coverage_example_why import ExampleWhy
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

if TYPE_CHECKING:
    from tracker.domain.coverage.terms import PlanTerms
    from ui.models.coverage_choice import Choice
    from ui.pages.coverage_read import CoverageYear

_NOTE = "one person, in network, no other care"
_OURS = (
    "The simple fracture is the one on every Summary of Benefits and Coverage; how its cost is divided "
    "over visits is partly assumed. The others are our own, with round amounts to compare plans with. "
    "These are estimates; your plan decides."
)
_NO_PRICES = (
    "Nothing is known yet of what your plan pays. Enter what you pay for each service, or read it from the "
    "CMS plan files."
)


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One example worked under the plan; `key` is its place in the list."""

    key: int
    example: Example


class ExamplesCard(Card):
    """A few courses of care, each with its parts; *Why?* says claim by claim how they come about."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Coverage examples", _NOTE, parent)
        self._terms: PlanTerms | None = None
        self._categories: Mapping[str, ServiceCategory] = {}
        self.model: RowTableModel[ExampleRow] = RowTableModel(self._columns(), lambda row: row.key, self)
        self.table = LedgerTable(self.model, "Coverage examples", state=context.state)
        self.table.fit_height_to_rows()
        self.table.opened.connect(self.explain)
        self.add_table(self.table)
        self.nothing = Label("", "quiet", wrap=True)
        self.without = Label("", tone="warning", wrap=True)
        self.caption = Label(_OURS, "caption", wrap=True)
        for part in (self.nothing, self.without, self.caption):
            self.body.addWidget(part)
        self._show([], "")

    def show_year(self, year: CoverageYear, choice: Choice | None) -> None:
        """Work the examples under the plan that is looked at; the choice of network changes nothing."""
        del choice
        filled = year.filled
        self._categories = year.categories
        self._terms = filled.terms if filled else None
        if filled is None or not filled.terms.rules:
            self._show([], _NO_PRICES if filled else "")
            return
        try:
            self._show(worked(filled.terms), "")
        except UserProblem as problem:  # the engine does not predict for this kind of plan
            self._show([], str(problem))

    @Slot(object)
    def explain(self, row: ExampleRow) -> ExampleWhy:
        """Open the sentences behind an example."""
        assert self._terms is not None
        dialog = ExampleWhy(self._terms, row.example, self._categories, self)
        dialog.open()
        return dialog

    # ours ----------------------------------------------------------------------------

    def _show(self, examples: list[Example], instead: str) -> None:
        self.model.set_rows([ExampleRow(key, example) for key, example in enumerate(examples)])
        self.table.fit_height_to_rows()
        self.table.setVisible(bool(examples))
        self.nothing.setText(instead)
        self.nothing.setVisible(bool(instead))
        self.without.setText(_without(examples))
        self.without.setVisible(bool(self.without.text()))
        self.caption.setVisible(bool(examples))
        self.setVisible(bool(examples or instead))

    def _columns(self) -> tuple[Column[ExampleRow], ...]:
        def amount(name: str) -> Column[ExampleRow]:
            def cents(row: ExampleRow) -> int:
                return int(getattr(row.example.exact, name))

            return Column(
                _HEADINGS[name],
                lambda row: dollars(cents(row)),
                right=True,
                bold=lambda _row: name == "total_patient_pays",
                tone=lambda row: "" if cents(row) else "faint",
            )

        return (
            Column(
                "Care",
                lambda row: row.example.scenario.name,
                width=170,
                stretch=1,
                tooltip=lambda row: row.example.scenario.about,
            ),
            amount("total_patient_pays"),
            Column(
                "Care costs",
                lambda row: dollars(row.example.scenario.total),
                right=True,
                tone=lambda _row: "quiet",
            ),
            *(amount(name) for name in list(_HEADINGS)[1:]),
            Column("", lambda _row: "Why?", on_open=self.explain, tone=lambda _row: "accent", width=56),
        )


_HEADINGS = {
    "total_patient_pays": "You pay",
    "deductible": "Deductible",
    "copayment": "Copays",
    "coinsurance": "Coinsurance",
    "limit": "Not covered",
}
"""The figures of an example and their columns; the answer first, then what it consists of."""


def worked(terms: PlanTerms) -> list[Example]:
    """The examples whose services are known, under these terms. Raises UserProblem where the engine
    does not predict for the kind of plan."""
    from tracker.imports.examples_file import coverage_examples

    return [work_example(terms, one) for one in coverage_examples().values() if one.claims]


def _without(examples: list[Example]) -> str:
    """Which services the plan has no rule for, so that they count as not covered."""
    names = list(dict.fromkeys(what for example in examples for what in example.without_rule))
    if not names:
        return ""
    listed = ", ".join(name[:1].lower() + name[1:] if name[1:2].islower() else name for name in names)
    return f"Your plan has no rule for {listed}. Such care counts as not covered here."
