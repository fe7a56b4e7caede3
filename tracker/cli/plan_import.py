"""`plan import`: a plan of the CMS public use files into the ledger, as one change."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tracker.cli.common import Subparsers, add_command, at_right, day, fit, opened, path
from tracker.dates import day_text
from tracker.errors import UserProblem
from tracker.facts import Accumulator, AccumulatorKind, Household, Person, Plan
from tracker.money import Cents, dollars, plain_or_none

if TYPE_CHECKING:
    from tracker.imports.cms_answers import OpenItem
    from tracker.imports.cms_draft import PlanDraft
    from tracker.services.bundle import Services


def add_to(actions: Subparsers) -> None:
    """`plan import` beside the other actions of `plan`."""
    parser = add_command(
        actions,
        "import",
        "take a plan of the CMS files into the ledger",
        examples="plan import FOLDER --plan-id 38344AK1060001-01\n"
        "plan import FOLDER --plan-id 38344AK1060001-01 --person Eleanor --person Sam\n"
        'plan import FOLDER --plan-id 38344AK1060001-01 --into "BlueRiver PPO 2000"',
    )
    parser.add_argument("folder", metavar="DIR", type=path, help="the folder with the CMS files (CSV)")
    parser.add_argument("--plan-id", metavar="ID", required=True, help="such as 38344AK1060001-01")
    parser.add_argument(
        "--family", action="store_true", help="the family's limits; without --person everybody is covered"
    )
    parser.add_argument(
        "--begins", metavar="YYYY-MM-DD", type=day, help="the first day (otherwise the files' own)"
    )
    parser.add_argument(
        "--person", metavar="NAME", action="append", default=[], help="who is covered; may be repeated"
    )
    parser.add_argument(
        "--into", metavar="PLAN", help="the plan in the ledger whose limits and rules are replaced"
    )
    parser.add_argument("--json", action="store_true", help="as JSON, for a script")
    parser.set_defaults(run=take)


def take(args: argparse.Namespace) -> int:
    from tracker.imports.cms_nearest import read_or_name_nearest
    from tracker.imports.cms_plans import find_files

    if args.into and (args.begins or args.person):
        raise UserProblem(
            "A plan that is already there keeps its dates and people.",
            "Leave out --begins and --person, or leave out --into.",
        )
    # Before the ledger is opened for writing: a national file takes its time.
    cms = read_or_name_nearest(find_files(args.folder), args.plan_id)
    with opened(args, read_only=False) as services:
        into = _plan_named(services, args.into) if args.into else None
        home = services.people.household()
        names = _people(home, args.person, everybody=args.family) if into is None else []
        count = len(into.person_ids) if into is not None else len(names)
        family = args.family or count > 1
        made = services.plan_import.draft(
            cms,
            person_ids=tuple(who.id for who in names if who.id is not None),
            begins_on=args.begins,
            into=into,
            family=family,
        )
        changes = services.plan_import.take(made, newcomers=[who.name for who in names if who.id is None])
        plan = services.plans.get(changes.new_id or 0)
        home = services.people.household()
    for warning in made.warnings:
        print(warning, file=sys.stderr)
    if args.json:
        print(json.dumps(_as_json(made, plan, home), indent=2, ensure_ascii=False))
    else:
        _print(made, plan, home, into)
    return 0


def _plan_named(services: Services, wanted: str) -> Plan:
    """The one plan of that name, CMS id or number; raises UserProblem naming those there are."""
    plans = services.plans.all()
    word = " ".join(wanted.split()).casefold()
    found = [
        plan for plan in plans if word in (plan.name.casefold(), plan.filed_id.casefold(), str(plan.id))
    ]
    if len(found) == 1:
        return found[0]
    there = ", ".join(f"{plan.name} from {day_text(plan.begins_on)} ({plan.id})" for plan in found or plans)
    if not plans:
        raise UserProblem("There is no plan in this ledger yet.", "Leave out --into to add one.")
    if not found:
        raise UserProblem(f"There is no plan \u201c{wanted}\u201d.", f"Name one of {there}.")
    raise UserProblem(f"Several plans are called \u201c{wanted}\u201d.", f"Give the number: {there}.")


def _people(home: Household, names: Sequence[str], *, everybody: bool) -> list[Person]:
    """Who is covered: those named, or the owner, or all. In an empty ledger a name is somebody new."""
    if not home.people:
        if not names:
            raise UserProblem(
                "Nobody is in this ledger yet.", "Say who is covered with --person, such as --person Ada."
            )
        return [Person(name=name, position=place) for place, name in enumerate(dict.fromkeys(names))]
    if not names:
        return list(home.people if everybody else home.people[:1])
    found: list[Person] = []
    for name in names:
        word = " ".join(name.split()).casefold()
        exact = [person for person in home.people if person.name.casefold() == word]
        like = exact or [person for person in home.people if word in person.name.casefold().split()]
        if len(like) != 1:
            there = ", ".join(person.name for person in like or home.people)
            what = "Nobody here is called" if not like else "Several people are called"
            raise UserProblem(f"{what} \u201c{name}\u201d.", f"Name one of {there}.")
        if like[0] not in found:
            found.append(like[0])
    return found


def _print(made: PlanDraft, plan: Plan, home: Household, into: Plan | None) -> None:
    who = ", ".join(home.person_name(person) for person in plan.person_ids)
    print(f"{'Replaced the terms of' if into else 'Added'} {plan.name}, {made.insurer} ({plan.filed_id}).")
    print(f"{day_text(plan.begins_on)} to {day_text(plan.ends_on)}, {plan.kind.value}, covers {who}.")
    print()
    print(f"{fit('Limit', 46)}{at_right('Each person', 14)}{at_right('Family', 14)}")
    for limit in plan.accumulators:
        amounts = at_right(_amount(limit.individual), 14) + at_right(_amount(limit.family), 14)
        print(fit(_limit_name(limit), 46) + amounts)
    services = len({rule.category for rule in made.rules})
    print()
    print(f"What you pay for {services:,} services was taken.")
    if made.open:
        print(
            f"{len(made.open):,} of what the files say was not understood; fill it in on the Coverage page:"
        )
        for item in made.open:
            print(f"  {_item_words(item)}")
    if made.remarks:
        print("Good to know:")
        for remark in made.remarks:
            said = f" (\u201c{remark.phrase}\u201d)" if remark.phrase else ""
            print(f"  {remark.about}{said}: {remark.why}")


def _item_words(item: OpenItem) -> str:
    where = f", {item.tier}" if item.tier else ""
    said = f" (\u201c{item.phrase}\u201d)" if item.phrase else ""
    taken = f" Taken as: {item.taken}." if item.taken else " Left out."
    return f"{item.service}{where}{said}: {item.why}{taken}"


def _limit_name(limit: Accumulator) -> str:
    kind = "deductible" if limit.kind is AccumulatorKind.DEDUCTIBLE else "out-of-pocket maximum"
    where = limit.tier or f"{limit.network.value} network".replace("out network", "out of network")
    return f"{'drug ' if limit.drugs else ''}{kind}, {where}".capitalize() + f" ({limit.name})"


def _amount(cents: Cents | None) -> str:
    return "none" if cents is None else dollars(cents)


def _as_json(made: PlanDraft, plan: Plan, home: Household) -> dict[str, Any]:
    return {
        "plan_id": plan.filed_id,
        "plan": plan.name,
        "insurer": made.insurer,
        "type": plan.kind.value,
        "begins_on": plan.begins_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "people": [home.person_name(person) for person in plan.person_ids],
        "limits": [
            {
                "name": limit.name,
                "kind": limit.kind.value,
                "network": limit.network.value,
                "mode": limit.mode.value,
                "individual": plain_or_none(limit.individual),
                "family": plain_or_none(limit.family),
            }
            for limit in plan.accumulators
        ],
        "services": len({rule.category for rule in made.rules}),
        "rules": len(made.rules),
        "not_understood": [
            {
                "service": item.service,
                "tier": item.tier,
                "phrase": item.phrase,
                "why": item.why,
                "taken": item.taken or None,
            }
            for item in made.open
        ],
        "remarks": [
            {"about": remark.about, "phrase": remark.phrase, "why": remark.why} for remark in made.remarks
        ],
    }
