"""The sample's care: the log of visits, the claims and the bills, as they have come by a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.facts import Claim, OrderLine, Visit
from tracker.services import sample_tables as tables
from tracker.services.bundle import Services
from tracker.services.sample_bills import BillTable, PaidToward
from tracker.services.sample_claims import EobDetails, came_on


@dataclass(slots=True)
class Care:
    """What was added: visits by `MM-DD Provider`, claims by number with the names of their providers,
    the EOBs that were corrected since by the number of the one in force, bills by key."""

    visit_ids: dict[str, int] = field(default_factory=dict)
    claims: dict[str, tuple[Claim, str]] = field(default_factory=dict)
    original_ids: dict[str, int] = field(default_factory=dict)
    bill_ids: dict[str, int] = field(default_factory=dict)
    paid_toward: PaidToward = field(default_factory=lambda: PaidToward((), {}))

    @property
    def claim_ids(self) -> dict[str, int]:
        return {number: claim.id or 0 for number, (claim, _) in self.claims.items()}


def add_care(services: Services, year: int, today: date, person_ids: Mapping[str, int]) -> Care:
    """Add the care log, the claims and the bills that have come by today. `person_ids` are by first
    name."""
    adding = _Adding(services, year, today, person_ids)
    adding.add_visits()
    adding.add_claims()
    adding.add_bills()
    return adding.care


class _Adding:
    def __init__(self, services: Services, year: int, today: date, person_ids: Mapping[str, int]) -> None:
        self._to = services
        self._year = year
        self._today = today
        self._people = person_ids
        self._visit_at: dict[tuple[int, str, date], int] = {}
        self.care = Care()

    def add_visits(self) -> None:
        for visit, provider, facility in _visits(self._year, self._today, self._people):
            new_id = self._to.care.save_visit(visit, provider=provider, facility=facility).new_id
            assert new_id is not None
            self._visit_at[visit.person_id, provider, visit.visited_on] = new_id
            self.care.visit_ids[f"{visit.visited_on:%m-%d} {provider}"] = new_id

    def add_claims(self) -> None:
        """The EOBs of the year, each after the one that it corrects, then the claims no total counts."""
        details = EobDetails(self._year)
        for row in tables.rows("eobs.csv"):
            claim = tables.claim_of(row, self._year, self._people[row["person"]])
            claim = details.with_more(claim)
            original = details.original_of(claim)
            if original is not None and came_on(original) <= self._today:
                new_id = self._to.claims.save(original, provider=row["provider"]).new_id
                assert new_id is not None
                self.care.original_ids[claim.claim_number] = new_id
                claim = replace(claim, replaces_id=new_id)
            self._add_claim(claim, row["provider"])
        for item in details.further(self._people):
            self._add_claim(item.claim, item.provider)

    def _add_claim(self, claim: Claim, provider: str) -> None:
        if came_on(claim) <= self._today:
            new_id = self._to.claims.save(claim, provider=provider).new_id
            self.care.claims[claim.claim_number] = replace(claim, id=new_id), provider

    def add_bills(self) -> None:
        drafts = list(BillTable(self._year, self._today, self._people, self.care.claims).drafts())
        claim_ids = self.care.claim_ids
        for draft in drafts:
            place = (draft.bill.person_id, draft.provider, draft.bill.service_from)
            bill = replace(draft.bill, visit_id=self._visit_at.get(place))
            unlinked = [(claim_ids[number], False) for number in draft.unlinked]
            new_id = self._to.care.save_bill(bill, provider=draft.provider, eobs=unlinked).new_id
            assert new_id is not None
            self.care.bill_ids[draft.key] = new_id
        self.care.paid_toward = PaidToward(drafts, self.care.bill_ids)


def _visits(year: int, today: date, person_ids: Mapping[str, int]) -> Iterator[tuple[Visit, str, str]]:
    """The care log up to today: each visit with the names of who gave the care and of the facility."""
    for row in tables.rows("visits.csv"):
        day = tables.day_in(year, row["on"])
        if day > today:
            continue
        visit = Visit(
            person_id=person_ids[row["person"]],
            provider_id=0,
            visited_on=day,
            category=row["category"],
            description=row["description"],
            minutes=int(row["minutes"]),
            expects_claim=row["expects"] == "yes",
            preventive=row["preventive"] == "yes",
            orders=tuple(_orders(row["orders"])),
        )
        yield visit, row["provider"], row["facility"]


def _orders(text: str) -> Iterator[OrderLine]:
    """`Lipid panel|80061|LAB_ROUTINE; Stress test||DIAGNOSTIC`: text, code and service of each."""
    for part in filter(None, (item.strip() for item in text.split(";"))):
        what, code, category = part.split("|")
        yield OrderLine(text=what, code=code, category=category)
