"""What of bills, EOBs, cases and calls needs the member: each with a day, an amount, one action, a key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.claims.attention import matters
from tracker.domain.claims.attention_item import Do, Matter, stage
from tracker.domain.claims.cases import opening_steps, standings
from tracker.domain.claims.findings.finding import Finding, Severity, Whom
from tracker.domain.claims.papers import Papers
from tracker.facts import (
    Authorization,
    Authorized,
    Bill,
    Call,
    Case,
    CaseKind,
    CaseOutcome,
    Claim,
    ClaimStage,
    Deadline,
    EobLine,
    Payment,
    Person,
    Provider,
    Snooze,
    Statement,
    Submission,
)
from tracker.reports.attention import Action, awake, in_order, of_papers

TODAY = date(2026, 11, 22)
PROVIDERS = {3: Provider(id=3, name="Harbor Imaging"), 4: Provider(id=4, name="BlueRiver Health")}


def found(
    *,
    snoozes: Iterable[Snooze] = (),
    findings: Iterable[Finding] = (),
    today: date = TODAY,
    **facts: object,
) -> list[Matter]:
    papers = Papers(
        today=today,
        people=(Person(id=1, name="Eleanor"),),
        providers=PROVIDERS,
        **facts,  # type: ignore[arg-type]
    )
    return matters(papers, standings(papers), findings, {item.key: item for item in snoozes})


def mri(**more: object) -> Claim:
    values: dict[str, object] = {
        "id": 5,
        "person_id": 1,
        "provider_id": 3,
        "service_from": date(2026, 10, 14),
        "processed_on": date(2026, 11, 2),
        "billed": 185_000,
        "allowed": 71_500,
        "you_owe": 21_500,
        "lines": (EobLine(code="73721", billed=185_000),),
    }
    return Claim(**(values | more))  # type: ignore[arg-type]


def bill(amount: int = 21_500, **more: object) -> Bill:
    values: dict[str, object] = {
        "id": 7,
        "provider_id": 3,
        "person_id": 1,
        "service_from": date(2026, 10, 14),
        "statements": (
            Statement(
                stated_on=date(2026, 11, 16), due_on=date(2026, 12, 10), amount=amount, charges=185_000
            ),
        ),
    }
    return Bill(**(values | more))  # type: ignore[arg-type]


def case(kind: CaseKind = CaseKind.DISPUTE, **more: object) -> Case:
    values: dict[str, object] = {"id": 1, "kind": kind, "title": "MRI", "opened_on": date(2026, 11, 18)}
    made = Case(**(values | more))  # type: ignore[arg-type]
    return replace(made, steps=made.steps or opening_steps(made))


def paid(amount: int, on: date) -> tuple[Payment, int]:
    return Payment(id=2, paid_on=on, amount=amount), amount


# bills -----------------------------------------------------------------------------------


def test_a_right_bill_is_to_be_paid_by_its_day() -> None:
    (item,) = found(claims=(mri(),), bills=(bill(),))
    assert (item.do, item.amount, item.day, item.bill_id) == (Do.PAY, 21_500, date(2026, 12, 10), 7)
    assert item.what == "Pay Harbor Imaging $215.00"
    assert item.detail.startswith("Due Dec 10, 2026, 18 days left.")
    assert item.tone == "accent"


@pytest.mark.parametrize(
    ("today", "tone", "words"),
    [
        (date(2026, 12, 4), "warning", "6 days left"),
        (date(2026, 12, 10), "warning", "due today"),
        (date(2026, 12, 11), "bad", "1 day ago"),
    ],
)
def test_a_bill_presses_as_its_day_comes(today: date, tone: str, words: str) -> None:
    (item,) = found(claims=(mri(),), bills=(bill(),), today=today)
    assert item.tone == tone
    assert words in item.detail


def test_the_mri_of_the_picture_says_what_is_too_much_and_what_is_safe() -> None:
    (item,) = found(claims=(mri(),), bills=(bill(30_000),))
    assert (item.do, item.amount) == (Do.DISPUTE, 8_500)
    assert item.what == "Harbor Imaging bills $85.00 too much"
    assert item.detail == (
        "It asks $300.00; you owe $215.00. Safe to pay: $215.00. The bill is due Dec 10, 2026."
    )


def test_once_disputed_only_the_safe_amount_is_left_to_pay() -> None:
    items = found(claims=(mri(),), bills=(bill(30_000),), cases=(case(bill_id=7, at_stake=8_500),))
    assert [(item.do, item.amount) for item in items] == [(Do.PAY, 21_500)]
    assert "The rest is disputed." in items[0].detail


@pytest.mark.parametrize(("ago", "tone"), [(20, "warning"), (46, "bad")])
def test_money_paid_too_much_ages(ago: int, tone: str) -> None:
    on = TODAY - timedelta(days=ago)
    items = found(claims=(mri(),), bills=(bill(),), paid={7: (paid(30_000, on),)})
    (item,) = items
    assert (item.do, item.amount, item.day, item.tone) == (Do.ASK, 8_500, on, tone)
    assert f"{ago} days ago" in item.detail


def test_a_threat_asks_for_a_hold_until_one_was_asked_for() -> None:
    threat = Statement(stated_on=date(2026, 11, 16), amount=21_500, threatens=True)
    kinds = [item.key.split(":")[0] for item in found(bills=(bill(statements=(threat,)),))]
    assert kinds == ["threat"]
    asked = bill(statements=(threat,), hold_requested_on=date(2026, 11, 17))
    assert found(bills=(asked,)) == []


def test_what_is_held_settled_or_paid_needs_nobody() -> None:
    assert found(bills=(bill(),)) == []
    assert found(claims=(mri(),), bills=(bill(0),), paid={7: (paid(21_500, TODAY),)}) == []


# claims ----------------------------------------------------------------------------------


def test_a_denial_nobody_appeals_says_until_when() -> None:
    denied = mri(stage=ClaimStage.DENIED, got_on=TODAY, you_owe=64_000)
    (item,) = found(claims=(denied,))
    assert (item.do, item.amount, item.day) == (Do.APPEAL, 64_000, date(2027, 5, 21))
    assert found(claims=(denied,), cases=(case(CaseKind.APPEAL, claim_id=5),)) == []
    assert found(claims=(replace(denied, appeal_by=date(2026, 11, 21)),)) == []
    assert found(claims=(replace(denied, you_owe=0),)) == []


@pytest.mark.parametrize(("ago", "tone"), [(45, ""), (46, "warning"), (61, "bad")])
def test_a_claim_that_takes_too_long_is_asked_about(ago: int, tone: str) -> None:
    waiting = mri(stage=ClaimStage.IN_PROCESS, submitted_on=TODAY - timedelta(days=ago))
    items = found(claims=(waiting,))
    assert [item.tone for item in items] == ([tone] if tone else [])
    sent_back = replace(waiting, stage=ClaimStage.NOT_SUBMITTED)
    assert found(claims=(sent_back,)) == []


def finding(detector: str = "D7", stake: int = 9_000, **more: object) -> Finding:
    values: dict[str, object] = {
        "detector": detector,
        "about": "claim:5",
        "severity": Severity.HIGH,
        "title": "Deductible charged though met",
        "what": "Your deductible was met.",
        "first": "Call the insurer.",
        "whom": Whom.INSURER,
        "at_stake": stake,
        "claim_id": 5,
        "on": date(2026, 10, 14),
    }
    return Finding(**(values | more))  # type: ignore[arg-type]


def test_the_weightiest_finding_of_a_paper_is_listed() -> None:
    items = found(claims=(mri(),), findings=(finding(), finding("D10", 100)))
    assert [(item.what, item.finding_key) for item in items] == [
        ("Deductible charged though met: $90.00", "D7:claim:5")
    ]


def test_what_a_verdict_says_already_is_not_said_twice() -> None:
    over = finding("D1", 8_500, bill_id=7, claim_id=None, about="bill:7")
    other = finding("D19", 4_000, bill_id=7, claim_id=None, about="bill:7")
    items = found(claims=(mri(),), bills=(bill(30_000),), findings=(over, other, finding("D13", 1_500)))
    assert [item.key.split(":")[0] for item in items] == ["over"]


def test_a_finding_without_money_needs_to_be_grave() -> None:
    quiet = finding("D23", 0, severity=Severity.LOW)
    missing = finding("D17", 0, severity=Severity.LOW, title="EOB missing")
    assert [item.what for item in found(claims=(mri(),), findings=(quiet,))] == []
    assert [item.what for item in found(claims=(mri(),), findings=(missing,))] == ["EOB missing"]


# cases -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "reached"),
    [
        (61, None),
        (60, "60"),
        (31, "60"),
        (30, "30"),
        (14, "14"),
        (7, "7"),
        (2, "2"),
        (0, "2"),
        (-1, "past"),
    ],
)
def test_a_day_reminds_at_60_30_14_7_and_2(left: int, reached: str | None) -> None:
    assert stage(left) == reached
    day = Deadline(label="Internal appeal", do_by=TODAY + timedelta(days=left))
    items = found(cases=(case(CaseKind.APPEAL, deadlines=(day,), at_stake=64_000),))
    assert [item.key for item in items] == ([f"day:1:Internal appeal:{reached}"] if reached else [])
    assert all(item.amount == 64_000 for item in items)


def test_a_day_of_the_insurer_presses_only_when_it_is_past() -> None:
    soon = Deadline(label="Claim decision", do_by=TODAY + timedelta(days=2))
    past = Deadline(label="Claim decision", do_by=TODAY - timedelta(days=2), last_day=TODAY)
    assert found(cases=(case(deadlines=(soon,)),)) == []
    (item,) = found(cases=(case(deadlines=(past,)),))
    assert (item.do, item.detail) == (Do.FOLLOW_UP, "MRI. The legal last day is Nov 22, 2026.")


def test_what_is_done_or_closed_is_left_out() -> None:
    day = Deadline(label="Internal appeal", do_by=TODAY, done_on=TODAY)
    assert found(cases=(case(deadlines=(day,)),)) == []
    shut = case(outcome=CaseOutcome.DONE, deadlines=(replace(day, done_on=None),))
    assert found(cases=(shut,)) == []


def test_a_quiet_case_is_followed_up_once() -> None:
    quiet = case(opened_on=date(2026, 11, 1))
    (item,) = found(cases=(quiet,))
    assert (item.do, item.day) == (Do.FOLLOW_UP, date(2026, 11, 15))
    call = Call(id=2, called_on=date(2026, 11, 1), case_id=1, check_on=date(2026, 11, 20), provider_id=3)
    (only,) = found(cases=(quiet,), calls=(call,))
    assert only.call_id == 2


@pytest.mark.parametrize(
    ("left", "keys"),
    [(31, []), (30, ["expires:1:30"]), (14, ["expires:1:14"]), (3, ["expires:1:7"]), (-1, [])],
)
def test_an_authorization_reminds_before_it_ends(left: int, keys: list[str]) -> None:
    given_ = Authorization(stands=Authorized.APPROVED, valid_to=TODAY + timedelta(days=left))
    items = found(cases=(case(CaseKind.AUTHORIZATION, authorization=given_),))
    assert [item.key for item in items] == keys


@pytest.mark.parametrize(("used", "count"), [(7, 0), (8, 1), (9, 1), (10, 0)])
def test_units_remind_from_80_percent_while_some_are_left(used: int, count: int) -> None:
    given_ = Authorization(stands=Authorized.APPROVED, units=10, units_used=used)
    items = found(cases=(case(CaseKind.AUTHORIZATION, authorization=given_),))
    assert len(items) == count


def test_money_the_plan_owes_is_waited_for() -> None:
    made = case(
        CaseKind.REIMBURSEMENT,
        claim_id=5,
        submission=Submission(charge=42_000, sent_on=date(2026, 11, 1)),
    )
    items = found(claims=(mri(plan_paid=18_000),), cases=(made,))
    assert [(item.key, item.amount) for item in items] == [("cheque:1", 18_000)]


# calls and links -------------------------------------------------------------------------


@pytest.mark.parametrize(("ahead", "shown"), [(3, False), (2, True), (0, True), (-9, True)])
def test_a_promise_is_checked_on_its_day(ahead: int, shown: bool) -> None:
    call = Call(
        id=2,
        called_on=date(2026, 11, 1),
        provider_id=4,
        promise="a decision by Friday",
        reference="R-1",
        check_on=TODAY + timedelta(days=ahead),
    )
    items = found(calls=(call,))
    assert bool(items) == shown
    if items:
        assert items[0].what == "Check with BlueRiver Health"
        assert items[0].detail == ("You called Nov 1, 2026. Promised: a decision by Friday. Reference R-1.")
    assert found(calls=(replace(call, checked=True),)) == []


def test_a_likely_link_is_to_be_confirmed() -> None:
    # Same provider and day, no code and another amount: 60 points.
    claim = mri(lines=(), billed=100_000)
    (item,) = found(claims=(claim,), bills=(bill(),))
    assert (item.do, item.key) == (Do.CONFIRM, "link:5:7")
    assert "same provider, same day" in item.detail


def test_many_likely_links_are_one_item() -> None:
    claims, bills = [], []
    for number in range(5):
        day = date(2026, 3, 1) + timedelta(days=number * 7)
        claims.append(mri(id=number + 1, lines=(), billed=100_000, service_from=day))
        bills.append(bill(id=number + 1, service_from=day))
    (item,) = found(claims=tuple(claims), bills=tuple(bills))
    assert item.what == "5 EOBs and bills may belong together"


# putting off and joining -----------------------------------------------------------------


def test_what_was_put_off_comes_back_on_its_day_and_at_the_next_reminder() -> None:
    day = Deadline(label="Internal appeal", do_by=TODAY + timedelta(days=40))
    made = case(CaseKind.APPEAL, deadlines=(day,))
    off = Snooze(key="day:1:Internal appeal:60", until=TODAY + timedelta(days=35), reason="later")
    assert found(cases=(made,), snoozes=(off,)) == []
    due = found(cases=(made,), snoozes=(replace(off, until=TODAY),))
    assert [item.key for item in due] == [off.key]
    later = found(cases=(made,), snoozes=(off,), today=TODAY + timedelta(days=10))
    assert [item.key for item in later if item.key.startswith("day:")] == ["day:1:Internal appeal:30"]


def test_items_of_the_list_have_the_same_words() -> None:
    (item,) = of_papers(found(claims=(mri(),), bills=(bill(30_000),)))
    assert (item.action, item.page, item.bill_id) == (Action.DISPUTE, "claims", 7)
    assert {do.value for do in Do} <= {action.value for action in Action}
    off = {item.key: Snooze(key=item.key, until=TODAY + timedelta(days=1), reason="waiting")}
    assert awake([item], off, TODAY) == []
    assert awake([item], off, TODAY + timedelta(days=1)) == [item]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 90_000)), max_size=12))
def test_the_order_is_by_day_then_money_and_every_key_is_there_once(
    given_bills: list[tuple[int, int]],
) -> None:
    claims, bills = [], []
    for number, (day, amount) in enumerate(given_bills, start=1):
        on = date(2026, 1, 1) + timedelta(days=number * 7)
        claims.append(mri(id=number, service_from=on, you_owe=amount))
        due = date(2026, 12, 1) + timedelta(days=day)
        paper = Statement(stated_on=date(2026, 11, 1), due_on=due, amount=amount, charges=185_000)
        bills.append(bill(id=number, service_from=on, statements=(paper,)))
    items = found(claims=tuple(claims), bills=tuple(bills))
    order = [(item.day, -(item.amount or 0)) for item in items]
    assert order == sorted(order)
    assert len({item.key for item in items}) == len(items) == sum(amount > 0 for _, amount in given_bills)
    assert [item.key for item in in_order(of_papers(items))] == [item.key for item in items]
