"""Labels: never on a line, on each other, or outside; and the cuts lines make for them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.charts.pencil import hatching
from ui.charts.place import (
    Box,
    Obstacles,
    Point,
    Size,
    along,
    anywhere,
    around,
    beside,
    first_free,
    is_in_sight,
    two_lines,
    uncovered,
)

BOUNDS = Box(0.0, 0.0, 400.0, 200.0)
PLACES = st.tuples(st.floats(min_value=0, max_value=400), st.floats(min_value=0, max_value=200))
LINES = st.lists(PLACES, min_size=2, max_size=30)
SIZES = st.builds(Size, st.floats(min_value=1, max_value=500), st.floats(min_value=1, max_value=250))


def samples(points: list[Point]) -> list[Point]:
    """Points along a line, fine enough to fall into any label it crosses."""
    found = []
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        found += [(x1 + (x2 - x1) * part / 40, y1 + (y2 - y1) * part / 40) for part in range(41)]
    return found


@given(LINES, PLACES)
def test_a_placed_label_lies_on_no_line_and_inside(line: list[Point], point: Point) -> None:
    obstacles = Obstacles(grain=4.0)
    obstacles.add_line(line, clear=3.0)
    size = Size(60.0, 15.0)
    for places in (around(point, size, gap=5.0, rings=8), anywhere(point, size, BOUNDS)):
        box = first_free(places, obstacles, BOUNDS)
        if box is not None:
            assert BOUNDS.holds(box)
            assert not any(box.left < x < box.right and box.top < y < box.bottom for x, y in samples(line))


@given(st.lists(PLACES, max_size=12))
def test_placed_labels_do_not_touch(points: list[Point]) -> None:
    obstacles = Obstacles(grain=4.0)
    placed: list[Box] = []
    for point in points:
        box = first_free(anywhere(point, Size(80.0, 15.0), BOUNDS), obstacles, BOUNDS)
        if box is not None:
            assert not any(box.touches(other) for other in placed)
            placed.append(box)
            obstacles.add(box)


@given(st.floats(min_value=0, max_value=200), st.booleans())
def test_a_name_lies_beside_its_line(y: float, from_right: bool) -> None:
    line = Box(BOUNDS.left, y, BOUNDS.right, y + 0.001)
    for box in along(y, Size(60.0, 15.0), BOUNDS, gap=2.0, from_right=from_right):
        assert not box.touches(line)
        assert BOUNDS.left - 1e-6 <= box.left
        assert box.right <= BOUNDS.right + 1e-6


@given(PLACES, SIZES, st.floats(min_value=0, max_value=20))
def test_a_floating_label_stays_inside(point: Point, size: Size, gap: float) -> None:
    assert BOUNDS.holds(beside(point, size, BOUNDS, gap))


@given(PLACES)
def test_a_floating_label_with_room_leaves_its_point_free(point: Point) -> None:
    box = beside(point, Size(90.0, 30.0), BOUNDS, 10.0)
    assert not box.touches(Box(*point, *point).grown(1.0))


def test_a_label_does_not_name_a_point_behind_a_line() -> None:
    walls = Obstacles(grain=4.0)
    walls.add(Box(0.0, 98.0, 400.0, 102.0))
    point = (200.0, 130.0)
    assert is_in_sight(point, Box(170.0, 106.0, 230.0, 121.0), walls, near=4.0)
    assert not is_in_sight(point, Box(170.0, 60.0, 230.0, 75.0), walls, near=4.0)


def test_a_twin_of_obstacles_takes_more_without_telling() -> None:
    solid = Obstacles(grain=4.0)
    strict = solid.copy()
    strict.add(Box(0, 0, 10, 10))
    assert solid.is_free(Box(1, 1, 2, 2))
    assert not strict.is_free(Box(1, 1, 2, 2))


@given(st.lists(PLACES, max_size=8), st.floats(min_value=0, max_value=200))
def test_a_cut_line_passes_under_no_label(corners: list[Point], y: float) -> None:
    boxes = [Box(left, top, left + 40, top + 15) for left, top in corners]
    pieces = uncovered(0.0, 400.0, y, boxes, 3.0)
    for left, right in pieces:
        assert 0.0 <= left < right <= 400.0
        assert not any(Box(left, y, right, y + 0.001).touches(box) for box in boxes)
    if not boxes:
        assert pieces == [(0.0, 400.0)]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("on track for $1,585", "on track\nfor $1,585"),
        ("reached in April", "reached\nin April"),
        ("met", "met"),
        ("", ""),
    ],
)
def test_a_label_breaks_near_its_middle(text: str, broken: str) -> None:
    assert two_lines(text) == broken


@given(st.floats(min_value=1, max_value=80), st.floats(min_value=1, max_value=300))
def test_hatching_stays_in_its_bar(width: float, height: float) -> None:
    box = Box(10.0, 20.0, 10.0 + width, 20.0 + height)
    for x1, y1, x2, y2 in hatching(box, 4.0):
        assert box.grown(1e-6).holds(Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
        assert abs(x2 - x1) == pytest.approx(abs(y2 - y1), abs=1e-6)
