"""The Deductible sheet: claim by claim, the running total by formula, and a stepped chart of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from tracker.exports import xlsx_look as look
from tracker.exports.xlsx_book import Book, clean_text, day_number
from tracker.exports.xlsx_chart import draw_line, dress, dress_axes, lay_over
from tracker.exports.xlsx_facts import DeductibleRun, WorkbookFacts
from tracker.money import Cents, dollars

if TYPE_CHECKING:
    from openpyxl.chart import ScatterChart
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "Deductible"
HEADINGS = (
    "Plan",
    "For",
    "Service Date",
    "Processed Date",
    "Person",
    "Provider",
    "Care",
    "Deductible on EOB",
    "Counted",
    "Running Total",
    "Limit",
    "Left",
)
_AMOUNTS_FROM = 8
_DAY, _TOTAL, _LIMIT_DAY, _LIMIT, _AHEAD_DAY = 14, 15, 16, 17, 18
_AHEAD = (("At least", 19), ("Expected", 20), ("At most", 21))
"""Hidden columns with the corners of the charts' lines."""
CHART_ROWS = 15
_HALF = 6
"""The last column under the left of two charts."""
_PAGE_ROWS = 68
"""About what a page holds."""
NONE_SENTENCE = "No plan of this year has a deductible."
NOTE = (
    "A claim counts in the plan year of its service date. Counted is less than the EOB states where the"
    " limit was reached. Membership fees and premiums never count."
)


def write_deductible(book: Book, facts: WorkbookFacts, title: str) -> None:
    """One list for all deductibles of the year, and a chart for each that has moved."""
    sheet = book.add_sheet(NAME)
    for column, heading in enumerate(HEADINGS, start=1):
        look.as_heading(book.text(sheet, 1, column, heading), right=column >= _AMOUNTS_FROM)
    sheet.row_dimensions[1].height = 32
    row, corner = 2, 2
    charts: list[tuple[DeductibleRun, int, int, int]] = []
    for run in facts.deductibles:
        end = _write_run(book, sheet, run, row)
        if run.claims:
            last_corner = _write_corners(book, sheet, run, row, corner)
            last_ahead = _write_ahead(book, sheet, run, corner)
            charts.append((run, corner, last_corner, last_ahead))
            corner = max(last_corner, last_ahead) + 1
        row = end
    if not facts.deductibles:
        book.text(sheet, 2, 1, NONE_SENTENCE)
        row = 3
    notes = [NOTE, *(f"{run.whose}: {run.ahead.words}" for run in facts.deductibles if run.ahead)]
    for note in notes:
        row += 1
        look.as_note(book.text(sheet, row, 1, note))
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(HEADINGS))
        sheet.row_dimensions[row].height = 28 if note is NOTE else 16
    below = row + 2
    drawn = [_chart(sheet, *one) for one in charts]
    _finish(sheet, facts, title, _place_charts(sheet, drawn, below))


def _write_run(book: Book, sheet: Worksheet, run: DeductibleRun, row: int) -> int:
    """The rows of one deductible; gives the row after them."""
    from openpyxl.styles import Border, Side

    begin, total = row, 0
    for claim in run.claims or (None,):
        book.text(sheet, row, 1, run.plan)
        book.text(sheet, row, 2, run.whose)
        if claim is None:
            book.text(sheet, row, 7, "No claims counted yet")
        else:
            total += claim.counted
            book.day(sheet, row, 3, claim.service_on)
            book.day(sheet, row, 4, claim.processed_on)
            book.text(sheet, row, 5, claim.person)
            book.text(sheet, row, 6, claim.provider)
            book.text(sheet, row, 7, claim.care)
            book.money(sheet, row, 8, claim.on_eob)
            book.money(sheet, row, 9, claim.counted)
        formula = f"=SUM(I{row})" if row == begin else f"=J{row - 1}+I{row}"
        book.formula(sheet, row, 10, formula, total)
        book.money(sheet, row, 11, run.limit)
        left = None if run.limit is None else run.limit - total
        book.formula(sheet, row, 12, f'=IF(K{row}="","",K{row}-J{row})', left)
        for column in range(1, len(HEADINGS) + 1):
            money = look.MONEY if column >= _AMOUNTS_FROM else ""
            cell = sheet.cell(row, column)
            look.as_body(cell, money)  # type: ignore[arg-type]
            if column in (3, 4):
                cell.number_format = look.DAY
            if row == begin and begin > 2:
                cell.border = Border(top=Side("thin", color=look.QUIET), bottom=cell.border.bottom)
        row += 1
    return row


def _write_corners(book: Book, sheet: Worksheet, run: DeductibleRun, first: int, row: int) -> int:
    """The corners of the stepped line: two for each claim. Gives the last row used."""

    def put(day_formula: str, day: date, total_formula: str, total: Cents) -> None:
        nonlocal row
        book.formula(sheet, row, _DAY, day_formula, day).number_format = look.DAY
        book.formula(sheet, row, _TOTAL, total_formula, total).number_format = look.MONEY
        row += 1

    for place, day in enumerate((run.period.begin, run.period.last_day)):
        book.day(sheet, row + place, _LIMIT_DAY, day).number_format = look.DAY
        if run.limit is not None:
            book.money(sheet, row + place, _LIMIT, run.limit).number_format = look.MONEY
    put(_date_formula(run.period.begin), run.period.begin, "=0", 0)
    before = 0
    for place, claim in enumerate(run.claims, start=first):
        put(f"=C{place}", claim.service_on, "=0" if place == first else f"=J{place - 1}", before)
        before += claim.counted
        put(f"=C{place}", claim.service_on, f"=J{place}", before)
    end = min(max(run.today, run.claims[-1].service_on), run.period.last_day)
    put(_date_formula(end), end, f"=J{first + len(run.claims) - 1}", before)
    return row - 1


def _write_ahead(book: Book, sheet: Worksheet, run: DeductibleRun, row: int) -> int:
    """The corners of low, expected and high from today to the period's end. Gives the last row used.

    Where only the pace is known there is a straight expected line.
    """
    ahead = run.ahead
    if ahead is None:
        return row - 1
    used = sum(claim.counted for claim in run.claims)
    lines = (ahead.low, ahead.expected, ahead.high)

    def put(day: date, totals: Sequence[Cents | None]) -> None:
        nonlocal row
        book.day(sheet, row, _AHEAD_DAY, day).number_format = look.DAY
        for (_name, column), total in zip(_AHEAD, totals, strict=True):
            book.money(sheet, row, column, total).number_format = look.MONEY
        row += 1

    before: list[Cents | None] = [used if line else None for line in lines]
    before[1] = used
    put(run.today, before)
    for day in sorted({step.day for line in lines if line for step in line.steps}):
        now = [line.at(day, used) if line else None for line in lines]
        put(day, before)
        put(day, now)
        before = now
    if ahead.expected is None:
        put(ahead.reached_on or run.period.last_day, [None, ahead.end_total, None])
    else:
        put(run.period.last_day, before)
    return row - 1


def _date_formula(day: date) -> str:
    return f"=DATE({day.year},{day.month},{day.day})"


def _chart(sheet: Worksheet, run: DeductibleRun, first: int, last: int, last_ahead: int) -> ScatterChart:
    from openpyxl.chart import Reference, ScatterChart, Series

    chart = ScatterChart()
    chart.style = 2
    chart.scatterStyle = "lineMarker"
    counted = Series(
        Reference(sheet, min_col=_TOTAL, min_row=first, max_row=last),
        Reference(sheet, min_col=_DAY, min_row=first, max_row=last),
        title="Counted toward the deductible",
    )
    draw_line(counted, look.ACCENT, points=2.25)
    chart.series.append(counted)
    if run.limit is not None:
        limit = Series(
            Reference(sheet, min_col=_LIMIT, min_row=first, max_row=first + 1),
            Reference(sheet, min_col=_LIMIT_DAY, min_row=first, max_row=first + 1),
            title=f"Limit {dollars(run.limit, whole=True)}",
        )
        draw_line(limit, look.QUIET, points=1.25, dash="dash")
        chart.series.append(limit)
    for name, column in _AHEAD:
        if run.ahead is None or (run.ahead.expected is None and name != "Expected"):
            continue
        line = Series(
            Reference(sheet, min_col=column, min_row=first, max_row=last_ahead),
            Reference(sheet, min_col=_AHEAD_DAY, min_row=first, max_row=last_ahead),
            title=name,
        )
        if name == "Expected":
            draw_line(line, look.ACCENT, points=2.0, dash="dash")
        else:
            draw_line(line, look.QUIET, points=1.0, dash="sysDot")
        chart.series.append(line)
    dress(chart, clean_text(f"{run.plan}: {run.whose}")[:120])
    dress_axes(chart, value_format='"$"#,##0', across_format="mmm d")
    begin, end = day_number(run.period.begin), day_number(run.period.last_day)
    chart.x_axis.scaling.min, chart.x_axis.scaling.max = begin, end
    chart.x_axis.majorUnit = max(1, (end - begin) / 4)  # type: ignore[union-attr]
    chart.y_axis.scaling.min = 0
    chart.visible_cells_only = False  # its corners lie in hidden columns
    return chart


def _place_charts(sheet: Worksheet, charts: Sequence[ScatterChart], row: int) -> int:
    """One chart over the whole width, several two by two. Gives the last row they take.

    Pages break between the rows of charts, never through one.
    """
    from openpyxl.worksheet.pagebreak import Break

    columns = len(HEADINGS)
    page_begins = 1
    for number, chart in enumerate(charts):
        alone = number == len(charts) - 1 and number % 2 == 0
        if number % 2 == 0 and row + CHART_ROWS - page_begins > _PAGE_ROWS:
            sheet.row_breaks.append(Break(id=row - 1))
            page_begins = row
        if alone:
            lay_over(sheet, chart, 1, columns if not number else _HALF, row, CHART_ROWS - 1)
        else:
            edges = (1, _HALF) if number % 2 == 0 else (_HALF + 1, columns)
            lay_over(sheet, chart, *edges, row, CHART_ROWS - 1)
        if number % 2 or alone:
            row += CHART_ROWS
    return row


def _finish(sheet: Worksheet, facts: WorkbookFacts, title: str, end: int) -> None:
    runs = facts.deductibles
    claims = [claim for run in runs for claim in run.claims]
    amounts = [claim.on_eob for claim in claims] + [run.limit for run in runs if run.limit is not None]
    widths = {
        "A": look.text_width([run.plan for run in runs], least=16, most=34),
        "B": look.text_width([run.whose for run in runs], least=18, most=30),
        "C": 14.0,
        "D": 14.0,
        "E": look.text_width([claim.person for claim in claims], least=12, most=24),
        "F": look.text_width([claim.provider for claim in claims], least=16, most=32),
        "G": look.text_width([claim.care for claim in claims], least=18, most=40),
        **{letter: look.money_width(amounts, least=14) for letter in "HIJKL"},
    }
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    for letter in "NOPQRSTU":
        sheet.column_dimensions[letter].hidden = True
    sheet.freeze_panes = "A2"
    sheet.sheet_view.showGridLines = False
    look.set_up_page(sheet, title, area=f"A1:L{end}", rows="1:1")
