"""Small CMS folders for tests: one plan and its benefits, every cell to be changed."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tracker.errors import UserProblem
from tracker.facts import IN, CostSharingRule
from tracker.imports.cms_plans import CmsPlan, find_files, read_plan

PLAN_ID = "12345TX0010001-01"

PLAN: dict[str, str] = {
    "BusinessYear": "2026",
    "StateCode": "TX",
    "IssuerId": "12345",
    "IssuerMarketPlaceMarketingName": "Example Health",
    "DentalOnlyPlan": "No",
    "StandardComponentId": PLAN_ID[:14],
    "PlanMarketingName": "Silver 1",
    "PlanType": "HMO",
    "MetalLevel": "Silver",
    "PlanId": PLAN_ID,
    "CSRVariationType": "Standard Silver On Exchange Plan",
    "PlanEffectiveDate": "1/1/2026",
    "PlanExpirationDate": "12/31/2026",
    "MedicalDrugDeductiblesIntegrated": "Yes",
    "MedicalDrugMaximumOutofPocketIntegrated": "Yes",
    "TEHBDedInnTier1Individual": "$2,000 ",
    "TEHBDedInnTier1FamilyPerPerson": "$2000 per person",
    "TEHBDedInnTier1FamilyPerGroup": "$4000 per group",
    "TEHBInnTier1IndividualMOOP": "$8,200 ",
    "TEHBInnTier1FamilyPerPersonMOOP": "$8200 per person",
    "TEHBInnTier1FamilyPerGroupMOOP": "$16400 per group",
    "TEHBDedOutOfNetIndividual": "Not Applicable",
    "TEHBOutOfNetIndividualMOOP": "Not Applicable",
    "MEHBInnTier1IndividualMOOP": "",
    "MEHBDedInnTier1Individual": "",
    "IsHSAEligible": "No",
    "IsReferralRequiredForSpecialist": "Yes",
    "InpatientCopaymentMaximumDays": "3",
}

BENEFIT: dict[str, str] = {
    "BusinessYear": "2026",
    "StateCode": "TX",
    "IssuerId": "12345",
    "StandardComponentId": PLAN_ID[:14],
    "PlanId": PLAN_ID,
    "BenefitName": "Specialist Visit",
    "CopayInnTier1": "Not Applicable",
    "CopayInnTier2": "",
    "CopayOutofNet": "Not Applicable",
    "CoinsInnTier1": "Not Applicable",
    "CoinsInnTier2": "",
    "CoinsOutofNet": "100.00%",
    "IsCovered": "Covered",
    "QuantLimitOnSvc": "No",
    "LimitQty": "",
    "LimitUnit": "",
    "Explanation": "",
    "IsExclFromInnMOOP": "No",
    "IsExclFromOonMOOP": "No",
}

BENEFITS: tuple[dict[str, str], ...] = (
    {"BenefitName": "Specialist Visit", "CopayInnTier1": "$60.00"},
    {"BenefitName": "Emergency Room Services", "CoinsInnTier1": "25.00% Coinsurance after deductible"},
    {
        "BenefitName": "Inpatient Hospital Services (e.g., Hospital Stay)",
        "CopayInnTier1": "$500.00 Copay per Day after deductible",
    },
    {"BenefitName": "Generic Drugs", "CopayInnTier1": "$15.00"},
    {"BenefitName": "Cosmetic Surgery", "IsCovered": "Not Covered"},
)


def write_folder(
    folder: Path,
    *,
    plan: Mapping[str, str] | None = None,
    benefits: Sequence[Mapping[str, str]] = BENEFITS,
    backwards: bool = False,
    encoding: str = "utf-8",
    line_end: str = "\n",
) -> Path:
    """Both files, under names that say nothing."""
    folder.mkdir(exist_ok=True)
    for name, rows in (
        ("one.csv", [PLAN | dict(plan or {})]),
        ("two.CSV", [BENEFIT | dict(row) for row in benefits]),
    ):
        columns = list(dict.fromkeys(column for row in rows for column in row))
        if backwards:
            columns.reverse()
        with (folder / name).open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator=line_end, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def plan_in(folder: Path, plan_id: str = PLAN_ID, *, family: bool = False) -> CmsPlan:
    """The plan read from a folder."""
    return read_plan(find_files(folder), plan_id, family=family)


def rule(plan: CmsPlan, category: str, tier: str = IN) -> CostSharingRule:
    """A plan's one rule for a category in a tier."""
    (found,) = (rule for rule in plan.terms.rules if (rule.category, rule.tier) == (category, tier))
    return found


def problem(folder: Path, plan_id: str = PLAN_ID) -> str:
    """What is said when the plan cannot be read."""
    with pytest.raises(UserProblem) as refused:
        plan_in(folder, plan_id)
    return str(refused.value)
