"""Coverage checks and calls, prior authorizations and referrals of a plan as rows (rulebook 3.10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.domain.claims.authorizations import Held, held
from tracker.domain.claims.checklists import VERIFICATION, ticked
from tracker.facts import Authorized, Call, Case, CaseKind, CaseOutcome, Claim, Plan, Topic
from ui.models.table import Column

_ASKING = (Topic.VERIFICATION, Topic.AUTHORIZATION)


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A call about coverage, or a coverage check by its list. Exactly one of `call` and `case` is there."""

    key: int
    day: date
    said: str
    asked: str
    spoke_with: str
    reference: str
    call: Call | None = None
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class PermitRow:
    """A prior authorization or a referral and how it stands today."""

    case: Case
    state: Held
    title: str
    provider: str

    @property
    def tone(self) -> str:
        if self.state.stands in (Authorized.DENIED, Authorized.EXPIRED):
            return "bad"
        pressing = self.state.reminder is not None or self.state.nearly_used
        return "warning" if pressing else "good" if self.state.holds else ""


def asked_rows(
    calls: Iterable[Call], cases: Iterable[Case], plan: Plan, names: Mapping[int, str]
) -> list[AskedRow]:
    """What was asked about coverage under a plan, the latest first."""
    known = list(cases)
    checks = {case.id: case for case in known if case.kind is CaseKind.COVERAGE_CHECK}
    rows = [_of_call(call, names) for call in calls if _is_about(call, plan, checks)]
    rows += [_of_check(case, names) for case in checks.values() if case.plan_id in (None, plan.id)]
    return sorted(rows, key=lambda row: (row.day, row.key), reverse=True)


def permit_rows(
    cases: Iterable[Case],
    kind: CaseKind,
    claims: Iterable[Claim],
    plan: Plan,
    names: Mapping[int, str],
    today: date,
) -> list[PermitRow]:
    """The authorizations or referrals under a plan: those that hold first, then the latest."""
    known = tuple(claims)
    rows = []
    for case in cases:
        state = held(case, known, today) if case.kind is kind else None
        if state is not None and case.plan_id in (None, plan.id):
            provider = names.get(case.provider_id or 0, "")
            rows.append(PermitRow(case, state, case.title, provider))
    return sorted(rows, key=lambda row: (not row.state.holds, -row.case.opened_on.toordinal()))


def asked_columns() -> list[Column[AskedRow]]:
    """As in the picture of the page: Date, Insurer said, Asked about, Spoke with, Reference."""
    return [
        Column("Date", lambda row: day_text(row.day), lambda row: row.day),
        Column("Insurer said", lambda row: row.said, stretch=5, tooltip=lambda row: row.said),
        Column("Asked about", lambda row: row.asked, stretch=4, tooltip=lambda row: row.asked),
        Column("Spoke with", lambda row: row.spoke_with, stretch=3, tooltip=lambda row: row.spoke_with),
        Column("Reference", lambda row: row.reference, stretch=1, tooltip=lambda row: row.reference),
    ]


def permit_columns(*, referral: bool) -> list[Column[PermitRow]]:
    """What was approved, for whom, until when, and how much of it is used."""
    found: list[Column[PermitRow]] = [
        Column("For", lambda row: row.title, stretch=4, tooltip=lambda row: row.title),
        Column(
            "To" if referral else "Provider",
            lambda row: row.provider,
            stretch=3,
            tooltip=lambda row: row.provider,
        ),
    ]
    if referral:
        found.append(Column("From", lambda row: row.state.authorization.requested_by, stretch=2))
    else:
        found.append(Column("Codes", lambda row: row.state.authorization.codes, stretch=1))
    return [
        *found,
        Column("Number", lambda row: row.state.authorization.number, stretch=1),
        Column("Visits" if referral else "Units", _used, lambda row: row.state.left, right=True),
        Column("Valid to", _valid_to, lambda row: row.state.authorization.valid_to),
        Column(
            "Stands", lambda row: _stands(row.state), stretch=2, tone=lambda row: row.tone, tooltip=_words
        ),
    ]


def _is_about(call: Call, plan: Plan, checks: Mapping[int | None, Case]) -> bool:
    if call.plan_id is not None and call.plan_id != plan.id:
        return False
    return call.topic in _ASKING or call.plan_id == plan.id or call.case_id in checks


def _of_call(call: Call, names: Mapping[int, str]) -> AskedRow:
    who = [names.get(call.provider_id or 0, ""), call.spoke_with]
    return AskedRow(
        key=call.id or 0,
        day=call.called_on,
        said=" ".join(call.said.split()),
        asked=" ".join(call.about.split()),
        spoke_with=", ".join(part for part in who if part),
        reference=call.reference,
        call=call,
    )


def _of_check(case: Case, names: Mapping[int, str]) -> AskedRow:
    how_far = ticked(VERIFICATION, case.ticked).words
    provider = names.get(case.provider_id or 0, "")
    said = f"Coverage check: {how_far}"
    if case.outcome is not CaseOutcome.OPEN and case.closed_on:
        said += f", closed {day_text(case.closed_on)}"
    asked = ", ".join(part for part in (case.title, provider) if part)
    return AskedRow(-(case.id or 0), case.opened_on, said, asked, "", "", case=case)


def _used(row: PermitRow) -> str:
    units = row.state.authorization.units
    return f"{row.state.used} of {units}" if units else ""


def _valid_to(row: PermitRow) -> str:
    end = row.state.authorization.valid_to
    return day_text(end) if end else ""


def _stands(state: Held) -> str:
    words = state.words.split(";")[0].split(" until ")[0]
    if state.reminder is not None and state.days_left is not None:
        return f"{words}, {state.days_left} days left"
    return words


def _words(row: PermitRow) -> str:
    return row.state.words
