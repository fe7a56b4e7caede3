"""The Affordability segment of the Budget page: its parts, made at the first visit, and its controls."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from ui.context import Context
from ui.dialogs.printing import Printing
from ui.pages.budget_afford import AffordPane
from ui.pages.budget_afford_acts import AffordActs
from ui.pages.budget_bar import BudgetBar
from ui.widgets.page import Page


class AffordView(QObject):
    """Joins the pane with the page's buttons. `subtitle_changed` carries what the page says below its
    title."""

    subtitle_changed = Signal(str)

    def __init__(self, context: Context, page: Page, bar: BudgetBar, printing: Printing) -> None:
        super().__init__(page)
        self._bar = bar
        self.pane = AffordPane(context)
        self.acts = AffordActs(context, self.pane, printing, page)
        page.body.addWidget(self.pane)
        self.pane.changed.connect(self.tell)
        bar.saved.edited.connect(self._on_chosen)
        bar.fresh.clicked.connect(self.pane.start)
        bar.copy_saved.clicked.connect(self.pane.start_like)
        bar.discard.clicked.connect(self.pane.discard)
        bar.remove.clicked.connect(self.acts.remove)
        bar.save.clicked.connect(self.acts.save)

    @Slot()
    def tell(self) -> None:
        """Let the buttons and the subtitle follow what is shown."""
        if not self._bar.affording:
            return
        names = self.pane.names_unsaved()
        self._bar.show_saved(self.pane.choices(), self.pane.key, unsaved=bool(names))
        shown = self.pane.shown
        said = "Affordability"
        if shown is not None:
            said = f"{shown.name.strip() or 'No name'}{', not saved' if names else ''}"
        self.subtitle_changed.emit(said)

    @Slot()
    def _on_chosen(self) -> None:
        self.pane.choose(int(self._bar.saved.key() or 0))
