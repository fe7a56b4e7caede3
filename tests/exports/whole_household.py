"""A ledger with at least one of everything, entered as a person would."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from tests.conftest import TODAY
from tests.exports.whole_imports import fill_imports
from tests.exports.whole_untaxed import TERMS, fill_household, fill_membership_use, fill_untaxed
from tracker.facts import (
    Account,
    AccountKind,
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Allocation,
    Assistance,
    Authorization,
    Authorized,
    Bill,
    BillShare,
    Call,
    Case,
    CaseKind,
    CaseStep,
    Claim,
    ClaimLink,
    ClaimStage,
    Coordination,
    CostSharingRule,
    Counting,
    Deadline,
    DeductibleCarryOver,
    EobLine,
    EobVersion,
    FindingNote,
    FindingState,
    Frequency,
    Membership,
    Network,
    NetworkCheck,
    NetworkTier,
    Noun,
    OonMethod,
    OonPricing,
    OpeningBalance,
    OrderLine,
    Payment,
    Person,
    Plan,
    PlannedCare,
    Recurring,
    ReviewNote,
    ServiceCategory,
    Snooze,
    Stands,
    StatedTotal,
    Statement,
    StatementLine,
    StepOutcome,
    Submission,
    Topic,
    Visit,
)
from tracker.services.bundle import Services

ODD_NAME = "Zoë 👩‍⚕️ עמיר"
MARCH = date(2026, 3, 10)


def fill(services: Services, folder: Path) -> None:
    """Enter one of everything; documents are written to `folder` first."""
    first = services.people.save_person(Person(name=ODD_NAME, birth_date=date(1969, 2, 28))).new_id or 0
    second = services.people.save_person(Person(name="Martin", position=1)).new_id or 0
    plan_id = _plan(services, first, second)
    _around_the_plan(services, plan_id, first)
    made = services.agreements.save_membership(
        Membership(
            practice_id=0,
            physician="Dr. Lindqvist",
            begins_on=date(2026, 1, 15),
            notice_days=45,
            terms=TERMS,
            person_ids=(first,),
            fees=(
                Recurring(
                    label="Fee", amount=300_00, frequency=Frequency.MONTHLY, first_due=date(2026, 2, 1)
                ),
            ),
        ),
        practice="Harbor Concierge",
    )
    dues = services.recurring.dues(until=date(2026, 3, 31))
    services.recurring.skip(next(due for due in dues if due.due_on == date(2026, 3, 1)))
    visit, claim, bill = _care(services, first)
    _money(services, bill)
    _cases(services, first, plan_id, visit, claim, bill)
    services.papers.link(ClaimLink(claim_id=claim, bill_id=bill))
    services.papers.link(ClaimLink(claim_id=claim, visit_id=visit, linked=False))
    account, line = services.accounts.accounts()[0].id, services.budget.categories()[4].id
    fill_imports(services, account or 0, line or 0)
    fill_membership_use(services, made.new_id or 0, first, visit)
    fill_untaxed(services, first, claim)
    fill_household(services, first)
    services.review.set_note(ReviewNote(year=2026, item="plan", comment="Look again", done=True))
    services.budget.set_start_month(4)
    _documents(services, folder)


def _plan(services: Services, first: int, second: int) -> int:
    limits = (
        Accumulator(
            kind=AccumulatorKind.DEDUCTIBLE,
            network=Network.IN,
            mode=AccumulatorMode.EMBEDDED,
            individual=2_000_00,
            family=4_000_00,
            cap=10_600_00,
            credits=("DED_OUT",),
        ),
        Accumulator(
            kind=AccumulatorKind.DEDUCTIBLE,
            network=Network.OUT,
            mode=AccumulatorMode.SELF,
            individual=5_000_00,
        ),
        Accumulator(
            kind=AccumulatorKind.OOP_MAX, network=Network.IN, mode=AccumulatorMode.SELF, individual=6_000_00
        ),
    )
    plan = Plan(
        name="BlueRiver PPO",
        begins_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        person_ids=(first, second),
        accumulators=limits,
        accumulator_start=(7, 1),
        carry_over=DeductibleCarryOver.ALWAYS,
        assistance=Assistance.NOT_COUNTED,
        aca_compliant=True,
        oon_pricing=OonPricing(OonMethod.PCT_MEDICARE, 14_000),
        more_tiers=(NetworkTier(code="PREF", name="preferred"),),
        coordination=Coordination(
            subscriber_id=second, has_clause=False, covered_since=date(2019, 5, 1), rank=2
        ),
        medigap="G",
        filed_id="21989AK0030001",
        note="Two\nlines",
    )
    rules = (
        CostSharingRule(category="PCP", copay=25_00, oop_max="OOP_IN"),
        CostSharingRule(category="LAB", deductible="DED_IN", oop_max="OOP_IN", coinsurance=2_000),
    )
    own = (ServiceCategory(code="MASSAGE", name="Massage", never_covered=True),)
    return services.plans.save(plan, insurer="BlueRiver Health", rules=rules, categories=own).new_id or 0


def _around_the_plan(services: Services, plan_id: int, person_id: int) -> None:
    for name, counting, amount in (("LAB", Counting.VISITS, 7), ("DED_IN", Counting.BUCKET, 12_34)):
        services.coverage.save_opening(
            OpeningBalance(
                plan_id=plan_id,
                person_id=person_id,
                name=name,
                counting=counting,
                amount=amount,
                as_of=date(2026, 2, 1),
            )
        )
    services.coverage.save_stated(
        StatedTotal(plan_id=plan_id, person_id=None, name="DED_IN", amount=100_00, stated_on=MARCH)
    )
    services.coverage.save_check(
        NetworkCheck(plan_id=plan_id, provider_id=0, stands=Stands.IN, checked_on=MARCH, reference="7"),
        provider="Meridian Labs",
    )
    services.coverage.save_planned(
        PlannedCare(person_id=person_id, category="LAB", label="Blood", first_on=date(2026, 12, 1), times=3)
    )


def _care(services: Services, person_id: int) -> tuple[int, int, int]:
    visit = Visit(
        person_id=person_id,
        provider_id=0,
        visited_on=MARCH,
        minutes=20,
        orders=(OrderLine(text="Thyroid panel", code="84443"), OrderLine(text="Vitamin D")),
    )
    visit_id = services.care.save_visit(visit, provider="Meridian Labs", facility="Bayview").new_id or 0
    first = Claim(
        claim_number="1E5",
        person_id=person_id,
        provider_id=0,
        service_from=MARCH,
        stage=ClaimStage.PENDED,
        billed=460_00,
        submitted_on=MARCH,
    )
    first_id = services.claims.save(first, provider="Meridian Labs").new_id or 0
    second = Claim(
        claim_number="1E5",
        version=EobVersion.ADJUSTMENT,
        replaces_id=first_id,
        person_id=person_id,
        provider_id=0,
        visit_id=visit_id,
        service_from=MARCH,
        processed_on=date(2026, 3, 20),
        billed=460_00,
        allowed=121_55,
        you_owe=43_75,
        assistance_counts=False,
        appeal_by=date(2026, 9, 16),
        reasons="CO-45",
        lines=(EobLine(description="TSH", code="84443", billed=200_00, you_owe=43_75), EobLine()),
    )
    claim_id = services.claims.save(second, provider="Meridian Labs").new_id or 0
    bill = Bill(
        provider_id=0,
        person_id=person_id,
        service_from=MARCH,
        visit_id=visit_id,
        estimate=50_00,
        statements=(
            Statement(
                stated_on=date(2026, 4, 1),
                amount=460_00,
                threatens=True,
                lines=(StatementLine(code="84443", amount=200_00), StatementLine(amount=-5_00, units=2)),
            ),
            Statement(stated_on=date(2026, 5, 1), due_on=date(2026, 5, 20), amount=460_00),
        ),
    )
    bill_id = services.care.save_bill(bill, provider="Meridian Labs").new_id or 0
    return visit_id, claim_id, bill_id


def _money(services: Services, bill_id: int) -> None:
    bank = services.accounts.save(Account(name="Bank", opening=-5_00)).new_id or 0
    hsa = services.accounts.save(Account(name="HSA", kind=AccountKind.HSA, target=1_00)).new_id or 0
    one, two, *_rest = [item.id or 0 for item in services.budget.categories()]
    services.budget.set_estimate(one, date(2026, 3, 1), 300_00)
    expense = Payment(
        paid_on=date(2026, 4, 20),
        amount=43_75,
        account_id=hsa,
        note="Two\nlines",
        allocations=(
            Allocation(category_id=one, amount=40_00, note="most"),
            Allocation(category_id=two, amount=3_75),
        ),
        bills=(BillShare(bill_id=bill_id, amount=43_75),),
    )
    paid = services.payments.save(expense, payee="Meridian Labs").new_id or 0
    services.payments.save(
        Payment(paid_on=date(2026, 5, 2), amount=-1_00, repays_id=paid), payee="Meridian Labs"
    )
    services.payments.save(
        Payment(paid_on=date(2026, 5, 3), amount=10_00, account_id=bank, to_account_id=hsa)
    )


def _cases(services: Services, person_id: int, plan_id: int, visit: int, claim: int, bill: int) -> None:
    case = Case(
        kind=CaseKind.DISPUTE,
        title="Labs billed in full",
        opened_on=date(2026, 5, 5),
        person_id=person_id,
        plan_id=plan_id,
        claim_id=claim,
        bill_id=bill,
        visit_id=visit,
        at_stake=416_25,
        steps=(CaseStep(number=1, outcome=StepOutcome.FOUND, leads_to=2, done_on=date(2026, 5, 6)),),
        deadlines=(Deadline(label="Appeal", do_by=date(2026, 9, 9), last_day=date(2026, 9, 16)),),
        authorization=Authorization(
            stands=Authorized.APPROVED, units=8, units_used=3, valid_from=date(2026, 3, 1)
        ),
        submission=Submission(charge=460_00, sent_on=date(2026, 5, 7), gate=("npi", "codes")),
        ticked=("card", "number"),
    )
    case_id = services.cases.save(case, provider="Meridian Labs").new_id or 0
    services.cases.save_call(
        Call(
            called_on=date(2026, 5, 6),
            began_at=time(9, 5),
            minutes=12,
            topic=Topic.BILLING,
            said="Long hold.\nThen a promise.",
            case_id=case_id,
            bill_id=bill,
        ),
        organisation="Meridian Labs",
    )
    services.cases.save_call(Call(called_on=date(2026, 5, 8), said="Nobody there"))
    services.cases.note_finding(
        FindingNote(key=f"D1:bill:{bill}", state=FindingState.IN_DISPUTE, case_id=case_id, noted_on=TODAY)
    )
    services.cases.snooze(Snooze(key=f"bill:{bill}", until=date(2026, 12, 1), reason="Waiting"))


def _documents(services: Services, folder: Path) -> None:
    receipt, call = folder / "receipt.txt", folder / "téléphone.txt"
    receipt.write_text("paid", encoding="utf-8")
    call.write_text("noted", encoding="utf-8")
    services.documents.attach(Noun.PAYMENT, 1, [receipt])
    services.documents.attach(Noun.BILL, 1, [receipt])
    services.documents.attach(Noun.CALL, 1, [call])
