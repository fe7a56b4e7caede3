"""Measures the adjudication engine in one core; run by hand, never in the test suite.

    .venv/bin/python tests/benchmarks/adjudication.py [--seconds 2]

A year of a household of four under an embedded family plan with 20 rules is worked again and again:
as a simulation does it (figures only), with every posting kept in a book, and with full explanations.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.unit.adjudication_kit import claim, deductible, line, oop_max, plan, rule
from tracker.domain.coverage.adjudicate import Adjudicator
from tracker.domain.coverage.claim_lines import ClaimInput
from tracker.domain.coverage.replay import replay
from tracker.domain.coverage.sentences import Words, line_sentences
from tracker.domain.coverage.steps import line_steps
from tracker.domain.coverage.terms import PlanTerms
from tracker.facts import AccumulatorMode, CopayOrder, CopayScope

CLAIMS = 120
FAMILY = AccumulatorMode.EMBEDDED
SHARE = {
    "IN": {"deductible": "DED_IN", "coinsurance": 2000},
    "OUT": {"deductible": "DED_OUT", "coinsurance": 4000},
}


def household_plan() -> PlanTerms:
    """Copays, coinsurance, drugs, a visit limit, in and out of network, one-way cross-credit."""
    buckets = (
        deductible("DED_IN", 1_500_00, family=3_000_00, mode=FAMILY),
        oop_max("OOP_IN", 6_000_00, family=12_000_00, mode=FAMILY),
        deductible("DED_OUT", 3_000_00, family=6_000_00, mode=FAMILY, tier="OUT", cross=("DED_IN",)),
        oop_max("OOP_OUT", 12_000_00, family=24_000_00, mode=FAMILY, tier="OUT", cross=("OOP_IN",)),
    )
    shared = [
        rule(code, tier, **SHARE[tier])
        for code in ("LAB", "XRAY", "IMAGING", "INPATIENT", "SPEC", "PCP")
        for tier in ("IN", "OUT")
        if (code, tier) not in (("SPEC", "IN"), ("PCP", "IN"))
    ]
    return plan(
        *shared,
        rule("PCP", copay=30_00),
        rule("SPEC", copay=60_00),
        rule("PREVENT"),
        rule("PT", copay=40_00, visit_limit=20),
        rule("ER", copay=350_00, copay_order=CopayOrder.BEFORE, **SHARE["IN"]),
        rule("RX1", copay=10_00, copay_scope=CopayScope.FILL),
        rule("RX3", coinsurance=3000, coinsurance_max=250_00),
        buckets=buckets,
    )


def household_year(random: Random) -> list[ClaimInput]:
    """Claims of one to three lines, most of them visits, tests and drugs in network."""
    codes = (
        "PCP",
        "SPEC",
        "PREVENT",
        "LAB",
        "LAB",
        "XRAY",
        "IMAGING",
        "PT",
        "RX1",
        "RX1",
        "RX3",
        "ER",
        "INPATIENT",
    )
    made = []
    for key in range(CLAIMS):
        lines = []
        for _ in range(random.choice((1, 1, 2, 3))):
            billed = random.randint(20_00, 900_00)
            tier = "OUT" if random.randint(0, 9) == 0 else "IN"
            lines.append(
                line(random.choice(codes), billed, billed * random.randint(40, 100) // 100, tier=tier)
            )
        made.append(claim(key, *lines, person=random.choice("ABCD")))
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=2.0, help="how long to measure each way")
    seconds = parser.parse_args().seconds
    terms, year = household_plan(), household_year(Random(2026))
    adjudicator, words = Adjudicator(terms), Words(terms)

    def figures() -> None:
        state = adjudicator.new_state()
        for entry in year:
            adjudicator.adjudicate(entry, state)

    def with_book() -> None:
        replay(terms, year)

    def explained() -> None:
        state = adjudicator.new_state()
        for entry in year:
            result = adjudicator.adjudicate(entry, state)
            for place in range(len(result.lines)):
                line_sentences(words, line_steps(terms, result, place))

    lines = sum(len(entry.lines) for entry in year)
    print(f"A year of {len(year)} claims with {lines} lines, one core, Python {sys.version.split()[0]}")
    for name, work in (
        ("figures and trace, no sentences", figures),
        ("the same, with a book of postings", with_book),
        ("with full explanations", explained),
    ):
        years = _rate(work, seconds)
        rates = f"{years * lines:>9,.0f} lines/s {years * len(year):>9,.0f} claims/s {years:>7,.0f} years/s"
        print(f"  {name:36} {rates}")
    return 0


def _rate(work: Callable[[], None], seconds: float) -> float:
    """Rounds a second: the best of three, since other programs only ever slow one down."""
    best = 0.0
    for _ in range(3):
        rounds, begin = 0, time.perf_counter()
        while (spent := time.perf_counter() - begin) < seconds / 3:
            work()
            rounds += 1
        best = max(best, rounds / spent)
    return best


if __name__ == "__main__":
    raise SystemExit(main())
