"""Where a year's care went as rows of a table: one for each line, one for each pocket."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.facts.accounts import Pocket
from tracker.money import Cents, dollars
from tracker.reports.where_it_went import WentKind, WentLine, WhereItWent
from ui.models.table import Bar, Column

NOT_ADVICE = "Not legal, tax or medical advice: the plan, the custodian and the tax authority decide."
OPEN, TWICE = "open", "twice"
OPEN_HEADING, IN_WORDS = "Open", "Borne by"
POCKETS = {
    Pocket.INSURER: "Your plan",
    Pocket.SECONDARY: "Second plan",
    Pocket.FSA: "FSA",
    Pocket.HRA: "HRA",
    Pocket.HSA: "HSA",
    Pocket.DEDUCTION: "Deducted",
    Pocket.CASH: "Own cash",
}
"""Pockets in few words, in the order of the columns."""

LONG = {
    Pocket.INSURER: "Your plan",
    Pocket.SECONDARY: "Your second plan",
    Pocket.FSA: "FSA",
    Pocket.HRA: "HRA",
    Pocket.HSA: "HSA",
    Pocket.DEDUCTION: "You, deducted on a tax return",
    Pocket.CASH: "You, own cash",
}
_OPEN_WORDS = "Open, nobody has paid it yet"
_KINDS = {WentKind.CLAIM: "Paid by the plan", WentKind.BILL: "Open bill"}


@dataclass(frozen=True, slots=True)
class WentRow:
    """A line with what a filter looks into, worked out once. `year` is the one that is shown.

    `person` is the first name where that tells people apart.
    """

    line: WentLine
    year: int
    person: str
    searchable: str

    @property
    def key(self) -> int:
        return self.line.key


@dataclass(frozen=True, slots=True)
class PocketRow:
    """One pocket with its total; `name` is the key of the filter it stands for, empty for the total."""

    number: int
    name: str
    words: str
    amount: Cents
    whole: Cents

    @property
    def share(self) -> str:
        """Whole percent of the year; `<1%` for what would round away."""
        if not self.whole or not self.amount:
            return ""
        percent = (self.amount * 200 // self.whole + 1) // 2
        return f"{percent}%" if percent else "<1%"


def went_rows(went: WhereItWent) -> list[WentRow]:
    """The rows of a year. It takes a moment for tens of thousands: make them beside the UI thread."""
    from ui.printing.care_tables import short_names

    names = short_names(line.person for line in went.lines if line.person)
    return [WentRow(line, went.year, names.get(line.person, ""), _searchable(line)) for line in went.lines]


def pocket_rows(went: WhereItWent) -> list[PocketRow]:
    """The pockets that bore anything, what is open, and the total."""
    parts = [(pocket.value, LONG[pocket], went.totals[pocket]) for pocket in POCKETS]
    parts.append((OPEN, _OPEN_WORDS, went.open))
    rows = [
        PocketRow(number, name, words, amount, went.whole)
        for number, (name, words, amount) in enumerate(parts)
        if amount
    ]
    return [*rows, PocketRow(len(parts), "", f"All of {went.year}", went.whole, went.whole)]


def pocket_columns(scale: Callable[[], Cents]) -> list[Column[PocketRow]]:
    """`scale` is the amount that fills a bar."""
    return [
        Column("Pocket", lambda row: row.words, stretch=1),
        Column("", lambda row: "", bar=lambda row: Bar(None, row.amount, scale()) if row.name else None),
        Column("Share", lambda row: row.share if row.name else "", right=True, tone=_quiet_pocket),
        Column("Amount", lambda row: dollars(row.amount), right=True),
    ]


def kept(words: Sequence[str], pocket: str) -> Callable[[WentRow], bool] | None:
    """The filter of these choices: words (case folded), and a pocket, `open` or `twice`."""
    if not words and not pocket:
        return None
    wanted = None if pocket in ("", OPEN, TWICE) else Pocket(pocket)

    def keep(row: WentRow) -> bool:
        line = row.line
        if wanted is not None and not any(part.pocket is wanted for part in line.allocated.parts):
            return False
        if pocket == OPEN and not line.allocated.open:
            return False
        if pocket == TWICE and not line.twice:
            return False
        return all(word in row.searchable for word in words)

    return keep


def went_columns() -> list[Column[WentRow]]:
    """Care, paid, payee, person, amount, one column for each pocket, open."""
    found: list[Column[WentRow]] = [
        Column("Care", lambda row: _day(row, row.line.care_on), order=lambda row: row.line.care_on),
        Column("Paid", paid_words, order=lambda row: row.line.paid_on, tone=_paid_tone),
        Column("Payee", lambda row: row.line.payee, stretch=4, tooltip=_tip),
        Column("For what", lambda row: row.line.what, stretch=3, tone=_quiet, tooltip=_tip),
        Column("Person", lambda row: row.person, stretch=1, tooltip=lambda row: row.line.person),
        Column(
            "Amount", lambda row: dollars(row.line.amount), order=lambda row: row.line.amount, right=True
        ),
    ]
    found += [_pocket_column(pocket, words) for pocket, words in POCKETS.items()]
    found.append(
        Column(
            OPEN_HEADING,
            lambda row: _blank(row.line.allocated.open),
            order=lambda row: row.line.allocated.open,
            right=True,
            tone=lambda row: "warning",
        )
    )
    found.append(Column(IN_WORDS, borne_words, stretch=5, tooltip=borne_words, tone=_borne_tone))
    return found


def borne_words(row: WentRow) -> str:
    """Who bore a line: `Own cash`, or `HSA $300.00, Own cash $200.00`."""
    of = row.line.allocated
    parts = [(words, of.of(pocket)) for pocket, words in POCKETS.items()] + [(OPEN_HEADING, of.open)]
    borne = [(words, amount) for words, amount in parts if amount]
    if len(borne) == 1:
        return borne[0][0]
    return ", ".join(f"{words} {dollars(amount)}" for words, amount in borne)


def unused(went: WhereItWent) -> frozenset[str]:
    """The headings of columns that would stand empty."""
    away = {words for pocket, words in POCKETS.items() if not went.totals[pocket]}
    if not went.open:
        away.add(OPEN_HEADING)
    if len({line.person for line in went.lines if line.person}) < 2:
        away.add("Person")
    return frozenset(away)


def paid_words(row: WentRow) -> str:
    """The day money moved, or that nothing did."""
    return _day(row, row.line.paid_on) if row.line.paid_on else "Not paid"


def _day(row: WentRow, on: date) -> str:
    """Without the year where it is the one that is shown."""
    return day_text(on, year=on.year != row.year)


def title_of(line: WentLine) -> str:
    """`Harbor Imaging, MRI of the knee: $240.00`."""
    name = ", ".join(text for text in (line.payee, line.what) if text) or "Payment"
    return f"{name}: {dollars(line.amount)}"


def kind_words(line: WentLine) -> str:
    """What a line is, where it is not a payment."""
    return _KINDS.get(line.kind, "")


def _pocket_column(pocket: Pocket, words: str) -> Column[WentRow]:
    return Column(
        words,
        lambda row: _blank(row.line.allocated.of(pocket)),
        order=lambda row: row.line.allocated.of(pocket),
        right=True,
        tone=lambda row: "warning" if any(item.pocket is pocket for item in row.line.twice) else "",
    )


def _searchable(line: WentLine) -> str:
    said = [line.payee, line.what, line.person, day_text(line.care_on), dollars(line.amount)]
    if line.paid_on is not None and line.paid_on != line.care_on:
        said.append(day_text(line.paid_on))
    said += [part.source for part in line.allocated.parts]
    said.append(kind_words(line))
    return "\n".join(said).casefold()


def _blank(amount: Cents) -> str:
    return dollars(amount) if amount else ""


def _tip(row: WentRow) -> str:
    return "\n".join(text for text in (kind_words(row.line), row.line.payee, row.line.what) if text)


def _quiet(_row: WentRow) -> str:
    return "quiet"


def _quiet_pocket(_row: PocketRow) -> str:
    return "quiet"


def _borne_tone(row: WentRow) -> str:
    return "warning" if row.line.twice or row.line.allocated.open else ""


def _paid_tone(row: WentRow) -> str:
    return "warning" if row.line.paid_on is None else ""
