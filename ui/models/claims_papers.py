"""The papers of one row of Claims in words: versions, statements, payments, why they belong together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.dates import day_text
from tracker.domain.claims.care_row import CareRow
from tracker.domain.claims.matching import How, Match
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.side_by_side import version_day, what_changed
from tracker.facts import Authorized, Bill, Call, Case, CaseKind, Claim, ClaimLink, Network, Noun, Visit
from tracker.money import dollars
from tracker.wording import count_of


class Does(StrEnum):
    """What an act of a paper does."""

    OPEN = "open"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done with a paper: open the noun of an id, or say how two belong together."""

    words: str
    does: Does
    noun: Noun = Noun.CLAIM
    noun_id: int = 0
    link: ClaimLink | None = None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper under the heading of its section; `detail` is quieter."""

    section: str
    words: str
    detail: str = ""
    acts: tuple[Act, ...] = ()


def paper_lines(papers: Papers, row: CareRow) -> tuple[PaperLine, ...]:
    """Everything that belongs to a row, and what may belong to it."""
    found: list[PaperLine] = list(_proposals(papers, row))
    if row.claim is not None:
        found += _versions(papers, row.claim)
    for bill in row.bills:
        found += _bill(papers, row, bill)
    for visit in row.visits:
        found.append(_visit(papers, row, visit))
    found += [_call(call) for call in _calls(papers, row)]
    found += [_case(case) for case in _cases(papers, row)]
    return tuple(found)


def facts_of(papers: Papers, row: CareRow) -> list[str]:
    """The quiet line under a row's title: codes, claim number, authorization, network."""
    found = [f"CPT {code}" if code.isdecimal() else code for code in codes_of(row)[:4]]
    claim = row.claim
    if claim is not None and claim.claim_number:
        found.append(f"claim {claim.claim_number}")
    number = authorization_for(papers, row)
    if number:
        found.append(number)
    if claim is not None:
        inside = claim.network is Network.IN
        found.append("in network" if inside else "out of network")
        if claim.protected:
            found.append("protected from surprise billing")
    if len({person.id for person in papers.people}) > 1 and row.person:
        found.append(f"for {row.person}")
    return found


def codes_of(row: CareRow) -> list[str]:
    """The procedure codes of a row's papers, each once."""
    lines = [line.code for line in row.claim.lines] if row.claim else []
    lines += [line.code for bill in row.bills for paper in bill.statements for line in paper.lines]
    return list(dict.fromkeys(code.strip().upper() for code in lines if code.strip()))


def authorization_for(papers: Papers, row: CareRow) -> str:
    """`prior authorization A-55120 on file`, where one is about this care; empty where none is."""
    codes = set(codes_of(row))
    names = {row.claim.id if row.claim else 0} - {0}
    for case in papers.cases:
        held = case.authorization
        if held is None or held.stands not in (Authorized.APPROVED, Authorized.PARTIALLY):
            continue
        tied = case.claim_id is not None and case.claim_id in names
        begins, ends = held.valid_from, held.valid_to
        in_time = (begins is None or begins <= row.service_on) and (ends is None or row.service_on <= ends)
        same = bool(codes & set(held.codes.upper().split())) and case.person_id == row.person_id
        if tied or (same and in_time):
            kind = "referral" if case.kind is CaseKind.REFERRAL else "prior authorization"
            return f"{kind} {held.number} on file".replace("  ", " ")
    return ""


def _versions(papers: Papers, claim: Claim) -> Iterator[PaperLine]:
    chain = papers.versions_of(claim)
    for place, version in enumerate(chain):
        day = version_day(version)
        words = f"EOB of {day_text(day)}" if day else "EOB"
        if version.stage not in ("processed", "denied"):
            sent = version.submitted_on
            words = f"Claim sent {day_text(sent)}" if sent else "Claim, not decided"
        if version.version == "void":
            words += ", taken back"
        elif len(chain) > 1 and version.id != claim.id:
            words += ", replaced"
        said = "" if version.you_owe is None else f"You owe {dollars(version.you_owe)}."
        if place:
            said = " ".join((said, *what_changed(chain[place - 1], version))).strip()
        if version.appeal_by:
            said = f"{said} Appeal by {day_text(version.appeal_by)}.".strip()
        yield PaperLine("EOB", words, said, (_open(Noun.CLAIM, version.id),))


def _bill(papers: Papers, row: CareRow, bill: Bill) -> Iterator[PaperLine]:
    acts = [_open(Noun.BILL, bill.id)]
    why = ""
    match = _match(papers.matches.bills, row, bill.id) if row.claim else None
    if match is not None:
        acts.append(_link("Unlink", ClaimLink(claim_id=match.claim_id, bill_id=bill.id, linked=False)))
        why = why_linked(match, "the EOB and this bill")
    others = len(papers.matches.claims_of_bill(bill.id or 0)) - 1
    if others > 0:
        why += f" The bill is also about {count_of(others, 'other EOB')}."
    account = f" {bill.account_number}" if bill.account_number else ""
    for statement in sorted(bill.statements, key=lambda item: item.stated_on, reverse=True):
        newest = statement is bill.newest
        words = f"{'Bill' if newest else 'Earlier statement'}{account} of {day_text(statement.stated_on)}"
        said = f"Asks {dollars(statement.amount)}."
        if statement.due_on:
            said += f" Due {day_text(statement.due_on)}."
        if statement.threatens:
            said += " It threatens collection."
        if newest and bill.hold_requested_on:
            said += f" You asked to wait on {day_text(bill.hold_requested_on)}."
        detail = f"{said} {why}".strip() if newest else said
        yield PaperLine("Bill", words, detail, tuple(acts) if newest else ())
    for payment, amount in papers.paid_on(bill):
        verb = "Paid" if amount >= 0 else "Came back"
        words = f"{verb} {dollars(abs(amount))} on {day_text(payment.paid_on)}"
        yield PaperLine("Payments", words, payment.note, (_open(Noun.PAYMENT, payment.id),))


def _visit(papers: Papers, row: CareRow, visit: Visit) -> PaperLine:
    acts = [_open(Noun.VISIT, visit.id)]
    why = ""
    match = _match(papers.matches.visits, row, visit.id) if row.claim else None
    if match is not None:
        acts.append(_link("Unlink", ClaimLink(claim_id=match.claim_id, visit_id=visit.id, linked=False)))
        why = why_linked(match, "the EOB and this visit")
    where = papers.provider_name(visit.provider_id)
    words = f"Visit of {day_text(visit.visited_on)}, {where}"
    ordered = ", ".join(line.text for line in visit.orders)
    said = f"Ordered: {ordered}. " if ordered else ""
    return PaperLine("Visit", words, f"{said}{why}".strip(), tuple(acts))


def why_linked(match: Match, which: str) -> str:
    """Why two papers are taken to belong together, with the points where they were counted."""
    if match.how is How.HAND:
        return f"You linked {which}."
    reasons = ", ".join(match.score.why)
    return f"Linked by {match.score.points} points: {reasons}."


def _proposals(papers: Papers, row: CareRow) -> Iterator[PaperLine]:
    """Papers that perhaps belong here, with what speaks for it."""
    claim_id = row.claim.id if row.claim else None
    bills = {bill.id for bill in row.bills} if claim_id is None else set()
    visits = {visit.id for visit in row.visits} if claim_id is None else set()
    for match in papers.matches.proposed_bills:
        if match.claim_id == claim_id or match.other_id in bills:
            bill, claim = papers.bill_by_id[match.other_id], papers.claim_by_id[match.claim_id]
            link = ClaimLink(claim_id=match.claim_id, bill_id=match.other_id)
            if claim_id is not None:
                day = day_text(bill.service_from)
                words = f"Bill of {papers.provider_name(bill.provider_id)}, {day}, {dollars(bill.asks)}"
                yield _proposal(match, words, link, _open(Noun.BILL, bill.id))
            else:
                yield _proposal(match, _named(papers, claim), link, _open(Noun.CLAIM, claim.id))
    for match in papers.matches.proposed_visits:
        if match.claim_id == claim_id or match.other_id in visits:
            visit, claim = papers.visit_by_id[match.other_id], papers.claim_by_id[match.claim_id]
            link = ClaimLink(claim_id=match.claim_id, visit_id=match.other_id)
            if claim_id is not None:
                day = day_text(visit.visited_on)
                words = f"Visit of {day}, {papers.provider_name(visit.provider_id)}"
                yield _proposal(match, words, link, _open(Noun.VISIT, visit.id))
            else:
                yield _proposal(match, _named(papers, claim), link, _open(Noun.CLAIM, claim.id))


def _named(papers: Papers, claim: Claim) -> str:
    return f"EOB of {papers.provider_name(claim.provider_id)}, {day_text(claim.service_from)}"


def _proposal(match: Match, words: str, link: ClaimLink, open_it: Act) -> PaperLine:
    refused = ClaimLink(claim_id=link.claim_id, bill_id=link.bill_id, visit_id=link.visit_id, linked=False)
    said = f"{match.score.points} points: {', '.join(match.score.why)}."
    acts = (_link("It belongs here", link), _link("It does not", refused), open_it)
    return PaperLine("Perhaps belongs here", words, said, acts)


def _calls(papers: Papers, row: CareRow) -> list[Call]:
    claim_id = row.claim.id if row.claim else None
    bills, visits = {bill.id for bill in row.bills}, {visit.id for visit in row.visits}
    case_id = row.case.id if row.case else None
    return [
        call
        for call in papers.calls
        if (claim_id is not None and call.claim_id == claim_id)
        or (call.bill_id is not None and call.bill_id in bills)
        or (call.visit_id is not None and call.visit_id in visits)
        or (case_id is not None and call.case_id == case_id)
    ]


def _call(call: Call) -> PaperLine:
    words = f"Call of {day_text(call.called_on)}"
    if call.spoke_with:
        words += f" with {call.spoke_with}"
    parts = (
        call.said,
        f"Reference {call.reference}." if call.reference else "",
        f"Promised: {call.promise}." if call.promise else "",
        f"Check on {day_text(call.check_on)}." if call.check_on and not call.checked else "",
    )
    return PaperLine("Calls", words, " ".join(part for part in parts if part), (_open(Noun.CALL, call.id),))


def _cases(papers: Papers, row: CareRow) -> list[Case]:
    """Everything that is or was pursued about these papers, but the dispute shown beside them."""
    claim_id = row.claim.id if row.claim else None
    bills, visits = {bill.id for bill in row.bills}, {visit.id for visit in row.visits}
    shown = row.case.id if row.case else None
    return [
        case
        for case in papers.cases
        if case.id != shown
        and (
            (claim_id is not None and case.claim_id == claim_id)
            or (case.bill_id is not None and case.bill_id in bills)
            or (case.visit_id is not None and case.visit_id in visits)
        )
    ]


def _case(case: Case) -> PaperLine:
    closed = f"Closed {day_text(case.closed_on)}." if case.closed_on else f"{case.turn.words}."
    return PaperLine("Cases", case.title, closed, (_open(Noun.CASE, case.id),))


def _match(matches: Sequence[Match], row: CareRow, other_id: int | None) -> Match | None:
    claim_id = row.claim.id if row.claim else None
    return next((m for m in matches if m.claim_id == claim_id and m.other_id == other_id), None)


def _open(noun: Noun, noun_id: int | None) -> Act:
    return Act("Open", Does.OPEN, noun, noun_id or 0)


def _link(words: str, link: ClaimLink) -> Act:
    return Act(words, Does.LINK, link=link)
