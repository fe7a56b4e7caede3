"""Eleanor's year: a filled ledger to look around in, built from the tables of `resources/sample`."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from tracker.errors import UserProblem, WorldProblem
from tracker.facts import (
    Account,
    AccountKind,
    BudgetLine,
    Noun,
    Person,
    Provider,
    ProviderKind,
)
from tracker.services import sample_tables as tables
from tracker.services.bundle import Services, services_over
from tracker.services.sample_agreements import KnownIds, membership_of, plan_of, recurring_of
from tracker.services.sample_care import Care, add_care
from tracker.services.sample_cases import PaperIds, add_cases
from tracker.services.sample_coverage import add_known, own_categories, rules_of
from tracker.services.sample_drugs import add_drugs
from tracker.services.sample_membership import add_membership_use, terms_of
from tracker.services.sample_papers import one_page
from tracker.services.sample_payments import SamplePayments
from tracker.services.sample_tables import cents, cents_or_none, day_in
from tracker.services.sample_untaxed import add_untaxed
from tracker.storage.ledger import create
from tracker.whole_file import put_in_place, reason_of

FIRST_YEAR, LAST_YEAR = 2000, 2100


def write_sample(path: Path, *, year: int, today: date) -> None:
    """Write the sample ledger of a year, filled up to today, complete or not at all.

    Raises UserProblem for a year out of range or a file that is already there.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserProblem(
            f"The sample has no year {year}.", f"Choose one from {FIRST_YEAR} to {LAST_YEAR}.", field="year"
        )
    try:
        if path.exists():
            raise UserProblem(f"{path.name} is already there.", "Choose another name; nothing was changed.")
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".sample-") as folder:
            built = Path(folder) / path.name
            noon = datetime.combine(today, time(12), UTC)
            ledger = create(built, clock=lambda: today, now=lambda: noon)
            try:
                fill_sample(services_over(ledger), year, today)
            finally:
                ledger.close()
            put_in_place(built, path)
    except OSError as why:
        raise WorldProblem(
            f"The sample could not be written to {path.parent}: {reason_of(why)}.",
            "Choose another folder.",
        ) from why


def fill_sample(services: Services, year: int, today: date) -> None:
    """Put the sample year into an empty ledger."""
    filler = _Filler(services, year, today)
    filler.add_household()
    filler.add_agreements()
    filler.add_estimates()
    filler.add_care()
    filler.add_payments()
    filler.add_untaxed()
    filler.add_membership_use()
    filler.add_what_is_known()
    filler.add_cases()
    filler.add_papers()


class _Filler:
    """Adds one kind of fact after the other, each as one change where the services allow it."""

    def __init__(self, services: Services, year: int, today: date) -> None:
        self._to = services
        self._year = year
        self._today = today
        self._tables = tables.household()
        self._people: dict[str, int] = {}
        self._accounts: dict[str, int] = {}
        self._payment_ids: dict[str, int] = {}
        self._care = Care()
        self._case_ids: dict[str, int] = {}
        self._plan_ids: dict[int, int] = {}
        self._membership_ids: dict[tuple[str, int], int] = {}
        self._left_open: set[str] = set()
        self._category_of = {
            item.role: item.id for item in services.budget.categories() if item.id is not None
        }

    # who and where -------------------------------------------------------------------

    def add_household(self) -> None:
        born_before = min(self._year, self._today.year)
        for position, table in enumerate(self._tables["person"]):
            born = day_in(born_before - table["age"], table["birthday"])
            person = Person(name=table["name"], birth_date=born, position=position)
            self._people[table["name"]] = _new(self._to.people.save_person(person).new_id)
        for table in self._tables["account"]:
            account = Account(
                name=table["name"],
                kind=AccountKind(table["kind"]),
                institution=table["institution"],
                opening=cents(table["opening"]),
                opened_on=day_in(self._year, table.get("opened", "01-01")),
                target=cents_or_none(table.get("target", "")),
                person_id=self._person(table.get("owner", "")),
            )
            self._accounts[table["key"]] = _new(self._to.accounts.save(account).new_id)
        for table in self._tables["provider"]:
            self._to.people.save_provider(Provider(**table | {"kind": ProviderKind(table["kind"])}))

    def _person(self, first_name: str) -> int | None:
        found = (person_id for name, person_id in self._people.items() if name.startswith(first_name))
        return next(found, None) if first_name else None

    # agreements ----------------------------------------------------------------------

    def add_agreements(self) -> None:
        known = KnownIds(self._people, self._accounts, self._category_of)
        for table in self._tables["membership"]:
            year = self._year + table["year"]
            membership = membership_of(table, year, known, is_over=year < self._today.year)
            membership = replace(membership, terms=terms_of(table["practice"], table["year"]))
            saved = self._to.agreements.save_membership(membership, practice=table["practice"])
            self._membership_ids[table["practice"], table["year"]] = _new(saved.new_id)
        for table in sorted(self._tables["plan"], key=lambda found: int(found["year"])):
            year = self._year + table["year"]
            plan = replace(plan_of(table, year, known), continues_id=self._plan_ids.get(year - 1))
            saved = self._to.plans.save(
                plan,
                insurer=table["insurer"],
                rules=rules_of(table["year"]),
                categories=own_categories(),
            )
            self._plan_ids[year] = _new(saved.new_id)
        payees = {found.name: found.id for found in self._to.people.providers()}
        for table in self._tables["recurring"]:
            item = recurring_of(table, self._year, known, is_over=self._year < self._today.year)
            item = replace(
                item,
                provider_id=payees.get(table.get("payee", "")),
                person_id=self._person(table.get("person", "")),
            )
            self._to.recurring.save(item)
            if table.get("leave_open"):
                self._left_open.add(item.label)

    # the budget ----------------------------------------------------------------------

    def add_estimates(self) -> None:
        lines = [
            BudgetLine(
                category_id=category_id,
                month=date(self._year + table["year"], month, 1),
                estimate=estimate,
            )
            for table in self._tables["budget"]
            for month in range(1, 13)
            for category_id, estimate in tables.estimates(table, self._category_of).items()
        ]
        self._to.budget.apply(lines, words_="Fill the budget of two years")

    # care ----------------------------------------------------------------------------

    def add_care(self) -> None:
        """The care log, the claims and the bills that have come by today."""
        self._care = add_care(self._to, self._year, self._today, self._by_first_name())

    def _by_first_name(self) -> dict[str, int]:
        return {name.split()[0]: person_id for name, person_id in self._people.items()}

    # what was paid -------------------------------------------------------------------

    def add_payments(self) -> None:
        """Everything paid up to today."""
        self._payment_ids = SamplePayments(
            self._to,
            self._year,
            self._today,
            accounts=self._accounts,
            people=self._by_first_name(),
            category_of=self._category_of,
            paid_toward=self._care.paid_toward,
            left_open=self._left_open,
        ).add()

    def add_untaxed(self) -> None:
        """Plan years, statements, funds, taxes, prescriptions and affordability."""
        people = self._by_first_name()
        add_untaxed(
            self._to,
            self._year,
            self._today,
            accounts=self._accounts,
            people=people,
            category_of=self._category_of,
            payment_ids=self._payment_ids,
        )
        add_drugs(self._to, self._year, self._today, people=people, claims=self._care.claim_ids)

    def add_membership_use(self) -> None:
        """What the memberships include, contacts with the practices, and the decision worksheet."""
        add_membership_use(
            self._to,
            self._year,
            self._today,
            memberships=self._membership_ids,
            visits=self._care.visit_ids,
        )

    def add_what_is_known(self) -> None:
        """Network checks, stated totals, opening balances and planned care."""
        add_known(self._to, self._year, self._today, self._plan_ids, self._by_first_name())

    def add_cases(self) -> None:
        """Cases, calls and what was decided on findings."""
        papers = PaperIds(
            people=self._by_first_name(),
            claims=self._care.claim_ids,
            originals=self._care.original_ids,
            bills=self._care.bill_ids,
            visits=self._care.visit_ids,
            plan_id=self._plan_ids[self._year],
        )
        self._case_ids = add_cases(self._to, self._year, self._today, papers)

    # papers --------------------------------------------------------------------------

    def add_papers(self) -> None:
        papers: dict[str, list[dict[str, Any]]] = tables.papers()
        with tempfile.TemporaryDirectory(prefix="concierge-ledger-") as folder:
            for kind, noun, ids in (
                ("eob", Noun.CLAIM, self._care.claim_ids),
                ("payment", Noun.PAYMENT, self._payment_ids),
                ("visit", Noun.VISIT, self._care.visit_ids),
                ("bill", Noun.BILL, self._care.bill_ids),
                ("case", Noun.CASE, self._case_ids),
            ):
                for paper in papers[kind]:
                    if paper["key"] in ids:
                        path = Path(folder) / paper["name"]
                        path.write_bytes(one_page(self._of_this_year(paper["text"])))
                        self._to.documents.attach(noun, ids[paper["key"]], [path])

    def _of_this_year(self, lines: Sequence[str]) -> list[str]:
        return [line.replace("{year}", str(self._year)) for line in lines]


def _new(row_id: int | None) -> int:
    assert row_id is not None
    return row_id
