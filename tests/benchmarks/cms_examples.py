"""Compares the simple fracture worked by the engine with what insurers filed; run by hand.

    .venv/bin/python tests/benchmarks/cms_examples.py FOLDER

FOLDER holds the CMS public use files (Plan Attributes; Benefits and Cost Sharing). Prints one line a
plan whose total differs, and how many plans agree on each figure. Plans with limited cost sharing
(ids ending -03) and dental plans are left out: insurers file zero or the standard plan's figures there.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tracker.domain.coverage.examples import Example, work_example
from tracker.imports.cms_plans import PlanChoice, find_files, list_plans, read_plan
from tracker.imports.examples_file import coverage_examples
from tracker.money import Cents

FIGURES = ("deductible", "copayment", "coinsurance", "limit")


@dataclass(frozen=True)
class Compared:
    """One plan: what was filed for the example, and what the engine says."""

    choice: PlanChoice
    filed: dict[str, Cents]
    example: Example

    @property
    def difference(self) -> Cents:
        """Ours less the filed total, in cents."""
        return self.example.printed.total_patient_pays - sum(self.filed.values())

    def agrees(self, figure: str) -> bool:
        return bool(getattr(self.example.printed, figure) == self.filed[figure])


def compare(folder: Path) -> Iterator[Compared]:
    """Every medical plan of the folder except the limited-cost-sharing variants."""
    scenario = coverage_examples()["simple-fracture"]
    files = find_files(folder)
    for choice in list_plans(files):
        if choice.dental or choice.plan_id.endswith("-03"):
            continue
        plan = read_plan(files, choice.plan_id)
        filed = plan.filed.get("simple-fracture")
        if filed is not None:
            yield Compared(choice, dict(filed), work_example(plan.terms, scenario))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    found = list(compare(parser.parse_args().folder))
    right: Counter[str] = Counter()
    for one in found:
        right.update(figure for figure in FIGURES if one.agrees(figure))
        off = abs(one.difference)
        right.update(word for word, most in (("to $10", 1000), ("to $100", 10000)) if off <= most)
        if off > 1000:
            ours = [getattr(one.example.printed, figure) // 100 for figure in FIGURES]
            filed = [one.filed[figure] // 100 for figure in FIGURES]
            exact = one.example.exact.total_patient_pays / 100
            print(f"{one.choice.plan_id}: filed {filed}, ours {ours} (exactly {exact:.2f})")
    print(f"{len(found)} plans. Total agrees to $10: {right['to $10']}, to $100: {right['to $100']}.")
    for figure in FIGURES:
        print(f"  {figure}: {right[figure]}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
