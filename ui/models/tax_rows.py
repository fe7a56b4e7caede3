"""The tax worksheet as rows and words: lines of forms, expenses of the year, drives, own limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.domain.accounts.answers import Verdict
from tracker.domain.accounts.expenses import Counted
from tracker.domain.accounts.mileage_log import LoggedTrip, miles_text
from tracker.domain.accounts.pocket_savings import PocketSaving
from tracker.domain.accounts.tax_sheet import NOT_ADVICE as NOT_ADVICE
from tracker.domain.accounts.tax_sheet import NOT_KNOWN, SheetLine, Source
from tracker.domain.accounts.tax_worksheet import MedicalSheet
from tracker.domain.coverage.own_limits import LIMIT_NAMES
from tracker.facts import percent
from tracker.facts.taxes import FilingStatus, OwnLimit, TaxFacts
from tracker.money import dollars
from tracker.services.tax_year import ExpenseShown, TaxYear

STATUS_NAMES = {
    FilingStatus.SINGLE: "Single",
    FilingStatus.JOINT: "Married filing jointly",
    FilingStatus.HEAD_OF_HOUSEHOLD: "Head of household",
}
VERDICT_NAMES = {
    Verdict.YES: "Yes",
    Verdict.LETTER: "With a letter",
    Verdict.PART: "Part",
    Verdict.NO: "No",
    Verdict.ASK: "Ask",
}
RATE_LIMITS = ("medical_deduction_floor", "affordability")
"""Yearly limits that are shares, in basis points."""
MILEAGE_LIMIT = "medical_mileage"


# lines of forms --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of a form. `made_of` says how many payments or drives stand behind it."""

    place: int
    line: SheetLine
    amount: str
    made_of: str
    bold: bool

    @property
    def number(self) -> str:
        return self.line.number


def line_rows(lines: Sequence[SheetLine], *, bold: Sequence[str] = ()) -> list[LineRow]:
    """Lines in the order of the form; those numbered in `bold` are what a return asks for."""
    return [
        LineRow(
            place=place,
            line=line,
            amount=line_amount(line),
            made_of=made_of(line.sources),
            bold=line.number in bold,
        )
        for place, line in enumerate(lines)
    ]


def line_amount(line: SheetLine) -> str:
    """The amount of a line, or its words."""
    return line.words if line.amount is None else dollars(line.amount)


def made_of(sources: Sequence[Source]) -> str:
    """`3 payments`, `1 drive`, `2 payments, 1 drive`."""
    drives = sum(item.trip_id is not None for item in sources)
    paid = len(sources) - drives
    said = [_count(paid, "payment")] if paid else []
    if drives:
        said.append(_count(drives, "drive"))
    return ", ".join(said)


def medical_lines(sheet: MedicalSheet) -> list[SheetLine]:
    """The parts of line 1, the four lines of Schedule A, and the comparison with the standard deduction."""
    lines = [*sheet.parts, *sheet.lines]
    if sheet.other_itemized is not None and sheet.deductible is not None:
        lines += [
            SheetLine(
                number="",
                label="Your other itemized deductions",
                amount=sheet.other_itemized,
                why=("From the tax facts of the year.",),
            ),
            SheetLine(
                number="",
                label="All itemized deductions",
                amount=sheet.other_itemized + sheet.deductible,
                why=("Line 4 and your other itemized deductions.",),
            ),
        ]
    if sheet.standard is not None:
        said = f"The law\u2019s amount of {sheet.year} for how you file."
        lines.append(SheetLine(number="", label="Standard deduction", amount=sheet.standard, why=(said,)))
    return lines


def medical_verdict(sheet: MedicalSheet) -> tuple[str, str]:
    """What the worksheet comes to, and its tone."""
    if not sheet.expenses:
        return f"No medical expenses of {sheet.year} yet.", ""
    if sheet.deductible is None:
        return "What may be deducted is not known yet.", "warning"
    if not sheet.deductible:
        short = (sheet.floor or 0) - sheet.expenses
        more = f" {dollars(short)} more of expenses would reach it." if short > 0 else ""
        return f"Nothing lies above the floor, so nothing may be deducted.{more}", ""
    said = f"{dollars(sheet.deductible)} may be deducted by those who itemize."
    if sheet.gain is None:
        return f"{said} Whether that beats the standard deduction is not known yet.", "warning"
    if sheet.gain > 0:
        return f"{said} Itemizing is {dollars(sheet.gain)} more than the standard deduction.", "good"
    return f"{said} The standard deduction is {dollars(-sheet.gain)} more: itemizing does not help.", ""


# facts and savings -----------------------------------------------------------------------


def fact_pairs(facts: TaxFacts) -> list[tuple[str, str]]:
    """Everything that is known of the year; what is missing says so."""
    marks = (
        (facts.married_with_family, "Married, with family coverage"),
        (facts.dependent, "Claimed as somebody\u2019s dependent"),
        (facts.disabled, "Disabled"),
    )
    said = "; ".join(text for flag, text in marks if flag)
    return [
        ("Adjusted gross income", _or_not(facts.income)),
        ("Filing status", STATUS_NAMES[facts.status] if facts.status else NOT_KNOWN),
        ("Other itemized deductions", _or_not(facts.other_itemized)),
        ("Federal rate", percent(facts.federal_rate) if facts.federal_rate is not None else NOT_KNOWN),
        ("State rate", percent(facts.state_rate)),
        ("Set aside through payroll", _payroll(facts)),
        (
            "Your share of a family HSA limit",
            percent(facts.family_share) if facts.married_with_family else "",
        ),
        ("Also", said),
        ("Note", facts.note),
    ]


def _payroll(facts: TaxFacts) -> str:
    if not facts.through_payroll:
        return "No"
    return "Yes, above the Social Security wage base" if facts.above_wage_base else "Yes"


def saving_lines(savings: Sequence[PocketSaving]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Each way of paying: its name with the amount, what it saved, and why."""
    return [
        (
            f"{item.name}: {dollars(item.amount)}",
            dollars(item.saving.saved) if item.saving else NOT_KNOWN,
            tuple(text for text in (item.saving.why if item.saving else "", item.remark) if text),
        )
        for item in savings
    ]


def untaxed_lines(shown: TaxYear) -> list[tuple[str, tuple[str, ...]]]:
    """FSA and HRA plan years that touch the year, in a sentence each with their reasons."""
    found = []
    for one in shown.fsa:
        period = f"{day_text(one.year.begins_on)} to {day_text(one.year.ends_on)}"
        now = one.standing
        spent = dollars(now.spent + now.spent_in_grace)
        said = f"{one.account.name}, {period}: elected {dollars(one.year.election)}, paid {spent}, "
        said += f"left {dollars(now.available)}"
        lost = one.lost.why if one.lost else ("The carry-over limit of that year is not known.",)
        found.append((f"{said}.", (*now.why, *lost)))
    for two in shown.hra:
        period = f"{day_text(two.year.begins_on)} to {day_text(two.year.ends_on)}"
        held = two.standing
        said = f"{two.account.name}, {period}: credited {dollars(held.credited)}, paid "
        said += f"{dollars(held.reimbursed)}, left {dollars(held.available)}"
        found.append((f"{said}.", held.why))
    return found


# expenses --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExpenseRow:
    """One expense with what counts, in words to sort and filter by."""

    shown: ExpenseShown
    name: str
    hsa: str
    fsa: str
    deduction: str
    after_tax: str
    said: str
    words: str

    @property
    def key(self) -> int:
        return self.shown.expense.id


def expense_rows(shown: TaxYear) -> list[ExpenseRow]:
    """The expenses of the year, the latest first."""
    return [_expense_row(item) for item in reversed(shown.expenses)]


def matches(row: ExpenseRow, words: Sequence[str]) -> bool:
    """Whether every word (case folded) is found in the row."""
    return all(word in row.words for word in words)


def counts_text(item: Counted) -> str:
    """What counts for a pocket: an amount, or the verdict where it is nothing."""
    return dollars(item.eligible) if item.eligible else VERDICT_NAMES[item.verdict]


def _expense_row(item: ExpenseShown) -> ExpenseRow:
    expense = item.expense
    name = expense.label or "Payment"
    said = _said(item)
    texts = (
        name,
        expense.person,
        expense.account,
        day_text(expense.paid_on),
        dollars(expense.amount),
        said,
    )
    return ExpenseRow(
        shown=item,
        name=name,
        hsa=counts_text(item.hsa),
        fsa=counts_text(item.fsa),
        deduction=dollars(item.line.amount) if item.line.amount else counts_text_of_line(item),
        after_tax="" if item.after_tax is None else dollars(item.after_tax),
        said=said,
        words=" ".join(texts).casefold(),
    )


def counts_text_of_line(item: ExpenseShown) -> str:
    """Why nothing of an expense stands on line 1, in a word."""
    if item.deduction.eligible:
        return "Paid back" if item.expense.back else "Not own cash"
    return VERDICT_NAMES[item.deduction.verdict]


def _said(item: ExpenseShown) -> str:
    """What stands out: the member's own word, what was deducted, or what is to be said yet."""
    expense, note = item.expense, item.expense.note
    said = []
    if expense.deducted and note is not None:
        said.append(f"deducted {dollars(expense.deducted)} in {note.deducted_year}")
    if note is not None and (note.qualifies or note.item or note.eligible is not None):
        said.append("your word")
    elif item.is_open:
        said.append("to be said")
    text = ", ".join(said)
    return f"{text[:1].upper()}{text[1:]}"


def expense_reasons(item: ExpenseShown) -> list[tuple[str, tuple[str, ...]]]:
    """Why each pocket may have what it may, and where the dollars went."""
    line = item.line.note or "All of it is your own money."
    return [
        ("HSA", item.hsa.why),
        ("FSA", item.fsa.why),
        ("Deduction", (*item.deduction.why, f"On line 1: {dollars(item.line.amount)}. {_sentence(line)}")),
    ]


def _sentence(text: str) -> str:
    full = f"{text[:1].upper()}{text[1:]}"
    return full if full.endswith(".") else f"{full}."


# drives and limits -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TripRow:
    """One drive as a row."""

    logged: LoggedTrip

    @property
    def key(self) -> int:
        return self.logged.trip.id or 0

    @property
    def miles(self) -> str:
        return miles_text(self.logged.trip.tenths)

    @property
    def rate(self) -> str:
        cost = self.logged.cost
        return f"{miles_text(cost.mills)} cents" if cost else NOT_KNOWN


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One yearly amount the member typed in."""

    place: int
    limit: OwnLimit

    @property
    def name(self) -> str:
        return LIMIT_NAMES.get(self.limit.name, self.limit.name)

    @property
    def amount(self) -> str:
        return limit_text(self.limit.name, self.limit.amount)


def limit_text(name: str, amount: int) -> str:
    """A yearly limit in its own unit."""
    if name in RATE_LIMITS:
        return percent(amount)
    if name == MILEAGE_LIMIT:
        return f"{miles_text(amount)} cents a mile"
    return dollars(amount)


def _or_not(amount: int | None) -> str:
    return NOT_KNOWN if amount is None else dollars(amount)


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
