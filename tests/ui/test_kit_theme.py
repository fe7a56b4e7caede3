"""Colours that can be read, fonts whose figures line up, and a theme that follows."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.access_look import contrast
from ui import icons
from ui.theme import DARK, LIGHT, OVERRIDE, Theme, Tokens

GROUNDS = {
    "text": (
        "ground",
        "sidebar",
        "card",
        "selection",
        "hover",
        "accent_soft",
        "warning_soft",
        "bad_soft",
        "track",
    ),
    "quiet": ("ground", "sidebar", "card", "hover"),
    "faint": ("ground", "card", "hover"),
    "accent": ("ground", "sidebar", "card", "selection", "hover", "accent_soft"),
    "on_accent": ("accent", "accent_hover"),
    "segment_text": ("track",),
    "good": ("ground", "card", "selection", "hover", "good_soft"),
    "warning": ("ground", "card", "selection", "hover", "warning_soft"),
    "bad": ("ground", "card", "selection", "hover", "bad_soft"),
    "second": ("ground", "card", "second_soft"),
    "ground": ("text",),
}

PAGES = [
    "overview",
    "budget",
    "spending",
    "claims",
    "coverage",
    "membership",
    "accounts",
    "compare",
    "review",
    "settings",
]
OTHERS = [
    "plus",
    "chevron-left",
    "chevron-right",
    "chevron-down",
    "copy",
    "export",
    "edit",
    "print",
    "paperclip",
    "search",
    "phone",
    "warning",
    "clock",
    "calendar",
    "refresh",
    "close",
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"), [(ink, on) for ink, grounds in GROUNDS.items() for on in grounds]
)
def test_text_can_be_read_on_its_grounds(tokens: Tokens, ink: str, ground: str) -> None:
    found = contrast(getattr(tokens, ink), getattr(tokens, ground))
    assert found >= 4.5, f"{ink} on {ground} is {found:.2f}"


def test_every_token_is_a_colour() -> None:
    for tokens in (LIGHT, DARK):
        for field in fields(tokens):
            if field.name != "dark":
                assert QColor(getattr(tokens, field.name)).isValid(), field.name


def test_changing_the_mode_tells_everybody_once(look: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(look.changed):
        look.apply("dark")
    assert look.tokens is DARK
    assert look.colour("text").name().upper() == DARK.text
    with qtbot.assertNotEmitted(look.changed):
        look.apply("dark")


def test_the_environment_overrules_the_mode(look: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OVERRIDE, "dark")
    look.apply()
    assert look.tokens is DARK
    monkeypatch.delenv(OVERRIDE)
    look.apply("system")
    assert look.mode == "system"


def test_text_size_scales_and_is_bounded(look: Theme, qapp: QApplication) -> None:
    look.apply(percent=150)
    assert look.px(10) == 15
    assert qapp.font().pixelSize() == round(13 * 1.5)
    look.apply(percent=900)
    assert look.percent == 200
    look.apply(percent=10)
    assert look.percent == 100


def test_figures_have_one_width_where_columns_need_it(look: Theme) -> None:
    font = look.font("base")
    metrics = QFontMetricsF(font)
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")
    assert QFont.Tag("tnum") in font.featureTags()


def test_every_icon_can_be_drawn(look: Theme) -> None:
    names = icons.names()
    assert set(PAGES) | {f"{page}-on" for page in PAGES} | set(OTHERS) <= set(names)
    for name in names:
        image = icons.pixmap(name, "text", 16).toImage()
        drawn = sum(
            image.pixelColor(x, y).alpha() > 0 for x in range(image.width()) for y in range(image.height())
        )
        assert drawn > 5, name


def test_the_window_needs_nothing_heavy_to_come_up() -> None:
    """Importing the window must not bring what only some actions need; the start would wait for it."""
    heavy = ["PySide6.QtSvg", "PySide6.QtPrintSupport", "ui.widgets.find_box", "sqlalchemy", "openpyxl"]
    code = f"import sys, ui.main_window; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
