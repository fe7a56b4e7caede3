"""What the sample's plans make people pay, and what is known around them, from its tables to facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tracker.facts import (
    CopayOrder,
    CopayScope,
    CostSharingRule,
    Likelihood,
    Need,
    NetworkCheck,
    OpeningBalance,
    PlannedCare,
    ServiceCategory,
    Stands,
    StatedTotal,
)
from tracker.services.bundle import Services
from tracker.services.sample_tables import Table, basis_points, cents, cents_or_none, day_in, rows, toml


def coverage() -> Table:
    """Own services, opening balances, network checks, stated totals and planned care."""
    return toml("coverage.toml")


def own_categories() -> list[ServiceCategory]:
    """The services that the program's own list does not have."""
    return [ServiceCategory(**item) for item in coverage()["category"]]


def rules_of(year: int) -> list[CostSharingRule]:
    """The rules of the plan of `year` (0 or -1); rows without a year are in both."""
    return [_rule(row) for row in rows("rules.csv") if row["year"] in ("", str(year))]


def _rule(row: dict[str, str]) -> CostSharingRule:
    return CostSharingRule(
        category=row["category"],
        tier=row["tier"],
        covered=row["covered"] == "yes",
        deductible=row["deductible"] or None,
        oop_max=row["oop_max"] or None,
        copay=cents_or_none(row["copay"]) or 0,
        copay_order=CopayOrder(row["order"] or CopayOrder.AFTER),
        copay_scope=CopayScope(row["scope"] or CopayScope.VISIT),
        coinsurance=basis_points(row["coinsurance"] or "0%"),
        coinsurance_max=cents_or_none(row["coinsurance_max"]),
        waive_copay_if_admitted=row["unless_admitted"] == "yes",
        visit_limit=int(row["visits"]) if row["visits"] else None,
        no_authorization_penalty=cents_or_none(row["penalty"]) or 0,
        prior_authorization=Need(row["authorization"] or Need.NO),
        referral=Need(row["referral"] or Need.NO),
        note=row["note"],
    )


def add_known(
    services: Services, year: int, today: date, plan_ids: Mapping[int, int], people: Mapping[str, int]
) -> None:
    """Add opening balances, planned care, and what was checked or stated by today.

    `plan_ids` are the plans by year, `people` the ids by first name.
    """
    table, to, plan_id = coverage(), services.coverage, plan_ids[year]
    for item in table["opening"]:
        when = year + item["year"]
        to.save_opening(
            OpeningBalance(
                plan_id=plan_ids[when],
                person_id=people[item["person"]],
                name=item["limit"],
                amount=cents(item["amount"]),
                as_of=day_in(when, item["as_of"]),
                note="From the old spreadsheet",
            )
        )
    for item in _by(today, year, table["check"]):
        to.save_check(
            NetworkCheck(
                plan_id=plan_id,
                provider_id=0,  # given by name
                location=item.get("location", ""),
                stands=Stands(item["stands"]),
                checked_on=day_in(year, item["on"]),
                source=item["source"],
                reference=item.get("reference", ""),
                note=item.get("note", ""),
            ),
            provider=item["provider"],
        )
    for item in _by(today, year, table["stated"]):
        to.save_stated(
            StatedTotal(
                plan_id=plan_id,
                person_id=people[item["person"]],
                name=item["limit"],
                amount=cents(item["amount"]),
                stated_on=day_in(year, item["on"]),
                note=item["note"],
            )
        )
    for item in table["planned"]:
        to.save_planned(
            PlannedCare(
                person_id=people[item["person"]],
                category=item["category"],
                label=item["label"],
                first_on=day_in(year, item["first"]),
                times=item.get("times", 1),
                every_months=item.get("every_months", 1),
                allowed=cents(item["allowed"]),
                likelihood=Likelihood(item["likelihood"]),
                note=item.get("note", ""),
            ),
            provider=item["provider"],
        )


def _by(today: date, year: int, items: Iterable[Table]) -> Iterator[Table]:
    """Those whose day has come."""
    return (item for item in items if day_in(year, item["on"]) <= today)
