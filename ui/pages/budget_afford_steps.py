"""The six steps of affordability as cards: what is typed in each, and its monthly amount with its why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from tracker.errors import UserProblem
from tracker.facts.household_budget import HouseholdBudget
from tracker.money import dollars
from tracker.reports.affordability import AffordabilityReport, LedgerFigures
from ui.dialogs.rate_edit import RateEdit
from ui.models.budget_afford import step_title
from ui.pages.budget_afford_fields import AmountEdit, LedgerEdit
from ui.pages.budget_afford_lines import Expenses
from ui.pages.budget_afford_result import MarksCard
from ui.theme import GAP
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.columns import side_by_side
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form
from ui.widgets.label import Label

_MEANT = (
    "Net monthly income after taxes and essential deductions.",
    "All current spending of a month, by kind.",
    "What the chosen practice costs, annual and monthly.",
    "The monthly premiums, and what care may cost out of pocket in a year.",
    "Where spending can be reduced to make room for health.",
    "What you put aside each month against unexpected medical costs.",
)


class StepCard(Card):
    """One step. Its monthly amount is a link to the reason."""

    def __init__(self, place: int, parent: QWidget | None = None) -> None:
        super().__init__(step_title(place), parent=parent)
        self.set_subtitle(_MEANT[place])
        self.amount = LinkButton("")
        self.add_header_widget(self.amount)
        self.form = Form(columns=3 if place == 0 else 2)

    def show_amount(self, cents: int) -> None:
        words = f"{dollars(cents)} a month"
        if self.amount.text() != words:
            self.amount.setText(words)
            self.amount.setAccessibleName(f"{self.accessibleName()}: {words}. Why?")


class _Stack(QWidget):
    """Cards below each other as one column of a row; the last one takes the height that is left."""

    def __init__(self, *cards: Card) -> None:
        super().__init__()
        self._cards = cards
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        for card in cards:
            rows.addWidget(card, int(card is cards[-1]))

    def least_width(self) -> int:
        """The width below which the row breaks."""
        return max(card.least_width() for card in self._cards)


class AffordSteps(QWidget):
    """All fields. `edited` comes from the person; `typed` reads them without complaining."""

    edited = Signal()
    why_wanted = Signal(int)  # the place of a step

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.cards = [StepCard(place) for place in range(6)]
        self.expenses = Expenses(self)
        self._build_head(today)
        self._build_cards()
        self.marks = MarksCard()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        income, existing, membership, insurance, discretionary, savings = self.cards
        self.parts: tuple[QWidget, ...] = (
            income,
            side_by_side(existing, _Stack(membership, insurance)),
            side_by_side(discretionary, _Stack(savings, self.marks)),
        )
        """What is below each other; hidden until the view shows it."""
        for part in self.parts:
            rows.addWidget(part)
            part.hide()
        self._wire()

    # what the view asks ---------------------------------------------------------------

    def show_budget(self, budget: HouseholdBudget, ledger: LedgerFigures) -> None:
        """Show a household budget without telling anybody."""
        self.name.setText(budget.name)
        self.name.setCursorPosition(0)
        self.as_of.set_day(budget.as_of)
        self.note.setText(budget.note)
        self.note.setCursorPosition(0)
        self.income.set_cents(budget.income or None)
        self.gross_year.set_cents(budget.gross_year)
        self.own_limit.set_rate(budget.own_limit)
        self.p80.set_cents(budget.p80)
        self.employer_premium.set_cents(budget.employer_premium)
        self.savings.set_cents(budget.savings)
        self.expenses.show_lines(budget.lines)
        self.head.clear_complaints()
        self.show_ledger(budget, ledger)

    def show_ledger(self, budget: HouseholdBudget, ledger: LedgerFigures) -> None:
        """Show the figures that are the ledger's unless typed."""
        self.membership_year.show_figure(budget.membership_year, ledger.membership_year)
        self.premium.show_figure(budget.premium, ledger.premium)
        self.oop_max_year.show_figure(budget.oop_max_year, ledger.oop_max_year)
        self.expected.show_figure(budget.expected, ledger.expected)

    def typed(self, before: HouseholdBudget) -> HouseholdBudget:
        """The household budget as it is typed so far; what is not readable stays as it was."""
        own_limit = self.own_limit.so_far()
        return replace(
            before,
            name=self.name.text(),
            as_of=_day(self.as_of, before.as_of),
            note=self.note.text(),
            income=self.income.so_far(before.income) or 0,
            gross_year=self.gross_year.so_far(before.gross_year),
            own_limit=own_limit if own_limit is not None or not self.own_limit.text() else before.own_limit,
            membership_year=self.membership_year.own(before.membership_year),
            premium=self.premium.own(before.premium),
            oop_max_year=self.oop_max_year.own(before.oop_max_year),
            expected=self.expected.own(before.expected),
            p80=self.p80.so_far(before.p80),
            employer_premium=self.employer_premium.so_far(before.employer_premium),
            savings=self.savings.so_far(before.savings) or 0,
            lines=self.expenses.lines(),
        )

    def problem(self) -> UserProblem | None:
        """The first thing that keeps it from being saved, said beside its field."""
        for card, name, field in self._amounts:
            wrong = field.unreadable()
            if wrong is not None:
                card.form.complain(name, wrong)
                return wrong
        try:
            self.own_limit.rate_or_none()
        except UserProblem as problem:
            self.own_limit.setFocus(Qt.FocusReason.OtherFocusReason)
            return problem
        try:
            self.as_of.day()
        except UserProblem as problem:
            self.head.complain("as_of", problem)
            return problem
        if not self.name.text().strip():
            wrong = UserProblem("It has no name.", "Type one to find it again.", field="name")
            self.head.complain("name", wrong)
            return wrong
        return self.expenses.problem()

    def complain(self, problem: UserProblem) -> None:
        """Say beside its field what could not be saved."""
        for card, name, _field in self._amounts:
            if name == problem.field:
                card.form.complain(name, problem)
                return
        self.head.complain(problem)

    def show_report(self, report: AffordabilityReport, summary: str) -> None:
        """The monthly amount of each step, and under the sliders what the cuts come to."""
        for card, step in zip(self.cards, report.result.steps, strict=True):
            card.show_amount(step.amount)
        self.cuts_summary.setText(summary)
        self.marks.show_report(report)
        for field in (self.membership_year, self.premium, self.oop_max_year, self.expected):
            field.tell_source()

    # building -------------------------------------------------------------------------

    def _build_head(self, today: date) -> None:
        self.name, self.note = QLineEdit(), QLineEdit()
        self.as_of = DayEdit(today)
        self.head = Form(columns=3)
        self.head.add("name", "Name", self.name)
        self.head.add("as_of", "Date", self.as_of)
        self.head.add("note", "Note", self.note)

    def _build_cards(self) -> None:
        income, existing, membership, insurance, discretionary, savings = self.cards
        self.income, self.gross_year, self.own_limit = AmountEdit(), AmountEdit(), RateEdit(placeholder="")
        self.gross_year.setPlaceholderText("")
        income.form.add("income", "Net income, a month", self.income)
        income.form.add(
            "gross_year",
            "Income before tax, a year",
            self.gross_year,
            hint="Optional; published marks refer to it.",
        )
        income.form.add(
            "own_limit",
            "Your own limit",
            self.own_limit,
            hint="Optional: the share of net income health is to stay within.",
        )
        existing.body.addWidget(self.expenses.rows)
        existing.body.addWidget(self.expenses.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.membership_year = LedgerEdit()
        self.premium, self.oop_max_year, self.expected = LedgerEdit(), LedgerEdit(), LedgerEdit()
        self.p80, self.employer_premium, self.savings = AmountEdit(), AmountEdit(), AmountEdit()
        self.p80.setPlaceholderText("Not known")
        self.employer_premium.setPlaceholderText("")
        for card, name, label, field in (
            (membership, "membership_year", "Membership, a year", self.membership_year),
            (insurance, "premium", "Premiums, a month", self.premium),
            (insurance, "expected", "Out of pocket, an expected year", self.expected),
            (insurance, "p80", "Out of pocket, a P80 year", self.p80),
            (insurance, "oop_max_year", "Out-of-pocket maximum, a year", self.oop_max_year),
            (
                insurance,
                "employer_premium",
                "Coverage at work for you alone, a month",
                self.employer_premium,
            ),
            (savings, "savings", "Put aside, a month", self.savings),
        ):
            made = card.form.add(name, label, field)
            if isinstance(field, LedgerEdit):
                field.hint_in(made)
        insurance.form.field("p80").set_hint("Optional. In 8 of 10 years you would pay less.")
        insurance.form.field("employer_premium").set_hint("Optional; only the ACA mark uses it.")
        for card in (income, membership, insurance, savings):
            card.body.addWidget(card.form)
        self.cuts_summary = Label("", "quiet", wrap=True)
        discretionary.body.addWidget(self.expenses.cuts)
        discretionary.body.addWidget(self.cuts_summary)
        self._amounts: tuple[tuple[StepCard, str, AmountEdit], ...] = (
            (income, "income", self.income),
            (income, "gross_year", self.gross_year),
            (membership, "membership_year", self.membership_year),
            (insurance, "premium", self.premium),
            (insurance, "expected", self.expected),
            (insurance, "p80", self.p80),
            (insurance, "oop_max_year", self.oop_max_year),
            (insurance, "employer_premium", self.employer_premium),
            (savings, "savings", self.savings),
        )

    def _wire(self) -> None:
        for _card, _name, field in self._amounts:
            field.edited.connect(self._on_edited)
        self.own_limit.edited.connect(self._on_edited)
        self.as_of.edited.connect(self._on_edited)
        self.name.textEdited.connect(self._on_edited)
        self.note.textEdited.connect(self._on_edited)
        self.expenses.edited.connect(self._on_edited)
        for place, card in enumerate(self.cards):
            card.amount.clicked.connect(partial(self._on_why, place))

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()

    def _on_why(self, place: int, _checked: bool = False) -> None:
        self.why_wanted.emit(place)


def _day(field: DayEdit, before: date) -> date:
    from tracker.dates import parse_day

    try:
        return parse_day(field.text(), today=before) if field.text().strip() else before
    except UserProblem:
        return before
