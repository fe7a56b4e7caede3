"""Makes a Benefits and Cost Sharing file of national size and finds one plan in it; run by hand.

    .venv/bin/python tests/benchmarks/cms_national.py [--rows 5000000] [--folder TEMP]

Prints the size, the seconds to find a plan that stands last, the seconds to list all plans, and the
memory that the process took at most.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tracker.imports.cms_plans import find_files, list_plans, read_plan

BENEFIT_COLUMNS = (
    "BusinessYear,StateCode,IssuerId,SourceName,ImportDate,StandardComponentId,PlanId,BenefitName,"
    "CopayInnTier1,CopayInnTier2,CopayOutofNet,CoinsInnTier1,CoinsInnTier2,CoinsOutofNet,IsEHB,IsCovered,"
    "QuantLimitOnSvc,LimitQty,LimitUnit,Exclusions,Explanation,EHBVarReason,IsExclFromInnMOOP,"
    "IsExclFromOonMOOP"
)
PLAN_COLUMNS = (
    "BusinessYear,StateCode,IssuerId,IssuerMarketPlaceMarketingName,DentalOnlyPlan,StandardComponentId,"
    "PlanMarketingName,PlanType,MetalLevel,PlanEffectiveDate,PlanExpirationDate,PlanId,CSRVariationType,"
    "MedicalDrugDeductiblesIntegrated,MedicalDrugMaximumOutofPocketIntegrated,TEHBInnTier1IndividualMOOP,"
    "TEHBDedInnTier1Individual,MEHBInnTier1IndividualMOOP,MEHBDedInnTier1Individual,IsHSAEligible"
)
PER_PLAN = 70
STATES = ("AK", "AL", "AZ", "FL", "GA", "MO", "NC", "OH", "TX", "WI")


def main() -> int:
    import resource  # not on Windows; the tests only use `make`

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--folder", type=Path, default=None)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cms-national-", dir=args.folder) as made:
        folder = Path(made)
        last = make(folder, args.rows)
        files = find_files(folder)
        print(f"{args.rows:,} rows, {files.bytes_of_benefits / 1e6:,.0f} MB of benefits")
        seen: list[float] = []
        begun = time.perf_counter()
        plan = read_plan(files, last, progress=lambda done, total: seen.append(done / total))
        print(f"plan found in {time.perf_counter() - begun:.1f} s, {len(plan.terms.rules)} rules")
        print(f"progress told {len(seen)} times, at the end {seen[-1]:.0%}")
        begun = time.perf_counter()
        count = len(list_plans(files))
        print(f"{count:,} plans listed in {time.perf_counter() - begun:.1f} s")
        print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


def make(folder: Path, count: int) -> str:
    """Write both files; gives the id of the plan that stands last."""
    plans = max(1, count // PER_PLAN)
    plan_id = ""
    with (
        (folder / "a.csv").open("w", encoding="utf-8-sig", newline="") as attributes,
        (folder / "b.csv").open("w", encoding="utf-8-sig", newline="") as benefits,
    ):
        attributes.write(PLAN_COLUMNS + "\n")
        benefits.write(BENEFIT_COLUMNS + "\n")
        for number in range(plans):
            state = STATES[number % len(STATES)]
            component = f"{10000 + number // 700:05d}{state}{number:07d}"
            plan_id = f"{component}-01"
            attributes.write(
                f"2026,{state},{component[:5]},Insurer {number // 700},No,{component},Silver {number},PPO,"
                f"Silver,1/1/2026,12/31/2026,{plan_id},Standard Silver On Exchange Plan,Yes,Yes,"
                '"$8,200 ","$2,000 ",,,No\n'
            )
            benefits.write(_benefits(state, component, plan_id))
    return plan_id


def _benefits(state: str, component: str, plan_id: str) -> str:
    start = f"2026,{state},{component[:5]},HIOS,2025-10-15,{component},{plan_id}"
    return "".join(
        f'{start},Benefit {number},$60.00 Copay after deductible,,Not Applicable,Not Applicable,,"60.00% '
        'Coinsurance after deductible",Yes,Covered,Yes,45.0,Visit(s) per Year,,"Limited to 45 visits, '
        'counted together with ""other"" care.",Substantially Equal,No,No\n'
        for number in range(PER_PLAN)
    )


if __name__ == "__main__":
    raise SystemExit(main())
