"""An HRA's plan years with what was reimbursed, and what each may pay (rulebook 5.2)."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.accounts.answers import Answer
from tracker.domain.accounts.hra import (
    HraPays,
    HraStanding,
    ends_hsa_eligibility,
    hra_standing,
    may_hra_pay,
)
from tracker.facts import Account, AccountKind
from tracker.facts.accounts import Hra
from tracker.facts.expenses import Expense
from tracker.money import Cents
from tracker.services.bundle import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class HraShown:
    """One plan year of an HRA as of today. `paid` are the expenses it bore, with how much of each."""

    account: Account
    year: Hra
    standing: HraStanding
    paid: tuple[tuple[Expense, Cents], ...]
    answers: tuple[tuple[HraPays, Answer], ...]
    ends_hsa: bool


def read_hra_years(services: Services) -> list[HraShown]:
    """Every plan year of every HRA, the latest first."""
    accounts = {item.id: item for item in services.accounts.accounts() if item.kind is AccountKind.HRA}
    years = [year for year in services.untaxed.hra_years() if year.account_id in accounts]
    return [_shown(services, accounts[year.account_id], year) for year in reversed(years)]


def _shown(services: Services, account: Account, year: Hra) -> HraShown:
    paid = [
        (item, amount)
        for item in services.expenses.all()
        if year.begins_on <= item.day_of_care <= year.ends_on
        and (amount := item.of_account(account.id or 0)) > 0
    ]
    return HraShown(
        account=account,
        year=year,
        standing=hra_standing(year, (amount for _, amount in paid), services.ledger.today()),
        paid=tuple(paid),
        answers=tuple((what, may_hra_pay(year, what)) for what in HraPays),
        ends_hsa=ends_hsa_eligibility(year),
    )
