"""One FHIR R4 ExplanationOfBenefit as the EOB it is (rulebook 3.1).

The claim number is the unique claim id (identifier type `uc`), else the claim's own identifier, else
the record's id. Days of service are the billing period; where that reaches beyond the lines' own days
by more than a month (some servers write the plan year), the lines' days are taken.
"""

from __future__ import annotations

from datetime import date, timedelta

from tracker.dates import day_text
from tracker.imports.fhir_amounts import cents, is_medicares, money
from tracker.imports.fhir_bundle import Entry, Resources
from tracker.imports.fhir_fields import (
    Json,
    Remarks,
    codes,
    codings,
    day,
    obj,
    objs,
    shown,
    text,
    words,
)
from tracker.imports.fhir_lines import Line, lines_of
from tracker.imports.fhir_people import facility_of, insurer_of, member_of, provider_of
from tracker.imports.fhir_reasons import network_code, network_of, reasons_of
from tracker.imports.fhir_totals import totals_of
from tracker.imports.found import FoundBalance, FoundEob
from tracker.wording import joined

_A_MONTH = timedelta(days=31)
_CLAIM_TYPES = "claim-type"
_NOT_A_CLAIM_NUMBER = ("claim-group", "originalid")
_PROCESSED_BY_MEDICARE = ("fi_clm_proc_dt", "nch_wkly_proc_dt")
_STATUSES = {
    "cancelled": "The insurer cancelled this EOB.",
    "draft": "This EOB is a draft, not a decision.",
    "entered-in-error": "The insurer marked this EOB as entered in error.",
}
_USES = {
    "preauthorization": "This is a prior authorization, not a paid claim.",
    "predetermination": "This is an estimate made before care, not a paid claim.",
}
_OUTCOMES = {
    "queued": "The claim is not decided yet.",
    "error": "The insurer could not process the claim.",
    "partial": "The claim is decided in part only.",
}
_MOST_WORDS = 300


def eob_of(entry: Entry, resources: Resources) -> FoundEob:
    """Read one EOB. Raises NotTaken with the reason where it cannot be taken as it is."""
    eob, remarks = entry.resource, Remarks()
    _remark_on_state(eob, remarks)
    lines = lines_of(eob, remarks)
    amounts = totals_of(eob, lines, remarks)
    first, last = _service(eob, lines, remarks)
    member = member_of(eob, resources, remarks)
    provider = provider_of(eob, resources, remarks)
    payment = obj(eob.get("payment"))
    return FoundEob(
        id=_claim_number(eob, resources, remarks),
        record_id=text(eob.get("id")),
        kind=_kind(eob),
        status=text(eob.get("status")),
        use=text(eob.get("use")),
        outcome=text(eob.get("outcome")),
        patient=member.name,
        patient_birth=member.born,
        member_number=member.member_number,
        group_number=member.group_number,
        insurer=insurer_of(eob, resources) or member.payer,
        plan=member.plan,
        provider=provider.name,
        provider_npi=provider.npi,
        facility=facility_of(eob, resources),
        network=network_of(eob, (line.source for line in lines), remarks),
        description=_description(eob, lines),
        service_from=first,
        service_to=last,
        processed_on=_processed(eob, remarks),
        replaces=_replaces(eob, resources, remarks),
        payment_reference=text(obj(payment.get("identifier")).get("value")),
        reasons=reasons_of(objs(eob.get("adjudication")), remarks),
        lines=tuple(line.found for line in lines),
        balances=_balances(eob, remarks),
        remarks=remarks.all(),
        where=entry.where,
        billed=amounts.billed,
        allowed=amounts.allowed,
        deductible=amounts.deductible,
        copay=amounts.copay,
        coinsurance=amounts.coinsurance,
        not_covered=amounts.not_covered,
        plan_paid=amounts.plan_paid,
        other_paid=amounts.other_paid,
        you_owe=amounts.you_owe,
        paid_by_you=amounts.paid_by_you,
    )


def _claim_number(eob: Json, resources: Resources, remarks: Remarks) -> str:
    named: list[str] = []
    unique: list[str] = []
    for one in objs(eob.get("identifier")):
        value, kinds = text(one.get("value")), codes(one.get("type"))
        marks = " ".join((text(one.get("system")).casefold(), *kinds))
        if not value or any(mark in marks for mark in _NOT_A_CLAIM_NUMBER):
            continue
        (unique if "uc" in kinds else named).append(value)
    claim = obj(eob.get("claim"))
    of_claim = [obj(claim.get("identifier")), *objs(resources.resolve(claim, eob).get("identifier"))]
    named += [value for one in of_claim if (value := text(one.get("value")))]
    if found := unique or named:
        return found[0]
    if own := text(eob.get("id")):
        return own
    remarks.add("The file gives no claim number.")
    return ""


def _kind(eob: Json) -> str:
    kind = eob.get("type")
    for one in codings(kind):
        if _CLAIM_TYPES in text(one.get("system")).casefold() and (code := text(one.get("code"))):
            return code
    return next(iter(codes(kind)), "") or text(obj(kind).get("text")).casefold()


def _description(eob: Json, lines: tuple[Line, ...]) -> str:
    """What was done: the first line that says it, and how many more there are."""
    said = list(dict.fromkeys(line.found.description for line in lines if line.found.description))
    if not said:
        return shown(eob.get("subType")) or shown(eob.get("type"))
    return said[0] if len(said) == 1 else f"{said[0]} and {len(said) - 1} more"


def _service(eob: Json, lines: tuple[Line, ...], remarks: Remarks) -> tuple[date | None, date | None]:
    period = obj(eob.get("billablePeriod"))
    first = day(period.get("start"), "first day of service", remarks)
    last = day(period.get("end"), "last day of service", remarks)
    first, last = first or last, last or first
    begins = [line.found.service_from for line in lines if line.found.service_from]
    ends = [line.found.service_to for line in lines if line.found.service_to]
    if first is None or last is None:
        if begins and ends:
            return min(begins), max(ends)
        remarks.add("The file gives no date of service.")
        return None, None
    if first > last:
        remarks.add("The billing period ends before it begins; its days were exchanged.")
        first, last = last, first
    if len(begins) == len(ends) == len(lines) and lines:
        begin, end = min(begins), max(ends)
        is_within = first <= begin <= end <= last
        if is_within and (last - first) - (end - begin) > _A_MONTH:
            remarks.add(
                f"The billing period, {day_text(first)} to {day_text(last)}, is wider than the care: "
                "the lines\u2019 days were taken."
            )
            return begin, end
    return first, last


def _processed(eob: Json, remarks: Remarks) -> date | None:
    """The day of the decision. Medicare's `created` is the day of the download, its own dates are not."""
    kept = {
        text(one.get("url")).rpartition("/")[2]: one.get("valueDate") for one in objs(eob.get("extension"))
    }
    for one in objs(eob.get("supportingInfo")):
        for code in codes(one.get("category")):
            kept.setdefault(code.rpartition("/")[2], one.get("timingDate"))
    for name in _PROCESSED_BY_MEDICARE:
        if found := day(kept.get(name), "date processed", remarks):
            return found
    created = day(eob.get("created"), "date processed", remarks)
    if created:
        return created
    paid = day(obj(eob.get("payment")).get("date"), "date of payment", remarks)
    if paid:
        remarks.add("The file gives no date processed; the date of payment was taken.")
    return paid


def _replaces(eob: Json, resources: Resources, remarks: Remarks) -> str:
    earlier = ""
    for one in objs(eob.get("related")):
        claim, relation = obj(one.get("claim")), codes(one.get("relationship"))
        known = resources.resolve(claim, eob)
        named = (
            text(obj(one.get("reference")).get("value"))
            or text(obj(claim.get("identifier")).get("value"))
            or next(
                (value for told in objs(known.get("identifier")) if (value := text(told.get("value")))), ""
            )
            or text(claim.get("reference")).rpartition("/")[2]
            or text(claim.get("display"))
        )
        if not named:
            continue
        if {"prior", "replaces"} & set(relation):
            earlier = earlier or named
        elif "replacedby" in relation:
            remarks.add(f"The insurer replaced this claim by {named}.")
        else:
            how = f" ({words(one.get('relationship'))})" if relation else ""
            remarks.add(f"The file relates it to {named}{how}.")
    return earlier


def _balances(eob: Json, remarks: Remarks) -> tuple[FoundBalance, ...]:
    """Running totals of the plan. Medicare keeps figures of the claim here, which are none."""
    found: list[FoundBalance] = []
    for balance in objs(eob.get("benefitBalance")):
        group = text(balance.get("name")) or words(balance.get("category"))
        unit = set(codes(balance.get("unit")))
        for part in objs(balance.get("financial")):
            kind = words(part.get("type"))
            used, limit = money(part.get("usedMoney")), money(part.get("allowedMoney"))
            if is_medicares(part.get("type")) or (used is None and limit is None):
                continue
            found.append(
                FoundBalance(
                    name=": ".join(filter(None, (group, kind))),
                    network=network_code(balance.get("network")),
                    family=True if "family" in unit else False if "individual" in unit else None,
                    used=cents(used, remarks),
                    limit=cents(limit, remarks),
                )
            )
    return tuple(found)


def _remark_on_state(eob: Json, remarks: Remarks) -> None:
    for field, sentences in (("use", _USES), ("status", _STATUSES), ("outcome", _OUTCOMES)):
        if sentence := sentences.get(text(eob.get(field))):
            remarks.add(sentence)
    notes = [text(note.get("text")) for note in objs(eob.get("processNote"))]
    if text(eob.get("outcome")) == "error":
        notes.append(text(eob.get("disposition")))
    if notes := list(dict.fromkeys(note.rstrip(".") for note in notes if note)):
        remarks.add(f"The insurer\u2019s note: {joined(notes)[:_MOST_WORDS]}.")
