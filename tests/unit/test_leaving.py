"""Leaving a membership on a day: the worked refunds, the fees that count, services used, notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.membership.leaving import (
    Leaving,
    LeavingFacts,
    first_leaving_day,
    leaving_on,
    rule_of,
    year_ahead,
)
from tracker.domain.membership.owed import Owed, attention_words, owed, stated_problem
from tracker.domain.membership.refund import RefundKind, RefundRule, effective_day, last_notice_day
from tracker.facts import Frequency, Membership, MembershipTerms, Recurring
from tracker.facts.membership import ContactKind, Included, MembershipService, PracticeContact

TODAY = date(2026, 8, 1)
ON = date(2026, 9, 15)
BEGINS = date(2026, 3, 1)
YEARLY = Recurring(id=1, label="Fee", amount=3_600_00, frequency=Frequency.ANNUAL, first_due=BEGINS)
MONTHLY = replace(YEARLY, amount=300_00, frequency=Frequency.MONTHLY)


def facts(*fees: Recurring, paid: dict[tuple[int, date], int] | None = None, **terms: Any) -> LeavingFacts:
    membership = Membership(
        id=1,
        practice_id=1,
        begins_on=BEGINS,
        ends_on=date(2027, 2, 28),
        fees=fees or (YEARLY,),
        terms=MembershipTerms(**({"refund_kind": RefundKind.DAILY} | terms)),
    )
    held = {(1, BEGINS): 3_600_00} if paid is None else paid
    return LeavingFacts(membership=membership, today=TODAY, paid=held)


def contact(code: str, on: date) -> PracticeContact:
    return PracticeContact(membership_id=1, kind=ContactKind.VISIT, seen_on=on, services=(code,))


def months_paid(count: int) -> dict[tuple[int, date], int]:
    return {(1, date(2026, 3 + place, 1)): 300_00 for place in range(count)}


def refund_of(found: Leaving) -> int:
    assert found.refund is not None
    return found.refund.refund


# the worked numbers ----------------------------------------------------------------------


def test_d01_unused_days_out_of_all_days() -> None:
    found = leaving_on(facts(), ON)
    assert refund_of(found) == 1_647_12
    assert found.why[:2] == (
        "Paid for Mar 1, 2026 to Feb 28, 2027: $3,600.00.",
        "167 of 365 days are unused: $1,647.12 of $3,600.00.",
    )


def test_d02_less_services_used_and_a_fee() -> None:
    service = MembershipService(
        code="physical", name="Physical", state=Included.INCLUDED, list_price=450_00
    )
    of = replace(
        facts(claw_back=True, cancellation_fee=100_00),
        matrix=(service,),
        contacts=(contact("physical", date(2026, 4, 1)), contact("physical", date(2026, 9, 14))),
    )
    found = leaving_on(of, ON)
    assert (found.services_used, refund_of(found)) == (900_00, 647_12)
    assert "Physical: 2 at $450.00 is $900.00." in found.why


def test_d03_d04_every_rule_side_by_side() -> None:
    found = leaving_on(facts(), ON)
    assert {kind: refund.refund for kind, refund in found.by_rule.items()} == {
        RefundKind.DAILY: 1_647_12,
        RefundKind.WHOLE_MONTHS: 1_500_00,
        RefundKind.NONE: 0,
        RefundKind.TRIAL: 0,
    }
    end = leaving_on(facts(), date(2027, 3, 1))
    assert {refund.refund for refund in end.by_rule.values()} == {0}


def test_exit_cost_is_what_is_paid_and_neither_used_nor_given_back() -> None:
    found = leaving_on(facts(cancellation_fee=100_00), ON).any_refund
    assert found.exit_cost == found.paid - found.refund - found.used_value == 100_00


# which fees ------------------------------------------------------------------------------


def test_a_monthly_fee_gives_back_only_its_own_month() -> None:
    found = leaving_on(facts(MONTHLY, paid=months_paid(7)), ON)
    assert [fee.term.begin for fee in found.fees][-1] == date(2026, 9, 1)
    assert refund_of(found) == 160_00  # 16 of 30 days of September


def test_what_falls_due_until_then_is_counted_as_paid() -> None:
    found = leaving_on(facts(MONTHLY, paid=months_paid(5)), ON)
    assert (found.ahead, found.any_refund.paid) == (600_00, 2_100_00)
    skipped = replace(facts(MONTHLY, paid=months_paid(5)), skipped=frozenset({(1, date(2026, 9, 1))}))
    assert leaving_on(skipped, ON).ahead == 300_00


def test_a_fee_that_was_due_and_is_not_recorded_is_said_and_not_counted() -> None:
    unknown = leaving_on(facts(paid={}), ON)
    assert (unknown.unrecorded, unknown.any_refund.paid) == (3_600_00, 0)
    assert "$3,600.00 that was due is not recorded, so it is not counted." in unknown.why
    assert leaving_on(facts(), ON).unrecorded == 0
    some = facts(MONTHLY, paid=months_paid(3))  # today, August 1, is not past yet
    assert leaving_on(some, ON).unrecorded == 600_00
    assert leaving_on(some, date(2026, 7, 1)).unrecorded == 300_00
    waived = replace(some, skipped=frozenset({(1, date(2026, 6, 1))}))
    assert leaving_on(waived, ON).unrecorded == 300_00


def test_a_fee_never_paid_or_due_after_leaving_is_not_owed_back() -> None:
    found = leaving_on(facts(MONTHLY, paid=months_paid(3)), date(2026, 7, 15))
    assert found.any_refund.paid == 900_00
    late = months_paid(7) | {(1, date(2026, 10, 1)): 300_00}
    assert leaving_on(facts(MONTHLY, paid=late), ON).any_refund.paid == 2_100_00


def test_an_enrollment_fee_pays_for_no_time() -> None:
    once = Recurring(id=2, label="Enrollment", amount=500_00, frequency=Frequency.ONCE, first_due=BEGINS)
    paid = {(1, BEGINS): 3_600_00, (2, BEGINS): 500_00}
    assert refund_of(leaving_on(facts(YEARLY, once, paid=paid), ON)) == 1_647_12


def test_a_fee_due_before_the_term_pays_for_the_term() -> None:
    early = replace(YEARLY, first_due=date(2026, 2, 10))
    found = leaving_on(facts(early, paid={(1, date(2026, 2, 10)): 3_600_00}), ON)
    assert refund_of(found) == 1_647_12


def test_only_the_membership_year_of_the_day_counts() -> None:
    paid = {(1, BEGINS): 3_600_00, (1, date(2027, 3, 1)): 3_600_00}
    of = replace(facts(paid=paid), today=date(2027, 6, 1))
    assert leaving_on(of, date(2027, 9, 15)).any_refund.paid == 3_600_00
    assert leaving_on(of, date(2027, 3, 1)).any_refund.refund == 0


def test_a_trial_counts_from_the_first_day_of_the_agreement_only() -> None:
    of = facts(refund_kind=RefundKind.TRIAL, trial_days=30)
    assert refund_of(leaving_on(of, date(2026, 3, 20))) == 3_600_00
    assert refund_of(leaving_on(of, date(2026, 3, 31))) == 0
    second = replace(of, paid={(1, date(2027, 3, 1)): 3_600_00}, today=date(2027, 3, 2))
    assert refund_of(leaving_on(second, date(2027, 3, 10))) == 0


def test_without_a_rule_nothing_is_claimed() -> None:
    found = leaving_on(facts(refund_kind=None), ON)
    assert found.refund is None
    assert found.by_rule[RefundKind.DAILY].refund == 1_647_12
    assert found.any_refund.paid == 3_600_00


def test_a_day_before_the_agreement_counts_as_its_second() -> None:
    assert leaving_on(facts(), date(2020, 1, 1)).on == date(2026, 3, 2)


def test_the_year_ahead_has_every_change_of_the_refund() -> None:
    ahead = year_ahead(facts(MONTHLY, paid=months_paid(6)))
    assert ahead[0].on == TODAY
    assert (ahead[-1].on - TODAY).days == 365
    by_day = {item.on: refund_of(item) for item in ahead}
    assert by_day[date(2026, 9, 1)] == 0
    assert by_day[date(2026, 9, 2)] == 290_00


# notice ----------------------------------------------------------------------------------


def test_the_first_day_one_can_leave_on() -> None:
    membership = facts(to_month_end=True).membership
    assert first_leaving_day(membership, TODAY) == date(2026, 9, 1)
    given = replace(membership, terms=replace(membership.terms, notice_on=date(2026, 8, 2)))
    assert first_leaving_day(given, TODAY) == date(2026, 9, 1)
    assert first_leaving_day(replace(membership, notice_days=45), TODAY) == date(2026, 10, 1)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 400), st.booleans())
def test_the_last_day_to_give_notice_is_the_last_that_reaches(
    leave_on: date, notice_days: int, to_month_end: bool
) -> None:
    rule = RefundRule(kind=RefundKind.NONE, notice_days=notice_days, to_month_end=to_month_end)
    last = last_notice_day(rule, leave_on)
    assert effective_day(rule, last) <= leave_on
    assert effective_day(rule, last + timedelta(days=1)) > leave_on or notice_days == 0


@given(
    st.dates(BEGINS, date(2028, 3, 1)),
    st.sampled_from(list(RefundKind)),
    st.integers(1, 5_000_00),
    st.integers(0, 1_000_00),
    st.booleans(),
)
def test_a_refund_is_never_more_than_was_paid(
    on: date, kind: RefundKind, fee: int, charge: int, monthly: bool
) -> None:
    item = replace(MONTHLY if monthly else YEARLY, amount=fee)
    found = leaving_on(facts(item, paid={}, refund_kind=kind, cancellation_fee=charge, trial_days=9), on)
    for refund in (*found.by_rule.values(), found.any_refund):
        assert 0 <= refund.refund <= refund.paid
        assert 0 <= refund.used_value <= refund.paid


# owed ------------------------------------------------------------------------------------


def owes(stated: int | None = None, received: int = 0, **terms: Any) -> Owed:
    return owed(
        leaving_on(facts(**terms), ON),
        membership_id=1,
        practice="Harbor",
        stated=stated,
        received=received,
        fee_payment_id=9,
        room=1_000_00,
    )


def test_the_refund_is_owed_until_it_has_come_back() -> None:
    assert owes().left == 1_647_12
    assert owes().next_refund == 1_000_00  # what one payment of the fee can give back
    assert owes(received=1_000_00).left == 647_12
    assert owes(received=1_647_12).left == 0
    assert owes(received=2_000_00).left == 0
    assert attention_words(owes()) == ("Harbor owes you $1,647.12 back", "You left on Sep 15, 2026.")


@pytest.mark.parametrize(
    ("stated", "left", "said"),
    [
        (1_500_00, 1_647_12, "The practice says it gives back $1,500.00, $147.12 less than the agreement."),
        (1_647_12, 1_647_12, "The practice says it gives back $1,647.12."),
        (1_800_00, 1_800_00, "The practice says it gives back $1,800.00, $152.88 more than the agreement."),
        (
            4_000_00,
            4_000_00,
            "The practice says it gives back $4,000.00, more than the $3,600.00 you paid.",
        ),
    ],
)
def test_what_the_practice_says_is_held_against_the_agreement(stated: int, left: int, said: str) -> None:
    item = owes(stated)
    assert item.left == left
    assert item.why == ("By the agreement $1,647.12 comes back.", said)


def test_without_a_rule_only_what_the_practice_says_is_owed() -> None:
    assert owes(refund_kind=None).left == 0
    assert owes(500_00, refund_kind=None).left == 500_00


def test_a_refund_larger_than_the_fees_is_said() -> None:
    assert stated_problem(3_600_01, 3_600_00) == "The refund is larger than the fees you paid, $3,600.00."
    assert stated_problem(3_600_00, 3_600_00) == stated_problem(None, 0) == ""


def test_the_rule_takes_everything_from_the_agreement() -> None:
    membership = facts(claw_back=True, to_month_end=True).membership
    rule = rule_of(membership)
    assert rule is not None
    assert (rule.claw_back, rule.to_month_end, rule.notice_days, rule.began_on) == (True, True, 30, BEGINS)
