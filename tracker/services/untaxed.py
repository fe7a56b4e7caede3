"""HSA, FSA and HRA: plan years, other coverage, statements; how funds are sized; notes on expenses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from tracker.changes import Changes
from tracker.dates import day_text
from tracker.domain.accounts.fsa import check_fsa_year
from tracker.domain.accounts.hra import check_hra
from tracker.errors import UserProblem
from tracker.facts.accounts import AccountStatement, Cover, ExpenseNote, FsaYear, Hra
from tracker.facts.household_budget import FundPlan, FundScenario
from tracker.money import Cents, dollars
from tracker.services import rows, words
from tracker.services.tax_limits import read_limits
from tracker.storage.ledger import Ledger, Work
from tracker.storage.queries import untaxed as query


class UntaxedService:
    """The facts that tax-favored accounts and funds need besides their movements."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # plan years ----------------------------------------------------------------------

    def fsa_years(self, account_id: int | None = None) -> list[FsaYear]:
        """The plan years of an FSA, or of all, oldest first."""
        return query.fsa_years(self._ledger.read(), account_id)

    def save_fsa_year(self, year: FsaYear) -> Changes:
        """Add or change a plan year. Raises UserProblem for an election above the limit, or an overlap."""
        check_fsa_year(year, read_limits(self._ledger.read()))
        _judge_overlap(year, self.fsa_years(year.account_id))
        return self._save("fsa_year", year, f"FSA year from {day_text(year.begins_on)}")

    def hra_years(self, account_id: int | None = None) -> list[Hra]:
        """The plan years of an HRA, or of all, oldest first."""
        return query.hra_years(self._ledger.read(), account_id)

    def save_hra_year(self, year: Hra) -> Changes:
        """Add or change a plan year. Raises UserProblem for more than the law allows, or an overlap."""
        check_hra(year, read_limits(self._ledger.read()))
        _judge_overlap(year, self.hra_years(year.account_id))
        return self._save("hra_year", year, f"HRA year from {day_text(year.begins_on)}")

    def remove_fsa_years(self, ids: Iterable[int]) -> Changes:
        return self._remove("fsa_year", ids, "Remove FSA year")

    def remove_hra_years(self, ids: Iterable[int]) -> Changes:
        return self._remove("hra_year", ids, "Remove HRA year")

    # coverage besides the plans ------------------------------------------------------

    def covers(self) -> list[Cover]:
        """Coverage the ledger has no plan for, oldest first."""
        return query.covers(self._ledger.read())

    def save_cover(self, cover: Cover) -> Changes:
        """Add or change one. Raises UserProblem without a person, or where it ends before it begins."""
        if cover.person_id is None:
            raise UserProblem("Whose coverage is it?", "Choose the person.", field="person_id")
        if cover.ends_on is not None and cover.ends_on < cover.begins_on:
            raise UserProblem(
                "The coverage ends before it begins.", "Check the two dates.", field="ends_on"
            )
        return self._save("other_cover", cover, "other coverage")

    def remove_covers(self, ids: Iterable[int]) -> Changes:
        return self._remove("other_cover", ids, "Remove other coverage")

    # statements ----------------------------------------------------------------------

    def statements(self, account_id: int | None = None) -> list[AccountStatement]:
        """What banks and custodians stated, the latest first."""
        return query.statements(self._ledger.read(), account_id)

    def balance_on(self, account_id: int, day: date) -> Cents:
        """What the ledger says an account held at the end of a day."""
        return query.balance_on(self._ledger.read(), account_id, day.isoformat())

    def save_statement(self, statement: AccountStatement) -> Changes:
        """Add or change a stated balance; one of the same account and day is replaced."""
        same = [
            item.id
            for item in self.statements(statement.account_id)
            if item.stated_on == statement.stated_on and item.id != statement.id
        ]
        with self._ledger.write(f"Keep statement of {day_text(statement.stated_on)}") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.account_statement, [item for item in same if item])
            work.new_id = rows.put(
                work.connection, schema.account_statement, statement.id, rows.values_of(statement)
            )
        return work.changes

    def remove_statements(self, ids: Iterable[int]) -> Changes:
        return self._remove("account_statement", ids, "Remove statement")

    # funds ---------------------------------------------------------------------------

    def fund_plans(self) -> dict[int, FundPlan]:
        """How funds are sized and filled, by account id."""
        return query.fund_plans(self._ledger.read())

    def save_fund_plan(self, plan: FundPlan) -> Changes:
        """Keep how a fund is sized. Raises UserProblem for a probability above 100 % or no months."""
        check_fund_plan(plan)
        with self._ledger.write("Change how the fund is sized") as work:
            put_fund_plan(work, plan)
        return work.changes

    def fund_scenarios(self) -> list[FundScenario]:
        """What may happen this year, in the order of entry."""
        return query.fund_scenarios(self._ledger.read())

    def save_fund_scenarios(self, scenarios: Sequence[FundScenario]) -> Changes:
        """Make the scenarios exactly these. Raises UserProblem for one without a name or above 100 %."""
        for item in scenarios:
            words.name(item.label, what="scenario", field="scenarios")
            if not 0 <= item.probability <= 10_000:
                raise UserProblem(
                    f"{item.label} has a probability that is not from 0 to 100 %.",
                    "Type a percentage.",
                    field="scenarios",
                )
            if (item.cost or 0) < 0 or (item.allowed or 0) < 0:
                raise UserProblem(
                    f"{item.label} has a cost below zero.", "Type zero or more.", field="scenarios"
                )
        with self._ledger.write("Change what may happen") as work:
            from tracker.storage import schema

            work.connection.execute(schema.fund_scenario.delete())
            for item in scenarios:
                rows.put(work.connection, schema.fund_scenario, None, rows.values_of(item))
        return work.changes

    # expenses ------------------------------------------------------------------------

    def expense_notes(self) -> dict[int, ExpenseNote]:
        """What the member said of expenses, by payment id."""
        return query.expense_notes(self._ledger.read())

    def save_expense_notes(
        self, notes: Sequence[ExpenseNote], *, said: str = "Change what counts for taxes"
    ) -> Changes:
        """Say something of expenses as one change, named `said`.

        Raises UserProblem where a note claims more of an expense than it was, or deducts dollars that
        an account, an insurer or a refund has paid back.
        """
        with self._ledger.write(said) as work:
            from tracker.storage import schema

            table = schema.expense_note
            for note in notes:
                _judge_note(work, note)
                work.connection.execute(table.delete().where(table.c.payment_id == note.payment_id))
                if note != ExpenseNote(payment_id=note.payment_id):
                    rows.put(work.connection, table, None, rows.values_of(note))
        return work.changes

    # ours ----------------------------------------------------------------------------

    def _save(self, table: str, fact: Any, noun: str) -> Changes:
        verb = "Add" if fact.id is None else "Change"
        with self._ledger.write(f"{verb} {noun}") as work:
            from tracker.storage import schema

            work.new_id = rows.put(work.connection, getattr(schema, table), fact.id, rows.values_of(fact))
        return work.changes

    def _remove(self, table: str, ids: Iterable[int], noun: str) -> Changes:
        with self._ledger.write(noun) as work:
            from tracker.storage import schema

            rows.remove(work.connection, getattr(schema, table), ids)
        return work.changes


def check_fund_plan(plan: FundPlan) -> None:
    """Raises UserProblem for a probability above 100 %, no months, or an amount below zero."""
    if not 0 <= plan.probability <= 10_000:
        raise UserProblem("A probability is from 0 to 100 %.", "Type a percentage.", field="probability")
    if not 1 <= plan.months <= 240 or not 1 <= plan.repay_months <= 240:
        raise UserProblem("Months are from 1 to 240.", "Check the number.", field="months")
    if min(plan.not_covered, plan.balance_bills) < 0:
        raise UserProblem("An amount is below zero.", "Type zero or more.", field="not_covered")


def put_fund_plan(work: Work, plan: FundPlan) -> None:
    """Write how a fund is sized within a change; the fund's earlier plan is replaced."""
    from tracker.storage import schema

    table = schema.fund_plan
    work.connection.execute(table.delete().where(table.c.account_id == plan.account_id))
    rows.put(work.connection, table, None, rows.values_of(plan))


def _judge_overlap(year: FsaYear | Hra, others: Sequence[FsaYear | Hra]) -> None:
    for other in others:
        if other.id != year.id and other.begins_on <= year.ends_on and year.begins_on <= other.ends_on:
            raise UserProblem(
                f"This plan year overlaps the one from {day_text(other.begins_on)} to "
                f"{day_text(other.ends_on)}.",
                "Change the dates of one of the two.",
                field="begins_on",
            )


def _judge_note(work: Work, note: ExpenseNote) -> None:
    found = work.connection.exec_driver_sql(
        "SELECT amount - (SELECT ifnull(sum(-r.amount), 0) FROM payment r WHERE r.repays_id = p.id),"
        # What a fund paid back is the member's own cash; an HSA, FSA or HRA bore what nobody gave back.
        " (SELECT ifnull(sum(r.amount), 0) FROM payment_repaid r JOIN payment q ON q.id = r.payment_id"
        "   JOIN account f ON f.id = q.account_id"
        "   WHERE r.expense_id = p.id AND f.kind IN ('hsa', 'fsa', 'hra')),"
        " to_account_id, (SELECT f.kind IN ('hsa', 'fsa', 'hra') FROM account f WHERE f.id = p.account_id)"
        " FROM payment p WHERE id = ?",
        (note.payment_id,),
    ).one_or_none()
    if found is None:
        raise UserProblem("This payment was removed.", "Undo its removal to see it again.")
    left, repaid, transfer, untaxed = found
    if transfer is not None or left < 0:
        raise UserProblem("Only an expense can count for taxes.", "Choose the expense.")
    if note.eligible is not None and not 0 <= note.eligible <= left:
        raise UserProblem(
            f"The part that counts is between zero and the {dollars(left)} this expense cost.",
            "Check the amount.",
            field="eligible",
        )
    if untaxed and note.deducted:
        raise UserProblem(
            "Untaxed money paid this expense, so it cannot be deducted.",
            "Leave the deducted amount empty.",
            field="deducted",
        )
    if not 0 <= note.deducted <= left - repaid:
        raise UserProblem(
            f"At most {dollars(max(0, left - repaid))} of this expense can be deducted;"
            " the rest was paid back.",
            "Check the amount.",
            field="deducted",
        )
    if note.deducted and note.deducted_year is None:
        raise UserProblem("In which tax year was it deducted?", "Type the year.", field="deducted_year")
