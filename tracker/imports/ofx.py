"""OFX and QFX files, 1.x (SGML) and 2.x (XML): bank, credit card and investment statements.

Read by our own tolerant reader instead of a library. Measured over the 124 OFX files of the public
collections we test with: `ofxtools` 1.1.1 reads 62 into statements (82 as a bare tree; it refuses a
missing header, a bank number of ten digits, a type of transaction it does not know) and is under the
GPL; `ofxparse` 0.21 has not changed since 2021, needs lxml and BeautifulSoup (13 MB), reads 96
without an exception, raises for one bad row, and takes some that hold no statement as empty ones.
Importing them takes 0.17 s and 0.07 s; this reader adds nothing that the program does not load anyway.
A file of 12 MB with 50,000 rows takes it about 1.1 s and 170 MB; ofxparse took 118 s and 525 MB.
Here every file gives its rows or a reason, and a row that cannot be read costs only that row.

What is taken: the rows of statements (`STMTTRN`), in investment accounts those of cash
(`INVBANKTRAN`). Trades, holdings, open orders, pending rows and confirmations of transfers are
problems that say so. Amounts are whole cents of US dollars with the bank's sign.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.errors import UserProblem
from tracker.imports.bank_amount import uses_comma_decimals
from tracker.imports.found import Format, FoundFile, FoundMoney, FoundProblem, Progress, refused
from tracker.imports.ofx_accounts import accounts_of
from tracker.imports.ofx_corrections import settle_corrections
from tracker.imports.ofx_parts import Parts, parts_of
from tracker.imports.ofx_refusals import nothing_in, other_parts, refused_by_bank
from tracker.imports.ofx_rows import Read, Reading, read_row
from tracker.imports.ofx_tags import read_tags
from tracker.imports.ofx_text import ofx_text

_EVERY = 1000


def read_ofx(
    data: bytes, name: str, *, progress: Progress | None = None, any_currency: bool = False
) -> FoundFile:
    """What an OFX or QFX file holds. `name` is the file's, for messages.

    Never raises for what is in the file: rows that cannot be taken are problems, a file that cannot be
    read is refused. `progress` may raise Cancelled. `any_currency` takes amounts as if every currency
    were US dollars; it is for counting rows of foreign files.
    """
    try:
        source = ofx_text(data)
        size = len(source.text)
        root = read_tags(source.text, (lambda place: progress(place // 2, size)) if progress else None)
    except UserProblem as problem:
        return refused(name, Format.OFX, str(problem))
    parts = parts_of(root)
    del root
    failed = refused_by_bank(parts)
    if failed and not parts.rows:
        return refused(name, Format.OFX, failed)
    if not parts.statements:
        whys = tuple(FoundProblem(why=why) for why in nothing_in(parts))
        return FoundFile(name=name, format=Format.OFX, problems=whys)
    problems = [FoundProblem(why=failed)] if failed else []
    if source.replaced:
        problems.append(FoundProblem(why=f"{source.replaced:,} characters of it could not be read."))
    if "</OFX" not in source.text[-2000:].upper():
        problems.append(FoundProblem(why="It ends before its last tag. It may have been cut off."))
    found, naming = accounts_of(parts, any_currency=any_currency)
    problems += [FoundProblem(why=why) for why in found.problems]
    rows = list(_rows(parts, naming, any_currency=any_currency, size=size, progress=progress))
    settle_corrections(rows)
    problems += _row_problems(rows)
    problems += [FoundProblem(why=why) for why in other_parts(parts)]
    money: tuple[FoundMoney, ...] = tuple(row.money for row in rows if row.money)
    if not rows and not problems:
        problems.append(FoundProblem(why="There are no transactions in it."))
    layout = f"OFX {source.version}".strip()
    return FoundFile(
        name=name,
        format=Format.OFX,
        layout=layout,
        money=money,
        accounts=found.accounts,
        problems=tuple(problems),
    )


def _rows(
    parts: Parts, naming: list[str], *, any_currency: bool, size: int, progress: Progress | None
) -> Iterable[Read]:
    commas = uses_comma_decimals(
        row.group.fields.get("TRNAMT", "") for statement in parts.statements for row in statement.rows
    )
    reading = Reading(comma_decimals=commas, any_currency=any_currency)
    total, done = parts.rows, 0
    for statement, account in zip(parts.statements, naming, strict=True):
        for row in statement.rows:
            done += 1
            if progress and not done % _EVERY:
                progress(size // 2 + size * done // (2 * total), size)
            yield read_row(row, statement, account, reading)


def _row_problems(rows: Iterable[Read]) -> list[FoundProblem]:
    return [
        FoundProblem(where=row.where, why=row.why or row.remark) for row in rows if row.why or row.remark
    ]
