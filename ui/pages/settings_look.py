"""Settings: how the program looks on this computer, and what it prints on."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from tracker.settings import Settings
from ui.bootstrap import program_of
from ui.context import Context
from ui.pages.settings_section import Section
from ui.theme import MODES, theme
from ui.widgets.buttons import Segmented
from ui.widgets.card import Card
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.form import FormField

TEXT_SIZES = (100, 110, 125, 150, 175, 200)


class LookSection(Section):
    """Every choice is put into effect at once and kept for this computer, not in the ledger."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        card = Card("Look")
        card.set_subtitle("For this computer. The ledger itself does not change.")
        self.mode = Segmented([("system", "As the system"), ("light", "Light"), ("dark", "Dark")], "Theme")
        self.text_size = OptionEdit([(str(size), f"{size} %") for size in TEXT_SIZES])
        self.paper = Segmented([("letter", "US Letter"), ("a4", "A4")], "Paper")
        for field in (
            FormField("Theme", self.mode),
            FormField("Text size", self.text_size, "Everything grows with it."),
            FormField("Paper", self.paper, "For printing and PDF."),
        ):
            line = QHBoxLayout()  # keeps the field at the left and asks how high its words get
            line.addWidget(field)
            line.addStretch(1)
            card.body.addLayout(line)
            card.body.addSpacing(4)
        self.rows.addWidget(card)
        self.mode.changed.connect(self._on_mode)
        self.text_size.edited.connect(self._on_size)
        self.paper.changed.connect(self._on_paper)

    def reload(self) -> None:
        program = program_of(self)
        look = theme()
        settings = program.settings if program else Settings(theme=look.mode, text_size=look.percent)
        self.mode.choose(settings.theme)
        self._choose_size(settings.text_size)
        self.paper.choose(settings.paper)

    def _choose_size(self, size: int) -> None:
        sizes = sorted({*TEXT_SIZES, size})
        self.text_size.set_options([(str(each), f"{each} %") for each in sizes])
        self.text_size.choose(str(size))

    @Slot(str)
    def _on_mode(self, mode: str) -> None:
        self._change(theme=mode)

    @Slot()
    def _on_size(self) -> None:
        self._change(text_size=int(self.text_size.key()))

    @Slot(str)
    def _on_paper(self, paper: str) -> None:
        self._change(paper=paper)

    def _change(self, **changes: object) -> None:
        program = program_of(self)
        if program is not None:
            program.change_settings(**changes)
            return
        mode, size = changes.get("theme"), changes.get("text_size")
        theme().apply(
            next((known for known in MODES if known == mode), None), size if isinstance(size, int) else None
        )
