"""A history worked through the engine in the order of rulebook 2.2, period by period.

`replay` follows events as they were processed: a void takes back its claim, and claims processed in
between keep their figures. `from_scratch` asks what everything would be if voided claims had never
been there; `resweep` compares the two: what the insurer should reprocess.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.dates import Period
from tracker.domain.coverage.accumulator_period import accumulator_period, carries_over, period_day
from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.claim_lines import ClaimInput, ClaimKey, Entry, Void
from tracker.domain.coverage.posting import Book, Opening
from tracker.domain.coverage.results import ClaimResult
from tracker.domain.coverage.terms import PlanTerms
from tracker.errors import UserProblem
from tracker.facts import AccumulatorKind, Counting, DeductibleCarryOver
from tracker.money import Cents

UNPROCESSED_DAYS = 30
"""Where an EOB gives no processed and no received date, processing is taken to follow so much later."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What came out: a result for each entry (None for a void), and the books by period.

    Claims without dates share the period None. `estimated` are the claims whose place in the order
    is estimated, for want of a processed date.
    """

    entries: tuple[Entry, ...]
    results: tuple[ClaimResult | None, ...]
    books: dict[Period | None, Book]
    estimated: tuple[ClaimKey, ...] = ()

    def of(self, key: ClaimKey) -> ClaimResult | None:
        """The result of one claim."""
        return next((found for found in self.results if found and found.claim.key == key), None)


@dataclass(frozen=True, slots=True)
class Resweep:
    """A claim that would cost the member something else if it were processed again now."""

    claim: ClaimKey
    as_processed: Cents
    from_scratch: Cents

    @property
    def change(self) -> Cents:
        """What the member would owe more (less where negative)."""
        return self.from_scratch - self.as_processed


def processed_day(entry: Entry) -> tuple[date | None, bool]:
    """The day an entry takes its place in the order, and whether that is an estimate (2.2)."""
    if entry.processed_on is not None:
        return entry.processed_on, False
    if isinstance(entry, Void):
        return None, False
    if entry.received_on is not None:
        return entry.received_on, True
    if entry.service_on is not None:
        return entry.service_on + timedelta(days=UNPROCESSED_DAYS), True
    return None, False


def in_order(entries: Sequence[Entry]) -> list[int]:
    """The places of the entries in processed order. Without any dates they stay as they are."""
    days = [processed_day(entry)[0] for entry in entries]
    if not any(days):
        return list(range(len(entries)))
    for entry, day in zip(entries, days, strict=True):
        if day is None:
            what = f"The void of claim {entry.of}" if isinstance(entry, Void) else f"Claim {entry.key}"
            raise UserProblem(
                f"{what} has no date, while others have.",
                "Give it its processed date, so that the order is known.",
                field="processed_on",
            )
    return sorted(
        range(len(entries)), key=lambda place: (days[place] or date.min, entries[place].sequence, place)
    )


def replay(terms: PlanTerms, entries: Sequence[Entry], opening: Iterable[Opening] = ()) -> Replay:
    """Work a history as it was processed. `opening` belongs to the earliest period.

    Raises UserProblem for claims that cannot be priced, voids of unknown claims, and mixed dates.
    """
    adjudicator = Adjudicator(terms)
    work, places = _with_voids(entries)
    order = in_order(work)
    periods = _periods(terms, work)
    results: list[ClaimResult | None] = [None] * len(entries)
    books: dict[Period | None, Book] = {}
    start = list(opening)
    keys = sorted(set(periods), key=lambda period: period.begin if period else date.min) or [None]
    for number, period in enumerate(keys):
        books[period] = book = Book(adjudicator, start)
        for place in order:
            if periods[place] == period and (result := _work(book, work[place])):
                results[places[place]] = result
        after = keys[number + 1] if number + 1 < len(keys) else None
        start = carried_over(terms, book, period) if period and after and after.begin == period.end else []
    estimated = tuple(
        entry.key for entry in entries if isinstance(entry, ClaimInput) and processed_day(entry)[1]
    )
    return Replay(tuple(entries), tuple(results), books, estimated)


def from_scratch(terms: PlanTerms, entries: Sequence[Entry], opening: Iterable[Opening] = ()) -> Replay:
    """Work a history as if voided and replaced claims had never been processed."""
    gone = {entry.of for entry in entries if isinstance(entry, Void)}
    gone |= {
        entry.replaces for entry in entries if isinstance(entry, ClaimInput) and entry.replaces is not None
    }
    kept = [
        replace(entry, replaces=None)
        for entry in entries
        if isinstance(entry, ClaimInput) and entry.key not in gone
    ]
    return replay(terms, kept, opening)


def resweep(terms: PlanTerms, entries: Sequence[Entry], opening: Iterable[Opening] = ()) -> list[Resweep]:
    """The claims that void or replacement left with figures that processing them again would change."""
    start = list(opening)
    then, now = replay(terms, entries, start), from_scratch(terms, entries, start)
    found = []
    for result in now.results:
        before = then.of(result.claim.key) if result else None
        if result and before and before.owes != result.owes:
            found.append(Resweep(result.claim.key, before.owes, result.owes))
    return found


def carried_over(terms: PlanTerms, book: Book, period: Period) -> list[Opening]:
    """What the last three months of a period open the next one's deductibles with (1.15).

    Never the out-of-pocket maximum; never more than the limit; by default only where the deductible
    was not met in the period.
    """
    if terms.carry_over is DeductibleCarryOver.NONE:
        return []
    deductibles = {b.name for b in terms.buckets if b.kind is AccumulatorKind.DEDUCTIBLE}
    late = {
        key
        for key, result in book.recorded()
        if (day := period_day(terms, result.claim)) is not None and carries_over(period, day)
    }
    sums: dict[tuple[str, str], Cents] = {}
    for posting in book.postings:
        if posting.counted is Counting.BUCKET and posting.name in deductibles and posting.claim in late:
            key = (posting.name, posting.person)
            sums[key] = sums.get(key, 0) + posting.amount
    adjudicator = book.adjudicator
    fresh, found = adjudicator.new_state(), []
    for (bucket, person), cents in sums.items():
        met = adjudicator.remaining(book.state, bucket, person) == 0
        if terms.carry_over is DeductibleCarryOver.IF_NOT_MET and met:
            continue
        room = adjudicator.remaining(fresh, bucket, person)
        credit = cents if room is None else min(cents, room)
        if credit > 0:
            fresh.add(adjudicator.place[bucket], person, credit)
            found.append(Opening(bucket, person, credit))
    return found


def _periods(terms: PlanTerms, entries: Sequence[Entry]) -> list[Period | None]:
    """The period of each entry; a void's is that of the claim it voids."""
    days = {entry.key: period_day(terms, entry) for entry in entries if isinstance(entry, ClaimInput)}
    found: list[Period | None] = []
    for entry in entries:
        if isinstance(entry, Void) and entry.of not in days:
            raise UserProblem(
                f"Claim {entry.of} cannot be voided: it is not there.", "Check which claim is meant."
            )
        day = days[entry.of if isinstance(entry, Void) else entry.key]
        found.append(accumulator_period(terms, day) if day else None)
    return found


def _with_voids(entries: Sequence[Entry]) -> tuple[list[Entry], list[int]]:
    """The entries with a void before each claim that replaces another; and where each came from."""
    work: list[Entry] = []
    places: list[int] = []
    for place, entry in enumerate(entries):
        if isinstance(entry, ClaimInput) and entry.replaces is not None:
            day = processed_day(entry)[0]
            work.append(Void(of=entry.replaces, processed_on=day, sequence=entry.sequence))
            places.append(place)
        work.append(entry)
        places.append(place)
    return work, places


def _work(book: Book, entry: Entry) -> ClaimResult | None:
    if isinstance(entry, Void):
        book.void(entry.of, entry.processed_on)
        return None
    result = book.adjudicator.adjudicate(entry, book.state)
    book.record(result)
    return result
