"""EOB amounts that the plan's terms do not give: D7 deductible, D10 shares, D11 the maximum."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tracker.domain.claims.findings.finding import Detector, Findings, Severity, Whom
from tracker.domain.claims.findings.reading import (
    TOLERANCE,
    Part,
    is_preventive,
    owed,
    parts_of,
    several_plans,
    share,
)
from tracker.domain.claims.findings.views import AboutClaim
from tracker.domain.coverage.results import LineResult, Outcome
from tracker.facts import Claim, CopayOrder, EobLine
from tracker.money import Cents, dollars, percent_of


class DeductibleMet(Detector):
    """D7: the EOB takes more for the deductible than was left of it before this claim."""

    id = "D7"
    name = "Deductible charged though met"
    severity = Severity.HIGH
    whom = Whom.INSURER
    first = "Call the insurer and ask to process the claim again with your deductible as it stood."

    def of_claim(self, view: AboutClaim) -> Findings:
        claim, left = view.claim, view.before.deductible
        taken = claim.deductible
        if taken is None and claim.lines:
            taken = sum(line.deductible or 0 for line in claim.lines)
        if not taken or left is None or several_plans(claim):
            return
        if view.expected and view.expected.by_line and view.expected.result:
            # Lines of other rules may have a deductible of their own.
            left = max(left, sum(line.deductible for line in view.expected.result.lines))
        if taken <= left + TOLERANCE:
            return
        said, fair = owed(claim), view.expected.owes if view.expected else None
        words = f"The EOB takes {dollars(taken)} for your deductible; only {dollars(left)} of it was left."
        if left == 0:
            words = f"The EOB takes {dollars(taken)} for your deductible, which was met before."
        if said is None or fair is None or said <= fair:
            yield self.in_claim(view, words, stated=taken, expected=left)
            return
        words += f" By your plan you owe {dollars(fair)}, not {dollars(said)}."
        yield self.in_claim(view, words, stated=said, expected=fair)


class MaximumExceeded(Detector):
    """D11: the member's share goes beyond what was left of the out-of-pocket maximum."""

    id = "D11"
    name = "More than your out-of-pocket maximum"
    severity = Severity.HIGH
    whom = Whom.INSURER
    first = "Call the insurer and ask how much of your out-of-pocket maximum was used before this claim."

    def of_claim(self, view: AboutClaim) -> Findings:
        claim, left = view.claim, view.before.oop_max
        if left is None or several_plans(claim):
            return
        if any(share(line) is not None for line in claim.lines):  # only what counts toward the maximum
            parts = [
                (line.deductible or 0) + (line.copay or 0) + (line.coinsurance or 0)
                for line, rule in zip(claim.lines, view.rules, strict=True)
                if rule is not None and rule.oop_max is not None
            ]
            said = sum(parts)
        else:
            said = share(claim) or 0
        if said <= left + TOLERANCE:
            return
        yield self.in_claim(
            view,
            f"The EOB leaves you a share of {dollars(said)}; your out-of-pocket maximum had "
            f"{dollars(left)} left before it.",
            stated=said,
            expected=left,
        )


class Off(NamedTuple):
    """A part of an EOB whose copay or coinsurance is not what the rule gives."""

    part: Part
    copay: Cents
    coinsurance: Cents
    fair_copay: Cents
    fair_coinsurance: Cents

    @property
    def stated(self) -> Cents:
        return self.copay + self.coinsurance

    @property
    def fair(self) -> Cents:
        return self.fair_copay + self.fair_coinsurance


def off_the_rule(view: AboutClaim) -> Iterator[Off]:
    """Every part of an EOB whose copay or coinsurance differs from the plan's rule by more than a cent.

    The deductible is taken as the EOB has it (D7 looks at that). Totals alone may hold several
    services, so they are judged only where they name no kind of share that the rule does not know.
    """
    expected = view.expected
    if expected is None or expected.result is None or several_plans(view.claim):
        return
    if expected.by_line:
        items: list[Claim | EobLine] = list(view.claim.lines)
    else:
        items = [view.claim]
    parts = list(parts_of(view.claim))
    for place, (item, line) in enumerate(zip(items, expected.result.lines, strict=True)):
        if line.rule is None or line.outcome is not Outcome.COVERED or not item.allowed:
            continue
        if share(item) is None or (not expected.by_line and _is_mixed(view.claim, line)):
            continue
        taken, cut = _taken(line), line.cost_share
        copay, coinsurance = item.copay or 0, item.coinsurance or 0
        fair_copay, fair_coinsurance = _fair(item.deductible or 0, item.allowed, line)
        if abs(copay - fair_copay) <= TOLERANCE and abs(coinsurance - fair_coinsurance) <= TOLERANCE:
            continue
        if taken > cut:  # only the maximum makes a difference, and D11 looks at that
            full_copay, full_coinsurance = line.trace.copay_taken, line.trace.coinsurance_taken
            if abs(copay - full_copay) <= TOLERANCE and abs(coinsurance - full_coinsurance) <= TOLERANCE:
                continue
        part = parts[place] if expected.by_line else parts[0]._replace(category=line.category)
        yield Off(part, copay, coinsurance, fair_copay, fair_coinsurance)


def _taken(line: LineResult) -> Cents:
    return line.trace.deductible_taken + line.trace.copay_taken + line.trace.coinsurance_taken


def _is_mixed(claim: Claim, line: LineResult) -> bool:
    """Whether totals hold a kind of share that the rule of their service does not know."""
    rule = line.rule
    if rule is None or len(claim.lines) == 1:
        return rule is None
    return bool(
        (claim.copay and not rule.copay)
        or (claim.coinsurance and not rule.coinsurance)
        or (claim.deductible and not rule.deductible)
    )


def _fair(deductible: Cents, allowed: Cents, line: LineResult) -> tuple[Cents, Cents]:
    """Copay and coinsurance by the rule, the deductible as the EOB has it."""
    if abs(deductible - line.deductible) <= TOLERANCE:
        return line.copay, line.coinsurance
    rule = line.rule
    assert rule is not None
    base = allowed if rule.copay_order is CopayOrder.BEFORE else max(0, allowed - deductible)
    copay = min(line.trace.copay_available, base)
    rest = max(0, allowed - deductible - copay)
    coinsurance = 0
    if rule.coinsurance:
        most = rest if rule.coinsurance_max is None else min(rest, rule.coinsurance_max)
        coinsurance = min(max(percent_of(rest, rule.coinsurance), rule.coinsurance_min), most)
    return copay, coinsurance


class NotByTheRule(Detector):
    """D10: copay or coinsurance differ from the plan's rule by more than a cent a line."""

    id = "D10"
    name = "Copay or coinsurance not as in your plan"
    severity = Severity.MEDIUM
    whom = Whom.INSURER
    first = "Compare with your plan's summary, then ask the insurer which rule it used."

    def of_claim(self, view: AboutClaim) -> Findings:
        found = [
            off
            for off in off_the_rule(view)
            if not is_preventive(off.part) and not view.is_drug(off.part.category)  # D9 and D25
        ]
        if not found:
            return
        stated, fair = sum(off.stated for off in found), sum(off.fair for off in found)
        yield self.in_claim(
            view, " ".join(_words(off, view) for off in found), stated=stated, expected=fair
        )


def _words(off: Off, view: AboutClaim) -> str:
    named = view.categories.get(off.part.category)
    what = off.part.words or (named.name if named else "The service")
    said, fair = [], []
    for name, stated, expected in (
        ("copay", off.copay, off.fair_copay),
        ("coinsurance", off.coinsurance, off.fair_coinsurance),
    ):
        if abs(stated - expected) > TOLERANCE:
            said.append(
                f"a {name} of {dollars(stated)}" if name == "copay" else f"{name} of {dollars(stated)}"
            )
            fair.append(dollars(expected))
    return f"{what}: the EOB takes {' and '.join(said)}; by your plan it is {' and '.join(fair)}."
