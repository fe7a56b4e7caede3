"""Insurer downloads as FHIR R4 JSON: every ExplanationOfBenefit in a file, and what was not taken.

Why no FHIR model library. `fhir.resources` 8.3 is alive, permissive (BSD), and light to start: 0.13 s
and 26 MB of memory, 0.3 s for the 101 R4 EOBs of the collection this reader was made with. But it
brings pydantic with a compiled core, 37 MB on disk for the few dozen fields read here; it takes a
resource whole or not at all, and refused 6 of the 101, each for a timestamp that matters to nobody;
and it would not save the work, for what an amount means is in category codes of CARIN and Medicare
that no model knows. So this is a thin reader of our own: JSON with exact numbers, and fields that
may be missing, wrong or marked as unknown. It takes all 101, needs nothing more to start, and reads a
year of 1,400 EOBs with twelve lines each (48 MB) in two to three seconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tracker.imports.fhir_bundle import EOB, Resources
from tracker.imports.fhir_eob import eob_of
from tracker.imports.fhir_fields import Json, NotTaken, obj, objs, short, text
from tracker.imports.fhir_older import WHY, is_older
from tracker.imports.fhir_text import Broken, Piece, Unreadable, json_pieces
from tracker.imports.found import Format, FoundEob, FoundFile, FoundProblem, Progress, refused
from tracker.wording import count_of, joined

_STEP = 200
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_WHAT_IT_IS = {
    "AuditEvent": "a record of who looked at data",
    "Claim": "a claim as the provider sent it, without the insurer\u2019s decision",
    "ClaimResponse": "an answer to the provider\u2019s claim",
    "Coverage": "an insurance card",
    "InsurancePlan": "a description of a plan",
    "Invoice": "a bill",
    "Organization": "an entry of a directory",
    "Patient": "a person\u2019s details",
    "PaymentNotice": "a notice of a payment",
    "PaymentReconciliation": "a list of payments to a provider",
    "Practitioner": "an entry of a directory",
    "RelatedPerson": "a person\u2019s details",
}
_ASK = "Ask the insurer for \u201cExplanationOfBenefit\u201d records."


def is_fhir(data: bytes) -> bool:
    """Whether a file looks like FHIR JSON, at a glance; `read_fhir` finds out."""
    return b'"resourceType"' in data or '"resourceType"'.encode("utf-16-le") in data


def read_fhir(data: bytes, name: str, *, progress: Progress | None = None) -> FoundFile:
    """Read every EOB of a file. Raises nothing but what `progress` raises."""
    try:
        pieces = json_pieces(data)
    except Unreadable as why:
        return refused(name, Format.FHIR if is_fhir(data) else Format.UNKNOWN, why.why)
    resources, problems = Resources(), []
    for piece in pieces:
        if isinstance(piece, Broken):
            problems.append(FoundProblem(where=piece.where, why=piece.why))
        else:
            resources.add(piece.value, piece.where)
    if not resources.eobs:
        return _nothing(name, resources, problems)
    if all(is_older(entry.resource) for entry in resources.eobs):
        return replace(refused(name, Format.FHIR, WHY), problems=(FoundProblem(why=WHY), *problems))
    eobs = tuple(_read(resources, problems, progress))
    problems += _of_pages(resources)
    layout = _layout(pieces, resources)
    return FoundFile(name=name, format=Format.FHIR, layout=layout, eobs=eobs, problems=tuple(problems))


@dataclass(frozen=True, slots=True)
class _Kept:
    """An EOB that was read, with when the insurer last changed it."""

    eob: FoundEob
    changed: tuple[datetime, str]


def _read(
    resources: Resources, problems: list[FoundProblem], progress: Progress | None
) -> Iterator[FoundEob]:
    """EOBs in the order of the file, each record once; what is left out goes to the problems."""
    kept: dict[str, _Kept] = {}
    again = 0
    for number, entry in enumerate(resources.eobs):
        if progress and number % _STEP == 0:
            progress(number, len(resources.eobs))
        if is_older(entry.resource):
            problems.append(FoundProblem(where=entry.where, why=WHY))
            continue
        try:
            found = _Kept(eob_of(entry, resources), _changed(entry.resource))
        except NotTaken as why:
            problems.append(FoundProblem(where=entry.where, why=why.why))
            continue
        key = _key(found.eob)
        earlier = kept.get(key)
        if earlier is None:
            kept[key] = found
        elif replace(earlier.eob, where="") == replace(found.eob, where=""):
            again += 1
        else:
            older, newer = sorted((earlier, found), key=lambda one: one.changed)
            kept[key] = newer
            problems.append(_of_two(older, newer))
    if progress:
        progress(len(resources.eobs), len(resources.eobs))
    if again:
        repeated = count_of(again, "EOB is", "EOBs are")
        problems.append(
            FoundProblem(why=f"{repeated} in the file a second time without a change: read once.")
        )
    numbers = Counter(one.eob.id for one in kept.values())
    for one in kept.values():
        others = numbers[one.eob.id] - 1
        if one.eob.id and others:
            same = count_of(others, "other EOB", "other EOBs")
            remark = f"The file has {same} with this claim number."
            yield replace(one.eob, remarks=(*one.eob.remarks, remark))
        else:
            yield one.eob


def _key(eob: FoundEob) -> str:
    """What makes it the same record: its id, or everything where the id is missing or masked by zeros."""
    return eob.record_id if eob.record_id.strip("0-") else repr(replace(eob, where=""))


def _of_two(older: _Kept, newer: _Kept) -> FoundProblem:
    which = "changed last" if older.changed != newer.changed else "further down in the file"
    return FoundProblem(
        where=older.eob.where,
        why="The file has this EOB twice, with different content. "
        f"The one {which} was read: {newer.eob.where}.",
    )


def _changed(eob: Json) -> tuple[datetime, str]:
    """When the record was last changed: by its own account, else when it was created."""
    for moment in (obj(eob.get("meta")).get("lastUpdated"), eob.get("created")):
        try:
            said = datetime.fromisoformat(text(moment))
            said = said if said.tzinfo else said.replace(tzinfo=UTC)
            return said.astimezone(UTC), text(eob.get("created"))
        except (ValueError, OverflowError):
            continue
    return _LONG_AGO, text(eob.get("created"))


def _nothing(name: str, resources: Resources, problems: list[FoundProblem]) -> FoundFile:
    """The answer for a file without EOBs, which names what it holds instead."""
    if resources.outcomes and len(resources.kinds) == 1:
        said = [short(_said(issue)) for one in resources.outcomes for issue in objs(one.get("issue"))]
        told = f": {joined(list(dict.fromkeys(filter(None, said)))[:3])}" if any(said) else ""
        why = f"The insurer\u2019s server answered with an error, not with EOBs{told}. Download again."
    elif resources.kinds:
        why = f"The file holds no explanation of benefits (EOB). It is {_held(resources)}. {_ASK}"
    elif resources.containers:
        why = f"The file holds no explanation of benefits (EOB): its list is empty. {_ASK}"
    else:
        why = "The file is JSON, but not FHIR: it holds no explanation of benefits (EOB)."
        return replace(refused(name, Format.UNKNOWN, why), problems=(FoundProblem(why=why), *problems))
    return replace(refused(name, Format.FHIR, why), problems=(FoundProblem(why=why), *problems))


def _held(resources: Resources) -> str:
    kinds = resources.kinds.most_common()
    if len(kinds) == 1 and kinds[0][1] == 1:
        kind = short(kinds[0][0])
        article = "an" if kind[:1] in "AEIOU" else "a"
        return f"{article} {kind}" + (f", {_WHAT_IT_IS[kind]}" if kind in _WHAT_IT_IS else "")
    named = [f"{number:,} {short(kind)}" for kind, number in kinds[:5]]
    if len(kinds) > 5:
        named.append(f"{len(kinds) - 5:,} other kinds")
    return f"a list of {joined(named)}"


def _said(issue: Json) -> str:
    return text(issue.get("diagnostics")) or text(obj(issue.get("details")).get("text"))


def _of_pages(resources: Resources) -> list[FoundProblem]:
    held = sum(count for count, _ in resources.pages)
    total = max((total for _, total in resources.pages), default=0)
    if not resources.pages or (total and held >= total):
        return []
    of_all = f" of {total:,}" if total else ""
    why = f"The file is one page of a longer list, {held:,}{of_all} entries. Download the other pages too."
    return [FoundProblem(why=why)]


def _layout(pieces: list[Piece | Broken], resources: Resources) -> str:
    if len(pieces) > 1:
        return "FHIR R4, several records"
    return "FHIR R4, Bundle" if resources.containers else f"FHIR R4, {EOB}"
