"""What a case looks like once a letter of it was sent: a step, the next date, whose turn it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.dates import day_text
from tracker.domain.claims.dispute_flow import advance, current_step, moves_of
from tracker.domain.claims.dispute_steps import Step
from tracker.domain.claims.letters import LetterKind
from tracker.errors import UserProblem
from tracker.facts import Case, CaseKind, CaseOutcome, CaseStep, Deadline, StepOutcome, Turn

_APPEALS = (LetterKind.INTERNAL_APPEAL, LetterKind.EXTERNAL_REVIEW)
_BY_STEPS = (CaseKind.DISPUTE, CaseKind.APPEAL)
_TO_INSURER = (*_APPEALS, LetterKind.CLAIM_INQUIRY, LetterKind.CLAIM_COVER)


def can_note(case: Case | None) -> bool:
    """Whether a letter can still be noted in a case: only while it is open."""
    if case is None or case.outcome is not CaseOutcome.OPEN:
        return False
    return case.kind not in _BY_STEPS or current_step(moves_of(case)) is not Step.RESOLUTION


def with_letter(case: Case, kind: LetterKind, name: str, on: date, follow_up: date | None) -> Case:
    """The case with the letter as an entry of its current step, and a day to follow it up.

    An appeal letter at the step of appeals files the appeal. Raises UserProblem for a day before the
    last step (`field` is "on") and for a follow-up before the letter (`follow_up`).
    """
    if follow_up is not None and follow_up < on:
        raise UserProblem("The follow-up lies before the letter.", "Choose a later day.", field="follow_up")
    step = _step(case, kind, on)
    note = f"Letter sent: {name}."
    deadlines = case.deadlines
    if follow_up is not None:
        deadlines += (
            Deadline(label=f"Answer to: {name}", do_by=follow_up, why=f"Sent on {day_text(on)}."),
        )
    turn = Turn.INSURER if kind in _TO_INSURER else Turn.PROVIDER
    return replace(case, steps=(*case.steps, replace(step, note=note)), deadlines=deadlines, turn=turn)


def _step(case: Case, kind: LetterKind, on: date) -> CaseStep:
    if case.kind not in _BY_STEPS:
        last = case.steps[-1].leads_to if case.steps else 1
        return CaseStep(number=last, outcome=StepOutcome.NOTED, leads_to=last, done_on=on)
    moves = moves_of(case)
    files = kind in _APPEALS and current_step(moves) is Step.APPEAL
    made = advance(moves, StepOutcome.FILED if files else StepOutcome.NOTED, on)[-1]
    return CaseStep(number=made.step.value, outcome=made.outcome, leads_to=made.to.value, done_on=made.on)
