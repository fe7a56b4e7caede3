"""What a file is: content before name, and a helpful sentence for what no reader is for."""

from __future__ import annotations

import codecs
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports import file_kit
from tests.imports.cms_folder import BENEFIT, PLAN
from tracker.imports.found import Format
from tracker.imports.recognise import Recognised, recognise
from tracker.imports.recognise_binary import OUR_MARK
from tracker.imports.recognise_table import looks_like_table
from tracker.storage import engine

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def wide(text: bytes) -> bytes:
    return codecs.BOM_UTF16_LE + text.decode().encode("utf-16-le")


def in_words(value: object) -> str:
    """A test's name by file name and answer: packed bytes hold the time and differ between workers."""
    return "" if isinstance(value, bytes) else str(value)


@pytest.mark.parametrize(
    ("data", "name", "format"),
    [
        (file_kit.FHIR, "a.json", Format.FHIR),
        (file_kit.FHIR, "a.csv", Format.FHIR),
        (b"\xef\xbb\xbf\r\n " + file_kit.FHIR, "a", Format.FHIR),
        (file_kit.FHIR + b"\n" + file_kit.FHIR, "a.ndjson", Format.FHIR),
        (b"[" + file_kit.FHIR + b"]", "a.txt", Format.FHIR),
        (b'{"later": "' + b"x" * 100_000 + b'", "resourceType": "Bundle"}', "a.json", Format.FHIR),
        (wide(file_kit.FHIR), "a.json", Format.FHIR),
        (file_kit.FHIR.decode().encode("utf-16-be"), "a.json", Format.FHIR),
        (b"answer = " + file_kit.FHIR, "a.txt", Format.FHIR),
        (file_kit.OFX, "a.ofx", Format.OFX),
        (file_kit.OFX, "a.csv", Format.OFX),
        (file_kit.OFX.replace(b"\r\n", b" "), "one-line.qfx", Format.OFX),
        (wide(file_kit.OFX), "a.qfx", Format.OFX),
        (b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n" + file_kit.OFX, "a", Format.OFX),
        (b'<?xml version="1.0"?><?OFX OFXHEADER="200"?><OFX></OFX>', "a.xml", Format.OFX),
        (b"<START><OFXHEADER>100</OFXHEADER></START>", "a.xml", Format.OFX),
        (b"not much", "a.ofx", Format.OFX),
        (b"<STATUS>\n<<OFX>", "a.ofx", Format.OFX),
        (file_kit.QIF, "a.qif", Format.QIF),
        (file_kit.QIF, "a.txt", Format.QIF),
        (b"D1/2/26\nT5\n^\n", "a.qif", Format.QIF),
        (file_kit.CSV, "a.csv", Format.TABLE),
        (file_kit.CSV, "a.xls", Format.TABLE),
        (file_kit.CSV, "a.qfx", Format.TABLE),
        (file_kit.CSV, "a", Format.TABLE),
        (wide(file_kit.CSV), "a.csv", Format.TABLE),
        (file_kit.CSV.replace(b",", b"\t"), "a.txt", Format.TABLE),
        (file_kit.CSV.replace(b",", b";"), "a.dat", Format.TABLE),
        ("Datum,Betr\u00e4g\n1.1.26,5\n".encode("cp1252"), "a.csv", Format.TABLE),
        (b"only one line of words", "a.csv", Format.TABLE),
        (file_kit.workbook(), "a.xlsx", Format.TABLE),
        (file_kit.workbook(), "a.csv", Format.TABLE),
        (file_kit.zipped({"a.json": file_kit.FHIR}), "a.zip", Format.ZIP),
        (file_kit.zipped({"a.json": file_kit.FHIR}), "a.json", Format.ZIP),
        (b"PK\x03\x04 and no more", "a.zip", Format.ZIP),
        (b"\x1f\x8b\x08", "a.json", Format.ZIP),
    ],
    ids=in_words,
)
def test_a_file_is_known_by_what_is_in_it(data: bytes, name: str, format: Format) -> None:
    assert recognise(data, name) == Recognised(format)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.csv", "is empty"),
        (b" \r\n\t\n", "a.csv", "is empty"),
        (bytes(5000), "a.ofx", "is empty"),
        (b"x%PDF-1.7\n", "a.csv", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "a.json", "is a picture"),
        (b"\xff\xd8\xff\xe0\x00", "scan.jpg", "is a picture"),
        (b"\x00\x00\x00\x18ftypheic\x00", "scan.heic", "is a picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "scan.webp", "is a picture"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "a.7z", "is an archive"),
        (b"a.json" + bytes(251) + b"ustar\x0000", "a.tar", "is an archive"),
        (b"\x7fELF\x02\x01", "a", "is a program"),
        (b"MZ\x90\x00\x03\x00", "setup.csv", "is a program"),
        (OLE + "Workbook".encode("utf-16-le"), "a.xls", "old format (.xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "protected with a password"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.doc", "is a Word document"),
        (OLE + "__nameid_version1.0".encode("utf-16-le"), "a.msg", "is an Outlook message"),
        (
            b"SQLite format 3\x00" + bytes(52) + OUR_MARK + bytes(30),
            "My ledger",
            "is a ledger of this program",
        ),
        (b"SQLite format 3\x00" + bytes(100), "books.gnucash", "is a database"),
        (
            file_kit.zipped({"[Content_Types].xml": b"", "word/document.xml": b""}),
            "a.docx",
            "a Word document",
        ),
        (file_kit.zipped({"[Content_Types].xml": b"", "ppt/x.xml": b""}), "a.pptx", "but no workbook"),
        (
            file_kit.zipped({"[Content_Types].xml": b"", "xl/workbook.bin": b""}),
            "a.xlsb",
            "binary workbook",
        ),
        (file_kit.zipped({"mimetype": b"", "content.xml": b""}), "a.ods", "is an OpenDocument file"),
        (file_kit.zipped({"Index/Document.iwa": b""}), "a.numbers", "Apple Numbers"),
        (file_kit.workbook()[:200], "a.xlsx", "workbook is damaged"),
        (file_kit.workbook()[:60], "renamed.csv", "workbook is damaged"),
        (file_kit.PAGE, "statement.csv", "is a web page"),
        (b"<?xml version='1.0'?>\n<!-- a -->\n<!-- b --><html xmlns='x'>", "a.xls", "is a web page"),
        (b"<table><tr><td>1</td></tr></table>", "a.xls", "save it as .xlsx"),
        (b'<Bundle xmlns="http://hl7.org/fhir"></Bundle>', "a.xml", "FHIR data as XML"),
        (b'<ClinicalDocument xmlns="urn:hl7-org:v3">', "a.xml", "summary of your health record"),
        (b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">', "a.xml", "ISO 20022"),
        (
            b'<?xml?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "a.xls",
            "old XML format",
        ),
        (b"<a><b/></a>", "a.xml", "XML of a kind that is not read"),
        (b"ISA*00*          *00*", "835.txt", "is an X12 file"),
        (b"{\\rtf1\\ansi Dear", "a.rtf", "text document (RTF)"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a.ics", "is a calendar"),
        (b":20:STARTUMSE\n:25:1/2\n:60F:C", "a.sta", "MT940"),
        (b"From: a@example.org\nDate: today\nSubject: Your EOB\n\nHello", "a.eml", "is an email"),
        (b'{\n "format": "concierge-ledger",\n "version": 1}', "everything.json", "`data import`"),
        (b'{"amount": 5}', "a.json", "is JSON, but not EOB data"),
        (b"[" * 100_000, "deep.json", "is JSON, but not EOB data"),
        (b"nothing of the kind", "a.json", "Its name says JSON"),
        (b"nothing of the kind", "a.xlsx", "Its name says workbook"),
        (b"2026/01/02 Lab\n  Expenses:Health  $5\n", "my.journal", "journal of another program"),
        (b"Dear member,\nyour claim was processed.\n", "letter.txt", "no table, bank file or EOB data"),
        (b"| a | b |\n|---|---|\n| 1 | 2 |\n", "README.md", "no table, bank file or EOB data"),
        (bytes(range(256)) * 20, "noise.bin", "neither text nor a format"),
        (b"\x01\x02\x03" * 50, "noise.csv", "neither text nor a format"),
        ((",".join(PLAN) + "\n1\n").encode(), "Plan_Attributes_PUF.csv", "is a CMS plan file"),
        ((",".join(BENEFIT) + "\n1\n").encode(), "a.txt.csv", "is a CMS plan file"),
    ],
    ids=in_words,
)
def test_what_no_reader_is_for_is_told(data: bytes, name: str, says: str) -> None:
    found = recognise(data, name)
    assert says in found.why
    assert found.why.endswith(".")
    assert "  " not in found.why


def test_every_refusal_says_what_to_do() -> None:
    for data in (b"", b"%PDF-1.4", OLE, file_kit.PAGE, b"<a/>", b"{}", b"words and no more"):
        assert recognise(data, "a.bin").why.count(". ") >= 1


def test_our_ledgers_carry_the_mark() -> None:
    assert int.from_bytes(OUR_MARK, "big") == engine.APPLICATION_ID


@pytest.mark.parametrize(
    "head",
    [
        b"<!---->" * 9_000,
        b"<!--" * 16_000,
        b"x" + b"\n" * 65_000,
        b"x" + b" " * 65_000,
        b'"' * 65_000,
        b"From: " + b"a\n" * 32_000,
        b"{" + b" " * 65_000,
        json.dumps(["<!"] * 9_000).encode(),
    ],
)
def test_nothing_takes_long(head: bytes) -> None:
    begun = time.perf_counter()
    recognise(head, "a")
    assert time.perf_counter() - begun < 3


@given(
    st.binary(max_size=600), st.sampled_from(["a", "a.csv", "a.json", "a.ofx", "a.xlsx", "a.zip", "a.qif"])
)
def test_any_bytes_are_something(data: bytes, name: str) -> None:
    for start in (b"", b"PK\x03\x04", b"{", b"<", b"!Type:Bank\n"):
        found = recognise(start + data, name)
        assert found.why or found.format not in (Format.UNKNOWN, Format.FOLDER)


def test_prose_is_no_table() -> None:
    assert not looks_like_table("Dear Ada,\n\nthank you, as always, for your letter\nYours, Bob\n")
    assert not looks_like_table("one line, and no other")
    assert looks_like_table('name,said\nAda,"no, yes, no"\nBob,"a, b"\n')
