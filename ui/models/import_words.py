"""How files and rows of an import are said on screen."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.dates import day_text
from tracker.domain.importing.rows import EobRow, MoneyRow, RowState
from tracker.facts import EobVersion
from tracker.facts.found import Format, FoundFile
from tracker.money import dollars
from ui.models.import_read import Names
from ui.models.import_rows import ImportRows
from ui.models.import_sheet import Kind, Tab, tickable

TABS = {
    Tab.NEW: "New",
    Tab.CHANGED: "Changed",
    Tab.KNOWN: "Already there",
    Tab.LEFT: "Left out",
    Tab.ALL: "All",
    Tab.LOOK: "To look at",
}
DECIDE = {Kind.MONEY: "Looks alike: decide", Kind.EOBS: "Whose are they"}
KINDS = {Kind.MONEY: "Payments", Kind.EOBS: "EOBs"}
_FORMATS = {
    Format.FHIR: "EOBs from an insurer (FHIR)",
    Format.OFX: "Bank download (OFX)",
    Format.QIF: "Bank download (QIF)",
    Format.TABLE: "Table",
    Format.ZIP: "Zip",
    Format.FOLDER: "Folder",
    Format.UNKNOWN: "Not known",
}


def plain(text: str) -> str:
    """Text of a file on one line."""
    return " ".join(text.split())


def counted(number: int, one: str, more: str = "") -> str:
    """`1 payment`, `1,200 payments`."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def amounts_of_rows(payments: int, eobs: int) -> str:
    """`212 payments and 14 EOBs`; empty for none."""
    parts = [counted(payments, "payment")] if payments else []
    parts += [counted(eobs, "EOB")] if eobs else []
    return " and ".join(parts)


# files ---------------------------------------------------------------------------------------


def format_words(file: FoundFile) -> str:
    """What a file was recognised as."""
    said = _FORMATS[file.format]
    if file.format is Format.TABLE:
        return f"Table: {plain(file.layout)}" if file.layout else said
    return said


def holds_words(file: FoundFile) -> str:
    """How much a file holds."""
    return amounts_of_rows(len(file.money), len(file.eobs)) or "Nothing to take"


def look_words(file: FoundFile) -> str:
    """What there is to look at in a file: its first sentence, and how many more."""
    said = [*file.doubts, *(problem_words(where.where, where.why) for where in file.problems)]
    if not said:
        return ""
    more = len(said) - 1
    return plain(said[0]) + (f" And {more:,} more." if more else "")


def problem_words(where: str, why: str) -> str:
    """Where something is, and what."""
    return f"{where[:1].upper()}{where[1:]}: {why}" if where else why


def day_first(file: FoundFile, settled: bool | None) -> bool | None:
    """Whether the dates of a QIF file are read day first; None where there is nothing to choose.

    `settled` is what the member said before.
    """
    if file.format is not Format.QIF:
        return None
    if settled is not None:
        return settled
    doubted = any("month first" in problem.why and "day first" in problem.why for problem in file.problems)
    return False if doubted else None


def dates_words(file: FoundFile, is_day_first: bool) -> str:
    """How the dates of a file are read."""
    example = "3/4 is April 3" if is_day_first else "3/4 is March 4"
    return f"{plain(file.name)}: dates read {'day' if is_day_first else 'month'} first, {example}."


# rows ----------------------------------------------------------------------------------------


def payee_words(row: MoneyRow, names: Names) -> str:
    """Who is paid, or where a transfer goes."""
    goes = row.proposed.to_account_id
    if goes is not None and (row.found.amount < 0 or not row.proposed.payee):
        return f"to {names.accounts.get(goes, 'another account')}"
    return plain(row.proposed.payee)


def bank_words(row: MoneyRow) -> str:
    """What the bank wrote."""
    found = row.found
    parts = [found.payee, found.memo if found.memo.strip() != found.payee.strip() else ""]
    if found.check_number:
        parts.append(f"check {found.check_number}")
    return plain("; ".join(part for part in parts if part.strip()))


def account_words(row: MoneyRow, names: Names) -> str:
    """The account whose statement the row is of."""
    own = row.proposed.account_id if row.proposed.account_id is not None else row.proposed.to_account_id
    return names.accounts.get(own or 0, "")


def link_words(row: MoneyRow) -> str:
    """What the row would be tied to."""
    draft = row.proposed
    if draft.to_account_id is not None:
        return "Transfer" if row.found.amount < 0 else "Deposit"
    if draft.repays_id is not None:
        return "Refund"
    return "Pays a bill" if draft.bill_id is not None else ""


def why_words(row: MoneyRow) -> str:
    """What decided about a row of money."""
    if row.found.amount == 0:
        return "It has no amount."
    return plain(row.why)


def state_words(row: EobRow) -> str:
    """How an EOB stands to the ledger, in a word or two."""
    if row.needs_person:
        return "Whose is it?"
    if row.draft is None or row.problem:
        return "Cannot be taken"
    if row.state is RowState.KNOWN:
        return "Already there"
    if row.draft.version is EobVersion.VOID:
        return "Taken back"
    if row.state is RowState.CHANGED:
        is_later = row.against is not None or (row.follows is not None and row.take)
        return "Later version" if is_later else "Twice in the files"
    return "New"


def state_tone(row: EobRow) -> str:
    """The tone of that word."""
    if row.draft is None or row.problem:
        return "warning"
    return {RowState.NEW: "good", RowState.KNOWN: "quiet"}.get(row.state, "accent")


def eob_why(row: EobRow) -> str:
    """What decided about an EOB, or what is odd about it."""
    return plain(row.problem or row.why or " ".join(row.found.remarks))


def person_words(row: EobRow, names: Names) -> str:
    """Who an EOB is for, else the patient the file names."""
    if row.draft is not None:
        return names.people.get(row.draft.person_id, "")
    return plain(row.found.patient)


def service_day_words(row: EobRow) -> str:
    day = row.draft.service_from if row.draft is not None else row.found.service_from
    return day_text(day) if day else ""


def take_words(rows: ImportRows, kind: Kind, place: int) -> str:
    """The tick of a row for who does not see it."""
    if rows.takes(kind, place):
        return "Take"
    return "Leave out" if tickable(rows.row(kind, place)) else "Cannot be taken"


def tab_options(rows: ImportRows, kind: Kind) -> list[tuple[str, str]]:
    """The tabs with their counts."""
    return [
        (tab.value, f"{DECIDE[kind] if tab is Tab.DECIDE else TABS[tab]} {count:,}")
        for tab, count in rows.tabs(kind).items()
    ]


def shown_words(count: int, whole: int, ticked: int) -> str:
    """The line under the table."""
    shown = f"{count:,} of {whole:,} rows" if count != whole else counted(whole, "row")
    return f"{shown}, {ticked:,} to take"


def joined(names: Sequence[str], most: int = 3) -> str:
    """Some names, and how many more there are."""
    shown = ", ".join(plain(name) for name in names[:most])
    more = len(names) - most
    return f"{shown} and {more:,} more" if more > 0 else shown


def take_button_words(rows: ImportRows) -> str:
    """What the button that takes everything says."""
    said = amounts_of_rows(rows.chosen(Kind.MONEY), rows.chosen(Kind.EOBS))
    return f"Take {said}" if said else "Take"


def sum_words(rows: ImportRows) -> str:
    """What would be taken, and what waits for a word of the member."""
    said = amounts_of_rows(rows.chosen(Kind.MONEY), rows.chosen(Kind.EOBS))
    out, into = rows.chosen_sums()
    sums = [f"{dollars(out)} out"] if out else []
    sums += [f"{dollars(into)} in"] if into else []
    parts = [
        f"{said} to take{': ' if sums else ''}{' and '.join(sums)}." if said else "Nothing is ticked yet."
    ]
    alike = rows.tabs(Kind.MONEY).get(Tab.DECIDE, 0)
    if alike:
        verb = "looks" if alike == 1 else "look"
        parts.append(f"{counted(alike, 'row')} {verb} like a payment that is there: decide.")
    nobody = rows.tabs(Kind.EOBS).get(Tab.DECIDE, 0)
    if nobody:
        verb = "is" if nobody == 1 else "are"
        parts.append(f"{counted(nobody, 'EOB')} {verb} of nobody here: say whose.")
    return " ".join(parts)
