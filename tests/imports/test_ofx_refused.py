"""OFX files that hold no statement, break off, attack or are very large."""

from __future__ import annotations

import time

import pytest

from tests.imports.bank_samples import ROW, SIGN_ON, XML, ofx, row, statement, whys
from tracker.errors import Cancelled
from tracker.imports.found import FoundFile
from tracker.imports.ofx import read_ofx


def read(data: bytes) -> FoundFile:
    return read_ofx(data, "card.qfx")


FAILED = SIGN_ON.replace("<CODE>0<SEVERITY>INFO", "<CODE>15500<SEVERITY>ERROR<MESSAGE>Wrong password")
ERROR = "<STMTTRNRS><STATUS><CODE>2000<SEVERITY>ERROR<MESSAGE>Try later</STATUS></STMTTRNRS>"


@pytest.mark.parametrize(
    ("data", "begins"),
    [
        (b"", "It is not an OFX file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "It is not an OFX file"),
        (b"Date,Amount\n2026-03-01,5\n", "It is not an OFX file"),
        (b"<OFC><ACCTSTMT></ACCTSTMT></OFC>", "It is an OFC file"),
        (b"<OFX></OFX>", "There is no statement in it."),
        (ofx("", sign_on=FAILED), "The bank refused to sign on: \u201cWrong password\u201d (code 15500)."),
        (ofx(ERROR), "The bank sent an error instead of a statement: \u201cTry later\u201d (code 2000)."),
        (ofx("<X>1"), "It only says that signing on worked"),
        (ofx("<PROFTRNRS><PROFRS><MSGSETLIST><X>1"), "It describes what the bank\u2019s server offers"),
        (
            ofx("<ACCTINFOTRNRS><ACCTINFORS><ACCTINFO><DESC>A</ACCTINFO><ACCTINFO>"),
            "It is a list of 2 accounts",
        ),
        (b"<OFX><BANKMSGSRQV1><STMTTRNRQ></STMTTRNRQ></BANKMSGSRQV1></OFX>", "It is a request to a bank"),
    ],
)
def test_a_file_without_a_statement_says_what_it_is(data: bytes, begins: str) -> None:
    found = read(data)
    assert found.is_empty
    assert not found.accounts
    assert whys(found)[0].startswith(begins)


def test_one_account_can_fail_without_the_others() -> None:
    found = read(ofx(statement(), ERROR))
    assert len(found.money) == 1
    assert whys(found) == ["The bank sent an error for one account: \u201cTry later\u201d (code 2000)."]


def test_a_statement_without_rows_says_so() -> None:
    assert whys(read(ofx(statement("")))) == ["There are no transactions in it."]


@pytest.mark.parametrize("cut", [10, 24, 60, 82])
def test_a_file_that_breaks_off_does_not_give_half_a_row(cut: int) -> None:
    whole = ofx(statement(row() + row(FITID="A2", NAME="LAST")))
    place = whole.rindex(b"<STMTTRN>") + cut
    found = read(whole[:place])
    assert [money.id for money in found.money] == ["A1"]
    assert whys(found)[0] == "It ends before its last tag. It may have been cut off."
    assert whys(found)[-1] == "The file breaks off inside this row."


def test_an_amount_outside_every_row_is_said() -> None:
    found = read(ofx(statement("<TRNTYPE>DEBIT<DTPOSTED>20260301<TRNAMT>-5</STMTTRN>" + ROW)))
    assert len(found.money) == 1
    assert whys(found) == [
        "An amount stands outside every row, where the file is damaged. It was left out."
    ]


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "attack",
    [
        f'<!DOCTYPE OFX [<!ENTITY a0 "ha">{LAUGHS}]>',
        '<!DOCTYPE OFX [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE OFX SYSTEM "http://evil.example/ofx.dtd">',
        '<!doctype ofx [<!entity % p SYSTEM "http://evil.example/">%p;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_attacks_are_refused(attack: str, encoding: str) -> None:
    found = read((XML + attack + "<OFX>" + statement(row(NAME="&a9;&x;")) + "</OFX>").encode(encoding))
    assert found.is_empty
    assert whys(found)[0].startswith("It declares a document type or entities")


def test_an_unknown_entity_stays_text() -> None:
    assert read(ofx(statement(row(NAME="&a9; &xxe;")))).money[0].payee == "&a9; &xxe;"


@pytest.mark.parametrize(
    "body",
    [
        b"".join(b"<A%d>" % n for n in range(400_000)) + b"".join(b"</A%d>" % n for n in range(400_000)),
        b"<A>" * 500_000,
        b"<!--" * 500_000,
        b"<![CDATA[" * 300_000,
        b"<STMTTRN><NAME>" + b"&amp;" * 500_000,
        b"<" * 2_000_000,
        b"<A " * 500_000,
        b"<A" + b" " * 1_000_000 + b"b" * 1_000_000,
        b"<STMTTRN><TRNAMT>" + b"9" * 2_000_000,
        b"<STMTTRN><DTPOSTED>" + b"9" * 2_000_000,
    ],
    ids=[
        "deep",
        "opened",
        "comments",
        "cdata",
        "entities",
        "less",
        "attributes",
        "blanks",
        "amount",
        "date",
    ],
)
def test_hostile_files_end_quickly(body: bytes) -> None:
    begun = time.process_time()
    found = read(b"<OFX>" + body)
    assert found.is_empty
    assert found.problems
    assert time.process_time() - begun < 5


def test_fifty_thousand_rows() -> None:
    """11 MB; the time is a limit, not a measure: it takes about a second on a quiet machine."""
    memo = "POS PURCHASE CITY PHARMACY LOS ANGELES CA &amp; MORE " * 2
    rows = "".join(
        row(FITID=f"F{n}", TRNAMT=f"-{n % 900}.{n % 100:02}", NAME=f"PHARMACY {n}", MEMO=memo) + "\n"
        for n in range(50_000)
    )
    told: list[tuple[int, int]] = []
    data = ofx(statement(rows))
    begun = time.process_time()
    found = read_ofx(data, "x", progress=lambda done, total: told.append((done, total)))
    assert time.process_time() - begun < 5
    assert (len(found.money), found.problems) == (50_000, ())
    assert sum(money.amount for money in found.money) == -sum(
        n % 900 * 100 + n % 100 for n in range(50_000)
    )
    assert len(told) >= 50
    assert told == sorted(told)
    assert told[-1][0] <= told[-1][1]


@pytest.mark.parametrize("at", [1, 10, 60])
def test_reading_can_be_cancelled(at: int) -> None:
    calls = 0

    def progress(_done: int, _total: int) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise Cancelled

    data = ofx(statement(ROW * 60_000))
    with pytest.raises(Cancelled):
        read_ofx(data, "x", progress=progress)
