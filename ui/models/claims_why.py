"""Why a row says what it says: verdict, the plan's own arithmetic, and the reason codes in words."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.claims.care_row import CareRow
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.reason_codes import OWING_RULE, CodeTable, Decoded, decode
from tracker.domain.coverage.sentences import explain_claim
from tracker.facts import Claim

ESTIMATE_ONLY = "Estimate, not a determination. Your plan document and your administrator decide."


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences under a heading."""

    heading: str
    sentences: tuple[str, ...]


def why_parts(papers: Papers, row: CareRow, codes: CodeTable) -> tuple[Part, ...]:
    """All parts that have something to say."""
    parts = [Part("The check", row.check.why)]
    for bill, found in zip(row.bills, row.verdicts, strict=True):
        name = f"Bill {bill.account_number}".strip() if len(row.bills) > 1 else "The bill"
        parts.append(Part(name, found.why))
    parts += [Part(finding.title, (finding.what, finding.first)) for finding in row.findings]
    parts += _by_the_plan(papers, row)
    if row.claim is not None:
        parts += _codes(row.claim, codes)
    seen: set[tuple[str, ...]] = set()
    found_parts = []
    for part in parts:
        said = tuple(sentence for sentence in part.sentences if sentence)
        if said and said not in seen:
            seen.add(said)
            found_parts.append(Part(part.heading, said))
    return tuple(found_parts)


def decoded(text: str, codes: CodeTable) -> tuple[str, ...]:
    """Each code of a text in a sentence or two."""
    return tuple(_in_words(one) for one in decode(text, codes))


def _by_the_plan(papers: Papers, row: CareRow) -> list[Part]:
    expected = row.expected
    if expected is None:
        return []
    if expected.result is None:
        return [Part("By your plan's terms", (expected.why_not,))]
    year = papers.year_of(expected.claim)
    if year is None:
        return []
    lines = explain_claim(year.terms, expected.result, papers.categories)
    if len(lines) == 1:
        return [Part("By your plan's terms", tuple(lines[0]))]
    names = [line.description or line.code for line in expected.claim.lines]
    return [
        Part(
            f"By your plan's terms, line {place + 1}: {names[place] if place < len(names) else ''}",
            tuple(said),
        )
        for place, said in enumerate(lines)
    ]


def _codes(claim: Claim, codes: CodeTable) -> list[Part]:
    texts = " ; ".join(text for text in (claim.reasons, *(line.reasons for line in claim.lines)) if text)
    found = decoded(texts, codes)
    return [Part("Reason codes", (*found, OWING_RULE))] if found else []


def _in_words(one: Decoded) -> str:
    said = f"{one.code}: {one.words}" if one.code not in one.words else one.words
    said = said if said.endswith((".", "?")) else f"{said}."
    first = f" {one.first[:1].upper()}{one.first[1:]}" if one.first else ""
    return f"{said}{first}" + ("" if not first or first.endswith(".") else ".")
