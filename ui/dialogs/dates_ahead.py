"""Dates ahead: every payment, renewal, refill and deadline by month, to open, print and export."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.dates_ahead import OWN, DateAhead
from tracker.facts.household_budget import Reminder
from tracker.wording import count_of
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.jobs import Job
from ui.models.dates_rows import (
    EVERYTHING,
    HORIZONS,
    DateRow,
    groups_of,
    is_heading,
    is_own,
    kept,
    list_columns,
    rows_by_month,
)
from ui.models.table import RowTableModel
from ui.theme import theme
from ui.widgets.buttons import PlainButton, PrimaryButton, Segmented
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import flow_of
from ui.widgets.empty_state import EmptyState
from ui.widgets.focus import ReadingOrderMixin
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room
from ui.widgets.table import LedgerTable

_SIDE = 20
_WIDTH, _HEIGHT = 860, 620
_GROUP, _MONTHS = "dates/group", "dates/months"
_NOTHING = "Payments, renewals, refills and deadlines appear here as soon as the ledger knows them."


@dataclass(frozen=True, slots=True)
class _Read:
    entries: tuple[DateAhead, ...]
    reminders: dict[int | None, Reminder]


class DatesAheadDialog(ReadingOrderMixin, QDialog):
    """Enter or a double click leads to what a date is about; Delete removes own reminders."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Dates ahead")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._read = _Read((), {})
        self._job: Job[_Read] | None = None
        if parent is not None:  # the paper size of Printing is the program's
            self.setProperty("program", parent.window().property("program"))
        self.printing = Printing(context, self)
        self._build()
        self._wire()
        self._load()

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.heading = Label("Dates ahead", "card_title", wrap=True)
        self.group = OptionEdit([(EVERYTHING, EVERYTHING)])
        self.group.setAccessibleName("Which dates")
        self.group.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.group.setMinimumContentsLength(22)
        self.months = Segmented([(str(count), words) for count, words in HORIZONS], "How far ahead")
        wanted = self._context.state.text(_MONTHS)
        self.months.choose(wanted if wanted in {str(count) for count, _ in HORIZONS} else "3")
        self.add_button = PlainButton("Add a reminder", "plus")
        self.model: RowTableModel[DateRow] = RowTableModel(
            list_columns(), key=lambda row: row.key, bold=is_heading, parent=self
        )
        self.table = LedgerTable(self.model, "Dates ahead", row_height=32)
        self.nothing = EmptyState("No dates ahead", _NOTHING, "Add a reminder", self._on_add)
        self.nothing.hide()
        self.words = Label("", "quiet", wrap=True)
        self.print_button = PlainButton("Print")
        self.file_button = PlainButton("Save for a calendar\u2026", "calendar")
        self.close_button = PlainButton("Close")
        self.open_button = PrimaryButton("Open")
        self.open_button.setDefault(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(_SIDE, 16, _SIDE, 8)
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addWidget(flow_of(self.group, self.months, self.add_button))
        whole.addLayout(head)
        middle = QVBoxLayout()
        middle.setContentsMargins(_SIDE - 8, 0, _SIDE - 8, 0)
        middle.addWidget(self.table, 1)
        middle.addWidget(self.nothing, 1)
        whole.addLayout(middle, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(_SIDE, 8, _SIDE, 16)
        foot.setSpacing(10)
        foot.addWidget(self.words)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.print_button)
        buttons.addWidget(self.file_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.open_button)
        foot.addLayout(buttons)
        whole.addLayout(foot)

    def _wire(self) -> None:
        self.group.edited.connect(self._on_group)
        self.months.changed.connect(self._on_months)
        self.add_button.clicked.connect(self._on_add)
        self.table.opened.connect(self._on_opened)
        self.table.delete_requested.connect(self._on_delete)
        self.table.selection_changed.connect(self._say)
        self.print_button.clicked.connect(self.print_list)
        self.file_button.clicked.connect(self._on_file)
        self.close_button.clicked.connect(self.reject)
        self.open_button.clicked.connect(self._on_open)
        self._context.bus.committed.connect(self._on_committed)

    def sizeHint(self) -> QSize:
        """A sheet, never larger than the screen; the table scrolls inside."""
        room = screen_room(self)
        width = min(theme().px(_WIDTH), room.width() - 40)
        return QSize(width, min(theme().px(_HEIGHT), room.height() - 60))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.words.setMinimumHeight(2 * self.words.fontMetrics().lineSpacing())  # nothing jumps
            self.resize(self.sizeHint())  # Qt alone would keep it at two thirds of the screen
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.scrollToTop()

    # showing -------------------------------------------------------------------------

    @property
    def shown(self) -> list[DateAhead]:
        """The entries that are listed."""
        return [row.entry for row in self.model.rows if row.entry is not None]

    def _load(self) -> None:
        if self._job:
            self._job.cancel()  # an older answer must not overwrite a newer one
        services = self._context.services

        def read() -> _Read:
            from tracker.services.dates_ahead import dates_ahead

            own = {item.id: item for item in services.household_budgets.reminders()}
            return _Read(tuple(dates_ahead(services)), own)

        self._job = self._context.load(self, read, self._take)

    def _take(self, read: _Read) -> None:
        self._read = read
        options = groups_of(read.entries)
        before = self.group.key() or EVERYTHING
        wanted = self._context.state.text(_GROUP) or before
        self.group.set_options([(name, name) for name in options])
        self.group.choose(wanted if wanted in options else EVERYTHING)
        self._show()

    def _show(self) -> None:
        found = kept(
            self._read.entries,
            group=self.group.key() or EVERYTHING,
            months=int(self.months.key()),
            today=self._context.today,
        )
        self.model.set_rows(rows_by_month(found))
        self.table.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.print_button.setEnabled(bool(found))
        self.file_button.setEnabled(bool(found))
        if found and not self.table.currentIndex().isValid():
            self.table.go_to_cell(1, 0)  # after the first month's name
        self._say()

    @Slot()
    def _say(self) -> None:
        """What the selected date says in full; there is no room for it in a row."""
        row = self._chosen()
        entry = row.entry if row else None
        self.open_button.setEnabled(entry is not None and bool(entry.page))
        self.open_button.setText("Change" if row is not None and is_own(row) else "Open")
        if entry is None:
            count = len(self.shown)
            self.words.setText(f"{count_of(count, 'date')}." if count else "")
            return
        self.words.setText(entry.detail or entry.what)

    def _chosen(self) -> DateRow | None:
        rows = self.table.selected_rows()
        return rows[0] if rows else None

    # acting --------------------------------------------------------------------------

    @Slot()
    def _on_group(self) -> None:
        self._context.state.keep_text(_GROUP, self.group.key())
        self._show()

    @Slot(str)
    def _on_months(self, key: str) -> None:
        self._context.state.keep_text(_MONTHS, key)
        self._show()

    @Slot()
    def _on_open(self) -> None:
        row = self._chosen()
        if row is not None:
            self._on_opened(row)

    @Slot(object)
    def _on_opened(self, row: DateRow) -> None:
        if row.entry is None:
            return
        if row.entry.kind == OWN:
            self._edit(row.entry)
        elif row.entry.page:
            open_date(self._context, self, row.entry)
            self.accept()

    def _edit(self, entry: DateAhead) -> None:
        from ui.dialogs.reminder_editor import ReminderEditor

        held = self._read.reminders.get(reminder_id(entry))
        if held is not None:
            ReminderEditor(self._context, self, reminder=held).open()

    @Slot()
    def _on_add(self) -> None:
        from ui.dialogs.reminder_editor import ReminderEditor

        ReminderEditor(self._context, self).open()

    @Slot(list)
    def _on_delete(self, rows: list[DateRow]) -> None:
        ids = {reminder_id(row.entry) for row in rows if is_own(row) and row.entry is not None} - {None}
        budgets = self._context.services.household_budgets
        if ids:
            which = sorted(number for number in ids if number is not None)
            self._context.commit(self, lambda: budgets.remove_reminders(which))

    @Slot()
    def print_list(self) -> None:
        """The list as it is shown, on paper."""
        from ui.printing.dates_document import dates_document

        words = next(words for count, words in HORIZONS if str(count) == self.months.key())
        said = f"{self.group.key()}, the next {words}"
        self.printing.preview(dates_document(self.shown, today=self._context.today, subtitle=said))

    @Slot()
    def _on_file(self) -> None:
        from ui.dialogs.calendar_file import CalendarFileDialog

        CalendarFileDialog(self._context, self.shown, self).open()

    @Slot(object)
    def _on_committed(self, changes: object) -> None:
        self._load()


def reminder_id(entry: DateAhead) -> int | None:
    """The id of the reminder behind an own date."""
    target = entry.target
    return target[1] if isinstance(target, tuple) and target[0] == "reminder" else None


def open_date(context: Context, owner: QWidget, entry: DateAhead) -> None:
    """Go to what a date is about; an own reminder opens its form over `owner`."""
    if entry.kind != OWN:
        context.shell.go_to(entry.page, entry.target)
        return
    from ui.dialogs.reminder_editor import ReminderEditor

    budgets = context.services.household_budgets

    def edit(held: list[Reminder]) -> None:
        found = next((item for item in held if item.id == reminder_id(entry)), None)
        if found is not None:
            ReminderEditor(context, owner, reminder=found).open()

    context.load(owner, budgets.reminders, edit)
