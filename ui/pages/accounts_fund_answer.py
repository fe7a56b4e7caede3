"""Is my fund large enough? The answer in one sentence, the reason under it, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.services.fund_report import ContingencyFund
from ui.models import fund_words as words
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.fact_list import breakable
from ui.widgets.label import Label

_TONES = {True: "good", False: "warning", None: ""}


class FundAnswerCard(Card):
    """`target_asked` makes the method's target the fund's own; the rest opens forms."""

    why_asked = Signal()
    target_asked = Signal()
    sizing_asked = Signal()
    edit_asked = Signal()
    deposit_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Is my fund large enough?", parent=parent)
        self.headline = Label("", "bold", wrap=True)
        self.reason = Label("", wrap=True)
        self.deposits = Label("", wrap=True)
        self.saved = Label("", "quiet", wrap=True)
        self.known = Label("", "quiet", wrap=True)
        self.others = Label("", "caption", wrap=True)
        for label in (self.headline, self.reason, self.deposits, self.known, self.saved, self.others):
            self.body.addWidget(label)
        self.start_button = PrimaryButton("Start the fund")
        self.why_button = PlainButton("Why?")
        self.target_button = PlainButton("Use as target")
        self.sizing_button = PlainButton("Change the numbers\u2026")
        self.deposit_button = PlainButton("Put money in\u2026")
        self.edit_button = PlainButton("Edit the fund\u2026")
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(line)
        for button in (
            self.start_button,
            self.why_button,
            self.target_button,
            self.sizing_button,
            self.deposit_button,
            self.edit_button,
        ):
            flow.addWidget(button)
        self.body.addWidget(line)
        self.start_button.clicked.connect(self.edit_asked)
        self.why_button.clicked.connect(self.why_asked)
        self.target_button.clicked.connect(self.target_asked)
        self.sizing_button.clicked.connect(self.sizing_asked)
        self.deposit_button.clicked.connect(self.deposit_asked)
        self.edit_button.clicked.connect(self.edit_asked)

    @Slot(object)
    def show_fund(self, fund: ContingencyFund, others: str, known: str = "") -> None:
        """Show the answer. `others` says which further funds are not sized here, `known` what is sure
        to go or come soon."""
        answer = fund.answer
        self.headline.setText(answer.headline)
        self.headline.set_tone(_TONES[answer.enough])
        enough = fund.chosen.funding is not None and fund.monthly >= fund.chosen.funding.monthly
        self.deposits.set_tone("" if enough else "warning")
        for label, text in (
            (self.reason, answer.reason),
            (self.deposits, answer.deposits),
            (self.known, known),
            (self.saved, words.saved_target_words(fund)),
            (self.others, others),
        ):
            label.setText(breakable(text))
            label.setVisible(bool(text))
        started = fund.started
        self.start_button.setVisible(not started)
        self.target_button.setVisible(fund.target_differs)
        for button in (self.sizing_button, self.deposit_button, self.edit_button):
            button.setVisible(started)
        name = fund.facts.account.name if started else ""
        self.set_note(name if len(name) <= 48 else "")
