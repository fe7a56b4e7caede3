"""What the wizard for the columns of a table calls things, and the tables it shows."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.dates import day_text
from tracker.imports.table_amounts import DecimalMark
from tracker.imports.table_choosing import SampleRow
from tracker.imports.table_dates import DateOrder
from tracker.imports.table_fields import CLAIM_FIELDS, MONEY_FIELDS, Field, Holds
from tracker.imports.table_mapping import Mapping
from tracker.imports.table_opening import Table
from tracker.money import dollars_or_blank
from ui.models.table import Column

NOT_READ = ""
_LONGEST_NAME = 60

FIELD_WORDS: dict[Field, str] = {
    Field.DATE: "Date of the payment",
    Field.AMOUNT: "Amount",
    Field.MONEY_OUT: "Money out",
    Field.MONEY_IN: "Money in",
    Field.DIRECTION: "A word that says out or in",
    Field.PAYEE: "Payee",
    Field.PAID_BY: "Who paid",
    Field.PAID_TO: "Who was paid",
    Field.MEMO: "Memo",
    Field.KIND: "Kind of payment",
    Field.ID: "The bank\u2019s number",
    Field.CHECK_NUMBER: "Check number",
    Field.CATEGORY: "Category of the bank",
    Field.ACCOUNT: "Account",
    Field.BALANCE: "Balance afterwards",
    Field.CURRENCY: "Currency",
    Field.STATUS: "Status, such as pending",
    Field.TAX_YEAR: "Tax year of a contribution",
    Field.SOURCE: "Who contributed",
    Field.CARE_ON: "Date of service",
    Field.CLAIM_NUMBER: "Claim number",
    Field.CLAIM_KIND: "Kind of claim",
    Field.CLAIM_STATUS: "Status of the claim",
    Field.PATIENT: "Patient",
    Field.MEMBER_NUMBER: "Member number",
    Field.PROVIDER: "Provider",
    Field.INSURER: "Insurer",
    Field.PLAN: "Plan",
    Field.NETWORK: "In or out of network",
    Field.SERVICE: "Service, in words",
    Field.SERVICE_CODE: "Service code",
    Field.SERVICE_FROM: "Service date",
    Field.SERVICE_TO: "Last service date",
    Field.PROCESSED_ON: "Processed date",
    Field.BILLED: "Billed",
    Field.ALLOWED: "Allowed",
    Field.DISCOUNT: "Plan discount",
    Field.PLAN_PAID: "Plan paid",
    Field.OTHER_PAID: "Other insurer paid",
    Field.DEDUCTIBLE: "Deductible",
    Field.COPAY: "Copay",
    Field.COINSURANCE: "Coinsurance",
    Field.NOT_COVERED: "Not covered",
    Field.RESPONSIBILITY: "Your responsibility",
    Field.YOU_OWE: "You owe",
    Field.PAID_AT_VISIT: "Paid at the visit",
    Field.REASONS: "Reason codes",
    Field.REMARK: "Remark",
}

HOLDS = ((Holds.MONEY.value, "Payments"), (Holds.CLAIMS.value, "Claims"))
DATES = (
    (DateOrder.MONTH_FIRST.value, "Month first, 12/31/2026"),
    (DateOrder.DAY_FIRST.value, "Day first, 31/12/2026"),
    (DateOrder.YEAR_FIRST.value, "Year first, 2026-12-31"),
    (DateOrder.YEAR_MIDDLE.value, "Year in the middle, 31/2026/12"),
)
DECIMALS = ((DecimalMark.POINT.value, "A point, 1,234.56"), (DecimalMark.COMMA.value, "A comma, 1.234,56"))
DELIMITERS = ((",", "Commas"), (";", "Semicolons"), ("\t", "Tabs"), ("|", "Vertical bars"))
ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows-1252, western Europe"),
    ("cp1250", "Windows-1250, central Europe"),
    ("cp850", "DOS 850"),
    ("mac_roman", "Mac Roman"),
    ("utf-16", "UTF-16"),
)


def field_options(holds: Holds) -> list[tuple[str, str]]:
    """What a column may be said to hold; the first says that it is not read."""
    fields = MONEY_FIELDS if holds is Holds.MONEY else CLAIM_FIELDS
    return [(NOT_READ, "Not read"), *((field.value, FIELD_WORDS[field]) for field in fields)]


def column_name(table: Table, place: int) -> str:
    """The heading of a column, or its number where it has none."""
    heading = table.headings[place] if place < table.width else ""
    return short(heading, _LONGEST_NAME) if heading else f"Column {place + 1}"


def examples(table: Table, place: int, most: int = 3) -> str:
    """The first different cells of a column, for a line beside its name."""
    cells = [row[place] for row in table.rows[:200] if place < len(row) and row[place]]
    found = [short(cell, 24) for cell in dict.fromkeys(cells)][:most]
    return " \u00b7 ".join(found) if found else "empty"


def short(text: str, most: int) -> str:
    """One line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "\u2026"


def heading_options(table: Table, most: int = 30) -> list[tuple[str, str]]:
    """The rows in which the headings may stand, by number; 0 says that there are none."""
    rows = [*zip(table.above_numbers, table.above, strict=False)]
    if table.has_headings:
        rows.append((table.opening.headings_row or 0, list(table.headings)))
    rows += zip(table.numbers[:most], table.rows[:most], strict=True)
    shown = [
        (str(number), f"Row {number}: {short(', '.join(cell for cell in cells if cell), 40)}")
        for number, cells in rows[:most]
    ]
    return [("0", "There are no headings"), *shown]


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as the file has it."""

    number: int
    cells: list[str]


def raw_rows(table: Table, most: int) -> list[RawRow]:
    """The first rows under the headings."""
    return [
        RawRow(number, cells) for number, cells in zip(table.numbers[:most], table.rows[:most], strict=True)
    ]


def raw_columns(table: Table) -> list[Column[RawRow]]:
    """One column for each of the file, headed as there."""

    def cell(place: int) -> Column[RawRow]:
        def text(row: RawRow) -> str:
            return short(row.cells[place], 200) if place < len(row.cells) else ""

        return Column(short(column_name(table, place), 30), text, tooltip=text, width=96, stretch=1)

    number: Column[RawRow] = Column("Row", lambda row: str(row.number), right=True, width=44)
    return [number, *(cell(place) for place in range(table.width))]


def sample_columns(mapping: Mapping) -> list[Column[SampleRow]]:
    """What would be imported of each row, and what is wrong with it."""
    claims = mapping.holds is Holds.CLAIMS

    def quiet(row: SampleRow) -> str:
        return "" if row.taken else "quiet"

    def who(row: SampleRow) -> str:
        return row.who if row.taken else row.text

    columns: list[Column[SampleRow]] = [
        Column("Row", lambda row: str(row.number), right=True, width=44, tone=quiet),
        Column("Service date" if claims else "Date", lambda row: day_text(row.on) if row.on else "",
               tone=quiet),
        Column("Provider" if claims else "Payee", who, width=130, stretch=2, tone=quiet, tooltip=who),
        Column("Claim" if claims else "Memo", lambda row: row.more, width=110, stretch=2, tone=quiet,
               tooltip=lambda row: row.more),
    ]  # fmt: skip
    if claims:
        columns.append(Column("Billed", lambda row: dollars_or_blank(row.billed), right=True, tone=quiet))
        columns.append(Column("You owe", lambda row: dollars_or_blank(row.amount), right=True, tone=quiet))
    else:
        columns.append(Column("Out", lambda row: _side(row, out=True), right=True, tone=quiet))
        columns.append(Column("In", lambda row: _side(row, out=False), right=True, tone=quiet))
    columns.append(
        Column("Check", check_words, width=170, stretch=3, tooltip=check_words,
               tone=lambda row: "warning" if row.taken else "bad")
    )  # fmt: skip
    return columns


def check_words(row: SampleRow) -> str:
    """What is to be said of a row; nothing where all is well."""
    if row.taken:
        return f"Look at it: {row.why}" if row.why else ""
    return f"Left out: {row.why}" if row.why else "Left out."


def _side(row: SampleRow, *, out: bool) -> str:
    if row.amount is None or (row.amount < 0) != out:
        return ""
    return dollars_or_blank(abs(row.amount))
