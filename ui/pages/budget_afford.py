"""Affordability: does all of it fit the household? The six steps, three scenarios, saved under a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.dates import month_text
from tracker.domain.budget.affordability import STEPS, Year
from tracker.facts.household_budget import HouseholdBudget
from tracker.money import dollars
from tracker.reports.affordability import YEAR_NAMES, AffordabilityReport, affordability_report
from tracker.services.affordability import AffordabilityFacts, affordability_facts, started
from ui.context import Context
from ui.jobs import Job
from ui.models.budget_accrual import Part
from ui.models.budget_afford import named, scenario_why, unsaved, unsaved_words
from ui.pages.budget_afford_result import ScenariosCard
from ui.pages.budget_afford_steps import AffordSteps
from ui.theme import GAP
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label

NEW = 0
"""Stands for the one that is not saved yet, among the numbers of saved ones."""


class AffordPane(QWidget):
    """Shows one household budget at a time. What is typed and not saved is kept for each of them."""

    changed = Signal()
    """What is shown, or whether it is saved, is another."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._facts: AffordabilityFacts | None = None
        self._drafts: dict[int, HouseholdBudget] = {}
        self._aside: dict[int, HouseholdBudget] = {}
        self._key: int | None = None
        self._filled: int | None = None
        self._job: Job[AffordabilityFacts] | None = None
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show_steps)
        self.report: AffordabilityReport | None = None
        self._build()

    # what the page asks ---------------------------------------------------------------

    def reload(self) -> None:
        if self._job is not None:
            self._job.cancel()  # an older answer must not overwrite a newer one
        services = self._context.services
        self._job = self._context.load(self, lambda: affordability_facts(services), self._on_loaded)

    @property
    def shown(self) -> HouseholdBudget | None:
        """What is shown, as typed so far; None while there is nothing."""
        if self._key is None:
            return None
        return self._drafts.get(self._key) or self._saved_one(self._key)

    @property
    def key(self) -> int | None:
        """The number of the saved one that is shown, NEW for a new one, None for nothing."""
        return self._key

    def choices(self) -> list[tuple[str, str]]:
        """What can be chosen: saved ones, the latest first, and one that is not saved yet."""
        if self._facts is None:
            return []
        found = [(str(NEW), f"{named(self._drafts[NEW])}, new")] if NEW in self._drafts else []
        for budget in self._facts.saved:
            number = budget.id or NEW
            found.append((str(number), named(budget) + (", changed" if number in self._drafts else "")))
        return found

    def choose(self, key: int) -> None:
        """Show a saved one, or the new one. What was typed into another stays with it."""
        self._key = key
        self._present()

    def start(self) -> None:
        """Begin a new one with the ledger's figures; one that is begun already is shown."""
        facts = self._facts
        if facts is None:
            return
        if NEW not in self._drafts:
            self._drafts[NEW] = started(facts, f"Affordability, {month_text(facts.today)}")
        self.choose(NEW)
        self.steps.income.setFocus()

    def start_like(self) -> None:
        """Begin a new one as a copy of what is shown; the saved one stays as it was saved."""
        now, facts = self.shown, self._facts
        if now is None or facts is None or self._key in (None, NEW):
            return
        self._drafts.pop(self._key or NEW, None)
        self._drafts[NEW] = replace(now, id=None, as_of=facts.today)
        self.choose(NEW)
        self.steps.name.setFocus()
        self.steps.name.selectAll()

    def discard(self) -> None:
        """Forget what is typed and not saved."""
        if self._key is None:
            return
        self._drafts.pop(self._key, None)
        if self._key == NEW:
            self._key = self._first()
        self._present()

    def on_saved(self, key: int, number: int, saved: HouseholdBudget) -> None:
        """What was typed under `key` is in the ledger now, under its number; typing may have gone on."""
        left = self._drafts.pop(key, None)
        if left is not None and left != saved:
            self._drafts[number] = replace(left, id=number)
        if self._key == key:
            self._key = number
        self.reload()

    def set_aside(self) -> None:
        """The saved one that is shown is being removed: its draft comes back with it."""
        if self._key is not None and (left := self._drafts.pop(self._key, None)) is not None:
            self._aside[self._key] = left

    def names_unsaved(self) -> list[str]:
        """What of the one that is shown is not saved, in words."""
        now = self.shown
        if now is None or self._key not in self._drafts:
            return []
        return unsaved(self._saved_one(self._key), now)

    # ours -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        self.empty = Card()
        self.empty_state = EmptyState(
            "Can your household afford all of it?",
            "Six steps from your income to what is left after health costs, for an expected year and for "
            "bad ones. Membership, premiums and limits come from your ledger; you add income and expenses.",
            "Start with my ledger's figures",
            self.start,
        )
        self.empty.body.addWidget(self.empty_state)
        self.head_card = Card()
        self.steps = AffordSteps(self._context.today)
        self.status = Label("", "caption", wrap=True)
        self.head_card.body.addWidget(self.steps.head)
        self.head_card.body.addWidget(self.status)
        self.scenarios = ScenariosCard()
        self._parts = (self.head_card, self.scenarios, self.steps)
        rows.addWidget(self.empty)
        for part in self._parts:
            rows.addWidget(part)
            part.hide()
        self.empty.hide()
        self.steps.edited.connect(self._on_edited)
        self.steps.why_wanted.connect(self._on_step_why)
        self.scenarios.why_wanted.connect(self._on_scenario_why)

    def _on_loaded(self, facts: AffordabilityFacts) -> None:
        self._facts = facts
        known = {budget.id for budget in facts.saved}
        for back in [key for key in self._aside if key in known]:
            self._drafts.setdefault(back, self._aside.pop(back))
        for gone in [key for key in self._drafts if key != NEW and key not in known]:
            # Undone or removed elsewhere while it was being edited: what was typed goes on as new.
            left = replace(self._drafts.pop(gone), id=None)
            self._drafts.setdefault(NEW, left)
            if self._key == gone:
                self._key = NEW
        if self._key is None or (self._key != NEW and self._key not in known):
            self._key = self._first()
        self._present()

    def _first(self) -> int | None:
        if NEW in self._drafts:
            return NEW
        return self._facts.saved[0].id if self._facts and self._facts.saved else None

    def _saved_one(self, key: int) -> HouseholdBudget | None:
        saved = self._facts.saved if self._facts else ()
        return next((budget for budget in saved if budget.id == key), None)

    def _present(self) -> None:
        now, facts = self.shown, self._facts
        if facts is None:
            return
        self.empty.setVisible(now is None)
        if now is None:
            for part in self._parts:
                part.hide()
            self.report = None
            self.changed.emit()
            return
        if self._filled != self._key or self.steps.typed(now) != now:
            self._filled = self._key
            self.steps.show_budget(now, facts.ledger)
        else:
            self.steps.show_ledger(now, facts.ledger)
        self._work_out(now)
        self.head_card.show()
        self.scenarios.show()
        self._show_steps()

    @Slot()
    def _show_steps(self) -> None:
        """Show the steps, one more each turn the first time: their many fields take a moment."""
        self.steps.show()
        hidden = [part for part in self.steps.parts if part.isHidden()]
        if hidden:
            hidden[0].show()
        if len(hidden) > 1:
            self._later.start()

    def _work_out(self, now: HouseholdBudget) -> None:
        assert self._facts is not None
        self.report = affordability_report(now, self._facts.ledger, self._facts.limits)
        self.scenarios.show_report(self.report)
        self.steps.show_report(self.report, _cuts_words(self.report))
        names = self.names_unsaved()
        self.status.setText(unsaved_words(names))
        self.status.set_tone("warning" if names else "faint")
        self.changed.emit()

    @Slot()
    def _on_edited(self) -> None:
        before = self.shown
        if before is None or self._key is None:
            return
        now = self.steps.typed(before)
        if now == self._saved_one(self._key):
            self._drafts.pop(self._key, None)
        else:
            self._drafts[self._key] = now
        self._work_out(now)

    @Slot(int)
    def _on_step_why(self, place: int) -> None:
        if self.report is not None:
            self._open_why(STEPS[place], [(STEPS[place], self.report.step_why(place))])

    @Slot(object)
    def _on_scenario_why(self, year: Year) -> None:
        if self.report is not None:
            self._open_why(YEAR_NAMES[year], scenario_why(self.report, year))

    def _open_why(self, title: str, parts: Sequence[Part]) -> None:
        from ui.dialogs.sentences_why import SentencesWhy

        SentencesWhy("Affordability", title, parts, self).open()


def _cuts_words(report: AffordabilityReport) -> str:
    """What the chosen cuts come to and whether they are enough; always two sentences or so."""
    cuts = report.result.cuts
    missing = [
        f"{YEAR_NAMES[year].lower().replace('p80', 'P80')} {dollars(outcome.still_missing)}"
        for year, outcome in report.outcomes.items()
    ]
    still = f" Still missing a month: {', '.join(missing)}." if missing else ""
    return f"Cuts of {dollars(cuts)} a month.{still}"
