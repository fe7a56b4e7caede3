"""`accounts`: what accounts hold, HSA room, the unreimbursed pool, FSA and HRA years, funds."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.cli.common import Subparsers, add_command, at_right, fit, opened, year
from tracker.dates import day_text
from tracker.facts import AccountKind
from tracker.money import dollars, dollars_or_blank, plain, plain_or_none

if TYPE_CHECKING:
    from tracker.domain.accounts.hsa_pool import Pool
    from tracker.facts.accounts import FsaYear, Hra
    from tracker.services.account_balances import AccountShown
    from tracker.services.bundle import Services
    from tracker.services.fsa_year import FsaShown
    from tracker.services.hra_year import HraShown
    from tracker.services.hsa_year import HsaYear

_NAME, _FIGURE = 48, 16
_FUNDS = (AccountKind.CONTINGENCY, AccountKind.SINKING)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsRead:
    """Everything the command prints, for a calendar year."""

    year: int
    balances: list[AccountShown]
    hsas: list[HsaYear]
    pool: Pool | None
    fsas: list[FsaShown]
    hras: list[HraShown]


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "accounts",
        "balances, HSA room and pool, FSA and HRA years, funds",
        examples="accounts\naccounts --year 2025\naccounts --json",
    )
    parser.add_argument(
        "--year", metavar="YYYY", type=year, help="of HSA, FSA and HRA (otherwise this year)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object for a script")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with opened(args, read_only=True) as services:
        found = read(services, args.year or services.ledger.today().year)
        today = services.ledger.today().isoformat()
    if args.json:
        import json

        print(json.dumps(as_json(found, today), ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_text(found)))
    return 0


def read(services: Services, of_year: int) -> AccountsRead:
    """Read all of it; plan years are those that have a day in the calendar year."""
    from tracker.services.account_balances import read_balances
    from tracker.services.fsa_year import read_fsa_years
    from tracker.services.hra_year import read_hra_years
    from tracker.services.hsa_year import read_hsa_year

    first = read_hsa_year(services, of_year)
    owners = first.owners if first is not None else ()
    hsas = [read_hsa_year(services, of_year, person_id=owner.id) for owner in owners]
    return AccountsRead(
        year=of_year,
        balances=read_balances(services),
        hsas=[item for item in hsas if item is not None],
        pool=services.expenses.pool() if first is not None else None,
        fsas=[
            item
            for item in read_fsa_years(services)
            if item.year.begins_on.year <= of_year <= item.year.ends_on.year
        ],
        hras=[
            item
            for item in read_hra_years(services)
            if item.year.begins_on.year <= of_year <= item.year.ends_on.year
        ],
    )


# JSON --------------------------------------------------------------------------------------


def as_json(found: AccountsRead, today: str) -> dict[str, Any]:
    """Decimal strings in dollars, null where a figure is not known, ISO dates."""
    pool = found.pool
    return {
        "date": today,
        "year": found.year,
        "accounts": [_account(item) for item in found.balances],
        "hsa": [_hsa(item) for item in found.hsas],
        "pool": (
            {
                "available": plain(pool.available),
                "proven": plain(pool.proven),
                "unproven": plain(pool.unproven),
                "receipts": pool.receipts,
                "receipts_complete": pool.receipts_complete,
            }
            if pool is not None
            else None
        ),
        "fsa": [_fsa(item) for item in found.fsas],
        "hra": [_hra(item) for item in found.hras],
        "funds": [
            {
                "account": item.account.name,
                "kind": item.account.kind.value,
                "balance": plain(item.balance),
                "target": plain_or_none(item.account.target),
            }
            for item in found.balances
            if item.account.kind in _FUNDS and not item.account.closed
        ],
    }


def _account(item: AccountShown) -> dict[str, Any]:
    check = item.checks[0] if item.checks else None
    return {
        "account": item.account.name,
        "kind": item.account.kind.value,
        "owner": item.owner or None,
        "institution": item.account.institution or None,
        "closed": item.account.closed,
        "balance": None if item.is_promise else plain(item.balance),
        "usable": plain_or_none(item.usable),
        "use_by": item.until.isoformat() if item.until else None,
        "last_moved": item.last_on.isoformat() if item.last_on else None,
        "statement": (
            {
                "date": check.statement.stated_on.isoformat(),
                "stated": plain(check.statement.balance),
                "ledger": plain(check.ours),
                "difference": plain(check.gap),
            }
            if check is not None
            else None
        ),
    }


def _hsa(item: HsaYear) -> dict[str, Any]:
    limit, room = item.limit, item.room
    return {
        "person": item.person.name,
        "year": item.year,
        "limit": plain_or_none(limit.limit if limit else None),
        "by_months": plain_or_none(limit.by_months if limit else None),
        "by_last_month": plain_or_none(limit.by_last_month if limit else None),
        "catch_up": plain_or_none(limit.catch_up if limit else None),
        "limit_if_settled": plain_or_none(item.if_settled.limit if item.if_settled else None),
        "contributed": plain(item.contributed),
        "own": plain_or_none(room.own if room else None),
        "through_employer": plain_or_none(room.through_employer if room else None),
        "room": plain_or_none(room.left if room else None),
        "excess": plain_or_none(room.excess if room else None),
        "deadline": room.deadline.isoformat() if room else None,
        "months": [
            {
                "month": month.month.isoformat()[:7],
                "answer": month.answer.verdict.value,
                "coverage": month.tier.value if month.tier else None,
                "why": month.answer.sentence,
            }
            for month in item.months
        ],
        "taken_out": plain(sum(taken.amount for taken in item.taken)),
        "taxable": plain(item.tax.taxable),
        "asks": list(item.asks),
    }


def _fsa(item: FsaShown) -> dict[str, Any]:
    plan, lost = item.plan, item.lost
    return {
        "account": item.account.name,
        "begins": item.year.begins_on.isoformat(),
        "ends": item.year.ends_on.isoformat(),
        "election": plain(item.year.election),
        "carried_in": plain(item.year.carried_in),
        "spent": plain(item.standing.spent + item.standing.spent_in_grace),
        "left": plain(item.standing.available),
        "spend_by": item.year.spend_by.isoformat(),
        "file_by": item.year.file_by.isoformat(),
        "lost_unless_used": plain_or_none(lost.forfeited if lost else None),
        "carried_over": plain_or_none(lost.carried_over if lost else None),
        "unclaimed": plain_or_none(plan.unclaimed if plan else None),
        "planned": plain_or_none(plan.planned if plan else None),
        "at_risk": plain_or_none(plan.at_risk if plan else None),
        "asks": list(item.asks),
    }


def _hra(item: HraShown) -> dict[str, Any]:
    now = item.standing
    return {
        "account": item.account.name,
        "kind": item.year.kind.value,
        "begins": item.year.begins_on.isoformat(),
        "ends": item.year.ends_on.isoformat(),
        "credited": plain(now.credited),
        "reimbursed": plain(now.reimbursed),
        "left": plain(now.available),
        "expires": now.expires_on.isoformat() if now.expires_on else None,
        "may_pay": {what.value: answer.verdict.value for what, answer in item.answers},
        "ends_hsa_eligibility": item.ends_hsa,
    }


# text --------------------------------------------------------------------------------------


def as_text(found: AccountsRead) -> Iterator[str]:
    """The same for a person to read, line by line."""
    if not found.balances:
        yield "No accounts yet."
        return
    yield _line("Accounts", "Holds", "Target")
    for item in found.balances:
        held = "not known" if item.holds is None else dollars(item.holds)
        yield _line(f"  {item.account.name}", held, dollars_or_blank(item.account.target))
        if item.until is not None:
            yield f"    to use by {day_text(item.until)}"
        for check in item.checks[:1]:
            day = day_text(check.statement.stated_on)
            said = f"differs by {dollars(check.gap)}" if check.gap else "agrees"
            yield f"    statement of {day} {said}"
    for hsa in found.hsas:
        yield ""
        yield from _hsa_text(hsa)
    if found.pool is not None:
        yield ""
        yield found.pool.sentence
        yield f"  {found.pool.receipts_complete} of {found.pool.receipts} receipts are complete."
    for fsa in found.fsas:
        yield ""
        yield from _fsa_text(fsa)
    for hra in found.hras:
        yield ""
        yield f"{hra.account.name}, {_years(hra.year)}"
        yield _line("  Left to use", dollars(hra.standing.available))
        yield from (f"  {said}" for said in hra.standing.why)


def _hsa_text(item: HsaYear) -> Iterator[str]:
    yield f"HSA of {item.person.name}, {item.year}"
    yield from (f"  {said}" for said in item.asks)
    if item.limit is not None and item.room is not None:
        yield _line("  Limit", dollars(item.limit.limit))
        yield _line("  Put in", dollars(item.contributed))
        if item.room.excess:
            yield _line("  Too much", dollars(item.room.excess))
        else:
            until = day_text(item.room.deadline)
            yield _line(f"  May still go in, until {until}", dollars(item.room.left))
        yield from (f"  {said}" for said in item.limit.why)
    taken = sum(one.amount for one in item.taken)
    yield _line("  Taken out", dollars(taken))
    if item.tax.taxable:
        yield from (f"  {said}" for said in item.tax.why)
    if item.part_a:
        yield f"  {item.part_a}"


def _fsa_text(item: FsaShown) -> Iterator[str]:
    yield f"{item.account.name}, {_years(item.year)}"
    yield _line("  Left to use", dollars(item.standing.available))
    if item.lost is not None:
        until = day_text(item.year.spend_by)
        yield _line(f"  Lost on {until} unless used", dollars(item.lost.forfeited))
    if item.plan is not None:
        yield _line(f"  To claim by {day_text(item.year.file_by)}", dollars(item.plan.unclaimed))
        yield from (f"  {said}" for said in item.plan.why)
    yield from (f"  {said}" for said in item.asks)


def _years(plan_year: FsaYear | Hra) -> str:
    return f"{day_text(plan_year.begins_on)} to {day_text(plan_year.ends_on)}"


def _line(name: str, *figures: str) -> str:
    return (fit(name, _NAME) + "".join(at_right(text, _FIGURE) for text in figures)).rstrip()
