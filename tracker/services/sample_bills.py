"""The sample's bills, from its tables to facts without ids, and which payment went to which of them.

Nothing is in the ledger before its day: a bill has the statements that have come, and is closed once
the day of that has come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tracker.facts import Bill, BillShare, Claim, Statement, StatementLine
from tracker.money import Cents
from tracker.services.sample_tables import (
    Table,
    cents,
    cents_or_none,
    day_in,
    day_or_none,
    rows,
    toml,
)


@dataclass(frozen=True, slots=True)
class BillDraft:
    """A bill with its provider's name. `eob` is the number of the EOB that it is for, empty without
    one; `unlinked` are the numbers of those that it is not for."""

    key: str
    bill: Bill
    provider: str
    eob: str
    unlinked: tuple[str, ...]


class BillTable:
    """All bills of the sample's tables: the plain ones, and those that say more.

    `eobs` are the claims in the ledger by number with the names of their providers; a bill for one takes
    patient, day and service from it.
    """

    def __init__(
        self,
        year: int,
        today: date,
        person_ids: Mapping[str, int],
        eobs: Mapping[str, tuple[Claim, str]],
    ) -> None:
        self._year = year
        self._today = today
        self._people = person_ids
        self._eobs = eobs
        self._special: list[Table] = toml("bills.toml")["bill"]

    def drafts(self) -> Iterator[BillDraft]:
        """The bills of which a statement has come."""
        for item in (*map(_as_table, rows("bills.csv")), *self._special):
            statements = tuple(self._statements(item))
            known = item.get("eob", "") in self._eobs or "provider" in item
            if statements and known:
                yield self._draft(item, statements)

    def _draft(self, item: Table, statements: tuple[Statement, ...]) -> BillDraft:
        eob = item.get("eob", "")
        claim, provider = self._eobs.get(eob, (None, item.get("provider", "")))
        if claim is not None:
            bill = _of_claim(claim, statements)
        else:
            bill = Bill(
                provider_id=0,
                person_id=self._people[item["person"]],
                service_from=day_in(self._year, item["service"]),
                description=item["description"],
                category=item["category"],
                statements=statements,
            )
        closed = day_or_none(self._year, item.get("closed", ""))
        hold = day_or_none(self._year, item.get("hold", ""))
        bill = replace(
            bill,
            account_number=item.get("account", ""),
            self_pay=item.get("self_pay", False),
            estimate=cents_or_none(item.get("estimate", "")),
            estimate_on=day_or_none(self._year, item.get("estimate_on", "")),
            hold_requested_on=hold if hold and hold <= self._today else None,
            closed=closed is not None and closed <= self._today,
            note=item.get("note", "") if closed is None or closed <= self._today else "",
        )
        unlinked = tuple(number for number in item.get("not_eobs", ()) if number in self._eobs)
        return BillDraft(item["key"], bill, provider, eob, unlinked)

    def _statements(self, item: Table) -> Iterator[Statement]:
        for each in item["statements"]:
            day = day_in(self._year, each["on"])
            if day > self._today:
                continue
            yield Statement(
                stated_on=day,
                due_on=day_or_none(self._year, each.get("due", "")),
                amount=cents(each["asks"]),
                charges=cents_or_none(each.get("charges", "")),
                plan_paid=cents_or_none(each.get("plan_paid", "")),
                discount=cents_or_none(each.get("discount", "")),
                paid_by_you=cents_or_none(each.get("paid_by_you", "")),
                threatens=each.get("threatens", False),
                lines=tuple(
                    StatementLine(
                        description=line["description"], code=line["code"], amount=cents(line["amount"])
                    )
                    for line in each.get("lines", ())
                ),
            )


def _as_table(row: dict[str, str]) -> Table:
    """A plain bill, in the form of those that say more; its EOB's number is its key."""
    statement = {
        "on": row["stated"],
        "due": row["due"],
        "asks": row["asks"],
        "paid_by_you": row["credited"],
    }
    return {"key": row["eob"], "eob": row["eob"], "account": row["account"], "statements": [statement]}


def _of_claim(claim: Claim, statements: tuple[Statement, ...]) -> Bill:
    """A bill for an EOB; a statement that does not say what was charged charges what the EOB has."""
    return Bill(
        provider_id=0,
        person_id=claim.person_id,
        service_from=claim.service_from,
        description=claim.description,
        category=claim.category,
        statements=tuple(
            item if item.charges is not None else replace(item, charges=claim.billed) for item in statements
        ),
    )


class PaidToward:
    """Which bill a payment went to: one for an EOB goes to the EOB's bill, others by their key."""

    def __init__(self, drafts: Iterable[BillDraft], bill_ids: Mapping[str, int]) -> None:
        self._by_eob = {draft.eob: bill_ids[draft.key] for draft in drafts if draft.eob}
        self._by_payment: dict[str, list[tuple[int, Cents | None]]] = {}
        for item in toml("bills.toml")["bill"]:
            for part in item.get("paid", ()):
                if item["key"] in bill_ids:
                    share = (bill_ids[item["key"]], cents_or_none(part.get("amount", "")))
                    self._by_payment.setdefault(part["payment"], []).append(share)

    def of_eob(self, number: str, amount: Cents) -> tuple[BillShare, ...]:
        bill_id = self._by_eob.get(number)
        return (BillShare(bill_id=bill_id, amount=amount),) if bill_id is not None else ()

    def of_payment(self, key: str, amount: Cents) -> tuple[BillShare, ...]:
        return tuple(
            BillShare(bill_id=bill_id, amount=amount if part is None else part)
            for bill_id, part in self._by_payment.get(key, ())
        )
