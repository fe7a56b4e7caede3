"""What a letter says is wrong: the findings that its reader can put right, in the member's own voice.

Findings speak to the member (*you owe*); a letter is written by the member (*I owe*).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from tracker.domain.claims.about import About
from tracker.domain.claims.findings.finding import Finding, Whom
from tracker.domain.claims.letter_fields import inert
from tracker.domain.claims.letters import LetterKind
from tracker.facts import FindingNote, FindingState

MOST = 3
"""A letter about more is read by nobody; the first are the gravest."""

_SETTLED = (FindingState.DISMISSED, FindingState.RECOVERED)
_TO_PROVIDER = (Whom.PROVIDER, Whom.PRACTICE)
_READERS = {
    LetterKind.ITEMIZED_BILL: _TO_PROVIDER,
    LetterKind.BILLING_CORRECTION: _TO_PROVIDER,
    LetterKind.REFUND: _TO_PROVIDER,
    LetterKind.CLAIM_INQUIRY: (Whom.INSURER,),
    LetterKind.INTERNAL_APPEAL: (Whom.INSURER,),
    LetterKind.EXTERNAL_REVIEW: (Whom.INSURER,),
}


def open_findings(
    about: About, findings: Iterable[Finding], notes: Mapping[str, FindingNote]
) -> tuple[Finding, ...]:
    """Those about these papers that are not settled; where some were put to the case, only those."""
    ids = [
        {fact.id for fact in facts if fact.id is not None}
        for facts in (about.claims, about.bills, about.visits)
    ]
    found = tuple(
        finding
        for finding in findings
        if (finding.claim_id in ids[0] or finding.bill_id in ids[1] or finding.visit_id in ids[2])
        and (finding.key not in notes or notes[finding.key].state not in _SETTLED)
    )
    case_id = about.case.id if about.case else None
    of_case = tuple(
        finding
        for finding in found
        if case_id is not None and finding.key in notes and notes[finding.key].case_id == case_id
    )
    return of_case or found


def said_in(kind: LetterKind, about: About, findings: Sequence[Finding]) -> str:
    """The sentences for one letter; empty where its reader can put nothing right."""
    readers = _READERS.get(kind, ())
    for_reader = [finding for finding in findings if finding.whom in readers]
    said = dict.fromkeys(inert(finding.what) for finding in for_reader[:MOST])
    return " ".join(first_person(sentence, _names(about)) for sentence in said)


_MINE = (
    (re.compile(r"\b([Yy])ou are\b"), {"Y": "I am", "y": "I am"}),
    (re.compile(r"\b([Yy])ou were\b"), {"Y": "I was", "y": "I was"}),
    (re.compile(r"\b([Yy])ours\b"), {"Y": "Mine", "y": "mine"}),
    (re.compile(r"\b([Yy])our\b"), {"Y": "My", "y": "my"}),
)
_ME = re.compile(r"\b(asks|costs|for|from|leave|leaves|of|to|with) you\b")
_I = re.compile(r"\b[Yy]ou\b")


def first_person(text: str, names: Iterable[str] = ()) -> str:
    """A sentence to the member as the member says it: `you owe` is `I owe`. Names stay as they are."""
    kept = [re.escape(name) for name in sorted(names, key=len, reverse=True) if _has_you(name)]
    if not kept:
        return _turned(text)
    pieces = re.split(f"({'|'.join(kept)})", text)
    return "".join(piece if place % 2 else _turned(piece) for place, piece in enumerate(pieces))


def _turned(text: str) -> str:
    for pattern, words in _MINE:
        text = pattern.sub(lambda found, words=words: words[found[1]], text)  # type: ignore[misc]
    return _I.sub("I", _ME.sub(r"\1 me", text))


def _has_you(name: str) -> bool:
    return bool(re.search(r"\byou", name, re.IGNORECASE))


def _names(about: About) -> set[str]:
    """Everything a person typed that a finding may repeat."""
    lines = [line.description for claim in about.claims for line in claim.lines]
    for bill in about.bills:
        lines += [line.description for statement in bill.statements for line in statement.lines]
    lines += [order.text for visit in about.visits for order in visit.orders]
    lines += [fact.description for fact in about.claims]
    lines += [fact.description for fact in about.bills]
    lines += [fact.description for fact in about.visits]
    lines += [provider.name for provider in about.providers.values()]
    lines += [person.name for person in about.people]
    lines += [about.plan.name] if about.plan else []
    return {inert(text) for text in lines}
