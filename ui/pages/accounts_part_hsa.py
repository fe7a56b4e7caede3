"""The HSA part of Accounts: what may go in and come out in a year, month by month and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area
from tracker.domain.accounts.hsa_contributions import contribution_deadline
from tracker.facts import Account, AccountKind, MoneySource, Payment
from tracker.money import Cents, dollars
from tracker.services.hsa_taken import TakenOut
from tracker.services.hsa_year import HsaYear, read_hsa_year
from tracker.storage.queries.hsa_money import HsaMove
from ui.context import Context
from ui.models import hsa_words as words
from ui.models.accounts_words import NO_ADVICE
from ui.pages.accounts_hsa_covers import CoversCard
from ui.pages.accounts_hsa_limit import LimitCard
from ui.pages.accounts_hsa_money import DepositsCard, TakenCard, paid_directly
from ui.pages.accounts_hsa_months import MonthsCard
from ui.pages.accounts_parts import AccountsPart
from ui.pages.accounts_pool import PoolCard
from ui.widgets.banner import Banner
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import side_by_side
from ui.widgets.empty_state import EmptyState
from ui.widgets.figure_card import FigureCard
from ui.widgets.label import Label

if TYPE_CHECKING:
    from ui.printing.document import Document


@dataclass(frozen=True, slots=True)
class _Read:
    shown: HsaYear | None
    balance: Cents


class HsaPart(AccountsPart):
    """One person's HSAs in a year; with several owners a chooser stands above."""

    SHOWS = (
        Area.ACCOUNTS
        | Area.PAYMENTS
        | Area.PEOPLE
        | Area.PLANS
        | Area.MEMBERSHIPS
        | Area.RECURRING
        | Area.TAXES
        | Area.BILLS
        | Area.DOCUMENTS
        | Area.BUDGET
    )
    ADD_TEXT = "Add contribution"
    BY_YEAR = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._person_id: int | None = None
        self._shown: HsaYear | None = None
        self._balance: Cents = 0
        self._build()
        self._wire()
        for part in self._cards:
            part.hide()
        self.empty.hide()

    def _build(self) -> None:
        self.owner = OptionEdit()
        self.owner.setAccessibleName("Whose HSA")
        self.asks = Banner()
        self.opened = Banner()
        self.medicare = Banner()
        self.balance = FigureCard("Balance")
        self.room = FigureCard("May still go in", clickable=True)
        self.out = FigureCard("Taken out", clickable=True)
        self.limit = LimitCard()
        self.months = MonthsCard()
        self.pool = PoolCard(self.context)
        self.deposits = DepositsCard(self.context, self.add)
        self.taken = TakenCard(self.context, self._add_distribution)
        self.covers = CoversCard(self.context)
        self.advice = Label(NO_ADVICE, "caption", wrap=True)
        figures = side_by_side(self.balance, self.room, self.out)
        decided = side_by_side(self.limit, self.months, weights=(45, 55))
        self._cards = (
            figures,
            decided,
            self.pool,
            self.deposits,
            self.taken,
            self.covers,
            self.advice,
        )
        self.empty = EmptyState(
            "No HSA yet",
            "With your health savings account here you see how much may go in for each year, month by "
            "month and why, and what you may take out free of tax.",
            "Add your HSA",
            self._add_account,
        )
        for part in (self.owner, self.asks, self.opened, self.medicare, *self._cards, self.empty):
            self.rows.addWidget(part)
        self.owner.hide()

    def _wire(self) -> None:
        self.owner.edited.connect(self._on_owner)
        self.asks.acted.connect(self._type_limits)
        self.opened.acted.connect(self._edit_account)
        self.room.opened.connect(self._show_limit_why)
        self.out.opened.connect(self._show_taken_why)
        self.limit.why_asked.connect(self._show_limit_why)
        self.limit.split_asked.connect(self._split)
        self.deposits.opened.connect(self._on_deposit)
        self.deposits.removal_asked.connect(self._on_remove)
        self.taken.opened.connect(self._on_taken)
        self.taken.removal_asked.connect(self._on_remove)
        self.taken.tie_asked.connect(self._on_tie)
        self.taken.why_asked.connect(self._on_taken_why)
        for card in (self.pool, self.deposits, self.taken, self.covers):
            card.row_reached.connect(self.reached)

    # what the page asks --------------------------------------------------------------

    def reload(self) -> None:
        services, year, person_id = self.context.services, self.year, self._person_id

        def read() -> _Read:
            shown = read_hsa_year(services, year, person_id=person_id)
            balances = services.accounts.balances()
            held = sum(balances.get(item.id or 0, 0) for item in shown.accounts) if shown else 0
            return _Read(shown, held)

        self.load(read, self._show)

    def add(self) -> bool:
        """Record money put into the HSA."""
        if self._shown is None:
            self._add_account()
        else:
            today = self.context.today
            in_time = self.year == today.year - 1 and today <= contribution_deadline(self.year)
            self._pay(
                Payment(
                    paid_on=today,
                    amount=0,
                    to_account_id=self._open_account().id,
                    source=MoneySource.OWN,
                    tax_year=self.year if in_time else None,
                )
            )
        return True

    def print_part(self) -> Document | None:
        if self._shown is None:
            return None
        from ui.printing.hsa_document import hsa_document

        return hsa_document(self._shown, self._balance, self.context.today)

    # showing -------------------------------------------------------------------------

    def _show(self, read: _Read) -> None:
        shown = read.shown
        self._shown, self._balance = shown, read.balance
        for part in self._cards:
            part.setVisible(shown is not None)
        self.empty.setVisible(shown is None)
        if shown is None:
            for banner in (self.asks, self.opened, self.medicare):
                banner.hide()
            self.owner.hide()
            return
        self._person_id = shown.person.id
        self.owner.set_options([(str(item.id), f"HSA of {item.name}") for item in shown.owners])
        self.owner.choose(str(shown.person.id))
        self.owner.setVisible(len(shown.owners) > 1)
        self._warn(shown)
        figures = words.hsa_figures(shown, read.balance)
        for card, figure in zip((self.balance, self.room, self.out), figures, strict=True):
            card.show_figure(figure)
        self.limit.show_year(shown)
        self.months.show_months(shown.months)
        self.months.setVisible(bool(shown.months))
        self.pool.show_year(shown)
        self.deposits.show_year(shown)
        self.taken.show_year(shown)
        self.covers.show_year(shown)

    def _warn(self, shown: HsaYear) -> None:
        """What must be typed before the rest can be right, and what is near."""
        if shown.missing or shown.asks:
            said = " ".join(shown.asks) or f"The limits of {shown.year} are not known."
            self.asks.say(said, "warning", "Type them" if shown.missing else "", closable=False)
        else:
            self.asks.hide()
        if shown.unopened:
            self.opened.say(
                f"When was {shown.unopened[0].name} opened? An HSA pays only for care since that day.",
                "warning",
                "Enter the day",
                closable=False,
            )
        else:
            self.opened.hide()
        if shown.part_a:
            self.medicare.say(shown.part_a, "warning", closable=False)
        else:
            self.medicare.hide()

    # why -----------------------------------------------------------------------------

    @Slot()
    def _show_limit_why(self) -> None:
        from ui.dialogs.sentences_why import SentencesWhy

        shown = self._shown
        if shown is None:
            return
        if shown.room is None:
            headline = f"How much may go in for {shown.year} is not known."
        elif shown.room.excess:
            headline = f"{dollars(shown.room.excess)} more than the limit of {shown.year} went in."
        else:
            headline = f"{dollars(shown.room.left)} may still go in for {shown.year}."
        SentencesWhy("HSA limit", headline, words.limit_why(shown), self, remark=NO_ADVICE).open()

    @Slot()
    def _show_taken_why(self) -> None:
        from ui.dialogs.sentences_why import SentencesWhy

        shown = self._shown
        if shown is not None:
            groups = [group for item in shown.taken for group in words.taken_why(item)]
            groups.append(("Tax", shown.tax.why))
            total = sum(item.amount for item in shown.taken)
            headline = f"{dollars(total)} was taken out in {shown.year}."
            SentencesWhy("Distributions", headline, groups, self, remark=NO_ADVICE).open()

    @Slot(object)
    def _on_taken_why(self, row: TakenOut) -> None:
        from ui.dialogs.sentences_why import SentencesWhy

        headline = f"{dollars(row.qualified)} of {dollars(row.amount)} is free of tax."
        SentencesWhy("Distribution", headline, words.taken_why(row), self, remark=NO_ADVICE).open()

    # acting --------------------------------------------------------------------------

    @Slot()
    def _on_owner(self) -> None:
        self._person_id = int(self.owner.key())
        self.reload()

    @Slot()
    def _type_limits(self) -> None:
        from ui.dialogs.missing_limits import MissingLimitsDialog

        if self._shown is not None and self._shown.missing:
            MissingLimitsDialog(self.context, self, year=self._shown.year, names=self._shown.missing).open()

    @Slot()
    def _edit_account(self) -> None:
        from ui.dialogs.account_editor import AccountEditor

        if self._shown is not None and self._shown.unopened:
            AccountEditor(self.context, self, account=self._shown.unopened[0]).open()

    @Slot()
    def _split(self) -> None:
        from ui.dialogs.family_limit import FamilyLimitDialog

        shown = self._shown
        if shown is None or shown.spouse is None:
            return
        owner, spouse = shown.person, shown.spouse
        if owner.position:  # the share that is kept is that of the ledger's owner
            owner, spouse = spouse, owner
        FamilyLimitDialog(self.context, self, facts=shown.facts, owner=owner, spouse=spouse).open()

    def _add_account(self) -> None:
        from ui.dialogs.account_editor import AccountEditor

        editor = AccountEditor(self.context, self)
        editor.choose_kind(AccountKind.HSA)
        editor.open()

    def _add_distribution(self) -> None:
        from ui.dialogs.pay_out import record_payout

        record_payout(self.context, self, self._open_account().id or 0)

    def _open_account(self) -> Account:
        assert self._shown is not None
        accounts = self._shown.accounts
        return next((item for item in accounts if not item.closed), accounts[0])

    def _pay(self, prefill: Payment) -> None:
        from ui.dialogs.payment_editor import PaymentEditor

        PaymentEditor(self.context, self, prefill=prefill).open()

    def _edit_payment(self, payment_id: int) -> None:
        from ui.dialogs.payment_editor import PaymentEditor

        payments = self.context.services.payments
        self.context.load(
            self,
            lambda: payments.get(payment_id),
            lambda payment: PaymentEditor(self.context, self, payment=payment).open(),
        )

    @Slot(object)
    def _on_deposit(self, row: HsaMove) -> None:
        self._edit_payment(row.payment_id)

    @Slot(object)
    def _on_taken(self, row: TakenOut) -> None:
        self._edit_payment(row.payment_id)

    @Slot(object)
    def _on_tie(self, row: TakenOut) -> None:
        from ui.dialogs.repaid_editor import open_repaid

        if not paid_directly(row):
            open_repaid(self.context, self, row.payment_id)

    @Slot(list)
    def _on_remove(self, rows: list[HsaMove] | list[TakenOut]) -> None:
        payments, ids = self.context.services.payments, [row.payment_id for row in rows]
        self.context.commit(self, lambda: payments.remove(ids))
