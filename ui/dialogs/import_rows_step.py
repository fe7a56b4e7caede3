"""Last step of an import: every row of the files before it is taken, to look at and to change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from tracker.domain.importing.rows import RowState
from tracker.facts import Claim, PaymentLine
from ui.context import Context
from ui.dialogs.import_cells import CellEdits
from ui.dialogs.import_detail import RowDetail
from ui.dialogs.import_several import SeveralBar
from ui.dialogs.import_table import ImportTable
from ui.dialogs.import_tabs import Tabs
from ui.dialogs.plan_import_step import ImportStep
from ui.jobs import Job
from ui.models.import_columns import LookRow, look_columns, look_rows
from ui.models.import_rows import ImportRows
from ui.models.import_sheet import Kind, Tab
from ui.models.import_words import KINDS, shown_words, tab_options
from ui.models.table import RowTableModel
from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.columns import Columns, Flow
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

DEBOUNCE_MS = 40
_PART = 2_000


class RowsStep(ImportStep):
    """Ticks and edits stay in `rows`; `person_asked` carries places of EOBs and a person's id."""

    title = "What will be taken"
    rule_asked = Signal(int)
    person_asked = Signal(object, int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.import_rows = ImportRows()
        self._kind = Kind.MONEY
        self._decided: set[tuple[str, int]] = set()
        self._reading: Job[Any] | None = None
        rows, state = self.import_rows, context.state
        edits = CellEdits(rows, self.refresh, self.person_asked.emit).edits(self._on_toggle)
        self.tables = {kind: ImportTable(rows, kind, edits, state=state) for kind in Kind}
        self.look: RowTableModel[LookRow] = RowTableModel(look_columns(), key=lambda row: row.number)
        self.look_table = LedgerTable(self.look, "To look at", row_height=30)
        self.kinds = Tabs("Payments or EOBs")
        self.tabs = Tabs("Which rows")
        self.words = QLineEdit()
        self.words.setPlaceholderText("Find")
        self.words.setAccessibleName("Find rows")
        self.words.setClearButtonEnabled(True)
        self.count = Label("", "caption")
        self.tick_button = LinkButton("Tick all of these")
        self.untick_button = LinkButton("Untick all of these")
        self.nothing = Label("", "quiet", wrap=True)
        self.detail = RowDetail()
        self.several = SeveralBar()
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._build()
        self._wire()

    # asking --------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        rows = self.import_rows
        return bool(rows.chosen(Kind.MONEY) or rows.chosen(Kind.EOBS))

    @property
    def table(self) -> ImportTable:
        """The table of the kind that is looked at."""
        return self.tables[self._kind]

    @property
    def tab(self) -> Tab:
        return Tab(self.tabs.key() or Tab.NEW)

    def first_field(self) -> QWidget | None:
        return self.table if self.table.places.rows else self.tabs.chooser

    # showing -------------------------------------------------------------------------

    def show_rows(self, *, first: bool) -> None:
        """Show what was judged. `first` begins with the first kind and the new rows."""
        rows = self.import_rows
        kinds = [kind for kind in Kind if rows.count(kind)] or [Kind.MONEY]
        self.kinds.set_options([(kind.value, f"{KINDS[kind]} {rows.count(kind):,}") for kind in kinds])
        self.kinds.setVisible(len(kinds) > 1)
        if first or self._kind not in kinds:
            self._kind = kinds[0]
            self.kinds.choose(self._kind.value)
        self.look.set_rows(look_rows(rows))
        names = rows.names
        self.several.offer(names)
        for table in self.tables.values():
            table.offer(
                payee=names.payees,
                line=list(names.lines.values()),
                person=list(names.people.values()),
                patient=list(names.people.values()),
                provider=names.payees,
            )
        self._show_tabs(first=first)
        for table in self.tables.values():
            table.refit()

    def refresh(self) -> None:
        """Values of rows have changed: paint them again and count again."""
        self.table.places.touch()
        self._say_count()
        self._show_detail()
        self.changed.emit()

    def _show_tabs(self, *, first: bool = False) -> None:
        options = tab_options(self.import_rows, self._kind)
        self.tabs.set_options(options)
        if first:
            counts = self.import_rows.tabs(self._kind)
            full = [tab for tab in Tab if counts.get(tab) and tab is not Tab.LOOK]
            self.tabs.choose((full[0] if full else Tab.LOOK if counts.get(Tab.LOOK) else Tab.NEW).value)
        self._show_places()

    @Slot()
    def _show_places(self) -> None:
        """Show the rows under the tab in which every word occurs."""
        self._timer.stop()
        tab, words = self.tab, self.words.text().casefold().split()
        looking = tab is Tab.LOOK
        places = self.import_rows.places(self._kind, tab, words)
        for kind, table in self.tables.items():
            shown = kind is self._kind and not looking and bool(places)
            if shown:
                table.places.show_places(places)
            table.setVisible(shown)
        self.look_table.setVisible(looking)
        self.nothing.setVisible(not looking and not places)
        self.nothing.setText("No row has these words." if words else "There are no rows under this tab.")
        for part in (self.count, self.tick_button, self.untick_button):
            part.setVisible(not looking and bool(places))
        self.words.setVisible(not looking)
        self._say_count()
        if places and not looking and not self.table.selected_places():
            self.table.go_to_row(0)
        self._show_detail()
        self.changed.emit()

    def _say_count(self) -> None:
        rows, shown = self.import_rows, self.table.places.rows
        ticked = sum(rows.takes(self._kind, place) for place in shown)
        self.count.setText(shown_words(len(shown), rows.count(self._kind), ticked))

    # the row that is looked at -------------------------------------------------------

    @Slot()
    def _show_detail(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        places = self.table.selected_places() if not self.table.isHidden() else []
        self.several.setVisible(len(places) > 1)
        self.detail.setVisible(len(places) == 1)
        if len(places) > 1:
            self.several.show_rows(self._kind, len(places), self.import_rows.names)
        elif places:
            self._show_one(places[0])

    def _show_one(self, place: int) -> None:
        """Show a row at once, and what of the ledger it is set against as soon as that is read."""
        self._fill_detail(place, None)
        against = self.import_rows.row(self._kind, place).against
        if against is None:
            return
        services, kind = self._context.services, self._kind

        def read() -> PaymentLine | Claim | None:
            if kind is Kind.EOBS:
                return services.claims.get(against)
            return next(iter(services.payments.lines([against])), None)

        self._reading = self._context.load(self, read, lambda found: self._fill_detail(place, found))

    def _fill_detail(self, place: int, there: PaymentLine | Claim | None) -> None:
        rows = self.import_rows
        if self._kind is Kind.MONEY:
            takes = rows.takes(Kind.MONEY, place)
            own = rows.key(Kind.MONEY, place) in self._decided
            held = there if isinstance(there, PaymentLine) else None
            row = rows.money[place]
            file = rows.preview.files[row.file].name
            self.detail.show_money(row, held, rows.names, file=file, takes=takes, own=own)
        else:
            others = len(rows.same_patient(place)) - 1
            claim = there if isinstance(there, Claim) else None
            eob = rows.eobs[place]
            file = rows.preview.files[eob.file].name
            self.detail.show_eob(eob, claim, rows.names, file=file, others=others)

    def _current(self) -> int | None:
        places = self.table.selected_places()
        return places[0] if len(places) == 1 else None

    @Slot(bool)
    def _on_decided(self, keep: bool) -> None:
        """Decide about a row that looks like a payment there, and go to the next that waits."""
        place = self._current()
        if place is None:
            return
        rows, shown = self.import_rows, self.table.places.rows
        rows.tick(Kind.MONEY, [place], keep)
        self._decided.add(rows.key(Kind.MONEY, place))
        self.refresh()
        at = shown.index(place)
        waiting = [
            n
            for n in (*range(at + 1, len(shown)), *range(at))
            if rows.money[shown[n]].state is RowState.LIKELY
            and rows.key(Kind.MONEY, shown[n]) not in self._decided
        ]
        if waiting:
            self.table.go_to_row(waiting[0])

    @Slot()
    def _on_unlinked(self) -> None:
        place = self._current()
        if place is not None:
            self.import_rows.edit(Kind.MONEY, [place], bill_id=None, repays_id=None)
            self.refresh()

    @Slot()
    def _on_rule(self) -> None:
        place = self._current()
        if place is not None:
            self.rule_asked.emit(place)

    @Slot(int)
    def _on_person(self, person_id: int) -> None:
        place = self._current()
        if place is not None:
            needs = self.import_rows.eobs[place].needs_person
            places = self.import_rows.same_patient(place) if needs else [place]
            self.person_asked.emit(places, person_id)

    # ticking -------------------------------------------------------------------------

    def _on_toggle(self, place: int) -> None:
        rows = self.import_rows
        self._tick([place], not rows.takes(self._kind, place))

    @Slot(object, bool)
    def _tick(self, places: Sequence[int], take: bool) -> None:
        rows = self.import_rows
        rows.tick(self._kind, places, take)
        if self._kind is Kind.MONEY and len(places) < 2_000:
            self._decided |= {
                rows.key(Kind.MONEY, n) for n in places if rows.money[n].state is RowState.LIKELY
            }
        self.refresh()

    @Slot()
    def _on_tick_all(self) -> None:
        self._tick(self.table.places.rows, True)

    @Slot()
    def _on_untick_all(self) -> None:
        self._tick(self.table.places.rows, False)

    @Slot(bool)
    def _on_several_ticked(self, take: bool) -> None:
        self._tick(self.table.selected_places(), take)

    @Slot(dict)
    def _on_several(self, fields: dict[str, Any]) -> None:
        places = self.table.selected_places()
        if self._kind is Kind.EOBS:
            self.person_asked.emit(places, int(fields["person_id"]))
            return
        own = self.import_rows.money
        # A transfer has no payee and no budget line of its own.
        moved = [n for n in places if own[n].proposed.to_account_id is not None]
        rest = [n for n in places if own[n].proposed.to_account_id is None]
        if "person_id" in fields:
            self.import_rows.edit(Kind.MONEY, moved, person_id=fields["person_id"])
        self._edit_many(rest, fields)

    def _edit_many(self, places: list[int], fields: dict[str, Any]) -> None:
        """Change rows a part at a time, so that the window goes on answering."""
        self.import_rows.edit(Kind.MONEY, places[:_PART], **fields)
        rest = places[_PART:]
        if rest:
            QTimer.singleShot(0, self, lambda: self._edit_many(rest, fields))
        else:
            self.refresh()

    # the person chooses --------------------------------------------------------------

    @Slot(str)
    def _on_kind(self, key: str) -> None:
        self._kind = Kind(key)
        self._show_tabs(first=True)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        """Letters typed over the rows go into the line that finds."""
        self.words.setFocus()
        self.words.insert(text)

    @Slot()
    def _on_found(self) -> None:
        if self.table.places.rows:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        head = _line()
        row = Columns(head, gap=14, same_height=False)
        first = _line()
        beside = Columns(first, gap=14, same_height=False)
        beside.add(self.kinds, 1)
        beside.add(self.words, 60, least=theme().px(150))
        row.add(first, 2, least=theme().px(360))
        row.add(self.tabs, 3)
        self.rows.addWidget(head)
        for table in (*self.tables.values(), self.look_table):
            table.setMinimumHeight(theme().px(120))
            table.hide()
            self.rows.addWidget(table, 1)
        self.rows.addWidget(self.nothing)
        foot = _line()
        flow = Flow(foot, gap=14)
        for part in (self.count, self.tick_button, self.untick_button):
            flow.addWidget(part)
        self.rows.addWidget(foot)
        for below in (self.detail, self.several):
            self.rows.addWidget(below)
            below.hide()
        self.rows.addSpacing(4)

    def _wire(self) -> None:
        self._timer.timeout.connect(self._show_places)
        self.words.textChanged.connect(self._timer.start)
        self.words.returnPressed.connect(self._on_found)
        self.kinds.changed.connect(self._on_kind)
        self.tabs.changed.connect(self._show_places)
        for table in self.tables.values():
            table.places_changed.connect(self._show_detail)
            table.tick_asked.connect(self._tick)
            table.typed.connect(self._on_typed)
        self.tick_button.clicked.connect(self._on_tick_all)
        self.untick_button.clicked.connect(self._on_untick_all)
        self.detail.decided.connect(self._on_decided)
        self.detail.unlinked.connect(self._on_unlinked)
        self.detail.rule_asked.connect(self._on_rule)
        self.detail.person_chosen.connect(self._on_person)
        self.several.changed.connect(self._on_several)
        self.several.ticked.connect(self._on_several_ticked)


def _line() -> QWidget:
    line = QWidget()
    line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return line
