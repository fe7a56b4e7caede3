"""Settings: when the budget year begins."""

from __future__ import annotations

from PySide6.QtCore import Slot

from tracker.changes import Area
from tracker.dates import MONTH_NAMES, budget_year, budget_year_of, period_text
from ui.context import Context
from ui.pages.settings_section import Section
from ui.theme import theme
from ui.widgets.card import Card
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.form import FormField


class BudgetSection(Section):
    """One choice, put into effect at once and undone like any other change."""

    SHOWS = Area.PREFERENCES

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        card = Card("Budget year")
        card.set_subtitle(
            "Estimates and payments stay with their months; only the year around them changes."
        )
        self.start = OptionEdit([(str(number), name) for number, name in enumerate(MONTH_NAMES, start=1)])
        self.start.edited.connect(self._on_changed)
        self.field = FormField("It begins with", self.start)
        self.field.setMaximumWidth(theme().px(360))
        card.body.addWidget(self.field)
        self.rows.addWidget(card)

    def reload(self) -> None:
        people = self._context.services.people
        self._context.load(self, lambda: people.household().budget_start_month, self._show)

    def _show(self, month: int) -> None:
        self.start.choose(str(month))
        year = budget_year(month, budget_year_of(self._context.today, month))
        self.field.set_hint(f"This budget year is {period_text(year)}.")

    @Slot()
    def _on_changed(self) -> None:
        month, budget = int(self.start.key()), self._context.services.budget
        self._context.commit(self, lambda: budget.set_start_month(month), then=lambda _: self._show(month))
