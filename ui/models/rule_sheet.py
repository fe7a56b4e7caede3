"""What a plan makes you pay as a sheet to fill in: rows of services, one cell for each network tier.

Cells are text. What a cell means is read while one types; a cell that nobody touched keeps its rules
exactly as they are stored, also what the sheet's phrases cannot show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tracker.errors import UserProblem
from tracker.facts import IN, AccumulatorKind, CostSharingRule, NetworkTier, Plan, ServiceCategory
from tracker.imports.cms_phrases import UnclearPhrase
from tracker.imports.sbc_limits import (
    Exceptions,
    exceptions_of,
    joined_tiers,
    limit_words,
    read_exceptions,
    rule_with,
    split_tiers,
    understood_limits,
)
from tracker.imports.sbc_phrases import read_share
from tracker.imports.sbc_rows import ADDED, SbcRow, row_of, rows_for
from tracker.imports.sbc_share import Limits, rule_from, share_of
from tracker.imports.sbc_words import phrase, understood

Rules = Mapping[str, CostSharingRule]


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell and how it was understood; `tone` is `bad` where it was not."""

    text: str = ""
    said: str = ""
    tone: str = "quiet"
    rules: Rules = field(default_factory=dict)
    typed: bool = False

    @property
    def wrong(self) -> bool:
        return self.tone == "bad"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One service: a cell for each tier of the plan in order, then the one for limitations."""

    place: int
    about: SbcRow
    cells: tuple[Cell, ...]

    @property
    def limits(self) -> Cell:
        return self.cells[-1]


class RuleSheet:
    """The sheet of one plan. `column` counts `tiers` from 0; the last column is the limitations."""

    def __init__(
        self,
        plan: Plan,
        rules: Iterable[CostSharingRule],
        categories: Mapping[str, ServiceCategory],
        *,
        copays_skip: bool = True,
    ) -> None:
        self.plan = plan
        self.categories = {**{item.code: item for item in ADDED}, **categories}
        self.copays_skip = copays_skip
        near, far = plan.tiers[0], plan.tiers[1]
        self.tiers: tuple[NetworkTier, ...] = (near, *plan.more_tiers, far)
        stored = list(rules)
        abouts = rows_for(stored, self.categories)
        self._stored = {(rule.category, rule.tier): rule for rule in stored}
        self.rows = [self._stored_row(place, about) for place, about in enumerate(abouts)]

    # asking --------------------------------------------------------------------------

    @property
    def last_column(self) -> int:
        """The column of the limitations."""
        return len(self.tiers)

    @property
    def changed(self) -> int:
        """How many rows somebody typed in."""
        return sum(any(cell.typed for cell in row.cells) for row in self.rows)

    def first_wrong(self) -> tuple[int, int] | None:
        """Row and column of the first cell that is not understood, down each column as one types."""
        wrong = [
            (column, row.place) for row in self.rows for column, cell in enumerate(row.cells) if cell.wrong
        ]
        return min(wrong)[::-1] if wrong else None

    def rules(self) -> list[CostSharingRule]:
        """All rules of the sheet. Raises UserProblem while a cell is not understood."""
        wrong = [cell for row in self.rows for cell in row.cells if cell.wrong]
        if wrong:
            raise UserProblem(
                "One cell is not understood."
                if len(wrong) == 1
                else f"{len(wrong)} cells are not understood.",
                "Correct it, or clear it." if len(wrong) == 1 else "Correct them, or clear them.",
            )
        return self.rules_so_far()

    def rules_so_far(self) -> list[CostSharingRule]:
        """The same while typing: a cell that is not understood keeps the rules it had."""
        return [rule for row in self.rows for cell in row.cells[:-1] for rule in cell.rules.values()]

    def new_categories(self) -> list[ServiceCategory]:
        """Categories of the form that rules need and the member's list may not have yet."""
        used = {rule.category for rule in self.rules_so_far()}
        return [item for item in ADDED if item.code in used]

    def preview(self, place: int, column: int, text: str) -> Cell:
        """How a cell would be understood with this text."""
        return self._changed(self.rows[place], column, text).cells[column]

    def rule_at(self, place: int, column: int) -> CostSharingRule:
        """The rule of a cell, or a new one for its service and tier."""
        row = self.rows[place]
        found = next(iter(row.cells[column].rules.values()), None)
        return found or CostSharingRule(category=row.about.codes[0], tier=self.tiers[column].code)

    def limits_for(self, tier: str, *, drug: bool) -> Limits:
        """The plan's limits that a rule of this tier uses: a further tier without its own shares."""
        return Limits(
            self._limit(AccumulatorKind.DEDUCTIBLE, tier, drug),
            self._limit(AccumulatorKind.OOP_MAX, tier, drug),
        )

    def is_drug(self, about: SbcRow) -> bool:
        return any(self.categories[code].drug for code in about.codes if code in self.categories)

    # changing ------------------------------------------------------------------------

    def type(self, place: int, column: int, text: str) -> None:
        """Put text into a cell."""
        if text.strip() != self.rows[place].cells[column].text:
            self.rows[place] = self._changed(self.rows[place], column, text)

    def put_rule(self, place: int, column: int, rule: CostSharingRule) -> None:
        """Put a whole rule into a cell, for every category of its row."""
        row = self.rows[place]
        tier = self.tiers[column].code
        rules = {code: replace(rule, category=code, tier=tier) for code in row.about.codes}
        cells = list(row.cells)
        cells[column] = replace(self._shown(rules), typed=True)
        limits = self._limits_cell(cells[:-1])
        cells[-1] = replace(limits, typed=row.limits.typed or limits.text != row.limits.text)
        self.rows[place] = replace(row, cells=tuple(cells))

    def clear(self, place: int, column: int) -> None:
        self.type(place, column, "")

    def add(self, code: str) -> int:
        """A row for another service; gives its place, also where it is there already."""
        found = next((row.place for row in self.rows if code in row.about.codes), None)
        if found is not None:
            return found
        self.rows.append(self._stored_row(len(self.rows), row_of(code, self.categories)))
        return len(self.rows) - 1

    def set_copays_skip(self, skip: bool) -> None:
        """Read what was typed once more under the other meaning of a plain copay."""
        if skip == self.copays_skip:
            return
        self.copays_skip = skip
        for row in list(self.rows):
            cells = [cell if cell.typed else self._shown(cell.rules) for cell in row.cells[:-1]]
            fresh = replace(row, cells=(*cells, row.limits))
            for column, cell in enumerate(cells):
                if cell.typed:
                    fresh = self._changed(fresh, column, cell.text)
            self.rows[row.place] = fresh

    # reading -------------------------------------------------------------------------

    def _stored_row(self, place: int, about: SbcRow) -> SheetRow:
        cells = [
            self._shown(
                {
                    code: self._stored[code, tier.code]
                    for code in about.codes
                    if (code, tier.code) in self._stored
                }
            )
            for tier in self.tiers
        ]
        return SheetRow(place, about, (*cells, self._limits_cell(cells)))

    def _shown(self, rules: Rules) -> Cell:
        """A cell as stored rules would be typed."""
        rule = next(iter(rules.values()), None)
        if rule is None:
            return Cell()
        share = share_of(rule)
        text = phrase(share, copays_skip=self.copays_skip)
        return Cell(text, understood(share), rules=rules)

    def _limits_cell(self, cells: list[Cell]) -> Cell:
        """The last cell of a row as its rules would be typed."""
        said = [exceptions_of(next(iter(cell.rules.values()))) if cell.rules else None for cell in cells]
        near = next((item for item in said if item is not None), Exceptions())
        far = said[-1] if said[-1] is not None else near
        text = joined_tiers(limit_words(near), limit_words(far))
        return Cell(text, _limits_said(near, far)) if text else Cell()

    def _changed(self, row: SheetRow, column: int, text: str) -> SheetRow:
        """The row with other text in one cell."""
        cells = list(row.cells)
        text = " ".join(text.split())
        if column == self.last_column:
            cells[column] = Cell(text, typed=True)
            cells[:-1] = [
                self._with_limits(row, place, cell, text) for place, cell in enumerate(cells[:-1])
            ]
            cells[column] = self._read_limits(text)
        else:
            cells[column] = self._read(row, column, text)
        return replace(row, cells=tuple(cells))

    def _read(self, row: SheetRow, column: int, text: str) -> Cell:
        before, tier = row.cells[column], self.tiers[column]
        drug = self.is_drug(row.about)
        try:
            share = read_share(text, drug=drug, copays_skip=self.copays_skip)
        except UnclearPhrase as unclear:
            return Cell(text, unclear.why, "bad", before.rules, typed=True)
        if share is None:
            return Cell(typed=True)
        limits = self.limits_for(tier.code, drug=drug)
        rules = {}
        for code in row.about.codes:
            base = before.rules.get(code) or self._stored.get((code, tier.code))
            kept = base or self._new_rule(row, code, column)
            made = rule_from(share, kept, limits)
            rules[code] = replace(
                made,
                waive_copay_if_admitted=share.waive_copay_if_admitted or kept.waive_copay_if_admitted,
                note=_with_aside(kept.note, share.aside),
            )
        taken = next(iter(rules.values()))
        said, tone = understood(share), "quiet"
        if share.deductible and taken.deductible is None:
            said, tone = f"{said}. No deductible is entered for this: none is taken", "warning"
        return Cell(text, said, tone, rules, typed=True)

    def _new_rule(self, row: SheetRow, code: str, column: int) -> CostSharingRule:
        """A rule that begins with what the row's last cell says."""
        rule = CostSharingRule(category=code, tier=self.tiers[column].code)
        said = _read_side(row.limits.text, far=column == self.last_column - 1)
        return rule if said is None else rule_with(said, rule)

    def _with_limits(self, row: SheetRow, column: int, cell: Cell, text: str) -> Cell:
        said = _read_side(text, far=column == self.last_column - 1)
        if said is None or not cell.rules:
            return cell
        admitted = said.waive_copay_if_admitted or (cell.typed and self._says_admitted(row, cell))
        rules = {
            code: replace(rule_with(said, rule), waive_copay_if_admitted=admitted)
            for code, rule in cell.rules.items()
        }
        return replace(cell, rules=rules, typed=True)

    def _says_admitted(self, row: SheetRow, cell: Cell) -> bool:
        """Whether the cell itself says that the copay is waived on admission."""
        try:
            share = read_share(cell.text, drug=self.is_drug(row.about), copays_skip=self.copays_skip)
        except UnclearPhrase:
            return False
        return share is not None and share.waive_copay_if_admitted

    def _read_limits(self, text: str) -> Cell:
        near, far = split_tiers(text)
        try:
            here = read_exceptions(near)
            there = here if far is None else read_exceptions(far)
        except UnclearPhrase as unclear:
            return Cell(text, unclear.why, "bad", typed=True)
        return Cell(text, _limits_said(here, there), typed=True)

    def _limit(self, kind: AccumulatorKind, tier: str, drug: bool) -> str | None:
        codes = [tier] if tier in (self.plan.tiers[0].code, self.plan.tiers[1].code) else [tier, IN]
        for code in codes:
            found = [
                item for item in self.plan.accumulators if item.kind is kind and item.tier_code == code
            ]
            for item in sorted(found, key=lambda item: not item.drugs):
                if item.drugs <= drug:
                    return item.name
        return None


def _read_side(text: str, *, far: bool) -> Exceptions | None:
    """What the last cell says for one side; None where it is not understood."""
    near, other = split_tiers(text)
    try:
        return read_exceptions(other if far and other is not None else near)
    except UnclearPhrase:
        return None


def _limits_said(near: Exceptions, far: Exceptions) -> str:
    words = understood_limits(near)
    if far == near:
        return words
    return f"{words or 'Nothing in network'}; out of network: {understood_limits(far) or 'nothing'}"


def _with_aside(note: str, aside: str) -> str:
    return note if not aside or aside in note else "; ".join(part for part in (note, aside) if part)
