"""The figures at the top of Coverage: each limit of the plan for one person and for the family."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.coverage.accumulators import Standing
from tracker.facts import AccumulatorKind, Household
from tracker.money import dollars
from ui.models.coverage_choice import Choice
from ui.models.coverage_words import SHORT_KINDS, further_name, to_go, whose
from ui.theme import GAP
from ui.widgets.columns import Columns
from ui.widgets.figure_card import FigureCard

_COLOURS = {AccumulatorKind.DEDUCTIBLE: "accent", AccumulatorKind.OOP_MAX: "second"}


class CoverageFigures(QWidget):
    """Up to four cards for the main limits, and a second row for those of drugs and further tiers.

    Those the plan does not have are left out. `asked` carries a Standing.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        main, self._main = _row()
        further, self._further = _row()
        self._further_row = further
        rows.addWidget(main)
        rows.addWidget(further)
        self.cards: dict[tuple[AccumulatorKind, bool], FigureCard] = {}
        self.more: list[FigureCard] = []
        """Cards of the second row, as many as were needed so far."""
        self._shown: dict[FigureCard, Standing] = {}
        for kind in AccumulatorKind:
            for family in (False, True):
                self.cards[kind, family] = self._card(self._main)
        further.hide()

    @property
    def has_figures(self) -> bool:
        return bool(self._shown)

    def show_nothing(self) -> None:
        """There is no plan."""
        self._shown.clear()

    def show_standings(self, found: Sequence[Standing], home: Household, choice: Choice) -> None:
        """The standings of the chosen network for a person and the family, or the family's alone."""
        self._shown.clear()
        plan = choice.plan
        limits = {item.name: item for item in plan.accumulators}
        main = {limit.name for kind in AccumulatorKind if (limit := plan.limit(kind, choice.network))}
        wanted = [
            item
            for item in found
            if item.network is choice.network and item.person_id in (None, choice.person_id)
        ]
        for (kind, family), card in self.cards.items():
            standing = next(
                (
                    item
                    for item in wanted
                    if item.name in main and item.kind is kind and (item.person_id is None) == family
                ),
                None,
            )
            card.setVisible(standing is not None)
            if standing is not None:
                self._show(card, standing, home, SHORT_KINDS[kind])
        others = [item for item in wanted if item.name not in main]
        while len(self.more) < len(others):
            self.more.append(self._card(self._further))
        for place, card in enumerate(self.more):
            card.setVisible(place < len(others))
            if place < len(others):
                standing = others[place]
                self._show(card, standing, home, further_name(limits[standing.name], plan))
        self._further_row.setVisible(bool(others))

    def _card(self, row: Columns) -> FigureCard:
        card = FigureCard("", clickable=True)
        card.setToolTip("Show which claims add up to it")
        card.opened.connect(self._on_opened)
        row.add(card)
        return card

    def _show(self, card: FigureCard, standing: Standing, home: Household, name: str) -> None:
        self._shown[card] = standing
        limit = standing.limit
        card.set_label(f"{name}, {whose(home, standing.person_id)}")
        card.set(
            dollars(standing.used, whole=True),
            "" if limit is None else f"of {dollars(limit, whole=True)}",
            share=None if limit is None else standing.used / limit if limit else 1.0,
            colour=_COLOURS[standing.kind],
            caption=to_go(standing),
        )

    @Slot()
    def _on_opened(self) -> None:
        card = self.sender()
        if isinstance(card, FigureCard) and card in self._shown:
            self.asked.emit(self._shown[card])


def _row() -> tuple[QWidget, Columns]:
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return holder, Columns(holder)
