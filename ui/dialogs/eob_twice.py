"""What to ask where an EOB looks like one that is in the ledger already."""

from __future__ import annotations

from tracker.dates import day_text
from tracker.domain.claims.same_paper import SameBy, SameEob
from tracker.facts import DECIDED
from tracker.money import dollars
from ui.models.coverage_words import short

CORRECTS, DECIDES, ANYWAY = "corrects", "decides", "anyway"


def question(found: SameEob, names: dict[int, str]) -> str:
    """What is there already, in a sentence; `names` are the providers'."""
    claim = found.claim
    what = [short(names.get(claim.provider_id, ""), 40), day_text(claim.service_from)]
    if claim.stage not in DECIDED:
        what.append("not decided yet")
    elif claim.you_owe is not None:
        what.append(f"you owe {dollars(claim.you_owe)}")
    about = ", ".join(part for part in what if part)
    if found.by is SameBy.NUMBER:
        return f"Claim {short(claim.claim_number, 40)} is in the ledger already: {about}."
    return f"An EOB with this provider, day, patient and amounts is in the ledger already: {about}."


def answers(found: SameEob) -> tuple[tuple[str, str], ...]:
    """What the member can say to that."""
    if found.claim.stage not in DECIDED:
        return ((DECIDES, "It decides that claim"), (ANYWAY, "Save it anyway"))
    return ((CORRECTS, "It is a corrected version"), (ANYWAY, "Save it anyway"))
