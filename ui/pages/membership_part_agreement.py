"""The Agreement part of Membership: what it costs, every fee of the year, and what was agreed."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.changes import Area
from tracker.dates import day_text
from tracker.domain.membership.year import FeeDue, FeeState
from tracker.facts import Due
from tracker.money import dollars
from tracker.services.membership_years import MembershipShown, propose_again
from ui.context import Context
from ui.models import membership_words as words
from ui.models.table import Column, RowTableModel
from ui.pages.membership_agreement import AgreementCard
from ui.pages.membership_offer import OfferCard
from ui.pages.membership_parts import MembershipPart
from ui.pages.membership_prices import PricesCard
from ui.theme import GAP
from ui.widgets.card import Card
from ui.widgets.columns import side_by_side
from ui.widgets.empty_state import EmptyState
from ui.widgets.figure_card import FigureCard
from ui.widgets.table import LedgerTable

_RECORDABLE = (FeeState.OVERDUE, FeeState.DUE, FeeState.UPCOMING, FeeState.HISTORY)


class AgreementPart(MembershipPart):
    """Fees are recorded, skipped and opened from their table."""

    BY_YEAR = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._shown: MembershipShown | None = None
        self.price = FigureCard("Yearly price")
        self.paid = FigureCard("Paid")
        self.renews = FigureCard("Renews")
        self.rows.addWidget(side_by_side(self.price, self.paid, self.renews))
        self._build_schedule()
        self.agreement_card = AgreementCard(context)
        self.offer_card, self.prices_card = OfferCard(), PricesCard()
        self.prices_card.hide()
        left = _Column(self.schedule_card, self.offer_card, self.prices_card)
        self.rows.addWidget(side_by_side(left, self.agreement_card, weights=(64, 36)))
        self.offer_card.edit_asked.connect(self.edit_asked)
        self.table.opened.connect(self._on_first_action)

    def _build_schedule(self) -> None:
        self.schedule_card = Card("Fees")
        self.model: RowTableModel[FeeDue] = RowTableModel(self._columns(), key=_key, parent=self)
        self.table = LedgerTable(self.model, "Membership fees", state=self.context.state)
        self.schedule_card.add_table(self.table)
        self.no_fees = EmptyState("No fees in this year", "Edit the membership to add what it costs.")
        self.schedule_card.body.addWidget(self.no_fees)

    def _columns(self) -> list[Column[FeeDue]]:
        return [
            Column("Due", lambda item: day_text(item.due_on), order=lambda item: item.due_on),
            Column("Fee", self._fee_words, stretch=1),
            Column("Amount", _amount, order=words.fee_cents, right=True),
            Column("Status", words.state_words, tone=words.state_tone),
            Column("", _first_action, tone=lambda _: "accent", on_open=self._on_first_action),
            Column("", _second_action, tone=lambda _: "quiet", on_open=self._on_second_action),
        ]

    def _fee_words(self, item: FeeDue) -> str:
        return words.fee_name(self._shown, item) if self._shown else item.fee.label

    # showing -------------------------------------------------------------------------

    def show_membership(self, held: MembershipShown) -> None:
        self._shown = held
        figures = words.membership_figures(held, self.context.today)
        for card, figure in zip((self.price, self.paid, self.renews), figures, strict=True):
            card.show_figure(figure)
        self.model.set_rows(held.year.fees)
        self.table.fit_height_to_rows()
        self.table.setVisible(bool(held.year.fees))
        self.no_fees.setVisible(not held.year.fees)
        self.agreement_card.show_membership(held)
        self.offer_card.show_membership(held.membership, self.context.today)
        self.offer_card.setVisible(not held.is_over)
        self.prices_card.show_prices(held.prices, held.practice)

    def forget(self, areas: Area) -> None:
        if areas & Area.DOCUMENTS:
            self.agreement_card.forget_documents()

    # acting --------------------------------------------------------------------------

    @Slot(object)
    def _on_first_action(self, item: FeeDue) -> None:
        """Record what is not paid yet, open the payment of what is."""
        from ui.dialogs.payment_editor import PaymentEditor

        if item.state in _RECORDABLE:
            PaymentEditor.for_due(self.context, self, _due(item)).open()
        elif item.settlement is not None and item.settlement.payment_id is not None:
            payment_id, payments = item.settlement.payment_id, self.context.services.payments
            self.context.load(
                self,
                lambda: payments.get(payment_id),
                lambda payment: PaymentEditor(self.context, self, payment=payment).open(),
            )

    @Slot(object)
    def _on_second_action(self, item: FeeDue) -> None:
        """Skip what is not paid, propose again what was skipped."""
        services, due = self.context.services, _due(item)
        if item.state is FeeState.SKIPPED:
            self.context.commit(self, lambda: propose_again(services.ledger, due))
        elif item.state in _RECORDABLE:
            self.context.commit(self, lambda: services.recurring.skip(due))


class _Column(QWidget):
    """Cards below each other, as wide as the widest of them needs."""

    def __init__(self, *cards: Card) -> None:
        super().__init__()
        self._cards = cards
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        for card in cards:
            rows.addWidget(card)
        rows.addStretch(1)

    def least_width(self) -> int:
        """Below this the row breaks."""
        return max(card.least_width() for card in self._cards if not card.isHidden())


def _key(item: FeeDue) -> int:
    return (item.fee.id or 0) * 1_000_000 + item.due_on.toordinal()


def _due(item: FeeDue) -> Due:
    return Due(recurring=item.fee, due_on=item.due_on)


def _amount(item: FeeDue) -> str:
    return dollars(words.fee_cents(item))


def _first_action(item: FeeDue) -> str:
    if item.state is FeeState.PAID:
        return "Open"
    return "Record" if item.state in _RECORDABLE else ""


def _second_action(item: FeeDue) -> str:
    if item.state is FeeState.SKIPPED:
        return "Propose again"
    return "Skip" if item.state in _RECORDABLE else ""
