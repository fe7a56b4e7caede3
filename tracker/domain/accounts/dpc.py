"""A practice's fee and the HSA since 2026: two questions that are never merged (rulebook 5.4).

May I still contribute for that month? May the HSA pay the fee? The law (IRC 223(c)(1)(E)) speaks of
direct primary care service arrangements; a concierge fee that prepays care may be one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from tracker.dates import month_text
from tracker.domain.accounts.answers import Answer, Condition, Verdict, verdict_of
from tracker.domain.accounts.practice_fee import (
    CareStatement,
    PaidBy,
    PaysFor,
    PracticeFee,
    split_fee,
)
from tracker.domain.coverage.limits import Limits, known
from tracker.money import Cents, dollars

FIRST_MONTH = date(2026, 1, 1)
"""The first month for which the law knows such arrangements (Public Law 119-21, section 71308)."""

CONTRIBUTE = "May I still contribute to an HSA?"
PAY = "May the HSA pay this fee?"

LAW = "IRC 223(c)(1)(E)"
NOTICE = "IRS Notice 2026-5"
_ADVISER = "Ask a tax adviser, and show the agreement."


def arrangement_conditions(fee: PracticeFee) -> tuple[Condition, ...]:
    """What makes a fee one for a direct primary care service arrangement, apart from its size."""
    bills = _either(fee.bills_insurance, fee.bills_visits)
    return (
        Condition(
            "The fee pays only for primary care",
            fee.primary_care_only,
            _told(fee.primary_care_only, "Nothing but primary care.", "It includes other care."),
            LAW,
        ),
        Condition(
            "Only primary care practitioners give the care",
            fee.primary_care_practitioners,
            _told(
                fee.primary_care_practitioners,
                "A family, internal, geriatric or pediatric physician, nurse practitioner, clinical nurse "
                "specialist or physician assistant.",
                "Somebody else gives care under the fee.",
            ),
            LAW,
        ),
        Condition(
            "A fixed periodic fee is the practice's only pay",
            None if bills is None else not bills,
            _told(
                None if bills is None else not bills,
                "The practice bills nobody for its services.",
                "The practice also bills for its services.",
            ),
            f"{LAW}; {NOTICE}, A-11",
        ),
        Condition(
            "No general anesthesia, no drugs except vaccines, no unusual laboratory work",
            fee.within_office_care,
            _told(
                fee.within_office_care,
                "Nothing beyond an ordinary primary care office.",
                "The fee includes more than an ordinary primary care office gives.",
            ),
            LAW,
        ),
    )


def fee_condition(fees: Sequence[PracticeFee], month: date, limits: Limits) -> Condition:
    """Whether all such fees of a month together stay within the law's cap.

    Raises UserProblem for a year whose cap is not known.
    """
    more = any(fee.people > 1 for fee in fees)
    caps = limits.of(month.year).direct_primary_care_month
    cap = known(
        caps.family if more else caps.self_only, "monthly cap on direct primary care fees", month.year
    )
    monthly = sum((fee.monthly for fee in fees), Fraction())
    within = monthly <= cap
    people = "more than one person" if more else "one person"
    parts = " + ".join(_monthly_words(fee) for fee in fees)
    total = f" = {dollars(_up(monthly))}" if len(fees) > 1 else ""
    return Condition(
        f"All such fees of a month are at most {dollars(cap, whole=True)} for {people}",
        within,
        f"The practice asks {parts}{total} a month, {'within' if within else 'above'} "
        f"{dollars(cap, whole=True)}.",
        f"{LAW}; {NOTICE}, A-13",
    )


def contribute_condition(fees: Sequence[PracticeFee], month: date, limits: Limits) -> Condition:
    """Whether the practice fees in force on the first of a month leave room to contribute.

    None (ask) for a fee for care outside the safe harbour: it ends eligibility where it is other
    health coverage, which its agreement decides.
    """
    what = "Your practice's fee is no disqualifying coverage"
    paid = [fee for fee in fees if fee.in_force(month)]
    care = [fee for fee in paid if fee.has_care]
    if not care:
        why = (
            "The fee pays for access and amenities, which is not health coverage; ask an adviser."
            if paid
            else "No practice fee is in force on the first of the month."
        )
        return Condition(what, True, why, "IRC 223(c)(1)(A)(ii)")
    if month < FIRST_MONTH:
        return Condition(
            what,
            False,
            "Before 2026 the law knew no exception for fees that prepay care.",
            "IRC 223(c)(1)(A)(ii)",
        )
    structure = [found for fee in care for found in arrangement_conditions(fee)]
    failed = [found for found in structure if found.passes is False]
    if failed:
        return Condition(
            what,
            None,
            f"{failed[0].why} That is outside the safe harbour: if it is other health coverage, you may "
            "not contribute for this month.",
            failed[0].source,
        )
    test = fee_condition(care, month, limits)
    if not test.passes:
        return Condition(what, False, test.why, test.source)
    if any(found.passes is None for found in structure):
        return Condition(what, None, "Not every condition of the safe harbour is answered yet.", LAW)
    return Condition(what, True, f"It meets the safe harbour: {test.why}", test.source)


def may_contribute(fees: Sequence[PracticeFee], month: date, limits: Limits) -> Answer:
    """Question 1 for one month, as far as the practice's fees decide it, with every condition."""
    found = contribute_condition(fees, month, limits)
    paid = [fee for fee in fees if fee.in_force(month)]
    care = [fee for fee in paid if fee.has_care]
    settled = found.passes is True and (bool(care) or not paid)
    conditions: tuple[Condition, ...] = (found,)
    if care and month >= FIRST_MONTH:
        structure = tuple(condition for fee in care for condition in arrangement_conditions(fee))
        conditions = (*structure, fee_condition(care, month, limits))
    verdict = {True: Verdict.YES, False: Verdict.NO, None: Verdict.ASK}[found.passes]
    starts = {
        Verdict.YES: f"The fee does not stop contributions for {month_text(month)}.",
        Verdict.NO: f"The fee stops contributions for {month_text(month)}.",
        Verdict.ASK: f"Whether the fee stops contributions for {month_text(month)} is not settled.",
    }
    return Answer(
        question=CONTRIBUTE,
        verdict=verdict,
        sentence=f"{starts[verdict]} {found.why}",
        conditions=conditions,
        source=found.source,
        sure=found.passes is False or settled,
        ask="" if settled else _ADVISER,
    )


def may_hsa_pay(
    fee: PracticeFee, month: date, limits: Limits, statement: CareStatement | None = None
) -> Answer:
    """Question 2: whether the HSA may pay a fee, whatever the answer to question 1."""
    if fee.pays_for is PaysFor.COSMETIC:
        return _no("Cosmetic and wellness memberships are not medical care.", "IRC 213(d)(9)")
    if fee.pays_for is PaysFor.ACCESS:
        return _no("The fee pays for access and amenities, which is not medical care.", "IRC 213(d)")
    if fee.paid_by is not PaidBy.MEMBER:
        return _no(
            "An employer or a cafeteria plan pays the fee; only fees you pay yourself count.",
            f"{NOTICE}, A-18",
        )
    if month < FIRST_MONTH:
        return _care_part(fee, statement, (), "Before 2026 only the care part of such a fee could count.")
    structure = arrangement_conditions(fee)
    verdict = verdict_of(structure)
    if verdict is Verdict.NO:
        failed = next(found for found in structure if found.passes is False)
        return _care_part(fee, statement, structure, f"{failed.why} So only the care part counts.")
    if verdict is Verdict.ASK:
        return Answer(
            question=PAY,
            verdict=Verdict.ASK,
            sentence="Not every condition of the arrangement is answered yet.",
            conditions=structure,
            source=LAW,
            ask="Ask the practice what the fee includes and whether it bills for visits.",
        )
    within = fee_condition([fee], month, limits)
    if within.passes and fee.pays_for is PaysFor.CARE:
        said, sure = "The fee is a medical expense of a direct primary care arrangement.", True
    elif within.passes:
        said, sure = "The fee prepays care like a direct primary care arrangement, so it counts.", False
    else:
        said = (
            "The fee still counts above the cap (Notice 2026-5, A-20); one published reading counts only "
            "the part up to the cap."
        )
        sure = False
    return Answer(
        question=PAY,
        verdict=Verdict.YES,
        sentence=said,
        conditions=structure,
        source=f"{LAW}; {NOTICE}, A-20",
        sure=sure,
        ask="" if sure else _ADVISER,
    )


def _care_part(
    fee: PracticeFee, statement: CareStatement | None, conditions: tuple[Condition, ...], said: str
) -> Answer:
    split = split_fee(fee.amount, statement)
    return Answer(
        question=PAY,
        verdict=Verdict.PART if split.care else Verdict.ASK,
        sentence=f"{said} {' '.join(split.why)}",
        conditions=conditions,
        source="IRC 213(d); no IRS ruling on concierge fees was found",
        sure=False,
        ask="Ask the practice for a written split of the fee.",
    )


def _no(sentence: str, source: str) -> Answer:
    return Answer(question=PAY, verdict=Verdict.NO, sentence=sentence, source=source)


def _either(first: bool | None, second: bool | None) -> bool | None:
    """Or, where None is not known."""
    if first or second:
        return True
    return None if first is None or second is None else False


def _told(passes: bool | None, yes: str, no: str) -> str:
    return "Not answered yet." if passes is None else yes if passes else no


def _monthly_words(fee: PracticeFee) -> str:
    if fee.months == 1:
        return dollars(fee.amount)
    return f"{dollars(_up(fee.monthly))} ({dollars(fee.amount)} for {fee.months} months)"


def _up(cents: Fraction) -> Cents:
    """Up to the next cent, so that a fee above a cap never reads as equal to it."""
    return -(-cents.numerator // cents.denominator)
