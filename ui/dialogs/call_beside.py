"""The column beside a call: what one is asked for, and what was said the last times."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.claims.about import About
from tracker.facts import Call, Provider
from ui.models.call_facts import facts_of, last_calls
from ui.widgets.buttons import PlainButton
from ui.widgets.fact_list import FactList, breakable
from ui.widgets.label import Label


class CallBeside(QWidget):
    """Read while talking; its text can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        self.heading = Label("Before you call", "bold")
        self.facts = FactList()
        self.nothing = Label(
            "Choose what the call is about, and its numbers, days and amounts stand here.",
            "quiet",
            wrap=True,
        )
        self.print_button = PlainButton("Print this sheet", "print")
        self.print_button.setToolTip("One page with these numbers, and room to write what they say")
        self.calls_heading = Label("Last calls", "bold")
        self._calls_at = QVBoxLayout()
        self._calls_at.setSpacing(6)
        self._calls: list[Label] = []
        for part in (self.heading, self.facts, self.nothing, self.calls_heading):
            rows.addWidget(part)
        rows.insertWidget(
            rows.indexOf(self.calls_heading), self.print_button, 0, Qt.AlignmentFlag.AlignLeft
        )
        rows.addLayout(self._calls_at)
        rows.addStretch(1)
        self.calls_heading.hide()
        self.print_button.hide()

    def show_about(
        self, about: About | None, calls: list[Call], names: Mapping[int, Provider], this: int | None
    ) -> None:
        """Show what is known; `this` call is left out of the earlier ones."""
        facts = facts_of(about) if about else []
        self.facts.show_facts(facts)
        self.facts.setVisible(bool(facts))
        self.nothing.setVisible(not facts)
        self.print_button.setVisible(bool(facts))
        words = last_calls(calls, dict(names), this)
        for label in self._calls:
            self._calls_at.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._calls = []
        for text in words:
            label = Label(breakable(text), "quiet", wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._calls.append(label)
            self._calls_at.addWidget(label)
        self.calls_heading.setVisible(bool(words))

    def said_before(self) -> list[str]:
        """The sentences of the last calls."""
        return [label.text().replace("\u200b", "") for label in self._calls]
