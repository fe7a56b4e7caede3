"""What else an EOB prints: its numbers, the stage and days of the claim, who else paid, the cheque."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLineEdit

from tracker.dates import day_text
from tracker.domain.claims.same_paper import plain_number
from tracker.facts import Claim, ClaimStage, PaidTo, Plan, Provider, ServiceCategory, Visit
from ui.dialogs.so_far import cents_so_far
from ui.models.coverage_words import short
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form
from ui.widgets.money_edit import MoneyEdit

STAGES = (
    (ClaimStage.PROCESSED.value, "Processed"),
    (ClaimStage.DENIED.value, "Denied"),
    (ClaimStage.PENDED.value, "Pended: it asks for information"),
    (ClaimStage.IN_PROCESS.value, "In process"),
    (ClaimStage.RECEIVED.value, "Received"),
    (ClaimStage.SUBMITTED.value, "Submitted"),
    (ClaimStage.EXPECTED.value, "Expected"),
    (ClaimStage.REJECTED.value, "Rejected: file it again"),
    (ClaimStage.NOT_SUBMITTED.value, "Not submitted"),
    (ClaimStage.WITHDRAWN.value, "Withdrawn"),
)
_PAID_TO = ((PaidTo.PROVIDER.value, "The provider"), (PaidTo.MEMBER.value, "You"))
_DAYS = (
    ("submitted_on", "Submitted on"),
    ("received_on", "Received by the insurer on"),
    ("eob_on", "Date of the EOB"),
    ("got_on", "It came to you on"),
)
_AMOUNTS = (
    ("other_paid", "Other insurance paid"),
    ("penalty", "Penalty"),
    ("may_bill", "The provider may bill beyond that"),
)
NAMES = (
    *("eob_number", "stage", *(name for name, _ in _DAYS), "member_number", "appeal_by"),
    *("rendering_id", "facility_id", "visit_id", "paid_to", "payment_reference"),
    *(name for name, _ in _AMOUNTS),
)


class EobMore:
    """The fields behind *More* of the EOB's form."""

    def __init__(self, form: Form, today: date) -> None:
        self._form = form
        self.eob_number, self.member_number, self.payment_reference = QLineEdit(), QLineEdit(), QLineEdit()
        self.stage, self.paid_to = OptionEdit(STAGES), OptionEdit(_PAID_TO)
        self.days = {name: DayEdit(today) for name, _ in _DAYS}
        self.appeal_by = DayEdit(today)
        self.rendering, self.facility, self.visit = ChoiceEdit(), ChoiceEdit(), ChoiceEdit()
        self.amounts = {name: MoneyEdit() for name, _ in _AMOUNTS}
        form.add("eob_number", "EOB number", self.eob_number)
        form.add("stage", "The claim is", self.stage)
        for name, words in _DAYS:
            form.add(name, words, self.days[name])
        form.add("member_number", "Member number on the EOB", self.member_number)
        form.add("appeal_by", "Appeal by, as printed", self.appeal_by)
        form.add("rendering_id", "Who gave the care, if another", self.rendering)
        form.add("facility_id", "Where, if elsewhere", self.facility)
        form.add("visit_id", "Visit of your care log", self.visit)
        form.add("paid_to", "The plan\u2019s payment went to", self.paid_to)
        form.add("payment_reference", "Check number", self.payment_reference)
        for name, words in _AMOUNTS:
            form.add(name, words, self.amounts[name])

    def show_choices(
        self,
        providers: Sequence[Provider],
        visits: Sequence[Visit],
        categories: Mapping[str, ServiceCategory],
    ) -> None:
        """Offer the providers and visits there are; what is typed stays."""
        items = [(one.id or 0, one.name) for one in providers]
        names = dict(items)
        self.rendering.set_items(items)
        self.facility.set_items(items)
        self.visit.set_items([(one.id or 0, visit_text(one, names, categories)) for one in visits])

    def show_claim(self, claim: Claim) -> None:
        """Show what an EOB says, without telling anybody. Choices follow with `show_links`."""
        for edit, text in (
            (self.eob_number, claim.eob_number),
            (self.member_number, claim.member_number),
            (self.payment_reference, claim.payment_reference),
        ):
            edit.setText(text)
            edit.setCursorPosition(0)
        self.stage.choose(claim.stage.value)
        self.paid_to.choose(claim.paid_to.value)
        for name, day in self.days.items():
            day.set_day(getattr(claim, name))
        self.appeal_by.set_day(claim.appeal_by)
        for name, edit_ in self.amounts.items():
            edit_.set_cents(getattr(claim, name))

    def show_links(self, claim: Claim) -> None:
        """Show providers and visit, once they are on offer."""
        self.rendering.choose(claim.rendering_id)
        self.facility.choose(claim.facility_id)
        self.visit.choose(claim.visit_id)

    def fill_empty(self, claim: Claim) -> None:
        """Show what an EOB says where nothing was typed. The stage is the form's own."""
        for edit, text in (
            (self.eob_number, claim.eob_number),
            (self.member_number, claim.member_number),
            (self.payment_reference, claim.payment_reference),
        ):
            if not edit.text().strip():
                edit.setText(text)
        for name, day in (*self.days.items(), ("appeal_by", self.appeal_by)):
            if not day.text().strip():
                day.set_day(getattr(claim, name))
        for name, amount in self.amounts.items():
            if not amount.text().strip():
                amount.set_cents(getattr(claim, name))
        for choice, known in (
            (self.rendering, claim.rendering_id),
            (self.facility, claim.facility_id),
            (self.visit, claim.visit_id),
        ):
            if not choice.text():
                choice.choose(known)

    def says_anything(self, claim: Claim) -> bool:
        """Whether a claim has anything that these fields show."""
        bare = Claim(person_id=0, provider_id=0, service_from=claim.service_from)
        return any(getattr(claim, name) != getattr(bare, name) for name in NAMES)

    def apply(self, claim: Claim) -> Claim:
        """The claim with what these fields say; raises UserProblem for what cannot be read."""
        return replace(
            claim,
            eob_number=self.eob_number.text(),
            member_number=self.member_number.text(),
            payment_reference=self.payment_reference.text(),
            stage=ClaimStage(self.stage.key()),
            paid_to=PaidTo(self.paid_to.key()),
            submitted_on=self.days["submitted_on"].day_or_none(),
            received_on=self.days["received_on"].day_or_none(),
            eob_on=self.days["eob_on"].day_or_none(),
            got_on=self.days["got_on"].day_or_none(),
            appeal_by=self.appeal_by.day_or_none(),
            rendering_id=self.rendering.chosen_id(),
            facility_id=self.facility.chosen_id(),
            visit_id=self.visit.chosen_id(),
            other_paid=self.amounts["other_paid"].cents_or_none(),
            penalty=self.amounts["penalty"].cents_or_none(),
            may_bill=self.amounts["may_bill"].cents_or_none(),
        )

    def apply_so_far(self, claim: Claim) -> Claim:
        """The same while typing, as far as it changes what the EOB counts toward."""
        return replace(
            claim,
            stage=ClaimStage(self.stage.key()),
            other_paid=cents_so_far(self.amounts["other_paid"]),
            penalty=cents_so_far(self.amounts["penalty"]),
        )

    def warn_of_member(self, plan: Plan | None) -> None:
        """Say where the EOB names another member number than the plan's card does (D4)."""
        typed = plain_number(self.member_number.text())
        own = plain_number(plan.member_number) if plan else ""
        other = bool(typed and own) and not (typed.startswith(own) or own.startswith(typed))
        self._form.field("member_number").set_hint(
            f"{short(plan.name)} has {short(plan.member_number)}. Is this EOB yours?"
            if other and plan
            else ""
        )


def visit_text(visit: Visit, names: Mapping[int, str], categories: Mapping[str, ServiceCategory]) -> str:
    """A visit as it is listed to choose from."""
    kind = categories.get(visit.category)
    what = visit.description or (kind.name if kind else "")
    parts = (day_text(visit.visited_on), short(names.get(visit.provider_id, ""), 30), short(what, 30))
    return ", ".join(part for part in parts if part)
