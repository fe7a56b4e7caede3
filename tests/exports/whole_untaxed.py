"""One of everything around a membership, untaxed accounts, taxes, prescriptions and affordability."""

from __future__ import annotations

from datetime import date, time

from tracker.facts import Account, AccountKind, Payment
from tracker.facts.accounts import (
    AccountStatement,
    AfterYear,
    Cover,
    CoverageKind,
    ExpenseNote,
    FsaYear,
    Hra,
    HraKind,
    MoneySource,
    Qualifies,
    Repaid,
    Tier,
)
from tracker.facts.household_budget import (
    FundPlan,
    FundScenario,
    HouseholdBudget,
    HouseholdLine,
    Reminder,
    TargetMethod,
)
from tracker.facts.membership import (
    AdministratorAnswer,
    CareModel,
    CareStatement,
    ContactKind,
    DecisionAnswer,
    Included,
    MedicareStatus,
    MembershipService,
    MembershipTerms,
    ModelNumbers,
    ModelUse,
    PaysFor,
    PracticeContact,
    RefundKind,
    TaxPocket,
)
from tracker.facts.prescriptions import Drug, DrugFill, DrugPrice, PaidThrough
from tracker.facts.taxes import FilingStatus, OwnLimit, TaxFacts, Trip
from tracker.services.bundle import Services

NEW_YEAR, NEW_YEARS_EVE = date(2026, 1, 1), date(2026, 12, 31)

TERMS = MembershipTerms(
    medicare=MedicareStatus.OPTED_OUT,
    networks="BlueRiver PPO",
    renewal_clause="Every year\nunless told",
    payment_method="Card",
    late_fee=25_00,
    offer_amount=3_300_00,
    offer_months=12,
    refund_kind=RefundKind.WHOLE_MONTHS,
    claw_back=True,
    cancellation_fee=100_00,
    trial_days=30,
    to_month_end=True,
    notice_on=date(2026, 9, 1),
    cancelled_on=date(2026, 10, 1),
    refund_stated=0,
    promised_hours=24,
    reply_hours=4,
    promised_minutes=30,
    contacts="555-0140",
    pays_for=PaysFor.BOTH,
    bills_insurance=False,
    bills_visits=False,
    primary_care_only=True,
    primary_care_practitioners=True,
    within_office_care=False,
)
"""Clauses of every kind: answered yes, no, and with an amount of zero."""


def fill_membership_use(services: Services, membership: int, person: int, visit: int) -> None:
    use = services.membership_use
    use.save_matrix(
        membership,
        [
            MembershipService(code="physical", name="Physical", state=Included.INCLUDED, per_year=1),
            MembershipService(
                code="travel",
                name="Travel advice",
                state=Included.EXTRA_FEE,
                extra_fee=75_00,
                category="PCP",
                list_price=90_00,
            ),
            MembershipService(code="open", name="Nobody has said"),
        ],
    )
    use.save_contact(
        PracticeContact(
            membership_id=membership,
            person_id=person,
            kind=ContactKind.VIDEO,
            asked_on=date(2026, 3, 9),
            asked_at=time(20, 15),
            seen_on=date(2026, 3, 10),
            seen_at=time(9, 0),
            minutes=30,
            within_hours=48,
            services=("physical", "travel"),
            instead_of="URGENT",
            visit_id=visit,
            note="Two\nlines",
        )
    )
    use.save_contact(PracticeContact(membership_id=membership, seen_on=date(2026, 3, 11)))
    use.save_statements(
        membership,
        [
            CareStatement(stated_on=NEW_YEAR, share=3_500, document="Letter"),
            CareStatement(stated_on=date(2026, 6, 1), amount=105_00, received=False),
        ],
    )
    use.save_administrators(
        membership,
        [AdministratorAnswer(pocket=TaxPocket.FSA, said_on=date(2026, 2, 1), agreed=False, said="No")],
    )
    use.save_decision(DecisionAnswer(code="benefit.time", weight=0))
    use.save_decision(DecisionAnswer(code="question.refund", note="By days"))
    use.save_care_model(
        ModelNumbers(
            model=CareModel.DPC,
            fee=1_080_00,
            bills_insurance=True,
            uses=(
                ModelUse(label="Visits", times=6, each=0),
                ModelUse(label="Urgent care", category="URGENT"),
            ),
        )
    )


def fill_untaxed(services: Services, person: int, claim: int) -> None:
    accounts, to = services.accounts, services.untaxed
    made = {
        kind: accounts.save(
            Account(name=f"The {kind}", kind=kind, person_id=person, opened_on=NEW_YEAR, opening=500_00)
        ).new_id
        or 0
        for kind in (AccountKind.FSA, AccountKind.HRA, AccountKind.HSA, AccountKind.SINKING)
    }
    to.save_fsa_year(
        FsaYear(
            account_id=made[AccountKind.FSA],
            begins_on=NEW_YEAR,
            ends_on=NEW_YEARS_EVE,
            election=480_00,
            carried_in=20_00,
            after=AfterYear.CARRY_OVER,
            carry_over_most=200_00,
            run_out_ends_on=date(2027, 3, 31),
        )
    )
    to.save_hra_year(
        Hra(
            account_id=made[AccountKind.HRA],
            kind=HraKind.ICHRA,
            begins_on=NEW_YEAR,
            ends_on=NEW_YEARS_EVE,
            credit=300_00,
            by_month=True,
            pays=("premiums", "cost_sharing"),
            never_pays=("practice_fees",),
            keeps_rest=False,
        )
    )
    to.save_cover(
        Cover(person_id=person, kind=CoverageKind.HDHP, begins_on=NEW_YEAR, tier=Tier.FAMILY, name="Work")
    )
    to.save_statement(
        AccountStatement(account_id=made[AccountKind.HSA], stated_on=NEW_YEAR, balance=-1, note="Odd")
    )
    to.save_fund_plan(
        FundPlan(
            account_id=made[AccountKind.SINKING],
            method=TargetMethod.SCENARIOS,
            probability=0,
            not_covered=300_00,
            due_on=date(2027, 1, 2),
            category_id=1,
            recurring_id=1,
        )
    )
    to.save_fund_scenarios(
        [
            FundScenario(label="Emergency room", probability=1_500, category="ER", allowed=1_450_00),
            FundScenario(label="Crown", probability=10_000, cost=780_00, network="out"),
        ]
    )
    expense = services.payments.save(Payment(paid_on=date(2026, 6, 1), amount=80_00), payee="Shop").new_id
    services.payments.save(
        Payment(
            paid_on=date(2026, 6, 8),
            amount=50_00,
            account_id=made[AccountKind.HSA],
            to_account_id=1,
            repaid=(Repaid(expense_id=expense or 0, amount=50_00),),
        )
    )
    services.payments.save(
        Payment(
            paid_on=date(2026, 6, 9),
            amount=75_00,
            account_id=1,
            to_account_id=made[AccountKind.HSA],
            tax_year=2026,
            source=MoneySource.OWN,
        )
    )
    to.save_expense_notes(
        [
            ExpenseNote(
                payment_id=expense or 0,
                item="massage",
                qualifies=Qualifies.LETTER,
                eligible=70_00,
                incurred_on=date(2026, 5, 30),
                deducted=10_00,
                deducted_year=2026,
                note="Letter of May",
            )
        ]
    )
    services.prescriptions.save(
        Drug(
            person_id=person,
            name="Velocard",
            strength="20 mg",
            category="RX2",
            days=90,
            refills_left=0,
            stopped_on=date(2026, 11, 1),
            prices=(
                DrugPrice(through=PaidThrough.COUPON, days=30, price=40_00, named_on=NEW_YEAR),
                DrugPrice(through=PaidThrough.CASH, days=90, price=0),
            ),
            fills=(
                DrugFill(filled_on=date(2026, 6, 1), days=90, paid=80_00, payment_id=expense),
                DrugFill(filled_on=date(2026, 9, 1), days=30, paid=0, claim_id=claim, note="Sample"),
            ),
        ),
        pharmacy="Corner Street Pharmacy",
        prescriber="Dr. Lindqvist",
    )


def fill_household(services: Services, person: int) -> None:
    services.taxes.save_facts(
        TaxFacts(
            year=2026,
            income=120_000_00,
            status=FilingStatus.JOINT,
            federal_rate=2_200,
            state_rate=500,
            other_itemized=0,
            married_with_family=True,
            family_share=4_000,
        )
    )
    services.taxes.save_own_limit(OwnLimit(year=2027, name="fsa_contribution", amount=3_500_00))
    services.taxes.save_trip(
        Trip(person_id=person, driven_on=date(2026, 3, 10), tenths=184, parking=6_00, purpose="Labs")
    )
    services.household_budgets.save(
        HouseholdBudget(
            name="Ours",
            as_of=date(2026, 1, 10),
            income=6_200_00,
            gross_year=120_000_00,
            membership_year=3_600_00,
            own_limit=2_000,
            note="Net pay",
            lines=(
                HouseholdLine(label="Housing", amount=1_850_00),
                HouseholdLine(label="Travel", amount=400_00, discretionary=True, cut=150_00),
            ),
        )
    )
    services.household_budgets.save_reminder(
        Reminder(label="Open enrollment", falls_on=date(2026, 11, 1), yearly=True, note="Compare")
    )
