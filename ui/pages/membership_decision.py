"""The decision worksheet: benefits and risks with weights, the doctor, questions to the practice (6.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.membership.decision import WEIGHTS, Part, WorksheetItem
from tracker.errors import UserProblem
from tracker.facts.membership import DecisionAnswer
from ui.context import Context
from ui.models import worth_words as words
from ui.models.table import Column, RowTableModel
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A line of the worksheet, or the heading of a part where `item` is None."""

    number: int
    part: Part
    item: WorksheetItem | None = None
    answer: DecisionAnswer | None = None


class DecisionCard(Card):
    """Weights and notes are typed where they stand; nothing is added up to a verdict."""

    reached = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("What speaks for it, and what to ask", parent=parent)
        self._context = context
        self.set_subtitle(
            "Weigh benefits and risks from 0, does not matter, to 3, matters a lot. How good a doctor is "
            "has nothing to do with how the practice is paid, so the doctor has a list of its own."
        )
        self.model: RowTableModel[DecisionRow] = RowTableModel(
            self._columns(), key=lambda row: row.number, parent=self, bold=lambda row: row.item is None
        )
        self.table = LedgerTable(self.model, "Decision worksheet", state=context.state)
        self.add_table(self.table)
        self.sentence = Label("", "quiet", wrap=True)
        self.body.addWidget(self.sentence)
        self.table.delete_requested.connect(self._on_delete)
        self.table.row_reached.connect(self.reached)

    def _columns(self) -> list[Column[DecisionRow]]:
        return [
            Column("Line", _text, stretch=3, width=300),
            Column(
                "Weight",
                lambda row: words.weight_words(row.answer),
                edit=self._weigh,
                editable=lambda row: row.item is not None and row.part in words.WEIGHTED,
                edit_text=lambda row: _weight(row.answer),
                width=150,
            ),
            Column(
                "Note",
                lambda row: row.answer.note if row.answer else "",
                edit=self._write,
                editable=lambda row: row.item is not None,
                stretch=4,
                width=300,
            ),
        ]

    def show_answers(self, answers: Mapping[str, DecisionAnswer]) -> None:
        rows: list[DecisionRow] = []
        for part, items in words.decision_parts():
            rows.append(DecisionRow(len(rows), part))
            for item in items:
                rows.append(DecisionRow(len(rows), part, item, answers.get(item.code)))
        self.model.set_rows(rows)
        self.table.fit_height_to_rows()
        self.sentence.setText(words.decision_sentence(answers))

    def _weigh(self, row: DecisionRow, text: str) -> None:
        typed = text.strip()[:1]
        if typed and (not typed.isdigit() or int(typed) not in WEIGHTS):
            raise UserProblem("A weight is from 0 to 3.", "Type one, or nothing.")
        self._save(row, replace(self._answer(row), weight=int(typed) if typed else None))

    def _write(self, row: DecisionRow, text: str) -> None:
        self._save(row, replace(self._answer(row), note=text.strip()))

    @Slot(list)
    def _on_delete(self, rows: list[DecisionRow]) -> None:
        """Take the answers of lines back."""
        for row in rows:
            if row.answer is not None:
                self._save(row, DecisionAnswer(code=row.answer.code), quiet=False)

    def _answer(self, row: DecisionRow) -> DecisionAnswer:
        assert row.item is not None
        return row.answer or DecisionAnswer(code=row.item.code)

    def _save(self, row: DecisionRow, answer: DecisionAnswer, *, quiet: bool = True) -> None:
        if row.item is not None and answer != row.answer:
            use = self._context.services.membership_use
            self._context.commit(self, lambda: use.save_decision(answer), quiet=quiet)


def _text(row: DecisionRow) -> str:
    return row.item.text if row.item else row.part.value


def _weight(answer: DecisionAnswer | None) -> str:
    return "" if answer is None or answer.weight is None else str(answer.weight)
