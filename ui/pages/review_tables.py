"""The tables of the Year in review page: budget by line, who paid, fixed costs, what changed."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.dates import day_text
from tracker.money import Cents, dollars, dollars_or_blank
from tracker.reports.budget import difference_words
from tracker.reports.pursued import Pursued
from tracker.reports.year_over_year import YearFigure, change_text, percent_text
from tracker.reports.year_review import YearReview
from ui.models.budget_words import difference_tone
from ui.models.table import Bar, Column, RowTableModel


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A budget line in the year: planned for all of it, and planned and paid in the months begun."""

    place: int
    name: str
    whole: Cents | None
    estimated: Cents | None
    actual: Cents | None
    difference: Cents | None
    scale: Cents
    is_total: bool


def budget_rows(review: YearReview) -> list[BudgetRow]:
    """Every line, and all of them together."""
    lines = [*review.line_totals, review.whole]
    amounts = [max(item.to_date.estimated or 0, item.to_date.actual or 0) for item in lines]
    largest = max(amounts[:-1], default=0)
    rows = []
    for place, (item, amount) in enumerate(zip(lines, amounts, strict=True)):
        part, is_total = item.to_date, item is lines[-1]
        rows.append(
            BudgetRow(
                place,
                item.name or "All lines",
                item.year.estimated,
                part.estimated,
                part.actual,
                part.difference,
                amount if is_total else largest,
                is_total,
            )
        )
    return rows


def budget_model() -> RowTableModel[BudgetRow]:
    """Planned, planned so far, paid so far, and the difference between the last two."""
    columns: list[Column[BudgetRow]] = [
        Column("Line", lambda row: row.name, stretch=3, tooltip=lambda row: row.name),
        Column("Estimated, year", lambda row: dollars_or_blank(row.whole), right=True),
        Column("Estimated so far", lambda row: dollars_or_blank(row.estimated), right=True),
        Column("Actual", lambda row: dollars_or_blank(row.actual), right=True),
        Column(
            "Difference",
            lambda row: difference_words(row.difference),
            right=True,
            tone=lambda row: difference_tone(row.difference),
        ),
        Column("", lambda _: "", bar=_budget_bar, stretch=2),
    ]
    return RowTableModel(columns, key=lambda row: row.place, bold=lambda row: row.is_total)


def _budget_bar(row: BudgetRow) -> Bar | None:
    if row.estimated is None and row.actual is None:
        return None
    return Bar(row.estimated or 0, row.actual, row.scale)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source of money, or what was written off; `whole` is all of it together."""

    place: int
    name: str
    words: str
    amount: Cents
    whole: Cents
    is_total: bool = False


def source_rows(review: YearReview) -> list[SourceRow]:
    """Who bore how much, without those who bore nothing."""
    paid, whole = review.who_paid, review.who_paid.total
    rows = [
        SourceRow(place, name, words, amount, whole)
        for place, (name, words, amount) in enumerate(paid.sources)
    ]
    return [*rows, SourceRow(len(rows), "Together", "", whole, whole, True)] if rows else []


def source_model() -> RowTableModel[SourceRow]:
    """Amount, share and a bar for each source."""
    columns: list[Column[SourceRow]] = [
        Column("Who", lambda row: row.name, stretch=2, tooltip=lambda row: row.words),
        Column("Amount", lambda row: dollars(row.amount), right=True),
        Column("Share", _share, right=True),
        Column("", lambda _: "", bar=_source_bar, stretch=2),
    ]
    return RowTableModel(columns, key=lambda row: row.place, bold=lambda row: row.is_total)


def _share(row: SourceRow) -> str:
    if row.is_total or row.whole <= 0:
        return ""
    return f"{row.amount * 100 / row.whole:.1f}%"


def _source_bar(row: SourceRow) -> Bar | None:
    return None if row.is_total or row.whole <= 0 else Bar(None, max(row.amount, 0), row.whole)


@dataclass(frozen=True, slots=True)
class CostRow:
    """A premium or fee of the year."""

    place: int
    name: str
    schedule: str
    due: Cents
    paid: Cents


def cost_rows(review: YearReview) -> list[CostRow]:
    """Premiums, then fees."""
    items = (*review.premiums, *review.memberships)
    return [
        CostRow(place, item.label, item.schedule, item.due, item.paid) for place, item in enumerate(items)
    ]


def cost_model() -> RowTableModel[CostRow]:
    """What fell due in the year and what was paid of it."""
    columns: list[Column[CostRow]] = [
        Column("What", lambda row: row.name, stretch=1, tooltip=lambda row: row.name),
        Column("When", lambda row: row.schedule, stretch=1, tooltip=lambda row: row.schedule),
        Column("Due", lambda row: dollars(row.due), right=True),
        Column("Paid", lambda row: dollars(row.paid), right=True),
    ]
    return RowTableModel(columns, key=lambda row: row.place)


def pursued_model() -> RowTableModel[Pursued]:
    """Disputes and claims the member filed."""
    columns: list[Column[Pursued]] = [
        Column("What", lambda row: row.what, stretch=2, tooltip=lambda row: row.what),
        Column("Kind", lambda row: row.kind, stretch=1),
        Column("Opened", lambda row: day_text(row.opened_on)),
        Column("Stands", lambda row: row.ended),
        Column("At stake", lambda row: dollars_or_blank(row.at_stake), right=True),
        Column("Came back", lambda row: dollars_or_blank(row.recovered), right=True),
    ]
    return RowTableModel(columns, key=lambda row: row.place)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A figure of two years, or the title of the figures below it."""

    place: int
    name: str
    figure: YearFigure | None = None
    before: int | None = None
    after: int | None = None


def past_rows(review: YearReview) -> list[ChangeRow]:
    """This year against the last."""
    return _change_rows(
        [(item, item.last_year, item.this_year) for item in review.changes if item.has_past]
    )


def future_rows(review: YearReview) -> list[ChangeRow]:
    """The next year, as far as it is entered, against this one."""
    return _change_rows(
        [(item, item.this_year, item.next_year) for item in review.changes if item.has_future]
    )


def _change_rows(figures: list[tuple[YearFigure, int | None, int | None]]) -> list[ChangeRow]:
    rows: list[ChangeRow] = []
    title = ""
    for figure, before, after in figures:
        if figure.group != title:
            title = figure.group
            rows.append(ChangeRow(len(rows), title))
        rows.append(ChangeRow(len(rows), figure.label, figure, before, after))
    return rows


def change_model() -> RowTableModel[ChangeRow]:
    """Before, after, and the change in dollars and in percent."""
    columns: list[Column[ChangeRow]] = [
        Column("", lambda row: row.name, stretch=1, tooltip=lambda row: row.name),
        Column("Before", lambda row: row.figure.text(row.before) if row.figure else "", right=True),
        Column("After", lambda row: row.figure.text(row.after) if row.figure else "", right=True),
        Column("Change", _change, right=True),
        Column("Percent", lambda row: percent_text(row.before, row.after), right=True),
    ]
    return RowTableModel(columns, key=lambda row: row.place, bold=_is_bold)


def _change(row: ChangeRow) -> str:
    return change_text(row.figure, row.before, row.after) if row.figure else ""


def _is_bold(row: ChangeRow) -> bool:
    return row.figure is None or row.figure.is_total
