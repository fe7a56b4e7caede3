"""The pictures' papers in a ledger, for the tests of the Claims page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.ui.coverage_kit import people
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Authorization,
    Authorized,
    Bill,
    BillShare,
    Case,
    CaseKind,
    Claim,
    ClaimStage,
    CostSharingRule,
    EobLine,
    Network,
    Payment,
    Plan,
    Statement,
    StatementLine,
)
from tracker.services.bundle import Services


@dataclass(frozen=True)
class Papers:
    """The ids of what was entered."""

    eleanor: int
    labs: int
    mri: int
    mri_bill: int
    therapy: int
    specialist: int
    emergency: int
    emergency_bill: int
    botox_bill: int


def enter_the_picture(services: Services) -> Papers:
    """The six rows of the picture: a match, a bill $85.00 over, 47 days waiting, paid, not covered."""
    (eleanor,) = people(services, "Eleanor Whitfield")
    limit = Accumulator(
        kind=AccumulatorKind.DEDUCTIBLE,
        network=Network.IN,
        mode=AccumulatorMode.EMBEDDED,
        individual=90_00,
        family=180_00,
    )
    services.plans.save(
        Plan(
            name="BlueRiver PPO",
            begins_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            person_ids=(eleanor,),
            accumulators=(limit,),
        ),
        insurer="BlueRiver Health",
        rules=(
            CostSharingRule(category="IMAGING", deductible="DED_IN", coinsurance=2000),
            CostSharingRule(category="SPEC", copay=75_00),
            CostSharingRule(category="LAB", coinsurance=2442),
            CostSharingRule(category="ER", copay=250_00),
        ),
    )
    line = EobLine(
        description="MRI knee",
        code="73721",
        category="IMAGING",
        billed=1_850_00,
        allowed=715_00,
        plan_paid=500_00,
        deductible=90_00,
        coinsurance=125_00,
        you_owe=215_00,
        reasons="CO-45 PR-1 PR-2",
    )
    labs = _eob(
        services,
        eleanor,
        "Quest Labs",
        date(2026, 11, 12),
        description="Lipid, liver, thyroid, vitamin D",
        category="LAB",
        billed=412_00,
        allowed=168_40,
        plan_paid=127_28,
        coinsurance=41_12,
        you_owe=41_12,
    )
    mri = _eob(
        services,
        eleanor,
        "Harbor Imaging",
        date(2026, 10, 14),
        description="MRI knee",
        category="IMAGING",
        billed=1_850_00,
        allowed=715_00,
        plan_paid=500_00,
        deductible=90_00,
        coinsurance=125_00,
        you_owe=215_00,
        lines=(line,),
        claim_number="HI-220914",
    )
    therapy = _eob(
        services,
        eleanor,
        "Mobile PT of Portland",
        date(2026, 10, 6),
        description="Physical therapy, 3 visits",
        category="PT",
        billed=420_00,
        stage=ClaimStage.SUBMITTED,
        submitted_on=date(2026, 10, 6),
        processed_on=None,
    )
    specialist = _eob(
        services,
        eleanor,
        "Dr. Iyer, Cardiology",
        date(2026, 9, 22),
        description="Specialist visit",
        category="SPEC",
        billed=340_00,
        allowed=182_00,
        plan_paid=107_00,
        copay=75_00,
        you_owe=75_00,
        processed_on=date(2026, 10, 5),
    )
    emergency = _eob(
        services,
        eleanor,
        "St. Luke's ER",
        date(2026, 9, 3),
        description="Emergency visit",
        category="ER",
        billed=2_940_00,
        allowed=1_120_00,
        plan_paid=870_00,
        copay=250_00,
        you_owe=250_00,
        processed_on=date(2026, 9, 20),
    )
    mri_bill = add_bill(
        services,
        eleanor,
        "Harbor Imaging",
        date(2026, 10, 14),
        Statement(
            stated_on=date(2026, 11, 2),
            due_on=date(2026, 12, 2),
            amount=300_00,
            charges=1_850_00,
            discount=1_050_00,
            plan_paid=500_00,
            lines=(StatementLine(description="MRI knee", code="73721", amount=1_850_00),),
        ),
        account_number="H-7781",
    )
    emergency_bill = add_bill(
        services,
        eleanor,
        "St. Luke's ER",
        date(2026, 9, 3),
        Statement(stated_on=date(2026, 9, 25), amount=250_00, charges=2_940_00),
    )
    botox_bill = add_bill(
        services,
        eleanor,
        "Glow Med Spa",
        date(2026, 8, 19),
        Statement(stated_on=date(2026, 8, 19), amount=600_00),
        description="Botox",
        category="COSMETIC",
    )
    share = BillShare(bill_id=emergency_bill, amount=250_00)
    services.payments.save(
        Payment(paid_on=date(2026, 10, 1), amount=250_00, person_id=eleanor, bills=(share,)),
        payee="St. Luke's ER",
    )
    services.cases.save(
        Case(
            kind=CaseKind.AUTHORIZATION,
            title="MRI authorization",
            opened_on=date(2026, 10, 1),
            person_id=eleanor,
            claim_id=mri,
            authorization=Authorization(
                stands=Authorized.APPROVED, number="A-55120", category="IMAGING", codes="73721"
            ),
        )
    )
    return Papers(eleanor, labs, mri, mri_bill, therapy, specialist, emergency, emergency_bill, botox_bill)


def add_bill(
    services: Services, person: int, provider: str, day: date, statement: Statement, **more: object
) -> int:
    """A bill with one statement; gives its id."""
    values: dict[str, object] = {
        "person_id": person,
        "provider_id": 0,
        "service_from": day,
        "statements": (statement,),
    }
    made = services.care.save_bill(Bill(**(values | more)), provider=provider)  # type: ignore[arg-type]
    return made.new_id or 0


def _eob(services: Services, person: int, provider: str, day: date, **more: object) -> int:
    values: dict[str, object] = {
        "person_id": person,
        "provider_id": 0,
        "service_from": day,
        "processed_on": day,
    }
    made = services.claims.save(Claim(**(values | more)), provider=provider)  # type: ignore[arg-type]
    return made.new_id or 0
