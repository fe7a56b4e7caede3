"""The accrual view against the cash view: they reconcile to zero over a fee year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import add_months, budget_year
from tracker.domain.budget.accrual import Flow, accrual_parts, accrued, reconcile
from tracker.errors import UserProblem

MONTHS = budget_year(1, 2026).months()
RETAINER = Flow(paid_on=date(2026, 1, 15), amount=3_600_00, months=12, label="Retainer")


def test_a_yearly_retainer_counts_by_twelfths() -> None:
    found = reconcile([RETAINER], MONTHS)
    assert [row.accrual for row in found.months] == [300_00] * 12
    assert [row.cash for row in found.months] == [3_600_00] + [0] * 11
    assert [row.line for row in found.months] == [3_300_00] + [-300_00] * 11
    assert found.months[0].paid_ahead == 3_300_00
    assert (found.opening, found.closing) == (0, 0)
    assert found.why[0].endswith("the difference is $0.00.")


def test_odd_cents_go_to_the_earliest_months() -> None:
    parts = accrual_parts(Flow(paid_on=date(2026, 1, 1), amount=1_000_00, months=12))
    assert [part for _, part in parts] == [83_34] * 4 + [83_33] * 8  # E03


def test_a_fee_year_across_two_calendar_years_is_paid_ahead_at_the_end() -> None:
    fee = Flow(paid_on=date(2026, 3, 1), amount=3_600_00, months=12)
    first, second = reconcile([fee], MONTHS), reconcile([fee], budget_year(1, 2027).months())
    assert (first.closing, second.opening, second.closing) == (600_00, 600_00, 0)
    assert (first.accrual, second.accrual) == (3_000_00, 600_00)
    assert first.why[-1] == "At the end $600.00 is paid ahead for other months."


def test_a_reimbursement_belongs_to_the_month_of_its_expense() -> None:
    visit = Flow(paid_on=date(2026, 2, 10), amount=200_00, label="Visit")
    back = Flow(
        paid_on=date(2026, 5, 2), amount=-150_00, belongs_on=date(2026, 2, 10), label="Reimbursement"
    )
    found = reconcile([visit, back], MONTHS)
    assert [(row.cash, row.accrual) for row in found.months[1:5]] == [
        (200_00, 50_00),
        (0, 0),
        (0, 0),
        (-150_00, 0),
    ]
    assert found.months[1].why == ("Reimbursement: -$150.00 belongs here and moved in May 2026.",)
    assert found.closing == 0


def test_care_that_is_paid_next_year_is_owed_at_the_end() -> None:
    bill = Flow(paid_on=date(2027, 1, 20), amount=90_00, belongs_on=date(2026, 12, 3))
    found = reconcile([bill], MONTHS)
    assert (found.closing, found.months[11].accrual) == (-90_00, 90_00)
    assert "is not paid" in found.why[-1]


def test_a_payment_for_no_month_is_refused() -> None:
    with pytest.raises(UserProblem):
        accrual_parts(Flow(paid_on=date(2026, 1, 1), amount=1, months=0))


days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
flows = st.lists(
    st.builds(
        Flow,
        paid_on=days,
        amount=st.integers(-(10**6), 10**6),
        belongs_on=st.none() | days,
        months=st.integers(1, 14),
    ),
    max_size=8,
)


@given(flows)
def test_both_views_always_reconcile(found: list[Flow]) -> None:
    result = reconcile(found, MONTHS)
    assert result.cash - result.accrual == result.closing - result.opening
    assert sum(row.line for row in result.months) == result.closing - result.opening
    assert result.months[-1].paid_ahead == result.closing
    following = reconcile(found, budget_year(1, 2027).months())
    assert following.opening == result.closing


inside = st.integers(0, 364).map(lambda days: date(2026, 1, 1) + timedelta(days=days))


@given(
    st.lists(st.builds(Flow, paid_on=inside, amount=st.integers(-(10**6), 10**6), belongs_on=inside)),
    st.integers(0, 10**6),
)
def test_over_a_fee_year_the_line_comes_to_zero(others: list[Flow], fee: int) -> None:
    retainer = Flow(paid_on=date(2026, 1, 2), amount=fee, months=12)
    result = reconcile([retainer, *others], MONTHS)
    assert (result.opening, result.closing) == (0, 0)
    assert result.cash == result.accrual


@given(flows)
def test_the_months_of_a_flow_add_to_it(found: list[Flow]) -> None:
    assert sum(accrued(found).values()) == sum(flow.amount for flow in found)
    for flow in found:
        parts = accrual_parts(flow)
        assert [month for month, _ in parts] == [
            add_months(flow.first_month, place) for place in range(flow.months)
        ]
