"""The columns of the import's tables: rows of money, EOBs, and what there is to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tracker.dates import day_text
from tracker.domain.importing.rows import EobRow, MoneyRow
from tracker.money import Cents, dollars
from ui.models.import_rows import ImportRows
from ui.models.import_sheet import Kind
from ui.models.import_words import (
    account_words,
    bank_words,
    eob_why,
    link_words,
    payee_words,
    person_words,
    plain,
    service_day_words,
    state_tone,
    state_words,
    take_words,
    why_words,
)
from ui.models.table import Column

TAKE, PAYEE, BANK, OUT, IN = "Take", "Payee", "The bank wrote", "Out", "In"
LINE, PERSON, ACCOUNT, LINK, WHY = "Budget line", "Person", "Account", "Link", "Why"
PATIENT, PROVIDER = "Patient", "Provider"

Edit = Callable[[int, str], object]


@dataclass(frozen=True, slots=True)
class Edits:
    """What a click or typing into a cell does; typing raises UserProblem to refuse."""

    toggle: Callable[[int], object]
    payee: Edit
    line: Edit
    person: Edit
    patient: Edit
    provider: Edit


@dataclass(frozen=True, slots=True)
class LookRow:
    """One thing to look at: of which file, where in it, what, and whether the file gave nothing."""

    number: int
    file: str
    where: str
    why: str
    lost: bool


def money_columns(rows: ImportRows, edits: Edits) -> tuple[Column[int], ...]:
    """Rows of money; a row is its place."""

    def row(place: int) -> MoneyRow:
        return rows.money[place]

    def tone(place: int) -> str:
        return "" if rows.takes(Kind.MONEY, place) else "quiet"

    def editable(place: int) -> bool:
        return row(place).proposed.to_account_id is None

    return (
        _take_column(rows, Kind.MONEY, edits),
        Column(
            "Date",
            lambda n: day_text(row(n).found.on),
            order=lambda n: row(n).found.on,
            tone=tone,
            width=106,
        ),
        Column(
            PAYEE,
            lambda n: payee_words(row(n), rows.names),
            order=lambda n: row(n).proposed.payee.casefold(),
            tone=tone,
            edit=edits.payee,
            editable=editable,
            edit_text=lambda n: row(n).proposed.payee,
            width=150,
            stretch=3,
        ),
        Column(
            BANK,
            lambda n: bank_words(row(n)),
            order=lambda n: row(n).found.payee.casefold(),
            tone=lambda _n: "quiet",
            width=130,
            stretch=3,
        ),
        Column(
            OUT,
            lambda n: _out(row(n).found.amount),
            order=lambda n: row(n).found.amount,
            tone=tone,
            right=True,
        ),
        Column(
            IN,
            lambda n: _in(row(n).found.amount),
            order=lambda n: -row(n).found.amount,
            tone=tone,
            right=True,
        ),
        Column(
            LINE,
            lambda n: rows.names.lines.get(row(n).proposed.category_id or 0, ""),
            tone=tone,
            edit=edits.line,
            editable=editable,
            width=130,
            stretch=2,
        ),
        Column(
            PERSON,
            lambda n: rows.names.people.get(row(n).proposed.person_id or 0, ""),
            tone=tone,
            edit=edits.person,
            width=86,
            stretch=1,
        ),
        Column(ACCOUNT, lambda n: account_words(row(n), rows.names), tone=tone, width=96, stretch=1),
        Column(LINK, lambda n: link_words(row(n)), tone=tone),
        Column(WHY, lambda n: why_words(row(n)), tone=lambda _n: "quiet", width=150, stretch=3),
    )


def eob_columns(rows: ImportRows, edits: Edits) -> tuple[Column[int], ...]:
    """EOBs; a row is its place."""

    def row(place: int) -> EobRow:
        return rows.eobs[place]

    def tone(place: int) -> str:
        return "" if rows.takes(Kind.EOBS, place) else "quiet"

    def amount(of: Callable[[int], Cents | None], heading: str) -> Column[int]:
        return Column(
            heading,
            lambda n: "" if (found := of(n)) is None else dollars(found),
            order=lambda n: found if (found := of(n)) is not None else -1,
            tone=tone,
            right=True,
        )

    return (
        _take_column(rows, Kind.EOBS, edits),
        Column("Claim", lambda n: plain(row(n).found.id), tone=tone, width=116, stretch=1),
        Column(
            PATIENT,
            lambda n: person_words(row(n), rows.names),
            tone=lambda n: "warning" if row(n).needs_person else tone(n),
            edit=edits.patient,
            editable=lambda n: row(n).draft is not None or row(n).needs_person,
            width=116,
            stretch=2,
        ),
        Column(
            PROVIDER,
            lambda n: plain(row(n).provider),
            tone=tone,
            edit=edits.provider,
            editable=lambda n: row(n).draft is not None,
            width=130,
            stretch=3,
        ),
        Column(
            "Care on",
            lambda n: service_day_words(row(n)),
            order=lambda n: row(n).found.service_from or date.min,
            tone=tone,
            width=106,
        ),
        amount(lambda n: row(n).found.billed, "Billed"),
        amount(lambda n: row(n).found.allowed, "Allowed"),
        amount(lambda n: row(n).found.you_owe, "You owe"),
        Column("State", lambda n: state_words(row(n)), tone=lambda n: state_tone(row(n)), pill=True),
        Column(WHY, lambda n: eob_why(row(n)), tone=lambda _n: "quiet", width=140, stretch=3),
    )


def look_columns() -> tuple[Column[LookRow], ...]:
    """What there is to look at in the files."""
    return (
        Column("File", lambda row: row.file, width=140, stretch=2),
        Column("Where", lambda row: row.where, width=90, stretch=1),
        Column(
            "What",
            lambda row: row.why,
            tone=lambda row: "bad" if row.lost else "",
            width=260,
            stretch=5,
        ),
    )


def look_rows(rows: ImportRows) -> list[LookRow]:
    """Everything of the files that could not be read or should be looked at."""
    found: list[LookRow] = []
    for file in rows.preview.files:
        for problem in file.problems:
            lost = file.is_empty
            words = plain(file.name), plain(problem.where), plain(problem.why)
            found.append(LookRow(len(found), *words, lost=lost))
    return found


def _take_column(rows: ImportRows, kind: Kind, edits: Edits) -> Column[int]:
    return Column(
        "",
        lambda n: take_words(rows, kind, n),
        order=lambda n: not rows.takes(kind, n),
        tooltip=lambda n: take_words(rows, kind, n),
        on_open=edits.toggle,
        width=34,
    )


def _out(amount: Cents) -> str:
    return dollars(-amount) if amount < 0 else ""


def _in(amount: Cents) -> str:
    return dollars(amount) if amount > 0 else ""
