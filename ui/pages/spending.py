"""Spending: every payment, found while one types, changed where it stands."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from tracker.changes import Area
from tracker.facts import Household, PaymentLine
from tracker.money import Cents, dollars
from tracker.storage.queries.payments import EVERYTHING, PaymentFilter, PaymentIds
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.jobs import Job
from ui.keys import as_written_here
from ui.models.payments import PaymentTableModel
from ui.pages.spending_actions import SpendingActions
from ui.pages.spending_filters import FilterBar
from ui.pages.spending_read import Found, look, order_of, spent_by
from ui.pages.spending_table import PaymentTable
from ui.theme import theme
from ui.widgets.buttons import LinkButton, PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import AmountLabel, Label
from ui.widgets.page import Page

DEBOUNCE_MS = 40
_SUMMED = 5_000
"""More selected payments than this are counted and not added up."""


class SpendingPage(Page):
    """A fast table over ids, filters above it, what was spent below it."""

    SHOWS = Area.PAYMENTS | Area.PROVIDERS | Area.ACCOUNTS | Area.BUDGET | Area.PEOPLE | Area.DOCUMENTS
    help_text = (
        "Every payment, refund and transfer. Type to filter: every word must match a name, a note, an "
        "amount or a date. Enter opens a payment, F2 changes a cell, Delete removes (and can be undone). "
        "Select several rows to change their budget line at once. Drop a receipt on a row to attach it. "
        "Ctrl+C copies rows for a spreadsheet, Ctrl+V adds rows copied from one. Import reads files of "
        "your bank, card, HSA and insurer; you can also drop them anywhere on the window."
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Spending", parent)
        self._context = context
        self._looking: Job[Found] | None = None
        self._adding_up: Job[Cents] | None = None
        self.printing = Printing(context, self)
        self._wanted: int | None = None
        self._full_look_due = True
        self._found: PaymentIds | None = None
        self._order = order_of(context.state.text("spending/order"))
        self.actions_ = SpendingActions(context, self)
        self.filters = FilterBar(context.today, context.state)
        self.model = PaymentTableModel(context.services.payments.lines, self.actions_.edits, self)
        self.table = PaymentTable(self.model, state=context.state)
        self.table.show_order(*self._order)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._build()
        self._wire()

    # coming here --------------------------------------------------------------------

    def arrive(self, target: PaymentFilter | int | None) -> None:
        """Show what a filter keeps, or one payment with its row selected."""
        if isinstance(target, PaymentFilter):
            self.filters.show_filter(target, self._payee(target.provider_id))
            self._look_soon_enough()
        elif target is not None:
            self._wanted = target
            self._look_soon_enough()

    def find_text(self, text: str) -> None:
        self.filters.set_words(text)
        self._look()

    def primary_action(self) -> None:
        """Ctrl+N: add a payment, and select it once it is there."""
        self.actions_.add().stored.connect(self._on_stored)

    def print_page(self) -> bool:
        """The rows the filter keeps, in their order."""
        found = self._found
        if found is None or not found.ids:
            return False
        from ui.printing.spending_document import MOST_ROWS, spending_document

        payments, kept, today = self._context.services.payments, self.filters.said(), self._context.today

        def show(lines: list[PaymentLine]) -> None:
            count, spent = len(found.ids), found.spent
            self.printing.preview(
                spending_document(lines, count=count, spent=spent, kept=kept, today=today)
            )

        self._context.load(self, lambda: payments.lines(found.ids[:MOST_ROWS]), show)
        return True

    def reload(self) -> None:
        self._full_look_due = True
        if self._found is None:
            # A few small rows, read at once: the remembered filter is known by names.
            self._know(self._context.services.people.household())
        self._look()

    # looking ------------------------------------------------------------------------

    def _look_soon_enough(self) -> None:
        """Now where the page is shown; else the page looks when it is."""
        if self.isVisible() and self._found is not None:
            self._look()
        else:
            self.mark_stale()

    @Slot()
    def _look(self) -> None:
        """Ask beside the window; the answer to an earlier question is not waited for."""
        self._timer.stop()
        if self._looking is not None:
            self._looking.cancel()
        services, kept, full = self._context.services, self.filters.kept(), self._full_look_due
        sort, descending = self._order
        self._looking = self._context.load(
            self, lambda: look(services, kept, sort, descending, full=full), self._show
        )

    def _show(self, found: Found) -> None:
        if found.home is not None:
            self._full_look_due = False
            self._know(found.home)
            self.model.widest = found.widest
        self._found = found.payments
        self.model.show_ids(found.payments.ids, found.first)
        self._on_keys(self.table.selected_keys())
        self._choose_state(found)
        if self._wanted is not None:
            self._select_wanted()

    def _know(self, home: Household) -> None:
        self.filters.offer(home)
        self.actions_.know_lines({line.name: line.id or 0 for line in home.categories})
        self.table.show_people(len(home.people) > 1)
        self.table.offer_lines([line.name for line in home.categories if not line.hidden])

    def _select_wanted(self) -> None:
        """Bring the payment that was asked for into view, whatever the filter says."""
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            return
        if self.table.select_key(wanted):
            self.table.setFocus()
        elif self.filters.kept() != EVERYTHING:
            self.filters.show_filter(EVERYTHING)
            self._wanted = wanted
            self._look()

    def _choose_state(self, found: Found) -> None:
        empty = not found.payments.ids
        state = self._none if found.none_at_all else self._no_match if empty else self._rows
        self._states.setCurrentWidget(state)
        self.filters.setVisible(not found.none_at_all)
        self._foot.setVisible(not found.none_at_all)

    # building -----------------------------------------------------------------------

    def _build(self) -> None:
        add = PrimaryButton("Add payment", "plus")
        add.setToolTip(as_written_here("Add payment (Ctrl+N)"))
        add.clicked.connect(self.primary_action)
        bring = PlainButton("Import\u2026", "import")
        bring.setToolTip(as_written_here("Import bank, card and HSA files (Ctrl+I)"))
        bring.clicked.connect(self.actions_.import_files)
        paste = PlainButton("Paste rows")
        paste.setToolTip(as_written_here("Add rows copied from a spreadsheet (Ctrl+V)"))
        paste.clicked.connect(self.actions_.paste_clipboard)
        give = PlainButton("Export\u2026")
        give.setToolTip("Write payments to a file for a spreadsheet or an accountant")
        give.clicked.connect(self.actions_.export_tables)
        self.add_action_widget(bring)
        self.add_action_widget(paste)
        self.add_action_widget(give)
        self.add_action_widget(add)
        self.body.addWidget(self.filters)
        card = Card()
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._rows = QWidget()
        inside = QVBoxLayout(self._rows)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.table)
        self._none = EmptyState(
            "No payments yet",
            as_written_here(
                "Add what you pay for care, or copy rows in a spreadsheet and press Ctrl+V here. Files of "
                "your bank, card or HSA can be dropped on the window."
            ),
            "Add payment",
            self.primary_action,
            other="Import files\u2026",
            other_callback=self.actions_.import_files,
        )
        self._no_match = EmptyState(
            "Nothing matches", "No payment is kept by this filter.", "Clear filter", self.filters.clear
        )
        self._states = QStackedWidget()
        for state in (self._rows, self._no_match, self._none):
            self._states.addWidget(state)
        self._states.setMinimumHeight(theme().px(180))
        self._states.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        card.add_table(self._states)
        self._foot = QWidget()
        self._fill_foot()
        card.body.addWidget(self._foot)
        self.body.addWidget(card, 1)

    def _fill_foot(self) -> None:
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(14)
        self.count = Label("", "quiet")
        self.spent = AmountLabel("", "bold")
        self._line_button = LinkButton("Change budget line\u2026")
        self._delete_button = LinkButton("Delete")
        left = QWidget()
        left.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(left, gap=14)  # large text takes two lines
        flow.addWidget(self.count)
        for button in (self._line_button, self._delete_button):
            button.hide()
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard with the rows
            flow.addWidget(button)
        policy = self._delete_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that the line keeps its height
        self._delete_button.setSizePolicy(policy)
        foot.addWidget(left, 1)
        foot.addWidget(self.spent)

    def _wire(self) -> None:
        self._timer.timeout.connect(self._look)
        self.filters.typed.connect(self._timer.start)
        self.filters.changed.connect(self._look)
        self.filters.left.connect(self._go_to_rows)
        self.model.sort_asked.connect(self._on_sort)
        self.table.opened.connect(self.actions_.edit)
        self.table.delete_keys.connect(self.actions_.remove)
        self.table.copy_asked.connect(self._on_copy)
        self.table.paste_asked.connect(self.actions_.paste)
        self.table.files_dropped.connect(self.actions_.attach)
        self.table.keys_changed.connect(self._on_keys)
        self.table.typed.connect(self._on_typed)
        self.table.customContextMenuRequested.connect(self._on_menu)
        self._line_button.clicked.connect(self._on_recategorise)
        self._delete_button.clicked.connect(self._on_delete)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._on_find)

    # what the person does -----------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.filters.kept() != EVERYTHING:
            self.filters.clear()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.actions_.paste_clipboard()
        else:
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        if self.table.isVisible():
            self.table.setFocus()
        else:
            super().take_focus()

    @Slot()
    def _on_find(self) -> None:
        self.filters.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.words.selectAll()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        """Letters typed over the rows go into the filter."""
        self.filters.words.setFocus()
        self.filters.words.insert(text)
        self.filters.typed.emit()

    @Slot()
    def _go_to_rows(self) -> None:
        if not self.table.currentIndex().isValid():
            self.table.go_to_cell(0, 0)
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str, bool)
    def _on_sort(self, sort: str, descending: bool) -> None:
        if (sort, descending) == self._order:
            return
        self._order = (sort, descending)
        self._context.state.keep_text("spending/order", f"{sort} {'down' if descending else 'up'}")
        self.table.show_order(sort, descending)
        self._look()

    @Slot(int)
    def _on_stored(self, payment_id: int) -> None:
        self._wanted = payment_id
        self._look()

    @Slot()
    def _on_copy(self) -> None:
        self.actions_.copy(self.table.selected_keys())

    @Slot()
    def _on_recategorise(self) -> None:
        self.actions_.recategorise(self.table.selected_keys())

    @Slot()
    def _on_delete(self) -> None:
        if keys := self.table.selected_keys():
            self.actions_.remove(keys)

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        keys = self.table.selected_keys()
        lines = [self.model.row_at(self.model.index_of(keys[0]))] if len(keys) == 1 else []
        self.actions_.menu(lines, keys).popup(self.table.viewport().mapToGlobal(place))

    @Slot(object)
    def _on_keys(self, keys: list[int]) -> None:
        """Say how many are selected and what they add up to."""
        self._line_button.setVisible(len(keys) > 1)
        self._delete_button.setVisible(len(keys) > 1)
        if self._adding_up is not None:
            self._adding_up.cancel()
        self._say_totals()
        if not 1 < len(keys) <= _SUMMED:
            return
        payments = self._context.services.payments
        self._adding_up = self._context.load(
            self, lambda: spent_by(payments.lines(keys)), lambda spent: self._say_selected(len(keys), spent)
        )

    # words --------------------------------------------------------------------------

    def _say_totals(self) -> None:
        if self._found is None:
            return
        count, chosen = len(self._found.ids), len(self.table.selected_keys())
        noun = "payment" if count == 1 else "payments"
        self.count.setText(
            f"{chosen:,} of {count:,} {noun} selected" if chosen > 1 else f"{count:,} {noun}"
        )
        if not 1 < chosen <= _SUMMED:  # else what is selected is added up, and then said
            self.spent.setText(f"Spent {dollars(self._found.spent)}")

    def _say_selected(self, count: int, spent: Cents) -> None:
        if count == len(self.table.selected_keys()):
            self.spent.setText(f"Selected {dollars(spent)}")

    def _payee(self, provider_id: int | None) -> str:
        if provider_id is None:
            return ""
        providers = self._context.services.people.providers()
        return next((found.name for found in providers if found.id == provider_id), "")
