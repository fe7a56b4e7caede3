"""D6: in-network or protected care processed as out of network (rulebook 1.8, 1.10, 3.6)."""

from __future__ import annotations

from tracker.dates import day_text
from tracker.domain.claims.findings.finding import Detector, Findings, Severity, Whom
from tracker.domain.claims.findings.reading import (
    TOLERANCE,
    Reason,
    all_codes,
    is_protected,
    parts_of,
    reasons_in,
)
from tracker.domain.claims.findings.views import AboutClaim
from tracker.domain.claims.verdict import eob_owes
from tracker.facts import Claim, Network, Stands
from tracker.money import Cents, dollars

NOT_IN_NETWORK = frozenset({"242", "279"})
"""Denied or reduced for want of a network provider."""

_BALANCE = frozenset({Reason("PR", "45"), Reason("PR", "242")})


class WrongNetwork(Detector):
    """D6: the EOB says out of network while our check of that day says in, or protected care leaves a
    balance to the member.

    What is at stake is what the EOB leaves to the member less what the engine gives in network.
    """

    id = "D6"
    name = "Processed out of network"
    severity = Severity.HIGH
    whom = Whom.INSURER
    first = "Call the insurer with the network check and ask to process the claim in network."

    def of_claim(self, view: AboutClaim) -> Findings:
        claim = view.claim
        if is_protected(claim):
            yield from self._protected(view)
            return
        check = view.check
        codes = all_codes(claim) & NOT_IN_NETWORK
        if check is None or check.stands is not Stands.IN:
            return
        if claim.network is not Network.OUT and not codes and not _balances(claim):
            return
        said, fair = eob_owes(claim), view.in_network
        how = "out of network" if claim.network is Network.OUT or codes else "with a balance for you"
        words = (
            f"Your check of {day_text(check.checked_on)} says that {view.who} is in network; the EOB "
            f"processed it {how}."
        )
        if said is not None and fair is not None:
            words += f" You owe {dollars(said)} by the EOB and {dollars(fair)} in network."
        yield self.in_claim(view, words, stated=said, expected=fair)

    def _protected(self, view: AboutClaim) -> Findings:
        claim = view.claim
        balance: Cents = claim.may_bill or 0
        if not balance and not _balances(claim) and "242" not in all_codes(claim):
            return
        said, fair = eob_owes(claim), view.in_network
        if said is not None and fair is not None and said <= fair + TOLERANCE:
            return
        words = f"The No Surprises Act protects this care, so {view.who} may not bill beyond your share."
        if said is not None and fair is None and balance:
            fair = said - balance
        if said is not None and fair is not None:
            words += f" The EOB leaves you {dollars(said)}; your in-network share is {dollars(fair)}."
        yield self.in_claim(view, words, stated=said, expected=fair)


def _balances(claim: Claim) -> bool:
    """Whether what exceeds the allowed amount is put on the member, by the codes of the EOB."""
    if reasons_in(claim.reasons) & _BALANCE:
        return True
    return any(part.reasons & _BALANCE for part in parts_of(claim))


def worth_asking(claim: Claim) -> bool:
    """Whether an EOB could be D6, so that its share in network needs to be known."""
    return (
        claim.network is Network.OUT
        or is_protected(claim)
        or bool(all_codes(claim) & NOT_IN_NETWORK)
        or _balances(claim)
    )
