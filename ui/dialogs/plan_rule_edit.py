"""Every field of one cost-sharing rule (rulebook 1.6), for what a printed phrase cannot say."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from tracker.domain.coverage.plan_terms import terms_of
from tracker.errors import UserProblem
from tracker.facts import AccumulatorKind, CopayOrder, CopayScope, CostSharingRule, Need, NetworkTier, Plan
from tracker.imports.sbc_rows import SbcRow
from tracker.imports.sbc_share import share_of
from tracker.imports.sbc_words import understood
from ui.dialogs.rate_edit import CountEdit, RateEdit
from ui.dialogs.so_far import cents_so_far
from ui.models.rule_words import NEEDS, ORDERS, SCOPES, limit_choices
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.form_dialog import FormDialog
from ui.widgets.label import Label
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit


class PlanRuleEdit(FormDialog):
    """Gives the rule back by `taken`; nothing is saved before the form around it is."""

    taken = Signal(object)

    def __init__(
        self, parent: QWidget | None, plan: Plan, rule: CostSharingRule, about: SbcRow, tier: NetworkTier
    ) -> None:
        super().__init__(
            about.name, parent, columns=2, width=560, save_text="Take over", sentence=_place(about, tier)
        )
        self._plan, self._rule = plan, rule
        self._build_fields()
        self._fill(rule)
        self._on_edited()

    # building ------------------------------------------------------------------------

    def _build_fields(self) -> None:
        plan, add = self._plan, self.form.add
        self.covered = QCheckBox("The plan covers this")
        self.deductible = OptionEdit(
            limit_choices(plan, AccumulatorKind.DEDUCTIBLE, "None: it does not apply")
        )
        self.oop_max = OptionEdit(limit_choices(plan, AccumulatorKind.OOP_MAX, "None: it does not count"))
        self.copay, self.order = MoneyEdit(placeholder="None"), _options(ORDERS)
        self.scope, self.max_units = _options(SCOPES), CountEdit(placeholder="Every day")
        self.admitted = QCheckBox("No copay when the visit ends in admission")
        self.copay_credits = OptionEdit(limit_choices(plan, AccumulatorKind.DEDUCTIBLE, "No deductible"))
        self.coinsurance = RateEdit(placeholder="None")
        self.least, self.most = MoneyEdit(placeholder="No least"), MoneyEdit(placeholder="No most")
        self.visits, self.dollar_max = CountEdit(), MoneyEdit(placeholder="No maximum")
        self.prior_authorization, self.referral = _options(NEEDS), _options(NEEDS)
        self.penalty = MoneyEdit(placeholder="None")
        self.note = NoteEdit()
        add("covered", "", self.covered, wide=True)
        add("deductible", "Deductible that applies", self.deductible)
        add("oop_max", "Counts toward", self.oop_max)
        self.copay_title = Label("Copay", "bold")
        self.form.add_line(self.copay_title)
        add("copay", "Copay", self.copay)
        add("copay_order", "Taken", self.order)
        add("copay_scope", "For each", self.scope)
        add("max_units", "For at most so many days", self.max_units)
        add("copay_credits", "The copay also counts toward", self.copay_credits)
        add("admitted", "", self.admitted, wide=True)
        self.rate_title = Label("Coinsurance", "bold")
        self.form.add_line(self.rate_title)
        add("coinsurance", "Your percentage", self.coinsurance, wide=True)
        add("coinsurance_min", "At least", self.least)
        add("coinsurance_max", "At most", self.most)
        self.form.add_line(Label("Limits and what is asked before", "bold"))
        add("visit_limit", "Visits a person and year", self.visits)
        add("dollar_max", "The plan pays at most a year", self.dollar_max)
        add("prior_authorization", "Prior authorization", self.prior_authorization)
        add("referral", "Referral", self.referral)
        add("no_authorization_penalty", "Paid less without authorization", self.penalty, wide=True)
        add("note", "Note", self.note, wide=True)
        self.said = Label("", "quiet", wrap=True)
        self.form.add_line(self.said)
        for box in (self.covered, self.admitted):
            box.toggled.connect(self._on_edited)
        options = (self.deductible, self.oop_max, self.order, self.scope, self.copay_credits)
        typed = (self.copay, self.max_units, self.coinsurance, self.least, self.most)
        for edit in (*options, *typed):
            edit.edited.connect(self._on_edited)

    def _fill(self, rule: CostSharingRule) -> None:
        self.covered.setChecked(rule.covered)
        self.deductible.choose(rule.deductible or "")
        self.oop_max.choose(rule.oop_max or "")
        self.copay.set_cents(rule.copay or None)
        self.order.choose(rule.copay_order.value)
        self.scope.choose(rule.copay_scope.value)
        self.max_units.set_count(rule.max_units)
        self.admitted.setChecked(rule.waive_copay_if_admitted)
        self.copay_credits.choose(rule.copay_credits or "")
        self.coinsurance.set_rate(rule.coinsurance or None)
        self.least.set_cents(rule.coinsurance_min or None)
        self.most.set_cents(rule.coinsurance_max)
        self.visits.set_count(rule.visit_limit)
        self.dollar_max.set_cents(rule.dollar_max)
        self.prior_authorization.choose(rule.prior_authorization.value)
        self.referral.choose(rule.referral.value)
        self.penalty.set_cents(rule.no_authorization_penalty or None)
        self.note.set_text(rule.note)

    # reading -------------------------------------------------------------------------

    def save(self) -> None:
        rule = self._draft()
        terms_of(self._plan, [rule])  # refuses what contradicts the plan
        self.taken.emit(rule)

    def _draft(self) -> CostSharingRule:
        """What the form says; raises UserProblem beside the field that cannot be read."""
        days = self.max_units.count_or_none()
        return replace(
            self._rule,
            covered=self.covered.isChecked(),
            deductible=self.deductible.key() or None,
            oop_max=self.oop_max.key() or None,
            copay=self.copay.cents_or_none() or 0,
            copay_order=CopayOrder(self.order.key()),
            copay_scope=CopayScope(self.scope.key()),
            max_units=days if self.scope.key() == CopayScope.DAY.value else None,
            coinsurance=self.coinsurance.rate_or_none() or 0,
            coinsurance_min=self.least.cents_or_none() or 0,
            coinsurance_max=self.most.cents_or_none(),
            waive_copay_if_admitted=self.admitted.isChecked(),
            visit_limit=self.visits.count_or_none(),
            dollar_max=self.dollar_max.cents_or_none(),
            no_authorization_penalty=self.penalty.cents_or_none() or 0,
            copay_credits=self.copay_credits.key() or None,
            prior_authorization=Need(self.prior_authorization.key()),
            referral=Need(self.referral.key()),
            note=self.note.text(),
        )

    @Slot()
    def _on_edited(self) -> None:
        """Show the fields that mean something, and the rule in words."""
        covered, copay = self.covered.isChecked(), bool(cents_so_far(self.copay))
        has_rate = bool(self.coinsurance.so_far())
        per_day = self.scope.key() == CopayScope.DAY.value
        for name, shown in (
            ("deductible", covered), ("oop_max", covered), ("copay", covered), ("coinsurance", covered),
            ("copay_order", covered and copay and bool(self.deductible.key())),
            ("copay_scope", covered and copay), ("max_units", covered and copay and per_day),
            ("copay_credits", covered and copay), ("admitted", covered and copay),
            ("coinsurance_min", covered and has_rate), ("coinsurance_max", covered and has_rate),
        ):  # fmt: skip
            self.form.field(name).setVisible(shown)
        for title in (self.copay_title, self.rate_title):
            title.setVisible(covered)
        try:
            words = understood(share_of(self._draft_quietly()))
        except UserProblem:
            words = ""
        self.said.setText(f"In words: {words}." if words else "")
        self.said.setVisible(bool(words))
        if self.isVisible():
            self._grow()

    def _draft_quietly(self) -> CostSharingRule:
        """The money of the rule while typing; nobody complains."""
        return replace(
            self._rule,
            covered=self.covered.isChecked(),
            deductible=self.deductible.key() or None,
            oop_max=self.oop_max.key() or None,
            copay=cents_so_far(self.copay) or 0,
            copay_order=CopayOrder(self.order.key()),
            copay_scope=CopayScope(self.scope.key()),
            max_units=self.max_units.so_far(),
            coinsurance=self.coinsurance.so_far() or 0,
            coinsurance_min=cents_so_far(self.least) or 0,
            coinsurance_max=cents_so_far(self.most),
            waive_copay_if_admitted=self.admitted.isChecked(),
            copay_credits=self.copay_credits.key() or None,
        )


def _options(words: dict[CopayOrder, str] | dict[CopayScope, str] | dict[Need, str]) -> OptionEdit:
    return OptionEdit([(key.value, said) for key, said in words.items()])


def _place(about: SbcRow, tier: NetworkTier) -> str:
    return f"{about.event}, {tier.name}"
