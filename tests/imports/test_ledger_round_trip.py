"""Whatever is entered comes back: random facts, entered through the services, out and in again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import MISSING, fields, replace
from datetime import date, time, timedelta
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY, open_ledger
from tests.exports.ledger_kit import exported, exported_again, stored
from tracker.errors import UserProblem
from tracker.facts import (
    Account,
    Allocation,
    Authorization,
    Bill,
    BillShare,
    Call,
    Case,
    CaseStep,
    Category,
    Claim,
    ClaimLink,
    Deadline,
    EobLine,
    FindingNote,
    Membership,
    Noun,
    OrderLine,
    Payment,
    Person,
    PlannedCare,
    Provider,
    Recurring,
    ReviewNote,
    Snooze,
    Statement,
    StatementLine,
    Submission,
    Visit,
)
from tracker.services.bundle import Services, services_over

Fact = TypeVar("Fact")
BASE = date(2026, 1, 1)
BEGINS = {
    *("service_from", "visited_on", "opened_on", "called_on", "begins_on", "first_due", "first_on"),
    *("stated_on", "do_by", "valid_from"),
}
"""Days that others may not lie before; those are all of one day here."""

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
NAMES = st.text(st.characters(categories=("L", "N", "So", "Mn")), min_size=1, max_size=12)
AMOUNTS = st.integers(0, 999_999_999_999)
DAYS = st.integers(1, 300).map(lambda days: BASE + timedelta(days=days))
DOCUMENTS = st.binary(min_size=1, max_size=40)


def made(kind: type[Fact], **given_: Any) -> st.SearchStrategy[Fact]:
    """Facts of a kind with anything in their fields; links to others only where they are given."""
    hints = get_type_hints(kind)
    values: dict[str, st.SearchStrategy[Any]] = {}
    for item in fields(kind):  # type: ignore[arg-type]
        if item.name in given_:
            wanted = given_[item.name]
            values[item.name] = wanted if isinstance(wanted, st.SearchStrategy) else st.just(wanted)
        elif item.name in BEGINS:
            values[item.name] = st.just(BASE)
        elif item.name != "id" and not item.name.endswith("_id"):
            filled = _any(hints[item.name], item.name)
            if filled is not None:
                values[item.name] = filled
        elif item.default is MISSING:
            values[item.name] = st.just(0)
    return st.builds(kind, **values)


def _any(hint: Any, name: str) -> st.SearchStrategy[Any] | None:
    if get_origin(hint) in (Union, UnionType):
        inside = next(part for part in get_args(hint) if part is not type(None))
        filled = _any(inside, name)
        return None if filled is None else st.none() | filled
    if get_origin(hint) is tuple:
        return st.lists(NAMES, max_size=3).map(tuple) if get_args(hint)[0] is str else None
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.integers(0, 1_000) if name in ("minutes", "notice_days") else AMOUNTS
    if hint is date:
        return DAYS
    if hint is time:
        return st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    if hint is str:
        return NAMES if name in ("name", "title", "label", "reason", "item", "key") else TEXTS
    return None


def several(facts: st.SearchStrategy[Fact], most: int = 3) -> st.SearchStrategy[tuple[Fact, ...]]:
    return st.lists(facts, max_size=most).map(tuple)


class Entering:
    """Enters facts; what a service refuses is left out, and counted."""

    def __init__(self, services: Services, data: st.DataObject, folder: Path) -> None:
        self.services = services
        self.draw = data.draw
        self.folder = folder
        self.refused = 0

    def try_to(self, act: Callable[[], Any]) -> int | None:
        try:
            return getattr(act(), "new_id", None)
        except UserProblem:
            self.refused += 1
            return None

    def all_of(
        self, facts: st.SearchStrategy[Fact], save: Callable[[Fact], Any], most: int = 2
    ) -> list[int]:
        found = (self.try_to(lambda fact=fact: save(fact)) for fact in self.draw(several(facts, most)))
        return [number for number in found if number is not None]

    def one_of(self, ids: list[int]) -> st.SearchStrategy[int | None]:
        return st.sampled_from([*ids, None])

    def everything(self) -> None:
        services, draw = self.services, self.draw
        person = services.people.save_person(draw(made(Person))).new_id or 0
        self.all_of(made(Provider), services.people.save_provider)
        accounts = self.all_of(made(Account), services.accounts.save)
        self.all_of(made(Category), services.budget.save_category)
        lines = [item.id for item in services.budget.categories() if item.id is not None]
        for estimate in draw(several(AMOUNTS)):
            month = date(2026, draw(st.integers(1, 12)), 1)
            self.try_to(lambda e=estimate, m=month: services.budget.set_estimate(lines[0], m, e))
        fees = several(made(Recurring, account_id=self.one_of(accounts), label=NAMES), 2)
        self.all_of(
            made(Membership, person_ids=(person,), fees=fees),
            lambda item: services.agreements.save_membership(item, practice=draw(NAMES)),
        )
        self.all_of(
            made(PlannedCare, person_id=person, category="LAB", times=3, every_months=2),
            services.coverage.save_planned,
        )
        visits = self.all_of(
            made(Visit, person_id=person, category="", orders=several(made(OrderLine))),
            lambda item: services.care.save_visit(item, provider=draw(NAMES), facility=draw(TEXTS)),
        )
        of_visit = self.one_of(visits)
        claims: list[int] = []
        for claim in draw(
            several(made(Claim, person_id=person, category="", tier="", lines=several(made(EobLine))), 3)
        ):
            linked = replace(claim, visit_id=draw(of_visit), replaces_id=draw(self.one_of(claims)))
            number = self.try_to(lambda c=linked: services.claims.save(c, provider=draw(NAMES)))
            claims += [number] if number else []
        statements = st.lists(
            made(Statement, due_on=None, lines=several(made(StatementLine))), min_size=1, max_size=3
        ).map(tuple)
        bills = self.all_of(
            made(Bill, person_id=person, visit_id=of_visit, statements=statements),
            lambda item: services.care.save_bill(item, provider=draw(NAMES)),
        )
        self._payments(accounts, lines, bills)
        self._pursued(person, visits, claims, bills)
        for item in draw(several(made(ReviewNote, year=2026))):
            self.try_to(lambda i=item: services.review.set_note(i))
        for content in draw(several(DOCUMENTS, 2)):
            path = self.folder / f"{draw(st.sampled_from(('a.pdf', 'b.txt', 'é')))}"
            path.write_bytes(content)
            self.try_to(lambda p=path: services.documents.attach(Noun.PERSON, person, [p]))

    def _payments(self, accounts: list[int], lines: list[int], bills: list[int]) -> None:
        draw, services = self.draw, self.services
        paid: list[int] = []
        for payment in draw(several(made(Payment, account_id=self.one_of(accounts)), 3)):
            whole = payment.amount
            part = draw(st.integers(0, whole))
            share = (BillShare(bill_id=bills[0], amount=whole),) if bills and whole else ()
            parts = (Allocation(category_id=lines[0], amount=part, note=draw(TEXTS)),) if part else ()
            filled = replace(payment, allocations=parts, bills=share)
            number = self.try_to(lambda p=filled: services.payments.save(p, payee=draw(TEXTS)))
            if number and whole:
                back = replace(payment, amount=-1, repays_id=number, paid_on=TODAY)
                self.try_to(lambda p=back: services.payments.save(p))
                paid.append(number)

    def _pursued(self, person: int, visits: list[int], claims: list[int], bills: list[int]) -> None:
        draw, services = self.draw, self.services
        case = made(
            Case,
            person_id=person,
            claim_id=self.one_of(claims),
            bill_id=self.one_of(bills),
            visit_id=self.one_of(visits),
            steps=several(made(CaseStep)),
            deadlines=several(made(Deadline)),
            authorization=st.none() | made(Authorization),
            submission=st.none() | made(Submission),
        )
        cases = self.all_of(case, lambda item: services.cases.save(item, provider=draw(TEXTS)))
        call = made(Call, case_id=self.one_of(cases), claim_id=self.one_of(claims))
        self.all_of(call, lambda item: services.cases.save_call(item, organisation=draw(TEXTS)))
        self.all_of(made(FindingNote, case_id=self.one_of(cases)), services.cases.note_finding)
        until = st.just(TODAY + timedelta(days=3))
        self.all_of(made(Snooze, until=until), services.cases.snooze)
        for claim in claims:
            link = ClaimLink(claim_id=claim, bill_id=draw(self.one_of(bills)), linked=draw(st.booleans()))
            if link.bill_id is not None:
                self.try_to(lambda item=link: services.papers.link(item))


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.reuse, Phase.generate),  # a smaller example would take minutes to find
)
@given(data=st.data())
def test_whatever_is_entered_comes_back(
    data: st.DataObject, empty_file: Path, tmp_path_factory: Any
) -> None:
    folder = tmp_path_factory.mktemp("random")
    shutil.copyfile(empty_file, folder / "home.ledger")
    ledger = open_ledger(folder / "home.ledger")
    try:
        entering = Entering(services_over(ledger), data, folder)
        entering.everything()
        if data.draw(st.booleans()):
            ledger.undo()  # ids with holes, and a history with more than what was done
        out = exported(ledger, folder / "out.json")
        again = exported_again(out, folder)
        assert again.read_bytes() == out.read_bytes()
        assert stored(folder / "again.ledger") == stored(ledger.path)
    finally:
        ledger.close()
        shutil.rmtree(folder)
