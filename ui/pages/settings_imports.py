"""Settings: what was imported and when, the rules, and the layouts kept for tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Slot

from tracker.changes import Area, Changes
from tracker.facts.importing import ImportRule
from tracker.storage.queries.payments import PaymentFilter
from tracker.wording import count_of
from ui.context import Context
from ui.models.import_history_words import (
    ImportLine,
    Kept,
    details_words,
    import_columns,
    import_lines,
    kept_layouts,
    layout_columns,
    search_words,
)
from ui.models.table import Column, RowTableModel
from ui.pages.settings_section import ListSection
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import flow_of
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable


class ImportsSection(ListSection[ImportLine]):
    """Enter shows what an import brought, Delete takes it back."""

    SHOWS = Area.IMPORTS | Area.PAYMENTS | Area.CLAIMS
    TITLE = "Imports"
    SENTENCE = "Taking an import back removes what it brought and is still there. It can be undone."
    ADD_TEXT = "Import files\u2026"
    EMPTY = (
        "Nothing imported yet",
        "Files of your bank, card, HSA or insurer can be dropped on the window.",
    )
    FILTERS = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.edit_button.setText("Show payments")
        self.remove_button.setText("Take back")
        self.details = Label("", "caption", wrap=True)
        self.card.body.addWidget(self.details)
        self._build_rules()
        self._build_layouts()

    def columns(self) -> list[Column[ImportLine]]:
        return import_columns()

    def key(self, row: ImportLine) -> int:
        return row.made.id or 0

    def read(self) -> Sequence[ImportLine]:
        return import_lines(self._context.services)

    def words(self, row: ImportLine) -> str:
        return search_words(row)

    def add(self) -> None:
        from ui.dialogs.import_window import ImportWindow

        ImportWindow(self._context, self.window()).open()

    def edit(self, row: ImportLine) -> None:
        """Show what it brought where that is at home."""
        if row.payments or not row.eobs:
            self._context.shell.go_to("spending", PaymentFilter(import_id=row.made.id))
        else:
            self._context.shell.go_to("claims")

    def remove(self, row: ImportLine) -> Callable[[], Changes] | None:
        import_id, importing = row.made.id, self._context.services.importing
        return None if import_id is None else lambda: importing.take_back(import_id)

    def selection_shown(self, row: ImportLine | None) -> None:
        if not hasattr(self, "details"):
            return
        self.details.setText(details_words(row))
        self.details.setVisible(row is not None)
        self.edit_button.setText("Show EOBs" if row is not None and row.eobs and not row.payments else
                                 "Show payments")  # fmt: skip

    def reload(self) -> None:
        super().reload()
        services = self._context.services
        self._context.load(
            self, lambda: (services.importing.rules(), kept_layouts(services)), self._show_rest
        )

    # rules and layouts ---------------------------------------------------------------

    def _build_rules(self) -> None:
        card = Card("Rules")
        self.rules_words = Label("", wrap=True)
        self.rules_button = PlainButton("Change the rules\u2026")
        self.rules_button.clicked.connect(self.open_rules)
        card.body.addWidget(self.rules_words)
        card.body.addWidget(flow_of(self.rules_button))
        self.rows.addWidget(card)

    def _build_layouts(self) -> None:
        card = Card("Kept layouts")
        card.set_subtitle("How the columns of a table are read, kept while importing one.")
        self.layouts_model: RowTableModel[Kept] = RowTableModel(
            layout_columns(), key=lambda row: row.id, parent=self
        )
        self.layouts = LedgerTable(self.layouts_model, "Kept layouts", state=self._context.state)
        self.no_layouts = Label("None kept yet.", "quiet", wrap=True)
        self.forget_button = PlainButton("Remove layout")
        self.forget_button.setEnabled(False)
        self.forget_button.clicked.connect(self._on_forget)
        card.add_table(self.layouts)
        card.body.addWidget(self.no_layouts)
        card.body.addWidget(flow_of(self.forget_button))
        self.rows.addWidget(card)
        self.layouts.selection_changed.connect(self._on_layout)
        self.layouts.delete_requested.connect(self._forget)

    def _show_rest(self, read: tuple[Sequence[ImportRule], Sequence[Kept]]) -> None:
        rules, layouts = read
        active = sum(rule.active for rule in rules)
        words = "No rules yet. A rule fills in payee, budget line and person for rows like one you know."
        if rules:
            words = count_of(len(rules), "rule")
            words += "." if active == len(rules) else f", {active:,} of them on."
        self.rules_words.setText(words)
        self.layouts_model.set_rows(layouts)
        self.layouts.fit_height_to_rows()
        self.layouts.setVisible(bool(layouts))
        self.forget_button.setVisible(bool(layouts))
        self.no_layouts.setVisible(not layouts)

    @Slot()
    def open_rules(self) -> None:
        """The list of rules over the window."""
        from ui.dialogs.import_rules import RuleList

        RuleList(self._context, self.window()).open()

    @Slot(list)
    def _on_layout(self, rows: list[Any]) -> None:
        self.forget_button.setEnabled(bool(rows))

    @Slot()
    def _on_forget(self) -> None:
        self._forget(self.layouts.selected_rows())

    @Slot(list)
    def _forget(self, rows: Sequence[Kept]) -> None:
        ids, importing = [row.id for row in rows], self._context.services.importing
        if ids:
            self.commit(lambda: importing.remove_profiles(ids))
