"""Running the rules for imports again over payments that are there: looked at first, then one change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tracker.changes import Changes
from tracker.domain.importing.rule_runs import RuleChange, RuleRunner, fitting
from tracker.errors import UserProblem
from tracker.facts.importing import Entered, ImportRule
from tracker.services.bundle import Services
from tracker.services.people import provider_id_for
from tracker.storage.ledger import Work
from tracker.storage.queries import importing as query

Progress = Callable[[int, int], object]
_EVERY = 1_000


def payments(services: Services) -> list[Entered]:
    """Every payment that is no transfer, the latest first. Takes a moment: ask off the UI thread."""
    return query.entered(services.ledger.read())


def fits(services: Services, rule: ImportRule) -> list[Entered]:
    """The payments a rule fits, the latest first."""
    return fitting(rule, payments(services))


def preview_rules(
    services: Services,
    rules: Sequence[ImportRule],
    *,
    only_uncategorised: bool = False,
    progress: Progress | None = None,
) -> list[RuleChange]:
    """What the rules would change in payments that are there, the latest first. Changes nothing.

    `only_uncategorised` asks payments without a budget line only. `progress` may raise Cancelled.
    """
    found = payments(services)
    runner = RuleRunner(rules)
    made: list[RuleChange] = []
    for place, item in enumerate(found):
        if progress is not None and place % _EVERY == 0:
            progress(place, len(found))
        if only_uncategorised and item.shares:
            continue
        change = runner.change(item)
        if change is not None:
            made.append(change)
    return made


def apply(services: Services, changes: Sequence[RuleChange]) -> Changes:
    """Make the changes as one change; a payment that is no longer as it was seen stays as it is.

    Raises UserProblem where nothing is left to change.
    """
    if not changes:
        raise UserProblem("Nothing is chosen.", "Tick the payments to change.")
    noun = "payment" if len(changes) == 1 else "payments"
    with services.ledger.write(f"Run rules on {len(changes):,} {noun}") as work:
        now = {item.id: item for item in query.entered(services.ledger.read())}
        due = [change for change in changes if now.get(change.before.id) == change.before]
        if not due:
            raise UserProblem("These payments have changed meanwhile.", "Look at the preview again.")
        _write(work, due)
        if len(due) < len(changes):
            work.words = f"Run rules on {len(due):,} of {len(changes):,} {noun}"
    return work.changes


def _write(work: Work, due: Sequence[RuleChange]) -> None:
    """The parts of each payment that change, each part of all of them at once."""
    providers = {name: provider_id_for(work, name) for name in dict.fromkeys(_renamed(due)) if name.strip()}
    _many(
        work,
        "UPDATE payment SET provider_id = ?, note = ? WHERE id = ?",
        (
            (providers.get(change.after.payee), change.after.note, change.after.id)
            for change in due
            if change.after.payee != change.before.payee
        ),
    )
    _many(
        work,
        "UPDATE payment SET person_id = ? WHERE id = ?",
        (
            (change.after.person_id, change.after.id)
            for change in due
            if change.after.person_id != change.before.person_id
        ),
    )
    moved = [change for change in due if change.after.category_id != change.before.category_id]
    _many(
        work,
        "UPDATE allocation SET category_id = ? WHERE payment_id = ?",
        ((each.after.category_id, each.after.id) for each in moved if each.before.shares),
    )
    _many(
        work,
        "INSERT INTO allocation(payment_id, category_id, amount) VALUES (?, ?, ?)",
        (
            (each.after.id, each.after.category_id, -each.after.amount)
            for each in moved
            if not each.before.shares
        ),
    )
    noted = [each for each in due if _tax(each.after) != _tax(each.before)]
    _many(
        work,
        "INSERT INTO expense_note(payment_id, item, qualifies) VALUES (?, ?, ?)"
        " ON CONFLICT(payment_id) DO UPDATE SET item = excluded.item, qualifies = excluded.qualifies",
        ((each.after.id, *_tax(each.after)) for each in noted),
    )


def _renamed(due: Iterable[RuleChange]) -> Iterable[str]:
    return (change.after.payee for change in due if change.after.payee != change.before.payee)


def _tax(entered: Entered) -> tuple[str, str | None]:
    return entered.item, entered.qualifies.value if entered.qualifies else None


def _many(work: Work, statement: str, values: Iterable[tuple[object, ...]]) -> None:
    rows = list(values)
    if rows:
        work.connection.exec_driver_sql(statement, rows)
