"""Who an EOB speaks of: the patient, who billed, where, the insurer and the coverage.

A reference is followed to what the file holds; where the file does not hold it, the words beside the
reference are taken. An address such as `Practitioner/1` is never passed off as a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.imports.fhir_bundle import Resources
from tracker.imports.fhir_fields import Json, NotTaken, Remarks, codes, day, obj, objs, text, words

_NAME_ORDER = ("official", "usual", "")
_WHO_GAVE_CARE = ("billing", "rendering", "performing", "primary", "attending", "site")
_NPI_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Party:
    """A provider or payer: name and National Provider Identifier, empty where not told."""

    name: str = ""
    npi: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """The patient, and what the coverage says of them."""

    name: str = ""
    born: date | None = None
    member_number: str = ""
    group_number: str = ""
    plan: str = ""
    payer: str = ""


def member_of(eob: Json, resources: Resources, remarks: Remarks) -> Member:
    """The patient with the coverage that paid."""
    told = obj(eob.get("patient"))
    patient = resources.resolve(told, eob)
    name = person_name(patient) or text(told.get("display"))
    if not name and (address := text(told.get("reference"))) and not address.startswith(("#", "urn:")):
        remarks.add(f"The file names the patient only as {address}.")
    insurance = _that_paid(eob)
    coverage = resources.resolve(insurance.get("coverage"), eob)
    payers = objs(coverage.get("payor"))
    return Member(
        name=name,
        born=_born(patient),
        member_number=_member_number(coverage) or _member_number(patient),
        group_number=_class(coverage, "group", "value"),
        plan=_class(coverage, "plan", "name")
        or _class(coverage, "plan", "value")
        or text(obj(insurance.get("coverage")).get("display"))
        or words(coverage.get("type")),
        payer=party(payers[0], eob, resources).name if payers else "",
    )


def provider_of(eob: Json, resources: Resources, remarks: Remarks) -> Party:
    """Who billed; failing a name, who gave the care."""
    billed = party(eob.get("provider"), eob, resources)
    if billed.name:
        return billed
    team = objs(eob.get("careTeam"))
    for role in _WHO_GAVE_CARE:
        for one in team:
            if role not in codes(one.get("role")):
                continue
            found = party(one.get("provider"), eob, resources)
            if found.name:
                if role != "billing":
                    remarks.add(f"The file does not name who billed; {found.name} gave the care.")
                return Party(found.name, billed.npi or found.npi)
    return billed


def facility_of(eob: Json, resources: Resources) -> str:
    """Where care was given, where a name is told."""
    named = party(eob.get("facility"), eob, resources).name
    if named:
        return named
    for one in objs(eob.get("supportingInfo")):
        if "servicefacility" in codes(one.get("category")):
            return party(one.get("valueReference"), eob, resources).name
    return ""


def insurer_of(eob: Json, resources: Resources) -> str:
    """The insurer's name, or the short name by which it identifies itself."""
    told = obj(eob.get("insurer"))
    return party(told, eob, resources).name or text(obj(told.get("identifier")).get("value"))


def party(reference: object, eob: Json, resources: Resources) -> Party:
    """A person or an organization a reference points to."""
    told = obj(reference)
    found = resources.resolve(told, eob)
    if found.get("resourceType") == "PractitionerRole":
        own = Party(npi=_npi(found))
        for key in ("practitioner", "organization"):
            of_role = obj(found.get(key))
            person = resources.resolve(of_role, eob)
            name = _name_of(person) or text(of_role.get("display"))
            if name:
                return Party(name, _npi(person) or own.npi)
        return Party(text(told.get("display")), own.npi)
    name = _name_of(found) or text(told.get("display"))
    return Party(name, _npi(found) or _npi({"identifier": told.get("identifier")}))


def person_name(person: Json) -> str:
    """A person's name in its usual order, without titles."""
    names = objs(person.get("name"))
    for use in _NAME_ORDER:
        for name in names:
            if use and text(name.get("use")) != use:
                continue
            given = name.get("given")
            parts = [text(one) for one in given] if isinstance(given, list) else [text(given)]
            spelt = " ".join(part for part in (*parts, text(name.get("family"))) if part)
            if found := spelt or text(name.get("text")):
                return found
    return ""


def _name_of(found: Json) -> str:
    return text(found.get("name")) or person_name(found)


def _npi(resource: Json) -> str:
    for one in objs(resource.get("identifier")):
        value = text(one.get("value"))
        system = text(one.get("system")).casefold()
        is_npi = "npi" in codes(one.get("type")) or "npi" in system
        if is_npi and len(value) == _NPI_DIGITS and value.isascii() and value.isdigit() and int(value):
            return value
    return ""


def _born(patient: Json) -> date | None:
    try:
        return day(patient.get("birthDate"), "date of birth", Remarks())
    except NotTaken:
        return None  # no reason to leave a claim out


def _that_paid(eob: Json) -> Json:
    insurances = objs(eob.get("insurance"))
    focal = [one for one in insurances if one.get("focal") is True]
    return (focal or insurances or [{}])[0]


def _member_number(resource: Json) -> str:
    for one in objs(resource.get("identifier")):
        if {"mb", "um"} & set(codes(one.get("type"))) and (value := text(one.get("value"))):
            return value
    return text(resource.get("subscriberId"))


def _class(coverage: Json, kind: str, key: str) -> str:
    for one in objs(coverage.get("class")):
        if kind in codes(one.get("type")) and (found := text(one.get(key))):
            return found
    return ""
