"""Payments, claims and accounts as files: what is in them, and what is not when names are left out."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.dates import Period
from tracker.errors import Cancelled, UserProblem
from tracker.exports.redacted import Redactor
from tracker.services.bundle import Services, services_over
from tracker.services.table_exports import Form, Table, export_tables, read_tables
from tracker.storage.ledger import Ledger

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
def sample_services(sample_ledger: Ledger) -> Services:
    return services_over(sample_ledger)


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def cents(text: str) -> int:
    return round(float(text) * 100) if text else 0


def test_every_payment_claim_and_account_is_there(sample_services: Services, tmp_path: Path) -> None:
    made = export_tables(sample_services, tmp_path)
    assert [path.name for path in made.paths] == ["Payments.csv", "Claims.csv", "Accounts.csv"]
    payments, claims, accounts = (read(path) for path in made.paths)
    assert made.rows == len(payments) + len(claims) + len(accounts)
    ids = sample_services.payments.ids()
    assert {int(row["Payment"]) for row in payments} == set(ids.ids)
    assert sum(cents(row["Amount"]) for row in payments if row["Kind"] != "Transfer") == ids.spent
    balances = sample_services.accounts.balances()
    names = {item.name: item.id for item in sample_services.accounts.accounts()}
    assert {row["Account"]: cents(row["Balance after"]) for row in accounts} == {
        name: balances.get(number or 0, 0) for name, number in names.items()
    }
    assert len(claims) > 5
    assert all(row["Provider"] and row["Service date"] for row in claims)


def test_a_year_is_kept_by_day_paid_and_day_of_care(sample_services: Services, tmp_path: Path) -> None:
    made = export_tables(sample_services, tmp_path, period=YEAR)
    assert [path.name for path in made.paths] == [
        "Payments 2026.csv",
        "Claims 2026.csv",
        "Accounts 2026.csv",
    ]
    payments, claims, accounts = (read(path) for path in made.paths)
    assert {row["Date"][:4] for row in payments} == {"2026"}
    assert {row["Service date"][:4] for row in claims} == {"2026"}
    before = export_tables(
        sample_services, tmp_path, tables=[Table.ACCOUNTS], period=Period(date(2000, 1, 1), YEAR.begin)
    )
    assert before.paths[0].name == "Accounts 2000-01-01 to 2025-12-31.csv"
    assert [row["Balance after"] for row in read(before.paths[0])] == [
        row["Balance before"] for row in accounts
    ]


def test_nothing_is_replaced_and_nothing_chosen_is_said(sample_services: Services, tmp_path: Path) -> None:
    for name in ("Accounts.csv", "Accounts 2.csv"):
        made = export_tables(sample_services, tmp_path, tables=[Table.ACCOUNTS])
        assert made.paths[0].name == name
    with pytest.raises(UserProblem, match="No table"):
        export_tables(sample_services, tmp_path, tables=[])
    with pytest.raises(UserProblem, match="is not there"):
        export_tables(sample_services, tmp_path / "gone")


def test_a_stopped_export_leaves_no_half_file(sample_services: Services, tmp_path: Path) -> None:
    empty = tmp_path / "out"
    empty.mkdir()

    def stop(_done: int, _of: int) -> None:
        raise Cancelled

    for form in Form:
        with pytest.raises(Cancelled):
            export_tables(sample_services, empty, form=form, progress=stop)
    assert list(empty.iterdir()) == []


def test_progress_runs_to_the_end(sample_services: Services, tmp_path: Path) -> None:
    for form in Form:
        told: list[tuple[int, int]] = []
        export_tables(
            sample_services,
            tmp_path,
            form=form,
            progress=lambda done, of, told=told: told.append((done, of)),
        )
        assert [done for done, _of in told] == sorted(done for done, _of in told)
        assert len({of for _done, of in told}) == 1


def test_the_workbook_has_a_sheet_for_each_table(sample_services: Services, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    made = export_tables(sample_services, tmp_path, form=Form.XLSX, period=YEAR)
    assert [path.name for path in made.paths] == ["Tables 2026.xlsx"]
    book = load_workbook(made.paths[0])
    assert book.sheetnames == ["Payments", "Claims", "Accounts"]
    written = read(export_tables(sample_services, tmp_path, period=YEAR).paths[0])
    sheet = book["Payments"]
    amounts = [
        round(row[0] * 100) for row in sheet.iter_rows(min_row=2, min_col=7, max_col=7, values_only=True)
    ]
    assert amounts == [cents(row["Amount"]) for row in written]


def test_redacted_tables_name_nobody_and_keep_every_amount(
    sample_services: Services, tmp_path: Path
) -> None:
    services = sample_services
    plain = read_tables(services, period=YEAR)
    made = export_tables(services, tmp_path, period=YEAR, redacted=True)
    assert all("redacted" in path.name for path in made.paths)
    text = "\n".join(path.read_bytes().decode("utf-8-sig") for path in made.paths).casefold()
    people = [item.name for item in services.people.people()]
    providers = [item.name for item in services.people.providers()]
    parts = [part for name in people for part in name.split() if len(part) > 2]
    for name in (*people, *parts, *providers):
        assert name.casefold() not in text, name
    for table in plain:
        for place, column in enumerate(table.columns):
            if column.heading in ("Note", "Description", "Claim number", "Bank number"):
                for row in table.rows:
                    value = str(row[place] or "")
                    assert len(value) < 6 or value.casefold() not in text
    payments = read(made.paths[0])
    assert [cents(row["Amount"]) for row in payments] == [row[6] for row in plain[0].rows]
    assert [row["Date"] for row in payments] == [str(row[1]) for row in plain[0].rows]
    assert {row["Note"] for row in payments} <= {"", "Left out"}
    # One name is one alias throughout, and no two share one.
    pairs = {(row["Payee"], str(there[3])) for row, there in zip(payments, plain[0].rows, strict=True)}
    assert len(pairs) == len({alias for alias, _name in pairs}) == len({name for _alias, name in pairs})
    claims = read(made.paths[1])
    across = {name: alias for alias, name in pairs}
    for row, there in zip(claims, plain[1].rows, strict=True):
        assert across.get(str(there[4]), row["Provider"]) == row["Provider"]


def test_names_within_kept_words_are_replaced() -> None:
    names = Redactor(["Eleanor Whitfield", "Bo Li"], ["Harbor Imaging (North)", "Harbor"])
    assert names.person("eleanor whitfield") == "Person A"
    assert names.kept("Eleanor\u2019s HSA") == "Person A\u2019s HSA"
    assert names.kept("HSA of BO LI at Harbor") == "HSA of Person B at Provider 1"
    assert names.kept("harbor imaging (north) fund") == "Provider 2 fund"
    assert names.kept("Harbored") == "Harbored"
    assert names.person("Somebody new") == "Person C"
    assert (names.person(""), names.provider(""), names.left_out("")) == ("", "", "")


def test_a_word_that_tells_the_provider_is_replaced_and_one_that_tells_nothing_stays() -> None:
    names = Redactor(
        ["Grace Cornerstone"], ["Quillback Virtual Care", "Harbor Imaging", "Harbor Concierge Medicine"]
    )
    assert names.kept("For Quillback\u2019s yearly fee") == "For Provider 1\u2019s yearly fee"
    assert names.kept("Harbor fund") == "a provider fund"
    assert names.kept("Concierge Membership Fee") == "Concierge Membership Fee"
    assert names.kept("Cornerstone account") == "Person A account"


@given(st.lists(st.text(min_size=1, max_size=6), max_size=40, unique_by=str.casefold))
def test_aliases_are_stable_and_different(found: list[str]) -> None:
    names = Redactor(found, found)
    people = [names.person(name) for name in found]
    assert len(set(people)) == len(found)
    assert people == [names.person(name) for name in found]
    providers = [names.provider(name) for name in reversed(found)]
    assert len(set(providers)) == len(found)
