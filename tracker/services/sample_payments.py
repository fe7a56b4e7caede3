"""What the sample's household paid: dues, the old spreadsheet's sums, EOBs, the pharmacy, refunds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.dates import Period, add_months
from tracker.domain.recurring import due_days
from tracker.facts import Allocation, Payment, Recurring, Role
from tracker.services import sample_tables as tables
from tracker.services.bundle import Services
from tracker.services.sample_bills import PaidToward
from tracker.services.sample_tables import cents, day_in

LEFT_OPEN_DAYS = 14
"""A due of the last two weeks may wait to be recorded; an older one would look neglected."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A payment with its payee's name, and the key by which refunds and documents find it."""

    payment: Payment
    payee: str
    key: str = ""


class SamplePayments:
    """Adds what was paid by today. `people` are ids by first name, `accounts` by key; `left_open` are
    the labels of dues of which a recent one waits to be recorded."""

    def __init__(
        self,
        services: Services,
        year: int,
        today: date,
        *,
        accounts: Mapping[str, int],
        people: Mapping[str, int],
        category_of: Mapping[Role, int],
        paid_toward: PaidToward,
        left_open: Collection[str],
    ) -> None:
        self._to = services
        self._year = year
        self._today = today
        self._accounts = accounts
        self._people = people
        self._category_of = dict(category_of)
        self._paid_toward = paid_toward
        self._left_open = left_open
        self._payment_ids: dict[str, int] = {}

    def add(self) -> dict[str, int]:
        """Add everything but what comes later than today; the payments that have a key, by it."""
        self._add_expenses()
        self._add_refunds()
        return self._payment_ids

    def _add_expenses(self) -> None:
        """Everything paid up to today but refunds, as one change, in order of day."""
        drafts = [*self._recurring_payments(), *self._totals_of_the_year_before()]
        drafts += self._payments_toward_eobs()
        drafts += [self._draft_of(row) for row in tables.rows("payments.csv") if not row["repays"]]
        made = sorted(
            (draft for draft in drafts if draft.payment.paid_on <= self._today),
            key=lambda draft: draft.payment.paid_on,
        )
        if not made:
            return
        self._to.payments.add_many([(draft.payment, draft.payee) for draft in made])
        # They were added in the order of their days, in which the ids come back.
        ids = self._to.payments.ids(descending=False).ids
        for draft, payment_id in zip(made, ids, strict=True):
            if draft.key:
                self._payment_ids[draft.key] = payment_id

    def _add_refunds(self) -> None:
        for row in tables.rows("payments.csv"):
            repaid = self._payment_ids.get(row["repays"])
            if repaid is not None and day_in(self._year, row["paid"]) <= self._today:
                draft = self._draft_of(row, repays_id=repaid)
                self._to.payments.save(draft.payment, payee=draft.payee)

    def _draft_of(self, row: dict[str, str], *, repays_id: int | None = None) -> _Draft:
        amount = cents(row["amount"])
        payment = Payment(
            paid_on=day_in(self._year, row["paid"]),
            amount=amount,
            person_id=self._people.get(row["person"]),
            account_id=self._accounts.get(row["account"]),
            to_account_id=self._accounts.get(row["to_account"]),
            repays_id=repays_id,
            note=row["note"],
            allocations=tables.shares(row["lines"], amount, self._category_of),
            bills=self._paid_toward.of_payment(row["key"], amount),
        )
        return _Draft(payment, row["payee"], row["key"])

    def _recurring_payments(self) -> list[_Draft]:
        names = {found.id: found.name for found in self._to.people.providers()}
        until = min(self._today, date(self._year, 12, 31))
        if until < date(self._year - 1, 1, 1):
            return []
        period = Period(date(self._year - 1, 1, 1), until + timedelta(days=1))
        drafts = []
        for item in self._to.recurring.all():
            dues = due_days(item, period)
            if item.label in self._left_open and dues and (self._today - dues[-1]).days <= LEFT_OPEN_DAYS:
                dues.pop()
            payee = names.get(item.provider_id, "")
            drafts += [_Draft(_settled(item, due), payee) for due in dues]
        return drafts

    def _totals_of_the_year_before(self) -> list[_Draft]:
        """One payment a month with the sums an old spreadsheet held, split over the budget lines."""
        drafts = []
        for row in tables.rows("year_before.csv"):
            month = date(self._year - 1, int(row.pop("month")), 1)
            parts = tuple(
                Allocation(category_id=self._category_of[Role(role)], amount=cents(text))
                for role, text in row.items()
                if text
            )
            payment = Payment(
                paid_on=add_months(month, 1) - timedelta(days=1),
                amount=sum(part.amount for part in parts),
                note="The month's sums from the old spreadsheet",
                allocations=parts,
            )
            drafts.append(_Draft(payment, "Care before this ledger"))
        return drafts

    def _payments_toward_eobs(self) -> list[_Draft]:
        """What was paid toward the EOBs, each part tied to the EOB's bill."""
        drafts = []
        for row in tables.rows("eobs.csv"):
            for part in tables.instalments(row, self._year, self._category_of):
                payment = Payment(
                    paid_on=part.paid_on,
                    amount=part.amount,
                    person_id=self._people[row["person"]],
                    account_id=self._accounts[part.account],
                    note=row["description"],
                    allocations=part.allocations,
                    bills=self._paid_toward.of_eob(row["number"], part.amount),
                )
                drafts.append(_Draft(payment, row["provider"]))
        return drafts


def _settled(item: Recurring, due: date) -> Payment:
    """The payment of a due on its day."""
    assert item.category_id is not None
    return Payment(
        paid_on=due,
        amount=item.amount,
        provider_id=item.provider_id,
        person_id=item.person_id,
        account_id=item.account_id,
        to_account_id=item.to_account_id,
        recurring_id=item.id,
        due_on=due,
        note=item.label,
        allocations=(Allocation(category_id=item.category_id, amount=item.amount),),
    )
