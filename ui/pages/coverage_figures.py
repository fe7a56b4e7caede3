"""The figures at the top of Coverage: each limit of the plan for one person and for the family."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.domain.coverage.accumulators import Standing
from tracker.facts import AccumulatorKind, Household, Network
from tracker.money import dollars
from ui.models.coverage_words import to_go, whose
from ui.widgets.columns import Columns
from ui.widgets.figure_card import FigureCard

_NAMES = {AccumulatorKind.DEDUCTIBLE: "Deductible", AccumulatorKind.OOP_MAX: "Out-of-pocket max"}
_COLOURS = {AccumulatorKind.DEDUCTIBLE: "accent", AccumulatorKind.OOP_MAX: "second"}


class CoverageFigures(QWidget):
    """Up to four cards; those the plan's limits do not have are left out. `asked` carries a Standing."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = Columns(self)
        self.cards: dict[tuple[AccumulatorKind, bool], FigureCard] = {}
        self._shown: dict[FigureCard, Standing] = {}
        for kind in AccumulatorKind:
            for family in (False, True):
                card = FigureCard("", clickable=True)
                card.setToolTip("Show which claims add up to it")
                card.opened.connect(self._on_opened)
                row.add(card)
                self.cards[kind, family] = card

    def show_standings(
        self, found: Sequence[Standing], home: Household, network: Network, person_id: int | None
    ) -> None:
        """The standings of a network for a person and the family, or the family's alone (None)."""
        self._shown.clear()
        for (kind, family), card in self.cards.items():
            wanted = None if family else person_id
            standing = next(
                (
                    item
                    for item in found
                    if item.kind is kind and item.network is network and item.person_id == wanted
                ),
                None,
            )
            if not family and person_id is None:
                standing = None
            card.setVisible(standing is not None)
            if standing is not None:
                self._show(card, standing, home)
        self.setVisible(bool(self._shown))

    def _show(self, card: FigureCard, standing: Standing, home: Household) -> None:
        self._shown[card] = standing
        limit = standing.limit
        card.set_label(f"{_NAMES[standing.kind]}, {whose(home, standing.person_id)}")
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
