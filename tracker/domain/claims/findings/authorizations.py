"""D8: denied or penalised though a prior authorization or a referral covers it (rulebook 3.6, 3.10)."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.domain.claims.findings.finding import Detector, Evidence, Findings, Severity, Whom
from tracker.domain.claims.findings.reading import Part, codes_in, owed, parts_of
from tracker.domain.claims.findings.views import AboutClaim
from tracker.facts import Authorized, Case, Claim, Noun
from tracker.money import Cents, dollars

DENIALS = frozenset({"39", "197", "198", "243", "284", "287", "288", "296"})
"""Reason codes about a missing, refused, exceeded or mismatched authorization or referral."""

_GRANTED = (Authorized.APPROVED, Authorized.PARTIALLY)


class DeniedThoughAuthorized(Detector):
    """D8: such a code, and a record that covers the codes, the provider, the day and the units."""

    id = "D8"
    name = "Denied though authorized"
    severity = Severity.HIGH
    whom = Whom.INSURER
    first = "Call the insurer with the authorization's number and ask to process the claim again."

    def of_claim(self, view: AboutClaim) -> Findings:
        claim = view.claim
        if not view.permits:
            return
        parts = list(parts_of(claim))
        whole = bool(codes_in(claim.reasons) & DENIALS)
        hit = [part for part in parts if any(reason.code in DENIALS for reason in part.reasons)]
        if not hit and not whole:
            return
        hit = hit or parts
        permit = next((case for case in view.permits if covers(case, view, hit)), None)
        if permit is None or permit.authorization is None:
            return
        cents = _at_stake(claim, hit)
        granted = permit.authorization
        what = "referral" if permit.kind == "referral" else "authorization"
        number = f" {granted.number}" if granted.number.strip() else ""
        yield self.in_claim(
            view,
            f"The EOB denies or cuts it for want of an approval, but {what}{number} covers this care. "
            f"You are asked to bear {dollars(cents)}.",
            stated=cents,
            expected=0,
            evidence=[Evidence(Noun.CASE, permit.id or 0, permit.title)],
        )


def covers(case: Case, view: AboutClaim, parts: Sequence[Part]) -> bool:
    """Whether a granted authorization or referral holds for these lines. What it leaves open holds."""
    granted, claim = case.authorization, view.claim
    if granted is None or granted.stands not in _GRANTED:
        return False
    if case.person_id not in (None, claim.person_id) or case.plan_id not in (None, claim.plan_id):
        return False
    day = claim.service_from
    if (granted.valid_from and day < granted.valid_from) or (granted.valid_to and day > granted.valid_to):
        return False
    named = {case.provider_id, granted.facility_id} - {None}
    given = {claim.provider_id, claim.rendering_id, claim.facility_id} - {None}
    if named and not named & given:
        return False
    codes = set(granted.codes.upper().replace(",", " ").split())
    asked = {part.code for part in parts} - {""}
    if codes and asked and not asked <= codes:
        return False
    categories = {part.category for part in parts} - {""}
    if granted.category and categories and not (codes and asked):
        roots = {view.root(category) for category in categories} | categories
        if granted.category not in roots:
            return False
    units = sum(max(1, part.units) for part in parts)
    return granted.units is None or granted.units_used + units <= granted.units


def _at_stake(claim: Claim, parts: Sequence[Part]) -> Cents:
    """What the denial leaves to the member: a penalty, else what the denied lines leave."""
    if claim.penalty:
        return claim.penalty
    if any(part.line is not None for part in parts):
        return sum(part.owed or 0 for part in parts)
    return owed(claim) or 0
