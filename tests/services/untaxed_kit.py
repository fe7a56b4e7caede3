"""What tests of HSA, FSA and HRA years share: people, accounts, coverage and money in a ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.facts import Account, AccountKind, MoneySource, Payment, Person, Role
from tracker.facts import Allocation as Share
from tracker.facts.accounts import Cover, CoverageKind, Repaid, Tier
from tracker.services.bundle import Services

OPENED = date(2020, 1, 1)
FORTY, FIFTY_EIGHT = date(1986, 5, 5), date(1968, 5, 5)


def person(services: Services, name: str = "Ana", birth: date | None = FORTY) -> int:
    """Adds somebody to the household; the first is the owner of the ledger."""
    position = len(services.people.people())
    made = services.people.save_person(Person(name=name, birth_date=birth, position=position))
    return made.new_id or 0


def account(services: Services, kind: AccountKind, **more: object) -> int:
    fact = replace(Account(name=f"The {kind}", kind=kind), **more)  # type: ignore[arg-type]
    return services.accounts.save(fact).new_id or 0


def hsa_of(services: Services, person_id: int, **more: object) -> int:
    return account(services, AccountKind.HSA, person_id=person_id, **{"opened_on": OPENED, **more})


def cover(
    services: Services,
    person_id: int,
    tier: Tier = Tier.SELF,
    months: tuple[int, int] = (1, 12),
    year: int = 2026,
    kind: CoverageKind = CoverageKind.HDHP,
) -> None:
    """Coverage from the first day of a month through the last of another."""
    first, last = months
    end = date(year, 12, 31) if last == 12 else date.fromordinal(date(year, last + 1, 1).toordinal() - 1)
    services.untaxed.save_cover(
        Cover(person_id=person_id, kind=kind, begins_on=date(year, first, 1), ends_on=end, tier=tier)
    )


def put_in(
    services: Services,
    hsa: int,
    amount: int,
    source: MoneySource | None = None,
    *,
    on: date = date(2026, 6, 1),
    tax_year: int | None = None,
) -> int:
    moved = Payment(paid_on=on, amount=amount, to_account_id=hsa, source=source, tax_year=tax_year)
    return services.payments.save(moved).new_id or 0


def copay(
    services: Services, amount: int, on: date = date(2026, 3, 1), account_id: int | None = None
) -> int:
    """An expense under the line of doctor copays, which HSA, FSA and HRA may pay."""
    line = next(item.id for item in services.budget.categories() if item.role is Role.COPAY_DOCTOR)
    shares = (Share(category_id=line or 0, amount=amount),)
    made = Payment(paid_on=on, amount=amount, account_id=account_id, allocations=shares)
    return services.payments.save(made, payee="Dr. Ito").new_id or 0


def take_out(
    services: Services,
    from_id: int,
    to_id: int,
    amount: int,
    *parts: tuple[int, int],
    on: date = date(2026, 6, 1),
    source: MoneySource | None = None,
    tax_year: int | None = None,
) -> int:
    """A transfer to a bank account that pays expenses back."""
    moved = Payment(
        paid_on=on,
        amount=amount,
        account_id=from_id,
        to_account_id=to_id,
        source=source,
        tax_year=tax_year,
        repaid=tuple(Repaid(expense_id=one, amount=part) for one, part in parts),
    )
    return services.payments.save(moved).new_id or 0
