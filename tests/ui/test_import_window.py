"""The import window from files to Take, by keyboard: what is shown, changed, decided, taken and undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import access_kit as kit
from tests.ui import access_look as look_kit
from tests.ui.coverage_kit import Desk, desk_over
from tests.ui.import_kit import (
    GROCER,
    LABS,
    PHARMACY,
    eob,
    focus,
    ofx,
    opened,
    press,
    said,
    type_into,
    with_deductible,
)
from tracker.domain.importing.rows import MoneyRow
from tracker.facts import Account, AccountKind, Payment, Person
from tracker.services.bundle import Services
from ui.dialogs.account_editor import AccountEditor
from ui.dialogs.import_rule import RuleDialog
from ui.dialogs.import_window import ImportWindow
from ui.dialogs.table_mapping import TableMappingDialog
from ui.models.import_sheet import Kind, Tab
from ui.models.import_words import sum_words
from ui.theme import Theme

ENTER, SPACE, DOWN, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Delete
CTRL = Qt.KeyboardModifier.ControlModifier
CSV = "Date,Description,Amount\n2026-03-09,CITY DENTAL,-120.00\nsometime,ODD,-1.00\n"


@pytest.fixture
def desk(services: Services) -> Desk:
    services.people.save_person(Person(name="Pat Example"))
    services.people.save_person(Person(name="Sam Example", position=1))
    services.accounts.save(Account(name="Checking", kind=AccountKind.BANK))
    return desk_over(services)


def payments(desk: Desk) -> list[tuple[str, int]]:
    lines = desk.services.payments.lines(desk.services.payments.ids(descending=False).ids)
    return [(line.payee, line.amount) for line in lines]


def to_rows(window: ImportWindow) -> None:
    """On with Enter; every account that is asked for is none of the member's."""
    press(ENTER, CTRL)
    if window.step is window.accounts:
        for line in window.accounts.lines.values():
            if not line.answered:
                line.choose(None)
        press(ENTER, CTRL)
    assert window.step is window.rows


def choose_tab(window: ImportWindow, tab: Tab) -> None:
    chooser = window.rows.tabs.chooser
    assert chooser is not None
    chooser.choose(tab.value)
    chooser.changed.emit(tab.value)


# the whole way -------------------------------------------------------------------------------


def test_bank_eob_and_table_are_taken_with_enter_alone_and_undone(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    table = tmp_path / "card.csv"
    table.write_text(CSV)
    window = opened(qtbot, desk, ofx(tmp_path, LABS, PHARMACY, GROCER), eob(tmp_path), table)
    files = window.files.table
    assert said(files, "What it is") == ["Bank download (OFX)", "EOBs from an insurer (FHIR)", "Table"]
    assert said(files, "Holds") == ["3 payments", "1 EOB", "1 payment"]
    assert "sometime" in said(files, "To look at")[2]
    assert focus() is window.next_button
    press(ENTER)
    assert window.step is window.rows  # with one account there is nothing to ask
    assert focus() is window.rows.table
    assert window.next_button.text() == "Take 3 payments and 1 EOB"
    press(ENTER, CTRL)

    assert not window.isVisible()
    assert desk.shell.said == ["Import 3 payments and 1 EOB"]
    assert payments(desk) == [
        ("Quest Labs", 41_12),
        ("Corner Pharmacy", 12_50),
        ("City Dental", 120_00),
    ]
    assert [claim.claim_number for claim in desk.services.papers.read().in_force] == ["0042E1"]
    desk.context.undo()
    assert payments(desk) == []
    assert desk.services.papers.read().in_force == ()
    assert desk.services.importing.imports() == []
    assert desk.problems == []


def test_everything_may_be_left_before_the_end(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window = opened(qtbot, desk, ofx(tmp_path, LABS))
    to_rows(window)
    press(Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert payments(desk) == []
    assert desk.services.importing.imports() == []


def test_leaving_with_work_of_ones_own_asks_once_more(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window = opened(qtbot, desk, ofx(tmp_path, LABS, PHARMACY))
    to_rows(window)
    press(SPACE)
    press(Qt.Key.Key_Escape)
    assert window.isVisible()
    assert "Press Esc or Cancel again to leave" in window.problem()
    press(SPACE)
    press(Qt.Key.Key_Escape)
    assert window.isVisible()
    press(Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_stopping_takes_nothing_and_says_so(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window = opened(qtbot, desk, ofx(tmp_path, LABS, PHARMACY))
    to_rows(window)
    desk.context.jobs.stepped.connect(lambda *_: window.stop_button.click())
    window.next_button.click()
    assert window.isVisible()
    assert window.problem() == "Stopped. Nothing was taken."
    assert payments(desk) == []
    assert not window.saving
    assert window.next_button.isEnabled()


def test_a_row_the_ledger_refuses_is_named_and_stays_to_be_changed(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    desk.services.accounts.save(Account(name="My HSA", kind=AccountKind.HSA, opened_on=date(2026, 3, 4)))
    hsa = next(item.id for item in desk.services.accounts.accounts() if item.name == "My HSA")
    window = opened(qtbot, desk, ofx(tmp_path, PHARMACY, LABS))
    window.go(window.accounts)
    line = next(iter(window.accounts.lines.values()))
    line.choose(hsa)
    press(ENTER, CTRL)
    choose_tab(window, Tab.LEFT)
    assert said(window.rows.table, "Why") == ["My HSA was opened on Mar 4, 2026, after this day."]
    press(SPACE)
    window.next_button.click()
    assert "Nothing was taken." in window.problem()
    assert "Quest Labs 0042" in window.problem()
    window.rows._on_toggle(1)
    window.next_button.click()
    assert payments(desk) == [("Corner Pharmacy", 12_50)]


# files ---------------------------------------------------------------------------------------


def test_files_are_added_once_removed_and_known_again(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    march = ofx(tmp_path, LABS)
    window = opened(qtbot, desk, march)
    window.add_paths([march, ofx(tmp_path, PHARMACY, name="april.ofx")])
    assert said(window.files.table, "File") == ["march.ofx", "april.ofx"]
    assert (
        window.files.remark.text()
        == "1 file holds just what another one on the list does, and was left out."
    )
    window.files.table.go_to_cell(1, 0)
    window.files.table.setFocus()
    press(DELETE)
    assert said(window.files.table, "File") == ["march.ofx"]
    to_rows(window)
    press(ENTER, CTRL)

    again = opened(qtbot, desk, march)
    assert (
        said(again.files.table, "Taken before") == ["Nov 22, 2026"]
        or said(again.files.table, "Taken before")[0]
    )
    to_rows(again)
    assert again.rows.tab is Tab.KNOWN
    assert not again.next_button.isEnabled()
    assert sum_words(again.rows.import_rows) == "Nothing is ticked yet."


def test_what_cannot_be_read_is_listed_with_its_place(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    table = tmp_path / "card.csv"
    table.write_text(CSV)
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    window = opened(qtbot, desk, tmp_path)
    assert window.files.ready
    to_rows(window)
    choose_tab(window, Tab.LOOK)
    rows = {row.file: row for row in window.rows.look.rows}
    assert rows["card.csv"].where == "row 3"
    assert "sometime" in rows["card.csv"].why
    assert rows["broken.json"].lost


def test_nothing_to_take_goes_no_further(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    window = opened(qtbot, desk, empty, tmp_path / "gone.ofx")
    assert said(window.files.table, "Holds") == ["Nothing to take", "Nothing to take"]
    assert not window.next_button.isEnabled()


def test_dates_that_fit_both_ways_are_turned(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "old.qif"
    path.write_text("!Type:Bank\nD3/4/2026\nT-20.00\nPPharmacy\n^\n")
    window = opened(qtbot, desk, path)
    assert [str(row.found.on) for row in window.rows.import_rows.money] == ["2026-03-04"]
    for expected in ("2026-04-03", "2026-03-04"):
        (line,) = window.files.asked
        line.button.click()
        assert [str(row.found.on) for row in window.rows.import_rows.money] == [expected]


def test_a_table_is_read_by_the_columns_the_member_names(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("When,Who,How much\n03/04/2026,Pharmacy,-20.00\n")
    window = opened(qtbot, desk, path)
    window.files.table.go_to_cell(0, 0)
    window.files.columns_button.click()
    dialog = window.findChild(TableMappingDialog)
    assert dialog is not None
    dialog.dates.choose("day first")
    dialog.dates.edited.emit()
    dialog.save_button.click()
    assert [str(row.found.on) for row in window.rows.import_rows.money] == ["2026-04-03"]


# accounts ------------------------------------------------------------------------------------


def test_an_account_that_is_not_sure_is_asked_for_and_remembered(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    desk.services.accounts.save(Account(name="Other checking", kind=AccountKind.BANK))
    other = next(item.id for item in desk.services.accounts.accounts() if item.name == "Other checking")
    window = opened(qtbot, desk, ofx(tmp_path, LABS))
    press(ENTER)
    assert window.step is window.accounts
    line = next(iter(window.accounts.lines.values()))
    assert focus() is line.account
    line.account.choose("")
    press(ENTER, CTRL)
    assert window.step is window.accounts
    assert "Choose the account" in line.field.complaint()
    line.choose(other)
    press(ENTER, CTRL)
    press(ENTER, CTRL)
    later = opened(qtbot, desk, ofx(tmp_path, PHARMACY, name="april.ofx"))
    press(ENTER)
    assert later.step is later.rows
    assert later.rows.import_rows.money[0].proposed.account_id == other


def test_a_new_account_is_made_on_the_way(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window = opened(qtbot, desk, ofx(tmp_path, LABS, kind="CREDITLINE"))
    window.go(window.accounts)
    line = next(iter(window.accounts.lines.values()))
    line.new_button.click()
    editor = window.findChild(AccountEditor)
    assert editor is not None
    editor.name.setText("My card")
    editor.save_button.click()
    (fresh,) = window.accounts.lines.values()
    assert fresh.account.currentText() == "My card"


def test_files_of_one_layout_may_be_different_accounts(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text(CSV.replace("DENTAL", name))
    window = opened(qtbot, desk, tmp_path)
    window.go(window.accounts)
    (line,) = window.accounts.lines.values()
    line.split_button.click()
    first, second = window.accounts.lines.values()
    first.choose(1)
    second.choose(None)
    press(ENTER, CTRL)
    assert [row.proposed.account_id for row in window.rows.import_rows.money] == [1, None]


# rows ----------------------------------------------------------------------------------------


def test_rows_are_ticked_and_edited_in_place(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window = opened(qtbot, desk, ofx(tmp_path, LABS, PHARMACY, GROCER))
    to_rows(window)
    rows, table = window.rows, window.rows.table
    assert [said(table, "Payee"), window.next_button.text()] == [
        ["Quest Labs 0042", "Corner Pharmacy"],
        "Take 2 payments",
    ]
    table.go_to_row(1)
    press(SPACE)
    assert window.next_button.text() == "Take 1 payment"
    box = table.visualRect(table.places.index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert window.next_button.text() == "Take 2 payments"
    line = desk.services.budget.categories()[4]
    type_into(table, 1, "Payee", "The pharmacy")
    type_into(table, 1, "Budget line", line.name)
    type_into(table, 1, "Person", "sam example")
    type_into(table, 0, "Budget line", "nothing like it")
    assert "is not a budget line" in (table._complaint.text() if table._complaint else "")
    press(Qt.Key.Key_Escape)
    window.next_button.click()
    found = desk.services.payments.lines(desk.services.payments.ids(descending=False).ids)[1]
    assert (found.payee, found.category, found.person) == ("The pharmacy", line.name, "Sam Example")
    assert rows.import_rows.chosen_sums() == (53_62, 0)


def test_several_rows_are_changed_at_once(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window = opened(qtbot, desk, ofx(tmp_path, LABS, PHARMACY, GROCER))
    to_rows(window)
    choose_tab(window, Tab.ALL)
    table, bar = window.rows.table, window.rows.several
    table.selectAll()
    assert bar.count.text() == "3 rows selected"
    bar.payee.set_text("One name")
    bar.person.choose(2)
    bar.change_button.click()
    bar.take_button.click()
    assert said(table, "Payee") == ["One name"] * 3
    assert said(table, "Person") == ["Sam Example"] * 3
    assert window.next_button.text() == "Take 3 payments"
    press(SPACE)
    assert not window.next_button.isEnabled()
    bar.line.set_text("nothing like it")
    bar.change_button.click()
    assert "not in the list" in bar._fields["category_id"].complaint()


def test_words_find_rows_and_all_of_them_are_ticked(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window = opened(qtbot, desk, ofx(tmp_path, LABS, PHARMACY, GROCER))
    to_rows(window)
    choose_tab(window, Tab.ALL)
    rows = window.rows
    rows.table.setFocus()
    QTest.keyClicks(rows.table, "fresh")
    assert focus() is rows.words
    qtbot.waitUntil(lambda: said(rows.table, "Payee") == ["Fresh Grocer"])
    rows.tick_button.click()
    assert window.next_button.text() == "Take 3 payments"
    assert rows.count.text() == "1 of 3 rows, 1 to take"
    rows.words.setText("no such row")
    qtbot.waitUntil(lambda: rows.nothing.isVisible())
    assert rows.nothing.text() == "No row has these words."


def test_a_row_that_looks_alike_is_decided(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    account = desk.services.accounts.accounts()[0].id
    for day, amount in ((2, 41_12), (4, 12_50)):
        payment = Payment(paid_on=date(2026, 3, day), amount=amount, account_id=account)
        desk.services.payments.save(payment, payee="Quest Labs" if day == 2 else "Corner Pharmacy")
    window = opened(qtbot, desk, ofx(tmp_path, LABS, PHARMACY))
    to_rows(window)
    rows, detail = window.rows, window.rows.detail
    assert rows.tab is Tab.DECIDE
    assert not rows.ready
    assert "2 rows look like a payment that is there" in sum_words(rows.import_rows)
    line = detail.compare.line("Date")
    assert line is not None
    assert (line.file, line.ledger, line.differs) == ("Mar 2, 2026", "Mar 2, 2026", False)
    detail.keep_button.click()
    assert rows.table.current_place() == 1  # on to the next that waits
    line = detail.compare.line("Date")
    assert line is not None
    assert (line.ledger, line.differs) == ("Mar 4, 2026", True)
    detail.same_button.click()
    assert detail.said.text() == "You said it is the same: it is left out."
    window.next_button.click()
    assert payments(desk) == [("Quest Labs", 41_12), ("Quest Labs", 41_12), ("Corner Pharmacy", 12_50)]


def test_a_rule_from_a_row_judges_the_others_and_keeps_own_changes(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    more = ("20260309", "-99.00", "A4", "FRESH GROCER #12")
    window = opened(qtbot, desk, ofx(tmp_path, LABS, PHARMACY, GROCER, more))
    to_rows(window)
    choose_tab(window, Tab.ALL)
    rows, table = window.rows, window.rows.table
    type_into(table, 0, "Payee", "My labs")
    table.go_to_row(1)
    press(SPACE)
    table.go_to_row(2)
    rows.detail.rule_button.click()
    dialog = window.findChild(RuleDialog)
    assert dialog is not None
    assert dialog.payee_has.text() == "fresh grocer"
    assert "the payee has \u201cfresh grocer\u201d" in dialog.fits.text()
    dialog.payee.set_text("The grocer")
    line = desk.services.budget.categories()[4]
    dialog.line.choose(line.id)
    dialog.save_button.click()
    assert said(table, "Payee") == ["My labs", "Corner Pharmacy", "The grocer", "The grocer"]
    assert said(table, "Budget line")[2:] == [line.name, line.name]
    takes = [rows.import_rows.takes(Kind.MONEY, n) for n in range(4)]
    assert takes[:2] == [True, False]
    (kept,) = desk.services.importing.rules()
    assert (kept.payee_has, kept.payee, kept.money_out) == ("fresh grocer", "The grocer", True)


def test_a_rule_may_leave_rows_out_and_a_bad_one_is_refused_beside_its_field(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    window = opened(qtbot, desk, ofx(tmp_path, LABS, PHARMACY))
    to_rows(window)
    window.rows.detail.rule_button.click()
    dialog = window.findChild(RuleDialog)
    assert dialog is not None
    dialog.payee_has.clear()
    dialog.save_button.click()
    assert "would fit every row" in dialog.form.field("payee_has").complaint()
    dialog.payee_has.setText("quest")
    dialog.leave_out.setChecked(True)
    assert not dialog.payee.isEnabled()
    dialog.save_button.click()
    assert window.next_button.text() == "Take 1 payment"


# EOBs ----------------------------------------------------------------------------------------


def test_eobs_of_nobody_wait_for_a_person(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    stranger = {"display": "Jordan Stranger"}
    one, two = (eob(tmp_path, f"{n}.json", n, patient=stranger) for n in ("0042E1", "0042E2"))
    window = opened(qtbot, desk, one, two)
    to_rows(window)
    rows, detail = window.rows, window.rows.detail
    assert rows.tab is Tab.DECIDE
    assert said(rows.table, "State") == ["Whose is it?"] * 2
    assert not rows.ready
    assert "Jordan Stranger" in detail.why.text()
    press(SPACE)
    assert not rows.ready  # what is nobody's cannot be ticked
    detail.person.choose("2")
    detail.person.edited.emit()
    assert window.next_button.text() == "Take 2 EOBs"
    assert {row.draft.person_id for row in rows.import_rows.eobs if row.draft} == {2}
    choose_tab(window, Tab.NEW)
    type_into(rows.table, 0, "Patient", "pat example")
    type_into(rows.table, 0, "Provider", "Quest of the corner")
    window.next_button.click()
    claims = sorted(desk.services.papers.read().in_force, key=lambda claim: claim.claim_number)
    assert [claim.person_id for claim in claims] == [1, 2]


def test_the_person_stays_chosen_when_all_is_judged_again_and_later_versions_find_their_claim(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    stranger = {"display": "Jordan Stranger"}
    window = opened(qtbot, desk, eob(tmp_path, patient=stranger))
    to_rows(window)
    window.rows._on_person(1)
    window.judge_again()
    assert window.next_button.text() == "Take 1 EOB"
    window.next_button.click()

    later = eob(tmp_path, "later.json", patient=stranger, total=with_deductible(10), created="2026-04-20")
    again = opened(qtbot, desk, later)
    to_rows(again)
    again.rows._on_person(1)
    choose_tab(again, Tab.CHANGED)
    assert said(again.rows.table, "State") == ["Later version"]
    line = again.rows.detail.compare.line("Deductible")
    assert line is not None
    assert (line.file, line.ledger, line.differs) == ("$10.00", "$40.50", True)
    again.next_button.click()
    (claim,) = desk.services.papers.read().in_force
    assert (claim.deductible, claim.replaces_id is not None) == (10_00, True)


# look ----------------------------------------------------------------------------------------


def test_hostile_names_stay_text(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    names = (
        "W" * 200,
        "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
        "\U0001fa7b pharmacy",
        "A  B",
    )
    rows = [("20260302", "-9999999999.99", f"N{n}", f"{name} CLINIC"[:208]) for n, name in enumerate(names)]
    window = opened(qtbot, desk, ofx(tmp_path, *rows))
    to_rows(window)
    choose_tab(window, Tab.ALL)
    assert said(window.rows.table, "Out") == ["$9,999,999,999.99"] * 4
    assert all("\n" not in text for text in said(window.rows.table, "Payee"))
    for place in range(4):
        window.rows.table.go_to_row(place)
        QApplication.processEvents()
    assert desk.problems == []


@pytest.mark.parametrize("percent", [100, 200])
def test_every_step_is_reached_by_tab_and_nothing_is_cut(
    qtbot: QtBot, desk: Desk, tmp_path: Path, look: Theme, percent: int
) -> None:
    look.apply("light", percent)
    (tmp_path / "card.csv").write_text(CSV)
    ofx(tmp_path, LABS, PHARMACY, GROCER)
    eob(tmp_path, patient={"display": "Jordan Stranger"})
    window = opened(qtbot, desk)
    window.resize(984, 660)
    found = []

    def look_at(what: str) -> None:
        kit.settle()
        found.extend(f"{what}: {one}" for one in look_kit.wrong_in(window) + kit.wrong_with_tab(window))

    look_at("no files")
    window.add_paths([tmp_path])
    look_at("files")
    window.go(window.accounts)
    look_at("accounts")
    window._show_rows()
    look_at("rows")
    choose_tab(window, Tab.ALL)
    window.rows.table.selectAll()
    look_at("several")
    window.rows._on_kind(Kind.EOBS.value)
    look_at("EOBs")
    choose_tab(window, Tab.LOOK)
    look_at("to look at")
    assert found == []


def test_a_row_is_money_or_an_eob(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened(qtbot, desk, ofx(tmp_path, LABS), eob(tmp_path))
    to_rows(window)
    rows = window.rows
    assert isinstance(rows.import_rows.row(Kind.MONEY, 0), MoneyRow)
    kinds = rows.kinds.chooser
    assert kinds is not None
    kinds.segments.setFocus()
    kinds.choose(Kind.EOBS.value)
    kinds.changed.emit(Kind.EOBS.value)
    assert said(rows.table, "Claim") == ["0042E1"]
    assert said(rows.table, "You owe") == [""]
    assert window.next_button.text() == "Take 1 payment and 1 EOB"
