"""The household and the providers."""

from __future__ import annotations

import re
from datetime import date

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.facts import Household, Person, Provider, ProviderKind
from tracker.services import rows, words
from tracker.storage.ledger import Ledger, Work
from tracker.storage.queries import household

_PERSON_USES = {"claims": ("claim", "person_id")}
_PROVIDER_USES = {
    "payments": ("payment", "provider_id"),
    "claims": ("claim", "provider_id"),
    "recurring payments": ("recurring", "provider_id"),
    "memberships": ("membership", "practice_id"),
    "plans": ("plan", "insurer_id"),
}
_FIRST_BIRTH_DATE = date(1900, 1, 1)
_NPI = re.compile(r"\d{10}", re.ASCII)


class PeopleService:
    """Who is in the household, and who gives or insures their care."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def household(self) -> Household:
        """The small facts most pages need: people, plans, memberships, accounts, categories."""
        return household.household(self._ledger.read())

    def people(self) -> list[Person]:
        return household.people(self._ledger.read())

    def providers(self) -> list[Provider]:
        return household.providers(self._ledger.read())

    def save_person(self, person: Person) -> Changes:
        """Add or change a person. Raises UserProblem for a missing name or a birth date that cannot be."""
        cleaned = words.name(person.name)
        if person.birth_date is not None:
            _judge_birth_date(person.birth_date, self._ledger.today())
        with self._ledger.write(f"{_verb(person.id)} person, {cleaned}") as work:
            from tracker.storage import schema

            values = {"name": cleaned, "birth_date": person.birth_date, "position": person.position}
            work.new_id = rows.put(work.connection, schema.person, person.id, values)
        return work.changes

    def remove_person(self, person_id: int) -> Changes:
        """Remove a person without claims; payments keep their amounts and lose the name."""
        with self._ledger.write("Remove person") as work:
            from tracker.storage import schema

            name = _name_of(work, "person", person_id)
            work.words = f"Remove person, {name}"
            rows.require_unused(work.connection, name, person_id, _PERSON_USES)
            rows.remove(work.connection, schema.person, [person_id])
        return work.changes

    def save_provider(self, provider: Provider) -> Changes:
        """Add or change a provider. Raises UserProblem for a missing name or a malformed NPI."""
        cleaned = words.name(provider.name)
        npi = provider.npi.strip()
        if npi and not _NPI.fullmatch(npi):
            raise UserProblem(
                "An NPI has ten digits.", "Check it on the bill, or leave it empty.", field="npi"
            )
        with self._ledger.write(f"{_verb(provider.id)} provider, {cleaned}") as work:
            from tracker.storage import schema

            values = {
                "name": cleaned,
                "kind": provider.kind.value,
                "npi": npi,
                "phone": words.one_line(provider.phone, what="phone number", field="phone"),
                "note": words.note(provider.note),
            }
            work.new_id = rows.put(work.connection, schema.provider, provider.id, values)
        return work.changes

    def remove_provider(self, provider_id: int) -> Changes:
        """Remove a provider that nothing points at."""
        with self._ledger.write("Remove provider") as work:
            from tracker.storage import schema

            name = _name_of(work, "provider", provider_id)
            work.words = f"Remove provider, {name}"
            rows.require_unused(work.connection, name, provider_id, _PROVIDER_USES)
            rows.remove(work.connection, schema.provider, [provider_id])
        return work.changes


def _judge_birth_date(day: date, today: date) -> None:
    if day > today:
        raise UserProblem("The birth date lies in the future.", "Check the year.", field="birth_date")
    if day < _FIRST_BIRTH_DATE:
        raise UserProblem("The birth date lies before 1900.", "Check the year.", field="birth_date")


def provider_id_for(work: Work, name: str, *, kind: ProviderKind = ProviderKind.OTHER) -> int | None:
    """The id of the provider of that name, added within the same change where it is new."""
    cleaned = words.one_line(name, what="name", field="payee")
    if not cleaned:
        return None
    known = work.connection.exec_driver_sql(
        "SELECT id FROM provider WHERE name = ? COLLATE NOCASE ORDER BY id LIMIT 1", (cleaned,)
    ).scalar()
    if known is not None:
        return int(known)
    from tracker.storage import schema

    return rows.put(work.connection, schema.provider, None, {"name": cleaned, "kind": kind.value})


def _name_of(work: Work, table: str, row_id: int) -> str:
    found = work.connection.exec_driver_sql(f"SELECT name FROM {table} WHERE id = ?", (row_id,)).scalar()
    if found is None:
        raise UserProblem("This was already removed.")
    return str(found)


def _verb(row_id: int | None) -> str:
    return "Add" if row_id is None else "Change"
