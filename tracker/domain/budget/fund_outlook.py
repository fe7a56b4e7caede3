"""Whether a sinking fund will hold enough on the day its money is needed (rulebook 7.3).

It is underfunded when what is there and the deposits still to come do not reach the target: because a
deposit was missed, because the day came nearer, because the bill grew, or because nothing goes in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.dates import day_text
from tracker.domain.budget.sinking_fund import FundPlan, deposit_days, fund_plan
from tracker.money import Cents, dollars

Deposits = tuple[tuple[date, Cents], ...]
"""Days and amounts, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundOutlook:
    """A sinking fund as of today.

    `coming` are the deposits proposed until the day, `missed` those proposed before today and not made.
    `short` is what will be missing on the day. `equal` are equal deposits that would reach the target;
    None where no deposit day is left.
    """

    target: Cents
    balance: Cents
    due_on: date
    coming: Deposits
    missed: Deposits
    short: Cents
    equal: FundPlan | None
    why: tuple[str, ...]

    @property
    def missing(self) -> Cents:
        return max(0, self.target - self.balance)

    @property
    def monthly(self) -> Cents:
        """The first, and largest, equal deposit; 0 where nothing is missing or no day is left."""
        return self.equal.monthly if self.equal else 0


def fund_outlook(
    target: Cents,
    balance: Cents,
    due_on: date,
    *,
    coming: Sequence[tuple[date, Cents]],
    missed: Sequence[tuple[date, Cents]] = (),
    today: date,
) -> FundOutlook:
    """Where a fund is heading. `coming` and `missed` are of its recurring deposits, in order of day.

    Deposits after the day do not help. Equal deposits fall on the days of those to come, or on the
    first of each month where none is set up.
    """
    ahead = tuple((day, amount) for day, amount in coming if day <= due_on)
    planned = sum(amount for _, amount in ahead)
    missing = max(0, target - balance)
    short = max(0, missing - planned)
    days = tuple(dict.fromkeys(day for day, _ in ahead)) or deposit_days(today, due_on)
    equal = fund_plan(target, balance, days, due_on=due_on) if days or not missing else None
    found = FundOutlook(
        target=target,
        balance=balance,
        due_on=due_on,
        coming=ahead,
        missed=tuple(missed) if missing else (),
        short=short,
        equal=equal,
        why=(),
    )
    return replace(found, why=_why(found, today))


def _why(found: FundOutlook, today: date) -> tuple[str, ...]:
    if not found.missing:
        return (f"It holds {dollars(found.balance)}, which reaches {dollars(found.target)}.",)
    said = [f"{dollars(found.target)} less {dollars(found.balance)} leaves {dollars(found.missing)}."]
    said += [
        f"The deposit of {dollars(amount)} of {day_text(day)} was not made." for day, amount in found.missed
    ]
    planned = sum(amount for _, amount in found.coming)
    if found.due_on < today:
        said.append(f"The money was needed on {day_text(found.due_on)}.")
    elif not found.coming:
        said.append(f"No deposit is set up until {day_text(found.due_on)}.")
    else:
        count = "1 deposit" if len(found.coming) == 1 else f"{len(found.coming)} deposits"
        said.append(f"{count} until {day_text(found.due_on)} bring {dollars(planned)}.")
    if found.short and found.equal is None:
        said.append(f"No deposit day is left: put {dollars(found.missing)} in at once.")
    elif found.short and found.equal is not None and not found.coming:
        left = len(found.equal.deposits)
        takes = "One deposit" if left == 1 else f"{left} deposits"
        said.append(f"{takes} of {dollars(found.monthly)} would reach it.")
    elif found.short and found.equal is not None:
        left = len(found.equal.deposits)
        each = "The one deposit left has" if left == 1 else f"Each of the {left} deposits left has"
        said.append(f"{each} to be {dollars(found.monthly)}.")
    return tuple(said)
