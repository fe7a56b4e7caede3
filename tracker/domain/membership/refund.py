"""What comes back when a membership ends early, and what leaving costs (rulebook 6.3).

Terms are half open: the cancel date is the first day that is no longer covered. Amounts are rounded
half up to the cent; a refund is never negative and never more than was paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.dates import Period, add_months, day_text, first_of
from tracker.errors import UserProblem
from tracker.facts.membership import RefundKind as RefundKind
from tracker.money import Cents, dollars

CHECK_STATE = (
    "Check your state: laws on direct primary care often ask for a written agreement, a right to leave "
    "with about 30 days' notice, and a refund of fees not yet earned (Florida s. 624.27, Washington RCW "
    "48.150)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRule:
    """The refund clause. `claw_back` takes off the list price of services used.

    A trial period counts from `began_on`, the agreement's first day; without it from the first fee's.
    """

    kind: RefundKind
    claw_back: bool = False
    cancellation_fee: Cents = 0
    trial_days: int = 0
    notice_days: int = 0
    to_month_end: bool = False
    began_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeePaid:
    """A fee that was paid and the term it pays for."""

    amount: Cents
    term: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """What comes back, and how. `exit_cost` = paid - refund - value of the days used."""

    paid: Cents
    unused: Cents
    used_value: Cents
    refund: Cents
    why: tuple[str, ...]

    @property
    def exit_cost(self) -> Cents:
        """What is lost by leaving: paid for days to come and not given back. Below zero where even
        days that were used come back, as in a trial period.
        """
        return self.paid - self.refund - self.used_value


def effective_day(rule: RefundRule, notice_on: date) -> date:
    """The first day no longer covered when notice is given on a day.

    Where the contract runs to the end of a month, it is the first of the month after the last
    covered day.
    """
    day = notice_on + timedelta(days=rule.notice_days)
    if rule.to_month_end:
        day = add_months(first_of(day - timedelta(days=1)), 1)
    return day


def last_notice_day(rule: RefundRule, leave_on: date) -> date:
    """The last day on which notice still ends the agreement by a day (or the end of a month before it)."""
    target = first_of(leave_on) if rule.to_month_end else leave_on
    return target - timedelta(days=rule.notice_days)


def refund(
    rule: RefundRule, fees: Sequence[FeePaid], cancel_on: date, *, services_used: Cents = 0
) -> Refund:
    """What comes back of fees paid, for an agreement that ends on a day (`effective_day` of a notice).

    `services_used` is the list price of what was used, for a rule with claw-back. Raises UserProblem
    for fees, used services or a cancellation fee below zero.
    """
    if min([rule.cancellation_fee, services_used, *(fee.amount for fee in fees)]) < 0:
        raise UserProblem("Fees and services are zero or more.", "Check the amounts.", field="amount")
    paid = sum(fee.amount for fee in fees)
    used = sum(fee.amount - _daily(fee, cancel_on) for fee in fees)
    unused, why = _unused(rule, fees, cancel_on)
    back = unused
    if unused and rule.claw_back and services_used:
        back -= services_used
        why.append(f"Less services used at list price {dollars(services_used)}.")
    if unused and rule.cancellation_fee:
        back -= rule.cancellation_fee
        why.append(f"Less the cancellation fee of {dollars(rule.cancellation_fee)}.")
    back = min(paid, max(0, back))
    why.append(f"You get back {dollars(back)}." if back else "Nothing comes back.")
    lost = paid - back - used
    if lost > 0:
        why.append(f"Leaving costs {dollars(lost)}: paid for days to come and not given back.")
    return Refund(paid=paid, unused=unused, used_value=used, refund=back, why=tuple(why))


def refund_by_rule(
    fees: Sequence[FeePaid], cancel_on: date, *, rule: RefundRule, services_used: Cents = 0
) -> dict[RefundKind, Refund]:
    """The refund of a day under every kind of rule, with the other terms of the agreement's own."""
    return {
        kind: refund(replace(rule, kind=kind), fees, cancel_on, services_used=services_used)
        for kind in RefundKind
    }


def _unused(rule: RefundRule, fees: Sequence[FeePaid], cancel_on: date) -> tuple[Cents, list[str]]:
    """What of the fees is unused under the rule, and the sentences for it."""
    if rule.kind is RefundKind.DAILY:
        said = [_daily_words(fee, cancel_on) for fee in _running(fees, cancel_on)]
        return sum(_daily(fee, cancel_on) for fee in fees), said
    if rule.kind is RefundKind.WHOLE_MONTHS:
        return (
            sum(_by_months(fee, cancel_on) for fee in fees),
            [_months_words(fee, cancel_on) for fee in _running(fees, cancel_on)],
        )
    if rule.kind is RefundKind.TRIAL and fees:
        began_on = rule.began_on or min(fee.term.begin for fee in fees)
        ends = began_on + timedelta(days=rule.trial_days)
        if cancel_on < ends:
            whole = sum(fee.amount for fee in fees)
            return whole, [f"The trial period runs until {day_text(ends - timedelta(days=1))}."]
        return 0, [f"The trial period ended on {day_text(ends - timedelta(days=1))}."]
    return 0, ["The agreement gives nothing back."]


def _running(fees: Sequence[FeePaid], cancel_on: date) -> Sequence[FeePaid]:
    """The fees that pay for days to come, or the last one where all are used: what is worth a sentence."""
    return [fee for fee in fees if fee.term.end > cancel_on] or fees[-1:]


def _left(fee: FeePaid, cancel_on: date) -> int:
    return min(fee.term.days, max(0, (fee.term.end - cancel_on).days))


def _daily(fee: FeePaid, cancel_on: date) -> Cents:
    return _share(fee.amount, _left(fee, cancel_on), fee.term.days)


def _months(term: Period, cancel_on: date) -> tuple[int, int]:
    """Months of a term that begin on or after the cancel date, and all of them.

    Months are counted from the term's first day; a rest that is no whole month counts as one.
    """
    starts, count = [], 0
    while (start := add_months(term.begin, count)) < term.end:
        starts.append(start)
        count += 1
    return sum(start >= cancel_on for start in starts), len(starts)


def _by_months(fee: FeePaid, cancel_on: date) -> Cents:
    left, whole = _months(fee.term, cancel_on)
    return _share(fee.amount, left, whole)


def _daily_words(fee: FeePaid, cancel_on: date) -> str:
    days = f"{_left(fee, cancel_on)} of {fee.term.days} days are unused"
    return f"{days}: {dollars(_daily(fee, cancel_on))} of {dollars(fee.amount)}."


def _months_words(fee: FeePaid, cancel_on: date) -> str:
    left, whole = _months(fee.term, cancel_on)
    back = dollars(_by_months(fee, cancel_on))
    return f"{left} of {whole} months are unused: {back} of {dollars(fee.amount)}."


def _share(amount: Cents, part: int, whole: int) -> Cents:
    """Half up (rulebook 2.1, rule 5)."""
    return (2 * amount * part + whole) // (2 * whole)
