"""Type on paper: the faces and sizes, measuring, breaking lines and writing them.

Paper has its own face and black ink; no theme reaches it. Faces are chosen whose figures have one
width, so that amounts line up without font features: a PDF knows no text for figures that a feature
has swapped, and joined letters could not be found by searching.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QTextLayout,
    QTextOption,
)

from ui.printing.flow import PT

BLACK, QUIET, FAINT = "#000000", "#3C3C3C", "#5A5A5A"
RULE, HAIR = "#000000", "#BDBDBD"

_FACES = ("Arial", "Helvetica Neue", "Liberation Sans", "Segoe UI", "Noto Sans", "DejaVu Sans")
_PLAIN_TEXT = ("liga", "clig", "dlig", "calt", "tnum", "frac")
"""Features that would replace letters by others a PDF cannot name."""


@lru_cache(maxsize=1)
def family() -> str:
    """The sans of this system for paper; the program's own font where none of the usual ones is there."""
    found = next((face for face in _FACES if QFontDatabase.hasFamily(face)), "")
    return found or QGuiApplication.font().family()


@dataclass(frozen=True, slots=True)
class Type:
    """A way of writing: `size` in points."""

    size: float
    bold: bool = False
    color: str = BLACK

    @property
    def line_height(self) -> float:
        """From one base line to the next, in twips."""
        return self.size * PT * 1.28

    @property
    def font(self) -> QFont:
        return _font(self.size, self.bold)

    @property
    def baseline(self) -> float:
        """How far the base line lies below the top of a line."""
        metrics = _metrics(self.size, self.bold)
        return (self.line_height + metrics.ascent() - metrics.descent()) / 2

    def width(self, text: str) -> float:
        return _metrics(self.size, self.bold).horizontalAdvance(calm(text))

    def elided(self, text: str, room: float) -> str:
        """The text, or as much of its beginning as fits."""
        text = calm(text)
        if self.width(text) <= room:
            return text
        # A long text is cut before it is measured: nobody reads the ten thousandth letter of a cell.
        metrics = _metrics(self.size, self.bold)
        return metrics.elidedText(text[:2000], Qt.TextElideMode.ElideRight, max(room, 0.0))

    def lines(self, text: str, room: float, most: int = 0) -> list[str]:
        """The text broken into lines; with `most`, the last one ends in an ellipsis where text is left."""
        found: list[str] = []
        for paragraph in calm(text).splitlines() or [""]:
            if self.width(paragraph) <= room:
                found.append(paragraph)
            else:
                found += _broken(paragraph, self.font, room)
            if most and len(found) > most:
                break
        if most and len(found) > most:
            rest = " ".join(found[most - 1 :])
            found = [*found[: most - 1], self.elided(rest, room)]
        return found

    def write(
        self, painter: QPainter, text: str, left: float, top: float, *, right: float | None = None
    ) -> None:
        """One line at the left, or ending at `right`; `top` is the top of its line."""
        if not text:
            return
        painter.setFont(self.font)
        painter.setPen(QColor(self.color))
        x = left if right is None else right - self.width(text)
        painter.drawText(QPointF(x, top + self.baseline), calm(text))


TITLE = Type(26, bold=True)
SUBTITLE = Type(11, color=QUIET)
HEADING = Type(14, bold=True)
SUBHEADING = Type(10.5, bold=True)
BODY = Type(9.5)
NOTE = Type(8, color=QUIET)
FIGURE = Type(15, bold=True)
FIGURE_LABEL = Type(8.5, color=QUIET)
RUNNING = Type(7.5, color=FAINT)


_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Marks that force a direction on everything after them, also on words that are not the name's."""


def calm(text: str) -> str:
    """The text without marks that turn its surroundings; each script still runs in its own direction."""
    return text if text.isascii() else text.translate(_TURNS)


class _Fonts(threading.local):
    """Fonts and their measures, each thread its own: Qt's fonts must not be shared by two at a time."""

    def __init__(self) -> None:
        self.fonts: dict[tuple[float, bool], QFont] = {}
        self.metrics: dict[tuple[float, bool], QFontMetricsF] = {}


_kept = _Fonts()


def _font(size: float, bold: bool) -> QFont:
    found = _kept.fonts.get((size, bold))
    if found is None:
        found = QFont(family())
        found.setPixelSize(round(size * PT))
        found.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        for feature in _PLAIN_TEXT:
            found.setFeature(QFont.Tag(feature), 0)
        _kept.fonts[size, bold] = found
    return found


def _metrics(size: float, bold: bool) -> QFontMetricsF:
    found = _kept.metrics.get((size, bold))
    if found is None:
        found = _kept.metrics[size, bold] = QFontMetricsF(_font(size, bold))
    return found


def _broken(text: str, font: QFont, room: float) -> list[str]:
    """Lines no wider than the room; a word longer than a line is parted anywhere."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = text.encode("utf-16-le")  # Qt counts in 16-bit units
    found = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(room, PT))
        begin, end = line.textStart(), line.textStart() + line.textLength()
        found.append(units[2 * begin : 2 * end].decode("utf-16-le", "replace").strip())
    layout.endLayout()
    return found
