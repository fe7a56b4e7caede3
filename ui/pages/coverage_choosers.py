"""The controls in Coverage's head: in or out of network, whose limits, which plan year and period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from tracker.dates import period_text
from tracker.facts import Network, Plan
from ui.models.coverage_words import owner_id, short, whose
from ui.pages.coverage_read import OUTSIDE, CoverageYear
from ui.widgets.buttons import Segmented
from ui.widgets.choice_edit import OptionEdit
from ui.window_state import WindowState

FAMILY = "family"


class CoverageChoosers(QObject):
    """Controls that hide where there is nothing to choose; network and person are remembered."""

    changed = Signal()
    """The network or the person; the plan year stays."""
    plan_chosen = Signal(int)
    period_chosen = Signal(object)
    """A day of another stretch over which the plan's limits run, as a date."""

    def __init__(self, state: WindowState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._person = state.text("coverage/person")
        self.network_edit = Segmented(
            [(Network.IN.value, "In network"), (Network.OUT.value, "Out of network")], "Network"
        )
        if state.text("coverage/network") == Network.OUT.value:
            self.network_edit.choose(Network.OUT.value)
        self.person_edit, self.plan_edit, self.period_edit = OptionEdit(), OptionEdit(), OptionEdit()
        self.person_edit.setAccessibleName("Whose limits")
        self.plan_edit.setAccessibleName("Plan year")
        self.period_edit.setAccessibleName("Months over which the limits run")
        self.person_edit.setMinimumContentsLength(8)
        self.plan_edit.setMinimumContentsLength(6)
        self.period_edit.setMinimumContentsLength(12)
        self.widgets = (self.network_edit, self.person_edit, self.plan_edit, self.period_edit)
        self.network_edit.changed.connect(self._on_network)
        self.person_edit.edited.connect(self._on_person)
        self.plan_edit.edited.connect(self._on_plan)
        self.period_edit.edited.connect(self._on_period)

    @property
    def network(self) -> Network:
        return Network(self.network_edit.key())

    @property
    def person_id(self) -> int | None:
        """Whose limits are shown; None for the family."""
        key = self.person_edit.key()
        return int(key) if key and key != FAMILY else None

    def show_year(self, year: CoverageYear) -> None:
        """Offer the plan years there are and the people this one covers."""
        plans = _plan_options(year.home.plans)
        if year.outside and plans:
            plans.append((str(OUTSIDE), "Outside every plan"))
        self.plan_edit.set_options(plans)
        self.plan_edit.choose(str(year.plan.id if year.plan else OUTSIDE))
        self.plan_edit.setVisible(len(plans) > 1)
        self.period_edit.set_options(
            [(period.begin.isoformat(), period_text(period)) for period in year.periods]
        )
        if year.filled is not None:
            self.period_edit.choose(year.filled.period.begin.isoformat())
        self.period_edit.setVisible(len(year.periods) > 1)
        covered = year.plan.person_ids if year.plan else ()
        people = [
            (str(person_id), "You" if person_id == owner_id(year.home) else whose(year.home, person_id))
            for person_id in covered
        ]
        if len(people) > 1:
            people.append((FAMILY, "Family"))
        self.person_edit.set_options(people)
        self.person_edit.choose(self._person)
        self.show_for(limits=year.plan is not None)

    def show_for(self, *, limits: bool) -> None:
        """Whether limits are looked at: only then it matters whose, and in which network."""
        self.network_edit.setVisible(limits)
        self.person_edit.setVisible(limits and self.person_edit.count() > 1)

    @Slot(str)
    def _on_network(self, key: str) -> None:
        self._state.keep_text("coverage/network", key)
        self.changed.emit()

    @Slot()
    def _on_person(self) -> None:
        self._person = self.person_edit.key()
        self._state.keep_text("coverage/person", self._person)
        self.changed.emit()

    @Slot()
    def _on_plan(self) -> None:
        self.plan_chosen.emit(int(self.plan_edit.key()))

    @Slot()
    def _on_period(self) -> None:
        self.period_chosen.emit(date.fromisoformat(self.period_edit.key()))


def _plan_options(plans: Sequence[Plan]) -> list[tuple[str, str]]:
    """The plans by their years, with the name where a year alone would not tell them apart."""
    years = [_years(plan) for plan in plans]
    return [
        (str(plan.id), year if years.count(year) == 1 else f"{year}, {short(plan.name, 24)}")
        for plan, year in zip(plans, years, strict=True)
    ]


def _years(plan: Plan) -> str:
    begin, end = plan.begins_on.year, plan.ends_on.year
    return str(begin) if begin == end else f"{begin}\u2013{end % 100:02d}"
