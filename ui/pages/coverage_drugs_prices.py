"""The cards with the prices of one prescription, and with its fills."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.dates import day_text
from tracker.money import dollars, dollars_or_blank
from tracker.services.prescription_report import DrugShown
from ui.models.drug_rows import NOT_KNOWN, FillRow, PriceRow, fill_rows, price_rows
from ui.models.table import Column
from ui.pages.coverage_list import ListCard
from ui.widgets.buttons import LinkButton
from ui.window_state import WindowState

FEW_FILLS = 6
"""So many of the latest are listed until all are asked for."""


class DrugPricesCard(ListCard[PriceRow]):
    """Every way to get a fill. Only prices that somebody named can be changed or removed."""

    add_asked = Signal()

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__(
            "What a fill costs",
            _price_columns(),
            lambda row: row.number,
            state,
            add=("Add price", lambda: self.add_asked.emit()),
            empty=("No prices yet", "Ask what a fill costs in cash, and compare."),
            small=True,
            parent=parent,
        )

    def show_drug(self, one: DrugShown, names: Mapping[int, str], today: date) -> None:
        rows = price_rows(one, names, today)
        until = [part.title for part in one.years]
        if until and any(row.rest is not None or row.next_year is not None for row in rows):
            self.set_subtitle(
                f"The last columns are what this drug and all else you expect cost {_lower(until[0])}, and "
                f"{_lower(until[-1])}, if every fill is had this way."
            )
        else:
            self.set_subtitle("")
        self.show_rows(rows)

    @Slot()
    def _on_selection(self) -> None:
        super()._on_selection()
        named = bool(chosen := self.table.selected_rows()) and all(row.place is not None for row in chosen)
        self.remove_button.setEnabled(named and len(chosen) == 1)
        self.edit_button.setEnabled(named and len(chosen) == 1)


class DrugFillsCard(ListCard[FillRow]):
    """The fills of one prescription, the latest first."""

    add_asked = Signal()

    def __init__(self, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__(
            "Fills",
            _fill_columns(),
            lambda row: row.number,
            state,
            add=("Record a fill", lambda: self.add_asked.emit()),
            empty=("No fills yet", "Record a fill to see when the next one is due."),
            small=True,
            parent=parent,
        )

        self._one: DrugShown | None = None
        self._shows_all = False
        self.all_button = LinkButton("Show all fills")
        self.all_button.clicked.connect(self._on_all)
        self.body.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.all_button.hide()

    def show_drug(self, one: DrugShown) -> None:
        self._one = one
        ahead = one.upcoming[:3]
        said = "; ".join(
            f"{day_text(fill.day)}, {dollars(fill.cost) if fill.cost is not None else 'cost not known'}"
            for fill in ahead
        )
        self.set_subtitle(f"Expected next: {said}." if said else "")
        rows = fill_rows(one)
        self.show_rows(rows if self._shows_all else rows[:FEW_FILLS])
        self.set_note(f"{len(rows):,}" if rows else "")
        self.all_button.setVisible(len(rows) > FEW_FILLS)
        words = "Show fewer fills" if self._shows_all else f"Show all {len(rows):,} fills"
        self.all_button.setText(words)

    @Slot()
    def _on_all(self) -> None:
        self._shows_all = not self._shows_all
        if self._one is not None:
            self.show_drug(self._one)


def _lower(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}" if title.startswith("Until") else f"from {title}"


def _price_columns() -> list[Column[PriceRow]]:
    return [
        Column("How", lambda row: row.through, tooltip=lambda row: row.tip, tone=_old_tone),
        Column("Pharmacy", lambda row: row.pharmacy, stretch=3, tooltip=lambda row: row.pharmacy),
        Column("Days", lambda row: row.days, order=lambda row: row.quote.offer.days, right=True),
        Column(
            "You pay",
            lambda row: row.pays,
            order=lambda row: row.quote.pays,
            right=True,
            bold=lambda row: row.quote.pays is not None,
            tone=lambda row: "quiet" if row.pays == NOT_KNOWN else "",
        ),
        Column("A day", lambda row: row.per_day, order=lambda row: row.quote.per_day, right=True),
        Column("A year", lambda row: row.per_year, order=lambda row: row.quote.per_year, right=True),
        Column("", lambda row: row.best, stretch=2, tone=lambda _row: "good", tooltip=lambda row: row.best),
        Column("All, this year", lambda row: dollars_or_blank(row.rest), order=_rest, right=True),
        Column("Next year", lambda row: dollars_or_blank(row.next_year), order=_next_year, right=True),
    ]


def _rest(row: PriceRow) -> int | None:
    return row.rest


def _next_year(row: PriceRow) -> int | None:
    return row.next_year


def _old_tone(row: PriceRow) -> str:
    return "warning" if row.is_old else ""


def _fill_columns() -> list[Column[FillRow]]:
    return [
        Column("Filled on", lambda row: day_text(row.day), order=lambda row: row.day),
        Column("Days", lambda row: str(row.days), order=lambda row: row.days, right=True),
        Column("How", lambda row: row.through),
        Column("You paid", lambda row: dollars_or_blank(row.cost), order=lambda row: row.cost, right=True),
        Column("", lambda row: row.status, stretch=1, tone=lambda _row: "quiet", tooltip=_tip),
    ]


def _tip(row: FillRow) -> str:
    note = row.fill.note if row.fill else ""
    return "\n".join(part for part in (row.status, note) if part)
