"""The network status an estimate works with: from the member, a check, or the last EOB (rulebook 1.8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.domain.coverage.estimate_answer import Caution, Remark
from tracker.domain.coverage.estimate_question import Known, Question
from tracker.domain.coverage.plan_year import PlanYear, tier_of
from tracker.domain.coverage.surprise_billing import CareSetting, protection
from tracker.facts import IN, OUT, NetworkCheck, Plan, PlanKind, Stands

CHECK_DAYS = 90
"""A network check older than this is not relied on without a word."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The tier to work with, where it was found, and what to beware of."""

    tier: str
    protected: bool
    words: str
    remarks: tuple[Remark, ...]


def network_standing(question: Question, year: PlanYear, known: Known) -> Standing:
    """The member's word, else the newest check, else the newest EOB, else in network with a warning."""
    plan = year.plan
    checks = [check for check in known.checks if check.plan_id == plan.id]
    here = _here(checks, question.location)
    remarks = _places(question, checks, here)
    found = here[0] if here else None
    who = question.called or "the provider"
    if question.tier is not None:
        tier, words = question.tier, f"{_name(plan, question.tier)}, as you chose"
        remarks += _contradicts(question, plan, found)
    elif found is not None and found.stands is not Stands.UNKNOWN:
        tier = IN if found.stands is Stands.IN else OUT
        words = f"{_name(plan, tier)}, {_checked(found)}"
        if tier == OUT:
            remarks.append(
                _remark(f"The check of {day_text(found.checked_on)} says that {who} is out of network.")
            )
    else:
        tier, words, more = _from_eobs(question, year, known, found)
        remarks += more
    if found is not None and found.stands is not Stands.UNKNOWN:
        remarks += _old(question, known, found)
    protected, about = _protected(question, plan, tier)
    return Standing(tier, protected, words, tuple(remarks + about))


def _here(checks: Iterable[NetworkCheck], location: str) -> list[NetworkCheck]:
    """The checks that speak of the place of care, the newest first; all where no place is named."""
    newest = sorted(checks, key=lambda check: (check.checked_on, check.id or 0), reverse=True)
    if not location:
        return newest
    return [check for check in newest if check.location.casefold() in ("", location.casefold())]


def _places(question: Question, checks: list[NetworkCheck], here: list[NetworkCheck]) -> list[Remark]:
    """Status holds for one location: say where checks of several disagree, or are of another one."""
    if question.location and checks and not here:
        place = checks[0].location
        words = f"The network check is for {place}, the care is at {question.location}. Check that place."
        return [_remark(words, Caution.LOCATION)]
    latest: dict[str, NetworkCheck] = {}
    for check in here:
        latest.setdefault(check.location.casefold(), check)
    if len({check.stands for check in latest.values()}) > 1:
        said = "; ".join(
            f"{check.location or 'no place named'}: {_STANDS[check.stands]}" for check in latest.values()
        )
        return [_remark(f"Network status depends on the place ({said}).", Caution.LOCATION)]
    return []


def _contradicts(question: Question, plan: Plan, found: NetworkCheck | None) -> list[Remark]:
    if found is None or found.stands is Stands.UNKNOWN:
        return []
    contracted = {tier.code: tier.contracted for tier in plan.tiers}.get(question.tier or IN, True)
    if contracted == (found.stands is Stands.IN):
        return []
    who = question.called or "the provider"
    words = f"The check of {day_text(found.checked_on)} says that {who} is {_STANDS[found.stands]}."
    return [_remark(words)]


def _from_eobs(
    question: Question, year: PlanYear, known: Known, found: NetworkCheck | None
) -> tuple[str, str, list[Remark]]:
    """Without a check that tells: the newest EOB of the provider under this plan, else in network."""
    who = question.called
    eobs = [
        claim
        for claim in (*known.past, *year.claims)
        if question.provider_id is not None
        and claim.provider_id == question.provider_id
        and not claim.protected
        and claim.plan_id in (None, year.plan.id)
        and claim.service_from in year.plan.period
    ]
    if eobs:
        last = max(eobs, key=lambda claim: (claim.service_from, claim.id or 0))
        tier = tier_of(last, year.terms)
        name, day = _name(year.plan, tier), day_text(last.service_from)
        return (
            tier,
            f"{name}, as on the EOB of {day}",
            [
                _remark(
                    f"No network check of {who} is on file. Its EOB of {day} was processed {name}; "
                    "ask before you go."
                )
            ],
        )
    if not who:
        words = "No provider is chosen: worked as in network."
        return IN, "in network, assumed", [_remark(words, warns=False)]
    asked = f"The check of {day_text(found.checked_on)} found no answer. " if found else ""
    words = f"{asked}Whether {who} is in network is not known: worked as in network. Ask before you go."
    return IN, "in network, assumed", [_remark(words)]


def _old(question: Question, known: Known, found: NetworkCheck) -> list[Remark]:
    day = day_text(found.checked_on)
    if (known.today - found.checked_on).days > CHECK_DAYS:
        words = f"Network status was last checked on {day}, more than {CHECK_DAYS} days ago. Check again."
        return [_remark(words)]
    if question.on > found.checked_on:
        late = (question.on - found.checked_on).days > CHECK_DAYS
        words = f"Network status was checked on {day}, before this care. Check again shortly before you go."
        return [_remark(words, warns=late)]
    return []


def _protected(question: Question, plan: Plan, tier: str) -> tuple[bool, list[Remark]]:
    """Whether the No Surprises Act protects the care; emergency care always is (1.10)."""
    contracted = {item.code: item.contracted for item in plan.tiers}.get(tier, True)
    if contracted or plan.kind in (PlanKind.MEDICARE, PlanKind.MEDIGAP, PlanKind.PART_D):
        return False, []
    says = question.protected
    why = "You say so."
    if says is None:
        if question.category != "ER":
            return False, []
        found = protection(CareSetting.EMERGENCY, plan_begins_on=plan.begins_on)
        says, why = found.protected, found.why
    if not says:
        return False, []
    words = (
        f"{why} The No Surprises Act: in-network terms apply, and more than the recognized amount may not "
        "be billed to you."
    )
    return True, [Remark(Caution.PROTECTED, words, warns=False)]


_STANDS = {Stands.IN: "in network", Stands.OUT: "out of network", Stands.UNKNOWN: "not known"}


def _name(plan: Plan, tier: str) -> str:
    return next((item.name for item in plan.tiers if item.code == tier), tier)


def _checked(check: NetworkCheck) -> str:
    said = ", ".join(part for part in (check.source, check.reference) if part)
    return f"checked on {day_text(check.checked_on)}" + (f" ({said})" if said else "")


def _remark(words: str, about: Caution = Caution.NETWORK, *, warns: bool = True) -> Remark:
    return Remark(about, words, warns)
