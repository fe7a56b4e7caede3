"""Accounts and taxes of a budget year as its review states them; None is "not known", never zero."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.dates import Period
from tracker.domain.accounts.hsa_pool import Pool
from tracker.domain.accounts.hsa_sheet import HsaSheet
from tracker.domain.accounts.mileage_log import MileageLog
from tracker.domain.accounts.tax_sheet import Ask
from tracker.domain.accounts.tax_worksheet import MedicalSheet
from tracker.facts import Account
from tracker.money import Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountHeld:
    """What an account held at the end of the year. `target` is a fund's, None where none is known."""

    account: Account
    owner: str
    balance: Cents
    target: Cents | None = None
    asks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HsaReview:
    """One person's HSAs in a calendar year.

    `limit` is None where the law's amounts are not known; `asks` then says what to type. `taken` names
    what was paid with what was taken out; `untied` is tied to no expense, `taxable` did not pay for care.
    """

    person: str
    year: int
    limit: Cents | None
    contributed: Cents
    left: Cents | None
    excess: Cents
    taken: tuple[tuple[str, Cents], ...]
    taken_out: Cents
    untied: Cents
    taxable: Cents
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FsaReview:
    """One plan year of an FSA as of today.

    `lost` is what is forfeited if nothing more is claimed, final once `is_over`; None where the carry-over
    limit of the year is not known.
    """

    account: str
    period: Period
    elected: Cents
    carried_in: Cents
    used: Cents
    left: Cents
    lost: Cents | None
    carried_over: Cents | None
    spend_by: date
    file_by: date
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HraReview:
    """One plan year of an HRA as of today."""

    account: str
    period: Period
    credited: Cents
    used: Cents
    left: Cents
    expires_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxReview:
    """A calendar year's worksheet in brief. `asks` is everything it still needs."""

    year: int
    forms: tuple[HsaSheet, ...]
    medical: MedicalSheet
    mileage: MileageLog
    marked: Cents
    asks: tuple[Ask, ...]

    @property
    def has_any(self) -> bool:
        """Whether anything stands on it."""
        return bool(self.forms or self.medical.expenses or self.mileage.trips)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearAccounts:
    """`as_of` is the last day of the year, or today while it runs; None before it has begun.

    `pool` is that of the HSA opened first, as of today; None without an HSA.
    """

    as_of: date | None
    held: tuple[AccountHeld, ...]
    hsa: tuple[HsaReview, ...]
    fsa: tuple[FsaReview, ...]
    hra: tuple[HraReview, ...]
    pool: Pool | None
    tax: TaxReview

    @property
    def has_moved(self) -> bool:
        """Whether anything of accounts or taxes belongs to this year: a balance alone does not."""
        used = any(item.contributed or item.taken_out for item in self.hsa)
        return bool(used or self.fsa or self.hra or self.tax.mileage.trips)
