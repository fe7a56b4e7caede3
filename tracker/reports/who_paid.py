"""Who bore the care of a budget year: the pockets of *Where it went*, and what nobody paid.

One truth with Accounts: the same lines by the day money moved, so a dollar that an HSA paid back later
is the HSA's and no longer yours (rulebook 5.5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.facts import AccountKind
from tracker.facts.accounts import Pocket
from tracker.facts.expenses import PAID_FROM
from tracker.money import Cents, dollars
from tracker.reports.where_it_went import WentLine

FUNDS = (AccountKind.CONTINGENCY, AccountKind.SINKING)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoPaid:
    """Where the money for care, fees and premiums came from, and what nobody paid; all in cents.

    `you` is your own money from bank, card or an account not named; `fund` what contingency and sinking
    funds paid. `plan` is what plans paid, to providers or back to you. `written_off` is what in-network
    providers billed above the allowed amount. `loose` are refunds tied to no payment: they are taken off
    whose account they came into. `open` is what bills still ask; nobody has paid it, so it is in no sum.
    """

    you: Cents = 0
    hsa: Cents = 0
    fsa: Cents = 0
    hra: Cents = 0
    fund: Cents = 0
    plan: Cents = 0
    written_off: Cents = 0
    loose: Cents = 0
    open: Cents = 0

    @property
    def paid(self) -> Cents:
        """What anybody paid."""
        return self.you + self.hsa + self.fsa + self.hra + self.fund + self.plan

    @property
    def total(self) -> Cents:
        return self.paid + self.written_off

    @property
    def sources(self) -> tuple[tuple[str, str, Cents], ...]:
        """Who, what is in it, and how much; without those who bore nothing."""
        yours = "premiums and membership fees included"
        if self.loose:
            yours += f"; less {dollars(self.loose)} of refunds tied to no payment"
        rows = (
            ("You, from bank and card", yours, self.you),
            ("Your HSA", "", self.hsa),
            ("Your FSA", "", self.fsa),
            ("Your HRA", "", self.hra),
            ("Your funds", "", self.fund),
            ("Your plan", "", self.plan),
            ("Written off", "billed above what the plan allows, in network", self.written_off),
        )
        return tuple(item for item in rows if item[2])


def who_paid(
    lines: Iterable[WentLine],
    *,
    by_funds: Mapping[int, Cents],
    loose: Mapping[AccountKind | None, Cents],
    written_off: Cents,
) -> WhoPaid:
    """Add up the lines of a year.

    `by_funds` is what funds paid back of an expense, by its id; `loose` refunds tied to no payment by the
    kind of account they came into.
    """
    sums = dict.fromkeys(Pocket, 0)
    fund = still_open = 0
    for line in lines:
        still_open += line.allocated.open
        for part in line.allocated.parts:
            sums[part.pocket] += part.amount
        if line.expense is not None:
            own = line.allocated.of(Pocket.CASH) + line.allocated.of(Pocket.DEDUCTION)
            is_fund = line.expense.account_kind in FUNDS
            fund += own if is_fund else min(own, by_funds.get(line.id, 0))
    yours = sums[Pocket.CASH] + sums[Pocket.DEDUCTION] - fund
    for kind, amount in loose.items():
        pocket = PAID_FROM.get(kind) if kind else None
        if kind in FUNDS:
            fund -= amount
        elif pocket is not None:
            sums[pocket] -= amount
        else:
            yours -= amount
    return WhoPaid(
        you=yours,
        hsa=sums[Pocket.HSA],
        fsa=sums[Pocket.FSA],
        hra=sums[Pocket.HRA],
        fund=fund,
        plan=sums[Pocket.INSURER] + sums[Pocket.SECONDARY],
        written_off=written_off,
        loose=sum(loose.values()),
        open=still_open,
    )
