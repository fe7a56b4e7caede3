"""Deductibles and out-of-pocket maxima of a CMS plan as buckets (rulebook 1.3, 1.4).

The files state them up to three times over: for medical care and drugs together (columns `TEHB...`),
for medical care (`MEHB...`) and for drugs (`DEHB...`); each in network, out of network, or for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.domain.coverage.terms import Bucket
from tracker.facts import IN, OUT, AccumulatorKind, AccumulatorMode, NetworkTier
from tracker.imports.cms_phrases import UnclearPhrase, read_dollar_limit
from tracker.imports.cms_rows import Row
from tracker.money import Cents

IN2 = "IN2"
"""The second tier of in-network providers, in plans that have two."""

_COMBINED = "CombInnOon"
_DEDUCTIBLE, _OOP = AccumulatorKind.DEDUCTIBLE, AccumulatorKind.OOP_MAX
_TOGETHER = {
    _DEDUCTIBLE: "MedicalDrugDeductiblesIntegrated",
    _OOP: "MedicalDrugMaximumOutofPocketIntegrated",
}


@dataclass(frozen=True, slots=True)
class Unread:
    """What was not taken over: the line of its file, the benefit or column, the phrase, and why.

    `tier` is the network tier it belongs to, empty where it concerns the plan.
    """

    line: int
    benefit: str
    tier: str
    phrase: str
    why: str


@dataclass(frozen=True, slots=True)
class FiledTier:
    """A network tier and the parts of column names that speak of it."""

    tier: NetworkTier
    copay: str
    coinsurance: str
    excluded: str
    limits: str


FIRST = FiledTier(
    NetworkTier(code=IN, name="in network"), "CopayInnTier1", "CoinsInnTier1", "Inn", "InnTier1"
)
SECOND = FiledTier(
    NetworkTier(code=IN2, name="in network, tier 2"), "CopayInnTier2", "CoinsInnTier2", "Inn", "InnTier2"
)
OUTSIDE = FiledTier(
    NetworkTier(code=OUT, name="out of network", contracted=False),
    "CopayOutofNet",
    "CoinsOutofNet",
    "Oon",
    "OutOfNet",
)

Limit = tuple[Cents | None, Cents | None]
"""One person's amount and the family's."""


@dataclass(slots=True)
class PlanLimits:
    """The buckets of a plan; `places` says which one counts what: by kind, for drugs or not, by tier."""

    buckets: list[Bucket] = field(default_factory=list)
    places: dict[tuple[AccumulatorKind, bool, str], str] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)


def read_limits(plan: Row, tiers: Sequence[FiledTier], *, family: bool) -> PlanLimits:
    """All buckets of a plan, for one person's coverage or for a family's."""
    found = PlanLimits()
    for kind in (_DEDUCTIBLE, _OOP):
        reader = _Reader(plan, tiers, family, kind, found)
        together = plan[_TOGETHER[kind]].strip().casefold()
        medical = drugs = together == "yes"
        if together != "yes":
            medical = reader.fill("MEHB", "", for_drugs=False)
            drugs = reader.fill("DEHB", "RX", for_drugs=True)
        if together == "yes" or not (medical or drugs):
            reader.fill("TEHB", "", for_drugs=False)
            drugs = False
        if (not drugs and together != "no") or not (medical or drugs):
            reader.share_with_drugs()
    return found


@dataclass(slots=True)
class _Reader:
    plan: Row
    tiers: Sequence[FiledTier]
    family: bool
    kind: AccumulatorKind
    found: PlanLimits

    def fill(self, prefix: str, mark: str, *, for_drugs: bool) -> bool:
        """Add the buckets of one group of columns; whether it states any limit."""
        shared = self._limit(prefix, _COMBINED)
        stem = mark + ("DED" if self.kind is _DEDUCTIBLE else "OOP")
        stated = False
        for tier in self.tiers:
            code = tier.tier.code
            own = self._limit(prefix, tier.limits)
            if own is not None:
                name = f"{stem}_{code}"
                self._add(name, own, code)
                if shared is not None and shared != own and any(shared):
                    column = self._columns(prefix, _COMBINED)[0]
                    why = "There is a limit for this tier and one for all care; only the first is counted."
                    self._list(column, code, why)
            elif shared is not None:
                name = stem
                if all(bucket.name != name for bucket in self.found.buckets):
                    self._add(name, shared, IN)
            else:
                continue
            self.found.places[self.kind, for_drugs, code] = name
            stated = True
        return stated

    def share_with_drugs(self) -> None:
        """Drugs count toward the same buckets as other care."""
        for (kind, for_drugs, tier), name in list(self.found.places.items()):
            if kind is self.kind and not for_drugs:
                self.found.places[kind, True, tier] = name

    def _add(self, name: str, limit: Limit, tier: str) -> None:
        own, shared = limit
        mode = AccumulatorMode.SELF
        if self.family:
            mode = AccumulatorMode.AGGREGATE if own is None else AccumulatorMode.EMBEDDED
        self.found.buckets.append(
            Bucket(name=name, kind=self.kind, mode=mode, individual=own, family=shared, tier=tier)
        )

    def _limit(self, prefix: str, part: str) -> Limit | None:
        """The amounts of one tier; None where there is no limit."""
        read: list[Cents | None] = []
        for column in self._columns(prefix, part):
            try:
                read.append(read_dollar_limit(self.plan[column]))
            except UnclearPhrase as why:
                self._list(column, "", why.why)
                read.append(None)
        individual, person, group = read
        if self.family:
            return None if person is None and group is None else (person, group)
        own = person if individual is None else individual
        return None if own is None else (own, None)

    def _columns(self, prefix: str, part: str) -> tuple[str, str, str]:
        if self.kind is _DEDUCTIBLE:
            stem = f"{prefix}Ded{part}"
            return f"{stem}Individual", f"{stem}FamilyPerPerson", f"{stem}FamilyPerGroup"
        stem = prefix + part
        return f"{stem}IndividualMOOP", f"{stem}FamilyPerPersonMOOP", f"{stem}FamilyPerGroupMOOP"

    def _list(self, column: str, tier: str, why: str) -> None:
        phrase = " ".join(self.plan[column].split())
        self.found.unread.append(Unread(self.plan.line, column, tier, phrase[:200], why))
