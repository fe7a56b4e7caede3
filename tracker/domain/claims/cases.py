"""Where each case stands: its step, whose turn it is, its days, and when to follow up (rulebook 3.7-4).

All of it follows from the case's facts and its calls; reading never raises, whatever is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.dates import day_text
from tracker.domain.claims import authorizations, dispute_flow, reimbursement
from tracker.domain.claims.authorizations import Held
from tracker.domain.claims.case_days import DISPUTES, open_days
from tracker.domain.claims.case_steps import Asked, Reimbursed, plain_steps
from tracker.domain.claims.checklists import SPECIALIST, VERIFICATION, Item, items_of, ticked
from tracker.domain.claims.dispute_flow import QUIET_DAYS, StepState
from tracker.domain.claims.dispute_steps import Exit, Step
from tracker.domain.claims.papers import Papers
from tracker.facts import (
    Authorized,
    Call,
    Case,
    CaseKind,
    CaseOutcome,
    CaseStep,
    Claim,
    Deadline,
    StepOutcome,
    Turn,
)
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


def standings(papers: Papers) -> dict[int, CaseStanding]:
    """Every case's standing, by its id."""
    calls = calls_by_case(papers.calls)
    return {
        case.id or 0: standing_of(case, papers, calls=calls.get(case.id or 0, ())) for case in papers.cases
    }


def calls_by_case(calls: Iterable[Call]) -> Mapping[int, Sequence[Call]]:
    """The calls of each case, the latest first as they are read."""
    found: dict[int, list[Call]] = defaultdict(list)
    for call in calls:
        if call.case_id is not None:
            found[call.case_id].append(call)
    return found


def standing_of(case: Case, papers: Papers, *, calls: Sequence[Call] | None = None) -> CaseStanding:
    """Where one case stands today."""
    mine = (
        tuple(calls)
        if calls is not None
        else tuple(call for call in papers.calls if case.id is not None and call.case_id == case.id)
    )
    claims = claims_of(case, papers)
    back = money_back(case, papers, claims)
    if case.kind in DISPUTES:
        found = _dispute(case, papers.today, mine)
    elif case.kind in CHECKLISTS:
        found = _list(case, papers.today, mine)
    else:
        found = _plain(case, papers, mine, claims, back)
    recovered = case.recovered if case.recovered is not None else _recovered(case, back)
    found = replace(found, recovered=recovered, calls=mine, claims=claims, days=tuple(open_days(case)))
    return _closed(found) if case.outcome is not CaseOutcome.OPEN else found


def claims_of(case: Case, papers: Papers) -> tuple[Claim, ...]:
    """The EOBs that hold for a case: the one it names in its newest version, and those of its bill."""
    found: dict[int | None, Claim] = {}
    if case.claim_id in papers.claim_by_id:
        newest = papers.versions_of(papers.claim_by_id[case.claim_id or 0])[-1]
        found[newest.id] = newest
    if case.bill_id in papers.bill_by_id:
        for claim in papers.claims_of(papers.bill_by_id[case.bill_id or 0]):
            found[claim.id] = claim
    return tuple(found.values())


def money_back(case: Case, papers: Papers, claims: Iterable[Claim] = ()) -> Cents:
    """What came back of the expense behind a case: refunds and cheques tied to its bills.

    Where no bill is known, what was noted as received in its steps.
    """
    bills = {case.bill_id} if case.bill_id in papers.bill_by_id else set()
    if not bills:
        bills = {bill.id for claim in claims for bill in papers.bills_of(claim)}
    if not bills:
        return sum(step.amount or 0 for step in case.steps if step.number == Reimbursed.PAID)
    paid = (share for number in bills for _payment, share in papers.paid.get(number or 0, ()))
    return -sum(amount for amount in paid if amount < 0)


def opening_steps(
    case: Case, *, found: StepOutcome | None = StepOutcome.FOUND, received_on: date | None = None
) -> tuple[CaseStep, ...]:
    """The steps that are done by opening a dispute or an appeal.

    A dispute has its papers, and by `found` was reviewed: FOUND leads to the practice, INSURANCE_ONLY to
    the insurer, None leaves it to be reviewed. An appeal begins where the insurer denied; `level` 2 and 3
    are the next ones; `received_on` is when its denial came.
    """
    day = received_on or case.opened_on
    if case.kind is CaseKind.DISPUTE:
        received = CaseStep(number=Step.RECEIVED, leads_to=Step.REVIEW, done_on=day)
        if found is None:
            return (received,)
        to = Step.CONTACT_INSURER if found is StepOutcome.INSURANCE_ONLY else Step.CONTACT_PRACTICE
        return (received, CaseStep(number=Step.REVIEW, outcome=found, leads_to=to, done_on=day))
    if case.kind is CaseKind.APPEAL:
        denied = CaseStep(
            number=Step.INSURER_ACTS, outcome=StepOutcome.DENIED, leads_to=Step.APPEAL, done_on=day
        )
        again = CaseStep(
            number=Step.APPEAL, outcome=StepOutcome.NEXT_LEVEL, leads_to=Step.APPEAL, done_on=day
        )
        return (denied, *[again] * max(0, min(case.level, 3) - 1))
    return ()


def outcome_of(step: CaseStep) -> CaseOutcome:
    """How a dispute ends with a step that leads to its resolution."""
    return {
        StepOutcome.APPROVED: CaseOutcome.WON,
        StepOutcome.DECIDED_FOR: CaseOutcome.WON,
        StepOutcome.DECIDED_AGAINST: CaseOutcome.LOST,
        StepOutcome.ABANDONED: CaseOutcome.ABANDONED,
        StepOutcome.WRITTEN_OFF: CaseOutcome.WRITTEN_OFF,
    }.get(step.outcome, CaseOutcome.DONE)


def check_items(kind: CaseKind) -> tuple[Item, ...]:
    """The list of a coverage check or an appointment."""
    if kind is CaseKind.COVERAGE_CHECK:
        return VERIFICATION
    return items_of(SPECIALIST) if kind is CaseKind.APPOINTMENT else ()


def _dispute(case: Case, today: date, calls: Sequence[Call]) -> CaseStanding:
    moves = dispute_flow.moves_of(case)
    found = dispute_flow.standing(
        moves, case.opened_on, today, also_moved=[call.called_on for call in calls]
    )
    rows = tuple(
        StepRow(
            number=each.info.step,
            name=each.info.name,
            who=each.info.who,
            state=each.state,
            words=each.words,
            on=each.on,
            hint=each.info.hint,
        )
        for each in found.steps
    )
    follow_up = _promised(case, calls, today) or found.follow_up_on
    return CaseStanding(
        case=case,
        words=found.words,
        todo=found.current.hint,
        turn=found.turn,
        number=found.current.step,
        steps=rows,
        ways=found.exits,
        last_moved_on=found.last_moved_on,
        follow_up_on=None if found.is_closed else follow_up,
        follow_up_due=not found.is_closed and follow_up is not None and follow_up <= today,
        dispute=found,
    )


def _list(case: Case, today: date, calls: Sequence[Call]) -> CaseStanding:
    """A coverage check or an appointment: ticked items instead of steps."""
    items = check_items(case.kind)
    how_far = ticked(items, case.ticked)
    rows = tuple(
        StepRow(
            number=number,
            name=item.name,
            who="You",
            state=StepState.DONE
            if item.code in case.ticked
            else StepState.NOW
            if item == how_far.following
            else StepState.AHEAD,
            words="Done" if item.code in case.ticked else "",
            hint=item.hint,
        )
        for number, item in enumerate(items, start=1)
    )
    return CaseStanding(
        case=case,
        words=f"{how_far.words[0].upper()}{how_far.words[1:]}",
        todo=how_far.following.name if how_far.following else "Everything on the list is done.",
        turn=Turn.ME,
        number=next((row.number for row in rows if row.state is StepState.NOW), len(rows)),
        steps=rows,
        last_moved_on=_moved(case, calls, today),
    )


def _plain(
    case: Case, papers: Papers, calls: Sequence[Call], claims: Sequence[Claim], back: Cents
) -> CaseStanding:
    today = papers.today
    steps = plain_steps(case.kind)
    asked = [call.called_on for call in calls]
    asked += [step.done_on for step in case.steps if step.outcome is StepOutcome.NOTED]
    progress = reimbursement.progress(case, claims, received=back, asked_on=asked, today=today)
    held = authorizations.held(case, papers.in_force, today)
    number, words = _reached(case, progress, held)
    number = min(max(number, 1), len(steps))
    current = steps[number - 1]
    turn = _plain_turn(case, current.turn, progress, held)
    last = _moved(case, calls, today)
    follow_up = _promised(case, calls, today)
    if follow_up is None and turn in (Turn.PROVIDER, Turn.INSURER):
        follow_up = progress.follow_up_on if progress else last + timedelta(days=QUIET_DAYS)
    rows = tuple(
        StepRow(
            number=each.number,
            name=each.name,
            who={Turn.ME: "You", Turn.PROVIDER: "Practice", Turn.INSURER: "Insurer"}[each.turn],
            state=_state(each.number, number, progress, case.outcome),
            words=_when(case, each.number, number),
            on=_day_of(case, each.number),
            hint=each.hint,
        )
        for each in steps
    )
    return CaseStanding(
        case=case,
        words=words or f"Step {number} of {len(steps)}: {current.name}. {turn.words}.",
        todo=current.hint,
        turn=turn,
        number=number,
        steps=rows,
        last_moved_on=last,
        follow_up_on=follow_up,
        follow_up_due=follow_up is not None and follow_up <= today,
        progress=progress,
        held=held,
    )


def _reached(case: Case, progress: reimbursement.Progress | None, held: Held | None) -> tuple[int, str]:
    """The step a case has reached by its facts, and a line on it where they say more than the step."""
    if progress is not None:
        return progress.step, progress.words
    noted = max((step.leads_to for step in case.steps), default=1)
    if held is None:
        return noted, ""
    if held.stands is Authorized.REQUESTED:
        asked = held.authorization.requested_on is not None
        return (Asked.DECISION if asked or noted > 1 else Asked.REQUEST), ""
    return Asked.USE, f"{held.words}."


def _plain_turn(case: Case, turn: Turn, progress: reimbursement.Progress | None, held: Held | None) -> Turn:
    if progress is not None and progress.stage in (reimbursement.Stage.PAID, reimbursement.Stage.DENIED):
        return Turn.ME  # to close it, or to appeal
    if case.kind is CaseKind.AUTHORIZATION and held and held.stands is Authorized.DENIED:
        return Turn.ME
    return turn


def _state(
    number: int, current: int, progress: reimbursement.Progress | None, outcome: CaseOutcome
) -> StepState:
    paid = progress is not None and progress.stage is reimbursement.Stage.PAID
    if number < current or (number == current and (paid or outcome is not CaseOutcome.OPEN)):
        return StepState.DONE
    return StepState.NOW if number == current else StepState.AHEAD


def _when(case: Case, number: int, current: int) -> str:
    if number == current:
        return "Now"
    if number > current:
        return ""
    day = _day_of(case, number)
    return f"Done {day_text(day)}" if day else "Done"


def _day_of(case: Case, number: int) -> date | None:
    """The day a step is known to have been done: as noted, or as the facts of the case say."""
    days = [step.done_on for step in case.steps if step.number == number]
    if days:
        return max(days)
    if case.kind is CaseKind.REIMBURSEMENT and number == Reimbursed.SEND and case.submission:
        return case.submission.sent_on
    given = case.authorization
    if given is not None:
        return {1: given.requested_on, 2: given.decided_on}.get(number)
    return None


def _moved(case: Case, calls: Sequence[Call], today: date) -> date:
    days = [case.opened_on, *(step.done_on for step in case.steps), *(call.called_on for call in calls)]
    if case.submission and case.submission.sent_on:
        days.append(case.submission.sent_on)
    return max((day for day in days if day <= today), default=case.opened_on)


def _promised(case: Case, calls: Sequence[Call], today: date) -> date | None:
    """The day somebody promised or was to be checked on, where it is the latest word."""
    days = [(call.called_on, call.check_on) for call in calls if call.check_on and not call.checked]
    days += [(step.done_on, step.promised_by) for step in case.steps if step.promised_by]
    last = _moved(case, calls, today)
    waiting = [day for said_on, day in days if day >= today or said_on >= last]
    return min(waiting, default=None)


def _recovered(case: Case, back: Cents) -> Cents:
    """Money back counts as recovered where it is what the case is about."""
    return back if case.kind is CaseKind.REIMBURSEMENT else 0


def _closed(found: CaseStanding) -> CaseStanding:
    case = found.case
    words = OUTCOME_WORDS[case.outcome]
    if case.closed_on:
        words = f"{words} on {day_text(case.closed_on)}"
    return replace(
        found,
        words=f"{words}.",
        todo="",
        turn=Turn.NOBODY,
        ways=(),
        days=(),
        follow_up_on=None,
        follow_up_due=False,
    )


def at_stake_and_recovered(found: Iterable[CaseStanding]) -> tuple[Cents, Cents]:
    """What open cases hang on, and what cases brought back, in all."""
    known = list(found)
    stake = sum(each.case.at_stake or 0 for each in known if not each.is_closed)
    return stake, sum(each.recovered for each in known)
