"""Care as rows of Claims: one for each piece, one check each, every dollar once (rulebook 3.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TODAY
from tracker.domain.claims.care_row import CareRow, Missing, bill_sums, kept, row_of
from tracker.domain.claims.expected import Expected
from tracker.domain.claims.findings.finding import Finding, Severity, Whom
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.row_check import Group, difference
from tracker.domain.claims.rows import care_rows
from tracker.domain.claims.side_by_side import side_by_side, what_changed
from tracker.facts import (
    Bill,
    Case,
    CaseKind,
    CaseOutcome,
    Claim,
    ClaimLink,
    ClaimStage,
    EobLine,
    EobVersion,
    Network,
    Payment,
    Person,
    Provider,
    Statement,
    Visit,
)

DAY = date(2026, 10, 14)


def eob(number: int = 1, **more: object) -> Claim:
    values: dict[str, object] = {
        "id": number,
        "person_id": 1,
        "provider_id": 1,
        "service_from": DAY,
        "processed_on": DAY + timedelta(days=14),
        "billed": 1_850_00,
        "allowed": 715_00,
        "plan_paid": 500_00,
        "deductible": 90_00,
        "coinsurance": 125_00,
        "you_owe": 215_00,
        "description": "MRI knee",
        "category": "IMAGING",
    }
    return Claim(**(values | more))  # type: ignore[arg-type]


def bill(asks: int, number: int = 5, **more: object) -> Bill:
    values: dict[str, object] = {
        "id": number,
        "provider_id": 1,
        "person_id": 1,
        "service_from": DAY,
        "statements": (Statement(stated_on=date(2026, 11, 2), amount=asks, charges=1_850_00),),
    }
    return Bill(**(values | more))  # type: ignore[arg-type]


def visit(days_ago: int, **more: object) -> Visit:
    values: dict[str, object] = {
        "id": 9,
        "person_id": 1,
        "provider_id": 1,
        "visited_on": TODAY - timedelta(days=days_ago),
        "category": "IMAGING",
    }
    return Visit(**(values | more))  # type: ignore[arg-type]


def papers(**more: object) -> Papers:
    values: dict[str, object] = {
        "today": TODAY,
        "people": (Person(id=1, name="Eleanor Whitfield"), Person(id=2, name="Sam Whitfield")),
        "providers": {
            1: Provider(id=1, name="Harbor Imaging"),
            2: Provider(id=2, name="Quest Labs"),
        },
    }
    return Papers(**(values | more))  # type: ignore[arg-type]


def only(found: Papers, *findings: Finding) -> CareRow:
    (row,) = care_rows(found, findings)
    return row


def paid(amount: int, on: date = date(2026, 11, 10)) -> tuple[Payment, int]:
    return Payment(paid_on=on, amount=amount), amount


# one row for each piece of care --------------------------------------------------------


def test_the_mri_of_the_pictures() -> None:
    row = only(papers(claims=(eob(),), bills=(bill(300_00),)))
    assert row.title == "MRI knee, Harbor Imaging, Oct 14"
    assert (row.billed, row.allowed, row.you_owe) == (1_850_00, 715_00, 215_00)
    assert (row.check.words, row.check.tone, row.group) == ("Bill $85.00 over", "bad", Group.NEEDS_YOU)
    assert " ".join(row.check.why) == (
        "The EOB says you owe $215.00. The bill of Nov 2, 2026 asks $300.00. "
        "That is $85.00 more than you owe. Safe to pay today: $215.00."
    )
    assert row.check.todo[0] == "Pay $215.00, no more."


def test_eleanors_labs() -> None:
    claim = eob(billed=460_00, allowed=43_75, plan_paid=0, deductible=43_75, coinsurance=0, you_owe=43_75)
    statement = Statement(stated_on=date(2026, 11, 2), amount=460_00, charges=460_00)
    row = only(papers(claims=(claim,), bills=(bill(460_00, statements=(statement,)),)))
    assert row.check.words == "Bill $416.25 over"
    assert row.verdicts[0].pay == 43_75


def test_an_eob_a_bill_and_a_visit_of_one_day_are_one_row() -> None:
    row = only(papers(claims=(eob(),), bills=(bill(215_00),), visits=(visit(39),)))
    assert row.claim is not None
    assert [item.id for item in row.bills] == [5]
    assert [item.id for item in row.visits] == [9]


def test_papers_of_other_people_and_days_have_rows_of_their_own() -> None:
    rows = care_rows(
        papers(
            claims=(eob(), eob(2, person_id=2)),
            bills=(bill(300_00, provider_id=2, service_from=date(2026, 6, 1)),),
            visits=(visit(100),),
        )
    )
    assert [(row.service_on, row.claim is not None, len(row.bills)) for row in rows] == [
        (DAY, True, 0),
        (DAY, True, 0),
        (TODAY - timedelta(days=100), False, 0),
        (date(2026, 6, 1), False, 1),
    ]
    assert len({row.key for row in rows}) == 4


def test_only_the_last_version_of_an_eob_has_a_row() -> None:
    later = eob(2, you_owe=100_00, replaces_id=1, version=EobVersion.ADJUSTMENT)
    row = only(papers(claims=(eob(), later)))
    assert (row.claim.id if row.claim else 0, row.you_owe) == (2, 100_00)


def test_a_link_taken_away_by_hand_parts_the_row() -> None:
    said = ClaimLink(claim_id=1, bill_id=5, linked=False)
    rows = care_rows(papers(claims=(eob(),), bills=(bill(300_00),), links=(said,)))
    assert sorted((row.claim is not None, len(row.bills)) for row in rows) == [(False, 1), (True, 0)]


def test_an_eob_that_perhaps_belongs_to_a_bill_is_asked_about() -> None:
    alone = bill(300_00, statements=(Statement(stated_on=date(2026, 11, 2), amount=300_00),))
    of_claim, of_bill = sorted(
        care_rows(papers(claims=(eob(),), bills=(alone,))), key=lambda row: row.claim is None
    )
    assert (of_claim.check.words, of_claim.bills) == ("Not checked", ())
    assert (of_bill.check.words, of_bill.group) == ("Link its EOB?", Group.NEEDS_YOU)
    assert of_bill.check.why[0] == "Perhaps the EOB of Harbor Imaging for Oct 14, 2026 belongs to it."
    assert of_bill.verdicts[0].pay == 0
    said = ClaimLink(claim_id=1, bill_id=5)
    assert only(papers(claims=(eob(),), bills=(alone,), links=(said,))).check.words == "Bill $85.00 over"


def test_a_bill_for_two_eobs_counts_once() -> None:
    one, two = eob(1, you_owe=100_00), eob(2, you_owe=115_00)
    rows = care_rows(papers(claims=(one, two), bills=(bill(300_00),)))
    assert len(rows) == 2
    assert [row.bills[0].id for row in rows] == [5, 5]
    assert bill_sums(rows).safe_to_pay == 215_00


# the check ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "words", "tone", "group"),
    [
        (0, "0 days waiting", "quiet", Group.WAITING),
        (1, "1 day waiting", "quiet", Group.WAITING),
        (45, "45 days waiting", "quiet", Group.WAITING),
        (46, "46 days waiting", "warning", Group.NEEDS_YOU),
        (47, "47 days waiting", "warning", Group.NEEDS_YOU),
        (60, "60 days waiting", "warning", Group.NEEDS_YOU),
        (61, "61 days waiting", "bad", Group.NEEDS_YOU),
    ],
)
def test_an_undecided_claim_says_how_long_it_waits(days: int, words: str, tone: str, group: Group) -> None:
    sent = TODAY - timedelta(days=days)
    row = only(
        papers(claims=(eob(stage=ClaimStage.SUBMITTED, submitted_on=sent, you_owe=None, allowed=None),))
    )
    assert (row.check.words, row.check.tone, row.group) == (words, tone, group)
    assert (row.allowed, row.allowed_words) == (None, "not decided")


@pytest.mark.parametrize(
    ("stage", "allowed", "words"),
    [
        (ClaimStage.NOT_SUBMITTED, "not submitted", "Not submitted"),
        (ClaimStage.WITHDRAWN, "withdrawn", "Withdrawn"),
        (ClaimStage.REJECTED, "rejected", "Rejected, file again"),
        (ClaimStage.PENDED, "not decided", "Information asked"),
    ],
)
def test_other_stages_in_words(stage: ClaimStage, allowed: str, words: str) -> None:
    row = only(papers(claims=(eob(stage=stage, you_owe=None, allowed=None),)))
    assert (row.allowed_words, row.check.words) == (allowed, words)


def test_care_that_never_counts_says_why() -> None:
    row = only(papers(bills=(bill(600_00, category="COSMETIC", description="Botox"),)))
    assert (row.check.words, row.check.tone) == ("Not covered", "warning")
    assert (row.allowed_words, row.you_owe) == ("not covered", 600_00)
    assert "never counts toward the deductible" in row.check.why[0]
    assert row.verdicts[0].pay == 600_00


def test_a_denied_claim_and_one_not_covered() -> None:
    nothing = {"allowed": 0, "plan_paid": 0, "deductible": 0, "coinsurance": 0, "not_covered": 1_850_00}
    denied = only(papers(claims=(eob(stage=ClaimStage.DENIED, **nothing, you_owe=1_850_00),)))
    assert (denied.allowed_words, denied.check.words, denied.group) == ("denied", "Denied", Group.NEEDS_YOU)
    uncovered = only(papers(claims=(eob(**nothing, you_owe=1_850_00),)))
    assert (uncovered.allowed_words, uncovered.check.words) == ("not covered", "Not covered")


@pytest.mark.parametrize(
    ("asks", "before", "words", "group"),
    [
        (215_00, (), "Pay $215.00", Group.NEEDS_YOU),
        (215_00, (paid(215_00),), "Paid", Group.SETTLED),
        (0, (paid(715_00),), "Refund due $500.00", Group.NEEDS_YOU),
        (0, (), "Settled", Group.SETTLED),
    ],
)
def test_what_the_bill_asks_for(
    asks: int, before: tuple[tuple[Payment, int], ...], words: str, group: Group
) -> None:
    closed = asks == 0 and not before
    row = only(
        papers(
            claims=(eob(you_owe=0, deductible=0, coinsurance=0, plan_paid=715_00) if closed else eob(),),
            bills=(bill(asks),),
            paid={5: before},
        )
    )
    assert (row.check.words, row.group) == (words, group)


def test_a_bill_without_an_eob_is_held() -> None:
    row = only(papers(bills=(bill(300_00),)))
    assert (row.check.words, row.allowed_words, row.you_owe) == ("Hold until the EOB", "no EOB yet", None)
    assert row.group is Group.WAITING
    own = only(papers(bills=(bill(300_00, self_pay=True),)))
    assert (own.check.words, own.allowed_words, own.you_owe) == ("Pay $300.00", "not submitted", 300_00)


def test_nothing_is_safe_before_the_insurer_has_decided() -> None:
    """Not even where a portal already shows amounts for a claim that is in process."""
    claim = eob(stage=ClaimStage.IN_PROCESS, submitted_on=TODAY - timedelta(days=39))
    row = only(papers(claims=(claim,), bills=(bill(300_00),)))
    assert (row.check.words, row.verdicts[0].pay) == ("39 days waiting", 0)
    assert "Do not pay a bill for it before the EOB." in row.check.why


def test_what_nobody_submits_is_paid_without_an_eob() -> None:
    claim = eob(stage=ClaimStage.NOT_SUBMITTED, allowed=None, you_owe=None)
    row = only(papers(claims=(claim,), bills=(bill(300_00),)))
    assert (row.allowed_words, row.check.words) == ("not submitted", "Pay $300.00")


def test_an_open_dispute_is_what_the_row_says() -> None:
    case = Case(id=3, kind=CaseKind.DISPUTE, title="MRI", opened_on=TODAY, bill_id=5)
    row = only(papers(claims=(eob(),), bills=(bill(300_00),), cases=(case,)))
    assert (row.check.words, row.group) == ("Disputed; pay $215.00", Group.DISPUTE)
    assert row.case == case
    closed = replace(case, outcome=CaseOutcome.WON, closed_on=TODAY)
    after = only(papers(claims=(eob(),), bills=(bill(300_00),), cases=(closed,)))
    assert (after.check.words, after.case) == ("Bill $85.00 over", closed)


def test_an_open_dispute_goes_before_a_closed_one() -> None:
    old = Case(
        id=1,
        kind=CaseKind.DISPUTE,
        title="Old",
        opened_on=TODAY,
        claim_id=1,
        outcome=CaseOutcome.LOST,
        closed_on=TODAY,
    )
    new = Case(id=2, kind=CaseKind.APPEAL, title="New", opened_on=date(2026, 10, 30), claim_id=1)
    row = only(papers(claims=(eob(),), cases=(old, new)))
    assert row.case == new
    assert row.check.words == "Disputed"


def test_a_grave_finding_stands_out_and_a_question_does_not() -> None:
    def found(detector: str, severity: Severity) -> Finding:
        return Finding(
            detector=detector,
            about="claim:1",
            severity=severity,
            title="Processed out of network",
            what="The record says in network.",
            first="Call the insurer.",
            whom=Whom.INSURER,
            claim_id=1,
        )

    facts = papers(claims=(eob(),))
    assert only(facts, found("D6", Severity.HIGH)).check.words == "Processed out of network"
    assert only(facts, found("D6", Severity.HIGH)).check.todo == ("Call the insurer.",)
    assert only(facts, found("D3", Severity.MEDIUM)).check.words == "Not checked"
    assert only(facts, found("D3", Severity.HIGH)).check.words == "Processed out of network"
    assert only(facts, found("D14", Severity.INFO)).check.words == "Not checked"
    over = papers(claims=(eob(),), bills=(bill(300_00),))
    assert only(over, found("D6", Severity.HIGH)).check.words == "Bill $85.00 over"


def test_sums_that_do_not_close_are_said() -> None:
    row = only(papers(claims=(eob(you_owe=216_55),)))
    assert row.check.words == "Does not add up"
    assert row.you_owe == 216_55


@given(st.integers(0, 500_00), st.integers(0, 500_00), st.integers(0, 5))
def test_a_difference_is_zero_within_a_cent_a_line(owed: int, owes: int, lines: int) -> None:
    claim = eob(you_owe=owed, lines=tuple(EobLine() for _ in range(lines)))
    expected = Expected(claim, _Result(owes))  # type: ignore[arg-type]
    apart = difference(claim, expected, owed)
    assert apart == (0 if abs(owed - owes) <= max(1, lines) else owed - owes)


def test_out_of_network_the_excess_may_be_printed_or_not() -> None:
    claim = eob(network=Network.OUT)
    expected = Expected(claim, _Result(300_00, balance_bill=85_00))  # type: ignore[arg-type]
    assert difference(claim, expected, 300_00) == 0
    assert difference(claim, expected, 215_00) == 0
    assert difference(replace(claim, protected=True), expected, 215_00) == -85_00


class _Result:
    """As much of an answer of the engine as a difference looks at."""

    def __init__(self, owes: int, balance_bill: int = 0) -> None:
        self.owes, self.balance_bill = owes, balance_bill

    @property
    def totals(self) -> _Result:
        return self


def test_a_visit_that_perhaps_belongs_to_an_eob_misses_none() -> None:
    claim = eob(service_from=TODAY - timedelta(days=90), processed_on=None)
    rows = care_rows(papers(claims=(claim,), visits=(visit(90, category=""),)))
    assert [row.check.words for row in rows if row.visits] == ["Link its EOB?"]
    assert [row.missing for row in rows if row.visits] == [Missing.NONE]


# what is missing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "more", "missing"),
    [
        (45, {}, Missing.NONE),
        (46, {}, Missing.EOB),
        (300, {"expects_claim": False}, Missing.NONE),
        (300, {"category": "COSMETIC"}, Missing.NONE),
        (-3, {}, Missing.NONE),
    ],
)
def test_when_an_eob_is_missing(days: int, more: dict[str, object], missing: Missing) -> None:
    row = only(papers(visits=(visit(days, **more),)))
    assert row.missing is missing
    assert (row.check.words == "EOB missing") is (missing is Missing.EOB)


@pytest.mark.parametrize(
    ("days", "owed", "missing"),
    [(60, 215_00, Missing.NONE), (61, 215_00, Missing.BILL), (61, 0, Missing.NONE)],
)
def test_when_a_bill_is_missing(days: int, owed: int, missing: Missing) -> None:
    decided = TODAY - timedelta(days=days)
    claim = eob(service_from=decided, processed_on=decided, you_owe=owed, deductible=0, coinsurance=owed)
    claim = replace(claim, plan_paid=715_00 - owed)
    assert only(papers(claims=(claim,))).missing is missing
    with_bill = papers(claims=(claim,), bills=(bill(owed, service_from=decided),))
    assert only(with_bill).missing is Missing.NONE


# finding rows -----------------------------------------------------------------------------


def test_every_word_must_occur_somewhere() -> None:
    claim = eob(claim_number="1E5", lines=(EobLine(description="Knee, left", code="73721"),))
    rows = care_rows(papers(claims=(claim, eob(2, provider_id=2, description="Lipids"))))

    def found(*words: str) -> list[int]:
        keep = kept(words=words)
        return [row.claim.id or 0 for row in rows if row.claim and (keep is None or keep(row))]

    assert found("harbor", "mri") == [1]
    assert found("1e5") == [1]
    assert found("73721") == [1]
    assert found("$215.00", "quest") == [2]
    assert found("2026-10-14") == [2, 1]
    assert found("nobody") == []


def test_filters_of_group_person_and_year() -> None:
    rows = care_rows(
        papers(
            claims=(eob(), eob(2, person_id=2, service_from=date(2025, 3, 3), you_owe=0)),
            bills=(bill(300_00),),
            visits=(visit(100),),
        )
    )

    def found(**more: object) -> int:
        keep = kept(**more)  # type: ignore[arg-type]
        return sum(keep is None or keep(row) for row in rows)

    assert found() == 3
    assert found(person_id=2) == 1
    assert found(year=2026) == 2
    assert found(group="missing") == 1
    assert found(group=Group.NEEDS_YOU, year=2026) == 2
    assert found(group=Group.DISPUTE) == 0


def test_rows_are_found_by_any_of_their_papers() -> None:
    rows = care_rows(papers(claims=(eob(),), bills=(bill(300_00),), visits=(visit(39), visit(200, id=10))))
    first = row_of(rows, claim_id=1)
    assert first is not None
    assert row_of(rows, bill_id=5) is first
    assert row_of(rows, visit_id=9) is first
    assert row_of(rows, visit_id=10) is rows[1]
    assert row_of(rows, bill_id=77) is None


_MONEY = st.integers(0, 2_000_00)


@given(
    st.lists(st.tuples(_MONEY, _MONEY, st.integers(0, 20), st.sampled_from(list(ClaimStage))), max_size=6)
)
def test_every_paper_has_its_row_and_nothing_is_safe_beyond_what_is_asked(
    care: list[tuple[int, int, int, ClaimStage]],
) -> None:
    claims = tuple(
        eob(place + 1, you_owe=owed, service_from=DAY - timedelta(days=apart), stage=stage)
        for place, (owed, _asks, apart, stage) in enumerate(care)
    )
    bills = tuple(
        bill(asks, place + 50, service_from=DAY - timedelta(days=apart))
        for place, (_owed, asks, apart, _stage) in enumerate(care)
    )
    found = papers(claims=claims, bills=bills)
    rows = care_rows(found)
    assert sorted(row.claim.id or 0 for row in rows if row.claim) == [claim.id for claim in claims]
    assert {item.id for row in rows for item in row.bills} == {item.id for item in bills}
    assert len({row.key for row in rows}) == len(rows)
    assert 0 <= bill_sums(rows).safe_to_pay <= sum(item.asks for item in bills)
    assert all(row.check.words and row.check.tone for row in rows)


# side by side -----------------------------------------------------------------------------


def test_side_by_side_marks_what_differs() -> None:
    facts = papers(
        claims=(eob(),),
        bills=(
            bill(
                300_00,
                statements=(
                    Statement(
                        stated_on=date(2026, 11, 2),
                        amount=300_00,
                        charges=1_850_00,
                        plan_paid=500_00,
                        discount=1_050_00,
                    ),
                ),
            ),
        ),
    )
    row = only(facts)
    lines = {
        line.label: line for line in side_by_side(row.claim, row.expected, row.bills[0], row.verdicts[0])
    }
    assert [(name, line.eob, line.bill) for name, line in lines.items()] == [
        ("Billed", 1_850_00, 1_850_00),
        ("Allowed", 715_00, None),
        ("Discount", 1_135_00, 1_050_00),
        ("Deductible", 90_00, None),
        ("Coinsurance", 125_00, None),
        ("Plan paid", 500_00, 500_00),
        ("You owe", 215_00, 300_00),
    ]
    assert [name for name, line in lines.items() if line.bill_differs] == ["Discount", "You owe"]
    assert lines["You owe"].total


def test_a_bill_for_several_eobs_is_not_compared_line_by_line() -> None:
    said = ClaimLink(claim_id=1, bill_id=5)
    row = only(papers(claims=(eob(billed=900_00),), bills=(bill(215_00),), links=(said,)))
    together = side_by_side(row.claim, None, row.bills[0], row.verdicts[0], alone=False)
    assert not any(line.bill_differs for line in together)
    alone = side_by_side(row.claim, None, row.bills[0], row.verdicts[0])
    assert [line.label for line in alone if line.bill_differs] == ["Billed"]


def test_what_was_paid_stands_below() -> None:
    row = only(papers(claims=(eob(),), bills=(bill(300_00),), paid={5: (paid(100_00),)}))
    lines = side_by_side(row.claim, None, row.bills[0], row.verdicts[0])
    assert (lines[-1].label, lines[-1].bill) == ("Paid so far", 100_00)


def test_what_a_corrected_eob_changed() -> None:
    before = eob(you_owe=300_00, coinsurance=None)
    assert what_changed(before, eob()) == (
        "Coinsurance not stated, now $125.00.",
        "You owe $300.00, now $215.00.",
    )
    assert what_changed(eob(), eob()) == ()
