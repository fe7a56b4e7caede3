"""What goes into the engine: a claim with its lines, or the void of an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from tracker.errors import UserProblem
from tracker.facts import IN
from tracker.money import LARGEST, Cents, dollars

ClaimKey: TypeAlias = int | str
"""Names one version of a claim: a corrected claim has a key of its own."""


class Denial(StrEnum):
    """Who bears a denied line: CO the provider, PR the member (the EOB's group code)."""

    PROVIDER = "CO"
    MEMBER = "PR"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """One service on a claim. `allowed` may be None for a denied line, or out of network where the
    plan's method gives it from `oon_figure` (rulebook 1.9).

    `tier` is the provider's network status; a line `protected` from surprise billing follows the
    in-network rule all the same. `assistance` is what a manufacturer pays of the member's share;
    `assistance_counts` None leaves it to the plan.
    """

    category: str
    billed: Cents
    allowed: Cents | None = None
    tier: str = IN
    protected: bool = False
    denial: Denial | None = None
    missed_authorization: bool = False
    assistance: Cents = 0
    assistance_counts: bool | None = None
    oon_figure: Cents | None = None

    def __post_init__(self) -> None:
        for amount, what, field in (
            (self.billed, "billed amount", "billed"),
            (self.allowed, "allowed amount", "allowed"),
            (self.assistance, "copay assistance", "assistance"),
            (self.oon_figure, "plan's figure", "oon_figure"),
        ):
            if amount is not None and not 0 <= amount <= LARGEST:
                raise UserProblem(
                    f"The {what} of {self.category} cannot be {dollars(amount)}.",
                    f"Use zero up to {dollars(LARGEST)}.",
                    field=field,
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimInput:
    """A claim as the plan receives it. `units` are days for a copay per day, fills for one per fill.

    `service_on` is the admission day of a hospital stay, `discharged_on` its last. A claim that
    `replaces` another voids that one first.
    """

    key: ClaimKey
    lines: tuple[ClaimLine, ...]
    person: str = "A"
    units: int = 1
    admitted: bool = False
    service_on: date | None = None
    discharged_on: date | None = None
    received_on: date | None = None
    processed_on: date | None = None
    sequence: int = 0
    replaces: ClaimKey | None = None

    def __post_init__(self) -> None:
        if self.units < 1:
            raise UserProblem("A claim is for at least one day or fill.", "Type 1 or more.", field="units")
        if self.discharged_on and self.service_on and self.discharged_on < self.service_on:
            raise UserProblem(
                "The stay ends before it begins.", "Check the two days.", field="discharged_on"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Void:
    """The insurer takes back an earlier version of a claim (claim status 22)."""

    of: ClaimKey
    processed_on: date | None = None
    sequence: int = 0


Entry: TypeAlias = ClaimInput | Void
"""One event of a history."""
