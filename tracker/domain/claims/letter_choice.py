"""Which letter fits a matter: the proposed ones first, each with its reason (rulebook 3.7 and 3.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.claims.about import About
from tracker.domain.claims.dispute_flow import moves_of, standing
from tracker.domain.claims.dispute_steps import AppealLevel, Step
from tracker.domain.claims.estimate_threshold import estimate_excess
from tracker.domain.claims.letter_fields import charged, is_denied
from tracker.domain.claims.letters import LetterKind
from tracker.facts import (
    DECIDED,
    CaseKind,
    Claim,
    ClaimStage,
    Network,
    StepOutcome,
    Turn,
)
from tracker.money import dollars


@dataclass(frozen=True, slots=True)
class Choice:
    """A letter and why it is proposed; the others have no reason."""

    kind: LetterKind
    why: str = ""


def choices(about: About) -> tuple[Choice, ...]:
    """All ten letters, those that fit first and the best fitting at the very beginning."""
    found: dict[LetterKind, str] = {}
    for kind, why in _fitting(about):
        found.setdefault(kind, why)
    proposed = tuple(Choice(kind, why) for kind, why in found.items())
    return (*proposed, *(Choice(kind) for kind in LetterKind if kind not in found))


def _fitting(about: About) -> Iterator[tuple[LetterKind, str]]:
    yield from _by_case(about)
    yield from _by_bill(about)
    yield from _by_claim(about)
    if about.claim is None and about.bill is None and about.case is None and about.membership is not None:
        yield LetterKind.MEMBERSHIP, "It is about the membership itself."


def _by_case(about: About) -> Iterator[tuple[LetterKind, str]]:
    """What the case asks for, by its kind and the step it stands at."""
    case = about.case
    if case is None:
        return
    match case.kind:
        case CaseKind.DISPUTE | CaseKind.APPEAL:
            yield from _by_step(about)
        case CaseKind.ESTIMATE_DISPUTE:
            yield LetterKind.ESTIMATE_DISPUTE, "The case is a good-faith-estimate dispute."
            yield LetterKind.ITEMIZED_BILL, "It shows which charges were not in the estimate."
        case CaseKind.REIMBURSEMENT:
            sent = case.submission is not None and case.submission.sent_on is not None
            if sent:
                yield LetterKind.CLAIM_INQUIRY, "The claim was sent; ask where it stands."
            else:
                yield LetterKind.CLAIM_COVER, "The claim is to be sent with a cover letter."
        case CaseKind.AUTHORIZATION:
            yield LetterKind.MEDICAL_NECESSITY, "An authorization rests on your physician's letter."
            if any(step.outcome is StepOutcome.DENIED for step in case.steps):
                yield LetterKind.INTERNAL_APPEAL, "The authorization was denied."
        case CaseKind.REFERRAL | CaseKind.COVERAGE_CHECK | CaseKind.APPOINTMENT:
            yield (
                LetterKind.MEDICAL_NECESSITY,
                "It helps where the plan asks whether the care is necessary.",
            )


def _by_step(about: About) -> Iterator[tuple[LetterKind, str]]:
    """Where a dispute stands in the eleven steps decides whom to write to."""
    case = about.case
    if case is None:
        return
    stands = standing(moves_of(case), case.opened_on, about.today)
    step = stands.current.step
    is_appeal = case.kind is CaseKind.APPEAL and step < Step.APPEAL and not case.steps
    if step is Step.APPEAL or is_appeal:
        if stands.level is AppealLevel.EXTERNAL or case.level >= len(AppealLevel):
            yield LetterKind.EXTERNAL_REVIEW, "The case has reached the external review."
        else:
            yield LetterKind.INTERNAL_APPEAL, "The case has reached the appeal."
        yield LetterKind.MEDICAL_NECESSITY, "It supports an appeal on medical grounds."
    elif step is Step.GATHER:
        yield LetterKind.MEDICAL_NECESSITY, "The insurer wants more information from your physician."
    elif step in (Step.CONTACT_INSURER, Step.INSURER_REVIEWS, Step.INSURER_ACTS):
        yield LetterKind.CLAIM_INQUIRY, f"The case is at step {step.value}, with the insurer."
    elif step is Step.RESOLUTION or stands.turn is Turn.NOBODY:
        return
    elif about.bill is not None and not (about.verdict and about.verdict.refund):
        yield LetterKind.BILLING_CORRECTION, f"The case is at step {step.value}, with the billing office."


def _by_bill(about: About) -> Iterator[tuple[LetterKind, str]]:
    """What the figures of the bill ask for."""
    bill, verdict = about.bill, about.verdict
    if bill is None:
        return
    if verdict is not None and verdict.refund:
        yield LetterKind.REFUND, f"You paid {dollars(verdict.refund)} more than you owe."
    if verdict is not None and verdict.over:
        yield LetterKind.BILLING_CORRECTION, f"The bill is {dollars(verdict.over)} over."
    if bill.estimate is not None and bill.newest is not None and bill.self_pay:
        excess = estimate_excess(bill.estimate, charged(bill), sent_to_insurance=bool(about.claims))
        if excess.qualifies:
            yield LetterKind.ESTIMATE_DISPUTE, f"It is {dollars(excess.excess)} above its estimate."
    if bill.newest is not None and not bill.newest.lines and not bill.closed:
        yield LetterKind.ITEMIZED_BILL, "The bill does not list its charges."


def _by_claim(about: About) -> Iterator[tuple[LetterKind, str]]:
    """What the EOB asks for."""
    claim = about.claim
    if claim is None:
        return
    if is_denied(claim):
        yield LetterKind.INTERNAL_APPEAL, "The plan did not cover it, or a part of it."
    if _is_to_be_sent(claim):
        yield LetterKind.CLAIM_COVER, "It is out of network and was not sent to the plan."
    elif claim.stage not in DECIDED:
        yield LetterKind.CLAIM_INQUIRY, "The plan has not decided it."
    expected = about.expected.get(claim.id or 0)
    if expected is not None and expected.owes is not None and claim.you_owe is not None:
        less = claim.you_owe - expected.owes
        if less > 1:
            yield LetterKind.CLAIM_INQUIRY, f"By your plan's terms you would owe {dollars(less)} less."


def _is_to_be_sent(claim: Claim) -> bool:
    return claim.network is Network.OUT and claim.stage in (
        ClaimStage.NOT_SUBMITTED,
        ClaimStage.EXPECTED,
    )
