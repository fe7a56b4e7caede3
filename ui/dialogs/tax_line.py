"""What a line of the tax worksheet is made of: why, and every payment or drive behind it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.dates import day_text
from tracker.domain.accounts.tax_sheet import SheetLine, Source
from tracker.facts import Payment
from tracker.money import dollars
from ui.context import Context
from ui.models.table import Column, RowTableModel
from ui.models.tax_rows import line_amount, made_of
from ui.widgets.fact_list import breakable
from ui.widgets.form_dialog import FormDialog
from ui.widgets.label import AmountLabel, Label
from ui.widgets.table import LedgerTable

_MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class _Row:
    place: int
    source: Source


class TaxLineDialog(FormDialog):
    """Enter opens the payment or drive of a row. `line` is shown as it was when it was opened."""

    def __init__(self, context: Context, line: SheetLine, form: str, parent: QWidget | None = None) -> None:
        number = f", line {line.number}" if line.number else ""
        super().__init__(
            f"{form}{number}: {line.label}",
            parent,
            save_text="Close",
            sentence=line_amount(line),
            width=700,
        )
        self._context = context
        self.line = line
        self.cancel_button.hide()
        for sentence in line.why:
            self.form.add_line(Label(breakable(sentence), wrap=True))
        if not line.why and not line.sources:
            self.form.add_line(Label("It follows from the lines above it.", "quiet", wrap=True))
        columns = [
            Column[_Row]("Date", lambda row: day_text(row.source.on), order=lambda row: row.source.on),
            Column[_Row](
                "Paid to or for",
                lambda row: row.source.name,
                stretch=4,
                width=120,
                tooltip=lambda row: row.source.name,
            ),
            Column[_Row](
                "",
                lambda row: row.source.note,
                stretch=3,
                width=60,
                tone=lambda _row: "quiet",
                tooltip=lambda row: row.source.note,
            ),
            Column[_Row](
                "On this line",
                lambda row: dollars(row.source.amount),
                order=lambda row: row.source.amount,
                right=True,
            ),
        ]
        if not any(item.note for item in line.sources):
            del columns[2]
        self.model: RowTableModel[_Row] = RowTableModel(columns, key=lambda row: row.place)
        self.table = LedgerTable(self.model, f"What line {line.number} is made of", sortable=True)
        self.table.fit_height_to_rows(most=_MOST_ROWS)
        self.table.opened.connect(self._on_opened)
        self.form.add_line(self.table)
        self.model.set_rows([_Row(place, item) for place, item in enumerate(line.sources)])
        self._add_total()
        self.table.setVisible(bool(line.sources))
        if line.sources:
            self.table.go_to_cell(0, 0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_total(self) -> None:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(8, 0, 8, 0)
        self.count = Label(made_of(self.line.sources), "quiet")
        self.total = AmountLabel(dollars(self.line.sourced), "bold")
        row.addWidget(self.count)
        row.addWidget(self.total, 1)
        self.form.add_line(foot)
        foot.setVisible(bool(self.line.sources))

    @Slot(object)
    def _on_opened(self, row: _Row) -> None:
        source, services = row.source, self._context.services
        if source.payment_id is not None:
            payment_id = source.payment_id
            self._context.load(self, lambda: services.payments.get(payment_id), self._edit)
        elif source.trip_id is not None:
            from ui.dialogs.trip_editor import open_trip

            open_trip(self._context, self, source.trip_id)

    def _edit(self, payment: Payment) -> None:
        from ui.dialogs.payment_editor import PaymentEditor

        PaymentEditor(self._context, self, payment=payment).open()
