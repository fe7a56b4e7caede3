"""Makes large files of each kind and reads them; run by hand, never in the test suite.

    .venv/bin/python tests/benchmarks/importing.py [--rows 50000] [--eobs 1400] [--rounds 3]

Prints the seconds `read_files` needs (the best of the rounds), and the memory the process took at most.
Every figure is taken in a process of its own. Where `ofxdump` is installed, the command of the library
that HomeBank, GnuCash and KMyMoney read OFX with, it reads the same OFX file beside ours.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

PAYEES = ("Northside Labs", "Corner Pharmacy", "Dr. A. Okafor", "City Hospital", "Vision & More")
FIRST_DAY = date(2015, 1, 1)


def main() -> int:
    """Print a table: what was read, how large it is, how long it took, how much memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--eobs", type=int, default=1_400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.read:
        return _read(args.read)
    with tempfile.TemporaryDirectory(prefix="importing-") as made:
        folder = Path(made)
        print(f"{'':24}{'MB':>8}{'EOBs':>8}{'rows':>8}{'not read':>10}{'seconds':>10}{'MB memory':>11}")
        for name, path in make_all(folder, args.rows, args.eobs):
            _measure(name, path, args.rounds)
        _measure("nothing at all", folder / "none", 1)
        _peer(folder / "rows.ofx", args.rounds)
    return 0


def _measure(name: str, path: Path, rounds: int) -> None:
    runs = [_child(path) for _ in range(rounds)]
    best = min(runs, key=lambda run: run["seconds"])
    size = sum(file.stat().st_size for file in ([path] if path.is_file() else path.rglob("*"))) / 1e6
    counts = f"{best['eobs']:8,}{best['rows']:8,}{best['problems']:10,}"
    print(f"{name:24}{size:8.1f}{counts}{best['seconds']:10.2f}{max(run['mb'] for run in runs):11.0f}")


def _child(path: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(Path(__file__)), "--read", str(path)],
        capture_output=True,
        check=True,
        text=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _read(path: Path) -> int:
    import resource  # not on Windows

    from tracker.imports.read_files import read_files

    told: list[float] = []
    begun = time.perf_counter()
    found = read_files([path], progress=lambda done, total: told.append(done))
    seconds = time.perf_counter() - begun
    figures = {
        "seconds": seconds,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "eobs": sum(len(file.eobs) for file in found),
        "rows": sum(len(file.money) for file in found),
        "problems": sum(len(file.problems) for file in found),
        "told": len(told),
    }
    print(json.dumps(figures))
    return 0


def _peer(path: Path, rounds: int) -> None:
    peer = shutil.which("ofxdump")
    if peer is None:
        print("\nofxdump is not installed; on Debian it is in the package ofx.")
        return
    seconds = []
    for _ in range(rounds):
        begun = time.perf_counter()
        with tempfile.TemporaryFile() as out:
            subprocess.run([peer, str(path)], stdout=out, stderr=subprocess.DEVNULL, check=False)
        seconds.append(time.perf_counter() - begun)
    print(f"\nofxdump needs {min(seconds):.2f} s to print the OFX file.")


# making --------------------------------------------------------------------------------------


def make_all(folder: Path, rows: int, eobs: int) -> Iterator[tuple[str, Path]]:
    """Each file once it is made, with a name for it."""
    makers: tuple[tuple[str, str, Callable[[Path], None]], ...] = (
        (f"OFX, {rows:,} rows", "rows.ofx", lambda path: make_ofx(path, rows)),
        (f"OFX (XML), {rows:,} rows", "rows.xml", lambda path: make_ofx(path, rows, closed=True)),
        (f"QIF, {rows:,} rows", "rows.qif", lambda path: make_qif(path, rows)),
        (f"CSV, {rows:,} rows", "rows.csv", lambda path: make_csv(path, rows)),
        (f"XLSX, {rows:,} rows", "rows.xlsx", lambda path: make_xlsx(path, rows)),
        (f"{eobs:,} EOBs, a file each", "eobs", lambda path: make_eobs(path, eobs)),
        (f"{eobs:,} EOBs in a zip", "eobs.zip", lambda path: make_zip(path, eobs)),
        (f"{eobs:,} EOBs as NDJSON", "eobs.ndjson", lambda path: make_ndjson(path, eobs)),
    )
    for name, file_name, make in makers:
        make(folder / file_name)
        yield name, folder / file_name


def _rows(count: int) -> Iterator[tuple[int, date, Decimal, str]]:
    for number in range(count):
        amount = Decimal(-(number * 7919 % 90_000) - 1).scaleb(-2)
        yield number, FIRST_DAY + timedelta(days=number % 3650), amount, PAYEES[number % len(PAYEES)]


def make_ofx(path: Path, count: int, *, closed: bool = False) -> None:
    """A checking account as OFX 1.02, or as XML with every tag closed."""

    def tag(name: str, value: object) -> str:
        return f"<{name}>{value}</{name}>\n" if closed else f"<{name}>{value}\n"

    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE"'
        ' OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n'
        if closed
        else "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n"
        "COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n"
    )
    status = f"<STATUS>\n{tag('CODE', 0)}{tag('SEVERITY', 'INFO')}</STATUS>\n"
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{head}<OFX>\n<SIGNONMSGSRSV1><SONRS>\n{status}{tag('DTSERVER', '20260101')}")
        file.write(f"{tag('LANGUAGE', 'ENG')}</SONRS></SIGNONMSGSRSV1>\n<BANKMSGSRSV1><STMTTRNRS>\n")
        file.write(f"{tag('TRNUID', 1)}{status}<STMTRS>\n{tag('CURDEF', 'USD')}<BANKACCTFROM>\n")
        file.write(f"{tag('BANKID', '011000015')}{tag('ACCTID', '12345')}{tag('ACCTTYPE', 'CHECKING')}")
        file.write(
            f"</BANKACCTFROM>\n<BANKTRANLIST>\n{tag('DTSTART', '20150101')}{tag('DTEND', '20260101')}"
        )
        for number, day, amount, payee in _rows(count):
            name = payee.replace("&", "&amp;")
            file.write(f"<STMTTRN>\n{tag('TRNTYPE', 'DEBIT')}{tag('DTPOSTED', f'{day:%Y%m%d}')}")
            file.write(f"{tag('TRNAMT', amount)}{tag('FITID', f'F{number:07d}')}{tag('NAME', name)}")
            file.write(f"{tag('MEMO', f'Card purchase {number}')}</STMTTRN>\n")
        file.write(f"</BANKTRANLIST>\n<LEDGERBAL>\n{tag('BALAMT', '100.00')}{tag('DTASOF', '20260101')}")
        file.write("</LEDGERBAL>\n</STMTRS></STMTTRNRS></BANKMSGSRSV1>\n</OFX>\n")


def make_qif(path: Path, count: int) -> None:
    """A checking account as QIF."""
    with path.open("w", encoding="utf-8") as file:
        file.write("!Type:Bank\n")
        for number, day, amount, payee in _rows(count):
            file.write(f"D{day:%m/%d/%Y}\nT{amount:,}\nN{number}\nP{payee}\nMCard purchase {number}\n^\n")


def make_csv(path: Path, count: int) -> None:
    """A card's statement as a spreadsheet program would save it."""
    with path.open("w", encoding="utf-8") as file:
        file.write("Transaction ID,Posting Date,Description,Category,Amount,Memo\n")
        for number, day, amount, payee in _rows(count):
            file.write(
                f'T{number:07d},{day:%m/%d/%Y},"{payee}, Springfield",Health,{amount},Card {number}\n'
            )


def make_xlsx(path: Path, count: int) -> None:
    """The same statement as a workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Transactions")
    sheet.append(["Transaction ID", "Posting Date", "Description", "Category", "Amount", "Memo"])
    for number, day, amount, payee in _rows(count):
        sheet.append([f"T{number:07d}", day, f"{payee}, Springfield", "Health", amount, f"Card {number}"])
    book.save(path)


def _eob(number: int) -> dict[str, Any]:
    """A professional claim of three lines, as large as insurers send it."""
    carin = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"
    common = "http://terminology.hl7.org/CodeSystem/adjudication"
    billed, allowed, copay = 300 + number % 700, 200 + number % 500, 25

    def decided(code: str, amount: int, system: str = common) -> dict[str, Any]:
        category = {"coding": [{"system": system, "code": code, "display": code.title()}]}
        return {"category": category, "amount": {"value": amount, "currency": "USD"}}

    def all_decided(share: int) -> list[dict[str, Any]]:
        return [
            decided("submitted", billed * share),
            decided("eligible", allowed * share),
            decided("copay", copay * share),
            decided("deductible", 0),
            decided("coinsurance", 0, carin),
            decided("noncovered", (billed - allowed) * share, carin),
            decided("benefit", (allowed - copay) * share),
            decided("paidbypatient", copay * share, carin),
        ]

    day = (FIRST_DAY + timedelta(days=number % 3650)).isoformat()
    kind = "http://terminology.hl7.org/CodeSystem/claim-type"
    return {
        "resourceType": "ExplanationOfBenefit",
        "id": f"eob-{number}",
        "meta": {"lastUpdated": f"{day}T12:00:00Z", "profile": ["http://hl7.org/fhir/us/carin-bb/x|2.0.0"]},
        "identifier": [{"system": "https://example.org/claims", "value": f"CLM{number:08d}"}],
        "status": "active",
        "type": {"coding": [{"system": kind, "code": "professional"}]},
        "use": "claim",
        "patient": {"reference": "Patient/1", "display": "Ada Example"},
        "billablePeriod": {"start": day, "end": day},
        "created": day,
        "insurer": {"display": "Example Health"},
        "provider": {"display": PAYEES[number % len(PAYEES)]},
        "outcome": "complete",
        "insurance": [{"focal": True, "coverage": {"reference": "Coverage/1"}}],
        "item": [
            {
                "sequence": line,
                "servicedDate": day,
                "productOrService": {
                    "coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "99213"}]
                },
                "quantity": {"value": 1},
                "adjudication": all_decided(1),
            }
            for line in (1, 2, 3)
        ],
        "total": all_decided(3),
        "payment": {"date": day, "amount": {"value": (allowed - copay) * 3, "currency": "USD"}},
    }


def make_eobs(folder: Path, count: int) -> None:
    """A folder with a file for each EOB."""
    folder.mkdir()
    for number in range(count):
        (folder / f"eob-{number:05d}.json").write_text(json.dumps(_eob(number), indent=2), "utf-8")


def make_zip(path: Path, count: int) -> None:
    """The same in one zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(count):
            packed.writestr(f"claims/eob-{number:05d}.json", json.dumps(_eob(number), indent=2))


def make_ndjson(path: Path, count: int) -> None:
    """The same with one EOB a line."""
    path.write_text("".join(json.dumps(_eob(number)) + "\n" for number in range(count)), "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
