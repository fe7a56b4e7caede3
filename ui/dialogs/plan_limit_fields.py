"""The limits in a plan's form: four usual ones, those for drugs, and those of a further tier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QCheckBox

from tracker.domain.coverage.limits import Limits
from tracker.errors import UserProblem
from tracker.facts import Accumulator, AccumulatorKind, AccumulatorMode, Network, Plan, PlanKind
from tracker.money import dollars
from ui.dialogs.plan_limits import LimitEdit
from ui.models.coverage_words import KINDS, NETWORKS, short
from ui.models.plan_words import MEDICAL, WITHOUT_LIMITS
from ui.widgets.form import Form
from ui.widgets.label import Label

TIER = "IN2"
"""The code of the further tier, the same as the reader of the CMS files gives it."""


class LimitFields(QObject):
    """Amounts, and whether the law's own limits apply. `edited` is the person's only."""

    edited = Signal()

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._form = form
        self._aca_touched = self._hsa_touched = False
        form.add_line(Label("Limits", "bold"))
        self.modes = Label("", "caption", wrap=True)
        form.add_line(self.modes)
        self.edits: list[LimitEdit] = []
        for network in Network:
            for kind in AccumulatorKind:
                self._add(LimitEdit(kind, network, f"{KINDS[kind]}, {NETWORKS[network]}".capitalize()))
        self.tier_edits = [
            self._add(LimitEdit(kind, Network.IN, KINDS[kind].capitalize(), tier=TIER))
            for kind in AccumulatorKind
        ]
        self.own_drugs = QCheckBox("Drugs have limits of their own")
        form.add("own_drugs", "", self.own_drugs, wide=True)
        self.drug_edits = [
            self._add(
                LimitEdit(kind, Network.IN, f"{KINDS[kind].capitalize()} for drugs, in network", drugs=True)
            )
            for kind in AccumulatorKind
        ]
        self.aca = QCheckBox("Follows the Affordable Care Act")
        self.aca.setToolTip("Nearly all plans do; short-term and grandfathered ones do not")
        self.hsa = QCheckBox("HSA-qualified")
        self.hsa.setToolTip(
            "The plan says so itself: a high-deductible health plan, or 2026 Bronze or Catastrophic"
        )
        form.add("aca_compliant", "", self.aca)
        form.add("hsa_qualified", "", self.hsa)
        self.law = Label("", "caption", wrap=True)
        form.add_line(self.law)
        self.own_drugs.toggled.connect(self._on_edited)
        self.aca.clicked.connect(self._on_aca)
        self.hsa.clicked.connect(self._on_hsa)

    def _add(self, edit: LimitEdit) -> LimitEdit:
        self._form.add(edit.objectName(), "", edit, wide=True)
        edit.edited.connect(self._on_edited)
        self.edits.append(edit)
        return edit

    # showing -------------------------------------------------------------------------

    def show_plan(self, plan: Plan | None) -> None:
        """The limits of a stored plan, or of the one a new plan starts from."""
        self._aca_touched = self._hsa_touched = plan is not None
        self.aca.setChecked(plan is None or plan.aca_compliant)
        self.hsa.setChecked(plan is not None and plan.hsa_qualified)
        stored = plan.accumulators if plan else ()
        self.own_drugs.setChecked(any(edit.fits(item) for item in stored for edit in self.drug_edits))
        if plan is None:
            return
        for edit in self.tier_edits:
            edit.tier = plan.more_tiers[0].code if plan.more_tiers else TIER
        for edit in self.edits:
            edit.show_limit(next((item for item in stored if edit.fits(item)), None))

    def suggest_mode(self, mode: AccumulatorMode) -> None:
        for edit in self.edits:
            edit.suggest_mode(mode)

    def arrange(self, kind: PlanKind, tier_name: str, begins: date | None) -> None:
        """Show the limits that this kind of plan has."""
        if not self._aca_touched:
            self.aca.setChecked(kind in MEDICAL)
        if not self._hsa_touched:
            self.hsa.setChecked(kind is PlanKind.HDHP)
        has = kind not in WITHOUT_LIMITS
        for edit in self.edits:
            self._form.field(edit.objectName()).setVisible(has and self._is_shown(edit, tier_name))
        for edit in self.tier_edits:
            edit.set_name(f"{KINDS[edit.kind].capitalize()}, {short(tier_name, 40)}")
        self._form.field("own_drugs").setVisible(has)
        for name in ("aca_compliant", "hsa_qualified"):
            self._form.field(name).setVisible(has)
        shown = [edit for edit in self.edits if self._is_shown(edit, tier_name)]
        meant = list(dict.fromkeys(edit.sentence() for edit in shown))
        if begins is not None and (begins.month, begins.day) != (1, 1):
            meant.append("Many plans count from January to December all the same: see More terms.")
        words = " ".join(["Leave empty what the plan does not limit.", *meant])
        self.modes.setText(WITHOUT_LIMITS.get(kind, words))

    def say_law(self, kind: PlanKind, begins: date | None, limits: Limits | None) -> None:
        """The law's cap on one person in family coverage (rulebook 1.5), where it applies."""
        words = self._law_words(begins, limits) if kind not in WITHOUT_LIMITS else ""
        self.law.setText(words)
        self.law.setVisible(bool(words))

    def _law_words(self, begins: date | None, limits: Limits | None) -> str:
        maxima = [
            edit
            for edit in self.edits
            if edit.kind is AccumulatorKind.OOP_MAX and edit.network is Network.IN and not edit.drugs
        ]
        shared = any(
            edit.mode is not AccumulatorMode.SELF and edit.limit_so_far() is not None for edit in maxima
        )
        if not (self.aca.isChecked() and shared and begins and limits):
            return ""
        try:
            cap = limits.of(begins.year).aca_oop_max.self_only
        except UserProblem:
            return ""  # the warnings ask for the year
        if cap is None:
            return ""
        return (
            f"By law no one person pays more than {dollars(cap, whole=True)} in network in a plan that "
            f"begins in {begins.year}, whatever the family\u2019s maximum. The program applies it."
        )

    # reading -------------------------------------------------------------------------

    def limits(self, kind: PlanKind, tier_name: str, start: Plan) -> tuple[Accumulator, ...]:
        """The limits as typed, and those of the plan that no field here is for."""
        found = []
        for edit in self._shown(kind, tier_name):
            limit = edit.limit()
            if limit is not None:
                old = next((item for item in start.accumulators if edit.fits(item)), None)
                found.append(
                    replace(limit, name=old.name, cap=old.cap, credits=old.credits) if old else limit
                )
        rest = [item for item in start.accumulators if not any(edit.fits(item) for edit in self.edits)]
        return _crediting_only_each_other([*found, *rest])

    def limits_so_far(self, kind: PlanKind, tier_name: str) -> tuple[Accumulator, ...]:
        """The same while typing: what cannot be read yet is left out."""
        typed = (edit.limit_so_far() for edit in self._shown(kind, tier_name))
        return tuple(limit for limit in typed if limit is not None)

    def _shown(self, kind: PlanKind, tier_name: str) -> list[LimitEdit]:
        if kind in WITHOUT_LIMITS:
            return []
        return [edit for edit in self.edits if self._is_shown(edit, tier_name)]

    def _is_shown(self, edit: LimitEdit, tier_name: str) -> bool:
        if edit.drugs:
            return self.own_drugs.isChecked()
        return bool(tier_name) or not edit.tier

    @Slot()
    def _on_aca(self) -> None:
        self._aca_touched = True
        self._on_edited()

    @Slot()
    def _on_hsa(self) -> None:
        self._hsa_touched = True
        self._on_edited()

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()


def _crediting_only_each_other(limits: Iterable[Accumulator]) -> tuple[Accumulator, ...]:
    """Limits that forget to credit those that are gone."""
    kept = list(limits)
    names = {item.name for item in kept}
    return tuple(
        replace(item, credits=tuple(name for name in item.credits if name in names)) for item in kept
    )
