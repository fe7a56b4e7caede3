"""`claims`: every bill and claim with its verdict, what is safe to pay, findings and deadlines."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.cli.common import Subparsers, add_command, at_right, fit, opened
from tracker.domain.claims.verdict import eob_owes
from tracker.facts import CaseOutcome
from tracker.money import Cents, dollars, dollars_or_blank, plain, plain_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.domain.claims.papers import Papers
    from tracker.facts import Bill, Case, Claim
    from tracker.services.bundle import Services
    from tracker.services.findings import Decided

_DAY, _NAME, _FIGURE = 12, 30, 13


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "claims",
        "every bill and claim: verdict, what is safe to pay, findings, deadlines",
        examples="claims\nclaims --json\n--ledger FILE claims",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object for a script")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with opened(args, read_only=True) as services:
        shown = read(services)
    if args.json:
        import json

        print(json.dumps(as_json(shown), ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_text(shown)))
    return 0


@dataclass(frozen=True)
class Shown:
    """All papers with what looks wrong in them, and the two sums of the Claims page."""

    papers: Papers
    findings: Sequence[Decided]
    at_stake: Cents
    recovered: Cents


def read(services: Services) -> Shown:
    """Everything as it is now."""
    from tracker.domain.claims.care_row import bill_sums
    from tracker.domain.claims.rows import care_rows

    papers = services.papers.read()
    found = services.findings.all(papers)
    money = services.findings.totals(papers)
    # A refund that no finding counts is at stake too.
    refunds = bill_sums(care_rows(papers, [item.finding for item in found if item.is_open])).refunds
    return Shown(papers, found, money.at_stake + refunds, money.recovered)


# for a script ------------------------------------------------------------------------


def as_json(shown: Shown) -> dict[str, Any]:
    """The documented shape: decimal strings in dollars, null where a figure is absent, ISO dates."""
    papers = shown.papers
    return {
        "today": papers.today.isoformat(),
        "bills": [_bill(papers, bill) for bill in _newest_first(papers.bills)],
        "claims": [_claim(papers, claim) for claim in _claims(papers)],
        "cases": [_case(case) for case in papers.cases],
        "findings": [_finding(item) for item in shown.findings],
        "at_stake": plain(shown.at_stake),
        "recovered": plain(shown.recovered),
    }


def _bill(papers: Papers, bill: Bill) -> dict[str, Any]:
    verdict = papers.verdicts[bill.id or 0]
    return {
        "id": bill.id,
        "provider": papers.provider_name(bill.provider_id),
        "person": _person(papers, bill.person_id),
        "service_from": bill.service_from.isoformat(),
        "asks": plain(bill.newest.amount) if bill.newest else None,
        "eob_owes": plain_or_none(verdict.owed),
        "paid": plain(verdict.paid),
        "verdict": verdict.kind.value,
        "safe_to_pay": plain(verdict.pay),
        "over": plain(verdict.over),
        "refund": plain(verdict.refund),
        "why": list(verdict.why),
        "claims": list(papers.matches.claims_of_bill(bill.id or 0)),
    }


def _claim(papers: Papers, claim: Claim) -> dict[str, Any]:
    expected = papers.expected.get(claim.id or 0)
    return {
        "id": claim.id,
        "number": claim.claim_number,
        "provider": papers.provider_name(claim.provider_id),
        "person": _person(papers, claim.person_id),
        "service_from": claim.service_from.isoformat(),
        "network": claim.network.value,
        "stage": claim.stage.value,
        "billed": plain_or_none(claim.billed),
        "allowed": plain_or_none(claim.allowed),
        "plan_paid": plain_or_none(claim.plan_paid),
        "you_owe": plain_or_none(eob_owes(claim)),
        "expected_owes": plain_or_none(expected.owes if expected else None),
        "bills": list(papers.matches.bills_of_claim(claim.id or 0)),
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "kind": case.kind.value,
        "title": case.title,
        "turn": case.turn.value,
        "outcome": case.outcome.value,
        "at_stake": plain_or_none(case.at_stake),
        "recovered": plain_or_none(case.recovered),
        "deadlines": [
            {
                "label": item.label,
                "do_by": item.do_by.isoformat(),
                "last_day": _iso(item.last_day),
                "done_on": _iso(item.done_on),
            }
            for item in case.deadlines
        ],
    }


def _finding(decided: Decided) -> dict[str, Any]:
    finding = decided.finding
    return {
        "detector": finding.detector,
        "title": finding.title,
        "what": finding.what,
        "severity": finding.severity.name.lower(),
        "at_stake": plain(finding.at_stake),
        "state": decided.state.value,
        "first": finding.first,
    }


def _person(papers: Papers, person_id: int) -> str:
    return next((person.name for person in papers.people if person.id == person_id), "")


def _claims(papers: Papers) -> list[Claim]:
    """The EOBs that hold and the claims nobody has decided, the newest care first."""
    return _newest_first((*papers.in_force, *papers.open_claims))


def _newest_first(found: Sequence[Any]) -> list[Any]:
    return sorted(found, key=lambda item: (item.service_from, item.id or 0), reverse=True)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# for a person ------------------------------------------------------------------------


def as_text(shown: Shown) -> Iterator[str]:
    """The same for a person to read, line by line."""
    papers = shown.papers
    bills, claims = _newest_first(papers.bills), _claims(papers)
    if bills:
        yield _line("Bills", "", "Asks", "You owe", "Pay now") + "  Verdict"
    for bill in bills:
        verdict = papers.verdicts[bill.id or 0]
        asks = bill.newest.amount if bill.newest else None
        figures = (dollars_or_blank(asks), dollars_or_blank(verdict.owed), dollars(verdict.pay))
        name = papers.provider_name(bill.provider_id)
        yield f"{_line(bill.service_from.isoformat(), name, *figures)}  {verdict.words}"
    if bills and claims:
        yield ""
    if claims:
        yield _line("EOBs", "", "Billed", "Allowed", "You owe") + at_right("Expected", _FIGURE)
    for claim in claims:
        expected = papers.expected.get(claim.id or 0)
        figures = (
            dollars_or_blank(claim.billed),
            dollars_or_blank(claim.allowed),
            dollars_or_blank(eob_owes(claim)),
        )
        line = _line(claim.service_from.isoformat(), papers.provider_name(claim.provider_id), *figures)
        yield (line + at_right(dollars_or_blank(expected.owes if expected else None), _FIGURE)).rstrip()
    if not bills and not claims:
        yield "No bills or EOBs are entered yet."
    yield from _findings(shown.findings)
    yield from _cases(papers)
    yield ""
    yield f"At stake: {dollars(shown.at_stake)}. Recovered: {dollars(shown.recovered)}."


def _findings(found: Sequence[Decided]) -> Iterator[str]:
    wrong = [item.finding for item in found if item.is_open]
    if not wrong:
        return
    yield ""
    yield "Findings"
    for finding in wrong:
        stake = f"  {dollars(finding.at_stake)}" if finding.at_stake else ""
        yield f"{fit(finding.detector, 4)}{finding.title}{stake}"
        yield f"    {finding.what}"


def _cases(papers: Papers) -> Iterator[str]:
    pursued = [case for case in papers.cases if case.outcome is CaseOutcome.OPEN]
    if not pursued:
        return
    yield ""
    yield "Open cases"
    for case in pursued:
        yield f"{case.title}  [{case.turn.words}]"
        for item in sorted(case.deadlines, key=lambda one: one.do_by):
            if item.done_on is None:
                last = f", last day {item.last_day.isoformat()}" if item.last_day else ""
                yield f"  {item.do_by.isoformat()}  {item.label}{last}"


def _line(day: str, name: str, *figures: str) -> str:
    return fit(day, _DAY) + fit(name, _NAME) + "".join(at_right(text, _FIGURE) for text in figures)
