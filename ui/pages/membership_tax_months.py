"""May I contribute to an HSA? Twelve months, and the conditions of the one that is chosen (5.4)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tracker.dates import FIRST_YEAR, LAST_YEAR
from tracker.services.hsa_who import CAPS
from tracker.services.membership_tax import FeeTax, HsaMonths, MonthAnswer, read_hsa_months
from ui.context import Context
from ui.jobs import Job
from ui.models import fee_tax_words as words
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import Columns
from ui.widgets.condition_list import ConditionList
from ui.widgets.label import Label
from ui.widgets.month_strip import MonthStrip
from ui.widgets.year_steps import YearSteps


class MonthsCard(Card):
    """One person and calendar year at a time. A year whose limits are not known asks for them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("1. May you contribute to an HSA?", parent=parent)
        self._context = context
        self._facts: FeeTax | None = None
        self._year = context.today.year
        self._job: Job[HsaMonths] | None = None
        self.found: HsaMonths | None = None
        self.person = OptionEdit()
        self.person.setAccessibleName("Person")
        self.years = YearSteps(noun="Calendar year")
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.person)
        row.addWidget(self.years)
        self.add_header_widget(head)
        self.summary = Label("", "quiet", wrap=True)
        self.strip = MonthStrip("Months")
        self.sentence = Label("", "bold", wrap=True)
        self.about_you, self.about_fee = ConditionList(), ConditionList()
        self.conditions = QWidget()
        self.conditions.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        sides = Columns(self.conditions, gap=28, same_height=False)
        sides.add(self.about_you)
        sides.add(self.about_fee)
        self.ask = Label("", "quiet", wrap=True)
        self.missing = Label("", tone="warning", wrap=True)
        self.limits_link = LinkButton("Type in the limits of this year", "edit")
        for part in (
            self.summary,
            self.strip,
            self.sentence,
            self.conditions,
            self.ask,
            self.missing,
            self.limits_link,
        ):
            self.body.addWidget(part)
        self.person.edited.connect(self._read)
        self.years.earlier.clicked.connect(partial(self._step, -1))
        self.years.later.clicked.connect(partial(self._step, 1))
        self.strip.chosen.connect(self._show_month)
        self.limits_link.clicked.connect(self.type_limits)

    def show_facts(self, facts: FeeTax) -> None:
        """Show the year in which the membership year's day lies, unless another one was gone to."""
        before = self._facts
        moved = before is None or (before.shown.membership.id, before.shown.number) != (
            facts.shown.membership.id,
            facts.shown.number,
        )
        self._facts = facts
        if moved:
            self._year = facts.day.year
            self.strip.choose(facts.day.month - 1)
        self.person.set_options([(str(item.id), item.name) for item in facts.people])
        self.person.setVisible(len(facts.people) > 1)
        self._read()

    def year(self) -> int:
        """The calendar year that is shown."""
        return self._year

    def go_to_year(self, year: int) -> None:
        self._year = min(max(year, FIRST_YEAR), LAST_YEAR)
        self._read()

    @Slot()
    def _read(self) -> None:
        facts = self._facts
        person = next(
            (item for item in facts.people if str(item.id) == self.person.key()) if facts else iter(()),
            None,
        )
        self.years.show_year(
            str(self._year), has_earlier=self._year > FIRST_YEAR, has_later=self._year < LAST_YEAR
        )
        if person is None:
            return
        if self._job:
            self._job.cancel()
        services, year = self._context.services, self._year
        self._job = self._context.load(self, lambda: read_hsa_months(services, person, year), self._show)

    def _step(self, step: int) -> None:
        self.go_to_year(self._year + step)

    def _show(self, found: HsaMonths) -> None:
        self.found = found
        known = bool(found.months)
        for part in (self.summary, self.strip, self.sentence, self.conditions, self.ask):
            part.setVisible(known)
        self.missing.setText(found.asks)
        self.missing.setVisible(not known)
        self.limits_link.setVisible(not known)
        if known:
            self.strip.show_words(words.month_words(found))
            self.summary.setText(words.months_sentence(found))
            self._show_month(self.strip.month())

    @Slot(int)
    def _show_month(self, place: int) -> None:
        month = self.shown_month(place)
        if month is None:
            return
        self.sentence.setText(month.answer.sentence)
        self.about_you.show_groups([("About you", month.about_you)])
        self.about_fee.show_groups([("About the practice\u2019s fee", month.about_fee)])
        self.about_fee.setVisible(bool(month.about_fee))
        said = words.ask_words(month.fee_answer) if month.fee_answer else ""
        self.ask.setText(said)
        self.ask.setVisible(bool(said))

    def shown_month(self, place: int | None = None) -> MonthAnswer | None:
        """The month that is chosen, or one by its place; None for a year without known limits."""
        if self.found is None or not self.found.months:
            return None
        return self.found.months[self.strip.month() if place is None else place]

    @Slot()
    def type_limits(self) -> None:
        """Ask for what the law's notice of that year says."""
        from ui.dialogs.missing_limits import MissingLimitsDialog

        MissingLimitsDialog(self._context, self, year=self._year, names=CAPS).open()
