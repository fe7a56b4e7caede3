"""Nothing that a file can hold makes the FHIR reader raise, hang or keep what no ledger keeps."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.imports.fhir_kit import CARIN, MEDICARE, Json, bundle, concept, eob, item, reasoned, stated, usd
from tracker.imports.fhir import read_fhir
from tracker.imports.found import FoundFile
from tracker.money import LARGEST

SAMPLE: Json = bundle(
    eob(
        item=[
            item(
                1,
                stated("submitted", 120),
                stated("copay", "20.5"),
                reasoned("denialreason", {"code": "CO45"}),
            ),
            item(2, stated(MEDICARE + "line_coinsrnc_amt", 3), net=usd(80), quantity={"value": 1}),
        ],
        adjudication=[
            reasoned("benefitpaymentstatus", {"code": "innetwork"}),
            stated("noncovered", 1, CARIN),
        ],
        related=[{"relationship": concept("prior"), "claim": {"reference": "#k"}}],
        contained=[{"resourceType": "Claim", "id": "k", "identifier": [{"value": "C-0"}]}],
        benefitBalance=[
            {"category": concept("30"), "financial": [{"type": concept("x"), "usedMoney": usd(1)}]}
        ],
        payment={"amount": usd(99), "date": "2026-04-01", "identifier": {"value": "EFT"}},
        patient={"reference": "Patient/p1"},
        careTeam=[{"provider": {"reference": "Patient/p1"}, "role": concept("rendering")}],
        processNote=[{"text": "A note"}],
    ),
    {
        "resourceType": "Patient",
        "id": "p1",
        "name": [{"given": ["Ana"], "family": "Moreno"}],
        "birthDate": "1980",
    },
    total=9,
    link=[{"relation": "next"}],
)
TEXT = json.dumps(SAMPLE).encode()

ODD = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        1e308,
        float("nan"),
        10**30,
        "",
        "x" * 2000,
        "\ud800",
        "\0",
        "2019-02-30",
        "0001-01-01",
        "9999-12-31T23:59:59-14:00",
        "EUR",
        [],
        {},
        [[]],
        [{}],
        [None],
        {"coding": "x"},
        {"coding": [None, 3]},
        {"coding": [{"code": 5}]},
        "#",
        "#k",
        "Patient/p1",
        "Patient?identifier=a|b",
        "?identifier=",
        {"value": "1"},
        {"value": 1e20},
        {"value": []},
        {"reference": 5},
        "Bundle",
        "ExplanationOfBenefit",
        [[{"resourceType": "X"}]],
    ]
)
PIECES = st.sampled_from(
    [
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b"\\",
        b",",
        b":",
        b"null",
        b"1e999999999999",
        b"9" * 300,
        b"NaN",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"[" * 150,
        b'{"a":' * 150,
        b"\n",
        b"\r",
        b"\\u0000",
        b"\\ud800",
        b"case=[",
    ]
)


def checked(data: bytes) -> FoundFile:
    """Read the file, and see that a ledger could keep whatever was found."""
    found = read_fhir(data, "any.json")
    assert found.eobs or found.problems
    for one in (*found.eobs, *(line for each in found.eobs for line in each.lines), *found.problems):
        for field in fields(one):
            value = getattr(one, field.name)
            if isinstance(value, int):
                assert abs(value) <= LARGEST
            elif isinstance(value, str):
                assert "\0" not in value
                value.encode()  # no half of a surrogate pair
    return found


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


PLACES = places(SAMPLE)[1:]
quick = settings(
    deadline=timedelta(seconds=2),
    max_examples=300,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)


@quick
@given(st.lists(st.tuples(st.sampled_from(PLACES), ODD), min_size=1, max_size=6), st.booleans())
def test_fields_of_any_kind(changes: list[tuple[tuple[Any, ...], Any]], is_ascii: bool) -> None:
    changed = json.loads(TEXT)
    for place, odd in changes:
        holder = changed
        try:
            for key in place[:-1]:
                holder = holder[key]
            holder[place[-1]] = odd
        except (IndexError, KeyError, TypeError):
            continue  # an earlier change took the place away
    checked(json.dumps(changed, ensure_ascii=is_ascii).encode("utf-8", "surrogatepass"))


@quick
@given(
    st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, 40), PIECES), min_size=1, max_size=8),
    st.integers(0, len(TEXT) * 2),
)
def test_bytes_of_any_kind(changes: list[tuple[int, int, bytes]], end: int) -> None:
    data = bytearray(TEXT)
    for at, length, piece in changes:
        data[at : at + length] = piece
    checked(bytes(data[:end]))


@quick
@given(st.binary(max_size=400))
def test_no_json_at_all(data: bytes) -> None:
    checked(data)


@quick
@given(
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp037", "utf-7"]),
    st.integers(0, 9),
)
def test_any_encoding_cut_anywhere(encoding: str, cut: int) -> None:
    data = TEXT.decode().encode(encoding)
    checked(data[: len(data) - cut])
