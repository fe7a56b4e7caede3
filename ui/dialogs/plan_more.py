"""The rare terms of a plan, folded away in its form until they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLineEdit

from tracker.dates import day_text
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    Assistance,
    DeductibleCarryOver,
    Network,
    NetworkTier,
    OonMethod,
    OonPricing,
    PeriodRule,
    Plan,
)
from tracker.facts.coverage import MOST_RATE
from ui.dialogs.plan_limit_fields import TIER
from ui.dialogs.rate_edit import RateEdit
from ui.models.coverage_words import short
from ui.models.plan_words import ASSISTANCE, CARRY_OVER, OON_METHODS, PERIOD_RULES
from ui.widgets.buttons import LinkButton
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form

_WITH_PLAN, _CALENDAR, _OTHER_DAY = "plan", "calendar", "other"
_CROSS = (
    ("none", "No: each counts apart"),
    ("one", "Out-of-network also counts in network"),
    ("both", "Both ways"),
)
_AS_ENTERED = ("kept", "As entered in the plan")
_BY_RATE = (OonMethod.PCT_MEDICARE.value, OonMethod.PCT_BILLED.value)


class MoreTerms(QObject):
    """A link that opens the fields under it. `edited` is the person's only, `resized` for either."""

    edited = Signal()
    resized = Signal()

    def __init__(self, form: Form, today: date) -> None:
        super().__init__(form)
        self._today = today
        self._plan: Plan | None = None
        self.link = LinkButton("More terms", "chevron-right")
        self.link.setToolTip("When limits run, network tiers, carry-over, out-of-network prices")
        form.add_line(self.link)
        self.form = Form(2)
        form.add_line(self.form)
        self._build()
        self.form.hide()
        self.link.clicked.connect(self._on_link)

    def _build(self) -> None:
        add = self.form.add
        self.runs = OptionEdit(
            [
                (_WITH_PLAN, "With the plan"),
                (_CALENDAR, "January to December"),
                (_OTHER_DAY, "From another day"),
            ]
        )
        self.start = DayEdit(self._today)
        self.continues = OptionEdit([("", "Nothing: limits begin at zero")])
        self.carry_over = OptionEdit([(key.value, words) for key, words in CARRY_OVER.items()])
        self.period_rule = OptionEdit([(key.value, words) for key, words in PERIOD_RULES.items()])
        self.assistance = OptionEdit([(key.value, words) for key, words in ASSISTANCE.items()])
        self.cross = OptionEdit(_CROSS)
        self.tier = QLineEdit()
        self.tier.setPlaceholderText("None")
        self.oon_method = OptionEdit(
            [("", "Not known"), *[(key.value, words) for key, words in OON_METHODS.items()]]
        )
        self.rate = RateEdit(placeholder="140%", most=MOST_RATE)
        add("limits_run", "Limits run", self.runs)
        add("accumulator_start", "Each year from", self.start, hint="Only the month and day count.")
        add(
            "continues_id",
            "Goes on from",
            self.continues,
            hint="Its running totals go on here.",
        )
        add("carry_over", "Last quarter\u2019s deductible carries over", self.carry_over)
        add("cross", "Does one network count toward the other?", self.cross, wide=True)
        add(
            "more_tiers",
            "Further network tier, by name",
            self.tier,
            hint="Such as Tier 2; it gets limits above.",
        )
        add("assistance", "Does a drug maker\u2019s copay help count?", self.assistance)
        add("oon_method", "Allowed out of network", self.oon_method)
        add("rate", "Percentage", self.rate)
        add("period_rule", "A hospital stay over the border belongs", self.period_rule, wide=True)
        for edit in (
            self.runs, self.start, self.continues, self.carry_over, self.period_rule, self.assistance,
            self.cross, self.oon_method, self.rate,
        ):  # fmt: skip
            edit.edited.connect(self._on_edited)
        self.tier.textEdited.connect(self._on_edited)
        self._arrange()

    # showing -------------------------------------------------------------------------

    def show_plan(self, plan: Plan | None) -> None:
        """The terms of a stored plan, or of the one a new plan starts from; open where one is unusual."""
        self._plan = plan
        if plan is None:
            return
        begin = plan.accumulator_start
        self.runs.choose(_WITH_PLAN if begin is None else _CALENDAR if begin == (1, 1) else _OTHER_DAY)
        if begin is not None:
            self.start.set_day(date(plan.begins_on.year, *begin))
        self.carry_over.choose(plan.carry_over.value)
        self.period_rule.choose(plan.period_rule.value)
        self.assistance.choose(plan.assistance.value)
        self.tier.setText(plan.more_tiers[0].name if plan.more_tiers else "")
        self.tier.setCursorPosition(0)
        crossing = _crossing(plan.accumulators)
        if crossing == _AS_ENTERED[0]:
            self.cross.set_options([*_CROSS, _AS_ENTERED])
        self.cross.choose(crossing)
        if plan.oon_pricing is not None:
            self.oon_method.choose(plan.oon_pricing.method.value)
            self.rate.set_rate(plan.oon_pricing.rate or None)
        plain = Plan(name="", begins_on=plan.begins_on, ends_on=plan.ends_on)
        unusual = crossing != "none" or any(
            getattr(plan, name) != getattr(plain, name)
            for name in (
                "accumulator_start", "carry_over", "period_rule", "assistance", "more_tiers", "oon_pricing"
            )
        )  # fmt: skip
        self.set_open(unusual)
        self._arrange()

    def show_plans(self, plans: Sequence[Plan], own_id: int | None) -> None:
        """The plans that this one may go on from."""
        others = sorted((plan for plan in plans if plan.id != own_id), key=lambda plan: plan.ends_on)
        self.continues.set_options(
            [
                ("", "Nothing: limits begin at zero"),
                *[(str(plan.id), f"{short(plan.name)}, to {day_text(plan.ends_on)}") for plan in others],
            ]
        )
        if self._plan is not None and self._plan.continues_id is not None:
            self.continues.choose(str(self._plan.continues_id))

    def set_open(self, is_open: bool) -> None:
        self.form.setVisible(is_open)
        self.link.setText("Fewer terms" if is_open else "More terms")
        self.link.set_icon("chevron-down" if is_open else "chevron-right", "accent")
        self.resized.emit()

    # reading -------------------------------------------------------------------------

    @property
    def tier_name(self) -> str:
        return " ".join(self.tier.text().split())

    def tiers(self) -> tuple[NetworkTier, ...]:
        """The further tier as named, and those there were besides."""
        old = self._plan.more_tiers if self._plan else ()
        if not self.tier_name:
            return old[1:]
        code = old[0].code if old else TIER
        return (NetworkTier(code=code, name=self.tier_name), *old[1:])

    def put_into(self, plan: Plan) -> Plan:
        """The plan with these terms; raises UserProblem for what cannot be read."""
        return self._with(plan, self._start(), self._pricing())

    def put_so_far(self, plan: Plan) -> Plan:
        """The same while typing: what cannot be read yet stays out."""
        return self._with(plan, None, None)

    def _with(self, plan: Plan, start: tuple[int, int] | None, pricing: OonPricing | None) -> Plan:
        return replace(
            plan,
            accumulator_start=start,
            continues_id=int(self.continues.key()) if self.continues.key() else None,
            carry_over=DeductibleCarryOver(self.carry_over.key()),
            period_rule=PeriodRule(self.period_rule.key()),
            assistance=Assistance(self.assistance.key()),
            more_tiers=self.tiers(),
            oon_pricing=pricing,
            accumulators=_crossed(plan.accumulators, self.cross.key()),
        )

    def _start(self) -> tuple[int, int] | None:
        if self.runs.key() == _WITH_PLAN:
            return None
        if self.runs.key() == _CALENDAR:
            return 1, 1
        day = self.start.day()
        return day.month, day.day

    def _pricing(self) -> OonPricing | None:
        key = self.oon_method.key()
        if not key:
            return None
        rate = self.rate.rate_or_none() if key in _BY_RATE else None
        return OonPricing(OonMethod(key), rate or 0)

    # while typing --------------------------------------------------------------------

    def _arrange(self) -> None:
        self.form.field("accumulator_start").setVisible(self.runs.key() == _OTHER_DAY)
        self.form.field("rate").setVisible(self.oon_method.key() in _BY_RATE)

    @Slot()
    def _on_link(self) -> None:
        self.set_open(self.form.isHidden())

    @Slot()
    def _on_edited(self) -> None:
        self._arrange()
        self.edited.emit()


def _pairs(limits: Sequence[Accumulator]) -> list[tuple[Accumulator, Accumulator]]:
    """The main limits in network with those of the same kind out of network."""
    main = {(item.kind, item.network): item for item in limits if not item.drugs and not item.tier}
    return [
        (main[kind, Network.IN], main[kind, Network.OUT])
        for kind in AccumulatorKind
        if (kind, Network.IN) in main and (kind, Network.OUT) in main
    ]


def _crossing(limits: Sequence[Accumulator]) -> str:
    """Which of the choices the limits' credits are."""
    for key, _words in _CROSS:
        if _crossed(limits, key) == tuple(limits):
            return key
    return _AS_ENTERED[0]


def _crossed(limits: Sequence[Accumulator], key: str) -> tuple[Accumulator, ...]:
    """Limits that credit each other as chosen (rulebook 1.8)."""
    if key == _AS_ENTERED[0]:
        return tuple(limits)
    credits: dict[str, tuple[str, ...]] = {}
    for near, far in _pairs(limits):
        if key in ("one", "both"):
            credits[far.name] = (near.name,)
        if key == "both":
            credits[near.name] = (far.name,)
    return tuple(replace(item, credits=credits.get(item.name, ())) for item in limits)
