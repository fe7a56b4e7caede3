"""How coverage is said on screen: whose limit it is, what kind, and names that fit their place."""

from __future__ import annotations

from tracker.domain.coverage.accumulators import Standing
from tracker.domain.coverage.explain import Effect
from tracker.facts import Accumulator, AccumulatorKind, AccumulatorMode, Household, Network, Plan, Stands
from tracker.money import dollars
from tracker.wording import count_of

MODES = {
    AccumulatorMode.SELF: "Self-only",
    AccumulatorMode.EMBEDDED: "Embedded",
    AccumulatorMode.AGGREGATE: "Aggregate",
}
MODE_SENTENCES = {
    AccumulatorMode.SELF: "Self-only: one person is covered, so there is one amount.",
    AccumulatorMode.EMBEDDED: (
        "Embedded: a person is done at their own amount, or when the family reaches its amount."
    ),
    AccumulatorMode.AGGREGATE: "Aggregate: nobody is done until the family together reaches its amount.",
}
NETWORKS = {Network.IN: "in network", Network.OUT: "out of network"}
STANDS = {Stands.IN: "In network", Stands.OUT: "Out of network", Stands.UNKNOWN: "Not known"}
SHORT_KINDS = {AccumulatorKind.DEDUCTIBLE: "Deductible", AccumulatorKind.OOP_MAX: "Out-of-pocket max"}
KINDS = {AccumulatorKind.DEDUCTIBLE: "deductible", AccumulatorKind.OOP_MAX: "out-of-pocket maximum"}


def short(text: str, most: int = 32) -> str:
    """A name cut to fit its place; the whole one belongs in a tooltip."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "\u2026"


def given_names(home: Household) -> dict[int, str]:
    """First names by person where they tell everybody apart, else whole names."""
    firsts = {person.id or 0: person.name.split()[0] for person in home.people if person.name.split()}
    if len(set(firsts.values())) == len(home.people):
        return firsts
    return {person.id or 0: person.name for person in home.people}


def owner_id(home: Household) -> int | None:
    """The person the program calls "you"."""
    return home.people[0].id if home.people else None


def whose(home: Household, person_id: int | None) -> str:
    """`you`, a name, or `family`, as it stands in the name of a figure."""
    if person_id is None:
        return "family"
    return "you" if person_id == owner_id(home) else short(home.person_name(person_id), 24)


def whose_cell(home: Household, person_id: int | None) -> str:
    """The same where it stands alone: `You`, a name, or `Family`."""
    said = whose(home, person_id)
    return said[:1].upper() + said[1:]


def possessive(home: Household, person_id: int | None) -> str:
    """`Your`, `Sam's` or `Family`, before the name of a limit."""
    if person_id is None:
        return "Family"
    return "Your" if person_id == owner_id(home) else f"{short(home.person_name(person_id), 24)}\u2019s"


def limit_place(limit: Accumulator, plan: Plan) -> str:
    """Where a limit counts, after its kind: `in network`, `for drugs in network`, `in Tier 1`."""
    where = NETWORKS[limit.network]
    if limit.tier:
        name = next((tier.name for tier in plan.more_tiers if tier.code == limit.tier), limit.tier)
        where = f"in {short(name, 24)}"
    return f"for drugs {where}" if limit.drugs else where


def limit_name(limit: Accumulator, plan: Plan) -> str:
    """A limit by its kind and place: `Deductible in network`."""
    return f"{KINDS[limit.kind].capitalize()} {limit_place(limit, plan)}"


def further_name(limit: Accumulator, plan: Plan) -> str:
    """A limit beside the main ones, by its short name: `Drug deductible`, `Tier 1 out-of-pocket max`."""
    tier = next((tier.name for tier in plan.more_tiers if tier.code == limit.tier), limit.tier)
    parts = [short(tier, 20)] if tier else []
    parts += ["drug"] if limit.drugs else []
    kind = SHORT_KINDS[limit.kind]
    said = " ".join([*parts, kind.lower() if parts else kind])
    return said[:1].upper() + said[1:]


def effect_words(effect: Effect, home: Household) -> str:
    """`Your deductible:` and below it `$1,420 -> $1,461.12 of $2,000`."""
    before, after = effect.before, effect.after
    limit = "" if after.limit is None else f" of {dollars(after.limit, whole=True)}"
    moved = f"{dollars(before.used, whole=True)} \u2192 {dollars(after.used, whole=True)}"
    return f"{possessive(home, after.person_id)} {KINDS[after.kind]}:\n{moved}{limit}"


def to_go(standing: Standing) -> str:
    """What is left of a limit, under its figure."""
    if standing.limit is None:
        return "The plan states no limit"
    if standing.beyond:
        return f"Met; EOBs give {dollars(standing.beyond, whole=True)} more than that"
    if standing.limit == 0:
        return "Nothing to meet"
    own, left = standing.limit - standing.used, standing.remaining or 0
    if left < own:  # an embedded limit is over when the family's is (rulebook 1.4)
        return f"{dollars(left, whole=True)} to go for the family" if left else "Met by the family"
    return f"{dollars(own, whole=True)} to go" if own else "Met"


def covered_words(home: Household, plan: Plan) -> str:
    """`you and 1 dependent`, or how many people where you are not among them."""
    count = len(plan.person_ids)
    if owner_id(home) not in plan.person_ids:
        return f"{count} {'person' if count == 1 else 'people'}"
    others = count - 1
    return "you" if not others else f"you and {count_of(others, 'dependent')}"
