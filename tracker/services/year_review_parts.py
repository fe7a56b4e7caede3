"""What the year in review takes from Membership and Where it went: the same figures, for its own year.

Prices care day by day: ask off the UI thread.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.dates import Period
from tracker.domain.coverage.eob import discount
from tracker.domain.membership.year import year_number, year_period
from tracker.facts import Household
from tracker.reports.where_it_went import By, day_of_claim
from tracker.reports.who_paid import WhoPaid, who_paid
from tracker.reports.year_worth import MembershipWorth, most_lies_in
from tracker.services.bundle import Services
from tracker.services.membership_value import value_facts, value_from
from tracker.services.where_it_went import went_in
from tracker.storage.queries import expenses as expense_query
from tracker.storage.queries import payments as payment_query


def read_who_paid(services: Services, period: Period) -> WhoPaid:
    """Who bore what in a budget year, by the day money moved or a plan decided."""
    connection = services.ledger.read()
    claims = services.papers.read().in_force
    return who_paid(
        went_in(services, period, By.PAID).lines,
        by_funds=expense_query.paid_back_by_funds(connection),
        loose=payment_query.loose_refunds(connection, period),
        written_off=sum(discount(claim) or 0 for claim in claims if day_of_claim(claim, By.PAID) in period),
    )


def read_worth_of_year(services: Services, home: Household, period: Period) -> Iterator[MembershipWorth]:
    """Every membership year most of which lies in the budget year, those that have begun."""
    today = services.ledger.today()
    for membership in sorted(home.memberships, key=lambda item: (item.begins_on, item.id or 0)):
        if membership.id is None:
            continue
        for number in range(year_number(membership, today) + 1):
            year = year_period(membership, number)
            if not most_lies_in(year, period) or year.begin > today:
                continue
            facts = value_facts(services, membership.id, number)
            shown = facts.shown
            yield MembershipWorth(
                practice=shown.practice,
                people=shown.people,
                period=shown.year.period,
                paid=shown.year.paid,
                value=value_from(facts),
                avoided=facts.avoided,
                tax_saved=facts.tax_saved,
                tax_why=facts.tax_why,
                unpriced=facts.unpriced,
            )
