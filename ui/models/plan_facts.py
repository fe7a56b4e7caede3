"""The plan in words: premium, period, who is covered, every limit and how it is shared."""

from __future__ import annotations

from tracker.dates import period_text
from tracker.domain.recurring import yearly_amount
from tracker.facts import (
    Accumulator,
    AccumulatorMode,
    Frequency,
    Household,
    Network,
    Plan,
    PlanKind,
    Recurring,
)
from tracker.money import dollars
from ui.models.coverage_words import MODES, NETWORKS, further_name, short

_EVERY = {
    Frequency.ONCE: "once",
    Frequency.MONTHLY: "a month",
    Frequency.QUARTERLY: "a quarter",
    Frequency.SEMIANNUAL: "every half year",
    Frequency.ANNUAL: "a year",
}


def plan_facts(plan: Plan, home: Household) -> list[tuple[str, str, str]]:
    """Name, words that fit, and the whole words where they were cut; a name alone is a heading."""
    insurer = home.provider_names.get(plan.insurer_id or 0, "")
    names = [home.person_name(person_id) for person_id in plan.person_ids]
    covered = ", ".join(short(name) for name in names)
    kind = "Other" if plan.kind is PlanKind.OTHER else plan.kind.value
    found = [
        ("Insurer", short(insurer), insurer),
        ("Kind", kind, ""),
        ("Period", period_text(plan.period), ""),
        ("Covered", covered, ", ".join(names)),
        ("Member ID", short(plan.member_number), plan.member_number),
        ("Premium", "\n".join(_premium_words(item) for item in plan.premiums) or "None entered", ""),
    ]
    found = [(name, words, whole if whole != words else "") for name, words, whole in found if words]
    for network in Network:
        limits = [item for item in plan.accumulators if item.network is network]
        if limits:
            found.append((NETWORKS[network].capitalize(), "", ""))
        found += [(further_name(item, plan), limit_words(item), "") for item in limits]
    return found


def _premium_words(item: Recurring) -> str:
    said = f"{dollars(item.amount)} {_EVERY[item.frequency]}"
    if item.frequency in (Frequency.ONCE, Frequency.ANNUAL):
        return said
    return f"{said}\n{dollars(yearly_amount(item), whole=True)} a year"


def limit_words(limit: Accumulator) -> str:
    """`$2,000 each, $4,000 family, embedded`."""
    amounts = []
    if limit.mode is not AccumulatorMode.AGGREGATE and limit.individual is not None:
        each = "" if limit.mode is AccumulatorMode.SELF else " each"
        amounts.append(f"{dollars(limit.individual, whole=True)}{each}")
    if limit.mode is not AccumulatorMode.SELF and limit.family is not None:
        amounts.append(f"{dollars(limit.family, whole=True)} family")
    return f"{', '.join(amounts) or 'no limit'}, {MODES[limit.mode].lower()}"
