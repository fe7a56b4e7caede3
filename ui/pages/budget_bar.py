"""The controls of the Budget page: which month, Month or Year, and what can be done."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics

from ui.pages.budget_chooser import MonthChooser
from ui.theme import theme
from ui.widgets.buttons import IconButton, LinkButton, PlainButton, PrimaryButton, Segmented
from ui.widgets.page import Page

MONTH, YEAR = "month", "year"
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
        for widget in (self.before, self.month, self.after, self.copy, self.export, self.add):
            page.add_action_widget(widget)
        self.views = Segmented(((MONTH, "Month"), (YEAR, "Year")), "Month or year")
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
        page.add_controls(self.views, self.counting, self.take, self.fill, self.lines, self.more)
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

    def name_view(self) -> None:
        """Let the buttons speak of months or of years, as the view does."""
        words = "Year" if self.yearly else "Month"
        for button, side in ((self.before, "before"), (self.after, "after")):
            button.setAccessibleName(f"{words} {side}")
            button.setToolTip(f"{words} {side}")
        self.copy.setVisible(not self.yearly)

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
