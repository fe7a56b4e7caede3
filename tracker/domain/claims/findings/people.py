"""D4: an EOB of somebody else, or of another policy (rulebook 3.1, 3.6)."""

from __future__ import annotations

import re

from tracker.dates import day_text
from tracker.domain.claims.findings.finding import Detector, Findings, Severity, Whom
from tracker.domain.claims.findings.reading import owed
from tracker.domain.claims.findings.views import AboutClaim

_HIDDEN = re.compile(r"[*\u2022#]+")
_SUFFIX = re.compile(r"\d{1,2}")


class WrongPatient(Detector):
    """D4: the patient is not of the household, the member number is not the plan's, the plan does not
    cover the person, or was not in force on the day of care."""

    id = "D4"
    name = "Wrong patient or policy"
    severity = Severity.HIGH
    whom = Whom.INSURER
    first = "Call the insurer with the number of your card and ask whose claim it is."

    def of_claim(self, view: AboutClaim) -> Findings:
        claim, plan = view.claim, view.plan
        said = ""
        if not view.known_person:
            said = "The patient of this EOB is nobody of your household."
        elif plan is not None:
            ours, theirs = plan.member_number, claim.member_number
            if not same_number(ours, theirs):
                said = (
                    f"The EOB has member number {theirs.strip()}; yours with {plan.name} is {ours.strip()}."
                )
            elif plan.person_ids and claim.person_id not in plan.person_ids:
                said = f"{plan.name} does not cover the patient of this EOB."
            elif claim.service_from not in plan.period:
                said = f"{plan.name} was not in force on {day_text(claim.service_from)}."
        if said:
            cents = owed(claim)
            yield self.in_claim(view, said, stated=cents, expected=None if cents is None else 0)


def same_number(ours: str, theirs: str) -> bool:
    """Whether two member numbers may be the same: written apart, partly hidden, or with the two digits
    that insurers add for each person. Unknown ones may."""
    left, right = _plain(ours), _plain(theirs)
    if not left or not right:
        return True
    if _HIDDEN.search(theirs) or _HIDDEN.search(ours):
        hidden, whole = (theirs, left) if _HIDDEN.search(theirs) else (ours, right)
        shown = [_plain(piece) for piece in _HIDDEN.split(hidden)]
        return whole.startswith(shown[0]) and whole.endswith(shown[-1])
    short, long = sorted((left, right), key=len)
    rest = long[len(short) :]
    return long.startswith(short) and (not rest or bool(_SUFFIX.fullmatch(rest)))


def _plain(number: str) -> str:
    return "".join(letter for letter in number.upper() if letter.isalnum())
