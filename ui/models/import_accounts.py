"""The accounts that files speak of, one for each account number or kind of file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.money import dollars
from tracker.services.import_preview import FileAccount, Preview, source_key
from ui.models.import_words import joined, plain


@dataclass(frozen=True, slots=True)
class AccountGroup:
    """Rows of files that are one account. `account_id` is the ledger's, None where nothing fits or the
    member said that it is none; `sure` where it need not be asked.
    """

    key: str
    title: str
    about: str
    members: tuple[tuple[str, str], ...]
    """Path of the file, and the file's own number for the account."""
    account_id: int | None
    sure: bool
    can_split: bool = False


def account_groups(
    preview: Preview, counts: Mapping[tuple[int, str], int], split: Sequence[str] = ()
) -> list[AccountGroup]:
    """Those to be asked about first. `counts` are rows by file and the file's number of the account,
    `split` keys of files that are each an account of their own.
    """
    gathered: dict[str, list[FileAccount]] = {}
    for item in preview.accounts:
        file = preview.files[item.file]
        key = source_key(file, item.source)
        if key in split and not item.source:
            key = f"{key}\n{file.path}"
        gathered.setdefault(key, []).append(item)
    groups = [_group(key, items, preview, counts) for key, items in gathered.items()]
    return sorted(groups, key=lambda group: group.sure)


def said_accounts(
    groups: Sequence[AccountGroup], chosen: Mapping[str, int | None]
) -> dict[tuple[str, str], int | None]:
    """What was chosen for groups, for every file and account number."""
    return {member: chosen[group.key] for group in groups for member in group.members}


def _number_words(source: str) -> str:
    """The last digits of an account number; what is a name stays whole."""
    digits = sum(letter.isdigit() for letter in source)
    if digits < 4 or digits * 2 < len(source):
        return source
    return f"ending in {source[-4:]}"


def _group(
    key: str,
    items: Sequence[FileAccount],
    preview: Preview,
    counts: Mapping[tuple[int, str], int],
) -> AccountGroup:
    first = items[0]
    stated = first.stated
    names = list(dict.fromkeys(preview.files[item.file].name for item in items))
    count = sum(counts.get((item.file, item.source), 0) for item in items)
    parts = []
    if stated is not None:
        parts = [stated.institution, stated.kind.lower() if stated.kind.isupper() else stated.kind]
    number = _number_words(plain(first.source))
    title = plain(" ".join(part for part in (*parts, number) if part)) or joined(names, 2)
    about = [f"{count:,} row{'' if count == 1 else 's'}", f"in {joined(names, 2)}"]
    if stated is not None and stated.balance is not None:
        about.append(f"balance {dollars(stated.balance)}")
    return AccountGroup(
        key=key,
        title=title if not stated else title[:1].upper() + title[1:],
        about=", ".join(about),
        members=tuple((preview.files[item.file].path, item.source) for item in items),
        account_id=first.account_id,
        sure=all(item.sure for item in items),
        can_split=not first.source and len(names) > 1,
    )
