"""Telling EOBs of older FHIR versions: they keep their amounts in other fields, and are not read."""

from __future__ import annotations

from tracker.imports.fhir_fields import Json, objs

WHY = (
    "It is FHIR of an older version (STU3 or DSTU2), which states amounts in other fields. "
    "Ask the insurer for FHIR R4; from Medicare\u2019s Blue Button ask for version 2 or later."
)

_OF_THE_CLAIM = frozenset(
    (
        "claimReference",
        "employmentImpacted",
        "hospitalization",
        "information",
        "organization",
        "organizationReference",
        "originalRuleset",
        "requestReference",
        "ruleset",
        "totalBenefit",
        "totalCost",
        "unallocDeductable",
    )
)
_OF_A_LINE = frozenset(("careTeamLinkId", "diagnosisLinkId", "informationLinkId", "service"))


def is_older(eob: Json) -> bool:
    """Whether an EOB has fields that R4 renamed or removed, or objects where R4 has lists or codes."""
    if _OF_THE_CLAIM & eob.keys():
        return True
    if isinstance(eob.get("insurance"), dict) or isinstance(eob.get("outcome"), dict):
        return True
    return any(_OF_A_LINE & item.keys() for item in objs(eob.get("item")))
