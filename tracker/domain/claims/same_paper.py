"""Whether a paper is in the ledger already: the same EOB twice, a new statement of a known bill.

A bill's account number (or patient and day) and the date of a statement tell its versions apart
(rulebook 3.5); an EOB is known by its claim number, else by who, where, when and how much.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.claims.line_sums import AMOUNTS
from tracker.facts import Bill, Claim, Statement


class SameBy(StrEnum):
    """What gave a paper away."""

    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class SameEob:
    """An EOB that is there already, and whether its number or its day and amounts tell so."""

    claim: Claim
    by: SameBy


@dataclass(frozen=True, slots=True)
class SameBill:
    """A bill that is there already. `statement` is the very same paper, where it is one."""

    bill: Bill
    by: SameBy
    statement: Statement | None


def plain_number(number: str) -> str:
    """A claim or account number for comparing: letters and digits, in capitals. It is never a number:
    `1E5` is not 100000, and `007` is not 7.
    """
    return "".join(sign for sign in number.upper() if sign.isalnum())


def same_eob(draft: Claim, known: Iterable[Claim]) -> SameEob | None:
    """The EOB that a draft repeats, the one entered last where there are several.

    The draft itself, and the EOB it says it corrects with all that one corrects, do not count.
    """
    claims = list(known)
    own = _chain(draft, claims)
    number = plain_number(draft.claim_number)
    found: SameEob | None = None
    for claim in sorted(claims, key=lambda item: item.id or 0):
        if claim.id in own:
            continue
        if number and plain_number(claim.claim_number) == number:
            found = SameEob(claim, SameBy.NUMBER)
        elif (found is None or found.by is SameBy.DAY) and _same_care(draft, claim):
            found = SameEob(claim, SameBy.DAY)
    return found


def same_bill(draft: Bill, known: Iterable[Bill]) -> SameBill | None:
    """The bill of which a draft's newest statement is another one; the latest care first.

    Account numbers that are both given and differ tell two bills apart, whatever else agrees.
    """
    account = plain_number(draft.account_number)
    found: SameBill | None = None
    for bill in known:
        if bill.id == draft.id or bill.provider_id != draft.provider_id:
            continue
        other = plain_number(bill.account_number)
        if account and other and account != other:
            continue
        if account and account == other:
            by = SameBy.NUMBER
        elif bill.person_id == draft.person_id and _same_days(draft, bill):
            by = SameBy.DAY
        else:
            continue
        better = found is None or (by is SameBy.NUMBER and found.by is SameBy.DAY)
        if better or (found is not None and by is found.by and bill.service_from > found.bill.service_from):
            found = SameBill(bill, by, _same_statement(draft.newest, bill.statements))
    return found


def _same_statement(draft: Statement | None, known: Sequence[Statement]) -> Statement | None:
    if draft is None:
        return None
    return next(
        (one for one in known if one.stated_on == draft.stated_on and one.amount == draft.amount), None
    )


def _same_days(draft: Bill, bill: Bill) -> bool:
    first, last = draft.service_from, draft.service_to or draft.service_from
    return first <= (bill.service_to or bill.service_from) and bill.service_from <= last


def _same_care(draft: Claim, claim: Claim) -> bool:
    """Provider, day, person and every amount that both state agree, and there is one above zero."""
    if (draft.provider_id, draft.person_id, draft.service_from) != (
        claim.provider_id,
        claim.person_id,
        claim.service_from,
    ):
        return False
    if plain_number(draft.claim_number) and plain_number(claim.claim_number):
        return False  # two numbers that differ: two claims of one day
    mine, theirs = ([getattr(item, name) for name in AMOUNTS] for item in (draft, claim))
    both = [(a, b) for a, b in zip(mine, theirs, strict=True) if a is not None and b is not None]
    return bool(both) and all(a == b for a, b in both) and any(a for a, _ in both)


def _chain(draft: Claim, claims: Iterable[Claim]) -> set[int | None]:
    """The draft, what it corrects and what that corrects, and what corrects any of these."""
    known = list(claims)
    by_id = {claim.id: claim for claim in known}
    own: set[int | None] = {draft.id} if draft.id is not None else set()
    earlier = draft.replaces_id
    while earlier is not None and earlier not in own:
        own.add(earlier)
        earlier = by_id[earlier].replaces_id if earlier in by_id else None
    return own | corrections_of(own, known)


def corrections_of(own: Iterable[int | None], claims: Iterable[Claim]) -> set[int | None]:
    """The EOBs that correct some EOBs, and those that correct them in turn."""
    by_earlier: dict[int, list[int | None]] = {}
    for claim in claims:
        if claim.replaces_id is not None:
            by_earlier.setdefault(claim.replaces_id, []).append(claim.id)
    found: set[int | None] = set()
    ahead = [number for number in own if number is not None]
    while ahead:
        for later in by_earlier.get(ahead.pop(), ()):
            if later is not None and later not in found:
                found.add(later)
                ahead.append(later)
    return found
