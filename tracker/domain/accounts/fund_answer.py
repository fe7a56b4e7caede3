"""Is my fund large enough? One sentence, with the reason and what it takes (rulebook 7.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.accounts.contingency_targets import Funding, FundTarget, TargetMethod
from tracker.money import Cents, dollars

METHODS = {
    TargetMethod.EXPOSURE: "exposure and probability",
    TargetMethod.SCENARIOS: "your scenarios",
    TargetMethod.QUANTILE: "simulated years",
    TargetMethod.FULL: "full exposure",
}
"""The methods in the middle of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundAnswer:
    """`enough` is None where it cannot be said. `reason` is why, `deposits` what it takes a month."""

    enough: bool | None
    headline: str
    reason: str
    deposits: str = ""


def fund_answer(
    target: FundTarget | None,
    funding: Funding | None,
    *,
    monthly: Cents,
    asks: str = "",
    started: bool = True,
) -> FundAnswer:
    """The answer by the chosen method; `asks` says what is missing where it gives no target.

    `monthly` is what recurring deposits put in. Without a fund (`started`) it says what one would need.
    """
    if target is None:
        headline = "How much your fund has to hold cannot be said yet."
        if not started:
            headline = "You have no contingency fund yet, and how much it has to hold cannot be said."
        return FundAnswer(enough=None, headline=headline, reason=asks)
    reason = f"By {METHODS[target.method]}: {' '.join(target.why)}"
    if not started:
        headline = f"You have no contingency fund yet; it would have to hold {dollars(target.amount)}."
        return FundAnswer(enough=False, headline=headline, reason=reason)
    assert funding is not None
    if not funding.missing:
        return FundAnswer(
            enough=True,
            headline=f"Yes: your fund holds {dollars(funding.balance)} and has to hold "
            f"{dollars(funding.target)}.",
            reason=reason,
        )
    return FundAnswer(
        enough=False,
        headline=f"Not yet: your fund holds {dollars(funding.balance)} and has to hold "
        f"{dollars(funding.target)}, so {dollars(funding.missing)} is missing.",
        reason=reason,
        deposits=deposit_words(funding, monthly),
    )


def deposit_words(funding: Funding, monthly: Cents) -> str:
    """Whether what goes in every month is enough to reach the target in time; empty where it is there."""
    if not funding.missing:
        return ""
    months = "1 month" if len(funding.deposits) == 1 else f"{len(funding.deposits)} months"
    takes = f"It takes {dollars(funding.monthly)} a month for {months}"
    if not monthly:
        return f"{takes}; nothing goes in every month yet."
    if monthly < funding.monthly:
        return f"{takes}; {dollars(monthly)} goes in now, {dollars(funding.monthly - monthly)} too little."
    return f"{takes}; {dollars(monthly)} goes in now, which is enough."


def months_left(months: int, reach_by: date | None, today: date) -> int:
    """The monthly deposits until a target is to be reached, at least one; `months` without a day."""
    if reach_by is None:
        return months
    count = (reach_by.year - today.year) * 12 + reach_by.month - today.month
    return max(1, count - (1 if reach_by.day < today.day else 0))
