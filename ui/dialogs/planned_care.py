"""The form for planned care: what, for whom, where, when and how often, how much and how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.dates import Period, add_months
from tracker.domain.coverage.usual_amount import usual_amount
from tracker.errors import UserProblem
from tracker.facts import Claim, Household, Likelihood, Network, PlannedCare, ServiceCategory
from tracker.money import dollars
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.eob_service import ServiceEdit
from ui.models.coverage_words import NETWORKS
from ui.widgets.buttons import PlainButton
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit

ONCE = "once"
HOW_OFTEN = {
    ONCE: "Once",
    "0": "Several times in one month",
    "1": "Every month",
    "2": "Every 2 months",
    "3": "Every 3 months",
    "6": "Every 6 months",
    "12": "Every year",
}
HOW_SURE = {
    Likelihood.SURE: "Sure: it is booked or needed",
    Likelihood.LIKELY: "Likely",
    Likelihood.MAYBE: "Maybe",
}
HISTORY_MONTHS = 24
NO_USUAL = "Without it the cost stays unknown: no EOB tells what this service usually is."


class PlannedCareDialog(CommitDialog):
    """Adds planned care, or changes it. A provider not known yet is added by its name."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        home: Household,
        categories: Mapping[str, ServiceCategory],
        providers: Mapping[int, str],
        care: PlannedCare | None = None,
    ) -> None:
        super().__init__(
            "Planned care" if care else "Plan care",
            parent,
            columns=2,
            width=560,
            sentence="Nothing is booked or paid by it; it shows what is ahead of you.",
        )
        self._context = context
        self._care = care
        self._categories = categories
        self._claims: list[Claim] = []
        self._add_fields(home, providers)
        self._fill(home)
        self.how_often.edited.connect(self._show_times)
        self.service.edited.connect(self._say_usual)
        self.provider.edited.connect(self._say_usual)
        self.network.edited.connect(self._say_usual)
        self._show_times()
        context.load(self, self._read_claims, self._take_claims)

    def _add_fields(self, home: Household, providers: Mapping[int, str]) -> None:
        self.service = ServiceEdit()
        self.service.set_categories(self._categories)
        self.label = QLineEdit()
        self.label.setPlaceholderText("Your own, or empty")
        self.person = OptionEdit([(str(person.id), person.name) for person in home.people])
        self.provider = ChoiceEdit(
            sorted(providers.items(), key=lambda item: item[1].casefold()),
            allow_new=True,
            placeholder="Not known yet",
        )
        self.first_on = DayEdit(self._context.today)
        self.how_often = OptionEdit(list(HOW_OFTEN.items()))
        self.times = QLineEdit()
        self.allowed = MoneyEdit(placeholder="the usual")
        self.network = OptionEdit([(item.value, NETWORKS[item].capitalize()) for item in Network])
        self.likelihood = OptionEdit([(item.value, words) for item, words in HOW_SURE.items()])
        self.note = NoteEdit()
        self.form.add("category", "Service", self.service)
        self.form.add("label", "Name", self.label)
        self.form.add("person_id", "For", self.person)
        self.form.add("provider", "Provider", self.provider)
        self.form.add("first_on", "First day", self.first_on)
        self.form.add("every_months", "How often", self.how_often)
        self.form.add("likelihood", "How sure", self.likelihood)
        self.form.add("network", "Network", self.network)
        self.form.add("allowed", "Allowed amount, each time", self.allowed, hint=" ")
        self.form.add("times", "How many times", self.times)
        self.form.add("note", "Note", self.note, wide=True)
        if self._care is not None:
            self.remove_button = PlainButton("Remove")
            self.remove_button.clicked.connect(self._on_remove)
            self.add_button(self.remove_button)

    def _fill(self, home: Household) -> None:
        care = self._care
        if care is None:
            self.first_on.set_day(self._context.today)
            self.times.setText("2")
            self.likelihood.choose(Likelihood.LIKELY.value)
            return
        self.service.choose_code(care.category)
        self.label.setText(care.label)
        self.label.setCursorPosition(0)
        self.person.choose(str(care.person_id))
        self.provider.choose(care.provider_id)
        self.first_on.set_day(care.first_on)
        every = str(care.every_months)
        if every not in HOW_OFTEN:
            self.how_often.set_options([*HOW_OFTEN.items(), (every, f"Every {every} months")])
        self.how_often.choose(ONCE if care.times == 1 else every)
        self.times.setText(str(care.times))
        self.allowed.set_cents(care.allowed)
        self.network.choose(care.network.value)
        self.likelihood.choose(care.likelihood.value)
        self.note.set_text(care.note)

    # what is usual ---------------------------------------------------------------------

    def _read_claims(self) -> list[Claim]:
        today = self._context.today
        span = Period(add_months(today, -HISTORY_MONTHS), add_months(today, 1))
        return [line.claim for line in self._context.services.claims.lines(span)]

    def _take_claims(self, claims: list[Claim]) -> None:
        self._claims = claims
        self._say_usual()

    @Slot()
    def _say_usual(self) -> None:
        """What an empty amount stands for, below the field."""
        code = self.service.code_so_far()
        field = self.form.field("allowed")
        if not code:
            field.set_hint("Empty takes what your EOBs of the service usually allow.")
            return
        provider_id, network = self.provider.chosen_id(), Network(self.network.key())
        found = usual_amount(self._claims, code, provider_id, network, categories=self._categories)
        if found is None:
            field.set_hint(NO_USUAL)
        else:
            field.set_hint(f"Empty takes the usual {dollars(found.amount)}: {found.words}.")

    @Slot()
    def _show_times(self) -> None:
        once = self.how_often.key() == ONCE
        self.form.field("times").setVisible(not once)
        self.form.field("first_on").set_label("Day" if once else "First day")

    # saving ----------------------------------------------------------------------------

    def save(self) -> bool:
        coverage, provider = self._context.services.coverage, self.provider.text()
        typed = self._typed()
        return self.commit(
            self._context,
            lambda: coverage.save_planned(typed, provider=provider),
            "Saving the planned care",
        )

    def _typed(self) -> PlannedCare:
        category = self.service.code()
        if not category:
            raise UserProblem("Choose the service.", "It decides what you pay.", field="category")
        person_id = int(self.person.key() or 0)
        if not person_id:
            raise UserProblem(
                "Nobody is in your household yet.", "Add a person in Settings.", field="person_id"
            )
        once = self.how_often.key() == ONCE
        start = self._care or PlannedCare(
            person_id=person_id, category=category, label="", first_on=self._context.today
        )
        return replace(
            start,
            person_id=person_id,
            category=category,
            label=self.label.text().strip(),
            first_on=self.first_on.day(),
            times=1 if once else self._times(),
            every_months=1 if once else int(self.how_often.key()),
            allowed=self.allowed.cents_or_none(),
            network=Network(self.network.key()),
            likelihood=Likelihood(self.likelihood.key()),
            note=self.note.text(),
        )

    def _times(self) -> int:
        text = self.times.text().strip()
        if not (text.isascii() and text.isdigit()):
            raise UserProblem("How many times is not a whole number.", "Type one such as 4.", field="times")
        return int(text[:9])

    @Slot()
    def _on_remove(self) -> None:
        care = self._care
        if care is not None and care.id is not None:
            coverage, ids = self._context.services.coverage, [care.id]
            self.commit(self._context, lambda: coverage.remove_planned(ids), "Removing the planned care")
