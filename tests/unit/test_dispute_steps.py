"""The eleven steps of a dispute, the eight of a coverage check and the specialist checklist."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.claims.checklists import SPECIALIST, VERIFICATION, items_of, printed, ticked
from tracker.domain.claims.dispute_flow import (
    Move,
    Standing,
    StepState,
    advance,
    current_step,
    exits,
    listed,
    skips,
    standing,
)
from tracker.domain.claims.dispute_steps import GIVING_UP, STEPS, AppealLevel, Step, appeal_levels, info
from tracker.errors import UserProblem
from tracker.facts import StepOutcome as Outcome
from tracker.facts import Turn

OPENED = date(2026, 11, 2)
TODAY = date(2026, 11, 22)

Way = Outcome | tuple[Outcome, Step | None, str]


def walk(*ways: Way, internal_levels: int = 2) -> tuple[Move, ...]:
    """The moves of these outcomes, one each day; a skip with its step and reason."""
    moves: tuple[Move, ...] = ()
    for number, way in enumerate(ways):
        outcome, to, reason = way if isinstance(way, tuple) else (way, None, "")
        on = OPENED + timedelta(days=number)
        moves = advance(moves, outcome, on, to=to, reason=reason, internal_levels=internal_levels)
    return moves


def stands(*ways: Way, today: date = TODAY) -> Standing:
    return standing(walk(*ways), OPENED, today)


ON = Outcome.WENT_ON
TO_PRACTICE = (ON, Outcome.FOUND, ON, ON)
TO_INSURER = (ON, Outcome.INSURANCE_ONLY, ON, ON)
DENIED = (*TO_INSURER, Outcome.DENIED)


# --------------------------------------------------------------------------------------- the table


def test_the_eleven_steps_their_order_and_exits() -> None:
    assert [(each.step.value, each.name) for each in STEPS] == [
        (1, "EOB and/or bill received"),
        (2, "Patient reviews for discrepancy"),
        (3, "Patient contacts concierge practice"),
        (4, "Practice reviews billing"),
        (5, "Practice clarifies or corrects"),
        (6, "Patient contacts insurance company"),
        (7, "Insurer reviews claim"),
        (8, "Insurer explains or acts"),
        (9, "Patient gathers additional information with the practice"),
        (10, "Patient appeals"),
        (11, "Resolution"),
    ]
    assert [sorted({way.to.value for way in each.exits}) for each in STEPS] == [
        [2], [3, 6, 11], [4], [5], [2, 6, 11], [7], [8], [9, 10, 11], [7], [10, 11], [],
    ]  # fmt: skip
    assert all(info(each.step) is each for each in STEPS)


def test_who_acts() -> None:
    mine = {each.step.value for each in STEPS if each.turn is Turn.ME}
    practice = {each.step.value for each in STEPS if each.turn is Turn.PROVIDER}
    insurer = {each.step.value for each in STEPS if each.turn is Turn.INSURER}
    assert (mine, practice, insurer) == ({2, 3, 6, 9, 10}, {4, 5}, {1, 7, 8})


# ----------------------------------------------------------------------------------------- walking


def test_a_case_begins_at_the_first_step() -> None:
    found = stands()
    assert found.current.step is Step.RECEIVED
    assert found.last_moved_on == OPENED
    assert [way.to for way in found.exits] == [Step.REVIEW]


def test_nothing_wrong_closes_it() -> None:
    found = stands(ON, Outcome.NONE_FOUND)
    assert found.is_closed
    assert found.turn is Turn.NOBODY
    assert found.exits == ()
    assert found.follow_up_on is None
    assert found.words == "Closed on Nov 3, 2026: nothing was wrong."


def test_a_corrected_bill_is_reviewed_again() -> None:
    found = stands(*TO_PRACTICE, Outcome.CORRECTED)
    assert found.current.step is Step.REVIEW
    assert found.turn is Turn.ME
    states = [each.state for each in found.steps]
    assert states[:6] == [StepState.DONE, StepState.NOW, *[StepState.DONE] * 3, StepState.AHEAD]
    assert found.steps[1].times == 1


def test_a_matter_of_the_insurer_alone_passes_the_practice_by() -> None:
    found = stands(ON, Outcome.INSURANCE_ONLY)
    assert found.current.step is Step.CONTACT_INSURER
    assert [each.state for each in found.steps[2:5]] == [StepState.PASSED] * 3
    assert found.steps[2].words == "Not needed"


def test_information_goes_back_to_the_insurers_review() -> None:
    found = stands(*TO_INSURER, Outcome.INFORMATION, ON)
    assert found.current.step is Step.INSURER_REVIEWS
    assert found.turn is Turn.INSURER
    assert found.words == "Step 7 of 11: Insurer reviews claim. The insurer's turn."


def test_an_appeal_is_mine_until_it_is_filed_and_again_at_the_next_level() -> None:
    assert stands(*DENIED).turn is Turn.ME
    assert stands(*DENIED).level is AppealLevel.INTERNAL
    filed = stands(*DENIED, Outcome.FILED, Outcome.NOTED)
    assert filed.turn is Turn.INSURER
    assert filed.words == "Step 10 of 11: Patient appeals (internal appeal, filed). The insurer's turn."
    second = stands(*DENIED, Outcome.FILED, Outcome.NEXT_LEVEL)
    assert (second.turn, second.level) == (Turn.ME, AppealLevel.SECOND)


def test_after_the_external_review_there_is_no_next_level() -> None:
    moves = walk(*DENIED, Outcome.NEXT_LEVEL, internal_levels=1)
    last = standing(moves, OPENED, TODAY, internal_levels=1)
    assert last.level is AppealLevel.EXTERNAL
    assert [way.outcome for way in last.exits] == [Outcome.DECIDED_FOR, Outcome.DECIDED_AGAINST]
    with pytest.raises(UserProblem):
        advance(moves, Outcome.NEXT_LEVEL, TODAY, internal_levels=1)
    assert len(appeal_levels(2)) == 3
    with pytest.raises(ValueError, match="one or two"):
        appeal_levels(3)


def test_a_step_is_skipped_with_a_reason_and_printed_with_it() -> None:
    found = stands(ON, Outcome.FOUND, (Outcome.SKIPPED, Step.CONTACT_INSURER, "The practice has closed."))
    assert found.current.step is Step.CONTACT_INSURER
    assert [each.state for each in found.steps[2:5]] == [StepState.SKIPPED] * 3
    assert found.steps[2].words == "Skipped Nov 4, 2026: The practice has closed."
    assert found.steps[4].reason == "The practice has closed."


@pytest.mark.parametrize("outcome", [Outcome.SKIPPED, Outcome.ABANDONED, Outcome.WRITTEN_OFF])
def test_without_a_reason_nothing_is_skipped_or_given_up(outcome: Outcome) -> None:
    to = Step.REVIEW if outcome is Outcome.SKIPPED else None
    with pytest.raises(UserProblem) as problem:
        advance((), outcome, OPENED, to=to, reason="  ")
    assert problem.value.field == "reason"


@pytest.mark.parametrize("way", GIVING_UP)
def test_any_open_case_can_be_given_up(way: object) -> None:
    outcome = getattr(way, "outcome", None)
    assert isinstance(outcome, Outcome)
    found = stands(*TO_PRACTICE, (outcome, None, "Not worth the time."))
    assert found.is_closed
    assert found.steps[10].state is StepState.DONE
    assert found.steps[10].reason == "Not worth the time."


@pytest.mark.parametrize(
    ("before", "outcome", "to"),
    [
        ((), Outcome.FOUND, None),  # not of this step
        ((), Outcome.FILED, None),  # nothing to file yet
        ((), Outcome.SKIPPED, None),  # where to?
        (TO_PRACTICE, Outcome.SKIPPED, Step.CONTACT_PRACTICE),  # back, but no exit leads there
        ((ON, Outcome.NONE_FOUND), Outcome.NOTED, None),  # closed
    ],
)
def test_what_the_steps_do_not_allow_is_refused(
    before: tuple[Outcome, ...], outcome: Outcome, to: Step | None
) -> None:
    with pytest.raises(UserProblem) as problem:
        advance(walk(*before), outcome, TODAY, to=to, reason="why")
    assert problem.value.field == "outcome"
    assert problem.value.todo


def test_days_do_not_run_backward() -> None:
    with pytest.raises(UserProblem) as problem:
        advance(walk(ON), Outcome.FOUND, OPENED - timedelta(days=1))
    assert problem.value.field == "on"


# --------------------------------------------------------------------------------------- follow-up


def test_fourteen_quiet_days_ask_for_a_follow_up() -> None:
    moves = walk(ON, Outcome.FOUND, ON)  # the last on Nov 4
    assert not standing(moves, OPENED, date(2026, 11, 17)).follow_up_due
    due = standing(moves, OPENED, date(2026, 11, 18))
    assert due.follow_up_due
    assert due.follow_up_on == date(2026, 11, 18)
    assert not standing(moves, OPENED, date(2026, 11, 18), quiet_days=30).follow_up_due


def test_a_call_counts_as_movement_and_a_day_ahead_does_not() -> None:
    moves = walk(ON)
    called = standing(moves, OPENED, TODAY, also_moved=[date(2026, 11, 20), date(2026, 12, 24)])
    assert called.last_moved_on == date(2026, 11, 20)
    assert not called.follow_up_due
    noted = advance(moves, Outcome.NOTED, date(2026, 11, 21))
    assert standing(noted, OPENED, TODAY).follow_up_on == date(2026, 12, 5)
    assert current_step(noted) is Step.REVIEW


# ------------------------------------------------------------------------------------- any walk at all


@given(st.lists(st.integers(0, 30), max_size=40), st.sampled_from([1, 2]))
def test_whatever_way_a_case_goes(choices: list[int], levels: int) -> None:
    """Every way offered can be taken, and all eleven steps are always listed."""
    moves: tuple[Move, ...] = ()
    for number, choice in enumerate(choices):
        ways = (*exits(moves, internal_levels=levels), *skips(moves))
        if not ways:
            break
        way = ways[choice % len(ways)]
        moves = advance(
            moves,
            way.outcome,
            OPENED + timedelta(days=number),
            to=way.to,
            reason="so",
            internal_levels=levels,
        )
        assert current_step(moves) is way.to
        found = standing(moves, OPENED, TODAY, internal_levels=levels)
        assert [each.info.step for each in found.steps] == list(Step)
        now = [each.info.step for each in found.steps if each.state is StepState.NOW]
        assert now == ([] if found.is_closed else [way.to])
        assert found.is_closed == (found.turn is Turn.NOBODY) == (found.exits == ())
        assert found.words
    if moves and current_step(moves) is Step.RESOLUTION:
        assert StepState.AHEAD not in {each.state for each in listed(moves)}


any_move = st.builds(
    Move,
    step=st.sampled_from(Step),
    outcome=st.sampled_from(Outcome),
    to=st.sampled_from(Step),
    on=st.dates(),
    reason=st.text(max_size=5),
)


@given(st.lists(any_move, max_size=20))
def test_reading_never_raises_whatever_was_stored(moves: list[Move]) -> None:
    assert len(standing(moves, OPENED, TODAY).steps) == 11


# --------------------------------------------------------------------------------------- checklists


def test_the_eight_steps_of_a_coverage_check() -> None:
    assert [item.name for item in VERIFICATION] == [
        "Obtain detailed information",
        "Contact your insurance provider",
        "Inquire about medical necessity",
        "Confirm network status",
        "Understand benefit details",
        "Ask about prior authorization",
        "Request a reference number",
        "Document everything",
    ]


def test_the_specialist_checklist_has_eighteen_items_in_six_groups() -> None:
    assert [(group.name, len(group.items)) for group in SPECIALIST] == [
        ("Confirm specialist in-network status", 3),
        ("Understand referral requirements", 2),
        ("Investigate pre-authorization needs", 3),
        ("Clarify out-of-pocket costs", 4),
        ("Gather necessary documentation", 3),
        ("Prepare for the appointment", 3),
    ]
    items = items_of(SPECIALIST)
    assert len(items) == len({item.code for item in items}) == 18
    assert all(item.code.startswith(group.code + ".") for group in SPECIALIST for item in group.items)


def test_how_far_a_list_is() -> None:
    assert ticked(VERIFICATION, ()).following is VERIFICATION[0]
    some = ticked(VERIFICATION, {"information", "network", "not on the list"})
    assert (some.done, some.words) == (2, "2 of 8 done")
    assert some.following is VERIFICATION[1]
    assert ticked(VERIFICATION, [item.code for item in VERIFICATION]).is_complete


def test_a_printed_list_has_every_item() -> None:
    lines = printed(
        items_of(SPECIALIST), {"costs.copay": TODAY, "documents.card": None}, {"costs.copay": "$75"}
    )
    assert [line.number for line in lines] == list(range(1, 19))
    assert [(line.item.code, line.on, line.note) for line in lines if line.done] == [
        ("costs.copay", TODAY, "$75"),
        ("documents.card", None, ""),
    ]
