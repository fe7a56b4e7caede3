"""Estimates under random plans and histories: they change nothing and say what the engine says."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.adjudication_random import CATEGORIES, random_history, random_plan
from tests.unit.estimate_kit import DAY, facts_of, known
from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.claim_lines import ClaimInput, ClaimLine
from tracker.domain.coverage.estimate import estimate
from tracker.domain.coverage.estimate_question import Question
from tracker.domain.coverage.plan_year import PlanYear
from tracker.domain.coverage.replay import replay
from tracker.facts import IN, OUT
from tracker.money import LARGEST

IDS = {name: number for number, name in enumerate("ABC", start=1)}


def filled(random: Random) -> PlanYear:
    """A random plan, some of its limits used by a random history."""
    terms = random_plan(random)
    done = replay(terms, random_history(random, claims=random.randint(0, 6)))
    return facts_of(terms, done.books[None].openings(), IDS)


def question(random: Random) -> Question:
    billed = random.choice((0, 1, random.randint(0, 900_00), LARGEST))
    return Question(
        person_id=random.choice(tuple(IDS.values())),
        category=random.choice((*CATEGORIES, "COSMETIC")),
        on=DAY,
        tier=random.choice((IN, OUT)),
        protected=random.choice((True, False)),
        allowed=random.randint(0, billed),
        billed=billed,
        units=random.randint(1, 4),
        admitted=random.choice((True, False)),
        assistance=random.choice((0, 12_34)),
    )


@given(st.integers(0, 2**48))
def test_an_estimate_is_the_engines_and_closes(seed: int) -> None:
    random = Random(seed)
    year, asked = filled(random), question(random)
    before = year.book.state.copy()
    postings = year.book.postings
    found = estimate(asked, known(year))
    state = year.book.state
    assert (state.own, state.family, state.visits, state.dollars) == (
        before.own,
        before.family,
        before.visits,
        before.dollars,
    )
    assert year.book.postings == postings
    assert found.result is not None
    line = found.result.lines[0]
    assert found.you_pay == found.result.owes == line.owes
    assert found.plan_pays == line.plan_paid
    assert line.owes + line.plan_paid + line.write_off == line.billed
    shown = {part.key: part.amount for part in found.parts}
    taken = ("deductible", "copay", "coinsurance", "cut", "not_covered", "penalty", "balance_bill")
    assert sum(shown.get(key, 0) for key in taken) == found.you_pay
    assert found.cash == max(0, line.owes - asked.assistance)
    for moved in found.moved:
        assert 0 <= moved.before <= moved.after
        assert moved.limit is None or moved.after <= moved.limit
    assert all(item.words for item in found.remarks)


@given(st.integers(0, 2**48))
def test_an_upper_limit_is_never_exceeded(seed: int) -> None:
    """Where only the bill is known: whatever the plan allows in network, no more is owed."""
    random = Random(seed)
    year = filled(random)
    billed = random.randint(1, 900_00)
    category, person = random.choice(CATEGORIES), random.choice(tuple(IDS))
    asked = Question(person_id=IDS[person], category=category, on=DAY, tier=IN, billed=billed)
    most = estimate(asked, known(year))
    if not most.at_most:
        return
    line = ClaimLine(category=category, billed=billed, allowed=random.randint(0, billed))
    state = year.book.state.copy()
    entry = ClaimInput(key=1, lines=(line,), person=str(IDS[person]), service_on=DAY)
    owed = Adjudicator(year.terms).adjudicate(entry, state).owes
    assert most.you_pay is not None
    assert owed <= most.you_pay


@given(st.integers(0, 2**48))
def test_a_fixed_answer_holds_for_any_price(seed: int) -> None:
    """Where no amount is needed, a price at least that high costs exactly that much."""
    random = Random(seed)
    year = filled(random)
    asked = Question(person_id=1, category=random.choice(CATEGORIES), on=DAY, tier=IN)
    found = estimate(asked, known(year))
    if found.you_pay is None or found.plan_pays is not None:
        return
    for price in (found.you_pay, found.you_pay + random.randint(1, 5_000_00)):
        again = estimate(
            Question(person_id=1, category=asked.category, on=DAY, tier=IN, allowed=price), known(year)
        )
        assert again.you_pay == found.you_pay
