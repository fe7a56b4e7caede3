"""What a packet needs from Qt: our own pages, pictures on pages, and the running lines of all pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QImageReader,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from tracker.errors import WorldProblem
from tracker.exports.packet import Entry, Sheet
from tracker.exports.pdf_pages import BAND, EDGE
from ui.charts.save import bytes_of
from ui.printing.blocks import Words
from ui.printing.document import Document, Paper, page_size
from ui.printing.flow import PT
from ui.printing.packet_document import PacketFront
from ui.printing.pdf import need_application, pdf_bytes
from ui.printing.type import HAIR, RUNNING, Type

_RESOLUTION = 1440
_SIDE = 36.0  # points left and right of the running line
_FORMATS = frozenset({"png", "jpeg", "jpg", "gif", "bmp", "webp", "tiff", "tif"})
_LONGEST = 2600
"""Pixels of the longer side: about 230 to the inch on paper. More would only make the file large."""

_MOST_PIXELS = 400_000_000
_MOST_WHOLE = 60_000_000
"""Pixels of a picture that cannot be made smaller while it is read: a quarter of a gigabyte."""

_SCREEN_DOT = 72 / 96
_SAID = Type(12)


class PacketPress:
    """Makes PDFs for `tracker.exports.packet`. May be used beside the UI thread."""

    def __init__(self, front: PacketFront, paper: Paper) -> None:
        need_application()
        self._front = front
        self._paper: Paper = paper
        self._title = front.papers.case.title

    @property
    def size(self) -> tuple[float, float]:
        held = page_size(self._paper).size(QPageSize.Unit.Point)
        return held.width(), held.height()

    def front(self, entries: Sequence[Entry]) -> bytes:
        return pdf_bytes(self._front.document(entries).lay_out(self._paper))

    def sorry(self, sentence: str) -> bytes:
        blocks = (Words(sentence, _SAID, before=0.0),)
        return pdf_bytes(Document(self._title, "", "", "", blocks, bare=True).lay_out(self._paper))

    def picture(self, content: bytes) -> bytes | None:
        """The picture on a page of its own shape, no larger than the packet's paper."""
        image = _read(content)
        if image is None:
            return None
        width, height = self.size
        if image.width() > image.height():
            width, height = height, width
        across, up = width - 2 * EDGE, height - BAND - EDGE
        scale = min(across / image.width(), up / image.height(), _SCREEN_DOT)
        page = QSizeF(max(image.width() * scale, 3.0), max(image.height() * scale, 3.0))

        def write(device: QBuffer) -> None:
            writer = _writer(device, page)
            painter = QPainter(writer)
            painter.drawImage(QRectF(0, 0, page.width() * PT, page.height() * PT), image)
            painter.end()

        return bytes_of(write)

    def running_lines(self, sheets: Sequence[Sheet]) -> bytes:
        def write(device: QBuffer) -> None:
            writer: QPdfWriter | None = None
            painter = QPainter()
            for sheet in sheets:
                page = QSizeF(sheet.width, sheet.height)
                if writer is None:
                    writer = _writer(device, page)
                    painter.begin(writer)
                else:
                    writer.setPageLayout(_layout(page))
                    writer.newPage()
                self._line(painter, sheet)
            painter.end()

        return bytes_of(write)

    def _line(self, painter: QPainter, sheet: Sheet) -> None:
        """The case and where the page comes from at the left, `n of m` at the right."""
        left, right = _SIDE * PT, (sheet.width - _SIDE) * PT
        top = (sheet.height - BAND + 10) * PT
        painter.setPen(QPen(QBrush(QColor(HAIR)), 0.5 * PT))
        painter.drawLine(QLineF(left, top - 3 * PT, right, top - 3 * PT))
        number = f"{sheet.number} of {sheet.out_of}"
        room = right - left - RUNNING.width(number) - 12 * PT
        title = self._title
        if sheet.source:
            title = f"{RUNNING.elided(title, room * 0.6)} \u00b7 {sheet.source}"
        RUNNING.write(painter, RUNNING.elided(title, room), left, top)
        RUNNING.write(painter, number, 0, top, right=right)


def _writer(device: QBuffer, page: QSizeF) -> QPdfWriter:
    writer = QPdfWriter(device)
    writer.setPageLayout(_layout(page))
    writer.setResolution(_RESOLUTION)
    return writer


def _layout(page: QSizeF) -> QPageLayout:
    size = QPageSize(page, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(), QPageLayout.Unit.Point)


def _read(content: bytes) -> QImage | None:
    """A picture by what is in the file, whatever its name, turned as the camera was held."""
    data = QByteArray(content)
    device = QBuffer(data)
    device.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(device)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    kind = bytes(reader.format().data()).decode("ascii", "replace").lower()
    size = reader.size()
    if kind not in _FORMATS or not size.isValid() or size.isEmpty():
        return None
    pixels = size.width() * size.height()
    if pixels > (_MOST_PIXELS if kind in ("jpeg", "jpg") else _MOST_WHOLE):
        raise WorldProblem("the picture is too large.", "Make it smaller and attach it again.")
    if max(size.width(), size.height()) > _LONGEST:
        reader.setScaledSize(
            size.scaled(QSize(_LONGEST, _LONGEST), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(
                QSize(1, 1)
            )
        )
    image = reader.read()
    if image.isNull():
        return None
    if image.hasAlphaChannel():  # what is see-through is paper
        ground = QImage(image.size(), QImage.Format.Format_RGB32)
        ground.fill(Qt.GlobalColor.white)
        painter = QPainter(ground)
        painter.drawImage(0, 0, image)
        painter.end()
        return ground
    return image
