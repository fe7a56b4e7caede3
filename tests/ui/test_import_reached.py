"""The ways to the import window: dropping files anywhere, menu keys, Ctrl+K, buttons and empty pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import desk_over
from tests.ui.import_kit import LABS, PHARMACY, ofx, opened
from tests.ui.session_kit import session_over
from tests.ui.test_plan_import import HeldRunner
from tracker.facts import Account, AccountKind
from tracker.services.bundle import Services
from tracker.storage.ledger import Ledger
from ui.dialogs.import_window import ImportWindow
from ui.pages.accounts import AccountsPage
from ui.pages.claims import ClaimsPage
from ui.pages.spending import SpendingPage
from ui.session import Session
from ui.widgets.file_drop import attachable_paths, is_data, is_document

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(sample_ledger: Ledger, qtbot: QtBot) -> Iterator[Session]:
    with session_over(sample_ledger, qtbot) as made:
        yield made
        for window in windows(made):
            window.close()


def windows(session: Session) -> list[ImportWindow]:
    return [found for found in session.window.findChildren(ImportWindow) if found.isVisible()]


def drop(over: QWidget, *paths: Path) -> bool:
    """Drag files over a widget and drop them, as the system does; whether somebody took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none, where = Qt.KeyboardModifier.NoModifier, over.rect().center()
    widget: QWidget | None = over
    while widget is not None:
        point = widget.mapFrom(over, where) if widget is not over else where
        enter = QDragEnterEvent(QPoint(point), copy, data, left, none)
        if widget.acceptDrops():
            QApplication.sendEvent(widget, enter)
            if enter.isAccepted():
                event = QDropEvent(QPointF(point), copy, data, left, none)
                QApplication.sendEvent(widget, event)
                return event.isAccepted()
        widget = None if widget.isWindow() else widget.parentWidget()
    return False


def test_data_dropped_on_any_page_opens_the_import(session: Session, tmp_path: Path) -> None:
    path = ofx(tmp_path, LABS)
    for key in session.window.page_keys():
        page = session.window.go_to(key)
        QApplication.processEvents()
        assert drop(page, path), key
        (window,) = windows(session)
        assert [file.name for file in window.files.files] == ["march.ofx"]
        window.close()


def test_data_dropped_on_a_row_of_payments_is_no_receipt(session: Session, tmp_path: Path) -> None:
    page = session.window.go_to("spending")
    assert isinstance(page, SpendingPage)
    QApplication.processEvents()
    assert drop(page.table.viewport(), ofx(tmp_path, LABS))
    assert len(windows(session)) == 1


def test_papers_dropped_beside_every_place_for_them_are_not_taken(session: Session, tmp_path: Path) -> None:
    paper = tmp_path / "receipt.pdf"
    paper.write_bytes(b"%PDF-1.4")
    session.window.go_to("overview")
    assert not drop(session.window, paper)
    assert windows(session) == []


@pytest.mark.parametrize(
    ("name", "data", "document"),
    [
        ("a.QFX", True, False),
        ("a.json", True, False),
        ("a.csv", True, False),
        ("a.pdf", False, True),
        ("a.JPG", False, True),
        ("a.txt", False, False),
        ("a", False, False),
    ],
)
def test_what_a_file_is_by_its_name(name: str, data: bool, document: bool) -> None:
    assert (is_data(Path(name)), is_document(Path(name))) == (data, document)


def test_papers_and_data_together_are_for_the_import(tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.pdf", "b.csv")])
    assert attachable_paths(data) == []
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.pdf"))])
    assert attachable_paths(data) == [tmp_path / "a.pdf"]


def test_a_key_opens_it_anywhere(session: Session) -> None:
    QTest.keyClick(session.window, Qt.Key.Key_I, CTRL)
    (window,) = windows(session)
    assert window.focusWidget() is window.files.files_button
    assert not window.next_button.isEnabled()


def test_ctrl_k_finds_it_by_what_it_brings(session: Session) -> None:
    QApplication.processEvents()
    session.window.open_find()
    box = session.window.find_box
    assert box is not None
    QTest.keyClicks(box.line, "hsa down")
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert len(windows(session)) == 1


def test_the_pages_have_buttons_for_it(session: Session) -> None:
    claims = session.window.go_to("claims")
    assert isinstance(claims, ClaimsPage)
    claims.import_button.click()
    (window,) = windows(session)
    window.close()
    accounts = session.window.go_to("accounts")
    assert isinstance(accounts, AccountsPage)
    accounts.import_button.click()
    (window,) = windows(session)
    window.close()
    spending = session.window.go_to("spending")
    assert isinstance(spending, SpendingPage)
    spending.actions_.import_files()
    assert len(windows(session)) == 1


def test_empty_pages_offer_it(ledger: Ledger, qtbot: QtBot) -> None:
    with session_over(ledger, qtbot) as session:
        spending = session.window.go_to("spending")
        assert isinstance(spending, SpendingPage)
        spending._none.other_button.click()
        (window,) = windows(session)
        window.close()
        claims = session.window.go_to("claims")
        assert isinstance(claims, ClaimsPage)
        claims.papers.card.empty.other_button.click()
        (window,) = windows(session)
        window.close()


def test_files_dropped_while_others_are_read_join_them(
    services: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    services.accounts.save(Account(name="Checking", kind=AccountKind.BANK))
    desk = desk_over(services)
    runner = HeldRunner()
    object.__setattr__(desk.context, "jobs", runner)
    window = opened(qtbot, desk, ofx(tmp_path, LABS))
    window.add_paths([ofx(tmp_path, PHARMACY, name="april.ofx")])
    assert window.files.files == ()
    runner.go_on()
    assert [file.name for file in window.files.files] == ["march.ofx", "april.ofx"]


def test_reading_is_stopped(services: Services, qtbot: QtBot, tmp_path: Path) -> None:
    desk = desk_over(services)
    runner = HeldRunner()
    object.__setattr__(desk.context, "jobs", runner)
    window = opened(qtbot, desk, ofx(tmp_path, LABS))
    window.stop_button.click()
    runner.go_on()
    assert window.files.files == ()
    assert desk.problems == []
    window.add_paths([ofx(tmp_path, PHARMACY, name="april.ofx")])
    runner.go_on()
    assert [file.name for file in window.files.files] == ["april.ofx"]
