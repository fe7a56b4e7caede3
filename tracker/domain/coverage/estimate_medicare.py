"""Original Medicare, Medigap and standard Part D in an estimate (rulebook 1.13). Amounts are cents.

The year's amounts come from the yearly limits; one that is not known there raises UserProblem. A plan
that has a rule of its own for the service goes by that rule instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.domain.coverage.estimate_answer import Caution, Moved, Part, Payer, Remark, Source
from tracker.domain.coverage.estimate_question import Known, Question
from tracker.domain.coverage.limits import MedicareYear
from tracker.domain.coverage.limits import known as known_amount
from tracker.domain.coverage.medicare import (
    BENEFIT_DAYS,
    MedicareShare,
    Medigap,
    VisitPlace,
    medigap,
    non_participating,
    part_a_stay,
    part_b,
    part_d,
    snf_stay,
)
from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.usual_amount import UsualAmount, usual_amount
from tracker.errors import UserProblem
from tracker.facts import IN, AccumulatorKind, Claim, Counting, Plan
from tracker.money import Cents, dollars, percent_of
from tracker.wording import count_of

STAY, NURSING = "INPATIENT", "SNF"
_OFFICE = {"PCP", "SPEC", "MH", "CHIRO"}
_USUALLY_FREE = {"PREVENT", "LAB", "HOMEHEALTH", "HOSPICE"}
_USUALLY_NOT_COVERED = {"DENTAL", "VISION", "HEARING"}


@dataclass(frozen=True, slots=True)
class MedicareAnswer:
    """Medicare's part, Medigap's where there is one, and what to beware of."""

    payers: tuple[Payer, ...]
    remarks: tuple[Remark, ...]
    at_most: bool = False


def work_medicare(
    question: Question, year: PlanYear, policy_year: PlanYear | None, known: Known
) -> MedicareAnswer:
    """Original Medicare alone, with the Medigap policy where the person has one."""
    policy = medigap(policy_year.plan.medigap) if policy_year and policy_year.plan.medigap else None
    if policy_year is not None and policy is None:
        raise UserProblem(
            f"Which Medigap plan {policy_year.plan.name} is, is not entered.",
            "Type its letter in the plan.",
        )
    root = _root(question.category, known)
    if known.never_covered(question.category) or known.is_drug(question.category):
        return _not_covered(question, year, known)
    if root in _USUALLY_NOT_COVERED:
        return _not_covered(question, year, known)
    amounts = known.limits.of(question.on.year).medicare
    if root in (STAY, NURSING):
        return _part_a(question, year, policy_year, policy, amounts, nursing=root == NURSING)
    return _part_b(question, year, policy_year, policy, amounts, known)


def work_part_d(question: Question, year: PlanYear, known: Known) -> Payer:
    """The standard drug benefit: deductible, 25%, nothing from the cap on."""
    amounts = known.limits.of(question.on.year).medicare
    _, allowed, usual = _amount(question, known)
    before = sum(
        claim.allowed or 0
        for claim in _this_year(year, question)
        if known.is_drug(claim.category) or year.plan.id == claim.plan_id
    )
    owed = part_d(amounts, before, allowed)
    cap = known_amount(amounts.part_d_cap, "Part D out-of-pocket cap", amounts.year)
    spent = part_d(amounts, 0, before)
    name = "Part D out-of-pocket cap"
    moved = Moved(
        year.plan.name, "PART_D", name, AccumulatorKind.OOP_MAX, question.person_id,
        spent, spent + owed, cap,
    )  # fmt: skip
    sentences = (
        f"The drug costs {dollars(allowed)}; covered drugs cost {dollars(before)} before it this year.",
        f"Standard Part D of {amounts.year}: the deductible first, then 25%, nothing from "
        f"{dollars(cap)} out of pocket on.",
        f"You {dollars(owed)}, plan {dollars(allowed - owed)}.",
    )
    parts = (
        Part("allowed", "Allowed amount", allowed),
        Part("coinsurance", "Your share under Part D", owed),
        Part("plan_paid", "Plan pays", allowed - owed),
    )
    return _payer(year, allowed, allowed - owed, owed, parts, sentences, (moved,), usual)


def _part_b(
    question: Question,
    year: PlanYear,
    policy_year: PlanYear | None,
    policy: Medigap | None,
    amounts: MedicareYear,
    known: Known,
) -> MedicareAnswer:
    _, fee, usual = _amount(question, known)
    approved, excess, remarks = fee, 0, []
    if not question.accepts_assignment:
        terms = non_participating(fee)
        approved, excess = terms.approved, terms.most_excess
        if question.billed is not None:
            excess = min(excess, max(0, question.billed - approved))
        remarks.append(
            Remark(
                Caution.MEDICARE,
                "A doctor who does not accept assignment may charge up to "
                f"{dollars(terms.limiting_charge)}.",
            )
        )
    whole = known_amount(amounts.part_b_deductible, "Part B deductible", amounts.year)
    used = min(whole, _deductible_used(year, question))
    root = _root(question.category, known)
    place = VisitPlace.ER if root == "ER" else VisitPlace.OFFICE if root in _OFFICE else VisitPlace.OTHER
    share = part_b(
        approved,
        deductible_left=whole - used,
        policy=policy,
        place=place,
        admitted=question.admitted,
        excess=excess,
    )
    at_most = root in _USUALLY_FREE
    if at_most:
        remarks.append(
            Remark(
                Caution.MEDICARE,
                f"Medicare often charges nothing for {known.phrase(question.category)}; this is the most.",
                warns=False,
            )
        )
    moved = Moved(
        year.plan.name, "PART_B", "Part B deductible", AccumulatorKind.DEDUCTIBLE, question.person_id,
        used, used + share.deductible, whole,
    )  # fmt: skip
    parts = [Part("allowed", "Medicare approves", share.approved)]
    if share.deductible:
        start = "Rest of your" if share.deductible == whole - used else "Toward your"
        parts.append(Part("deductible", f"{start} Part B deductible", share.deductible))
    if share.coinsurance:
        base = share.approved - share.deductible
        parts.append(Part("coinsurance", f"20% of {dollars(base)}", share.coinsurance))
    if share.excess:
        parts.append(Part("balance_bill", "Excess charge", share.excess))
    parts.append(Part("plan_paid", "Plan pays", share.medicare_paid))
    left = share.deductible + share.coinsurance + share.excess
    medicare = _payer(
        year, share.approved, share.medicare_paid, left, parts, _part_b_words(share, used, whole), (moved,),
        usual,
    )  # fmt: skip
    payers = [medicare]
    if policy_year is not None and policy is not None:
        payers.append(_policy(policy_year, share.approved, share.medigap_paid, left))
    return MedicareAnswer(tuple(payers), tuple(remarks), at_most)


def _part_b_words(share: MedicareShare, used: Cents, whole: Cents) -> list[str]:
    words = [
        f"Medicare approves {dollars(share.approved)}.",
        f"Part B deductible: {dollars(used)} of {dollars(whole)} used before, "
        + (f"so {dollars(share.deductible)}." if share.deductible else "so it is met."),
        f"20% of {dollars(share.approved - share.deductible)} = {dollars(share.coinsurance)}; "
        f"Medicare pays {dollars(share.medicare_paid)}.",
    ]
    if share.excess:
        words.append(f"The doctor may charge {dollars(share.excess)} above what Medicare approves.")
    return words


def _part_a(
    question: Question,
    year: PlanYear,
    policy_year: PlanYear | None,
    policy: Medigap | None,
    amounts: MedicareYear,
    *,
    nursing: bool,
) -> MedicareAnswer:
    """A stay as the first of its benefit period: what came before it is for the member to say."""
    days = question.units
    if nursing:
        first, daily = 0, snf_stay(amounts, days)
        what = "skilled nursing facility"
    else:
        daily = part_a_stay(amounts, days, deductible_paid=True)
        first = part_a_stay(amounts, days) - daily
        what = "hospital"
    owed = first + daily
    count = count_of(days, "day")
    parts = []
    if first:
        parts.append(Part("deductible", "Part A deductible", first))
    if daily:
        after = "20" if nursing else str(BENEFIT_DAYS)
        parts.append(Part("copay", f"Days after day {after}", daily))
    words = [
        f"{count} in a {what}, the first of a benefit period.",
        f"Part A deductible {dollars(first)}, days with coinsurance {dollars(daily)}."
        if first
        else f"Days with coinsurance {dollars(daily)}.",
    ]
    medicare = replace(_payer(year, owed, 0, owed, parts, words, (), None), source=Source.FIXED)
    payers = [medicare]
    if policy_year is not None and policy is not None:
        covered = (
            percent_of(daily, policy.snf)
            if nursing
            else percent_of(first, policy.part_a_deductible) + percent_of(daily, policy.hospital_days)
        )
        payers.append(_policy(policy_year, owed, covered, owed))
    remark = Remark(
        Caution.MEDICARE,
        "Worked as the first stay of a benefit period. Within 60 days of an earlier stay the deductible "
        "is not taken again, and its days count.",
        warns=False,
    )
    doctors = Remark(
        Caution.MEDICARE, "Doctors who treat you during the stay come under Part B.", warns=False
    )
    return MedicareAnswer(tuple(payers), (remark, doctors))


def _policy(year: PlanYear, allowed: Cents, paid: Cents, left: Cents) -> Payer:
    letter = year.plan.medigap.strip().upper()
    words = (
        f"Medigap {letter} pays {dollars(paid)} of the {dollars(left)} Medicare leaves.",
        f"You {dollars(left - paid)}.",
    )
    return _payer(year, allowed, paid, left - paid, (), words, (), None)


def _not_covered(question: Question, year: PlanYear, known: Known) -> MedicareAnswer:
    billed, allowed, usual = _amount(question, known)
    price = billed if question.billed is not None else allowed
    phrase = known.phrase(question.category)
    parts = (
        Part("billed", "Price", price),
        Part("not_covered", "Not covered", price),
        Part("plan_paid", "Plan pays", 0),
    )
    words = (f"Original Medicare does not cover {phrase}: {dollars(price)} is yours.",)
    payer = _payer(year, price, 0, price, parts, words, (), usual)
    never = known.never_covered(question.category)
    about = Caution.NEVER_COVERED if never else Caution.NOT_COVERED
    first = f"Original Medicare does not {'' if never else 'usually '}cover {phrase}."
    more = " A Part D plan does." if known.is_drug(question.category) else ""
    return MedicareAnswer((payer,), (Remark(about, first + more),))


def _amount(question: Question, known: Known) -> tuple[Cents, Cents, UsualAmount | None]:
    """Billed, approved, and the usual amount. Raises UserProblem where nothing tells."""
    usual = usual_amount(known.past, question.category, question.provider_id, categories=known.categories)
    allowed = question.allowed
    if allowed is None and usual is not None:
        allowed = usual.amount
    if allowed is None:
        allowed = question.billed
    if allowed is None:
        raise UserProblem(
            f"What Medicare approves for {known.phrase(question.category)} is not known yet.",
            "Type the amount from a Medicare Summary Notice or from the doctor.",
            field="allowed",
        )
    return question.billed if question.billed is not None else allowed, allowed, usual


def _this_year(year: PlanYear, question: Question) -> list[Claim]:
    """The person's EOBs of the calendar year before the care, of this plan."""
    return [
        claim
        for claim in year.claims
        if claim.person_id == question.person_id and claim.service_from.year == question.on.year
    ]


def _deductible_used(year: PlanYear, question: Question) -> Cents:
    """What the year's EOBs and opening balances took of the Part B deductible."""
    opened = sum(
        item.amount
        for item in year.openings
        if item.person_id == question.person_id
        and item.counting is Counting.BUCKET
        and item.as_of.year == question.on.year
        and _is_deductible(year.plan, item.name)
    )
    return opened + sum(
        claim.deductible or 0
        for claim in _this_year(year, question)
        if claim.category not in (STAY, NURSING)
    )


def _is_deductible(plan: Plan, name: str) -> bool:
    return any(item.name == name and item.kind is AccumulatorKind.DEDUCTIBLE for item in plan.accumulators)


def _root(code: str, known: Known) -> str:
    category = known.categories.get(code)
    return category.parent if category is not None and category.parent else code


def _payer(
    year: PlanYear,
    allowed: Cents,
    paid: Cents,
    owes: Cents,
    parts: Sequence[Part],
    sentences: Sequence[str],
    moved: tuple[Moved, ...],
    usual: UsualAmount | None,
) -> Payer:
    return Payer(
        year=year,
        tier=IN,
        allowed=allowed,
        alone=paid,
        owes_alone=owes,
        paid=paid,
        source=Source.USUAL if usual is not None else Source.GIVEN,
        parts=tuple(parts),
        sentences=tuple(sentences),
        moved=moved,
        usual=usual,
    )
