"""Renewals, notice and the fee schedule of a membership."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import add_months, budget_year
from tracker.domain.membership.agreement import due_in, renewal
from tracker.facts import Frequency, Membership, Recurring


def membership(begins: date, ends: date | None, *, renews: bool = True, notice: int = 30) -> Membership:
    return Membership(practice_id=1, begins_on=begins, ends_on=ends, auto_renews=renews, notice_days=notice)


def test_the_sources_term_renews_on_january_15() -> None:
    term = renewal(membership(date(2026, 1, 15), date(2027, 1, 14)), date(2026, 11, 22))
    assert term is not None
    assert (term.term_ends_on, term.renews_on, term.notice_by) == (
        date(2027, 1, 14),
        date(2027, 1, 15),
        date(2026, 12, 16),
    )


@pytest.mark.parametrize(
    ("begins", "ends", "today", "renews_on"),
    [
        # years later it is still the 15th
        (date(2020, 1, 15), date(2021, 1, 14), date(2026, 11, 22), date(2027, 1, 15)),
        # a term that began on leap day has twelve months, not thirteen
        (date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1), date(2026, 3, 1)),
        (date(2024, 2, 29), date(2025, 2, 28), date(2027, 6, 1), date(2028, 3, 1)),
        # a term that ends on leap day renews on the first of March
        (date(2023, 3, 1), date(2024, 2, 29), date(2024, 3, 1), date(2025, 3, 1)),
        # terms of a month keep the last day of long months
        (date(2026, 1, 31), date(2026, 2, 27), date(2026, 3, 1), date(2026, 3, 31)),
        # six months
        (date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2027, 1, 1)),
        # the last day written as the same day a year later
        (date(2026, 1, 15), date(2027, 1, 15), date(2027, 2, 1), date(2028, 1, 16)),
        # shorter than a month
        (date(2026, 1, 1), date(2026, 1, 10), date(2026, 1, 11), date(2026, 2, 11)),
    ],
)
def test_later_terms(begins: date, ends: date, today: date, renews_on: date) -> None:
    term = renewal(membership(begins, ends), today)
    assert term is not None
    assert term.renews_on == renews_on


def test_what_does_not_renew_ends_once() -> None:
    agreed = membership(date(2026, 1, 2), date(2027, 1, 1), renews=False)
    assert renewal(agreed, date(2027, 1, 2)) is None
    term = renewal(agreed, date(2026, 6, 1))
    assert term is not None
    assert term.renews_on == date(2027, 1, 2)


def test_an_open_term_never_ends() -> None:
    assert renewal(membership(date(2026, 1, 15), None), date(2026, 11, 22)) is None


@given(
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.integers(1, 24),
    st.integers(-2, 2),
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
)
def test_the_next_renewal_is_never_over_and_terms_follow_each_other(
    begins: date, months: int, slip: int, today: date
) -> None:
    ends = add_months(begins, months) + timedelta(days=slip - 1)
    if ends < begins:
        return
    term = renewal(membership(begins, ends), today)
    assert term is not None
    assert term.term_ends_on >= min(today, ends)
    assert term.renews_on == term.term_ends_on + timedelta(days=1)
    if term.term_ends_on > ends:  # a later one: the one before was over
        assert term.term_ends_on - timedelta(days=months * 31 + 4) < today


def test_what_falls_due_in_a_year() -> None:
    fees = (
        Recurring(
            id=1, label="Fee", amount=30_000, frequency=Frequency.MONTHLY, first_due=date(2026, 1, 15)
        ),
        Recurring(
            id=2, label="Enrolment", amount=25_000, frequency=Frequency.ONCE, first_due=date(2026, 1, 10)
        ),
    )
    assert due_in(fees, budget_year(1, 2026)) == 12 * 30_000 + 25_000
