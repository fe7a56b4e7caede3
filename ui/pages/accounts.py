"""Accounts: what each holds, HSA, FSA and HRA, where every dollar went, funds, and taxes."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Area, Changes
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.keys import as_written_here
from ui.pages.accounts_parts import BALANCES, PARTS, AccountsPart, make_part
from ui.pages.accounts_target import told
from ui.pages.coverage_head import PartsLine
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.page import Page
from ui.widgets.year_steps import YearSteps

_FIRST_YEAR = 2004
"""HSAs exist since 2004."""


class AccountsPage(Page):
    """Six parts; each reads what it shows. A year chooser stands beside those that show one year."""

    SHOWS = Area.EVERYTHING
    help_text = (
        "Balances is what each account holds; type what a statement says, and the page says whether it "
        "agrees. HSA is how much you may put in and take out, month by month and with the reason. FSA and "
        "HRA is what is left to use and until when. Where it went shows for each expense which pocket "
        "bore it, so that no dollar is claimed twice. Funds sizes the contingency fund, Taxes gathers "
        "what a tax return asks."
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Accounts", parent)
        self._context = context
        self._year = context.today.year
        self._parts: dict[str, AccountsPart] = {}
        self._fresh: set[str] = set()
        self._ahead = QTimer(self, singleShot=True, interval=0)
        self._ahead.timeout.connect(self._make_ahead)
        self.printing = Printing(context, self)
        self._build()
        self._arrange()

    @Slot()
    def _on_export(self) -> None:
        from ui.dialogs.table_export import TableExportDialog

        TableExportDialog(self._context, self, ("accounts",)).open()

    @Slot()
    def _on_import(self) -> None:
        from ui.dialogs.import_window import ImportWindow

        ImportWindow(self._context, self).open()

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.add_button = PrimaryButton("Add account", "plus")
        self.export_button = PlainButton("Export\u2026")
        self.export_button.setToolTip("Write accounts to a file for a spreadsheet or an accountant")
        self.export_button.clicked.connect(self._on_export)
        self.import_button = PlainButton("Import\u2026", "import")
        self.import_button.setToolTip(as_written_here("Import bank, card and HSA files (Ctrl+I)"))
        self.import_button.clicked.connect(self._on_import)
        self.add_action_widget(self.import_button)
        self.add_action_widget(self.export_button)
        self.add_action_widget(self.add_button)
        self.years = YearSteps()
        self.earlier, self.later = self.years.earlier, self.years.later
        self.head = PartsLine(PARTS, (self.years,), "Part of Accounts")
        self.parts_chooser = self.head.chooser
        kept = self._context.state.text("accounts/part")
        self.parts_chooser.choose(kept if kept in dict(PARTS) else BALANCES)
        self.body.addWidget(self.head)
        self._parts_at = self.body.count()
        self.parts_chooser.changed.connect(self._on_part)
        self.add_button.clicked.connect(self.primary_action)
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)

    # parts ---------------------------------------------------------------------------

    def part(self, key: str) -> AccountsPart:
        """A part by its key; made when it is first asked for."""
        if key not in self._parts:
            made = make_part(key, self._context, self)
            made.reached.connect(self.reveal)
            self._parts[key] = made
            self.body.insertWidget(self._parts_at, made)
            made.hide()  # until it is looked at
        return self._parts[key]

    def show_part(self, key: str) -> AccountsPart:
        """Go to a part."""
        self.parts_chooser.choose(key)
        part = self.part(key)
        if part.isHidden():
            self.show_top()
        self._arrange()
        self.mark_stale()
        return part

    @Slot()
    def _make_ahead(self) -> None:
        """Make one part in a turn of its own, so that no step takes long."""
        waiting = [key for key, _ in PARTS if key not in self._parts]
        if waiting:
            self.part(waiting[0])
            self._ahead.start()

    def _arrange(self) -> None:
        key = self.parts_chooser.key()
        for name, part in self._parts.items():
            part.setVisible(name == key)
        shown = self._parts.get(key)
        by_year = shown is not None and shown.BY_YEAR
        self.years.setVisible(by_year)
        self.years.show_year(
            str(self._year),
            has_earlier=self._year > _FIRST_YEAR,
            has_later=self._year <= self._context.today.year,
        )
        text = shown.ADD_TEXT if shown is not None else AccountsPart.ADD_TEXT
        self.add_button.setText(text)
        self.add_button.setVisible(bool(text))

    # loading -------------------------------------------------------------------------

    def arrive(self, target: object) -> None:
        """Show a part, or something of it: see `accounts_target.told`."""
        wanted = told(target)
        if wanted.year is not None:
            self._go_to_year(wanted.year)
        if wanted.part is not None:
            part = self.show_part(wanted.part)
            if wanted.inside is not None:
                part.arrive(wanted.inside)

    @Slot(object)
    def on_committed(self, changes: Changes) -> None:
        for key, part in self._parts.items():
            if changes.areas & part.SHOWS:
                self._fresh.discard(key)
        self.mark_stale()

    def reload(self) -> None:
        """Let the part that is looked at read, unless it already shows what there is."""
        key = self.parts_chooser.key()
        part = self.part(key)
        self._arrange()
        if key not in self._fresh:
            self._fresh.add(key)
            part.year = self._year
            part.reload()
        self._ahead.start()

    # choosing ------------------------------------------------------------------------

    @Slot(str)
    def _on_part(self, key: str) -> None:
        self._context.state.keep_text("accounts/part", key)
        self.show_part(key)

    @Slot()
    def _on_earlier(self) -> None:
        self._go_to_year(self._year - 1)

    @Slot()
    def _on_later(self) -> None:
        self._go_to_year(self._year + 1)

    def _go_to_year(self, year: int) -> None:
        if year == self._year:
            return
        self._year = year
        self._fresh -= {key for key, part in self._parts.items() if part.BY_YEAR}
        self._arrange()
        self.mark_stale()

    # acting --------------------------------------------------------------------------

    def print_page(self) -> bool:
        """The part that is shown."""
        part = self._parts.get(self.parts_chooser.key())
        document = part.print_part() if part is not None else None
        if document is None:
            return False
        self.printing.preview(document)
        return True

    @Slot()
    def primary_action(self) -> None:
        """Add what the part that is shown is for: an account, unless it has something of its own."""
        part = self._parts.get(self.parts_chooser.key())
        if part is None or not part.add():
            self.add_account()

    @Slot()
    def add_account(self) -> None:
        from ui.dialogs.account_editor import AccountEditor

        AccountEditor(self._context, self).open()
