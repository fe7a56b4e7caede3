"""How the figures of a coverage example come about, claim by claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tracker.domain.coverage.sentences import explain_claim
from tracker.facts import ServiceCategory
from tracker.money import dollars
from ui.theme import theme
from ui.widgets.buttons import PrimaryButton
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room
from ui.widgets.scroll_inside import ScrollInside, vertical_scroll

if TYPE_CHECKING:
    from tracker.domain.coverage.examples import Example
    from tracker.domain.coverage.terms import PlanTerms


class ExampleWhy(QDialog):
    """The services in the order in which the plan gets them, each with the engine's own sentences."""

    def __init__(
        self,
        terms: PlanTerms,
        example: Example,
        categories: Mapping[str, ServiceCategory],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        scenario = example.scenario
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(scenario.name)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(8)
        total = dollars(example.exact.total_patient_pays)
        whole.addWidget(Label(f"{scenario.name}: you pay {total}", "card_title", wrap=True))
        whole.addWidget(Label(f"{scenario.about}.", "quiet", wrap=True))
        self.sentences = _claims(terms, example, categories)
        inside = ScrollInside()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 10, 0)
        rows.setSpacing(3)
        for heading, sentences in self.sentences:
            rows.addWidget(Label(heading, "bold", wrap=True))
            words = Label("\n".join(sentences), wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            rows.addWidget(words)
            rows.addSpacing(8)
        rows.addWidget(Label(f"Source: {scenario.source}.", "caption", wrap=True))
        rows.addStretch(1)
        self.area = vertical_scroll(inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrow keys scroll
        self.area.setAccessibleName(f"{scenario.name}, claim by claim")
        whole.addWidget(self.area, 1)
        close = PrimaryButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(close)
        whole.addLayout(below)
        self.area.setFocus()

    def sizeHint(self) -> QSize:
        room = screen_room(self)
        return QSize(min(theme().px(640), room.width() - 40), min(theme().px(560), room.height() - 60))


def _claims(
    terms: PlanTerms, example: Example, categories: Mapping[str, ServiceCategory]
) -> list[tuple[str, list[str]]]:
    """A heading and the sentences of each service; an ordinal tells repeated ones apart."""
    count: dict[str, int] = {}
    often: dict[str, int] = {}
    for lines in example.scenario.claims:
        for line in lines:
            often[line.what] = often.get(line.what, 0) + 1
    found = []
    for lines, result in zip(example.scenario.claims, example.results, strict=True):
        told = explain_claim(terms, result, categories or None)
        for line, worked, sentences in zip(lines, result.lines, told, strict=True):
            count[line.what] = count.get(line.what, 0) + 1
            which = f" {count[line.what]} of {often[line.what]}" if often[line.what] > 1 else ""
            heading = f"{line.what}{which}, {dollars(line.allowed)}: you pay {dollars(worked.owes)}"
            found.append((heading, sentences))
    return found
