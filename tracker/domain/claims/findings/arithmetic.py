"""D13: an EOB whose own figures do not add up (rulebook 3.2)."""

from __future__ import annotations

from typing import NamedTuple

from tracker.domain.claims.findings.finding import Detector, Findings, Severity, Whom
from tracker.domain.claims.findings.reading import TOLERANCE, all_codes, is_protected, share
from tracker.domain.claims.findings.views import AboutClaim
from tracker.domain.coverage.eob import gap
from tracker.facts import Claim, EobLine, Network
from tracker.money import Cents, dollars

SEQUESTRATION = "253"
"""A federal cut of Medicare's payment, a part of the allowed amount that no figure of the EOB names."""

_SUMMED = ("billed", "allowed", "plan_paid", "deductible", "copay", "coinsurance", "not_covered", "you_owe")


class _Miss(NamedTuple):
    """A figure, what its parts add to, the sentence, and whether the figure is what you owe."""

    stated: Cents
    adds_to: Cents
    words: str
    is_owed: bool = False


class DoesNotAddUp(Detector):
    """D13: totals, lines, or lines against totals miss each other by more than a cent a line."""

    id = "D13"
    name = "The EOB does not add up"
    severity = Severity.LOW
    whom = Whom.ME
    first = "Compare each figure with the paper first; then ask the insurer to explain the EOB."

    def of_claim(self, view: AboutClaim) -> Findings:
        claim = view.claim
        if SEQUESTRATION in all_codes(claim):
            return
        protected = is_protected(claim)
        found = [_whole(claim, protected)]
        found += [_line(claim, line, place, protected) for place, line in enumerate(claim.lines, start=1)]
        found.append(_lines_against_totals(claim))
        misses = [miss for miss in found if miss is not None]
        if misses:
            # Only where you owe more than the parts do money hangs on it.
            worst = max(misses, key=lambda miss: (miss.is_owed, miss.stated - miss.adds_to))
            yield self.in_claim(
                view,
                " ".join(miss.words for miss in misses),
                stated=worst.stated,
                expected=worst.adds_to,
                at_stake=worst.stated - worst.adds_to if worst.is_owed else 0,
            )


def _whole(claim: Claim, protected: bool) -> _Miss | None:
    found = gap(claim)
    if found is None:
        return None
    is_owed = found.words.startswith("You owe")
    if not is_owed and protected and not found.words.startswith("It allows"):
        return None
    stated = (claim.you_owe if is_owed else claim.allowed) or 0
    return _Miss(stated, stated - found.amount, found.words, is_owed)


def _line(claim: Claim, line: EobLine, place: int, protected: bool) -> _Miss | None:
    """The first sum of a line that does not close; lines with a figure missing are not judged."""
    mine = share(line)
    if mine is None or claim.other_paid or claim.penalty:  # those belong to no single line
        return None
    uncovered = line.not_covered or 0
    if line.allowed is not None and line.plan_paid is not None and not protected:
        sums = line.plan_paid + mine
        if all(abs(line.allowed - sums - more) > TOLERANCE for more in (0, uncovered)):
            return _Miss(
                line.allowed,
                sums,
                f"Line {place}: allowed is {dollars(line.allowed)}; plan paid and your share add to "
                f"{dollars(sums)}.",
            )
    if line.you_owe is None:
        return None
    sums, excess = mine + uncovered, 0
    if claim.network is Network.OUT and not protected:
        excess = (line.billed or 0) - (line.allowed or 0)
    if all(abs(line.you_owe - sums - more) > TOLERANCE for more in (0, excess)):
        return _Miss(
            line.you_owe,
            sums,
            f"Line {place}: you owe is {dollars(line.you_owe)}; its parts add to {dollars(sums)}.",
            True,
        )
    return None


def _lines_against_totals(claim: Claim) -> _Miss | None:
    """The first column whose lines do not add to its total, a cent a line apart being fine."""
    for name in _SUMMED:
        total = getattr(claim, name)
        values = [getattr(line, name) for line in claim.lines]
        if total is None or not values or any(value is None for value in values):
            continue
        if abs(sum(values) - total) > TOLERANCE * len(values):
            words = name.replace("_", " ").capitalize()
            said = f"{words} is {dollars(total)} in all; its lines add to {dollars(sum(values))}."
            return _Miss(total, sum(values), said, name == "you_owe")
    return None
