"""What went into an HSA for a tax year, and what came out of it in the year, with what each paid for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.dates import day_text
from tracker.money import dollars, dollars_or_blank
from tracker.services.hsa_taken import TakenOut
from tracker.services.hsa_year import HsaYear
from tracker.storage.queries.hsa_money import HsaMove
from ui.context import Context
from ui.models import hsa_words as words
from ui.models.table import Column
from ui.pages.coverage_list import ListCard
from ui.widgets.buttons import PlainButton
from ui.widgets.label import Label


class DepositsCard(ListCard[HsaMove]):
    """Money in, by source; what is no contribution is shown and not counted."""

    def __init__(self, context: Context, add: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(
            "Contributions",
            _deposit_columns(),
            lambda row: row.payment_id,
            context.state,
            add=("Add contribution", add),
            empty=("", "Nothing went in for this year yet."),
            small=True,
            parent=parent,
        )

    def show_year(self, shown: HsaYear) -> None:
        """Show what went in for a tax year."""
        self.set_title(f"Contributions for {shown.year}")
        self.set_subtitle(words.deadline_sentence(shown.year))
        self.show_rows(shown.deposits)
        if shown.deposits:
            self.set_note(f"{dollars(shown.contributed)} counts")


class TakenCard(ListCard[TakenOut]):
    """Money out. `tie_asked` carries a row whose expenses are to be chosen, `why_asked` one to explain."""

    tie_asked = Signal(object)
    why_asked = Signal(object)

    def __init__(self, context: Context, add: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(
            "Taken out",
            _taken_columns(),
            lambda row: row.payment_id,
            context.state,
            add=("Record a distribution", add),
            empty=("", "Nothing was taken out in this year."),
            small=True,
            parent=parent,
        )
        self.tax = Label("", wrap=True)
        self.body.addWidget(self.tax)
        self.tie_button, self.why_button = PlainButton("Choose its expenses"), PlainButton("Why?")
        line = self.actions_line.layout()
        assert line is not None
        line.addWidget(self.tie_button)
        line.addWidget(self.why_button)
        self.tie_button.clicked.connect(lambda: self._emit(self.tie_asked))
        self.why_button.clicked.connect(lambda: self._emit(self.why_asked))
        self._on_selection()

    def show_year(self, shown: HsaYear) -> None:
        """Show what came out in a calendar year, and what it costs in tax."""
        self.set_title(f"Taken out in {shown.year}")
        self.show_rows(shown.taken)
        sentence = words.tax_sentence(shown)
        self.tax.setText(sentence)
        self.tax.setVisible(bool(sentence))
        self.tax.set_tone("warning" if sentence else "")

    @Slot()
    def _on_selection(self) -> None:
        super()._on_selection()
        if hasattr(self, "tie_button"):  # the list is built before its other buttons
            rows: list[TakenOut] = self.table.selected_rows()
            one = rows[0] if len(rows) == 1 else None
            self.why_button.setEnabled(one is not None)
            self.tie_button.setEnabled(one is not None and not paid_directly(one))

    def _emit(self, signal: object) -> None:
        rows: list[TakenOut] = self.table.selected_rows()
        if rows:
            signal.emit(rows[0])  # type: ignore[attr-defined]


def paid_directly(row: TakenOut) -> bool:
    """Whether it went straight to a provider: then that payment is its expense."""
    return any(part.expense_id == row.payment_id for part in row.parts)


def _deposit_columns() -> list[Column[HsaMove]]:
    return [
        Column("Date", lambda row: day_text(row.paid_on), order=lambda row: row.paid_on),
        Column("From", words.move_from, stretch=1, tooltip=lambda row: row.note or words.move_from(row)),
        Column("What it is", words.move_source, stretch=1, tooltip=words.move_source),
        Column("Tax year", lambda row: str(row.tax_year)),
        Column(
            "Amount",
            lambda row: dollars(row.amount),
            order=lambda row: row.amount,
            right=True,
            tone=lambda row: "" if words.move_counts(row) else "quiet",
        ),
    ]


def _taken_columns() -> list[Column[TakenOut]]:
    return [
        Column("Date", lambda row: day_text(row.paid_on), order=lambda row: row.paid_on),
        Column("To", lambda row: row.payee, stretch=1, tooltip=lambda row: row.payee),
        Column(
            "Paid for",
            words.taken_for,
            stretch=2,
            tooltip=lambda row: "\n".join(part.label for part in row.parts) or words.taken_for(row),
            tone=lambda row: "warning" if row.untied else "",
        ),
        Column("Amount", lambda row: dollars(row.amount), order=lambda row: row.amount, right=True),
        Column("Free of tax", lambda row: dollars(row.qualified), right=True),
        Column(
            "Taxed",
            lambda row: dollars_or_blank(row.taxable or None),
            right=True,
            tone=lambda row: "warning" if row.taxable else "",
        ),
    ]
