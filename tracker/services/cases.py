"""Cases, calls, what was decided on findings, and what was put off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.facts import (
    Call,
    Case,
    CaseOutcome,
    CaseStep,
    FindingNote,
    FindingState,
    Snooze,
    Turn,
)
from tracker.money import LARGEST, Cents
from tracker.services import rows, words
from tracker.services.people import provider_id_for
from tracker.storage.ledger import Ledger
from tracker.storage.queries import cases as query
from tracker.wording import count_of


class CaseService:
    """Everything that is pursued until it is settled."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # cases ---------------------------------------------------------------------------

    def all(self, *, open_only: bool = False) -> list[Case]:
        """Cases, the latest first; only those that are not closed where asked."""
        return query.cases(self._ledger.read(), open_only=open_only)

    def get(self, case_id: int) -> Case:
        found = query.case(self._ledger.read(), case_id)
        if found is None:
            raise UserProblem("This case was removed.", "Undo its removal to see it again.")
        return found

    def save(self, case: Case, *, provider: str | None = None) -> Changes:
        """Add or change a case with its steps and days. A provider may be given by name.

        Raises UserProblem for a missing title, days out of order or amounts that cannot be.
        """
        title = words.name(case.title, what="title", field="title")
        _judge(case)
        verb = "Open" if case.id is None else "Change"
        with self._ledger.write(f"{verb} case, {title}") as work:
            from tracker.storage import schema

            judged = case
            if provider is not None:
                name = words.one_line(provider, what="provider", field="provider")
                judged = replace(case, provider_id=provider_id_for(work, name) if name else None)
            work.new_id = rows.put(work.connection, schema.case_file, case.id, rows.values_of(judged))
            for table, facts in (
                (schema.case_step, case.steps),
                (schema.deadline, case.deadlines),
                (schema.authorization, (case.authorization,) if case.authorization else ()),
                (schema.submission, (case.submission,) if case.submission else ()),
            ):
                rows.put_children(work.connection, table, "case_id", work.new_id, facts)
        return work.changes

    def record_step(self, case_id: int, step: CaseStep, *, turn: Turn | None = None) -> Changes:
        """Add a step to a case; the same number again is a further entry of that step."""
        case = self.get(case_id)
        return self.save(replace(case, steps=(*case.steps, step), turn=turn or case.turn))

    def close(
        self, case_id: int, outcome: CaseOutcome, *, on: date, recovered: Cents | None = None
    ) -> Changes:
        """Close a case; what was recovered counts in the totals."""
        case = self.get(case_id)
        kept = case.recovered if recovered is None else recovered
        return self.save(replace(case, outcome=outcome, closed_on=on, recovered=kept))

    def remove(self, ids: list[int]) -> Changes:
        with self._ledger.write(f"Remove {count_of(len(ids), 'case')}") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.case_file, ids)
        return work.changes

    # calls ---------------------------------------------------------------------------

    def calls(self) -> list[Call]:
        """Every call, the latest first."""
        return query.calls(self._ledger.read())

    def call(self, call_id: int) -> Call:
        found = query.call(self._ledger.read(), call_id)
        if found is None:
            raise UserProblem("This call was removed.", "Undo its removal to see it again.")
        return found

    def save_call(self, call: Call, *, organisation: str = "") -> Changes:
        """Add or change a call. Who was called is given by name.

        Raises UserProblem where nothing at all was noted, or for a next check before the call.
        """
        name = words.one_line(organisation, what="name", field="organisation")
        if not (name or call.said.strip() or call.spoke_with.strip() or call.reference.strip()):
            raise UserProblem(
                "Nothing is noted yet.", "Type who you called or what was said.", field="organisation"
            )
        if call.check_on and call.check_on < call.called_on:
            raise UserProblem("The next check lies before the call.", "Check the day.", field="check_on")
        verb = "Log" if call.id is None else "Change"
        with self._ledger.write(f"{verb} call{', ' + name if name else ''}") as work:
            from tracker.storage import schema

            judged = replace(call, provider_id=provider_id_for(work, name) if name else call.provider_id)
            work.new_id = rows.put(work.connection, schema.call, call.id, rows.values_of(judged))
        return work.changes

    def remove_calls(self, ids: list[int]) -> Changes:
        with self._ledger.write(f"Remove {count_of(len(ids), 'call')}") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.call, ids)
        return work.changes

    # findings and attention ----------------------------------------------------------

    def finding_notes(self) -> dict[str, FindingNote]:
        """What the member decided on findings, by the finding's key."""
        return query.finding_notes(self._ledger.read())

    def note_finding(self, note: FindingNote) -> Changes:
        """Keep what was decided on a finding. Dismissing one needs a reason."""
        if note.state is FindingState.DISMISSED and not note.reason.strip():
            raise UserProblem("Say why it is no problem.", "A few words will do.", field="reason")
        with self._ledger.write("Decide on a finding") as work:
            from tracker.storage import schema

            table, values = schema.finding_note, rows.values_of(note)
            work.connection.execute(table.delete().where(table.c.key == values["key"]))
            if note.state is not FindingState.NEW:
                rows.put(work.connection, table, None, values)
        return work.changes

    def snoozes(self) -> dict[str, Snooze]:
        """What was put off, by the item's key."""
        return query.snoozes(self._ledger.read())

    def snooze(self, item: Snooze) -> Changes:
        """Put an item of the attention list off until a day, with a reason."""
        if not item.reason.strip():
            raise UserProblem("Say why it can wait.", "A few words will do.", field="reason")
        if item.until <= self._ledger.today():
            raise UserProblem("Choose a day after today.", "It comes back then.", field="until")
        with self._ledger.write("Put off") as work:
            from tracker.storage import schema

            table, values = schema.snooze, rows.values_of(item)
            work.connection.execute(table.delete().where(table.c.key == values["key"]))
            rows.put(work.connection, table, None, values)
        return work.changes

    def wake(self, key: str) -> Changes:
        """Bring an item back that was put off."""
        with self._ledger.write("Bring back") as work:
            from tracker.storage import schema

            table = schema.snooze
            work.connection.execute(table.delete().where(table.c.key == key))
        return work.changes


def _judge(case: Case) -> None:
    if case.closed_on and case.closed_on < case.opened_on:
        raise UserProblem("The case is closed before it was opened.", "Check the days.", field="closed_on")
    for field in ("at_stake", "recovered"):
        amount = getattr(case, field)
        if amount is not None and not 0 <= amount <= LARGEST:
            raise UserProblem("An amount cannot be negative.", "Check it.", field=field)
    held = case.authorization
    if held and held.valid_from and held.valid_to and held.valid_to < held.valid_from:
        raise UserProblem("It ends before it begins.", "Check the two days.", field="valid_to")
    for deadline in case.deadlines:
        if deadline.last_day and deadline.last_day < deadline.do_by:
            raise UserProblem(
                "The last day lies before the day to do it by.", "Check the two days.", field="do_by"
            )
