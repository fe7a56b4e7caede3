"""`status`: this month's budget, where the plan's limits stand, what needs attention."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tracker.cli.common import Subparsers, add_command, at_right, fit, opened
from tracker.dates import first_of, month_text
from tracker.facts import AccumulatorKind, Network
from tracker.money import Cents, dollars, dollars_or_blank, plain, plain_or_none

if TYPE_CHECKING:
    from tracker.domain.coverage.accumulators import Standing
    from tracker.reports.overview import Overview

_NAME, _FIGURE = 44, 15
_KINDS = {AccumulatorKind.DEDUCTIBLE: "Deductible", AccumulatorKind.OOP_MAX: "Out-of-pocket maximum"}
_NETWORKS = {Network.IN: "in network", Network.OUT: "out of network"}

Funds = list[tuple[str, Cents, Cents | None]]
"""Name, balance and target of each contingency fund."""


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "status",
        "budget, accumulators and attention list",
        examples="status\nstatus --json\n--ledger FILE status",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object for a script")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with opened(args, read_only=True) as services:
        shown = services.reports.overview(first_of(services.reports.today))
        shown = replace(shown, attention=tuple(services.attention.all()))
        from tracker.services.fund_report import fund_lines

        funds = fund_lines(services)
    if args.json:
        import json

        print(json.dumps(as_json(shown, funds), ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_text(shown, funds)))
    return 0


def as_json(shown: Overview, funds: Funds) -> dict[str, Any]:
    """The documented shape: decimal strings in dollars, null where a figure is absent, ISO dates."""
    total = shown.budget.total
    plan = shown.coverage.plan.name if shown.coverage else None
    return {
        "month": shown.month.isoformat()[:7],
        "budget": [
            {"category": row.category.name, **_figures(row.estimated, row.actual, row.difference)}
            for row in shown.budget.rows
        ],
        "total": _figures(total.estimated, total.actual, total.difference),
        "accumulators": [
            {
                "plan": plan,
                "person": shown.household.person_name(item.person_id) or None,
                "network": item.network.value,
                "kind": item.kind.value,
                "name": item.name,
                "used": plain(item.used),
                "limit": plain_or_none(item.limit),
                "remaining": plain_or_none(item.remaining),
            }
            for item in (shown.coverage.standings if shown.coverage else ())
        ],
        "projection": _projection(shown),
        "funds": [
            {"account": name, "balance": plain(balance), "target": plain_or_none(target)}
            for name, balance, target in funds
        ],
        "attention": [
            {
                "date": item.day.isoformat(),
                "amount": plain_or_none(item.amount),
                "what": item.what,
                "action": item.action.value,
            }
            for item in shown.attention
        ],
    }


def _projection(shown: Overview) -> dict[str, Any] | None:
    """Where the main deductible is heading by the period's end; null where nothing more is to come.

    `low` and `high` are null where only this year's pace is known, `met_about` where it is not met.
    """
    coverage = shown.coverage
    standing, moved = (coverage.deductible, coverage.progress) if coverage else (None, None)
    ahead = moved.projection if moved else None
    if coverage is None or standing is None or moved is None or ahead is None:
        return None
    return {
        "plan": coverage.plan.name,
        "person": shown.household.person_name(standing.person_id) or None,
        "network": standing.network.value,
        "kind": standing.kind.value,
        "by": moved.period.last_day.isoformat(),
        "low": plain_or_none(ahead.low.end_total if ahead.low else None),
        "expected": plain(ahead.end_total),
        "high": plain_or_none(ahead.high.end_total if ahead.high else None),
        "met_about": ahead.reached_on.isoformat() if ahead.reached_on else None,
        "words": ahead.words,
    }


def _figures(estimated: Cents | None, actual: Cents | None, difference: Cents | None) -> dict[str, Any]:
    return {
        "estimated": plain_or_none(estimated),
        "actual": plain_or_none(actual),
        "difference": plain_or_none(difference),
    }


def as_text(shown: Overview, funds: Funds) -> Iterator[str]:
    """The same for a person to read, line by line."""
    from tracker.reports.budget import difference_words

    yield month_text(shown.month)
    yield ""
    yield _line("Budget", "Estimated", "Actual", "Difference")
    for row in shown.budget.rows:
        yield _line(
            row.category.name,
            dollars_or_blank(row.estimated),
            dollars_or_blank(row.actual),
            difference_words(row.difference),
        )
    total = shown.budget.total
    yield _line(
        "Total",
        dollars_or_blank(total.estimated),
        dollars_or_blank(total.actual),
        difference_words(total.difference),
    )
    yield ""
    if shown.coverage:
        yield _line(shown.coverage.plan.name, "Used", "Limit", "Remaining")
        yield from _limits(shown, shown.coverage.standings)
        moved = shown.coverage.progress
        if moved is not None and moved.projection is not None:
            yield f"Deductible ahead: {moved.projection.words}"
    else:
        yield "No plan is in force."
    for name, balance, target in funds:
        of_target = f" of {dollars(target)}" if target is not None else ""
        yield ""
        yield f"{name}: {dollars(balance)}{of_target}"
    yield ""
    yield "Needs attention" if shown.attention else "Nothing needs attention."
    for wanting in shown.attention:
        yield f"{wanting.day.isoformat()}  {wanting.what}  [{wanting.action.value}]"
        yield f"            {wanting.detail}"


def _limits(shown: Overview, standings: Iterable[Standing]) -> Iterator[str]:
    """Each limit under its name, one person to a line."""
    for _name, group_ in groupby(standings, key=lambda item: item.name):
        group = list(group_)
        first = group[0]
        of = " for drugs" if first.drugs else ""
        yield f"{_KINDS[first.kind]}{of}, {_NETWORKS[first.network]}"
        for item in group:
            whose = shown.household.person_name(item.person_id) or "Family"
            yield _line(
                f"  {whose}",
                dollars(item.used),
                dollars_or_blank(item.limit),
                dollars_or_blank(item.remaining),
            )


def _line(name: str, *figures: str) -> str:
    return (fit(name, _NAME) + "".join(at_right(text, _FIGURE) for text in figures)).rstrip()
