"""Dates of the papers: bills, denials to appeal, cases with their deadlines, calls, what was put off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tracker.dates import day_text
from tracker.domain.claims.attention import matters
from tracker.domain.claims.attention_item import Matter
from tracker.domain.claims.case_dates import days_of_cases, rest_of_cases
from tracker.domain.claims.cases import standings
from tracker.domain.claims.findings.finding import Finding
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.verdict import VerdictKind
from tracker.domain.dates_ahead import DateAhead
from tracker.facts import FindingState, Snooze
from tracker.money import dollars
from tracker.services.bundle import Services
from tracker.storage.queries import cases as query


def paper_dates(services: Services) -> list[DateAhead]:
    """Everything of the papers that has a day; nothing is read where there are none."""
    connection = services.ledger.read()
    snoozes = query.snoozes(connection)
    if not query.has_papers(connection):
        return list(_put_off(snoozes, {}))
    papers = services.papers.read()
    found = standings(papers)
    waiting = matters(papers, found, _open_findings(services, papers, snoozes))
    return [
        *_bills(papers),
        *_denied(waiting),
        *days_of_cases(found.values(), papers.today),
        *rest_of_cases(found.values(), papers),
        *_put_off(snoozes, {item.key: item for item in waiting}),
    ]


def case_dates(services: Services) -> list[DateAhead]:
    """The days of open cases alone, past ones with them."""
    papers = services.papers.read()
    return days_of_cases(standings(papers).values(), papers.today)


_NOTHING_DUE = (VerdictKind.SETTLED, VerdictKind.REFUND_DUE)


def _bills(papers: Papers) -> Iterator[DateAhead]:
    """What bills ask by a day. A bill keeps its entry when a new statement moves the day."""
    for bill in papers.bills:
        newest, verdict = bill.newest, papers.verdicts[bill.id or 0]
        if newest is None or newest.due_on is None or verdict.kind in _NOTHING_DUE:
            continue
        over = verdict.kind is VerdictKind.OVERBILLED
        name = papers.provider_name(bill.provider_id)
        detail = f"{verdict.words}. {verdict.why[0] if verdict.why else ''}".strip()
        if over:
            detail = (
                f"It asks {dollars(verdict.asked)}, of which {dollars(verdict.over)} is too much. "
                f"Safe to pay: {dollars(verdict.pay)}."
            )
        yield DateAhead(
            key=f"bill:{bill.id}",
            on=newest.due_on,
            what=f"Bill due: {name}" if name else "Bill due",
            detail=detail,
            amount=verdict.pay or None,
            kind="bill",
            page="claims",
            target=("bill", bill.id),
        )


def _denied(waiting: Iterable[Matter]) -> Iterator[DateAhead]:
    """Denials that nobody appeals yet: the last safe day to appeal."""
    for item in waiting:
        if item.key.startswith("denied:"):
            yield DateAhead(
                key=f"denied:{item.claim_id}",
                on=item.day,
                what=f"Last day to appeal. {item.what}",
                detail=f"180 days from the denial, or as the EOB says. Due {day_text(item.day)}.",
                amount=item.amount,
                kind="deadline",
                page="claims",
                target=("claim", item.claim_id),
            )


# what was put off --------------------------------------------------------------------------

_OTHER_LISTS = ("due:", "renewal:", "price:", "trial:", "owed:", "gap:", "plan:")
_OTHER_WORDS = {
    "due": "a payment that was due",
    "renewal": "the renewal of your membership",
    "price": "a new price of your membership",
    "trial": "the trial period of your membership",
    "owed": "a refund of your membership",
    "gap": "an EOB that does not add up",
    "plan": "the end of your plan",
}


def _put_off(snoozes: Mapping[str, Snooze], waiting: Mapping[str, Matter]) -> Iterator[DateAhead]:
    """When what was put off comes back; what is settled since does not."""
    for snooze in snoozes.values():
        item = waiting.get(snooze.key)
        if item is None and not snooze.key.startswith(_OTHER_LISTS):
            continue
        about = item.what if item else _OTHER_WORDS[snooze.key.split(":")[0]]
        reason = " ".join(snooze.reason.split())
        yield DateAhead(
            key=f"put off:{snooze.key}",
            on=snooze.until,
            what=f"Comes back: {about}",
            detail=f"You put it off: {reason}" if reason else "It needs you again from this day.",
            amount=item.amount if item else None,
            kind="put_off",
            page=_page_of(item),
            target=_target_of(item),
        )


def _page_of(item: Matter | None) -> str:
    return "overview" if item is None else "claims"


def _target_of(item: Matter | None) -> object:
    if item is None:
        return None
    nouns = (
        ("case", item.case_id),
        ("bill", item.bill_id),
        ("claim", item.claim_id),
        ("visit", item.visit_id),
    )
    return next(((noun, number) for noun, number in nouns if number is not None), None)


def _open_findings(services: Services, papers: Papers, snoozes: Mapping[str, Snooze]) -> list[Finding]:
    """The findings still to be looked at, where one of them was put off: working them out takes time."""
    if not any(key.startswith("finding:") for key in snoozes):
        return []
    return [
        decided.finding
        for decided in services.findings.all(papers)
        if decided.state in (FindingState.NEW, FindingState.ACCEPTED)
    ]
