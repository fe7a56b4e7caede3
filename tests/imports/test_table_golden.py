"""Tables read as the other programs read them: the same days and amounts as in their golden files.

Their answers are taken out of OFX, QIF, ledger and beancount text by a few patterns of this test's own, so
that nothing is compared with itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.imports.table_kit import BANK, amounts, read, reasons, whole
from tracker.imports.found import FoundFile
from tracker.imports.table_dates import DateOrder
from tracker.imports.table_fields import Field
from tracker.imports.table_mapping import Direction
from tracker.imports.table_reading import read_table
from tracker.money import Cents, parse_cents

pytestmark = pytest.mark.skipif(not BANK.is_dir(), reason="the fixtures of other programs are not here")

Moved = list[tuple[date, Cents]]

IN_ANY_ORDER = [f"schwab-checking-baltest-case{case}" for case in (1, 3, 4, 5, 6)]
SAME_IN_OFX = [
    "default", "payoneer", "pcmastercard", "schwab-checking", "schwab-checking-baltest-case2",
    "schwab-checking-baltest-case7", *IN_ANY_ORDER,
]  # fmt: skip
SAME_IN_QIF = ("creditunion", "default", "mint")
SAME_IN_LEDGER = (
    "another_bank_example", "bom_utf8_file", "danish_kroner_nordea_example", "english_date_example",
    "extratofake", "french_example", "german_date_example", "harder_date_example", "ing",
    "intuit_mint_example", "suntrust", "test_money_column", "two_money_columns",
    "two_money_columns_manual", "yyyymmdd_date_example", "regression/issue_51_account_tokens",
    "regression/issue_64_date_column", "regression/issue_73_account_token_matching",
    "regression/issue_85_date_example", "unattended_config",
)  # fmt: skip
DAY_FIRST_IN_LEDGER = ("spanish_date_example", "ledger_date_format")


def moved(found: FoundFile) -> Moved:
    return sorted((each.on, each.amount) for each in found.money)


def ofx(name: str) -> Moved:
    text = (BANK / "csv2ofx" / "converted" / f"{name}.ofx").read_text("utf-8")
    pairs = re.findall(r"<DTPOSTED>(\d{8}).*?<TRNAMT>(-?[\d.]+)", text, re.DOTALL)
    return sorted((datetime.strptime(day, "%Y%m%d").date(), parse_cents(amount)) for day, amount in pairs)  # noqa: DTZ007


def qif(name: str) -> Moved:
    text = (BANK / "csv2ofx" / "converted" / f"{name}.qif").read_text("utf-8")
    pairs = re.findall(r"^D(\S+)\n(?:[^T^].*\n)*T(\S+)$", text, re.MULTILINE)
    return sorted((datetime.strptime(day, "%m/%d/%Y").date(), parse_cents(amount)) for day, amount in pairs)  # noqa: DTZ007


def balance_of(name: str) -> Cents:
    text = (BANK / "csv2ofx" / "converted" / f"{name}.ofx").read_text("utf-8")
    found = re.search(r"<LEDGERBAL>.*?<BALAMT>(-?[\d.]+)", text, re.DOTALL)
    assert found
    return parse_cents(found[1])


def ledger(folder: Path) -> Moved:
    output = next(iter(sorted(folder.rglob("output.ledger"))))
    entries = []
    for entry in output.read_text("utf-8").split("\n\n"):
        day = re.match(r"\s*(\d{4})[-/](\d\d)[-/](\d\d)", entry) or re.match(
            r"\s*()(\d\d)/(\d\d)/(\d{4})", entry
        )
        amount = re.search(r"(?:Checking|Chequing|Account|Visa)\s+(-?)\s?[$\u20ac]?(-?[\d,]+\.\d\d)", entry)
        if day and amount:
            on = (
                date(int(day[1]), int(day[2]), int(day[3]))
                if day[1]
                else date(int(day[4]), int(day[3]), int(day[2]))
            )
            entries.append((on, parse_cents(amount[1] + amount[2])))
    return sorted(entries)


@pytest.mark.parametrize("name", SAME_IN_OFX)
def test_days_and_amounts_are_those_of_the_converted_ofx(name: str) -> None:
    found = read((BANK / "csv2ofx" / "test" / f"{name}.csv").read_bytes())
    assert moved(found) == ofx(name)


@pytest.mark.parametrize("name", SAME_IN_QIF)
def test_days_and_amounts_are_those_of_the_converted_qif(name: str) -> None:
    found = read((BANK / "csv2ofx" / "test" / f"{name}.csv").read_bytes())
    assert moved(found) == qif(name) != []


@pytest.mark.parametrize("name", IN_ANY_ORDER)
def test_the_balance_is_that_of_the_newest_row_whatever_the_order_of_rows(name: str) -> None:
    found = read((BANK / "csv2ofx" / "test" / f"{name}.csv").read_bytes())
    assert [account.balance for account in found.accounts] == [balance_of(name)]


def test_a_file_whose_golden_reads_some_days_the_wrong_way_round_has_its_amounts() -> None:
    found, _, mapping = whole((BANK / "csv2ofx" / "test" / "ingesp.csv").read_bytes())
    assert sorted(amounts(found)) == sorted(amount for _, amount in ofx("ingesp"))
    assert mapping.dates is DateOrder.DAY_FIRST  # 24/03/2022 proves it for 08/04/2022 too


def test_orders_are_money_out() -> None:
    found = read((BANK / "csv2ofx" / "test" / "amazon.csv").read_bytes())
    assert set(ofx("amazon")) < set(moved(found))  # it kept the orders of two cards only
    assert reasons(found)[:2] == ["\u201cpending\u201d is not a date."] * 2


def test_the_same_rows_without_headings_give_the_same_payments() -> None:
    named, bare = (
        read((BANK / "csv2ofx" / "test" / f"{name}.csv").read_bytes())
        for name in ("mint", "mint_headerless")
    )
    assert moved(named) == moved(bare)
    assert [each.payee for each in named.money] == [each.payee for each in bare.money]


@pytest.mark.parametrize("name", SAME_IN_LEDGER)
def test_days_and_amounts_are_those_of_the_ledger(name: str) -> None:
    folder = BANK / "reckon" / "integration" / name
    assert moved(read((folder / "input.csv").read_bytes())) == ledger(folder) != []


def test_the_newest_first_file_of_a_bank_is_the_same_in_its_simple_reading() -> None:
    folder = BANK / "reckon" / "integration" / "chase"
    assert moved(read((folder / "input.csv").read_bytes())) == ledger(folder / "simple")


@pytest.mark.parametrize("name", DAY_FIRST_IN_LEDGER)
def test_a_date_that_could_be_either_is_asked_about_and_can_be_turned(name: str) -> None:
    folder = BANK / "reckon" / "integration" / name
    _, table, mapping = whole((folder / "input.csv").read_bytes())
    assert any(guess.about == "dates" and not guess.sure for guess in mapping.guesses)
    turned = replace(mapping, dates=DateOrder.DAY_FIRST)
    assert moved(read_table(table, turned)) == ledger(folder) != []


def test_a_card_that_writes_spending_as_positive_is_turned_round() -> None:
    folder = BANK / "reckon" / "integration" / "inversed_credit_card"
    found, _, mapping = whole((folder / "input.csv").read_bytes())
    assert mapping.direction is Direction.REVERSED
    assert moved(found) == sorted((on, -amount) for on, amount in ledger(folder))


def test_only_the_dollars_of_a_broker_with_two_currencies_are_taken() -> None:
    folder = BANK / "reckon" / "integration" / "broker_canada_example"
    found = read((folder / "input.csv").read_bytes())
    assert moved(found) == [(date(2013, 6, 27), 6670), (date(2013, 7, 2), 3870)]
    assert set(moved(found)) < set(ledger(folder))


def test_a_bank_statement_is_that_of_its_beancount_file() -> None:
    folder = BANK / "beangulp" / "examples" / "tests" / "csvbank"
    text = (folder / "statement.csv.beancount").read_text("utf-8")
    golden = re.findall(r'^(\S+) \* "(.*)"\n.*?(-?[\d.]+) USD$', text, re.MULTILINE)
    found = read((folder / "statement.csv").read_bytes())
    assert moved(found) == sorted((date.fromisoformat(on), parse_cents(amount)) for on, _, amount in golden)
    assert {each.payee for each in found.money} == {" ".join(payee.split()) for _, payee, _ in golden}


def test_contributions_to_an_hsa_have_their_tax_year_and_source() -> None:
    folder = BANK / "beancount-import" / "healthequity" / "data" / "1234567"
    found = read(
        (folder / "cash-transactions-contribution.csv").read_bytes(), "cash-transactions-contribution.csv"
    )
    assert [(each.on, each.amount, each.tax_year, each.source, each.kind) for each in found.money] == [
        (date(2016, 1, 15), 80000, 2016, "Employer Contribution", "contribution"),
        (date(2016, 3, 11), 160000, 2015, "Employer Contribution", "contribution"),
    ]
    account = found.accounts[0]
    assert (account.institution, account.kind, account.balance) == ("HealthEquity", "hsa", 243676)
    assert found.layout == "HealthEquity HSA"


def test_who_was_paid_by_venmo_is_the_other_one() -> None:
    found = read((BANK / "beancount-import" / "venmo" / "transactions.csv").read_bytes())
    text = (BANK / "beancount-import" / "venmo" / "test_basic" / "import_results.beancount").read_text(
        "utf-8"
    )
    others = re.findall(r'venmo_paye[er]: "(.*?)"\n    venmo_payment_id: "(\d+)"', text)
    by_number = {each.id: each for each in found.money}
    compared = [
        (by_number[number].payee, name)
        for name, number in others
        if by_number[number].kind in ("Payment", "Charge")  # of a shop the golden names the buyer
    ]
    assert len(compared) == 7
    assert all(ours == theirs for ours, theirs in compared)


DEMANDING = {  # cases of hledger's csv.test by their number: payments, and problems, that are expected
    2: ([5000, -5000], 0), 8: ([5000, -5000], 0), 13: ([5000, -5000], 0), 18: ([100, 100000], 0),
    19: ([5000, 5000], 7), 23: ([5000], 0), 26: ([5000], 0), 51: ([], 1),
    50: ([2000, 3000, -4000, -5000, -6000], 0), 61: ([1023], 0), 63: ([10000], 0),
}  # fmt: skip


def case(number: int) -> str:
    text = (BANK / "hledger" / "hledger" / "test" / "csv.test").read_text("utf-8")
    after = text.split(f"# ** {number}. ", 1)[1]
    return after.split("\n<\n", 1)[1].split("RULES\n", 1)[0]


@pytest.mark.parametrize("number", DEMANDING)
def test_demanding_rows_of_hledger(number: int) -> None:
    wanted, problems = DEMANDING[number]
    found, table, mapping = whole(case(number))
    if mapping.direction is Direction.TWO_COLUMNS and not table.has_headings:
        # Without headings money out is taken to come first; these samples have money in first.
        turn = {Field.MONEY_IN: Field.MONEY_OUT, Field.MONEY_OUT: Field.MONEY_IN}
        columns = tuple(each and turn.get(each, each) for each in mapping.columns)
        found = read_table(table, replace(mapping, columns=columns))
    assert sorted(amounts(found)) == sorted(wanted)
    assert len(found.problems) == problems


def test_the_three_encodings_of_one_file_say_the_same() -> None:
    def words(encodings: Iterable[str]) -> list[list[str]]:
        names = (f"sample.fr.{encoding}.csv" for encoding in encodings)
        files = (read((BANK / "hledger" / "examples" / name).read_bytes()) for name in names)
        return [[each.payee for each in found.money] for found in files]

    utf, windows, latin = words(("utf8", "cp1252", "iso88591"))
    assert utf == windows
    assert utf[:2] == ["D\u00c9P\u00d4T", "VIREMENT VERS \u00c9PARGNE"] == latin[:2]
