"""Where cases stand: steps, whose turn, days, follow-ups, from their facts alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.claims.case_days import (
    met_by,
    on_opening,
    on_step,
    open_days,
    whose_day,
    with_days,
)
from tracker.domain.claims.case_standing import check_items
from tracker.domain.claims.cases import (
    at_stake_and_recovered,
    money_back,
    opening_steps,
    outcome_of,
    standing_of,
    standings,
)
from tracker.domain.claims.dispute_flow import StepState
from tracker.domain.claims.dispute_steps import Step
from tracker.domain.claims.papers import Papers
from tracker.facts import (
    Authorization,
    Authorized,
    Bill,
    BillShare,
    Call,
    Case,
    CaseKind,
    CaseOutcome,
    CaseStep,
    Claim,
    ClaimStage,
    Deadline,
    Payment,
    Person,
    ProviderKind,
    Statement,
    StepOutcome,
    Submission,
    Turn,
)

TODAY = date(2026, 11, 22)
ME = Person(id=1, name="Eleanor")


def case(kind: CaseKind = CaseKind.DISPUTE, **more: object) -> Case:
    values: dict[str, object] = {"id": 1, "kind": kind, "title": "MRI", "opened_on": date(2026, 11, 18)}
    return Case(**(values | more))  # type: ignore[arg-type]


def papers(*cases: Case, today: date = TODAY, **more: object) -> Papers:
    return Papers(today=today, people=(ME,), cases=cases, **more)  # type: ignore[arg-type]


def bill(amount: int = 30_000, charges: int = 185_000, **more: object) -> Bill:
    first = Statement(stated_on=date(2026, 9, 1), amount=amount, charges=charges)
    values: dict[str, object] = {
        "id": 7,
        "provider_id": 3,
        "person_id": 1,
        "service_from": date(2026, 8, 20),
        "statements": (first,),
    }
    return Bill(**(values | more))  # type: ignore[arg-type]


def denied(**more: object) -> Claim:
    values: dict[str, object] = {
        "id": 5,
        "person_id": 1,
        "provider_id": 3,
        "service_from": date(2026, 10, 1),
        "processed_on": date(2026, 11, 1),
        "stage": ClaimStage.DENIED,
        "you_owe": 64_000,
    }
    return Claim(**(values | more))  # type: ignore[arg-type]


# disputes --------------------------------------------------------------------------------


def test_a_dispute_opens_where_the_bill_was_found_wrong() -> None:
    opened = replace(case(), steps=opening_steps(case()))
    found = standing_of(opened, papers(opened))
    assert found.number == Step.CONTACT_PRACTICE
    assert found.turn is Turn.ME
    assert len(found.steps) == 11
    assert [row.state for row in found.steps[:4]] == [
        StepState.DONE,
        StepState.DONE,
        StepState.NOW,
        StepState.AHEAD,
    ]
    assert found.words == "Step 3 of 11: Patient contacts concierge practice. Your turn."


@pytest.mark.parametrize(
    ("found", "step"),
    [
        (StepOutcome.FOUND, Step.CONTACT_PRACTICE),
        (StepOutcome.INSURANCE_ONLY, Step.CONTACT_INSURER),
        (None, Step.REVIEW),
    ],
)
def test_it_may_begin_at_another_step(found: StepOutcome | None, step: Step) -> None:
    opened = replace(case(), steps=opening_steps(case(), found=found))
    assert standing_of(opened, papers(opened)).number == step


@pytest.mark.parametrize(
    ("level", "words"), [(1, "internal appeal"), (2, "second internal"), (3, "external")]
)
def test_an_appeal_begins_at_its_level(level: int, words: str) -> None:
    made = case(CaseKind.APPEAL, level=level)
    opened = replace(made, steps=opening_steps(made))
    found = standing_of(opened, papers(opened))
    assert found.number == Step.APPEAL
    assert words in found.words
    assert found.turn is Turn.ME


def test_a_filed_appeal_is_the_insurers_and_followed_up_after_two_weeks() -> None:
    made = case(CaseKind.APPEAL, opened_on=date(2026, 11, 1))
    filed = CaseStep(number=10, outcome=StepOutcome.FILED, leads_to=10, done_on=date(2026, 11, 5))
    moved = replace(made, steps=(*opening_steps(made), filed))
    found = standing_of(moved, papers(moved))
    assert found.turn is Turn.INSURER
    assert found.follow_up_on == date(2026, 11, 19)
    assert found.follow_up_due


def test_a_call_moves_the_follow_up_and_its_check_wins() -> None:
    made = replace(
        case(opened_on=date(2026, 10, 1)), steps=opening_steps(case(opened_on=date(2026, 10, 1)))
    )
    call = Call(id=1, called_on=date(2026, 11, 20), case_id=1)
    assert standing_of(made, papers(made, calls=(call,))).follow_up_on == date(2026, 12, 4)
    promised = replace(call, check_on=date(2026, 12, 1))
    found = standing_of(made, papers(made, calls=(promised,)))
    assert (found.follow_up_on, found.follow_up_due) == (date(2026, 12, 1), False)
    checked = replace(promised, checked=True)
    assert standing_of(made, papers(made, calls=(checked,))).follow_up_on == date(2026, 12, 4)


def test_a_promise_that_is_past_asks_to_follow_up() -> None:
    step = CaseStep(
        number=3,
        leads_to=4,
        done_on=date(2026, 11, 19),
        promise="a new bill",
        promised_by=date(2026, 11, 21),
    )
    moved = replace(case(), steps=(*opening_steps(case()), step))
    found = standing_of(moved, papers(moved))
    assert (found.turn, found.follow_up_on, found.follow_up_due) == (
        Turn.PROVIDER,
        date(2026, 11, 21),
        True,
    )


def test_a_closed_case_waits_for_nobody() -> None:
    shut = case(
        outcome=CaseOutcome.WON,
        closed_on=date(2026, 11, 20),
        recovered=8_500,
        deadlines=(Deadline(label="Internal appeal", do_by=TODAY),),
    )
    found = standing_of(shut, papers(shut))
    assert (found.turn, found.days, found.follow_up_on, found.ways) == (Turn.NOBODY, (), None, ())
    assert found.words == "Won on Nov 20, 2026."
    assert found.recovered == 8_500


@pytest.mark.parametrize(
    ("outcome", "ended"),
    [
        (StepOutcome.APPROVED, CaseOutcome.WON),
        (StepOutcome.DECIDED_AGAINST, CaseOutcome.LOST),
        (StepOutcome.EXPLAINED, CaseOutcome.DONE),
        (StepOutcome.ABANDONED, CaseOutcome.ABANDONED),
    ],
)
def test_how_the_last_step_ends_a_case(outcome: StepOutcome, ended: CaseOutcome) -> None:
    assert outcome_of(CaseStep(number=8, outcome=outcome, leads_to=11, done_on=TODAY)) is ended


# lists and plain steps -------------------------------------------------------------------


def test_the_lists_have_eight_and_eighteen_items() -> None:
    for kind, count in ((CaseKind.COVERAGE_CHECK, 8), (CaseKind.APPOINTMENT, 18)):
        items = check_items(kind)
        assert len(items) == count
        made = case(kind, ticked=(items[0].code, "no such item"))
        found = standing_of(made, papers(made))
        assert found.words == f"1 of {count} done"
        assert found.todo == items[1].name
        assert len(found.steps) == count


def test_a_referral_moves_with_its_facts() -> None:
    asked = Authorization(stands=Authorized.REQUESTED)
    made = case(CaseKind.REFERRAL, authorization=asked)
    assert standing_of(made, papers(made)).turn is Turn.ME
    sent = replace(made, authorization=replace(asked, requested_on=date(2026, 11, 1)))
    found = standing_of(sent, papers(sent))
    assert (found.turn, found.follow_up_due) == (Turn.PROVIDER, False)
    approved = replace(made, authorization=replace(asked, stands=Authorized.APPROVED, units=6))
    assert standing_of(approved, papers(approved)).words == "Approved; 0 of 6 used."


# days ------------------------------------------------------------------------------------


def test_a_denial_gives_180_days_from_its_receipt() -> None:
    (day,) = on_opening(case(CaseKind.APPEAL), denied(got_on=TODAY))
    assert (day.label, day.do_by, day.last_day) == (
        "Internal appeal",
        date(2027, 5, 21),
        date(2027, 5, 21),
    )
    assert whose_day(day) is Turn.ME


def test_without_a_receipt_the_letters_day_counts_and_the_eobs_own_day_wins() -> None:
    (day,) = on_opening(case(), denied(eob_on=date(2026, 11, 1)))
    assert day.do_by == date(2026, 11, 1) + timedelta(days=180)
    (stated,) = on_opening(case(), denied(got_on=TODAY, appeal_by=date(2027, 1, 31)))
    assert stated.do_by == stated.last_day == date(2027, 1, 31)
    assert "The EOB says so" in stated.why


def test_an_external_review_has_four_months_and_the_next_business_day() -> None:
    made = case(CaseKind.APPEAL, level=3)
    (day,) = on_opening(made, received_on=date(2026, 8, 25))
    assert (day.do_by, day.last_day) == (date(2026, 12, 25), date(2026, 12, 28))


def test_an_estimate_dispute_runs_from_the_first_bill() -> None:
    second = Statement(stated_on=date(2026, 10, 1), amount=30_000)
    made = bill(statements=(Statement(stated_on=date(2026, 9, 1), amount=30_000), second))
    (day,) = on_opening(case(CaseKind.ESTIMATE_DISPUTE), None, made)
    assert day.do_by == date(2026, 12, 30)


def test_a_claim_the_member_sends_has_the_plans_days_until_it_is_sent() -> None:
    made = case(CaseKind.REIMBURSEMENT, submission=Submission(charge=35_000, filing_days=365))
    (day,) = on_opening(made, service_on=date(2026, 6, 10))
    assert day.do_by == date(2027, 6, 10)
    sent = replace(made, submission=Submission(charge=35_000, sent_on=date(2026, 11, 1)))
    (decision,) = on_opening(sent, service_on=date(2026, 6, 10))
    assert (decision.do_by, decision.last_day) == (date(2026, 12, 1), date(2026, 12, 16))
    assert whose_day(decision) is Turn.INSURER


def test_an_urgent_authorization_is_decided_in_72_hours() -> None:
    asked = Authorization(stands=Authorized.REQUESTED, requested_on=date(2026, 11, 20))
    made = case(CaseKind.AUTHORIZATION, authorization=asked)
    assert on_opening(made)[0].do_by == date(2026, 12, 5)
    assert on_opening(replace(made, expedited=True))[0].do_by == date(2026, 11, 23)
    decided = replace(made, authorization=replace(asked, stands=Authorized.APPROVED))
    assert on_opening(decided) == ()


def test_a_hospitals_bill_adds_its_financial_assistance() -> None:
    labels = [day.label for day in on_opening(case(), None, bill(), provider=ProviderKind.HOSPITAL)]
    assert labels == ["Hospital financial assistance"]
    assert on_opening(case(), None, bill(), provider=ProviderKind.LAB) == ()


def test_moving_puts_down_days_and_ticks_off_what_is_settled() -> None:
    asked = CaseStep(number=6, leads_to=7, done_on=date(2026, 11, 1))
    made = replace(case(), steps=(asked,))
    waiting = with_days(made, on_step(made, asked))
    assert [(day.label, day.do_by) for day in open_days(waiting)] == [("Claim decision", date(2026, 12, 1))]
    denied_step = CaseStep(number=8, outcome=StepOutcome.DENIED, leads_to=10, done_on=date(2026, 11, 20))
    moved = replace(waiting, steps=(*waiting.steps, denied_step))
    moved = with_days(met_by(moved, denied_step), on_step(moved, denied_step))
    assert [day.label for day in open_days(moved)] == ["Internal appeal"]
    filed = CaseStep(number=10, outcome=StepOutcome.FILED, leads_to=10, done_on=date(2026, 11, 22))
    moved = replace(moved, steps=(*moved.steps, filed))
    moved = with_days(met_by(moved, filed), on_step(moved, filed))
    (left,) = open_days(moved)
    # An employer's plan with two levels decides within 30 days at each.
    assert (left.label, left.do_by) == ("Appeal decision", date(2026, 12, 22))
    assert whose_day(left) is Turn.INSURER


def test_the_members_own_day_is_not_replaced() -> None:
    own = Deadline(label="Internal appeal", do_by=date(2027, 3, 1))
    kept = with_days(case(deadlines=(own,)), on_opening(case(), denied(got_on=TODAY)))
    assert kept.deadlines == (own,)


# money -----------------------------------------------------------------------------------


def test_money_back_is_what_came_back_on_the_bill() -> None:
    paid = Payment(
        id=1, paid_on=date(2026, 9, 5), amount=35_000, bills=(BillShare(bill_id=7, amount=35_000),)
    )
    back = Payment(id=2, paid_on=date(2026, 11, 1), amount=-3_842)
    more = Payment(id=3, paid_on=date(2026, 11, 9), amount=-100)
    made = case(CaseKind.REIMBURSEMENT, bill_id=7, submission=Submission(charge=35_000))
    found = papers(made, bills=(bill(),), paid={7: ((paid, 35_000), (back, -3_842), (more, -100))})
    assert money_back(made, found) == 3_942
    assert standing_of(made, found).recovered == 3_942


def test_without_a_bill_the_steps_say_what_came() -> None:
    steps = (
        CaseStep(number=5, leads_to=5, done_on=TODAY, amount=2_000),
        CaseStep(number=5, leads_to=5, done_on=TODAY, amount=1_842),
        CaseStep(number=3, leads_to=4, done_on=TODAY, amount=99_999),
    )
    made = case(CaseKind.REIMBURSEMENT, submission=Submission(charge=35_000), steps=steps)
    assert money_back(made, papers(made)) == 3_842


def test_totals_count_open_stakes_and_everything_recovered() -> None:
    one = case(id=1, at_stake=8_500)
    two = case(id=2, at_stake=4_375, recovered=4_375, outcome=CaseOutcome.WON, closed_on=TODAY)
    found = standings(papers(one, two))
    assert at_stake_and_recovered(found.values()) == (8_500, 4_375)


# whatever is stored ----------------------------------------------------------------------

_DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
_STEPS = st.builds(
    CaseStep,
    number=st.integers(-2, 30),
    outcome=st.sampled_from(StepOutcome),
    leads_to=st.integers(-2, 30),
    done_on=_DAYS,
    promised_by=st.none() | _DAYS,
)


@given(
    kind=st.sampled_from(CaseKind),
    steps=st.lists(_STEPS, max_size=6),
    opened_on=_DAYS,
    level=st.integers(-1, 9),
    outcome=st.sampled_from(CaseOutcome),
    stands=st.none() | st.sampled_from(Authorized),
    sent_on=st.none() | _DAYS,
)
def test_reading_a_case_never_fails(
    kind: CaseKind,
    steps: list[CaseStep],
    opened_on: date,
    level: int,
    outcome: CaseOutcome,
    stands: Authorized | None,
    sent_on: date | None,
) -> None:
    made = case(
        kind,
        steps=tuple(steps),
        opened_on=opened_on,
        level=level,
        outcome=outcome,
        authorization=Authorization(stands=stands, units=3) if stands else None,
        submission=Submission(charge=100, sent_on=sent_on),
    )
    found = standing_of(made, papers(made))
    assert found.words
    assert 1 <= found.number <= max(1, len(found.steps))
    assert found.is_closed == (outcome is not CaseOutcome.OPEN or found.turn is Turn.NOBODY)
    if found.follow_up_on is not None:
        assert found.follow_up_due == (found.follow_up_on <= TODAY)


def test_facts_settle_days_without_being_ticked_off() -> None:
    days = (
        Deadline(label="Claim you send yourself", do_by=date(2027, 6, 10)),
        Deadline(label="Claim decision", do_by=date(2026, 12, 1)),
        Deadline(label="My own day", do_by=date(2026, 12, 2)),
    )
    unsent = case(CaseKind.REIMBURSEMENT, submission=Submission(charge=100), deadlines=days, claim_id=5)
    sent = replace(unsent, submission=Submission(charge=100, sent_on=date(2026, 11, 1)))
    decided = denied(plan_paid=50, stage=ClaimStage.PROCESSED)

    def left(made: Case, *claims: Claim) -> list[str]:
        return [day.label for day in standing_of(made, papers(made, claims=claims)).days]

    assert left(unsent) == ["Claim decision", "My own day", "Claim you send yourself"]
    assert left(sent) == ["Claim decision", "My own day"]
    assert left(sent, decided) == ["My own day"]
    approved = case(
        CaseKind.AUTHORIZATION,
        authorization=Authorization(stands=Authorized.APPROVED),
        deadlines=(Deadline(label="Prior authorization decision", do_by=TODAY),),
    )
    assert left(approved) == []
