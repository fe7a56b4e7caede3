"""What needs the member, in the order of day and money."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tracker.facts import (
    Claim,
    Due,
    Frequency,
    Household,
    Membership,
    Plan,
    Recurring,
)
from tracker.facts.membership import MembershipTerms, RefundKind
from tracker.reports.attention import Action, Attention, attention

TODAY = date(2026, 11, 22)


def fee(amount: int = 30_000, **more: object) -> Recurring:
    return Recurring(
        id=1,
        label="Fee",
        amount=amount,
        frequency=Frequency.MONTHLY,
        first_due=date(2026, 1, 15),
        **more,  # type: ignore[arg-type]
    )


def home(*memberships: Membership, plans: tuple[Plan, ...] = ()) -> Household:
    return Household(memberships=memberships, plans=plans, provider_names={1: "Harbor"})


def agreed(begins: date = date(2026, 1, 15), ends: date = date(2027, 1, 14), **more: object) -> Membership:
    return Membership(id=1, practice_id=1, begins_on=begins, ends_on=ends, fees=(fee(),), **more)  # type: ignore[arg-type]


def items(
    household: Household,
    dues: list[Due] | None = None,
    claims: list[Claim] | None = None,
    today: date = TODAY,
) -> list[Attention]:
    return attention(household, dues or [], claims or [], {7: "Meridian"}, today=today)


def test_a_due_says_how_late_it_is() -> None:
    dues = [
        Due(recurring=fee(), due_on=day)
        for day in (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=3))
    ]
    found = items(home(), dues)
    assert [item.detail.split(".")[0] for item in found] == [
        "Was due Nov 21, 2026, 1 day ago",
        "Due today",
        "Due Nov 25, 2026",
    ]
    assert {item.action for item in found} == {Action.RECORD}
    assert [item.tone for item in found] == ["warning", "warning", "accent"]


def test_the_larger_amount_of_a_day_comes_first() -> None:
    dues = [
        Due(recurring=fee(amount), due_on=day)
        for amount, day in ((100, TODAY), (90_000, TODAY), (5, TODAY - timedelta(days=9)))
    ]
    assert [item.amount for item in items(home(), dues)] == [5, 90_000, 100]


def test_a_renewal_says_its_price_and_the_last_day_to_stop_it() -> None:
    (item,) = items(home(agreed()))
    assert item.what == "Membership renews on Jan 15, 2027"
    assert item.detail == "Harbor, $3,600.00 a year. Cancel by Dec 16, 2026 to stop it."
    assert (item.day, item.amount) == (date(2026, 12, 16), 360_000)
    (late,) = items(home(agreed()), today=date(2026, 12, 20))
    assert "Notice was due Dec 16, 2026" in late.detail
    assert late.day == date(2026, 12, 20)


def test_a_long_notice_is_said_in_time() -> None:
    far = agreed(notice_days=90)  # to be given by Oct 17
    assert items(home(far), today=date(2026, 9, 16)) == []
    (item,) = items(home(far), today=date(2026, 9, 17))
    assert (item.day, item.tone) == (date(2026, 10, 17), "accent")
    (pressing,) = items(home(far), today=date(2026, 10, 10))
    assert pressing.tone == "warning"
    assert pressing.detail.endswith("Cancel by Oct 17, 2026 to stop it. 7 days left.")
    (last,) = items(home(far), today=date(2026, 10, 17))
    assert last.detail.endswith("That is today.")
    assert {one.key for one in (item, pressing, last)} == {"renewal:1:2027-01-15"}


def test_a_price_to_come_is_said_once() -> None:
    old = fee(last_due=date(2027, 1, 14))
    new = replace(fee(32_500), id=2, first_due=date(2027, 1, 15))
    rising = replace(agreed(), fees=(old, new))
    found = [item for item in items(home(rising)) if item.key.startswith("price:")]
    (item,) = found
    assert item.what == "Membership price rises on Jan 15, 2027"
    assert item.detail.endswith("rose from $3,600.00 to $3,900.00 a year, by 8.33%.")
    assert (item.amount, item.membership_id) == (390_000, 1)
    assert not [one for one in items(home(rising), today=date(2026, 9, 1)) if "price" in one.key]


def test_a_trial_that_ends_is_said() -> None:
    terms = MembershipTerms(refund_kind=RefundKind.TRIAL, trial_days=30)
    trial = agreed(date(2026, 11, 1), date(2027, 10, 31), terms=terms)
    (item,) = items(home(trial))
    assert item.what == "The trial period ends on Nov 30, 2026"
    left = replace(trial, terms=replace(terms, cancelled_on=date(2026, 11, 25)))
    assert items(home(left)) == []


def test_a_membership_to_be_left_does_not_renew() -> None:
    left = agreed(terms=MembershipTerms(cancelled_on=date(2027, 1, 1)))
    assert items(home(left)) == []


def test_an_earlier_price_is_not_added_to_the_yearly_cost() -> None:
    earlier = fee(27_500, last_due=date(2025, 12, 15))
    (item,) = items(home(replace(agreed(), fees=(earlier, fee()))))
    assert item.amount == 360_000


def test_a_renewal_far_off_or_already_entered_is_no_news() -> None:
    assert items(home(agreed()), today=date(2026, 6, 1)) == []
    after = replace(agreed(date(2027, 1, 15), date(2028, 1, 14)), id=2)
    assert items(home(agreed(), after)) == []


def test_what_ends_without_renewing_is_said() -> None:
    (item,) = items(home(agreed(auto_renews=False)))
    assert item.what == "Membership ends before Jan 15, 2027"
    assert "does not renew" in item.detail


def test_an_eob_that_does_not_add_up_is_dated_when_it_came() -> None:
    eob = Claim(
        id=5,
        person_id=1,
        provider_id=7,
        service_from=date(2026, 10, 6),
        processed_on=date(2026, 10, 22),
        copay=5_000,
        coinsurance=2_000,
        you_owe=8_500,
    )
    (item,) = items(home(), claims=[eob, replace(eob, you_owe=7_000)])
    assert item.what == "An EOB does not add up by $15.00"
    assert (item.day, item.amount, item.claim_id, item.action) == (
        date(2026, 10, 22),
        1_500,
        5,
        Action.CHECK,
    )
    assert item.detail.startswith("Meridian, Oct 6, 2026.")


def test_a_plan_that_ends_asks_for_the_next_until_it_is_there() -> None:
    this = Plan(id=1, name="PPO", begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    (item,) = items(home(plans=(this,)))
    assert item.what == "PPO ends on Dec 31, 2026"
    assert item.plan_id == 1
    following = replace(this, id=2, begins_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
    assert items(home(plans=(this, following))) == []
    assert items(home(plans=(this,)), today=date(2026, 6, 1)) == []
    assert items(home()) == []
