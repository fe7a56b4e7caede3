"""Line icons: small SVG files in `currentColor`, drawn in the colour that is asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from ui.theme import theme

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"


def names() -> list[str]:
    """Every icon there is."""
    return sorted(file.stem for file in FOLDER.glob("*.svg"))


def pixmap(name: str, token: str, size: int, ratio: float = 1.0, *, wide: int = 0) -> QPixmap:
    """An icon in a colour token, `size` logical pixels high. The theme keeps what was drawn.

    With `wide` there is empty room at its right: the distance to the words of a button.
    """
    look = theme()
    key = (name, look.colour(token).name(), size, max(size, wide), ratio)
    kept = look.pixmaps.get(key)
    if kept is None:
        # Imported here: whoever shows no icon does not pay for the renderer.
        from PySide6.QtSvg import QSvgRenderer

        source = (FOLDER / f"{name}.svg").read_text("utf-8").replace("currentColor", key[1])
        kept = QPixmap(round(max(size, wide) * ratio), round(size * ratio))
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
    ratio = painter.device().devicePixelRatioF()
    left, top = box.x() + (box.width() - size) // 2, box.y() + (box.height() - size) // 2
    painter.drawPixmap(left, top, pixmap(name, token, size, ratio))


class _Engine(QIconEngine):
    """Draws at the size and resolution of the moment, in the theme of the moment."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        square = QRect(rect.x(), rect.y(), min(rect.width(), rect.height()), rect.height())
        paint(painter, self._name, "faint" if mode == QIcon.Mode.Disabled else self._token, square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # Qt passes the size in device pixels together with the scale.
        token = "faint" if mode == QIcon.Mode.Disabled else self._token
        high = round(min(size.width(), size.height()) / scale)
        return pixmap(self._name, token, high, scale, wide=round(size.width() / scale))


def icon(name: str, token: str = "text") -> QIcon:
    """A QIcon that follows the theme by itself."""
    return QIcon(_Engine(name, token))
