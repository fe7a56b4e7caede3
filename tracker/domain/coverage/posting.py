"""The book of accumulator changes (rulebook 2.5): immutable postings; a balance is their sum.

A void appends the negatives of what a claim's version posted. Nothing is ever overwritten, so that
a balance can be asked for as of any posting, and explained by the claims behind it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.claim_lines import ClaimKey
from tracker.domain.coverage.results import ClaimResult
from tracker.domain.coverage.state import State
from tracker.errors import UserProblem
from tracker.facts import Counting
from tracker.money import LARGEST, Cents, dollars


@dataclass(frozen=True, slots=True)
class Posting:
    """One change. `claim` None is an opening balance; `name` a bucket or a category.

    `amount` is cents, or a number of visits; negative where `reverses` a voided version. `cross` is
    credit that came over from another bucket.
    """

    claim: ClaimKey | None
    counted: Counting
    name: str
    person: str
    amount: int
    processed_on: date | None = None
    reverses: bool = False
    cross: bool = False


@dataclass(frozen=True, slots=True)
class Balance:
    """Where a bucket stands for a person."""

    bucket: str
    person: str
    cents: Cents


@dataclass(frozen=True, slots=True)
class Opening:
    """What was used before the first claim: stated by the insurer, or carried over (1.2, 1.15)."""

    name: str
    person: str
    amount: int
    counted: Counting = Counting.BUCKET


class Book:
    """The postings of one plan and accumulator period, and the running totals they add up to."""

    def __init__(self, adjudicator: Adjudicator, opening: Iterable[Opening] = ()) -> None:
        self.adjudicator = adjudicator
        self.state = adjudicator.new_state()
        self._postings: list[Posting] = []
        self._results: dict[ClaimKey, ClaimResult] = {}
        self._voided: set[ClaimKey] = set()
        for start in opening:
            self._open(start)

    @property
    def postings(self) -> tuple[Posting, ...]:
        return tuple(self._postings)

    def _open(self, start: Opening) -> None:
        if not 0 <= start.amount <= LARGEST:
            raise UserProblem(
                f"The opening balance of {start.name} cannot be {dollars(start.amount)}."
                if start.counted is not Counting.VISITS
                else f"The number of visits used before cannot be {start.amount}.",
                "Use zero or more.",
                field="opening",
            )
        key = (start.name, start.person)
        if start.counted is Counting.BUCKET:
            place = self.adjudicator.place.get(start.name)
            if place is None:
                raise UserProblem(
                    f"{self.adjudicator.terms.name} has no bucket {start.name} to open with a balance.",
                    f"Use one of {', '.join(self.adjudicator.names) or 'none: it has no limits'}.",
                    field="opening",
                )
            self.state.add(place, start.person, start.amount)
        elif start.counted is Counting.VISITS:
            self.state.visits[key] = self.state.visits.get(key, 0) + start.amount
        else:
            self.state.dollars[key] = self.state.dollars.get(key, 0) + start.amount
        self._postings.append(Posting(None, start.counted, start.name, start.person, start.amount))

    def record(self, result: ClaimResult) -> None:
        """Write down what a claim changed; `state` already holds it."""
        claim = result.claim
        if claim.key in self._results:
            raise UserProblem(
                f"Claim {claim.key} is there twice.", "Give each version of a claim a name of its own."
            )
        self._results[claim.key] = result
        self._postings += _of(result, claim.processed_on)

    def void(self, key: ClaimKey, processed_on: date | None = None) -> None:
        """Append the negatives of what a claim's version posted (visits and dollars too)."""
        if key in self._voided:
            raise UserProblem(f"Claim {key} was voided before.", "Void a claim once.")
        result = self._results.get(key)
        if result is None:
            raise UserProblem(
                f"Claim {key} cannot be voided: it was not processed before.", "Check which claim is meant."
            )
        self._voided.add(key)
        self.state.take_back(result, self.adjudicator.place)
        self._postings += [_reversed(posting, processed_on) for posting in _of(result, processed_on)]

    def recorded(self) -> list[tuple[ClaimKey, ClaimResult]]:
        """Every version that was processed, voided ones included, in order."""
        return list(self._results.items())

    def is_voided(self, key: ClaimKey) -> bool:
        return key in self._voided

    def balance(self, bucket: str, person: str | None = None) -> Cents:
        """A bucket's sum of postings for a person; for the family where None."""
        return sum(
            posting.amount
            for posting in self._postings
            if posting.counted is Counting.BUCKET
            and posting.name == bucket
            and person in (None, posting.person)
        )

    def balances(self) -> list[Balance]:
        """Every bucket and person that was ever posted to or opened, by name."""
        sums: dict[tuple[str, str], Cents] = {}
        for posting in self._postings:
            if posting.counted is Counting.BUCKET:
                key = (posting.name, posting.person)
                sums[key] = sums.get(key, 0) + posting.amount
        return [Balance(bucket, person, cents) for (bucket, person), cents in sorted(sums.items())]

    def openings(self) -> list[Opening]:
        """Where everything stands, to open another book with: after a change of plan or of tier."""
        sums: dict[tuple[Counting, str, str], int] = {}
        for posting in self._postings:
            key = (posting.counted, posting.name, posting.person)
            sums[key] = sums.get(key, 0) + posting.amount
        return [Opening(name, person, amount, counted) for (counted, name, person), amount in sums.items()]

    def rebuilt_state(self) -> State:
        """The running totals added up again from the postings alone."""
        state = self.adjudicator.new_state()
        for posting in self._postings:
            key = (posting.name, posting.person)
            if posting.counted is Counting.BUCKET:
                state.add(self.adjudicator.place[posting.name], posting.person, posting.amount)
            elif posting.counted is Counting.VISITS:
                state.visits[key] = state.visits.get(key, 0) + posting.amount
            else:
                state.dollars[key] = state.dollars.get(key, 0) + posting.amount
        return state


def _of(result: ClaimResult, processed_on: date | None) -> list[Posting]:
    """The postings of a claim's version."""
    key, person = result.claim.key, result.claim.person
    found = [
        Posting(key, Counting.BUCKET, credit.bucket, person, credit.cents, processed_on, cross=credit.cross)
        for credit in result.credits
    ]
    found += [
        Posting(key, Counting.VISITS, category, person, 1, processed_on) for category in result.visits
    ]
    found += [
        Posting(key, Counting.DOLLARS, category, person, cents, processed_on)
        for category, cents in result.dollars
    ]
    return found


def _reversed(posting: Posting, processed_on: date | None) -> Posting:
    return Posting(
        posting.claim,
        posting.counted,
        posting.name,
        posting.person,
        -posting.amount,
        processed_on,
        True,
        posting.cross,
    )
