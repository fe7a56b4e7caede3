"""Made-up files for the picture of the import: a card's statement, the HSA's table and two EOBs."""

import json
from datetime import date, timedelta
from pathlib import Path

_ROW = "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{day:%Y%m%d}<TRNAMT>{amount}<FITID>{number}<NAME>{payee}</STMTTRN>"
_STATEMENT = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>USD
<CCACCTFROM><ACCTID>5512</CCACCTFROM><BANKTRANLIST>{rows}</BANKTRANLIST>
<LEDGERBAL><BALAMT>-612.44<DTASOF>{today:%Y%m%d}</LEDGERBAL>
</CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>
"""
_CARD = (
    (1, "-51.68", "CORNER STREET PHARM #1204"),
    (3, "-145.00", "LUMEN MED SPA"),
    (4, "-38.20", "BRIGHT VISION EYE CARE"),
    (6, "-94.15", "FRESH GROCER 0042"),
    (2, "-12.50", "CORNER STREET PHARM #1204"),
    (12, "-60.00", "EASTGATE WALK-IN CLINIC"),
)


def write(folder: Path, today: date) -> list[Path]:
    """Write the files into a folder; gives their paths."""
    rows = "".join(
        _ROW.format(day=today - timedelta(days=back), amount=amount, number=f"C{n}", payee=payee)
        for n, (back, amount, payee) in enumerate(_CARD, 1)
    )
    card = folder / "Credit card.qfx"
    card.write_text(_STATEMENT.format(rows=rows, today=today), "ascii")
    hsa = folder / "HSA.csv"
    day = today - timedelta(days=20)
    hsa.write_text(
        "Date,Transaction,Amount,HSA Cash Balance\n"
        f"{day:%m/%d/%Y},Interest for the month,$1.12,$696.12\n"
        f"{day - timedelta(days=9):%m/%d/%Y},Bright Vision Eye Care,($30.00),$695.00\n",
        "utf-8",
    )
    eobs = folder / "EOBs.ndjson"
    eobs.write_text("\n".join(json.dumps(_eob(n, today)) for n in (1, 2)), "utf-8")
    return [card, hsa, eobs]


def _eob(number: int, today: date) -> dict[str, object]:
    care = today - timedelta(days=20 + number)
    billed, allowed = (330, 106) if number == 1 else (152, 88)
    totals = {"submitted": billed, "eligible": allowed, "copay": 50, "benefit": allowed - 50}
    return {
        "resourceType": "ExplanationOfBenefit",
        "id": f"eob-{number}",
        "status": "active",
        "use": "claim",
        "type": {"coding": [{"code": "professional"}]},
        "identifier": [{"type": {"coding": [{"code": "uc"}]}, "value": f"BR11{number:02}E7"}],
        "patient": {"display": "Eleanor Whitfield"},
        "provider": {"display": "Seaside Cardiology" if number == 1 else "Northside Dermatology"},
        "created": (today - timedelta(days=4)).isoformat(),
        "billablePeriod": {"start": care.isoformat(), "end": care.isoformat()},
        "total": [
            {"category": {"coding": [{"code": code}]}, "amount": {"value": value, "currency": "USD"}}
            for code, value in totals.items()
        ],
    }
