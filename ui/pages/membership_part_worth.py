"""The Worth it part of Membership: value, break-even, the three care models, the decision worksheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area
from tracker.services.membership_worth import WorthFacts, read_worth
from tracker.services.membership_years import MembershipShown
from ui.context import Context
from ui.jobs import Job
from ui.models import worth_words as words
from ui.pages.membership_break_even import BreakEvenCard
from ui.pages.membership_decision import DecisionCard
from ui.pages.membership_models_card import ModelsCard
from ui.pages.membership_parts import MembershipPart
from ui.pages.membership_value_card import ValueCard
from ui.widgets.columns import side_by_side
from ui.widgets.figure_card import FigureCard

if TYPE_CHECKING:
    from ui.printing.document import Document


class WorthPart(MembershipPart):
    """One year of a membership; every figure opens to the same reasons."""

    BY_YEAR = True
    READS = Area.VISITS | Area.PLANS | Area.TAXES | Area.ACCOUNTS | Area.CLAIMS | Area.PAYMENTS | Area.BILLS

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.facts: WorthFacts | None = None
        self._job: Job[WorthFacts] | None = None
        self.figures = [FigureCard("", clickable=True) for _ in range(4)]
        self.rows.addWidget(side_by_side(*self.figures))
        self.value = ValueCard(context.state)
        self.even = BreakEvenCard()
        self.rows.addWidget(side_by_side(self.value, self.even, weights=(55, 45)))
        self.models = ModelsCard(context)
        self.rows.addWidget(self.models)
        self.decision = DecisionCard(context)
        self.rows.addWidget(self.decision)
        for card in self.figures:
            card.opened.connect(self.show_why)
        self.value.why_asked.connect(self.show_why)
        self.value.time_changed.connect(self._show_value)
        self.even.rates_asked.connect(self.enter_rates)
        self.decision.reached.connect(self.reached)

    def show_membership(self, held: MembershipShown) -> None:
        if self._job:
            self._job.cancel()
        services = self.context.services
        self._job = self.context.load(self, lambda: read_worth(services, held), self._show)

    def _show(self, facts: WorthFacts) -> None:
        self.facts = facts
        self._show_value()
        self.models.show_facts(facts)
        self.decision.show_answers(facts.answers)

    @Slot()
    def _show_value(self) -> None:
        """What depends on the member's own time."""
        if self.facts is None:
            return
        time = self.value.time()
        for card, figure in zip(self.figures, words.value_figures(self.facts.worth(time)), strict=True):
            card.show_figure(figure)
        self.value.show_facts(self.facts)
        self.even.show_facts(self.facts, time)

    def document(self) -> Document | None:
        if self.facts is None:
            return None
        from ui.printing.worth_document import worth_document

        return worth_document(self.facts, self.context.today, time=self.value.time(), even=self.even.even)

    @Slot()
    def show_why(self) -> None:
        """The arithmetic behind the figures, in sentences."""
        from ui.dialogs.sentences_why import SentencesWhy

        if self.facts is None:
            return
        time = self.value.time()
        value = self.facts.worth(time)
        last = words.value_lines(self.facts, time)[-1]
        SentencesWhy(
            "What it was worth",
            f"{last.words}: {last.figure}" if value.contacts else "Nothing is entered for this year yet",
            words.value_groups(self.facts, time),
            self,
            remark=words.PRICED,
        ).open()

    @Slot()
    def enter_rates(self) -> None:
        """Ask for the member's own tax rates."""
        from ui.dialogs.tax_rates import TaxRatesDialog

        if self.facts is not None:
            TaxRatesDialog(self.context, self, facts=self.facts.share.tax_facts).open()
