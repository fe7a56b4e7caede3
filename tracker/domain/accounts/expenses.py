"""Expenses as accounts and taxes see them: what of each counts, and where its dollars went.

Facts come from payments, their refunds, what accounts paid back, bills and the member's own notes. The
pool of an HSA, the allocation ledger and the tax worksheet all read the same expenses, so that none
counts a dollar another has (rulebook 5.3, 5.5; DESIGN principle 3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracker.domain.accounts.allocation import Allocated, Clash, Part, allocate
from tracker.domain.accounts.answers import Answer, Verdict
from tracker.domain.accounts.hsa_pool import HsaExpense
from tracker.domain.accounts.medical_deduction import PaidExpense
from tracker.domain.accounts.qualified import Premium, classify, premium_answer, suggest
from tracker.facts import Role
from tracker.facts.accounts import ExpenseNote, Pocket, Qualifies
from tracker.facts.expenses import PAID_FROM, Expense, Share
from tracker.facts.membership import TaxPocket
from tracker.money import Cents, dollars, split_by

_ITEM_OF_ROLE = {
    Role.COPAY_DOCTOR: "cost_sharing",
    Role.COPAY_SPECIALIST: "cost_sharing",
    Role.DEDUCTIBLE: "cost_sharing",
    Role.PRESCRIPTION: "drugs",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How much of an expense an untaxed pocket or a deduction may have, and why.

    `parts` say under which budget lines `eligible` lies; empty where the member's note decided.
    """

    expense: Expense
    pocket: TaxPocket
    eligible: Cents
    verdict: Verdict
    why: tuple[str, ...]
    parts: tuple[Share, ...] = ()


FeePart = Callable[[Expense, TaxPocket, Cents], tuple[Cents, Answer] | None]
"""How much of an amount of membership fee a pocket may pay, given by whoever knows the agreements;
None where the agreement is not known."""


def counted(
    expense: Expense,
    pocket: TaxPocket,
    *,
    fee_part: FeePart | None = None,
    at_65: bool = False,
    before_tax: bool = False,
) -> Counted:
    """What of an expense counts for a pocket. The member's own note goes before the table of kinds.

    `before_tax`: premiums come out of pay before tax. A part counts in full only where the answer is
    yes; a letter, a question or a no leaves it out until the member says otherwise.
    """
    note = expense.note
    if note is not None and note.qualifies is not None:
        return _as_noted(expense, pocket, note)
    total, reasons, verdicts, parts = 0, list[str](), list[Verdict](), list[Share]()
    for share in _net_shares(expense):
        part, answer = _share(expense, share, pocket, fee_part, at_65=at_65, before_tax=before_tax)
        total += part
        parts.append(Share(role=share.role, amount=part))
        verdicts.append(answer.verdict)
        reasons.append(f"{dollars(part)} of {dollars(share.amount)}: {answer.sentence}")
    if note is not None and note.eligible is not None:
        total = min(total, note.eligible)
        reasons.append(f"You said that {dollars(note.eligible)} of it counts.")
    return Counted(
        expense=expense,
        pocket=pocket,
        eligible=total,
        verdict=_together(verdicts),
        why=tuple(reasons),
        parts=tuple(parts),
    )


def _as_noted(expense: Expense, pocket: TaxPocket, note: ExpenseNote) -> Counted:
    verdict = Verdict((note.qualifies or Qualifies.ASK).value)
    whole = expense.net if note.eligible is None else min(expense.net, note.eligible)
    eligible = whole if note.qualifies in (Qualifies.YES, Qualifies.PART) else 0
    said = f"You noted: {_NOTED[note.qualifies or Qualifies.ASK]}."
    if eligible:
        said = f"{said[:-1]}, {dollars(eligible)} of {dollars(expense.net)}."
    why = (said, note.note) if note.note else (said,)
    return Counted(expense=expense, pocket=pocket, eligible=eligible, verdict=verdict, why=why)


_NOTED = {
    Qualifies.YES: "it counts",
    Qualifies.PART: "a part of it counts",
    Qualifies.LETTER: "it counts with a letter of medical necessity, which is not there yet",
    Qualifies.NO: "it does not count",
    Qualifies.ASK: "to be asked",
}


def _net_shares(expense: Expense) -> list[Share]:
    """The parts of an expense less what the provider gave back, in proportion; they add to its net."""
    shares = expense.whole_shares
    if not expense.given_back:
        return [*shares]
    parts = split_by(expense.net, [share.amount for share in shares])
    return [Share(role=share.role, amount=part) for share, part in zip(shares, parts, strict=True) if part]


def _share(
    expense: Expense,
    share: Share,
    pocket: TaxPocket,
    fee_part: FeePart | None,
    *,
    at_65: bool,
    before_tax: bool,
) -> tuple[Cents, Answer]:
    noted = expense.note.item if expense.note else ""
    if share.role is Role.MEMBERSHIP and not noted:
        found = fee_part(expense, pocket, share.amount) if fee_part else None
        return found or (0, _ask(pocket, "What this fee pays for is not recorded."))
    if share.role is Role.PREMIUM and not noted:
        answer = premium_answer(Premium.PLAN, pocket, at_65=at_65, before_tax=before_tax)
        return (share.amount if answer.verdict is Verdict.YES else 0), answer
    code = noted or (_ITEM_OF_ROLE.get(share.role, "") if share.role else "")
    if not code:
        found_items = suggest(f"{expense.description} {expense.payee}")
        if not found_items:
            return 0, _ask(pocket, "What it was for is not known; say what kind of expense it is.")
        code = found_items[0].code
    answer = classify(code, pocket)
    return (share.amount if answer.verdict is Verdict.YES else 0), answer


def _ask(pocket: TaxPocket, sentence: str) -> Answer:
    question = f"May {pocket.value.upper()} money pay this?"
    return Answer(question=question, verdict=Verdict.ASK, sentence=sentence)


def _together(verdicts: list[Verdict]) -> Verdict:
    kinds = set(verdicts)
    if len(kinds) == 1:
        return kinds.pop()
    return Verdict.PART if kinds & {Verdict.YES, Verdict.PART} else Verdict.ASK


def hsa_expense(item: Counted) -> HsaExpense:
    """An expense as the HSA's pool sees it.

    What an FSA, an HRA or an insurer paid back is taken off, and what the HSA paid itself.
    """
    expense = item.expense
    hsa = others = 0
    if expense.back or expense.account_kind in PAID_FROM:  # of most expenses nobody else bore anything
        hsa = expense.of(Pocket.HSA)
        others = sum(
            expense.of(pocket) for pocket in (Pocket.INSURER, Pocket.SECONDARY, Pocket.FSA, Pocket.HRA)
        )
    return HsaExpense(
        id=expense.id,
        incurred_on=expense.day_of_care,
        eligible=item.eligible,
        patient=expense.person,
        provider=expense.payee,
        description=expense.description,
        reimbursed=min(item.eligible, hsa) if item.eligible else hsa,
        other=others,
        deducted=expense.deducted,
        documents=expense.documents,
    )


def allocated(expense: Expense) -> tuple[Allocated, tuple[Clash, ...]]:
    """Where every dollar of an expense went; a clash where facts claim the same dollar twice."""
    parts = [
        Part(pocket=item.pocket, amount=item.amount, on=item.on, source=item.source)
        for item in expense.back
        if item.pocket is not None
    ]
    direct = PAID_FROM.get(expense.account_kind) if expense.account_kind else None
    if expense.deducted:
        year = expense.note.deducted_year if expense.note else None
        parts.append(
            Part(
                pocket=Pocket.DEDUCTION,
                amount=expense.deducted,
                source=f"tax year {year}" if year else "",
            )
        )
    rest = expense.net - sum(part.amount for part in parts)
    if rest > 0:
        parts.append(
            Part(pocket=direct or Pocket.CASH, amount=rest, on=expense.paid_on, source=expense.account)
        )
    label = expense.label
    return allocate(expense.id, expense.net, parts, label=label)


def deduction_of(item: Counted) -> PaidExpense:
    """An expense as the medical deduction sees it: own cash only, for the part that counts."""
    expense = item.expense
    untaxed = 0
    if expense.back or expense.account_kind in PAID_FROM:
        untaxed = sum(
            expense.of(pocket)
            for pocket in (Pocket.INSURER, Pocket.SECONDARY, Pocket.FSA, Pocket.HRA, Pocket.HSA)
        )
    label = expense.label
    return PaidExpense(
        paid_on=expense.paid_on,
        amount=item.eligible,
        given_back=min(item.eligible, untaxed),
        label=label,
    )


def of_year(expenses: Iterable[Expense], year: int) -> list[Expense]:
    """The expenses paid in a calendar year."""
    return [item for item in expenses if item.paid_on.year == year]
