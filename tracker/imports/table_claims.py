"""Rows of an insurer's table of claims read as EOBs (rulebook 3.1 and 3.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.imports.found import FoundEob, FoundLine
from tracker.imports.table_cells import lost_digits, one_line, shown
from tracker.imports.table_dates import days_in
from tracker.imports.table_fields import CLAIM_AMOUNTS, Field
from tracker.imports.table_rows import Reading, Row
from tracker.money import Cents, dollars

_UNDECIDED = (
    "in process", "in progress", "processing", "pending", "pended", "received", "submitted", "in review",
    "under review", "open", "suspended", "awaiting information", "waiting", "not processed", "new",
)  # fmt: skip
_DENIED = ("denied", "not covered", "rejected", "declined")
_UNDONE = ("cancelled", "canceled", "void", "voided", "reversed", "withdrawn")
_CODES = re.compile(r"[\s,;/|]+")
_LOST = (
    "The claim number was lost in Excel, which turned it into {}. Download the file again and import it "
    "without opening it first, or let Excel keep the claim numbers as text."
)
_DECIDED = CLAIM_AMOUNTS - {Field.BILLED, Field.PAID_AT_VISIT}
"""What only a decision settles; before it these figures mean nothing."""
_SUMMED = (
    "billed", "allowed", "deductible", "copay", "coinsurance", "not_covered", "plan_paid", "other_paid",
    "you_owe", "paid_by_you",
)  # fmt: skip

Amounts = dict[Field, Cents]


@dataclass(frozen=True, slots=True)
class _Decision:
    """What the status of a claim means: its status here, its words, and whether it is a decision."""

    status: str
    outcome: str
    decided: bool = True
    denied: bool = False


def read_claims(reading: Reading) -> list[FoundEob]:
    """The claims of the table; what is not taken is in `reading.problems`.

    Rows with the same claim number, patient and processed date are the lines of one claim and are added
    up. With another processed date they are versions of it and stay apart. A row that is there twice is
    taken once.
    """
    groups: dict[tuple[object, ...], list[FoundEob]] = {}
    seen: dict[tuple[str, ...], str] = {}
    held = [place for place, each in enumerate(reading.mapping.columns) if each is not None]
    for place, row in enumerate(reading.rows()):
        eob = _eob(reading, row)
        if isinstance(eob, str):
            reading.problems.append(row.problem(eob))
            continue
        same = tuple(row.cell(each) for each in held)
        if same in seen:
            reading.problems.append(row.problem(f"It is the same as {seen[same]}, so it was taken once."))
            continue
        seen[same] = row.where
        who = (eob.id, eob.patient.casefold(), eob.processed_on, eob.status)
        groups.setdefault(who if eob.id else (place,), []).append(eob)
    return [rows[0] if len(rows) == 1 else _together(rows) for rows in groups.values()]


def _eob(reading: Reading, row: Row) -> FoundEob | str:
    """The claim in a row, or a sentence that says why none is taken."""
    mapping = reading.mapping

    def text(field: Field) -> str:
        return one_line(row.cell(mapping.place(field)))

    number = text(Field.CLAIM_NUMBER)
    if lost_digits(number):
        return _LOST.format(shown(number))
    why = reading.foreign(row)
    if why:
        return why
    begins = _service(reading, row, Field.SERVICE_FROM)
    ends = _service(reading, row, Field.SERVICE_TO)
    processed = _day(reading, text(Field.PROCESSED_ON))
    for found in (begins, ends, processed):
        if isinstance(found, str):
            return found
    amounts, remarks = _amounts(reading, row)
    if isinstance(amounts, str):
        return amounts
    decision = _decision(text(Field.CLAIM_STATUS))
    if not decision.decided:
        amounts = {field: value for field, value in amounts.items() if field not in _DECIDED}
        remarks.append("The insurer has not decided this claim yet, so only what was billed is kept.")
    elif not amounts:
        return "It has no amounts."
    first, last = _first_and_last(begins, ends)
    if not number and first is None:
        return "It has neither a claim number nor a service date."
    allowed = _allowed(amounts, remarks, denied=decision.denied)
    owed = _owed(amounts, remarks)
    return FoundEob(
        id=number,
        kind=text(Field.CLAIM_KIND),
        status=decision.status,
        outcome=decision.outcome,
        patient=text(Field.PATIENT),
        member_number=text(Field.MEMBER_NUMBER),
        insurer=text(Field.INSURER) or mapping.institution,
        plan=text(Field.PLAN),
        provider=text(Field.PROVIDER),
        network=_network(text(Field.NETWORK)),
        description=_described(text(Field.SERVICE), text(Field.SERVICE_CODE)),
        service_from=first,
        service_to=last,
        processed_on=processed if isinstance(processed, date) else None,
        billed=amounts.get(Field.BILLED),
        allowed=allowed,
        deductible=amounts.get(Field.DEDUCTIBLE),
        copay=amounts.get(Field.COPAY),
        coinsurance=amounts.get(Field.COINSURANCE),
        not_covered=amounts.get(Field.NOT_COVERED),
        plan_paid=amounts.get(Field.PLAN_PAID),
        other_paid=amounts.get(Field.OTHER_PAID),
        you_owe=owed,
        paid_by_you=amounts.get(Field.PAID_AT_VISIT),
        reasons=_reasons(row, mapping.places(Field.REASONS)),
        remarks=(
            *remarks,
            *(one_line(row.cell(place)) for place in mapping.places(Field.REMARK) if row.cell(place)),
        ),
        where=row.where,
    )


def _day(reading: Reading, cell: str) -> date | str | None:
    if not cell or cell.strip("-\u2013 ").casefold() in ("", "n/a", "na", "none"):
        return None
    return reading.days.read(cell)


def _service(reading: Reading, row: Row, field: Field) -> tuple[date, date] | str | None:
    """The first and last day in a cell that holds one day or a range of days."""
    cell = one_line(row.cell(reading.mapping.place(field)))
    days = [_day(reading, part.strip()) for part in days_in(cell)]
    for day in days:
        if isinstance(day, str):
            return day
    known = [day for day in days if isinstance(day, date)]
    return (min(known), max(known)) if known else None


def _first_and_last(
    begins: tuple[date, date] | str | None, ends: tuple[date, date] | str | None
) -> tuple[date | None, date | None]:
    known = [day for pair in (begins, ends) if isinstance(pair, tuple) for day in pair]
    return (min(known), max(known)) if known else (None, None)


def _amounts(reading: Reading, row: Row) -> tuple[Amounts | str, list[str]]:
    """The row's amounts by field, or why one cannot be read; and what was rounded."""
    found: Amounts = {}
    remarks: list[str] = []
    for place, field in enumerate(reading.mapping.columns):
        if field is None or field not in CLAIM_AMOUNTS:
            continue
        cell = row.cell(place)
        if cell.strip("-\u2013 ").casefold() in ("", "n/a", "na", "none"):
            continue
        amount = reading.amounts.read(cell)
        if amount.cents is None:
            return f"{field.value.capitalize()}: {amount.why}", remarks
        if amount.why:
            remarks.append(f"{field.value.capitalize()}: {amount.why}")
        found[field] = amount.cents
    for field in (Field.DISCOUNT, Field.DEDUCTIBLE, Field.PLAN_PAID, Field.PAID_AT_VISIT):
        # Some downloads write what was taken off, or paid, in brackets beside a positive bill.
        if found.get(field, 0) < 0 <= found.get(Field.BILLED, -1):
            found[field] = -found[field]
    return found, remarks


def _decision(status: str) -> _Decision:
    words = status.casefold()
    if any(words == word or words.startswith(word + " ") for word in _UNDECIDED):
        return _Decision("in process", status, decided=False)
    if any(word in words.split() for word in _UNDONE):
        return _Decision("cancelled", status)
    return _Decision("active", status, denied=any(word in words for word in _DENIED))


def _allowed(amounts: Amounts, remarks: list[str], *, denied: bool) -> Cents | None:
    """What the plan allowed; where a file gives the discount instead, billed less the discount (3.2).

    Of a denied claim nothing was allowed, whatever discount stands beside it.
    """
    allowed = amounts.get(Field.ALLOWED)
    if allowed is None and not denied and Field.BILLED in amounts and Field.DISCOUNT in amounts:
        allowed = amounts[Field.BILLED] - amounts[Field.DISCOUNT]
        remarks.append("The allowed amount is what was billed less the plan discount.")
    paid, share = amounts.get(Field.PLAN_PAID), amounts.get(Field.RESPONSIBILITY)
    if allowed is not None and paid is not None and share is not None:
        whole = paid + share + amounts.get(Field.OTHER_PAID, 0)
        if abs(whole - amounts.get(Field.NOT_COVERED, 0) - allowed) > 1 and abs(whole - allowed) > 1:
            remarks.append(
                f"The figures do not add up: allowed {dollars(allowed)}, plan paid {dollars(paid)}, "
                f"your responsibility {dollars(share)}."
            )
    return allowed


def _owed(amounts: Amounts, remarks: list[str]) -> Cents | None:
    """Your whole share. What a file says is left of it after paying at the visit must agree with it."""
    share, left = amounts.get(Field.RESPONSIBILITY), amounts.get(Field.YOU_OWE)
    if share is None:
        return left
    paid = amounts.get(Field.PAID_AT_VISIT, 0)
    if left is not None and abs(max(0, share - paid) - left) > 1:
        remarks.append(
            f"The file says you owe {dollars(left)}; your responsibility {dollars(share)} less "
            f"{dollars(paid)} paid at the visit is {dollars(max(0, share - paid))}."
        )
    return share


def _network(cell: str) -> str:
    words = cell.casefold().replace("-", " ").split()
    if words[:1] in (["in"], ["yes"], ["y"]) or words == ["innetwork"]:
        return "in"
    if words[:1] in (["out"], ["no"], ["n"], ["non"]):
        return "out"
    return ""


def _described(service: str, code: str) -> str:
    return " ".join(part for part in (code, service) if part)


def _reasons(row: Row, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(code for place in places for code in _CODES.split(row.cell(place)) if code)


def _together(rows: Sequence[FoundEob]) -> FoundEob:
    """One claim out of the rows that are its lines."""
    sums: dict[str, Cents | None] = {}
    for name in _SUMMED:
        known = [value for row in rows if (value := getattr(row, name)) is not None]
        sums[name] = sum(known) if known else None
    starts = [row.service_from for row in rows if row.service_from]
    ends = [row.service_to for row in rows if row.service_to]
    remarks = dict.fromkeys(remark for row in rows for remark in row.remarks)
    return replace(
        rows[0],
        **sums,  # type: ignore[arg-type]
        service_from=min(starts, default=None),
        service_to=max(ends, default=None),
        reasons=tuple(dict.fromkeys(code for row in rows for code in row.reasons)),
        lines=tuple(_line(number, row) for number, row in enumerate(rows, start=1)),
        remarks=(*remarks, f"It is made of {len(rows)} rows with the same claim number."),
        where=", ".join(row.where for row in rows[:20]),
    )


def _line(number: int, row: FoundEob) -> FoundLine:
    return FoundLine(
        number=number,
        service_from=row.service_from,
        service_to=row.service_to,
        description=row.description,
        billed=row.billed,
        allowed=row.allowed,
        deductible=row.deductible,
        copay=row.copay,
        coinsurance=row.coinsurance,
        not_covered=row.not_covered,
        plan_paid=row.plan_paid,
        you_owe=row.you_owe,
        reasons=row.reasons,
    )
