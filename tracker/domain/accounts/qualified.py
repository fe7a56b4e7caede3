"""May this pocket pay for this? The classifier of expenses, premiums and practice fees (rulebook 5.3).

It asks and cites. The administrator of an FSA or HRA decides for that account, so a recorded answer
of theirs stands above the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

from tracker.dates import day_text
from tracker.domain.accounts.answers import Answer, Condition, Verdict, verdict_of
from tracker.domain.accounts.dpc import FIRST_MONTH, arrangement_conditions, may_hsa_pay
from tracker.domain.accounts.practice_fee import CareStatement, PaysFor, PracticeFee, split_fee
from tracker.domain.accounts.qualified_items import ITEMS, PUB_502, Item
from tracker.domain.coverage.limits import Limits
from tracker.facts.membership import TaxPocket as TaxPocket
from tracker.money import Cents

NAMES = {
    TaxPocket.HSA: "the HSA",
    TaxPocket.FSA: "the FSA",
    TaxPocket.HRA: "the HRA",
    TaxPocket.DEDUCTION: "the tax deduction",
}


_BY_CODE = {found.code: found for found in ITEMS}


class Premium(StrEnum):
    """What a premium is for: an HSA pays only some kinds."""

    PLAN = "plan"
    COBRA = "cobra"
    UNEMPLOYED = "unemployed"
    LONG_TERM_CARE = "long_term_care"
    MEDICARE = "medicare"
    MEDIGAP = "medigap"
    EMPLOYER_AT_65 = "employer_at_65"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministratorSaid:
    """A recorded answer of the account's administrator."""

    on: date
    yes: bool
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeAnswer:
    """Whether a pocket may pay a practice's fee, and how much of one fee that is today."""

    answer: Answer
    eligible: Cents


def item(code: str) -> Item:
    """A kind of expense by its code; raises KeyError for one that is not in the table."""
    return _BY_CODE[code]


@lru_cache(maxsize=4096)
def suggest(text: str) -> tuple[Item, ...]:
    """The kinds whose words a description contains, most words first; empty where none fits."""
    asked = _words(text)
    scored = [(len(asked & words), found) for found, words in _item_words()]
    return tuple(found for score, found in sorted(scored, key=lambda pair: -pair[0]) if score)


def classify(code: str, pocket: TaxPocket, said: AdministratorSaid | None = None) -> Answer:
    """Whether a pocket may pay for a kind of expense."""
    return _with_said(_by_table(code, pocket), pocket, said)


@cache
def _by_table(code: str, pocket: TaxPocket) -> Answer:
    """The same while nobody said anything: a household asks it of every expense it has."""
    found = item(code)
    verdict = found.verdict
    if pocket is TaxPocket.DEDUCTION and found.deduction is not None:
        verdict = found.deduction
    return Answer(
        question=_question(pocket),
        verdict=verdict,
        sentence=found.why,
        source=found.source,
        ask={
            Verdict.LETTER: "Ask your doctor for a letter of medical necessity and attach it.",
            Verdict.ASK: "Ask the administrator, and note the day and the answer.",
        }.get(verdict, ""),
    )


def premium_answer(kind: Premium, pocket: TaxPocket, *, at_65: bool, before_tax: bool = False) -> Answer:
    """Whether a pocket may pay a premium. `at_65`: the owner of the HSA is 65 or older."""
    verdict, why, source = Verdict.NO, "", PUB_502
    if pocket is TaxPocket.FSA:
        why, source = "An FSA never pays premiums.", "IRC 125; Prop. Reg. 1.125-5(k)(4)"
    elif pocket is TaxPocket.HRA:
        verdict, why, source = Verdict.ASK, "Your HRA's plan document decides.", "Plan document"
    elif pocket is TaxPocket.DEDUCTION:
        verdict = Verdict.NO if before_tax else Verdict.YES
        why = (
            "It was paid from pay before tax, so it is deducted already."
            if before_tax
            else "Premiums paid with taxed money count."
        )
        if kind is Premium.LONG_TERM_CARE and not before_tax:
            verdict, why = Verdict.PART, "It counts up to a cap by age."
    else:
        source = "IRC 223(d)(2)(B)-(C)"
        verdict, why = _hsa_premium(kind, at_65)
    return Answer(question=_question(pocket), verdict=verdict, sentence=why, source=source)


def fee_answer(
    fee: PracticeFee,
    pocket: TaxPocket,
    month: date,
    limits: Limits,
    *,
    statement: CareStatement | None = None,
    said: AdministratorSaid | None = None,
) -> FeeAnswer:
    """Whether a pocket may pay a practice's fee due in a month, and how much of it.

    Without the practice's written split nothing counts. Raises UserProblem where the law's cap of
    that year is not known.
    """
    if pocket is TaxPocket.HSA:
        answer = may_hsa_pay(fee, month, limits, statement)
    elif fee.pays_for in (PaysFor.ACCESS, PaysFor.COSMETIC):
        answer = Answer(
            question=_question(pocket),
            verdict=Verdict.NO,
            sentence="The fee pays for access, amenities or looks, which is not medical care.",
            source="IRC 213(d)",
        )
    elif pocket is TaxPocket.HRA:
        answer = Answer(
            question=_question(pocket),
            verdict=Verdict.ASK,
            sentence="Your HRA's plan document decides whether it pays practice fees.",
            source="Plan document; proposed rules of June 2020 never became final",
            sure=False,
            ask="Ask the administrator, and note the day and the answer.",
        )
    elif pocket is TaxPocket.FSA and _is_dpc(fee, month):
        answer = Answer(
            question=_question(pocket),
            verdict=Verdict.NO,
            sentence="The law of 2025 speaks of HSAs only; administrators refuse such fees by default.",
            conditions=arrangement_conditions(fee),
            source="Public Law 119-21, section 71308; an FSA retailer's list",
            sure=False,
            ask="Ask the administrator, and note the day and the answer.",
        )
    else:
        answer = _care_part(fee, pocket, statement)
    answer = _with_said(answer, pocket, said)
    return FeeAnswer(answer=answer, eligible=_eligible(fee, answer, statement, said))


def _care_part(fee: PracticeFee, pocket: TaxPocket, statement: CareStatement | None) -> Answer:
    split = split_fee(fee.amount, statement)
    extra = " An FSA pays when the care is given, never a fee ahead." if pocket is TaxPocket.FSA else ""
    return Answer(
        question=_question(pocket),
        verdict=Verdict.PART if split.care else Verdict.ASK,
        sentence=" ".join(split.why) + extra,
        source="IRC 213(d); no IRS ruling on concierge fees was found",
        sure=False,
        ask="Ask the practice for a written split of the fee, and the administrator whether it takes it.",
    )


def _eligible(
    fee: PracticeFee, answer: Answer, statement: CareStatement | None, said: AdministratorSaid | None
) -> Cents:
    """The amount behind an answer; an administrator's yes without a split stands for the whole fee."""
    if answer.verdict is Verdict.PART or (said and said.yes and statement is not None):
        return split_fee(fee.amount, statement).counts_now
    return fee.amount if answer.verdict is Verdict.YES else 0


def _is_dpc(fee: PracticeFee, month: date) -> bool:
    return month >= FIRST_MONTH and verdict_of(arrangement_conditions(fee)) is Verdict.YES


def _with_said(answer: Answer, pocket: TaxPocket, said: AdministratorSaid | None) -> Answer:
    """The administrator's recorded answer, for the accounts they decide on."""
    if said is None or pocket not in (TaxPocket.FSA, TaxPocket.HRA):
        return answer
    told = f"The administrator said {'yes' if said.yes else 'no'} on {day_text(said.on)}."
    why = f"{told} {said.words}".strip()
    condition = Condition("The administrator pays it", said.yes, why, "Administrator")
    verdict = Verdict.NO
    if said.yes:
        verdict = Verdict.PART if answer.verdict is Verdict.PART else Verdict.YES
    return Answer(
        question=answer.question,
        verdict=verdict,
        sentence=f"{told} {answer.sentence}",
        conditions=(condition, *answer.conditions),
        source=answer.source,
        sure=answer.sure,
    )


def _hsa_premium(kind: Premium, at_65: bool) -> tuple[Verdict, str]:
    if kind in (Premium.COBRA, Premium.UNEMPLOYED):
        return Verdict.YES, "An HSA pays premiums of COBRA and of coverage while you receive unemployment."
    if kind is Premium.LONG_TERM_CARE:
        return (
            Verdict.PART,
            "An HSA pays long-term care premiums up to a cap by age; ask for the year's cap.",
        )
    if kind is Premium.MEDIGAP:
        return Verdict.NO, "An HSA never pays Medigap premiums."
    if kind in (Premium.MEDICARE, Premium.EMPLOYER_AT_65):
        if at_65:
            return Verdict.YES, "From 65 an HSA pays premiums of Medicare and of an employer's plan."
        return Verdict.NO, "An HSA pays such premiums only from age 65."
    return Verdict.NO, "An HSA pays no premiums of a health plan like yours."


def _question(pocket: TaxPocket) -> str:
    if pocket is TaxPocket.DEDUCTION:
        return "May I deduct this?"
    return f"May {NAMES[pocket]} pay this?"


@cache
def _item_words() -> tuple[tuple[Item, set[str]], ...]:
    """Every kind with the words it is found by."""
    return tuple((found, _words(f"{found.name} {found.more}")) for found in ITEMS)


def _words(text: str) -> set[str]:
    cleaned = "".join(letter if letter.isalnum() or letter == "-" else " " for letter in text.casefold())
    return {word for word in cleaned.split() if len(word) > 2} - _COMMON


_COMMON = {"and", "for", "the", "care", "with", "fee", "fees", "medical", "health"}
