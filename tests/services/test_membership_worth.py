"""What a membership was worth beside other models, its care share, and its two tax answers (5.3 to 6.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.ui.coverage_kit import plan
from tracker.domain.accounts.answers import Verdict
from tracker.domain.membership.own_time import OwnTime
from tracker.domain.membership.value import break_even
from tracker.facts import (
    Allocation,
    Frequency,
    Membership,
    MembershipModel,
    Payment,
    Person,
    Recurring,
    Role,
    Visit,
)
from tracker.facts.membership import (
    AdministratorAnswer,
    CareModel,
    CareStatement,
    ContactKind,
    MembershipTerms,
    ModelNumbers,
    PaysFor,
    PracticeContact,
    TaxPocket,
)
from tracker.facts.taxes import OwnLimit, TaxFacts
from tracker.services.bundle import Services
from tracker.services.membership_answers import answer_about_practice
from tracker.services.membership_care_share import care_share
from tracker.services.membership_included import read_included
from tracker.services.membership_tax import PocketAnswer, read_fee_tax, read_hsa_months
from tracker.services.membership_worth import read_worth
from tracker.services.membership_years import MembershipShown, shown

HARBOR = "Harbor Concierge Medicine"
BEGINS = date(2026, 1, 1)
DPC = MembershipTerms(
    pays_for=PaysFor.CARE,
    bills_insurance=False,
    bills_visits=False,
    primary_care_only=True,
    primary_care_practitioners=True,
    within_office_care=True,
)
BOTH = MembershipTerms(pays_for=PaysFor.BOTH)
RATES = TaxFacts(year=2026, federal_rate=2200, through_payroll=True)


@pytest.fixture
def eleanor(services: Services) -> int:
    return services.people.save_person(Person(name="Eleanor")).new_id or 0


def join(
    services: Services,
    *people: int,
    fee: int = 3_600_00,
    often: Frequency = Frequency.ANNUAL,
    terms: MembershipTerms = BOTH,
    model: MembershipModel = MembershipModel.CONCIERGE,
    practice: str = HARBOR,
) -> int:
    """A membership for 2026; gives its id."""
    held = Membership(
        practice_id=0,
        begins_on=BEGINS,
        ends_on=date(2026, 12, 31),
        model=model,
        person_ids=people,
        terms=terms,
        fees=(Recurring(label="Fee", amount=fee, frequency=often, first_due=BEGINS),),
    )
    return services.agreements.save_membership(held, practice=practice).new_id or 0


def year_of(services: Services, membership_id: int) -> MembershipShown:
    found = shown(services, membership_id)
    assert found is not None
    return found


# the care share ----------------------------------------------------------------------------------


def test_without_a_written_statement_nothing_counts(services: Services, eleanor: int) -> None:
    share = care_share(services, year_of(services, join(services, eleanor)))
    assert (share.split.care, share.split.access, share.split.counts_now) == (0, 3_600_00, 0)
    assert share.saving is None


@pytest.mark.parametrize(("fee", "often"), [(3_600_00, Frequency.ANNUAL), (300_00, Frequency.MONTHLY)])
def test_the_care_share_and_its_tax_are_those_of_the_rulebook(
    services: Services, eleanor: int, fee: int, often: Frequency
) -> None:
    """C22 and C23."""
    held = join(services, eleanor, fee=fee, often=often)
    services.membership_use.save_statements(held, [CareStatement(stated_on=BEGINS, share=3500)])
    services.taxes.save_facts(RATES)
    share = care_share(services, year_of(services, held))
    assert (share.split.care, share.split.access) == (1_260_00, 2_340_00)
    assert share.saving is not None
    assert share.saving.saved == 373_59
    assert share.saving.net_cost == 1_260_00 - 373_59


def test_an_amount_of_each_fee_is_counted_for_every_fee(services: Services, eleanor: int) -> None:
    held = join(services, eleanor, fee=300_00, often=Frequency.MONTHLY)
    services.membership_use.save_statements(held, [CareStatement(stated_on=BEGINS, amount=105_00)])
    assert care_share(services, year_of(services, held)).split.care == 1_260_00


def test_a_statement_above_the_fee_is_said_and_counts_nothing(services: Services, eleanor: int) -> None:
    held = join(services, eleanor, fee=300_00, often=Frequency.MONTHLY)
    services.membership_use.save_statements(held, [CareStatement(stated_on=BEGINS, amount=305_00)])
    share = care_share(services, year_of(services, held))
    assert "not between zero and the fee" in share.problem
    assert share.split.counts_now == 0


def test_care_not_given_yet_does_not_count_yet(services: Services, eleanor: int) -> None:
    held = join(services, eleanor)
    services.membership_use.save_statements(
        held, [CareStatement(stated_on=BEGINS, share=3500, received=False)]
    )
    share = care_share(services, year_of(services, held))
    assert (share.split.care, share.split.counts_now) == (1_260_00, 0)


def test_a_later_statement_leaves_earlier_fees_open(services: Services, eleanor: int) -> None:
    held = join(services, eleanor, fee=300_00, often=Frequency.MONTHLY)
    services.membership_use.save_statements(held, [CareStatement(stated_on=date(2026, 3, 1), share=3500)])
    assert "Mar 1, 2026" in care_share(services, year_of(services, held)).remark


# may untaxed money pay the fee -------------------------------------------------------------------


def pocket(services: Services, membership_id: int, which: TaxPocket) -> PocketAnswer:
    found = read_fee_tax(services, year_of(services, membership_id))
    return next(item for item in found.pockets if item.pocket is which)


def test_a_concierge_fee_without_a_split_is_a_question(services: Services, eleanor: int) -> None:
    held = join(services, eleanor)
    assert [item.answer.verdict for item in read_fee_tax(services, year_of(services, held)).pockets] == [
        Verdict.ASK
    ] * 4


def test_a_qualifying_fee_is_paid_by_the_hsa_but_not_the_fsa(services: Services, eleanor: int) -> None:
    held = join(
        services, eleanor, fee=150_00, often=Frequency.MONTHLY, terms=DPC, model=MembershipModel.DPC
    )
    services.taxes.save_facts(replace(RATES, through_payroll=False))
    hsa, fsa = pocket(services, held, TaxPocket.HSA), pocket(services, held, TaxPocket.FSA)
    assert (hsa.answer.verdict, hsa.eligible) == (Verdict.YES, 1_800_00)
    assert hsa.saving is not None
    assert hsa.saving.saved == 396_00
    assert all(item.passes and item.source for item in hsa.answer.conditions)
    assert (fsa.answer.verdict, fsa.eligible) == (Verdict.NO, 0)


def test_an_administrators_yes_stands_above_the_usual_answer(services: Services, eleanor: int) -> None:
    held = join(services, eleanor)
    use = services.membership_use
    use.save_statements(held, [CareStatement(stated_on=BEGINS, share=3500)])
    use.save_administrators(
        held, [AdministratorAnswer(pocket=TaxPocket.HRA, said_on=BEGINS, agreed=True, said="By letter")]
    )
    services.taxes.save_facts(replace(RATES, through_payroll=False))
    hra, fsa = pocket(services, held, TaxPocket.HRA), pocket(services, held, TaxPocket.FSA)
    assert (hra.answer.verdict, hra.eligible, hra.saving) == (Verdict.YES, 1_260_00, None)
    assert fsa.saving is not None
    assert fsa.saving.saved == 373_59  # money of an FSA always comes out of pay before tax


def test_answers_are_kept_one_at_a_time(services: Services, eleanor: int) -> None:
    held = join(services, eleanor, terms=MembershipTerms(pays_for=PaysFor.BOTH, late_fee=25_00))
    for answer in (True, False, None):
        answer_about_practice(services.ledger, held, "bills_visits", answer)
        terms = services.agreements.memberships()[0].terms
        assert (terms.bills_visits, terms.late_fee, terms.bills_insurance) == (answer, 25_00, None)
    answer_about_practice(services.ledger, held, "pays_for", PaysFor.ACCESS)
    assert pocket(services, held, TaxPocket.HSA).answer.verdict is Verdict.NO
    services.ledger.undo()
    assert services.agreements.memberships()[0].terms.pays_for is PaysFor.BOTH


# may I contribute --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fee", "often", "count", "verdict"),
    [
        (1_800_00, Frequency.ANNUAL, 1, Verdict.YES),  # C11
        (3_600_00, Frequency.ANNUAL, 1, Verdict.NO),  # C12
        (3_600_00, Frequency.ANNUAL, 2, Verdict.YES),  # C13
        (150_00, Frequency.MONTHLY, 1, Verdict.YES),
        (150_01, Frequency.MONTHLY, 1, Verdict.NO),
    ],
)
def test_the_fee_test_month_by_month(
    services: Services, eleanor: int, fee: int, often: Frequency, count: int, verdict: Verdict
) -> None:
    people = [eleanor]
    if count == 2:
        people.append(services.people.save_person(Person(name="Martin")).new_id or 0)
    join(services, *people, fee=fee, often=often, terms=DPC, model=MembershipModel.DPC)
    held = plan(services, people)
    services.plans.save(replace(held, hsa_qualified=True), insurer="BlueRiver Health")
    found = read_hsa_months(services, services.people.people()[0], 2026)
    assert {item.verdict for item in found.months} == {verdict}
    january = found.months[0]
    assert len(january.about_fee) == 5
    assert all(item.passes for item in january.about_you)
    assert all(item.source for item in (*january.about_you, *january.about_fee))


def test_two_arrangements_add_up(services: Services, eleanor: int) -> None:
    """C14."""
    martin = services.people.save_person(Person(name="Martin")).new_id or 0
    join(services, eleanor, martin, fee=300_00, often=Frequency.MONTHLY, terms=DPC)
    join(services, eleanor, fee=50_00, often=Frequency.MONTHLY, terms=DPC, practice="Cornerstone")
    found = read_hsa_months(services, services.people.people()[0], 2026)
    assert found.months[0].about_fee[-1].passes is False
    assert "$350.00" in found.months[0].about_fee[-1].why


def test_a_year_without_known_limits_asks_and_takes_what_is_typed(services: Services, eleanor: int) -> None:
    held = join(services, eleanor, fee=150_00, often=Frequency.MONTHLY, terms=DPC)
    (membership,) = services.agreements.memberships()
    services.agreements.save_membership(replace(membership, ends_on=None), practice=HARBOR)
    person = services.people.people()[0]
    asked = read_hsa_months(services, person, 2031)
    assert asked.months == ()
    assert "2031" in asked.asks
    services.taxes.save_own_limit(
        OwnLimit(year=2031, name="direct_primary_care_month.self_only", amount=160_00)
    )
    found = read_hsa_months(services, person, 2031)
    assert found.asks == ""
    assert found.months[0].about_fee[-1].passes is True
    assert held


def test_without_a_fee_in_force_only_the_person_counts(services: Services, eleanor: int) -> None:
    join(services, eleanor, terms=DPC)
    found = read_hsa_months(services, services.people.people()[0], 2025)
    assert found.months[0].about_fee == ()
    assert found.months[0].verdict is Verdict.NO  # no plan is entered


# value -------------------------------------------------------------------------------------------


def contact(membership_id: int, day: date, **more: object) -> PracticeContact:
    held: dict[str, object] = {"membership_id": membership_id, "seen_on": day, "minutes": 45}
    return PracticeContact(**(held | more))  # type: ignore[arg-type]


def test_nine_visits_cost_what_the_rulebook_says(services: Services, eleanor: int) -> None:
    held = join(services, eleanor)
    for month in range(1, 10):
        services.membership_use.save_contact(contact(held, date(2026, month, 5), person_id=eleanor))
    value = read_worth(services, year_of(services, held)).worth()
    assert (value.per_visit, value.per_hour) == (400_00, 533_33)


def test_the_break_even_of_the_rulebook(services: Services, eleanor: int) -> None:
    """D10: 18 visits at 185."""
    held = join(services, eleanor)
    services.membership_use.save_statements(held, [CareStatement(stated_on=BEGINS, share=3500)])
    services.taxes.save_facts(RATES)
    facts = read_worth(services, year_of(services, held))
    assert facts.tax_not_yet == 373_59
    assert break_even(facts.value.fee, 185_00, tax_saved=facts.tax_not_yet).visits == 18


def test_without_rates_no_tax_is_counted(services: Services, eleanor: int) -> None:
    held = join(services, eleanor)
    services.membership_use.save_statements(held, [CareStatement(stated_on=BEGINS, share=3500)])
    facts = read_worth(services, year_of(services, held))
    assert facts.share.rates is None
    assert facts.tax_not_yet == 0


def test_own_time_raises_what_was_received(services: Services, sample: Services) -> None:
    held = next(item for item in sample.agreements.memberships() if item.auto_renews)
    facts = read_worth(sample, year_of(sample, held.id or 0))
    plain, timed = facts.worth(), facts.worth(OwnTime(hour=30_00))
    times = sum(item.count for item in facts.value.avoided)
    assert timed.received == plain.received + times * 30_00


# the three models --------------------------------------------------------------------------------


def test_the_models_take_the_years_visits_at_what_the_plan_leaves(sample: Services) -> None:
    held = next(item for item in sample.agreements.memberships() if item.auto_renews)
    sample.membership_use.forget_care_model(CareModel.DPC)
    facts = read_worth(sample, year_of(sample, held.id or 0))
    by_model = {year.model: year for year in facts.models}
    concierge, traditional = by_model[CareModel.CONCIERGE], by_model[CareModel.TRADITIONAL]
    assert concierge.numbers.fee == 3_600_00
    assert concierge.cost is not None
    assert concierge.cost.visits == 0  # the practice bills no plan
    urgent = next(use for use in traditional.numbers.uses if use.category == "URGENT")
    assert (urgent.times, urgent.each) == (2, 60_00)
    assert all(use.category != "URGENT" for use in concierge.numbers.uses)
    assert concierge.numbers.other == traditional.numbers.other > 0
    assert by_model[CareModel.DPC].cost is None
    assert "Type what such a practice asks" in by_model[CareModel.DPC].asks[0]


def test_a_hybrid_practice_charges_copays_besides_the_fee(sample: Services) -> None:
    held = next(item for item in sample.agreements.memberships() if item.auto_renews)
    answer_about_practice(sample.ledger, held.id or 0, "bills_insurance", True)
    facts = read_worth(sample, year_of(sample, held.id or 0))
    concierge = next(year for year in facts.models if year.model is CareModel.CONCIERGE)
    assert concierge.cost is not None
    assert concierge.cost.visits > 0


def test_own_numbers_stand_until_they_are_forgotten(services: Services, eleanor: int) -> None:
    held = join(services, eleanor)
    use = services.membership_use
    use.save_care_model(ModelNumbers(model=CareModel.DPC, fee=1_080_00, other=1_200_00))
    shown_year = year_of(services, held)
    dpc = next(year for year in read_worth(services, shown_year).models if year.model is CareModel.DPC)
    assert dpc.is_own
    assert dpc.cost is not None
    assert dpc.cost.total == 2_280_00
    use.forget_care_model(CareModel.DPC)
    assert not any(year.is_own for year in read_worth(services, shown_year).models)


def test_other_costs_are_care_elsewhere_less_what_came_back(services: Services, eleanor: int) -> None:
    held = join(services, eleanor)
    line = next(item for item in services.budget.categories() if item.role is Role.COPAY_SPECIALIST)
    fee_line = next(item for item in services.budget.categories() if item.role is Role.MEMBERSHIP)

    def pay(amount: int, category: int, day: date, payee: str) -> int:
        payment = Payment(
            paid_on=day, amount=amount, allocations=(Allocation(category_id=category, amount=amount),)
        )
        return services.payments.save(payment, payee=payee).new_id or 0

    paid = pay(200_00, line.id or 0, date(2026, 5, 2), "Inlet Orthopedics")
    pay(75_00, line.id or 0, date(2025, 12, 30), "Inlet Orthopedics")
    pay(60_00, line.id or 0, date(2026, 5, 3), HARBOR)
    pay(3_600_00, fee_line.id or 0, date(2026, 1, 2), HARBOR)
    services.payments.save(Payment(paid_on=date(2026, 6, 1), amount=-50_00, repays_id=paid))
    facts = read_worth(services, year_of(services, held))
    assert {year.numbers.other for year in facts.models} == {150_00}


# what it includes --------------------------------------------------------------------------------


def test_uses_are_counted_within_the_year_that_is_shown(services: Services, eleanor: int) -> None:
    held = join(services, eleanor)
    use = services.membership_use
    for day in (date(2025, 12, 30), date(2026, 2, 3), date(2026, 9, 9)):
        use.save_contact(contact(held, day, services=("physical",)))
    facts = read_included(services, year_of(services, held))
    physical = next(item for item in facts.counts if item.service.code == "physical")
    assert (physical.used, physical.beyond, physical.last_on) == (2, 1, date(2026, 9, 9))
    assert facts.is_usual
    assert len(facts.log) == 2


def test_visits_of_the_care_log_are_completed(services: Services, eleanor: int) -> None:
    held = join(services, eleanor)
    visit = Visit(person_id=eleanor, provider_id=0, visited_on=date(2026, 3, 3), minutes=30)
    made = services.care.save_visit(visit, provider=HARBOR).new_id
    services.care.save_visit(replace(visit, visited_on=date(2026, 3, 4)), provider="Quest Labs")
    (row,) = read_included(services, year_of(services, held)).log
    assert row.contact is None
    services.membership_use.save_contact(
        contact(held, date(2026, 3, 3), person_id=eleanor, visit_id=made, kind=ContactKind.VISIT)
    )
    (row,) = read_included(services, year_of(services, held)).log
    assert row.contact is not None
    assert row.visit is not None
