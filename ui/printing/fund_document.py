"""Funds on paper: is the fund large enough, every way to size it, draws, and each sinking fund."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from tracker.dates import day_text
from tracker.facts import percent
from tracker.money import dollars
from tracker.services.fund_report import ContingencyFund, FundReport
from ui.charts.balance import paint as paint_balance
from ui.charts.fund import fund_chart, reached_words
from ui.models import fund_words as words
from ui.models.coverage_words import short
from ui.printing.blocks import Block, Chart, Figures, Words, heading, note
from ui.printing.document import Document, plain_document
from ui.printing.figures import on_paper
from ui.printing.flow import PT
from ui.printing.table import Column, Table, row


def fund_document(report: FundReport) -> Document:
    """The contingency fund, then every sinking fund."""
    fund = report.contingency
    blocks: list[Block] = []
    if fund.started:
        blocks.append(Figures(tuple(on_paper(figure) for figure in words.fund_figures(fund)), per_row=4))
    blocks += [heading("Is the fund large enough?"), Words(fund.answer.headline), Words(fund.answer.reason)]
    if fund.answer.deposits:
        blocks.append(Words(fund.answer.deposits))
    if report.known.why:
        blocks.append(Words(report.known.sentence))
    blocks += _methods(fund)
    if fund.started:
        blocks += _chart(report)
    blocks += _scenarios(fund)
    blocks += _draws(fund)
    blocks += _sinking(report)
    name = short(fund.facts.account.name, 60) if fund.started else "Not started"
    return plain_document(
        "Funds",
        report.today,
        blocks,
        subtitle=f"{name} \u00b7 As of {day_text(report.today)}",
        remark=words.ESTIMATE_ONLY,
    )


def _methods(fund: ContingencyFund) -> list[Block]:
    columns = (
        Column("Way to size it", stretch=2, lines=2),
        Column("Why", stretch=5, lines=8),
        Column("Target", right=True),
        Column("Missing", right=True),
        Column("Monthly", right=True),
    )
    rows = tuple(
        row(
            words.METHOD_NAMES[item.method] + (" (chosen)" if item.method is fund.plan.method else ""),
            " ".join(item.target.why) if item.target else item.asks,
            dollars(item.target.amount) if item.target else "\u2013",
            dollars(item.funding.missing) if item.funding else "",
            dollars(item.funding.monthly) if item.funding else "",
        )
        for item in fund.methods
    )
    return [Table(columns, rows, size=9.0, before=10 * PT), note(" ".join(fund.exposure.why))]


def _chart(report: FundReport) -> list[Block]:
    fund = report.contingency
    facts, account = fund.facts, fund.facts.account
    if account.target is None and fund.chosen.target is not None:
        account = replace(account, target=fund.chosen.target.amount)
    standing = facts.standing(account, facts.deposit)
    drawn = fund_chart(
        standing, facts.movements, year=facts.year, today=report.today, could_come=fund.could_come
    )
    return [
        heading("Fund against exposure"),
        Chart(partial(paint_balance, chart=drawn), height=130 * PT, below=reached_words(standing)),
    ]


def _scenarios(fund: ContingencyFund) -> list[Block]:
    if not fund.scenarios:
        return []
    columns = (
        Column("What may happen", stretch=3, lines=2),
        Column("Likely", right=True),
        Column("Would cost", right=True),
        Column("Its part", right=True),
    )
    rows = tuple(
        row(
            item.scenario.label,
            percent(item.scenario.probability),
            "Not known" if item.cost is None else dollars(item.cost),
            "" if item.share is None else dollars(item.share),
        )
        for item in fund.scenarios
    )
    return [heading("What may happen"), Table(columns, rows, size=9.0, before=8 * PT)]


def _draws(fund: ContingencyFund) -> list[Block]:
    if not fund.repay_words:
        return []
    return [heading("Drawn and put back"), *(Words(said) for said in fund.repay_words), note(words.FUNDED)]


def _sinking(report: FundReport) -> list[Block]:
    if not report.sinking:
        return []
    columns = (
        Column("Fund", stretch=3, lines=2),
        Column("Saves for", stretch=3, lines=2),
        Column("Needed on"),
        Column("Holds", right=True),
        Column("Target", right=True),
        Column("Monthly", right=True),
    )
    rows = tuple(
        row(
            fund.account.name,
            words.saves_for(fund),
            day_text(fund.due_on) if fund.due_on else "",
            dollars(fund.balance),
            dollars(fund.target) if fund.target is not None else "",
            dollars(fund.outlook.monthly) if fund.outlook else "",
        )
        for fund, _ in report.sinking
    )
    blocks: list[Block] = [heading("Sinking funds"), Table(columns, rows, size=9.0, before=8 * PT)]
    for fund, moves in report.sinking:
        reason = " ".join(fund.outlook.why) if fund.outlook else ""
        blocks.append(
            Words(f"{short(fund.account.name, 60)}: {words.sinking_sentence(fund)} {reason}".strip())
        )
        if uncounted := words.uncounted_words(moves):
            blocks.append(note(uncounted))
    return blocks
