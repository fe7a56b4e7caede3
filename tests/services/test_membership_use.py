"""Agreements with their clauses, what they include, contacts, letters, the worksheet, own numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from tests.services.refusals import refused, rows_of
from tracker.domain.membership.service_matrix import STARTING_MATRIX
from tracker.facts import Frequency, Membership, Person, Recurring
from tracker.facts.membership import (
    AdministratorAnswer,
    CareModel,
    CareStatement,
    ContactKind,
    DecisionAnswer,
    Included,
    MembershipService,
    MembershipTerms,
    ModelNumbers,
    ModelUse,
    PracticeContact,
    RefundKind,
    TaxPocket,
)
from tracker.services.bundle import Services

HARBOR = "Harbor Concierge Medicine"
JANUARY, MARCH = date(2026, 1, 15), date(2026, 3, 10)


@pytest.fixture
def eleanor(services: Services) -> int:
    return services.people.save_person(Person(name="Eleanor")).new_id or 0


def agreement(person_id: int, **more: object) -> Membership:
    fee = Recurring(label="Fee", amount=300_00, frequency=Frequency.MONTHLY, first_due=JANUARY)
    return replace(
        Membership(
            practice_id=0,
            begins_on=JANUARY,
            ends_on=date(2027, 1, 14),
            auto_renews=False,
            person_ids=(person_id,),
            fees=(fee,),
        ),
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def held(services: Services, eleanor: int) -> int:
    """The id of a saved membership."""
    return services.agreements.save_membership(agreement(eleanor), practice=HARBOR).new_id or 0


# the agreement -----------------------------------------------------------------------------------


def test_clauses_come_back_as_they_were_and_are_undone(services: Services, held: int) -> None:
    before = services.agreements.memberships()[0]
    terms = MembershipTerms(
        refund_kind=RefundKind.DAILY,
        claw_back=True,
        cancellation_fee=100_00,
        offer_amount=3_300_00,
        offer_months=12,
        promised_hours=24,
        bills_insurance=False,
        within_office_care=True,
    )
    services.agreements.save_membership(replace(before, terms=terms), practice=HARBOR)
    after = services.agreements.memberships()[0]
    assert after.terms == terms
    assert after.terms.bills_visits is None
    services.ledger.undo()
    assert services.agreements.memberships() == [before]


TERMS_THAT_CANNOT_BE = [
    ({"late_fee": -1}, "below zero", "late_fee"),
    ({"cancellation_fee": -1}, "below zero", "cancellation_fee"),
    ({"refund_stated": -1}, "below zero", "refund_stated"),
    ({"offer_months": 0}, "for 1 to 12 months", "offer_months"),
    ({"offer_months": 13}, "for 1 to 12 months", "offer_months"),
    ({"trial_days": -1}, "cannot be negative", "trial_days"),
    ({"cancelled_on": date(2026, 1, 14)}, "left before it began", "cancelled_on"),
    ({"notice_on": MARCH, "cancelled_on": date(2026, 3, 9)}, "before notice was given", "cancelled_on"),
]


@pytest.mark.parametrize(("terms", "match", "field"), TERMS_THAT_CANNOT_BE)
def test_clauses_that_cannot_be(
    services: Services, eleanor: int, terms: dict[str, object], match: str, field: str
) -> None:
    bad = agreement(eleanor, terms=MembershipTerms(**terms))  # type: ignore[arg-type]
    refused(
        services.ledger,
        lambda: services.agreements.save_membership(bad, practice=HARBOR),
        match=match,
        field=field,
    )


def test_a_term_that_ends_before_it_begins(services: Services, eleanor: int) -> None:
    bad = agreement(eleanor, ends_on=date(2026, 1, 14))
    refused(
        services.ledger,
        lambda: services.agreements.save_membership(bad, practice=HARBOR),
        match="ends before it begins",
        field="ends_on",
    )


@pytest.mark.parametrize("amount", [0, -300_00])
def test_a_fee_of_nothing(services: Services, eleanor: int, amount: int) -> None:
    fee = Recurring(label="Fee", amount=amount, frequency=Frequency.MONTHLY, first_due=JANUARY)
    refused(
        services.ledger,
        lambda: services.agreements.save_membership(agreement(eleanor, fees=(fee,)), practice=HARBOR),
        match="amount",
        field="amount",
    )


@pytest.mark.parametrize(
    "other",
    [
        {"begins_on": date(2027, 1, 14), "ends_on": None},
        {"begins_on": date(2025, 1, 15), "ends_on": date(2026, 1, 15)},
        {"begins_on": date(2025, 1, 15), "ends_on": date(2026, 1, 14), "auto_renews": True},
    ],
)
def test_memberships_that_overlap(
    services: Services, eleanor: int, held: int, other: dict[str, object]
) -> None:
    second = agreement(eleanor, **other)
    refused(
        services.ledger,
        lambda: services.agreements.save_membership(second, practice=HARBOR),
        match="overlaps another membership with the same practice, from Jan 15, 2026",
        field="begins_on",
    )


def test_memberships_that_do_not_overlap(services: Services, eleanor: int, held: int) -> None:
    """The day after, another practice, another person, and one that was left before."""
    save = services.agreements.save_membership
    martin = services.people.save_person(Person(name="Martin", position=1)).new_id or 0
    save(agreement(eleanor, begins_on=date(2027, 1, 15), ends_on=None, fees=()), practice=HARBOR)
    save(agreement(eleanor), practice="Cornerstone Virtual Care")
    save(agreement(martin), practice=HARBOR)
    before = services.agreements.memberships()
    ended = next(item for item in before if item.id == held)
    save(replace(ended, terms=MembershipTerms(cancelled_on=MARCH)), practice=HARBOR)
    save(agreement(eleanor, begins_on=MARCH, ends_on=date(2026, 12, 31), fees=()), practice=HARBOR)
    assert len(services.agreements.memberships()) == 5


# what it includes --------------------------------------------------------------------------------


def test_the_matrix_starts_with_the_source_documents_lists(services: Services, held: int) -> None:
    use = services.membership_use
    assert use.matrix(held) == STARTING_MATRIX
    rows = (
        MembershipService(code="physical", name="Physical", state=Included.INCLUDED, per_year=1),
        MembershipService(code="travel", name="Travel", state=Included.EXTRA_FEE, extra_fee=75_00),
        MembershipService(code="open", name="Nobody has said", list_price=0),
    )
    use.save_matrix(held, rows)
    assert use.matrix(held) == rows
    services.ledger.undo()
    assert use.matrix(held) == STARTING_MATRIX


@pytest.mark.parametrize(
    ("rows", "match"),
    [
        ([MembershipService(code="a", name="  ")], "service is missing"),
        ([MembershipService(code="a", name="Labs"), MembershipService(code="b", name="labs ")], "twice"),
        ([MembershipService(code="a", name="Labs", per_year=-1)], "below zero"),
        ([MembershipService(code="a", name="Labs", list_price=-1)], "below zero"),
    ],
)
def test_rows_that_cannot_be(
    services: Services, held: int, rows: list[MembershipService], match: str
) -> None:
    use = services.membership_use
    refused(services.ledger, lambda: use.save_matrix(held, rows), match=match, field="services")


# contacts ----------------------------------------------------------------------------------------


def test_a_contact_is_kept_changed_removed_and_undone(services: Services, held: int) -> None:
    use = services.membership_use
    contact = PracticeContact(
        membership_id=held,
        kind=ContactKind.CALL,
        asked_on=MARCH,
        asked_at=time(9, 5),
        seen_on=MARCH,
        seen_at=time(9, 5),
        minutes=0,
        within_hours=0,
        services=("direct_contact", "referrals"),
        instead_of="URGENT",
        note="Two\nlines",
    )
    made = use.save_contact(contact).new_id
    assert use.contacts(held) == [replace(contact, id=made)]
    later = use.save_contact(PracticeContact(membership_id=held, seen_on=date(2026, 4, 1))).new_id
    assert [item.id for item in use.contacts()] == [later, made]
    use.save_contact(replace(contact, id=made, minutes=12))
    assert use.contacts(held)[1].minutes == 12
    use.remove_contacts([made or 0, later or 0])
    assert use.contacts() == []
    services.ledger.undo()
    services.ledger.undo()
    assert use.contacts(held)[1] == replace(contact, id=made)


@pytest.mark.parametrize(
    ("changed", "match", "field"),
    [
        ({"asked_on": date(2026, 3, 11)}, "after it took place", "asked_on"),
        (
            {"asked_on": MARCH, "asked_at": time(9, 1), "seen_at": time(9, 0)},
            "after it took place",
            "asked_at",
        ),
        ({"minutes": -1}, "from 0 to 1,440", "minutes"),
        ({"minutes": 1_441}, "from 0 to 1,440", "minutes"),
        ({"within_hours": -1}, "number of hours", "within_hours"),
    ],
)
def test_contacts_that_cannot_be(
    services: Services, held: int, changed: dict[str, object], match: str, field: str
) -> None:
    contact = replace(
        PracticeContact(membership_id=held, seen_on=MARCH),
        **changed,  # type: ignore[arg-type]
    )
    refused(
        services.ledger, lambda: services.membership_use.save_contact(contact), match=match, field=field
    )


# letters and answers -----------------------------------------------------------------------------


def test_the_practices_letters_are_kept_the_latest_first(services: Services, held: int) -> None:
    use = services.membership_use
    first = CareStatement(stated_on=JANUARY, share=3_500, document="Letter")
    second = CareStatement(stated_on=MARCH, amount=0, received=False)
    use.save_statements(held, [first, second])
    assert use.statements(held) == [second, first]
    answer = AdministratorAnswer(pocket=TaxPocket.FSA, said_on=MARCH, agreed=False, said="No")
    use.save_administrators(held, [answer])
    assert use.administrators(held) == [answer]
    services.ledger.undo()
    services.ledger.undo()
    assert (use.statements(held), use.administrators(held)) == ([], [])


@pytest.mark.parametrize(
    ("statement", "field"),
    [
        (CareStatement(stated_on=MARCH), "care_share"),
        (CareStatement(stated_on=MARCH, share=3_500, amount=105_00), "care_share"),
        (CareStatement(stated_on=MARCH, share=10_001), "care_share"),
        (CareStatement(stated_on=MARCH, share=-1), "care_share"),
        (CareStatement(stated_on=MARCH, amount=-1), "care_amount"),
    ],
)
def test_letters_that_cannot_be(
    services: Services, held: int, statement: CareStatement, field: str
) -> None:
    use = services.membership_use
    refused(services.ledger, lambda: use.save_statements(held, [statement]), field=field)


# deciding ----------------------------------------------------------------------------------------


def test_an_answer_of_nothing_goes_and_zero_stays(services: Services) -> None:
    use = services.membership_use
    use.save_decision(DecisionAnswer(code="benefit.time", weight=0))
    use.save_decision(DecisionAnswer(code="question.refund", note="By days"))
    assert use.decision_answers()["benefit.time"].weight == 0
    use.save_decision(DecisionAnswer(code="question.refund", note="  "))
    assert list(use.decision_answers()) == ["benefit.time"]
    services.ledger.undo()
    assert use.decision_answers()["question.refund"].note == "By days"


@pytest.mark.parametrize(
    ("answer", "match", "field"),
    [
        (DecisionAnswer(code="benefit.nothing", weight=1), "no such line", None),
        (DecisionAnswer(code="benefit.time", weight=4), "from 0 to 3", "weight"),
        (DecisionAnswer(code="benefit.time", weight=-1), "from 0 to 3", "weight"),
    ],
)
def test_answers_that_cannot_be(
    services: Services, answer: DecisionAnswer, match: str, field: str | None
) -> None:
    use = services.membership_use
    refused(services.ledger, lambda: use.save_decision(answer), match=match, field=field)


def test_own_numbers_of_a_care_model(services: Services) -> None:
    use = services.membership_use
    numbers = ModelNumbers(
        model=CareModel.DPC,
        fee=1_080_00,
        uses=(
            ModelUse(label="Visits", times=0, each=0),
            ModelUse(label="Urgent care", category="URGENT"),
        ),
    )
    use.save_care_model(numbers)
    use.save_care_model(replace(numbers, fee=1_200_00))
    assert use.care_models() == {CareModel.DPC: replace(numbers, fee=1_200_00)}
    use.forget_care_model(CareModel.DPC)
    assert use.care_models() == {}
    services.ledger.undo()
    services.ledger.undo()
    assert use.care_models() == {CareModel.DPC: numbers}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"fee": -1}, "amount"),
        ({"uses": (ModelUse(label="Visits", each=-1),)}, "amount"),
        ({"uses": (ModelUse(label="Visits", times=367),)}, "times"),
    ],
)
def test_numbers_that_cannot_be(services: Services, changed: dict[str, object], field: str) -> None:
    numbers = replace(ModelNumbers(model=CareModel.DPC), **changed)  # type: ignore[arg-type]
    use = services.membership_use
    refused(services.ledger, lambda: use.save_care_model(numbers), field=field)


def test_removing_a_membership_takes_its_facts_and_undo_brings_them_back(
    services: Services, held: int
) -> None:
    use = services.membership_use
    use.save_matrix(held, STARTING_MATRIX[:2])
    use.save_contact(PracticeContact(membership_id=held, seen_on=MARCH))
    use.save_statements(held, [CareStatement(stated_on=MARCH, share=3_500)])
    before = rows_of(services.ledger)
    services.agreements.remove_membership(held)
    assert (use.contacts(), use.statements(held), use.matrix(held)) == ([], [], STARTING_MATRIX)
    services.ledger.undo()
    assert len(use.contacts(held)) == 1
    assert use.matrix(held) == STARTING_MATRIX[:2]
    assert before.count("practice_contact") == rows_of(services.ledger).count("practice_contact")
