"""How many visits avoided pay for the fee, with the kind of care chosen (rulebook 6.4)."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from tracker.domain.membership.own_time import NO_TIME, OwnTime
from tracker.domain.membership.value import BreakEven
from tracker.money import Cents, dollars
from tracker.services.membership_worth import WorthFacts
from ui.dialogs.so_far import cents_so_far
from ui.models import worth_words as words
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.form import Form
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit

OWN = "own"


class BreakEvenCard(Card):
    """Follows every key; nothing is stored. `rates_asked` where no tax rate is known yet."""

    rates_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("When it pays for itself", parent=parent)
        self._facts: WorthFacts | None = None
        self._time = NO_TIME
        self.even: BreakEven | None = None
        self.kind = OptionEdit()
        self.each = MoneyEdit()
        self.form = Form(columns=2)
        self.form.add("kind", "A visit avoided is", self.kind)
        self.form.add("each", "One would cost you", self.each)
        self.with_tax = QCheckBox("Count the tax that the care share can save")
        self.headline = Label("", "figure", wrap=True)
        self.why = Label("", "quiet", wrap=True)
        self.tax = Label("", "caption", wrap=True)
        self.rates_link = LinkButton("Enter your tax rates", "edit")
        for widget in (self.form, self.with_tax, self.headline, self.why, self.tax, self.rates_link):
            self.body.addWidget(widget)
        self.kind.edited.connect(self._on_kind)
        self.each.textChanged.connect(self._show)
        self.with_tax.toggled.connect(self._show)
        self.rates_link.clicked.connect(self.rates_asked)

    def show_facts(self, facts: WorthFacts, time: OwnTime) -> None:
        fresh = self._facts is None or self._facts.shown.membership.id != facts.shown.membership.id
        self._facts, self._time = facts, time
        options = [(item.code, f"{item.label}, {dollars(item.each)}") for item in facts.kinds if item.each]
        self.kind.set_options([*options, (OWN, "Another amount")])
        could = facts.tax_not_yet
        self.with_tax.setVisible(could > 0)
        if fresh:
            self.with_tax.setChecked(could > 0)
            self.kind.choose("URGENT" if any(key == "URGENT" for key, _ in options) else OWN)
        known = facts.share.rates is not None
        self.rates_link.setVisible(not known)
        self.tax.setText(_tax_words(facts))
        self.tax.setVisible(bool(self.tax.text()))
        self._on_kind()

    def each_cents(self) -> Cents:
        """What one visit avoided saves, without own time."""
        key = self.kind.key()
        if key == OWN:
            return max(0, cents_so_far(self.each) or 0)
        kinds = self._facts.kinds if self._facts else ()
        return next((item.each or 0 for item in kinds if item.code == key), 0)

    @Slot()
    def _on_kind(self) -> None:
        self.form.field("each").setVisible(self.kind.key() == OWN)
        self._show()

    @Slot()
    def _show(self) -> None:
        if self._facts is None:
            return
        each = self.each_cents()
        if self.kind.key() == OWN and not each:
            self.even = None
            self.headline.setText(words.NOTHING)
            self.why.setText("Type what a visit you did not need would have cost you.")
            return
        counts = self.with_tax.isChecked() and not self.with_tax.isHidden()
        self.even = words.even_of(self._facts, each, self._time, with_tax=counts)
        self.headline.setText(words.even_headline(self.even))
        mine = f" {dollars(self._time.each)} of it is your own time." if self._time.each else ""
        self.why.setText(f"{self.even.why}{mine}")


def _tax_words(facts: WorthFacts) -> str:
    """Where the tax comes from, or what is missing to count it."""
    share = facts.share
    if share.rates is None:
        return f"Your tax rates of {share.tax_year} are not entered, so no tax is counted."
    if facts.tax_not_yet and share.saving is not None:
        return f"{share.split.why[0]} {share.saving.why}"
    if not share.split.counts_now and not facts.value.tax_saved:
        return "No part of the fee counts as care yet, so no tax is counted. Fee and tax says why."
    return ""
