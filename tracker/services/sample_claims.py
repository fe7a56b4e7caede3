"""What the sample's EOBs say beyond their totals, the EOBs they replace, and claims that no total counts.

From `resources/sample/eobs.toml` to facts without ids; amounts that are missing there are None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.domain.claims.line_sums import AMOUNTS
from tracker.facts import Claim, ClaimStage, EobLine, EobVersion, Network, PaidTo
from tracker.services.sample_tables import Table, cents_or_none, day_in, day_or_none, toml


@dataclass(frozen=True, slots=True)
class Further:
    """A claim that is not in `eobs.csv`. Person and provider are given by name."""

    claim: Claim
    person: str
    provider: str


class EobDetails:
    """The table of details, read once, for the EOBs of a year."""

    def __init__(self, year: int) -> None:
        self._year = year
        table = toml("eobs.toml")
        self._more = {item["number"]: item for item in table["more"]}
        self._originals = {item["replaced_by"]: item for item in table["original"]}
        self._further: list[Table] = table["claim"]

    def with_more(self, claim: Claim) -> Claim:
        """The EOB with its lines, its reason codes and what else it prints."""
        item = self._more.get(claim.claim_number)
        if item is None:
            return claim
        return replace(
            claim,
            description=item.get("description", claim.description),
            version=EobVersion(item.get("version", claim.version)),
            member_number=item.get("member_number", ""),
            reasons=item.get("reasons", ""),
            lines=_lines(item),
        )

    def original_of(self, claim: Claim) -> Claim | None:
        """The EOB that came before a corrected one; it differs in its copay."""
        item = self._originals.get(claim.claim_number)
        if item is None:
            return None
        return replace(
            claim,
            version=EobVersion.ORIGINAL,
            processed_on=day_in(self._year, item["processed"]),
            note=item["note"],
            plan_paid=cents_or_none(item["plan_paid"]),
            copay=cents_or_none(item["copay"]),
            you_owe=cents_or_none(item["you_owe"]),
        )

    def further(self, person_ids: Mapping[str, int]) -> Iterator[Further]:
        """The claims of the table, in its order. `person_ids` are by first name."""
        for item in self._further:
            claim = Claim(
                claim_number=item["number"],
                person_id=person_ids[item["person"]],
                provider_id=0,
                network=Network(item["network"]),
                category=item["category"],
                description=item["description"],
                service_from=day_in(self._year, item["service"]),
                submitted_on=day_or_none(self._year, item.get("submitted", "")),
                processed_on=day_or_none(self._year, item.get("processed", "")),
                got_on=day_or_none(self._year, item.get("got", "")),
                stage=ClaimStage(item.get("stage", ClaimStage.PROCESSED)),
                paid_to=PaidTo(item.get("paid_to", PaidTo.PROVIDER)),
                reasons=item.get("reasons", ""),
                note=item.get("note", ""),
                lines=_lines(item),
                **_amounts(item),
            )
            yield Further(claim, item["person"], item["provider"])


def came_on(claim: Claim) -> date:
    """The day from which a claim is known: when it was decided, else when it was sent."""
    return claim.processed_on or claim.submitted_on or claim.service_from


def _lines(item: Table) -> tuple[EobLine, ...]:
    return tuple(
        EobLine(
            description=line["description"],
            code=line["code"],
            modifiers=line.get("modifiers", ""),
            category=line["category"],
            reasons=line["reasons"],
            **_amounts(line),
        )
        for line in item.get("lines", ())
    )


def _amounts(item: Table) -> dict[str, Any]:
    return {name: cents_or_none(item.get(name, "")) for name in AMOUNTS}
