"""The preview shows the very pages that are printed, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from tracker.services.bundle import Services
from ui.bus import ChangeBus
from ui.context import Context
from ui.dialogs.print_preview import PrintPreview
from ui.jobs import InlineRunner
from ui.printing.document import Document
from ui.printing.review_document import review_document


class _Shell:
    def go_to(self, page: str, target: object = None) -> None:
        raise AssertionError("the preview opens no page")

    def toast(self, text: str, undo: object = None) -> None:
        raise AssertionError("the preview says nothing")


def _fail(problem: BaseException) -> None:
    raise problem


@pytest.fixture
def document(qapp: QApplication, sample: Services) -> Document:
    return review_document(sample.reports.review(2026))


@pytest.fixture
def preview(qtbot: QtBot, sample: Services, document: Document) -> Iterator[PrintPreview]:
    context = Context(sample, ChangeBus(), InlineRunner(), _Shell(), _fail)
    shown = PrintPreview(context, document, "letter")
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    shown.show()
    shown.resize(964, 640)
    qtbot.waitExposed(shown)
    yield shown
    shown.close()


def test_it_opens_at_the_first_of_the_pages_that_are_printed(
    preview: PrintPreview, document: Document
) -> None:
    count = len(document.lay_out("letter").pages)
    assert preview.pages.count == count
    assert preview.place.text() == f"Page 1 of {count}"
    assert not preview.earlier.isEnabled()
    assert preview.later.isEnabled()
    assert preview.pages.hasFocus()


def test_pages_are_turned_by_buttons(preview: PrintPreview, qtbot: QtBot) -> None:
    qtbot.mouseClick(preview.later, Qt.MouseButton.LeftButton)
    assert preview.place.text().startswith("Page 2 of")
    qtbot.mouseClick(preview.earlier, Qt.MouseButton.LeftButton)
    assert preview.place.text().startswith("Page 1 of")


def test_pages_are_turned_by_keys_and_never_beyond_the_ends(preview: PrintPreview, qtbot: QtBot) -> None:
    pages = preview.pages
    qtbot.keyClick(pages, Qt.Key.Key_PageDown)
    assert pages.page == 1
    qtbot.keyClick(pages, Qt.Key.Key_PageUp)
    qtbot.keyClick(pages, Qt.Key.Key_PageUp)
    assert pages.page == 0
    qtbot.keyClick(pages, Qt.Key.Key_End)
    assert pages.page == pages.count - 1
    assert pages.accessibleName() == f"Page {pages.count} of {pages.count}"
    assert not preview.later.isEnabled()
    qtbot.keyClick(pages, Qt.Key.Key_PageDown)
    assert pages.page == pages.count - 1
    qtbot.keyClick(pages, Qt.Key.Key_Home)
    assert pages.page == 0


def test_scrolling_says_which_page_is_in_view(preview: PrintPreview) -> None:
    bar = preview.pages.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert preview.pages.page == preview.pages.count - 1


def test_zoom_has_limits_and_is_said(preview: PrintPreview, qtbot: QtBot) -> None:
    pages = preview.pages
    before = pages.zoom
    qtbot.keyClick(pages, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert pages.zoom > before
    assert preview.percent.text() == f"{round(pages.zoom * 100)} %"
    for _ in range(20):
        qtbot.keyClick(pages, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert pages.zoom == pytest.approx(0.25)
    for _ in range(30):
        pages.zoom_in()
    assert pages.zoom == pytest.approx(4.0)
    assert pages.horizontalScrollBar().maximum() > 0
    qtbot.keyClick(pages, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert pages.horizontalScrollBar().maximum() == 0


def test_the_wheel_zooms_with_ctrl_and_scrolls_without(preview: PrintPreview) -> None:
    pages = preview.pages
    before = pages.zoom
    for held, zooms in (
        (Qt.KeyboardModifier.NoModifier, False),
        (Qt.KeyboardModifier.ControlModifier, True),
    ):
        event = QWheelEvent(
            QPointF(50, 50),
            QPointF(50, 50),
            QPoint(0, 0),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            held,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(pages.viewport(), event)
        assert (pages.zoom < before) is zooms
    assert pages.verticalScrollBar().value() > 0


def test_one_whole_page_fits(preview: PrintPreview, qtbot: QtBot) -> None:
    qtbot.mouseClick(preview.whole_page, Qt.MouseButton.LeftButton)
    room = preview.pages.viewport().height()
    assert preview.pages.zoom * 792 * 96 / 72 <= room
    preview.resize(964, 700)
    assert preview.pages.zoom * 792 * 96 / 72 <= preview.pages.viewport().height()


def test_another_paper_is_laid_out_anew_and_asked_for(preview: PrintPreview, qtbot: QtBot) -> None:
    asked: list[str] = []
    preview.print_requested.connect(asked.append)
    preview.save_requested.connect(asked.append)
    _letter, a4 = preview.papers.findChildren(QAbstractButton)
    qtbot.mouseClick(a4, Qt.MouseButton.LeftButton)
    assert preview.paper == "a4"
    qtbot.mouseClick(preview.print_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(preview, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["a4", "a4"]


def test_the_picture_is_the_page(preview: PrintPreview, document: Document) -> None:
    """What the window shows is, to the pixel, what the layout paints at that size."""
    preview.pages.zoom_to(1.0)
    shown = preview.pages.viewport().grab().toImage()
    layout = document.lay_out("letter")
    expected = QImage(816, 1056, QImage.Format.Format_RGB32)
    expected.fill(QColor("white"))
    painter = QPainter(expected)
    painter.scale(816 / layout.width, 816 / layout.width)
    layout.paint(painter, 0)
    painter.end()
    left = (shown.width() - 816) // 2
    top = 18 - preview.pages.verticalScrollBar().value()
    for x in range(60, 760, 7):
        for y in range(60, 400, 7):
            assert shown.pixelColor(left + x, top + y) == expected.pixelColor(x, y)


def test_escape_leaves(preview: PrintPreview, qtbot: QtBot) -> None:
    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()


def test_every_control_can_be_reached_with_tab(preview: PrintPreview) -> None:
    reached = set()
    widget = preview.nextInFocusChain()
    while widget is not preview:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(widget)
        widget = widget.nextInFocusChain()
    for button in (preview.earlier, preview.later, preview.smaller, preview.larger, preview.pages):
        assert button in reached
        assert button.accessibleName()
