"""`membership`: what each membership costs, when it renews, what it was worth, what leaving brings."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tracker.cli.common import Subparsers, add_command, at_right, day, fit, opened
from tracker.dates import day_text
from tracker.facts import percent
from tracker.money import Cents, dollars, plain, plain_or_none

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.membership.leaving import Leaving
    from tracker.domain.membership.owed import Owed
    from tracker.domain.membership.refund import Refund
    from tracker.domain.membership.service_matrix import UseCount
    from tracker.domain.membership.value import Promises
    from tracker.services.membership_sheet import MembershipSheet

_NAME, _FIGURE = 34, 14


def add_to(commands: Subparsers) -> None:
    parser = add_command(
        commands,
        "membership",
        "what each membership costs, when it renews, what it was worth and what leaving brings",
        examples="membership\nmembership --leave 2026-09-15\nmembership --json",
    )
    parser.add_argument(
        "--leave", metavar="DAY", type=day, help="the first day without it, YYYY-MM-DD (else the next one)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object for a script")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with opened(args, read_only=True) as services:
        from tracker.services.membership_sheet import membership_sheet
        from tracker.services.membership_years import choices

        sheets = [membership_sheet(services, item.id, leave_on=args.leave) for item in choices(services)]
        today = services.ledger.today()
    if args.json:
        import json

        print(json.dumps(as_json(sheets, today, leave_on=args.leave), ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_text(sheets, today, leave_on=args.leave)))
    return 0


# for a script ------------------------------------------------------------------------


def as_json(sheets: list[MembershipSheet], today: date, *, leave_on: date | None = None) -> dict[str, Any]:
    """Decimal strings in dollars, null where a figure is absent, ISO dates, rates in basis points.

    `leaving` is null for a membership that begins on the day asked for or later.
    """
    return {
        "today": today.isoformat(),
        "memberships": [_membership(sheet, leave_on) for sheet in sheets],
    }


def _begins_later(found: Leaving, leave_on: date | None) -> bool:
    """Whether nothing can be said of the day asked for: leaving is reckoned from the second day on."""
    return leave_on is not None and found.on != leave_on


def _membership(sheet: MembershipSheet, leave_on: date | None) -> dict[str, Any]:
    held, value = sheet.shown, sheet.value
    membership, due, renewal = held.membership, sheet.next_due, held.renewal
    return {
        "id": membership.id,
        "practice": held.practice,
        "people": list(held.people),
        "begins_on": membership.begins_on.isoformat(),
        "ends_on": _iso(membership.ends_on),
        "is_over": held.is_over,
        "year": {
            "begins_on": held.year.period.begin.isoformat(),
            "ends_on": held.year.period.last_day.isoformat(),
            "paid": plain(held.year.paid),
            "scheduled": plain(held.year.scheduled),
        },
        "yearly_price": plain(held.yearly),
        "next_due": {"on": due.due_on.isoformat(), "amount": plain(due.fee.amount)} if due else None,
        "renews_on": _iso(renewal.renews_on) if renewal and membership.auto_renews else None,
        "notice_by": _iso(renewal.notice_by) if renewal and membership.auto_renews else None,
        "value": {
            "fee": plain(value.fee),
            "visits": value.visits,
            "contacts": value.contacts,
            "minutes": value.minutes,
            "per_visit": plain_or_none(value.per_visit),
            "per_hour": plain_or_none(value.per_hour),
            "per_contact": plain_or_none(value.per_contact),
            "seen_in_time": _kept(value.access),
            "long_enough": _kept(value.length),
            "avoided": plain(value.received),
            "tax_saved": plain(sheet.value_facts.tax_saved),
            "net": plain(value.net),
            "why": list(value.why),
        },
        "included": [_use(item) for item in sheet.uses],
        "at_once_or_in_parts": _offer(sheet),
        "leaving": None if _begins_later(sheet.leaving, leave_on) else _leaving(sheet.leaving),
        "owed": _owed(sheet.owed) if sheet.owed else None,
    }


def _use(item: UseCount) -> dict[str, Any]:
    return {
        "service": item.service.name,
        "state": item.service.state.value if item.service.state else None,
        "used": item.used,
        "per_year": item.service.per_year,
        "left": item.left,
        "last_on": _iso(item.last_on),
    }


def _offer(sheet: MembershipSheet) -> dict[str, Any] | None:
    found = sheet.offer
    if found is None:
        return None
    return {
        "at_once": plain(found.at_once),
        "in_parts": plain(found.in_parts),
        "parts": found.count,
        "discount": plain(found.discount),
        "discount_rate": found.discount_rate,
        "interest": found.interest,
        "why": list(found.why),
    }


def _leaving(found: Leaving) -> dict[str, Any]:
    return {
        "on": found.on.isoformat(),
        "notice_by": found.notice_by.isoformat(),
        "paid": plain(found.any_refund.paid),
        "not_recorded": plain(found.unrecorded),
        "services_used": plain(found.services_used),
        "refund": plain_or_none(found.refund.refund) if found.refund else None,
        "exit_cost": plain(found.refund.exit_cost) if found.refund else None,
        "by_rule": {kind.value: _refund(item) for kind, item in found.by_rule.items()},
        "why": list(found.why),
    }


def _refund(item: Refund) -> dict[str, str]:
    return {"refund": plain(item.refund), "exit_cost": plain(item.exit_cost)}


def _owed(item: Owed) -> dict[str, Any]:
    return {
        "left_on": item.left_on.isoformat(),
        "by_agreement": plain_or_none(item.ours),
        "stated": plain_or_none(item.stated),
        "received": plain(item.received),
        "owed": plain(item.left),
    }


def _kept(promises: Promises) -> dict[str, int | None]:
    return {"kept": promises.kept, "of": promises.made, "rate": promises.rate}


def _iso(on: date | None) -> str | None:
    return on.isoformat() if on else None


# for people --------------------------------------------------------------------------


def as_text(sheets: list[MembershipSheet], today: date, *, leave_on: date | None = None) -> Iterator[str]:
    """One block for each membership, those in force first."""
    if not sheets:
        yield "No membership yet."
    for place, sheet in enumerate(sheets):
        if place:
            yield ""
        yield from _block(sheet, today, leave_on)


def _block(sheet: MembershipSheet, today: date, leave_on: date | None) -> Iterator[str]:
    held, value, found = sheet.shown, sheet.value, sheet.leaving
    membership, due, renewal = held.membership, sheet.next_due, held.renewal
    yield f"{held.practice}{' (ended)' if held.is_over else ''}"
    yield _line("Yearly price", held.yearly)
    yield _line(f"Paid of {dollars(held.year.scheduled)} this year", held.year.paid)
    for words, cents in (
        ("Each visit", value.per_visit),
        ("Each hour", value.per_hour),
        ("Each contact", value.per_contact),
    ):
        if cents is not None:
            yield _line(words, cents)
    yield _line("Care it took the place of", value.received)
    if due is not None:
        late = ", overdue" if due.due_on < today else ""
        yield f"Next fee: {dollars(due.fee.amount)} on {day_text(due.due_on)}{late}."
    if renewal is not None and membership.auto_renews:
        yield f"Renews on {day_text(renewal.renews_on)}; give notice by {day_text(renewal.notice_by)}."
    elif renewal is not None:
        yield f"Ends on {day_text(renewal.term_ends_on)}; it does not renew by itself."
    if sheet.offer is not None and sheet.offer.interest:
        yield f"Paying in parts is like borrowing at {percent(sheet.offer.interest)} a year."
    if sheet.owed is None and not held.is_over and _begins_later(found, leave_on):
        yield f"It begins on {day_text(membership.begins_on)}; ask for a later day to leave it."
    elif sheet.owed is not None or not held.is_over:
        yield from _leaving_lines(found, sheet.owed)
    used = [item for item in sheet.uses if item.used or item.service.per_year is not None]
    for item in used:
        yield f"  {fit(item.service.name, _NAME)} {item.why}"


def _leaving_lines(found: Leaving, owed: Owed | None) -> Iterator[str]:
    if owed is not None:
        yield f"Left on {day_text(owed.left_on)}: {dollars(owed.left)} is still owed to you."
    elif found.refund is None:
        yield f"Leaving on {day_text(found.on)}: the agreement's refund rule is not entered."
    else:
        yield (
            f"Leaving on {day_text(found.on)} brings back {dollars(found.refund.refund)}; "
            f"notice by {day_text(found.notice_by)}."
        )
        if found.unrecorded:
            yield f"  {dollars(found.unrecorded)} of fees that were due is not recorded, so not counted."


def _line(words: str, cents: Cents) -> str:
    return f"  {fit(words, _NAME)} {at_right(dollars(cents), _FIGURE)}"
