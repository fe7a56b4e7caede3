"""Where the care of a year went: each dollar of it under one pocket, so that the whole adds up.

Three kinds of lines, none of which counts a dollar of another: what the member paid and what came back
of it; what plans paid straight to providers, by their EOBs; what bills still ask and nobody has paid.
DESIGN principle 3; rulebook 5.5.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from tracker.dates import Period
from tracker.domain.accounts.allocation import Allocated, Part, by_pocket
from tracker.domain.accounts.claimed_twice import Twice
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.verdict import Verdict
from tracker.facts import Bill, Claim
from tracker.facts.accounts import Pocket
from tracker.facts.claims import PaidTo
from tracker.facts.expenses import Expense
from tracker.money import Cents, dollars


class By(StrEnum):
    """Which day decides the year: that of the care, or that of the money."""

    CARE = "care"
    PAID = "paid"


class WentKind(StrEnum):
    """What a line is made of."""

    PAYMENT = "payment"
    CLAIM = "claim"
    BILL = "bill"


_PLACE = {kind: place for place, kind in enumerate(WentKind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class WentLine:
    """One expense, what plans paid for one piece of care, or what one bill still asks.

    `id` is that of the payment, claim or bill. `paid_on` is None for what nobody has paid. `expense` is
    what a payment's line is made of.
    """

    kind: WentKind
    id: int
    care_on: date
    paid_on: date | None
    payee: str
    person: str
    what: str
    allocated: Allocated
    expense: Expense | None = None
    twice: tuple[Twice, ...] = ()

    @property
    def key(self) -> int:
        """A number of its own among all lines."""
        return self.id * len(_PLACE) + _PLACE[self.kind]

    @property
    def amount(self) -> Cents:
        """Cents; what the provider gave back is off it."""
        return self.allocated.amount


@dataclass(frozen=True, kw_only=True)
class WhereItWent:
    """A year's lines, the latest care first. `twice` are all dollars that two pockets claim."""

    year: int
    by: By
    lines: tuple[WentLine, ...]
    twice: tuple[Twice, ...] = ()

    @cached_property
    def totals(self) -> Mapping[Pocket, Cents]:
        """What each pocket bore; pockets with nothing are there with 0."""
        return by_pocket(line.allocated for line in self.lines)

    @cached_property
    def open(self) -> Cents:
        """What bills ask and nobody has paid."""
        return sum(line.allocated.open for line in self.lines)

    @cached_property
    def whole(self) -> Cents:
        """All care, fees and premiums of the year: pockets and what is open together."""
        return sum(line.amount for line in self.lines)

    @cached_property
    def by_plans_directly(self) -> Cents:
        """What plans paid to providers and never passed through the member's hands."""
        return sum(line.amount for line in self.lines if line.kind is WentKind.CLAIM)

    def add_up(self) -> WhereItWent:
        """Work out the totals now, where that may take a moment, and not where they are shown."""
        for total in (self.whole, self.open, self.by_plans_directly, *self.totals.values()):
            assert total >= 0
        return self

    @property
    def sentence(self) -> str:
        """The year in one sentence."""
        of = self.totals
        plans = of[Pocket.INSURER] + of[Pocket.SECONDARY]
        untaxed = of[Pocket.FSA] + of[Pocket.HRA] + of[Pocket.HSA]
        own = of[Pocket.CASH] + of[Pocket.DEDUCTION]
        parts = [
            f"plans bore {dollars(plans)}" if plans else "",
            f"untaxed accounts {dollars(untaxed)}" if untaxed else "",
            f"you {dollars(own)}",
        ]
        said = [part for part in parts if part]
        whole = f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else said[0]
        rest = f". {dollars(self.open)} is open" if self.open else ""
        return f"{self.year} came to {dollars(self.whole)}: {whole}{rest}."


def line_of_payment(expense: Expense, allocated: Allocated, twice: tuple[Twice, ...] = ()) -> WentLine:
    """The line of an expense."""
    return WentLine(
        kind=WentKind.PAYMENT,
        id=expense.id,
        care_on=expense.incurred_on or expense.paid_on,
        paid_on=expense.paid_on,
        payee=expense.payee,
        person=expense.person,
        what=expense.description,
        allocated=allocated,
        expense=expense,
        twice=twice,
    )


def lines_of_papers(papers: Papers, within: Period, by: By) -> Iterator[WentLine]:
    """What plans paid straight to providers, and what bills still ask, of a time."""
    people = {person.id: person.name for person in papers.people}
    yield from _of_claims(papers, people, within, by)
    for bill in papers.bills:
        line = _of_bill(bill, papers, people, by)
        if line is not None and line[0] in within:
            yield line[1]


def in_order(lines: Iterable[WentLine]) -> tuple[WentLine, ...]:
    """The latest care first."""
    return tuple(sorted(lines, key=lambda line: (line.care_on, line.key), reverse=True))


def still_open(found: Verdict) -> Cents:
    """What a bill asks and nobody has paid: by its EOBs where there are any, else by the bill."""
    if found.owed is None and not found.pay:
        return max(0, found.asked)
    return found.pay


def day_of_claim(claim: Claim, by: By) -> date:
    """The day of the care, or the day on which the plan decided to pay."""
    return (claim.processed_on or claim.service_from) if by is By.PAID else claim.service_from


# ours -------------------------------------------------------------------------------------------


def _of_claims(
    papers: Papers, people: Mapping[int | None, str], within: Period, by: By
) -> Iterator[WentLine]:
    ranks = {plan.id: plan.coordination.rank or 1 for plan in papers.plans}
    care = Counter(_care(claim) for claim in papers.in_force)
    for claim in papers.in_force:
        if day_of_claim(claim, by) not in within or claim.paid_to is not PaidTo.PROVIDER:
            continue
        parts = plan_parts(claim, second=ranks.get(claim.plan_id, 1) > 1, alone=care[_care(claim)] == 1)
        if not parts:
            continue
        provider = papers.providers.get(claim.provider_id)
        yield WentLine(
            kind=WentKind.CLAIM,
            id=claim.id or 0,
            care_on=claim.service_from,
            paid_on=claim.processed_on,
            payee=provider.name if provider else "",
            person=people.get(claim.person_id, ""),
            what=claim.description or next((line.description for line in claim.lines), ""),
            allocated=Allocated(
                expense_id=claim.id or 0, amount=sum(part.amount for part in parts), parts=parts
            ),
        )


def plan_parts(claim: Claim, *, second: bool, alone: bool) -> tuple[Part, ...]:
    """What plans paid by one EOB.

    What another plan paid counts only where that plan's own EOB is not here (`alone`).
    """
    own, other = Pocket.INSURER, Pocket.SECONDARY
    if second:
        own, other = other, own
    source = f"EOB {claim.eob_number or claim.claim_number}".strip()
    paid = {own: claim.plan_paid or 0, other: (claim.other_paid or 0) if alone else 0}
    return tuple(
        Part(pocket=pocket, amount=paid[pocket], on=claim.processed_on, source=source)
        for pocket in (Pocket.INSURER, Pocket.SECONDARY)
        if paid[pocket] > 0
    )


def _care(claim: Claim) -> tuple[int, int, date]:
    return claim.person_id, claim.provider_id, claim.service_from


def _of_bill(
    bill: Bill, papers: Papers, people: Mapping[int | None, str], by: By
) -> tuple[date, WentLine] | None:
    left = still_open(papers.verdicts[bill.id or 0])
    if left <= 0:
        return None
    newest = bill.newest
    day = newest.stated_on if newest is not None and by is By.PAID else bill.service_from
    provider = papers.providers.get(bill.provider_id)
    return day, WentLine(
        kind=WentKind.BILL,
        id=bill.id or 0,
        care_on=bill.service_from,
        paid_on=None,
        payee=provider.name if provider else "",
        person=people.get(bill.person_id, ""),
        what=bill.description,
        allocated=Allocated(expense_id=bill.id or 0, amount=left),
    )
