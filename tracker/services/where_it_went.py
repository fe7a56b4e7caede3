"""Reads where the care of a year went, and explains each line of it. Ask off the UI thread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from tracker.dates import Period, day_text
from tracker.domain.accounts.claimed_twice import Twice, claimed_twice, less_put_back
from tracker.domain.accounts.expenses import allocated
from tracker.domain.claims.papers import Papers
from tracker.facts import Bill, Claim, MoneySource, Role
from tracker.facts.expenses import Expense
from tracker.facts.membership import TaxPocket
from tracker.money import Cents, dollars
from tracker.reports.where_it_went import (
    By,
    WentKind,
    WentLine,
    WhereItWent,
    in_order,
    line_of_payment,
    lines_of_papers,
)
from tracker.services.bundle import Services
from tracker.storage.ledger import Ledger
from tracker.storage.queries import hsa_money

_NEVER_BILLED = frozenset({Role.MEMBERSHIP, Role.PREMIUM})

Groups = list[tuple[str, list[str]]]
"""Headings, each with its sentences."""


def read_where_it_went(services: Services, year: int, by: By = By.CARE) -> WhereItWent:
    """All lines of a calendar year by the day of care, or by the day money moved."""
    return went_in(services, Period(date(year, 1, 1), date(year + 1, 1, 1)), by)


def went_in(services: Services, period: Period, by: By) -> WhereItWent:
    """The same of any twelve months, such as a budget year; they are named by their first day."""
    expenses = services.expenses.within(period, by_care=by is By.CARE)
    placed = [(item, *allocated(item)) for item in expenses]
    twice = less_put_back(
        (found for item, _, clashes in placed for found in claimed_twice(item, clashes)),
        put_back(services.ledger),
    )
    of: dict[int, list[Twice]] = defaultdict(list)
    for found in twice:
        of[found.expense_id].append(found)
    lines = [line_of_payment(item, where, tuple(of.get(item.id, ()))) for item, where, _ in placed]
    lines += lines_of_papers(services.papers.read(), period, by)
    return WhereItWent(year=period.begin.year, by=by, lines=in_order(lines), twice=tuple(twice)).add_up()


def put_back(ledger: Ledger) -> dict[int, Cents]:
    """Mistaken distributions that went back into HSAs, by the year they were taken out in."""
    found: dict[int, Cents] = defaultdict(int)
    for move in hsa_money.moves(ledger.read()):
        if move.into and move.source is MoneySource.REPAID:
            found[move.tax_year] += move.amount
    return dict(found)


def mistaken(services: Services, account_ids: Iterable[int | None]) -> list[Twice]:
    """HSA money that somebody else gave as well and that is not put back yet (rulebook 5.5).

    Only that of these accounts, and what cannot be told from them.
    """
    ids = {*account_ids, None}
    found = [
        one
        for item in services.expenses.all()
        if item.back
        for one in claimed_twice(item, allocated(item)[1])
        if one.is_mistaken
    ]
    return [one for one in less_put_back(found, put_back(services.ledger)) if one.account_id in ids]


def explain(services: Services, line: WentLine) -> Groups:
    """Where every dollar of a line went and which papers say so, under headings."""
    papers = services.papers.read()
    if line.kind is WentKind.CLAIM:
        claim = papers.claim_by_id.get(line.id)
        said = ["Your plan paid this straight to the provider; it never passed through your hands."]
        return [("", said), ("EOB", [_eob_words(claim)] if claim else [])]
    if line.kind is WentKind.BILL:
        bill = papers.bill_by_id.get(line.id)
        if bill is None:
            return []
        return [
            ("", [f"{dollars(line.amount)} is open: nobody has paid it yet.", *_verdict_of(papers, bill)]),
            ("Bill", [_bill_words(bill)]),
            ("EOB", [_eob_words(claim) for claim in papers.claims_of(bill)]),
        ]
    return _of_payment(services, papers, line)


# ours -------------------------------------------------------------------------------------------


def _of_payment(services: Services, papers: Papers, line: WentLine) -> Groups:
    payment = services.payments.get(line.id)
    bills = [papers.bill_by_id[share.bill_id] for share in payment.bills]
    claims = {claim.id: claim for bill in bills for claim in papers.claims_of(bill)}
    expense = line.expense
    groups: Groups = [("Where it went", [*_paid_words(expense), *line.allocated.explain()])]
    for item in line.twice:
        groups.append((f"{dollars(item.amount)} counts twice", [item.why, item.todo]))
    groups.append(("Bill" if len(bills) == 1 else "Bills", [_bill_words(bill) for bill in bills]))
    groups.append(("EOB" if len(claims) == 1 else "EOBs", [_eob_words(one) for one in claims.values()]))
    if not bills and not (expense is not None and expense.has_role & _NEVER_BILLED):
        groups.append(("Bill", ["This payment is tied to no bill; tie it in the payment."]))
    if expense is not None:
        (found,) = services.expenses.counted(TaxPocket.HSA, [expense])
        groups.append(("May an HSA pay it", list(found.why)))
        note = expense.note
        if note is not None and note.note:
            groups.append(("Your note", [note.note]))
    return groups


def _paid_words(expense: Expense | None) -> list[str]:
    if expense is None or not expense.given_back:
        return []
    back = " and ".join(
        f"{dollars(item.amount)} on {day_text(item.on)}" for item in expense.back if item.pocket is None
    )
    return [f"You paid {dollars(expense.amount)} and got back {back}."]


def _verdict_of(papers: Papers, bill: Bill) -> tuple[str, ...]:
    found = papers.verdicts.get(bill.id or 0)
    return found.why if found else ()


def _bill_words(bill: Bill) -> str:
    newest = bill.newest
    account = f", account {bill.account_number}" if bill.account_number else ""
    what = bill.description or "care"
    asked = f" of {day_text(newest.stated_on)} asks {dollars(newest.amount)}" if newest else ""
    return f"Bill{asked} for {what} on {day_text(bill.service_from)}{account}."


def _eob_words(claim: Claim) -> str:
    number = claim.eob_number or claim.claim_number
    name = f"EOB {number}" if number else "EOB"
    on = f" of {day_text(claim.processed_on)}" if claim.processed_on else ""
    amounts = (
        ("billed", claim.billed),
        ("allowed", claim.allowed),
        ("the plan paid", claim.plan_paid),
        ("another plan paid", claim.other_paid),
        ("you owe", claim.you_owe),
    )
    said = ", ".join(f"{words} {dollars(amount)}" for words, amount in amounts if amount is not None)
    return f"{name}{on} for care on {day_text(claim.service_from)}: {said or 'no amounts'}."
