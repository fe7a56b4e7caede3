"""Small files of every kind for tests of the import, and readers that only say what they were given."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from tracker.imports.found import Format, FoundEob, FoundFile, FoundMoney

FHIR = b'{"resourceType": "ExplanationOfBenefit", "id": "1"}'
OFX = b"OFXHEADER:100\r\nDATA:OFXSGML\r\n\r\n<OFX><SIGNONMSGSRSV1></OFX>"
QIF = b"!Type:Bank\nD6/17/26\nT-12.50\n^\n"
CSV = b"Date,Amount,Payee\n2026-01-02,-12.50,Lab\n2026-01-03,-1.00,Clinic\n"
PAGE = b"<!DOCTYPE html>\n<html><body>Please sign in, then try again.</body></html>"

Reader = Callable[..., Any]


def zipped(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return made.getvalue()


def workbook(cells: str = "Date") -> bytes:
    """As much of a workbook as it takes to be known as one."""
    return zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": cells.encode()})


def encrypted(data: bytes) -> bytes:
    """The same zip with the flag of a password set on every file in it."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            changed[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(changed)


def eob_file(name: str, count: int = 1) -> FoundFile:
    """What a reader gives for a file of EOBs."""
    return FoundFile(
        name=name, format=Format.FHIR, eobs=tuple(FoundEob(id=str(n), billed=100_00) for n in range(count))
    )


def money_file(name: str, format: Format) -> FoundFile:
    """What a reader gives for a file of one row."""
    row = FoundMoney(id="7", on=date(2026, 1, 2), amount=-12_50, payee="Lab")
    return FoundFile(name=name, format=format, money=(row,))


def readers(
    patch: pytest.MonkeyPatch,
    *,
    fhir: Reader | None = None,
    ofx: Reader | None = None,
    qif: Reader | None = None,
    table: Reader | None = None,
) -> list[tuple[str, str, bytes]]:
    """Put other readers in the place of ours; gives the list of what each of them was handed."""
    handed: list[tuple[str, str, bytes]] = []

    def stand_in(kind: str, other: Reader | None, made: Reader) -> Reader:
        def read(data: bytes, name: str, **more: Any) -> Any:
            handed.append((kind, name, data))
            return other(data, name, **more) if other is not None else made(name)

        return read

    for module, function, kind, other, made in (
        ("fhir", "read_fhir", "fhir", fhir, eob_file),
        ("ofx", "read_ofx", "ofx", ofx, lambda name: money_file(name, Format.OFX)),
        ("qif", "read_qif", "qif", qif, lambda name: money_file(name, Format.QIF)),
        (
            "table_reading",
            "read_any_table",
            "table",
            table,
            lambda name: (money_file(name, Format.TABLE), None, None),
        ),
    ):
        fake = SimpleNamespace(**{function: stand_in(kind, other, made)})
        patch.setitem(sys.modules, f"tracker.imports.{module}", fake)
    return handed
