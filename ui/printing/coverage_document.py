"""A plan year on paper: the plan's facts, where its limits stand, how they filled, and every EOB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.dates import period_text, years_name
from tracker.domain.coverage.accumulators import standings
from tracker.facts import Accumulator, ClaimLine, Household
from ui.charts.deductible import deductible_chart
from ui.models.coverage_choice import LIMIT_NAMES, Choice, limits_of, owner_of, progress_of
from ui.models.coverage_words import NETWORKS, covered_words, short
from ui.models.plan_facts import plan_facts
from ui.pages.coverage_read import CoverageYear
from ui.printing.blocks import Block, Words, heading
from ui.printing.care_tables import eob_table, limit_table
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
        blocks += _charts(choice, home, {line.claim.id: line.provider for line in lines})
    blocks.append(heading("Explanations of benefits"))
    if lines:
        spans = plan.begins_on.year != plan.ends_on.year
        blocks += eob_table(lines, years=spans)
    else:
        blocks.append(Words("No EOB is entered for this plan year."))
    said = (short(plan.name, 60), period_text(plan.period), covered_words(home, plan))
    title = f"Coverage {years_name(plan.period)}"
    return plain_document(title, choice.today, blocks, subtitle=" \u00b7 ".join(said), remark=remark)


def outside_document(lines: Sequence[ClaimLine], today: date, *, remark: str = "") -> Document:
    """The EOBs that no plan covers."""
    blocks = eob_table(lines, years=True)
    return plain_document("EOBs outside every plan", today, blocks, remark=remark)


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
