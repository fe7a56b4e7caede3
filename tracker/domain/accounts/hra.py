"""A health reimbursement arrangement: the employer's money, under the plan's own rules (rulebook 5.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.dates import add_months, day_text
from tracker.domain.accounts.answers import Answer, Verdict
from tracker.domain.coverage.limits import Limits, known
from tracker.errors import UserProblem
from tracker.facts.accounts import Hra as Hra
from tracker.facts.accounts import HraKind as HraKind
from tracker.facts.accounts import HraPays as HraPays
from tracker.money import Cents, dollars


@dataclass(frozen=True, slots=True, kw_only=True)
class HraStanding:
    """What an HRA can pay on a day. `expires_on` is None where what is left is kept or nobody knows."""

    credited: Cents
    reimbursed: Cents
    available: Cents
    expires_on: date | None
    why: tuple[str, ...]


def check_hra(hra: Hra, limits: Limits) -> None:
    """Raises UserProblem for dates that cannot be, or more money than the law allows for its kind.

    Only a small employer's and an excepted benefit HRA have a limit.
    """
    if hra.ends_on < hra.begins_on:
        raise UserProblem("The plan year ends before it begins.", "Check the two dates.", field="ends_on")
    year = hra.begins_on.year
    most: Cents | None = None
    if hra.kind is HraKind.EBHRA:
        most = known(limits.of(year).ebhra, "limit for an excepted benefit HRA", year)
    elif hra.kind is HraKind.QSEHRA:
        pair = limits.of(year).qsehra
        most = known(pair.family if hra.family else pair.self_only, "limit for a QSEHRA", year)
    if most is not None and hra.credit > most:
        raise UserProblem(
            f"The law's limit for {year} is {dollars(most)}.", "Check the plan's notice.", field="credit"
        )


def hra_standing(hra: Hra, reimbursed: Iterable[Cents], today: date) -> HraStanding:
    """What the employer has put in so far, less what was reimbursed."""
    credited = hra.carried_in + _credited(hra, today)
    spent = sum(reimbursed)
    available = max(0, credited - spent)
    why = [f"Put in by your employer so far: {dollars(credited)}. Reimbursed: {dollars(spent)}."]
    expires: date | None = None
    if hra.keeps_rest:
        why.append("What is left goes to the next plan year.")
    elif hra.keeps_rest is None:
        why.append("Ask your employer what happens to what is left after the plan year.")
    else:
        expires = hra.file_by or hra.ends_on
        why.append(f"What is not claimed by {day_text(expires)} is lost.")
    return HraStanding(
        credited=credited, reimbursed=spent, available=available, expires_on=expires, why=tuple(why)
    )


def may_hra_pay(hra: Hra, what: HraPays) -> Answer:
    """What the plan document says about a kind of expense; where it says nothing, ask."""
    question = "May the HRA pay this?"
    if what in hra.never_pays:
        return Answer(
            question=question,
            verdict=Verdict.NO,
            sentence="Your plan document leaves it out.",
            source="Plan document",
        )
    if what in hra.pays:
        return Answer(
            question=question,
            verdict=Verdict.YES,
            sentence="Your plan document names it.",
            source="Plan document",
        )
    said, source = "Your plan document decides.", "Plan document"
    if what is HraPays.PRACTICE_FEES:
        said += " Rules proposed in 2020 would allow direct primary care fees; they never became final."
        source += "; proposed rules of June 2020"
    return Answer(
        question=question,
        verdict=Verdict.ASK,
        sentence=said,
        source=source,
        sure=False,
        ask="Ask the administrator, and note the day and the answer.",
    )


def ends_hsa_eligibility(hra: Hra) -> bool:
    """Whether an HRA stops contributions to an HSA: a general one does.

    One that pays only after the deductible, only premiums, or only dental and vision care does not.
    One whose plan document is not recorded counts as general.
    """
    harmless = {HraPays.PREMIUMS, HraPays.DENTAL_VISION}
    return not hra.post_deductible and (not hra.pays or not harmless.issuperset(hra.pays))


def _credited(hra: Hra, today: date) -> Cents:
    if today < hra.begins_on:
        return 0
    if not hra.by_month:
        return hra.credit
    starts = [add_months(hra.begins_on, count) for count in range(12)]
    months = sum(hra.begins_on <= start <= hra.ends_on for start in starts)
    begun = sum(start <= min(today, hra.ends_on) for start in starts)
    return hra.credit * begun // max(1, months)
