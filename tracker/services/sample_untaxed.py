"""Untaxed accounts, funds, taxes and affordability of the sample, from its tables to facts.

What moved, was stated or driven after today is left out. Plan years whose limit nobody has published
are left out too, so that the sample can be written for any year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from tracker.facts import Payment, PaymentLine, Role
from tracker.facts.accounts import (
    AccountStatement,
    AfterYear,
    Cover,
    CoverageKind,
    ExpenseNote,
    FsaYear,
    Hra,
    HraKind,
    Qualifies,
    Repaid,
)
from tracker.facts.household_budget import (
    FundPlan,
    FundScenario,
    HouseholdBudget,
    HouseholdLine,
    Reminder,
    TargetMethod,
)
from tracker.facts.taxes import FilingStatus, TaxFacts, Trip
from tracker.services.bundle import Services
from tracker.services.sample_tables import (
    Table,
    basis_points,
    cents,
    cents_or_none,
    day_in,
    day_or_none,
    toml,
)


def untaxed() -> Table:
    """Plan years, statements, funds, tax facts, drives, prescriptions, affordability and reminders."""
    return toml("untaxed.toml")


@dataclass(frozen=True, slots=True)
class Paid:
    """Where the payments are: those with a key by it, all others by payee and day."""

    by_key: Mapping[str, int]
    lines: Iterable[PaymentLine] = field(default=())

    def of(self, item: Table, year: int) -> int | None:
        """The payment a row names by `key`, or by `payee` and `on`; None where it was not made yet."""
        if "key" in item:
            return self.by_key.get(item["key"])
        day = day_in(year, item["on"])
        return next(
            (line.id for line in self.lines if (line.payee, line.paid_on) == (item["payee"], day)), None
        )


@dataclass(frozen=True, kw_only=True)
class _Adding:
    to: Services
    year: int
    today: date
    accounts: Mapping[str, int]
    people: Mapping[str, int]
    category_of: Mapping[Role, int]
    payment_ids: Mapping[str, int]

    @cached_property
    def table(self) -> Table:
        return untaxed()

    @cached_property
    def paid(self) -> Paid:
        return Paid(self.payment_ids, self.to.payments.lines(self.to.payments.ids(descending=False).ids))

    def happened(self, name: str) -> Iterator[Table]:
        """The rows of a table whose day has come."""
        return (item for item in self.table[name] if day_in(self.year, item["on"]) <= self.today)

    # accounts ------------------------------------------------------------------------

    def add_plan_years(self) -> None:
        known = self.to.taxes.limits().years
        for item in self.table["fsa_year"]:
            year = self._fsa_year(item)
            law = known.get(year.begins_on.year)
            if law is not None and law.fsa_contribution is not None:
                self.to.untaxed.save_fsa_year(year)
        for item in self.table["hra_year"]:
            hra = self._hra_year(item)
            law = known.get(hra.begins_on.year)
            if law is None or law.ebhra is None:
                # The law limits no integrated HRA: one that needs no published amount.
                hra = replace(hra, kind=HraKind.INTEGRATED)
            self.to.untaxed.save_hra_year(hra)

    def _fsa_year(self, item: Table) -> FsaYear:
        return FsaYear(
            account_id=self.accounts[item["account"]],
            begins_on=day_in(self.year, item["begins"]),
            ends_on=day_in(self.year, item["ends"]),
            election=cents(item["election"]),
            carried_in=cents(item.get("carried_in", "0")),
            after=AfterYear(item["after"]),
            carry_over_most=cents(item["carry_over_most"]),
            run_out_ends_on=day_in(self.year, item["file_by"]),
        )

    def _hra_year(self, item: Table) -> Hra:
        return Hra(
            account_id=self.accounts[item["account"]],
            kind=HraKind(item["kind"]),
            begins_on=day_in(self.year, item["begins"]),
            ends_on=day_in(self.year, item["ends"]),
            credit=cents(item["credit"]),
            pays=tuple(item["pays"]),
            never_pays=tuple(item["never_pays"]),
            file_by=day_in(self.year, item["file_by"]),
            keeps_rest=item["keeps_rest"],
        )

    def add_covers(self) -> None:
        for item in self.table["cover"]:
            self.to.untaxed.save_cover(
                Cover(
                    person_id=self.people[item["person"]],
                    kind=CoverageKind(item["kind"]),
                    begins_on=day_in(self.year, item["begins"]),
                    ends_on=day_in(self.year, item["ends"]),
                    name=item["name"],
                )
            )

    def add_paid_back(self) -> None:
        for item in self.happened("paid_back"):
            expense_id = self.paid.of(item["expense"], self.year)
            assert expense_id is not None
            amount = cents(item["amount"])
            payment = Payment(
                paid_on=day_in(self.year, item["on"]),
                amount=amount,
                account_id=self.accounts[item["from"]],
                to_account_id=self.accounts[item["to"]],
                note=item["note"],
                repaid=(Repaid(expense_id=expense_id, amount=amount),),
            )
            self.to.payments.save(payment)

    def add_statements(self) -> None:
        """Stated balances, each as far from the ledger's own as the table says."""
        for item in self.happened("statement"):
            account_id, day = self.accounts[item["account"]], day_in(self.year, item["on"])
            balance = self.to.untaxed.balance_on(account_id, day) + cents(item["off"])
            self.to.untaxed.save_statement(
                AccountStatement(
                    account_id=account_id, stated_on=day, balance=balance, note=item.get("note", "")
                )
            )

    # funds ---------------------------------------------------------------------------

    def add_funds(self) -> None:
        fees = {fee.label: fee.id for held in self.to.agreements.memberships() for fee in held.fees}
        for item in self.table["fund_plan"]:
            self.to.untaxed.save_fund_plan(
                FundPlan(
                    account_id=self.accounts[item["account"]],
                    method=TargetMethod(item.get("method", TargetMethod.EXPOSURE)),
                    probability=basis_points(item.get("probability", "25%")),
                    not_covered=cents(item.get("not_covered", "0")),
                    months=item["months"],
                    repay_months=item.get("repay_months", 6),
                    due_on=day_or_none(self.year, item.get("due", "")),
                    category_id=self.category_of[Role(item["line"])] if "line" in item else None,
                    recurring_id=fees[item["pays"]] if "pays" in item else None,
                )
            )
        scenarios = [
            FundScenario(
                label=item["label"],
                probability=basis_points(item["probability"]),
                cost=cents_or_none(item.get("cost", "")),
                category=item.get("category", ""),
                allowed=cents_or_none(item.get("allowed", "")),
                network=item.get("network", "in"),
            )
            for item in self.table["scenario"]
        ]
        self.to.untaxed.save_fund_scenarios(scenarios)

    # taxes ---------------------------------------------------------------------------

    def add_taxes(self) -> None:
        for item in self.table["tax"]:
            self.to.taxes.save_facts(
                TaxFacts(
                    year=self.year + item["year"],
                    income=cents(item["income"]),
                    status=FilingStatus(item["status"]),
                    federal_rate=basis_points(item["federal_rate"]),
                    state_rate=basis_points(item["state_rate"]),
                    through_payroll=item["through_payroll"],
                )
            )
        for item in self.happened("trip"):
            self.to.taxes.save_trip(
                Trip(
                    person_id=self.people[item["person"]],
                    driven_on=day_in(self.year, item["on"]),
                    tenths=tenths(item["miles"]),
                    parking=cents(item.get("parking", "0")),
                    purpose=item["purpose"],
                )
            )
        notes = []
        for item in self.table["expense"]:
            payment_id = self.paid.of(item, self.year)
            if payment_id is not None:
                notes.append(
                    ExpenseNote(
                        payment_id=payment_id,
                        item=item["item"],
                        qualifies=Qualifies(item["qualifies"]),
                        eligible=cents_or_none(item.get("eligible", "")),
                        incurred_on=day_or_none(self.year, item.get("incurred", "")),
                        note=item["note"],
                    )
                )
        self.to.untaxed.save_expense_notes(notes)

    # affordability -------------------------------------------------------------------

    def add_household_budget(self) -> None:
        item = self.table["household_budget"]
        self.to.household_budgets.save(
            HouseholdBudget(
                name=item["name"],
                as_of=min(day_in(self.year, item["on"]), self.today),
                income=cents(item["income"]),
                gross_year=cents(item["gross_year"]),
                savings=cents(item["savings"]),
                own_limit=basis_points(item["own_limit"]),
                note=item["note"],
                lines=tuple(
                    HouseholdLine(
                        label=line["label"],
                        amount=cents(line["amount"]),
                        discretionary=line.get("discretionary", False),
                        cut=cents(line.get("cut", "0")),
                    )
                    for line in item["lines"]
                ),
            )
        )
        for reminder in self.table["reminder"]:
            self.to.household_budgets.save_reminder(
                Reminder(
                    label=reminder["label"],
                    falls_on=day_in(self.year, reminder["on"]),
                    yearly=reminder.get("yearly", False),
                    note=reminder.get("note", ""),
                )
            )


def tenths(miles: str) -> int:
    """`18.4` miles in tenths of a mile."""
    whole, _, part = miles.partition(".")
    return int(whole) * 10 + int(part or 0)


def add_untaxed(
    services: Services,
    year: int,
    today: date,
    *,
    accounts: Mapping[str, int],
    people: Mapping[str, int],
    category_of: Mapping[Role, int],
    payment_ids: Mapping[str, int],
) -> None:
    """Add everything of `untaxed.toml` but prescriptions that has happened by today.

    `accounts` are ids by key, `people` by first name, `payment_ids` by the keys of the payments' table.
    """
    adding = _Adding(
        to=services,
        year=year,
        today=today,
        accounts=accounts,
        people=people,
        category_of=category_of,
        payment_ids=payment_ids,
    )
    adding.add_plan_years()
    adding.add_covers()
    adding.add_paid_back()
    adding.add_statements()
    adding.add_funds()
    adding.add_taxes()
    adding.add_household_budget()
