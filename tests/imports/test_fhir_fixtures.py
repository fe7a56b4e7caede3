"""Every file of the EOB collection: how many EOBs it gives, or why a person gets none from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.imports.fhir_kit import FOLDER, Json, fixture
from tracker.imports.fhir import read_fhir
from tracker.imports.found import Format, FoundEob

V1 = "cms-bfd/bfd-server/bfd-server-war/src/test/resources/endpoint-responses/v1/"
V2 = "cms-bfd/bfd-server/bfd-server-war/src/test/resources/endpoint-responses/v2/"
V3 = "cms-bfd/bfd-model-idr/out/"
SNAP = "cms-bfd/bfd-server-ng/src/test/java/gov/cms/bfd/server/ng/__snapshots__/"

NONE_IN_IT = "holds no explanation of benefits"
OLDER = "older version (STU3 or DSTU2)"
BREAKS_OFF = "breaks off before its end"

SEVERAL = {
    "cms-bluebutton-sample-client/eobData.json": 10,
    "fasten-sources/cigna-sandbox-extracted.json": 5,
    "fasten-sources/cigna_syntheticuser05-everything.json": 4,
    "fasten-sources/synthea_Alesha810_Marks830_1e0a8bd3-3b82-4f17-b1d6-19043aa0db6b.json": 21,
    "fasten-sources/synthea_Blair400_Grady603_51978986-f824-43da-b69a-d2d17f49df70.json": 11,
    "fasten-sources/synthea_Gregory545_Reynolds644_ae5b3987-68f9-4008-af13-e63d18b98c5f.json": 14,
    "inferno-carin-test-kit/c4bb_eob_include_bundle.json": 5,
}
"""Files with more than one EOB, and how many. The counts are those of the collection's READMEs, or
counted in the raw JSON."""

REPEATED = {
    SNAP + "EobReadIT.snap": (5, "1 EOB is in the file a second time"),
    SNAP + "EobSamhsaFilterIT.snap": (8, "7 EOBs are in the file a second time"),
}
"""Approved answers of a test server: the same request twice gives the same EOB twice."""

PAGE = {"cms-bluebutton-sample-client/eobData.json": "one page of a longer list, 10 of 51 entries"}


def _every() -> list[str]:
    if not FOLDER.exists():
        return []
    return sorted(
        str(path.relative_to(FOLDER))
        for path in FOLDER.rglob("*")
        if path.is_file() and path.suffix in (".json", ".snap", ".ndjson")
    )


def refusal(path: str) -> str:
    """Part of the reason why a file gives no EOB; empty where it gives some."""
    name = Path(path).name
    if path.startswith(V1) and name.startswith("eob"):
        return OLDER
    if name == "c4bb_patient_stub.json":
        return BREAKS_OFF
    holds_eobs = (
        path in SEVERAL
        or path.endswith(".snap")
        or name.casefold().startswith(("explanationofbenefit", "eob", "resourceexplanationofbenefit"))
        or name in ("c4bb_eob_inpatient_example.json", "explanation_of_benefit_all.json")
        or name.startswith(("synthea", "cigna", "humana", "medicare-eob"))
    )
    return "" if holds_eobs else NONE_IN_IT


@pytest.mark.parametrize("path", _every())
def test_every_file_is_read_or_refused_with_its_reason(path: str) -> None:
    found = read_fhir(fixture(path), path)
    assert found.format is Format.FHIR
    reasons = [problem.why for problem in found.problems]
    expected = refusal(path)
    if expected:
        assert found.eobs == ()
        assert len(reasons) == 1
        assert expected in reasons[0]
        return
    if path in REPEATED:
        count, said = REPEATED[path]
        assert len(found.eobs) == count
        assert len(reasons) == 1
        assert said in reasons[0]
        return
    raw = list(_raw_eobs(path))
    assert len(found.eobs) == len(raw)
    assert len(found.eobs) == SEVERAL.get(path, len(found.eobs))
    assert [one for one in reasons if PAGE.get(path, "\n") not in one] == []
    assert len(reasons) == (1 if path in PAGE else 0)


def test_the_collection_was_met() -> None:
    if not FOLDER.exists():
        pytest.skip("the EOB collection does not lie beside the project")
    assert len(_every()) > 100


# Amounts, worked out here from the raw JSON without the reader's own code

CATEGORIES = {
    "submitted": "billed",
    "eligible": "allowed",
    "deductible": "deductible",
    "copay": "copay",
    "coinsurance": "coinsurance",
    "noncovered": "not_covered",
    "memberliability": "you_owe",
    "paidbypatient": "paid_by_you",
}


def _raw_eobs(path: str) -> Iterator[Json]:
    content = fixture(path).decode()
    if path.endswith(".snap"):
        content = content[content.index("[\n") :]
    yield from _within(json.loads(content))


def _within(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        if value.get("resourceType") == "ExplanationOfBenefit":
            yield value
            return
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _within(one)


def _stated(parts: list[Json], code: str) -> int | None:
    for part in parts:
        has = [one.get("code") for one in part["category"].get("coding", [])]
        if code in has and "value" in part.get("amount", {}):
            return _cents(part["amount"]["value"])
    return None


def _cents(value: float) -> int:
    return int((Decimal(repr(value)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _with_eobs() -> list[str]:
    return [path for path in _every() if not refusal(path) and path not in REPEATED]


@pytest.mark.parametrize("path", _with_eobs())
def test_totals_are_those_of_the_raw_file(path: str) -> None:
    found = read_fhir(fixture(path), path).eobs
    for raw, one in zip(_raw_eobs(path), found, strict=True):
        for code, name in CATEGORIES.items():
            expected = _stated(raw.get("total", []), code)
            if expected is None:
                expected = _stated(raw.get("adjudication", []), code)
            if expected is not None:
                assert getattr(one, name) == expected, (one.where, name)
        assert len(one.lines) == len(raw.get("item", []))
        period = raw.get("billablePeriod")
        if period:
            assert one.service_from is not None
            assert period["start"][:10] <= one.service_from.isoformat() <= period["end"][:10]


@pytest.mark.parametrize("path", [path for path in _with_eobs() if "synthea" in path])
def test_line_amounts_of_synthea_add_up(path: str) -> None:
    """The lines' figures, added from the raw file, against the lines as read."""
    variables = {"line_sbmtd_chrg_amt": "billed", "line_alowd_chrg_amt": "allowed"}
    raw_sum = dict.fromkeys(variables.values(), 0)
    read_sum = dict.fromkeys(variables.values(), 0)
    found = read_fhir(fixture(path), path).eobs
    for raw, one in zip(_raw_eobs(path), found, strict=True):
        for item in raw["item"]:
            for part in item.get("adjudication", []):
                name = variables.get(part["category"]["coding"][0]["code"].rpartition("/")[2])
                if name:
                    raw_sum[name] += _cents(part["amount"]["value"])
        for line in one.lines:
            for name in read_sum:
                read_sum[name] += getattr(line, name) or 0
        paid = raw.get("payment", {}).get("amount", {}).get("value")
        assert one.plan_paid == (None if paid is None else _cents(paid))
    assert read_sum == raw_sum
    assert raw_sum["billed"] > 0


def _one(path: str, number: int = 0) -> FoundEob:
    return read_fhir(fixture(path), path).eobs[number]


def test_a_professional_claim_of_medicare_version_2() -> None:
    """Medicare states the claim's own figures among the benefit balances; they are no balances."""
    found = _one(V2 + "eobReadCarrier.json")
    assert (found.id, found.record_id, found.kind) == ("9991831999", "carrier-9991831999", "professional")
    assert (found.billed, found.allowed, found.deductible) == (245_04, 166_23, 777_00)
    assert (found.coinsurance, found.plan_paid, found.other_paid) == (9_57, 199_99, 0)
    assert found.processed_on == date(1999, 11, 6)
    assert found.balances == ()
    assert found.provider_npi == "1234567890"
    (line,) = found.lines
    assert (line.number, line.code, line.modifiers, line.units) == (6, "92999", "LT", 1)
    assert (line.billed, line.allowed, line.plan_paid) == (75_00, 47_84, 37_50)


def test_a_hospital_claim_of_medicare_version_2() -> None:
    """The price per unit and Medicare's own payment are filed under `submitted` and are no charge."""
    found = _one(V2 + "eobReadOutpatient.json")
    assert (found.billed, found.deductible, found.coinsurance) == (8_888_85, 112_00, 175_73)
    assert (found.plan_paid, found.paid_by_you, found.other_paid) == (693_11, 500_00, 11_00)
    assert found.processed_on == date(2011, 2, 18)
    (line,) = found.lines
    assert (line.billed, line.deductible, line.coinsurance, line.not_covered) == (
        999_85,
        12_89,
        15_23,
        134_00,
    )
    assert line.plan_paid == 500_00
    assert line.reasons == ("CO-120", "CR-121")


def test_a_professional_claim_of_medicare_version_3() -> None:
    found = _one(V3 + "ExplanationOfBenefit-Carrier.json")
    assert (found.billed, found.allowed, found.deductible) == (9_001_55, 10_22, 17_85)
    assert (found.coinsurance, found.not_covered, found.paid_by_you) == (9_82, 11_50, 19_94)
    assert found.plan_paid == 11_11 + 1_50
    assert found.provider == "Tony Stark"
    assert found.insurer == "Centers for Medicare & Medicaid Services"
    assert any("coinsurance" in remark and "first one counts" in remark for remark in found.remarks)
    outpatient = _one(V3 + "ExplanationOfBenefit-Outpatient.json")
    assert outpatient.lines[0].reasons == ("PR-B7",)


@pytest.mark.parametrize(
    "path", [V3 + "ExplanationOfBenefit-PriorAuth.json", SNAP + "EobPriorAuthorizationIT.snap"]
)
def test_a_prior_authorization_is_marked(path: str) -> None:
    assert "This is a prior authorization, not a paid claim." in _one(path).remarks


def test_carin_examples_with_their_people() -> None:
    """The bundle of the Inferno test kit holds patient, payer, provider and coverage."""
    found = _one("inferno-carin-test-kit/c4bb_eob_include_bundle.json", 2)
    assert (found.kind, found.billed, found.plan_paid) == ("oral", 410_00, 350_00)
    assert found.patient == "Johnny Example1"
    assert found.patient_birth == date(1986, 1, 1)
    assert (found.member_number, found.group_number) == ("88800933501", "MCHMO1")
    assert found.plan == "GR5-HMO DEDUCTIBLE"
    assert (found.provider, found.facility) == ("John Smith", "Orange Medical Group")
    assert [line.billed for line in found.lines] == [190_00, 220_00]
    assert "The file states a discount of $60.00." in found.remarks


def test_how_a_claim_was_paid_decides_over_who_is_contracted() -> None:
    found = _one("carin-cpcds-server-ri/ExplanationOfBenefit-EOBInpatient2.json")
    assert found.network == "out"
    assert "The file says both in network and out of network." in found.remarks
    assert (found.copay, found.you_owe, found.plan_paid) == (120_00, 0, 1_393_57)


def test_the_basis_profile_has_no_amounts() -> None:
    found = _one("carin-cpcds-server-ri/ExplanationOfBenefit-BB-EOBOral1-nonfinancial.json")
    assert found.billed is found.plan_paid is found.you_owe is None
    assert found.network == "in"
    assert len(found.lines) == 2


def test_a_reversal_of_cigna_with_everything_marked_as_unknown() -> None:
    found = _one("fasten-sources/cigna-sandbox-extracted.json")
    assert (found.id, found.status) == ("202132084305662-120-PCLM", "")
    assert (found.billed, found.allowed, found.plan_paid) == (-9_800_00, -1_933_22, -1_933_22)
    assert "Its amounts are negative: it takes back an earlier claim." in found.remarks
    (line,) = found.lines
    assert (line.code, line.description, line.units) == (
        "0710",
        "Recovery Room - General Classification",
        -57,
    )


def test_the_base_example_of_hl7_keeps_what_it_states() -> None:
    found = _one("hl7-r4-examples-npm/ExplanationOfBenefit-EB3500.json")
    assert (found.id, found.billed, found.plan_paid) == ("987654321", 135_57, 96_00)
    assert (
        "The lines do not add to the total billed: they make $335.57, the total says $135.57."
        in found.remarks
    )


def test_a_claim_that_could_not_be_processed_says_so() -> None:
    found = _one("hl7-r4-examples-npm/ExplanationOfBenefit-EB3501.json")
    assert found.outcome == "error"
    assert "The insurer could not process the claim." in found.remarks
    assert any("Invalid claim" in remark for remark in found.remarks)
    assert found.replaces == ""
