"""Files that are not quite an export of a ledger: one clear sentence, and nothing imported."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from tests.exports.ledger_kit import exported, imported, stored
from tracker.errors import LedgerError, UserProblem
from tracker.facts import Noun, Person
from tracker.imports.json_stream import CHUNK, MOST_LETTERS
from tracker.services.bundle import Services
from tracker.services.data_exchange import import_everything

Change = Callable[[dict[str, Any]], object]


def small() -> dict[str, Any]:
    """A few facts in the documented form, as somebody might write them by hand."""
    return {
        "format": "concierge-ledger",
        "version": 1,
        "exported_on": "2026-11-22",
        "attachments": True,
        "nouns": {
            "people": [{"id": 5, "name": "Eleanor"}],
            "providers": [{"id": 3, "name": "Meridian Labs", "kind": "lab"}],
            "categories": [{"id": 1, "name": "Care"}],
            "accounts": [{"id": 2, "name": "Bank", "opening": "10.00"}],
            "plans": [
                {
                    "id": 1,
                    "name": "PPO",
                    "begins_on": "2026-01-01",
                    "ends_on": "2026-12-31",
                    "person_ids": [5],
                    "rules": [{"category": "LAB", "tier": "IN", "coinsurance": 2000}],
                }
            ],
            "payments": [
                {
                    "id": 7,
                    "paid_on": "2026-03-01",
                    "amount": "12.50",
                    "provider_id": 3,
                    "allocations": [{"category_id": 1, "amount": "12.5"}],
                }
            ],
            "budget_lines": [{"category_id": 1, "month": "2026-03-01", "estimate": "300"}],
            "snoozes": [{"key": "a", "until": "2026-12-01", "reason": "Later"}],
        },
    }


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Any], Path]:
    def go(content: Any) -> Path:
        path = tmp_path / "in.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode("utf-8"))
        return path

    return go


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Path]:
    """The ledger to be made; in the end it is there and whole, or nothing is."""
    path = tmp_path / "home" / "new.ledger"
    yield path
    if not path.exists():
        assert list(path.parent.glob("*")) == []
    assert list(path.parent.glob(".import-*")) == []


def refusal(path: Path, target: Path) -> str:
    """The words with which a file is refused."""
    with pytest.raises(LedgerError) as caught:
        imported(path, target)
    assert not target.exists()
    words = str(caught.value)
    assert "\n" not in words
    assert len(words) < 400
    return words


def test_a_file_written_by_hand(write: Callable[[Any], Path], target: Path) -> None:
    """What is not known may be left out; amounts need no cents."""
    made = imported(write(small()), target)
    assert (made.entries, made.documents, made.findings) == (8, 0, ())
    tables = stored(target)
    assert tables["budget_line"] == [(1, "2026-03-01", 300_00)]
    assert tables["allocation"] == [(7, 1, 12_50, "")]
    assert tables["plan_person"] == [(1, 5)]
    assert tables["person"] == [(5, "Eleanor", None, 0)]


def test_the_order_of_nouns_and_fields_does_not_matter(write: Callable[[Any], Path], target: Path) -> None:
    turned = small()
    turned["nouns"] = {
        name: [dict(reversed(entry.items())) for entry in entries]
        for name, entries in reversed(turned["nouns"].items())
    }
    path = write(json.dumps(turned, sort_keys=True, indent=4).encode())  # so the head comes last
    assert imported(path, target).entries == 8


def test_a_byte_order_mark_is_no_harm(write: Callable[[Any], Path], target: Path) -> None:
    assert imported(write(b"\xef\xbb\xbf" + json.dumps(small()).encode()), target).entries == 8


# not such a file ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "in.json is not the JSON of a ledger: line 1 has the end where an object is expected."),
        (b" \n\n ", "line 3 has the end"),
        (b"hello", "in.json is not the JSON of a ledger: line 1 has \u201ch\u201d where an object is"),
        (b"[1, 2]", "where an object is expected"),
        (b'{"format"', "the end where a colon is expected"),
        (b'{"format": tru', "in.json is not JSON that can be read: line 1."),
        (b'{"format": "x" "version": 1}', "where a comma or the end of the object is expected"),
        (b'{"format": "concierge-ledger",\n "format": "x"}', "has \u201cformat\u201d twice: line 2"),
        (b"{}", "in.json is not an export of a ledger."),
        (b'{"format": "budget", "version": 1}', "in.json is not an export of a ledger."),
        (b'{"plans": {}, "cases": []}', "has \u201cplans\u201d, a field this version does not know"),
        ('{"format": "caf\u00e9"}'.encode("latin-1"), "in.json is not text in UTF-8."),
        (json.dumps(small()).encode("utf-16"), "in.json is not text in UTF-8."),
        (json.dumps(small()).encode("utf-16-le"), "is not the JSON of a ledger: line 1"),
        (b"SQLite format 3\x00" + bytes(84), "in.json is a ledger, not an export of one. Open it"),
        (b'{"format": "concierge-ledger", "version": ' + b"[" * 100_000, "is not JSON that can be read"),
        (b'{"format": "concierge-ledger", "version": NaN}', "has NaN, which is no number"),
        (b'{"format": "concierge-ledger", "version": ' + b"9" * 5_000 + b"}", "a number of 5,000 digits"),
        (b'{"format": "concierge-ledger", "version": 1e99}', "for version where a whole number"),
        (b'{"format": "concierge-ledger", "version": true}', "has true for version"),
        (b'{"format": "concierge-ledger", "version": 1}', "in.json has no nouns."),
        (json.dumps(small()).encode() + b" {}", "where nothing more is expected"),
        (json.dumps(small()).encode()[:-1], "a comma or the end of the object is expected"),
        (json.dumps(small()).encode()[:-20], "in.json is not JSON that can be read"),
    ],
)
def test_other_files(content: bytes, says: str, write: Callable[[Any], Path], target: Path) -> None:
    assert says in refusal(write(content), target)


def test_a_newer_version(write: Callable[[Any], Path], target: Path) -> None:
    """Even where it has what this version does not know."""
    for changes in ({}, {"passphrase": True}, {"nouns": {"dreams": []}}):
        words = refusal(write({**small(), "version": 2, **changes}), target)
        assert words.startswith("in.json was written by a newer version of Concierge Ledger.")


def test_a_file_that_is_not_there_or_a_folder(target: Path, tmp_path: Path) -> None:
    assert "nothing.json is not there" in refusal(tmp_path / "nothing.json", target)
    assert "is a folder" in refusal(tmp_path, target)


# one entry is wrong ------------------------------------------------------------------------------


def changed(noun: str, **fields: Any) -> Change:
    return lambda form: form["nouns"][noun][0].update(fields)


def added(noun: str, *entries: Any) -> Change:
    return lambda form: form["nouns"].setdefault(noun, []).extend(entries)


def inside(noun: str, name: str, **fields: Any) -> Change:
    return lambda form: form["nouns"][noun][0][name][0].update(fields)


def both(*changes: Change) -> Change:
    return lambda form: [change(form) for change in changes]


CLAIM = {"id": 1, "person_id": 5, "provider_id": 3, "service_from": "2026-03-01"}
PERSON = {"id": 5, "name": "Martin"}
DOCUMENT = {
    "id": 1,
    "name": "scan.pdf",
    "size": 4,
    "sha256": "0" * 64,
    "added_on": "2026-11-22",
    "noun": "payment",
    "noun_id": 7,
}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (added("dreams", {}), "has \u201cdreams\u201d, a noun this version does not know"),
        (
            changed("people", nickname="El"),
            "people, entry 1, has \u201cnickname\u201d, a field this version",
        ),
        (
            inside("payments", "allocations", share=1),
            "payments, entry 1, allocations 1, has \u201cshare\u201d",
        ),
        (
            changed("plans", coordination={"order": 1}),
            "plans, entry 1, in coordination has \u201corder\u201d",
        ),
        (added("people", PERSON), "people, entry 2, has the id 5, which an entry before it has"),
        (added("people", 7), "people, entry 2, is 7 where an object is meant"),
        (added("people", {"id": 6}), "people, entry 2, has no name"),
        (added("people", {"id": 6, "name": " "}), "name has an empty text where a name is meant"),
        (added("people", {"id": 0, "name": "M"}), "id has 0 where a whole number from 1"),
        (added("people", {"id": 2**70, "name": "M"}), "where a whole number from 1"),
        (added("people", {"id": "6", "name": "M"}), "id has \u201c6\u201d where a whole number"),
        (changed("people", name=["E"]), "name has a list where a text is meant"),
        (changed("people", name="\ud800"), "name has a text with a character that is none"),
        (changed("people", name="a\0b"), "name has a text with a character that is none"),
        (changed("people", name="x" * 20_001), "a text of 20,001 characters where 20,000 is the most"),
        (changed("people", position=1.5), "position has 1.5 where a whole number is meant"),
        (changed("people", position=10**15), "position has 1000000000000000, a number too large"),
        (changed("people", position=10**300), "has a number of 301 digits"),
        (
            changed("people", birth_date="1969-02-30"),
            "birth_date has \u201c1969-02-30\u201d where a day from",
        ),
        (changed("people", birth_date="0999-01-01"), "where a day from 1900 to 2199"),
        (changed("people", birth_date="19690412"), "birth_date has \u201c19690412\u201d where a day"),
        (changed("people", birth_date=19690412), "birth_date has 19690412 where a day"),
        (changed("providers", kind="wizard"), "kind has \u201cwizard\u201d where one of practice, doctor,"),
        (changed("providers", kind=True), "kind has true where one of"),
        (changed("payments", amount="12.505"), "has \u201c12.505\u201d, an amount with more than two"),
        (changed("payments", amount=12.5), "amount has 12.5 where an amount in dollars such as"),
        (changed("payments", amount="1,225.00"), "amount has \u201c1,225.00\u201d where an amount"),
        (changed("payments", amount="$5"), "amount has \u201c$5\u201d where an amount"),
        (changed("payments", amount="1e5"), "amount has \u201c1e5\u201d where an amount"),
        (changed("payments", amount="\u0661"), "where an amount"),
        (changed("payments", amount="99999999999.00"), "which is more than $9,999,999,999.99"),
        (changed("payments", amount="9" * 5_000), "where an amount in dollars"),
        (changed("payments", amount=None), "payments, entry 1, has no amount"),
        (changed("payments", provider_id=4), "provider_id is 4, which is the id of none of its providers"),
        (changed("payments", repays_id=9), "repays_id is 9, which is the id of none of its payments"),
        (changed("payments", allocations={}), "allocations has an object where a list is meant"),
        (
            inside("payments", "allocations", category_id=9),
            "allocations 1, category_id is 9, which is the id",
        ),
        (inside("payments", "allocations", amount="x"), "payments, entry 1, allocations 1, amount has"),
        (changed("plans", person_ids=[6]), "person_ids 1, person_id is 6, which is the id of none"),
        (changed("plans", person_ids=["5"]), "person_ids 1, person_id has \u201c5\u201d where"),
        (changed("plans", person_ids=[5, 5]), "has the same plan_id and person_id as an entry before it"),
        (changed("plans", ends_on="2025-01-01"), "plans, entry 1, ends before it begins"),
        (changed("plans", accumulator_start="02-29"), "where a month and a day"),
        (changed("plans", accumulator_start="7-1"), "where a month and a day"),
        (changed("plans", aca_compliant=1), "aca_compliant has 1 where true or false is meant"),
        (changed("plans", coordination=3), "coordination has 3 where an object is meant"),
        (changed("plans", oon_pricing={"method": "pct_billed", "rate": 20_000}), "more than 100% of what"),
        (
            inside("plans", "rules", coinsurance=20_000),
            "plans, entry 1, rules 1: The coinsurance of LAB (IN)",
        ),
        (
            inside("plans", "rules", coinsurance="20%"),
            "coinsurance has \u201c20%\u201d where a whole number",
        ),
        (inside("plans", "rules", deductible="DED_IN"), "in.json has facts that contradict each other"),
        (added("service_categories", {"code": "lab x", "name": "L"}), "cannot be a category's code"),
        (changed("budget_lines", month="2026-03-02"), "where the first day of a month"),
        (
            added("budget_lines", {"category_id": 1, "month": "2026-03-01", "estimate": "1"}),
            "budget_lines, entry 2, has the same month and category_id as an entry before it",
        ),
        (added("snoozes", {"key": "a", "until": "2026-12-01"}), "snoozes, entry 2, has the same key"),
        (both(added("claims", CLAIM), added("claim_links", {"claim_id": 1})), "a bill_id or a visit_id"),
        (
            added("claims", {**CLAIM, "service_to": "2026-01-01"}),
            "has a service_to before its service_from",
        ),
        (added("calls", {"id": 1, "called_on": "2026-01-01", "began_at": "25:00"}), "where a time such as"),
        (
            added("history", {"at": "yesterday", "kind": "done"}),
            "at has \u201cyesterday\u201d where a moment",
        ),
        (
            added("documents", {**DOCUMENT, "noun": "budget"}),
            "noun has \u201cbudget\u201d where one of person",
        ),
        (added("documents", {**DOCUMENT, "noun_id": 8}), "payment_id is 8, which is the id of none"),
        (added("documents", {**DOCUMENT, "sha256": "../../x"}), "where a SHA-256 of 64"),
        (
            added("opening_balances", {**PERSON, "plan_id": 1, "person_id": 5, "amount": 3}),
            "opening_balances, entry 1, amount has 3 where an amount",
        ),
        (
            added("preferences", {"key": "budget_start_month", "value": "June"}),
            "in.json has facts that contradict each other",
        ),
    ],
)
def test_one_entry_is_wrong(change: Change, says: str, write: Callable[[Any], Path], target: Path) -> None:
    form = small()
    change(form)
    words = refusal(write(form), target)
    assert words.startswith("in.json has ")
    assert says in words


def test_two_entries_of_the_same_name_in_one(write: Callable[[Any], Path], target: Path) -> None:
    text = json.dumps(small()).replace('"name": "Eleanor"', '"name": "E", "name": "F"')
    assert "has \u201cname\u201d twice in one entry: line 1" in refusal(write(text.encode()), target)


def test_a_noun_twice(write: Callable[[Any], Path], target: Path) -> None:
    text = json.dumps(small()).replace('"nouns": {', '"nouns": {"people": [], ')
    assert "has \u201cpeople\u201d twice" in refusal(write(text.encode()), target)


def test_the_place_is_right_in_a_later_batch(write: Callable[[Any], Path], target: Path) -> None:
    form = small()
    form["nouns"]["snoozes"] = [{"key": f"k{n % 1500}", "until": "2026-12-01"} for n in range(1600)]
    assert "snoozes, entry 1,501, has the same key" in refusal(write(form), target)


def test_facts_that_only_contradict_are_imported_and_said(
    write: Callable[[Any], Path], target: Path
) -> None:
    """A ledger with an old mistake in it can still be moved."""
    form = small()
    form["nouns"]["payments"][0]["allocations"][0]["amount"] = "99.00"
    (words,) = imported(write(form), target).findings
    assert "the parts add to $99.00, the payment is $12.50" in words


# attached files ----------------------------------------------------------------------------------


@pytest.fixture
def with_document(services: Services, tmp_path: Path) -> Path:
    """An export with one attached file."""
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF of a receipt")
    person = services.people.save_person(Person(name="Eleanor")).new_id or 0
    services.documents.attach(Noun.PERSON, person, [scan])
    return exported(services.ledger, tmp_path / "in.json")


def the_file(path: Path) -> Path:
    (found,) = path.with_name("in files").iterdir()
    return found


def test_a_missing_file(with_document: Path, target: Path) -> None:
    the_file(with_document).unlink()
    words = refusal(with_document, target)
    assert words.startswith("The attached file scan.pdf is missing: no file in the folder in files begins")


def test_a_missing_folder(with_document: Path, target: Path) -> None:
    the_file(with_document).rename(with_document.with_name("elsewhere"))
    with_document.with_name("in files").rmdir()
    assert "The attached file scan.pdf is missing" in refusal(with_document, target)


@pytest.mark.parametrize("content", [b"%PDF of a receipT", b"", b"%PDF of a receipt and more"])
def test_a_file_with_other_contents(with_document: Path, target: Path, content: bytes) -> None:
    the_file(with_document).write_bytes(content)
    assert "scan.pdf is not the one that was exported" in refusal(with_document, target)


def test_a_file_with_another_end_of_its_name(with_document: Path, target: Path) -> None:
    """Only the hash counts: a name may be cut or spelt otherwise on its way."""
    found = the_file(with_document)
    found.rename(found.with_name(found.name[:64]))
    assert imported(with_document, target).documents == 1


# large nonsense ----------------------------------------------------------------------------------


class Endless:
    """A file of a gigabyte that takes no room: the same piece again and again."""

    def __init__(self, begin: bytes, piece: bytes, size: int = 1 << 30) -> None:
        self._begin, self._piece, self._left = begin, piece, size
        self.taken = 0

    def read(self, count: int = -1) -> bytes:
        count = self._left if count < 0 else min(count, self._left)
        begin, self._begin = self._begin[:count], self._begin[count:]
        rest = count - len(begin)
        self._left -= count
        self.taken += count
        return begin + (self._piece * (rest // len(self._piece) + 1))[:rest]

    def __enter__(self) -> Endless:
        return self

    def __exit__(self, *_problem: object) -> None:
        return None


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (b"", b"nonsense "),
        (b"", b"\x00\xff"),
        (b"", b"["),
        (b'{"', b"a"),
        (b'{"format": "', b"long"),
        (b'{"format": ', b"[1,"),
        (b'{"format": "concierge-ledger", "version": ', b"9"),
        (b'{"nouns": {"people": [', b"1,"),
        (b'{"nouns": {"people": [{"id": 1, "name": "', b"x"),
        (
            b'{"format": "concierge-ledger", "version": 1, "exported_on": "", "attachments": true, '
            b'"nouns": {"people": [',
            b"{},",
        ),
    ],
)
def test_a_gigabyte_of_nonsense_is_refused_with_little_memory(
    begin: bytes, piece: bytes, write: Callable[[Any], Path], target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(b"")
    opened: list[Endless] = []

    def endless(self: Path, *_args: object) -> Endless:
        opened.append(Endless(begin, piece))
        return opened[-1]

    monkeypatch.setattr("tracker.imports.ledger_json._open", endless)
    tracemalloc.start()
    try:
        with pytest.raises(UserProblem):
            import_everything(path, target, clock=lambda: TODAY)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 8 * MOST_LETTERS
    assert max(file.taken for file in opened) <= 2 * MOST_LETTERS + 2 * CHUNK
