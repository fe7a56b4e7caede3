"""Why an estimate says what it says: step by step, with the facts it used, to copy or print."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.reports.estimate_sheet import ESTIMATE_ONLY, EstimateSheet
from ui.context import Context
from ui.dialogs.printing import Printing
from ui.dialogs.sentences_why import Groups, SentencesWhy
from ui.widgets.buttons import PlainButton
from ui.widgets.fact_list import FactList, breakable
from ui.widgets.label import Label


class CostWhy(SentencesWhy):
    """The sentences of each plan in order, what to beware of, and the facts that were used."""

    def __init__(self, context: Context, sheet: EstimateSheet, parent: QWidget | None = None) -> None:
        self._context, self._sheet = context, sheet
        steps = [
            (heading, [f"{number}.  {said}" for number, said in enumerate(sentences, start=1)])
            for heading, sentences in sheet.why
        ]
        super().__init__(sheet.title, sheet.headline, steps, parent, remark=ESTIMATE_ONLY)
        self.text = sheet.text
        self.head.addWidget(Label(breakable(f"{sheet.title}. {sheet.asked}"), "quiet", wrap=True))
        self.printing = Printing(context, self)
        self.print_button = PlainButton("Print\u2026", "print")
        self.print_button.clicked.connect(self.print_sheet)
        self.foot.insertWidget(1, self.print_button)

    def add_groups(self, groups: Groups) -> None:
        """The steps, then what the sheet says besides."""
        super().add_groups(groups)
        sheet = self._sheet
        if sheet.other is not None:
            self.add_heading(f"In the other order: {sheet.other.headline}")
            for heading, sentences in sheet.other.why:
                self.add_line(f"{heading}: {' '.join(sentences)}")
        if sheet.warnings or sheet.notes:
            self.add_heading("Before you go")
            for said in sheet.warnings:
                self.add_line(said, tone="warning")
            for said in sheet.notes:
                self.add_line(said, role="quiet")
        if sheet.facts:
            self.add_heading("What was used")
            self.facts = FactList()
            self.facts.show_facts(sheet.facts)
            self.body.addWidget(self.facts)

    @Slot()
    def print_sheet(self) -> None:
        """Show the one-page sheet as it would be printed."""
        from ui.printing.cost_document import cost_document

        self.printing.preview(cost_document(self._sheet, self._context.today))
