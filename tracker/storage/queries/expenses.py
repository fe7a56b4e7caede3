"""Every payment for care, a fee or a premium, with its shares, what came back, bills and notes."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from tracker.facts import AccountKind, ProviderKind, Role
from tracker.facts.accounts import Pocket
from tracker.facts.expenses import Expense, MoneyBack, Share
from tracker.storage.queries import untaxed
from tracker.storage.queries.columns import day, day_or_none, kind_of

_POCKET = {
    AccountKind.HSA.value: Pocket.HSA,
    AccountKind.FSA.value: Pocket.FSA,
    AccountKind.HRA.value: Pocket.HRA,
}


def expenses(connection: sqlite3.Connection) -> list[Expense]:
    """All expenses, oldest first. Transfers, refunds, and what pays other expenses back are none."""
    shares = _shares(connection)
    back = _back(connection)
    notes = untaxed.expense_notes(connection)
    rows = connection.execute(
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


def _shares(connection: sqlite3.Connection) -> dict[int, list[Share]]:
    found: dict[int, list[Share]] = defaultdict(list)
    for payment_id, role, amount in connection.execute(
        "SELECT a.payment_id, c.role, a.amount FROM allocation a JOIN category c ON c.id = a.category_id"
        " WHERE a.amount > 0 ORDER BY a.id"
    ):
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
    for expense_id, on, amount, provider_id, kind, name in connection.execute(
        "SELECT r.repays_id, r.paid_on, -r.amount, r.provider_id, v.kind, ifnull(v.name, '')"
        " FROM payment r LEFT JOIN provider v ON v.id = r.provider_id"
        " WHERE r.repays_id IS NOT NULL ORDER BY r.paid_on, r.id"
    ):
        pocket = None
        if kind == ProviderKind.INSURER.value:
            pocket = Pocket.SECONDARY if provider_id in second else Pocket.INSURER
        found[expense_id].append(MoneyBack(on=day(on), amount=amount, pocket=pocket, source=name))
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
