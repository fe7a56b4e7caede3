"""What is known around the plans: plan years, service categories, openings, stated totals, network
checks and planned care."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.changes import Changes
from tracker.dates import Period
from tracker.domain.coverage.categories import SEEDED, catalogue
from tracker.domain.coverage.plan_year import PlanYear
from tracker.errors import UserProblem
from tracker.facts import (
    Counting,
    NetworkCheck,
    OpeningBalance,
    Plan,
    PlannedCare,
    ProviderKind,
    ServiceCategory,
    StatedTotal,
)
from tracker.money import LARGEST, Cents, dollars
from tracker.services import rows, words
from tracker.services.people import provider_id_for
from tracker.services.plan_years import read_plan_year
from tracker.storage.ledger import Ledger
from tracker.storage.queries import coverage as query
from tracker.storage.queries import household
from tracker.storage.queries import plans as plan_query

MOST_TIMES = 400
"""Planned care is given at most so often: more than once a day for a year is a slip of the key."""


class CoverageService:
    """The facts that a plan's terms meet in real life."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # plan years ----------------------------------------------------------------------

    def year(self, plan: Plan, *, on: date | None = None) -> PlanYear:
        """A stored plan's accumulator period that holds a day, with all that fills its limits.

        Without a day it is today's, or the one nearest to it.
        """
        connection = self._ledger.read()
        plans = plan_query.plans(connection, household.recurring(connection))
        today = self._ledger.today()
        return read_plan_year(connection, plan, plans, on=on or today, today=today)

    # service categories --------------------------------------------------------------

    def categories(self) -> dict[str, ServiceCategory]:
        """Every service category by code: the seeded ones and the member's own."""
        return dict(catalogue(query.categories(self._ledger.read())))

    def own_categories(self) -> list[ServiceCategory]:
        """Those the member added, or renamed."""
        return query.categories(self._ledger.read())

    def save_category(self, category: ServiceCategory) -> Changes:
        """Add a category, or change the one with that code; a seeded one is renamed.

        Raises UserProblem for a parent that is not in the list.
        """
        own = {item.code: item for item in self.own_categories()}
        catalogue({**own, category.code: category}.values())
        verb = "Change" if category.code in own else "Add"
        with self._ledger.write(f"{verb} service, {category.name}") as work:
            from tracker.storage import schema

            table = schema.service_category
            work.connection.execute(table.delete().where(table.c.code == category.code))
            work.new_id = rows.put(work.connection, table, None, rows.values_of(category))
        return work.changes

    def remove_category(self, code: str) -> Changes:
        """Remove one of the member's own categories, or give a seeded one its first name back.

        Raises UserProblem while plans have rules for it, or others belong to it.
        """
        own = self.own_categories()
        found = next((item for item in own if item.code == code), None)
        if found is None:
            raise UserProblem("This service comes with the program.", "It can be renamed, not removed.")
        with self._ledger.write(f"Remove service, {found.name}") as work:
            from tracker.storage import schema

            if all(item.code != code for item in SEEDED):
                count = work.connection.exec_driver_sql(
                    "SELECT (SELECT count(*) FROM cost_rule WHERE category = :code)"
                    " + (SELECT count(*) FROM claim WHERE category = :code)"
                    " + (SELECT count(*) FROM planned_care WHERE category = :code)"
                    " + (SELECT count(*) FROM service_category WHERE parent = :code)",
                    {"code": code},
                ).scalar_one()
                if count:
                    raise UserProblem(
                        f"{found.name} is still used by {count:,} rules, EOBs, plans or services.",
                        "Change those first; nothing was removed.",
                    )
            table = schema.service_category
            work.connection.execute(table.delete().where(table.c.code == code))
        return work.changes

    # opening balances ----------------------------------------------------------------

    def openings(self, plan_id: int) -> list[OpeningBalance]:
        return query.openings(self._ledger.read(), plan_id)

    def save_opening(self, opening: OpeningBalance) -> Changes:
        """Add or change what was used before the first EOB here.

        Raises UserProblem for a negative amount, or a limit or service that is not there.
        """
        if not 0 <= opening.amount <= LARGEST:
            raise UserProblem("An opening balance cannot be negative.", "Check it.", field="amount")
        plan = self._plan(opening.plan_id)
        if opening.counting is Counting.BUCKET:
            _require_limit(plan, opening.name)
        elif opening.name not in self.categories():
            raise UserProblem(f"There is no service {opening.name}.", "Choose another.", field="name")
        if not (plan.begins_on <= opening.as_of <= plan.ends_on):
            raise UserProblem(
                "The day lies outside the plan.", "Use a day on which the plan was in force.", field="as_of"
            )
        return self._put("opening_balance", "opening balance", opening)

    def remove_openings(self, ids: list[int]) -> Changes:
        return self._remove("opening_balance", "opening balance", ids)

    # what the insurer states ---------------------------------------------------------

    def stated_totals(self, plan_id: int) -> list[StatedTotal]:
        """The insurer's own figures for a plan's limits, the latest first."""
        return query.stated_totals(self._ledger.read(), plan_id)

    def save_stated(self, stated: StatedTotal) -> Changes:
        """Add or change a figure the insurer states. Raises UserProblem for a future day."""
        _require_amount(stated.amount)
        _require_limit(self._plan(stated.plan_id), stated.name)
        if stated.stated_on > self._ledger.today():
            raise UserProblem("The day lies in the future.", "Check the date.", field="stated_on")
        return self._put("stated_total", "stated total", stated)

    def remove_stated(self, ids: list[int]) -> Changes:
        return self._remove("stated_total", "stated total", ids)

    # network checks ------------------------------------------------------------------

    def network_checks(
        self, *, plan_id: int | None = None, provider_id: int | None = None
    ) -> list[NetworkCheck]:
        """What was found out about network status, the latest first."""
        return query.network_checks(self._ledger.read(), plan_id=plan_id, provider_id=provider_id)

    def save_check(self, check: NetworkCheck, *, provider: str) -> Changes:
        """Add or change a network check. The provider is given by name.

        Raises UserProblem for a missing provider or a day in the future.
        """
        name = words.name(provider, what="provider", field="provider")
        if check.checked_on > self._ledger.today():
            raise UserProblem("The day lies in the future.", "Check the date.", field="checked_on")
        self._plan(check.plan_id)
        verb = "Add" if check.id is None else "Change"
        with self._ledger.write(f"{verb} network check, {name}") as work:
            from tracker.storage import schema

            provider_id = provider_id_for(work, name, kind=ProviderKind.OTHER) or 0
            values = rows.values_of(replace(check, provider_id=provider_id))
            work.new_id = rows.put(work.connection, schema.network_check, check.id, values)
        return work.changes

    def remove_checks(self, ids: list[int]) -> Changes:
        return self._remove("network_check", "network check", ids)

    # planned care --------------------------------------------------------------------

    def planned(self, period: Period | None = None) -> list[PlannedCare]:
        """Care that is expected; only what begins before the end of a period where one is given."""
        return query.planned_care(self._ledger.read(), period)

    def save_planned(self, care: PlannedCare, *, provider: str = "") -> Changes:
        """Add or change planned care. The provider, where known, is given by name.

        Raises UserProblem for an unknown service, no times at all, or a negative amount.
        """
        if care.category not in self.categories():
            raise UserProblem("Choose the service.", "It decides what you pay.", field="category")
        if not 1 <= care.times <= MOST_TIMES:
            raise UserProblem(f"Care is given 1 to {MOST_TIMES} times.", "Check how often.", field="times")
        if not 0 <= care.every_months <= 120:
            raise UserProblem("Check the months between.", "Use 0 to 120.", field="every_months")
        if care.allowed is not None:
            _require_amount(care.allowed, "allowed")
        name = words.one_line(provider, what="provider", field="provider")
        label = words.name(care.label or self.categories()[care.category].name, field="label")
        verb = "Add" if care.id is None else "Change"
        with self._ledger.write(f"{verb} planned care, {label}") as work:
            from tracker.storage import schema

            provider_id = provider_id_for(work, name) if name else None
            values = rows.values_of(replace(care, label=label, provider_id=provider_id))
            work.new_id = rows.put(work.connection, schema.planned_care, care.id, values)
        return work.changes

    def remove_planned(self, ids: list[int]) -> Changes:
        return self._remove("planned_care", "planned care", ids)

    # ours ----------------------------------------------------------------------------

    def _plan(self, plan_id: int) -> Plan:
        connection = self._ledger.read()
        plans = plan_query.plans(connection, household.recurring(connection))
        found = next((plan for plan in plans if plan.id == plan_id), None)
        if found is None:
            raise UserProblem("This plan was removed.", "Undo its removal to see it again.")
        return found

    def _put(self, table: str, what: str, fact: OpeningBalance | StatedTotal) -> Changes:
        with self._ledger.write(f"{'Add' if fact.id is None else 'Change'} {what}") as work:
            from tracker.storage import schema

            values = rows.values_of(fact)
            work.new_id = rows.put(work.connection, schema.metadata.tables[table], fact.id, values)
        return work.changes

    def _remove(self, table: str, what: str, ids: list[int]) -> Changes:
        with self._ledger.write(f"Remove {what}") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.metadata.tables[table], ids)
        return work.changes


def _require_amount(amount: Cents, field: str = "amount") -> None:
    if not 0 <= amount <= LARGEST:
        raise UserProblem(
            f"The amount cannot be {dollars(amount)}.", f"Use zero up to {dollars(LARGEST)}.", field=field
        )


def _require_limit(plan: Plan, name: str) -> None:
    if all(limit.name != name for limit in plan.accumulators):
        raise UserProblem(f"{plan.name} has no such limit.", "Choose another.", field="name")
