"""How a visit was coded: D23 a level or a bundle that looks wrong, D24 a facility fee nobody expects."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.dates import day_text
from tracker.domain.claims.findings.finding import (
    Detector,
    Findings,
    Severity,
    Whom,
    of_claim,
    of_visit,
)
from tracker.domain.claims.findings.reading import Part, is_office_visit, owed, parts_of
from tracker.domain.claims.findings.views import AboutClaim
from tracker.facts import Claim, Provider, ProviderKind
from tracker.money import dollars

LEAST_MINUTES = {"99204": 45, "99205": 60, "99214": 30, "99215": 40}
"""The total time that usually goes with a level; it may be chosen by difficulty instead."""

BUNDLED = frozenset({"97", "236", "234", "231"})
"""Part of another service of the day: not to be paid on its own."""


class LevelTooHigh(Detector):
    """D23: a level 4 or 5 visit of less than half its usual minutes by the care log, or a service that
    the insurer counts as part of another and that is put on the member all the same."""

    id = "D23"
    name = "Coded higher than the visit looks"
    severity = Severity.INFO
    whom = Whom.PROVIDER
    first = "Ask the billing office what the level rests on: the time, or how difficult it was."

    def of_claim(self, view: AboutClaim) -> Findings:
        parts = list(parts_of(view.claim))
        visits = [visit for visit in view.visits if visit.minutes is not None]
        for part in parts:
            usual = LEAST_MINUTES.get(part.code)
            visit = next((one for one in visits if one.visited_on == part.day), None)
            if usual is None or visit is None or visit.minutes is None or visit.minutes * 2 >= usual:
                continue
            yield self.in_claim(
                view,
                f"Code {part.code} usually takes {usual} minutes; your visit of "
                f"{day_text(visit.visited_on)} took {visit.minutes}.",
                part=f"level:{part.code}",
                evidence=[of_visit(visit)],
            )
        apart = [part for part in parts if _is_bundled(part) and (part.owed or 0) > 0]
        if apart:
            cents = sum(part.owed or 0 for part in apart)
            yield self.in_claim(
                view,
                "The insurer counts a service as part of another of the same day; the EOB leaves you "
                f"{dollars(cents)} for it.",
                part="bundle",
                stated=cents,
                expected=0,
            )


def _is_bundled(part: Part) -> bool:
    return part.line is not None and any(one.code in BUNDLED for one in part.reasons)


OFFICE = frozenset({"PCP", "SPEC", "TELE"})
CLINIC_FEE = "G0463"
"""A hospital's own code for the room of an office visit."""

_HOSPITAL_CARE = frozenset({"ER", "INPATIENT", "OUTSURG", "SURG", "ANES", "MATERNITY", "SNF", "AMB"})


class FacilityFee(Detector):
    """D24: two claims for one office visit, the doctor's and one of a hospital for its room."""

    id = "D24"
    name = "Facility fee for an office visit"
    severity = Severity.INFO
    whom = Whom.PROVIDER
    first = (
        "Ask why an office visit was billed by a facility too, and whether another site has no such fee."
    )

    def of_claim(self, view: AboutClaim) -> Findings:
        claim = view.claim
        others = [item for item in view.beside if not item.places & view.places or item.claim.facility_id]
        if not others or not _is_room(claim, view.provider, [item.claim for item in others]):
            return
        day = [claim, *(item.claim for item in view.beside)]
        if any(part.category in _HOSPITAL_CARE for one in day for part in parts_of(one)):
            return
        doctor = next(
            (
                item.claim
                for item in others
                if item.claim.provider_id != claim.provider_id
                and item.claim.service_from == claim.service_from
                and not (item.provider and item.provider.kind is ProviderKind.HOSPITAL)
                and _is_office(item.claim)
            ),
            None,
        )
        if doctor is None:
            return
        cents = owed(claim)
        asked = f" It leaves you {dollars(cents)}." if cents else ""
        yield self.in_claim(
            view,
            f"The office visit of {day_text(claim.service_from)} was billed twice: by the doctor, and by "
            f"{view.who} for its room.{asked}",
            stated=cents,
            expected=None if cents is None else 0,
            evidence=[of_claim(doctor)],
        )


def _is_room(claim: Claim, provider: Provider | None, others: Sequence[Claim]) -> bool:
    """Whether a claim is a facility's for a visit: by its code, or a hospital's without other care."""
    parts = list(parts_of(claim))
    if any(part.code == CLINIC_FEE for part in parts):
        return True
    is_facility = (provider is not None and provider.kind is ProviderKind.HOSPITAL) or any(
        other.facility_id == claim.provider_id for other in others
    )
    return is_facility and all(
        part.category in OFFICE or (not part.category and (not part.code or is_office_visit(part)))
        for part in parts
    )


def _is_office(claim: Claim) -> bool:
    return any(part.category in OFFICE or is_office_visit(part) for part in parts_of(claim))
