"""The card with an HSA year's limit: the two candidates, what went in by source, what is left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.facts import percent
from tracker.facts.accounts import MoneySource
from tracker.services.hsa_year import HsaYear
from ui.models import hsa_words as words
from ui.models.accounts_words import SOURCES
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.columns import Flow
from ui.widgets.label import Label
from ui.widgets.stacked_bar import ColourKey, StackedBar
from ui.widgets.sum_lines import SumLines

_COLOURS = {
    MoneySource.EMPLOYER: "second",
    MoneySource.PAYROLL: "good",
    MoneySource.OWN: "accent",
}


class LimitCard(Card):
    """`why_asked` and `split_asked` come from its links."""

    why_asked = Signal()
    split_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Limit", parent=parent)
        self.bar = StackedBar()
        keys = QWidget()
        keys.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        line = Flow(keys, gap=12)
        self.keys = {source: ColourKey(SOURCES[source], colour) for source, colour in _COLOURS.items()}
        for key in self.keys.values():
            line.addWidget(key)
        self._keys_line = keys
        self.lines = SumLines()
        self.testing = Label("", "quiet", wrap=True)
        self.settled = Label("", tone="warning", wrap=True)
        self.split = Label("", "quiet", wrap=True)
        self.why_button = LinkButton("Why?")
        self.split_button = LinkButton("Share with your spouse")
        links = QWidget()
        links.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(links)
        flow.addWidget(self.why_button)
        flow.addWidget(self.split_button)
        for part in (self.bar, keys, self.lines, self.settled, self.testing, self.split, links):
            self.body.addWidget(part)
        self.why_button.clicked.connect(self.why_asked)
        self.split_button.clicked.connect(self.split_asked)

    def show_year(self, shown: HsaYear) -> None:
        """Show the limit of a year; its card is hidden where it is not known."""
        self.set_title(f"Limit of {shown.year}")
        room = shown.room
        self.setVisible(room is not None)
        if room is None:
            return
        parts = [
            (amount / max(room.limit, shown.contributed, 1), _COLOURS[source])
            for source, amount in words.by_source(shown)
        ]
        self.bar.set(parts)
        shown_sources = {source for source, _ in words.by_source(shown)}
        for source, key in self.keys.items():
            key.setVisible(source in shown_sources)
        self._keys_line.setVisible(bool(shown_sources))
        self.bar.setVisible(bool(room.limit or shown.contributed))
        self.lines.show_lines(words.limit_lines(shown))
        _say(self.testing, " ".join(words.testing_sentences(shown)))
        self.testing.set_tone("bad" if shown.failed else "")
        _say(self.settled, words.settled_sentence(shown))
        share = shown.facts.family_share
        mine = share if shown.person.position == 0 else 10_000 - share
        shared = shown.facts.married_with_family and shown.spouse is not None
        name = shown.spouse.name if shown.spouse else ""
        _say(self.split, f"You share one family limit with {name}: {percent(mine)} here." if shared else "")
        self.split_button.setVisible(shown.spouse is not None)


def _say(label: Label, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
