"""`plan list` and `plan example`: plans of the CMS public use files, without a ledger.

`plan import`, which needs one, is in `plan_import`.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from tracker.cli import plan_import
from tracker.cli.common import Subparsers, add_command, at_right, fit, path
from tracker.errors import UserProblem
from tracker.money import Cents, dollars, plain
from tracker.wording import count_of

if TYPE_CHECKING:
    from tracker.domain.coverage.examples import Example, Figures
    from tracker.imports.cms_plans import CmsPlan, PlanChoice

_SCENARIOS = (
    "simple-fracture",
    "having-a-baby",
    "type-2-diabetes",
    "knee-mri",
    "thyroid-year",
    "hospital-stay",
)
_WORDS = {
    "deductible": "Deductible",
    "copayment": "Copayments",
    "coinsurance": "Coinsurance",
    "limit": "Limits or exclusions",
    "total_patient_pays": "The patient pays",
}


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "plan",
        "plans of the CMS public use files",
        examples="plan list FOLDER --state AK --name silver\n"
        "plan import FOLDER --plan-id 38344AK1060001-01\n"
        "plan example FOLDER --plan-id 38344AK1060001-01 --scenario simple-fracture",
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = add_command(
        actions,
        "list",
        "list the plans in a folder of CMS files",
        examples="plan list FOLDER --state AK --issuer moda",
    )
    _add_folder(listing)
    listing.add_argument("--state", metavar="AK", default="", help="only plans of this state")
    listing.add_argument(
        "--issuer", metavar="TEXT", default="", help="only where the insurer's name has this"
    )
    listing.add_argument("--name", metavar="TEXT", default="", help="only where the plan's name has this")
    listing.add_argument("--json", action="store_true", help="as JSON, for a script")
    listing.set_defaults(run=list_them)
    example = add_command(
        actions,
        "example",
        "what a standard course of care would cost under a plan",
        examples="plan example FOLDER --plan-id 38344AK1060001-01 --scenario simple-fracture --json",
    )
    _add_folder(example)
    example.add_argument("--plan-id", metavar="ID", required=True, help="such as 38344AK1060001-01")
    example.add_argument("--scenario", choices=_SCENARIOS, default=_SCENARIOS[0], help="the course of care")
    example.add_argument("--json", action="store_true", help="as JSON, for a script")
    example.set_defaults(run=show_example)
    plan_import.add_to(actions)


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=path, help="the folder with the CMS files (CSV)")


def list_them(args: argparse.Namespace) -> int:
    from tracker.imports.cms_plans import find_files, list_plans

    found = list_plans(find_files(args.folder), state=args.state, issuer=args.issuer, name=args.name)
    if args.json:
        print(json.dumps({"plans": [_choice(choice) for choice in found]}, indent=2, ensure_ascii=False))
        return 0
    for choice in found:
        words = f"{choice.issuer}: {choice.name}" + (f" ({choice.variant})" if choice.variant else "")
        print(f"{fit(choice.plan_id, 20)}{fit(choice.state, 4)}{words}")
    print(f"{count_of(len(found), 'plan')}.")
    return 0


def show_example(args: argparse.Namespace) -> int:
    from tracker.domain.coverage.examples import work_example
    from tracker.imports.cms_nearest import read_or_name_nearest
    from tracker.imports.cms_plans import find_files
    from tracker.imports.examples_file import coverage_examples

    scenario = coverage_examples()[args.scenario]
    plan = read_or_name_nearest(find_files(args.folder), args.plan_id)
    if plan.choice.dental:
        raise UserProblem(
            f"{plan.choice.name} is a dental plan; the examples are medical care.", "Choose a medical plan."
        )
    example = work_example(plan.terms, scenario)
    if args.json:
        print(json.dumps(_as_json(plan, example), indent=2, ensure_ascii=False))
    else:
        _print(plan, example)
    for what in example.without_rule:
        print(f"{what}: the plan's file has no readable rule; counted as not covered.", file=sys.stderr)
    return 0


def _print(plan: CmsPlan, example: Example) -> None:
    filed = _filed(plan, example)
    heads = ("", "Printed", "Exactly", "Filed" if filed else "")
    print(f"{plan.choice.name} ({plan.choice.plan_id})")
    print(f"{example.scenario.name}: {dollars(example.scenario.total, whole=True)} of care in network")
    print(_columns(*heads))
    for name, words in _WORDS.items():
        exact = dollars(getattr(example.exact, name))
        printed = dollars(getattr(example.printed, name), whole=True)
        of_insurer = dollars(filed[name], whole=True) if filed else ""
        print(_columns(words, printed, exact, of_insurer))
    if example.scenario.ours:
        print("The services and amounts of this example are our own; no insurer files it.")
    print("Estimate, not a determination. The plan document and its administrator decide.")


def _columns(name: str, *figures: str) -> str:
    return (fit(name, 22) + "".join(at_right(figure, 14) for figure in figures)).rstrip()


def _filed(plan: CmsPlan, example: Example) -> dict[str, Cents]:
    amounts = plan.filed.get(example.scenario.code)
    return {**amounts, "total_patient_pays": sum(amounts.values())} if amounts else {}


def _as_json(plan: CmsPlan, example: Example) -> dict[str, Any]:
    """The printed figures are whole dollars; exact ones decimal strings in dollars."""
    filed = _filed(plan, example)
    return {
        "plan_id": plan.choice.plan_id,
        "plan": plan.choice.name,
        "scenario": example.scenario.code,
        "total_example_cost": example.scenario.total // 100,
        **{name: amount // 100 for name, amount in example.printed._asdict().items()},
        "exact": _exact(example.exact),
        "filed": {name: amount // 100 for name, amount in filed.items()} or None,
        "without_rule": list(example.without_rule),
        "unread": [
            {
                "line": one.line,
                "benefit": one.benefit,
                "tier": one.tier,
                "phrase": one.phrase,
                "why": one.why,
            }
            for one in plan.unread
        ],
    }


def _exact(figures: Figures) -> dict[str, str]:
    return {name: plain(amount) for name, amount in figures._asdict().items()}


def _choice(choice: PlanChoice) -> dict[str, Any]:
    return {
        "plan_id": choice.plan_id,
        "year": choice.year,
        "state": choice.state,
        "issuer": choice.issuer,
        "name": choice.name,
        "type": choice.kind,
        "metal": choice.metal,
        "variant": choice.variant,
        "dental": choice.dental,
        "hsa": choice.hsa,
    }
