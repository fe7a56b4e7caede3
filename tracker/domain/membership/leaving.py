"""What leaving a membership on a day brings: fees, services used, the refund under each rule (6.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.dates import Period, add_months, day_text
from tracker.domain.membership.refund import (
    FeePaid,
    Refund,
    RefundKind,
    RefundRule,
    effective_day,
    last_notice_day,
    refund,
    refund_by_rule,
)
from tracker.domain.membership.year import year_number, year_period
from tracker.domain.recurring import MONTHS_BETWEEN, due_days
from tracker.facts import Frequency, Membership, Recurring
from tracker.facts.membership import Included, MembershipService, PracticeContact
from tracker.money import Cents, dollars


@dataclass(frozen=True, kw_only=True)
class LeavingFacts:
    """What the arithmetic needs. `paid` is what each due cost, by fee and due day, in cents and without
    the refunds of leaving; `skipped` are the dues the practice waived.
    """

    membership: Membership
    today: date
    paid: Mapping[tuple[int, date], Cents]
    skipped: frozenset[tuple[int, date]] = frozenset()
    matrix: tuple[MembershipService, ...] = ()
    contacts: tuple[PracticeContact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceUsed:
    """An included service with a list price that was used in the membership year."""

    name: str
    times: int
    each: Cents

    @property
    def total(self) -> Cents:
        return self.times * self.each


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Leaving on a day, the first that is no longer covered.

    `refund` follows the agreement's own rule, None where none is known; `by_rule` has every kind of
    rule. `ahead` is what falls due until then and is counted as paid; `unrecorded` are the fees that
    were due before today and of which nothing is known, so they are not. `notice_by` is the last day
    to give notice for it, `next_day` the first day notice given today would end it.
    """

    on: date
    notice_by: date
    next_day: date
    fees: tuple[FeePaid, ...]
    ahead: Cents
    unrecorded: Cents
    services: tuple[ServiceUsed, ...]
    refund: Refund | None
    by_rule: Mapping[RefundKind, Refund]
    claws_back: bool

    @property
    def services_used(self) -> Cents:
        return sum(item.total for item in self.services)

    @property
    def any_refund(self) -> Refund:
        """The agreement's own, or where no rule is known that of giving nothing back: for what is the
        same under every rule, what was paid and what the days used are worth.
        """
        return self.refund or self.by_rule[RefundKind.NONE]

    @property
    def why(self) -> tuple[str, ...]:
        """The arithmetic in sentences: what is counted, the services used, and the agreement's rule."""
        found = [_fees_words(self.fees)]
        if self.ahead:
            found.append(f"{dollars(self.ahead)} of it falls due until then and is counted as paid.")
        if self.unrecorded:
            found.append(f"{dollars(self.unrecorded)} that was due is not recorded, so it is not counted.")
        found += [
            f"{item.name}: {item.times} at {dollars(item.each)} is {dollars(item.total)}."
            for item in self.services
        ]
        if self.services and not self.claws_back:
            found.append("The agreement does not take services used off the refund.")
        return (*found, *(self.refund.why if self.refund else ()))


def rule_of(membership: Membership, kind: RefundKind | None = None) -> RefundRule | None:
    """The refund clause of an agreement; None where its kind was never entered and none is given."""
    terms = membership.terms
    chosen = terms.refund_kind if kind is None else kind
    if chosen is None:
        return None
    return RefundRule(
        kind=chosen,
        claw_back=terms.claw_back,
        cancellation_fee=terms.cancellation_fee,
        trial_days=terms.trial_days,
        notice_days=membership.notice_days,
        to_month_end=terms.to_month_end,
        began_on=membership.begins_on,
    )


def first_leaving_day(membership: Membership, today: date) -> date:
    """The first day no longer covered when notice is given today, or was on the day that is recorded."""
    rule = rule_of(membership, RefundKind.NONE)
    assert rule is not None
    day = effective_day(rule, membership.terms.notice_on or today)
    return max(day, membership.begins_on + timedelta(days=1))


def leaving_on(facts: LeavingFacts, on: date) -> Leaving:
    """What leaving on a day brings. A day before the agreement begins counts as its second."""
    membership = facts.membership
    day = max(on, membership.begins_on + timedelta(days=1))
    year = _year_of(membership, day - timedelta(days=1))
    fees, ahead = fees_paid(facts, day, since=year.begin)
    services = services_used(facts, Period(year.begin, day))
    own = rule_of(membership)
    any_rule = own or rule_of(membership, RefundKind.NONE)
    assert any_rule is not None
    used = sum(item.total for item in services)
    return Leaving(
        on=day,
        notice_by=last_notice_day(any_rule, day),
        next_day=effective_day(any_rule, facts.today),
        fees=fees,
        ahead=ahead,
        unrecorded=fees_not_recorded(facts, day, since=year.begin),
        services=services,
        refund=refund(own, fees, day, services_used=used) if own else None,
        by_rule=refund_by_rule(fees, day, rule=any_rule, services_used=used),
        claws_back=any_rule.claw_back,
    )


def fees_paid(facts: LeavingFacts, on: date, *, since: date) -> tuple[tuple[FeePaid, ...], Cents]:
    """The fees that pay for days from `since` on, as paid by a day, and what of them is still to come.

    A fee due between today and the day is taken to be paid by then. One that is due on that day or
    later is not owed at all: paid all the same, it was charged after the end (detector D16). A single
    fee for enrolling pays for no time and is not among them.
    """
    found, ahead = [], 0
    for fee in facts.membership.fees:
        if fee.frequency is Frequency.ONCE or on <= fee.first_due:
            continue
        for due_on, term in _terms_paid(facts.membership, fee, on):
            amount = facts.paid.get((fee.id or 0, due_on), 0)
            if not amount and facts.today <= due_on and (fee.id or 0, due_on) not in facts.skipped:
                amount = fee.amount
                ahead += amount if term.end > since else 0
            if amount > 0 and term.end > since:
                found.append(FeePaid(amount=amount, term=term))
    return tuple(sorted(found, key=lambda fee: (fee.term.begin, fee.amount))), ahead


def fees_not_recorded(facts: LeavingFacts, on: date, *, since: date) -> Cents:
    """The fees for days from `since` on that were due before today and `on`, neither paid nor skipped."""
    return sum(
        fee.amount
        for fee in facts.membership.fees
        if fee.frequency is not Frequency.ONCE and fee.first_due < on
        for due_on, term in _terms_paid(facts.membership, fee, on)
        if due_on < facts.today and term.end > since
        if (fee.id or 0, due_on) not in facts.paid and (fee.id or 0, due_on) not in facts.skipped
    )


def services_used(facts: LeavingFacts, period: Period) -> tuple[ServiceUsed, ...]:
    """The included services with a list price that contacts used in a period, in the matrix's order."""
    codes = [code for item in facts.contacts if item.seen_on in period for code in item.services]
    return tuple(
        ServiceUsed(name=service.name, times=codes.count(service.code), each=service.list_price)
        for service in facts.matrix
        if service.state is Included.INCLUDED and service.list_price and service.code in codes
    )


def year_ahead(facts: LeavingFacts) -> list[Leaving]:
    """Leaving from today on for twelve months: every few days, and around the day of every fee."""
    begin, end = facts.today, add_months(facts.today, 12)
    ahead = Period(begin, end)
    days = {begin, end, *(begin + timedelta(days=count) for count in range(0, ahead.days, 4))}
    for fee in facts.membership.fees:
        for due_on in due_days(fee, ahead):
            days |= {due_on, due_on + timedelta(days=1)}
    last = facts.membership.ends_on if not facts.membership.auto_renews else None
    kept = [day for day in days if day > facts.membership.begins_on]
    if last is not None:
        kept = [day for day in kept if day <= last + timedelta(days=1)]
    return [leaving_on(facts, day) for day in sorted(kept)]


def _terms_paid(membership: Membership, fee: Recurring, until: date) -> list[tuple[date, Period]]:
    """Each due of a fee before a day with the time it pays for.

    Fees pay for equal parts of the membership counted from its first day, whenever they are due: the
    first due for the part that begins nearest to it.
    """
    step = MONTHS_BETWEEN[fee.frequency]
    begins = membership.begins_on
    months = (fee.first_due.year - begins.year) * 12 + fee.first_due.month - begins.month
    first = min(
        (count for count in range(months // step - 1, months // step + 3)),
        key=lambda count: abs((add_months(begins, count * step) - fee.first_due).days),
    )
    agreed_end = None
    if membership.ends_on is not None and not membership.auto_renews:
        agreed_end = membership.ends_on + timedelta(days=1)
    found = []
    for place, due_on in enumerate(due_days(fee, Period(fee.first_due, until))):
        begin = add_months(begins, (first + place) * step)
        end = add_months(begins, (first + place + 1) * step)
        if agreed_end is not None and begin < agreed_end:
            end = min(end, agreed_end)
        found.append((due_on, Period(begin, end)))
    return found


def _year_of(membership: Membership, day: date) -> Period:
    """The membership year a day falls in, as agreed, whether or not it was left since."""
    agreed = replace(membership, terms=replace(membership.terms, cancelled_on=None))
    return year_period(agreed, year_number(agreed, day))


def _fees_words(fees: tuple[FeePaid, ...]) -> str:
    if not fees:
        return "No fee was paid for this membership year."
    paid = sum(fee.amount for fee in fees)
    first, last = fees[0].term.begin, max(fee.term.last_day for fee in fees)
    return f"Paid for {day_text(first)} to {day_text(last)}: {dollars(paid)}."
