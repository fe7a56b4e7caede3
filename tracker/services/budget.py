"""The budget: its lines, estimates, and ways to fill them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.changes import Changes
from tracker.dates import Period, first_of, month_period, month_text
from tracker.domain.recurring import amount_in, monthly_shares
from tracker.errors import UserProblem
from tracker.facts import Basis, BudgetLine, CarryOver, Category, MonthSum, Recurring
from tracker.money import Cents, dollars
from tracker.services import rows, words
from tracker.storage.ledger import Ledger, Work
from tracker.storage.queries import budget as query
from tracker.storage.queries import household, payments

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Spread(StrEnum):
    """How a fee that is not monthly enters the estimates."""

    AS_PAID = "as_paid"
    TWELFTHS = "twelfths"


class BudgetService:
    """Estimates by month and category; actuals come from payments."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # looking -------------------------------------------------------------------------

    def categories(self) -> list[Category]:
        return household.categories(self._ledger.read())

    def lines(self, period: Period) -> list[BudgetLine]:
        return query.lines(self._ledger.read(), period)

    def sums(self, period: Period, *, basis: Basis = Basis.EXPENSE) -> list[MonthSum]:
        """What was paid by category and month."""
        return payments.sums_by_month(self._ledger.read(), period, basis=basis)

    # estimates -----------------------------------------------------------------------

    def set_estimate(self, category_id: int, month: date, estimate: Cents | None) -> Changes:
        """Set one estimate, or take it away with None."""
        name = self._name(category_id)
        shown = "none" if estimate is None else dollars(estimate)
        with self._ledger.write(f"Set {name}, {month_text(month)}: {shown}") as work:
            _put_estimate(work.connection, category_id, first_of(month), estimate)
        return work.changes

    def apply(
        self, lines: Iterable[BudgetLine], *, words_: str, without: Iterable[tuple[int, date]] = ()
    ) -> Changes:
        """Set many estimates as one change (workbook, wizard).

        `without` names the lines (category, month) that are to have no estimate any more.
        """
        with self._ledger.write(words_) as work:
            _put_all(work, lines)
            for category_id, month in without:
                _put_estimate(work.connection, category_id, month, None)
        return work.changes

    def copy_month(self, source: date, targets: Sequence[date]) -> Changes:
        """Make the estimates of other months those of one; lines it has none for stay as they are."""
        held = self.lines(month_period(source))
        if not held:
            raise UserProblem(f"{month_text(source)} has no estimates to copy.", "Fill that month first.")
        named = month_text(targets[0]) if len(targets) == 1 else f"{len(targets)} months"
        with self._ledger.write(f"Copy {month_text(source)} to {named}") as work:
            _put_all(work, (replace(line, month=month) for month in targets for line in held))
        return work.changes

    def take_estimates(self, months: Sequence[date], *, spread: Spread) -> Changes:
        """Estimate the lines that memberships, plans and other recurring payments decide.

        As paid, a month's estimate is what falls due in it; in twelfths, each month of an item's
        year bears its share, and the shares add to the whole. Other lines stay as they are.
        """
        items = household.recurring(self._ledger.read())
        estimates = recurring_estimates(items, months, spread=spread)
        if not estimates:
            raise UserProblem(
                "No membership, plan or recurring payment names a budget line.",
                "Add a membership or a plan first.",
            )
        with self._ledger.write(f"Take estimates for {len(months)} months") as work:
            _put_all(
                work,
                (
                    BudgetLine(category_id=category_id, month=month, estimate=amount)
                    for (category_id, month), amount in estimates.items()
                ),
            )
        return work.changes

    # lines of the template -----------------------------------------------------------

    def save_category(self, category: Category) -> Changes:
        """Add a line of one's own, or rename, hide or set the carry-over of any line."""
        name = words.name(category.name)
        others = [other for other in self.categories() if other.id != category.id]
        if any(other.name.casefold() == name.casefold() for other in others):
            raise UserProblem(
                f"There is already a line called {name}.", "Choose another name.", field="name"
            )
        verb = "Add" if category.id is None else "Change"
        position = category.position
        if category.id is None:
            position = max((other.position for other in others), default=-1) + 1
        with self._ledger.write(f"{verb} budget line, {name}") as work:
            from tracker.storage import schema

            values = {
                "name": name,
                "role": category.role.value,
                "position": position,
                "hidden": int(category.hidden),
                "carry_over": category.carry_over.value,
            }
            work.new_id = rows.put(work.connection, schema.category, category.id, values)
        return work.changes

    def reorder(self, category_ids: Sequence[int]) -> Changes:
        """Put the lines in this order; those that are not named come after them, in the order they had."""
        named = dict.fromkeys(category_ids)
        others = [line.id for line in self.categories() if line.id not in named]
        with self._ledger.write("Reorder budget lines") as work:
            from tracker.storage import schema

            for position, category_id in enumerate([*named, *others]):
                rows.put(work.connection, schema.category, category_id, {"position": position})
        return work.changes

    def set_carry_over(self, category_id: int, carry_over: CarryOver) -> Changes:
        held = next(found for found in self.categories() if found.id == category_id)
        return self.save_category(replace(held, carry_over=carry_over))

    def remove_category(self, category_id: int) -> Changes:
        """Remove a line that no payment belongs to; lines in use can be hidden."""
        name = self._name(category_id)
        with self._ledger.write(f"Remove budget line, {name}") as work:
            from tracker.storage import schema

            uses = {"payments": ("allocation", "category_id")}
            rows.require_unused(work.connection, name, category_id, uses)
            rows.remove(work.connection, schema.category, [category_id])
        return work.changes

    def set_start_month(self, month: int) -> Changes:
        """Let budget years begin with another month (1 is January)."""
        if not 1 <= month <= 12:
            raise UserProblem("A month is 1 to 12.", field="start_month")
        with self._ledger.write("Change the first month of the budget year") as work:
            put_preference(work, household.BUDGET_START_MONTH, str(month))
        return work.changes

    def _name(self, category_id: int) -> str:
        return next((found.name for found in self.categories() if found.id == category_id), "line")


def recurring_estimates(
    items: Iterable[Recurring], months: Sequence[date], *, spread: Spread
) -> Mapping[tuple[int, date], Cents]:
    """Estimates by category and month that recurring payments decide."""
    found: dict[tuple[int, date], Cents] = {}
    for item in items:
        if item.category_id is None:
            continue
        shares = monthly_shares(item)
        for month in months:
            period = month_period(month)
            if spread is Spread.AS_PAID:
                amount = amount_in(item, period)
            elif item.first_due >= period.end or (item.last_due and item.last_due < period.begin):
                amount = 0
            else:
                amount = shares[(month.month - item.first_due.month) % 12]
            key = (item.category_id, month)
            found[key] = found.get(key, 0) + amount
    return found


def put_preference(work: Work, key: str, value: str) -> None:
    """Set a fact about the ledger as a whole, within a change."""
    work.connection.exec_driver_sql(
        "INSERT INTO preference(key, value) VALUES (?, ?)"
        " ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def _put_all(work: Work, lines: Iterable[BudgetLine]) -> None:
    for line in lines:
        _put_estimate(work.connection, line.category_id, line.month, line.estimate)


def _put_estimate(connection: Connection, category_id: int, month: date, estimate: Cents | None) -> None:
    if estimate is None:
        connection.exec_driver_sql(
            "DELETE FROM budget_line WHERE category_id = ? AND month = ?", (category_id, month.isoformat())
        )
        return
    if estimate < 0:
        raise UserProblem("An estimate cannot be negative.", "Type 0 or more.", field="estimate")
    connection.exec_driver_sql(
        "INSERT INTO budget_line(category_id, month, estimate) VALUES (?, ?, ?)"
        " ON CONFLICT(month, category_id) DO UPDATE SET estimate = excluded.estimate",
        (category_id, month.isoformat(), estimate),
    )
