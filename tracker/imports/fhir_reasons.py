"""Why an EOB was decided as it was: reason codes (rulebook 3.4), and in or out of network."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.imports.fhir_fields import Json, Remarks, codes, codings, objs, short, shown, text

_GROUPS = ("CO", "PR", "OA", "PI", "CR")
_WITH_GROUP = re.compile(r"(CO|PR|OA|PI|CR)[- ]?([A-Z]?\d{1,3})", re.ASCII)
_ADJUSTMENT = re.compile(r"[A-Z]?\d{1,3}", re.ASCII)
_REMARK = re.compile(r"(?:MA|M|N)\d{1,4}", re.ASCII)
_REASONED = frozenset(("denialreason", "adjustmentreason"))
_NOTHING_SAID = frozenset(("", "n/a", "none", "not applicable", "unknown"))

_IN = frozenset(("innetwork", "inn", "in", "in-network", "contracted"))
_OUT = frozenset(("outofnetwork", "oon", "out", "out-of-network", "noncontracted"))
_HOW_IT_WAS_PAID = frozenset(("benefitpaymentstatus", "inoutnetwork"))
_WHO_IS_CONTRACTED = (
    "billingnetworkstatus",
    "renderingnetworkstatus",
    "billingnetworkcontractingstatus",
    "renderingnetworkcontractingstatus",
    "performingnetworkcontractingstatus",
)


def reasons_of(adjudications: Iterable[Json], remarks: Remarks) -> tuple[str, ...]:
    """Codes such as `CO-45`, `45` where no group is told, `N130`; an insurer's own words as a remark."""
    found: dict[str, None] = {}
    for part in adjudications:
        here = _codes_of(part.get("reason"))
        for code in here:
            found.setdefault(code)
        if not here and _REASONED & set(codes(part.get("category"))):
            said = shown(part.get("reason"))
            if said.casefold() not in _NOTHING_SAID:
                remarks.add(f"The insurer\u2019s reason: {short(said)}.")
    return tuple(found)


def _codes_of(reason: object) -> list[str]:
    groups: list[str] = []
    adjustments: list[str] = []
    others: list[str] = []
    for coding in codings(reason):
        system, code = text(coding.get("system")).casefold(), text(coding.get("code")).upper()
        if pair := _WITH_GROUP.fullmatch(code):
            others.append(f"{pair[1]}-{pair[2]}")
        elif code in _GROUPS and ("group" in system or "-grp" in system):
            groups.append(code)
        elif _REMARK.fullmatch(code) and ("remark" in system or "rarc" in system):
            others.append(code)
        elif _ADJUSTMENT.fullmatch(code) and _is_of_adjustments(system):
            adjustments.append(code)
    group = groups[0] if groups else ""
    if not adjustments:
        return list(dict.fromkeys((*groups, *others)))
    joined = [f"{group}-{code}" if group else code for code in adjustments]
    return list(dict.fromkeys((*joined, *others)))


def _is_of_adjustments(system: str) -> bool:
    return "adjustment-reason" in system or "carc" in system or "ansi-rsn" in system


def network_of(eob: Json, lines: Iterable[Json], remarks: Remarks) -> str:
    """`in`, `out` or empty. How the claim was paid decides over who has a contract."""
    header = objs(eob.get("adjudication"))
    paid = _statuses(header, _HOW_IT_WAS_PAID)
    on_lines = _statuses(
        (part for line in lines for part in objs(line.get("adjudication"))), _HOW_IT_WAS_PAID
    )
    of_totals = {status for part in objs(eob.get("total")) for status in _of_codes(part.get("category"))}
    contracts = _contracts(header, "reason")
    for name, statuses in _contracts(objs(eob.get("supportingInfo")), "code").items():
        contracts.setdefault(name, set()).update(statuses)
    by_weight = [contracts[name] for name in _WHO_IS_CONTRACTED if name in contracts]
    told = [one for one in (paid, on_lines, of_totals, *by_weight) if one]
    if not told:
        return ""
    if len(set().union(*told)) > 1:
        remarks.add("The file says both in network and out of network.")
    return next(iter(told[0])) if len(told[0]) == 1 else ""


def _statuses(adjudications: Iterable[Json], categories: frozenset[str]) -> set[str]:
    found: set[str] = set()
    for part in adjudications:
        category = codes(part.get("category"))
        if categories & set(category):
            found |= _of_codes(part.get("reason"))
        elif categories is _HOW_IT_WAS_PAID:
            found |= _of_codes(part.get("category"))  # some payers name the status itself
    return found


def _contracts(parts: Iterable[Json], key: str) -> dict[str, set[str]]:
    """Statuses by whose contract they tell of."""
    found: dict[str, set[str]] = {}
    for part in parts:
        for category in codes(part.get("category")):
            if category in _WHO_IS_CONTRACTED and (statuses := _of_codes(part.get(key))):
                found.setdefault(category, set()).update(statuses)
    return found


def _of_codes(concept: object) -> set[str]:
    found: set[str] = set()
    for code in codes(concept):
        if code in _IN:
            found.add("in")
        elif code in _OUT:
            found.add("out")
    return found


def network_code(concept: object) -> str:
    """`in`, `out` or empty for one concept."""
    found = _of_codes(concept)
    return next(iter(found)) if len(found) == 1 else ""
