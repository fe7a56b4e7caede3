"""CMS files as they come: any form, any size, cut off, or no such files at all."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.cms_national import make
from tests.imports.cms_folder import BENEFITS, PLAN_ID, plan_in, problem, rule, write_folder
from tracker.errors import Cancelled
from tracker.imports import cms_rows
from tracker.imports.cms_plans import find_files, read_plan
from tracker.imports.cms_rows import open_table, rows

# Files as they come


@pytest.mark.parametrize(
    "how",
    [
        {"backwards": True},
        {"encoding": "utf-8-sig"},
        {"line_end": "\r\n"},
        {"encoding": "utf-8-sig", "line_end": "\r\n", "backwards": True},
    ],
)
@pytest.mark.parametrize("block", [64, 4_000_000])
def test_the_form_of_the_file_changes_nothing(
    tmp_path: Path, how: dict[str, object], block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    remark = {**BENEFITS[0], "Explanation": 'Two lines,\nthe second with "quotes" and 12345TX0010001-01\n'}
    benefits = [remark, *BENEFITS[1:]]
    expected = plan_in(write_folder(tmp_path / "plain", benefits=benefits))
    monkeypatch.setattr(cms_rows, "BLOCK", block)
    found = plan_in(write_folder(tmp_path / "other", benefits=benefits, **how))  # type: ignore[arg-type]
    assert found.terms == expected.terms
    assert [one.line for one in found.unread] == [one.line for one in expected.unread]


def test_windows_letters_in_a_remark_are_read(tmp_path: Path) -> None:
    remark = {**BENEFITS[0], "Explanation": "the plan\u2019s share"}
    assert rule(plan_in(write_folder(tmp_path, benefits=[remark], encoding="cp1252")), "SPEC").copay == 6000


def test_both_files_are_recognised_among_others(tmp_path: Path) -> None:
    write_folder(tmp_path)
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "rates.csv").write_text("PlanId,Age,Rate\n12345TX0010001,21,300\n")
    (tmp_path / "picture.csv").write_bytes(bytes(range(256)) * 40)
    files = find_files(tmp_path)
    assert [table.path.name for table in files.plans] == ["one.csv"]
    assert [table.path.name for table in files.benefits] == ["two.CSV"]


def test_a_cut_off_row_is_listed(tmp_path: Path) -> None:
    write_folder(tmp_path)
    path = tmp_path / "two.CSV"
    path.write_bytes(path.read_bytes()[:-30])
    plan = plan_in(tmp_path)
    (listed,) = plan.unread
    assert (listed.benefit, listed.why) == ("Cosmetic Surgery", "The row is cut off.")
    assert rule(plan, "SPEC").copay == 6000


def test_a_plan_row_cut_off_is_refused(tmp_path: Path) -> None:
    write_folder(tmp_path)
    path = tmp_path / "one.csv"
    path.write_bytes(path.read_bytes()[:-9])
    assert "is cut off" in problem(tmp_path)


def test_a_stray_quotation_mark_costs_a_row_at_most(tmp_path: Path) -> None:
    write_folder(tmp_path)
    path = tmp_path / "two.CSV"
    head, _, rest = path.read_text().partition("\n")
    broken = rest.split("\n", 1)[0].replace("Specialist Visit", '5" wide visit').replace(PLAN_ID, "x")
    path.write_text(f"{head}\n{broken}\n{rest}")
    assert rule(plan_in(tmp_path), "ER").coinsurance == 2500


@pytest.mark.parametrize(
    ("file", "column", "says"),
    [
        (
            "two.CSV",
            "CoinsInnTier1",
            "two.CSV looks like a Benefits and Cost Sharing file, but has no column",
        ),
        ("one.csv", "PlanType", "one.csv looks like a Plan Attributes file, but has no column PlanType"),
    ],
)
def test_a_missing_column_is_named(tmp_path: Path, file: str, column: str, says: str) -> None:
    write_folder(tmp_path)
    path = tmp_path / file
    path.write_text(path.read_text().replace(column, "Something", 1))
    assert says in problem(tmp_path)


def test_folders_without_the_files(tmp_path: Path) -> None:
    assert "is not there" in problem(tmp_path / "nowhere")
    assert "There is no plan file of CMS" in problem(tmp_path)
    write_folder(tmp_path)
    (tmp_path / "two.CSV").rename(tmp_path / "two.txt")
    assert "There is no Benefits and Cost Sharing file" in problem(tmp_path)
    (tmp_path / "one.csv").write_bytes("PlanId,b\n".encode("utf-16"))
    assert "not saved as UTF-8" in problem(tmp_path)


def test_old_line_ends_are_refused(tmp_path: Path) -> None:
    write_folder(tmp_path, line_end="\r")
    assert "ends its lines" in problem(tmp_path)


# Large files


def test_a_large_file_is_streamed(tmp_path: Path) -> None:
    """200,000 rows: a plan at the end is found quickly and in little memory."""
    last = make(tmp_path, 200_000)
    files = find_files(tmp_path)
    assert files.bytes_of_benefits > 50_000_000
    told: list[tuple[int, int]] = []
    tracemalloc.start()
    try:
        plan = read_plan(files, last, progress=lambda done, total: told.append((done, total)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 25_000_000
    assert len(plan.terms.rules) == 140
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (files.bytes_of_plans + files.bytes_of_benefits,) * 2
    begun = time.perf_counter()
    read_plan(files, last)
    assert time.perf_counter() - begun < 5


def test_reading_everything_stays_small_too(tmp_path: Path) -> None:
    make(tmp_path, 60_000)
    (table,) = find_files(tmp_path).benefits
    tracemalloc.start()
    try:
        count = sum(1 for _ in rows(table))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 59_990
    assert peak < 40_000_000


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_plan(find_files(write_folder(tmp_path)), PLAN_ID, progress=stop)


@pytest.mark.parametrize("block", [7, 31, 100, 1000])
def test_records_survive_any_block(tmp_path: Path, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks may end anywhere, also within a quoted cell of several lines."""
    path = tmp_path / "t.csv"
    lines = [
        f'{n},"line\nof {"needle" if n % 5 == 0 else "hay"} ""{n}""\n",{"needle" if n % 7 == 0 else "x"}'
        for n in range(60)
    ]
    path.write_text("a,b,c\n" + "\n".join(lines))
    monkeypatch.setattr(cms_rows, "BLOCK", block)
    table = open_table(path)
    assert table is not None

    def numbers(found: Iterator[cms_rows.Row]) -> list[tuple[int, int]]:
        return [(int(row["a"]), row.line) for row in found]

    every = numbers(rows(table))
    assert every == [(n, 2 + 3 * n) for n in range(60)]
    wanted = [pair for pair in every if pair[0] % 5 == 0 or pair[0] % 7 == 0]
    assert numbers(rows(table, containing="needle")) == wanted
