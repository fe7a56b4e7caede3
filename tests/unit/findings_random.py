"""Random papers, and random edits of them: everything a ledger accepts, good and bad."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.unit.findings_kit import PLAN, RULES, papers
from tracker.domain.claims.papers import Papers
from tracker.domain.coverage.plan_year import plan_year
from tracker.facts import (
    Authorization,
    Authorized,
    Bill,
    Case,
    CaseKind,
    CaseOutcome,
    Claim,
    ClaimLink,
    ClaimStage,
    Coordination,
    EobLine,
    EobVersion,
    Frequency,
    Membership,
    MembershipModel,
    Network,
    NetworkCheck,
    OrderLine,
    Payment,
    Provider,
    Recurring,
    Stands,
    Statement,
    StatementLine,
    Visit,
)

_FIRST = date(2026, 8, 1)
_CODES = ("", "80061", "99213", "99214", "99396", "G0463", "82306", "1E5", "\u200f\U0001f9ea")
_CATEGORIES = (
    "", "PCP", "SPEC", "LAB", "LAB_VITD", "PREVENT", "PT", "CHIRO", "RX1", "ER", "COSMETIC", "VISION",
)  # fmt: skip
_AMOUNTS = (
    "billed",
    "allowed",
    "plan_paid",
    "deductible",
    "copay",
    "coinsurance",
    "not_covered",
    "you_owe",
)
_REASONS = (
    "", "PR-1", "PR-197", "CO-45", "PR-45", "PR-204", "PR 119", "OA-22", "N865", "97", "CO-253", "OA-18",
    "no code at all",
)  # fmt: skip
SECOND = replace(PLAN, id=2, name="Second", person_ids=(2,), coordination=Coordination(rank=1))


class Making:
    """Makes facts from a seed; few people, days and providers, so that they meet."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._next = 0

    def papers(self) -> Papers:
        chance = self.chance
        return with_years(
            papers(
                [self.claim() for _ in range(chance.randrange(8))],
                plans=(PLAN, SECOND),
                bills=tuple(self.bill() for _ in range(chance.randrange(6))),
                visits=tuple(self.visit() for _ in range(chance.randrange(6))),
                cases=tuple(self.case() for _ in range(chance.randrange(3))),
                checks=tuple(self.check() for _ in range(chance.randrange(3))),
                memberships=tuple(self.membership() for _ in range(chance.randrange(2))),
                membership_payments=tuple(self.payment() for _ in range(chance.randrange(4))),
            )
        )

    def number(self) -> int:
        self._next += 1
        return self._next

    def day(self) -> date:
        return _FIRST + timedelta(days=self.chance.randrange(16))

    def person(self) -> int:
        return self.chance.choice((1, 1, 2))

    def provider(self) -> int:
        return self.chance.randrange(1, 7)

    def cents(self) -> int | None:
        return self.chance.choice((None, 0, 1, 15_00, 25_00, 100_00, 999_999_999_999))

    def line(self) -> EobLine:
        chance = self.chance
        amounts: dict[str, Any] = {name: self.cents() for name in _AMOUNTS}
        if chance.random() < 0.1:
            amounts["billed"] = amounts["allowed"] = -25_00
        return EobLine(
            description=chance.choice(("", "Lipid panel", "x" * 200)),
            code=chance.choice(_CODES),
            modifiers=chance.choice(("", "59", "LT")),
            units=chance.choice((0, 1, 2)),
            service_on=chance.choice((None, self.day())),
            category=chance.choice(_CATEGORIES),
            reasons=chance.choice(_REASONS),
            **amounts,
        )

    def claim(self) -> Claim:
        chance, begin = self.chance, self.day()
        names = (*_AMOUNTS, "may_bill", "penalty", "other_paid")
        amounts: dict[str, Any] = {name: self.cents() for name in names if chance.random() < 0.7}
        return Claim(
            id=self.number(),
            claim_number=chance.choice(("", "1E5", "C1")),
            person_id=self.person(),
            provider_id=self.provider(),
            plan_id=chance.choice((1, 1, 2, None)),
            network=chance.choice((Network.IN, Network.OUT)),
            protected=chance.random() < 0.1,
            category=chance.choice(_CATEGORIES),
            service_from=begin,
            service_to=chance.choice((None, None, begin + timedelta(days=chance.randrange(4)))),
            processed_on=chance.choice((None, begin + timedelta(days=20))),
            member_number=chance.choice(("", "XYZ123456", "other")),
            facility_id=chance.choice((None, None, 4)),
            visit_id=chance.choice((None, None, 1, 2, 3)),
            replaces_id=chance.choice((None, None, None, 1, 2)),
            version=chance.choice((EobVersion.ORIGINAL, EobVersion.ADJUSTMENT, EobVersion.VOID)),
            stage=chance.choice((ClaimStage.PROCESSED, ClaimStage.PROCESSED, *ClaimStage)),
            reasons=chance.choice(_REASONS),
            lines=tuple(self.line() for _ in range(chance.choice((0, 0, 1, 3)))),
            **amounts,
        )

    def bill(self) -> Bill:
        chance, begin = self.chance, self.day()
        return Bill(
            id=self.number(),
            provider_id=self.provider(),
            person_id=self.person(),
            service_from=begin,
            service_to=chance.choice((None, begin + timedelta(days=3))),
            category=chance.choice(_CATEGORIES),
            visit_id=chance.choice((None, 1, 2)),
            self_pay=chance.random() < 0.3,
            estimate=chance.choice((None, 0, 100_00)),
            closed=chance.random() < 0.1,
            statements=tuple(self.statement() for _ in range(chance.randrange(3))),
        )

    def statement(self) -> Statement:
        chance = self.chance
        return Statement(
            stated_on=self.day() + timedelta(days=chance.randrange(60)),
            amount=chance.choice((0, 25_00, 100_00, 999_999_999_999)),
            charges=self.cents(),
            plan_paid=self.cents(),
            discount=self.cents(),
            paid_by_you=chance.choice((None, 0, 25_00)),
            threatens=chance.random() < 0.3,
            lines=tuple(
                StatementLine(code=chance.choice(_CODES), amount=chance.choice((-5_00, 0, 25_00)))
                for _ in range(chance.randrange(3))
            ),
        )

    def visit(self) -> Visit:
        chance, begin = self.chance, self.day()
        return Visit(
            id=self.number(),
            person_id=self.person(),
            provider_id=self.provider(),
            facility_id=chance.choice((None, None, 4)),
            visited_on=begin,
            until=chance.choice((None, begin + timedelta(days=2))),
            category=chance.choice(_CATEGORIES),
            minutes=chance.choice((None, 0, 12, 90)),
            expects_claim=chance.random() < 0.7,
            preventive=chance.random() < 0.2,
            orders=tuple(
                OrderLine(
                    text=chance.choice(("", "Lipid")),
                    code=chance.choice(_CODES),
                    category=chance.choice(_CATEGORIES),
                )
                for _ in range(chance.randrange(3))
            ),
        )

    def case(self) -> Case:
        chance = self.chance
        granted = Authorization(
            stands=chance.choice(list(Authorized)),
            units=chance.choice((None, 1)),
            codes=chance.choice(_CODES),
        )
        return Case(
            id=self.number(),
            kind=chance.choice(list(CaseKind)),
            title="Case",
            opened_on=self.day(),
            person_id=chance.choice((None, 1, 2)),
            provider_id=chance.choice((None, self.provider())),
            claim_id=chance.choice((None, 1, 2, 3)),
            bill_id=chance.choice((None, None, 4, 6)),
            outcome=chance.choice((CaseOutcome.OPEN, CaseOutcome.WON)),
            authorization=chance.choice((None, granted)),
        )

    def check(self) -> NetworkCheck:
        chance = self.chance
        return NetworkCheck(
            id=self.number(), plan_id=1, provider_id=self.provider(), stands=chance.choice(list(Stands)),
            checked_on=self.day(), location=chance.choice(("", "Main St")),
        )  # fmt: skip

    def membership(self) -> Membership:
        chance = self.chance
        fee = Recurring(
            id=7, label="Fee", amount=300_00, frequency=Frequency.MONTHLY, first_due=date(2026, 1, 15)
        )
        return Membership(
            id=self.number(), practice_id=1, model=chance.choice(list(MembershipModel)),
            begins_on=date(2026, 1, 15), ends_on=chance.choice((None, self.day())),
            auto_renews=chance.random() < 0.5, fees=(fee,),
        )  # fmt: skip

    def payment(self) -> Payment:
        chance = self.chance
        return Payment(
            id=self.number(), paid_on=self.day(), amount=chance.choice((300_00, 325_00, -300_00)),
            provider_id=1, recurring_id=chance.choice((None, 7)), repays_id=chance.choice((None, 1)),
            due_on=chance.choice((None, date(2026, 8, 15))),
        )  # fmt: skip

    # edits -----------------------------------------------------------------------------

    def edited(self, before: Papers) -> Papers:
        """The papers after one random change, every fact made anew as if read again."""
        edits: list[Callable[[Papers], Papers]] = [
            lambda of: replace(of, claims=self._changed(of.claims, self.claim)),
            lambda of: replace(of, bills=self._changed(of.bills, self.bill)),
            lambda of: replace(of, visits=self._changed(of.visits, self.visit)),
            lambda of: replace(of, cases=self._changed(of.cases, self.case)),
            lambda of: replace(of, checks=self._changed(of.checks, self.check)),
            lambda of: replace(of, memberships=self._changed(of.memberships, self.membership)),
            lambda of: replace(of, membership_payments=self._changed(of.membership_payments, self.payment)),
            self._linked,
            self._paid,
            self._provider,
            lambda of: replace(of, today=of.today + timedelta(days=self.chance.randrange(60))),
        ]
        weights = [6, 5, 5, 3, 1, 1, 1, 4, 2, 2, 1]
        return with_years(_again(self.chance.choices(edits, weights)[0](before)))

    def _changed(self, facts: tuple[Any, ...], make: Callable[[], Any]) -> tuple[Any, ...]:
        found = list(facts)
        what = self.chance.choice(("add", "change", "change", "remove"))
        if what == "add" or not found:
            found.insert(self.chance.randrange(len(found) + 1), make())
        elif what == "remove":
            found.pop(self.chance.randrange(len(found)))
        else:
            place = self.chance.randrange(len(found))
            found[place] = replace(make(), id=found[place].id)
        return tuple(found)

    def _linked(self, of: Papers) -> Papers:
        chance = self.chance
        if not of.claims or (of.links and chance.random() < 0.3):
            return replace(of, links=of.links[1:])
        claim_id = chance.choice(of.claims).id or 0
        to_bill = [bill.id for bill in of.bills]
        to_visit = [visit.id for visit in of.visits]
        linked = chance.random() < 0.7
        if to_bill and chance.random() < 0.6:
            link = ClaimLink(claim_id=claim_id, bill_id=chance.choice(to_bill), linked=linked)
        elif to_visit:
            link = ClaimLink(claim_id=claim_id, visit_id=chance.choice(to_visit), linked=linked)
        else:
            return of
        return replace(of, links=(*of.links, link))

    def _paid(self, of: Papers) -> Papers:
        if not of.bills:
            return of
        number = self.chance.choice(of.bills).id or 0
        share = (Payment(id=self.number(), paid_on=self.day(), amount=25_00), 25_00)
        return replace(of, paid=dict(of.paid) | {number: [share]})

    def _provider(self, of: Papers) -> Papers:
        number = self.chance.randrange(1, 9)
        npi = self.chance.choice(("", "1234567893"))
        return replace(
            of, providers=dict(of.providers) | {number: Provider(id=number, name="Renamed", npi=npi)}
        )


def _again(of: Papers) -> Papers:
    """The same facts as other objects, as reading them anew gives them."""
    return replace(
        of,
        claims=tuple(replace(item) for item in of.claims),
        bills=tuple(replace(item) for item in of.bills),
        visits=tuple(replace(item) for item in of.visits),
        cases=tuple(replace(item) for item in of.cases),
        plans=tuple(replace(item) for item in of.plans),
        providers={number: replace(item) for number, item in of.providers.items()},
    )


def with_years(of: Papers) -> Papers:
    """The papers with their plan years made of the claims that are in them."""
    return replace(of, years=tuple(plan_year(plan, of.claims, RULES) for plan in of.plans))
