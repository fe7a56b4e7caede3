"""What to do about a bill today: hold it, pay so much, or ask for money back (rulebook 3.5).

The golden rule: do not pay before the EOB, except copays at the desk and care that no plan is meant to
pay. Never a stored flag: the verdict follows from the EOBs, the payments and the newest statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.dates import day_text
from tracker.facts import DECIDED, Bill, Case, CaseKind, CaseOutcome, Claim, Payment
from tracker.money import Cents, dollars

TOLERANCE: Cents = 1


class VerdictKind(StrEnum):
    """In the order of what is best looked at first."""

    REFUND_DUE = "refund_due"
    OVERBILLED = "overbilled"
    DISPUTED = "disputed"
    HOLD = "hold"
    PAY = "pay"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is safe to pay today, by how much the bill is too high, what is owed back, and why.

    `asked` is what the newest statement still asks for, `owed` what the EOBs leave to the member (None
    without an EOB), `paid` what went to the bill, refunds taken off.
    """

    kind: VerdictKind
    pay: Cents
    over: Cents
    refund: Cents
    asked: Cents
    owed: Cents | None
    paid: Cents
    why: tuple[str, ...]

    @property
    def words(self) -> str:
        """The verdict in a few words, for a row."""
        match self.kind:
            case VerdictKind.HOLD:
                return "Hold until the EOB"
            case VerdictKind.REFUND_DUE:
                return f"Refund due {dollars(self.refund)}"
            case VerdictKind.OVERBILLED:
                return f"Bill {dollars(self.over)} over"
            case VerdictKind.DISPUTED:
                return f"Disputed; pay {dollars(self.pay)}" if self.pay else "Disputed"
            case VerdictKind.PAY:
                return f"Pay {dollars(self.pay)}"
            case _:
                return "Settled"


Paid = Sequence[tuple[Payment, Cents]]


def eob_owes(claim: Claim) -> Cents | None:
    """What an EOB leaves to the member: its own figure, else its parts; and what the provider may add.

    None where it says nothing of it.
    """
    owed = claim.you_owe
    if owed is None:
        parts = (claim.deductible, claim.copay, claim.coinsurance, claim.not_covered, claim.penalty)
        if all(part is None for part in parts):
            return None
        owed = sum(part or 0 for part in parts)
    return owed + (claim.may_bill or 0)


def verdict(
    bill: Bill,
    claims: Sequence[Claim],
    paid: Paid = (),
    cases: Iterable[Case] = (),
    *,
    plan_pays: bool = True,
    today: date | None = None,
) -> Verdict:
    """The verdict on one bill from the EOBs linked to it and the payments toward it.

    `plan_pays` is False for care that no plan is meant to pay: then there is no EOB to wait for.
    """
    net = sum(amount for _, amount in paid)
    asked = still_asked(bill, paid)
    decided = (claim for claim in claims if claim.stage in DECIDED)
    owes = [owed for claim in decided if (owed := eob_owes(claim)) is not None]
    disputed = next((case for case in cases if _is_about(case, bill, claims)), None)
    if not owes:
        return _without_eob(bill, asked, net, disputed, plan_pays=plan_pays and not bill.self_pay)
    owed = sum(owes)
    left = max(0, owed - net)
    pay = min(left, max(0, asked)) if bill.statements else left
    over = asked - left if asked > left + TOLERANCE else 0
    refund = net - owed if net > owed + TOLERANCE else 0
    why = _why(owed, net, asked, bill, len(owes))
    if refund:
        kind = VerdictKind.REFUND_DUE
        why.append(f"You paid {dollars(refund)} more than you owe; ask for it back.")
    elif disputed is not None:
        kind = VerdictKind.DISPUTED
        why.append(f"A dispute is open since {day_text(disputed.opened_on)}.")
    elif over:
        kind = VerdictKind.OVERBILLED
        why.append(f"That is {dollars(over)} more than you owe.")
    elif pay:
        kind = VerdictKind.PAY
    else:
        kind = VerdictKind.SETTLED
    if pay:
        why.append(f"Safe to pay today: {dollars(pay)}.")
    return Verdict(kind, pay, over, refund, asked, owed, net, tuple(why))


def still_asked(bill: Bill, paid: Paid) -> Cents:
    """What the newest statement asks for, less what was paid since it was written.

    Money that came back since does not make the paper ask for more.
    """
    newest = bill.newest
    if newest is None or bill.closed:
        return 0
    since = sum(max(0, amount) for payment, amount in paid if payment.paid_on >= newest.stated_on)
    return newest.amount - since


def _without_eob(
    bill: Bill, asked: Cents, net: Cents, disputed: Case | None, *, plan_pays: bool
) -> Verdict:
    if disputed is not None:
        why = (f"A dispute is open since {day_text(disputed.opened_on)}; nothing is safe to pay yet.",)
        return Verdict(VerdictKind.DISPUTED, 0, 0, 0, asked, None, net, why)
    if plan_pays and asked > 0:
        reasons = (
            "There is no EOB for it yet, so nobody can say what you owe.",
            "Do not pay before the EOB, except a copay at the desk.",
        )
        return Verdict(VerdictKind.HOLD, 0, 0, 0, asked, None, net, reasons)
    if asked > 0:
        why = ("No plan is meant to pay for it, so there is no EOB to wait for.",)
        return Verdict(VerdictKind.PAY, asked, 0, 0, asked, None, net, why)
    return Verdict(VerdictKind.SETTLED, 0, 0, 0, asked, None, net, ("Nothing is asked any more.",))


def _why(owed: Cents, net: Cents, asked: Cents, bill: Bill, count: int) -> list[str]:
    whose = "The EOB says" if count == 1 else f"The {count} EOBs say"
    found = [f"{whose} you owe {dollars(owed)}."]
    if net:
        found.append(f"You paid {dollars(net)} of it.")
    if bill.newest is not None:
        found.append(f"The bill of {day_text(bill.newest.stated_on)} asks {dollars(asked)}.")
    return found


_DISPUTES = (CaseKind.DISPUTE, CaseKind.APPEAL, CaseKind.ESTIMATE_DISPUTE)


def _is_about(case: Case, bill: Bill, claims: Sequence[Claim]) -> bool:
    if case.kind not in _DISPUTES or case.outcome is not CaseOutcome.OPEN:
        return False
    ids = {claim.id for claim in claims}
    return (case.bill_id is not None and case.bill_id == bill.id) or (
        case.bill_id is None and case.claim_id is not None and case.claim_id in ids
    )
