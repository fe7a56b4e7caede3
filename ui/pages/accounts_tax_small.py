"""The smaller cards of Taxes: what is missing, tax facts, tax saved, drives, and own yearly limits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tracker.dates import day_text
from tracker.domain.accounts.mileage_log import MileageLog, miles_text
from tracker.domain.accounts.tax_sheet import Ask, Asked
from tracker.facts.taxes import TaxFacts
from tracker.money import dollars, dollars_or_blank
from tracker.services.tax_year import TaxYear
from ui.models.table import Column
from ui.models.tax_rows import LimitRow, TripRow, fact_pairs, saving_lines, untaxed_lines
from ui.pages.coverage_list import ListCard
from ui.widgets.action_lines import ActionLine, ActionLines
from ui.widgets.buttons import LinkButton, PlainButton
from ui.widgets.card import Card
from ui.widgets.fact_list import FactList, breakable
from ui.widgets.label import Label
from ui.window_state import WindowState

_ACTS = {
    Asked.FACTS: "Type it",
    Asked.LIMIT: "Type it",
    Asked.HSA: "Go to HSA",
    Asked.EXPENSES: "Show them",
}


class AsksCard(Card):
    """What the year still needs, each with the place to say it. `asked` carries the Ask."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Still needed", parent=parent)
        self.lines = ActionLines()
        self.body.addWidget(self.lines)

    def show_asks(self, asks: Sequence[Ask], year: int) -> None:
        self.set_title(f"Still needed for {year}")
        self.set_note(str(len(asks)) if asks else "")
        self.lines.show_lines(
            [ActionLine(ask.sentence, actions=((_ACTS[ask.kind], self._telling(ask)),)) for ask in asks]
        )
        self.setVisible(bool(asks))

    def _telling(self, ask: Ask) -> Callable[[], object]:
        return lambda: self.asked.emit(ask)


class FactsCard(Card):
    """What a return says of the year; the button opens the form."""

    edit_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Tax facts", parent=parent)
        self.edit_button = PlainButton("Edit")
        self.add_header_widget(self.edit_button)
        self.facts = FactList()
        self.body.addWidget(self.facts)
        self.edit_button.clicked.connect(self.edit_asked)

    def show_facts(self, facts: TaxFacts) -> None:
        self.set_title(f"Tax facts of {facts.year}")
        self.edit_button.setAccessibleName(f"Edit tax facts of {facts.year}")
        self.facts.show_facts(fact_pairs(facts))


class SavedCard(Card):
    """Tax saved by pocket, then FSA and HRA plan years of the year. `why_asked` carries the reasons."""

    why_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Untaxed money", parent=parent)
        self.none = Label("", "quiet", wrap=True)
        self.body.addWidget(self.none)
        self.lines = ActionLines()
        self.body.addWidget(self.lines)

    def show_year(self, shown: TaxYear) -> None:
        lines = [
            ActionLine(
                breakable(name),
                f"{saved} of tax saved" if saved.startswith(("$", "-")) else "Tax saved: not known",
                actions=(("Why", self._telling(name, why)),),
            )
            for name, saved, why in saving_lines(shown.savings)
        ]
        lines += [
            ActionLine(breakable(said), actions=(("Why", self._telling(said, why)),))
            for said, why in untaxed_lines(shown)
        ]
        self.lines.show_lines(lines)
        self.lines.setVisible(bool(lines))
        self.none.setText(f"No untaxed money moved in {shown.year}.")
        self.none.setVisible(not lines)

    def _telling(self, name: str, why: Sequence[str]) -> Callable[[], object]:
        return lambda: self.why_asked.emit((name, tuple(why)))


class MileageCard(ListCard[TripRow]):
    """Every drive of the year at its rate, and their total."""

    def __init__(
        self, state: WindowState, add: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Mileage log",
            [
                Column(
                    "Day",
                    lambda row: day_text(row.logged.trip.driven_on),
                    order=lambda row: row.logged.trip.driven_on,
                ),
                Column("For", lambda row: row.logged.person, stretch=2, width=70, tooltip=_person),
                Column("Where to and why", _purpose, stretch=4, width=90, tooltip=_purpose),
                Column(
                    "Miles", lambda row: row.miles, order=lambda row: row.logged.trip.tenths, right=True
                ),
                Column("Rate", lambda row: row.rate, right=True, tone=lambda _row: "quiet"),
                Column(
                    "Parking",
                    lambda row: dollars_or_blank(row.logged.trip.parking or None),
                    order=lambda row: row.logged.trip.parking,
                    right=True,
                ),
                Column(
                    "Counts",
                    lambda row: dollars(row.logged.counts),
                    order=lambda row: row.logged.counts,
                    right=True,
                    bold=lambda _row: True,
                ),
            ],
            lambda row: row.key,
            state,
            add=("Add drive", add),
            empty=("No drives yet", "Drives to care count at the year\u2019s rate, parking and tolls too."),
            small=True,
            parent=parent,
        )
        self._log: MileageLog | None = None
        self.total = Label("", "bold", wrap=True)
        self.body.addWidget(self.total)

    def show_log(self, log: MileageLog) -> None:
        self._log = log
        rate = log.rate_words
        self.set_subtitle(f"{log.year}: {rate}." if rate else f"The rate of {log.year} is not known.")
        self.show_rows([TripRow(item) for item in log.trips])
        self.total.setText(f"{miles_text(log.tenths)} miles, parking and tolls: {dollars(log.total)}")
        self.total.setVisible(bool(log.trips))


def _person(row: TripRow) -> str:
    return row.logged.person


def _purpose(row: TripRow) -> str:
    return row.logged.trip.purpose


class LimitsCard(ListCard[LimitRow]):
    """Yearly amounts the member typed in, and where the program's own come from."""

    sources_asked = Signal()

    def __init__(
        self, state: WindowState, add: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Yearly limits you typed in",
            [
                Column("What", lambda row: row.name, stretch=1, width=120, tooltip=lambda row: row.name),
                Column(
                    "Year", lambda row: str(row.limit.year), order=lambda row: row.limit.year, right=True
                ),
                Column("Amount", lambda row: row.amount, order=lambda row: row.limit.amount, right=True),
            ],
            lambda row: row.place,
            state,
            add=("Type in a limit", add),
            empty=("", "None. What the program knows of the year is used."),
            small=True,
            parent=parent,
        )
        self.sources_button = LinkButton("Where the program\u2019s limits come from")
        self.body.addWidget(self.sources_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.sources_button.clicked.connect(self.sources_asked)

    def show_year(self, shown: TaxYear) -> None:
        self.show_rows([LimitRow(place, item) for place, item in enumerate(shown.own_limits)])
        self.sources_button.setVisible(bool(shown.sources))
