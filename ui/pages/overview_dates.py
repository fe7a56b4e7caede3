"""Dates ahead on the Overview: the next few, read once the page itself is up."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.jobs import Job
from ui.models.table import RowTableModel
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

if TYPE_CHECKING:
    from tracker.domain.dates_ahead import DateAhead
    from ui.models.dates_rows import DateRow

NEXT = 5
_LATER = 150
"""Milliseconds after the page is shown: papers and figures come first."""
_NOTHING = "Payments, renewals, refills, deadlines and your own reminders appear here."


class DatesCard(Card):
    """The next five, where each leads, and the way to all of them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Dates ahead", parent=parent)
        self._context = context
        self._stale = True
        self._job: Job[list[DateAhead]] | None = None
        self._soon = QTimer(self, singleShot=True, interval=_LATER)
        self._soon.timeout.connect(self._read)
        self.all_button = LinkButton("All dates", "calendar")
        self.add_header_widget(self.all_button)
        self.nothing = Label(_NOTHING, "quiet", wrap=True)
        self.nothing.hide()
        self.body.addWidget(self.nothing)
        self.all_button.clicked.connect(self.open_all)

    def mark_stale(self) -> None:
        """A fact has changed: read again, soon where the card is looked at, else when it is shown."""
        self._stale = True
        self._read_soon()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_soon()

    def open_all(self) -> None:
        """The list of all dates."""
        from ui.dialogs.dates_ahead import DatesAheadDialog

        DatesAheadDialog(self._context, self).open()

    @cached_property
    def model(self) -> RowTableModel[DateRow]:
        from ui.models.dates_rows import short_columns

        return RowTableModel(short_columns(), key=lambda row: row.key, parent=self)

    @cached_property
    def table(self) -> LedgerTable:
        """Made once there are dates to show, so that the start does not wait for it."""
        table = LedgerTable(self.model, "Dates ahead", row_height=32)
        self.add_table(table)
        table.fit_height_to_rows()
        table.opened.connect(self._on_opened)
        return table

    def _read_soon(self) -> None:
        if self._stale and self.isVisible():
            self._soon.start()

    @Slot()
    def _read(self) -> None:
        if not self._stale:
            return
        self._stale = False
        if self._job:
            self._job.cancel()  # an older answer must not overwrite a newer one
        services = self._context.services

        def read() -> list[DateAhead]:
            from tracker.services.dates_ahead import dates_ahead

            return dates_ahead(services)[:NEXT]

        self._job = self._context.load(self, read, self._show)

    def _show(self, entries: list[DateAhead]) -> None:
        from ui.models.dates_rows import plain_rows

        self.model.set_rows(plain_rows(entries))
        self.table.setVisible(bool(entries))
        self.table.fit_height_to_rows()
        self.nothing.setVisible(not entries)

    @Slot(object)
    def _on_opened(self, row: DateRow) -> None:
        from ui.dialogs.dates_ahead import open_date

        if row.entry is not None:
            open_date(self._context, self, row.entry)
