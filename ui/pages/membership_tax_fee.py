"""May untaxed money pay the fee, and how much of it? One answer for each pocket (rulebook 5.3)."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.facts.membership import TaxPocket
from tracker.money import dollars_or_blank
from tracker.services.hsa_who import CAPS
from tracker.services.membership_tax import FeeTax, PocketAnswer
from ui.context import Context
from ui.models import fee_tax_words as words
from ui.models.table import Column, RowTableModel
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.condition_list import ConditionList
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

_ORDER = list(TaxPocket)


class FeeCard(Card):
    """The row that is chosen shows its sentence, its conditions and its source below the table."""

    reached = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("2. May untaxed money pay this fee?", parent=parent)
        self._context = context
        self._facts: FeeTax | None = None
        self.model: RowTableModel[PocketAnswer] = RowTableModel(
            _columns(), key=lambda row: _ORDER.index(row.pocket), parent=self
        )
        self.table = LedgerTable(self.model, "Which money may pay the fee", state=context.state)
        self.add_table(self.table)
        self.title = Label("", "bold", wrap=True)
        self.sentence = Label("", wrap=True)
        self.ask = Label("", "quiet", wrap=True)
        self.conditions = ConditionList()
        self.source = Label("", "caption", wrap=True)
        self.missing = Label("", tone="warning", wrap=True)
        self.limits_link = LinkButton("Type in the limits of this year", "edit")
        for part in (
            self.title,
            self.sentence,
            self.ask,
            self.conditions,
            self.source,
            self.missing,
            self.limits_link,
        ):
            self.body.addWidget(part)
        self.table.selection_changed.connect(self._show_chosen)
        self.table.row_reached.connect(self.reached)
        self.limits_link.clicked.connect(self.type_limits)

    def show_facts(self, facts: FeeTax) -> None:
        self._facts = facts
        known = bool(facts.pockets)
        self.set_subtitle(words.fee_sentence(facts))
        self.model.set_rows(facts.pockets)
        self.table.fit_height_to_rows()
        self.table.setVisible(known)
        self.missing.setText(facts.asks)
        self.missing.setVisible(bool(facts.asks))
        self.limits_link.setVisible(bool(facts.asks))
        if known and not self.table.selected_rows():
            self.table.select_key(0)
        self._show_chosen()

    def choose(self, pocket: TaxPocket) -> None:
        """Show the answer for one pocket."""
        self.table.select_key(_ORDER.index(pocket))

    @Slot()
    def _show_chosen(self) -> None:
        rows = self.table.selected_rows()
        chosen = rows[0] if rows and self._facts and self._facts.pockets else None
        for part in (self.title, self.sentence, self.ask, self.conditions, self.source):
            part.setVisible(chosen is not None)
        if chosen is None:
            return
        answer = chosen.answer
        self.title.setText(words.pocket_title(chosen))
        self.sentence.setText(answer.sentence)
        said = words.ask_words(answer)
        self.ask.setText(said)
        self.ask.setVisible(bool(said))
        self.conditions.show_groups([("", answer.conditions)])
        self.conditions.setVisible(bool(answer.conditions))
        self.source.setText(f"Source: {answer.source}." if answer.source else "")
        self.source.setVisible(bool(answer.source))

    @Slot()
    def type_limits(self) -> None:
        """Ask for what the law's notice of that year says."""
        from ui.dialogs.missing_limits import MissingLimitsDialog

        if self._facts is not None:
            MissingLimitsDialog(self._context, self, year=self._facts.day.year, names=CAPS).open()


def _columns() -> list[Column[PocketAnswer]]:
    return [
        Column("Money", lambda row: words.POCKETS[row.pocket], stretch=1),
        Column(
            "Answer",
            lambda row: words.VERDICTS[row.answer.verdict][0],
            tone=lambda row: words.VERDICTS[row.answer.verdict][1],
            pill=True,
        ),
        Column("Of a year", words.eligible_words, right=True),
        Column(
            "Tax saved",
            lambda row: dollars_or_blank(row.saving.saved if row.saving else None),
            right=True,
            tooltip=lambda row: row.saving.why if row.saving else "",
        ),
        Column("After tax", words.net_words, right=True),
    ]
