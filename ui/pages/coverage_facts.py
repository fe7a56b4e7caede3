"""The plan in words: premium, period, who is covered, every limit and how it is shared."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from tracker.dates import add_months, period_text
from tracker.domain.recurring import yearly_amount
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Frequency,
    Household,
    Network,
    Plan,
    PlanKind,
    Recurring,
)
from tracker.money import dollars
from ui.models.coverage_words import MODES, NETWORKS, short
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.label import Label

_EVERY = {
    Frequency.ONCE: "once",
    Frequency.MONTHLY: "a month",
    Frequency.QUARTERLY: "a quarter",
    Frequency.SEMIANNUAL: "every half year",
    Frequency.ANNUAL: "a year",
}


_SHORT_KINDS = {AccumulatorKind.DEDUCTIBLE: "Deductible", AccumulatorKind.OOP_MAX: "Out-of-pocket max"}


class PlanFacts(Card):
    """Names at the left, facts at the right, and the ways to another plan year below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Plan facts", parent=parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.duplicate = LinkButton("Duplicate", "copy")
        self.add_plan = LinkButton("Add another plan", "plus")
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.duplicate)
        below.addWidget(self.add_plan)
        below.addStretch(1)
        self.body.addLayout(below)

    def show_plan(self, plan: Plan, home: Household) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for place, (name, words, whole) in enumerate(plan_facts(plan, home)):
            if not words:
                self._grid.addWidget(Label(name, "caption"), place, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
                continue
            fact = Label(words, wrap=True)
            fact.setToolTip(whole)
            self._grid.addWidget(Label(name, "quiet"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(fact, place, 1)
        self.duplicate.setText(f"Duplicate for {add_months(plan.begins_on, 12).year}")


def plan_facts(plan: Plan, home: Household) -> list[tuple[str, str, str]]:
    """Name, words that fit, and the whole words where they were cut; a name alone is a heading."""
    insurer = home.provider_names.get(plan.insurer_id or 0, "")
    names = [home.person_name(person_id) for person_id in plan.person_ids]
    covered = ", ".join(short(name) for name in names)
    kind = "Other" if plan.kind is PlanKind.OTHER else plan.kind.value
    found = [
        ("Insurer", short(insurer), insurer),
        ("Kind", kind, ""),
        ("Period", period_text(plan.period), ""),
        ("Covered", covered, ", ".join(names)),
        ("Member ID", short(plan.member_number), plan.member_number),
        ("Premium", "\n".join(_premium_words(item) for item in plan.premiums) or "None entered", ""),
    ]
    found = [(name, words, whole if whole != words else "") for name, words, whole in found if words]
    for network in Network:
        limits = [item for item in plan.accumulators if item.network is network]
        if limits:
            found.append((NETWORKS[network].capitalize(), "", ""))
        found += [(_SHORT_KINDS[item.kind], limit_words(item), "") for item in limits]
    return found


def _premium_words(item: Recurring) -> str:
    said = f"{dollars(item.amount)} {_EVERY[item.frequency]}"
    if item.frequency in (Frequency.ONCE, Frequency.ANNUAL):
        return said
    return f"{said}\n{dollars(yearly_amount(item), whole=True)} a year"


def limit_words(limit: Accumulator) -> str:
    """`$2,000 each, $4,000 family, embedded`."""
    amounts = []
    if limit.mode is not AccumulatorMode.AGGREGATE and limit.individual is not None:
        each = "" if limit.mode is AccumulatorMode.SELF else " each"
        amounts.append(f"{dollars(limit.individual, whole=True)}{each}")
    if limit.mode is not AccumulatorMode.SELF and limit.family is not None:
        amounts.append(f"{dollars(limit.family, whole=True)} family")
    return f"{', '.join(amounts) or 'no limit'}, {MODES[limit.mode].lower()}"
