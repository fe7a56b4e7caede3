"""A row of a file beside what the ledger has: the same lines on both sides, and which of them differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.domain.claims.line_sums import AMOUNTS
from tracker.domain.importing.rows import EobRow, MoneyRow
from tracker.facts import Claim, ClaimStage, EobVersion, PaymentLine
from tracker.money import Cents, dollars
from ui.models.import_read import Names
from ui.models.import_words import account_words, bank_words, payee_words, plain

_STAGES = {ClaimStage.DENIED: "Denied", ClaimStage.IN_PROCESS: "In process"}
_NAMES = {
    "billed": "Billed",
    "allowed": "Allowed",
    "plan_paid": "Plan paid",
    "deductible": "Deductible",
    "copay": "Copay",
    "coinsurance": "Coinsurance",
    "not_covered": "Not covered",
    "you_owe": "You owe",
}


@dataclass(frozen=True, slots=True)
class CompareLine:
    """One line: its name, what the file says, what the ledger says (empty where there is nothing)."""

    name: str
    file: str
    ledger: str = ""
    differs: bool = False
    right: bool = False


def money_lines(
    row: MoneyRow, there: PaymentLine | None, names: Names, file: str = ""
) -> list[CompareLine]:
    """A row of money; amounts are shown as the bank writes them, out or in."""
    found = row.found
    held = _held_lines(there, found.amount) if there is not None else {}
    mine = {
        "Date": day_text(found.on),
        "Amount": amount_words(found.amount),
        "Payee": payee_words(row, names),
        "The bank wrote": bank_words(row),
        "Account": account_words(row, names),
        "Budget line": names.lines.get(row.proposed.category_id or 0, ""),
        "Person": names.people.get(row.proposed.person_id or 0, ""),
        "Kind": plain(found.kind),
        "In file": _place(file, found.where),
    }
    weighed = ("Date", "Amount")
    return [
        CompareLine(
            name,
            said,
            held.get(name, ""),
            differs=there is not None and name in weighed and said != held[name],
        )
        for name, said in mine.items()
        if said or held.get(name)
    ]


def _held_lines(there: PaymentLine, amount: Cents) -> dict[str, str]:
    """What the ledger has; its note is where what a bank wrote is kept."""
    return {
        "Date": day_text(there.paid_on),
        "Amount": _side_words(there, amount),
        "Payee": plain(there.payee) or f"to {there.to_account}",
        "The bank wrote": plain(there.note),
        "Account": there.account or there.to_account,
        "Budget line": there.category,
        "Person": there.person,
    }


def eob_lines(row: EobRow, there: Claim | None, names: Names, file: str = "") -> list[CompareLine]:
    """An EOB beside the version that is there."""
    found, draft = row.found, row.draft
    lines = [
        CompareLine(
            "Patient", plain(found.patient), names.people.get(there.person_id, "") if there else ""
        ),
        CompareLine(
            "Care on",
            _day(draft.service_from if draft else found.service_from),
            _day(there.service_from) if there else "",
        ),
        CompareLine("Processed on", _day(found.processed_on), _day(there.processed_on) if there else ""),
        CompareLine("What", plain(found.description), plain(there.description) if there else ""),
    ]
    for name in AMOUNTS:
        said: Cents | None = getattr(found, name)
        held: Cents | None = getattr(there, name) if there else None
        if said is None and held is None:
            continue
        lines.append(
            CompareLine(
                _NAMES[name],
                _amount(said),
                _amount(held),
                # What a file does not say is no difference.
                differs=there is not None and said is not None and said != held,
                right=True,
            )
        )
    if draft is not None and there is not None:
        stages = _stage(draft), _stage(there)
        if stages[0] != stages[1]:
            lines.append(CompareLine("Stage", *stages, differs=True))
    lines.append(CompareLine("In file", _place(file, found.where)))
    return [line for line in lines if line.file or line.ledger]


def amount_words(amount: Cents) -> str:
    """An amount of a bank's file with its direction."""
    if not amount:
        return dollars(0)
    return f"{dollars(abs(amount))} {'out' if amount < 0 else 'in'}"


def _side_words(there: PaymentLine, amount: Cents) -> str:
    """A payment's amount as the bank of this row's account writes it."""
    if there.to_account:
        return f"{dollars(abs(there.amount))} {'out' if amount < 0 else 'in'}"
    return amount_words(-there.amount)


def _place(file: str, where: str) -> str:
    return plain(", ".join(part for part in (file, where) if part))


def _stage(claim: Claim) -> str:
    if claim.version is EobVersion.VOID:
        return "Taken back"
    return _STAGES.get(claim.stage, "Processed")


def _amount(cents: Cents | None) -> str:
    return "" if cents is None else dollars(cents)


def _day(day: date | None) -> str:
    return day_text(day) if day else ""
