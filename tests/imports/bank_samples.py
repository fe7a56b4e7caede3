"""Small statements of our own, the public collections, and ways to damage a file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tracker.imports.found import FoundFile

BANK = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "bank"
needs_bank_files = pytest.mark.skipif(not BANK.is_dir(), reason="the public bank files are not there")

HEADER = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n"
SIGN_ON = (
    "<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>"
    "<FI><ORG>CITYBANK</FI></SONRS></SIGNONMSGSRSV1>"
)
ROW = (
    "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260301<TRNAMT>-12.50<FITID>A1"
    "<NAME>CITY PHARMACY<MEMO>REFILL</STMTTRN>"
)
OFX_TAGS = (
    "<STMTTRN>",
    "</STMTTRN>",
    "<A>",
    "</OFX>",
    "<!--",
    "]]>",
    "<![CDATA[",
    "<CURRENCY>",
    "&amp;",
    "<STMTRS>",
)
QIF_LINES = (
    "\n^\n",
    "\n!Type:Bank\n",
    "\n!Account\n",
    "\nD1/2/26\n",
    "\nT1,000.00\n",
    "\n!Option:AutoSwitch\n",
    "\n$5\n",
)

XML = '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE"?>\n'


def row(**fields: str) -> str:
    """A row of a statement with some fields changed; an empty text leaves the field out."""
    values = {"TRNTYPE": "DEBIT", "DTPOSTED": "20260301", "TRNAMT": "-12.50", "FITID": "A1"} | fields
    return f"<STMTTRN>{''.join(f'<{name}>{text}' for name, text in values.items() if text)}</STMTTRN>"


def whys(found: FoundFile) -> list[str]:
    return [problem.why for problem in found.problems]


def statement(rows: str = ROW, *, currency: str = "USD", account: str = "111", more: str = "") -> str:
    """A bank statement without end tags for fields, as banks send it in OFX 1.x."""
    owner = f"<BANKACCTFROM><BANKID>9<ACCTID>{account}<ACCTTYPE>CHECKING</BANKACCTFROM>"
    return (
        f"<STMTTRNRS><TRNUID>0<STMTRS><CURDEF>{currency}{owner}"
        f"<BANKTRANLIST><DTSTART>20260301<DTEND>20260331{rows}</BANKTRANLIST>{more}</STMTRS></STMTTRNRS>"
    )


def ofx(*statements: str, header: str = HEADER, sign_on: str = SIGN_ON) -> bytes:
    """A whole file of bank statements."""
    body = "".join(statements or (statement(),))
    return f"{header}<OFX>{sign_on}<BANKMSGSRSV1>{body}</BANKMSGSRSV1></OFX>".encode()


def damaged(data: bytes, chance: random.Random, pieces: tuple[str, ...]) -> bytes:
    """The bytes after a few accidents: cut, flipped, repeated, spliced with tags, numbers or encodings."""
    for _ in range(chance.randint(1, 6)):
        place, other = (chance.randint(0, len(data)) for _ in range(2))
        first, last = min(place, other), max(place, other)
        match chance.randint(0, 7):
            case 0:
                data = data[:place]
            case 1:
                data = data[:place] + bytes((chance.randint(0, 255),)) + data[place + 1 :]
            case 2:
                data = data[:first] + data[last:]
            case 3:
                data = data[:last] + data[first:last][:5000] + data[last:]
            case 4:
                data = (
                    data[:place]
                    + chance.choice(pieces).encode() * chance.choice((1, 1, 1, 300))
                    + data[place:]
                )
            case 5:
                data = data[:place] + b"9" * chance.choice((1, 12, 400)) + data[place:]
            case 6:
                data = data[:place] + chance.randbytes(chance.randint(1, 40)) + data[place:]
            case _:
                data = data.decode("latin-1").encode(chance.choice(("utf-16", "utf-8", "utf-16-be")))
    return data
