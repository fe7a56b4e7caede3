"""Taking what files hold into the ledger as one change, keeping a record of it, and taking it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tracker.changes import Changes
from tracker.dates import day_text
from tracker.domain.importing.rows import EobRow, MoneyRow
from tracker.errors import UserProblem
from tracker.facts import Allocation, EobVersion, Payment, Plan
from tracker.facts.accounts import AccountStatement, ExpenseNote
from tracker.facts.claims import BillShare
from tracker.facts.found import FoundFile
from tracker.facts.importing import (
    Import,
    ImportAccount,
    ImportedFile,
    ImportProfile,
    ImportRule,
)
from tracker.money import Cents
from tracker.services import rows, words
from tracker.services.bundle import Services
from tracker.services.import_preview import Preview, preview, source_key
from tracker.services.payments import in_proportion, whole_to
from tracker.storage.ledger import Work
from tracker.storage.queries import household
from tracker.storage.queries import importing as query
from tracker.storage.queries import payments as payment_query
from tracker.wording import count_of

Progress = Callable[[int, int], object]


class ImportService:
    """Files in: looked at first, taken at once, and taken back at once."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._ledger = services.ledger

    # looking -------------------------------------------------------------------------

    def read(
        self, paths: Sequence[str | Path], *, progress: Progress | None = None
    ) -> tuple[FoundFile, ...]:
        """What files, folders and zips hold; kept table layouts are tried first. Changes nothing."""
        from tracker.imports.read_files import read_files

        tell = None if progress is None else lambda done, total: _told(progress, done, total)
        return read_files(paths, profiles=self.mappings(), progress=tell)

    def preview(
        self,
        files: Sequence[FoundFile],
        *,
        chosen: Mapping[tuple[int, str], int | None] | None = None,
    ) -> Preview:
        """What the files hold against the ledger, row by row."""
        return preview(self._services, files, chosen=chosen)

    def imports(self) -> list[Import]:
        """Every import, the latest first."""
        return query.imports(self._ledger.read())

    def still_there(self, import_id: int) -> tuple[int, int]:
        """How many payments and EOBs of an import are still in the ledger."""
        return query.still_there(self._ledger.read(), import_id)

    def all_still_there(self) -> dict[int, tuple[int, int]]:
        """The same for every import that still has any."""
        return query.all_still_there(self._ledger.read())

    # taking --------------------------------------------------------------------------

    def take(self, seen: Preview, *, progress: Progress | None = None) -> Changes:
        """Take the chosen rows as one change. Raises UserProblem, naming the row, where one cannot be.

        Either everything chosen is taken or nothing. `progress` may raise Cancelled.
        """
        money = [row for row in seen.money if row.take]
        eobs = [row for row in seen.eobs if row.take and row.draft is not None]
        if not money and not eobs:
            raise UserProblem("Nothing is chosen.", "Tick the rows to take.")
        total = len(money) + len(eobs)
        with self._ledger.write(_import_words(len(money), len(eobs))) as work:
            import_id = self._put_import(work, seen)
            self._remember_accounts(work, seen)
            drafts = [self._payment(row, seen, import_id) for row in money]
            ids = self._services.payments.put_many(
                work,
                drafts,
                told=lambda done: progress(done, total) if progress is not None else None,
            )
            for row, payment_id in zip(money, ids, strict=True):
                _put_note(work, row, payment_id)
            plans = household.household(self._ledger.read()).plans
            taken: dict[int, int] = {}
            before = {row.place: row.follows for row in seen.eobs}
            for done, eob in enumerate(_oldest_first(eobs, before)):
                if progress is not None and done % 50 == 0:
                    progress(len(money) + done, total)
                earlier = next((n for n in _versions_before(eob, before) if n in taken), None)
                replaces = None if earlier is None else taken[earlier]
                taken[eob.place] = self._take_eob(work, eob, import_id, plans, replaces)
            self._take_statements(work, seen, {row.file for row in money}, import_id)
            if progress is not None:
                progress(total, total)
            work.new_id = import_id
        return work.changes

    def take_back(self, import_id: int) -> Changes:
        """Remove what an import brought that is still there, as one change."""
        found = next((item for item in self.imports() if item.id == import_id), None)
        if found is None:
            raise UserProblem("This import was taken back already.", "Undo that to see it again.")
        with self._ledger.write(f"Take back the import of {day_text(found.at.date())}") as work:
            for table in ("payment", "claim", "account_statement"):
                work.connection.exec_driver_sql(f"DELETE FROM {table} WHERE import_id = ?", (import_id,))
            from tracker.storage import schema

            rows.remove(work.connection, schema.import_batch, [import_id])
        return work.changes

    # rules, layouts, accounts --------------------------------------------------------

    def rules(self) -> list[ImportRule]:
        """The rules in the order in which they are asked."""
        return query.rules(self._ledger.read())

    def save_rules(self, rules: Sequence[ImportRule]) -> Changes:
        """Make the rules exactly these, in this order. Raises UserProblem for one that says nothing."""
        for rule in rules:
            words.name(rule.name, what="rule", field="name")
            span = (rule.amount_from, rule.amount_to)
            if span[0] is not None and span[1] is not None and span[0] > span[1]:
                raise UserProblem(
                    f"The amounts of {rule.name} are the wrong way round.", "Swap them.", field="amount_to"
                )
            asks = (rule.payee_has, rule.memo_has, rule.amount_from, rule.amount_to, rule.account_id)
            if not any(item not in ("", None) for item in asks):
                raise UserProblem(
                    f"{rule.name} would fit every row.",
                    "Say which payee or amount it is for.",
                    field="payee_has",
                )
        with self._ledger.write("Change the rules for imports") as work:
            from tracker.storage import schema

            work.connection.execute(schema.import_rule.delete())
            for position, rule in enumerate(rules):
                values = rows.values_of(replace(rule, position=position))
                rows.put(work.connection, schema.import_rule, None, values)
        return work.changes

    def profiles(self) -> list[ImportProfile]:
        """Kept table layouts, the latest first."""
        return query.profiles(self._ledger.read())

    def mappings(self) -> list[object]:
        """The kept layouts as the table reader takes them; a damaged one is passed over."""
        from tracker.imports.table_mapping import from_json

        found: list[object] = []
        for item in self.profiles():
            try:
                found.append(from_json(item.mapping))
            except (UserProblem, ValueError):
                continue
        return found

    def save_profile(self, profile: ImportProfile) -> Changes:
        """Keep how a kind of table is read; one of the same name is replaced."""
        name = words.name(profile.name)
        with self._ledger.write(f"Keep layout, {name}") as work:
            from tracker.storage import schema

            table = schema.import_profile
            work.connection.execute(table.delete().where(table.c.name == name))
            work.new_id = rows.put(work.connection, table, None, {"name": name, "mapping": profile.mapping})
        return work.changes

    def remove_profiles(self, ids: Iterable[int]) -> Changes:
        with self._ledger.write("Remove layout") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.import_profile, ids)
        return work.changes

    # ours ----------------------------------------------------------------------------

    def _put_import(self, work: Work, seen: Preview) -> int:
        from tracker.storage import schema

        at = datetime.now(UTC).replace(microsecond=0).isoformat()
        import_id = rows.put(work.connection, schema.import_batch, None, {"at": at, "note": ""})
        judged = seen.rows
        taken = Counter(row.file for row in judged if row.take)
        known = Counter(row.file for row in judged if not row.take and row.against)
        whole = Counter(row.file for row in judged)
        for n, file in enumerate(seen.files):
            kept = ImportedFile(
                name=file.name[:200],
                sha256=file.sha256 or "0" * 64,
                format=file.format.value,
                layout=file.layout[:200],
                size=file.size,
                taken=taken[n],
                known=known[n],
                left_out=whole[n] - taken[n] - known[n] + len(file.problems),
            )
            values = {"import_id": import_id, **rows.values_of(kept)}
            rows.put(work.connection, schema.import_file, None, values)
        return import_id

    def _remember_accounts(self, work: Work, seen: Preview) -> None:
        from tracker.storage import schema

        table = schema.import_account
        for item in seen.accounts:
            if item.account_id is None:
                continue
            key = source_key(seen.files[item.file], item.source)
            work.connection.execute(table.delete().where(table.c.source == key))
            rows.put(
                work.connection,
                table,
                None,
                rows.values_of(ImportAccount(source=key, account_id=item.account_id)),
            )

    def _payment(self, row: MoneyRow, seen: Preview, import_id: int) -> tuple[Payment, str]:
        """The payment a row becomes, and who was paid."""
        draft, found = row.proposed, row.found
        transfer = draft.to_account_id is not None
        amount = abs(found.amount) if transfer else -found.amount
        if amount == 0:
            raise UserProblem(f"A row of {day_text(found.on)} has no amount.", "Leave it out.")
        other = seen.money[draft.pair].found.id if draft.pair is not None else ""
        tied = draft.bill_id is not None and not transfer and (amount > 0 or draft.repays_id is not None)
        bills = (BillShare(bill_id=draft.bill_id or 0, amount=amount),) if tied else ()
        payment = Payment(
            paid_on=found.on,
            amount=amount,
            person_id=draft.person_id,
            account_id=draft.account_id,
            to_account_id=draft.to_account_id,
            repays_id=draft.repays_id if amount < 0 else None,
            note=_note(row),
            tax_year=draft.tax_year,
            source=draft.source,
            bank_id="\n".join((found.id, other)) if other else found.id,
            import_id=import_id,
            allocations=() if transfer else self._shares(row, amount),
            bills=bills,
        )
        return payment, "" if transfer else draft.payee

    def _shares(self, row: MoneyRow, amount: Cents) -> tuple[Allocation, ...]:
        draft = row.proposed
        if draft.repays_id is not None and amount < 0:
            repaid = payment_query.get(self._ledger.read(), draft.repays_id)
            return in_proportion(repaid, amount) if repaid else ()
        return whole_to(draft.category_id, amount)

    def _take_eob(
        self, work: Work, row: EobRow, import_id: int, plans: Sequence[Plan], replaces: int | None
    ) -> int:
        """Write an EOB and give its id. `replaces` is a version of it that these files brought."""
        draft = row.draft
        assert draft is not None
        draft = replace(draft, import_id=import_id, replaces_id=replaces or draft.replaces_id)
        if draft.replaces_id is None and draft.version is EobVersion.ADJUSTMENT:
            draft = replace(draft, version=EobVersion.ORIGINAL)  # the earlier one was left out
        try:
            return self._services.claims.put(work, draft, provider=row.provider, plans=plans)
        except UserProblem as problem:
            raise UserProblem(
                f"EOB {row.found.id or row.found.where}: {problem.what}",
                problem.todo or "Leave it out, or change it.",
            ) from problem

    def _take_statements(self, work: Work, seen: Preview, files: set[int], import_id: int) -> None:
        """The balances that files state, so that the accounts page can compare them."""
        from tracker.storage import schema

        table = schema.account_statement
        for item in seen.accounts:
            stated = item.stated
            if item.file not in files or item.account_id is None or stated is None:
                continue
            if stated.balance is None or stated.balance_on is None:
                continue
            statement = AccountStatement(
                account_id=item.account_id,
                stated_on=stated.balance_on,
                balance=stated.balance,
                note=seen.files[item.file].name,
                import_id=import_id,
            )
            work.connection.execute(
                table.delete().where(
                    (table.c.account_id == item.account_id) & (table.c.stated_on == stated.balance_on)
                )
            )
            rows.put(work.connection, table, None, rows.values_of(statement))


def _versions_before(row: EobRow, before: Mapping[int, int | None]) -> Iterator[int]:
    """The places of earlier versions in the files, the latest first."""
    place = row.follows
    while place is not None:
        yield place
        place = before.get(place)


def _oldest_first(eobs: Sequence[EobRow], before: Mapping[int, int | None]) -> list[EobRow]:
    """EOBs in their order, later versions after those they follow."""
    return sorted(eobs, key=lambda row: sum(1 for _ in _versions_before(row, before)))


def _put_note(work: Work, row: MoneyRow, payment_id: int) -> None:
    """What a rule says of the expense for taxes."""
    draft = row.proposed
    if not draft.item and not draft.qualifies:
        return
    from tracker.storage import schema

    note = ExpenseNote(payment_id=payment_id, item=draft.item, qualifies=draft.qualifies)
    rows.put(work.connection, schema.expense_note, None, rows.values_of(note))


def _note(row: MoneyRow) -> str:
    """What the bank wrote, where it says more than the payee."""
    found = row.found
    parts = [found.memo]
    if found.payee and row.proposed.payee and found.payee.casefold() != row.proposed.payee.casefold():
        parts.insert(0, found.payee)
    if found.check_number:
        parts.append(f"check {found.check_number}")
    return "; ".join(part.strip() for part in parts if part.strip())[:2_000]


def _import_words(payments: int, eobs: int) -> str:
    parts = []
    if payments:
        parts.append(count_of(payments, "payment"))
    if eobs:
        parts.append(count_of(eobs, "EOB"))
    return f"Import {' and '.join(parts)}"


def _told(progress: Progress, done: int, total: int) -> None:
    progress(done, total)
