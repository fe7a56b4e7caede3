"""The practice and its fees: D15, D16, to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.findings_kit import (
    DOCTOR,
    MARTIN,
    PRACTICE,
    amounts,
    bill,
    eob,
    found,
    line,
    only,
    paid,
    papers,
    visit,
)
from tracker.domain.claims.findings.finding import Severity, Whom
from tracker.domain.claims.papers import Papers
from tracker.domain.membership.included_care import Includes, includes_of
from tracker.domain.membership.service_matrix import ServiceUse
from tracker.facts import Claim, Frequency, Membership, MembershipModel, Noun, Payment, Recurring
from tracker.facts.membership import Included, MembershipService, MembershipTerms

FEE = Recurring(
    id=7, label="Membership", amount=300_00, frequency=Frequency.MONTHLY, first_due=date(2026, 1, 15)
)
HELD = Membership(
    id=1,
    practice_id=PRACTICE,
    begins_on=date(2026, 1, 15),
    ends_on=date(2027, 1, 14),
    person_ids=(1,),
    fees=(FEE,),
)

# D15 -----------------------------------------------------------------------------------


def copay(**more: object) -> Claim:
    values: dict[str, object] = {"provider_id": PRACTICE, "category": "PCP", "you_owe": 25_00}
    return eob(1, **(values | more))


def test_a_copay_for_included_care() -> None:
    finding = only(papers([copay()], memberships=[HELD]), "D15")
    assert amounts(finding) == (25_00, 0, 25_00)
    assert (finding.severity, finding.whom) == (Severity.MEDIUM, Whom.PRACTICE)
    dpc = replace(HELD, model=MembershipModel.DPC)
    assert found(papers([copay(category="", lines=(line("99213"),))], memberships=[dpc]), "D15")


@pytest.mark.parametrize(
    ("claim", "held"),
    [
        (copay(), replace(HELD, model=MembershipModel.HYBRID)),
        (copay(category="LAB"), HELD),
        (copay(provider_id=DOCTOR), HELD),
        (copay(person_id=MARTIN), HELD),
        (copay(), replace(HELD, begins_on=date(2026, 10, 15))),
        (copay(), replace(HELD, ends_on=date(2026, 10, 13), auto_renews=False)),
    ],
)
def test_care_that_the_membership_does_not_include(claim: Claim, held: Membership) -> None:
    assert not found(papers([claim], memberships=[held]), "D15")


def test_a_bill_of_the_practice_for_included_care() -> None:
    asked = bill(5, 40_00, provider_id=PRACTICE, category="TELE")
    assert amounts(only(papers(bills=(asked,), memberships=[HELD]), "D15")) == (40_00, 0, 40_00)
    logged = visit(50, expects_claim=False)
    of_visit = replace(asked, category="", visit_id=50)
    assert found(papers(bills=(of_visit,), visits=(logged,), memberships=[HELD]), "D15")
    extra = replace(asked, self_pay=True)
    travel = replace(asked, category="TRAVEL")
    for other in (extra, travel):
        assert not found(papers(bills=(other,), memberships=[HELD]), "D15")


def matrix(*rows: MembershipService, used: tuple[date, ...] = ()) -> tuple[Includes, ...]:
    uses = [ServiceUse(code="physical", on=day) for day in used]
    return (includes_of(1, rows, uses),)


PHYSICAL = MembershipService(
    code="physical", name="Yearly physical", state=Included.INCLUDED, per_year=1, category="PREVENT"
)
LABS = MembershipService(code="labs", name="Blood tests", state=Included.INCLUDED, category="LAB")


def test_the_matrix_says_what_is_included() -> None:
    labs = papers([copay(category="LAB")], memberships=[HELD], includes=matrix(LABS))
    assert "your membership includes (Blood tests)" in only(labs, "D15").what
    assert found(replace(labs, claims=(copay(category="LAB_THY"),)), "D15")
    visits = MembershipService(code="v", name="Visits", state=Included.EXTRA_FEE, category="PCP")
    assert not found(papers([copay()], memberships=[HELD], includes=matrix(visits)), "D15")
    nothing_said = replace(visits, state=None)
    assert found(papers([copay()], memberships=[HELD], includes=matrix(nothing_said)), "D15")


@pytest.mark.parametrize(
    ("used", "asked"),
    [
        ((), True),
        ((date(2026, 10, 14),), True),  # the use itself
        ((date(2026, 3, 2),), False),  # used up before
        ((date(2026, 1, 14),), True),  # in the membership year before
        ((date(2026, 12, 1),), True),
    ],
)
def test_a_service_beyond_its_yearly_limit_may_be_billed(used: tuple[date, ...], asked: bool) -> None:
    of = papers([copay(category="PREVENT")], memberships=[HELD], includes=matrix(PHYSICAL, used=used))
    assert bool(found(of, "D15")) is asked


@pytest.mark.parametrize(
    ("terms", "claimed", "billed"),
    [
        (MembershipTerms(bills_insurance=True), False, False),
        (MembershipTerms(bills_insurance=False), True, True),
        (MembershipTerms(bills_insurance=False, bills_visits=True), True, False),
    ],
)
def test_what_the_agreement_says_of_billing_goes_before_its_model(
    terms: MembershipTerms, claimed: bool, billed: bool
) -> None:
    asked = bill(5, 40_00, provider_id=PRACTICE, category="TELE")
    for model in MembershipModel:
        held = replace(HELD, model=model, terms=terms)
        assert bool(found(papers([copay()], memberships=[held]), "D15")) is claimed
        assert bool(found(papers(bills=(asked,), memberships=[held]), "D15")) is billed


def test_a_bill_for_a_service_the_matrix_excludes_is_no_finding() -> None:
    asked = bill(5, 40_00, provider_id=PRACTICE, category="LAB", visit_id=50)
    logged = visit(50, expects_claim=False)
    of = papers(bills=(asked,), visits=(logged,), memberships=[HELD])
    assert found(of, "D15")
    excluded = replace(LABS, state=Included.EXCLUDED)
    assert not found(replace(of, includes=matrix(excluded)), "D15")


def test_care_after_the_membership_was_left_is_billed_rightly() -> None:
    left = replace(HELD, terms=MembershipTerms(cancelled_on=date(2026, 10, 14)))
    assert not found(papers([copay()], memberships=[left]), "D15")
    later = replace(HELD, terms=MembershipTerms(cancelled_on=date(2026, 10, 15)))
    assert found(papers([copay()], memberships=[later]), "D15")


# D16 -----------------------------------------------------------------------------------

DUE = date(2026, 3, 15)


def fee(number: int, amount: int = 300_00, due: date | None = DUE, on: date = DUE) -> Payment:
    return paid(number, amount, on, provider_id=PRACTICE, recurring_id=7 if due else None, due_on=due)


def fees(*payments: Payment, held: Membership = HELD) -> Papers:
    return papers(memberships=[held], membership_payments=payments)


def test_a_fee_paid_twice() -> None:
    finding = only(fees(fee(1), fee(2)), "D16")
    assert amounts(finding) == (600_00, 300_00, 300_00)
    assert finding.what == (
        "The fee of Mar 15, 2026 was paid twice: $600.00 went to Harbor Concierge; "
        "the schedule says $300.00."
    )
    assert [item.noun for item in finding.evidence] == [Noun.MEMBERSHIP, Noun.PAYMENT, Noun.PAYMENT]


def test_a_second_payment_that_settled_no_due() -> None:
    finding = only(fees(fee(1), fee(2, due=None, on=date(2026, 3, 18))), "D16")
    assert amounts(finding) == (600_00, 300_00, 300_00)
    assert not found(fees(fee(2, due=None)), "D16")
    assert not found(fees(fee(1), fee(2, amount=80_00, due=None)), "D16")


def test_a_fee_of_another_amount() -> None:
    finding = only(fees(fee(1, 325_00)), "D16")
    assert amounts(finding) == (325_00, 300_00, 25_00)
    assert "with another amount" in finding.what


def test_a_fee_after_the_agreement_ended() -> None:
    over = replace(HELD, ends_on=date(2026, 2, 28), auto_renews=False)
    finding = only(fees(fee(1), held=over), "D16")
    assert amounts(finding) == (300_00, 0, 300_00)
    assert "the membership ended on Feb 28, 2026" in finding.what
    assert only(fees(fee(1, due=None), held=over), "D16").at_stake == 300_00
    late = fee(1, due=date(2026, 2, 15), on=date(2026, 3, 2))
    assert not found(fees(late, held=over), "D16")


@pytest.mark.parametrize(
    "payments",
    [
        (fee(1),),
        (fee(1), fee(2, due=date(2026, 4, 15), on=date(2026, 4, 15))),
        (fee(1, 150_00), fee(2, 150_00)),
        (fee(1, 300_01),),
        (fee(1), fee(2), paid(3, -300_00, DUE, provider_id=PRACTICE, repays_id=2)),
        (fee(1, 200_00),),
    ],
)
def test_fees_as_scheduled(payments: tuple[Payment, ...]) -> None:
    assert not found(fees(*payments), "D16")


def test_a_fee_after_the_membership_was_left() -> None:
    left = replace(HELD, terms=MembershipTerms(cancelled_on=date(2026, 3, 15)))
    finding = only(fees(fee(1), held=left), "D16")
    assert amounts(finding) == (300_00, 0, 300_00)
    assert "the membership ended on Mar 14, 2026" in finding.what


def test_a_renewed_agreement_is_not_over() -> None:
    later = replace(HELD, id=2, begins_on=date(2027, 1, 15), ends_on=None, fees=())
    ended = replace(HELD, ends_on=date(2026, 2, 28), auto_renews=False)
    again = replace(later, begins_on=date(2026, 3, 1))
    of = papers(memberships=[ended, again], membership_payments=(fee(1, due=None),))
    assert not found(of, "D16")
