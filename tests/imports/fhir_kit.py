"""Small FHIR EOBs of our own for tests, built from what a test is about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tracker.imports.fhir import read_fhir
from tracker.imports.found import FoundEob, FoundFile

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "eob"
"""Other people's EOBs, where they lie beside the project."""

Json = dict[str, Any]

HL7 = "http://terminology.hl7.org/CodeSystem/adjudication"
CARIN = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"
STATUS = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBPayerAdjudicationStatus"
MEDICARE = "https://bluebutton.cms.gov/resources/variables/"


def fixture(path: str) -> bytes:
    """A file of the collection, or a skipped test."""
    file = FOLDER / path
    if not file.exists():
        pytest.skip(f"{path} does not lie beside the project")
    return file.read_bytes()


def concept(code: str, system: str = HL7, **more: str) -> Json:
    return {"coding": [{"system": system, "code": code, **more}]}


def usd(value: object) -> Json:
    return {"value": value, "currency": "USD"}


def stated(code: str, value: object, system: str = HL7) -> Json:
    """A total or an adjudication."""
    return {"category": concept(code, system), "amount": usd(value)}


def reasoned(category: str, *reasons: Json) -> Json:
    return {"category": concept(category), "reason": {"coding": list(reasons)}}


def item(number: int = 1, *adjudications: Json, **more: Any) -> Json:
    return {
        "sequence": number,
        "productOrService": concept("99213", "http://www.ama-assn.org/go/cpt"),
        "servicedDate": "2026-03-04",
        "adjudication": list(adjudications),
        **more,
    }


def eob(**more: Any) -> Json:
    """A claim of $200.00 for a visit, with nothing but what every EOB has."""
    return {
        "resourceType": "ExplanationOfBenefit",
        "id": "eob-1",
        "identifier": [{"type": concept("uc"), "value": "C-1"}],
        "status": "active",
        "type": concept("professional", "http://terminology.hl7.org/CodeSystem/claim-type"),
        "use": "claim",
        "patient": {"display": "Ana Moreno"},
        "billablePeriod": {"start": "2026-03-04", "end": "2026-03-04"},
        "created": "2026-03-20T10:00:00Z",
        "insurer": {"display": "Acme Health"},
        "provider": {"display": "Lakeside Clinic"},
        "outcome": "complete",
        "insurance": [{"focal": True, "coverage": {"display": "Gold"}}],
        "total": [stated("submitted", 200)],
        **more,
    }


def bundle(*resources: Json, **more: Any) -> Json:
    entries = [
        {"fullUrl": f"https://payer.example/{one['resourceType']}/{one.get('id')}", "resource": one}
        for one in resources
    ]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entries, **more}


def read(content: Any) -> FoundFile:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read_fhir(data, "download.json")


def only(**more: Any) -> FoundEob:
    """The one EOB of a file that holds nothing but it, taken without a problem."""
    found = read(eob(**more))
    assert found.problems == ()
    (one,) = found.eobs
    return one


def why(content: Any) -> str:
    """The reason why a file was refused."""
    found = read(content)
    assert found.eobs == ()
    (problem,) = found.problems
    return problem.why
