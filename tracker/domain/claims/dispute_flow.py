"""Walking the eleven steps of a dispute: where it stands, what may come next, whose turn (rulebook 3.7).

A case keeps its moves, oldest first; the rest follows from them. Reading never raises, whatever the
moves; adding one with `advance` refuses what the steps do not allow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.dates import day_text
from tracker.domain.claims.dispute_steps import (
    GIVING_UP,
    STEPS,
    AppealLevel,
    Exit,
    Step,
    StepInfo,
    appeal_levels,
    info,
)
from tracker.errors import UserProblem
from tracker.facts import Case, Turn
from tracker.facts import StepOutcome as Outcome

QUIET_DAYS = 14
"""After how many days without any movement a step asks to be followed up."""

_WITHIN = (Outcome.NOTED, Outcome.FILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Something that happened: `step` ended with `outcome` on a day and led to `to`.

    `NOTED` (a call, a letter) and `FILED` (an appeal was sent) stay at the step. A skipped step has
    its `reason`, and so has a case that was given up.
    """

    step: Step
    outcome: Outcome
    to: Step
    on: date
    reason: str = ""


def moves_of(case: Case) -> tuple[Move, ...]:
    """The moves of a stored dispute or appeal; steps of no such number are left out."""
    numbers = {step.value for step in Step}
    return tuple(
        Move(
            step=Step(kept.number),
            outcome=kept.outcome,
            to=Step(kept.leads_to),
            on=kept.done_on,
            reason=kept.reason,
        )
        for kept in case.steps
        if kept.number in numbers and kept.leads_to in numbers
    )


class StepState(StrEnum):
    DONE = "done"
    SKIPPED = "skipped"
    NOW = "now"
    PASSED = "passed"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class ListedStep:
    """One of the eleven for the board and the printout. `on` is the latest day it ended."""

    info: StepInfo
    state: StepState
    words: str
    on: date | None = None
    reason: str = ""
    times: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a case is. `follow_up_on` is None once it is closed; `level` is None before an appeal."""

    current: StepInfo
    turn: Turn
    words: str
    exits: tuple[Exit, ...]
    level: AppealLevel | None
    last_moved_on: date
    follow_up_on: date | None
    follow_up_due: bool
    steps: tuple[ListedStep, ...]

    @property
    def is_closed(self) -> bool:
        return self.current.step is Step.RESOLUTION


def standing(
    moves: Iterable[Move],
    opened_on: date,
    today: date,
    *,
    also_moved: Iterable[date] = (),
    quiet_days: int = QUIET_DAYS,
    internal_levels: int = 2,
) -> Standing:
    """Where a case stands on a day.

    `also_moved` are days of calls and letters kept elsewhere; those after today do not count. A step
    with no movement for `quiet_days` is due to be followed up on that day.
    """
    made = tuple(moves)
    current = current_step(made)
    closed = current is Step.RESOLUTION
    last = max(
        (day for day in (*(move.on for move in made), *also_moved) if day <= today), default=opened_on
    )
    last = max(last, opened_on)
    follow_up = None if closed else last + timedelta(days=quiet_days)
    level = appeal_level(made, internal_levels) if current is Step.APPEAL else None
    turn = _turn(current, made)
    return Standing(
        current=info(current),
        turn=turn,
        words=_words(current, turn, level, made),
        exits=exits(made, internal_levels=internal_levels),
        level=level,
        last_moved_on=last,
        follow_up_on=follow_up,
        follow_up_due=follow_up is not None and follow_up <= today,
        steps=listed(made),
    )


def current_step(moves: tuple[Move, ...]) -> Step:
    """The step a case is at: where its last move led, at first the first step."""
    return moves[-1].to if moves else Step.RECEIVED


def exits(moves: tuple[Move, ...], *, internal_levels: int = 2) -> tuple[Exit, ...]:
    """How the current step may end; none once the case is closed.

    Skipping and giving up are not among them: see `skips` and `GIVING_UP`. After the last level of
    appeal there is no next one.
    """
    found = info(current_step(moves)).exits
    if appeal_level(moves, internal_levels) is AppealLevel.EXTERNAL:
        found = tuple(way for way in found if way.outcome is not Outcome.NEXT_LEVEL)
    return found


def skips(moves: tuple[Move, ...]) -> tuple[Exit, ...]:
    """Where the case may go by skipping the current step: to any later one, or by its own exits."""
    step = current_step(moves)
    if step is Step.RESOLUTION:
        return ()
    to = {*(later for later in Step if later > step), *(way.to for way in info(step).exits)} - {step}
    return tuple(Exit(Outcome.SKIPPED, there, f"Go on to: {info(there).name}.") for there in sorted(to))


def appeal_level(moves: tuple[Move, ...], internal_levels: int = 2) -> AppealLevel:
    """The level an appeal has reached, or would begin at. More moves than levels stay at the last."""
    levels = appeal_levels(internal_levels)
    gone = sum(move.outcome is Outcome.NEXT_LEVEL for move in moves)
    return levels[min(gone, len(levels) - 1)]


def advance(
    moves: tuple[Move, ...],
    outcome: Outcome,
    on: date,
    *,
    to: Step | None = None,
    reason: str = "",
    internal_levels: int = 2,
) -> tuple[Move, ...]:
    """The moves with one more. `to` is needed for a skip only.

    Raises UserProblem where the case is closed, the step cannot end so, a skip or a giving up has no
    reason, or the day is before the last move.
    """
    step = current_step(moves)
    if step is Step.RESOLUTION:
        raise UserProblem("This case is closed.", "Undo its last step to go on.", field="outcome")
    if moves and on < moves[-1].on:
        raise UserProblem(
            f"The step before was on {day_text(moves[-1].on)}.", "Type that day or a later one.", field="on"
        )
    reason = reason.strip()
    if outcome in _WITHIN:
        if outcome is Outcome.FILED and step is not Step.APPEAL:
            raise _not_here(step)
        return (*moves, Move(step=step, outcome=outcome, to=step, on=on, reason=reason))
    ways = (*exits(moves, internal_levels=internal_levels), *GIVING_UP, *skips(moves))
    way = next((way for way in ways if way.outcome is outcome and to in (None, way.to)), None)
    if way is None or (outcome is Outcome.SKIPPED and to is None):
        raise _not_here(step)
    if not reason and outcome in (Outcome.SKIPPED, Outcome.ABANDONED, Outcome.WRITTEN_OFF):
        raise UserProblem("A reason is missing.", "Say in a few words why.", field="reason")
    return (*moves, Move(step=step, outcome=outcome, to=way.to, on=on, reason=reason))


def listed(moves: tuple[Move, ...]) -> tuple[ListedStep, ...]:
    """All eleven steps in order with their state, for the board and the printout.

    A skip counts for every step it leaves out. `PASSED` steps were not needed: an exit led by them.
    A step the case came back to is `NOW`, with the times it ended before.
    """
    current = current_step(moves)
    reached = max((max(move.step, move.to) for move in moves), default=Step.RECEIVED)
    found = []
    for each in STEPS:
        ended = [move for move in moves if move.step is each.step and move.outcome not in _WITHIN]
        last = ended[-1] if ended else _skip_over(each.step, moves)
        times = sum(move.outcome is not Outcome.SKIPPED for move in ended)
        if each.step is current:
            state = StepState.DONE if current is Step.RESOLUTION else StepState.NOW
        elif last is not None:
            state = StepState.SKIPPED if last.outcome is Outcome.SKIPPED else StepState.DONE
        else:
            state = StepState.PASSED if each.step < reached else StepState.AHEAD
        if state is StepState.DONE and last is None:
            last, times = moves[-1], 1  # the resolution itself, reached by the last move
        on, reason = (last.on, last.reason) if last else (None, "")
        found.append(ListedStep(each, state, _listed_words(state, on, reason), on, reason, times))
    return tuple(found)


def _skip_over(step: Step, moves: tuple[Move, ...]) -> Move | None:
    """The latest skip that left a step out on its way."""
    skip = (m for m in reversed(moves) if m.outcome is Outcome.SKIPPED and m.step < step < m.to)
    return next(skip, None)


def _turn(current: Step, moves: tuple[Move, ...]) -> Turn:
    """Who acts at a step. An appeal that was filed is the insurer's, until the next level."""
    if current is Step.APPEAL:
        latest = next((m.outcome for m in reversed(moves) if m.outcome is not Outcome.NOTED), None)
        return Turn.INSURER if latest is Outcome.FILED else Turn.ME
    return info(current).turn


def _words(current: Step, turn: Turn, level: AppealLevel | None, moves: tuple[Move, ...]) -> str:
    """One line on where it stands: `Step 7 of 11: Insurer reviews claim. The insurer's turn.`"""
    if current is Step.RESOLUTION:
        return f"Closed on {day_text(moves[-1].on)}: {_ENDED.get(moves[-1].outcome, 'resolved')}."
    name = info(current).name
    if level is not None:
        name += f" ({level.words.casefold()}{', filed' if turn is Turn.INSURER else ''})"
    return f"Step {current.value} of {len(STEPS)}: {name}. {turn.words}."


def _listed_words(state: StepState, on: date | None, reason: str) -> str:
    day = f" {day_text(on)}" if on else ""
    match state:
        case StepState.DONE:
            return f"Done{day}"
        case StepState.SKIPPED:
            return f"Skipped{day}: {reason}" if reason else f"Skipped{day}"
        case StepState.NOW:
            return "Now"
        case StepState.PASSED:
            return "Not needed"
        case StepState.AHEAD:
            return ""


def _not_here(step: Step) -> UserProblem:
    return UserProblem(
        f"Step {step.value}, {info(step).name}, cannot end like that.",
        "Choose one of the next steps it offers.",
        field="outcome",
    )


_ENDED = {
    Outcome.NONE_FOUND: "nothing was wrong",
    Outcome.EXPLAINED: "you accepted the explanation",
    Outcome.APPROVED: "approved",
    Outcome.DECIDED_FOR: "the appeal was won",
    Outcome.DECIDED_AGAINST: "the appeal was lost",
    Outcome.WRITTEN_OFF: "written off",
    Outcome.ABANDONED: "given up",
}
