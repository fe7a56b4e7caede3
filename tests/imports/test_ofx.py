"""OFX statements: every careless way to write one, and everything that is not taken."""

from __future__ import annotations

from datetime import date

import pytest

from tests.imports.bank_samples import HEADER, ROW, XML, ofx, row, statement, whys
from tracker.imports.found import Format, FoundAccount, FoundFile
from tracker.imports.ofx import read_ofx


def read(data: bytes) -> FoundFile:
    return read_ofx(data, "card.qfx")


def test_a_statement_gives_its_rows_and_its_account() -> None:
    balance = "<LEDGERBAL><BALAMT>1,100.25<DTASOF>20260331</LEDGERBAL><AVAILBAL><BALAMT>5</AVAILBAL>"
    found = read(ofx(statement(row(NAME="CITY PHARMACY", MEMO="REFILL", CHECKNUM="101"), more=balance)))
    (money,) = found.money
    assert (money.id, money.on, money.amount) == ("A1", date(2026, 3, 1), -1250)
    assert (money.payee, money.memo, money.kind) == ("CITY PHARMACY", "REFILL", "DEBIT")
    assert (money.check_number, money.account, money.where) == ("101", "111", "row 1")
    assert found.accounts == (
        FoundAccount(
            id="111",
            kind="CHECKING",
            institution="CITYBANK",
            currency="USD",
            balance=110025,
            balance_on=date(2026, 3, 31),
        ),
    )
    assert (found.format, found.layout, found.problems) == (Format.OFX, "OFX 1.0.2", ())


CLOSED = (
    ROW.replace("DEBIT", "DEBIT</TRNTYPE>")
    .replace("20260301", "20260301</DTPOSTED>")
    .replace("-12.50", "-12.50</TRNAMT>")
    .replace("A1", "A1</FITID>")
    .replace("PHARMACY", "PHARMACY</NAME>")
    .replace("REFILL", "REFILL</MEMO>")
)
WHOLE = ofx().decode()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(ofx(statement(CLOSED)), id="end tags"),
        pytest.param(ofx(statement(CLOSED), header=XML), id="xml"),
        pytest.param(ofx(header=""), id="no header"),
        pytest.param(ofx(header=" ".join(HEADER.split()) + " "), id="one line"),
        pytest.param(ofx(header="\r\n\r\n\n" + HEADER), id="blank lines first"),
        pytest.param(WHOLE.replace("<", "\r\n  <").encode(), id="indented, CRLF"),
        pytest.param(WHOLE.replace("<", "\r<").encode(), id="CR"),
        pytest.param(WHOLE.replace("<STMT", "\r\n<STMT").replace("<DT", "\n\r<DT").encode(), id="mixed"),
        pytest.param(WHOLE.encode("utf-16"), id="utf-16"),
        pytest.param(WHOLE.encode("utf-16-le"), id="utf-16 without a mark"),
        pytest.param(WHOLE.encode("utf-8-sig"), id="utf-8 with a mark"),
        pytest.param(WHOLE.replace("</STMTTRN>", "").encode(), id="a row never ends"),
        pytest.param(WHOLE.replace("</BANKTRANLIST>", "").encode(), id="a list never ends"),
        pytest.param(WHOLE.replace("</STMTRS></STMTTRNRS></BANKMSGSRSV1>", "").encode(), id="nothing ends"),
        pytest.param(WHOLE.lower().replace("-12.50", "-12.50").encode(), id="small letters"),
        pytest.param(WHOLE.replace("<NAME>", "<CHECKNUM><NAME>").encode(), id="an empty field"),
        pytest.param(WHOLE.replace("<NAME>", "<CHECKNUM/><NAME>").encode(), id="an empty tag of XML"),
        pytest.param(
            WHOLE.replace("<NAME>", "<INTU.X></INTU.X><NAME>").encode(), id="an unknown empty field"
        ),
        pytest.param(WHOLE.replace("<NAME>", "<INTU.X>\n<NAME>").encode(), id="an unknown open field"),
        pytest.param(WHOLE.replace("<NAME>", "<X.Y><Z>1</X.Y><NAME>").encode(), id="an unknown group"),
        pytest.param(WHOLE.replace("<FITID>", "<!-- x <STMTTRN> --><FITID>").encode(), id="a comment"),
        pytest.param(WHOLE.replace("CITY PHARMACY", "<![CDATA[CITY PHARMACY]]>").encode(), id="cdata"),
        pytest.param(
            WHOLE.replace("<OFX>", '<OFX xmlns="http://ofx.net/types">').encode(), id="attributes"
        ),
        pytest.param(WHOLE.replace("<CURDEF>USD", "<CURDEF></CURDEF>").encode(), id="no currency"),
        pytest.param(WHOLE.replace("<CURDEF>USD", "<CURDEF>usd ").encode(), id="currency in small letters"),
    ],
)
def test_the_same_statement_however_it_is_written(data: bytes) -> None:
    found = read(data)
    assert [(one.on, one.amount, one.account) for one in found.money] == [(date(2026, 3, 1), -1250, "111")]
    assert found.money[0].id.upper() == "A1"
    assert found.money[0].payee.upper() == "CITY PHARMACY"
    assert found.problems == ()


def test_tags_out_of_order_are_understood() -> None:
    body = (
        f"<STMTTRNRS><STMTRS><LEDGERBAL><DTASOF>20260331<BALAMT>7</LEDGERBAL><BANKTRANLIST>{ROW}</BANKTRANLIST>"
        "<BANKACCTFROM><ACCTTYPE>SAVINGS<ACCTID>333</BANKACCTFROM><CURDEF>EUR</STMTRS></STMTTRNRS>"
    )
    found = read(ofx(body))
    assert [account.id for account in found.accounts] == ["333"]
    assert whys(found) == ["Its amount is in EUR. Only US dollars can be taken."]


@pytest.mark.parametrize(
    ("written", "payee"),
    [
        ("AT&T &amp; CO", "AT&T & CO"),
        ("TRADER JOE&apos;S &#39;A&#x27;", "TRADER JOE'S 'A'"),
        ("TPAY &amp;lt;DEFT&amp;gt;", "TPAY <DEFT>"),
        ("CAF&Eacute;&nbsp;ZO&Euml;", "CAFÉ ZOË"),
        ("PETS&REGAL &copy", "PETS&REGAL &copy"),
        ("A <b>bold</b> move", "A <b>bold</b> move"),
        ("5 < 6 > 4", "5 < 6 > 4"),
        ("TWO\n   LINES", "TWO    LINES"),
        ("ZERO &#0; WIDTH", "ZERO \ufffd WIDTH"),
        ("\u05d1\u05d9\u05ea \U0001f3e5", "\u05d1\u05d9\u05ea \U0001f3e5"),
    ],
)
def test_names_say_what_was_meant(written: str, payee: str) -> None:
    assert read(ofx(statement(row(NAME=written)))).money[0].payee == payee


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        (HEADER, "utf-8"),
        (HEADER, "cp1252"),
        (HEADER.replace("1252", "8859-1"), "latin-1"),
        (HEADER.replace("1252", "NONE"), "cp1252"),
        (HEADER.replace("USASCII", "UTF-8").replace("1252", "CSUNICODE"), "utf-8"),
        (HEADER.replace("USASCII", "UNICODE"), "utf-16"),
        (HEADER.replace("1252", "1250"), "cp1250"),
        (HEADER.replace("1252", "no-such"), "cp1252"),
        (HEADER.replace("USASCII", "hex"), "utf-8"),
        (XML, "utf-8"),
        (XML.replace("UTF-8", "ISO-8859-1"), "latin-1"),
        (XML.replace("UTF-8", "USASCII"), "utf-8"),
        ("", "cp1252"),
    ],
)
def test_accents_survive_a_wrong_or_missing_declaration(header: str, encoding: str) -> None:
    data = ofx(statement(row(NAME="Café Zoë")), header=header).decode().encode(encoding)
    assert read(data).money[0].payee == "Café Zoë"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("20260301", date(2026, 3, 1)),
        ("202603012359", date(2026, 3, 1)),
        ("20260301235959", date(2026, 3, 1)),
        ("20260301120000.000[-5:EST]", date(2026, 3, 1)),
        ("20260301000000 [0:GMT]", date(2026, 3, 1)),
        ("20260301230000[-8:PST]", date(2026, 3, 1)),
        ("2026030100000000[-5:EST]", date(2026, 3, 1)),
        ("2026-03-01T12:00:00", date(2026, 3, 1)),
    ],
)
def test_the_day_is_the_one_the_bank_wrote(written: str, day: date) -> None:
    assert read(ofx(statement(row(DTPOSTED=written)))).money[0].on == day


TWICE = "It has two amounts, dates or numbers: the end of a row is missing in the file."


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"DTPOSTED": ""}, "It has no date."),
        ({"DTPOSTED": "20260230"}, "\u201c20260230\u201d is not a day of the calendar."),
        ({"DTPOSTED": "18991231"}, "\u201c18991231\u201d is not between 1900 and 2100."),
        ({"DTPOSTED": "21010101"}, "\u201c21010101\u201d is not between 1900 and 2100."),
        ({"DTPOSTED": "01/03/2026"}, "\u201c01/03/2026\u201d is not a date."),
        ({"DTPOSTED": "2026030"}, "\u201c2026030\u201d is not a date."),
        ({"TRNAMT": ""}, "It has no amount."),
        ({"TRNAMT": "12,34,5"}, "\u201c12,34,5\u201d is not an amount."),
        ({"TRNAMT": "99999999999"}, "Its amount is more than $9,999,999,999.99."),
        ({"TRNAMT": "1<TRNAMT>2"}, TWICE),
        ({"CURRENCY": "<CURSYM>CAD</CURRENCY>"}, "Its amount is in CAD. Only US dollars can be taken."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_costs_only_that_row(fields: dict[str, str], why: str) -> None:
    found = read(ofx(statement(row(FITID="A0") + row(**fields) + row(FITID="A2"))))
    assert [money.id for money in found.money] == ["A0", "A2"]
    assert [(problem.where, problem.why) for problem in found.problems] == [("row 2", why)]


def test_a_row_without_the_banks_number_is_taken() -> None:
    found = read(ofx(statement(row(FITID=""))))
    assert [(money.id, money.amount) for money in found.money] == [("", -1250)]
    assert found.problems == ()


def test_parts_of_a_cent_are_rounded_and_said() -> None:
    found = read(ofx(statement(row(TRNAMT="115.8351") + row(TRNAMT="-0.005"))))
    assert [money.amount for money in found.money] == [11584, -1]
    assert whys(found) == [
        "115.8351 has parts of a cent. It was taken as 115.84.",
        "-0.005 has parts of a cent. It was taken as -0.01.",
    ]


def test_one_comma_decimal_settles_the_others() -> None:
    found = read(ofx(statement(row(TRNAMT="-200,00") + row(TRNAMT="1.234"))))
    assert [money.amount for money in found.money] == [-20000, 123400]


def test_another_currency_is_refused_row_by_row_and_what_the_bank_converted_is_taken() -> None:
    paris = row(ORIGCURRENCY="<CURRATE>1.1<CURSYM>EUR</ORIGCURRENCY>", FITID="P")
    found = read(ofx(statement(ROW + ROW, currency="EUR", account="1"), statement(paris, account="2")))
    assert [money.id for money in found.money] == ["P"]
    assert whys(found) == ["Its amount is in EUR. Only US dollars can be taken."] * 2
    data = ofx(statement(ROW, currency="EUR"))
    assert len(read_ofx(data, "x", any_currency=True).money) == 1


def test_a_payee_block_and_a_long_name() -> None:
    rows = row(PAYEE="<NAME>DR. LEE<ADDR1>1 ELM</PAYEE>") + row(
        NAME="CITY PHARM", EXTDNAME="CITY PHARMACY 12"
    )
    assert [money.payee for money in read(ofx(statement(rows))).money] == ["DR. LEE", "CITY PHARMACY 12"]


def test_accounts_that_share_a_number_are_told_apart() -> None:
    savings = statement(row(FITID="S"), account="7").replace("CHECKING", "SAVINGS")
    found = read(ofx(statement(account="7"), savings, statement(row(FITID="O"), account="8")))
    assert [account.id for account in found.accounts] == ["7 CHECKING", "7 SAVINGS", "8"]
    assert [money.account for money in found.money] == ["7 CHECKING", "7 SAVINGS", "8"]


def test_two_statements_of_one_account_give_its_latest_balance() -> None:
    early, late = (
        statement(more=f"<LEDGERBAL><BALAMT>{amount}<DTASOF>{day}</LEDGERBAL>")
        for amount, day in (("1", "20260301"), ("2", "20260401"))
    )
    (account,) = read(ofx(late, early)).accounts
    assert (account.balance, account.balance_on) == (200, date(2026, 4, 1))


@pytest.mark.parametrize(
    ("more", "balance", "problems"),
    [
        ("<LEDGERBAL><BALAMT><DTASOF></LEDGERBAL>", None, 0),
        ("<LEDGERBAL><BALAMT/><DTASOF/></LEDGERBAL>", None, 0),
        ("<LEDGERBAL><BALAMT>zwei</LEDGERBAL>", None, 1),
        ("<AVAILBAL><BALAMT>5.00<DTASOF>20260301</AVAILBAL>", 500, 0),
        ("<LEDGERBAL><BALAMT>1.234,56<DTASOF>20260301", 123456, 0),
    ],
)
def test_balances(more: str, balance: int | None, problems: int) -> None:
    found = read(ofx(statement(more=more)))
    assert (found.accounts[0].balance, len(found.problems), len(found.money)) == (balance, problems, 1)


def test_what_a_card_still_lends_is_not_its_balance() -> None:
    card = statement(more="<AVAILBAL><BALAMT>5000</AVAILBAL>").replace("STMTRS>", "CCSTMTRS>")
    card = card.replace("BANKACCTFROM", "CCACCTFROM").replace("<ACCTTYPE>CHECKING", "")
    (account,) = read(ofx(card)).accounts
    assert (account.id, account.kind, account.balance) == ("111", "CREDITCARD", None)


INVESTMENT = """<INVSTMTTRNRS><INVSTMTRS><DTASOF>20260331<CURDEF>USD
<INVACCTFROM><BROKERID>fund.com<ACCTID>HSA1</INVACCTFROM><INVTRANLIST>
<BUYMF><INVBUY><INVTRAN><FITID>1<DTTRADE>20260302</INVTRAN><TOTAL>-120.00</INVBUY></BUYMF>
<INVBANKTRAN><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260303<TRNAMT>-40<FITID>2<NAME>DR. LEE</STMTTRN>
<SUBACCTFUND>CASH</INVBANKTRAN>
<INCOME><INVTRAN><FITID>3<DTTRADE>20260304</INVTRAN><INCOMETYPE>DIV<TOTAL>1.05</INCOME>
<ODDITY><FITID>4</ODDITY></INVTRANLIST>
<INVPOSLIST><POSMF><INVPOS><UNITS>2</INVPOS></POSMF><POSMF><INVPOS><UNITS>3</INVPOS></POSMF></INVPOSLIST>
<INVBAL><AVAILCASH>370.87<MARGINBALANCE>0</INVBAL><INVOOLIST><OOBUYMF><OO>1</OO></OOBUYMF></INVOOLIST>
</INVSTMTRS></INVSTMTTRNRS>"""


def test_an_investment_account_gives_its_cash_and_says_what_it_leaves_out() -> None:
    found = read(ofx(INVESTMENT))
    assert [(money.amount, money.payee, money.where) for money in found.money] == [
        (-4000, "DR. LEE", "row 2")
    ]
    assert [(account.id, account.kind, account.balance) for account in found.accounts] == [
        ("HSA1", "INVESTMENT", 37087)
    ]
    cash = "Only cash that moved in or out of the account is taken."
    assert [(problem.where, problem.why) for problem in found.problems] == [
        ("row 1", f"It is a purchase of investments, -$120.00 on Mar 2, 2026. {cash}"),
        ("row 3", f"It is income that stayed in the investment account, $1.05 on Mar 4, 2026. {cash}"),
        ("row 4", f"It is an investment entry (ODDITY). {cash}"),
        ("", "Left out: 2 holdings of account HSA1. Only cash is taken."),
        ("", "Left out: 1 open order of account HSA1. Nothing has moved yet."),
    ]


def test_pending_rows_and_transfers_wait_for_the_statement() -> None:
    pending = "<BANKTRANLISTP><STMTTRNP><DTTRAN>20260330<TRNAMT>-5<NAME>X</STMTTRNP></BANKTRANLISTP>"
    transfer = (
        "<INTRATRNRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><INTRARS><CURDEF>USD<XFERINFO><BANKACCTFROM><ACCTID>5"
        "</BANKACCTFROM><TRNAMT>200.00</XFERINFO><DTPOSTED>20260329</INTRARS></INTRATRNRS>"
    )
    found = read(ofx(statement(more=pending), transfer))
    assert [money.id for money in found.money] == ["A1"]
    assert [account.id for account in found.accounts] == ["111"]
    assert whys(found) == [
        "It is still pending. It can be taken once the bank has posted it.",
        "It confirms a transfer of $200.00 on Mar 29, 2026, which the statements of its accounts show too. "
        "It was left out so that it is not counted twice.",
    ]


@pytest.mark.parametrize(
    ("fields", "taken", "said"),
    [
        ({"CORRECTFITID": "A1", "CORRECTACTION": "REPLACE"}, ["A2"], ["The bank replaced it in row 2."]),
        ({"CORRECTFITID": "A1", "CORRECTACTION": "DELETE"}, [],
         ["The bank deleted it in row 2.", "It deletes row 1, which was left out."]),
        ({"CORRECTFITID": "A2", "CORRECTACTION": "REPLACE"}, ["A1", "A2"], []),
        ({"CORRECTFITID": "B9", "CORRECTACTION": "REPLACE"}, ["A1"],
         ["It corrects the bank\u2019s transaction B9, which is not in this file. "
          "It is now -$12.50 on Mar 1, 2026."]),
        ({"CORRECTFITID": "B9", "CORRECTACTION": "DELETE"}, ["A1"],
         ["The bank deletes its transaction B9, which is not in this file. "
          "Delete it here if you have it."]),
    ],
)  # fmt: skip
def test_corrections(fields: dict[str, str], taken: list[str], said: list[str]) -> None:
    found = read(ofx(statement(row() + row(FITID="A2", **fields))))
    assert [money.id for money in found.money] == taken
    assert whys(found) == said


def test_a_correction_only_reaches_its_own_account() -> None:
    other = statement(row(FITID="A2", CORRECTFITID="A1", CORRECTACTION="DELETE"), account="2")
    found = read(ofx(statement(account="1"), other))
    assert [money.id for money in found.money] == ["A1"]
