"""`tax YEAR`: Form 8889, the medical deduction, mileage and what is missing, with every source."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tracker.cli.common import Subparsers, add_command, at_right, fit, opened, path, year
from tracker.domain.accounts.mileage_log import miles_text
from tracker.domain.accounts.tax_sheet import NOT_ADVICE
from tracker.money import dollars, plain, plain_or_none

if TYPE_CHECKING:
    from tracker.domain.accounts.tax_sheet import SheetLine, Source
    from tracker.services.tax_year import ExpenseShown, TaxYear

_NUMBER, _LABEL, _FIGURE = 5, 52, 17


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "tax",
        "what a tax return asks of a year: Form 8889, medical deduction, mileage",
        examples='tax 2026\ntax 2026 --json\ntax 2026 --xlsx "Taxes 2026.xlsx"',
    )
    parser.add_argument("year", metavar="YEAR", type=year, help="the calendar year")
    parser.add_argument("--json", action="store_true", help="print one JSON object for a script")
    parser.add_argument("--xlsx", metavar="OUT.xlsx", type=path, help="write the worksheet as a workbook")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from tracker.services.tax_year import read_tax_year

    with opened(args, read_only=True) as services:
        shown = read_tax_year(services, args.year)
    if args.xlsx:
        from tracker.exports.xlsx_tax import write_tax

        write_tax(shown, args.xlsx)
    if args.json:
        import json

        print(json.dumps(as_json(shown), ensure_ascii=False, indent=2))
    elif args.xlsx:
        print(f"Wrote {args.xlsx}.")
    else:
        print("\n".join(as_text(shown)))
    return 0


# for a script ------------------------------------------------------------------------


def as_json(shown: TaxYear) -> dict[str, Any]:
    """Decimal strings in dollars, null where a figure is absent, ISO dates."""
    medical, log, facts = shown.medical, shown.mileage, shown.facts
    return {
        "year": shown.year,
        "today": shown.today.isoformat(),
        "missing": [
            {"kind": ask.kind.value, "name": ask.name or None, "what": ask.sentence} for ask in shown.asks
        ],
        "facts": {
            "income": plain_or_none(facts.income),
            "status": facts.status.value if facts.status else None,
            "other_itemized": plain_or_none(facts.other_itemized),
            "federal_rate_bp": facts.federal_rate,
            "state_rate_bp": facts.state_rate,
        },
        "form_8889": [
            {
                "person": form.person,
                "complete": form.is_complete,
                "lines": [_line(line) for line in form.lines],
                "remarks": list(form.remarks),
            }
            for form in shown.forms
        ],
        "medical_deduction": {
            "lines": [_line(line) for line in (*medical.parts, *medical.lines)],
            "floor_bp": medical.floor_rate,
            "deductible": plain_or_none(medical.deductible),
            "standard_deduction": plain_or_none(medical.standard),
            "beats_standard": medical.beats_standard,
            "marked_as_deducted": plain(shown.marked),
            "why": list(medical.why),
        },
        "expenses": [_expense(item) for item in shown.expenses],
        "mileage": {
            "miles": miles_text(log.tenths).replace(",", ""),
            "total": plain(log.total),
            "trips": [
                {
                    "id": item.trip.id,
                    "date": item.trip.driven_on.isoformat(),
                    "person": item.person or None,
                    "purpose": item.trip.purpose,
                    "miles": miles_text(item.trip.tenths).replace(",", ""),
                    "parking": plain(item.trip.parking),
                    "counts": plain(item.counts) if item.cost else None,
                }
                for item in log.trips
            ],
        },
        "tax_saved": [
            {
                "pocket": item.name,
                "amount": plain(item.amount),
                "saved": plain(item.saving.saved) if item.saving else None,
            }
            for item in shown.savings
        ],
    }


def _line(line: SheetLine) -> dict[str, Any]:
    return {
        "line": line.number,
        "label": line.label,
        "amount": plain_or_none(line.amount),
        "words": line.words or None,
        "sources": [_source(item) for item in line.sources],
    }


def _source(item: Source) -> dict[str, Any]:
    return {
        "date": item.on.isoformat(),
        "name": item.name,
        "amount": plain(item.amount),
        "payment": item.payment_id,
        "trip": item.trip_id,
        "remark": item.note or None,
    }


def _expense(item: ExpenseShown) -> dict[str, Any]:
    expense = item.expense
    return {
        "payment": expense.id,
        "date": expense.paid_on.isoformat(),
        "payee": expense.payee,
        "amount": plain(expense.amount),
        "hsa": plain(item.hsa.eligible),
        "fsa": plain(item.fsa.eligible),
        "deduction": plain(item.line.amount),
        "verdict": item.deduction.verdict.value,
        "after_tax": plain_or_none(item.after_tax),
        "deducted": plain(expense.deducted),
        "why": list(item.deduction.why),
    }


# for a person ------------------------------------------------------------------------


def as_text(shown: TaxYear) -> Iterator[str]:
    """The same for a person to read, line by line; sources are in the JSON and the workbook."""
    for form in shown.forms:
        yield f"Form 8889, HSA of {form.person}"
        yield from map(_text, form.lines)
        yield from form.remarks
        yield ""
    medical = shown.medical
    yield "Medical deduction, Schedule A"
    yield from map(_text, (*medical.parts, *medical.lines))
    yield from medical.why
    if shown.marked:
        yield f"{dollars(shown.marked)} is marked as deducted on the return of {shown.year}."
    log = shown.mileage
    if log.trips:
        yield ""
        rate = f" ({log.rate_words})" if log.rate_words else ""
        yield f"Mileage: {miles_text(log.tenths)} miles{rate}, with parking {dollars(log.total)}"
    if shown.savings:
        yield ""
        yield "Tax saved"
        for item in shown.savings:
            saved = dollars(item.saving.saved) if item.saving else "not known"
            yield fit(f"{item.name}, {dollars(item.amount)}", _NUMBER + _LABEL) + at_right(saved, _FIGURE)
    if shown.asks:
        yield ""
        yield "Still needed"
        yield from (f"  {ask.sentence}" for ask in shown.asks)
    yield ""
    yield NOT_ADVICE


def _text(line: SheetLine) -> str:
    amount = line.words if line.amount is None else dollars(line.amount)
    return fit(line.number, _NUMBER) + fit(line.label, _LABEL) + at_right(amount, _FIGURE)
