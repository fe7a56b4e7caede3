"""Every payment for care, a fee or a premium, with its shares, what came back, bills and notes."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Container, Mapping
from datetime import date
from typing import Any

from tracker.dates import Period
from tracker.facts import AccountKind, ProviderKind, Role
from tracker.facts.accounts import ExpenseNote, Pocket
from tracker.facts.expenses import Expense, MoneyBack, Share
from tracker.storage.queries import untaxed
from tracker.storage.queries.columns import day, day_or_none, kind_of

_POCKET = {
    AccountKind.HSA.value: Pocket.HSA,
    AccountKind.FSA.value: Pocket.FSA,
    AccountKind.HRA.value: Pocket.HRA,
}


def expenses(
    connection: sqlite3.Connection, within: Period | None = None, *, by_care: bool = False
) -> list[Expense]:
    """All expenses, oldest first. Transfers, refunds, and what pays other expenses back are none.

    `within` keeps those paid in a period, or with `by_care` those whose day of care lies in it.
    """
    notes = untaxed.expense_notes(connection)
    cursor = connection.execute(
        "SELECT p.id, p.paid_on, p.amount, ifnull(v.name, ''), ifnull(n.name, ''), ifnull(f.name, ''),"
        " f.kind, p.note, b.care, b.words, b.person, p.documents + ifnull(b.documents, 0),"
        " r.membership_id, r.plan_id, f.id"
        " FROM (SELECT *, (SELECT count(*) FROM document d WHERE d.payment_id = payment.id) AS documents"
        "   FROM payment WHERE to_account_id IS NULL AND amount > 0"
        "   AND id NOT IN (SELECT payment_id FROM payment_repaid)) p"
        " LEFT JOIN provider v ON v.id = p.provider_id LEFT JOIN person n ON n.id = p.person_id"
        " LEFT JOIN account f ON f.id = p.account_id LEFT JOIN recurring r ON r.id = p.recurring_id"
        " LEFT JOIN (SELECT s.payment_id, min(bill.service_from) AS care, max(bill.description) AS words,"
        "   max(person.name) AS person,"
        "   sum((SELECT count(*) FROM document d WHERE d.bill_id = bill.id)) AS documents"
        "   FROM payment_bill s JOIN bill ON bill.id = s.bill_id"
        "   LEFT JOIN person ON person.id = bill.person_id GROUP BY s.payment_id) b ON b.payment_id = p.id"
        " ORDER BY p.paid_on, p.id"
    )
    rows = [row for row in cursor if within is None or _day(row, notes, by_care=by_care) in within]
    kept = None if within is None else {row[0] for row in rows}
    shares, back = _shares(connection, kept), _back(connection)
    found = []
    for row in rows:
        note = notes.get(row[0])
        found.append(
            Expense(
                id=row[0],
                paid_on=day(row[1]),
                amount=row[2],
                payee=row[3],
                person=row[4] or row[10] or "",
                account_id=row[14],
                account=row[5],
                account_kind=kind_of(AccountKind, row[6]) if row[6] else None,
                description=row[7] or row[9] or "",
                incurred_on=(note.incurred_on if note else None) or day_or_none(row[8]),
                documents=row[11],
                membership_id=row[12],
                plan_id=row[13],
                shares=tuple(shares.get(row[0], ())),
                back=tuple(back.get(row[0], ())),
                note=note,
            )
        )
    return found


def _day(row: sqlite3.Row | tuple[Any, ...], notes: Mapping[int, ExpenseNote], *, by_care: bool) -> date:
    note = notes.get(row[0]) if by_care else None
    noted = note.incurred_on if note else None
    return noted or day(row[8] if by_care and row[8] else row[1])


def paid_back(connection: sqlite3.Connection, *, but: int | None = None) -> dict[int, int]:
    """What accounts and funds paid back of each expense, by its payment; `but` leaves one payment out."""
    rows = connection.execute(
        "SELECT expense_id, sum(amount) FROM payment_repaid WHERE payment_id IS NOT ? GROUP BY expense_id",
        (but,),
    )
    return {row[0]: row[1] for row in rows}


def paid_back_by_funds(connection: sqlite3.Connection) -> dict[int, int]:
    """What contingency and sinking funds paid back of each expense, by its payment."""
    rows = connection.execute(
        "SELECT r.expense_id, sum(r.amount) FROM payment_repaid r JOIN payment p ON p.id = r.payment_id"
        " JOIN account f ON f.id = p.account_id WHERE f.kind IN ('contingency', 'sinking') GROUP BY 1"
    )
    return {row[0]: row[1] for row in rows}


def _shares(connection: sqlite3.Connection, kept: Container[int] | None) -> dict[int, list[Share]]:
    found: dict[int, list[Share]] = defaultdict(list)
    for payment_id, role, amount in connection.execute(
        "SELECT a.payment_id, c.role, a.amount FROM allocation a JOIN category c ON c.id = a.category_id"
        " WHERE a.amount > 0 ORDER BY a.id"
    ):
        if kept is not None and payment_id not in kept:
            continue
        found[payment_id].append(Share(role=kind_of(Role, role), amount=amount))
    return found


def _back(connection: sqlite3.Connection) -> dict[int, list[MoneyBack]]:
    """Refunds and reimbursements by the payment they repay: from insurers, accounts, providers."""
    found: dict[int, list[MoneyBack]] = defaultdict(list)
    second = {
        row[0]
        for row in connection.execute(
            "SELECT insurer_id FROM plan WHERE insurer_id IS NOT NULL GROUP BY insurer_id"
            " HAVING min(ifnull(cob_rank, 1)) > 1"
        )
    }
    for expense_id, on, amount, provider_id, kind, name, into_id, payee_id in connection.execute(
        "SELECT r.repays_id, r.paid_on, -r.amount, r.provider_id, v.kind, ifnull(v.name, ''), r.account_id,"
        " e.provider_id FROM payment r JOIN payment e ON e.id = r.repays_id"
        " LEFT JOIN provider v ON v.id = r.provider_id"
        " WHERE r.repays_id IS NOT NULL ORDER BY r.paid_on, r.id"
    ):
        pocket = None
        # An insurer that gives back what was paid to it makes a premium smaller; it bears no care.
        if kind == ProviderKind.INSURER.value and provider_id != payee_id:
            pocket = Pocket.SECONDARY if provider_id in second else Pocket.INSURER
        found[expense_id].append(
            MoneyBack(on=day(on), amount=amount, pocket=pocket, source=name, into_id=into_id)
        )
    for expense_id, on, amount, kind, name, account_id in connection.execute(
        "SELECT r.expense_id, p.paid_on, r.amount, f.kind, ifnull(f.name, ''), f.id FROM payment_repaid r"
        " JOIN payment p ON p.id = r.payment_id LEFT JOIN account f ON f.id = p.account_id"
        " ORDER BY p.paid_on, p.id"
    ):
        pocket = _POCKET.get(kind)
        if pocket is not None:  # a fund is the member's own cash
            found[expense_id].append(
                MoneyBack(on=day(on), amount=amount, pocket=pocket, source=name, account_id=account_id)
            )
    return found
