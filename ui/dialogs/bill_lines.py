"""The lines of an itemised bill: what a cell holds, and reading lines pasted in any order of columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from tracker.errors import UserProblem
from tracker.facts import StatementLine
from tracker.imports.pasted_cells import amount_of, day_of, text_of
from tracker.money import dollars
from ui.dialogs.paper_lines import Pasted
from ui.models.paper_lines import CellKind, Values, count_kind, day_kind, money_kind, text_kind

FIELDS = ("description", "code", "modifiers", "units", "service_on", "amount")
_CODE = re.compile(r"[A-Z]?\d{4}[A-Z0-9]|\d{4}", re.ASCII)
"""A procedure code of five signs, or a revenue code of four digits."""
_MODIFIERS = re.compile(r"[A-Z0-9]{2}([ ,]+[A-Z0-9]{2})*", re.ASCII)


def line_kinds(today: date) -> tuple[CellKind, ...]:
    """The columns of an itemised bill."""
    return (
        day_kind("service_on", "Date", today, also=("date of service", "service date", "dos")),
        text_kind(
            "description",
            "Description",
            stretch=3,
            width=200,
            also=("service", "item", "procedure", "charge description"),
        ),
        text_kind("code", "Code", also=("cpt", "hcpcs", "cpt/hcpcs", "procedure code")),
        text_kind("modifiers", "Modifiers", rare=True, also=("modifier", "mod")),
        count_kind("units", "Units", also=("qty", "quantity", "count")),
        money_kind("amount", "Amount", also=("charge", "charges", "total", "total charges", "price")),
    )


def line_values(lines: Sequence[StatementLine]) -> list[Values]:
    """The lines of a statement as those of a table; a single unit is not worth a word."""
    found: list[Values] = []
    for line in lines:
        values = {name: value for name in FIELDS if (value := getattr(line, name)) not in ("", None)}
        if line.units == 1:
            del values["units"]
        found.append(values)
    return found


def lines_of(values: Sequence[Values]) -> tuple[StatementLine, ...]:
    """The lines of a statement in those of a table. Raises UserProblem for one without an amount."""
    for place, line in enumerate(values, start=1):
        if "amount" not in line:
            raise UserProblem(
                f"Line {place} has no amount.", "Type what it costs, 0 where nothing.", field="lines"
            )
    return tuple(StatementLine(**line) for line in values)


def sum_words(values: Sequence[Values], charges: int | None) -> tuple[str, str]:
    """What the lines come to, beside the charges where those are known; and the tone."""
    amounts = [line["amount"] for line in values if "amount" in line]
    if not amounts:
        return "", ""
    total = sum(amounts)
    count = "1 line" if len(values) == 1 else f"{len(values):,} lines"
    back = sum(amount < 0 for amount in amounts)
    words = f"{count}, {dollars(total)}."
    if back:
        words += f" {back:,} of them {'is' if back == 1 else 'are'} negative: a reversal or a credit."
    if charges is not None and charges != total:
        return (
            f"{words} Off by {dollars(abs(charges - total))} from the charges of {dollars(charges)}.",
            "warning",
        )
    return words, ""


def paste_reader(today: date) -> Callable[[Sequence[Sequence[str]]], Pasted | None]:
    """Reads pasted rows by what stands in them: the last amount is the amount, a day is the day."""

    def read(cells: Sequence[Sequence[str]]) -> Pasted | None:
        if max(len(row) for row in cells) < 2:
            return None
        lines, problems = [], []
        for number, row in enumerate(cells, start=1):
            line = _line(row, today)
            if "amount" in line:
                lines.append(line)
            elif number > 1 and line:  # the first row may be of headings
                problems.append(f"Row {number} has no amount and was left out")
        return Pasted(tuple(lines), tuple(problems)) if lines else None

    return read


def _line(row: Sequence[str], today: date) -> Values:
    texts = [text_of(cell) for cell in row]
    line: dict[str, object] = {}
    money = [n for n, text in enumerate(texts) if _is_amount(text)]
    # `99213` and `1` are amounts to read too; money is written with a dollar sign or with cents.
    sure = [n for n in money if "." in texts[n] or "$" in texts[n]]
    chosen = (sure or money)[-1:] if money and (sure or money[-1] == len(texts) - 1) else []
    rest = []
    for place, text in enumerate(texts):
        if not text:
            continue
        if place in chosen:
            line["amount"] = amount_of(text)
        elif "service_on" not in line and (day := _day(text, today)) is not None:
            line["service_on"] = day
        elif "code" not in line and _CODE.fullmatch(text.upper()):
            line["code"] = text.upper()
        elif "units" not in line and re.fullmatch(r"\d{1,4}(\.0+)?", text, re.ASCII):
            line["units"] = int(text.split(".")[0])
        elif "code" in line and "modifiers" not in line and _MODIFIERS.fullmatch(text):
            line["modifiers"] = text
        elif place not in money:
            rest.append(text)
    if rest:
        line["description"] = " ".join(rest)[:200]
    return line


def _is_amount(text: str) -> bool:
    try:
        amount_of(text)
    except UserProblem:
        return False
    return True


def _day(text: str, today: date) -> date | None:
    if not re.search(r"[/.\-]|[A-Za-z]{3}", text):
        return None
    try:
        return day_of(text, today)
    except UserProblem:
        return None
