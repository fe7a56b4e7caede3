"""All papers of the ledger read in one go, for Claims, the attention list and the command line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from tracker.changes import Changes
from tracker.dates import Period
from tracker.domain.claims.papers import Papers
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.periods import ALL_TIME, plan_for
from tracker.domain.coverage.plan_terms import period_of
from tracker.domain.coverage.plan_year import PlanYear, in_force
from tracker.domain.membership.included_care import Includes, includes_of
from tracker.domain.membership.service_matrix import ServiceUse
from tracker.facts import Claim, ClaimLink, Membership, Payment, Plan
from tracker.services.paper_links import put_link
from tracker.services.plan_years import read_plan_year
from tracker.storage.ledger import Ledger
from tracker.storage.queries import care as care_query
from tracker.storage.queries import cases as case_query
from tracker.storage.queries import claims as claim_query
from tracker.storage.queries import coverage as coverage_query
from tracker.storage.queries import household
from tracker.storage.queries import membership_use as use_query
from tracker.storage.queries import payments as payment_query
from tracker.storage.queries import prescriptions as prescription_query
from tracker.storage.queries.documents import last_change


def read_papers(connection: sqlite3.Connection, today: date) -> Papers:
    """Every claim, bill, visit and case with what is needed to judge them."""
    home = household.household(connection)
    claims = claim_query.with_lines(connection, claim_query.claims(connection, ALL_TIME))
    providers = household.providers(connection)
    return Papers(
        today=today,
        claims=tuple(claims),
        bills=tuple(care_query.bills(connection)),
        visits=tuple(care_query.visits(connection)),
        paid=care_query.paid_on_bills(connection),
        cases=tuple(case_query.cases(connection)),
        calls=tuple(case_query.calls(connection)),
        links=tuple(claim_query.links(connection)),
        people=home.people,
        providers={provider.id or 0: provider for provider in providers},
        plans=home.plans,
        years=tuple(_years(connection, claims, home.plans)),
        memberships=home.memberships,
        membership_payments=tuple(_membership_payments(connection, home.memberships)),
        checks=tuple(coverage_query.network_checks(connection)),
        categories=catalogue(coverage_query.categories(connection)),
        drugs=tuple(prescription_query.drugs(connection)),
        includes=tuple(_includes(connection, home.memberships)),
    )


def _years(
    connection: sqlite3.Connection, claims: Sequence[Claim], plans: Sequence[Plan]
) -> list[PlanYear]:
    """The plan years that the claims in force fall in, each once."""
    wanted: dict[tuple[int | None, Period], tuple[Plan, date]] = {}
    for claim in in_force(claims):
        plan = plan_for(plans, claim.person_id, claim.service_from, claim.plan_id)
        if plan is not None:
            wanted.setdefault((plan.id, period_of(plan, claim.service_from)), (plan, claim.service_from))
    whole = {claim.id: claim for claim in claims}
    return [
        replace(year, claims=tuple(whole.get(claim.id, claim) for claim in year.claims))
        for plan, day in wanted.values()
        for year in (read_plan_year(connection, plan, plans, on=day),)
    ]


def _membership_payments(
    connection: sqlite3.Connection, memberships: Sequence[Membership]
) -> list[Payment]:
    """The payments of membership fees, with what came back of them."""
    fees = [fee.id for held in memberships for fee in held.fees if fee.id is not None]
    practices = [held.practice_id for held in memberships]
    return payment_query.many(connection, payment_query.of_memberships(connection, fees, practices))


def _includes(connection: sqlite3.Connection, memberships: Sequence[Membership]) -> Iterator[Includes]:
    """The matrices that were saved, with the uses of their services; the others are left to the usual."""
    for held in memberships:
        matrix = use_query.services(connection, held.id or 0)
        if matrix:
            contacts = use_query.contacts(connection, held.id)
            uses = [ServiceUse(code=code, on=item.seen_on) for item in contacts for code in item.services]
            yield includes_of(held.id or 0, matrix, uses)


class PapersService:
    """Reads the papers, and keeps the member's word on which of them belong together."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._kept: tuple[tuple[int, date], Papers] | None = None

    def read(self) -> Papers:
        """Everything as it is now; what was worked out before is given again until something changes."""
        connection, today = self._ledger.read(), self._ledger.today()
        mark = last_change(connection), today  # asked first: what changes meanwhile is read again
        kept = self._kept
        if kept is None or kept[0] != mark:
            kept = self._kept = mark, read_papers(connection, today)
        return kept[1]

    def link(self, link: ClaimLink) -> Changes:
        """Say that an EOB and a bill or visit belong together, or that they do not."""
        words = "Link papers" if link.linked else "Unlink papers"
        with self._ledger.write(words) as work:
            put_link(work.connection, link)
        return work.changes
