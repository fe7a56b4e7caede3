"""The controls of the Budget page: which month, Month or Year, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics

from ui.pages.budget_chooser import MonthChooser
from ui.theme import theme
from ui.widgets.buttons import IconButton, LinkButton, PlainButton, PrimaryButton, Segmented
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.page import Page

MONTH, YEAR, AFFORD = "month", "year", "afford"
CASH, ACCRUAL = "cash", "accrual"
EXPORTS_CASH = "The workbook is in the cash view, whichever view is shown here."


class BudgetBar(QObject):
    """Puts its buttons into a page and says which month or step was chosen. The page wires the rest."""

    stepped = Signal(int)  # months, or years in the Year view
    chosen = Signal(object)  # date

    def __init__(self, page: Page, today: date) -> None:
        super().__init__(page)
        self._month = self._today = today
        self.chooser: MonthChooser | None = None
        self.before = IconButton("chevron-left", "Month before")
        self.month = PlainButton()
        self.after = IconButton("chevron-right", "Month after")
        self.copy = PlainButton("Copy last month", "copy")
        self.export = PlainButton("Export to Excel", "export")
        self.add = PrimaryButton("Add expense", "plus")
        self.save = PrimaryButton("Save")
        for widget in (self.before, self.month, self.after, self.copy, self.export, self.add, self.save):
            page.add_action_widget(widget)
        self.views = Segmented(
            ((MONTH, "Month"), (YEAR, "Year"), (AFFORD, "Affordability")), "Month, year or affordability"
        )
        self.counting = Segmented(((CASH, "Cash"), (ACCRUAL, "Accrual")), "How actuals are counted")
        self.counting.setToolTip(
            "Cash: in the month it was paid. Accrual: membership fees in the months they pay for, money "
            "that came back in the month of its expense."
        )
        self.export.setToolTip(EXPORTS_CASH)
        self.take = LinkButton("Take estimates\u2026")
        self.fill = LinkButton("Fill year\u2026")
        self.lines = LinkButton("Edit lines\u2026")
        self.more = LinkButton("More", "chevron-down")
        self.more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.saved = OptionEdit()
        self.saved.setAccessibleName("Saved answers")
        self.saved.setMinimumContentsLength(26)
        self.fresh = LinkButton("New", "plus")
        self.copy_saved = LinkButton("Save as new\u2026")
        self.discard = LinkButton("Discard changes")
        self.remove = LinkButton("Remove")
        self._budget = (self.counting, self.take, self.fill, self.lines, self.more)
        self._afford = (self.saved, self.fresh, self.copy_saved, self.discard, self.remove)
        page.add_controls(self.views, *self._budget, *self._afford)
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        self.month.clicked.connect(self._on_month)

    @property
    def accrual(self) -> bool:
        """Whether the accrual view is chosen."""
        return self.counting.key() == ACCRUAL

    @property
    def yearly(self) -> bool:
        """Whether the Year view is chosen."""
        return self.views.key() == YEAR

    @property
    def affording(self) -> bool:
        """Whether Affordability is chosen."""
        return self.views.key() == AFFORD

    def show_saved(self, choices: Sequence[tuple[str, str]], key: int | None, *, unsaved: bool) -> None:
        """Which answers can be chosen, and what can be done with the one that is shown."""
        here = self.affording
        self.saved.set_options(choices)
        self.saved.choose(str(key))
        shown = here and key is not None
        self.saved.setVisible(shown)
        self.fresh.setVisible(shown)
        self.copy_saved.setVisible(shown and key != 0)
        self.discard.setVisible(shown)
        self.discard.setEnabled(unsaved and key != 0)
        self.remove.setVisible(shown)
        self.save.setVisible(shown)
        self.save.setEnabled(unsaved)
        self.export.setVisible(shown or not here)

    def name_view(self) -> None:
        """Let the buttons speak of months or of years, as the view does."""
        here = self.affording
        for widget in (self.before, self.month, self.after, self.add, *self._budget):
            widget.setVisible(not here)
        if not here:
            self.save.hide()
            for own in self._afford:
                own.hide()
            self.export.show()
        self.export.setToolTip("" if here else EXPORTS_CASH)
        words = "Year" if self.yearly else "Month"
        for button, side in ((self.before, "before"), (self.after, "after")):
            button.setAccessibleName(f"{words} {side}")
            button.setToolTip(f"{words} {side}")
        self.copy.setVisible(not self.yearly and not here)

    def name_month(self, named: str, month: date) -> None:
        """Say what is shown; the chooser opens at its month."""
        self._month = month
        # As wide as the longest month, so that the arrows stay under the pointer.
        widest = QFontMetrics(theme().font("bold")).horizontalAdvance("September 2026")
        self.month.setMinimumWidth(0 if self.yearly else widest + theme().px(28))
        self.month.setText(named)
        self.month.setAccessibleName(f"{named}: choose a month")

    @Slot()
    def _on_before(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _on_after(self) -> None:
        self.stepped.emit(1)

    @Slot()
    def _on_month(self) -> None:
        if self.chooser is None:
            self.chooser = MonthChooser(self.month)
            self.chooser.chosen.connect(self.chosen)
        self.chooser.open_at(self._month, self._today)
