"""A plan year on paper, in the order of the page: limits, what you pay, how they filled, EOBs, checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.dates import period_text, years_name
from tracker.domain.coverage.accumulators import standings
from tracker.facts import Accumulator, ClaimLine, Household
from ui.charts.deductible import deductible_chart
from ui.models.check_rows import check_rows, insurers, unchecked
from ui.models.coverage_choice import LIMIT_NAMES, Choice, limits_of, owner_of, progress_of
from ui.models.coverage_words import NETWORKS, covered_words, short
from ui.models.opening_rows import opening_rows
from ui.models.pay_rows import pay_rows
from ui.models.plan_facts import plan_facts
from ui.pages.coverage_read import CoverageYear
from ui.pages.coverage_stated_read import stated_in
from ui.printing.blocks import Block, Words, heading
from ui.printing.care_tables import eob_table, limit_table
from ui.printing.coverage_tables import check_table, opening_table, pay_table, stated_table
from ui.printing.document import Document, plain_document
from ui.printing.facts_table import grouped_facts
from ui.printing.review_care import limit_pair
from ui.printing.review_charts import LimitChart


def coverage_document(choice: Choice, year: CoverageYear, *, remark: str = "") -> Document:
    """The plan year of a choice; its charts are those of the chosen person and network."""
    plan, home, lines = choice.plan, year.home, year.lines
    facts = [
        (name, (whole or words).replace("\n", ", ") if words else "")
        for name, words, whole in plan_facts(plan, home)
    ]
    blocks: list[Block] = [grouped_facts("Plan facts", facts)]
    found = standings(choice.year)
    if found:
        blocks += limit_table(found, home)
    blocks += _pay(choice, year)
    if found:
        blocks += _charts(choice, home, {line.claim.id: line.provider for line in lines})
    blocks += stated_table(stated_in(year, choice.year), choice.year, home)
    blocks += opening_table(opening_rows(year.openings, choice.year, home, year.categories))
    blocks.append(heading("Explanations of benefits"))
    if lines:
        spans = plan.begins_on.year != plan.ends_on.year
        blocks += eob_table(lines, years=spans)
    else:
        blocks.append(Words("No EOB is entered for this plan year."))
    blocks += _checks(choice, year)
    said = (short(plan.name, 60), period_text(plan.period), covered_words(home, plan))
    title = f"Coverage {years_name(plan.period)}"
    return plain_document(title, choice.today, blocks, subtitle=" \u00b7 ".join(said), remark=remark)


def outside_document(lines: Sequence[ClaimLine], today: date, *, remark: str = "") -> Document:
    """The EOBs that no plan covers."""
    blocks = eob_table(lines, years=True)
    return plain_document("EOBs outside every plan", today, blocks, remark=remark)


def _pay(choice: Choice, year: CoverageYear) -> list[Block]:
    """What you pay, for each network tier that has rules."""
    blocks: list[Block] = []
    for tier in choice.plan.tiers:
        rows = pay_rows(choice.year, year.categories, tier.code, choice.person_id)
        if rows:
            blocks += pay_table(tier.name[:1].upper() + tier.name[1:], rows)
    return [heading("What you pay"), *blocks] if blocks else []


def _checks(choice: Choice, year: CoverageYear) -> list[Block]:
    """Network checks, and who was never asked about."""
    rows = check_rows(year.checks, year.providers, choice.today)
    left_out = insurers(year.home)
    never = unchecked(year.lines, year.planned, year.checks, year.providers, left_out)
    blocks = check_table(rows, never)
    return [heading("Network checks"), *blocks] if blocks else []


def _charts(choice: Choice, home: Household, names: Mapping[int | None, str]) -> list[Block]:
    deductible, maximum = (_chart(limit, choice, home, names) for limit in limits_of(choice))
    moved = [item for item in (deductible, maximum) if item and item.has_moved]
    if not moved:
        return [Words(f"Nothing counts toward a limit yet {NETWORKS[choice.network]}.")]
    return limit_pair(deductible, maximum)


def _chart(
    limit: Accumulator | None, choice: Choice, home: Household, names: Mapping[int | None, str]
) -> LimitChart | None:
    if limit is None:
        return None
    owner, found = owner_of(limit, choice), progress_of(choice, limit)
    whose = "Family" if owner is None else home.person_name(owner)
    name = LIMIT_NAMES[limit.kind]
    chart = deductible_chart(
        found,
        today=choice.today,
        name_of=lambda claim: names.get(claim.id, ""),
        limit_name=name,
    )
    return LimitChart(f"{whose}, {NETWORKS[limit.network]}", name, found, chart)
