"""What a tree of OFX tags holds: statements with their rows in order, and everything that is none."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.imports.ofx_tags import Group, plain_text

STATEMENTS = {"STMTRS": "", "CCSTMTRS": "CREDITCARD", "INVSTMTRS": "INVESTMENT"}
"""The groups that are statements, with the kind of their account where it names none."""

_OWNERS = ("BANKACCTFROM", "CCACCTFROM", "INVACCTFROM")
_BALANCES = ("LEDGERBAL", "AVAILBAL", "INVBAL")
_LISTS = frozenset(("INVPOSLIST", "INVOOLIST"))
_TRANSFERS = frozenset(("INTRARS", "INTERRS", "WIRERS", "PMTRS"))
_WITH_STATEMENT = frozenset(f"{name[:-2]}TRNRS" for name in STATEMENTS)
_KNOWN_ANSWERS = _WITH_STATEMENT | {"PROFTRNRS", "ACCTINFOTRNRS", "SECLISTTRNRS"}
_NO_TRADES = frozenset(("INVBANKTRAN", "STMTTRN", "BANKTRANLIST", *_LISTS, *_BALANCES, *_OWNERS))


@dataclass(slots=True)
class Row:
    """A row of a statement and its number in the file, from 1. `entry` is what the file calls it."""

    number: int
    group: Group
    entry: str = "STMTTRN"


@dataclass(slots=True)
class Statement:
    """What one account's statement says. A row outside every statement is in one without an owner."""

    group: Group
    kind: str = ""
    owner: Group | None = None
    institution: str = ""
    balances: dict[str, Group] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    holdings: int = 0
    orders: int = 0

    @property
    def currency(self) -> str:
        return plain_text(self.group.fields.get("CURDEF", "")).upper()


@dataclass(slots=True)
class Parts:
    """Everything of interest in a file. `answers` are parts that hold no statement, by their tag."""

    statements: list[Statement] = field(default_factory=list)
    statuses: list[tuple[str, Group]] = field(default_factory=list)
    transfers: list[Group] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)
    listed_accounts: int = 0
    is_profile: bool = False
    is_request: bool = False
    stray_fields: bool = False

    @property
    def rows(self) -> int:
        return sum(len(statement.rows) for statement in self.statements)


def parts_of(root: Group) -> Parts:
    """Walk the tree once, in the order of the file."""
    parts = Parts()
    nowhere = Statement(Group(""))
    institution = ""
    number = 0
    waiting: list[tuple[Group, str, Statement]] = [(root, "", nowhere)]
    while waiting:
        group, above, statement = waiting.pop()
        name = group.name
        if name in STATEMENTS:
            statement = Statement(group, kind=STATEMENTS[name], institution=institution)
            parts.statements.append(statement)
        elif name in ("STMTTRN", "STMTTRNP"):
            number += 1
            statement.rows.append(Row(number, group, name))
        elif name == "FI":
            institution = plain_text(group.fields.get("ORG", "")) or institution
        elif name == "STATUS":
            parts.statuses.append((above, group))
        elif name in _OWNERS and above not in _TRANSFERS and above != "XFERINFO":
            statement.owner = statement.owner or group
        elif name in _BALANCES:
            statement.balances.setdefault(name, group)
        elif name in _LISTS:
            count = sum(part.name.startswith(("POS", "OO")) for part in group.parts)
            if name == "INVPOSLIST":
                statement.holdings += count
            else:
                statement.orders += count
        elif above in ("INVTRANLIST", "INVBANKTRAN") and name not in _NO_TRADES:
            if above == "INVTRANLIST" or _is_trade(group):
                number += 1
                statement.rows.append(Row(number, group, name))
            continue
        elif name in _TRANSFERS:
            parts.transfers.append(group)
        else:
            _note_answer(group, parts)
        if name.endswith("TRANLIST") and "TRNAMT" in group.fields:
            parts.stray_fields = True
        waiting.extend((part, name, statement) for part in reversed(group.parts))
    if nowhere.rows:
        parts.statements.append(nowhere)
    return parts


def _is_trade(group: Group) -> bool:
    return group.name not in ("CURRENCY", "ORGCURRENCY") and bool(group.parts)


def _note_answer(group: Group, parts: Parts) -> None:
    """Remember the parts of a file that are no statement."""
    name = group.name
    if name == "PROFRS":
        parts.is_profile = True
    elif name == "ACCTINFO":
        parts.listed_accounts += 1
    elif name.endswith(("MSGSRQV1", "MSGSRQV2")):
        parts.is_request = True
    elif name.endswith("TRNRS") and name not in _KNOWN_ANSWERS:
        parts.answers[name] = parts.answers.get(name, 0) + 1


def field_of(group: Group, name: str) -> str:
    """The text of a field, empty where it is not there."""
    raw = group.fields.get(name, "")
    return plain_text(raw) if raw else ""


def deep_field(group: Group, name: str) -> str:
    """The first field of that name in a group or below it."""
    waiting = [group]
    while waiting:
        one = waiting.pop()
        if one.fields.get(name):
            return plain_text(one.fields[name])
        waiting.extend(reversed(one.parts))
    return ""
