"""What care will cost: every fact a question needs, read in one go, and the answer."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

from tracker.dates import Period, add_months
from tracker.domain.claims.authorizations import on_file
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.estimate import estimate
from tracker.domain.coverage.estimate_answer import Estimate
from tracker.domain.coverage.estimate_question import Authorization, Known, Question
from tracker.domain.coverage.estimate_renewed import renewed
from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.usual_amount import UsualAmount, usual_amount
from tracker.facts import CaseKind, Household, Network, Plan
from tracker.services.plan_years import read_plan_year
from tracker.storage.ledger import Ledger
from tracker.storage.queries import cases as case_query
from tracker.storage.queries import claims as claim_query
from tracker.storage.queries import coverage as query
from tracker.storage.queries import household

LOOK_BACK_MONTHS = 60
"""EOBs older than five years tell no usual amount: prices have moved on."""


class EstimateService:
    """Answers *What will it cost me?* from the ledger. Changes nothing."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def answer(self, question: Question, *, provider: str = "", plan_id: int | None = None) -> Estimate:
        """The estimate for a question; the provider is given by name, known or new.

        `plan_id` asks for one plan alone, as if no other covered the person that day.
        """
        connection = self._ledger.read()
        home = household.household(connection)
        name = provider.strip() or question.provider
        found = _provider_id(connection, name) if name else question.provider_id
        asked = replace(question, provider=name, provider_id=found)
        known = self._known(connection, home, asked, plan_id)
        return estimate(_with_authorization(connection, asked, known), known)

    def usual(
        self, category: str, provider: str = "", *, network: Network | None = Network.IN
    ) -> UsualAmount | None:
        """What past EOBs usually allowed for a service; None where they tell nothing."""
        connection = self._ledger.read()
        found = _provider_id(connection, provider) if provider.strip() else None
        return usual_amount(
            claim_query.claims(connection, self._look_back()),
            category,
            found,
            network,
            categories=catalogue(query.categories(connection)),
        )

    def _look_back(self) -> Period:
        today = self._ledger.today()
        return Period(add_months(today, -LOOK_BACK_MONTHS), today + timedelta(days=366))

    def _known(
        self, connection: sqlite3.Connection, home: Household, question: Question, plan_id: int | None
    ) -> Known:
        from tracker.imports.limits_file import yearly_limits

        plans = [plan for plan in home.plans if plan_id in (None, plan.id)]
        years, going_on = self._years(connection, plans, home.plans, question)
        checks = (
            query.network_checks(connection, provider_id=question.provider_id)
            if question.provider_id is not None
            else []
        )
        return Known(
            today=self._ledger.today(),
            years=tuple(years),
            renewed=going_on,
            plans=tuple(plans),
            people=home.people,
            categories=catalogue(query.categories(connection)),
            checks=tuple(checks),
            past=tuple(claim_query.claims(connection, self._look_back())),
            planned=tuple(query.planned_care(connection)),
            limits=yearly_limits(),
        )

    def _years(
        self,
        connection: sqlite3.Connection,
        plans: list[Plan],
        every: tuple[Plan, ...],
        question: Question,
    ) -> tuple[list[PlanYear], Plan | None]:
        """The plans of the day with their periods: those that cover the person, else any in force.

        For a day to come after the last plan’s end, that plan is taken to go on.
        """
        day = question.on
        in_force = [plan for plan in plans if day in plan.period]
        own = [plan for plan in in_force if question.person_id in plan.person_ids]
        if own or in_force:
            chosen = own or [max(in_force, key=lambda plan: plan.begins_on)]
            return [read_plan_year(connection, plan, every, on=day) for plan in chosen], None
        last = _last_ended(plans, question.person_id, day)
        if last is None or day <= self._ledger.today():
            return [], None
        year = read_plan_year(connection, last, every, on=last.ends_on)
        return [renewed(year, day)], last


def _with_authorization(connection: sqlite3.Connection, question: Question, known: Known) -> Question:
    """The question knowing of an approved prior authorization that is on file for this care."""
    if question.authorization is not Authorization.NONE:
        return question
    held = [case for case in case_query.cases(connection) if case.kind is CaseKind.AUTHORIZATION]
    if not held:
        return question
    category = known.categories.get(question.category)
    permit = on_file(
        held,
        person_id=question.person_id,
        categories={question.category, category.parent or "" if category else ""} - {""},
        day=question.on,
        provider_id=question.provider_id,
        claims=known.past,
    )
    return question if permit is None else replace(question, authorization=Authorization.ON_FILE)


def _last_ended(plans: list[Plan], person_id: int, day: date) -> Plan | None:
    """The plan that covered the person last before a day."""
    ended = [plan for plan in plans if plan.ends_on < day and person_id in plan.person_ids]
    return max(ended, key=lambda plan: (plan.ends_on, plan.begins_on), default=None)


def _provider_id(connection: sqlite3.Connection, name: str) -> int | None:
    wanted = " ".join(name.split()).casefold()
    return next((one.id for one in household.providers(connection) if one.name.casefold() == wanted), None)
