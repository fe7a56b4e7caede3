"""What an EOB does to the deductible and the out-of-pocket maximum, said while it is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.dates import day_text
from tracker.domain.claims.line_sums import AMOUNTS
from tracker.domain.coverage.accumulators import counted
from tracker.domain.coverage.explain import Effect, effects, why_not_counted
from tracker.domain.coverage.plan_year import PlanYear
from tracker.facts import DECIDED, AccumulatorKind, Assistance, Claim, EobVersion, Household, Plan
from tracker.money import dollars
from ui.models.coverage_words import KINDS, effect_words, possessive, short
from ui.widgets.label import Label


class EobEffect(QWidget):
    """Quiet lines under a small heading: the plan it falls under, each total before and after, why not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        self.plan = Label("", "quiet", wrap=True)
        self.lines = Label("", wrap=True)
        self.lines.setAccessibleName("What this EOB counts toward")
        self.warning = Label("", tone="warning", wrap=True)
        whole.addWidget(Label("What it counts toward", "bold"))
        for label in (self.plan, self.lines, self.warning):
            whole.addWidget(label)
        whole.addStretch(1)

    def show_effect(self, claim: Claim | None, year: PlanYear | None, home: Household) -> None:
        """`claim` is None while person or service date are missing; `year` is the plan's it falls in."""
        if claim is None:
            self._say("Choose the patient and the service date.", [], [])
            return
        day = day_text(claim.service_from)
        if year is None:
            self._say("", [], [f"No plan covers {day}, so it counts toward no limit."])
            return
        plan = year.plan
        if claim.version is EobVersion.VOID or claim.stage not in DECIDED:
            void = claim.version is EobVersion.VOID
            why = "A void EOB counts toward nothing." if void else "It counts once the insurer has decided."
            self._say(f"{short(plan.name, 48)}, by the service date {day}", [why], [])
            return
        if any((getattr(claim, name) or 0) < 0 for name in AMOUNTS):
            self._say("", [], ["An amount below zero counts toward no limit."])
            return
        if claim.replaces_id is not None:  # what it corrects counts no more
            year = year.with_claims(one for one in year.claims if one.id != claim.replaces_id)
        warnings = []
        if claim.person_id not in plan.person_ids:
            name = short(home.person_name(claim.person_id), 24)
            warnings.append(f"{name} is not among those {short(plan.name)} covers.")
        reason = why_not_counted(claim, plan)
        found = effects(year, claim)
        if reason:
            warnings.append(f"Does not count. {reason}")
        warnings += [_beyond(effect, home) for effect in found if _adds_beyond(effect)]
        lines = [effect_words(effect, home) for effect in found if effect.added]
        if not lines and not warnings:
            lines.append("Nothing of it counts toward a limit so far.")
        if claim.not_covered and counted(claim, AccumulatorKind.OOP_MAX):
            lines.append(f"{dollars(claim.not_covered)} not covered does not count.")
        if claim.assistance:
            lines.append(_assistance(claim, plan))
        self._say(f"{short(plan.name, 48)}, by the service date {day}", lines, warnings)

    def _say(self, plan: str, lines: list[str], warnings: list[str]) -> None:
        for label, text in (
            (self.plan, plan),
            (self.lines, "\n\n".join(lines)),
            (self.warning, "\n\n".join(warnings)),
        ):
            label.setText(text)
            label.setVisible(bool(text))


def _assistance(claim: Claim, plan: Plan) -> str:
    """Whether what the manufacturer paid counts, and who says so (rulebook 1.12)."""
    amount = f"{dollars(claim.assistance)} of copay assistance"
    if claim.assistance_counts is None and plan.assistance is Assistance.ASK:
        return f"{amount} counts here; your plan\u2019s terms do not say. Ask your plan."
    counts = claim.assistance_counts
    if counts is None:
        counts = plan.assistance is Assistance.COUNTED
    return f"{amount} {'counts' if counts else 'does not count'}."


def _adds_beyond(effect: Effect) -> bool:
    return effect.after.beyond > effect.before.beyond


def _beyond(effect: Effect, home: Household) -> str:
    over = effect.after.beyond - effect.before.beyond
    name = f"{possessive(home, effect.after.person_id)} {KINDS[effect.after.kind]}"
    return f"{name} is met: {dollars(over)} of it lies beyond the limit. Check the EOB."
