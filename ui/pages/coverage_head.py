"""The line under a page's title: its parts at the left, whose or which year they show at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.columns import Columns, Flow
from ui.widgets.section_chooser import SectionChooser


class PartsLine(QWidget):
    """The controls go below the parts where there is no room beside them."""

    def __init__(
        self,
        parts: Sequence[tuple[str, str]],
        controls: Sequence[QWidget],
        name: str = "Part of Coverage",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.chooser = _Parts(parts, name)
        self.controls = _Controls(controls)
        row = Columns(self, gap=8, same_height=False)
        row.add(self.chooser)
        row.add(self.controls)


class _Parts(SectionChooser):
    def least_width(self) -> int:
        """What the parts need beside each other; with less the line breaks."""
        return self.segments.sizeHint().width()


class _Controls(QWidget):
    def __init__(self, controls: Sequence[QWidget]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._flow = Flow(self, to_right=True)
        for control in controls:
            self._flow.addWidget(control)

    def least_width(self) -> int:
        """What the controls need in one line."""
        return self._flow.sizeHint().width()
