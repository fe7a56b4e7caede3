"""Every OFX file of the public collections gives the rows its project states, or its reason."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from tests.imports.bank_samples import BANK, needs_bank_files, whys
from tracker.imports.found import FoundFile
from tracker.imports.ofx import read_ofx

pytestmark = needs_bank_files

TAKEN = {
    "actualbudget/8859-1.qfx": (1, -2000, 0, "CAD"),
    "actualbudget/html-vals.qfx": (2, -200, 0, "CAD"),
    "banking-js/sample-with-end-tags.ofx": (11, -261413, 0, "USD"),
    "banking-js/sample.ofx": (11, -261413, 0, "USD"),
    "beancount-import/ofx/amex.ofx": (3, -19075, 0, "USD"),
    "beancount-import/ofx/anzcc.ofx": (1, -550, 0, "AUD"),
    "beancount-import/ofx/bank_medium.ofx": (3, -34527, 0, "CAD"),
    "beancount-import/ofx/checking-emptyledgerbal.ofx": (3, -5950, 0, "USD"),
    "beancount-import/ofx/checking.ofx": (3, -5950, 0, "USD"),
    "beancount-import/ofx/checking2.ofx": (13, -38864, 0, "USD"),
    "beancount-import/ofx/fidelity-savings.ofx": (4, -177840, 3, "USD"),
    "beancount-import/ofx/fidelity.ofx": (3, -57, 15, "USD"),
    "beancount-import/ofx/fidelity_treasury.ofx": (1, 111100, 3, "USD"),
    "beancount-import/ofx/investment_buy_sell_income.ofx": (1, -849, 21, "USD"),
    "beancount-import/ofx/suncorp.ofx": (1, -1685, 0, "AUD"),
    "beangulp/beangulp/file_type_testdata/example.ofx": (17, -57732, 0, "USD"),
    "beangulp/beangulp/file_type_testdata/example.qbo": (23, -69181, 0, "CAD"),
    "beangulp/examples/Downloads/ofxdownload.ofx": (12, -35282, 0, "USD"),
    "beangulp/examples/documents/Liabilities/US/CreditCard/2013-12-03.bofa.ofx": (27, -98926, 0, "USD"),
    "beangulp/examples/tests/ofx/ofxdownload.ofx": (12, -35282, 0, "USD"),
    "csv2ofx/converted/amazon.ofx": (2, -1164, 0, "USD"),
    "csv2ofx/converted/default.ofx": (8, 46500000, 0, "USD"),
    "csv2ofx/converted/gls.ofx": (1, -9876, 0, "EUR"),
    "csv2ofx/converted/ingesp.ofx": (10, 35021, 0, "EUR"),
    "csv2ofx/converted/n26.ofx": (2, 0, 0, "EUR"),
    "csv2ofx/converted/outbank.ofx": (4, -3589, 0, "EUR"),
    "csv2ofx/converted/payoneer.ofx": (2, 2000, 0, "USD"),
    "csv2ofx/converted/pcmastercard.ofx": (2, -5031, 0, "CAD"),
    "csv2ofx/converted/schwab-checking-baltest-case1.ofx": (4, -21527, 0, "USD"),
    "csv2ofx/converted/schwab-checking-baltest-case2.ofx": (4, -21527, 0, "USD"),
    "csv2ofx/converted/schwab-checking-baltest-case3.ofx": (4, -21527, 0, "USD"),
    "csv2ofx/converted/schwab-checking-baltest-case4.ofx": (4, -21527, 0, "USD"),
    "csv2ofx/converted/schwab-checking-baltest-case5.ofx": (4, -21527, 0, "USD"),
    "csv2ofx/converted/schwab-checking-baltest-case6.ofx": (4, -21527, 0, "USD"),
    "csv2ofx/converted/schwab-checking-baltest-case7.ofx": (2, 0, 0, "USD"),
    "csv2ofx/converted/schwab-checking-msmoney.ofx": (4, -21527, 0, "USD"),
    "csv2ofx/converted/schwab-checking.ofx": (4, -21527, 0, "USD"),
    "csv2ofx/converted/stripe-all.ofx": (5, 11250, 0, "CAD"),
    "csv2ofx/converted/stripe-default.ofx": (5, 11250, 0, "CAD"),
    "csv2ofx/example/transaction_example.ofx": (1, -8000, 0, "USD"),
    "ledger-autosync/accented_characters_latin1.ofx": (1, -5873, 0, "USD"),
    "ledger-autosync/apostrophe.ofx": (1, -5873, 0, "USD"),
    "ledger-autosync/checking-payee-match.ofx": (1, -1, 0, "USD"),
    "ledger-autosync/checking.ofx": (3, -5950, 0, "USD"),
    "ledger-autosync/checking_order.ofx": (3, -5950, 0, "USD"),
    "ledger-autosync/comments.ofx": (2, 12345, 0, "USD"),
    "ledger-autosync/fidelity-one-dtsettle.ofx": (3, -57, 15, "USD"),
    "ledger-autosync/fidelity.ofx": (3, -57, 15, "USD"),
    "ledger-autosync/fidelity_fee.ofx": (3, -57, 3, "USD"),
    "ledger-autosync/no-institution.ofx": (3, -5950, 0, "USD"),
    "libofx/example-listing1.xml": (2, 20995, 0, "CAD"),
    "libofx/example-listing2.xml": (2, 20995, 0, "CAD"),
    "libofx/ofx-2.1.1-sect-13.12.ofx": (1, 100000, 3, "USD"),
    "libofx/ofx-2.1.1-sect-16.5.3.2.ofx": (3, 24700, 0, "USD"),
    "libofx/ofx-2.1.1-sect-16.5.4.2.ofx": (1, -8032, 0, "USD"),
    "libofx/ofx_spec160_stmtrs_example.sgml": (2, -50000, 0, "USD"),
    "libofx/ofx_spec201_stmtrs_example.xml": (2, -50000, 0, "USD"),
    "ofx4j/nanoxml/example-response.ofx": (1, 15000, 0, "USD"),
    "ofx4j/pag-seguro.ofx": (3, 11900, 1, "BRL"),
    "ofxparse/anzcc.ofx": (1, -550, 0, "AUD"),
    "ofxparse/bank_medium.ofx": (3, -34527, 0, "CAD"),
    "ofxparse/checking.ofx": (3, -5950, 0, "USD"),
    "ofxparse/fail_nice/empty_balance.ofx": (1, 12000, 0, "CAD"),
    "ofxparse/fidelity-savings.ofx": (4, -177840, 3, "USD"),
    "ofxparse/fidelity.ofx": (3, -57, 15, "USD"),
    "ofxparse/investment_medium.ofx": (3, -395, 0, "USD"),
    "ofxparse/ofx-v102-empty-tags.ofx": (1, 1234, 0, "AUD"),
    "ofxparse/suncorp.ofx": (1, -1685, 0, "AUD"),
    "ofxtools/br_nubank_cc.ofx": (6, -128091, 0, "BRL"),
    "ofxtools/invstmtrs.ofx": (1, 100000, 3, "USD"),
    "ofxtools/stmtrs.ofx": (2, -50000, 0, "USD"),
    "ofxtools/stmtrs_euro.ofx": (2, -50000, 0, "USD"),
}  # fmt: skip
"""Rows and cents whatever the currency, problems beside them, and the currency of the rows.

Two other readers, ofxparse 0.21 and ofxtools 1.1.1, give the same rows where they read a file at all,
but for one name that they leave half escaped.
"""

CASH = "Only cash that moved in or out of the account is taken."
HOLDINGS = "Only cash is taken."
EMPTY = "There are no transactions in it."
NOTHING = "There is no statement in it."
PROFILE = "It describes what the bank\u2019s server offers"
SIGNED_ON = "It only says that signing on worked"
REFUSED = "The bank refused to sign on"
LISTING = "It is a list of "
TRANSFER = "It confirms a transfer of "

NOT_TAKEN = {
    "beancount-import/ofx/fidelity-ira.ofx": (10, CASH),
    "beancount-import/ofx/investment_401k.ofx": (4, CASH),
    "beancount-import/ofx/multiple_accounts.ofx": (1, EMPTY),
    "beancount-import/ofx/td_ameritrade.ofx": (1, HOLDINGS),
    "beancount-import/ofx/vanguard.ofx": (2, CASH),
    "beancount-import/ofx/vanguard401k.ofx": (7, CASH),
    "beancount-import/ofx/vanguard_roth_ira.ofx": (2, CASH),
    "beancount-import/ofx/vanguard_xfer_in.ofx": (2, CASH),
    "beangulp/beangulp/file_type_testdata/example.qfx": (19, CASH),
    "csv2ofx/converted/default_w_splits.ofx": (8, TRANSFER),
    "csv2ofx/converted/mint.ofx": (4, TRANSFER),
    "csv2ofx/example/transfer_example.ofx": (1, TRANSFER),
    "ledger-autosync/cusip.ofx": (3, CASH),
    "ledger-autosync/income.ofx": (1, CASH),
    "ledger-autosync/investment_401k.ofx": (4, CASH),
    "libofx/another-example.xml": (2, CASH),
    "libofx/downcast.ofx": (1, EMPTY),
    "libofx/failing-ofx-file1.xml": (1, "It is not an OFX file"),
    "libofx/failing-ofx-file2.xml": (1, NOTHING),
    "libofx/heap-buffer-overflow-1.ofx": (1, EMPTY),
    "libofx/heap-buffer-overflow-2.ofx": (1, NOTHING),
    "libofx/null-ptr-deref-1.ofx": (2, "It ends before its last tag."),
    "libofx/null-ptr-deref-2.ofx": (1, NOTHING),
    "libofx/ofx-2.1.1-sect-13.13.ofx": (3, CASH),
    "libofx/ofx-2.1.1-sect-16.5.6.2.ofx": (2, CASH),
    "libofx/ofx-2.1.1-sect-16.5.6.5.ofx": (2, CASH),
    "libofx/ofx-2.1.1-sect-8.5.5.ofx": (1, LISTING + "1 account,"),
    "libofx/use-after-free.ofx": (1, "It is an OFC file"),
    "ofx4j/bank-of-america-profile.ofx": (1, PROFILE),
    "ofx4j/fremont-bank-profile.ofx": (1, REFUSED),
    "ofx4j/mercantile-brokerage-services-profile.ofx": (1, PROFILE),
    "ofx4j/nanoxml/closing-tags.ofx": (1, SIGNED_ON),
    "ofx4j/nanoxml/example-response2.ofx": (1, PROFILE),
    "ofx4j/nanoxml/simple.ofx": (1, SIGNED_ON),
    "ofx4j/nanoxml/whitespace-example.ofx": (1, NOTHING),
    "ofx4j/wells-fargo-investments-profile.ofx": (1, PROFILE),
    "ofxparse/account_listing_aggregation.ofx": (1, LISTING + "4 accounts,"),
    "ofxparse/bank_small.ofx": (1, NOTHING),
    "ofxparse/error_message.ofx": (1, "\u201cGeneral Server Error\u201d (code 2000)"),
    "ofxparse/fail_nice/date_missing.ofx": (3, "It has no date."),
    "ofxparse/fail_nice/decimal_error.ofx": (1, "Its amount is in CAD."),
    "ofxparse/investment_401k.ofx": (4, CASH),
    "ofxparse/multiple_accounts.ofx": (1, EMPTY),
    "ofxparse/multiple_accounts2.ofx": (1, EMPTY),
    "ofxparse/signon_fail.ofx": (1, "your password was incorrect\u201d (code 15500)"),
    "ofxparse/signon_success.ofx": (1, SIGNED_ON),
    "ofxparse/signon_success_no_message.ofx": (1, SIGNED_ON),
    "ofxparse/td_ameritrade.ofx": (1, HOLDINGS),
    "ofxparse/tiaacref.ofx": (2, CASH),
    "ofxparse/vanguard.ofx": (2, CASH),
    "ofxparse/vanguard401k.ofx": (6, CASH),
    "ofxtools/profrs.ofx": (1, "\u201cSignon invalid\u201d (code 15500)"),
}
"""How many problems a file without money gives, and what the first of them says."""


def read(path: str, *, any_currency: bool = False) -> FoundFile:
    return read_ofx((BANK / path).read_bytes(), Path(path).name, any_currency=any_currency)


def test_every_file_is_in_one_table() -> None:
    endings = (".ofx", ".qfx", ".qbo", ".xml", ".sgml")
    there = {str(path.relative_to(BANK)) for path in BANK.rglob("*") if path.suffix.lower() in endings}
    assert there == TAKEN.keys() | NOT_TAKEN.keys()
    assert not TAKEN.keys() & NOT_TAKEN.keys()


@pytest.mark.parametrize("path", TAKEN)
def test_rows_and_totals(path: str) -> None:
    rows, cents, problems, currency = TAKEN[path]
    found = read(path, any_currency=True)
    assert (len(found.money), sum(money.amount for money in found.money)) == (rows, cents)
    assert len(found.problems) == problems
    assert found.accounts
    plain = read(path)
    if currency == "USD":
        assert (plain.money, plain.problems) == (found.money, found.problems)
        return
    assert plain.money == ()
    assert sum(f"Its amount is in {currency}." in why for why in whys(plain)) == rows


@pytest.mark.parametrize("path", TAKEN)
def test_rows_and_totals_are_those_a_plain_search_finds(path: str) -> None:
    text = re.sub(r"<!--.*?-->", "", (BANK / path).read_bytes().decode("latin-1"), flags=re.DOTALL)
    stated = re.findall(r"<STMTTRN>.*?<TRNAMT>\s*([-+.,\d]+)", text, re.DOTALL)
    whole = [
        Decimal(one.replace(",", ".")).quantize(Decimal("0.01"), ROUND_HALF_UP) * 100 for one in stated
    ]
    assert sorted(map(int, whole)) == sorted(money.amount for money in read(path, any_currency=True).money)


@pytest.mark.parametrize("path", NOT_TAKEN)
def test_what_is_not_taken_has_a_reason(path: str) -> None:
    problems, says = NOT_TAKEN[path]
    found = read(path)
    assert found.is_empty
    assert len(found.problems) == problems
    assert says in whys(found)[0]


_SOURCE = re.compile(r'"filename": "<testdata>/([^"]+)"')
_RESULTS = sorted(BANK.glob("beancount-import/ofx/test_*/import_results.beancount"))
GOLDEN = [path for path in _RESULTS if _SOURCE.search(path.read_text())]
_ENTRY = re.compile(
    r'"amount": "(-?[\d.]+) [A-Z]+",\n;\s+"date": "([\d-]+)",\n(?:;(?!\s+\]).*\n)*?;\s+"ofx_type": "(\w+)"'
)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.parent.name)
def test_the_days_and_amounts_beancount_import_made_of_them(golden: Path) -> None:
    text = golden.read_text()
    source = _SOURCE.search(text)
    assert source
    expected = {
        (day, int(Decimal(amount) * 100))
        for amount, day, sort in _ENTRY.findall(text)
        if sort in ("STMTTRN", "INVBANKTRAN")
    }
    found = read(f"beancount-import/ofx/{source[1]}", any_currency=True)
    for day, cents in expected:  # theirs are rounded to even
        assert any(money.on.isoformat() == day and abs(money.amount - cents) <= 1 for money in found.money)


def test_the_golden_results_are_read_at_all() -> None:
    entries = [sort for golden in GOLDEN for _, _, sort in _ENTRY.findall(golden.read_text())]
    assert sum(sort in ("STMTTRN", "INVBANKTRAN") for sort in entries) >= 30


def test_what_beangulp_made_of_a_card() -> None:
    text = (BANK / "beangulp/examples/tests/ofx/ofxdownload.ofx.beancount").read_text()
    expected = re.findall(r'^([\d-]+) \* "(.*)"\n\s+\S+\s+(-?[\d.]+) USD', text, re.MULTILINE)
    found = read("beangulp/examples/tests/ofx/ofxdownload.ofx")
    assert len(expected) == 12
    assert [
        (money.on.isoformat(), f"{money.payee} / {money.memo}", money.amount) for money in found.money
    ] == [(day, name, int(Decimal(amount) * 100)) for day, name, amount in expected]


def test_end_tags_make_no_difference() -> None:
    assert read("banking-js/sample.ofx").money == read("banking-js/sample-with-end-tags.ofx").money


def test_names_and_balances_that_the_projects_state() -> None:
    medium = read("ofxparse/bank_medium.ofx", any_currency=True)
    assert (medium.money[0].payee, medium.money[0].kind, medium.money[0].amount) == (
        "MCDONALD'S #112",
        "POS",
        -660,
    )
    assert (medium.accounts[0].id, medium.accounts[0].balance) == ("12300 000012345678", 38234)
    sun = read("ofxparse/suncorp.ofx", any_currency=True).money[0]
    assert sun.payee == "EFTPOS WDL HANDYWAY ALDI STORE"
    assert sun.memo == "EFTPOS WDL HANDYWAY ALDI STORE   GEELONG WEST VICAU"
    savings = read("ofxparse/fidelity-savings.ofx").money
    assert [(money.id[-1], money.on.isoformat()) for money in savings[:2]] == [
        ("1", "2012-07-20"),
        ("2", "2012-07-27"),
    ]
    fidelity = read("ofxparse/fidelity.ofx")
    assert fidelity.accounts[0].balance == 1807398
    assert whys(fidelity)[-1].startswith("Left out: 6 holdings")
    two = read("ofxparse/multiple_accounts2.ofx").accounts
    assert [(account.id, account.kind, account.balance) for account in two] == [
        ("9100", "CHECKING", 11100),
        ("9200", "SAVINGS", 22200),
    ]


def test_accents_and_entities_of_real_files() -> None:
    assert (
        read("actualbudget/8859-1.qfx", any_currency=True).money[0].payee
        == "Paiement facture/Carte pr\u00e9pay\u00e9e"
    )
    escaped = read("actualbudget/html-vals.qfx", any_currency=True).money
    assert escaped[0].memo == "PREAUTHORIZED DEBIT;B.C. HYDRO & POWER AUTHORITY;Electronic Funds Transfer"
    assert escaped[1].payee == "TPAY <DEFTPYMT>"
    assert read("ledger-autosync/apostrophe.ofx").money[0].payee == "TRADER JOE'S #541 QPS"
    accents = read("ledger-autosync/accented_characters_latin1.ofx").money[0]
    assert accents.payee == "Virement Interac \u00e0: Jean"
    assert read("ofx4j/nanoxml/example-response.ofx").money[0].memo == "Transfer from checking &<> etc."
