"""What the plan should pay back of a charge, worked out while the form of a reimbursement is filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tracker.domain.claims import reimbursement
from tracker.domain.claims.papers import Papers
from tracker.domain.coverage.estimate_answer import Estimate
from tracker.domain.coverage.estimate_question import Question
from tracker.domain.coverage.periods import plan_for
from tracker.errors import UserProblem
from tracker.facts import Case, CaseKind, Plan, Submission
from tracker.money import Cents, dollars
from ui.context import Context
from ui.dialogs.case_fields import CaseFields
from ui.jobs import Job
from ui.widgets.buttons import LinkButton
from ui.widgets.form import Form


class ExpectedBack(QObject):
    """Asks the engine out of network; proposes an empty field, never replaces what somebody typed."""

    resized = Signal()

    def __init__(self, context: Context, form: Form, fields: CaseFields, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._form = form
        self._fields = fields
        self._suggested: Cents | None = None
        self._asking: Job[Estimate] | None = None
        self.use_button = LinkButton("")
        self.use_button.hide()
        self.use_button.clicked.connect(self._on_use)

    def ask(self, papers: Papers | None, kind: CaseKind) -> None:
        """Work it out for what is typed so far."""
        if self._asking:
            self._asking.cancel()  # an older answer must not overwrite a newer one
            self._asking = None
        self._suggested = None
        self.use_button.hide()
        if kind is not CaseKind.REIMBURSEMENT or papers is None:
            return
        self._name_allowed(papers)
        try:
            asked = self._question(papers)
        except UserProblem:
            return
        if asked is not None:
            estimates = self._context.services.estimates
            self._asking = self._context.load(self, lambda: estimates.answer(asked), self._show)

    def speaks_against(self, papers: Papers, start: Case) -> tuple[str, ...]:
        """Why sending it may bring nothing, for what is typed so far."""
        fields = self._fields
        try:
            day = fields.service_on.day_or_none() or papers.today
            provider = fields.provider.chosen_id()
        except UserProblem:
            return ()
        draft = replace(start, kind=CaseKind.REIMBURSEMENT, provider_id=provider)
        code = fields.category.code_so_far()
        return reimbursement.not_fileable(
            draft,
            plan=self.plan(papers, day),
            category=papers.categories.get(code),
            checks=papers.checks,
            emergency=code in ("ER", "AMB"),
        )

    def plan(self, papers: Papers, day: date) -> Plan | None:
        """The plan of the chosen person on a day."""
        try:
            person = self._fields.person.chosen_id()
        except UserProblem:
            return None
        return plan_for(papers.plans, person, day) if person is not None else None

    def _figure_needed(self, papers: Papers, day: date) -> str:
        """What the plan's way of pricing out of network starts from, in words; empty where nothing is."""
        plan = self.plan(papers, day)
        return (plan.oon_pricing.needs or "") if plan is not None and plan.oon_pricing else ""

    def _name_allowed(self, papers: Papers) -> None:
        """Call the field by what the plan's pricing needs: Medicare's fee, its own figure."""
        try:
            day = self._fields.service_on.day_or_none() or papers.today
        except UserProblem:
            return
        needs = self._figure_needed(papers, day)
        words = f"{needs[0].upper()}{needs[1:]}" if needs else "Plan\u2019s allowed amount, if known"
        self._form.field("allowed").set_label(words)

    def _question(self, papers: Papers) -> Question | None:
        fields = self._fields
        person, day = fields.person.chosen_id(), fields.service_on.day_or_none()
        if person is None or day is None or not fields.charge.text().strip():
            return None
        typed, needs = fields.allowed.cents_or_none(), self._figure_needed(papers, day)
        draft = Case(
            kind=CaseKind.REIMBURSEMENT,
            title="",
            opened_on=day,
            person_id=person,
            submission=Submission(charge=abs(fields.charge.cents())),
        )
        return reimbursement.question(
            draft,
            category=fields.category.code(),
            on=day,
            provider=fields.provider.text(),
            allowed=None if needs else typed,
            figure=typed if needs else None,
        )

    def _show(self, found: Estimate) -> None:
        back = reimbursement.back(found, found.question.billed or 0)
        field = self._form.field("expected")
        if back is None:
            asks = found.asks.what if found.asks else "The plan\u2019s rules do not say it."
            field.set_hint(f"{asks} Type what you expect, or leave it empty.")
            return
        field.set_hint(back.words)
        self._suggested = back.plan_pays
        expected = self._fields.expected
        if not expected.text().strip():
            expected.set_cents(back.plan_pays)
        try:
            differs = expected.cents_or_none() != back.plan_pays
        except UserProblem:
            differs = True
        self.use_button.setText(f"Expect {dollars(back.plan_pays)}, as worked out")
        self.use_button.setVisible(differs)
        self.resized.emit()

    @Slot()
    def _on_use(self) -> None:
        self._fields.expected.set_cents(self._suggested)
        self.use_button.hide()
