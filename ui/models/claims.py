"""EOBs as rows of a table: what each shows, what it counts, and what asks for a look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.domain.coverage.accumulators import counted
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.eob import Gap, gap
from tracker.domain.coverage.explain import why_not_counted
from tracker.facts import AccumulatorKind, Claim, ClaimLine, Network, Plan, ServiceCategory
from tracker.money import Cents, dollars
from ui.models.table import Column

UNCOUNTED = "does not count"


@dataclass(frozen=True, slots=True)
class EobRow:
    """One EOB. `off` is the sum that does not close; `uncounted` says why it counts toward no limit.

    `service` is what was done, in words: the category and what the EOB calls it.
    """

    line: ClaimLine
    patient: str
    service: str
    counted: Cents
    off: Gap | None
    uncounted: str
    searchable: str

    @property
    def claim(self) -> Claim:
        return self.line.claim


def eob_rows(
    lines: Iterable[ClaimLine],
    plan: Plan | None,
    names: Mapping[int, str],
    categories: Mapping[str, ServiceCategory] | None = None,
) -> list[EobRow]:
    """The rows of a plan year, or of EOBs that no plan covers. `names` are the patients' short ones.

    Services are called as in `categories`, by default as the program's own list calls them.
    """
    known = catalogue() if categories is None else categories
    return [_row(line, plan, names, known) for line in lines]


def key(row: EobRow) -> int:
    return row.claim.id or 0


def matches(row: EobRow, words: Sequence[str]) -> bool:
    """Whether every word (case folded) is found in names, service, description, number, days, amounts."""
    return all(word in row.searchable for word in words)


def _row(
    line: ClaimLine,
    plan: Plan | None,
    names: Mapping[int, str],
    categories: Mapping[str, ServiceCategory],
) -> EobRow:
    claim = line.claim
    service = _service(claim, categories)
    reason = why_not_counted(claim, plan)
    off = gap(claim)
    days = [day_text(day) for day in (claim.service_from, claim.processed_on) if day]
    amounts = [dollars(amount) for amount in (claim.billed, claim.allowed, claim.you_owe) if amount]
    texts = [line.person, line.provider, service, claim.description, claim.claim_number, *days, *amounts]
    texts += [UNCOUNTED] if reason else []
    texts += [off_words(off)] if off else []
    return EobRow(
        line=line,
        patient=names.get(claim.person_id, line.person),
        service=service,
        counted=0 if reason else counted(claim, AccumulatorKind.DEDUCTIBLE),
        off=off,
        uncounted=reason,
        searchable="\n".join(texts).casefold(),
    )


def off_words(off: Gap) -> str:
    """`Off by $1.55`, the mark of sums that do not close."""
    return f"Off by {dollars(abs(off.amount))}"


def counted_words(row: EobRow) -> str:
    """What an EOB adds to the deductible, or that it does not count at all."""
    if row.uncounted:
        return UNCOUNTED
    return dollars(row.counted) if row.counted else ""


def counted_reason(row: EobRow) -> str:
    """The tooltip of that: why, or where the rest went."""
    if row.uncounted:
        return row.uncounted
    elsewhere = counted(row.claim, AccumulatorKind.OOP_MAX) - row.counted
    said = f"{dollars(row.counted)} counts toward the deductible"
    if elsewhere:
        said += f"; with copay and coinsurance {dollars(row.counted + elsewhere)} toward the maximum"
    return f"{said}."


def eob_columns(day: Callable[[date], str] = day_text) -> list[Column[EobRow]]:
    """The columns of the list; `day` writes a date, with its year or without."""

    def processed(row: EobRow) -> str:
        return day(row.claim.processed_on) if row.claim.processed_on else ""

    return [
        Column[EobRow](
            "Date",
            lambda row: day(row.claim.service_from),
            _service_day,
            tooltip=_days,
        ),
        Column[EobRow]("Processed", processed, _processed),
        Column[EobRow](
            "Patient",
            lambda row: row.patient,
            _folded_person,
            tooltip=lambda row: row.line.person,
            width=76,
        ),
        Column[EobRow]("Provider", lambda row: row.line.provider, _folded_provider, stretch=3),
        Column[EobRow]("Service", lambda row: row.service, _folded_service, stretch=4),
        _amount("Billed", lambda row: row.claim.billed),
        _amount("Allowed", lambda row: row.claim.allowed),
        _amount("Plan paid", lambda row: row.claim.plan_paid),
        Column[EobRow](
            "Counted",
            counted_words,
            _counted,
            right=True,
            tooltip=counted_reason,
            tone=lambda row: "quiet" if row.uncounted else "",
        ),
        _amount("You owe", lambda row: row.claim.you_owe, bold=True),
        Column[EobRow](
            "Check",
            lambda row: off_words(row.off) if row.off else "",
            _off,
            pill=True,
            tone=lambda row: "bad",
            tooltip=lambda row: row.off.words if row.off else "",
        ),
    ]


def _amount(
    heading: str, amount: Callable[[EobRow], Cents | None], *, bold: bool = False
) -> Column[EobRow]:
    def text(row: EobRow) -> str:
        found = amount(row)
        return "" if found is None else dollars(found)

    return Column[EobRow](heading, text, amount, right=True, bold=(lambda _row: True) if bold else None)


def _service(claim: Claim, categories: Mapping[str, ServiceCategory]) -> str:
    """`Specialist visit: Visit and biopsy`; only one of them where they say the same.

    A word comes before it where the provider is out of network.
    """
    category = categories.get(claim.category)
    name = category.name if category else claim.category
    known, described = name.casefold(), claim.description.casefold()
    words = [claim.description] if known in described else [name]
    if known not in described and described not in known:
        words.append(claim.description)
    if claim.network is Network.OUT:
        words.insert(0, "Out of network, protected" if claim.protected else "Out of network")
    return ": ".join(part for part in words if part)


def _folded_person(row: EobRow) -> str:
    return row.line.person.casefold()


def _folded_provider(row: EobRow) -> str:
    return row.line.provider.casefold()


def _days(row: EobRow) -> str:
    """The dates in words, for the day that stands alone."""
    claim = row.claim
    last = f" to {day_text(claim.service_to)}" if claim.service_to else ""
    processed = f", processed {day_text(claim.processed_on)}" if claim.processed_on else ""
    return f"Date of service {day_text(claim.service_from)}{last}{processed}"


def _folded_service(row: EobRow) -> str | None:
    """Those without a word sort last."""
    return row.service.casefold() or None


def _service_day(row: EobRow) -> date:
    return row.claim.service_from


def _processed(row: EobRow) -> date | None:
    return row.claim.processed_on


def _counted(row: EobRow) -> Cents | None:
    return None if row.uncounted else row.counted


def _off(row: EobRow) -> Cents | None:
    return abs(row.off.amount) if row.off else None
