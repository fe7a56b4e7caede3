"""What is safe to pay (rulebook 3.5), to the cent."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.claims.verdict import VerdictKind, eob_owes, verdict
from tracker.facts import Bill, Case, CaseKind, CaseOutcome, Claim, Payment, Statement

BILLED_ON = date(2026, 10, 30)


def bill(asks: int, **more: object) -> Bill:
    values: dict[str, object] = {
        "id": 5,
        "provider_id": 1,
        "person_id": 1,
        "service_from": date(2026, 10, 14),
        "statements": (Statement(stated_on=BILLED_ON, amount=asks),),
    }
    return Bill(**(values | more))  # type: ignore[arg-type]


def eob(owes: int | None, number: int = 1, **more: object) -> Claim:
    values: dict[str, object] = {
        "id": number,
        "person_id": 1,
        "provider_id": 1,
        "service_from": date(2026, 10, 14),
        "you_owe": owes,
    }
    return Claim(**(values | more))  # type: ignore[arg-type]


def paid(amount: int, on: date = date(2026, 10, 14)) -> tuple[Payment, int]:
    return Payment(paid_on=on, amount=amount), amount


@pytest.mark.parametrize(
    ("owes", "before", "asks", "kind", "pay", "over", "refund"),
    [
        (43_75, 0, 460_00, VerdictKind.OVERBILLED, 43_75, 416_25, 0),
        (320_00, 60_00, 320_00, VerdictKind.OVERBILLED, 260_00, 60_00, 0),
        (400_00, 900_00, 0, VerdictKind.REFUND_DUE, 0, 0, 500_00),
        (36_00, 36_00, 36_00, VerdictKind.OVERBILLED, 0, 36_00, 0),
        (640_00, 0, 640_00, VerdictKind.PAY, 640_00, 0, 0),
        (215_00, 0, 300_00, VerdictKind.OVERBILLED, 215_00, 85_00, 0),
        (100_00, 0, 100_01, VerdictKind.PAY, 100_00, 0, 0),
        (100_00, 0, 100_02, VerdictKind.OVERBILLED, 100_00, 2, 0),
        (100_00, 0, 80_00, VerdictKind.PAY, 80_00, 0, 0),
        (0, 0, 0, VerdictKind.SETTLED, 0, 0, 0),
    ],
)
def test_the_reconciliations_of_the_rulebook(
    owes: int, before: int, asks: int, kind: VerdictKind, pay: int, over: int, refund: int
) -> None:
    found = verdict(bill(asks), [eob(owes)], [paid(before)] if before else [])
    assert (found.kind, found.pay, found.over, found.refund) == (kind, pay, over, refund)
    assert found.why


def test_without_an_eob_nothing_is_paid() -> None:
    found = verdict(bill(300_00), [])
    assert (found.kind, found.pay, found.owed) == (VerdictKind.HOLD, 0, None)
    assert "Do not pay before the EOB" in found.why[1]
    pending = verdict(bill(300_00), [eob(None)])
    assert pending.kind is VerdictKind.HOLD


def test_care_that_no_plan_pays_needs_no_eob() -> None:
    assert verdict(bill(300_00, self_pay=True), []).pay == 300_00
    assert verdict(bill(300_00), [], plan_pays=False).pay == 300_00


def test_a_payment_after_the_statement_settles_it() -> None:
    found = verdict(bill(215_00), [eob(215_00)], [paid(215_00, date(2026, 11, 2))])
    assert (found.kind, found.asked, found.paid) == (VerdictKind.SETTLED, 0, 215_00)


def test_the_newest_statement_counts() -> None:
    twice = bill(
        0,
        statements=(
            Statement(stated_on=date(2026, 11, 15), amount=40_00),
            Statement(stated_on=BILLED_ON, amount=300_00),
        ),
    )
    found = verdict(twice, [eob(40_00)])
    assert (found.kind, found.pay, found.asked) == (VerdictKind.PAY, 40_00, 40_00)


def test_several_eobs_add_up_and_what_the_provider_may_add_is_owed() -> None:
    found = verdict(bill(500_00), [eob(100_00), eob(150_00, 2, may_bill=250_00)])
    assert (found.kind, found.owed, found.pay) == (VerdictKind.PAY, 500_00, 500_00)


def test_the_parts_say_what_is_owed_where_the_eob_gives_no_total() -> None:
    assert eob_owes(eob(None, deductible=90_00, coinsurance=125_00)) == 215_00
    assert eob_owes(eob(None)) is None


def test_an_open_dispute_leaves_the_undisputed_part_payable() -> None:
    case = Case(kind=CaseKind.DISPUTE, title="MRI", opened_on=date(2026, 11, 18), bill_id=5)
    found = verdict(bill(300_00), [eob(215_00)], [], [case])
    assert (found.kind, found.pay, found.over) == (VerdictKind.DISPUTED, 215_00, 85_00)
    closed = Case(
        kind=CaseKind.DISPUTE,
        title="MRI",
        opened_on=date(2026, 11, 18),
        bill_id=5,
        outcome=CaseOutcome.WON,
    )
    assert verdict(bill(300_00), [eob(215_00)], [], [closed]).kind is VerdictKind.OVERBILLED
    elsewhere = Case(kind=CaseKind.REIMBURSEMENT, title="Claim", opened_on=BILLED_ON, bill_id=5)
    assert verdict(bill(300_00), [eob(215_00)], [], [elsewhere]).kind is VerdictKind.OVERBILLED


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 10**7))
def test_what_is_safe_to_pay_never_goes_beyond_the_eob_or_the_bill(
    owes: int, before: int, asks: int
) -> None:
    found = verdict(bill(asks), [eob(owes)], [paid(before)] if before else [])
    assert 0 <= found.pay <= max(0, owes - before)
    assert found.pay <= asks
    assert not (found.refund and found.pay)
    assert found.over >= 0
    if found.over:
        assert found.over + max(0, owes - before) == asks
