"""Papers for the tests of findings: a plan with the usual rules, and short ways to make each fact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tracker.domain.claims.findings.finding import Finding
from tracker.domain.claims.findings.run import find_all
from tracker.domain.claims.papers import Papers
from tracker.domain.coverage.plan_year import plan_year
from tracker.facts import (
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Bill,
    Claim,
    ClaimLink,
    CopayScope,
    CostSharingRule,
    EobLine,
    Membership,
    Network,
    Payment,
    Person,
    Plan,
    Provider,
    ProviderKind,
    Statement,
    Visit,
)

TODAY = date(2026, 11, 22)
DAY = date(2026, 10, 14)

ELEANOR, MARTIN = 1, 2
PRACTICE, LAB, DOCTOR, HOSPITAL, PHARMACY, IMAGING = 1, 2, 3, 4, 5, 6
PROVIDERS = (
    Provider(id=PRACTICE, name="Harbor Concierge", kind=ProviderKind.PRACTICE),
    Provider(id=LAB, name="Meridian Labs", kind=ProviderKind.LAB),
    Provider(id=DOCTOR, name="Seaside Cardiology", kind=ProviderKind.SPECIALIST),
    Provider(id=HOSPITAL, name="Bayview Hospital", kind=ProviderKind.HOSPITAL),
    Provider(id=PHARMACY, name="Corner Pharmacy", kind=ProviderKind.PHARMACY),
    Provider(id=IMAGING, name="Harbor Imaging", kind=ProviderKind.IMAGING),
)


def _limit(kind: AccumulatorKind, network: Network, own: int) -> Accumulator:
    return Accumulator(
        kind=kind, network=network, mode=AccumulatorMode.EMBEDDED, individual=own, family=2 * own
    )


PLAN = Plan(
    id=1,
    name="Blue PPO",
    begins_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    person_ids=(ELEANOR, MARTIN),
    member_number="XYZ 123 456",
    accumulators=(
        _limit(AccumulatorKind.DEDUCTIBLE, Network.IN, 1_500_00),
        _limit(AccumulatorKind.OOP_MAX, Network.IN, 5_000_00),
        _limit(AccumulatorKind.DEDUCTIBLE, Network.OUT, 3_000_00),
        _limit(AccumulatorKind.OOP_MAX, Network.OUT, 10_000_00),
    ),
)


def _rule(category: str, **more: Any) -> CostSharingRule:
    return CostSharingRule(category=category, **({"oop_max": "OOP_IN"} | more))


RULES = (
    _rule("PCP", copay=25_00),
    _rule("SPEC", copay=50_00),
    _rule("PREVENT"),
    _rule("LAB", deductible="DED_IN", coinsurance=2000),
    _rule("LAB_THY", copay=15_00),
    _rule("LAB_VITD", deductible="DED_IN", coinsurance=4000),
    _rule("IMAGING", deductible="DED_IN", coinsurance=2000),
    _rule("ER", deductible="DED_IN", copay=350_00),
    _rule("PT", copay=40_00, visit_limit=3),
    _rule("CHIRO", copay=40_00, dollar_max=500_00),
    _rule("RX1", copay=15_00, copay_scope=CopayScope.FILL),
    _rule("VISION", covered=False),
    _rule("SPEC", tier="OUT", deductible="DED_OUT", oop_max="OOP_OUT", coinsurance=5000),
    _rule("LAB", tier="OUT", deductible="DED_OUT", oop_max="OOP_OUT", coinsurance=5000),
)

MET = {
    "claim_number": "MET",
    "category": "IMAGING",
    "provider_id": IMAGING,
    "service_from": date(2026, 2, 3),
}
"""An EOB that meets Eleanor's deductible."""


def eob(number: int, **more: Any) -> Claim:
    """An EOB of Eleanor's labs of Oct 14, processed ten days later."""
    values: dict[str, Any] = {
        "id": number,
        "claim_number": f"C{number}",
        "person_id": ELEANOR,
        "provider_id": LAB,
        "plan_id": 1,
        "service_from": DAY,
        "processed_on": date(2026, 10, 24),
    }
    return Claim(**(values | more))


def deductible_met(number: int = 900) -> Claim:
    """An earlier EOB that took all of Eleanor's $1,500 deductible."""
    amounts = {"billed": 1_500_00, "allowed": 1_500_00, "plan_paid": 0, "deductible": 1_500_00}
    return eob(number, **(MET | amounts), you_owe=1_500_00, processed_on=date(2026, 2, 20))


def line(code: str = "", category: str = "", **more: Any) -> EobLine:
    return EobLine(code=code, category=category, **more)


def bill(number: int, asks: int, **more: Any) -> Bill:
    """A bill of the lab for Oct 14 with one statement of Nov 1."""
    statement = {"stated_on": date(2026, 11, 1), "amount": asks} | more.pop("statement", {})
    values: dict[str, Any] = {
        "id": number,
        "provider_id": LAB,
        "person_id": ELEANOR,
        "account_number": f"A{number}",
        "service_from": DAY,
        "statements": (Statement(**statement),),
    }
    return Bill(**(values | more))


def visit(number: int, **more: Any) -> Visit:
    """A visit of Eleanor at the practice on Oct 14, which expects a claim."""
    values: dict[str, Any] = {
        "id": number,
        "person_id": ELEANOR,
        "provider_id": PRACTICE,
        "visited_on": DAY,
    }
    return Visit(**(values | more))


def paid(number: int, amount: int, on: date = date(2026, 10, 20), **more: Any) -> Payment:
    return Payment(id=number, paid_on=on, amount=amount, **more)


LINKED = {"links": (ClaimLink(claim_id=1, bill_id=5),)}
"""EOB 1 and bill 5 belong together by hand: provider and day alone only propose it."""


def papers(
    claims: Iterable[Claim] = (),
    *,
    plans: Sequence[Plan] = (PLAN,),
    rules: Sequence[CostSharingRule] = RULES,
    providers: Iterable[Provider] = PROVIDERS,
    memberships: Sequence[Membership] = (),
    **more: Any,
) -> Papers:
    """Papers of Eleanor and Martin as of Nov 22, 2026."""
    known = tuple(claims)
    return Papers(
        **(
            {
                "today": TODAY,
                "claims": known,
                "people": (Person(id=ELEANOR, name="Eleanor"), Person(id=MARTIN, name="Martin")),
                "providers": {one.id or 0: one for one in providers},
                "plans": tuple(plans),
                "years": tuple(plan_year(plan, known, rules) for plan in plans),
                "memberships": tuple(memberships),
            }
            | more
        )
    )


def found(of: Papers, detector: str) -> list[Finding]:
    """What one detector finds."""
    return [finding for finding in find_all(of) if finding.detector == detector]


def only(of: Papers, detector: str) -> Finding:
    """The one thing a detector finds."""
    findings = found(of, detector)
    assert len(findings) == 1, findings
    return findings[0]


def amounts(finding: Finding) -> tuple[int | None, int | None, int]:
    return finding.stated, finding.expected, finding.at_stake


ELEANORS_LABS = eob(
    1,
    category="LAB",
    billed=460_00,
    allowed=121_55,
    plan_paid=77_80,
    deductible=0,
    copay=15_00,
    coinsurance=28_75,
    not_covered=0,
    you_owe=43_75,
    lines=tuple(
        EobLine(
            description=words,
            code=code,
            category=category,
            billed=billed,
            allowed=allowed,
            plan_paid=allowed - copay - coinsurance,
            deductible=0,
            copay=copay,
            coinsurance=coinsurance,
            you_owe=copay + coinsurance,
        )
        for words, code, category, billed, allowed, copay, coinsurance in (
            ("Lipid panel", "80061", "LAB", 98_00, 24_13, 0, 4_83),
            ("Liver panel", "80076", "LAB", 72_00, 14_72, 0, 2_94),
            ("Thyroid test", "84443", "LAB_THY", 110_00, 30_25, 15_00, 0),
            ("Vitamin D", "82306", "LAB_VITD", 180_00, 52_45, 0, 20_98),
        )
    ),
)


def with_line(claim: Claim, place: int, **more: Any) -> Claim:
    """An EOB with one of its lines changed, totals as they were."""
    lines = list(claim.lines)
    lines[place] = replace(lines[place], **more)
    return replace(claim, lines=tuple(lines))
