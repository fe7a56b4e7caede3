"""OFX tags as a tree, however carelessly they are closed.

OFX 1.x is SGML: a tag with a value has no end tag, only groups do. Real files close everything, or
forget to, or write `<MEMO>` with nothing after it. The rules here, in order:

- a tag followed by a value is a field of the innermost open group;
- a tag followed by nothing is a group where it is known as one, or where the file closes that name
  somewhere and not at once; otherwise it is an empty field;
- an end tag closes its group and whatever is still open in it; one that closes nothing is passed over;
- no group of OFX contains itself, so a group that begins again has ended.

Nothing here is recursive, and every step is in proportion to the length of the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tracker.errors import UserProblem
from tracker.imports.bank_text import one_line

_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9_.\-]*)(?:\s+[\w:.\-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*(/?)>", re.ASCII
)
_CLOSED = re.compile(r"</([A-Za-z][A-Za-z0-9_.\-]*)\s*>", re.ASCII)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_DEEPEST = 100
_MOST = 1_000_000
_EVERY = 8192

ALWAYS_GROUPS = frozenset((
    "OFX", "STMTTRNRS", "STMTRS", "CCSTMTTRNRS", "CCSTMTRS", "INVSTMTTRNRS", "INVSTMTRS",
    "BANKTRANLIST", "BANKTRANLISTP", "STMTTRN", "STMTTRNP", "INVTRANLIST", "INVBANKTRAN",
    "SIGNONMSGSRSV1", "BANKMSGSRSV1", "CREDITCARDMSGSRSV1", "INVSTMTMSGSRSV1", "BANKACCTFROM",
    "CCACCTFROM", "INVACCTFROM", "SONRS",
))  # fmt: skip
"""Groups whatever follows them."""

_GROUPS = ALWAYS_GROUPS | frozenset((
    "STATUS", "FI", "LEDGERBAL", "AVAILBAL", "CURRENCY", "ORIGCURRENCY", "PAYEE", "BANKACCTTO",
    "CCACCTTO", "BALLIST", "BAL", "INVBAL", "INVPOSLIST", "INVOOLIST", "PROFRS", "MSGSETLIST",
    "ACCTINFORS", "ACCTINFO",
))  # fmt: skip
_FIELDS = frozenset((
    "TRNTYPE", "DTPOSTED", "DTUSER", "DTAVAIL", "TRNAMT", "FITID", "CORRECTFITID", "CORRECTACTION",
    "SRVRTID", "CHECKNUM", "REFNUM", "SIC", "PAYEEID", "NAME", "EXTDNAME", "MEMO", "CURSYM", "CURRATE",
    "CURDEF", "BANKID", "BRANCHID", "ACCTID", "ACCTTYPE", "ACCTKEY", "BALAMT", "DTASOF", "DTSTART",
    "DTEND", "CODE", "SEVERITY", "MESSAGE", "LANGUAGE", "DTSERVER", "ORG", "FID", "TRNUID", "CLTCOOKIE",
    "MKTGINFO", "CATEGORY",
))  # fmt: skip


@dataclass(slots=True)
class Group:
    """An aggregate of OFX. `fields` are as the file has them, trimmed; see `plain_text`.

    `clashing` names the fields that were said twice, differently; `cut_off` that the file ended in it.
    """

    name: str
    fields: dict[str, str] = field(default_factory=dict)
    parts: list[Group] = field(default_factory=list)
    clashing: set[str] | None = None
    cut_off: bool = False

    def part(self, name: str) -> Group | None:
        return next((part for part in self.parts if part.name == name), None)


def read_tags(text: str, passed: Callable[[int], None] | None = None) -> Group:
    """The tree under a nameless root. `passed` is told now and then how far reading got.

    Raises UserProblem where groups are nested deeper than in any statement, or there are
    more than a million of them.
    """
    closed = {name.upper() for name in set(_CLOSED.findall(text))}
    root = Group("")
    stack, names = [root], {""}
    groups = 0
    waiting = ""  # an unknown empty tag: its own end tag may follow at once
    for count, (closing, name, alone, value, place) in enumerate(_tags(text)):
        if passed and not count % _EVERY:
            passed(place)
        if waiting and not (closing and name == waiting):
            _open(waiting, stack, names)
            groups += 1
        elif waiting:
            stack[-1].fields.setdefault(waiting, "")
        waiting = ""
        if closing:
            if name in names:
                _close(name, stack, names)
        elif name in ALWAYS_GROUPS or (not value and not alone and name in _GROUPS):
            _open(name, stack, names)
            groups += 1
        elif value or alone or name in _FIELDS or name not in closed:
            _set(stack[-1], name, value)
        else:
            waiting = name
        if groups > _MOST:
            raise UserProblem(f"It has more than {_MOST:,} entries.", "Split it into several files.")
    for group in stack[1:]:
        group.cut_off = True
    return root


def _tags(text: str) -> Iterator[tuple[bool, str, bool, str, int]]:
    """Every tag with the trimmed text after it: closing, name, closed in itself, value, place.

    Tags of OFX are in capitals. Small letters count where the whole file is written so, or where they
    spell a known name; `<b>` in a memo is text.
    """
    capitals = "<OFX" in text
    held: re.Match[str] | None = None
    for found in _TAG.finditer(text):
        name = found[2]
        if capitals and not name.isupper() and name.upper() not in _GROUPS and name.upper() not in _FIELDS:
            continue
        if held is not None:
            yield (
                bool(held[1]),
                held[2].upper(),
                bool(held[3]),
                text[held.end() : found.start()].strip(),
                held.end(),
            )
        held = found
    if held is not None:
        yield bool(held[1]), held[2].upper(), bool(held[3]), text[held.end() :].strip(), held.end()


def _set(group: Group, name: str, value: str) -> None:
    before = group.fields.get(name)
    if not before:
        group.fields[name] = value
    elif value and value != before:
        group.clashing = group.clashing or set()
        group.clashing.add(name)


def _open(name: str, stack: list[Group], names: set[str]) -> None:
    if name in names:
        _close(name, stack, names)
    if len(stack) > _DEEPEST:
        raise UserProblem(
            "Its tags are nested deeper than those of any statement.", "Download it again from the bank."
        )
    group = Group(name)
    stack[-1].parts.append(group)
    stack.append(group)
    names.add(name)


def _close(name: str, stack: list[Group], names: set[str]) -> None:
    while True:
        group = stack.pop()
        names.discard(group.name)
        if group.name == name:
            return


def plain_text(raw: str) -> str:
    """What a field says: entities resolved, also those escaped twice, control characters as blanks.

    Only entities that end in a semicolon are resolved, so that `AT&T` and `PETS&REGAL` stay themselves.
    """
    if "&" in raw:
        for _ in range(2):
            raw = _ENTITY.sub(lambda found: html.unescape(found[0]), raw)
    return one_line(raw)
