"""The invariants of rulebook 2.10 on random plans and histories, and a second engine as the oracle."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.adjudication_kit import Slow, claim, deductible, line, oop_max, plan, rule
from tests.unit.adjudication_random import CATEGORIES, PEOPLE, random_history, random_plan
from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.claim_lines import ClaimInput
from tracker.domain.coverage.posting import Book
from tracker.domain.coverage.replay import replay
from tracker.domain.coverage.results import ClaimResult
from tracker.domain.coverage.sentences import explain_claim
from tracker.domain.coverage.state import State
from tracker.domain.coverage.terms import PlanTerms

randoms = st.randoms(use_true_random=False)
few = settings(max_examples=120, deadline=None)


def totals(state: State) -> tuple[object, ...]:
    """Everything a state holds, without the zeros that only say somebody was looked at."""
    own = {who: sums for who, sums in state.own.items() if any(sums)}
    visits = {key: count for key, count in state.visits.items() if count}
    return own, state.family, visits, {key: cents for key, cents in state.dollars.items() if cents}


def check_line_by_line(terms: PlanTerms, history: list[ClaimInput]) -> None:
    """Work a history in both engines; compare every figure, and hold every invariant of one claim."""
    book, slow = Book(Adjudicator(terms)), Slow(terms)
    for entry in history:
        result = book.adjudicator.adjudicate(entry, book.state)
        book.record(result)
        assert [tuple(getattr(item, part) for part in Slow.PARTS) for item in result.lines] == slow.work(
            entry
        )
        for item in result.lines:
            parts = [getattr(item, part) for part in Slow.PARTS]
            assert min(*parts, item.owes, item.cash) >= 0
            assert sum(parts) == item.billed
            assert item.owes == sum(parts[1:7])
    for bucket in terms.buckets:
        people = {who: slow.used(bucket.name, who) for who in PEOPLE}
        assert people == {who: book.balance(bucket.name, who) for who in PEOPLE}
        assert book.balance(bucket.name) == sum(people.values())
        if bucket.own_limit is not None:
            assert max(people.values()) <= bucket.own_limit
        if bucket.family_limit is not None:
            assert sum(people.values()) <= bucket.family_limit
    assert totals(book.rebuilt_state()) == totals(book.state)


@few
@given(randoms)
def test_the_second_engine_agrees(random: Random) -> None:
    check_line_by_line(random_plan(random), random_history(random))


@pytest.mark.parametrize("batch", range(4))
def test_the_second_engine_agrees_on_a_thousand_more(batch: int) -> None:
    for seed in range(batch * 250, batch * 250 + 250):
        random = Random(seed)
        terms = random_plan(random)
        for _ in range(4):
            check_line_by_line(terms, random_history(random))


@few
@given(randoms)
def test_a_void_restores_every_total(random: Random) -> None:
    book = Book(Adjudicator(random_plan(random)))
    *history, last = random_history(random, claims=6)
    for entry in history:
        book.record(book.adjudicator.adjudicate(entry, book.state))
    before = totals(book.state)
    book.record(book.adjudicator.adjudicate(last, book.state))
    book.void(last.key)
    assert totals(book.state) == before
    assert totals(book.rebuilt_state()) == before


@few
@given(randoms)
def test_nothing_is_shared_once_the_maximum_is_full(random: Random) -> None:
    terms = random_plan(random)
    adjudicator = Adjudicator(terms)
    state = adjudicator.new_state()
    for place, bucket in enumerate(terms.buckets):
        for person in PEOPLE:
            own = bucket.own_limit if bucket.own_limit is not None else bucket.family_limit
            state.add(place, person, own or 0)
    unlimited = {b.name for b in terms.buckets if b.own_limit is None and b.family_limit is None}
    for entry in random_history(random):
        for item in adjudicator.adjudicate(entry, state).lines:
            if (
                item.rule is not None
                and item.rule.oop_max is not None
                and item.rule.oop_max not in unlimited
            ):
                assert item.cost_share == 0


@few
@given(randoms, st.integers(0, 400_00), st.integers(0, 100_00))
def test_a_higher_price_never_costs_less(random: Random, price: int, more: int) -> None:
    adjudicator = Adjudicator(random_plan(random))
    state = adjudicator.new_state()
    for entry in random_history(random, claims=4):
        adjudicator.adjudicate(entry, state)
    category, missed = random.choice(CATEGORIES), random.randint(0, 1) == 1
    owed = [
        adjudicator.adjudicate(
            claim("x", line(category, 500_00, allowed, missed_authorization=missed)), state.copy()
        ).owes
        for allowed in (price, price + more)
    ]
    assert owed[0] <= owed[1]


@few
@given(randoms)
def test_a_year_never_costs_more_than_the_maximum(random: Random) -> None:
    terms = random_plan(random)
    adjudicator = Adjudicator(terms)
    state = adjudicator.new_state()
    results = [
        adjudicator.adjudicate(entry, state)
        for entry in random_history(random, claims=15, assistance=False)
    ]
    for bucket in terms.buckets:
        shares = {who: _shared(results, bucket.name, who) for who in PEOPLE}
        if bucket.own_limit is not None:
            assert max(shares.values()) <= bucket.own_limit
        if bucket.family_limit is not None:
            assert sum(shares.values()) <= bucket.family_limit


def _shared(results: list[ClaimResult], bucket: str, person: str) -> int:
    return sum(
        item.cost_share
        for result in results
        for item in result.lines
        if result.claim.person == person and item.rule is not None and item.rule.oop_max == bucket
    )


@few
@given(
    st.lists(st.integers(1, 900_00), min_size=2, max_size=4),
    st.integers(0, 10_000),
    st.integers(0, 1_000_00),
    st.integers(0, 1_500_00),
)
def test_the_order_changes_a_total_by_no_more_than_a_cent_a_line(
    prices: list[int], rate: int, limit: int, room: int
) -> None:
    terms = plan(
        rule("LAB", deductible="DED_IN", coinsurance=rate),
        buckets=(deductible(individual=limit), oop_max(individual=limit + room)),
    )
    found = set()
    for order in permutations(prices):
        done = replay(terms, [claim(key, line("LAB", price)) for key, price in enumerate(order)])
        found.add(sum(result.owes for result in done.results if result))
    assert max(found) - min(found) <= len(prices)


@few
@given(randoms)
def test_every_line_can_be_explained_and_the_explanation_names_what_is_owed(random: Random) -> None:
    terms = random_plan(random)
    done = replay(terms, random_history(random))
    for result in done.results:
        assert result is not None
        for item, said in zip(result.lines, explain_claim(terms, result), strict=True):
            assert f"You ${item.owes / 100:,.2f}" in " ".join(said)
            assert all(sentence.endswith(".") and "  " not in sentence for sentence in said)


@few
@given(randoms)
def test_trying_a_claim_on_a_copy_leaves_the_totals_alone(random: Random) -> None:
    adjudicator = Adjudicator(random_plan(random))
    state = adjudicator.new_state()
    history = random_history(random, claims=5)
    for entry in history:
        adjudicator.adjudicate(entry, state)
    before = totals(state.copy())
    adjudicator.adjudicate(replace(history[0], key="again"), state.copy())
    assert totals(state) == before
