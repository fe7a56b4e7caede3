"""EOBs of files against the ledger: new, known, or a later version of one that is there.

A claim is known by its number, or the record's own id. The same number with other amounts, or with a
later processed day, is a correction: it replaces the last version and the chain stays (rulebook 2.5,
3.1). A cancelled one takes its claim back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.domain.claims.line_sums import AMOUNTS
from tracker.domain.claims.same_paper import plain_number
from tracker.domain.coverage.periods import plan_for
from tracker.domain.importing.likeness import likeness, plain_words
from tracker.domain.importing.money import NAME_LENGTH
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

_GONE = frozenset({"cancelled", "canceled", "entered-in-error", "void", "voided", "reversed"})
_DENIED = ("denied", "deny", "rejected")
_WAITING = ("in process", "in-process", "pending", "pended", "queued", "received", "submitted")
_NO_DECISION = frozenset({"draft"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCare:
    """What of the ledger bears on EOBs."""

    claims: Sequence[Claim] = ()
    people: Sequence[Person] = ()
    providers: Sequence[Provider] = ()
    plans: Sequence[Plan] = ()
    categories: Mapping[str, ServiceCategory] = field(default_factory=dict)


def judge_eobs(files: Sequence[tuple[int, Sequence[FoundEob]]], known: KnownCare) -> list[EobRow]:
    """Every EOB in the order of the files, oldest versions first where files hold several of one."""
    by_number: dict[str, Claim] = {}
    replaced = {claim.replaces_id for claim in known.claims}
    for claim in known.claims:
        if claim.id not in replaced:
            for key in _keys(claim.claim_number, claim.record_id):
                by_number[key] = claim
    rows: list[EobRow] = []
    seen: dict[str, int] = {}
    for file, eobs in files:
        for found in eobs:
            row = _row(len(rows), file, found, known)
            keys = _keys(found.id, found.record_id)
            there = next((by_number[key] for key in keys if key in by_number), None)
            earlier = next((seen[key] for key in keys if key in seen), None)
            if there is not None:
                row = _against(row, there)
            elif earlier is not None:
                row = _repeated(row, rows[earlier])
            for key in keys:
                seen[key] = row.place
            rows.append(row)
    return rows


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


def for_person(row: EobRow, person_id: int, known: KnownCare) -> EobRow:
    """An EOB for the person the member chose, against the claim that is there under its number."""
    draft = draft_of(row.found, person_id, known)
    if draft is None:
        return replace(row, problem="It has no day of service.", needs_person=False)
    row = replace(row, draft=draft, problem="", needs_person=False)
    if row.against is None and row.state is not RowState.NEW:
        return row  # it is a second one of the files, whoever it is for
    take = draft.version is not EobVersion.VOID
    fresh = replace(row, state=RowState.NEW, take=take, why="")
    there = next((claim for claim in known.claims if claim.id == row.against), None)
    return fresh if there is None else _against(fresh, there)


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
    name = provider.name if provider else named or "Unknown provider"
    row = EobRow(
        place=place, file=file, found=found, state=RowState.NEW, draft=None, provider=name, take=False
    )
    if found.status.casefold() in _NO_DECISION:
        return replace(row, problem="It is a draft, not a decision.")
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


def _against(row: EobRow, there: Claim) -> EobRow:
    """An EOB whose number is there: the same once more, a later version, or its cancellation."""
    draft = row.draft
    if draft is None:
        return replace(row, against=there.id)
    if draft.version is EobVersion.VOID:
        if there.version is EobVersion.VOID:
            return replace(
                row, state=RowState.KNOWN, take=False, against=there.id, why="It was taken back already."
            )
        return replace(
            row,
            state=RowState.CHANGED,
            take=True,
            against=there.id,
            draft=replace(draft, replaces_id=there.id),
            why="The insurer took the claim back.",
        )
    changed = [name for name in AMOUNTS if _differs(getattr(draft, name), getattr(there, name))]
    if not changed and draft.stage is there.stage:
        return replace(row, state=RowState.KNOWN, take=False, against=there.id, why="It is there already.")
    words = ", ".join(name.replace("_", " ") for name in changed) or "its stage"
    older = (
        draft.processed_on is not None
        and there.processed_on is not None
        and draft.processed_on < there.processed_on
    )
    if older:
        return replace(
            row,
            state=RowState.KNOWN,
            take=False,
            against=there.id,
            why="A later version of it is there already.",
        )
    return replace(
        row,
        state=RowState.CHANGED,
        take=True,
        against=there.id,
        draft=replace(draft, replaces_id=there.id, version=EobVersion.ADJUSTMENT),
        why=f"A later version: other {words}.",
    )


def _repeated(row: EobRow, first: EobRow) -> EobRow:
    one, two = row.found, first.found
    same = all(getattr(one, name) == getattr(two, name) for name in AMOUNTS) and one.status == two.status
    if same:
        return replace(row, state=RowState.KNOWN, take=False, why="The same EOB is in these files twice.")
    return replace(
        row,
        state=RowState.CHANGED,
        take=False,
        why="These files have its number twice with other amounts; take the one that holds.",
    )


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


def _keys(number: str, record_id: str) -> list[str]:
    """By what an EOB is known: its number, else the record's id."""
    keys = [plain_number(number)] if plain_number(number) else []
    return keys + ([f"record {record_id}"] if record_id else [])


def _differs(one: int | None, two: int | None) -> bool:
    """Whether a file says something else than the ledger; what it does not say is no difference."""
    return one is not None and one != two


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
