"""Which few amounts add up to another one: what is planted is found, and the work has an end."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.coverage.small_sets import (
    EFFORT,
    MOST_PARTS,
    MOST_SETS,
    Part,
    nearest,
    small_sets,
)

AMOUNT = st.integers(-500_00, 500_00).filter(bool)
PARTS = st.lists(st.builds(Part, AMOUNT, st.just(frozenset[int]()), st.integers(0, 4)), max_size=40).map(
    lambda parts: [Part(part.amount, frozenset({place}), part.weight) for place, part in enumerate(parts)]
)


@given(PARTS, st.data())
def test_what_is_planted_is_found_or_something_smaller_is(parts: list[Part], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, MOST_PARTS))
    if len(parts) < size:
        return
    places = data.draw(st.sets(st.integers(0, len(parts) - 1), min_size=size, max_size=size))
    target = sum(parts[place].amount for place in places)
    if not target:
        return
    found = small_sets(parts, target).sets
    assert found
    assert len(found[0]) <= size
    if size == 1 and len([part for part in parts if part.amount == target]) <= MOST_SETS:
        assert tuple(places) in found


@given(PARTS, AMOUNT)
def test_every_set_adds_up_and_they_are_few_small_and_in_order(parts: list[Part], target: int) -> None:
    found = small_sets(parts, target)
    assert len(found.sets) <= MOST_SETS
    assert [len(places) for places in found.sets] == sorted(len(places) for places in found.sets)
    for places in found.sets:
        assert 1 <= len(set(places)) == len(places) <= MOST_PARTS
        assert sum(parts[place].amount for place in places) == target
    for one in found.sets:
        assert not any(one != other and set(one) < set(other) for other in found.sets)
    assert small_sets(parts, target) == found


@given(st.lists(AMOUNT, min_size=2, max_size=30), AMOUNT)
def test_parts_that_exclude_each_other_are_never_together(amounts: list[int], target: int) -> None:
    parts = [Part(amount, frozenset({place // 2})) for place, amount in enumerate(amounts)]
    for places in small_sets(parts, target).sets:
        assert len({place // 2 for place in places}) == len(places)
    close = nearest(parts, target)
    if close is not None and len(close.places) == 2:
        assert close.places[0] // 2 != close.places[1] // 2


@given(PARTS, AMOUNT)
def test_the_nearest_is_nearer_than_nothing_and_than_any_single_part(
    parts: list[Part], target: int
) -> None:
    close = nearest(parts, target)
    best = min((abs(target - part.amount) for part in parts), default=abs(target))
    if close is None:
        assert best >= abs(target)
        return
    assert abs(close.off) < abs(target)
    assert abs(close.off) <= best
    assert close.off == target - sum(parts[place].amount for place in close.places)


@settings(max_examples=6, deadline=None)
@given(st.integers(1, 3), st.integers(2_000, 6_000))
def test_thousands_of_amounts_alike_stay_within_the_bound(kinds: int, count: int) -> None:
    parts = [Part(20_00 * (1 + place % kinds), frozenset({place})) for place in range(count)]
    found = small_sets(parts, 80_00 * kinds + 1)
    assert not found.sets
    assert found.looked <= EFFORT * MOST_PARTS
    reached = small_sets(parts, 40_00 * kinds)
    assert len(reached.sets) == MOST_SETS
    assert reached.looked <= EFFORT * MOST_PARTS


def test_among_sets_of_one_size_the_least_far_fetched_comes_first() -> None:
    parts = [
        Part(75_00, frozenset({1}), 4),
        Part(75_00, frozenset({2}), 0),
        Part(50_00, frozenset({3}), 0),
        Part(25_00, frozenset({4}), 0),
    ]
    assert small_sets(parts, 75_00).sets == ((1,), (0,), (2, 3))
