"""A row of Claims: what it says, how rows are found, filtered and added up. `rows` makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from tracker.dates import day_text
from tracker.domain.claims.expected import Expected
from tracker.domain.claims.findings.finding import Finding
from tracker.domain.claims.row_check import Check, Group
from tracker.domain.claims.verdict import Verdict, VerdictKind
from tracker.facts import Bill, Case, Claim, Visit
from tracker.money import Cents, dollars

_KINDS = 3  # a claim, a bill, a visit: what a row is named after


class Missing(StrEnum):
    """A paper that should have come by now."""

    NONE = ""
    EOB = "eob"
    BILL = "bill"


@dataclass(frozen=True, kw_only=True)
class CareRow:
    """One piece of care. `allowed_words` stand where there is no allowed amount to show.

    `case` is the dispute about it: an open one, else the last that was closed.
    """

    key: int
    service_on: date
    provider: str
    person_id: int
    person: str
    what: str
    billed: Cents | None
    allowed: Cents | None
    allowed_words: str
    you_owe: Cents | None
    check: Check
    missing: Missing
    claim: Claim | None
    bills: tuple[Bill, ...]
    visits: tuple[Visit, ...]
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    expected: Expected | None
    case: Case | None

    @cached_property
    def searchable(self) -> str:
        """Everything a filter looks at, case folded; worked out when it is first asked for."""
        claim = self.claim
        said = [self.provider, self.person, self.what, self.allowed_words, self.check.words]
        said += [day_text(self.service_on), self.service_on.isoformat()]
        amounts = (self.billed, self.allowed, self.you_owe)
        said += [dollars(amount) for amount in amounts if amount is not None]
        if claim is not None:
            said += [claim.claim_number, claim.eob_number, claim.description, claim.reasons, claim.note]
            said += [f"{line.code} {line.description}" for line in claim.lines]
        for bill in self.bills:
            said += [bill.account_number, bill.description, bill.note, dollars(bill.asks)]
        said += [f"{visit.description} {visit.note}" for visit in self.visits]
        return "\n".join(text for text in said if text).casefold()

    @property
    def group(self) -> Group:
        return self.check.group

    @property
    def title(self) -> str:
        """`MRI knee, Harbor Imaging, Oct 14`; long names are cut."""
        parts = (_cut(self.what, 90), _cut(self.provider, 60), day_text(self.service_on, year=False))
        return ", ".join(part for part in parts if part)

    @property
    def worst(self) -> int | None:
        """The place of the bill that is best looked at first; None without a bill."""
        order = list(VerdictKind)
        places = range(len(self.verdicts))
        return min(places, key=lambda n: order.index(self.verdicts[n].kind), default=None)


def claim_key(claim_id: int) -> int:
    """The key of the row of a claim."""
    return claim_id * _KINDS


def bill_key(bill_id: int) -> int:
    """The key of the row of a bill that has no EOB."""
    return bill_id * _KINDS + 1


def visit_key(visit_id: int) -> int:
    """The key of the row of a visit that has neither."""
    return visit_id * _KINDS + 2


def row_of(
    rows: Sequence[CareRow], *, claim_id: int = 0, bill_id: int = 0, visit_id: int = 0
) -> CareRow | None:
    """The row in which a claim, a bill or a visit stands; the latest where a bill is about several."""

    def is_here(row: CareRow) -> bool:
        if claim_id:
            return row.claim is not None and row.claim.id == claim_id
        if bill_id:
            return any(bill.id == bill_id for bill in row.bills)
        return any(visit.id == visit_id for visit in row.visits)

    return next(filter(is_here, rows), None)


@dataclass(frozen=True, slots=True)
class BillSums:
    """What is safe to pay today, and what is to be asked back, of all bills of some rows."""

    safe_to_pay: Cents
    refunds: Cents


def bill_sums(rows: Iterable[CareRow]) -> BillSums:
    """The sums of some rows; a bill that is about several EOBs counts once.

    Refunds are those that no finding of the row counts among what is at stake.
    """
    pay: dict[int | None, Cents] = {}
    back: dict[int | None, Cents] = {}
    for row in rows:
        counted = any(finding.at_stake for finding in row.findings if not finding.is_question)
        for bill, found in zip(row.bills, row.verdicts, strict=True):
            pay[bill.id] = found.pay
            back[bill.id] = 0 if counted else found.refund
    return BillSums(sum(pay.values()), sum(back.values()))


def matches(row: CareRow, words: Sequence[str]) -> bool:
    """Whether every word (case folded) occurs in what a row says."""
    return all(word in row.searchable for word in words)


def kept(
    *, words: Sequence[str] = (), group: str = "", person_id: int | None = None, year: int | None = None
) -> Callable[[CareRow], bool] | None:
    """The filter of these choices; None where everything is shown. `group` may be `missing`."""
    if not (words or group or person_id or year):
        return None

    def keep(row: CareRow) -> bool:
        return (
            (person_id is None or row.person_id == person_id)
            and (year is None or row.service_on.year == year)
            and (not group or (bool(row.missing) if group == "missing" else row.group == group))
            and matches(row, words)
        )

    return keep


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "\u2026"
