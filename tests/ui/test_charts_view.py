"""The chart in a window: pointer, keys, theme, menu and files."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tracker.dates import budget_year
from tracker.errors import WorldProblem
from ui.charts import progress
from ui.charts.hits import HitMap
from ui.charts.hover import hover_box
from ui.charts.ink import Ink
from ui.charts.progress import Limit, ProgressChart, Step
from ui.theme import DARK, Theme
from ui.widgets.chart_dialogs import TableDialog
from ui.widgets.chart_view import ChartView

YEAR = budget_year(1, 2026)
WORDS = "Quest Labs, Mar 3: $41.12 counted toward the deductible of the plan, in network"
CHART = ProgressChart(
    YEAR,
    tuple(
        Step(YEAR.begin.replace(month=month), month * 100_00, f"{WORDS} {month}", f"claim {month}")
        for month in (2, 5, 8, 12)
    ),
    limit=Limit("Deductible $2,000", 2_000_00),
)
TABLE = (["Day", "Claim", "Total"], [["Mar 3", "Quest Labs", "$41.12"], ["May 1", "Imaging", "$900.00"]])


class Counted:
    """A chart paint that counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, painter: QPainter, rect: QRectF, *, ink: Ink) -> HitMap:
        self.times += 1
        return progress.paint(painter, rect, CHART, ink)


@pytest.fixture
def paint() -> Counted:
    return Counted()


@pytest.fixture
def view(qtbot: QtBot, paint: Counted) -> ChartView:
    view = ChartView()
    qtbot.addWidget(view)
    view.resize(520, 240)
    view.show_chart(paint, summary="Deductible progress: $1,420 of $2,000.", table=TABLE)
    view.show()
    return view


def hover(qtbot: QtBot, view: ChartView, place: int) -> None:
    qtbot.mouseMove(view, view.hits().hits[place].anchor.toPoint())


def test_the_pointer_shows_the_facts_without_drawing_the_chart_again(
    qtbot: QtBot, view: ChartView, paint: Counted
) -> None:
    view.grab()
    drawn = paint.times
    for place in range(4):
        hover(qtbot, view, place)
        assert view.marked is not None
        assert view.marked.key == f"claim {CHART.steps[place].day.month}"
        view.grab()
    assert paint.times == drawn
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.marked is None


def test_the_shown_label_is_really_painted(qtbot: QtBot, view: ChartView) -> None:
    before = view.grab().toImage()
    hover(qtbot, view, 1)
    assert view.grab().toImage() != before


@pytest.mark.parametrize("width", [200, 300, 520, 1200])
@pytest.mark.parametrize("percent", [100, 200])
def test_the_facts_stay_inside_the_chart(view: ChartView, look: Theme, width: int, percent: int) -> None:
    look.apply("light", percent)
    view.resize(width, 240)
    for hit in view.hits().hits:
        assert QRectF(view.rect()).contains(hover_box(QRectF(view.rect()), hit, view.ink))


def test_arrow_keys_walk_through_the_steps(qtbot: QtBot, view: ChartView) -> None:
    seen = []
    for name in ("Right", "Right", "Left", "Left", "End", "Right", "Home"):
        qtbot.keyClick(view, Qt.Key[f"Key_{name}"])
        assert view.marked is not None
        seen.append(view.marked.key)
    assert seen == [f"claim {month}" for month in (2, 5, 2, 2, 12, 12, 2)]
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.marked is None
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.marked is not None
    assert view.marked.key == "claim 12"


def test_a_step_opens_by_click_and_by_enter(qtbot: QtBot, view: ChartView) -> None:
    opened: list[object] = []
    view.activated.connect(opened.append)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.hits().hits[1].anchor.toPoint())
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(2, 120))
    assert opened == ["claim 5", "claim 2"]


def test_a_step_without_a_key_opens_nothing(qtbot: QtBot, view: ChartView) -> None:
    chart = replace(CHART, steps=tuple(replace(step, key=None) for step in CHART.steps))
    view.show_chart(partial(progress.paint, chart=chart), summary="x", table=TABLE)
    with qtbot.assertNotEmitted(view.activated):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.hits().hits[1].anchor.toPoint())


def test_another_theme_repaints(view: ChartView, paint: Counted, look: Theme) -> None:
    light = view.grab().toImage()
    times = paint.times
    look.apply("dark")
    assert view.grab().toImage() != light
    assert paint.times == times + 1
    assert view.ink.ground == DARK.card.lower()


def test_it_is_read_aloud_by_its_summary(view: ChartView) -> None:
    assert view.accessibleName() == "Deductible progress: $1,420 of $2,000."
    assert view.accessibleDescription() == view.accessibleName()


def test_a_view_without_a_chart_is_empty_and_calm(qtbot: QtBot) -> None:
    view = ChartView()
    qtbot.addWidget(view)
    view.show()
    view.grab()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.mouseMove(view, QPoint(20, 20))
    assert view.marked is None
    view.copy_picture()
    assert not any(action.isEnabled() for action in view.menu().actions())
    assert view.minimumHeight() == 180


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_it_saves_by_the_ending_of_the_name(view: ChartView, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"chart.{kind}"
    view.save_to(path)
    assert path.read_bytes()[:5] in (b"\x89PNG\r", b"<?xml", b"%PDF-")


def test_the_menu_saves_copies_and_shows_the_table(qtbot: QtBot, view: ChartView) -> None:
    menu = view.menu()
    assert [action.text() for action in menu.actions()] == ["Save as…", "Copy as picture", "Show as table"]
    menu.actions()[1].trigger()
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (1040, 480)
    assert image.pixelColor(1, 1) == QColor(view.ink.ground or "")
    menu.actions()[2].trigger()
    dialog = next(found for found in view.findChildren(TableDialog))
    assert dialog.table.item(1, 2).text() == "$900.00"
    assert dialog.table.horizontalHeaderItem(0).text() == "Day"
    dialog.close()
    menu.close()


def test_save_as_asks_once_and_says_where(qtbot: QtBot, view: ChartView, tmp_path: Path) -> None:
    view.save_as()
    (dialog,) = view.findChildren(QFileDialog)
    assert len(dialog.nameFilters()) == 3
    dialog.selectNameFilter("SVG drawing (*.svg)")
    with qtbot.waitSignal(view.saved) as saved:
        dialog.fileSelected.emit(str(tmp_path / "Progress"))
    assert saved.args == [tmp_path / "Progress.svg"]
    assert (tmp_path / "Progress.svg").exists()
    with qtbot.waitSignal(view.save_failed) as failed:
        dialog.fileSelected.emit(str(tmp_path / "gone" / "chart.pdf"))
    assert isinstance(failed.args[0], WorldProblem)
    dialog.close()


def test_the_menu_comes_by_keyboard_too(qtbot: QtBot, view: ChartView) -> None:
    from PySide6.QtGui import QContextMenuEvent

    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(view, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()


def test_a_resized_chart_is_found_at_its_new_size(view: ChartView) -> None:
    before = view.hits().hits[-1].anchor
    view.resize(900, 300)
    after = view.hits().hits[-1].anchor
    assert after.x() > before.x()
    assert view.hits().at(QPointF(after)) is view.hits().hits[-1]
