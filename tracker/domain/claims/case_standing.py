"""A case as it stands on a day, and the words for its kind and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.claims import dispute_flow, reimbursement
from tracker.domain.claims.authorizations import Held
from tracker.domain.claims.checklists import SPECIALIST, VERIFICATION, Item, items_of
from tracker.domain.claims.dispute_flow import StepState
from tracker.domain.claims.dispute_steps import Exit
from tracker.facts import Call, Case, CaseKind, CaseOutcome, Claim, Deadline, Turn
from tracker.money import Cents

KIND_WORDS = {
    CaseKind.DISPUTE: "Dispute",
    CaseKind.APPEAL: "Appeal",
    CaseKind.ESTIMATE_DISPUTE: "Good-faith-estimate dispute",
    CaseKind.REIMBURSEMENT: "Reimbursement",
    CaseKind.AUTHORIZATION: "Prior authorization",
    CaseKind.REFERRAL: "Referral",
    CaseKind.COVERAGE_CHECK: "Coverage check",
    CaseKind.APPOINTMENT: "Specialist appointment",
}

OUTCOME_WORDS = {
    CaseOutcome.OPEN: "Open",
    CaseOutcome.WON: "Won",
    CaseOutcome.PARTLY: "Partly won",
    CaseOutcome.LOST: "Lost",
    CaseOutcome.ABANDONED: "Given up",
    CaseOutcome.WRITTEN_OFF: "Written off",
    CaseOutcome.DONE: "Done",
}

CHECKLISTS = (CaseKind.COVERAGE_CHECK, CaseKind.APPOINTMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A step as it is listed: with what became of it, and on which day."""

    number: int
    name: str
    who: str
    state: StepState
    words: str
    on: date | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStanding:
    """A case on a day.

    `words` is where it stands, `todo` what comes next. `steps` are all of its list, `ways` how the
    current one may end (disputes and appeals). `days` are the deadlines not done yet, the nearest
    first. `follow_up_on` is the day to ask again, None where nobody is waited for.
    """

    case: Case
    words: str
    todo: str
    turn: Turn
    number: int
    steps: tuple[StepRow, ...]
    ways: tuple[Exit, ...] = ()
    days: tuple[Deadline, ...] = ()
    last_moved_on: date
    follow_up_on: date | None = None
    follow_up_due: bool = False
    recovered: Cents = 0
    dispute: dispute_flow.Standing | None = None
    progress: reimbursement.Progress | None = None
    held: Held | None = None
    calls: tuple[Call, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def is_closed(self) -> bool:
        return self.turn is Turn.NOBODY

    @property
    def next_day(self) -> Deadline | None:
        """The nearest day not done yet."""
        return next(iter(self.days), None)

    @property
    def kind_words(self) -> str:
        return KIND_WORDS[self.case.kind]


def check_items(kind: CaseKind) -> tuple[Item, ...]:
    """The list of a coverage check or an appointment."""
    if kind is CaseKind.COVERAGE_CHECK:
        return VERIFICATION
    return items_of(SPECIALIST) if kind is CaseKind.APPOINTMENT else ()
