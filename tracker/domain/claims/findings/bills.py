"""What bills ask: D1 more than you owe, D18 too early, D19 payments not credited, D20 above estimate."""

from __future__ import annotations

from datetime import date

from tracker.dates import day_text
from tracker.domain.claims.clocks import estimate_dispute
from tracker.domain.claims.estimate_threshold import estimate_excess
from tracker.domain.claims.findings.finding import (
    Detector,
    Evidence,
    Findings,
    Severity,
    Whom,
    of_bill,
)
from tracker.domain.claims.findings.reading import TOLERANCE
from tracker.domain.claims.findings.views import AboutBill
from tracker.domain.claims.verdict import still_asked, verdict
from tracker.facts import Bill, Noun, Statement
from tracker.money import Cents, dollars


class AsksTooMuch(Detector):
    """D1: the bill asks more than the EOBs leave to you, what you paid taken off."""

    id = "D1"
    name = "Bill above what you owe"
    severity = Severity.HIGH
    whom = Whom.PROVIDER
    first = "Pay only what the EOB says, and ask the billing office for a corrected bill."

    def of_bill(self, view: AboutBill) -> Findings:
        if not view.claims:
            return
        found = verdict(view.bill, view.claims, view.paid)
        if found.owed is None or found.over <= TOLERANCE:
            return
        left = found.asked - found.over
        says = "your EOB says" if len(view.claims) == 1 else "your EOBs say"
        if found.paid:
            rest = f"{says} {dollars(found.owed)}; you paid {dollars(found.paid)}; {dollars(left)} is left."
        else:
            rest = f"{says} {dollars(found.owed)}."
        yield self.in_bill(
            view, f"The bill asks {dollars(found.asked)}; {rest}", stated=found.asked, expected=left
        )


class TooEarly(Detector):
    """D18: a bill before its EOB, or a threat of collection while the bill is disputed or on hold.

    What is owed is not known yet, or is argued about elsewhere, so that nothing more is at stake.
    """

    id = "D18"
    name = "Billed too early"
    severity = Severity.MEDIUM
    whom = Whom.PROVIDER
    first = "Do not pay yet. Ask the billing office to hold the bill until it is decided."

    def of_bill(self, view: AboutBill) -> Findings:
        bill, newest = view.bill, view.bill.newest
        if newest is None or still_asked(bill, view.paid) <= 0:
            return
        if newest.threatens and _is_contested(view, newest):
            yield self.in_bill(
                view,
                f"The statement of {day_text(newest.stated_on)} threatens collection of "
                f"{dollars(newest.amount)}, which is disputed.",
                part="threat",
                stated=newest.amount,
                evidence=[Evidence(Noun.CASE, case.id or 0, case.title) for case in view.disputes],
            )
        elif view.plan_pays and verdict(bill, view.claims, view.paid).owed is None:
            yield self.in_bill(
                view,
                f"The bill asks {dollars(newest.amount)} before there is an EOB that says what you owe.",
                part="early",
                stated=newest.amount,
            )


def _is_contested(view: AboutBill, newest: Statement) -> bool:
    held = view.bill.hold_requested_on
    if held is not None and held <= newest.stated_on:
        return True
    return any(case.opened_on <= newest.stated_on for case in view.disputes)


class NotCredited(Detector):
    """D19: you paid, and a newer statement does not take it off.

    A statement that says what you paid is held against that. Another must ask less than its parts, or
    than the statement before the payment did.
    """

    id = "D19"
    name = "Payment not credited"
    severity = Severity.MEDIUM
    whom = Whom.PROVIDER
    first = "Send the billing office the proof of your payment and ask for a corrected statement."

    def of_bill(self, view: AboutBill) -> Findings:
        bill, newest = view.bill, view.bill.newest
        if newest is None or bill.closed:
            return
        before = [(payment, cents) for payment, cents in view.paid if payment.paid_on < newest.stated_on]
        paid = sum(cents for _, cents in before)
        if paid <= 0:
            return
        credited = _credited(bill, newest, paid, min(payment.paid_on for payment, _ in before))
        if credited is None or credited >= paid - TOLERANCE:
            return
        missing = paid - max(0, credited)
        yield self.in_bill(
            view,
            f"You paid {dollars(paid)} before {day_text(newest.stated_on)}; the statement of that day "
            f"takes off {dollars(max(0, credited))}.",
            stated=newest.amount,
            expected=newest.amount - missing,
            evidence=[
                Evidence(Noun.PAYMENT, payment.id or 0, f"Payment of {day_text(payment.paid_on)}")
                for payment, _ in before
            ],
        )


def _credited(bill: Bill, newest: Statement, paid: Cents, first_paid: date) -> Cents | None:
    """How much of what was paid a statement takes off; None where it cannot be told."""
    if newest.paid_by_you is not None:
        return newest.paid_by_you
    if newest.charges is not None and (newest.plan_paid is not None or newest.discount is not None):
        whole = newest.charges - (newest.plan_paid or 0) - (newest.discount or 0)
        return min(paid, whole - newest.amount)
    earlier = [item for item in bill.statements if item.stated_on <= first_paid and item is not newest]
    last = max(earlier, key=lambda item: item.stated_on, default=None)
    if last is None:
        return None
    return min(paid, last.amount - newest.amount) if newest.amount >= last.amount else None


class AboveEstimate(Detector):
    """D20: one provider's self-pay bills are $400 or more above its good-faith estimate."""

    id = "D20"
    name = "Above the good-faith estimate"
    severity = Severity.HIGH
    whom = Whom.PROVIDER
    first = "Ask for the estimate's price. If refused, start the estimate dispute; it costs $25."

    def of_bill(self, view: AboutBill) -> Findings:
        own = [bill for bill in (view.bill, *view.beside) if bill.self_pay]
        if view.bill not in own or any((bill.id or 0) < (view.bill.id or 0) for bill in own):
            return  # the first of a provider's bills for the care speaks for all of them
        estimates = [bill.estimate for bill in own if bill.estimate is not None]
        if not estimates:
            return
        billed = sum(_charge(bill) for bill in own)
        found = estimate_excess(sum(estimates), billed, sent_to_insurance=bool(view.claims))
        if not found.qualifies:
            return
        first = min(item.got_on or item.stated_on for bill in own for item in bill.statements)
        clock = estimate_dispute(first)
        yield self.in_bill(
            view,
            f"{found.words} Start it by {day_text(clock.do_by)}.",
            stated=billed,
            expected=sum(estimates),
            evidence=[of_bill(bill) for bill in own],
        )


def _charge(bill: Bill) -> Cents:
    """What a bill came to before payments: its charges less the discount, else the most it asked."""
    newest = bill.newest
    if newest is None:
        return 0
    if newest.charges is not None:
        return newest.charges - (newest.discount or 0)
    return max(item.amount + (item.paid_by_you or 0) for item in bill.statements)
