"""EOBs against the policy, the network, authorizations and benefits: D4, D6, D8, D9, D12, D21, D22."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.unit.findings_kit import (
    DOCTOR,
    LAB,
    MARTIN,
    PLAN,
    amounts,
    deductible_met,
    eob,
    found,
    line,
    only,
    papers,
    visit,
)
from tracker.domain.claims.findings.finding import Severity, Whom
from tracker.domain.claims.findings.people import same_number
from tracker.facts import (
    Authorization,
    Authorized,
    Case,
    CaseKind,
    Claim,
    Coordination,
    Network,
    NetworkCheck,
    Person,
    Provider,
    Stands,
)

# D4 ------------------------------------------------------------------------------------


def test_another_member_number() -> None:
    finding = only(papers([eob(1, member_number="XYZ 999 999", you_owe=40_00)]), "D4")
    assert amounts(finding) == (40_00, 0, 40_00)
    assert finding.what == "The EOB has member number XYZ 999 999; yours with Blue PPO is XYZ 123 456."
    assert (finding.severity, finding.whom) == (Severity.HIGH, Whom.INSURER)


@pytest.mark.parametrize(
    "number", ["", "xyz-123456", "XYZ12345601", "XYZ123456 2", "*****3456", "XYZ***456"]
)
def test_the_same_member_number_in_other_ways(number: str) -> None:
    assert not found(papers([eob(1, member_number=number)]), "D4")


def test_member_numbers_that_only_look_alike() -> None:
    assert not same_number("XYZ123456", "XYZ123456789")
    assert not same_number("XYZ123456", "****9999")
    assert same_number("", "ANY")


def test_a_person_nobody_knows_or_the_plan_does_not_cover() -> None:
    of = papers([eob(1, person_id=MARTIN)])
    assert not found(of, "D4")
    alone = replace(PLAN, person_ids=(1,))
    assert "does not cover" in only(papers([eob(1, person_id=MARTIN)], plans=(alone,)), "D4").what
    stranger = replace(of, people=(Person(id=1, name="Eleanor"),))
    assert "nobody of your household" in only(stranger, "D4").what


def test_a_policy_that_was_not_in_force() -> None:
    old = eob(1, service_from=date(2025, 12, 31), processed_on=date(2026, 1, 9))
    assert "was not in force on Dec 31, 2025" in only(papers([old]), "D4").what
    assert not found(papers([eob(1, service_from=date(2026, 12, 31))]), "D4")


# D6 ------------------------------------------------------------------------------------


def check(stands: Stands = Stands.IN, on: date = date(2026, 9, 1), **more: Any) -> NetworkCheck:
    values = {"id": 1, "plan_id": 1, "provider_id": LAB, "stands": stands, "checked_on": on}
    return NetworkCheck(**(values | more))


def out(**more: Any) -> Claim:
    amounts_ = {"billed": 400_00, "allowed": 200_00, "plan_paid": 0, "deductible": 200_00}
    values = {"category": "LAB", "network": Network.OUT, "you_owe": 200_00, "may_bill": 200_00}
    return eob(1, **(values | amounts_ | more))


def test_in_network_care_processed_out_of_network() -> None:
    finding = only(papers([deductible_met(), out()], checks=(check(),)), "D6")
    assert amounts(finding) == (400_00, 40_00, 360_00)
    assert finding.what == (
        "Your check of Sep 1, 2026 says that Meridian Labs is in network; the EOB processed it out of "
        "network. You owe $400.00 by the EOB and $40.00 in network."
    )
    assert (finding.severity, finding.whom) == (Severity.HIGH, Whom.INSURER)


@pytest.mark.parametrize(
    "checks",
    [
        (),
        (check(Stands.OUT),),
        (check(Stands.UNKNOWN),),
        (check(on=date(2026, 10, 15)),),
        (check(), check(Stands.OUT, date(2026, 9, 20), id=2)),
        (check(location="Main St"), check(Stands.OUT, location="Oak Ave", id=2)),
        (check(provider_id=DOCTOR),),
    ],
)
def test_no_check_of_that_day_that_says_in(checks: tuple[NetworkCheck, ...]) -> None:
    assert not found(papers([deductible_met(), out()], checks=checks), "D6")


def test_an_eob_that_was_processed_in_network() -> None:
    right = out(network=Network.IN, may_bill=None, reasons="CO-45")
    assert not found(papers([right], checks=(check(),)), "D6")
    balance = out(network=Network.IN, may_bill=None, reasons="PR-45")
    assert found(papers([balance], checks=(check(),)), "D6")


def test_a_balance_on_protected_care() -> None:
    nsa = out(protected=True, deductible=0, coinsurance=40_00, you_owe=40_00, reasons="N865 PR-45")
    finding = only(papers([deductible_met(), nsa]), "D6")
    assert amounts(finding) == (240_00, 40_00, 200_00)
    assert finding.what.startswith("The No Surprises Act protects this care")
    without = replace(nsa, may_bill=None, reasons="N865 CO-45")
    assert not found(papers([deductible_met(), without]), "D6")


def test_the_same_npi_is_the_same_provider() -> None:
    twins = (
        Provider(id=LAB, name="Meridian Labs", npi="1234567893"),
        Provider(id=20, name="MERIDIAN LABS LLC", npi="1234567893"),
    )
    of = papers([deductible_met(), out(provider_id=20)], checks=(check(),), providers=twins)
    assert only(of, "D6").at_stake == 360_00


# D8 ------------------------------------------------------------------------------------


def permit(**more: Any) -> Case:
    granted = {
        "stands": Authorized.APPROVED,
        "number": "PA-77",
        "codes": "73721",
        "units": 2,
        "valid_from": date(2026, 10, 1),
        "valid_to": date(2026, 12, 31),
    }
    case = {"person_id": 1, "provider_id": LAB, "kind": CaseKind.AUTHORIZATION}
    outer = {key: more.pop(key) for key in list(more) if key in ("person_id", "provider_id", "kind")}
    return Case(
        id=4, title="Knee", opened_on=date(2026, 9, 1),
        authorization=Authorization(**(granted | more)), **(case | outer),
    )  # fmt: skip


def denied(**more: Any) -> Claim:
    values = {"code": "73721", "category": "IMAGING", "billed": 800_00, "reasons": "PR-197"}
    given = values | {"not_covered": 800_00, "you_owe": 800_00} | more
    return eob(1, lines=(line(given.pop("code"), given.pop("category"), **given),))


def test_denied_though_authorized() -> None:
    finding = only(papers([denied()], cases=(permit(),)), "D8")
    assert amounts(finding) == (800_00, 0, 800_00)
    assert "authorization PA-77 covers this care" in finding.what
    assert (finding.severity, finding.whom) == (Severity.HIGH, Whom.INSURER)


def test_a_penalty_though_referred() -> None:
    cut = eob(1, category="SPEC", penalty=250_00, you_owe=300_00, reasons="PR-288")
    of = papers([cut], cases=(permit(kind=CaseKind.REFERRAL, codes="", units=None, category="SPEC"),))
    finding = only(of, "D8")
    assert amounts(finding) == (250_00, 0, 250_00)
    assert "referral PA-77" in finding.what


@pytest.mark.parametrize(
    "case",
    [
        permit(stands=Authorized.REQUESTED),
        permit(stands=Authorized.DENIED),
        permit(codes="73722"),
        permit(valid_to=date(2026, 10, 13)),
        permit(valid_from=date(2026, 10, 15)),
        permit(provider_id=DOCTOR),
        permit(person_id=MARTIN),
        permit(units=2, units_used=2),
    ],
)
def test_permits_that_do_not_cover_it(case: Case) -> None:
    assert not found(papers([denied()], cases=(case,)), "D8")


def test_a_denial_for_another_reason() -> None:
    assert not found(papers([denied(reasons="PR-50")], cases=(permit(),)), "D8")
    assert not found(papers([denied()]), "D8")


# D9 ------------------------------------------------------------------------------------


def test_preventive_care_charged() -> None:
    charged = eob(1, category="PREVENT", allowed=80_00, plan_paid=55_00, copay=25_00, you_owe=25_00)
    finding = only(papers([charged]), "D9")
    assert amounts(finding) == (25_00, 0, 25_00)
    assert not found(papers([charged]), "D10")
    by_code = eob(1, lines=(line("99396", you_owe=30_00),))
    assert only(papers([by_code]), "D9").at_stake == 30_00


@pytest.mark.parametrize(
    "claim",
    [
        eob(1, category="PREVENT", you_owe=0),
        eob(1, category="PREVENT", network=Network.OUT, you_owe=25_00),
        eob(1, category="PCP", copay=25_00, you_owe=25_00),
        eob(1, lines=(line("99213", "PCP", you_owe=25_00),)),
    ],
)
def test_preventive_care_that_is_free_and_other_care(claim: Claim) -> None:
    assert not found(papers([claim]), "D9")


def test_a_problem_visit_beside_a_preventive_one() -> None:
    both = eob(1, lines=(line("99396", "PREVENT", you_owe=0), line("99213", "PCP", you_owe=25_00)))
    finding = only(papers([both]), "D9")
    assert amounts(finding) == (25_00, 0, 25_00)
    assert finding.what.endswith("Was a separate problem treated?")
    free = eob(1, lines=(line("99396", "PREVENT", you_owe=0), line("99213", "PCP", you_owe=0)))
    assert not found(papers([free]), "D9")


def test_a_visit_you_logged_as_preventive() -> None:
    charged = eob(1, category="PCP", allowed=80_00, copay=25_00, you_owe=25_00)
    logged = visit(50, provider_id=LAB, category="PCP", preventive=True)
    assert only(papers([charged], visits=(logged,)), "D9").at_stake == 25_00
    assert not found(papers([charged], visits=(replace(logged, preventive=False),)), "D9")


# D12 -----------------------------------------------------------------------------------


def test_denied_though_the_plan_lists_it() -> None:
    refused = eob(1, category="IMAGING", not_covered=300_00, you_owe=300_00, reasons="PR-204")
    finding = only(papers([refused]), "D12")
    assert amounts(finding) == (300_00, None, 300_00)
    by_line = eob(1, lines=(line("80061", "LAB", you_owe=40_00, reasons="PR 96"), line("1", "LAB")))
    assert only(papers([by_line]), "D12").at_stake == 40_00


@pytest.mark.parametrize(
    "claim",
    [
        eob(1, category="VISION", you_owe=300_00, reasons="PR-204"),
        eob(1, category="DENTAL", you_owe=300_00, reasons="PR-204"),
        eob(1, category="IMAGING", you_owe=300_00, reasons="PR-50"),
        eob(1, category="", you_owe=300_00, reasons="PR-96"),
    ],
)
def test_denials_of_what_the_plan_does_not_list(claim: Claim) -> None:
    assert not found(papers([claim]), "D12")


# D21 -----------------------------------------------------------------------------------


def therapy(number: int, month: int, **more: Any) -> Claim:
    day = date(2026, month, 5)
    values = {"category": "PT", "allowed": 90_00, "plan_paid": 50_00, "copay": 40_00, "you_owe": 40_00}
    return eob(number, **(values | {"service_from": day, "processed_on": day} | more))


def used_up(**more: Any) -> Claim:
    refused = {"allowed": None, "plan_paid": 0, "copay": 0, "not_covered": 90_00, "you_owe": 90_00}
    return therapy(9, 9, **(refused | {"reasons": "PR-119"} | more))


def test_a_limit_that_is_not_reached() -> None:
    finding = only(papers([therapy(1, 2), therapy(2, 3), used_up()]), "D21")
    assert amounts(finding) == (90_00, None, 90_00)
    assert "your EOBs show 2 of 3 visits before it." in finding.what


def test_a_limit_that_is_reached_and_one_that_does_not_exist() -> None:
    three = [therapy(1, 2), therapy(2, 3), therapy(3, 4)]
    assert not found(papers([*three, used_up()]), "D21")
    assert found(papers([*three[:2], therapy(3, 10), used_up()]), "D21")
    assert not found(papers([used_up(category="SPEC")]), "D21")
    assert not found(papers([therapy(1, 2), used_up(reasons="PR-96")]), "D21")


def test_a_dollar_limit() -> None:
    spent = therapy(1, 2, category="CHIRO", allowed=530_00, plan_paid=490_00)
    refused = used_up(category="CHIRO")
    assert "$490.00 of $500.00 paid by the plan" in only(papers([spent, refused]), "D21").what
    all_of_it = replace(spent, allowed=540_00, plan_paid=500_00)
    assert not found(papers([all_of_it, refused]), "D21")


# D22 -----------------------------------------------------------------------------------

SECOND = replace(PLAN, id=2, name="Other PPO", member_number="")
WAITING = eob(1, category="IMAGING", you_owe=300_00, reasons="PR-22")


def test_a_plan_that_pays_first_but_waits_for_another() -> None:
    first = replace(PLAN, coordination=Coordination(rank=1))
    finding = only(papers([WAITING], plans=(first, SECOND)), "D22")
    assert amounts(finding) == (300_00, None, 300_00)
    assert "but Blue PPO does. You entered that order." in finding.what


def test_the_only_plan_pays_first() -> None:
    assert "No other plan of yours was in force" in only(papers([WAITING]), "D22").what


def test_a_plan_that_rightly_waits_or_where_nobody_knows() -> None:
    second = replace(PLAN, coordination=Coordination(rank=2))
    other = replace(SECOND, coordination=Coordination(rank=1))
    assert not found(papers([WAITING], plans=(second, other)), "D22")
    assert not found(papers([WAITING], plans=(PLAN, SECOND)), "D22")
    assert not found(papers([replace(WAITING, reasons="PR-1")]), "D22")
