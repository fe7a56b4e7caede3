"""Which EOBs of files are there already, and which are later versions of a claim, or of each other.

A claim is known by its number, or the record's own id. The same number with other amounts and a later
processed day is a correction; so is an EOB that names another claim as the one it takes the place of. The
chain stays and only its last version counts (rulebook 2.5, 3.1). A cancelled one takes its claim back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tracker.domain.claims.line_sums import AMOUNTS
from tracker.domain.claims.same_paper import plain_number
from tracker.domain.importing.rows import EobRow, RowState
from tracker.facts import Claim, EobVersion


def in_versions(rows: Sequence[EobRow], claims: Iterable[Claim]) -> list[EobRow]:
    """The rows as they stand, each against the ledger and the other files, the oldest version first."""
    ledger = _Ledger(claims)
    decided = [_fresh(row) for row in rows]
    latest: dict[str, int] = {}
    for at in _oldest_first(decided):
        row = decided[at]
        if row.draft is None and not row.needs_person:
            continue  # no decision of an insurer, or nothing that can be kept
        fresh = _judged(row, decided, latest, ledger)
        if fresh.again and fresh.take and fresh.state is RowState.NEW:
            why = "It was left out when this file was imported before."
            fresh = replace(fresh, take=False, why=why)
        decided[at] = fresh
        is_undecided = fresh.state is RowState.CHANGED and fresh.draft is not None and not fresh.take
        if fresh.state is not RowState.KNOWN and not is_undecided:
            for key in _keys(row.found.id, row.found.record_id):
                latest[key] = at
    return decided


def _fresh(row: EobRow) -> EobRow:
    """A row as it was before it was set against anything, for the person it is for now."""
    draft = row.draft
    if draft is not None:
        is_void = draft.version is EobVersion.VOID
        version = EobVersion.VOID if is_void else EobVersion.ORIGINAL
        draft = replace(draft, version=version, replaces_id=None)
    take = draft is not None and draft.version is not EobVersion.VOID and not row.problem
    return replace(row, state=RowState.NEW, draft=draft, take=take, against=None, follows=None, why="")


def _judged(row: EobRow, rows: Sequence[EobRow], latest: dict[str, int], ledger: _Ledger) -> EobRow:
    own = _keys(row.found.id, row.found.record_id)
    chain = ledger.find(row, own)
    earlier = _earlier(row, rows, latest, own)
    if chain and (known := _known(row, chain)) is not None:
        return known
    takes_place = False
    is_void = row.draft is not None and row.draft.version is EobVersion.VOID
    if earlier is None and not chain and row.found.replaces and not is_void:
        replaced = _keys(row.found.replaces, row.found.replaces)
        takes_place = True
        chain = ledger.find(row, replaced)
        earlier = _earlier(row, rows, latest, replaced)
    if earlier is not None:
        return _after(row, earlier, chain, takes_place=takes_place)
    if chain:
        return _correcting(row, chain[-1], takes_place=takes_place)
    if is_void:
        return replace(row, why="The insurer cancelled it, and it is not in your ledger.")
    return row


def _known(row: EobRow, chain: Sequence[Claim]) -> EobRow | None:
    """The row where a version of the ledger is the same, or a later one than it; None where it is news."""
    draft, last = row.draft, chain[-1]
    if draft is None:
        return replace(row, against=last.id)  # compared once it is known whose it is
    is_void = draft.version is EobVersion.VOID
    again = (
        last.version is EobVersion.VOID
        and not is_void
        and plain_number(last.claim_number) == plain_number(draft.claim_number)
        and _is_later(draft, last)
    )
    same = None if again else next((claim for claim in reversed(chain) if _is_it(draft, claim)), None)
    if same is not None:
        why = "It was taken back already." if is_void else "It is there already."
        if same is not last:
            why = "A later version of it is there already."
        return replace(row, state=RowState.KNOWN, take=False, against=same.id, why=why)
    if _is_later(last, draft):
        why = "A later version of it is there already."
        return replace(row, state=RowState.KNOWN, take=False, against=last.id, why=why)
    return None


def _correcting(row: EobRow, there: Claim, *, takes_place: bool) -> EobRow:
    """A later version of a claim of the ledger, or its cancellation."""
    draft = row.draft
    if draft is None:
        return replace(row, against=there.id)
    if draft.version is EobVersion.VOID:
        version, why = EobVersion.VOID, "The insurer took the claim back."
    elif takes_place:
        version, why = EobVersion.ADJUSTMENT, f"It takes the place of claim {row.found.replaces}."
    else:
        version, why = EobVersion.ADJUSTMENT, f"A later version: other {_changed(draft, there)}."
    return replace(
        row,
        state=RowState.CHANGED,
        # Of a file that was imported before, it is one the member decided against.
        take=not row.problem and not (row.again and not _is_later(draft, there)),
        against=there.id,
        draft=replace(draft, replaces_id=there.id, version=version),
        why=why,
    )


def _after(row: EobRow, earlier: EobRow, chain: Sequence[Claim], *, takes_place: bool) -> EobRow:
    """An EOB that these files have in an earlier version, or twice."""
    one, two, draft = row.found, earlier.found, row.draft
    same = all(getattr(one, name) == getattr(two, name) for name in AMOUNTS) and one.status == two.status
    if same and not takes_place:
        return replace(row, state=RowState.KNOWN, take=False, why="The same EOB is in these files twice.")
    if draft is None or earlier.draft is None:
        return replace(row, follows=earlier.place)
    is_void = draft.version is EobVersion.VOID
    is_later = takes_place or _is_later(draft, earlier.draft)
    if not is_later:
        why = "These files have its number twice with other amounts; take the one that holds."
        if is_void:
            why = "These files have it twice, once cancelled; tick this one if it was taken back."
    elif is_void:
        why = "The insurer took back the one in these files."
    elif takes_place:
        why = f"It takes the place of claim {one.replaces}, which is in these files too."
    else:
        why = f"A later version of one in these files: other {_changed(draft, earlier.draft)}."
    last = chain[-1].id if chain else None
    version = EobVersion.VOID if is_void else EobVersion.ADJUSTMENT
    return replace(
        row,
        state=RowState.CHANGED,
        take=is_later and not row.problem,
        against=last,
        follows=earlier.place,
        draft=replace(draft, replaces_id=last, version=version),
        why=why,
    )


def _earlier(
    row: EobRow, rows: Sequence[EobRow], latest: dict[str, int], keys: Iterable[str]
) -> EobRow | None:
    """The last version before this one in the files. One that was cancelled before is no version."""
    for key in keys:
        if key not in latest:
            continue
        found = rows[latest[key]]
        if found.state is RowState.NEW and found.draft and found.draft.version is EobVersion.VOID:
            continue
        one, two = row.draft, found.draft
        if one is None or two is None or _may_be(one, two):
            return found
    return None


class _Ledger:
    """The claims that are there as chains of versions, the oldest first, by what they are known by."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        by_id = {claim.id: claim for claim in claims}
        chains: dict[int | None, list[Claim]] = {}
        self._by_key: dict[str, list[list[Claim]]] = {}
        for claim in sorted(by_id.values(), key=lambda claim: claim.id or 0):
            first, seen = claim, {claim.id}
            while first.replaces_id in by_id and first.replaces_id not in seen:
                first = by_id[first.replaces_id]
                seen.add(first.id)
            chain = chains.setdefault(first.id, [])
            chain.append(claim)
            for key in _keys(claim.claim_number, claim.record_id):
                held = self._by_key.setdefault(key, [])
                if not any(chain is other for other in held):
                    held.append(chain)

    def find(self, row: EobRow, keys: Iterable[str]) -> list[Claim]:
        """The versions of the claim with one of the keys; empty where it is not there."""
        for key in keys:
            for chain in reversed(self._by_key.get(key, ())):
                if row.draft is None or _may_be(row.draft, chain[-1]):
                    return chain
        return []


def _may_be(one: Claim, two: Claim) -> bool:
    """Whether claims with a number in common may be one: two insurers may give the same number."""
    return one.person_id == two.person_id or one.service_from == two.service_from


def _is_it(draft: Claim, there: Claim) -> bool:
    """Whether a version says the same; what a file does not say is no difference."""
    if (draft.version is EobVersion.VOID) != (there.version is EobVersion.VOID):
        return False
    return draft.version is EobVersion.VOID or (
        draft.stage is there.stage and not any(_differing(draft, there))
    )


def _differing(one: Claim, two: Claim) -> Iterable[str]:
    for name in AMOUNTS:
        said = getattr(one, name)
        if said is not None and said != getattr(two, name):
            yield name


def _changed(one: Claim, two: Claim) -> str:
    return ", ".join(name.replace("_", " ") for name in _differing(one, two)) or "stage"


def _is_later(one: Claim, two: Claim) -> bool:
    """Whether one was surely processed after the other."""
    return bool(one.processed_on and two.processed_on and one.processed_on > two.processed_on)


def _oldest_first(rows: Sequence[EobRow]) -> list[int]:
    """The rows by the day they were processed; claims that take the place of others come after those."""
    later = {plain_number(row.found.id) for row in rows if _names_another(row)}

    def order(at: int) -> tuple[bool, date, int]:
        found = rows[at].found
        return plain_number(found.id) in later, found.processed_on or date.min, at

    return sorted(range(len(rows)), key=order)


def _names_another(row: EobRow) -> bool:
    found = row.found
    own = (plain_number(found.id), plain_number(found.record_id))
    return bool(found.replaces) and plain_number(found.replaces) not in own


def _keys(number: str, record_id: str) -> list[str]:
    """By what an EOB is known: its number, else the record's id."""
    keys = [plain_number(number)] if plain_number(number) else []
    return keys + ([f"record {record_id}"] if record_id else [])
