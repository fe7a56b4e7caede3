"""The Where it went part of Accounts: every dollar of a year's care under the pocket that bore it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.facts import Payment
from tracker.reports.where_it_went import WhereItWent
from tracker.services.where_it_went import read_where_it_went
from ui.context import Context
from ui.models.went_rows import TWICE, WentRow, went_rows
from ui.pages.accounts_parts import AccountsPart
from ui.pages.accounts_went_actions import WentActions
from ui.pages.accounts_went_pockets import PocketsCard
from ui.pages.accounts_went_table import WentCard
from ui.pages.accounts_went_twice import TwiceCard
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from ui.printing.document import Document


class WherePart(AccountsPart):
    """Totals by pocket, what counts twice, and every line with its explanation."""

    BY_YEAR = True
    ADD_TEXT = "Add payment"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.went: WhereItWent | None = None
        self.acts = WentActions(context, self)
        self.pockets = PocketsCard(context.state)
        self.twice = TwiceCard()
        self.lines = WentCard(context.state)
        self.empty = Card()
        self.empty.body.addWidget(
            EmptyState(
                "Nothing of this year yet",
                "Enter what you paid for care, and the EOBs your insurer sends. For each expense you then "
                "see which pocket bore it: plan, FSA, HRA, HSA, a deduction or your own cash.",
                self.ADD_TEXT,
                self.add,
            )
        )
        for card in (self.pockets, self.twice, self.lines, self.empty):
            self.rows.addWidget(card)
        self.empty.hide()
        self._wire()

    def _wire(self) -> None:
        self.pockets.by_chosen.connect(self.reload)
        self.pockets.asked.connect(self.lines.choose_pocket)
        self.twice.opened.connect(lambda item: self.acts.open_payment(item.expense_id))
        self.twice.put_back_asked.connect(self.acts.put_back)
        self.twice.all_asked.connect(lambda: self.lines.choose_pocket(TWICE))
        self.lines.opened.connect(self.acts.explain)
        self.lines.paper_asked.connect(self.acts.open_line)
        self.lines.export_asked.connect(self._on_export)
        self.lines.row_reached.connect(self.reached)

    # what the page asks --------------------------------------------------------------

    @Slot()
    def reload(self) -> None:
        services, year, by = self.context.services, self.year, self.pockets.chosen_by

        def read() -> tuple[WhereItWent, list[WentRow]]:
            went = read_where_it_went(services, year, by)
            return went, went_rows(went)

        self.load(read, lambda found: self._show(*found))

    def add(self) -> bool:
        from ui.dialogs.payment_editor import PaymentEditor

        PaymentEditor(self.context, self, prefill=Payment(paid_on=self.context.today, amount=0)).open()
        return True

    def print_part(self) -> Document | None:
        """The rows that the filter keeps, in the order of the table."""
        from ui.printing.went_document import went_document

        if self.went is None or not self.went.lines:
            return None
        lines = [row.line for row in self.lines.shown_rows()]
        return went_document(self.went, lines, self.lines.said(), self.context.today)

    def arrive(self, target: object) -> None:
        """Show the lines of a pocket by its key, of what counts twice, or what is open."""
        if isinstance(target, str):
            self.lines.choose_pocket(target)

    # ours ----------------------------------------------------------------------------

    def _show(self, went: WhereItWent, rows: list[WentRow]) -> None:
        self.went = went
        self.pockets.show_year(went)
        self.twice.show_twice(went.twice)
        self.lines.show_year(went, rows)
        self.lines.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    @Slot()
    def _on_export(self) -> None:
        if self.went is not None:
            self.acts.export(self.went.year, [row.line for row in self.lines.shown_rows()])
