"""A dispute with all its papers, as the tests of letters, packets and sheets need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from tests.ui.coverage_kit import people, plan
from tracker.facts import Bill, Call, Case, CaseKind, Claim, Plan, Statement, Topic
from tracker.services.bundle import Services


@dataclass(frozen=True)
class Dispute:
    """The MRI: the EOB says $215.00, the bill asks $300.00."""

    services: Services
    plan: Plan
    claim: Claim
    bill: Bill
    case: Case

    def case_now(self) -> Case:
        return self.services.cases.get(self.case.id or 0)


def dispute(services: Services, *, person: str = "Eleanor Whitfield", provider: str = "Bayview") -> Dispute:
    """A new dispute in an empty ledger, with one call."""
    (person_id,) = people(services, person)
    held = plan(services, [person_id])
    eob = services.claims.save(
        Claim(
            claim_number="BR0914E1",
            person_id=person_id,
            provider_id=0,
            plan_id=held.id,
            description="MRI of the knee",
            service_from=date(2026, 9, 14),
            processed_on=date(2026, 9, 30),
            billed=1_430_00,
            allowed=715_00,
            plan_paid=500_00,
            you_owe=215_00,
        ),
        provider=provider,
    )
    claim = services.claims.get(eob.new_id or 0)
    asked = services.care.save_bill(
        Bill(
            provider_id=claim.provider_id,
            person_id=person_id,
            account_number="BI-77",
            service_from=date(2026, 9, 14),
            statements=(Statement(stated_on=date(2026, 10, 8), amount=300_00),),
        ),
        provider=provider,
    )
    bill = services.care.bill(asked.new_id or 0)
    opened = services.cases.save(
        Case(
            kind=CaseKind.DISPUTE,
            title="MRI billed $85.00 over",
            opened_on=date(2026, 11, 1),
            person_id=person_id,
            claim_id=claim.id,
            bill_id=bill.id,
            at_stake=85_00,
        )
    )
    case = services.cases.get(opened.new_id or 0)
    services.cases.save_call(
        Call(
            called_on=date(2026, 11, 5),
            began_at=time(9, 30),
            minutes=12,
            spoke_with="Dana",
            reference="R-4471",
            topic=Topic.BILLING,
            said="They will look at the code.",
            promise="A corrected bill within two weeks",
            case_id=case.id,
        ),
        organisation=provider,
    )
    return Dispute(services, held, claim, bill, case)
