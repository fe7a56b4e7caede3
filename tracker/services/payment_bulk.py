"""Many new payments at once: the same rules as for one, with a tenth of the work for the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from tracker.dates import day_text
from tracker.errors import UserProblem
from tracker.facts import AccountKind, Payment
from tracker.money import dollars
from tracker.services import words
from tracker.services.payment_account_rules import judge_account_rules
from tracker.services.people import provider_id_for
from tracker.storage.ledger import Work

_COLUMNS = (
    "id, paid_on, amount, provider_id, person_id, account_id, to_account_id, note, tax_year, source,"
    " bank_id, import_id"
)
_BATCH = 500


def is_plain(payment: Payment) -> bool:
    """Whether a payment stands alone: new, no refund, tied to no bill, due or expense."""
    return (
        payment.id is None
        and payment.repays_id is None
        and payment.recurring_id is None
        and not payment.bills
        and not payment.repaid
    )


@contextmanager
def naming(payment: Payment, payee: str) -> Iterator[None]:
    """Says of which of many payments a problem speaks."""
    try:
        yield
    except UserProblem as problem:
        which = f"{day_text(payment.paid_on)}, {payee or dollars(abs(payment.amount))}"
        todo = problem.todo or "Leave it out, or change it."
        raise UserProblem(f"{which}: {problem.what}", todo, field=problem.field) from problem


def put_plain(
    work: Work,
    drafts: Sequence[tuple[Payment, str]],
    *,
    told: Callable[[int], object] = lambda done: None,
) -> list[int]:
    """Write plain payments that were judged already, each with its payee's name; gives their ids.

    `told` hears how many are written and may raise to stop. Raises UserProblem as one payment does.
    """
    ask = work.connection.exec_driver_sql
    hsas = {row[0] for row in ask("SELECT id FROM account WHERE kind = ?", (AccountKind.HSA.value,)).all()}
    next_id = int(ask("SELECT ifnull(max(id), 0) + 1 FROM payment").scalar_one())
    next_share = int(ask("SELECT ifnull(max(id), 0) + 1 FROM allocation").scalar_one())
    providers: dict[str, int | None] = {}
    ids: list[int] = []
    for start in range(0, len(drafts), _BATCH):
        payments, shares = [], []
        for payment, payee in drafts[start : start + _BATCH]:
            if payee and payee not in providers:
                providers[payee] = provider_id_for(work, payee)
            judged = replace(payment, provider_id=providers[payee]) if payee else payment
            if hsas & {judged.account_id, judged.to_account_id}:
                with naming(judged, payee):
                    judge_account_rules(work, judged)
            payments.append(_values(next_id, judged))
            for share in judged.allocations:
                shares.append((next_share, next_id, share.category_id, share.amount, share.note))
                next_share += 1
            ids.append(next_id)
            next_id += 1
        marks = ", ".join("?" * len(payments[0]))
        ask(f"INSERT INTO payment({_COLUMNS}) VALUES ({marks})", payments)
        if shares:
            ask(
                "INSERT INTO allocation(id, payment_id, category_id, amount, note) VALUES (?, ?, ?, ?, ?)",
                shares,
            )
        told(len(ids))
    return ids


def _values(payment_id: int, payment: Payment) -> tuple[object, ...]:
    return (
        payment_id,
        payment.paid_on.isoformat(),
        payment.amount,
        payment.provider_id,
        payment.person_id,
        payment.account_id,
        payment.to_account_id,
        words.note(payment.note),
        payment.tax_year,
        payment.source.value if payment.source else None,
        payment.bank_id,
        payment.import_id,
    )
