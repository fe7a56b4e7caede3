"""Payments, claims and accounts as CSV files or one workbook, on request without names and notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tracker.dates import Period
from tracker.domain.coverage.periods import ALL_TIME
from tracker.errors import UserProblem
from tracker.exports.redacted import Redactor, Unchanged
from tracker.exports.table_out import Holds, OutColumn, OutTable, Value, as_csv
from tracker.facts import ClaimLine
from tracker.file_names import file_name
from tracker.services.bundle import Services
from tracker.storage.queries import claims as claim_query
from tracker.storage.queries import table_rows
from tracker.whole_file import write_whole

Progress = Callable[[int, int], object]


class Table(StrEnum):
    """A table that can be given out; the word is also its name on the command line."""

    PAYMENTS = "payments"
    CLAIMS = "claims"
    ACCOUNTS = "accounts"


class Form(StrEnum):
    """How tables are written: a CSV file each, or one workbook with a sheet each."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, and how many rows are in them."""

    paths: tuple[Path, ...]
    rows: int


def export_tables(
    services: Services,
    folder: Path,
    *,
    tables: Sequence[Table] = tuple(Table),
    form: Form = Form.CSV,
    period: Period | None = None,
    redacted: bool = False,
    progress: Progress | None = None,
) -> Written:
    """Write tables into a folder that is there; a file of the same name is never replaced.

    `period` keeps payments by the day paid and claims by the day of care; None keeps all. `redacted` leaves
    out names, descriptions and notes. Raises UserProblem where nothing is chosen or the folder is missing,
    WorldProblem where it cannot be written, Cancelled out of `progress`; complete files stay.
    """
    if not tables:
        raise UserProblem("No table is chosen.", "Tick at least one.", field="tables")
    if not folder.is_dir():
        raise UserProblem(f"The folder {folder} is not there.", "Choose another one.", field="folder")
    made = read_tables(services, tables, period=period, redacted=redacted)
    step = _Steps(sum(len(table.rows) for table in made), progress)
    words = [_span(period)] if period is not None else []
    words += ["redacted"] if redacted else []
    ending = " ".join(words)
    if form is Form.XLSX:
        from tracker.exports.table_xlsx import as_workbook

        title = f"Healthcare tables {ending}".strip()
        path = _free(folder, f"Tables {ending}".strip(), ".xlsx")
        write_whole(path, as_workbook(made, title, progress=step.part()))
        return Written((path,), step.whole)
    paths = []
    for table in made:
        path = _free(folder, f"{table.name} {ending}".strip(), ".csv")
        write_whole(path, as_csv(table, progress=step.part()))
        step.finish(len(table.rows))
        paths.append(path)
    return Written(tuple(paths), step.whole)


def read_tables(
    services: Services,
    tables: Sequence[Table] = tuple(Table),
    *,
    period: Period | None = None,
    redacted: bool = False,
) -> list[OutTable]:
    """The tables in memory, with one set of names for all of them. Ask off the UI thread."""
    span = period or ALL_TIME
    names = _redactor(services) if redacted else Unchanged()
    made = {
        Table.PAYMENTS: lambda: _payments(services, span, names),
        Table.CLAIMS: lambda: _claims(services, span, names),
        Table.ACCOUNTS: lambda: _accounts(services, span, names),
    }
    return [made[table]() for table in tables]


def _redactor(services: Services) -> Redactor:
    people = services.people
    return Redactor([item.name for item in people.people()], [item.name for item in people.providers()])


# the tables ----------------------------------------------------------------------------

_PAYMENTS = (
    OutColumn("Payment", Holds.NUMBER),
    OutColumn("Date", Holds.DAY),
    OutColumn("Kind"),
    OutColumn("Payee"),
    OutColumn("Person"),
    OutColumn("Budget line"),
    OutColumn("Amount", Holds.MONEY),
    OutColumn("From account"),
    OutColumn("To account"),
    OutColumn("Budget month"),
    OutColumn("HSA kind"),
    OutColumn("Tax year", Holds.NUMBER),
    OutColumn("Repays payment", Holds.NUMBER),
    OutColumn("Note"),
    OutColumn("Bank number"),
)


def _payments(services: Services, span: Period, names: Redactor) -> OutTable:
    """One row for each budget line's part of a payment; parts of one payment have its number."""
    rows: list[tuple[Value, ...]] = [
        (
            part.payment_id,
            part.on,
            "Transfer" if part.to_account else "Expense" if part.amount > 0 else "Refund",
            names.provider(part.payee),
            names.person(part.person),
            names.kept(part.category),
            part.amount,
            names.kept(part.account),
            names.kept(part.to_account),
            part.counts_on.isoformat()[:7] if part.counts_on else "",
            part.source,
            part.tax_year,
            part.repays_id,
            names.left_out(part.note),
            names.left_out(part.bank_id),
        )
        for part in table_rows.paid_parts(services.ledger.read(), span)
    ]
    return OutTable("Payments", _PAYMENTS, rows)


_CLAIMS = (
    OutColumn("Service date", Holds.DAY),
    OutColumn("Last service date", Holds.DAY),
    OutColumn("Processed", Holds.DAY),
    OutColumn("Person"),
    OutColumn("Provider"),
    OutColumn("Plan"),
    OutColumn("Network"),
    OutColumn("Claim number"),
    OutColumn("Version"),
    OutColumn("Replaced"),
    OutColumn("Stage"),
    OutColumn("Service"),
    OutColumn("Description"),
    OutColumn("Billed", Holds.MONEY),
    OutColumn("Allowed", Holds.MONEY),
    OutColumn("Deductible", Holds.MONEY),
    OutColumn("Copay", Holds.MONEY),
    OutColumn("Coinsurance", Holds.MONEY),
    OutColumn("Not covered", Holds.MONEY),
    OutColumn("Plan paid", Holds.MONEY),
    OutColumn("Other plan paid", Holds.MONEY),
    OutColumn("You owe", Holds.MONEY),
    OutColumn("Paid to"),
    OutColumn("Reason codes"),
    OutColumn("Note"),
)


def _claims(services: Services, span: Period, names: Redactor) -> OutTable:
    """One row for each EOB, oldest first; *Replaced* tells those that a later one takes the place of."""
    connection = services.ledger.read()
    replaced = {line.claim.replaces_id for line in claim_query.lines(connection, ALL_TIME)}
    services_by_code = services.coverage.categories()
    rows = []
    for line in reversed(claim_query.lines(connection, span)):
        category = services_by_code.get(line.claim.category)
        service = category.name if category else line.claim.category
        rows.append(_claim(line, service, line.claim.id in replaced, names))
    return OutTable("Claims", _CLAIMS, rows)


def _claim(line: ClaimLine, service: str, replaced: bool, names: Redactor) -> tuple[Value, ...]:
    claim = line.claim
    return (
        claim.service_from,
        claim.service_to,
        claim.processed_on,
        names.person(line.person),
        names.provider(line.provider),
        names.left_out(line.plan),
        claim.network.value,
        names.left_out(claim.claim_number),
        claim.version.value,
        "yes" if replaced else "no",
        claim.stage.value.replace("_", " "),
        names.left_out(service),
        names.left_out(claim.description),
        claim.billed,
        claim.allowed,
        claim.deductible,
        claim.copay,
        claim.coinsurance,
        claim.not_covered,
        claim.plan_paid,
        claim.other_paid,
        claim.you_owe,
        claim.paid_to.value,
        names.left_out(claim.reasons),
        names.left_out(claim.note),
    )


_ACCOUNTS = (
    OutColumn("Account"),
    OutColumn("Kind"),
    OutColumn("Institution"),
    OutColumn("Owner"),
    OutColumn("Opened", Holds.DAY),
    OutColumn("Closed"),
    OutColumn("Balance before", Holds.MONEY),
    OutColumn("Money in", Holds.MONEY),
    OutColumn("Money out", Holds.MONEY),
    OutColumn("Balance after", Holds.MONEY),
)


def _accounts(services: Services, span: Period, names: Redactor) -> OutTable:
    """Every account with what moved in the period."""
    rows: list[tuple[Value, ...]] = [
        (
            names.kept(item.name),
            item.kind,
            names.kept(item.institution),
            names.person(item.owner),
            item.opened_on,
            "yes" if item.closed else "no",
            item.before,
            item.money_in,
            item.money_out,
            item.before + item.money_in - item.money_out,
        )
        for item in table_rows.account_sums(services.ledger.read(), span)
    ]
    return OutTable("Accounts", _ACCOUNTS, rows)


# files ---------------------------------------------------------------------------------


class _Steps:
    """Progress over all rows of all tables."""

    def __init__(self, whole: int, progress: Progress | None) -> None:
        self.whole = whole
        self._progress = progress
        self._behind = 0

    def part(self) -> Progress | None:
        tell, behind = self._progress, self._behind
        if tell is None:
            return None
        return lambda done, _of: tell(behind + done, max(1, self.whole))

    def finish(self, rows: int) -> None:
        self._behind += rows


def _span(period: Period) -> str:
    """`2026`, or the first and the last day."""
    begin = period.begin
    if (begin.month, begin.day) == (1, 1) and period.end == begin.replace(year=begin.year + 1):
        return str(begin.year)
    return f"{begin.isoformat()} to {period.last_day.isoformat()}"


def _free(folder: Path, name: str, ending: str) -> Path:
    """A file of that name that is not there yet."""
    path, number = folder / file_name(f"{name}{ending}", otherwise=f"table{ending}"), 2
    while path.exists():
        path = folder / file_name(f"{name} {number}{ending}", otherwise=f"table {number}{ending}")
        number += 1
    return path
