"""Concierge, direct primary care and traditional care side by side, with a slider for what is avoided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.changes import Changes
from tracker.domain.membership.care_models import CareModel
from tracker.domain.membership.model_numbers import ModelYear, avoid_sentences, with_slider
from tracker.money import Cents, dollars
from tracker.services.membership_worth import WorthFacts
from ui.context import Context
from ui.models import worth_words as words
from ui.pages.budget_slider import CutSlider
from ui.pages.membership_models_grid import ModelsGrid
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.label import Label


class AvoidedSlider(CutSlider):
    """What the membership avoids of other costs in a year."""

    def _tell(self, cut: Cents) -> None:
        self.setAccessibleDescription(f"{dollars(cut)} of {dollars(self._most)} a year")


class ModelsCard(Card):
    """The slider moves the own model's total at once; it is kept only on request."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Three ways to have a doctor", parent=parent)
        self._context = context
        self._facts: WorthFacts | None = None
        self.models: tuple[ModelYear, ...] = ()
        self.set_subtitle(words.NO_CLAIM)
        self.grid = ModelsGrid()
        self.asks = Label("", "caption", wrap=True)
        self.slider_words = Label("", wrap=True)
        self.slider = AvoidedSlider()
        self.slider.setAccessibleName("Other costs avoided")
        self.sentences = Label("", "quiet", wrap=True)
        self.keep_button = PlainButton("Keep this number")
        for widget in (self.grid, self.asks, self.slider_words, self.slider, self.sentences):
            self.body.addWidget(widget)
        below = QHBoxLayout()
        below.addWidget(self.keep_button)
        below.addStretch(1)
        self.body.addLayout(below)
        self.slider.cut_chosen.connect(self._on_slid)
        self.keep_button.clicked.connect(self.keep)
        self.grid.change_asked.connect(self.change)
        self.grid.reset_asked.connect(self.reset)
        self.grid.why_asked.connect(self.show_why)

    # showing -------------------------------------------------------------------------

    def show_facts(self, facts: WorthFacts) -> None:
        self._facts = facts
        self.models = tuple(words.models_in_order(facts.models))
        mine = self._mine()
        most = mine.inputs.other if mine and mine.inputs else 0
        self.slider.show_cut(min(most, mine.numbers.avoided) if mine else 0, most)
        so_far = facts.shown.year.period.last_day >= self._context.today
        self.set_note("Visits and other costs so far this year" if so_far else "")
        asks = [f"{words.model_name(year.model)}: {said}" for year in self.models for said in year.asks]
        if not any(year.numbers.uses for year in self.models):
            asks.append("No visits are entered for this year yet, so none are compared.")
        self.asks.setText(" ".join(asks))
        self.asks.setVisible(bool(asks))
        self._show(self.slider.cut())

    def _mine(self) -> ModelYear | None:
        wanted = self._facts.mine if self._facts else None
        return next((year for year in self.models if year.model is wanted), None)

    def _show(self, avoided: Cents) -> None:
        facts, mine = self._facts, self._mine()
        if facts is None or mine is None:
            return
        shown = [with_slider(year, avoided) if year is mine else year for year in self.models]
        self.grid.show_models(shown, facts.mine)
        self.slider_words.setText(
            f"Other costs your membership avoids in a year: {dollars(avoided)}. Think of an emergency room "
            "visit or tests that a longer talk made needless."
        )
        self.sentences.setText(" ".join(avoid_sentences(mine, self.models)))
        self.keep_button.setEnabled(avoided != mine.numbers.avoided)

    @Slot(object)
    def _on_slid(self, cut: Cents) -> None:
        self._show(cut)

    @Slot(object)
    def show_why(self, model: CareModel) -> None:
        """How the total of a model adds up."""
        from ui.dialogs.sentences_why import SentencesWhy

        mine = self._mine()
        year = next((item for item in self.models if item.model is model), None)
        if year is not None and year is mine:
            year = with_slider(year, self.slider.cut())
        if year is not None and year.cost is not None:
            name = words.model_name(model)
            SentencesWhy(
                name,
                f"{name}: {dollars(year.cost.total)} a year",
                words.model_groups(year),
                self,
                remark=words.PRICED,
            ).open()

    # changing ------------------------------------------------------------------------

    @Slot()
    def keep(self) -> None:
        """Keep what the slider says among the member's own numbers."""
        mine = self._mine()
        if mine is not None:
            numbers = replace(mine.numbers, avoided=self.slider.cut())
            self._commit(lambda: self._context.services.membership_use.save_care_model(numbers))

    @Slot(object)
    def change(self, model: CareModel) -> None:
        """Type own numbers for a model."""
        from ui.dialogs.care_model_editor import CareModelEditor

        year = next((item for item in self.models if item.model is model), None)
        if year is not None and self._facts is not None:
            CareModelEditor(self._context, self, year=year).open()

    @Slot(object)
    def reset(self, model: CareModel) -> None:
        """Take a model's numbers from the ledger again."""
        self._commit(lambda: self._context.services.membership_use.forget_care_model(model))

    def _commit(self, act: Callable[[], Changes]) -> None:
        self._context.commit(self, act)
