"""What is at stake and what came back: no dollar twice."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.findings_kit import LINKED, bill, deductible_met, eob, papers
from tracker.domain.claims.findings.finding import Evidence, Finding, Severity, Whom
from tracker.domain.claims.findings.run import find_all
from tracker.domain.claims.findings.totals import Totals, totals
from tracker.facts import Case, CaseKind, CaseOutcome, FindingNote, FindingState, Noun


def finding(detector: str, cents: int, *, claim: int | None = None, bill_id: int | None = None) -> Finding:
    subject = f"bill:{bill_id}" if bill_id else f"claim:{claim}"
    evidence = (Evidence(Noun.CLAIM, claim, ""),) if claim else ()
    return Finding(
        detector=detector, about=subject, severity=Severity.HIGH, title="", what="", first="",
        whom=Whom.ME, at_stake=cents, claim_id=claim, bill_id=bill_id, evidence=evidence,
    )  # fmt: skip


def note(
    of: Finding, state: FindingState, amount: int | None = None, case_id: int | None = None
) -> dict[str, FindingNote]:
    return {
        of.key: FindingNote(
            key=of.key, state=state, amount=amount, case_id=case_id, noted_on=date(2026, 11, 20)
        )
    }


def test_nothing_found_is_nothing_at_stake() -> None:
    assert totals(()) == Totals(0, 0, 0)


def test_a_bill_and_its_eob_count_once_the_largest() -> None:
    d1, d7 = finding("D1", 85_00, claim=1, bill_id=5), finding("D7", 160_00, claim=1)
    assert totals([d1, d7]).at_stake == 160_00
    other = finding("D10", 20_00, claim=2)
    assert totals([d1, d7, other]) == Totals(180_00, 0, 3)


def test_two_eobs_of_one_bill_add_up_against_it() -> None:
    d1 = finding("D1", 100_00, claim=1, bill_id=5)
    both = Finding(**{name: getattr(d1, name) for name in d1.__slots__} | {
        "evidence": (Evidence(Noun.CLAIM, 1, ""), Evidence(Noun.CLAIM, 2, ""))
    })  # fmt: skip
    eobs = [finding("D7", 70_00, claim=1), finding("D10", 60_00, claim=2)]
    assert totals([both, *eobs]).at_stake == 130_00
    assert totals([both, eobs[0]]).at_stake == 100_00


def test_dismissed_findings_count_nothing() -> None:
    d1, d7 = finding("D1", 85_00, claim=1, bill_id=5), finding("D7", 160_00, claim=1)
    said = note(d7, FindingState.DISMISSED)
    assert totals([d1, d7], said) == Totals(85_00, 0, 1)
    assert totals([d1], note(d1, FindingState.IN_DISPUTE)) == Totals(85_00, 0, 1)


def test_what_came_back_counts_also_once_the_finding_is_gone() -> None:
    d1, d7 = finding("D1", 85_00, claim=1, bill_id=5), finding("D7", 85_00, claim=1)
    said = note(d1, FindingState.RECOVERED, 80_00) | note(d7, FindingState.RECOVERED)
    assert totals([d1, d7], said) == Totals(0, 85_00, 0)
    assert totals([], note(d1, FindingState.RECOVERED, 80_00)).recovered == 80_00


def test_a_case_says_what_it_brought_back() -> None:
    d1 = finding("D1", 85_00, claim=1, bill_id=5)
    case = Case(
        id=3, kind=CaseKind.DISPUTE, title="MRI", opened_on=date(2026, 11, 1),
        outcome=CaseOutcome.WON, recovered=85_00,
    )  # fmt: skip
    said = note(d1, FindingState.RECOVERED, 85_00, case_id=3)
    assert totals([d1], said, [case]) == Totals(0, 85_00, 0)
    assert totals([], {}, [case]).recovered == 85_00


def test_the_mri_with_a_deductible_that_was_met() -> None:
    mri = eob(
        1, category="IMAGING", billed=900_00, allowed=500_00, plan_paid=285_00, deductible=215_00,
        copay=0, coinsurance=0, you_owe=215_00,
    )  # fmt: skip
    of = papers([deductible_met(), mri], bills=(bill(5, 300_00),), **LINKED)
    found = {one.detector: one.at_stake for one in find_all(of) if one.claim_id == 1}
    assert (found["D1"], found["D7"]) == (85_00, 115_00)
    assert totals(find_all(of)).at_stake == 115_00


@given(
    st.lists(
        st.builds(
            finding,
            st.sampled_from(("D1", "D2", "D7", "D10")),
            st.integers(0, 500_00),
            claim=st.integers(1, 4),
            bill_id=st.none() | st.integers(1, 3),
        ),
        max_size=12,
    )
)
def test_totals_never_exceed_the_sum_nor_fall_below_the_largest(found: list[Finding]) -> None:
    cents = [one.at_stake for one in found]
    assert max(cents, default=0) <= totals(found).at_stake <= sum(cents)
    dismissed = {one.key: note(one, FindingState.DISMISSED)[one.key] for one in found}
    assert totals(found, dismissed) == Totals(0, 0, 0)
