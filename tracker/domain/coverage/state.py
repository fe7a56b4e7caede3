"""Running totals while claims are worked: what each person and the family have used so far."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.domain.coverage.results import ClaimResult
from tracker.money import Cents


class State:
    """The totals of one accumulator period. Changed by the engine; copy it to try something out.

    `own` and `family` hold cents by the bucket's place in the plan. The family's total is always the
    sum of its people's.
    """

    __slots__ = ("dollars", "family", "own", "visits")

    def __init__(self, buckets: int) -> None:
        self.own: dict[str, list[Cents]] = {}
        self.family: list[Cents] = [0] * buckets
        self.visits: dict[tuple[str, str], int] = {}
        self.dollars: dict[tuple[str, str], Cents] = {}

    def own_totals(self, person: str) -> list[Cents]:
        """A person's totals, begun at zero."""
        totals = self.own.get(person)
        if totals is None:
            totals = self.own[person] = [0] * len(self.family)
        return totals

    def add(self, place: int, person: str, cents: Cents) -> None:
        """Put cents in a bucket without asking whether there is room: openings, EOBs, reversals."""
        self.own_totals(person)[place] += cents
        self.family[place] += cents

    def copy(self) -> State:
        other = State(0)
        other.own = {person: totals.copy() for person, totals in self.own.items()}
        other.family = self.family.copy()
        other.visits = self.visits.copy()
        other.dollars = self.dollars.copy()
        return other

    def take_back(self, result: ClaimResult, places: dict[str, int]) -> None:
        """Void a claim: everything it added is subtracted; claims worked since keep their figures."""
        person = result.claim.person
        for credit in result.credits:
            self.add(places[credit.bucket], person, -credit.cents)
        self._count_back(((category, 1) for category in result.visits), self.visits, person)
        self._count_back(result.dollars, self.dollars, person)

    @staticmethod
    def _count_back(
        parts: Iterable[tuple[str, int]], counts: dict[tuple[str, str], int], person: str
    ) -> None:
        for category, count in parts:
            counts[category, person] -= count
