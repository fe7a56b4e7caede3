"""Whole charts: whatever the facts, they draw, say them where a pointer looks, and keep their words."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFont, QImage, QPainter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.ui.test_charts_place import samples
from tracker.dates import Period, add_months, budget_year
from tracker.errors import WorldProblem
from tracker.money import LARGEST
from ui.charts import balance, bars, progress, save
from ui.charts.balance import BalanceChart
from ui.charts.bars import BarsChart, MonthBar
from ui.charts.frame import fit_frame
from ui.charts.hits import ChartPaint, HitMap
from ui.charts.ink import Ink
from ui.charts.pencil import Pencil
from ui.charts.progress import Limit, ProgressChart, Projection, Step
from ui.charts.stepline import StepLine
from ui.charts.steps import Corners

pytestmark = pytest.mark.usefixtures("qapp")

INK = Ink.paper("", 13.0)
SIZE = QSizeF(620, 270)
RECT = QRectF(0, 0, 620, 270)
YEAR = budget_year(1, 2026)
TODAY = date(2026, 11, 22)
STEPS = tuple(
    Step(date(2026, month, day), dollars * 100, f"Claim of {month}/{day}", month)
    for month, day, dollars in ((1, 18, 120), (3, 8, 300), (6, 7, 900), (9, 3, 1180), (11, 21, 1420))
)
CHART = ProgressChart(
    YEAR,
    STEPS,
    limit=Limit("Deductible $2,000", 2_000_00),
    today=TODAY,
    projection=Projection(((date(2026, 12, 31), 1_585_00),), "on track for $1,585"),
    met_label="$1,420 met",
)
BAND = replace(
    CHART,
    steps=STEPS[:3],
    today=date(2026, 6, 20),
    met_label="$900 met",
    projection=Projection(
        ((date(2026, 9, 3), 900_00), (date(2026, 9, 3), 1_585_00), (date(2026, 12, 31), 1_585_00)),
        "on track for $1,585",
        ((date(2026, 8, 1), 900_00), (date(2026, 8, 1), 1_020_00), (date(2026, 12, 31), 1_020_00)),
        ((date(2026, 7, 3), 900_00), (date(2026, 7, 3), 1_900_00), (date(2026, 12, 31), 1_900_00)),
        "at least $1,020",
        "at most $1,900",
        (Step(date(2026, 9, 3), 1_585_00, "MRI (likely), Sep 3"),),
    ),
)
BOTH = replace(
    CHART,
    second_limit=Limit("Out-of-pocket maximum $6,000", 6_000_00),
    second_steps=tuple(replace(step, total_cents=step.total_cents * 2) for step in STEPS),
    second_label="$2,840 out of pocket",
)
PAID = (1140, 1300, 1200, 1080, 1420, 1225, 1170, 1100, 1345, 1213, 1172, None)
MONTHS = tuple(
    MonthBar(add_months(YEAR.begin, place), 1_225_00, None if dollars is None else dollars * 100, key=place)
    for place, dollars in enumerate(PAID)
)
FUND = BalanceChart(
    YEAR,
    STEPS,
    target=Limit("Goal $2,400", 2_400_00),
    today=TODAY,
    projection=Projection(((date(2027, 4, 15), 2_400_00),), "reached in April"),
    balance_label="$1,420 now",
    start_cents=700_00,
)


def drawn(paint: ChartPaint, rect: QRectF = RECT, ink: Ink = INK) -> tuple[HitMap, QImage]:
    image = QImage(rect.size().toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    try:
        return paint(painter, rect, ink=ink), image
    finally:
        painter.end()


def words_in(paint: ChartPaint, folder: Path, size: QSizeF = SIZE, ink: Ink = INK) -> list[str]:
    """Every text of a chart, in the order it is written."""
    path = folder / "words.svg"
    save.save_svg(path, paint, size, ink)
    return [(element.text or "").strip() for element in texts_of(path)]


def texts_of(path: Path) -> Iterator[ElementTree.Element]:
    return ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text")


def test_progress_says_its_limit_its_end_and_its_future(tmp_path: Path) -> None:
    words = words_in(partial(progress.paint, chart=CHART), tmp_path, QSizeF(900, 300))
    assert {"Deductible $2,000", "$1,420 met", "$2,000", "$0"} <= set(words)
    assert "on track for $1,585" in " ".join(words)
    assert "Nov" in words


def test_two_lines_and_two_limits_all_have_names(tmp_path: Path) -> None:
    words = words_in(partial(progress.paint, chart=BOTH), tmp_path, QSizeF(800, 330))
    wanted = {"Deductible $2,000", "Out-of-pocket maximum $6,000", "$1,420 met", "$2,840 out of pocket"}
    assert wanted <= set(words)


def test_a_band_has_words_at_both_edges(tmp_path: Path) -> None:
    words = words_in(partial(progress.paint, chart=BAND), tmp_path, QSizeF(760, 330))
    assert {"at least $1,020", "on track for $1,585", "at most $1,900"} <= set(words)


def test_what_is_planned_is_found_by_the_pointer_like_what_was_counted() -> None:
    hits, _ = drawn(partial(progress.paint, chart=BAND))
    assert [hit.words for hit in hits.hits][-1] == "MRI (likely), Sep 3"
    assert hits.hits[-1].key is None


def test_on_paper_the_band_and_its_edges_show_without_colour() -> None:
    _, image = drawn(partial(progress.paint, chart=BAND), QRectF(0, 0, 760, 330))
    tones = {image.pixelColor(x, y).lightness() for x in range(560, 580) for y in range(40, 290)}
    assert 0xE6 in tones  # the band
    assert min(tones) < 60  # the dashed line


def test_a_small_chart_leaves_out_labels_rather_than_laying_them_on_lines(tmp_path: Path) -> None:
    words = words_in(partial(progress.paint, chart=BAND), tmp_path, QSizeF(260, 120))
    assert "Deductible $2,000" in words


def test_a_narrow_chart_has_letters_for_months(tmp_path: Path) -> None:
    words = words_in(partial(progress.paint, chart=CHART), tmp_path, QSizeF(420, 220))
    assert words.count("J") == 3


def test_a_limit_of_zero_is_no_line(tmp_path: Path) -> None:
    chart = replace(CHART, limit=Limit("Deductible $0", 0))
    assert "Deductible $0" not in words_in(partial(progress.paint, chart=chart), tmp_path)


def test_nothing_counted_yet_still_shows_the_way_to_the_limit(tmp_path: Path) -> None:
    chart = replace(CHART, steps=(), met_label="", projection=None)
    assert "Deductible $2,000" in words_in(partial(progress.paint, chart=chart), tmp_path)


def test_a_pointer_finds_the_nearest_step() -> None:
    hits, _ = drawn(partial(progress.paint, chart=CHART))
    found = [hits.at(QPointF(hit.anchor.x() + 2, 150.0)) for hit in hits.hits]
    assert [hit.key for hit in found if hit is not None] == [1, 3, 6, 9, 11]
    assert hits.at(QPointF(5.0, 150.0)) is None


def test_on_one_day_height_tells_two_lines_apart() -> None:
    hits, _ = drawn(partial(progress.paint, chart=BOTH))
    low, high = sorted((hit for hit in hits.hits if hit.key == 11), key=lambda hit: -hit.anchor.y())
    assert hits.at(low.anchor) is low
    assert hits.at(high.anchor) is high


def test_bars_say_how_far_each_month_is_from_its_estimate() -> None:
    hits, _ = drawn(partial(bars.paint, chart=BarsChart(MONTHS)))
    assert [hit.key for hit in hits.hits] == list(range(12))
    said = [hit.words for hit in hits.hits]
    assert said[4] == "May 2026: $1,420.00 of $1,225 estimated, $195.00 over"
    assert said[5] == "June 2026: $1,225.00 of $1,225 estimated, on plan"
    assert said[11] == "December 2026: $1,225 estimated, nothing paid yet"


def test_the_estimate_has_its_amount_on_it(tmp_path: Path) -> None:
    assert "estimated $1,225" in words_in(partial(bars.paint, chart=BarsChart(MONTHS)), tmp_path)
    stepped = BarsChart(
        tuple(replace(bar, estimated=(place // 4 + 10) * 10_000) for place, bar in enumerate(MONTHS))
    )
    assert "estimated" in words_in(partial(bars.paint, chart=stepped), tmp_path)


def test_bars_all_over_the_line_still_leave_room_for_its_name(tmp_path: Path) -> None:
    full = BarsChart(tuple(replace(bar, actual=1_500_00) for bar in MONTHS))
    assert "estimated $1,225" in words_in(partial(bars.paint, chart=full), tmp_path)


def test_over_is_red_on_a_screen_and_hatched_on_paper() -> None:
    chart = BarsChart(MONTHS)
    screen = replace(INK, is_patterned=False, bad="#FF0000", accent="#00FF00")
    hits, image = drawn(partial(bars.paint, chart=chart), ink=screen)
    over, under = hits.hits[4].anchor.toPoint(), hits.hits[0].anchor.toPoint()
    assert image.pixelColor(over.x(), over.y() + 60).name() == "#ff0000"
    assert image.pixelColor(under.x(), under.y() + 60).name() == "#00ff00"
    _, paper = drawn(partial(bars.paint, chart=chart))
    column = {paper.pixelColor(over.x(), over.y() + offset).lightness() > 128 for offset in range(60, 100)}
    assert column == {True, False}


def test_a_refund_month_goes_below_zero() -> None:
    chart = BarsChart((MONTHS[0], replace(MONTHS[1], actual=-300_00)))
    hits, _ = drawn(partial(bars.paint, chart=chart))
    paid, refunded = hits.hits
    assert refunded.anchor.y() > paid.anchor.y()
    assert refunded.words == "February 2026: -$300.00 of $1,225 estimated, $1,525.00 under"


def test_a_fund_is_drawn_up_to_the_month_its_target_is_reached(tmp_path: Path) -> None:
    assert balance.as_progress(FUND).period == Period(date(2026, 1, 1), date(2027, 5, 1))
    words = words_in(partial(balance.paint, chart=FUND), tmp_path)
    assert {"Goal $2,400", "reached in April", "2026", "2027"} <= set(words)


def test_a_target_reached_in_a_lifetime_does_not_squeeze_this_year() -> None:
    far = replace(FUND, projection=Projection(((date(2090, 1, 1), 2_400_00),)))
    assert balance.as_progress(far).period.end == date(2031, 1, 1)


AMOUNTS = st.integers(min_value=-50_000, max_value=LARGEST)
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31))
STEP_LISTS = st.lists(st.builds(Step, DAYS, AMOUNTS, st.just("x")), max_size=40).map(
    lambda steps: tuple(sorted(steps, key=lambda step: step.day))
)
ONE_BY_ONE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ONE_BY_ONE
@given(
    STEP_LISTS,
    STEP_LISTS,
    st.none() | st.builds(Limit, st.just("Deductible"), AMOUNTS),
    st.none() | DAYS,
    st.none() | AMOUNTS,
    st.floats(min_value=1, max_value=900),
    st.floats(min_value=1, max_value=400),
    st.sampled_from([8.0, 13.0, 26.0]),
)
def test_any_progress_draws_with_its_steps_inside(
    steps: tuple[Step, ...],
    second: tuple[Step, ...],
    limit: Limit | None,
    today: date | None,
    end: int | None,
    width: float,
    height: float,
    type_size: float,
) -> None:
    projection = None if end is None else Projection(((date(2026, 12, 31), end),), "on track for something")
    chart = ProgressChart(
        YEAR, steps, limit, Limit("Maximum", LARGEST), second, today, projection, "met", "spent"
    )
    rect = QRectF(0, 0, max(1.0, width), max(1.0, height))
    hits, _ = drawn(partial(progress.paint, chart=chart), rect, replace(INK, size=type_size))
    assert len(hits.hits) in (0, len(steps) + len(second))
    assert all(rect.adjusted(-1, -1, 1, 1).contains(hit.anchor) for hit in hits.hits)


CORNERS = st.lists(st.tuples(DAYS, AMOUNTS), max_size=12).map(lambda found: tuple(sorted(found)))


@ONE_BY_ONE
@given(
    STEP_LISTS,
    DAYS,
    st.tuples(CORNERS, CORNERS, CORNERS),
    st.floats(min_value=60, max_value=900),
    st.floats(min_value=60, max_value=400),
    st.sampled_from([8.0, 13.0, 26.0]),
)
def test_no_label_lies_on_a_line_ahead(
    steps: tuple[Step, ...],
    today: date,
    lines: tuple[Corners, Corners, Corners],
    width: float,
    height: float,
    type_size: float,
) -> None:
    expected, low, high = lines
    ahead = Projection(expected, "on track for something", low, high, "at least a bit", "at most a lot")
    chart = ProgressChart(
        YEAR, steps, Limit("Maximum", 2_000_00), today=today, projection=ahead, met_label="met"
    )
    image = QImage(1000, 500, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    try:
        pencil = Pencil(painter, replace(INK, size=type_size))
        amounts = chart.amounts()
        frame = fit_frame(pencil, QRectF(0, 0, width, height), min(amounts), max(amounts), cover=False)
        if frame is None:
            return
        line = StepLine(pencil, frame, chart, "#000000")
        boxes = [label.box for label in line._labels()]
        for drawn_line in (line._main, line._future, line._low, line._high):
            for x, y in samples(drawn_line):
                assert not any(box.left < x < box.right and box.top < y < box.bottom for box in boxes)
        assert not any(one.touches(other) for one, other in combinations(boxes, 2))
    finally:
        painter.end()


@ONE_BY_ONE
@given(
    st.lists(st.tuples(AMOUNTS, st.none() | AMOUNTS), max_size=24),
    st.floats(min_value=1, max_value=900),
    st.floats(min_value=1, max_value=400),
)
def test_any_months_draw(amounts: list[tuple[int, int | None]], width: float, height: float) -> None:
    months = tuple(MonthBar(add_months(YEAR.begin, place), *pair) for place, pair in enumerate(amounts))
    hits, _ = drawn(partial(bars.paint, chart=BarsChart(months)), QRectF(0, 0, width + 1, height + 1))
    assert len(hits.hits) in (0, len(months))


def test_four_hundred_claims_draw_with_every_label(tmp_path: Path) -> None:
    steps = tuple(Step(YEAR.begin + timedelta(days=i * 4 // 5), i * 350, "x") for i in range(400))
    words = words_in(partial(progress.paint, chart=replace(CHART, steps=steps)), tmp_path)
    assert {"Deductible $2,000", "$1,420 met"} <= set(words)


def test_ink_takes_the_colours_and_the_size_of_a_theme() -> None:
    names = [
        "text",
        "quiet",
        "faint",
        "hairline",
        "accent",
        "accent_soft",
        "second",
        "good",
        "bad",
        "warning",
        "card",
    ]
    tokens = SimpleNamespace(**{name: f"#0000{place:02x}" for place, name in enumerate(names)})
    font = QFont()
    font.setPixelSize(26)
    ink = Ink.from_tokens(tokens, font)
    assert (ink.grid, ink.ground, ink.size) == ("#000003", "#00000a", 26.0)
    assert ink.family == ""
    assert ink.without_ground().ground is None


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
@pytest.mark.parametrize(
    "paint",
    [partial(progress.paint, chart=BOTH), partial(bars.paint, chart=BarsChart(MONTHS))],
    ids=["progress", "bars"],
)
def test_every_chart_saves_in_every_format(tmp_path: Path, kind: str, paint: ChartPaint) -> None:
    path = tmp_path / f"chart.{kind}"
    path.write_text("an older file")
    save.save(path, paint, SIZE, INK, title="Deductible progress")
    assert path.stat().st_size > 1000
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_a_picture_has_twice_the_pixels(tmp_path: Path) -> None:
    path = tmp_path / "chart.png"
    save.save_png(path, partial(progress.paint, chart=CHART), SIZE, INK)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1240, 540)
    assert image.pixelColor(1, 1).name() == "#ffffff"


def test_a_drawing_and_a_page_hold_real_text(tmp_path: Path) -> None:
    paint = partial(progress.paint, chart=CHART)
    save.save_svg(tmp_path / "chart.svg", paint, SIZE, INK, title="Deductible progress")
    root = ElementTree.parse(tmp_path / "chart.svg").getroot()
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Deductible progress"
    assert not list(root.iter("{http://www.w3.org/2000/svg}image"))
    save.save_pdf(tmp_path / "chart.pdf", paint, SIZE, INK, title="Deductible progress")
    reader = PdfReader(tmp_path / "chart.pdf")
    page = reader.pages[0]
    said = " ".join(page.extract_text().split())
    assert "Deductible $2,000" in said
    assert "$1,420 met" in said
    assert len(reader.pages) == 1
    assert not page.images
    assert float(page.mediabox.width) == pytest.approx(465, abs=1)
    assert float(page.mediabox.height) == pytest.approx(202.5, abs=1)


def test_a_folder_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorldProblem, match="There is no folder"):
        save.save_svg(tmp_path / "no" / "chart.svg", partial(progress.paint, chart=CHART), SIZE, INK)


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "chart.png"
    path.write_text("an older file")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorldProblem, match="The disk is full"):
        save.save_png(path, partial(progress.paint, chart=CHART), SIZE, INK)
    assert path.read_text() == "an older file"
    assert [found.name for found in tmp_path.iterdir()] == ["chart.png"]


def test_the_drawing_layer_brings_no_widgets() -> None:
    code = (
        "import sys, ui.charts.balance, ui.charts.bars, ui.charts.hover, ui.charts.save;"
        "print(*sorted({'PySide6.QtWidgets', 'PySide6.QtSvg', 'matplotlib'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert (answer.returncode, answer.stdout.strip()) == (0, ""), answer.stderr
