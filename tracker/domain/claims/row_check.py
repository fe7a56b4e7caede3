"""The one check of a row of Claims: a few words with a tone, the reason, and what to do.

What costs or brings money comes first: a refund, a bill that asks too much, a dispute, a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.dates import day_text
from tracker.domain.claims.ageing import Age, ageing
from tracker.domain.claims.expected import Expected
from tracker.domain.claims.findings.finding import Finding, Severity
from tracker.domain.claims.verdict import Verdict, VerdictKind
from tracker.domain.coverage.eob import gap
from tracker.facts import DECIDED, Bill, Case, CaseOutcome, Claim, ClaimStage, Network, Visit
from tracker.money import Cents, dollars


class Group(StrEnum):
    """Under which filter a row stands."""

    NEEDS_YOU = "needs_you"
    WAITING = "waiting"
    DISPUTE = "dispute"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Check:
    """`tone` is good, warning, bad, accent or quiet; the words say the same without it.

    `why` are whole sentences, `todo` is what to do next.
    """

    words: str
    tone: str
    group: Group
    why: tuple[str, ...] = ()
    todo: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The papers of one piece of care.

    `never_counts` is care that no plan pays (1.11), `self_pay` care of which no claim is made.
    """

    claim: Claim | None = None
    bills: tuple[Bill, ...] = ()
    visits: tuple[Visit, ...] = ()
    never_counts: bool = False
    self_pay: bool = False
    owed: Cents | None = None
    expected: Expected | None = None
    no_bill_for: int = 0
    no_eob_for: int = 0
    proposed: str = ""
    """Another paper that perhaps belongs here, in words."""


NEVER_COUNTS = (
    "Health plans do not pay for this kind of care. It stays in your budget and never counts toward the "
    "deductible or the out-of-pocket maximum."
)


def latest_day(claim: Claim) -> date:
    """The day an EOB was decided, as well as it is known."""
    return claim.got_on or claim.eob_on or claim.processed_on or claim.service_to or claim.service_from


def difference(claim: Claim, expected: Expected | None, owed: Cents | None) -> Cents | None:
    """By how much the EOB leaves more (less: negative) to the member than the plan's terms do.

    Zero within a cent a line; None where nothing can be said. Out of network an EOB may print what it
    leaves to the member with or without the provider's excess: the nearer reading counts.
    """
    if expected is None or expected.result is None or owed is None:
        return None
    sums = expected.result.totals
    apart = owed - sums.owes
    if claim.network is Network.OUT and not claim.protected:
        apart = min(apart, owed - (sums.owes - sums.balance_bill), key=abs)
    return 0 if abs(apart) <= max(1, len(claim.lines)) else apart


def check_of(
    piece: Piece,
    verdicts: Sequence[Verdict],
    findings: Sequence[Finding],
    case: Case | None,
    *,
    missing: str = "",
    today: date,
) -> Check:
    """The check of one row. `findings` are sorted, the gravest first; `case` is a dispute about it."""
    open_case = case if case is not None and case.outcome is CaseOutcome.OPEN else None
    order = list(VerdictKind)
    worst = min(verdicts, key=lambda found: order.index(found.kind), default=None)
    if worst is not None and worst.kind in (VerdictKind.REFUND_DUE, VerdictKind.OVERBILLED):
        return _too_much(worst)
    if open_case is not None or (worst is not None and worst.kind is VerdictKind.DISPUTED):
        return _disputed(worst, open_case)
    grave = next((found for found in findings if _stands_out(found)), None)
    if grave is not None:
        return _found(grave)
    if piece.never_counts:
        return _not_covered(worst, (NEVER_COUNTS,))
    claim = piece.claim
    if claim is None:
        return _without_eob(piece, worst)
    if claim.stage not in DECIDED:
        return _undecided(claim, worst, today)
    return _decided(piece, claim, worst, missing)


_SAID_OTHERWISE = frozenset({"D1", "D3", "D10", "D18"})
"""Findings of which a row says more by its amounts (too much asked, hold, differs from the plan), or
that only ask a question (care that is not in the log) until the member confirms them."""


def is_said(finding: Finding) -> bool:
    """Whether a row's own words and amounts say already what a finding says."""
    return finding.detector in _SAID_OTHERWISE


def _stands_out(finding: Finding) -> bool:
    grave = Severity.HIGH if is_said(finding) else Severity.MEDIUM
    return finding.severity >= grave and finding.detector != "D1"


def _too_much(found: Verdict) -> Check:
    if found.kind is VerdictKind.REFUND_DUE:
        back = (
            f"Ask the provider to send back {dollars(found.refund)}; there is a letter for it.",
            "Record the refund when it comes.",
        )
        return Check(found.words, "bad", Group.NEEDS_YOU, found.why, back)
    pay = (f"Pay {dollars(found.pay)}, no more.",) if found.pay else ("Pay nothing of it for now.",)
    todo = (
        *pay,
        f"Dispute {dollars(found.over)}: call the billing office and ask for a corrected bill.",
        "Write down who you spoke with, and when they will answer.",
    )
    return Check(found.words, "bad", Group.NEEDS_YOU, found.why, todo)


def _disputed(found: Verdict | None, case: Case | None) -> Check:
    if found is not None and found.kind is VerdictKind.DISPUTED:
        words, why = found.words, found.why
    else:
        words = "Disputed"
        why = (f"A dispute is open since {day_text(case.opened_on)}.",) if case else ()
    return Check(words, "warning", Group.DISPUTE, why)


def _found(finding: Finding) -> Check:
    tone = "bad" if finding.severity is Severity.HIGH else "warning"
    return Check(finding.title, tone, Group.NEEDS_YOU, (finding.what,), (finding.first,))


def _not_covered(found: Verdict | None, why: tuple[str, ...]) -> Check:
    why = (*why, *(found.why if found else ()))
    todo: tuple[str, ...] = ()
    group = Group.SETTLED
    if found is not None and found.pay:
        group, todo = Group.NEEDS_YOU, (f"Pay {dollars(found.pay)}.",)
    return Check("Not covered", "warning", group, why, todo)


def _without_eob(piece: Piece, found: Verdict | None) -> Check:
    """A bill without an EOB, or a visit without either."""
    if piece.proposed and (found is None or found.kind in (VerdictKind.HOLD, VerdictKind.PAY)):
        return Check(
            "Link its EOB?",
            "accent",
            Group.NEEDS_YOU,
            (f"Perhaps {piece.proposed} belongs to it.", *(found.why if found else ())),
            ("Say below whether it belongs here. Then you see what is safe to pay.",),
        )
    if found is not None:
        return _verdict(found)
    if piece.self_pay:
        return Check(
            "No claim expected",
            "quiet",
            Group.SETTLED,
            ("The visit is marked as one for which nobody sends a claim to your plan.",),
        )
    days = piece.no_eob_for
    if days > 45:
        todo = (
            "Call the insurer: is there a claim for this day?",
            "If not, ask the provider to send it.",
        )
        why = (f"The visit was {days} days ago and no EOB has come.",)
        return Check("EOB missing", "warning", Group.NEEDS_YOU, why, todo)
    if days < 0:
        return Check("Still to come", "quiet", Group.WAITING, ("The day of this visit is ahead.",))
    return Check(
        "Waiting for the EOB",
        "quiet",
        Group.WAITING,
        ("No EOB has come yet. Most come within 30 to 45 days.",),
        ("Enter the EOB when it comes. Do not pay before it, except a copay at the desk.",),
    )


def _verdict(found: Verdict) -> Check:
    match found.kind:
        case VerdictKind.HOLD:
            todo = (
                "Wait for the EOB. If the bill is due sooner, ask the provider to hold it until then.",
                "Enter the EOB when it comes.",
            )
            return Check(found.words, "warning", Group.WAITING, found.why, todo)
        case VerdictKind.PAY:
            todo = (f"Pay {dollars(found.pay)}.", "Keep the receipt with the bill.")
            return Check(found.words, "accent", Group.NEEDS_YOU, found.why, todo)
        case _:
            words = "Paid" if found.paid > 0 else "Settled"
            return Check(words, "good", Group.SETTLED, found.why)


_STAGES = {
    ClaimStage.NOT_SUBMITTED: Check(
        "Not submitted",
        "quiet",
        Group.SETTLED,
        ("Nobody sends this to the plan, so it counts toward no limit.",),
        ("If your plan pays out of network, ask for a superbill and send it yourself.",),
    ),
    ClaimStage.WITHDRAWN: Check(
        "Withdrawn", "quiet", Group.SETTLED, ("The claim was taken back before it was decided.",)
    ),
    ClaimStage.REJECTED: Check(
        "Rejected, file again",
        "bad",
        Group.NEEDS_YOU,
        ("The claim never entered the insurer's system, so nothing was decided.",),
        ("Ask the provider to correct it and file it again before the filing deadline.",),
    ),
    ClaimStage.PENDED: Check(
        "Information asked",
        "warning",
        Group.NEEDS_YOU,
        ("The insurer waits for information and decides nothing before it comes.",),
        ("Find out what is asked and from whom. You have at least 45 days to send what is yours.",),
    ),
}

_AGES = {
    Age.NORMAL: ("quiet", Group.WAITING),
    Age.WATCH: ("quiet", Group.WAITING),
    Age.AMBER: ("warning", Group.NEEDS_YOU),
    Age.RED: ("bad", Group.NEEDS_YOU),
}


def _undecided(claim: Claim, found: Verdict | None, today: date) -> Check:
    if claim.stage in _STAGES:
        stage = _STAGES[claim.stage]
        if found is not None and found.kind is VerdictKind.PAY:
            return _verdict(found)
        return stage
    age = ageing(claim.submitted_on, claim.service_from, today)
    if age is None or age.since > today:
        return Check("Waiting", "quiet", Group.WAITING, ("The insurer has not decided yet.",))
    days = "1 day" if age.days == 1 else f"{age.days} days"
    tone, group = _AGES[age.level]
    hold = ("Do not pay a bill for it before the EOB.",) if found else ()
    return Check(f"{days} waiting", tone, group, (age.words, *hold), (age.todo,))


def _decided(piece: Piece, claim: Claim, found: Verdict | None, missing: str) -> Check:
    """An EOB in force: what its bill asks for, else whether it agrees with the plan."""
    apart = difference(claim, piece.expected, piece.owed)
    if found is None or found.kind is not VerdictKind.SETTLED:
        if off := gap(claim):
            return Check(
                "Does not add up",
                "warning",
                Group.NEEDS_YOU,
                (off.words, *(found.why if found else ())),
                (
                    "Compare what is entered with the paper.",
                    "If it says so, ask the insurer which is right.",
                ),
            )
        if apart:
            return _differs(apart, piece.expected, found)
    if found is not None:
        return _verdict(found)
    if claim.stage is ClaimStage.DENIED:
        by = f" The EOB prints {day_text(claim.appeal_by)} as the last day." if claim.appeal_by else ""
        return Check(
            "Denied",
            "bad",
            Group.NEEDS_YOU,
            ("The insurer denied this claim; its reason codes say why.",),
            (f"Read the reason. If it is wrong, appeal within 180 days of the letter.{by}",),
        )
    if claim.not_covered and not claim.allowed:
        return Check(
            "Not covered",
            "warning",
            Group.WAITING if piece.owed else Group.SETTLED,
            (
                "The EOB covers nothing of it. What is not covered never counts toward the deductible or "
                "the out-of-pocket maximum.",
            ),
            ("Read the reason codes. If your plan document lists this care, appeal.",),
        )
    if missing == "bill":
        return Check(
            f"No bill for {piece.no_bill_for} days",
            "quiet",
            Group.WAITING,
            (f"The EOB leaves {dollars(piece.owed or 0)} to you, and no bill for it is entered.",),
            ("If you paid at the desk, enter the bill and its payment. Else wait for the bill.",),
        )
    return _agrees(piece, apart)


def _differs(apart: Cents, expected: Expected | None, found: Verdict | None) -> Check:
    more = "more" if apart > 0 else "less"
    owes = expected.owes if expected else None
    said = f"By your plan's terms you would owe {dollars(owes)}. " if owes is not None else ""
    return Check(
        f"Differs from your plan by {dollars(abs(apart))}",
        "bad" if apart > 0 else "warning",
        Group.NEEDS_YOU,
        (f"{said}The EOB says {dollars(abs(apart))} {more}.", *(found.why if found else ())),
        ("See Why? for how your plan works it out.", "Ask the insurer which rule they used."),
    )


def _agrees(piece: Piece, apart: Cents | None) -> Check:
    group = Group.WAITING if piece.owed else Group.SETTLED
    todo = ("Wait for the bill. It should not ask for more than this.",) if piece.owed else ()
    if apart is None:
        why = piece.expected.why_not if piece.expected else "No plan is on record for this day."
        return Check("Not checked", "quiet", group, (why,), todo)
    return Check("Matches", "good", group, ("Your plan's terms give the same as the EOB.",), todo)
