"""The columns of a month's budget: the template of DESIGN section 4, and what is carried over."""

from __future__ import annotations

from collections.abc import Callable

from tracker.dates import month_text
from tracker.facts import CarryOver
from tracker.money import Cents, dollars, dollars_or_blank
from tracker.reports.budget import difference_words
from ui.models.budget_rows import CARRY_WORDS, BudgetModel, MonthLine, SetEstimate
from ui.models.budget_words import difference_tone
from ui.models.table import Column
from ui.widgets.money_edit import amount_text

ESTIMATED, ACTUAL, DIFFERENCE = "Estimated Cost", "Actual Cost", "Difference"
BAR_WIDTH = 160


def month_model(columns: list[Column[MonthLine]]) -> BudgetModel[MonthLine]:
    return BudgetModel(columns, key=_key, bold=_is_total, stays_last=lambda line: line.category is None)


def month_columns(
    edit: SetEstimate,
    open_payments: Callable[[MonthLine], object],
    *,
    name_width: int,
    carried: bool,
    bars: bool,
) -> list[Column[MonthLine]]:
    """What the table shows. Carried and Available appear only where a line carries something over,
    bars only where there is room. Names wider than `name_width` (at 100 % text) end in an ellipsis.
    """

    def change(line: MonthLine, text: str) -> None:
        if line.category is not None and line.category.id is not None:
            edit(line.category.id, line.month, text)

    def open_actual(line: MonthLine) -> None:
        if line.actual is not None:
            open_payments(line)

    columns: list[Column[MonthLine]] = [
        Column("Category", lambda line: line.name, width=name_width, stretch=1),
        Column(
            ESTIMATED,
            lambda line: dollars_or_blank(line.estimated),
            right=True,
            edit=change,
            editable=lambda line: line.category is not None,
            edit_text=lambda line: "" if line.estimated is None else amount_text(line.estimated),
        ),
        Column(
            ACTUAL,
            lambda line: dollars_or_blank(line.actual),
            right=True,
            tooltip=_actual_tooltip,
            on_open=open_actual,
        ),
        Column(
            DIFFERENCE,
            lambda line: difference_words(line.difference),
            right=True,
            tone=lambda line: difference_tone(line.difference),
        ),
    ]
    if carried:
        columns += [
            Column(
                "Carried",
                lambda line: carried_text(line),
                right=True,
                tooltip=_carried_tooltip,
                tone=lambda line: "bad" if line.carried < 0 else "",
            ),
            Column(
                "Available",
                lambda line: "" if line.below else dollars(line.available),
                right=True,
                tone=lambda line: "bad" if line.available < 0 else "",
            ),
        ]
    if bars:
        columns.append(Column("", lambda _line: "", bar=lambda line: line.bar, width=BAR_WIDTH, stretch=6))
    return columns


def carried_text(line: MonthLine) -> str:
    """What came over from earlier months; blank for a line that carries nothing."""
    if line.below is not None:
        return ""
    rule = CarryOver.NONE if line.category is None else line.category.carry_over
    if line.category is not None and rule is CarryOver.NONE:
        return ""
    return _signed(line.carried)


def _signed(cents: Cents) -> str:
    return f"+{dollars(cents)}" if cents > 0 else dollars(cents)


def _key(line: MonthLine) -> int:
    return line.key


def _is_total(line: MonthLine) -> bool:
    return line.category is None and line.below is None


def _actual_tooltip(line: MonthLine) -> str:
    if line.actual is None:
        return ""
    what = "the payments behind it" if line.below is None else "why"
    return f"{dollars(line.actual)}: show {what}"


def _carried_tooltip(line: MonthLine) -> str:
    if line.category is None or line.category.carry_over is CarryOver.NONE:
        return ""
    words = CARRY_WORDS[line.category.carry_over]
    return f"{words} in the months of this budget year before {month_text(line.month)}"
