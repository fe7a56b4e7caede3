"""What the sample's household pursues: cases, calls, what was decided on findings, what was put off.

Steps, calls and decisions after today are left out, and a case is open until the day it was closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from tracker.domain.claims.case_days import on_opening
from tracker.domain.claims.cases import opening_steps
from tracker.domain.claims.findings.finding import Finding
from tracker.facts import (
    Authorization,
    Authorized,
    Call,
    Case,
    CaseKind,
    CaseOutcome,
    CaseStep,
    Deadline,
    FindingNote,
    FindingState,
    Snooze,
    StepOutcome,
    Submission,
    Topic,
    Turn,
)
from tracker.services.bundle import Services
from tracker.services.sample_tables import Table, cents, cents_or_none, day_in, day_or_none, toml


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperIds:
    """The papers in the ledger: people by first name, EOBs by number (the originals of corrected ones
    apart), bills by key, visits by `MM-DD Provider`, and the plan of the year."""

    people: Mapping[str, int]
    claims: Mapping[str, int]
    originals: Mapping[str, int]
    bills: Mapping[str, int]
    visits: Mapping[str, int]
    plan_id: int


def add_cases(services: Services, year: int, today: date, ids: PaperIds) -> dict[str, int]:
    """Add everything of `cases.toml` that has happened by today; gives the cases by key."""
    table = _Cases(services, year, today, ids)
    table.add_cases()
    table.add_calls()
    table.add_decisions()
    return table.case_ids


class _Cases:
    def __init__(self, services: Services, year: int, today: date, ids: PaperIds) -> None:
        self._to = services
        self._year = year
        self._today = today
        self._ids = ids
        self._table = toml("cases.toml")
        self.case_ids: dict[str, int] = {}

    def _day(self, item: Table, name: str) -> date | None:
        return day_or_none(self._year, item.get(name, ""))

    def _by_today(self, item: Table, name: str) -> date | None:
        """A day that has come."""
        day = self._day(item, name)
        return day if day is not None and day <= self._today else None

    # cases ---------------------------------------------------------------------------

    def add_cases(self) -> None:
        for item in self._table["case"]:
            if self._by_today(item, "opened"):
                saved = self._to.cases.save(self._case(item), provider=item["provider"])
                assert saved.new_id is not None
                self.case_ids[item["key"]] = saved.new_id

    def _case(self, item: Table) -> Case:
        closed_on = self._by_today(item, "closed")
        case = Case(
            kind=CaseKind(item["kind"]),
            title=item["title"],
            opened_on=day_in(self._year, item["opened"]),
            person_id=self._ids.people[item["person"]],
            plan_id=self._ids.plan_id,
            claim_id=self._ids.claims.get(item.get("eob", "")),
            bill_id=self._ids.bills.get(item.get("bill", "")),
            turn=Turn.NOBODY if closed_on else Turn(item.get("turn", Turn.ME)),
            outcome=CaseOutcome(item["outcome"]) if closed_on else CaseOutcome.OPEN,
            closed_on=closed_on,
            at_stake=cents_or_none(item.get("at_stake", "")),
            recovered=cents_or_none(item.get("recovered", "")) if closed_on else None,
            note=item.get("note", ""),
            authorization=self._authorization(item["authorization"]) if "authorization" in item else None,
            submission=self._submission(item["submission"]) if "submission" in item else None,
            ticked=tuple(item.get("ticked", "").split()),
        )
        steps = tuple(self._steps(item)) or opening_steps(case)
        return replace(case, steps=steps, deadlines=self._deadlines(item, case))

    def _steps(self, item: Table) -> Iterator[CaseStep]:
        for step in item.get("steps", ()):
            if self._by_today(step, "on"):
                yield CaseStep(
                    number=step["number"],
                    outcome=StepOutcome(step.get("outcome", StepOutcome.WENT_ON)),
                    leads_to=step["leads_to"],
                    done_on=day_in(self._year, step["on"]),
                    spoke_with=step.get("spoke_with", ""),
                    reference=step.get("reference", ""),
                    promise=step.get("promise", ""),
                    promised_by=self._day(step, "promised_by"),
                    amount=cents_or_none(step.get("amount", "")),
                    note=step.get("note", ""),
                )

    def _deadlines(self, item: Table, case: Case) -> tuple[Deadline, ...]:
        """The days of the case's own, and those that the law's clocks set when it was opened."""
        own = tuple(
            Deadline(label=day["label"], do_by=day_in(self._year, day["do_by"]))
            for day in item.get("deadlines", ())
        )
        if case.outcome is not CaseOutcome.OPEN:
            return own
        sent_on = case.submission.sent_on if case.submission else None
        if case.submission and sent_on:  # it was opened before it was sent
            case = replace(case, submission=replace(case.submission, sent_on=None))
        claim = self._to.claims.get(case.claim_id) if case.claim_id is not None else None
        bill = self._to.care.bill(case.bill_id) if case.bill_id is not None else None
        clocks = on_opening(case, claim, bill, received_on=self._day(item, "received"))
        return own + tuple(replace(clock, done_on=sent_on) for clock in clocks)

    def _authorization(self, item: Table) -> Authorization:
        decided_on = self._by_today(item, "decided")
        return Authorization(
            stands=Authorized(item["stands"]) if decided_on else Authorized.REQUESTED,
            number=item["number"] if decided_on else "",
            category=item["category"],
            codes=item.get("codes", ""),
            units=item.get("units"),
            units_used=item.get("units_used", 0),
            valid_from=self._day(item, "valid_from") if decided_on else None,
            valid_to=self._day(item, "valid_to") if decided_on else None,
            requested_by=item["requested_by"],
            requested_on=self._day(item, "requested"),
            decided_on=decided_on,
        )

    def _submission(self, item: Table) -> Submission:
        sent_on = self._by_today(item, "sent")
        return Submission(
            charge=cents(item["charge"]),
            expected=cents_or_none(item.get("expected", "")),
            channel=item.get("channel", "") if sent_on else "",
            sent_on=sent_on,
            proof=item.get("proof", "") if sent_on else "",
            gate=tuple(item["gate"].split()),
        )

    # calls ---------------------------------------------------------------------------

    def add_calls(self) -> None:
        for item in self._table["call"]:
            if self._by_today(item, "on"):
                self._to.cases.save_call(self._call(item), organisation=item["organisation"])

    def _call(self, item: Table) -> Call:
        return Call(
            called_on=day_in(self._year, item["on"]),
            began_at=time.fromisoformat(item["began"]),
            minutes=item["minutes"],
            spoke_with=item["spoke_with"],
            reference=item.get("reference", ""),
            topic=Topic(item["topic"]),
            about=item["about"],
            said=item["said"],
            promise=item.get("promise", ""),
            check_on=self._day(item, "check"),
            checked=self._by_today(item, "checked") is not None,
            case_id=self.case_ids.get(item.get("case", "")),
            claim_id=self._ids.claims.get(item.get("eob", "")),
            bill_id=self._ids.bills.get(item.get("bill", "")),
            plan_id=self._ids.plan_id if item.get("plan") else None,
        )

    # findings ------------------------------------------------------------------------

    def add_decisions(self) -> None:
        """What was decided by today on the findings there are, and what was put off."""
        found = [each.finding for each in self._to.findings.all()]
        for item in self._table["finding"]:
            key = self._key(item, found)
            noted_on = self._by_today(item, "on")
            if key and noted_on:
                note = FindingNote(
                    key=key,
                    state=FindingState(item["state"]),
                    reason=item.get("reason", ""),
                    amount=cents_or_none(item.get("amount", "")),
                    case_id=self.case_ids.get(item.get("case", "")),
                    noted_on=noted_on,
                )
                self._to.cases.note_finding(note)
        for item in self._table["snooze"]:
            until = day_in(self._year, item["until"])
            if self._by_today(item, "on") and until > self._today:
                finding = self._key(item, found) if "detector" in item else ""
                key = item["key"].format(finding=finding, eob=self._ids.claims.get(item["eob"]))
                self._to.cases.snooze(Snooze(key=key, until=until, reason=item["reason"]))

    def _key(self, item: Table, found: list[Finding]) -> str:
        """The key of a finding by its detector and what it is about; empty where there is none.

        A finding on an EOB that was corrected since is gone: its key is known all the same.
        """
        if "original_of" in item:
            original = self._ids.originals.get(item["original_of"])
            return f"{item['detector']}:claim:{original}" if original is not None else ""
        claim_id = self._ids.claims.get(item.get("eob", ""))
        bill_id = self._ids.bills.get(item.get("bill", ""))
        visit_id = self._ids.visits.get(item.get("visit", ""))
        for finding in found:
            if finding.detector != item["detector"]:
                continue
            if "bill" in item:
                hit = bill_id is not None and finding.bill_id == bill_id
            elif "visit" in item:
                hit = visit_id is not None and finding.visit_id == visit_id
            elif "eob" in item:
                hit = claim_id is not None and finding.claim_id == claim_id
            else:
                hit = True
            if hit:
                return finding.key
        return ""
