"""Charts as files: a picture, a drawing with real text, or a page. A file is whole or not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from tracker.whole_file import write_whole
from ui.charts.hits import ChartPaint
from ui.charts.ink import Ink

POINTS_PER_UNIT = 0.75
"""A unit of a saved chart is a pixel of a 96 dpi screen, so a page shows it in the size it had there."""

FORMATS = {".png": "PNG picture", ".svg": "SVG drawing", ".pdf": "PDF page"}
"""What can be saved, by the ending of the file's name."""


def save(
    path: Path, chart_paint: ChartPaint, size: QSizeF, ink: Ink, *, title: str = "", scale: float = 2.0
) -> None:
    """Save in the format the name ends with; any other ending is a picture."""
    ending = path.suffix.lower()
    if ending == ".svg":
        save_svg(path, chart_paint, size, ink, title=title)
    elif ending == ".pdf":
        save_pdf(path, chart_paint, size, ink, title=title)
    else:
        save_png(path, chart_paint, size, ink, scale=scale)


def picture(chart_paint: ChartPaint, size: QSizeF, ink: Ink, scale: float = 2.0) -> QImage:
    """The chart as an image of `size` logical units, `scale` pixels to each."""
    image = QImage(QSize(round(size.width() * scale), round(size.height() * scale)), _FORMAT)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        _draw(painter, chart_paint, size, ink)
    finally:
        painter.end()
    return image


def save_png(path: Path, chart_paint: ChartPaint, size: QSizeF, ink: Ink, scale: float = 2.0) -> None:
    """A picture of `size` logical units, `scale` pixels to each."""
    image = picture(chart_paint, size, ink, scale)

    def write(device: QBuffer) -> None:
        image.save(device, "PNG")  # type: ignore[call-overload, unused-ignore]

    write_whole(path, bytes_of(write))


def save_svg(path: Path, chart_paint: ChartPaint, size: QSizeF, ink: Ink, *, title: str = "") -> None:
    """A vector drawing whose words are text."""
    from PySide6.QtSvg import QSvgGenerator

    def write(device: QBuffer) -> None:
        generator = QSvgGenerator()
        generator.setOutputDevice(device)
        generator.setSize(size.toSize())
        generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
        generator.setResolution(96)
        generator.setTitle(title)
        generator.setDescription(title)
        painter = QPainter(generator)
        try:
            _draw(painter, chart_paint, size, ink)
        finally:
            painter.end()

    write_whole(path, bytes_of(write))


def save_pdf(path: Path, chart_paint: ChartPaint, size: QSizeF, ink: Ink, *, title: str = "") -> None:
    """One page the size of the chart, in vectors, whose words are text."""

    def write(device: QBuffer) -> None:
        writer = QPdfWriter(device)
        page = QPageSize(
            size * POINTS_PER_UNIT, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch
        )
        writer.setPageSize(page)
        writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
        writer.setTitle(title)
        painter = QPainter(writer)
        try:
            units = writer.resolution() / 72 * POINTS_PER_UNIT
            painter.scale(units, units)
            _draw(painter, chart_paint, size, ink)
        finally:
            painter.end()

    write_whole(path, bytes_of(write))


_FORMAT = QImage.Format.Format_ARGB32_Premultiplied


def _draw(painter: QPainter, chart_paint: ChartPaint, size: QSizeF, ink: Ink) -> None:
    """The chart with air around it, on its ground to the very edge."""
    page = QRectF(0, 0, size.width(), size.height())
    if ink.ground is not None:
        painter.fillRect(page, QColor(ink.ground))
    chart_paint(painter, page.adjusted(ink.size, ink.size, -ink.size, -ink.size), ink=ink)


def bytes_of(write: Callable[[QBuffer], None]) -> bytes:
    """What is written to a device, in memory: so a full disk leaves no half-written file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    write(buffer)
    buffer.close()
    return bytes(data.data())
