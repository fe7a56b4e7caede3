"""The sorts of dates that lie ahead: what each is called, where it is filtered, when it reminds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.claims.clocks import REMINDER_DAYS
from tracker.domain.membership.agreement import REMIND_DAYS


class DateGroup(StrEnum):
    """What a list of dates can be narrowed to; the value is what the choice says."""

    PAYMENTS = "Payments"
    MEMBERSHIP = "Membership"
    CARE = "Care"
    PRESCRIPTIONS = "Prescriptions"
    CASES = "Cases and calls"
    ACCOUNTS = "HSA, FSA and HRA"
    PLANS = "Plans and enrollment"
    OWN = "Your own"


@dataclass(frozen=True, slots=True)
class DateKind:
    """One sort of date. `name` says it without names or amounts. `remind` are the days before it."""

    name: str
    group: DateGroup
    remind: tuple[int, ...] = (7, 1)


KINDS = {
    "due": DateKind("Payment due", DateGroup.PAYMENTS, (1,)),
    "bill": DateKind("Bill due", DateGroup.PAYMENTS),
    "fund": DateKind("Savings needed", DateGroup.PAYMENTS, (30, 7)),
    "renewal": DateKind("Membership renews", DateGroup.MEMBERSHIP),
    "notice": DateKind("Last day to give notice", DateGroup.MEMBERSHIP, REMIND_DAYS),
    "trial": DateKind("Trial period ends", DateGroup.MEMBERSHIP),
    "price": DateKind("Price changes", DateGroup.MEMBERSHIP, (30,)),
    "end": DateKind("Membership ends", DateGroup.MEMBERSHIP),
    "care": DateKind("Planned care", DateGroup.CARE),
    "authorization": DateKind("Authorization ends", DateGroup.CARE, (14, 7)),
    "refill": DateKind("Refill", DateGroup.PRESCRIPTIONS, (7, 1)),
    "deadline": DateKind("Deadline", DateGroup.CASES, REMINDER_DAYS),
    "answer": DateKind("Answer due", DateGroup.CASES, ()),
    "follow_up": DateKind("Follow up", DateGroup.CASES, (1,)),
    "call": DateKind("Call to check", DateGroup.CASES, (1,)),
    "put_off": DateKind("Put off until then", DateGroup.OWN, ()),
    "fsa_spend": DateKind("FSA: last day for care", DateGroup.ACCOUNTS, (60, 30, 7, 1)),
    "fsa_file": DateKind("FSA: last day to file", DateGroup.ACCOUNTS, (30, 7, 1)),
    "hra_file": DateKind("HRA: last day to file", DateGroup.ACCOUNTS, (30, 7, 1)),
    "hsa": DateKind("HSA: last day to contribute", DateGroup.ACCOUNTS, (30, 7, 1)),
    "testing": DateKind("HSA testing period ends", DateGroup.ACCOUNTS),
    "plan": DateKind("Plan year ends", DateGroup.PLANS, (30, 7)),
    "enrollment": DateKind("Open enrollment", DateGroup.PLANS),
    "own": DateKind("Reminder", DateGroup.OWN, (7, 1)),
}
_OTHER = DateKind("Date", DateGroup.OWN)


def kind_of(kind: str) -> DateKind:
    """What is known of a kind; a kind of its own for one that is not known."""
    return KINDS.get(kind, _OTHER)
