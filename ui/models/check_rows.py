"""Network checks as rows (rulebook 1.8 and 3.10), and the providers nobody asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.facts import ClaimLine, Household, NetworkCheck, PlannedCare, Stands
from tracker.wording import count_of
from ui.models.coverage_words import STANDS

OLD_DAYS = 90
"""A check older than this should be made again."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check. `is_latest` of its provider and location; `warns` where it is too old to rely on."""

    check: NetworkCheck
    provider: str
    stands: str
    age: str
    is_latest: bool
    warns: bool
    words: str


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A provider with care in the plan's period and no check. `last_on` is the latest or next day."""

    provider_id: int
    provider: str
    seen: str
    last_on: date


def check_rows(checks: Iterable[NetworkCheck], names: Mapping[int, str], today: date) -> list[CheckRow]:
    """The latest first."""
    ordered = sorted(checks, key=lambda item: (item.checked_on, item.id or 0), reverse=True)
    seen: set[tuple[int, str]] = set()
    found = []
    for check in ordered:
        place = (check.provider_id, check.location.casefold())
        found.append(_row(check, names.get(check.provider_id, ""), today, place not in seen))
        seen.add(place)
    return found


def age_words(day: date, today: date) -> str:
    """`today`, `yesterday`, `94 days ago`."""
    days = (today - day).days
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days:,} days ago"


def unchecked(
    lines: Iterable[ClaimLine],
    planned: Iterable[PlannedCare],
    checks: Iterable[NetworkCheck],
    names: Mapping[int, str],
    left_out: Iterable[int] = (),
) -> list[Unchecked]:
    """Providers on EOBs or in planned care without a check, the latest care first.

    `left_out` are no givers of care: the insurer itself.
    """
    known = {check.provider_id for check in checks} | set(left_out)
    days: dict[int, list[date]] = {}
    plans: dict[int, list[date]] = {}
    for line in lines:
        days.setdefault(line.claim.provider_id, []).append(line.claim.service_from)
    for care in planned:
        if care.provider_id is not None:
            plans.setdefault(care.provider_id, []).append(care.first_on)
    found = []
    for provider_id in dict.fromkeys([*days, *plans]):
        if provider_id in known:
            continue
        eobs, ahead = days.get(provider_id, []), plans.get(provider_id, [])
        parts = [count_of(len(eobs), "EOB")] if eobs else []
        parts += ["planned care"] if ahead else []
        name = names.get(provider_id, "")
        found.append(Unchecked(provider_id, name, ", ".join(parts), max([*eobs, *ahead])))
    return sorted(found, key=lambda item: (-item.last_on.toordinal(), item.provider.casefold()))


def insurers(home: Household) -> set[int]:
    """Providers that are the plans' insurers: they give no care."""
    return {plan.insurer_id for plan in home.plans if plan.insurer_id is not None}


def matches(row: CheckRow, words: Sequence[str]) -> bool:
    """Whether every word (case folded) is found in the row."""
    return all(word in row.words for word in words)


def _row(check: NetworkCheck, provider: str, today: date, is_latest: bool) -> CheckRow:
    stands, age = STANDS[check.stands], age_words(check.checked_on, today)
    texts = [provider, check.location, stands, age, day_text(check.checked_on), check.source]
    texts += [check.reference, check.note]
    return CheckRow(
        check=check,
        provider=provider,
        stands=stands,
        age=age,
        is_latest=is_latest,
        warns=is_latest and (today - check.checked_on).days > OLD_DAYS,
        words=" ".join(texts).casefold(),
    )


def stands_tone(row: CheckRow) -> str:
    """Colour beside the words: quiet for what a later check replaced."""
    if not row.is_latest:
        return "quiet"
    return {Stands.IN: "good", Stands.OUT: "bad", Stands.UNKNOWN: "warning"}[row.check.stands]
