"""What is asked of an estimate, and everything known that answers it. Amounts are cents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.limits import Limits
from tracker.domain.coverage.plan_year import PlanYear
from tracker.errors import UserProblem
from tracker.facts import Claim, NetworkCheck, Person, Plan, PlannedCare, ServiceCategory
from tracker.money import LARGEST, Cents, dollars

MOST_UNITS = 366
"""Days of a stay, or fills; more is a slip of the key."""


class Authorization(StrEnum):
    """Whether prior authorization is on file. WITHOUT: the care goes ahead and the penalty applies."""

    NONE = "none"
    ON_FILE = "on_file"
    WITHOUT = "without"


LONGEST_CALLED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What will this care cost?

    `provider` is a name, empty where none is chosen. `tier` None takes the network status from what is
    known of the provider. Where neither `allowed` nor `billed` is given, past EOBs tell the usual amount.
    `protected` None lets the No Surprises Act decide (1.10). `units` are days of a stay, or fills.
    `accepts_assignment` asks for a doctor's terms with Medicare (1.13).
    """

    person_id: int
    category: str
    on: date
    provider: str = ""
    provider_id: int | None = None
    location: str = ""
    tier: str | None = None
    allowed: Cents | None = None
    billed: Cents | None = None
    oon_figure: Cents | None = None
    units: int = 1
    admitted: bool = False
    protected: bool | None = None
    assistance: Cents = 0
    assistance_counts: bool | None = None
    authorization: Authorization = Authorization.NONE
    accepts_assignment: bool = True

    def __post_init__(self) -> None:
        for amount, what, name in (
            (self.allowed, "allowed amount", "allowed"),
            (self.billed, "billed amount", "billed"),
            (self.oon_figure, "plan's figure", "oon_figure"),
            (self.assistance, "copay assistance", "assistance"),
        ):
            if amount is not None and not 0 <= amount <= LARGEST:
                raise UserProblem(
                    f"The {what} cannot be {dollars(amount)}.",
                    f"Use zero up to {dollars(LARGEST)}.",
                    field=name,
                )
        if not 1 <= self.units <= MOST_UNITS:
            raise UserProblem(
                f"Care is for 1 to {MOST_UNITS} days or fills.", "Check the number.", field="units"
            )

    @property
    def called(self) -> str:
        """The provider in the middle of a sentence, cut where the name has no end; empty for none."""
        name = self.provider
        return name if len(name) <= LONGEST_CALLED else name[: LONGEST_CALLED - 1].rstrip() + "\u2026"


@dataclass(frozen=True, kw_only=True)
class Known:
    """The facts an estimate is made of.

    `years` are the plans that cover the person on that day, each with the period the day falls in.
    `renewed` is the plan that was taken to go on with the same terms because none is entered for the day.
    `plans` are all there are, `checks` the network checks of the provider, `past` the EOBs that tell usual
    amounts, `planned` care that is expected.
    """

    today: date
    years: tuple[PlanYear, ...] = ()
    renewed: Plan | None = None
    plans: tuple[Plan, ...] = ()
    people: tuple[Person, ...] = ()
    categories: Mapping[str, ServiceCategory] = field(default_factory=catalogue)
    checks: tuple[NetworkCheck, ...] = ()
    past: tuple[Claim, ...] = ()
    planned: tuple[PlannedCare, ...] = ()
    limits: Limits = field(default_factory=Limits)

    def person_name(self, person_id: int | None) -> str:
        return next((person.name for person in self.people if person.id == person_id), "")

    def phrase(self, code: str) -> str:
        """A category in the middle of a sentence."""
        known = self.categories.get(code)
        return known.phrase if known else code

    def is_drug(self, code: str) -> bool:
        known = self.categories.get(code)
        return known is not None and known.drug

    def never_covered(self, code: str) -> bool:
        known = self.categories.get(code)
        return known is not None and known.never_covered
