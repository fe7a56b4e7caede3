"""What the tests of funds share: a household with a bank account, a plan of $5,000, fees and bills."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.ui.coverage_kit import claim, limit, people, plan
from tracker.facts import (
    Account,
    AccountKind,
    AccumulatorKind,
    AccumulatorMode,
    Allocation,
    Category,
    Frequency,
    Payment,
    Plan,
    Recurring,
    Role,
)
from tracker.services.bundle import Services

JAN = date(2026, 1, 1)


@dataclass
class Home:
    """Services with ids at hand."""

    services: Services
    person: int
    bank: int
    lines: dict[Role, Category]

    def line(self, role: Role) -> int:
        return self.lines[role].id or 0

    def plan(self, used: int = 1_720_00, deductible: int = 2_000_00, oop: int = 5_000_00) -> Plan:
        """A plan for one person; one EOB has used some of both limits."""
        made = plan(
            self.services,
            [self.person],
            limits=(
                limit(mode=AccumulatorMode.SELF, individual=deductible, family=None),
                limit(AccumulatorKind.OOP_MAX, mode=AccumulatorMode.SELF, individual=oop, family=None),
            ),
        )
        if used:
            first = min(used, deductible)
            claim(
                self.services,
                self.person,
                date(2026, 3, 3),
                deductible=first,
                coinsurance=used - first,
                allowed=used,
                plan_paid=0,
            )
        return made

    def fund(
        self, kind: AccountKind = AccountKind.CONTINGENCY, opening: int = 0, **more: object
    ) -> Account:
        values: dict[str, object] = {"name": "Fund", "kind": kind, "opening": opening, "opened_on": JAN}
        account = Account(**(values | more))  # type: ignore[arg-type]
        number = self.services.accounts.save(account).new_id
        return next(item for item in self.services.accounts.accounts() if item.id == number)

    def fee(self, amount: int, due: date, **more: object) -> Recurring:
        """An annual fee under the line of memberships."""
        values: dict[str, object] = {
            "label": "Annual retainer",
            "amount": amount,
            "frequency": Frequency.ANNUAL,
            "first_due": due,
            "category_id": self.line(Role.MEMBERSHIP),
        }
        number = self.services.recurring.save(Recurring(**(values | more))).new_id  # type: ignore[arg-type]
        return next(item for item in self.services.recurring.all() if item.id == number)

    def pay(self, day: date, amount: int, role: Role | None, payee: str = "", **more: object) -> int:
        """A payment from the bank unless said otherwise, under the line of a role."""
        share = (Allocation(category_id=self.line(role), amount=amount),) if role else ()
        values: dict[str, object] = {
            "paid_on": day,
            "amount": amount,
            "account_id": self.bank,
            "allocations": share,
        }
        payment = Payment(**(values | more))  # type: ignore[arg-type]
        return self.services.payments.save(payment, payee=payee or None).new_id or 0

    def put_in(self, day: date, amount: int, fund: Account, role: Role = Role.CONTINGENCY) -> int:
        return self.pay(day, amount, role, to_account_id=fund.id)

    def actual(self, role: Role, month: date) -> int | None:
        """A line's actual in a month, as the Budget page shows it."""
        shown = self.services.reports.budget_month(month)
        return next(row.actual for row in shown.rows if row.category.role is role)


def move_in(services: Services) -> Home:
    (person,) = people(services, "Eleanor")
    bank = services.accounts.save(
        Account(name="Checking", kind=AccountKind.BANK, opening=50_000_00, opened_on=JAN)
    ).new_id
    lines = {item.role: item for item in services.people.household().categories}
    return Home(services, person, bank or 0, lines)
