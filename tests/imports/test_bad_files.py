"""Bad input through the whole way in, with the real readers: a reason for each, and soon."""

from __future__ import annotations

import io
import json
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from tests.imports import file_kit
from tracker.imports.found import FoundFile
from tracker.imports.read_files import read_files

STATEMENT = (
    "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nENCODING:USASCII\r\nCHARSET:1252\r\n\r\n"
    "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>2"
    "<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260102"
    "<TRNAMT>-12.50<FITID>7<NAME>Caf\u00e9 Lab</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS>"
    "</BANKMSGSRSV1></OFX>"
)
ROWS = "Date,Amount,Payee\r\n2026-01-02,-12.50,Caf\u00e9 Lab\r\n2026-01-03,-1.00,Clinic\r\n"


def read(folder: Path, name: str, data: bytes) -> tuple[FoundFile, ...]:
    """What is found, which always comes soon and never as a fault of the program."""
    path = folder / name
    path.write_bytes(data)
    begun = time.perf_counter()
    found = read_files([path])
    assert time.perf_counter() - begun < 10
    for file in found:
        assert not file.is_empty or file.problems
        assert not any("its own fault" in problem.why for problem in file.problems)
    return found


def large_workbook() -> bytes:
    """A sheet that unpacks to two hundred megabytes of blanks."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(200):
                sheet.write(b" " * 1_000_000)
    return made.getvalue()


def real_workbook() -> bytes:
    from openpyxl import Workbook

    book, made = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (["Date", "Amount", "Payee"], ["2026-01-02", -12.5, "Lab"], ["2026-01-03", -1, "Clinic"]):
        sheet.append(row)
    book.save(made)
    return made.getvalue()


NESTED = '{"resourceType": "ExplanationOfBenefit", "item": ' + "[" * 100_000 + "]" * 100_000 + "}"
EMPTY_NAME = file_kit.zipped({"x": b"Date,Amount\n"}).replace(b"x", b"\x00")
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE OFX [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    '<?OFX OFXHEADER="200"?><OFX><BANKMSGSRSV1><NAME>&c;&f;</NAME></BANKMSGSRSV1></OFX>'
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.csv", b""),
        ("empty.ofx", b""),
        ("blank.qif", b"\r\n\r\n"),
        ("zeros.ofx", bytes(100_000)),
        ("noise.csv", bytes(range(256)) * 400),
        ("noise.qfx", b"<OFX>" + bytes(range(256)) * 400),
        ("error.csv", file_kit.PAGE),
        ("deep.json", NESTED.encode()),
        ("deeper.json", b'{"resourceType":' * 100_000),
        ("cut.json", b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Expl'),
        ("entities.ofx", LAUGHS.encode()),
        ("unclosed.ofx", b"<OFX>" * 50_000),
        ("cut.xlsx", real_workbook()[:-200]),
        ("half.xlsx", real_workbook()[:3000]),
        ("bomb.xlsx", large_workbook()),
        ("hollow.xlsx", file_kit.workbook()),
        ("locked.xlsx", file_kit.encrypted(real_workbook())),
        ("cut.zip", file_kit.zipped({"a.csv": ROWS.encode()})[:-30]),
        ("nameless.zip", EMPTY_NAME),
        ("one.csv", b"a" * 1_000_000),
        ("quote.csv", b'Date,Amount\n"2026-01-02,5\n' * 20_000),
        ("wide.csv", b"," * 1_000_000),
        ("mark.csv", b"\xff\xfe"),
        ("odd.csv", b"\xff\xfeD\x00a\x00t\x00e\x00,\x00x"),
    ],
)
def test_nothing_is_taken_and_the_reason_is_told(name: str, data: bytes, tmp_path: Path) -> None:
    (found,) = read(tmp_path, name, data)
    assert found.is_empty
    assert all(len(problem.why) < 400 for problem in found.problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(("name", "text"), [("a.qfx", STATEMENT), ("a.csv", ROWS)])
def test_every_encoding_is_read(name: str, text: str, encoding: str, tmp_path: Path) -> None:
    (found,) = read(tmp_path, name, text.encode(encoding))
    assert found.money[0].amount == -12_50
    assert found.money[0].payee == "Caf\u00e9 Lab"


def test_a_workbook_that_lies_about_its_size_stays_small(tmp_path: Path) -> None:
    parts = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": bytes(60_000_000)}
    data = bytearray(file_kit.zipped(parts))
    struct.pack_into("<I", data, data.rfind(b"PK\x01\x02") + 24, 10)
    tracemalloc.start()
    (found,) = read(tmp_path, "a.xlsx", bytes(data))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.is_empty
    assert most < 10_000_000


def test_a_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    for name, data in (("a.csv", STATEMENT.encode()), ("b.xls", ROWS.encode()), ("c.csv", real_workbook())):
        (found,) = read(tmp_path, name, data)
        assert found.money[0].amount == -12_50, name


def test_a_zip_of_everything(tmp_path: Path) -> None:
    inner = file_kit.zipped({"a.csv": ROWS.encode()})
    members = {
        "card.qfx": STATEMENT.encode(),
        "hsa.csv": ROWS.encode(),
        "hsa.xlsx": real_workbook(),
        "error.csv": file_kit.PAGE,
        "again.zip": inner,
        "../../up.csv": ROWS.encode(),
        "bomb.csv": bytes(3_000_000),
    }
    found = {file.name: file for file in read(tmp_path, "year.zip", file_kit.zipped(members))}
    assert [len(found[name].money) for name in ("card.qfx", "hsa.csv", "hsa.xlsx", "up.csv")] == [
        1,
        2,
        2,
        2,
    ]
    assert all(found[name].is_empty for name in ("error.csv", "again.zip", "bomb.csv"))
    assert found["up.csv"].path == f"{tmp_path / 'year.zip'}/up.csv"


def test_ids_that_stand_twice_with_other_content_are_kept_or_told(tmp_path: Path) -> None:
    row = STATEMENT[STATEMENT.index("<STMTTRN>") : STATEMENT.index("</BANKTRANLIST>")]
    twice = STATEMENT.replace(row, row + row.replace("-12.50", "-99.00"))
    (found,) = read(tmp_path, "a.qfx", twice.encode("cp1252"))
    assert len(found.money) + len(found.problems) >= 2


def test_amounts_in_another_currency_are_told_by_row(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.qfx", STATEMENT.replace("USD", "EUR").encode("cp1252"))
    assert found.money == ()
    assert any(problem.where and "EUR" in problem.why for problem in found.problems)


def test_an_eob_among_what_is_none(tmp_path: Path) -> None:
    eob = {"resourceType": "ExplanationOfBenefit", "id": "1", "status": "active", "created": "2026-01-02"}
    patient = {"resourceType": "Patient", "id": "p"}
    lines = "\n".join(json.dumps(each) for each in (eob, patient))
    (found,) = read(tmp_path, "a.ndjson", lines.encode() + b"\n{broken\n")
    assert len(found.eobs) == 1
    assert found.problems
