"""What is at stake and what came back, every dollar once (rulebook 3.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracker.domain.claims.findings.finding import Finding
from tracker.facts import Case, FindingNote, FindingState, Noun
from tracker.money import Cents


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over all findings, in cents. `open` counts those that are neither dismissed nor recovered."""

    at_stake: Cents = 0
    recovered: Cents = 0
    open: int = 0


_Node = tuple[str, str]


def totals(
    findings: Iterable[Finding],
    notes: Mapping[str, FindingNote] | None = None,
    cases: Iterable[Case] = (),
) -> Totals:
    """What is at stake in findings that are open, and what was recovered by the notes on them.

    Findings on the same EOB or the same bill often mean the same dollars: of those the largest counts.
    A bill and its EOBs count once too, as the larger of what is wrong with the bill and with the EOBs
    together. Dismissed ones count nothing. A recovered one counts with the amount of its note (without
    one, with what was at stake), also once the finding itself is gone; where a case pursued it, the
    case says what came back. A finding that only asks something counts nothing.
    """
    said = notes or {}
    every = list(findings)
    found = {finding.key: finding for finding in every}
    joined = _Joined()
    for finding in every:
        nodes = _nodes(finding)
        for node in nodes[1:]:
            joined.join(nodes[0], node)
    at_stake: list[tuple[_Node, Cents]] = []
    is_open = 0
    for finding in every:
        note = said.get(finding.key)
        if note is None or note.state not in (FindingState.DISMISSED, FindingState.RECOVERED):
            is_open += 1
            if not finding.is_question:
                at_stake.append((_nodes(finding)[0], finding.at_stake))
    by_case = {case.id: case.recovered for case in cases if case.recovered is not None}
    pursued = by_case.keys() - {None}
    back: list[tuple[_Node, Cents]] = []
    for key, note in said.items():
        if note.state is not FindingState.RECOVERED or note.case_id in pursued:
            continue
        known = found.get(key)
        cents = note.amount if note.amount is not None else known.at_stake if known else 0
        back.append((_nodes(known)[0] if known else _node_of(key), cents))
    recovered = _once(back, joined) + sum(by_case.values())
    return Totals(_once(at_stake, joined), recovered, is_open)


def _once(amounts: Iterable[tuple[_Node, Cents]], joined: _Joined) -> Cents:
    """The largest amount of each EOB and bill; of a bill and its EOBs the larger side."""
    most: dict[_Node, Cents] = defaultdict(int)
    for node, cents in amounts:
        most[node] = max(most[node], cents)
    sides: dict[_Node, dict[str, Cents]] = defaultdict(lambda: defaultdict(int))
    for node, cents in most.items():
        sides[joined.root(node)][node[0]] += cents
    return sum(max(by_kind.values()) for by_kind in sides.values())


def _nodes(finding: Finding) -> list[_Node]:
    """What a finding's dollars hang on, its own subject first; then the EOBs that a bill stands for."""
    found: list[_Node] = []
    if finding.bill_id is not None:
        found.append(("bill", str(finding.bill_id)))
        found += [("claim", str(one.noun_id)) for one in finding.evidence if one.noun is Noun.CLAIM]
    if finding.claim_id is not None:
        found.append(("claim", str(finding.claim_id)))
    return found or [_node_of(finding.key)]


def _node_of(key: str) -> _Node:
    """What a finding is about, from its key: `D1:bill:5` is about bill 5."""
    parts = key.split(":")
    if len(parts) > 2 and parts[1] in ("claim", "bill", "visit"):
        return parts[1], parts[2]
    return "other", key


class _Joined:
    """Which subjects mean the same dollars."""

    def __init__(self) -> None:
        self._to: dict[_Node, _Node] = {}

    def root(self, node: _Node) -> _Node:
        while (above := self._to.get(node, node)) != node:
            node = above
        return node

    def join(self, one: _Node, other: _Node) -> None:
        left, right = self.root(one), self.root(other)
        if left != right:
            self._to[max(left, right)] = min(left, right)
