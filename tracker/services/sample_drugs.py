"""The sample's prescriptions: drugs with their prices, and the fills that payments tell of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tracker.facts import PaymentLine
from tracker.facts.prescriptions import Drug, DrugFill, DrugPrice, PaidThrough
from tracker.services.bundle import Services
from tracker.services.sample_tables import Table, cents, day_in, toml


def add_drugs(
    services: Services,
    year: int,
    today: date,
    *,
    people: Mapping[str, int],
    claims: Mapping[str, int],
) -> None:
    """Add the drugs with every fill and price named by today.

    `people` are ids by first name, `claims` by number.
    """
    lines = services.payments.lines(services.payments.ids(descending=False).ids)
    providers = {found.name: found.id for found in services.people.providers()}
    claim_days = {found.id: found.service_from for found in services.papers.read().in_force}
    for item in toml("untaxed.toml")["drug"]:
        claim_id = claims.get(item.get("claim", ""))
        claimed = {claim_days[claim_id]: claim_id} if claim_id in claim_days and claim_id else {}
        drug = Drug(
            person_id=people[item["person"]],
            name=item["name"],
            strength=item["strength"],
            category=item["category"],
            days=item["days"],
            refills_left=item["refills_left"],
            note=item["note"],
            prices=tuple(_prices(item, year, today, providers)),
            fills=tuple(_fills(item, year, lines, claimed)),
        )
        services.prescriptions.save(drug, pharmacy=item["pharmacy"], prescriber=item["prescriber"])


def _prices(
    item: Table, year: int, today: date, providers: Mapping[str, int | None]
) -> Iterator[DrugPrice]:
    for price in item["prices"]:
        named_on = day_in(year, price["on"])
        if named_on <= today:
            yield DrugPrice(
                through=PaidThrough(price["through"]),
                days=price["days"],
                price=cents(price["price"]),
                pharmacy_id=providers[price["pharmacy"]],
                named_on=named_on,
            )


def _fills(
    item: Table, year: int, lines: list[PaymentLine], claimed: Mapping[date, int]
) -> Iterator[DrugFill]:
    """A fill for every payment of the person in the year to the pharmacy of just that amount."""
    kinds = {(fill["pharmacy"], cents(fill["amount"])): fill for fill in item["fills"]}
    for line in lines:
        fill = kinds.get((line.payee, line.amount))
        if fill is None or line.paid_on.year != year or not line.person.startswith(item["person"]):
            continue
        yield DrugFill(
            filled_on=line.paid_on,
            days=fill["days"],
            paid=line.amount,
            through=PaidThrough(fill["through"]),
            payment_id=line.id,
            claim_id=claimed.get(line.paid_on),
        )
