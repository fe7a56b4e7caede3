"""Every QIF file of the public collections gives the rows its project states, or its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.imports.bank_samples import BANK, needs_bank_files, whys
from tracker.imports.found import FoundFile
from tracker.imports.ofx import read_ofx
from tracker.imports.qif import read_qif

pytestmark = needs_bank_files

TAKEN = {
    "csv2ofx/converted/creditunion.qif": (8, 46500000, 0),
    "csv2ofx/converted/default.qif": (8, 46500000, 0),
    "csv2ofx/converted/default_w_splits.qif": (8, 46500000, 0),
    "csv2ofx/converted/mint.qif": (4, -300000, 0),
    "csv2ofx/converted/mint_alt.qif": (2, -50000, 0),
    "csv2ofx/converted/mint_extra.qif": (3, -50000, 0),
    "csv2ofx/converted/stripe-all.qif": (5, 11250, 0),
    "csv2ofx/converted/stripe-default.qif": (5, 11250, 0),
    "csv2ofx/converted/ubs-ch-fr.qif": (3, 3000, 0),
    "csv2ofx/converted/xero.qif": (5, -23300000, 0),
    "csv2ofx/example/investment_example.qif": (0, 0, 2),
    "gnucash/Money95bank_fr.qif": (142, 306004, 1),
    "gnucash/Money95invst_fr.qif": (9, 1900000, 1),
    "gnucash/Money95mfunds_fr.qif": (0, 0, 3),
    "gnucash/Money95stocks_fr.qif": (0, 0, 28),
    "gnucash/abc-all.qif": (10, 355400, 0),
    "gnucash/abc.qif": (7, 171100, 0),
    "gnucash/bogus.qif": (8, 174500, 0),
    "gnucash/cbb-export.qif": (9, -50759, 0),
    "gnucash/every.qif": (0, 0, 164),
    "gnucash/ms-money.qif": (346, -270464, 1),
    "gnucash/quicktest.qif": (0, 0, 47),
    "gnucash/swipe.qif": (0, 0, 11),
    "gnucash/web.qif": (7, -49995, 0),
    "qifparse/file.qif": (3, -2350, 2),
    "qifparse/transactions_only.qif": (3, -2350, 0),
}
"""Rows, cents and problems. The problems are entries of investment accounts and opening balances."""


def read(path: str) -> FoundFile:
    return read_qif((BANK / path).read_bytes(), Path(path).name)


def test_every_file_is_in_the_table() -> None:
    assert {str(path.relative_to(BANK)) for path in BANK.rglob("*.qif")} == TAKEN.keys()


@pytest.mark.parametrize("path", TAKEN)
def test_rows_and_totals(path: str) -> None:
    rows, cents, problems = TAKEN[path]
    found = read(path)
    assert (len(found.money), sum(money.amount for money in found.money)) == (rows, cents)
    assert len(found.problems) == problems
    expected = ("It is an entry of an investment account", "It is the balance the account began with")
    assert all(why.startswith(expected) for why in whys(found))


@pytest.mark.parametrize("path", TAKEN)
def test_no_transaction_is_passed_over(path: str) -> None:
    """Each is money or a problem: counted by a search for dates in the sections that have any."""
    text = (BANK / path).read_bytes().decode("latin-1")
    dated = 0
    for section in re.split(r"(?m)^!", text):
        if re.match(r"Type:(Bank|Cash|CCard|Oth|Invst)", section):
            dated += len(re.findall(r"(?m)^D\d", section))
    found = read(path)
    assert len(found.money) + len(found.problems) == dated


@pytest.mark.parametrize("name", ["default", "stripe-all", "stripe-default"])
def test_the_same_statement_in_qif_and_ofx(name: str) -> None:
    qif = read(f"csv2ofx/converted/{name}.qif").money
    data = (BANK / f"csv2ofx/converted/{name}.ofx").read_bytes()
    ofx = read_ofx(data, name, any_currency=True).money
    assert sorted((one.on, one.amount, one.payee) for one in qif) == sorted(
        (one.on, one.amount, one.payee) for one in ofx
    )


def test_accounts_splits_and_dates_of_real_files() -> None:
    swiss = read("csv2ofx/converted/ubs-ch-fr.qif")
    assert [money.on.isoformat() for money in swiss.money] == ["2019-03-31", "2019-02-28", "2019-04-27"]
    assert swiss.accounts[0].id == "0123 45678901.23A"
    split = read("qifparse/transactions_only.qif").money[2]
    assert (split.on.isoformat(), split.amount, split.category) == (
        "2013-10-11",
        -4800,
        "[My Cc]; food:lunch",
    )
    books = read("gnucash/cbb-export.qif").money[1]
    assert (books.category, books.memo) == (
        "Textbooks; Household",
        "VISA - September; Fall 1997 - Huntley; Wal-Mart",
    )
    assert read("gnucash/web.qif").money[0].on.isoformat() == "1999-03-25"
    french = read("gnucash/Money95bank_fr.qif")
    assert french.accounts[0].id == "Compte courant"
    assert french.money[0].category == "Loisirs:Canal Plus-C\u00e2ble"
    assert read("gnucash/abc-all.qif").layout == (
        "QIF, month first, 2 classes left out, 75 categories left out, 2 memorized payments left out"
    )
    assert len(read("gnucash/every.qif").accounts) >= 16
