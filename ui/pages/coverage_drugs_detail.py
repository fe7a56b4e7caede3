"""The card of one prescription: what is known of it, its supply, and the cheapest way with its reasons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.dates import day_text
from tracker.services.prescription_report import DrugShown
from tracker.wording import count_of
from ui.models.drug_rows import drug_name, supply_words
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.fact_list import FactList, breakable
from ui.widgets.label import Label


class DrugDetailCard(Card):
    """Shows the selected prescription."""

    fill_asked = Signal(object)
    edit_asked = Signal(object)
    why_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Prescription", parent=parent)
        self._one: DrugShown | None = None
        self.headline = Label("", "bold", wrap=True)
        self.coming = Label("", "quiet", wrap=True)
        self.notes = Label("", wrap=True)
        self.facts = FactList()
        for part in (self.headline, self.coming, self.notes, self.facts):
            self.body.addWidget(part)
        self.fill_button = PlainButton("Record a fill", "plus")
        self.why_button = PlainButton("Why?")
        self.edit_button = PlainButton("Edit", "edit")
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(line)
        for button in (self.fill_button, self.why_button, self.edit_button):
            flow.addWidget(button)
        self.body.addWidget(line)
        self.fill_button.clicked.connect(lambda: self.fill_asked.emit(self._one))
        self.why_button.clicked.connect(lambda: self.why_asked.emit(self._one))
        self.edit_button.clicked.connect(lambda: self.edit_asked.emit(self._one))

    def show_drug(self, one: DrugShown) -> None:
        self._one = one
        self.set_title(breakable(drug_name(one.drug)))
        self.set_subtitle(f"{supply_words(one)}.")
        this = one.years[0].headline if one.years else ""
        self._say(self.headline, this)
        self._say(self.coming, one.years[1].headline if len(one.years) > 1 else "")
        self._say(self.notes, "\n".join(one.notes))
        drug = one.drug
        left = drug.refills_left
        self.facts.show_facts(
            [
                ("For", one.person),
                ("Tier", one.tier or "Not chosen: what insurance costs is not worked out"),
                ("A fill lasts", count_of(drug.days, "day")),
                ("Last fill", day_text(one.last.filled_on) if one.last else ""),
                ("Refills left", "" if left is None else f"{left:,}"),
                ("Pharmacy", one.pharmacy),
                ("Prescribed by", one.prescriber),
                ("How it is taken", drug.note),
            ]
        )
        self.fill_button.setVisible(one.taken)
        self.why_button.setVisible(bool(one.years))

    def _say(self, label: Label, text: str) -> None:
        label.setText(breakable(text))
        label.setVisible(bool(text))
