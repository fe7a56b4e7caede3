"""The Fee and tax part of Membership: two questions about the fee, each with conditions and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area
from tracker.services.membership_tax import FeeTax, read_fee_tax
from tracker.services.membership_years import MembershipShown
from ui.context import Context
from ui.jobs import Job
from ui.models import fee_tax_words as words
from ui.pages.membership_parts import MembershipPart
from ui.pages.membership_tax_fee import FeeCard
from ui.pages.membership_tax_months import MonthsCard
from ui.pages.membership_tax_practice import PracticeCard
from ui.pages.membership_tax_share import AdministratorsCard, ShareCard
from ui.widgets.columns import side_by_side
from ui.widgets.label import Label

if TYPE_CHECKING:
    from ui.printing.document import Document


class TaxPart(MembershipPart):
    """It asks and cites. The two answers stand apart, for neither decides the other."""

    BY_YEAR = True
    READS = Area.TAXES | Area.ACCOUNTS | Area.PLANS

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.facts: FeeTax | None = None
        self._job: Job[FeeTax] | None = None
        self.months = MonthsCard(context)
        self.fee = FeeCard(context)
        self.practice = PracticeCard(context)
        self.share = ShareCard(context)
        self.administrators = AdministratorsCard(context)
        self.rows.addWidget(Label(f"{words.TWO_QUESTIONS} {words.NOT_ADVICE}", "caption", wrap=True))
        self.rows.addWidget(self.months)
        self.rows.addWidget(side_by_side(self.fee, self.practice, weights=(55, 45)))
        self.rows.addWidget(side_by_side(self.share, self.administrators, weights=(55, 45)))
        self.fee.reached.connect(self.reached)
        self.share.rates_asked.connect(self.enter_rates)

    def show_membership(self, held: MembershipShown) -> None:
        if self._job:
            self._job.cancel()
        services = self.context.services
        self._job = self.context.load(self, lambda: read_fee_tax(services, held), self._show)

    def _show(self, facts: FeeTax) -> None:
        self.facts = facts
        for card in (self.months, self.fee, self.practice, self.share, self.administrators):
            card.show_facts(facts)

    def document(self) -> Document | None:
        if self.facts is None:
            return None
        from ui.printing.fee_tax_document import fee_tax_document

        return fee_tax_document(
            self.facts, self.months.found, self.months.shown_month(), self.context.today
        )

    @Slot()
    def enter_rates(self) -> None:
        """Ask for the member's own tax rates."""
        from ui.dialogs.tax_rates import TaxRatesDialog

        if self.facts is not None:
            TaxRatesDialog(self.context, self, facts=self.facts.share.tax_facts).open()
