"""`estimate`: what care will cost, from the ledger's plans and EOBs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.cli.common import Subparsers, add_command, at_right, fit, opened, width
from tracker.dates import parse_day
from tracker.errors import UserProblem
from tracker.money import Cents, parse_cents, plain, plain_or_none

if TYPE_CHECKING:
    from tracker.domain.coverage.estimate_answer import Estimate, Payer
    from tracker.facts import Household, ServiceCategory
    from tracker.reports.estimate_sheet import EstimateSheet, SheetRow

_WORDS, _FIGURE = 54, 20
_MOST_NAMES = 8
"""Candidates that are listed where a name is not clear."""


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "estimate",
        "what care will cost you, and why",
        examples="estimate imaging --provider 'Harbor Imaging' --amount 1200 --date 2026-12-03\n"
        "estimate SPEC --person Martin\n"
        "estimate lab --out-of-network --billed 400 --json",
    )
    parser.add_argument("service", metavar="SERVICE", help="a service's code, or part of its name")
    parser.add_argument("--person", metavar="NAME", default="", help="who it is for (else you)")
    parser.add_argument("--provider", metavar="NAME", default="", help="who gives the care")
    parser.add_argument(
        "--amount",
        metavar="1200",
        type=_dollars,
        help="the allowed amount (else the usual one of past EOBs)",
    )
    parser.add_argument("--billed", metavar="3000", type=_dollars, help="what the provider bills")
    parser.add_argument("--date", metavar="2026-12-03", type=_iso_day, help="when (else today)")
    parser.add_argument("--out-of-network", action="store_true", help="the provider has no contract")
    parser.add_argument(
        "--days", metavar="N", type=int, default=1, help="days of a stay, or fills of a drug"
    )
    parser.add_argument("--json", action="store_true", help="as JSON, for a script")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from tracker.domain.coverage.estimate_question import Question
    from tracker.reports.estimate_sheet import estimate_sheet

    with opened(args, read_only=True) as services:
        home = services.people.household()
        categories = services.coverage.categories()
        code = _service(args.service, categories)
        names = [one.name for one in services.people.providers()]
        day = args.date or services.ledger.today()
        question = Question(
            person_id=_person(args.person, home, day),
            category=code,
            on=day,
            provider=_one_of(args.provider, names, "provider") if args.provider else "",
            tier="OUT" if args.out_of_network else None,
            allowed=args.amount,
            billed=args.billed,
            units=args.days,
        )
        found = services.estimates.answer(question)
    name = categories[code].name
    if args.json:
        import json

        print(json.dumps(as_json(found, home, name), ensure_ascii=False, indent=2))
    elif found.asks is not None:
        raise found.asks
    else:
        print("\n".join(as_text(estimate_sheet(found, home, name))))
    return 0 if found.asks is None else 1


def as_text(sheet: EstimateSheet) -> Iterator[str]:
    """The sheet for a person to read, line by line."""
    yield sheet.title.removeprefix("What will it cost: ")
    yield sheet.asked
    yield ""
    yield from _rows(sheet.rows)
    if sheet.missing:
        yield sheet.missing
    yield from _rows(sheet.after)
    if sheet.other is not None:
        yield ""
        yield f"In the other order: {sheet.other.headline}."
    if sheet.warnings or sheet.notes:
        yield ""
        yield from (f"! {said}" for said in sheet.warnings)
        yield from (f"  {said}" for said in sheet.notes)
    for heading, sentences in sheet.why:
        yield ""
        yield f"Why ({heading})"
        yield from (f"  {said}" for said in sentences)
    yield ""
    yield "Estimate, not a determination. The plan document and its administrator decide."


def _rows(rows: Sequence[SheetRow]) -> Iterator[str]:
    for item in rows:
        words = fit(item.words, _WORDS) if width(item.words) <= _WORDS else item.words + "  "
        yield words + at_right(item.figure, _FIGURE)


def as_json(found: Estimate, home: Household, service: str) -> dict[str, Any]:
    """Amounts are decimal strings in dollars, absent figures null, dates ISO; no `person` is the family."""
    question = found.question
    least, most = found.between or (None, None)
    return {
        "service": question.category,
        "service_name": service,
        "person": home.person_name(question.person_id) or None,
        "provider": question.provider or None,
        "date": question.on.isoformat(),
        "you_pay": plain_or_none(found.you_pay),
        "at_most": found.at_most,
        "you_pay_least": plain_or_none(least),
        "you_pay_most": plain_or_none(most),
        "plan_pays": plain_or_none(found.plan_pays),
        "cash": plain_or_none(found.cash),
        "missing": str(found.asks) if found.asks else None,
        "usual": (
            {
                "amount": plain(found.usual.amount),
                "eobs": found.usual.count,
                "least": plain(found.usual.least),
                "most": plain(found.usual.most),
                "newest": found.usual.newest_on.isoformat(),
                "oldest": found.usual.oldest_on.isoformat(),
            }
            if found.usual
            else None
        ),
        "plans": [_payer(payer) for payer in found.payers],
        "accumulators": [
            {
                "plan": item.plan,
                "name": item.name,
                "kind": item.kind.value,
                "person": home.person_name(item.person_id) or None,
                "before": plain(item.before),
                "after": plain(item.after),
                "limit": plain_or_none(item.limit),
            }
            for item in found.moved
        ],
        "warnings": [
            {
                "about": item.about.value,
                "warns": item.warns,
                "words": item.words,
                "at_stake": plain_or_none(item.at_stake),
            }
            for item in found.remarks
        ],
        "why": [{"plan": heading, "sentences": list(sentences)} for heading, sentences in found.why],
        "other_order": as_json(found.other_order, home, service) if found.other_order else None,
    }


def _payer(payer: Payer) -> dict[str, Any]:
    """One plan's part; the parts of the line are null where the engine did not work it."""
    totals = payer.result.totals if payer.result else None
    names = (
        "billed",
        "allowed",
        "write_off",
        "balance_bill",
        "not_covered",
        "penalty",
        "deductible",
        "copay",
        "coinsurance",
    )
    return {
        "plan": payer.plan.name,
        "network": payer.tier,
        "amount_from": payer.source.value,
        "pays": plain(payer.paid),
        "pays_alone": plain(payer.alone),
        **{name: plain(getattr(totals, name)) if totals else None for name in names},
        "visits": {"used": payer.visits.used, "limit": payer.visits.limit} if payer.visits else None,
    }


def _service(text: str, categories: Mapping[str, ServiceCategory]) -> str:
    """A category by its code, its name, or part of the name. Raises UserProblem with the candidates."""
    wanted = text.strip().casefold()
    by_code = next((code for code in categories if code.casefold() == wanted), None)
    if by_code is not None:
        return by_code
    names = {f"{item.name} ({code})": code for code, item in categories.items()}
    exact = next((code for code, item in categories.items() if item.name.casefold() == wanted), None)
    if exact is not None:
        return exact
    found = [name for name in names if wanted and wanted in name.casefold()]
    if len(found) == 1:
        return names[found[0]]
    raise _unclear(text, found, list(names), "service")


def _person(text: str, home: Household, day: date) -> int:
    """The person named; without a name the owner, or whom the day's plan covers instead.

    Raises UserProblem with the candidates.
    """
    if not home.people:
        raise UserProblem("Nobody is in this ledger yet.", "Add yourself in the window first.")
    names = {one.name: one.id or 0 for one in home.people}
    if text:
        return names[_one_of(text, list(names), "person")]
    plan, owner = home.plan_on(day), home.people[0].id or 0
    return owner if plan is None or owner in plan.person_ids else min(plan.person_ids, default=owner)


def _one_of(text: str, names: Sequence[str], what: str) -> str:
    """A name by itself or by a part of it. Raises UserProblem with the candidates."""
    wanted = text.strip().casefold()
    exact = next((name for name in names if name.casefold() == wanted), None)
    if exact is not None:
        return exact
    found = [name for name in names if wanted and wanted in name.casefold()]
    if len(found) == 1:
        return found[0]
    raise _unclear(text, found, names, what)


def _unclear(text: str, found: Sequence[str], every: Sequence[str], what: str) -> UserProblem:
    """Which ones are meant, or which there are."""
    shown = sorted(found or every, key=str.casefold)
    listed = "; ".join(shown[:_MOST_NAMES]) + ("; \u2026" if len(shown) > _MOST_NAMES else "")
    short = text if len(text) <= 40 else text[:39] + "\u2026"
    said = (
        f"\u201c{short}\u201d is the name of {'several' if found else 'no'} {what}{'s' if found else ''}."
    )
    todo = f"Use one of: {listed}." if listed else f"There is no {what} in the ledger yet."
    return UserProblem(said, todo, field=what)


def _dollars(text: str) -> Cents:
    """An argument that is an amount of zero or more."""
    try:
        cents = parse_cents(text)
    except UserProblem as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None
    if cents < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is below zero")
    return cents


def _iso_day(text: str) -> date:
    """An argument that is a day, written with its year."""
    try:
        day = parse_day(text, today=date(2000, 1, 1))
    except UserProblem as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None
    if not any(part in text for part in (str(day.year),)):
        raise argparse.ArgumentTypeError(f"{text!r} has no year; write it like 2026-12-03")
    return day
