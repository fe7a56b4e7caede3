"""What the sample's memberships say, include and were used for, from its tables to facts.

Contacts and letters after today are left out; what an agreement says is known from its first day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from tracker.domain.membership.service_matrix import STARTING_MATRIX
from tracker.facts.membership import (
    AdministratorAnswer,
    CareModel,
    CareStatement,
    ContactKind,
    DecisionAnswer,
    Included,
    MedicareStatus,
    MembershipService,
    MembershipTerms,
    ModelNumbers,
    ModelUse,
    PaysFor,
    PracticeContact,
    RefundKind,
    TaxPocket,
)
from tracker.services.bundle import Services
from tracker.services.sample_tables import Table, basis_points, cents, cents_or_none, day_in, toml

MembershipKey = tuple[str, int]
"""A membership by its practice and the year it begins in, counted from the sample year."""

_AMOUNTS = ("late_fee", "offer_amount", "cancellation_fee")
_KINDS = {"medicare": MedicareStatus, "refund_kind": RefundKind, "pays_for": PaysFor}


def membership() -> Table:
    """Clauses, matrix, contacts, letters, the worksheet and own numbers."""
    return toml("membership.toml")


def terms_of(practice: str, year: int) -> MembershipTerms:
    """The clauses of an agreement; `year` counts from the sample year."""
    found = next(
        item for item in membership()["terms"] if (item["practice"], item["year"]) == (practice, year)
    )
    values: dict[str, Any] = {name: value for name, value in found.items() if name != "year"}
    del values["practice"]
    for name in _AMOUNTS:
        if name in values:
            values[name] = cents(values[name])
    for name, kind in _KINDS.items():
        if name in values:
            values[name] = kind(values[name])
    return MembershipTerms(**values)


def add_membership_use(
    services: Services,
    year: int,
    today: date,
    *,
    memberships: Mapping[MembershipKey, int],
    visits: Mapping[str, int],
) -> None:
    """Add what has happened around the memberships by today.

    `visits` are the ids of the care log by `MM-DD Provider`.
    """
    table, to = membership(), services.membership_use
    for item in table["matrix"]:
        to.save_matrix(memberships[item["practice"], 0], list(_matrix(item["services"])))
    members = {held.id: held.person_ids for held in services.agreements.memberships()}
    for item in table["contact"]:
        if day_in(year, item["on"]) <= today:
            membership_id = memberships[item["practice"], 0]
            contact = _contact(item, year, membership_id, visits)
            to.save_contact(replace(contact, person_id=members[membership_id][0]))
    for item in table["statement"]:
        if day_in(year, item["on"]) <= today:
            statement = CareStatement(
                stated_on=day_in(year, item["on"]),
                share=basis_points(item["share"]),
                document=item["document"],
            )
            to.save_statements(memberships[item["practice"], 0], [statement])
    for item in table["administrator"]:
        if day_in(year, item["on"]) <= today:
            answer = AdministratorAnswer(
                pocket=TaxPocket(item["pocket"]),
                said_on=day_in(year, item["on"]),
                agreed=item["agreed"],
                said=item["said"],
            )
            to.save_administrators(memberships[item["practice"], 0], [answer])
    for item in table["decision"]:
        to.save_decision(DecisionAnswer(**item))
    for item in table["model"]:
        to.save_care_model(_model(item))


def _matrix(changed: list[Table]) -> Iterator[MembershipService]:
    """The list every agreement starts with, with the rows of the table in place of theirs."""
    rows = {item["code"]: item for item in changed}
    for service in STARTING_MATRIX:
        yield _row(service, rows.pop(service.code, {}))
    for item in rows.values():
        yield _row(MembershipService(code=item["code"], name=item["name"]), item)


def _row(service: MembershipService, item: Table) -> MembershipService:
    return replace(
        service,
        state=Included(item["state"]) if "state" in item else service.state,
        per_year=item.get("per_year", service.per_year),
        extra_fee=cents_or_none(item.get("extra_fee", "")),
        category=item.get("category", ""),
        list_price=cents_or_none(item.get("list_price", "")),
    )


def _contact(item: Table, year: int, membership_id: int, visits: Mapping[str, int]) -> PracticeContact:
    asked_day, _, asked_time = item.get("asked", "").partition(" ")
    key = f"{item['on']} {item['practice']}"
    return PracticeContact(
        membership_id=membership_id,
        kind=ContactKind(item["kind"]),
        asked_on=day_in(year, asked_day) if asked_day else None,
        asked_at=time.fromisoformat(asked_time) if asked_time else None,
        seen_on=day_in(year, item["on"]),
        seen_at=time.fromisoformat(item["seen"]),
        minutes=item.get("minutes"),
        services=tuple(item["services"]),
        instead_of=item.get("instead_of", ""),
        visit_id=visits[key] if item.get("visit") else None,
        note=item.get("note", ""),
    )


def _model(item: Table) -> ModelNumbers:
    return ModelNumbers(
        model=CareModel(item["model"]),
        fee=cents(item["fee"]),
        other=cents(item["other"]),
        avoided=cents(item["avoided"]),
        uses=tuple(
            ModelUse(
                label=use["label"],
                category=use.get("category", ""),
                times=use["times"],
                each=cents_or_none(use.get("each", "")),
            )
            for use in item["uses"]
        ),
    )
