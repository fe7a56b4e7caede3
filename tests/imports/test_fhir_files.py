"""FHIR files in every shape: bundles, lists, lines, wrong encodings, broken, deep, older, empty."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.imports.fhir_kit import Json, bundle, concept, eob, item, read, stated, usd, why
from tracker.errors import Cancelled
from tracker.imports.fhir import read_fhir
from tracker.imports.found import Format


def numbered(number: int, **more: Any) -> Json:
    return eob(id=f"eob-{number}", identifier=[{"type": concept("uc"), "value": f"C-{number}"}], **more)


THREE = [numbered(1), numbered(2), numbered(3)]
NAMES = ["C-1", "C-2", "C-3"]


@pytest.mark.parametrize("kind", ["searchset", "collection", "transaction", "batch"])
def test_a_bundle_of_any_type(kind: str) -> None:
    found = read(bundle(*THREE, type=kind))
    assert [one.id for one in found.eobs] == NAMES
    assert found.eobs[1].where == "entry 2, ExplanationOfBenefit eob-2"
    assert found.problems == ()
    assert found.layout == "FHIR R4, Bundle"


def test_bundles_in_bundles_lists_and_wrappings() -> None:
    nested = bundle(numbered(1), bundle(numbered(2), bundle(numbered(3))))
    assert [one.id for one in read(nested).eobs] == NAMES
    assert [one.id for one in read(THREE).eobs] == NAMES
    wrapped = {"status": "ok", "data": {"claims": bundle(*THREE), "count": 3}}
    found = read(wrapped)
    assert [one.id for one in found.eobs] == NAMES
    assert found.eobs[0].where == "data, claims, entry 1, ExplanationOfBenefit eob-1"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\r"])
def test_a_record_a_line(end: str) -> None:
    data = end.join(json.dumps(one) for one in THREE).encode()
    found = read(data + end.encode())
    assert [one.id for one in found.eobs] == NAMES
    assert found.problems == ()


def test_a_broken_line_is_named_and_the_others_are_read() -> None:
    lines = [json.dumps(one) for one in THREE]
    lines[1] = lines[1][:200]
    found = read("\n".join(lines).encode())
    assert [one.id for one in found.eobs] == ["C-1", "C-3"]
    (problem,) = found.problems
    assert (problem.where, problem.why) == ("line 2", "This line is not JSON that can be read.")


def test_values_behind_names_one_after_the_other() -> None:
    data = "\n\n".join(
        f"server.Test.case{n}[1]=[\n{json.dumps(one, indent=2)}\n]" for n, one in enumerate(THREE)
    )
    found = read(data.encode())
    assert [one.id for one in found.eobs] == NAMES
    cut = read(data.encode()[:-30])
    assert [one.id for one in cut.eobs] == ["C-1", "C-2"]
    assert "From here on" in cut.problems[0].why


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings(encoding: str) -> None:
    content = json.dumps(eob(patient={"display": "Zoë Müller"}), ensure_ascii=False)
    (found,) = read(content.encode(encoding)).eobs
    assert found.patient == "Zoë Müller"


def test_letters_no_database_keeps() -> None:
    (found,) = read(eob(patient={"display": "A\ud800na\0 \n Moreno"})).eobs
    assert found.patient == "A?na Moreno"


# Refused

EMPTY = "The file is empty."


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", EMPTY),
        (b" \r\n\t ", EMPTY),
        (b"\xef\xbb\xbf", EMPTY),
        (b"\0" * 4000, EMPTY),
        (b"%PDF-1.7 \xff\xfe", "not JSON that can be read"),
        (b'<Bundle xmlns="http://hl7.org/fhir"/>', "FHIR as XML"),
        (b"<!DOCTYPE html><title>Sign in</title>", "XML or a web page"),
        (b'{"resourceType": "Bundle", "entry": [{', "breaks off before its end"),
        (b'{"resourceType": "Bun', "breaks off before its end"),
        (b'{\n"resourceType": "Bundle",\n"entry": oops}', "see line 3"),
        (b"{}", "not FHIR"),
        (b"[]", "not FHIR"),
        (b"null", "not FHIR"),
        (b'{"accounts": [{"name": "HSA"}]}', "not FHIR"),
        (b'{"resourceType": "Bundle", "entry": []}', "its list is empty"),
        (b'{"resourceType": "Bundle", "total": 0}', "its list is empty"),
        (b'{"resourceType": "Patient"}', "It is a Patient, a person\u2019s details."),
        (b'{"resourceType": "Observation"}', "It is an Observation."),
    ],
)
def test_what_is_no_eob_is_refused_with_its_reason(data: bytes, part: str) -> None:
    assert part in why(data)


def test_a_list_of_other_things_is_counted() -> None:
    others: list[Json] = [{"resourceType": kind, "id": "1"} for kind in ("Claim", "Coverage", "Coverage")]
    assert "It is a list of 2 Coverage and 1 Claim." in why(bundle(*others))


def test_an_error_of_the_server_is_passed_on() -> None:
    outcome = {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "diagnostics": "Token expired"}],
    }
    assert "answered with an error, not with EOBs: Token expired" in why(outcome)


@pytest.mark.parametrize(
    "older",
    [
        {"totalCost": usd(5)},
        {"information": []},
        {"hospitalization": {}},
        {"outcome": concept("complete")},
        {"insurance": {"coverage": {"reference": "Coverage/1"}}},
        {"item": [{"sequence": 1, "service": concept("99213")}]},
        {"item": [{"sequence": 1, "careTeamLinkId": [1]}]},
    ],
)
def test_an_older_version_is_refused_with_what_to_ask_for(older: Json) -> None:
    reason = why(eob(**older))
    assert "STU3" in reason
    assert "FHIR R4" in reason
    assert "version 2" in reason


def test_an_older_one_among_others_is_left_out_with_its_place() -> None:
    found = read(bundle(numbered(1), numbered(2, totalCost=usd(5))))
    assert [one.id for one in found.eobs] == ["C-1"]
    assert found.problems[0].where == "entry 2, ExplanationOfBenefit eob-2"


@pytest.mark.parametrize("sign", ["[", '{"a":', '{"resourceType":"Bundle","entry":[{"resource":'])
@pytest.mark.parametrize("times", [150, 100_000])
def test_deep_nesting_is_refused_at_once(sign: str, times: int) -> None:
    begun = time.perf_counter()
    assert "levels deep" in why((sign * times).encode())
    assert time.perf_counter() - begun < 2


def test_brackets_in_text_are_no_nesting() -> None:
    (found,) = read(eob(patient={"display": '[{"\\' * 200})).eobs
    assert found.patient.startswith('[{"\\')


def test_a_million_quotes_do_not_hang() -> None:
    begun = time.perf_counter()
    assert "breaks off" in why(b'{"a": "' + b'\\"' * 1_000_000)
    assert time.perf_counter() - begun < 5


# More than one of the same


def test_the_same_record_twice_is_read_once() -> None:
    found = read(bundle(numbered(1), numbered(1), numbered(2)))
    assert [one.id for one in found.eobs] == ["C-1", "C-2"]
    assert [one.why for one in found.problems] == [
        "1 EOB is in the file a second time without a change: read once."
    ]


@pytest.mark.parametrize("is_newer_first", [True, False])
def test_of_two_versions_the_last_changed_is_read(is_newer_first: bool) -> None:
    newer = numbered(1, meta={"lastUpdated": "2026-05-01T00:00:00Z"}, total=[stated("submitted", 300)])
    older = numbered(1, meta={"lastUpdated": "2026-05-01T03:00:00+05:00"})  # later only by the clock there
    found = read(bundle(*([newer, older] if is_newer_first else [older, newer])))
    assert [one.billed for one in found.eobs] == [300_00]
    (problem,) = found.problems
    assert "twice, with different content" in problem.why
    assert "changed last" in problem.why
    assert problem.where.startswith("entry 2" if is_newer_first else "entry 1")


def test_without_a_time_of_change_the_day_of_creation_decides() -> None:
    found = read([numbered(1, created="2026-06-01", total=[stated("submitted", 300)]), numbered(1)])
    assert [one.billed for one in found.eobs] == [300_00]


def test_masked_ids_are_no_ids() -> None:
    zeros = "00000000-0000-0000-0000-000000000000"
    found = read([{**numbered(1), "id": zeros}, {**numbered(2), "id": zeros}])
    assert [one.id for one in found.eobs] == ["C-1", "C-2"]
    assert found.problems == ()


def test_records_with_one_claim_number_say_so() -> None:
    found = read([numbered(1), {**numbered(1), "id": "eob-9"}, numbered(2)])
    assert [one.record_id for one in found.eobs] == ["eob-1", "eob-9", "eob-2"]
    assert "The file has 1 other EOB with this claim number." in found.eobs[0].remarks
    assert found.eobs[2].remarks == ()


def test_one_page_of_a_longer_list_says_so() -> None:
    link = [{"relation": "self", "url": "x"}, {"relation": "next", "url": "y"}]
    found = read(bundle(*THREE, total=51, link=link))
    assert len(found.eobs) == 3
    assert found.problems[0].why == (
        "The file is one page of a longer list, 3 of 51 entries. Download the other pages too."
    )
    assert read(bundle(*THREE, total=3, link=link)).problems == ()
    pages = [bundle(*THREE[:2], total=3, link=link), bundle(THREE[2], total=3)]
    assert [one.id for one in read(pages).eobs] == NAMES


# Long files


def test_1_400_eobs_are_read_within_20_seconds_and_can_be_cancelled() -> None:
    lines = [
        item(n, stated("submitted", "80.55"), stated("benefit", 60), stated("copay", 20))
        for n in range(1, 13)
    ]
    padding = [{"sequence": n, "category": concept("info"), "valueString": "x" * 500} for n in range(40)]
    many = bundle(*(numbered(n, item=lines, supportingInfo=padding) for n in range(1_400)))
    data = json.dumps(many).encode()
    told: list[tuple[int, int]] = []
    begun = time.perf_counter()
    found = read_fhir(data, "year.json", progress=lambda done, total: told.append((done, total)))
    assert time.perf_counter() - begun < 20
    assert len(found.eobs) == 1_400
    assert told[0] == (0, 1_400)
    assert told[-1] == (1_400, 1_400)

    def stop(done: int, _total: int) -> None:
        if done > 400:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_fhir(data, "year.json", progress=stop)


def test_the_name_is_kept() -> None:
    found = read_fhir(json.dumps(eob()).encode(), "march.json")
    assert (found.name, found.format) == ("march.json", Format.FHIR)
