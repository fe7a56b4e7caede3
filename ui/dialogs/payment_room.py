"""How much may still go into an HSA, said where a contribution to it is typed (rulebook 5.1)."""

from __future__ import annotations

from tracker.facts import AccountKind, MoneySource, Payment
from tracker.money import Cents, dollars
from tracker.services.hsa_room import HsaRoom, hsa_rooms
from ui.context import Context
from ui.dialogs.payment_fields import TRANSFER, PaymentFields, chosen
from ui.dialogs.so_far import day_so_far
from ui.widgets.form import Form

_COUNTS = (MoneySource.OWN, MoneySource.PAYROLL, MoneySource.EMPLOYER)


class RoomHint:
    """The room of the tax year, read beside the window once for a year; too much is said and allowed,
    because money that went in did go in.
    """

    def __init__(self, context: Context, form: Form, fields: PaymentFields, start: Payment) -> None:
        self._context = context
        self._form = form
        self._fields = fields
        self._start = start
        self._owner_of = {
            item.id: item.person_id or (fields.home.people[0].id if fields.home.people else None)
            for item in fields.home.accounts
            if item.kind is AccountKind.HSA
        }
        self._rooms: dict[tuple[int | None, int], HsaRoom] = {}
        self._asked: set[int] = set()

    def show(self) -> None:
        """Follow the account, the source, the year and the amount as they are now."""
        fields = self._fields
        to = chosen(fields.to_account) if fields.kind.key() == TRANSFER else None
        paid_on = day_so_far(fields.paid_on, self._context.today)
        text, tone = "", ""
        if to in self._owner_of and paid_on is not None and fields.hsa.chosen_source() in _COUNTS:
            year = fields.hsa.chosen_year(paid_on) or paid_on.year
            self._read(year)
            room = self._rooms.get((self._owner_of[to], year))
            if room is not None:
                text, tone = room_words(room, fields.positive_amount() or 0, self._before(room))
        self._form.field("tax_year").set_hint(text, tone)

    def _read(self, year: int) -> None:
        if year in self._asked:
            return
        self._asked.add(year)
        services = self._context.services

        def keep(found: list[HsaRoom]) -> None:
            self._rooms.update({(item.person.id, item.year): item for item in found})
            self.show()

        self._context.load(self._form, lambda: hsa_rooms(services, (year,)), keep)

    def _before(self, room: HsaRoom) -> Cents:
        """What the payment that is being changed has in the room already."""
        start = self._start
        if start.id is None or start.to_account_id is None:
            return 0
        same = self._owner_of.get(start.to_account_id) == room.person.id
        year = start.tax_year or start.paid_on.year
        return start.amount if same and year == room.year and start.source in (None, *_COUNTS) else 0


def room_words(room: HsaRoom, amount: Cents, before: Cents = 0) -> tuple[str, str]:
    """The sentence and its tone for an amount; `before` is what of it is counted already."""
    if room.limit is None:
        return f"The limit of {room.year} is not known here; type it under Accounts, Taxes.", ""
    left = room.limit.limit - (room.contributed - before)
    if amount > max(0, left):
        over = dollars(amount - max(0, left))
        only = f"only {dollars(left)} may still go in" if left > 0 else "nothing more may go in"
        return f"{over} above the limit of {room.year}: {only}.", "warning"
    return f"{dollars(max(0, left))} may still go in for {room.year}.", ""
