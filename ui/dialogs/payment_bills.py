"""Which bills a payment goes to, and how much of it to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.dates import day_text
from tracker.domain.claims.verdict import still_asked
from tracker.errors import UserProblem
from tracker.facts import Bill, BillShare, Payment
from tracker.money import Cents, dollars
from tracker.services.bundle import Services
from ui.dialogs.so_far import cents_so_far
from ui.models.coverage_words import short
from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit

FIELD = "bills"
"""What the service calls this part of a payment when it complains."""

_MOST = 12


@dataclass(frozen=True, slots=True)
class PayableBill:
    """A bill, what it still asks without the payment at hand, and what other payments paid of it."""

    bill: Bill
    asked: Cents
    paid: Cents

    @property
    def text(self) -> str:
        """The bill as it is listed: its newest statement, the care, what it asks."""
        newest = self.bill.newest
        parts = [
            f"Bill of {day_text(newest.stated_on)}" if newest else "Bill",
            short(self.bill.description, 30) or f"care of {day_text(self.bill.service_from)}",
            f"asks {dollars(self.asked)}" if self.asked > 0 else f"{dollars(self.paid)} paid",
        ]
        return ", ".join(parts)


def payable(
    services: Services, provider_id: int | None, *, own: Payment, refund: bool
) -> list[PayableBill]:
    """The bills of a provider that a payment can go to, the latest care first.

    Those that still ask for something, or for a refund those on which something was paid; and always
    those the payment is for already.
    """
    held = {share.bill_id for share in own.bills}
    bills = [one for one in services.care.bills() if one.provider_id == provider_id or one.id in held]
    if not bills:
        return []
    paid = services.care.paid()
    found = []
    for bill in bills:
        others = [(payment, part) for payment, part in paid.get(bill.id or 0, ()) if payment.id != own.id]
        item = PayableBill(bill, still_asked(bill, others), sum(part for _, part in others))
        if bill.id in held or (item.paid > 0 if refund else item.asked > 0):
            found.append(item)
    # What the payment is for stays, however many others there are.
    return sorted(found, key=lambda item: item.bill.id not in held)[:_MOST]


def begun_from_bill(services: Services, start: Payment) -> Payment:
    """A payment proposed for bills, with payee, person and amount of the bills where it names none."""
    if not start.bills or start.id is not None:
        return start
    try:
        bill = services.care.bill(start.bills[0].bill_id)
    except UserProblem:  # removed meanwhile
        return replace(start, bills=())
    return replace(
        start,
        amount=start.amount or sum(share.amount for share in start.bills),
        provider_id=start.provider_id or bill.provider_id,
        person_id=start.person_id or bill.person_id,
        note=start.note or bill.description,
    )


def bill_sentence(services: Services, start: Payment) -> str:
    """`For the bill of Harbor Imaging, $215.00.`, empty for a payment that is for no bill."""
    if not start.bills:
        return ""
    share = start.bills[0]
    try:
        bill = services.care.bill(share.bill_id)
    except UserProblem:
        return ""
    names = {one.id: one.name for one in services.people.providers()}
    given = dollars(sum(abs(one.amount) for one in start.bills))
    if len(start.bills) > 1:
        return f"For {len(start.bills)} bills of {short(names.get(bill.provider_id, ''), 60)}, {given}."
    way = "Back from" if share.amount < 0 else "For"
    return f"{way} the bill of {short(names.get(bill.provider_id, ''), 60)}, {given}."


class PaymentBills(QWidget):
    """A row for each bill with the part that goes to it. Amounts here are positive; `shares` gives them
    the sign of the payment. `edited` comes from the person only.
    """

    edited = Signal()
    resized = Signal()
    complained = Signal(str)

    def __init__(self, start: Payment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = start.bills
        self._whole: Cents | None = abs(start.amount) or None
        self._items: list[PayableBill] = []
        self.edits: dict[int, MoneyEdit] = {}
        self.touched = False
        self._loaded = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.remainder = Label("", "caption", wrap=True)
        foot = QHBoxLayout()
        foot.addWidget(self.remainder, 1)
        whole.addWidget(self._rows)
        whole.addLayout(foot)

    # asking -------------------------------------------------------------------------

    @property
    def any(self) -> bool:
        """Whether there is a bill to choose."""
        return bool(self._items)

    def shares(self, amount: Cents) -> tuple[BillShare, ...]:
        """The parts of a payment of this amount (negative for a refund).

        Raises UserProblem for a part that cannot be read and for parts above the payment.
        """
        sign = 1 if amount > 0 else -1
        if not self._loaded:
            return tuple(replace(share, amount=sign * abs(share.amount)) for share in self._kept)
        parts = {number: edit.cents_or_none() or 0 for number, edit in self.edits.items()}
        if any(part < 0 for part in parts.values()):
            raise UserProblem(
                "A part for a bill has no minus.",
                "Choose Refund above for money that came back.",
                field=FIELD,
            )
        given = sum(parts.values())
        if given > abs(amount):
            raise UserProblem(
                f"The parts for bills add to {dollars(given)}; the payment is {dollars(abs(amount))}.",
                "Make the parts smaller.",
                field=FIELD,
            )
        return tuple(BillShare(bill_id=n, amount=sign * part) for n, part in parts.items() if part)

    # showing ------------------------------------------------------------------------

    def show_bills(self, items: Sequence[PayableBill]) -> None:
        """Show these bills; parts that were typed, or are in the ledger, stay with theirs."""
        before = {number: edit.text() for number, edit in self.edits.items()}
        if not self._loaded:
            before = {share.bill_id: dollars(abs(share.amount)).replace("$", "") for share in self._kept}
        self._loaded = True
        self._items = list(items)
        self._clear()
        for place, item in enumerate(items):
            self._add_row(place, item, before.get(item.bill.id or 0, ""))
        self._say_remainder()
        self.resized.emit()

    def set_whole(self, amount: Cents | None) -> None:
        """The payment's amount while it is typed; a bill that had all of it keeps all of it."""
        before, self._whole = self._whole, amount
        if not self.touched and amount and before:
            for edit in self.edits.values():
                if cents_so_far(edit) == before:
                    edit.set_cents(amount)
        self._say_remainder()

    def propose(self, shares: Sequence[BillShare]) -> None:
        """Parts that follow from something else, until the person types their own."""
        if self.touched:
            return
        wanted = {share.bill_id: abs(share.amount) for share in shares}
        for number, edit in self.edits.items():
            edit.set_cents(wanted.get(number))
        self._say_remainder()

    # ours ---------------------------------------------------------------------------

    def _add_row(self, place: int, item: PayableBill, text: str) -> None:
        number = item.bill.id or 0
        label = Label(item.text, wrap=True)
        label.setToolTip(item.bill.description)
        edit = MoneyEdit()
        edit.setText(text)
        edit.setObjectName(FIELD)
        edit.setAccessibleName(f"Part for the {item.text[0].lower()}{item.text[1:]}")
        edit.setFixedWidth(theme().px(142))
        label.setBuddy(edit)
        rest = LinkButton("The rest")
        rest.setAccessibleName(f"The rest of the payment for the {item.text[0].lower()}{item.text[1:]}")
        rest.setProperty("bill", number)
        rest.clicked.connect(self._on_rest)
        self._grid.addWidget(label, place, 0)
        self._grid.addWidget(edit, place, 1)
        self._grid.addWidget(rest, place, 2)
        edit.edited.connect(self._on_edited)
        edit.complained.connect(self.complained)
        self.edits[number] = edit
        if place == 0:
            self.setFocusProxy(edit)

    def _clear(self) -> None:
        while (taken := self._grid.takeAt(0)) is not None:
            old = taken.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.edits = {}

    def _left(self) -> Cents | None:
        if self._whole is None:
            return None
        return self._whole - sum(cents_so_far(edit) or 0 for edit in self.edits.values())

    def _say_remainder(self) -> None:
        left, tone = self._left(), ""
        given = any(cents_so_far(edit) for edit in self.edits.values())
        if left is None or not given:
            words = "Type what of it goes to a bill." if self._whole else ""
        elif left < 0:
            words, tone = f"{dollars(-left)} more than the payment of {dollars(self._whole or 0)}", "bad"
        elif left:
            words = f"{dollars(left)} of {dollars(self._whole or 0)} is for no bill."
        else:
            words = f"All of {dollars(self._whole or 0)} is for a bill."
        self.remainder.setText(words)
        self.remainder.setVisible(bool(words))
        self.remainder.set_tone(tone)

    @Slot()
    def _on_edited(self) -> None:
        self.touched = True
        self.complained.emit("")
        self._say_remainder()
        self.edited.emit()

    @Slot()
    def _on_rest(self) -> None:
        """Give a bill what the others leave of the payment."""
        number = int(self.sender().property("bill"))
        edit = self.edits[number]
        edit.set_cents(None)
        left = self._left()
        if left and left > 0:
            edit.set_cents(left)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_edited()
