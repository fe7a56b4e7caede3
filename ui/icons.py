"""Line icons: small SVG files in `currentColor`, drawn in the colour that is asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap

from ui.theme import theme

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"


def names() -> list[str]:
    """Every icon there is."""
    return sorted(file.stem for file in FOLDER.glob("*.svg"))


def pixmap(name: str, token: str, size: int, *, gap: int = 0) -> QPixmap:
    """An icon in a colour token, `size` logical pixels high. The theme keeps what was drawn.

    `gap` is empty room at its right: the distance to the words of a button.
    """
    look = theme()
    # The sharpest screen's resolution. `painter.device()` would be exact, but touching what it returns
    # crashes: for a widget it is a wrapper around the widget's second base class.
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    key = (name, look.colour(token).name(), size, gap, ratio)
    kept = look.pixmaps.get(key)
    if kept is None:
        # Imported here: whoever shows no icon does not pay for the renderer.
        from PySide6.QtSvg import QSvgRenderer

        source = (FOLDER / f"{name}.svg").read_text("utf-8").replace("currentColor", key[1])
        kept = QPixmap(round((size + gap) * ratio), round(size * ratio))
        kept.fill(Qt.GlobalColor.transparent)
        painter = QPainter(kept)
        square = QRectF(0, 0, kept.height(), kept.height())
        QSvgRenderer(QByteArray(source.encode())).render(painter, square)
        painter.end()
        kept.setDevicePixelRatio(ratio)
        look.pixmaps[key] = kept
    return kept


def paint(painter: QPainter, name: str, token: str, box: QRect) -> None:
    """Draw an icon in the middle of a box."""
    size = min(box.width(), box.height())
    left, top = box.x() + (box.width() - size) // 2, box.y() + (box.height() - size) // 2
    painter.drawPixmap(left, top, pixmap(name, token, size))


def icon(name: str, token: str = "text", size: int = 16, *, gap: int = 0) -> QIcon:
    """A QIcon in the colours of now; who keeps it asks again when the style changes."""
    made = QIcon(pixmap(name, token, size, gap=gap))
    made.addPixmap(pixmap(name, "faint", size, gap=gap), QIcon.Mode.Disabled)
    return made
