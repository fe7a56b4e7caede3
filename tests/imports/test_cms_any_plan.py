"""Plans nobody has seen: rows made of every phrase of the CMS data dictionary, in every layout of limits.

What must hold for all of them: each benefit becomes a rule or is listed, and the simple fracture stays
within the plan's own maximum, its deductible and the 2,800 dollars it costs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports.cms_folder import BENEFIT, PLAN
from tracker.domain.coverage.examples import Example, work_example
from tracker.facts import IN, CopayOrder, CopayScope
from tracker.imports.cms_phrases import UnclearPhrase, read_cost_share
from tracker.imports.cms_rows import Row
from tracker.imports.cms_terms import ReadTerms, build_terms
from tracker.imports.examples_file import coverage_examples

COPAYS = (
    "Not Applicable",
    "No Charge",
    "No Charge after deductible",
    *(
        f"{{}} Copay{per}{how}"
        for per in ("", " per Day", " per Stay")
        for how in ("", " after deductible", " before deductible", " with deductible")
    ),
)
COINSURANCES = (
    "Not Applicable",
    "No Charge",
    "No Charge after deductible",
    "{}%",
    "{}% Coinsurance after deductible",
)
"""The fifteen forms of a copay and the five of a coinsurance that the files of 2014 to 2026 allow."""

SERVICES = (
    "Emergency Transportation/Ambulance",
    "Emergency Room Services",
    "X-rays and Diagnostic Imaging",
    "Generic Drugs",
    "Durable Medical Equipment",
    "Outpatient Facility Fee (e.g.,  Ambulatory Surgery Center)",
    "Outpatient Surgery Physician/Surgical Services",
    "Specialist Visit",
    "Outpatient Rehabilitation Services",
)


@pytest.mark.parametrize("copay", COPAYS)
@pytest.mark.parametrize("coinsurance", COINSURANCES)
def test_every_pair_of_forms_is_read_or_refused_for_a_reason(copay: str, coinsurance: str) -> None:
    """Refused is only a copay within the deductible beside a percentage outside it."""
    cells = copay.format("$40.00"), coinsurance.format("20.00")
    copay_subject = copay.endswith("deductible")
    if copay_subject and coinsurance == "{}%":
        with pytest.raises(UnclearPhrase, match="the percentage is not"):
            read_cost_share(*cells)
        return
    share = read_cost_share(*cells)
    if copay == coinsurance == "Not Applicable":
        assert share is None
        return
    assert share is not None
    assert share.covered
    assert share.subject_to_deductible is (copay_subject or coinsurance.endswith("deductible"))
    assert share.copay == (4000 if "Copay" in copay else 0)
    assert share.coinsurance == (2000 if "%" in coinsurance else 0)
    if share.copay:
        scopes = {"Day": CopayScope.DAY, "Stay": CopayScope.ADMISSION}
        assert share.scope is next((scopes[w] for w in scopes if w in copay), CopayScope.VISIT)
    # A copay comes first where it says so, or where only the percentage waits for the deductible.
    first = copay.endswith(("before deductible", "with deductible"))
    first = first or ("Copay" in copay and not copay_subject and coinsurance.endswith("deductible"))
    assert share.order is (CopayOrder.BEFORE if first else CopayOrder.AFTER)


class Made(NamedTuple):
    """A made-up filing: its row of limits, its benefits, and the limits in dollars."""

    plan: Row
    benefits: tuple[Row, ...]
    deductible: int
    drug_deductible: int
    most: int


def row(cells: Mapping[str, str], line: int = 2) -> Row:
    return Row(line, {name.lower(): cell for name, cell in cells.items()})


def limits(layout: str, deductible: int, drugs: int, most: int) -> dict[str, str]:
    """One of the ways the files state the same limits."""
    silent = {name: "" for name in PLAN if name.startswith(("TEHB", "MEHB"))}
    if layout == "apart":
        return silent | {
            "MedicalDrugDeductiblesIntegrated": "No",
            "MEHBDedInnTier1Individual": f"${deductible:,} ",
            "DEHBDedInnTier1Individual": f"${drugs:,} ",
            "TEHBInnTier1IndividualMOOP": f"${most:,} ",
        }
    if layout == "combined":
        return silent | {
            "TEHBDedCombInnOonIndividual": f"${deductible:,}",
            "TEHBInnTier1IndividualMOOP": "Not Applicable",
            "TEHBCombInnOonIndividualMOOP": f"${most:,}",
        }
    return silent | {
        "TEHBDedInnTier1Individual": "Not Applicable",
        "TEHBDedInnTier1FamilyPerPerson": f"${deductible} per person",
        "TEHBInnTier1IndividualMOOP": f"${most:,}",
    }


@st.composite
def filings(draw: st.DrawFn) -> Made:
    deductible, drugs = draw(st.integers(0, 9000)), draw(st.integers(0, 500))
    most = draw(st.integers(0, 12000))
    layout = draw(st.sampled_from(("together", "apart", "combined")))
    benefits = []
    for line, service in enumerate(SERVICES, start=2):
        cents, rate = draw(st.integers(0, 100_000)), draw(st.integers(0, 10_000))
        copay, coinsurance = draw(st.sampled_from(COPAYS)), draw(st.sampled_from(COINSURANCES))
        cells = {
            "BenefitName": service,
            "CopayInnTier1": copay.format(f"${cents // 100:,}.{cents % 100:02}"),
            "CoinsInnTier1": coinsurance.format(f"{rate // 100}.{rate % 100:02}"),
        }
        benefits.append(row(BENEFIT | cells, line))
    plan = row(PLAN | limits(layout, deductible, drugs, most))
    return Made(plan, tuple(benefits), deductible, drugs if layout == "apart" else 0, most)


def fracture(read: ReadTerms) -> Example:
    return work_example(read.terms, coverage_examples()["simple-fracture"])


@given(filings())
def test_no_benefit_is_lost_and_no_limit_passed(made: Made) -> None:
    read = build_terms(made.plan, made.benefits)
    ruled = {source.benefit for source in read.sources if source.tier == IN}
    listed = {one.benefit for one in read.unread if one.tier == IN}
    assert ruled.isdisjoint(listed)
    assert ruled | listed == {" ".join(service.split()) for service in SERVICES}
    example = fracture(read)
    exact, printed = example.exact, example.printed
    assert bool(example.without_rule) <= bool(listed)
    assert exact.total_patient_pays == sum(exact[:4]) <= 280000
    assert sum(exact[:3]) <= made.most * 100
    assert exact.deductible <= (made.deductible + made.drug_deductible) * 100
    assert sum(printed[:3]) <= max(made.most * 100, sum(exact[:3]))
    assert printed.total_patient_pays <= made.most * 100 + exact.limit + 5000  # rounded to hundreds
    assert abs(printed.total_patient_pays - exact.total_patient_pays) <= 5000


def shouted(rows: Sequence[Row]) -> list[Row]:
    """The same benefits as another filer types them."""
    columns = ("copayinntier1", "coinsinntier1")
    return [
        Row(one.line, {**one.cells, **{c: f" {one[c].upper().replace(' ', '  ')} " for c in columns}})
        for one in rows
    ]


@given(filings())
def test_letter_case_spaces_and_order_change_nothing(made: Made) -> None:
    read = build_terms(made.plan, made.benefits)
    other = build_terms(made.plan, shouted(made.benefits)[::-1])
    assert set(read.terms.rules) == set(other.terms.rules)
    assert read.terms.buckets == other.terms.buckets
    assert fracture(read).exact == fracture(other).exact


@given(filings(), st.integers(0, 3000))
def test_a_lower_maximum_never_costs_more(made: Made, less: int) -> None:
    cells = dict(made.plan.cells)
    for column in ("tehbinntier1individualmoop", "tehbcombinnoonindividualmoop"):
        if "$" in cells.get(column, ""):
            cells[column] = f"${max(0, made.most - less)}"
    dearer = fracture(build_terms(made.plan, made.benefits)).exact
    assert fracture(build_terms(Row(2, cells), made.benefits)).exact.total_patient_pays <= (
        dearer.total_patient_pays
    )
