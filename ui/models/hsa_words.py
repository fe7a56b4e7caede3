"""How an HSA's year is said: figures, months, limit, what went in and came out, each with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tracker.dates import day_text
from tracker.domain.accounts.answers import Answer, Verdict
from tracker.domain.accounts.hsa_contributions import contribution_deadline, excise
from tracker.domain.accounts.hsa_eligibility import EligibleMonth
from tracker.facts import percent
from tracker.facts.accounts import MoneySource
from tracker.money import Cents, dollars
from tracker.services.hsa_taken import TakenOut
from tracker.services.hsa_year import HsaYear
from tracker.storage.queries.hsa_money import HsaMove
from ui.models.accounts_words import SOURCES, TIERS
from ui.models.figures import ShownFigure
from ui.widgets.sum_lines import SumLine

Groups = list[tuple[str, Sequence[str]]]

_MARKS = {Verdict.YES: "passes", Verdict.NO: "fails", Verdict.ASK: "not known"}


# figures -----------------------------------------------------------------------------------


def hsa_figures(shown: HsaYear, balance: Cents) -> tuple[ShownFigure, ShownFigure, ShownFigure]:
    """What it holds, what may still go in, what was taken out."""
    names = len(shown.accounts)
    held = ShownFigure(
        label="Balance",
        figure=dollars(balance),
        caption=f"{names} HSAs together" if names > 1 else shown.accounts[0].institution,
    )
    return held, _room_figure(shown), _taken_figure(shown)


def _room_figure(shown: HsaYear) -> ShownFigure:
    label, why = f"May still go in for {shown.year}", "Why?"
    if shown.room is None:
        return ShownFigure(label=label, figure="Not known", caption=" ".join(shown.asks), invitation=why)
    room = shown.room
    if room.excess:
        return ShownFigure(
            label=label,
            figure=dollars(0),
            of=f"{dollars(room.excess)} too much",
            caption=f"Take it out by {day_text(room.deadline)}, or {dollars(excise(room.excess))} is due "
            "for each year it stays.",
            share=1.0,
            colour="bad",
            invitation=why,
        )
    used = room.own + room.through_employer
    if room.limit:
        caption, share = f"Until {day_text(room.deadline)}.", used / room.limit
    else:
        caption, share = f"No month of {shown.year} counts.", None
    return ShownFigure(
        label=label,
        figure=dollars(room.left),
        of=f"of {dollars(room.limit)}",
        caption=caption,
        share=share,
        invitation=why,
    )


def _taken_figure(shown: HsaYear) -> ShownFigure:
    taken = sum(item.amount for item in shown.taken)
    taxable = shown.tax.taxable
    if not taken:
        caption = "Nothing was taken out."
    elif not taxable:
        caption = "All of it paid for care: nothing is taxed."
    else:
        caption = f"{dollars(taxable)} is tied to no care that counts, and taxed."
    return ShownFigure(
        label=f"Taken out in {shown.year}",
        figure=dollars(taken),
        caption=caption,
        colour="warning" if taxable else "accent",
        invitation="Why?",
    )


# months ------------------------------------------------------------------------------------


def month_word(month: EligibleMonth) -> str:
    """`Self-only`, `Family`, `Open`, `No`: one month's answer in a word."""
    if month.answer.verdict is Verdict.YES and month.tier is not None:
        return TIERS[month.tier]
    return "Open" if month.answer.verdict is Verdict.ASK else "No"


def month_tone(month: EligibleMonth) -> str:
    return {Verdict.YES: "good", Verdict.ASK: "warning"}.get(month.answer.verdict, "quiet")


def answer_groups(answer: Answer) -> Groups:
    """Each condition with what decided it and where the rule can be read."""
    groups: Groups = []
    for found in answer.conditions:
        mark = _MARKS[Verdict.YES if found.passes else Verdict.NO if found.passes is False else Verdict.ASK]
        groups.append((f"{found.what}: {mark}", (found.why, f"Source: {found.source}.")))
    if answer.ask:
        groups.append(("Ask", (answer.ask,)))
    return groups


def month_groups(months: Sequence[EligibleMonth]) -> list[tuple[str, str, str]]:
    """Months with the same answer together: when, the answer in a word, and what fails or is open."""
    said = []
    for (word, reasons), run in groupby(months, lambda item: (month_word(item), _reasons(item))):
        held = list(run)
        first, last = f"{held[0].month:%B}", f"{held[-1].month:%B}"
        said.append((first if len(held) == 1 else f"{first} to {last}", word, reasons))
    return said


def month_runs(months: Sequence[EligibleMonth]) -> list[str]:
    """The same as sentences: `January to June: self-only coverage counts.`"""
    said = []
    for when, word, reasons in month_groups(months):
        if word == "No":
            said.append(f"{when}: no. {reasons}")
        elif word == "Open":
            said.append(f"{when}: not settled. {reasons}")
        else:
            said.append(f"{when}: {word[0].lower()}{word[1:]} coverage counts.")
    return said


def _reasons(month: EligibleMonth) -> str:
    wanted = {Verdict.NO: month.answer.failed, Verdict.ASK: month.answer.unknown}
    return " ".join(found.why for found in wanted.get(month.answer.verdict, ()))


# limit -------------------------------------------------------------------------------------


def limit_lines(shown: HsaYear) -> list[SumLine]:
    """The limit as a sum: the two candidates, what counts, what went in, what is left."""
    limit, room = shown.limit, shown.room
    if limit is None or room is None:
        return []
    counted = sum(tier is not None for tier in limit.months)
    lines = [SumLine(f"By months: {counted} of 12 count", dollars(limit.by_months))]
    if limit.by_last_month is not None:
        lines.append(SumLine("By the last-month rule", dollars(limit.by_last_month)))
    name = "Limit" if limit.by_last_month is None else "Limit, the larger of the two"
    lines.append(SumLine(name, dollars(limit.limit), strong=True))
    if limit.catch_up:
        lines.append(SumLine("of it catch-up from age 55", dollars(limit.catch_up)))
    for source, amount in by_source(shown):
        lines.append(SumLine(SOURCES[source], dollars(-amount)))
    if room.excess:
        lines.append(SumLine("Too much", dollars(room.excess), strong=True))
    else:
        lines.append(SumLine("May still go in", dollars(room.left), strong=True))
    return lines


def by_source(shown: HsaYear) -> list[tuple[MoneySource, Cents]]:
    """What counts against the limit, by whose money it was."""
    sums = {
        source: sum(item.amount for item in shown.contributions if item.source is source)
        for source in (MoneySource.EMPLOYER, MoneySource.PAYROLL, MoneySource.OWN)
    }
    return [(source, amount) for source, amount in sums.items() if amount]


def limit_why(shown: HsaYear) -> Groups:
    """Everything behind the limit and the room."""
    groups: Groups = []
    if shown.limit is not None:
        groups.append(("Limit", shown.limit.why))
    if shown.room is not None:
        groups.append(("What went in", shown.room.why))
    if testing := testing_sentences(shown):
        groups.append(("Testing period", testing))
    if settled := settled_sentence(shown):
        groups.append(("Open questions", (settled,)))
    if shown.facts.married_with_family and shown.spouse is not None:
        share = shown.facts.family_share
        mine = share if shown.person.position == 0 else 10_000 - share
        groups.append(
            (
                "Spouses",
                (
                    f"One family limit for both; {percent(mine)} of it is {shown.person.name}'s by "
                    f"agreement, the rest {shown.spouse.name}'s. IRC 223(b)(5).",
                ),
            )
        )
    groups.append(("Months", tuple(month_runs(shown.months))))
    groups.append(
        (
            "Sources",
            (
                "Limits: the yearly IRS revenue procedures. Catch-up: IRC 223(b)(3). Months and the "
                "last-month rule: IRC 223(b)(8), IRS Notice 2008-52. Excess: IRC 4973.",
                *((" ".join(shown.asks),) if shown.asks else ()),
            ),
        )
    )
    return groups


def testing_sentences(shown: HsaYear) -> tuple[str, ...]:
    """What the last-month rule asks for the next year, and what failing it costs."""
    limit = shown.limit
    if limit is None or not limit.uses_last_month:
        return ()
    said = [
        f"{dollars(limit.limit - limit.by_months)} of the limit stands on the last-month rule: be eligible "
        f"in every month through December {limit.year + 1} (testing period, IRC 223(b)(8)(B)).",
    ]
    if shown.failed is not None:
        return (*said, f"It fails in {shown.failed.year}.", *shown.failed.why)
    if shown.if_fails is not None:
        fails = shown.if_fails
        said.append(
            f"If you put in all of {dollars(limit.limit)} and fail, your income of {fails.year} rises by "
            f"{dollars(fails.income)}, and 10%, {dollars(fails.tax)}, is due on it. Death and disability "
            "excuse."
        )
    return tuple(said)


def settled_sentence(shown: HsaYear) -> str:
    """What the limit would be if every open question ended well; empty where nothing is open."""
    limit, settled = shown.limit, shown.if_settled
    waiting = [item for item in shown.months if item.answer.verdict is Verdict.ASK]
    if not waiting or limit is None or settled is None:
        return ""
    count = f"{len(waiting)} month{'s are' if len(waiting) > 1 else ' is'} not settled and left out"
    if settled.limit == limit.limit:
        return f"{count}; the limit is {dollars(limit.limit)} either way."
    return f"{count}. If the questions end well, the limit is {dollars(settled.limit)}."


# money -------------------------------------------------------------------------------------


def move_from(move: HsaMove) -> str:
    """Where a deposit came from."""
    return move.payee or move.note


def move_counts(move: HsaMove) -> bool:
    return not move.between and move.source in (
        None,
        MoneySource.OWN,
        MoneySource.PAYROLL,
        MoneySource.EMPLOYER,
    )


def move_source(move: HsaMove) -> str:
    return SOURCES[MoneySource.ROLLOVER if move.between else move.source or MoneySource.OWN]


def taken_for(item: TakenOut) -> str:
    """The expenses it paid, or that it is tied to nothing."""
    labels = [part.label or "an expense" for part in item.parts]
    if not labels:
        return "Tied to no expense"
    return labels[0] if len(labels) == 1 else f"{labels[0]}, and {len(labels) - 1} more"


def taken_why(item: TakenOut) -> Groups:
    """What each expense frees of tax, and why."""
    groups: Groups = [
        (
            f"{part.label or 'Expense'}: {dollars(part.qualified)} of {dollars(part.amount)} free of tax",
            tuple(
                text
                for text in (
                    f"Care of {day_text(part.care_on)}." if part.care_on else "",
                    part.why,
                )
                if text
            ),
        )
        for part in item.parts
    ]
    if item.untied:
        groups.append(
            (
                "Tied to no expense",
                (
                    f"{dollars(item.untied)} is tied to no expense: choose what it paid for, put it back "
                    "as a mistaken distribution, or it is taxed.",
                ),
            )
        )
    if item.put_back:
        groups.append(("Put back", (f"{dollars(item.put_back)} went back as a mistaken distribution.",)))
    if item.taxable:
        extra = (
            "From age 65, or when disabled, the 20% falls away."
            if item.excepted
            else "Additional tax of 20% (IRC 223(f)(4))."
        )
        groups.append(("Taxed", (f"{dollars(item.taxable)} counts as income (IRC 223(f)(2)). {extra}",)))
    return groups


def tax_sentence(shown: HsaYear) -> str:
    """What the year's distributions cost in tax; empty where nothing is taxed."""
    tax = shown.tax
    if not tax.taxable:
        return ""
    if shown.facts.federal_rate is None or tax.income_tax is None:
        return (
            f"{dollars(tax.taxable)} counts as income, and the additional tax of 20% is "
            f"{dollars(tax.additional_tax)}. With your tax rate under Taxes you see the income tax too."
        )
    return (
        f"{dollars(tax.taxable)} counts as income: {dollars(tax.income_tax)} income tax at "
        f"{percent(shown.facts.federal_rate)}, and {dollars(tax.additional_tax)} additional tax. "
        f"Together {dollars(tax.total)}."
    )


def deadline_sentence(year: int) -> str:
    """Until when money counts for a tax year."""
    return f"Money counts for {year} until {day_text(contribution_deadline(year))}."
