"""Insurers' tables of claims: the two known layouts, any other, and claim numbers that Excel spoiled."""

from __future__ import annotations

from datetime import date

import pytest

from tests.imports.table_kit import read, reasons, whole
from tracker.imports.table_fields import Holds

FIRST = (
    "Claim Number,Patient Name,Date Visited,Visited Provider,Claim Type,Claim Status,Payment Status,"
    "Date Processed,Amount Billed,Deductible,Your Plan,Plan Discount,Your Responsibility,"
    "Paid at Visit/Pharmacy,You Owe,"
    "Flagged To Watch,Marked as Paid\n"
)
SECOND = '"Claim Number","Patient Name","Service Date","Provider","Total Charges","My Responsibility"\n'


def test_the_first_layout_is_read_whole() -> None:
    found, _, mapping = whole(
        FIRST + '0012345678,ANN EXAMPLE,01/15/2026,"SMITH, JOHN MD",Medical,Processed,Paid,01/22/2026,'
        '"$1,250.00",$100.00,$500.00,($600.00),$150.00,$50.00,$100.00,No,No\n'
    )
    assert found.layout == "UnitedHealthcare claims"
    assert mapping.is_sure
    one = found.eobs[0]
    assert (one.id, one.patient, one.provider, one.kind) == (
        "0012345678",
        "ANN EXAMPLE",
        "SMITH, JOHN MD",
        "Medical",
    )
    assert (one.service_from, one.processed_on) == (date(2026, 1, 15), date(2026, 1, 22))
    assert (one.billed, one.allowed, one.plan_paid, one.deductible) == (125000, 65000, 50000, 10000)
    assert (one.you_owe, one.paid_by_you) == (15000, 5000)
    assert (one.status, one.outcome, one.where) == ("active", "Processed", "row 2")
    assert one.remarks == ("The allowed amount is what was billed less the plan discount.",)


def test_the_second_layout_is_read_whole() -> None:
    found, _, mapping = whole(SECOND + '"00123","Ann","3/4/2026","Dr X","1,000.00","200.00"\n')
    assert (found.layout, mapping.is_sure) == ("ExportClaims", True)
    one = found.eobs[0]
    assert (one.id, one.service_from, one.billed, one.you_owe) == ("00123", date(2026, 3, 4), 100000, 20000)
    assert one.allowed is None  # what a file does not say is not zero


def test_a_claim_in_process_is_a_status_and_no_decision() -> None:
    found = read(
        FIRST
        + "A77,Ann,11/02/2026,LAB,Medical,In Process,,,$85.00,$0.00,$0.00,$0.00,$0.00,$0.00,$0.00,No,No\n"
    )
    one = found.eobs[0]
    assert (one.status, one.outcome, one.billed) == ("in process", "In Process", 8500)
    assert (one.allowed, one.plan_paid, one.you_owe, one.deductible, one.processed_on) == (None,) * 5
    assert "not decided" in one.remarks[0]


def test_a_denied_claim_is_a_decision_that_allowed_nothing() -> None:
    found = read(
        FIRST
        + "A78,Ann,11/03/2026,LAB,Medical,Denied,,11/10/2026,$85.00,$0.00,$0.00,$0.00,$85.00,$0.00,$85.00\n"
    )
    one = found.eobs[0]
    assert (one.status, one.outcome, one.you_owe, one.allowed) == ("active", "Denied", 8500, None)


def test_a_cancelled_claim_is_known() -> None:
    assert (
        read(SECOND.rstrip() + ",Status\n1,Ann,3/14/2026,X,5.00,1.00,Voided\n").eobs[0].status
        == "cancelled"
    )


@pytest.mark.parametrize("number", ["1.23457E+11", "1.23E+11", "1,23E+11", "9E15", "1.00000000000000E+17"])
def test_a_claim_number_lost_in_excel_is_a_problem(number: str) -> None:
    found = read(
        SECOND
        + f'"{number}","Ann","3/14/2026","Dr X","10.00","2.00"\n"2","Ann","3/14/2026","X","1.00","1.00"\n'
    )
    assert [each.id for each in found.eobs] == ["2"]
    assert "was lost in Excel" in reasons(found)[0]
    assert "Download the file again" in reasons(found)[0]


def test_claim_numbers_stay_text() -> None:
    numbers = ["000123", "123456789012345678901234", "12E4X", "=SUM(A1)"]
    rows = "".join(f'"{number}","Ann","3/14/2026","X","1.00","1.00"\n' for number in numbers)
    assert [each.id for each in read(SECOND + rows).eobs] == numbers


def test_any_other_table_of_claims_goes_by_its_headings() -> None:
    found, _, mapping = whole(
        "Member,Dates of Service,Doctor,Billed Charges,Allowed,Plan Paid,Copay,Coinsurance,Deductible,"
        "Not Covered,Amount You Owe,Reason Codes,Network\n"
        'Ann,03/14/2026 - 03/16/2026,Dr X,1000.00,800,700,20,30,50,200,300,"CO-45, PR-1",In-Network\n'
    )
    assert mapping.holds is Holds.CLAIMS
    one = found.eobs[0]
    assert (one.service_from, one.service_to) == (date(2026, 3, 14), date(2026, 3, 16))
    assert (one.copay, one.coinsurance, one.deductible, one.not_covered, one.you_owe) == (
        2000,
        3000,
        5000,
        20000,
        30000,
    )
    assert (one.reasons, one.network) == (("CO-45", "PR-1"), "in")


def test_rows_of_one_claim_are_its_lines_and_a_repeated_row_is_taken_once() -> None:
    found = read(
        SECOND + '"A1","Ann","3/14/2026","X","10.00","2.00"\n"A1","Ann","3/15/2026","X","5.00","1.00"\n'
        '"A1","Ann","3/15/2026","X","5.00","1.00"\n"B2","Ann","3/15/2026","X","7.00","0.00"\n'
    )
    one, two = found.eobs
    assert (one.billed, one.you_owe, len(one.lines), two.id) == (1500, 300, 2, "B2")
    assert (one.service_from, one.service_to) == (date(2026, 3, 14), date(2026, 3, 15))
    assert reasons(found) == ["It is the same as row 3, so it was taken once."]


def test_versions_of_a_claim_stay_apart() -> None:
    head = SECOND.rstrip() + ',"Date Processed"\n'
    found = read(
        head + "A1,Ann,3/14/2026,X,10.00,2.00,3/20/2026\nA1,Ann,3/14/2026,X,10.00,5.00,4/20/2026\n"
    )
    assert [each.you_owe for each in found.eobs] == [200, 500]


def test_figures_that_do_not_add_up_are_kept_and_marked() -> None:
    head = SECOND.rstrip() + ",Allowed,Plan Paid\n"
    one = read(head + "A1,Ann,3/14/2026,X,10.00,2.00,8.00,5.00\n").eobs[0]
    assert (one.allowed, one.plan_paid, one.you_owe) == (800, 500, 200)
    assert any("do not add up" in remark for remark in one.remarks)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("A1,Ann,soon,X,10.00,2.00", "\u201csoon\u201d is not a date."),
        ("A1,Ann,3/14/2026,X,abc,2.00", "Billed: \u201cabc\u201d is not an amount."),
        ("A1,Ann,3/14/2026,X,\u20ac10.00,2.00", "Billed: \u201c\u20ac10.00\u201d is not in US dollars"),
        ("A1,Ann,3/14/2026,X,,", "It has no amounts."),
        (",Ann,,X,10.00,2.00", "It has neither a claim number nor a service date."),
        ("Total,,,,10.00,2.00", "It is a total"),
    ],
)
def test_a_claim_that_is_not_taken_says_why(row: str, why: str) -> None:
    found = read(SECOND + "Z9,Ann,3/15/2026,X,1.00,1.00\n" + row + "\n")
    assert [each.id for each in found.eobs] == ["Z9"]
    assert why in reasons(found)[0]


def test_empty_and_dashed_figures_are_unknown_and_not_zero() -> None:
    head = SECOND.rstrip() + ",Plan Paid,Copay\n"
    one = read(head + "A1,Ann,3/14/2026,X,10.00,2.00,--,N/A\n").eobs[0]
    assert (one.plan_paid, one.copay) == (None, None)
