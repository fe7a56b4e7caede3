"""What care would have cost the member without the membership: each kind by the plan of its day."""

from __future__ import annotations

from datetime import date

from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.estimate_question import Question
from tracker.money import Cents
from tracker.services.bundle import Services
from tracker.storage.queries import coverage as coverage_query


class PlanPrices:
    """Asks the engine for in-network care, each kind once a day. `unpriced` names what it cannot tell."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._names = catalogue(coverage_query.categories(services.ledger.read()))
        self._known: dict[tuple[int, str, date], Cents | None] = {}
        self.unpriced: list[str] = []

    def of(self, category: str, person_id: int | None, on: date) -> Cents | None:
        """What the member would have paid that day, in cents; None where no plan tells."""
        if person_id is None:
            return None
        key = (person_id, category, on)
        if key not in self._known:
            answer = self._services.estimates.answer(
                Question(person_id=person_id, category=category, on=on)
            )
            self._known[key] = answer.you_pay if answer.payers else None
            if self._known[key] is None and self.name(category) not in self.unpriced:
                self.unpriced.append(self.name(category))
        return self._known[key]

    def name(self, category: str) -> str:
        """A category in words."""
        known = self._names.get(category)
        return known.name if known else category
