"""Rows of bank files: known by number, likely by likeness, tied to transfers and bills, once each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.importing.known import CareShare, Known, KnownPayment, OpenBill, OwedBack, Payee
from tracker.domain.importing.likeness import alike, likeness
from tracker.domain.importing.money import judge_money
from tracker.domain.importing.rows import MoneyRow, RowState
from tracker.domain.importing.rules import from_example, rule_words
from tracker.facts import AccountKind, MoneySource
from tracker.facts.found import FoundMoney
from tracker.facts.importing import ImportRule
from tracker.money import Cents

DAY = date(2026, 3, 10)
NOTHING = Known()
CHECKING, HSA = 1, 2
KINDS = {CHECKING: AccountKind.BANK, HSA: AccountKind.HSA}


def found(amount: Cents, payee: str = "QUEST LABS", *, on: date = DAY, **more: str) -> FoundMoney:
    return FoundMoney(on=on, amount=amount, payee=payee, **more)  # type: ignore[arg-type]


def there(number: int, amount: Cents, payee: str = "Quest Labs", **more: object) -> KnownPayment:
    values = {"account_id": CHECKING, "on": DAY} | more
    return KnownPayment(id=number, amount=amount, payee=payee, **values)  # type: ignore[arg-type]


def judged(rows: list[FoundMoney], known: Known = NOTHING, account: int = CHECKING) -> list[MoneyRow]:
    return judge_money([(0, rows)], {(0, ""): account, (0, "hsa"): HSA}, known)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Quest Labs", "QUEST LABS"),
        ("Corner Street Pharmacy", "CORNER STREET PHARM #1204"),
        ("Harbor Concierge Medicine", "ACH DEBIT HARBOR CONCIERGE MED"),
        ("Café Zoë", "CAFE ZOE"),
    ],
)
def test_names_a_bank_cuts_and_capitalises_are_alike(one: str, two: str) -> None:
    assert alike(one, two)


@pytest.mark.parametrize(
    ("one", "two"),
    [("Quest Labs", "Meridian Labs"), ("", "Quest Labs"), ("Bayview Hospital", "Bayview Dental")],
)
def test_different_names_are_not(one: str, two: str) -> None:
    assert not alike(one, two)


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_the_same_both_ways_round(one: str, two: str) -> None:
    assert 0 <= likeness(one, two) <= 1
    assert likeness(one, two) == pytest.approx(likeness(two, one), abs=0.12)


def test_the_banks_number_tells_a_row_that_is_there() -> None:
    known = Known(payments=[there(7, -41_12, bank_id="A1")])
    (row,) = judged([found(-41_12, id="A1")], known)
    assert (row.state, row.take, row.against) == (RowState.KNOWN, False, 7)


def test_a_known_number_with_another_amount_is_shown_and_not_taken() -> None:
    known = Known(payments=[there(7, -41_12, bank_id="A1")])
    (row,) = judged([found(-44_12, id="A1")], known)
    assert (row.state, row.take) == (RowState.CHANGED, False)
    assert "$44.12" in row.why


@pytest.mark.parametrize(("days", "state"), [(0, RowState.LIKELY), (4, RowState.LIKELY), (5, RowState.NEW)])
def test_the_same_amount_within_four_days_is_likely_the_same(days: int, state: RowState) -> None:
    known = Known(payments=[there(7, -41_12, on=DAY + timedelta(days=days))])
    (row,) = judged([found(-41_12)], known)
    assert row.state is state


def test_another_payee_is_another_payment() -> None:
    (row,) = judged([found(-41_12)], Known(payments=[there(7, -41_12, "Bayview Hospital")]))
    assert row.state is RowState.NEW


def test_one_payment_stands_for_one_row_only() -> None:
    rows = judged([found(-41_12), found(-41_12)], Known(payments=[there(7, -41_12)]))
    assert [row.state for row in rows] == [RowState.LIKELY, RowState.NEW]


def test_two_numbers_of_one_bank_are_two_movements() -> None:
    known = Known(payments=[there(7, -41_12, bank_id="A1")])
    (row,) = judged([found(-41_12, id="A2")], known)
    assert row.state is RowState.NEW


def test_a_row_that_is_in_two_files_is_taken_once() -> None:
    row = found(-41_12, id="A1")
    rows = judge_money([(0, [row]), (1, [row])], {(0, ""): CHECKING, (1, ""): CHECKING}, Known())
    assert [item.state for item in rows] == [RowState.NEW, RowState.KNOWN]


def test_a_number_that_a_file_gives_twice_tells_nothing() -> None:
    rows = judged([found(-41_12, id="0"), found(-9_00, id="0")])
    assert [item.state for item in rows] == [RowState.NEW, RowState.NEW]
    assert [item.found.id for item in rows] == ["", ""]


def test_what_does_not_look_like_care_is_left_to_the_member() -> None:
    grocer, pharmacy = judged([found(-80_00, "FRESH GROCER"), found(-12_50, "Corner Street Pharmacy")])
    assert (grocer.take, pharmacy.take) == (False, True)


def test_a_known_payee_brings_its_usual_line_and_person() -> None:
    known = Known(payees=[Payee(name="Fresh Grocer Clinic", category_id=5, person_id=2)])
    (row,) = judged([found(-80_00, "FRESH GROCER CLINIC #12")], known)
    assert (row.proposed.payee, row.proposed.category_id, row.proposed.person_id) == (
        "Fresh Grocer Clinic",
        5,
        2,
    )


def test_a_payment_of_a_known_amount_is_of_the_person_it_always_was() -> None:
    pharmacy = Payee(name="Corner Street Pharmacy", category_id=5, person_id=2)
    known = Known(
        payees=[pharmacy],
        habits={("Corner Street Pharmacy", 51_68): Payee(name="Corner Street Pharmacy", person_id=1)},
    )
    hers, his = judged([found(-51_68, "CORNER STREET PHARM"), found(-9_00, "CORNER STREET PHARM")], known)
    assert (hers.proposed.person_id, his.proposed.person_id) == (1, 2)


def test_the_first_rule_that_fits_decides() -> None:
    rules = [
        ImportRule(id=1, position=1, name="Later", payee_has="quest", category_id=1),
        ImportRule(id=2, position=0, name="First", payee_has="quest", category_id=9, payee="Quest"),
    ]
    (row,) = judged([found(-41_12)], Known(rules=rules))
    assert (row.rule_id, row.proposed.category_id, row.proposed.payee) == (2, 9, "Quest")


def test_a_rule_may_leave_rows_out() -> None:
    rules = [ImportRule(id=1, name="Gym", payee_has="health club", leave_out=True)]
    (row,) = judged([found(-41_12, "CITY HEALTH CLUB")], Known(rules=rules))
    assert not row.take


@pytest.mark.parametrize(("amount", "way"), [(-100_00, (CHECKING, HSA)), (100_00, (HSA, CHECKING))])
def test_a_rule_makes_a_transfer_the_way_the_money_went(amount: Cents, way: tuple[int, int]) -> None:
    rules = [ImportRule(id=1, name="Between", payee_has="own transfer", to_account_id=HSA)]
    (row,) = judged([found(amount, "OWN TRANSFER")], Known(rules=rules, account_kinds=KINDS))
    assert (row.proposed.account_id, row.proposed.to_account_id) == way


def test_a_rule_made_from_an_example_fits_it() -> None:
    example = found(-41_12, "POS DEBIT QUEST LABS 00417")
    rule = from_example(example)
    (row,) = judged([found(-99_00, "QUEST LABS 9911")], Known(rules=[rule]))
    assert row.why == "By your rule “POS DEBIT QUEST LABS 00417”."
    assert rule_words(rule) == "It fits where the payee has “quest labs”, and money goes out."


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("Employer Contribution", MoneySource.EMPLOYER),
        ("Employee payroll", MoneySource.PAYROLL),
        ("Interest for March", MoneySource.EARNINGS),
        ("Trustee transfer", MoneySource.ROLLOVER),
        ("Contribution", MoneySource.OWN),
    ],
)
def test_money_into_an_hsa_is_a_contribution_by_its_words(words: str, source: MoneySource) -> None:
    (row,) = judged([found(100_00, words, account="hsa")], Known(account_kinds=KINDS))
    assert (row.proposed.to_account_id, row.proposed.source) == (HSA, source)
    contributed = source not in (MoneySource.EARNINGS, MoneySource.ROLLOVER)
    assert (row.proposed.tax_year == 2026) is contributed


def test_both_sides_of_a_transfer_become_one_payment() -> None:
    rows = judged(
        [found(-250_00, "TRANSFER TO HSA"), found(250_00, "Contribution", account="hsa", id="H1")],
        Known(account_kinds=KINDS),
    )
    assert [row.take for row in rows] == [True, False]
    assert (rows[0].proposed.account_id, rows[0].proposed.to_account_id) == (CHECKING, HSA)
    assert rows[0].proposed.pair == 1


def test_an_open_bill_of_just_this_amount_is_paid_by_it() -> None:
    known = Known(bills=[OpenBill(id=3, payee="Quest Labs", due=41_12, person_id=2, category_id=6)])
    first, second = judged([found(-41_12), found(-41_12, on=DAY + timedelta(days=20))], known)
    assert (first.proposed.bill_id, first.proposed.category_id) == (3, 6)
    assert second.proposed.bill_id is None


def test_money_back_is_tied_to_the_expense_it_repays() -> None:
    known = Known(owed=[OwedBack(payment_id=8, payee="Quest Labs", amount=25_00)])
    (row,) = judged([found(25_00, "QUEST LABS REFUND")], known)
    assert row.proposed.repays_id == 8


ROWS = st.lists(
    st.builds(
        found,
        st.integers(-9_000, 9_000),
        st.sampled_from(["Quest Labs", "QUEST LABS 12", "Bayview Hospital", ""]),
        on=st.dates(DAY - timedelta(days=6), DAY + timedelta(days=6)),
        id=st.sampled_from(["", "A1", "A2", "A3"]),
    ),
    max_size=12,
)
PAYMENTS = st.lists(
    st.builds(
        there,
        st.integers(1, 10_000),
        st.integers(-9_000, 9_000),
        st.sampled_from(["Quest Labs", "Bayview Hospital", ""]),
        on=st.dates(DAY - timedelta(days=6), DAY + timedelta(days=6)),
        bank_id=st.sampled_from(["", "A1", "A2"]),
    ),
    max_size=8,
    unique_by=lambda item: item.id,
)


@given(ROWS, PAYMENTS)
def test_every_row_is_shown_and_no_payment_stands_for_two(
    rows: list[FoundMoney], payments: list[KnownPayment]
) -> None:
    decided = judged(rows, Known(payments=payments))
    assert [row.place for row in decided] == list(range(len(rows)))
    likely = [row.against for row in decided if row.state is RowState.LIKELY]
    assert len(likely) == len(set(likely))
    assert not any(row.take for row in decided if row.state is not RowState.NEW)


@given(ROWS)
def test_taking_a_file_twice_brings_nothing_new(rows: list[FoundMoney]) -> None:
    taken = [row for row in judged(rows) if row.state is RowState.NEW]
    known = [
        there(n + 1, row.found.amount, row.found.payee, on=row.found.on, bank_id=row.found.id)
        for n, row in enumerate(taken)
    ]
    again = judged(rows, Known(payments=known))
    assert not any(row.state is RowState.NEW and row.take for row in again)


def test_a_payment_of_just_what_an_eob_asks_is_of_its_person_and_line() -> None:
    known = Known(
        payees=[Payee(name="Quest Labs")],
        shares=[CareShare("Quest Labs", 41_12, 7, 3), CareShare("Bayview Hospital", 50_00, 8, 4)],
    )
    mine, other, refund = judged([found(-41_12), found(-50_00), found(41_12)], known)
    assert (mine.proposed.person_id, mine.proposed.category_id) == (7, 3)
    assert (other.proposed.person_id, other.proposed.category_id) == (None, None)
    assert refund.proposed.category_id is None


def test_rows_of_a_file_that_was_imported_before_are_known_and_not_asked_for() -> None:
    known = Known(payments=[there(5, -41_12), there(6, -9_00, on=DAY - timedelta(days=2))], again={0})
    same, near = judged([found(-41_12), found(-9_00)], known)
    assert (same.state, same.against, same.take) == (RowState.KNOWN, 5, False)
    assert near.state is RowState.LIKELY  # not the row's own day: it was changed since, or is another


def test_what_was_left_out_of_a_file_is_not_proposed_when_it_comes_again() -> None:
    known = Known(payees=[Payee(name="Quest Labs")], again={0})
    (row,) = judged([found(-41_12)], known)
    assert (row.state, row.take) == (RowState.NEW, False)
    assert "left out" in row.why


def test_thousands_of_names_on_both_sides_are_judged_soon() -> None:
    known = Known(payees=[Payee(name=f"{_word(n)} Clinic") for n in range(2_000)])
    rows = [found(-10_00, f"{_word(n + 1_000)} PHARMACY {n}") for n in range(4_000)]
    assert len(judged(rows, known)) == 4_000


def _word(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number * 7919:08d}"[::-1])
