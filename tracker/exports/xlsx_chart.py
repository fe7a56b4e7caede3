"""How charts of the workbook look: no box, light grid, dollars on the axis, readable in grey."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.exports.xlsx_look import HAIRLINE, QUIET

if TYPE_CHECKING:
    from openpyxl.chart.text import RichText
    from openpyxl.worksheet.worksheet import Worksheet


def lay_over(sheet: Worksheet, chart: Any, first: int, last: int, row: int, rows: int) -> None:
    """Put a chart over columns (from 1) and rows, so that it is as wide as the table above it."""
    from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

    chart.anchor = TwoCellAnchor(
        editAs="oneCell",
        _from=AnchorMarker(col=first - 1, row=row - 1),
        to=AnchorMarker(col=last, row=row - 1 + rows),
    )
    sheet.add_chart(chart)


def dress(chart: Any, title: str) -> None:
    """Title, legend below, nothing around it."""
    from openpyxl.chart.layout import Layout
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.chart.text import Text
    from openpyxl.chart.title import Title

    text = _rich(title, size=1200, bold=True)
    chart.title = Title(tx=Text(rich=text), overlay=False, layout=Layout())
    chart.legend.position = "b"
    chart.legend.txPr = _rich(None, size=900)
    chart.graphical_properties = GraphicalProperties()
    chart.graphical_properties.line.noFill = True
    chart.roundedCorners = False


def dress_axes(chart: Any, *, value_format: str, across_format: str = "") -> None:
    """Both axes in quiet small figures; only horizontal grid lines, no ticks."""
    from openpyxl.chart.axis import ChartLines
    from openpyxl.chart.shapes import GraphicalProperties

    across, up = chart.x_axis, chart.y_axis
    for axis in (across, up):
        axis.delete = False  # openpyxl would leave the axes out
        axis.majorTickMark = "none"
        axis.minorTickMark = "none"
        axis.tickLblPos = "low"
        axis.title = None
        axis.txPr = _rich(None, size=900, colour=QUIET)
    across.axPos = "b"
    across.majorGridlines = None
    up.majorGridlines = ChartLines(spPr=GraphicalProperties())
    up.majorGridlines.spPr.line.solidFill = HAIRLINE
    up.majorGridlines.spPr.line.width = 6350
    up.spPr = GraphicalProperties()
    up.spPr.line.noFill = True
    up.number_format = value_format
    if across_format:
        across.number_format = across_format


def fill_bars(series: Any, colour: str) -> None:
    series.graphicalProperties.solidFill = colour
    series.graphicalProperties.line.noFill = True
    series.invertIfNegative = False


def draw_line(series: Any, colour: str, *, points: float, dash: str = "") -> None:
    """A plain line through the points of a series; `points` is its width."""
    series.marker.symbol = "none"
    series.smooth = False
    line = series.graphicalProperties.line
    line.solidFill = colour
    line.width = int(points * 12700)
    if dash:
        line.dashStyle = dash


def _rich(title: str | None, *, size: int, bold: bool = False, colour: str = "1F2421") -> RichText:
    """Text of a chart; `size` is in hundredths of a point. Without words, only how words look."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun

    look = CharacterProperties(sz=size, b=bold, solidFill=colour)
    runs = [] if title is None else [RegularTextRun(rPr=look, t=title)]
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=None)
    paragraph.r = runs
    return RichText(p=[paragraph])
