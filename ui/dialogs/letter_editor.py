"""Writing a letter: chosen among the ten, filled from the facts, edited, printed, kept (rulebook 3.9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from tracker.changes import Changes
from tracker.domain.claims.findings.finding import Finding
from tracker.domain.claims.letter_fields import REPLY_DAYS
from tracker.domain.claims.letter_sent import can_note, with_letter
from tracker.domain.claims.letters import LetterKind
from tracker.errors import UserProblem
from tracker.facts import Bill, Case, Claim, Noun
from tracker.services.letters import LetterDesk
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.letter_text import LetterText
from ui.dialogs.printing import Printing
from ui.models.coverage_words import short
from ui.theme import theme
from ui.widgets.buttons import LinkButton, PlainButton
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.label import Label
from ui.widgets.screen_room import screen_room

if TYPE_CHECKING:
    from ui.printing.document import Document

_WIDTH, _HEIGHT = 760, 860
_MOST_NAMED = 6


class LetterEditor(CommitDialog):
    """A letter about a case, a bill or an EOB; with none of them, about the membership.

    `letter` opens one of the ten instead of the one that fits best; `findings` are what it speaks of.
    What was typed in one letter stays there while another is looked at.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        case: Case | None = None,
        claim: Claim | None = None,
        bill: Bill | None = None,
        letter: LetterKind | str | None = None,
        findings: Sequence[Finding] = (),
    ) -> None:
        super().__init__(
            "Write a letter",
            parent,
            columns=3,
            save_text="Save letter",
            width=_WIDTH,
        )
        self._context = context
        self._desk: LetterDesk | None = None
        self._wanted = LetterKind(letter) if letter else None
        self._shown: LetterKind | None = None
        self._typed: dict[LetterKind, str] = {}
        self.printing = Printing(context, self)
        if parent is not None:  # its paper size is the program's
            self.setProperty("program", parent.window().property("program"))
        self._build_fields()
        self._wire()
        self._enable(False)
        service = context.services.letters
        context.load(
            self,
            lambda: service.desk(case=case, claim=claim, bill=bill, findings=findings),
            self._show_desk,
            label="Reading the papers",
        )

    # asking --------------------------------------------------------------------------

    @property
    def kind(self) -> LetterKind:
        """The letter that is shown."""
        return LetterKind(self.letter.key())

    def document(self) -> Document:
        """The letter as it would be printed now."""
        from ui.printing.letter_document import letter_document

        desk = self._desk
        sender = desk.fields.get("member_name", "") if desk else ""
        name = desk.templates[self.kind].name if desk else "Letter"
        return letter_document(self.text.text(), name=name, sender=short(sender, 60))

    def sizeHint(self) -> QSize:
        """Tall enough to read a letter, never higher than the screen."""
        hint, room = super().sizeHint(), screen_room(self)
        return QSize(hint.width(), max(hint.height(), min(theme().px(_HEIGHT), room.height() - 60)))

    # building ------------------------------------------------------------------------

    def _build_fields(self) -> None:
        self.letter = OptionEdit([(kind.value, kind.value) for kind in LetterKind])
        self.noted = QCheckBox("Note it in the case")
        self.on = DayEdit(self._context.today)
        self.follow_up = DayEdit(self._context.today)
        self.form.add("letter", "Letter", self.letter, wide=True)
        self.form.add("noted", "Once sent", self.noted)
        self.form.add("on", "Sent on", self.on)
        self.form.add("follow_up", "Follow up on", self.follow_up)
        self.follow_up.setToolTip("Empty for no reminder")
        self.noted.setMinimumHeight(self.on.sizeHint().height())
        self.text = LetterText()
        self.blanks = Label("", tone="warning", wrap=True)
        self.next_blank = LinkButton("Next blank")
        self.next_blank.setToolTip("Select the next blank in the letter")
        self.reset = LinkButton("Fill it anew")
        self.reset.setToolTip("Bring back the letter as it is filled from your facts")
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.blanks, 1)
        below.addWidget(self.next_blank)
        below.addWidget(self.reset)
        self.body.insertWidget(1, self.text, 1)
        self.body.insertLayout(2, below)
        self.body.setStretch(3, 0)
        self.preview_button = PlainButton("Print preview\u2026", "print")
        self.add_button(self.preview_button)

    def _wire(self) -> None:
        self.letter.edited.connect(self._on_letter)
        self.noted.toggled.connect(self._on_noted)
        self.text.textChanged.connect(self._say_blanks)
        self.next_blank.clicked.connect(self._on_next_blank)
        self.reset.clicked.connect(self._on_reset)
        self.preview_button.clicked.connect(self._on_preview)

    def _enable(self, ready: bool) -> None:
        for part in (self.letter, self.text, self.reset, self.preview_button, self.save_button):
            part.setEnabled(ready)

    def _show_desk(self, desk: LetterDesk) -> None:
        self._desk = desk
        names = desk.templates
        self.letter.set_options(
            [
                (choice.kind.value, f"{names[choice.kind].name}{' (proposed)' if choice.why else ''}")
                for choice in desk.choices
            ]
        )
        self.letter.choose((self._wanted or desk.choices[0].kind).value)
        self._enable(True)
        can = can_note(desk.about.case)
        for name in ("noted", "on", "follow_up"):
            self.form.field(name).setVisible(can)
        self.noted.setChecked(can)
        self.on.set_day(self._context.today)
        self.follow_up.set_day(self._context.today + timedelta(days=REPLY_DAYS))
        target = self._target()
        self.save_button.setVisible(target is not None)
        self.save_button.setText(f"Save with the {target.words}" if target else "Save")
        self._show_letter()
        self._grow()
        self.text.setFocus()

    def _show_letter(self) -> None:
        desk = self._desk
        if desk is None:
            return
        self._shown = self.kind
        self.text.set_text(self._typed.get(self.kind) or desk.filled(self.kind).text)
        why = next((choice.why for choice in desk.choices if choice.kind is self.kind), "")
        self.form.field("letter").set_hint(why or desk.templates[self.kind].what_for)
        self._say_blanks()

    # acting --------------------------------------------------------------------------

    def save(self) -> bool:
        desk, target = self._desk, self._target()
        if desk is None or target is None:
            return False
        if not self.text.text().strip():
            raise UserProblem("The letter is empty.", "Write it, or fill it anew.")
        name, document, paper = desk.templates[self.kind].name, self.document(), self.printing.paper()
        note = self._note(desk)
        service = self._context.services.letters

        def act() -> Changes:
            from ui.printing.pdf import pdf_bytes

            pdf = pdf_bytes(document.lay_out(paper))
            return service.store(target.noun, target.id, name, pdf, note=note)

        return self.commit(self._context, act, "Saving the letter")

    def _note(self, desk: LetterDesk) -> Callable[[Case], Case] | None:
        """What to do with the case as it then is; raises UserProblem for days that cannot be read."""
        if not self.noted.isChecked() or not can_note(desk.about.case):
            return None
        kind, name = self.kind, desk.templates[self.kind].name
        on, follow_up = self.on.day(), self.follow_up.day_or_none()
        return lambda case: with_letter(case, kind, name, on, follow_up)

    def _target(self) -> _Target | None:
        """What the letter is kept with: the case, else the bill, the EOB or the membership."""
        matter = self._desk.about if self._desk else None
        if matter is None:
            return None
        facts = (
            (Noun.CASE, "case", matter.case),
            (Noun.BILL, "bill", matter.bill),
            (Noun.CLAIM, "EOB", matter.claim),
            (Noun.MEMBERSHIP, "membership", matter.membership),
        )
        return next(
            (_Target(noun, words, fact.id) for noun, words, fact in facts if fact and fact.id is not None),
            None,
        )

    @Slot()
    def _on_letter(self) -> None:
        if self._shown is not None and self._desk is not None:
            self._keep_typed(self._shown)
        self._show_letter()

    def _keep_typed(self, kind: LetterKind) -> None:
        """Remember a letter that was changed by hand."""
        typed = self.text.text()
        if self._desk is not None and typed != self._desk.filled(kind).text:
            self._typed[kind] = typed
        else:
            self._typed.pop(kind, None)

    @Slot(bool)
    def _on_noted(self, noted: bool) -> None:
        self.on.setEnabled(noted)
        self.follow_up.setEnabled(noted)

    @Slot()
    def _on_reset(self) -> None:
        self._typed.pop(self.kind, None)
        self._show_letter()
        self.text.setFocus()

    @Slot()
    def _on_next_blank(self) -> None:
        self.text.go_to_blank()

    @Slot()
    def _on_preview(self) -> None:
        self.printing.preview(self.document())

    @Slot()
    def _say_blanks(self) -> None:
        """Name what is not filled in yet."""
        left = self.text.blanks()
        more = len(left) - _MOST_NAMED
        named = ", ".join(left[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        self.blanks.setText(f"To fill in: {named}." if left else "Nothing is left to fill in.")
        self.blanks.set_tone("warning" if left else "quiet")
        self.next_blank.setVisible(bool(left))


class _Target(NamedTuple):
    """What a letter is kept with."""

    noun: Noun
    words: str
    id: int
