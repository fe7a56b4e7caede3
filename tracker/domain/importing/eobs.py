"""EOBs of files as the claims they would become: whose they are, who gave the care, under which plan.

Which of them are there already, or correct one that is, is judged in `eob_versions`.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.domain.coverage.periods import plan_for
from tracker.domain.importing.eob_versions import in_versions
from tracker.domain.importing.likeness import likeness, plain_words
from tracker.domain.importing.proposing import NAME_LENGTH
from tracker.domain.importing.rows import EobRow, RowState
from tracker.domain.importing.services import category_of
from tracker.facts import (
    Claim,
    ClaimStage,
    EobLine,
    EobVersion,
    Network,
    PaidTo,
    Person,
    Plan,
    Provider,
    ProviderKind,
    ServiceCategory,
)
from tracker.facts.found import FoundEob, FoundLine

UNKNOWN = "Unknown provider"
"""Who gave care that no file names a provider of."""
_GONE = frozenset({"cancelled", "canceled", "entered-in-error", "void", "voided", "reversed"})
_DENIED = ("denied", "deny", "rejected")
_WAITING = ("in process", "in-process", "pending", "pended", "queued", "received", "submitted")
_NO_DECISION = frozenset({"draft"})
_BEFORE_CARE = {
    "preauthorization": "It is a prior authorization, not a decision about care that was given.",
    "predetermination": "It is an estimate made before care, not a decision about care that was given.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCare:
    """What of the ledger bears on EOBs. `again` are the numbers of files that were imported before."""

    claims: Sequence[Claim] = ()
    people: Sequence[Person] = ()
    providers: Sequence[Provider] = ()
    plans: Sequence[Plan] = ()
    categories: Mapping[str, ServiceCategory] = field(default_factory=dict)
    again: Container[int] = ()


def judge_eobs(files: Sequence[tuple[int, Sequence[FoundEob]]], known: KnownCare) -> list[EobRow]:
    """Every EOB in the order of the files, each against the ledger and the others."""
    found = ((file, eob) for file, eobs in files for eob in eobs)
    rows = [_row(place, file, eob, known) for place, (file, eob) in enumerate(found)]
    return in_versions(rows, known.claims)


def draft_of(found: FoundEob, person_id: int, known: KnownCare) -> Claim | None:
    """The claim an EOB would become for a person; None without a day of service."""
    first = found.service_from or min(
        (line.service_from for line in found.lines if line.service_from), default=None
    )
    if first is None:
        return None
    last = found.service_to
    provider = provider_of(found, known)
    kind = provider.kind if provider else ProviderKind.OTHER
    plan = plan_for(known.plans, person_id, first)
    status = found.status.casefold()
    stage = _stage(found)
    lines = tuple(_line(line, found, kind, known) for line in found.lines)
    category = lines[0].category if lines else ""
    return Claim(
        claim_number=found.id,
        record_id=found.record_id,
        person_id=person_id,
        provider_id=provider.id or 0 if provider else 0,
        plan_id=plan.id if plan else None,
        network=Network.OUT if found.network == "out" else Network.IN,
        category=category
        or category_of("", found.description, kind=found.kind, provider=kind, categories=known.categories),
        description=(found.description or (lines[0].description if lines else ""))[:200],
        service_from=first,
        service_to=last if last and last > first else None,
        processed_on=found.processed_on if found.processed_on and found.processed_on >= first else None,
        billed=found.billed,
        allowed=found.allowed,
        plan_paid=found.plan_paid,
        deductible=found.deductible,
        copay=found.copay,
        coinsurance=found.coinsurance,
        not_covered=found.not_covered,
        you_owe=found.you_owe,
        other_paid=found.other_paid,
        member_number=found.member_number,
        payment_reference=found.payment_reference,
        paid_to=PaidTo.PROVIDER,
        stage=stage,
        version=EobVersion.VOID if status in _GONE else EobVersion.ORIGINAL,
        reasons=" ".join(found.reasons)[:200],
        note="\n".join(found.remarks),
        lines=lines,
    )


def for_people(rows: Sequence[EobRow], chosen: Mapping[int, int], known: KnownCare) -> list[EobRow]:
    """All the rows, those in `chosen` (place to person) for the people the member named.

    They are judged again together, for one may be a later version of another.
    """
    return in_versions([_for_person(row, chosen.get(row.place), known) for row in rows], known.claims)


def _for_person(row: EobRow, person_id: int | None, known: KnownCare) -> EobRow:
    if person_id is None:
        return row
    draft = draft_of(row.found, person_id, known)
    if draft is None:
        return replace(row, problem="It has no day of service.", needs_person=False)
    return replace(row, draft=draft, problem="", needs_person=False, again=False)


def person_for(found: FoundEob, people: Sequence[Person]) -> Person | None:
    """Whose EOB it is: by name, and by birth date where both say it. With one person it is theirs.

    A birth date that contradicts decides against a person, whatever the name says.
    """
    fits = [
        person
        for person in people
        if found.patient_birth is None
        or person.birth_date is None
        or person.birth_date == found.patient_birth
    ]
    if not found.patient:
        by_birth = [person for person in fits if person.birth_date and found.patient_birth]
        if by_birth:
            return by_birth[0]
        return fits[0] if len(people) == 1 and fits else None
    named = [person for person in fits if _same_person(person.name, found.patient)]
    if named:
        return named[0]
    return None


def provider_of(found: FoundEob, known: KnownCare) -> Provider | None:
    """The provider of the ledger that bills: by NPI, else by a name that is alike."""
    if found.provider_npi:
        by_npi = next((item for item in known.providers if item.npi == found.provider_npi), None)
        if by_npi is not None:
            return by_npi
    name = found.provider or found.facility
    if not name:
        return None
    best = max(known.providers, key=lambda item: likeness(item.name, name), default=None)
    return best if best is not None and likeness(best.name, name) >= 0.85 else None


def _row(place: int, file: int, found: FoundEob, known: KnownCare) -> EobRow:
    person = person_for(found, known.people)
    provider = provider_of(found, known)
    named = " ".join((found.provider or found.facility).split())[:NAME_LENGTH].rstrip()
    name = provider.name if provider else named or UNKNOWN
    row = EobRow(
        place=place,
        file=file,
        found=found,
        state=RowState.NEW,
        draft=None,
        provider=name,
        take=False,
        again=file in known.again,
    )
    if found.status.casefold() in _NO_DECISION:
        return replace(row, problem="It is a draft, not a decision.")
    if found.use in _BEFORE_CARE:
        return replace(row, problem=_BEFORE_CARE[found.use])
    if person is None or person.id is None:
        who = f"\u201c{found.patient}\u201d" if found.patient else "the patient"
        return replace(
            row,
            problem=f"Nobody of the household is {who}. Choose who it is for.",
            needs_person=draft_of(found, 0, known) is not None,
        )
    draft = draft_of(found, person.id, known)
    if draft is None:
        return replace(row, problem="It has no day of service.")
    return replace(row, draft=draft, take=draft.version is not EobVersion.VOID)


def _stage(found: FoundEob) -> ClaimStage:
    said = f"{found.status} {found.outcome}".casefold()
    if any(word in said for word in _DENIED):
        return ClaimStage.DENIED
    if any(word in said for word in _WAITING) and found.plan_paid is None and found.you_owe is None:
        return ClaimStage.IN_PROCESS
    return ClaimStage.PROCESSED


def _line(line: FoundLine, eob: FoundEob, provider: ProviderKind, known: KnownCare) -> EobLine:
    return EobLine(
        description=line.description[:200],
        code=line.code[:40],
        modifiers=line.modifiers[:40],
        units=line.units if line.units and line.units > 0 else 1,
        service_on=line.service_from,
        category=category_of(
            line.code,
            line.description,
            kind=eob.kind,
            provider=provider,
            categories=known.categories,
        ),
        billed=line.billed,
        allowed=line.allowed,
        plan_paid=line.plan_paid,
        deductible=line.deductible,
        copay=line.copay,
        coinsurance=line.coinsurance,
        not_covered=line.not_covered,
        you_owe=line.you_owe,
        reasons=" ".join(line.reasons)[:200],
    )


def _same_person(name: str, patient: str) -> bool:
    """First and last name agree, in any order; a file may cut a first name or give an initial."""
    ours, theirs = plain_words(name), plain_words(patient)
    if not ours or not theirs:
        return False
    shared = set(ours) & set(theirs)
    if len(shared) >= 2:
        return True
    first = ours[0]
    return bool(shared) and any(
        word != next(iter(shared)) and (first.startswith(word) or word.startswith(first)) for word in theirs
    )
