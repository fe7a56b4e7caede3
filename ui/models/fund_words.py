"""How funds are said on screen and on paper: methods, movements, states, and the reasons of figures."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.dates import day_text, month_text
from tracker.facts.household_budget import TargetMethod
from tracker.money import Cents, dollars
from tracker.services.fund_exposure import ScenarioShown, share_words
from tracker.services.fund_moves import FundMove, FundMoveKind
from tracker.services.fund_report import ContingencyFund, MethodShown
from tracker.services.sinking_funds import Purpose, SinkingFund
from ui.models.figures import ShownFigure

Groups = list[tuple[str, list[str]]]

METHOD_NAMES = {
    TargetMethod.EXPOSURE: "Exposure and probability",
    TargetMethod.SCENARIOS: "Your scenarios",
    TargetMethod.QUANTILE: "Simulated years",
    TargetMethod.FULL: "Full exposure",
}
METHOD_SENTENCES = {
    TargetMethod.EXPOSURE: "A share of what is left of your out-of-pocket maximum, plus listed costs.",
    TargetMethod.SCENARIOS: "What may happen: each probability times what it would cost you today.",
    TargetMethod.QUANTILE: "The most you pay in 8 or 9 of 10 simulated years, less what the budget holds.",
    TargetMethod.FULL: "All that is left of your out-of-pocket maximum.",
}
FUNDED = "Paid from the fund: counted when it was put in"
"""What stands beside a payment of a fund (rulebook 7.1, funded spending)."""

ESTIMATE_ONLY = "Estimate, not advice: nobody knows what will happen, and your plan decides what it pays."

KINDS = {
    FundMoveKind.DEPOSIT: "Put in",
    FundMoveKind.PUT_BACK: "Put back",
    FundMoveKind.PAID: "Paid from it",
    FundMoveKind.TAKEN_OUT: "Taken out",
    FundMoveKind.CAME_BACK: "Came back",
    FundMoveKind.MOVED: "To or from another fund",
}


@dataclass(frozen=True, slots=True)
class RepayRow:
    """A month of the plan to put back what was drawn; `left` is still out after it."""

    place: int
    month: str
    amount: Cents
    left: Cents


# the contingency fund ---------------------------------------------------------------------------


def fund_figures(fund: ContingencyFund) -> tuple[ShownFigure, ...]:
    """What it holds, what is missing, what that takes a month, and what was drawn."""
    chosen = fund.chosen
    if chosen.target is None or chosen.funding is None:
        held = ShownFigure("In the fund", dollars(fund.facts.balance), caption="No target can be said yet")
        return held, ShownFigure("Still missing", "\u2013"), ShownFigure("A month", "\u2013"), _drawn(fund)
    target, filling = chosen.target.amount, chosen.funding
    share = None if filling.funded is None else filling.funded / 10_000
    held = ShownFigure(
        "In the fund",
        dollars(filling.balance),
        f"of {dollars(target)}",
        "The target is zero" if share is None else f"{(filling.funded or 0) // 100}% of the target",
        share=share,
        colour="good" if not filling.missing else "warning",
    )
    missing = ShownFigure(
        "Still missing",
        dollars(filling.missing),
        caption=f"By {METHOD_NAMES[chosen.method].lower()}",
    )
    month = ShownFigure(
        "Needed a month",
        dollars(filling.monthly),
        caption=_goes_in(fund.monthly, filling.monthly, fund.months),
    )
    return held, missing, month, _drawn(fund)


def _goes_in(monthly: Cents, needed: Cents, months: int) -> str:
    for_months = "for 1 month" if months == 1 else f"for {months} months"
    if not needed:
        return f"{dollars(monthly)} goes in" if monthly else "Nothing has to go in"
    enough = "enough" if monthly >= needed else f"{dollars(needed - monthly)} too little"
    return f"{for_months[:1].upper()}{for_months[1:]}; {dollars(monthly)} goes in, {enough}"


def _drawn(fund: ContingencyFund) -> ShownFigure:
    if not fund.owed:
        return ShownFigure("Drawn, not put back", dollars(0), caption="Nothing is to be put back")
    first, last = fund.repay[0], fund.repay[-1]
    return ShownFigure(
        "Drawn, not put back",
        dollars(fund.owed),
        caption=f"{dollars(first[1])} a month puts it back by {month_text(last[0])}",
    )


def saved_target_words(fund: ContingencyFund) -> str:
    """What the account itself aims at, where that is another amount than the method's."""
    found, own = fund.chosen.target, fund.facts.account.target
    if not fund.target_differs or found is None:
        return ""
    if own is None:
        return (
            f"The fund has no target yet. {METHOD_NAMES[fund.chosen.method]} gives {dollars(found.amount)}."
        )
    return (
        f"The fund aims at {dollars(own)}, as you set it; "
        f"{METHOD_NAMES[fund.chosen.method].lower()} gives {dollars(found.amount)} today."
    )


def method_groups(fund: ContingencyFund, shown: MethodShown) -> Groups:
    """The reasons of one method's target, from the limits and scenarios to the monthly amount."""
    groups: Groups = [(METHOD_NAMES[shown.method], [METHOD_SENTENCES[shown.method]])]
    if shown.method is not TargetMethod.QUANTILE:
        groups.append(("What could still come", list(fund.exposure.why)))
    if shown.target is not None:
        groups.append(("The target", list(shown.target.why)))
    if shown.asks and shown.asks not in fund.exposure.why:
        groups.append(("Not known", [shown.asks]))
    if shown.funding is not None:
        said = [shown.funding.why]
        if shown.method is fund.plan.method and fund.answer.deposits:
            said.append(fund.answer.deposits)
        groups.append(("Filling it", said))
    return groups


def scenario_groups(shown: ScenarioShown) -> Groups:
    """Why a scenario costs what it does, and its share."""
    groups: Groups = [(name, list(said)) for name, said in shown.why]
    if words := share_words(shown):
        groups.append(("Its part of the target", [words]))
    if shown.asks:
        groups.append(("Not known", [shown.asks]))
    return groups


def repay_rows(fund: ContingencyFund) -> list[RepayRow]:
    """The plan to put back what was drawn, month by month."""
    rows, left = [], fund.owed
    for place, (month, amount) in enumerate(fund.repay):
        left -= amount
        rows.append(RepayRow(place, month_text(month), amount, left))
    return rows


# movements --------------------------------------------------------------------------------------


def counted_words(move: FundMove) -> str:
    """How the budget counts a movement of a fund."""
    if move.kind in (FundMoveKind.PAID, FundMoveKind.CAME_BACK):
        return FUNDED
    if move.kind is FundMoveKind.TAKEN_OUT:
        return "Moves no budget line"
    if move.kind is FundMoveKind.MOVED:
        return "From fund to fund"
    if move.counts:
        return f"Counted under {', '.join(dict.fromkeys(move.lines))}"
    return "Not counted: it names no budget line"


def is_uncounted(move: FundMove) -> bool:
    """Whether money went in that no month of the budget counts, so that its bill never will be."""
    return move.kind in (FundMoveKind.DEPOSIT, FundMoveKind.PUT_BACK) and not move.counts


def uncounted_words(moves: tuple[FundMove, ...]) -> str:
    """A warning about deposits without a budget line; empty where there are none."""
    found = [move for move in moves if is_uncounted(move)]
    if not found:
        return ""
    total = dollars(sum(move.change for move in found))
    said = f"A deposit of {total} names"
    if len(found) > 1:
        said = f"{len(found):,} deposits, {total} in all, name"
    return (
        f"{said} no budget line: no month counts that money, because what the fund pays is not counted "
        "again. Choose the line in the payment."
    )


# sinking funds ----------------------------------------------------------------------------------


def saves_for(fund: SinkingFund) -> str:
    """What a sinking fund saves for, in a few words."""
    if fund.fee is not None:
        return fund.fee.label
    if fund.purpose is Purpose.DEDUCTIBLE:
        return "The deductible"
    return fund.line.name if fund.line else ""


def state_words(fund: SinkingFund) -> tuple[str, str]:
    """How it stands, with its tone."""
    outlook = fund.outlook
    if outlook is None:
        return "Asks", "warning"
    if not outlook.missing:
        return "Reached", "good"
    if outlook.short:
        return f"{dollars(outlook.short)} short", "warning"
    return "On its way", "accent"


def sinking_sentence(fund: SinkingFund) -> str:
    """How a fund stands, in one or two sentences."""
    outlook = fund.outlook
    if outlook is None:
        return fund.asks
    by = day_text(outlook.due_on)
    if not outlook.missing:
        return f"It holds the {dollars(outlook.target)} needed on {by}."
    if outlook.short:
        return f"Underfunded: {dollars(outlook.short)} will be missing on {by}."
    return f"The deposits set up bring the {dollars(outlook.target)} needed on {by}."


def sinking_groups(fund: SinkingFund) -> Groups:
    """The reasons: what is saved for, how it stands, and equal deposits that reach it."""
    groups: Groups = [("What it has to hold", list(fund.target_why) or [fund.asks])]
    if fund.outlook is not None:
        groups.append(("How it stands", list(fund.outlook.why)))
        if fund.outlook.equal is not None and fund.outlook.missing:
            groups.append(("Equal deposits", [fund.outlook.equal.why]))
    groups.append(
        (
            "In the budget",
            [
                "A deposit counts in the month it is put in, under its budget line.",
                "A bill paid from the fund is not counted again: that would count the same dollars twice.",
            ],
        )
    )
    return groups
