"""Postings, voids, replacements, the order of claims, periods and carry-over (rulebook 1.2, 1.15, 2.2)."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from tests.unit.adjudication_kit import claim, deductible, line, oop_max, plan, rule
from tracker.dates import Period
from tracker.domain.coverage.accumulator_period import accumulator_period, carries_over, period_day
from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.assistance import both_ways
from tracker.domain.coverage.claim_lines import Void
from tracker.domain.coverage.posting import Book, Opening
from tracker.domain.coverage.replay import from_scratch, in_order, replay, resweep
from tracker.domain.coverage.results import Outcome
from tracker.domain.coverage.stated import StatedLine, differences, post_stated
from tracker.errors import UserProblem
from tracker.facts import AccumulatorMode, Counting, DeductibleCarryOver, PeriodRule

OPEN = {"deductible": "DED_IN", "coinsurance": 2000}
TERMS = plan(
    rule("LAB", **OPEN),
    rule("IMAGING", **OPEN),
    rule("LAB", "OUT", deductible="DED_OUT", coinsurance=4000),
    rule("PT", copay=40_00, visit_limit=2),
    rule("HEARING", dollar_max=100_00),
)
A45 = (
    claim(1, line("LAB", 1_500_00)),
    claim(2, line("IMAGING", 1_000_00)),
    Void(of=1),
    claim(4, line("LAB", 700_00)),
)


def owed(entries: object) -> list[int | None]:
    return [result.owes if result else None for result in replay(TERMS, entries).results]  # type: ignore[arg-type]


def test_a_void_does_not_reopen_claims_processed_meanwhile() -> None:
    done = replay(TERMS, A45)
    assert [result.owes if result else None for result in done.results] == [1_500_00, 200_00, None, 700_00]
    book = done.books[None]
    assert (book.balance("DED_IN"), book.balance("OOP_IN")) == (700_00, 900_00)


def test_the_insurer_should_sweep_again_what_a_void_left_behind() -> None:
    found = resweep(TERMS, A45)
    assert [(item.claim, item.as_processed, item.from_scratch, item.change) for item in found] == [
        (2, 200_00, 1_000_00, 800_00),
        (4, 700_00, 540_00, -160_00),
    ]
    assert sum(result.owes for result in from_scratch(TERMS, A45).results if result) == 1_540_00


def test_a_replacement_is_a_void_and_a_claim_at_the_totals_of_now() -> None:
    wrong = claim(1, line("LAB", 900_00, 400_00, tier="OUT"))
    right = claim(2, line("LAB", 900_00, 400_00), replaces=1)
    done = replay(TERMS, [wrong, right])
    assert [result.owes for result in done.results if result] == [900_00, 400_00]
    assert {b.bucket: b.cents for b in done.books[None].balances()} == {
        "DED_IN": 400_00,
        "DED_OUT": 0,
        "OOP_IN": 400_00,
        "OOP_OUT": 0,
    }
    assert done.books[None].is_voided(1)
    assert resweep(TERMS, [wrong, right]) == []


def test_postings_are_never_changed_only_added() -> None:
    book = Book(Adjudicator(TERMS), [Opening("DED_IN", "A", 100_00)])
    for entry in (A45[0], A45[1]):
        assert not isinstance(entry, Void)
        book.record(book.adjudicator.adjudicate(entry, book.state))
    before = book.postings
    book.void(1)
    assert book.postings[: len(before)] == before
    assert [p.amount for p in book.postings[len(before) :]] == [-1_400_00, -1_420_00]
    assert all(p.reverses for p in book.postings[len(before) :])
    with pytest.raises(FrozenInstanceError):
        before[0].amount = 1  # type: ignore[misc]


def test_a_void_gives_visits_and_plan_dollars_back() -> None:
    entries = [
        claim(1, line("PT", 90_00)),
        claim(2, line("PT", 90_00), line("HEARING", 80_00)),
        Void(of=2),
        claim(3, line("PT", 90_00), line("HEARING", 80_00)),
    ]
    assert owed(entries) == [40_00, 40_00, None, 40_00]
    book = replay(TERMS, entries).books[None]
    assert [p.amount for p in book.postings if p.counted is Counting.VISITS] == [1, 1, -1, 1]
    assert book.state.dollars["HEARING", "A"] == 80_00


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([Void(of=9)], "Claim 9 cannot be voided: it is not there"),
        ([Void(of=1), A45[0]], "was not processed before"),
        ([A45[0], Void(of=1), Void(of=1)], "was voided before"),
        ([A45[0], A45[0]], "is there twice"),
        ([A45[0], claim(2, line("LAB", 1), replaces=7)], "Claim 7 cannot be voided"),
        ([A45[0], claim(2, line("LAB", 1), processed_on=date(2026, 2, 1))], "Claim 1 has no date"),
        (
            [claim(2, line("LAB", 1), processed_on=date(2026, 2, 1)), Void(of=2)],
            "void of claim 2 has no date",
        ),
    ],
)
def test_what_makes_no_sense_is_named(entries: list[object], said: str) -> None:
    with pytest.raises(UserProblem, match=said):
        owed(entries)


def test_openings_that_make_no_sense_are_named() -> None:
    with pytest.raises(UserProblem, match="no bucket DED_X"):
        replay(TERMS, [], [Opening("DED_X", "A", 1)])
    with pytest.raises(UserProblem, match=r"cannot be -\$0.01"):
        replay(TERMS, [], [Opening("DED_IN", "A", -1)])
    with pytest.raises(UserProblem, match="visits used before cannot be -3"):
        replay(TERMS, [], [Opening("PT", "A", -3, Counting.VISITS)])


def test_claims_consume_in_processed_order_whatever_the_service_date() -> None:
    imaging = claim(
        1, line("IMAGING", 1_200_00), service_on=date(2026, 2, 2), processed_on=date(2026, 2, 20)
    )
    lab = claim(2, line("LAB", 1_000_00), service_on=date(2026, 1, 10), processed_on=date(2026, 3, 1))
    assert owed([lab, imaging]) == [440_00, 1_200_00]


def test_an_unknown_processed_date_is_estimated_and_said() -> None:
    entries = [
        claim("by service", line("LAB", 1_00), service_on=date(2026, 3, 1)),
        claim("received", line("LAB", 1_00), service_on=date(2026, 1, 1), received_on=date(2026, 3, 30)),
        claim(
            "sold",
            line("LAB", 1_00),
            service_on=date(2026, 3, 30),
            processed_on=date(2026, 3, 30),
            sequence=-1,
        ),
    ]
    assert [entries[place].key for place in in_order(entries)] == ["sold", "received", "by service"]
    assert replay(TERMS, entries).estimated == ("by service", "received")


def test_the_same_day_goes_by_sequence() -> None:
    day = date(2026, 5, 1)
    entries = [claim(n, line("LAB", 1), processed_on=day, sequence=-n) for n in range(3)]
    assert in_order(entries) == [2, 1, 0]


@pytest.mark.parametrize(
    ("start", "day", "begin"),
    [
        ((1, 1), date(2025, 12, 28), date(2025, 1, 1)),
        ((7, 1), date(2026, 3, 2), date(2025, 7, 1)),
        ((7, 1), date(2026, 7, 1), date(2026, 7, 1)),
        ((7, 1), date(2026, 6, 30), date(2025, 7, 1)),
    ],
)
def test_a_claim_belongs_to_the_period_of_its_service_date(
    start: tuple[int, int], day: date, begin: date
) -> None:
    terms = replace(TERMS, accumulator_start=start)
    found = accumulator_period(terms, day)
    assert found == Period(begin, begin.replace(year=begin.year + 1))


def test_each_period_starts_again_and_late_claims_find_their_own() -> None:
    def lab(key: int, service: date, processed: date) -> object:
        return claim(key, line("LAB", 1_500_00), service_on=service, processed_on=processed)

    new = lab(1, date(2026, 1, 5), date(2026, 1, 15))
    late = lab(2, date(2025, 12, 28), date(2026, 1, 20))
    assert owed([new, late, lab(3, date(2026, 2, 1), date(2026, 2, 3))]) == [1_500_00, 1_500_00, 300_00]
    books = replay(TERMS, [new, late]).books  # type: ignore[list-item]
    assert [book.balance("DED_IN") for book in books.values()] == [1_500_00, 1_500_00]


def test_a_void_in_the_next_year_takes_back_in_the_year_of_the_care() -> None:
    first = claim(1, line("LAB", 500_00), service_on=date(2025, 12, 1), processed_on=date(2025, 12, 20))
    other = claim(2, line("LAB", 500_00), service_on=date(2026, 1, 9), processed_on=date(2026, 1, 12))
    done = replay(TERMS, [first, other, Void(of=1, processed_on=date(2026, 2, 1))])
    assert [book.balance("DED_IN") for book in done.books.values()] == [0, 500_00]
    moved = claim(
        3, line("LAB", 500_00), service_on=date(2026, 1, 2), processed_on=date(2026, 2, 1), replaces=1
    )
    done = replay(TERMS, [first, other, moved])
    assert [book.balance("DED_IN") for book in done.books.values()] == [0, 1_000_00]


@pytest.mark.parametrize(
    ("how", "day"),
    [(PeriodRule.ADMISSION, date(2025, 12, 30)), (PeriodRule.DISCHARGE, date(2026, 1, 4))],
)
def test_a_stay_over_new_year_goes_by_the_plan_s_rule(how: PeriodRule, day: date) -> None:
    stay = claim(1, line("LAB", 1), service_on=date(2025, 12, 30), discharged_on=date(2026, 1, 4))
    assert period_day(replace(TERMS, period_rule=how), stay) == day


def test_a_stay_that_the_plan_splits_is_asked_for_in_two_claims() -> None:
    terms = replace(TERMS, period_rule=PeriodRule.SPLIT)
    stay = claim(1, line("LAB", 1), service_on=date(2025, 12, 30), discharged_on=date(2026, 1, 4))
    with pytest.raises(UserProblem, match="runs over the start of a new period"):
        period_day(terms, stay)
    assert period_day(terms, replace(stay, discharged_on=date(2025, 12, 31))) == date(2025, 12, 30)


@pytest.mark.parametrize(
    ("begin", "day", "carried"),
    [
        (date(2026, 1, 1), date(2026, 10, 1), True),
        (date(2026, 1, 1), date(2026, 9, 30), False),
        (date(2026, 1, 1), date(2026, 12, 31), True),
        (date(2025, 7, 1), date(2026, 4, 1), True),
        (date(2025, 7, 1), date(2026, 3, 31), False),
    ],
)
def test_the_last_three_months_carry_over(begin: date, day: date, carried: bool) -> None:
    assert carries_over(Period(begin, begin.replace(year=begin.year + 1)), day) is carried


@pytest.mark.parametrize(
    ("how", "spring", "opened"),
    [
        (DeductibleCarryOver.NONE, 100_00, 0),
        (DeductibleCarryOver.IF_NOT_MET, 100_00, 450_00),
        (DeductibleCarryOver.IF_NOT_MET, 1_400_00, 0),  # 1,400 + 100 of the autumn: met
        (DeductibleCarryOver.ALWAYS, 1_400_00, 100_00),
    ],
)
def test_fourth_quarter_carry_over(how: DeductibleCarryOver, spring: int, opened: int) -> None:
    days = (date(2025, 4, 2), date(2025, 10, 1), date(2026, 1, 20))
    entries = [
        claim(n, line("LAB", amount), service_on=day, processed_on=day)
        for n, (amount, day) in enumerate(zip((spring, 450_00, 2_000_00), days, strict=True))
    ]
    done = replay(replace(TERMS, carry_over=how), entries)
    new = list(done.books.values())[1]
    assert done.results[2] is not None
    assert done.results[2].lines[0].deductible == 1_500_00 - opened
    assert sum(p.amount for p in new.postings if p.claim is None and p.name == "DED_IN") == opened
    assert not [p for p in new.postings if p.claim is None and p.name == "OOP_IN"]


def test_carry_over_is_for_each_person_and_the_family_and_forgets_voided_claims() -> None:
    terms = plan(
        rule("LAB", **OPEN),
        buckets=(
            deductible(individual=100_00, family=150_00, mode=AccumulatorMode.EMBEDDED),
            oop_max(individual=900_00, family=900_00, mode=AccumulatorMode.EMBEDDED),
        ),
        carry_over=DeductibleCarryOver.IF_NOT_MET,
    )
    autumn, winter = date(2025, 11, 1), date(2026, 1, 9)
    entries = [
        claim("a", line("LAB", 60_00), service_on=autumn, processed_on=autumn),
        claim("b", line("LAB", 70_00), service_on=autumn, processed_on=autumn, person="B"),
        claim("gone", line("LAB", 10_00), service_on=autumn, processed_on=autumn),
        Void(of="gone", processed_on=winter),
        claim("new", line("LAB", 10_00), service_on=winter, processed_on=winter, person="C"),
    ]
    book = list(replay(terms, entries).books.values())[1]
    assert [book.balance("DED_IN", who) for who in "ABC"] == [60_00, 70_00, 10_00]
    assert book.balance("DED_IN") == 140_00


def test_care_before_and_after_the_plan_is_not_covered() -> None:
    terms = replace(TERMS, begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    done = replay(terms, [claim(n, line("PT", 90_00), service_on=day) for n, day in enumerate(days)])
    outcomes = [result.lines[0].outcome for result in done.results if result]
    assert outcomes == [Outcome.BEFORE_PLAN, Outcome.COVERED, Outcome.COVERED, Outcome.AFTER_PLAN]
    assert [result.owes for result in done.results if result] == [90_00, 40_00, 40_00, 90_00]


def test_what_was_used_goes_along_from_self_only_to_family() -> None:
    alone = replay(TERMS, [claim(1, line("LAB", 900_00)), claim(2, line("PT", 90_00))]).books[None]
    both = plan(
        rule("LAB", **OPEN),
        rule("PT", copay=40_00, visit_limit=2),
        buckets=(
            deductible(family=3_000_00, mode=AccumulatorMode.EMBEDDED),
            oop_max(family=10_000_00, mode=AccumulatorMode.EMBEDDED),
        ),
    )
    after = replay(
        both, [claim(3, line("LAB", 900_00)), claim(4, line("LAB", 10_00), person="B")], alone.openings()
    )
    assert [result.owes for result in after.results if result] == [660_00, 10_00]
    assert after.books[None].state.visits["PT", "A"] == 1


def test_ledger_mode_takes_the_eob_s_figures_even_beyond_a_limit() -> None:
    adjudicator = Adjudicator(TERMS)
    book = Book(adjudicator, [Opening("DED_IN", "A", 1_450_00)])
    entry = claim("eob", line("LAB", 300_00, 200_00), line("PT", 90_00, 60_00))
    predicted = adjudicator.adjudicate(entry, book.state.copy())
    said = [
        StatedLine(allowed=200_00, write_off=100_00, deductible=80_00, coinsurance=24_00, plan_paid=96_00),
        StatedLine(allowed=60_00, write_off=30_00, copay=40_01, plan_paid=19_99),
    ]
    book.record(post_stated(adjudicator, entry, said, book.state))
    assert (book.balance("DED_IN"), book.balance("OOP_IN")) == (1_530_00, 144_01)
    assert book.state.visits["PT", "A"] == 1
    assert [(gap.line, gap.what, gap.expected, gap.stated) for gap in differences(predicted, said)] == [
        (0, "deductible", 50_00, 80_00),
        (0, "coinsurance", 30_00, 24_00),
        (0, "plan_paid", 120_00, 96_00),
        (0, "owes", 80_00, 104_00),
    ]
    assert "Line 1: deductible is $80.00 on the EOB" in differences(predicted, said)[0].words
    book.void("eob")
    assert (book.balance("DED_IN"), book.balance("OOP_IN")) == (1_450_00, 0)


def test_an_eob_of_another_number_of_lines_is_refused() -> None:
    adjudicator = Adjudicator(TERMS)
    with pytest.raises(UserProblem, match="The EOB has 0 lines, the claim 1"):
        post_stated(adjudicator, claim(1, line("LAB", 1)), [], adjudicator.new_state())


def test_assistance_is_shown_both_ways_without_moving_anything() -> None:
    adjudicator = Adjudicator(plan(rule("RX4", coinsurance=3000)))
    state = adjudicator.new_state()
    found = both_ways(adjudicator, claim(1, line("RX4", 6_000_00, assistance=1_750_00)), state)
    credited = [[credit.cents for credit in way.credits] for way in (found.counted, found.not_counted)]
    assert credited == [[1_800_00], [50_00]]
    assert not any(state.family)
