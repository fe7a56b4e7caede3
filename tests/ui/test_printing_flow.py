"""Where pages end: pure arithmetic, no printer and no screen."""

from __future__ import annotations

import pytest

from ui.printing.columns import Wish, share, squeeze
from ui.printing.flow import Page, Strip, held_rows, paginate


def _heights(page: Page) -> list[float]:
    return [placed.strip.height for placed in page]


def _pages(strips: list[Strip], room: float = 100.0) -> list[list[float]]:
    return [_heights(page) for page in paginate(strips, lambda _page: room)]


def test_strips_fill_a_page_and_go_on_with_the_next() -> None:
    assert _pages([Strip(40), Strip(60), Strip(1)]) == [[40, 60], [1]]


def test_nothing_still_is_one_page() -> None:
    assert _pages([]) == [[]]


def test_air_above_a_strip_is_left_out_at_the_top_of_a_page() -> None:
    pages = paginate([Strip(50, before=30), Strip(50, before=30)], lambda _page: 100.0)
    assert [[placed.top for placed in page] for page in pages] == [[0], [0]]


def test_a_heading_never_stands_alone_at_the_end_of_a_page() -> None:
    assert _pages([Strip(70), Strip(10, keep_next=True), Strip(30)]) == [[70], [10, 30]]


def test_a_chain_moves_together() -> None:
    chain = [Strip(11, keep_next=True), Strip(12, keep_next=True), Strip(13)]
    assert _pages([Strip(80), *chain]) == [[80], [11, 12, 13]]


def test_a_chain_higher_than_a_page_is_parted_and_nothing_is_lost() -> None:
    strips = [Strip(40, keep_next=True) for _ in range(5)]
    assert _pages(strips) == [[40, 40], [40, 40], [40]]


def test_a_strip_higher_than_a_page_gets_a_page_of_its_own() -> None:
    assert _pages([Strip(10), Strip(500), Strip(10)]) == [[10], [500], [10]]


def test_headings_are_repeated_where_a_page_begins_with_a_row() -> None:
    head = Strip(9, keep_next=True)
    rows = [Strip(30, head=head) for _ in range(6)]
    assert _pages([head, *rows]) == [[9, 30, 30, 30], [9, 30, 30, 30]]


def test_room_may_differ_from_page_to_page() -> None:
    pages = paginate([Strip(30) for _ in range(4)], lambda page: 60.0 if page == 0 else 90.0)
    assert [len(page) for page in pages] == [2, 2]


def test_a_new_page_is_begun_where_asked_but_never_left_empty() -> None:
    assert _pages([Strip(10, new_page=True), Strip(20, new_page=True)]) == [[10], [20]]


@pytest.mark.parametrize("count", range(2, 40))
def test_no_table_leaves_one_row_alone(count: int) -> None:
    """Neither under the headings at the end of a page, nor at the top of the last one."""
    head = Strip(10, keep_next=True)
    held = held_rows([False] * count)
    rows = [Strip(10, head=head, keep_next=held[place]) for place in range(count)]
    for above in range(0, 100, 5):
        pages = paginate([Strip(float(above)), head, *rows], lambda _page: 100.0)
        for page in pages:
            shown = [placed.strip for placed in page]
            in_table = sum(strip in rows for strip in shown)
            assert in_table != 1
            assert shown[-1] is not head
            assert (head in shown) == (in_table > 0)
        assert sum(placed.strip in rows for page in pages for placed in page) == count


def test_totals_stay_with_the_row_before_them() -> None:
    assert held_rows([False] * 5, totals=2) == [True, False, False, False, True, True, False]


def test_a_title_in_a_table_stays_with_its_rows_and_a_group_keeps_its_last_two() -> None:
    titles = [True, False, False, False, True, False]
    assert held_rows(titles) == [True, False, True, False, True, False]


def test_columns_get_what_they_ask_for_and_texts_the_rest() -> None:
    wishes = [Wish(50, 20, stretch=1), Wish(30, 30), Wish(20, 10, stretch=3)]
    assert share(wishes, 140) == [60, 30, 50]


def test_the_widest_texts_give_way_first_and_amounts_never() -> None:
    widths = share([Wish(200, 20, stretch=1), Wish(40, 40), Wish(30, 20, stretch=1)], 120)
    assert widths is not None
    assert widths == pytest.approx([50, 40, 30])


def test_columns_that_do_not_fit_say_so_and_can_be_squeezed() -> None:
    wishes = [Wish(200, 60, stretch=1), Wish(80, 80)]
    assert share(wishes, 100) is None
    assert sum(squeeze(wishes, 100)) == pytest.approx(100)
