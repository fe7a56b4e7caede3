"""One list of the dates ahead, source by source, over real ledgers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TODAY
from tests.services.untaxed_kit import account, copay, cover, hsa_of, person, put_in
from tracker.dates import Period, add_months
from tracker.domain.coverage.enrollment import open_enrollment
from tracker.domain.date_kinds import KINDS
from tracker.domain.dates_ahead import DateAhead, each_once, in_day_order
from tracker.facts import (
    AccountKind,
    Authorization,
    Authorized,
    Bill,
    Call,
    Case,
    CaseKind,
    Claim,
    ClaimStage,
    Deadline,
    Frequency,
    Membership,
    MembershipTerms,
    Plan,
    PlanKind,
    PlannedCare,
    Recurring,
    Snooze,
    Statement,
    Submission,
)
from tracker.facts.accounts import AfterYear, FsaYear, Hra, HraKind, Tier
from tracker.facts.household_budget import FundPlan, Reminder
from tracker.facts.prescriptions import Drug, DrugFill
from tracker.services.bundle import Services
from tracker.services.dates_ahead import dates_ahead
from tracker.services.dates_ahead_household import own_dates
from tracker.services.dates_ahead_papers import case_dates
from tracker.services.hsa_room import hsa_rooms
from tracker.services.hsa_year import read_hsa_year

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def of(services: Services, kind: str) -> list[DateAhead]:
    return [entry for entry in dates_ahead(services) if entry.kind == kind]


def one(services: Services, kind: str) -> DateAhead:
    (found,) = of(services, kind)
    return found


def plan(services: Services, *, begins: date = FIRST, ends: date = LAST, **more: object) -> int:
    fact = Plan(name="BlueRiver PPO", begins_on=begins, ends_on=ends, **more)  # type: ignore[arg-type]
    return services.plans.save(fact, insurer="BlueRiver Health").new_id or 0


# the list as a whole -----------------------------------------------------------------------


def test_an_empty_ledger_has_no_dates(services: Services) -> None:
    assert dates_ahead(services) == []


def test_the_sample_says_each_matter_once_with_a_place_to_go(sample: Services) -> None:
    found = dates_ahead(sample)
    assert found == in_day_order(found)
    assert len({entry.key for entry in found}) == len(found)
    assert {entry.kind for entry in found} <= set(KINDS)
    assert all(entry.what and entry.page for entry in found)
    assert all(TODAY <= entry.on <= add_months(TODAY, 12) for entry in found)
    wanted = {"due", "bill", "renewal", "notice", "refill", "deadline", "call", "care", "own", "plan"}
    assert wanted | {"fsa_spend", "fsa_file", "hra_file", "enrollment", "fund"} <= {e.kind for e in found}
    again = dates_ahead(sample)
    assert [entry.key for entry in again] == [entry.key for entry in found]


def test_a_window_is_cut_at_both_ends(sample: Services) -> None:
    whole = dates_ahead(sample)
    until = date(2026, 12, 15)
    assert dates_ahead(sample, until=until) == [entry for entry in whole if entry.on <= until]
    assert dates_ahead(sample, until=date(2026, 11, 21)) == []
    far = dates_ahead(sample, until=date(2031, 1, 1))
    assert {entry.key for entry in whole} <= {entry.key for entry in far}


# payments and memberships ------------------------------------------------------------------


def rent(**more: object) -> Recurring:
    item = Recurring(label="Gym", amount=40_00, frequency=Frequency.MONTHLY, first_due=date(2026, 11, 30))
    return replace(item, **more)  # type: ignore[arg-type]


def test_what_is_paid_or_skipped_is_no_date(services: Services) -> None:
    services.recurring.save(rent())
    first, second, *_rest = services.recurring.dues(until=date(2027, 1, 31))
    assert [entry.on for entry in of(services, "due")][:3] == [
        date(2026, 11, 30),
        date(2026, 12, 30),
        date(2027, 1, 30),
    ]
    services.recurring.record(first, paid_on=TODAY)
    services.recurring.skip(second)
    assert of(services, "due")[0].on == date(2027, 1, 30)
    assert of(services, "due")[0].key == f"due:{first.recurring.id}:2027-01-30"


def membership(services: Services, **terms: object) -> int:
    held = Membership(
        practice_id=0,
        begins_on=date(2026, 3, 1),
        ends_on=date(2027, 2, 28),
        fees=(
            Recurring(label="Fee", amount=3_600_00, frequency=Frequency.ANNUAL, first_due=date(2026, 3, 1)),
        ),
        terms=MembershipTerms(**terms),  # type: ignore[arg-type]
    )
    return services.agreements.save_membership(held, practice="Harbor").new_id or 0


def test_a_membership_has_renewal_and_notice_once_and_its_fee_with_the_payments(services: Services) -> None:
    number = membership(services)
    found = {entry.kind: entry for entry in dates_ahead(services)}
    assert set(found) == {"due", "renewal", "notice"}
    assert found["renewal"].on == date(2027, 3, 1)
    assert found["notice"].on == date(2027, 1, 30)
    assert (found["notice"].page, found["notice"].target) == ("membership", number)
    assert (found["due"].on, found["due"].amount) == (date(2027, 3, 1), 3_600_00)
    assert KINDS["notice"].remind == (30, 14, 7)  # rulebook 6.3


def test_after_leaving_no_fee_is_ahead(services: Services) -> None:
    membership(services, cancelled_on=date(2027, 1, 1))
    assert [entry.kind for entry in dates_ahead(services)] == ["end"]


# plans, enrollment, planned care -----------------------------------------------------------


def test_a_plan_that_ends_brings_open_enrollment(services: Services) -> None:
    number = plan(services)
    ends, enrollment = one(services, "plan"), one(services, "enrollment")
    assert (ends.on, ends.key) == (LAST, f"plan:{number}:end")
    assert "No plan is entered" in ends.detail
    assert enrollment.on == date(2026, 12, 15)
    assert "employer's dates differ" in enrollment.detail


def test_a_plan_that_goes_on_brings_none(services: Services) -> None:
    plan(services)
    plan(services, begins=date(2027, 1, 1), ends=date(2027, 12, 31))
    assert [entry.on for entry in of(services, "plan")] == [LAST]
    assert "begins on Jan 1, 2027" in one(services, "plan").detail
    # The later plan ends beyond the window, but its enrollment begins within.
    assert [entry.what for entry in of(services, "enrollment")] == ["Open enrollment begins, Marketplace"]


@pytest.mark.parametrize(
    ("kind", "ends", "span"),
    [
        (PlanKind.PPO, date(2026, 12, 31), (date(2026, 11, 1), date(2026, 12, 15))),
        (PlanKind.PPO, date(2025, 12, 31), (date(2025, 11, 1), date(2026, 1, 15))),
        (PlanKind.PART_D, date(2026, 12, 31), (date(2026, 10, 15), date(2026, 12, 7))),
        (PlanKind.PPO, date(2026, 6, 30), None),
    ],
)
def test_when_enrollment_is_open(kind: PlanKind, ends: date, span: tuple[date, date] | None) -> None:
    found = open_enrollment(Plan(name="A", kind=kind, begins_on=add_months(ends, -6), ends_on=ends))
    assert (found and (found.begins_on, found.ends_on)) == span


def test_planned_care_is_dated_and_several_times_a_day_are_one(services: Services) -> None:
    ana = person(services)
    care = PlannedCare(
        person_id=ana, category="PT", label="Therapy", first_on=date(2026, 12, 3), times=4, every_months=0
    )
    services.coverage.save_planned(care)
    services.coverage.save_planned(
        replace(care, category="SPEC", label="Specialist", times=2, every_months=1, allowed=200_00)
    )
    found = of(services, "care")
    assert [(entry.on, entry.what) for entry in found] == [
        (date(2026, 12, 3), "Specialist"),
        (date(2026, 12, 3), "Therapy, 4 times"),
        (date(2027, 1, 3), "Specialist"),
    ]
    assert all(entry.amount is None for entry in found)  # no plan prices them


def test_planned_care_that_has_its_eob_is_no_date(services: Services) -> None:
    ana = person(services)
    plan(services, person_ids=(ana,))
    services.coverage.save_planned(PlannedCare(person_id=ana, category="LAB", label="Labs", first_on=TODAY))
    assert one(services, "care").on == TODAY
    done = Claim(
        person_id=ana,
        provider_id=0,
        category="LAB",
        service_from=TODAY,
        processed_on=TODAY,
        allowed=10_00,
        you_owe=10_00,
    )
    services.claims.save(done, provider="Quest Labs")
    assert of(services, "care") == []


# prescriptions -----------------------------------------------------------------------------


def drug(services: Services, person_id: int, **more: object) -> Drug:
    fill = DrugFill(filled_on=date(2026, 11, 10), days=30, paid=10_00)
    fact = Drug(person_id=person_id, name="Velocard", strength="20 mg", category="RX1", fills=(fill,))
    made = services.prescriptions.save(replace(fact, **more))  # type: ignore[arg-type]
    return services.prescriptions.get(made.new_id or 0)


def test_the_next_refill_and_a_late_one(services: Services) -> None:
    ana = person(services)
    held = drug(services, ana, refills_left=0)
    entry = one(services, "refill")
    assert (entry.on, entry.what) == (date(2026, 12, 10), "Refill Velocard 20 mg")
    assert "ask for a new prescription" in entry.detail
    more = DrugFill(filled_on=date(2026, 11, 20), days=30, paid=10_00)
    services.prescriptions.save(replace(held, fills=(*held.fills, more)))
    assert one(services, "refill").key != entry.key  # the refill after this one is another matter
    drug(services, ana, name="Late", fills=(DrugFill(filled_on=date(2026, 9, 1), days=30, paid=0),))
    late = min(of(services, "refill"), key=lambda item: item.on)
    assert late.on == TODAY
    assert "ended on Oct 1, 2026" in late.detail


def test_planned_refills_do_not_repeat_the_drug(services: Services) -> None:
    ana = person(services)
    drug(services, ana)
    planned = PlannedCare(
        person_id=ana, category="RX1", label="Monthly refill", first_on=date(2026, 12, 8), times=3
    )
    services.coverage.save_planned(planned)
    assert [entry.on for entry in of(services, "care")] == [date(2027, 1, 8), date(2027, 2, 8)]


# papers ------------------------------------------------------------------------------------


def bill(services: Services, person_id: int, *, due: date | None, amount: int = 300_00) -> int:
    statement = Statement(stated_on=date(2026, 11, 10), due_on=due, amount=amount)
    fact = Bill(
        provider_id=0,
        person_id=person_id,
        service_from=date(2026, 10, 14),
        self_pay=True,
        statements=(statement,),
    )
    return services.care.save_bill(fact, provider="Harbor Imaging").new_id or 0


def test_a_bill_moves_with_its_newest_statement(services: Services) -> None:
    ana = person(services)
    number = bill(services, ana, due=date(2026, 12, 10))
    entry = one(services, "bill")
    assert (entry.on, entry.target) == (date(2026, 12, 10), ("bill", number))
    held = services.papers.read().bill_by_id[number]
    later = Statement(stated_on=date(2026, 11, 20), due_on=date(2026, 12, 20), amount=300_00)
    services.care.save_bill(replace(held, statements=(*held.statements, later)), provider="Harbor Imaging")
    assert (one(services, "bill").on, one(services, "bill").key) == (date(2026, 12, 20), entry.key)


def test_a_denial_is_a_date_until_a_case_pursues_it(services: Services) -> None:
    ana = person(services)
    denied = Claim(
        person_id=ana,
        provider_id=0,
        stage=ClaimStage.DENIED,
        service_from=date(2026, 9, 3),
        processed_on=date(2026, 11, 1),
        got_on=TODAY,
        billed=640_00,
        you_owe=640_00,
    )
    number = services.claims.save(denied, provider="St. Luke's").new_id or 0
    entry = one(services, "deadline")
    assert (entry.on, entry.amount) == (date(2027, 5, 21), 640_00)  # rulebook 3.8
    by = Deadline(label="Internal appeal", do_by=date(2027, 5, 21), last_day=date(2027, 6, 1))
    case = Case(
        kind=CaseKind.APPEAL, title="ER", opened_on=TODAY, claim_id=number, deadlines=(by,), at_stake=640_00
    )
    made = services.cases.save(case).new_id
    entry = one(services, "deadline")
    assert entry.key == f"case:{made}:Internal appeal"
    assert "legal last day is Jun 1, 2027" in entry.detail
    assert KINDS["deadline"].remind == (60, 30, 14, 7, 2)  # rulebook 3.8


def test_the_legal_last_day_counts_once_the_safe_one_is_past(services: Services) -> None:
    by = Deadline(label="Claim you send yourself", do_by=date(2026, 11, 1), last_day=date(2027, 6, 10))
    case = Case(
        kind=CaseKind.REIMBURSEMENT,
        title="Therapy",
        opened_on=date(2026, 10, 1),
        deadlines=(by,),
        submission=Submission(charge=420_00),
    )
    services.cases.save(case)
    entry = one(services, "deadline")
    assert entry.on == date(2027, 6, 10)
    assert "was to be done by Nov 1, 2026" in entry.detail
    assert [item.key for item in case_dates(services)] == [entry.key]


def test_two_days_of_one_name_are_two_matters_and_a_done_one_is_none(services: Services) -> None:
    days = [Deadline(label="Call", do_by=date(2026, 12, day)) for day in (1, 2, 3)]
    days[0] = replace(days[0], done_on=TODAY)
    services.cases.save(
        Case(kind=CaseKind.COVERAGE_CHECK, title="Check", opened_on=TODAY, deadlines=tuple(days))
    )
    assert [entry.on for entry in of(services, "deadline")] == [date(2026, 12, 2), date(2026, 12, 3)]


def test_an_authorization_a_call_and_what_was_put_off(services: Services) -> None:
    ana = person(services)
    given = Authorization(
        stands=Authorized.APPROVED, number="A-1", valid_from=TODAY, valid_to=date(2027, 1, 10), units=4
    )
    case = Case(
        kind=CaseKind.AUTHORIZATION, title="MRI", opened_on=TODAY, person_id=ana, authorization=given
    )
    number = services.cases.save(case).new_id
    entry = one(services, "authorization")
    assert (entry.on, entry.target) == (date(2027, 1, 10), ("case", number))
    call = Call(called_on=TODAY, promise="A letter", check_on=date(2026, 12, 1), case_id=number)
    services.cases.save_call(call, organisation="BlueRiver Health")
    assert one(services, "call").detail == "You called Nov 22, 2026. A letter."
    assert date(2026, 12, 1) not in [item.on for item in of(services, "follow_up")]
    services.cases.snooze(Snooze(key="renewal:1:2027-03-01", until=date(2026, 12, 5), reason="Ask first"))
    services.cases.snooze(Snooze(key="pay:77:2026-11-10", until=date(2026, 12, 6), reason="Settled since"))
    entry = one(services, "put_off")
    assert (entry.on, entry.detail) == (date(2026, 12, 5), "You put it off: Ask first")


# accounts ----------------------------------------------------------------------------------


def test_an_fsa_with_money_left(services: Services) -> None:
    fsa = account(services, AccountKind.FSA)
    services.untaxed.save_fsa_year(
        FsaYear(
            account_id=fsa, begins_on=FIRST, ends_on=LAST, election=3_400_00, after=AfterYear.CARRY_OVER
        )
    )
    copay(services, 2_500_00, account_id=fsa)
    spend, file = one(services, "fsa_spend"), one(services, "fsa_file")
    assert (spend.on, spend.amount) == (LAST, 900_00)
    assert "$680.00 goes to the next plan year and $220.00 is lost" in spend.detail  # C15
    assert (file.on, file.amount) == (date(2027, 3, 31), 900_00)  # rulebook 5.2, run-out
    copay(services, 900_00, account_id=fsa)
    assert of(services, "fsa_spend") == of(services, "fsa_file") == []


def test_an_hra_with_money_left(services: Services) -> None:
    hra = account(services, AccountKind.HRA)
    services.untaxed.save_hra_year(
        Hra(
            account_id=hra,
            kind=HraKind.ICHRA,
            begins_on=FIRST,
            ends_on=LAST,
            credit=600_00,
            file_by=date(2027, 3, 31),
        )
    )
    entry = one(services, "hra_file")
    assert (entry.on, entry.amount) == (date(2027, 3, 31), 600_00)


def test_an_hsa_with_room_until_the_filing_day(services: Services) -> None:
    ana = person(services)
    hsa = hsa_of(services, ana)
    cover(services, ana)
    put_in(services, hsa, 1_200_00)
    entry = one(services, "hsa")
    assert (entry.on, entry.amount) == (date(2027, 4, 15), 3_200_00)  # C08
    assert entry.target == ("hsa", ana, 2026)
    put_in(services, hsa, 3_200_00)
    assert of(services, "hsa") == []
    put_in(services, hsa, 600_00)
    assert "Take the excess out" in one(services, "hsa").what
    assert one(services, "hsa").key == entry.key


def test_the_testing_period_of_the_last_month_rule(services: Services) -> None:
    ana = person(services)
    hsa = hsa_of(services, ana)
    cover(services, ana, months=(10, 12))
    put_in(services, hsa, 1_100_00, on=date(2026, 11, 1))
    assert dates_ahead(services, until=date(2028, 1, 1))[-1].kind != "testing"  # M allows it anyway
    put_in(services, hsa, 3_300_00, on=date(2026, 11, 2))
    entry = dates_ahead(services, until=date(2028, 1, 1))[-1]
    assert (entry.kind, entry.on) == ("testing", date(2027, 12, 31))  # C05
    assert "$3,300.00" in entry.detail


def test_a_fund_is_a_date_unless_its_payment_is(services: Services) -> None:
    fund = account(services, AccountKind.SINKING, target=180_00)
    fee = services.recurring.save(rent(frequency=Frequency.ANNUAL, first_due=date(2027, 1, 2))).new_id
    services.untaxed.save_fund_plan(FundPlan(account_id=fund, due_on=date(2027, 1, 2)))
    entry = one(services, "fund")
    assert (entry.on, entry.amount) == (date(2027, 1, 2), 180_00)
    assert "$180.00 is missing" in entry.detail
    services.untaxed.save_fund_plan(FundPlan(account_id=fund, due_on=date(2027, 1, 2), recurring_id=fee))
    assert of(services, "fund") == []


# own reminders -----------------------------------------------------------------------------


def test_own_reminders_come_back_every_year(services: Services) -> None:
    budgets = services.household_budgets
    budgets.save_reminder(Reminder(label="Flu shots", falls_on=date(2024, 12, 1), yearly=True, note="Both"))
    budgets.save_reminder(Reminder(label="Past", falls_on=date(2026, 11, 1)))
    entry = one(services, "own")
    assert (entry.on, entry.what, entry.detail) == (date(2026, 12, 1), "Flu shots", "Both")
    assert entry.key.endswith(":2026")


@given(
    falls_on=st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    begin=st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    days=st.integers(1, 2000),
)
def test_a_yearly_day_falls_once_in_every_year_of_a_window(falls_on: date, begin: date, days: int) -> None:
    period = Period(begin, begin + timedelta(days=days))
    found = list(own_dates([Reminder(id=1, label="A", falls_on=falls_on, yearly=True)], period))
    wanted = [
        day
        for year in range(falls_on.year, period.end.year + 1)
        if (day := add_months(falls_on, 12 * (year - falls_on.year))) in period
    ]
    assert [entry.on for entry in found] == wanted
    assert len({entry.key for entry in found}) == len(found)


def test_an_own_reminder_that_says_the_same_becomes_part_of_it() -> None:
    there = DateAhead(
        key="a", on=TODAY, what="Open enrollment begins", detail="For 2027.", kind="enrollment"
    )
    mine = DateAhead(key="b", on=TODAY, what="open  enrollment begins", detail="Compare.", kind="own")
    (joined,) = each_once([mine, there])
    assert (joined.key, joined.detail) == ("a", "For 2027. Compare.")
    twice = [replace(there, key="c", kind="due"), replace(there, key="d", kind="due")]
    assert len(each_once(twice)) == 2  # two premiums of one name are two payments
    assert each_once([mine, mine]) == [mine]


def test_room_is_that_of_the_whole_hsa_year(sample: Services) -> None:
    """The short way to the limit and what went in agrees with the long one."""
    owner = sample.people.people()[0].id or 0
    cover(sample, owner, Tier.FAMILY, months=(3, 9), year=2025)
    found = hsa_rooms(sample, (2025, 2026))
    assert found
    for item in found:
        whole = read_hsa_year(sample, item.year, person_id=item.person.id)
        assert whole is not None
        assert (item.limit, item.room, item.contributed) == (whole.limit, whole.room, whole.contributed)
        assert item.asks == whole.asks
