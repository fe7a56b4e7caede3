"""A few amounts that add up to another one, to the cent.

Which claims explain a difference is the question behind it. Among thousands of amounts nearly every
sum can be made of enough of them, so only small sets mean anything, and the work is bounded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tracker.money import Cents

MOST_SETS = 3
"""Sets given at most."""

MOST_PARTS = 4
"""Amounts in a set at most."""

EFFORT = 100_000
"""Sums looked at for one size of set at most."""

_REACH = {1: 20_000, 2: 20_000, 3: 300, 4: 80}
"""How many of the first parts are tried for sets of a size."""


@dataclass(frozen=True, slots=True)
class Part:
    """An amount (cents, or with a sign what it takes away) that may be in a set.

    Two parts that share a key exclude each other. `weight` is how far-fetched it is.
    """

    amount: Cents
    keys: frozenset[int]
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Sets as places in the parts, the smallest first; `looked` is how many sums were compared."""

    sets: tuple[tuple[int, ...], ...]
    looked: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """The one or two parts whose sum comes closest; `off` is what the sum lacks."""

    places: tuple[int, ...]
    off: Cents


def small_sets(parts: Sequence[Part], target: Cents) -> Found:
    """Up to MOST_SETS sets of at most MOST_PARTS parts that add up to the target exactly.

    The smallest sets come first, then those that are least far-fetched, then those whose parts stand
    first: the same answer every time. Put the likely parts first; larger sets try only those. A set
    that holds a smaller one found before is left out.
    """
    found: list[tuple[int, ...]] = []
    looked = 0
    for size in range(1, MOST_PARTS + 1):
        if len(found) >= MOST_SETS:
            break
        before = looked
        fresh: dict[tuple[int, ...], int] = {}
        for places in _of_size(parts[: _REACH[size]], target, size):
            looked += 1
            if places and not any(set(smaller) <= set(places) for smaller in found):
                fresh[places] = sum(parts[place].weight for place in places)
            if looked - before >= EFFORT:
                break
        ranked = sorted(fresh, key=lambda places: (fresh[places], places))
        found += ranked[: MOST_SETS - len(found)]
    return Found(tuple(found), looked)


def nearest(parts: Sequence[Part], target: Cents) -> Nearest | None:
    """The one or two parts that come closest to the target; None where nothing beats no part at all."""
    best: tuple[Cents, int, tuple[int, ...]] = (abs(target), 0, ())
    reached = parts[: _REACH[2]]
    order = sorted(range(len(reached)), key=lambda place: (reached[place].amount, place))
    amounts = [reached[place].amount for place in order]
    for place, part in enumerate(reached):
        best = min(best, (abs(target - part.amount), 1, (place,)))
        middle = bisect_left(amounts, target - part.amount)
        for other in order[max(0, middle - 2) : middle + 2]:
            if other != place and not part.keys & reached[other].keys:
                off = abs(target - part.amount - reached[other].amount)
                best = min(best, (off, 2, (min(place, other), max(place, other))))
    if not best[2]:
        return None
    return Nearest(best[2], target - sum(parts[place].amount for place in best[2]))


def _of_size(parts: Sequence[Part], target: Cents, size: int) -> Iterator[tuple[int, ...]]:
    """Sets of one size that add up; an empty one for each sum looked at in vain."""
    at: dict[Cents, list[int]] = {}
    for place, part in enumerate(parts):
        if part.amount:
            at.setdefault(part.amount, []).append(place)
    if size == 1:
        for place in at.get(target, ()):
            yield (place,)
        return
    if size == MOST_PARTS:
        yield from _of_two_pairs(parts, target)
        return
    for first in combinations([place for places in at.values() for place in places], size - 1):
        rest = target - sum(parts[place].amount for place in first)
        hits = at.get(rest)
        if hits is None or not _apart(parts, first):
            yield ()
            continue
        for last in hits:
            places = tuple(sorted((*first, last)))
            yield places if last not in first and _apart(parts, places) else ()


def _of_two_pairs(parts: Sequence[Part], target: Cents) -> Iterator[tuple[int, ...]]:
    """Sets of four, as two pairs whose sums add up."""
    pairs: dict[Cents, list[tuple[int, int]]] = {}
    for one, other in combinations(range(len(parts)), 2):
        if parts[one].amount and parts[other].amount and _apart(parts, (one, other)):
            pairs.setdefault(parts[one].amount + parts[other].amount, []).append((one, other))
    for amount, firsts in pairs.items():
        for first in firsts:
            yield ()
            for second in pairs.get(target - amount, ()):
                places = (*first, *second)
                fits = first < second and len(set(places)) == len(places) and _apart(parts, places)
                yield tuple(sorted(places)) if fits else ()


def _apart(parts: Sequence[Part], places: Sequence[int]) -> bool:
    """Whether no two of the parts exclude each other."""
    keys = [parts[place].keys for place in places]
    return len(frozenset().union(*keys)) == sum(map(len, keys))
