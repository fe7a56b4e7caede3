"""The practice: D15 a plan or copay charged for included care, D16 membership fees (rulebook 3.6, 6.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tracker.dates import Period, day_text
from tracker.domain.claims.findings.finding import (
    Detector,
    Evidence,
    Finding,
    Findings,
    Severity,
    Whom,
)
from tracker.domain.claims.findings.reading import (
    OFFICE_VISIT,
    PREVENTIVE_CODES,
    PREVENTIVE_VISIT,
    TOLERANCE,
    owed,
    parts_of,
    within,
)
from tracker.domain.claims.findings.views import AboutBill, AboutClaim, AboutLedger
from tracker.domain.membership.agreement import is_over, last_covered
from tracker.domain.membership.included_care import included_as, names
from tracker.domain.recurring import due_days
from tracker.facts import Membership, MembershipModel, Noun, Payment, Recurring
from tracker.money import Cents, dollars

NOT_BILLING = frozenset({MembershipModel.CONCIERGE, MembershipModel.DPC})
"""Models whose practice bills no plan where the agreement does not say; a hybrid one does and charges
copays."""


class IncludedCare(Detector):
    """D15: the practice of a membership billed the plan, or asked a copay, for included care.

    What is included is what the agreement's matrix says, with uses of the year left; of care it does
    not name, the usual visits. Whether the practice bills plans, or charges for visits, is what the
    agreement says, else what its model does.
    """

    id = "D15"
    name = "Charged for care the membership includes"
    severity = Severity.MEDIUM
    whom = Whom.PRACTICE
    first = "Ask the practice to take the charge back; show it the page of the agreement."

    def of_claim(self, view: AboutClaim) -> Findings:
        if not _bills_no_plan(view.membership):
            return
        found = [(part, _as_included(view, part.category, part.code)) for part in parts_of(view.claim)]
        included = [part for part, name in found if name is not None]
        if not included:
            return
        cents = sum(part.owed or 0 for part in included)
        if all(part.owed is None for part in included):
            cents = owed(view.claim) or 0
        care = next((name for _, name in found if name), "")
        yield self.in_claim(
            view,
            f"{view.who} sent a claim for care of {day_text(view.claim.service_from)} that your membership "
            f"includes{_named(care)}; the EOB leaves you {dollars(cents)}.",
            stated=cents,
            expected=0,
        )

    def of_bill(self, view: AboutBill) -> Findings:
        bill, held = view.bill, view.membership
        if view.claims or bill.self_pay or bill.asks <= 0 or not _charges_no_visit(held):
            return
        care = _as_included(view, bill.category)
        if care is None and not _of_included_visit(view):
            return
        yield self.in_bill(
            view,
            f"{view.who} asks {dollars(bill.asks)} for care of {day_text(bill.service_from)} that your "
            f"membership includes{_named(care or '')}.",
            stated=bill.asks,
            expected=0,
        )


def _bills_no_plan(membership: Membership | None) -> bool:
    if membership is None:
        return False
    bills = membership.terms.bills_insurance
    return membership.model in NOT_BILLING if bills is None else not bills


def _charges_no_visit(membership: Membership | None) -> bool:
    """Whether no visit is charged for, neither to a plan, which leaves a copay, nor to the member."""
    return _bills_no_plan(membership) and membership is not None and not membership.terms.bills_visits


def _as_included(view: AboutClaim | AboutBill, category: str, code: str = "") -> str | None:
    """As what the membership includes a kind of care; None where it does not.

    A line without a category is told by its code.
    """
    membership = view.membership
    if membership is None:
        return None
    on = view.claim.service_from if isinstance(view, AboutClaim) else view.bill.service_from
    if not category and _is_visit_code(code):
        category = "PREVENT" if _is_preventive_code(code) else "PCP"
    return included_as(membership, view.includes, (category, view.root(category)), on)


def _of_included_visit(view: AboutBill) -> bool:
    """Whether the bill is for a visit of the care log that the membership includes, and the matrix does
    not say otherwise of such care."""
    categories = (view.bill.category, view.root(view.bill.category))
    return view.visit is not None and not view.visit.expects_claim and not names(view.includes, categories)


def _named(care: str) -> str:
    """The service of the matrix behind *includes*; nothing for the usual care."""
    return f" ({care})" if care else ""


def _is_visit_code(code: str) -> bool:
    return within(code, OFFICE_VISIT) or _is_preventive_code(code)


def _is_preventive_code(code: str) -> bool:
    return within(code, PREVENTIVE_VISIT) or code in PREVENTIVE_CODES


class MembershipFee(Detector):
    """D16: a fee paid twice, with another amount than the schedule's, or after the agreement ended.

    Payments that settled a due are held against that due; others to the practice against the schedule
    by day. Refunds count against the payment they repay. A fee paid in parts is one fee.
    """

    id = "D16"
    name = "Membership fee charged wrong"
    severity = Severity.MEDIUM
    whom = Whom.PRACTICE
    first = "Send the practice the schedule and the payments, and ask for the difference back."

    def of_ledger(self, view: AboutLedger) -> Findings:
        net = _net(view.payments)
        names = dict(view.names)
        paid = [payment for payment in view.payments if payment.amount > 0]
        for membership in view.memberships:
            yield from self._settled(view, membership, paid, net, names)
        yield from self._loose(view, paid, net, names)

    def _settled(
        self,
        view: AboutLedger,
        membership: Membership,
        paid: Sequence[Payment],
        net: dict[int, Cents],
        names: dict[int, str],
    ) -> Findings:
        """The payments that settled a due of one agreement."""
        fees = {fee.id: fee for fee in membership.fees if fee.id is not None}
        by_due: dict[tuple[int, date], list[Payment]] = defaultdict(list)
        for payment in paid:
            if payment.recurring_id in fees and payment.due_on is not None:
                by_due[payment.recurring_id or 0, payment.due_on].append(payment)
        for (fee_id, due_on), group in sorted(by_due.items()):
            fee, sum_ = fees[fee_id], sum(net[payment.id or 0] for payment in group)
            if is_over(membership, due_on):
                if sum_ > 0:
                    yield self._after_the_end(membership, fee_id, due_on, group, sum_, names)
            elif sum_ > fee.amount + TOLERANCE:
                twice = len(group) > 1 and any(net[one.id or 0] >= fee.amount for one in group)
                yield self._too_much(membership, fee, due_on, group, sum_, names, twice=twice)

    def _loose(
        self, view: AboutLedger, paid: Sequence[Payment], net: dict[int, Cents], names: dict[int, str]
    ) -> Findings:
        """Payments to a practice that settled no due: a second one beside a fee that is paid, or one
        after every agreement with the practice is over."""
        known = {fee.id for held in view.memberships for fee in held.fees}
        settled: dict[tuple[int | None, date], Cents] = defaultdict(int)
        for payment in paid:
            if payment.recurring_id in known and payment.due_on is not None:
                settled[payment.recurring_id, payment.due_on] += net[payment.id or 0]
        for payment in sorted(paid, key=lambda one: (one.paid_on, one.id or 0)):
            cents = net[payment.id or 0]
            if cents <= 0 or (payment.recurring_id in known and payment.due_on is not None):
                continue
            held = [one for one in view.memberships if _is_of(one, payment)]
            begun = [one for one in held if one.begins_on <= payment.paid_on]
            if begun and all(is_over(one, payment.paid_on) for one in begun):
                last = max(begun, key=lambda one: last_covered(one) or date.max)
                yield self._after_the_end(last, payment.id, payment.paid_on, [payment], cents, names)
                continue
            due = _nearest_due(begun, payment)
            if due is None:
                continue
            if settled[due.fee.id, due.due_on] >= due.fee.amount:
                yield self._too_much(
                    due.membership,
                    due.fee,
                    due.due_on,
                    [payment],
                    settled[due.fee.id, due.due_on] + cents,
                    names,
                    twice=True,
                    part=f":{payment.id}",
                )
            settled[due.fee.id, due.due_on] += cents

    def _too_much(
        self,
        membership: Membership,
        fee: Recurring,
        due_on: date,
        group: Sequence[Payment],
        sum_: Cents,
        names: dict[int, str],
        *,
        twice: bool,
        part: str = "",
    ) -> Finding:
        how = "twice" if twice else "with another amount"
        return self._made(
            f"membership:{membership.id}:{fee.id}:{due_on}{part}",
            f"The fee of {day_text(due_on)} was paid {how}: {dollars(sum_)} went to "
            f"{names.get(membership.practice_id, 'the practice')}; "
            f"the schedule says {dollars(fee.amount)}.",
            membership,
            group,
            stated=sum_,
            expected=fee.amount,
            on=due_on,
        )

    def _after_the_end(
        self,
        membership: Membership,
        which: int | None,
        on: date,
        group: Sequence[Payment],
        sum_: Cents,
        names: dict[int, str],
    ) -> Finding:
        ended = last_covered(membership) or on
        return self._made(
            f"membership:{membership.id}:{which}:{on}:after",
            f"{dollars(sum_)} went to {names.get(membership.practice_id, 'the practice')} for "
            f"{day_text(on)}; the membership ended on {day_text(ended)}.",
            membership,
            group,
            stated=sum_,
            expected=0,
            on=on,
        )

    def _made(
        self,
        about: str,
        what: str,
        membership: Membership,
        group: Iterable[Payment],
        *,
        stated: Cents,
        expected: Cents,
        on: date,
    ) -> Finding:
        evidence = [Evidence(Noun.MEMBERSHIP, membership.id or 0, "Membership agreement")]
        evidence += [
            Evidence(Noun.PAYMENT, one.id or 0, f"Payment of {day_text(one.paid_on)}") for one in group
        ]
        return Finding(
            detector=self.id,
            about=about,
            severity=self.severity,
            title=self.name,
            what=what,
            first=self.first,
            whom=self.whom,
            stated=stated,
            expected=expected,
            at_stake=max(0, stated - expected),
            evidence=tuple(evidence),
            on=on,
        )


class _Due(NamedTuple):
    """One due of an agreement's schedule."""

    membership: Membership
    fee: Recurring
    due_on: date


NEAR_DUE_DAYS = 15
"""A payment so close to a due is taken to be for it."""


def _nearest_due(held: Iterable[Membership], payment: Payment) -> _Due | None:
    """The due of the same amount that a payment without one is probably for."""
    around = Period(
        payment.paid_on - timedelta(days=NEAR_DUE_DAYS), payment.paid_on + timedelta(days=NEAR_DUE_DAYS + 1)
    )
    found = [
        _Due(membership, fee, due_on)
        for membership in held
        for fee in membership.fees
        if fee.amount == payment.amount and payment.recurring_id in (None, fee.id)
        for due_on in due_days(fee, around)
    ]
    return min(found, key=lambda due: abs((due.due_on - payment.paid_on).days), default=None)


def _net(payments: Iterable[Payment]) -> dict[int, Cents]:
    """Each payment less what came back of it."""
    found: dict[int, Cents] = defaultdict(int)
    for payment in payments:
        if payment.amount > 0:
            found[payment.id or 0] += payment.amount
        elif payment.repays_id is not None:
            found[payment.repays_id] += payment.amount
    return found


def _is_of(membership: Membership, payment: Payment) -> bool:
    """Whether a payment went to the practice of an agreement."""
    if payment.recurring_id is not None and any(fee.id == payment.recurring_id for fee in membership.fees):
        return True
    return payment.provider_id is not None and payment.provider_id == membership.practice_id
