"""How the two tax questions about a fee are said: verdicts, pockets, the care share."""

from __future__ import annotations

from tracker.dates import MONTH_NAMES, day_text, month_text
from tracker.domain.accounts.answers import Answer, Condition, Verdict
from tracker.facts import percent
from tracker.facts.membership import AdministratorAnswer, CareStatement, PaidBy, PaysFor, TaxPocket
from tracker.money import dollars
from tracker.services.membership_care_share import CareShare
from tracker.services.membership_tax import FeeTax, HsaMonths, MonthAnswer, PocketAnswer
from ui.widgets.month_strip import MonthWord
from ui.widgets.sum_lines import SumLine

VERDICTS = {
    Verdict.YES: ("Yes", "good"),
    Verdict.PART: ("In part", "accent"),
    Verdict.LETTER: ("With a letter", "warning"),
    Verdict.NO: ("No", "bad"),
    Verdict.ASK: ("Ask", "warning"),
}
POCKETS = {
    TaxPocket.HSA: "HSA",
    TaxPocket.FSA: "FSA",
    TaxPocket.HRA: "HRA",
    TaxPocket.DEDUCTION: "Tax deduction",
}
PAYS_FOR = {
    None: "Not known",
    PaysFor.ACCESS: "Access and amenities only",
    PaysFor.CARE: "Care itself",
    PaysFor.BOTH: "Both, in one fee",
    PaysFor.COSMETIC: "Cosmetic or wellness services",
}
PAID_BY = {
    PaidBy.MEMBER: "You, with your own money",
    PaidBy.EMPLOYER: "Your employer",
    PaidBy.CAFETERIA: "Your pay, set aside before tax",
}
QUESTIONS = {
    "bills_insurance": ("Does it bill your insurance for visits?", "IRS Notice 2026-5, A-11"),
    "bills_visits": ("Does a visit cost a fee of its own?", "IRS Notice 2026-5, A-11"),
    "primary_care_only": ("Does the fee pay for primary care only?", "IRC 223(c)(1)(E)"),
    "primary_care_practitioners": (
        "Are you seen only by primary care practitioners?",
        "A family, internal, geriatric or pediatric physician, nurse practitioner, clinical nurse "
        "specialist or physician assistant; IRC 223(c)(1)(E)",
    ),
    "within_office_care": (
        "Does the fee stay within ordinary office care?",
        "No general anesthesia, no drugs except vaccines, no unusual laboratory work; IRC 223(c)(1)(E)",
    ),
}
NOT_ADVICE = (
    "Not tax advice. The program asks and cites, it does not decide: the law, the plan document and your "
    "administrator do."
)
TWO_QUESTIONS = (
    "The two answers are independent: a fee may stop contributions and still be paid from the HSA, or the "
    "other way round."
)


def month_words(found: HsaMonths) -> list[MonthWord]:
    """The twelve cells of the strip."""
    return [
        MonthWord(MONTH_NAMES[item.month.month - 1][:3], *VERDICTS[item.verdict], month_text(item.month))
        for item in found.months
    ]


def months_sentence(found: HsaMonths) -> str:
    """How many months count, fail and are open."""
    verdicts = [item.verdict for item in found.months]
    counts, opens = verdicts.count(Verdict.YES), verdicts.count(Verdict.ASK)
    whole = "All twelve months count" if counts == 12 else f"{counts} of 12 months count"
    return f"{whole}; {opens} {'is' if opens == 1 else 'are'} not settled." if opens else f"{whole}."


def condition_groups(item: MonthAnswer) -> list[tuple[str, tuple[Condition, ...]]]:
    """A month's conditions: about the person, then about the practice's fee."""
    return [("About you", item.about_you), ("About the practice\u2019s fee", item.about_fee)]


def ask_words(answer: Answer) -> str:
    """What to ask whom, and that authorities leave room."""
    unsure = "" if answer.sure else "Authorities leave room here."
    return " ".join(part for part in (unsure, answer.ask) if part)


def pocket_title(item: PocketAnswer) -> str:
    """The question with its answer."""
    names = {
        TaxPocket.HSA: "May the HSA pay this fee?",
        TaxPocket.FSA: "May the FSA pay this fee?",
        TaxPocket.HRA: "May the HRA pay this fee?",
        TaxPocket.DEDUCTION: "May you deduct this fee?",
    }
    return f"{names[item.pocket]} {VERDICTS[item.answer.verdict][0]}."


def eligible_words(item: PocketAnswer) -> str:
    """What of a year's fees it may pay; empty while that is a question."""
    return "" if item.answer.verdict is Verdict.ASK else dollars(item.eligible)


def net_words(item: PocketAnswer) -> str:
    """What the eligible part costs after the tax it saves."""
    return dollars(item.saving.net_cost) if item.saving else ""


def share_lines(share: CareShare) -> list[SumLine]:
    """A year's fees in their parts, and the tax on the care part."""
    split = share.split
    lines = [
        SumLine("Fees of the year", dollars(split.fee)),
        SumLine("Care, by the practice\u2019s own word", dollars(split.care), strong=True),
        SumLine("Access and the rest", dollars(split.access)),
    ]
    if split.counts_now != split.care:
        lines.append(SumLine("Care already given, which counts now", dollars(split.counts_now)))
    if share.saving is not None and split.counts_now:
        lines.append(SumLine("Tax saved when untaxed money pays it", dollars(share.saving.saved)))
        lines.append(SumLine("What the care part then costs you", dollars(share.saving.net_cost)))
    return lines


def share_why(share: CareShare) -> list[tuple[str, tuple[str, ...]]]:
    """How the care share and the tax on it were worked out."""
    tax = (share.saving.why,) if share.saving and share.split.counts_now else (rates_ask(share),)
    return [
        ("The care share", tuple(part for part in (*share.split.why, share.problem, share.remark) if part)),
        ("Tax", tuple(part for part in tax if part)),
    ]


def rates_ask(share: CareShare) -> str:
    """What is missing to say what tax is saved; empty where nothing is."""
    if share.rates is not None:
        return ""
    return f"Your tax rates of {share.tax_year} are not entered, so the tax saved is not known."


def statement_words(item: CareStatement) -> str:
    """`35% of the fee is care, written Jan 20, 2026`."""
    if item.amount is not None:
        part = f"{dollars(item.amount)} of each fee"
    else:
        part = f"{percent(item.share or 0)} of the fee"
    return f"{part} is care, written {day_text(item.stated_on)}"


def statement_detail(item: CareStatement) -> str:
    parts = [item.document or "No paper attached or named yet"]
    if not item.received:
        parts.append("The care has not been given yet, so it does not count yet.")
    return ". ".join(part.rstrip(".") for part in parts) + "."


def said_words(item: AdministratorAnswer) -> str:
    """`FSA: yes, Feb 10, 2026`."""
    answer = "yes" if item.agreed else "no"
    return f"{POCKETS[item.pocket]}: {answer}, {day_text(item.said_on)}"


def fee_sentence(found: FeeTax) -> str:
    """Which fee is judged."""
    if found.fee is None:
        return f"No fee is in force on {day_text(found.day)}."
    each = f", {dollars(found.fee.amount // found.share.count)} each time" if found.share.count > 1 else ""
    return f"The fee of the year, {dollars(found.fee.amount)}{each}, as of {month_text(found.day)}."
