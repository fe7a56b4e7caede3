"""Saved answers to whether the household can afford it, and the member's own dates."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.facts.household_budget import HouseholdBudget, Reminder
from tracker.services import rows, words
from tracker.storage.ledger import Ledger
from tracker.storage.queries import household_budgets as query


class HouseholdBudgetService:
    """What the household earns and spends, as the member entered it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all(self) -> list[HouseholdBudget]:
        """Every saved one, the latest first."""
        return query.household_budgets(self._ledger.read())

    def save(self, budget: HouseholdBudget) -> Changes:
        """Add or change one. Raises UserProblem for an amount below zero or a cut above its line."""
        name = words.name(budget.name)
        _judge(budget)
        verb = "Save" if budget.id is None else "Change"
        with self._ledger.write(f"{verb} affordability, {name}") as work:
            from tracker.storage import schema

            work.new_id = rows.put(
                work.connection,
                schema.household_budget,
                budget.id,
                rows.values_of(budget) | {"name": name},
            )
            rows.put_children(
                work.connection, schema.household_line, "household_budget_id", work.new_id, budget.lines
            )
        return work.changes

    def remove(self, ids: Iterable[int]) -> Changes:
        with self._ledger.write("Remove affordability") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.household_budget, ids)
        return work.changes

    def reminders(self) -> list[Reminder]:
        """The member's own dates, the earliest first."""
        return query.reminders(self._ledger.read())

    def save_reminder(self, reminder: Reminder) -> Changes:
        """Add or change one of the member's own dates."""
        label = words.name(reminder.label, what="reminder", field="label")
        verb = "Add" if reminder.id is None else "Change"
        with self._ledger.write(f"{verb} reminder, {label}") as work:
            from tracker.storage import schema

            work.new_id = rows.put(
                work.connection, schema.reminder, reminder.id, rows.values_of(reminder) | {"label": label}
            )
        return work.changes

    def remove_reminders(self, ids: Iterable[int]) -> Changes:
        with self._ledger.write("Remove reminder") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.reminder, ids)
        return work.changes


def _judge(budget: HouseholdBudget) -> None:
    amounts = {
        "income": budget.income,
        "gross_year": budget.gross_year,
        "membership_year": budget.membership_year,
        "premium": budget.premium,
        "oop_max_year": budget.oop_max_year,
        "expected": budget.expected,
        "p80": budget.p80,
        "savings": budget.savings,
        "employer_premium": budget.employer_premium,
    }
    for field, amount in amounts.items():
        if amount is not None and amount < 0:
            raise UserProblem("The amount is below zero.", "Type zero or more.", field=field)
    if budget.own_limit is not None and not 0 <= budget.own_limit <= 10_000:
        raise UserProblem("Your limit is from 0 to 100 %.", "Type a percentage.", field="own_limit")
    for line in budget.lines:
        words.name(line.label, what="expense", field="lines")
        if line.amount < 0 or not 0 <= line.cut <= line.amount:
            raise UserProblem(
                f"The cut of {line.label} is between zero and what it costs.", "Check it.", field="lines"
            )
