"""The days of a membership that lie ahead, what was left, and the two prices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from tracker.dates import Period
from tracker.domain.membership.agreement import fees_until_left, is_over, last_covered, renewal
from tracker.domain.membership.contact_log import contacts_in
from tracker.domain.membership.dates import coming_price_changes, membership_dates, trial_ends
from tracker.domain.membership.offer import offered
from tracker.domain.membership.refund import RefundKind
from tracker.domain.membership.year import membership_year, year_number, year_period, yearly_price
from tracker.domain.recurring import due_days
from tracker.facts import Frequency, Membership, MembershipTerms, Recurring, Visit
from tracker.facts.membership import ContactKind, PracticeContact

TODAY = date(2026, 11, 22)
FEE = Recurring(id=7, label="Fee", amount=300_00, frequency=Frequency.MONTHLY, first_due=date(2026, 1, 15))
HELD = Membership(
    id=1,
    practice_id=4,
    begins_on=date(2026, 1, 15),
    ends_on=date(2027, 1, 14),
    person_ids=(1,),
    fees=(FEE,),
)
LEFT = replace(HELD, terms=MembershipTerms(cancelled_on=date(2026, 9, 15)))


def kinds(held: Membership, today: date = TODAY) -> list[tuple[str, date]]:
    return [
        (entry.kind, entry.on) for entry in membership_dates(held, "Harbor", today) if entry.kind != "due"
    ]


def test_renewal_notice_and_the_reminders_before_it() -> None:
    assert kinds(HELD) == [
        ("notice_reminder", date(2026, 12, 2)),
        ("notice_reminder", date(2026, 12, 9)),
        ("notice", date(2026, 12, 16)),
        ("renewal", date(2027, 1, 15)),
    ]
    dues = [entry for entry in membership_dates(HELD, "Harbor", TODAY) if entry.kind == "due"]
    assert (len(dues), dues[0].on, dues[0].amount) == (12, date(2026, 12, 15), 300_00)
    assert len({entry.key for entry in membership_dates(HELD, "Harbor", TODAY)}) == 16


def test_what_is_paid_already_is_not_due() -> None:
    found = membership_dates(HELD, "Harbor", TODAY, settled={(7, date(2026, 12, 15))})
    assert next(entry.on for entry in found if entry.kind == "due") == date(2027, 1, 15)


def test_a_key_stays_while_the_amount_changes() -> None:
    dearer = replace(HELD, fees=(replace(FEE, amount=325_00),))
    before, after = (membership_dates(held, "Harbor", TODAY) for held in (HELD, dearer))
    assert [entry.key for entry in before] == [entry.key for entry in after]


def test_a_price_to_come_and_the_end_of_a_trial() -> None:
    old = replace(FEE, last_due=date(2027, 1, 14))
    new = replace(FEE, id=8, amount=325_00, first_due=date(2027, 1, 15))
    rising = replace(HELD, fees=(old, new))
    (change,) = coming_price_changes(rising, TODAY)
    assert (change.on, change.rate) == (date(2027, 1, 15), 833)
    assert ("price", date(2027, 1, 15)) in kinds(rising)
    trial = replace(
        HELD,
        begins_on=date(2026, 11, 1),
        terms=MembershipTerms(refund_kind=RefundKind.TRIAL, trial_days=30),
    )
    assert trial_ends(trial) == date(2026, 11, 30)
    assert ("trial", date(2026, 11, 30)) in kinds(trial)


def test_what_does_not_renew_ends() -> None:
    assert kinds(replace(HELD, auto_renews=False)) == [("end", date(2027, 1, 14))]
    leaving = replace(HELD, terms=MembershipTerms(cancelled_on=date(2027, 1, 1)))
    assert kinds(leaving) == [("end", date(2026, 12, 31))]


# left ------------------------------------------------------------------------------------


def test_a_membership_that_was_left_covers_and_owes_nothing_more() -> None:
    assert (last_covered(HELD), last_covered(LEFT)) == (None, date(2026, 9, 14))
    assert not is_over(LEFT, date(2026, 9, 14))
    assert is_over(LEFT, date(2026, 9, 15))
    assert renewal(LEFT, TODAY) is None
    (fee,) = fees_until_left(LEFT)
    assert fee.last_due == date(2026, 9, 14)
    assert year_number(LEFT, date(2030, 1, 1)) == 0
    assert year_period(LEFT, 0) == Period(date(2026, 1, 15), date(2026, 9, 15))
    assert len(membership_year(LEFT, {}, number=0, today=TODAY).fees) == 8
    assert yearly_price(LEFT, TODAY) == 3_600_00


def test_a_single_fee_after_the_end_is_not_due() -> None:
    once = replace(FEE, frequency=Frequency.ONCE, first_due=date(2026, 10, 1))
    (ended,) = fees_until_left(replace(LEFT, fees=(once,)))
    whole = Period(date(2026, 1, 1), date(2027, 1, 1))
    assert due_days(once, whole) == [date(2026, 10, 1)]
    assert due_days(ended, whole) == []


# two prices ------------------------------------------------------------------------------


def test_the_other_price_is_compared_either_way_round() -> None:
    monthly = replace(
        HELD,
        fees=(replace(FEE, amount=325_00),),
        terms=MembershipTerms(offer_amount=3_600_00, offer_months=12),
    )
    yearly = replace(
        HELD,
        fees=(replace(FEE, amount=3_600_00, frequency=Frequency.ANNUAL),),
        terms=MembershipTerms(offer_amount=325_00, offer_months=1),
    )
    for held in (monthly, yearly):
        found = offered(held, TODAY)
        assert found is not None
        assert (found.discount, found.discount_rate, found.interest) == (300_00, 769, 1788)


def test_prices_that_cannot_be_compared_are_not() -> None:
    quarterly = MembershipTerms(offer_amount=900_00, offer_months=3)
    assert offered(replace(HELD, terms=quarterly), TODAY) is None
    same = MembershipTerms(offer_amount=3_600_00, offer_months=12)
    annual = replace(FEE, frequency=Frequency.ANNUAL)
    assert offered(replace(HELD, fees=(annual,), terms=same), TODAY) is None
    assert offered(replace(HELD, fees=(FEE, replace(annual, id=9)), terms=same), TODAY) is None
    assert offered(HELD, TODAY) is None


# contacts --------------------------------------------------------------------------------


def seen(on: date, **more: object) -> PracticeContact:
    return PracticeContact(membership_id=1, seen_on=on, **more)  # type: ignore[arg-type]


def test_contacts_and_the_visits_that_none_of_them_is() -> None:
    held = replace(HELD, terms=MembershipTerms(promised_hours=24, reply_hours=4, promised_minutes=30))
    year = year_period(held, 0)
    day = date(2026, 3, 2)
    contacts = [
        seen(day, asked_on=day, asked_at=time(9), seen_at=time(16), visit_id=50),
        seen(date(2026, 4, 1), asked_on=date(2026, 3, 30), minutes=20),
        seen(
            date(2026, 5, 1),
            kind=ContactKind.MESSAGE,
            asked_on=date(2026, 5, 1),
            asked_at=time(8),
            seen_at=time(13),
        ),
        seen(date(2025, 5, 1)),
    ]
    visits = [
        Visit(id=50, person_id=1, provider_id=4, visited_on=day, minutes=45),
        Visit(id=51, person_id=1, provider_id=4, visited_on=date(2026, 6, 1), minutes=30),
        Visit(id=52, person_id=1, provider_id=4, visited_on=date(2026, 4, 1)),
        Visit(id=53, person_id=2, provider_id=4, visited_on=date(2026, 6, 2)),
        Visit(id=54, person_id=1, provider_id=9, visited_on=date(2026, 6, 3)),
    ]
    found = contacts_in(held, contacts, visits, year)
    assert [(one.minutes, one.access_met, one.length_met) for one in found] == [
        (45, True, True),
        (20, False, False),
        (0, False, None),
        (30, None, True),
    ]
    assert found[0].requested_at == datetime.combine(day, time(9))
