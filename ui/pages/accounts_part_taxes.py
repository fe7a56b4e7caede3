"""The Taxes part of Accounts: what a tax return asks of a calendar year, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.changes import Area
from tracker.domain.accounts.tax_sheet import Ask, Asked
from tracker.services.tax_year import TaxYear, read_tax_year
from ui.context import Context
from ui.models.tax_rows import NOT_ADVICE, ExpenseRow, expense_rows
from ui.pages.accounts_parts import HSA, AccountsPart
from ui.pages.accounts_tax_actions import TaxActions
from ui.pages.accounts_tax_expenses import OPEN, ExpensesCard
from ui.pages.accounts_tax_lines import FormCard, MedicalCard
from ui.pages.accounts_tax_small import AsksCard, FactsCard, LimitsCard, MileageCard, SavedCard
from ui.theme import GAP
from ui.widgets.buttons import PlainButton
from ui.widgets.columns import side_by_side
from ui.widgets.label import Label

if TYPE_CHECKING:
    from ui.printing.document import Document


class TaxesPart(AccountsPart):
    """What is missing, tax facts and savings, Form 8889 of every owner, the deduction, what counts."""

    SHOWS = (
        Area.TAXES
        | Area.PAYMENTS
        | Area.ACCOUNTS
        | Area.PEOPLE
        | Area.PROVIDERS
        | Area.MEMBERSHIPS
        | Area.PLANS
        | Area.BUDGET
        | Area.BILLS
        | Area.VISITS
        | Area.DOCUMENTS
        | Area.RECURRING
    )
    BY_YEAR = True
    ADD_TEXT = "Add drive"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.shown: TaxYear | None = None
        self.acts = TaxActions(context, self)
        state = context.state
        self.asks, self.facts, self.saved = AsksCard(), FactsCard(), SavedCard()
        self.forms: list[FormCard] = []
        self._forms = _column()
        self.medical = MedicalCard(state)
        self.expenses = ExpensesCard(state, self.acts.add_payment)
        self.mileage = MileageCard(state, self.acts.add_drive)
        self.limits = LimitsCard(state, self.acts.add_limit)
        self.remark = Label(NOT_ADVICE, "caption", wrap=True)
        self.export_button = PlainButton("Export to Excel\u2026")
        self.foot = QWidget()
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.remark, 1)
        foot.addWidget(self.export_button)
        for widget in (
            self.asks,
            side_by_side(self.facts, self.saved),
            self._forms,
            self.medical,
            self.expenses,
            self.mileage,
            self.limits,
            self.foot,
        ):
            self.rows.addWidget(widget)
        self.asks.hide()
        self._wire()

    def _wire(self) -> None:
        acts = self.acts
        self.asks.asked.connect(self._on_asked)
        self.facts.edit_asked.connect(lambda: acts.edit_facts())
        self.saved.why_asked.connect(acts.show_why)
        self.medical.line_opened.connect(lambda line: acts.show_line("Schedule A", line))
        self.medical.mark_asked.connect(acts.mark)
        self.medical.unmark_asked.connect(acts.unmark)
        self.medical.before_tax_asked.connect(acts.premiums_before_tax)
        self.expenses.opened.connect(lambda row: acts.explain(row.shown, row.name))
        self.expenses.say_asked.connect(acts.say)
        self.expenses.payment_asked.connect(lambda row: acts.open_payment(row.key))
        self.mileage.opened.connect(lambda row: acts.edit_drive(row.key))
        self.mileage.removal_asked.connect(lambda rows: acts.remove_drives([row.key for row in rows]))
        self.limits.opened.connect(lambda row: acts.edit_limit(row.limit))
        self.limits.removal_asked.connect(lambda rows: acts.remove_limit(rows[0].limit))
        self.limits.sources_asked.connect(acts.show_sources)
        self.export_button.clicked.connect(acts.export)
        for card in (self.medical, self.expenses, self.mileage, self.limits):
            card.row_reached.connect(self.reached)

    # what the page asks --------------------------------------------------------------

    @Slot()
    def reload(self) -> None:
        services, year = self.context.services, self.year

        def read() -> tuple[TaxYear, list[ExpenseRow]]:
            shown = read_tax_year(services, year)
            return shown, expense_rows(shown)

        self.load(read, lambda found: self._show(*found))

    def add(self) -> bool:
        self.acts.add_drive()
        return True

    def print_part(self) -> Document | None:
        from ui.printing.tax_document import tax_document

        return None if self.shown is None else tax_document(self.shown)

    def arrive(self, target: object) -> None:
        """Show a group of expenses by its key, such as those to be said."""
        if isinstance(target, str):
            self.expenses.choose(target)

    # ours ----------------------------------------------------------------------------

    def _show(self, shown: TaxYear, rows: list[ExpenseRow]) -> None:
        self.shown = shown
        self.acts.show(shown)
        self.asks.show_asks(shown.asks, shown.year)
        self.facts.show_facts(shown.facts)
        self.saved.show_year(shown)
        self._show_forms(shown)
        self.medical.show_year(shown)
        self.expenses.show_rows(rows)
        self.mileage.show_log(shown.mileage)
        self.limits.show_year(shown)

    def _show_forms(self, shown: TaxYear) -> None:
        """One card for every owner of an HSA; there are rarely more than two."""
        layout = self._forms.layout()
        assert layout is not None
        while len(self.forms) < len(shown.forms):
            card = FormCard(self.context.state)
            card.line_opened.connect(lambda line: self.acts.show_line("Form 8889", line))
            card.row_reached.connect(self.reached)
            self.forms.append(card)
            layout.addWidget(card)
        for place, card in enumerate(self.forms):
            card.setVisible(place < len(shown.forms))
        for card, form in zip(self.forms, shown.forms, strict=False):
            card.show_form(form, alone=len(shown.forms) == 1)
        self._forms.setVisible(bool(shown.forms))

    @Slot(object)
    def _on_asked(self, ask: Ask) -> None:
        if ask.kind is Asked.FACTS:
            self.acts.edit_facts(ask.name)
        elif ask.kind is Asked.LIMIT:
            self.acts.add_limit(ask.name)
        elif ask.kind is Asked.EXPENSES:
            self.expenses.choose(OPEN)
        else:
            self.context.shell.go_to("accounts", ("part", HSA))


def _column() -> QWidget:
    """A place for cards below each other."""
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    rows = QVBoxLayout(holder)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(GAP)
    return holder
