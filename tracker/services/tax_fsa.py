"""What FSA plan years of a calendar year come to, for its tax worksheet (rulebook 5.2)."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.accounts.fsa import Forfeiture, FsaStanding, forfeiture, standing
from tracker.domain.coverage.limits import Limits
from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind
from tracker.facts.accounts import FsaYear, Hra
from tracker.services.bundle import Services
from tracker.services.fsa_year import claims_by_year


@dataclass(frozen=True, slots=True, kw_only=True)
class FsaSummary:
    """One plan year as of today. `lost` is None where the carry-over cap of its year is not known."""

    account: Account
    year: FsaYear
    standing: FsaStanding
    lost: Forfeiture | None


def read_fsa_summaries(services: Services, year: int, limits: Limits) -> list[FsaSummary]:
    """The plan years that touch a calendar year, the oldest first."""
    found = []
    for account in services.accounts.accounts():
        if account.kind is not AccountKind.FSA or account.id is None:
            continue
        own = [item for item in services.untaxed.fsa_years(account.id) if touches(item, year)]
        claims = claims_by_year(services, account.id) if own else {}
        for item in own:
            now = standing(item, claims.get(item.id or 0, ()))
            found.append(
                FsaSummary(account=account, year=item, standing=now, lost=_lost(item, now, limits))
            )
    return found


def touches(item: FsaYear | Hra, year: int) -> bool:
    """Whether a plan year has a day in a calendar year."""
    return item.begins_on.year <= year <= item.ends_on.year


def _lost(item: FsaYear, now: FsaStanding, limits: Limits) -> Forfeiture | None:
    try:
        return forfeiture(item, now.spent, limits, spent_in_grace=now.spent_in_grace)
    except UserProblem:
        return None
