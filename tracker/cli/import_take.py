"""`import` without `--dry-run`: what is new in files goes into the ledger, as one change.

Rows that only look like care, or like a payment that is there, are the member's to decide: they are
counted here and left for the window.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.cli.common import opened
from tracker.errors import UserProblem

if TYPE_CHECKING:
    from tracker.imports.found import FoundFile
    from tracker.services.bundle import Services
    from tracker.services.import_preview import Preview

_WORDS = (
    ("taken", "taken"),
    ("known", "already there"),
    ("likely", "look like payments that are there; decide in the window"),
    ("changed", "known with other content; decide in the window"),
    ("left_out", "left out"),
)


def take(args: argparse.Namespace) -> tuple[tuple[FoundFile, ...], Preview, str]:
    """Take what is new; gives the files, what was decided, and the words of the change (or none)."""
    with opened(args, read_only=False) as services:
        files = services.importing.read(args.files)
        seen = services.importing.preview(files)
        account_id = _account(services, args.account)
        if account_id is not None:
            chosen = {(item.file, item.source): account_id for item in seen.accounts}
            seen = services.importing.preview(files, chosen=chosen)
        if args.person:
            seen = _for_person(services, seen, args.person)
        _require_accounts(seen)
        if not seen.chosen:
            return files, seen, ""
        return files, seen, services.importing.take(seen).words


def counts(seen: Preview) -> list[Counter[str]]:
    """How many rows of each file were taken, known, left to decide or left out."""
    found: list[Counter[str]] = [Counter() for _ in seen.files]
    for row in seen.rows:
        state = row.state.value
        if row.take:
            found[row.file]["taken"] += 1
        else:
            found[row.file][state if state in ("known", "likely", "changed") else "left_out"] += 1
    return found


def as_json(shown: dict[str, Any], seen: Preview, words: str) -> str:
    """What the files hold, as a dry run prints it, with what became of it."""
    for entry, count in zip(shown["files"], counts(seen), strict=True):
        entry["taken"] = {name: count[name] for name, _ in _WORDS}
    return json.dumps(shown | {"change": words or None}, ensure_ascii=False, indent=2)


def as_text(seen: Preview, words: str) -> Iterator[str]:
    """One line for each file that held something, then the change as the window names it."""
    for file, count in zip(seen.files, counts(seen), strict=True):
        if not count:
            continue
        said = ", ".join(f"{count[name]:,} {meant}" for name, meant in _WORDS if count[name])
        yield f"{file.path or file.name}: {said}."
    for row in seen.eobs:
        if row.problem:
            yield f"  {row.found.id or row.found.where}: {row.problem}"
    yield f"{words}." if words else "Nothing new to take."


def _account(services: Services, name: str | None) -> int | None:
    if not name:
        return None
    wanted = " ".join(name.split()).casefold()
    held = services.accounts.accounts()
    found = [item for item in held if item.name.casefold() == wanted]
    if len(found) == 1:
        return found[0].id
    there = ", ".join(item.name for item in held) or "none yet"
    raise UserProblem(f"There is no account \u201c{name}\u201d.", f"Name one of: {there}.")


def _for_person(services: Services, seen: Preview, name: str) -> Preview:
    """EOBs of nobody the household knows, taken to be of the person named."""
    from tracker.services.import_preview import for_people

    wanted = " ".join(name.split()).casefold()
    people = services.people.people()
    found = [item for item in people if item.name.casefold() == wanted]
    found = found or [item for item in people if wanted in item.name.casefold().split()]
    if len(found) != 1 or found[0].id is None:
        there = ", ".join(item.name for item in people) or "nobody yet"
        raise UserProblem(f"There is no person \u201c{name}\u201d.", f"Name one of: {there}.")
    person_id = found[0].id
    chosen = {row.place: person_id for row in seen.eobs if row.needs_person}
    return replace(seen, eobs=tuple(for_people(services, chosen, seen.eobs)))


def _require_accounts(seen: Preview) -> None:
    """Which account rows belong to is never guessed where several fit."""
    open_ones: Sequence[str] = [
        item.source or seen.files[item.file].name
        for item in seen.accounts
        if not item.sure and any(row.file == item.file and row.take for row in seen.money)
    ]
    if open_ones:
        raise UserProblem(
            f"It is not clear which account {open_ones[0]} is.",
            "Name it with --account, or import the file in the window once.",
        )
