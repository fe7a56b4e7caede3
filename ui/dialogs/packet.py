"""Making the packet of a case: what goes in, where it is saved, how far it is, what is missing in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QScrollArea, QWidget

from tracker.exports.packet import MOST_BYTES, Attached, Packet, Progress, make_packet
from tracker.facts import Case, CaseKind
from tracker.services.packets import CaseDocument, CasePapers, PacketKind
from tracker.whole_file import write_whole
from tracker.wording import count_of
from ui.context import Context
from ui.dialogs.printing import Printing, file_name
from ui.jobs import Job
from ui.models.coverage_words import short
from ui.theme import theme
from ui.widgets.attachments import size_text
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.form_dialog import FormDialog
from ui.widgets.label import Label
from ui.widgets.progress_bar import ProgressBar

if TYPE_CHECKING:
    from ui.printing.document import Paper
    from ui.printing.packet_document import PacketFront

_SENTENCE = (
    "One PDF with numbered pages: a cover, the timeline, the call log, and the documents you choose."
)

_BESIDE = 80
"""Pixels of a line that a box, the form's edges and the scroll bar take, at 100 % text."""


def packet_for(
    context: Context, owner: QWidget, case: Case, *, kind: PacketKind | None = None
) -> PacketDialog:
    """Open the form for the packet of a case; a reimbursement begins with a claim packet."""
    dialog = PacketDialog(context, owner, case=case, kind=kind)
    dialog.open()
    return dialog


class PacketDialog(FormDialog):
    """Makes the packet beside the window. Cancel stops the work first, and leaves the form after that."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, case: Case, kind: PacketKind | None = None
    ) -> None:
        super().__init__("Make a packet", parent, sentence=_SENTENCE, save_text="Save PDF\u2026", width=600)
        self._context = context
        self._case = case
        self._papers: CasePapers | None = None
        self._job: Job[Packet] | None = None
        self._folder = ""
        self.boxes: list[tuple[QCheckBox, CaseDocument]] = []
        self.problems: list[Label] = []
        self.printing = Printing(context, self)
        if parent is not None:  # its paper size is the program's
            self.setProperty("program", parent.window().property("program"))
        claim = case.kind is CaseKind.REIMBURSEMENT
        self._build_fields(kind or (PacketKind.CLAIM if claim else PacketKind.EVIDENCE))
        self.save_button.setEnabled(False)
        service = context.services.packets
        context.load(self, lambda: service.read(case), self._show, label="Reading the papers")

    # building ------------------------------------------------------------------------

    def _build_fields(self, kind: PacketKind) -> None:
        self.kind = OptionEdit([(each.value, each.words) for each in PacketKind])
        self.kind.choose(kind.value)
        self.timeline = QCheckBox("Timeline")
        self.calls = QCheckBox("Call log")
        self.form.add("kind", "For", self.kind)
        self.form.add_line(self.timeline)
        self.form.add_line(self.calls)
        self.heading = Label("Documents", "bold")
        self.form.add_line(self.heading)
        self.bar = ProgressBar()
        self.bar.hide()
        self.words = Label("", "quiet", wrap=True)
        self.words.hide()
        self.body.insertWidget(1, self.words)
        self.body.insertWidget(2, self.bar)
        self.kind.edited.connect(self._on_kind)
        self._on_kind()

    def _show(self, papers: CasePapers) -> None:
        self._papers = papers
        room = self.sizeHint().width() - theme().px(_BESIDE)
        for item in papers.documents:
            document = item.document
            box = QCheckBox()
            # A box never breaks its line. An ampersand would underline the next letter.
            words = box.fontMetrics().elidedText(_label(item), Qt.TextElideMode.ElideMiddle, room)
            box.setText(words.replace("&", "&&"))
            box.setToolTip(document.name)
            box.setAccessibleName(f"{document.name}, {item.about}")
            box.setChecked(True)
            self.form.add_line(box)
            self.boxes.append((box, item))
        if not papers.documents:
            self.form.add_line(
                Label("None are attached to this case or to its papers.", "quiet", wrap=True)
            )
        self.save_button.setEnabled(True)
        self._grow()

    # asking --------------------------------------------------------------------------

    def front(self) -> PacketFront:
        """Our own pages as they are chosen."""
        from ui.printing.packet_document import PacketFront

        assert self._papers is not None
        return PacketFront(
            PacketKind(self.kind.key()),
            self._papers,
            with_timeline=self.timeline.isChecked(),
            with_calls=self.calls.isChecked(),
        )

    def chosen(self) -> list[CaseDocument]:
        """The documents that stay checked."""
        return [item for box, item in self.boxes if box.isChecked()]

    # acting --------------------------------------------------------------------------

    def save(self) -> bool:
        """Ask where to; the work begins with the answer."""
        places = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, "Save the packet", self._folder or places or QDir.homePath())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilters(["PDF (*.pdf)"])
        title = f"{PacketKind(self.kind.key()).words}, {self._case.title}"
        dialog.selectFile(file_name(title))
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.open()
        self.save_button.setEnabled(True)
        return False

    def write(self, path: Path, paper: Paper | None = None) -> None:
        """Make the packet and write it; what is missing in it is listed afterwards."""
        if self._papers is None or self._job is not None:
            return
        self._folder = str(path.parent)
        self._forget_problems()
        documents = self._context.services.documents
        attached = [
            Attached(
                item.document.name,
                item.document.size,
                partial(documents.content, item.document),
                item.about,
            )
            for item in self.chosen()
        ]
        work = _work(self._case.title, attached, self.front(), paper or self.printing.paper(), path)
        self._busy(True)
        self._job = Job(
            "",
            work,
            partial(self._on_made, path),
            self._on_problem,
            on_step=self._on_step,
        )
        self._context.jobs.run(self._job, owner=self)

    def reject(self) -> None:
        """Stop the work; leave where there is none."""
        if self._job is None:
            super().reject()
            return
        self._job.cancel()
        self._job = None
        self._busy(False)
        self._say("Stopped.")

    # ours ----------------------------------------------------------------------------

    def _on_step(self, at: int, out_of: int) -> None:
        self.bar.set(at / out_of if out_of else 0.0)

    def _on_made(self, path: Path, packet: Packet) -> None:
        self._job = None
        self._busy(False)
        pages = count_of(packet.pages, "page")
        self._context.shell.toast(f"Saved {path.name}, {pages}.")
        if not packet.problems:
            self.accept()
            return
        self._say(f"Saved {path.name}, {pages}. Not everything could be added:")
        for place, problem in enumerate(packet.problems):
            label = Label(problem, tone="warning", wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.problems.append(label)
            self.body.insertWidget(2 + place, label)
            label.show()  # by itself it would come only after the form has found its height
        self.cancel_button.setText("Close")
        self.cancel_button.setFocus()
        self._grow()
        self._bring_up(self.problems[-1])
        self._bring_up(self.words)

    def _on_problem(self, problem: Exception) -> None:
        self._job = None
        self._busy(False)
        self._context.show_problem(problem)

    def _busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.bar.set(0.0)
        self.save_button.setEnabled(not busy)
        self.form.setEnabled(not busy)
        self.cancel_button.setText("Stop" if busy else "Cancel")
        if busy:
            self._say("Making the packet\u2026")
            self.cancel_button.setFocus()
        else:
            self.words.hide()
        self._grow()
        self._bring_up(self.bar)

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.show()

    def _bring_up(self, part: QWidget) -> None:
        """Scroll to a part: below a long list of documents it would not be seen."""
        area = self.findChild(QScrollArea)
        if area is not None and part.isVisible():
            area.ensureWidgetVisible(part)

    def _forget_problems(self) -> None:
        for label in self.problems:
            label.hide()
            label.deleteLater()
        self.problems.clear()

    @Slot()
    def _on_kind(self) -> None:
        """A claims desk needs neither the timeline nor your calls; proof needs both."""
        proof = self.kind.key() == PacketKind.EVIDENCE.value
        self.timeline.setChecked(proof)
        self.calls.setChecked(proof)


def _label(item: CaseDocument) -> str:
    """A document in the list: its name, what it hangs on, its size."""
    size = size_text(item.document.size)
    large = f", larger than {MOST_BYTES // 1024**2} MB" if item.document.size > MOST_BYTES else ""
    return f"{short(item.document.name, 60)}  ({short(item.about, 50)}, {size}{large})"


def _work(
    title: str, attached: list[Attached], front: PacketFront, paper: Paper, path: Path
) -> Callable[[Progress], Packet]:
    def work(progress: Progress) -> Packet:
        from ui.printing.packet_press import PacketPress

        packet = make_packet(title, attached, PacketPress(front, paper), progress)
        write_whole(path, packet.content)
        return packet

    return work
