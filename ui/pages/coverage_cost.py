"""What will it cost me? A question in a few fields, answered as it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from tracker.dates import parse_day
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.estimate_answer import Estimate, Source
from tracker.domain.coverage.estimate_question import Authorization, Question
from tracker.errors import UserProblem
from tracker.facts import CopayScope, Household, Need, Network, Plan, ServiceCategory
from tracker.money import Cents, dollars, parse_cents
from tracker.reports.estimate_sheet import EstimateSheet, estimate_sheet
from ui.context import Context
from ui.jobs import Job
from ui.models.coverage_choice import Choice
from ui.models.coverage_words import short
from ui.pages.coverage_cost_answer import CostAnswer
from ui.pages.coverage_read import CoverageYear
from ui.widgets.buttons import PlainButton
from ui.widgets.card import Card
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form, FormField
from ui.widgets.money_edit import MoneyEdit, amount_text

_START = "Choose a service. You see what you would pay, why, and what to ask before you go."


@dataclass(frozen=True)
class Answered:
    """An estimate with the sheet that shows it."""

    found: Estimate
    sheet: EstimateSheet


class CostCard(Card):
    """The estimate follows every key; the last question wins. Nothing is stored."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("What will it cost me?", parent=parent)
        self._context = context
        self._home = Household()
        self._plan: Plan | None = None
        self._network = Network.IN
        self._person_id: int | None = None
        self._categories: Mapping[str, ServiceCategory] = {}
        self._codes: list[str] = []
        self._day_is_own = False
        self._job: Job[Answered] | None = None
        self.answered: Answered | None = None
        self._build()
        self._wire()
        self._ask()

    # building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.service = ChoiceEdit(placeholder="Such as Imaging")
        self.provider = ChoiceEdit(allow_new=True, placeholder="Any")
        self.amount = MoneyEdit()
        self.billed = MoneyEdit()
        self.day = DayEdit(self._context.today)
        self.day.set_day(self._context.today)
        self.person = OptionEdit()
        self.units = OptionEdit([(str(count), str(count)) for count in range(1, 91)])
        self.assistance = MoneyEdit()
        self.form = Form(columns=2)
        self.form.add("category", "Service", self.service)
        self.form.add("provider", "Provider", self.provider)
        self.form.add("allowed", "Allowed amount", self.amount)
        self.form.add("on", "When", self.day)
        self.form.add("person", "For", self.person)
        self.form.add("billed", "Billed amount", self.billed)
        self.form.add("units", "Days", self.units)
        self.form.add("assistance", "Copay assistance", self.assistance)
        self.body.addWidget(self.form)
        self.authorized = QCheckBox("Authorization is on file")
        self.admitted = QCheckBox("Ends in admission")
        for box in (self.authorized, self.admitted):
            self.body.addWidget(box)
        self.answer = CostAnswer()
        self.body.addWidget(self.answer)
        self.why_button = PlainButton("Why?")
        below = QHBoxLayout()
        below.addWidget(self.why_button)
        below.addStretch(1)
        self.body.addLayout(below)
        self._fit(None)

    def _wire(self) -> None:
        for field in (
            self.service,
            self.provider,
            self.amount,
            self.billed,
            self.person,
            self.units,
            self.assistance,
        ):
            field.edited.connect(self._ask)
        self.day.edited.connect(self._on_day)
        self.authorized.toggled.connect(self._ask)
        self.admitted.toggled.connect(self._ask)
        self.why_button.clicked.connect(self.show_why)

    # what the page asks --------------------------------------------------------------

    def show_year(self, year: CoverageYear, choice: Choice) -> None:
        """Answer for this plan\u2019s people, services and network from now on; what was asked stays."""
        self._home, self._plan = year.home, year.plan
        self._network, self._person_id = choice.network, choice.person_id
        self._categories = year.categories or catalogue()
        ruled = {rule.category for rule in choice.year.terms.rules}
        ordered = sorted(
            self._categories.values(), key=lambda item: (item.code not in ruled, item.name.casefold())
        )
        self._codes = [item.code for item in ordered]
        self.service.set_items([(place, item.name) for place, item in enumerate(ordered)])
        self.provider.set_items(sorted(year.providers.items(), key=lambda item: item[1].casefold()))
        people = [one for one in year.home.people if one.id in choice.plan.person_ids]
        self.person.set_options([(str(one.id), short(one.name)) for one in people])
        if choice.person_id is not None:
            self.person.choose(str(choice.person_id))
        self.form.field("person").setVisible(len(people) > 1)
        if not self._day_is_own:
            plan, today = choice.plan, self._context.today
            self.day.set_day(min(max(today, plan.begins_on), plan.ends_on))
        self._ask()

    def ask(
        self,
        category: str,
        *,
        provider: str = "",
        allowed: Cents | None = None,
        on: date | None = None,
        person_id: int | None = None,
    ) -> None:
        """Preset the question from outside, such as a row of *What you pay*, and answer it.

        What is not given is left empty, except the day and the person, which stay.
        """
        place = self._codes.index(category) if category in self._codes else None
        self.service.choose(place)
        self.provider.set_text(provider)
        self.amount.set_cents(allowed)
        self.billed.set_cents(None)
        self.assistance.set_cents(None)
        self.authorized.setChecked(False)
        self.admitted.setChecked(False)
        self.units.choose("1")
        if on is not None:
            self.day.set_day(on)
            self._day_is_own = True
        if person_id is not None:
            self.person.choose(str(person_id))
        self._ask()

    # asking --------------------------------------------------------------------------

    @Slot()
    def _on_day(self) -> None:
        self._day_is_own = True
        self._ask()

    @Slot()
    def _ask(self) -> None:
        if self._job:
            self._job.cancel()  # an older answer must not overwrite a newer one
            self._job = None
        try:
            question = self._question()
        except UserProblem as problem:
            self._show_sentence(problem.what if problem.field else str(problem))
            return
        if question is None:
            self._fit(None)
            self._show_sentence(_START)
            return
        services, home = self._context.services, self._home
        name = self._categories[question.category].name

        def read() -> Answered:
            found = services.estimates.answer(question)
            return Answered(found, estimate_sheet(found, home, name))

        self._job = self._context.load(self, read, self._show)

    def _question(self) -> Question | None:
        """What the fields ask; None without a service. Raises UserProblem while one is not readable."""
        code = self._code()
        person = self.person.key()
        if not code or not person:
            return None
        contracted = self._network is Network.IN
        return Question(
            person_id=int(person),
            category=code,
            on=parse_day(self.day.text(), today=self._context.today, field="on"),
            provider=self.provider.text(),
            tier=None if contracted else "OUT",
            allowed=_cents(self.amount, "allowed"),
            billed=_cents(self.billed, "billed") if self._is_shown("billed") else None,
            units=int(self.units.key() or 1) if self._is_shown("units") else 1,
            admitted=self.admitted.isChecked() and not self.admitted.isHidden(),
            assistance=(_cents(self.assistance, "assistance") or 0) if self._is_shown("assistance") else 0,
            authorization=(
                Authorization.ON_FILE
                if self.authorized.isChecked() and not self.authorized.isHidden()
                else Authorization.NONE
            ),
        )

    def _code(self) -> str:
        """The chosen category; empty while its name is not complete."""
        wanted = self.service.text().casefold()
        return next(
            (code for code in self._codes if wanted and self._categories[code].name.casefold() == wanted),
            "",
        )

    def _is_shown(self, name: str) -> bool:
        return not self.form.field(name).isHidden()

    # answering -----------------------------------------------------------------------

    def _show(self, answered: Answered) -> None:
        self.answered = answered
        self._fit(answered.found)
        self.answer.show_sheet(answered.sheet)
        self.why_button.setVisible(bool(answered.sheet.why))

    def _show_sentence(self, text: str) -> None:
        self.answered = None
        self.answer.show_sentence(text)
        self.why_button.hide()

    def _fit(self, found: Estimate | None) -> None:
        """Only the fields that make a difference for this service."""
        payer = found.payers[0] if found and found.payers else None
        rule = payer.rule if payer else None
        category = self._categories.get(found.question.category) if found else None
        asks = found.asks.field if found and found.asks else ""
        outside = self._network is Network.OUT or (payer is not None and payer.tier == "OUT")
        usual = found.usual if found else None
        self.amount.setPlaceholderText(amount_text(usual.amount) if usual else "0.00")
        hint = f"Usual {dollars(usual.amount)} ({_eobs(usual.count)})" if usual else ""
        self.form.field("allowed").set_hint(hint)
        self.amount.setToolTip(usual.words if usual else "")
        by_day = rule is not None and rule.copay_scope in (CopayScope.DAY, CopayScope.FILL)
        stay = found is not None and found.question.category in ("INPATIENT", "SNF")
        self.form.field("units").set_label(
            "Fills" if rule is not None and rule.copay_scope is CopayScope.FILL else "Days"
        )
        if asks != "units":
            self.form.field("units").setVisible(by_day or stay)
        self.form.field("billed").setVisible(found is not None and (outside or asks == "billed"))
        self.form.field("assistance").setVisible(category is not None and category.drug)
        for name in ("person", "units"):  # a row without a field takes no room
            holder = self.form.field(name).parentWidget()
            if holder is not None:
                rest = holder.findChildren(FormField, options=Qt.FindChildOption.FindDirectChildrenOnly)
                holder.setVisible(any(not field.isHidden() for field in rest))
        self.service.setToolTip(self.service.text())
        self.authorized.setVisible(rule is not None and rule.prior_authorization is not Need.NO)
        self.admitted.setVisible(rule is not None and rule.waive_copay_if_admitted)
        if payer is not None and payer.source is Source.FIXED:
            self.form.field("allowed").set_hint("Not needed here")

    @Slot()
    def show_why(self) -> None:
        """The sentences behind the answer, to read, copy or print."""
        from ui.dialogs.cost_why import CostWhy

        if self.answered is not None:
            CostWhy(self._context, self.answered.sheet, self).open()


def _eobs(count: int) -> str:
    return "1 EOB" if count == 1 else f"{count} EOBs"


def _cents(field: MoneyEdit, name: str) -> Cents | None:
    """What a field holds so far. Raises UserProblem while it is not readable."""
    return parse_cents(field.text(), field=name) if field.text().strip() else None
