"""Membership: what was agreed with the practice, what it costs, and every fee of the year."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area, Changes
from tracker.dates import day_text
from tracker.domain.membership.year import FeeDue, FeeState
from tracker.facts import Due
from tracker.money import dollars
from tracker.services.membership_years import (
    MembershipChoice,
    MembershipShown,
    choices,
    propose_again,
    shown,
)
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.jobs import Job
from ui.models import membership_words as words
from ui.models.coverage_words import short
from ui.models.table import Column, RowTableModel
from ui.pages.membership_agreement import AgreementCard
from ui.pages.membership_prices import PricesCard
from ui.widgets.buttons import IconButton, PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import side_by_side
from ui.widgets.empty_state import EmptyState
from ui.widgets.figure_card import FigureCard
from ui.widgets.page import Page
from ui.widgets.table import LedgerTable

_Read = tuple[list[MembershipChoice], MembershipShown | None]
_RECORDABLE = (FeeState.OVERDUE, FeeState.DUE, FeeState.UPCOMING, FeeState.HISTORY)


class MembershipPage(Page):
    """One membership at a time; with several, a chooser stands in the header."""

    SHOWS = (
        Area.MEMBERSHIPS | Area.RECURRING | Area.PAYMENTS | Area.PEOPLE | Area.PROVIDERS | Area.DOCUMENTS
    )
    help_text = (
        "What you agreed with your practice: the term, the day by which you can stop it, and every fee "
        "of the membership year with what became of it. Record a fee when you pay it, or skip one the "
        "practice waived. When the price changes, edit the membership and choose Change price, so that "
        "what you paid before stays as it was."
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Membership", parent)
        self._context = context
        self._chosen: int | None = None
        self._number: int | None = None
        self._shown: MembershipShown | None = None
        self._loading: Job[_Read] | None = None
        self.printing = Printing(context, self)
        self._build()
        self._wire()

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.chooser = OptionEdit()
        self.chooser.setAccessibleName("Membership")
        self.chooser.setMinimumContentsLength(26)
        self.remove_button = PlainButton("Remove", "trash")
        self.edit_button = PlainButton("Edit", "edit")
        self.add_button = PrimaryButton("Add membership", "plus")
        for widget in (self.chooser, self.remove_button, self.edit_button, self.add_button):
            self.add_action_widget(widget)
        self.price = FigureCard("Yearly price")
        self.paid = FigureCard("Paid")
        self.renews = FigureCard("Renews")
        self._figures = self.add_row(self.price, self.paid, self.renews)
        self._build_schedule()
        self.agreement_card = AgreementCard(self._context)
        self._middle = side_by_side(self.schedule_card, self.agreement_card, weights=(67, 33))
        self.body.addWidget(self._middle)
        self.prices_card = PricesCard()
        self.body.addWidget(self.prices_card)
        self.empty = EmptyState(
            "No membership yet",
            "With the agreement here, you see what it costs, which fee is due, and when to stop it.",
            "Add your membership",
            self.primary_action,
        )
        self.body.addWidget(self.empty, 1)
        self._show_parts(has_any=False)
        self.empty.hide()

    def _build_schedule(self) -> None:
        self.schedule_card = Card("Fees")
        self.earlier = IconButton("chevron-left", "Year before")
        self.later = IconButton("chevron-right", "Year after")
        self.schedule_card.add_header_widget(self.earlier)
        self.schedule_card.add_header_widget(self.later)
        self.model: RowTableModel[FeeDue] = RowTableModel(self._columns(), key=_key, parent=self)
        self.table = LedgerTable(self.model, "Membership fees", state=self._context.state)
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

    def _wire(self) -> None:
        self.chooser.edited.connect(self._on_chosen)
        self.add_button.clicked.connect(self.primary_action)
        self.edit_button.clicked.connect(self.edit)
        self.remove_button.clicked.connect(self.remove)
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)
        self.table.opened.connect(self._on_first_action)

    # loading -------------------------------------------------------------------------

    def arrive(self, target: object) -> None:
        """Show a membership by its id."""
        if isinstance(target, int):
            self._chosen, self._number = target, None
            self.mark_stale()

    @Slot(object)
    def on_committed(self, changes: Changes) -> None:
        if changes.areas & Area.DOCUMENTS:
            self.agreement_card.forget_documents()
        super().on_committed(changes)

    def reload(self) -> None:
        if self._loading:
            self._loading.cancel()
        services, wanted, number = self._context.services, self._chosen, self._number

        def read() -> _Read:
            found = choices(services)
            known = [item.id for item in found]
            which = wanted if wanted in known else (known[0] if known else None)
            same = number if which == wanted else None
            return found, (shown(services, which, number=same) if which is not None else None)

        self._loading = self._context.load(self, read, self._show)

    def _show(self, read: _Read) -> None:
        found, held = read
        self._shown = held
        self._chosen = held.membership.id if held else None
        self._show_parts(has_any=held is not None)
        self.chooser.set_options([(str(item.id), _choice_words(item)) for item in found])
        self.chooser.choose(str(self._chosen))
        self.chooser.setVisible(len(found) > 1)
        if held is None:
            self.set_subtitle("")
            return
        self.set_subtitle(
            "  \u00b7  ".join(
                short(part, 60) for part in (held.practice, held.membership.physician) if part
            )
        )
        figures = words.membership_figures(held, self._context.today)
        for card, figure in zip((self.price, self.paid, self.renews), figures, strict=True):
            card.show_figure(figure)
        self._show_fees(held)
        self.agreement_card.show_membership(held)
        self.prices_card.show_prices(held.prices)

    def _show_parts(self, *, has_any: bool) -> None:
        for part in (self._figures, self._middle, self.remove_button, self.edit_button):
            part.setVisible(has_any)
        self.add_button.setVisible(has_any)
        self.prices_card.setVisible(False)
        self.chooser.setVisible(False)
        self.empty.setVisible(not has_any)

    def _show_fees(self, held: MembershipShown) -> None:
        self.schedule_card.set_note(words.year_words(held))
        self.earlier.setEnabled(held.number > 0)
        self.later.setEnabled(held.number < held.last_number + (0 if held.is_over else 1))
        self.model.set_rows(held.year.fees)
        self.table.fit_height_to_rows()
        self.table.setVisible(bool(held.year.fees))
        self.no_fees.setVisible(not held.year.fees)

    # choosing ------------------------------------------------------------------------

    @Slot()
    def _on_chosen(self) -> None:
        self._chosen, self._number = int(self.chooser.key()), None
        self.mark_stale()

    @Slot()
    def _on_earlier(self) -> None:
        self._go_to_year(-1)

    @Slot()
    def _on_later(self) -> None:
        self._go_to_year(1)

    def _go_to_year(self, step: int) -> None:
        if self._shown is not None:
            self._number = self._shown.number + step
            self.mark_stale()

    # acting --------------------------------------------------------------------------

    def print_page(self) -> bool:
        """The membership in the year that is shown."""
        if self._shown is None:
            return False
        from ui.printing.membership_document import membership_document

        self.printing.preview(membership_document(self._shown, self._context.today))
        return True

    @Slot()
    def primary_action(self) -> None:
        from ui.dialogs.membership_editor import MembershipEditor

        editor = MembershipEditor(self._context, self)
        editor.added.connect(self.arrive)
        editor.open()

    @Slot()
    def edit(self) -> None:
        """Change the membership that is shown."""
        from ui.dialogs.membership_editor import MembershipEditor

        if self._shown is not None:
            MembershipEditor(self._context, self, membership=self._shown.membership).open()

    @Slot()
    def remove(self) -> None:
        """Remove the membership that is shown; the toast offers to undo it."""
        if self._shown is None or self._shown.membership.id is None:
            return
        wanted, agreements = self._shown.membership.id, self._context.services.agreements
        self._context.commit(self, lambda: agreements.remove_membership(wanted))

    @Slot(object)
    def _on_first_action(self, item: FeeDue) -> None:
        """Record what is not paid yet, open the payment of what is."""
        from ui.dialogs.payment_editor import PaymentEditor

        if item.state in _RECORDABLE:
            PaymentEditor.for_due(self._context, self, _due(item)).open()
        elif item.settlement is not None and item.settlement.payment_id is not None:
            payment_id, payments = item.settlement.payment_id, self._context.services.payments
            self._context.load(
                self,
                lambda: payments.get(payment_id),
                lambda payment: PaymentEditor(self._context, self, payment=payment).open(),
            )

    @Slot(object)
    def _on_second_action(self, item: FeeDue) -> None:
        """Skip what is not paid, propose again what was skipped."""
        services, due = self._context.services, _due(item)
        if item.state is FeeState.SKIPPED:
            self._context.commit(self, lambda: propose_again(services.ledger, due))
        elif item.state in _RECORDABLE:
            self._context.commit(self, lambda: services.recurring.skip(due))


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


def _choice_words(item: MembershipChoice) -> str:
    began = item.begins_on.year
    ended = f" to {item.ended_on.year}" if item.ended_on else ""
    return f"{short(item.practice, 40)}, {began}{ended}"
