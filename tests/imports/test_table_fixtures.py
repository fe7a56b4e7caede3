"""Every table among the fixtures: read with its counts and totals, or refused with a reason.

`TAKEN` gives payments, their total in dollars and problems; the golden files of the other programs are
compared payment by payment in test_table_golden.py. `REFUSED` gives problems and the first reason.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imports.table_kit import BANK, tables
from tracker.imports.table_reading import read_any_table
from tracker.money import plain

VALUES = "It lists what investments are worth, not money that moved. Choose the file of transactions."
LOTS = (
    "It lists when investments were bought and what they are worth, not money that moved. "
    "Choose the file of transactions."
)
NO_DATES = "No column holds the dates of payments."
NO_ROWS = "There are headings but no rows under them."
OTHER_MONEY = "The amount is in {}; this ledger keeps US dollars only."

# fmt: off
TAKEN = {
    "beancount-import/generic_importer/csv/generic_statement.csv": (6, "800.00", 0),
    "beancount-import/healthequity/data/1234567/cash-transactions-contribution.csv": (2, "2400.00", 0),
    "beancount-import/healthequity/data/1234567/cash-transactions-other.csv": (5, "-1900.00", 0),
    "beancount-import/mint/mint.csv": (3, "-2.45", 0),
    "beancount-import/schwab_csv/test_basic/transactions/Brokerage_Transactions_20201115-180021.CSV":
        (16, "26865.96", 6),
    "beancount-import/schwab_csv/test_basic/transactions/EAC_Checking_Transactions_20201223-160009.CSV":
        (12, "22481.17", 2),
    "beancount-import/schwab_csv/test_basic/transactions/Intelligent_Transactions_20201115-180120.CSV":
        (22, "-5295.96", 4),
    "beancount-import/schwab_csv/test_lots/transactions/Intelligent_Transactions_20201115-180120.CSV":
        (8, "-1097.10", 4),
    "beancount-import/venmo/transactions.csv": (11, "-927.08", 0),
    "beangulp/beangulp/file_type_testdata/example.csv": (4, "0.00", 3),
    "beangulp/examples/Downloads/UTrade20160215.csv": (12, "3588.95", 0),
    "beangulp/examples/documents/Assets/US/UTrade/2014-07-13.utrade.UTrade20140713.csv":
        (14, "-26636.25", 0),
    "beangulp/examples/documents/Assets/US/UTrade/2014-10-01.utrade.UTrade20141001.csv":
        (6, "-2477.95", 0),
    "beangulp/examples/documents/Assets/US/UTrade/2014-12-14.utrade.UTrade20141214.csv":
        (9, "3347.87", 0),
    "beangulp/examples/documents/Assets/US/UTrade/2015-02-25.utrade.UTrade20150225.csv":
        (14, "-2003.60", 0),
    "beangulp/examples/documents/Assets/US/UTrade/2015-05-05.utrade.UTrade20150505.csv":
        (11, "-524.09", 0),
    "beangulp/examples/documents/Assets/US/UTrade/2015-07-20.utrade.UTrade20150720.csv":
        (12, "112.06", 0),
    "beangulp/examples/documents/Assets/US/UTrade/2015-09-24.utrade.UTrade20150924.csv":
        (9, "-6435.26", 0),
    "beangulp/examples/documents/Assets/US/UTrade/2015-12-07.utrade.UTrade20151207.csv":
        (7, "3528.18", 0),
    "beangulp/examples/tests/csvbank/statement.csv": (6, "-1490.16", 0),
    "beangulp/examples/tests/utrade/UTrade20140713.csv": (14, "-26636.25", 0),
    "beangulp/examples/tests/utrade/UTrade20150225.csv": (14, "-2003.60", 0),
    "beangulp/examples/tests/utrade/UTrade20150720.csv": (12, "112.06", 0),
    "csv2ofx/test/amazon.csv": (3, "-45.76", 4),
    "csv2ofx/test/capitalone.csv": (2, "0.00", 0),
    "csv2ofx/test/creditunion.csv": (8, "465000.00", 0),
    "csv2ofx/test/default.csv": (8, "465000.00", 0),
    "csv2ofx/test/ingesp.csv": (10, "350.21", 0),
    "csv2ofx/test/mint.csv": (4, "-3000.00", 0),
    "csv2ofx/test/mint_extra.csv": (4, "-3000.00", 1),
    "csv2ofx/test/mint_headerless.csv": (4, "-3000.00", 0),
    "csv2ofx/test/payoneer.csv": (2, "20.00", 0),
    "csv2ofx/test/pcmastercard.csv": (2, "-50.31", 0),
    "csv2ofx/test/schwab-checking-baltest-case1.csv": (4, "-215.27", 0),
    "csv2ofx/test/schwab-checking-baltest-case2.csv": (4, "-215.27", 0),
    "csv2ofx/test/schwab-checking-baltest-case3.csv": (4, "-215.27", 0),
    "csv2ofx/test/schwab-checking-baltest-case4.csv": (4, "-215.27", 0),
    "csv2ofx/test/schwab-checking-baltest-case5.csv": (4, "-215.27", 0),
    "csv2ofx/test/schwab-checking-baltest-case6.csv": (4, "-215.27", 0),
    "csv2ofx/test/schwab-checking-baltest-case7.csv": (2, "0.00", 0),
    "csv2ofx/test/schwab-checking.csv": (4, "-215.27", 0),
    "csv2ofx/test/xero.csv": (13, "0.00", 0),
    "gnucash/sample1.csv": (1, "-1100.00", 0),
    "hledger/examples/csv/apps/monefy.csv": (8, "5892.80", 0),
    "hledger/examples/csv/other/paypal-custom.csv": (7, "9.41", 0),
    "hledger/examples/csv/other/stripe.csv": (2, "11.23", 0),
    "hledger/examples/csv/sample.csv": (2, "0.00", 0),
    "hledger/examples/csv/sample.tsv": (2, "0.00", 0),
    "hledger/examples/sample.csv": (3, "20.00", 0),
    "hledger/examples/sample.fr.cp1252.csv": (3, "20.00", 0),
    "hledger/examples/sample.fr.iso88591.csv": (3, "20.00", 0),
    "hledger/examples/sample.fr.utf8.csv": (3, "20.00", 0),
    "hledger/examples/sample.journal.csv": (11, "0.00", 0),
    "hledger/hledger/test/data/t.iso8859-1.csv": (1, "1.00", 0),
    "hledger/hledger/test/errors/csvamountonenonzero.csv": (3, "3.00", 2),
    "kmymoney/SampleBankAccount.csv": (4, "-865.27", 0),
    "ledger-autosync/amazon.csv": (1, "-21.90", 0),
    "ledger-autosync/amazon2.csv": (1, "-9.99", 0),
    "ledger-autosync/mint.csv": (2, "93.46", 0),
    "ledger-autosync/paypal.csv": (2, "1100.00", 0),
    "ledger-autosync/paypal_alternate.csv": (2, "0.00", 0),
    "ledger-autosync/venmo.csv": (4, "76.01", 5),
    "reckon/data_fixtures/51-sample.csv": (8, "79.25", 0),
    "reckon/data_fixtures/73-sample.csv": (1, "27.00", 0),
    "reckon/data_fixtures/85-date-example.csv": (2, "-13.77", 0),
    "reckon/data_fixtures/broker_canada_example.csv": (2, "105.40", 10),
    "reckon/data_fixtures/chase.csv": (9, "6922.11", 0),
    "reckon/data_fixtures/danish_kroner_nordea_example.csv": (6, "-4732.00", 0),
    "reckon/data_fixtures/english_date_example.csv": (3, "-548.51", 0),
    "reckon/data_fixtures/extratofake.csv": (23, "905.00", 0),
    "reckon/data_fixtures/french_example.csv": (9, "-337.44", 0),
    "reckon/data_fixtures/german_date_example.csv": (3, "-548.51", 0),
    "reckon/data_fixtures/harder_date_example.csv": (5, "-123.12", 0),
    "reckon/data_fixtures/ing.csv": (3, "-18.63", 0),
    "reckon/data_fixtures/intuit_mint_example.csv": (7, "-688.96", 0),
    "reckon/data_fixtures/inversed_credit_card.csv": (16, "187.01", 0),
    "reckon/data_fixtures/multi-line-field.csv": (1, "-21.59", 1),
    "reckon/data_fixtures/some_other.csv": (9, "6954.57", 0),
    "reckon/data_fixtures/spanish_date_example.csv": (3, "-548.51", 0),
    "reckon/data_fixtures/suntrust.csv": (7, "700.00", 0),
    "reckon/data_fixtures/test_money_column.csv": (2, "40.00", 0),
    "reckon/data_fixtures/two_money_columns.csv": (5, "-548.51", 0),
    "reckon/data_fixtures/yyyymmdd_date_example.csv": (1, "-123.45", 0),
    "reckon/integration/another_bank_example/input.csv": (9, "6954.57", 0),
    "reckon/integration/ask_for_account/input.csv": (9, "6954.57", 0),
    "reckon/integration/bom_utf8_file/input.csv": (1, "-7.49", 0),
    "reckon/integration/broker_canada_example/input.csv": (2, "105.40", 10),
    "reckon/integration/chase/input.csv": (9, "6922.11", 0),
    "reckon/integration/danish_kroner_nordea_example/input.csv": (6, "-4732.00", 0),
    "reckon/integration/english_date_example/input.csv": (3, "-548.51", 0),
    "reckon/integration/extratofake/input.csv": (23, "905.00", 0),
    "reckon/integration/french_example/input.csv": (9, "-337.44", 0),
    "reckon/integration/german_date_example/input.csv": (3, "-548.51", 0),
    "reckon/integration/harder_date_example/input.csv": (5, "-123.12", 0),
    "reckon/integration/ing/input.csv": (3, "-18.63", 0),
    "reckon/integration/intuit_mint_example/input.csv": (7, "-688.96", 0),
    "reckon/integration/inversed_credit_card/input.csv": (16, "187.01", 0),
    "reckon/integration/ledger_date_format/input.csv": (3, "-548.51", 0),
    "reckon/integration/regression/issue_51_account_tokens/input.csv": (8, "79.25", 0),
    "reckon/integration/regression/issue_64_date_column/input.csv": (2, "40.00", 0),
    "reckon/integration/regression/issue_73_account_token_matching/input.csv": (1, "27.00", 0),
    "reckon/integration/regression/issue_85_date_example/input.csv": (2, "-13.77", 0),
    "reckon/integration/spanish_date_example/input.csv": (3, "-548.51", 0),
    "reckon/integration/suntrust/input.csv": (7, "700.00", 0),
    "reckon/integration/test_money_column/input.csv": (2, "40.00", 0),
    "reckon/integration/two_money_columns/input.csv": (5, "-548.51", 0),
    "reckon/integration/two_money_columns_manual/input.csv": (4, "-600.00", 0),
    "reckon/integration/unattended_config/input.csv": (9, "6922.11", 0),
    "reckon/integration/yyyymmdd_date_example/input.csv": (1, "-123.45", 0),
}

REFUSED = {
    "beancount-import/healthequity/data/1234567/2016-08-26T152440-0700.balances.csv":
        (1,
         "It lists what investments are worth, not money that moved. Choose the file "
         "of cash transactions."),
    "beancount-import/healthequity/data/1234567/2016-08-27T200554-0700.balances.csv":
        (1,
         "It lists what investments are worth, not money that moved. Choose the file "
         "of cash transactions."),
    "beancount-import/healthequity/data/1234567/cash-transactions-distribution.csv": (1, NO_ROWS),
    "beancount-import/healthequity/data/1234567/investment-transactions.csv":
        (1,
         "It lists shares bought and sold inside the HSA. The same money is in the "
         "file of cash transactions; choose that."),
    "beancount-import/schwab_csv/test_basic/positions/All-Accounts-Positions-2020-11-15.CSV": (1, VALUES),
    "beancount-import/schwab_csv/test_basic/positions/Intelligent-Positions-2020-11-30.CSV": (1, VALUES),
    "beancount-import/schwab_csv/test_basic/transactions/Brokerage_Transactions_20201130-180000.CSV":
        (1, NO_ROWS),
    "beancount-import/schwab_csv/test_lots/positions/Intelligent-Positions-2020-08-25.CSV": (1, VALUES),
    "beancount-import/schwab_csv/test_lots/positions/Intelligent-Positions-2020-09-25.CSV": (1, VALUES),
    "beancount-import/schwab_csv/test_lots/positions/Intelligent-Positions-2020-10-25.CSV": (1, VALUES),
    "beancount-import/schwab_csv/test_lots/positions/lots/2020-08-25/FNDA.csv": (1, LOTS),
    "beancount-import/schwab_csv/test_lots/positions/lots/2020-08-25/SCHA.csv": (1, LOTS),
    "beancount-import/schwab_csv/test_lots/positions/lots/2020-09-25/FNDA.csv": (1, LOTS),
    "beancount-import/schwab_csv/test_lots/positions/lots/2020-09-25/HYLB.csv": (1, LOTS),
    "beancount-import/schwab_csv/test_lots/positions/lots/2020-09-25/IAU.csv": (1, LOTS),
    "beancount-import/schwab_csv/test_lots/positions/lots/2020-09-25/SCHA.csv": (1, LOTS),
    "beancount-import/schwab_csv/test_lots/positions/lots/2020-10-25/HYLB.csv": (1, LOTS),
    "beancount-import/schwab_csv/test_lots/positions/lots/2020-10-25/IAU.csv": (1, LOTS),
    "beancount-import/schwab_csv/test_lots/positions/lots/2020-10-25/SCHA.csv": (1, LOTS),
    "beancount-import/venmo/balances.csv": (1, "No column holds the amounts of payments."),
    "csv2ofx/test/gls.csv": (1, OTHER_MONEY.format("EUR")),
    "csv2ofx/test/n26-fr.csv": (2, OTHER_MONEY.format("EUR")),
    "csv2ofx/test/outbank.csv": (4, OTHER_MONEY.format("EUR")),
    "csv2ofx/test/stripe-all.csv": (5, OTHER_MONEY.format("CAD")),
    "csv2ofx/test/stripe-default.csv": (5, OTHER_MONEY.format("CAD")),
    "csv2ofx/test/ubs-ch-fr_trimmed.csv": (3, OTHER_MONEY.format("CHF")),
    "gnucash/invoice.csv": (1, NO_DATES),
    "hledger/examples/csv/apps/ynab4-rtl.csv":
        (2, "“د.ا.‏4.750” is not in US dollars; this ledger keeps US dollars only."),
    "hledger/examples/csv/banking/csb43.csv": (2, OTHER_MONEY.format("EUR")),
    "hledger/examples/csv/ccexchanges/coinbase2.csv": (6, OTHER_MONEY.format("BTC")),
    "hledger/examples/csv/cctax/bittytax/_BittyTax-example.csv":
        (1, "It lists what investments are worth or were traded for, not money that moved."),
    "hledger/examples/csv/cctax/koinly/_Koinly Custom CSV - Advanced - Sheet1.csv":
        (3, OTHER_MONEY.format("BTC")),
    "hledger/examples/csv/cctax/rotki/_address_book_entries.csv": (1, NO_DATES),
    "hledger/examples/csv/cctax/rotki/_blockchain-accounts.csv": (1, NO_DATES),
    "hledger/examples/csv/cctax/rotki/_rotki_generic_events.csv": (1, NO_DATES),
    "hledger/examples/csv/cctax/rotki/_rotki_generic_trades.csv": (1, NO_DATES),
    "kmymoney/SampleIncFund.csv": (15, OTHER_MONEY.format("GBP")),
    "reckon/data_fixtures/austrian_example.csv": (13, OTHER_MONEY.format("EUR")),
    "reckon/data_fixtures/bom_utf8_file.csv": (1, NO_ROWS),
    "reckon/data_fixtures/invalid_header_example.csv": (2, OTHER_MONEY.format("EUR")),
    "reckon/data_fixtures/nationwide.csv":
        (4, "“£500.00” is not in US dollars; this ledger keeps US dollars only."),
    "reckon/data_fixtures/simple.csv": (1, NO_DATES),
    "reckon/integration/austrian_example/input.csv": (13, OTHER_MONEY.format("EUR")),
    "reckon/integration/invalid_header_example/input.csv": (2, OTHER_MONEY.format("EUR")),
    "reckon/integration/nationwide/input.csv":
        (4, "“£500.00” is not in US dollars; this ledger keeps US dollars only."),
    "reckon/integration/tab_delimited_file/input.csv": (2, OTHER_MONEY.format("EUR")),
}
# fmt: on


@pytest.mark.skipif(not BANK.is_dir(), reason="the fixtures of other programs are not here")
def test_every_table_among_the_fixtures_is_listed() -> None:
    found = {path.relative_to(BANK).as_posix() for path in tables()}
    assert found == set(TAKEN) | set(REFUSED)


@pytest.mark.parametrize("path", tables(), ids=lambda path: path.relative_to(BANK).as_posix())
def test_a_table_is_read_or_refused_as_listed(path: Path) -> None:
    name = path.relative_to(BANK).as_posix()
    found, table, _ = read_any_table(path.read_bytes(), path.name)
    if name in TAKEN:
        total = plain(sum(each.amount for each in found.money))
        assert (len(found.money), total, len(found.problems)) == TAKEN[name], found.problems
        # Nothing is left out in silence: every row is a payment or has its reason.
        assert len(found.money) + len(found.problems) >= len(table.rows)
    else:
        assert not found.money
        assert (len(found.problems), found.problems[0].why) == REFUSED[name]
    assert not found.eobs
