"""How the columns of a table are read, chosen by the member with a preview of what would be imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from tracker.changes import Changes
from tracker.errors import UserProblem
from tracker.facts.importing import ImportProfile
from tracker.imports.table_amounts import DecimalMark
from tracker.imports.table_choosing import (
    DIRECTIONS,
    Counted,
    chosen_twice,
    counted,
    preview_rows,
    rejudged,
    to_keep,
    with_column,
    with_words,
    words_in,
)
from tracker.imports.table_dates import DateOrder
from tracker.imports.table_fields import Field, Holds
from tracker.imports.table_guess import guess_mapping
from tracker.imports.table_mapping import Direction, Mapping, missing, to_json
from tracker.imports.table_opening import Opening, Table, open_table
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.table_mapping_columns import ColumnList
from ui.jobs import Job, Progress
from ui.models import table_choosing_words as say
from ui.models.table import RowTableModel
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

_RAW_SHOWN = 5
_PAUSE_MS = 250
_SENTENCE = (
    "What the program made of the file is filled in; it says where it is not sure. The last table shows "
    "the first rows as they would be imported."
)


class TableMappingDialog(CommitDialog):
    """Gives a Mapping through `chosen` when it is used; `table` is then the file opened for it."""

    chosen = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None, table: Table, mapping: Mapping) -> None:
        title = f"How {say.short(table.name, 60)} is read" if table.name else "How the table is read"
        super().__init__(title, parent, save_text="Use this", columns=2, sentence=_SENTENCE, width=980)
        self.table, self.mapping = table, mapping
        self._context = context
        self._opening = mapping.opening
        self._settled: set[str] = set()
        self._layouts: frozenset[str] = frozenset()
        self._job: Job[Any] | None = None
        self._counting: Job[Counted] | None = None
        self._raw_made: tuple[object, ...] = ()
        self._build_fields()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._count)
        self._show_all()
        context.load(self, context.services.importing.profiles, self._show_layouts)

    # what comes out ------------------------------------------------------------------

    def save(self) -> bool | None:
        why = missing(self.mapping) or self.table.refusal
        if why:
            todo = "Choose it in the list of columns." if self.table.width else "Choose another file."
            about = "direction" if "money in or money out" in why or "money came in" in why else "columns"
            raise UserProblem(why, todo, field=about)
        twice = next(iter(chosen_twice(self.mapping).values()), None)
        if twice is not None:
            raise UserProblem(
                f"Two columns hold \u201c{say.FIELD_WORDS[twice]}\u201d.",
                "Choose something else for one of them.",
                field="columns",
            )
        name = self.name.text().strip()
        self.mapping = to_keep(self.table, self.mapping, name or self.mapping.name, self._opening)
        if not name:
            return None
        profile = ImportProfile(name=name, mapping=to_json(self.mapping))
        importing = self._context.services.importing
        return self.commit(self._context, lambda: importing.save_profile(profile), "Keeping the layout")

    def accept(self) -> None:
        self.chosen.emit(self.mapping)
        super().accept()

    # building ------------------------------------------------------------------------

    def _build_fields(self) -> None:
        form = self.form
        self._raw = _Swapped()
        self.holds = OptionEdit(say.HOLDS)
        self.headings = OptionEdit()
        self.delimiter = OptionEdit()
        self.encoding = OptionEdit()
        self.sheet = OptionEdit()
        self.columns = ColumnList()
        self.dates = OptionEdit(say.DATES)
        self.decimals = OptionEdit(say.DECIMALS)
        self.direction = OptionEdit([(way.value, words) for way, words in DIRECTIONS.items()])
        self.out_words, self.in_words = QLineEdit(), QLineEdit()
        self.count = Label("", "bold", wrap=True)
        self._preview = _Swapped()
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        form.add_line(Label("The file as it is", "bold"))
        form.add_line(self._raw)
        form.add("holds", "Its rows are", self.holds)
        form.add("headings", "The headings stand in", self.headings)
        form.add("delimiter", "Cells are separated by", self.delimiter)
        form.add("encoding", "The text is written in", self.encoding)
        form.add("sheet", "Sheet", self.sheet, wide=True)
        form.add("columns", "What each column holds", self.columns, wide=True)
        form.add("dates", "Dates are written", self.dates)
        form.add("decimals", "Before the cents stands", self.decimals)
        form.add("direction", "Where money went", self.direction, wide=True)
        form.add("out_words", "Words for money out", self.out_words)
        form.add("in_words", "Words for money in", self.in_words)
        form.add_line(self.count)
        form.add_line(self._preview)
        form.add("name", "Keep as", self.name, wide=True)
        self._wire()

    def _wire(self) -> None:
        self.holds.edited.connect(self._on_holds)
        for chooser in (self.headings, self.sheet, self.delimiter, self.encoding):
            chooser.edited.connect(self._on_opening)
        self.columns.edited.connect(self._on_column)
        self.dates.edited.connect(self._on_written)
        self.decimals.edited.connect(self._on_written)
        self.direction.edited.connect(self._on_written)
        self.out_words.editingFinished.connect(self._on_words)
        self.in_words.editingFinished.connect(self._on_words)
        self.name.textEdited.connect(self._say_name)

    # what the person does ------------------------------------------------------------

    @Slot()
    def _on_holds(self) -> None:
        holds, table = Holds(self.holds.key()), self.table
        self._settled.clear()
        self._run(lambda _progress: (table, guess_mapping(table, holds=holds)))

    @Slot()
    def _on_opening(self) -> None:
        """Open the file again with what was chosen so far; the rest is guessed anew."""
        row = self.headings.key()
        made = self.table.opening
        asked = Opening(
            encoding=_if_other(self.encoding.key(), made.encoding, self._opening.encoding),
            delimiter=_if_other(self.delimiter.key(), made.delimiter, self._opening.delimiter),
            headings_row=_row_if_other(row, made.headings_row, self._opening.headings_row),
            sheet=_if_other(self.sheet.key(), made.sheet, self._opening.sheet),
            quote=self._opening.quote,
        )
        if asked.sheet != self._opening.sheet or asked.delimiter != self._opening.delimiter:
            asked = replace(asked, headings_row=None)
        self._opening = asked
        self._settled.clear()
        data, name = self.table.data, self.table.name

        def work(progress: Progress) -> tuple[Table, Mapping]:
            table = open_table(data, name, asked, progress=progress.step)
            return table, guess_mapping(table)

        self._run(work)

    @Slot(int, object)
    def _on_column(self, place: int, field: Field | None) -> None:
        changed = with_column(self.mapping, place, field)
        self.mapping = rejudged(self.table, changed, settled=frozenset(self._settled))
        self._show_mapping()

    @Slot()
    def _on_written(self) -> None:
        """Dates, decimal mark and direction, as the person says."""
        mapping = self.mapping
        dates, decimals = DateOrder(self.dates.key()), DecimalMark(self.decimals.key())
        direction = Direction(self.direction.key())
        for about, old, new in (
            ("dates", mapping.dates, dates),
            ("decimals", mapping.decimals, decimals),
            ("direction", mapping.direction, direction),
        ):
            if old is not new:
                self._settled.add(about)
        changed = replace(mapping, dates=dates, decimals=decimals, direction=direction)
        self.mapping = rejudged(self.table, changed, settled=frozenset(self._settled))
        self._show_mapping()

    @Slot()
    def _on_words(self) -> None:
        self.mapping = with_words(
            self.mapping, self.out_words.text().split(","), self.in_words.text().split(",")
        )
        self._show_mapping()

    # work beside the window ----------------------------------------------------------

    def _run(self, work: Any) -> None:
        """Open or judge again beside the window; until then nothing can be used."""
        if self._job is not None:
            self._job.cancel()
        self.save_button.setEnabled(False)
        self.count.setText("Reading the file\u2026")

        def show(found: tuple[Table, Mapping]) -> None:
            self._job = None
            self.table, self.mapping = found
            self.save_button.setEnabled(True)
            self._show_all()

        def failed(problem: Exception) -> None:
            self._job = None
            self.save_button.setEnabled(True)
            self._context.show_problem(problem)

        job: Job[tuple[Table, Mapping]] = Job("Reading the file", work, show, failed)
        self._job = job
        self._context.jobs.run(job, owner=self)

    @Slot()
    def _count(self) -> None:
        table, mapping = self.table, self.mapping
        job: Job[Counted] = Job(
            "",
            lambda progress: counted(table, mapping, progress=progress.step),
            self._show_count,
            self._context.show_problem,
        )
        self._counting = job
        self._context.jobs.run(job, owner=self)

    # showing -------------------------------------------------------------------------

    def _show_all(self) -> None:
        table, made = self.table, self.table.opening
        self._show_raw()
        self.headings.set_options(say.heading_options(table))
        self.headings.choose(str(made.headings_row or 0))
        _offer(self.delimiter, say.DELIMITERS, made.delimiter)
        _offer(self.encoding, say.ENCODINGS, made.encoding)
        _offer(self.sheet, tuple((name, name) for name in table.sheets), made.sheet)
        known = bool(self.table.data)
        for name, shown in (
            ("headings", known and bool(table.rows)),
            ("delimiter", known and bool(made.delimiter)),
            ("encoding", known and bool(made.encoding)),
            ("sheet", known and len(table.sheets) > 1),
        ):
            self.form.field(name).setVisible(shown)
        self.form.field("columns").setVisible(bool(table.width))
        self._show_mapping()

    def _show_raw(self) -> None:
        columns = tuple(column.heading for column in say.raw_columns(self.table))
        rows = say.raw_rows(self.table, _RAW_SHOWN)
        shown = LedgerTable(
            RowTableModel(say.raw_columns(self.table), key=lambda row: row.number), "The file as it is",
            row_height=28,
        )  # fmt: skip
        shown.rows_model.set_rows(rows)
        shown.fit_height_to_rows(_RAW_SHOWN)
        self._raw.put(shown if columns and rows else Label(self.table.refusal, tone="bad", wrap=True))

    def _show_mapping(self) -> None:
        """Show the mapping in every field, with the guesses' sentences, and what comes of it."""
        mapping = self.mapping
        self.holds.choose(mapping.holds.value)
        self.columns.show_mapping(self.table, mapping)
        self.dates.choose(mapping.dates.value)
        self.decimals.choose(mapping.decimals.value)
        self.direction.choose(mapping.direction.value)
        money = mapping.holds is Holds.MONEY
        by_word = money and mapping.direction is Direction.BY_WORD
        self.form.field("direction").setVisible(money)
        for name in ("out_words", "in_words"):
            self.form.field(name).setVisible(by_word)
        out, come_in, unknown = words_in(self.table, mapping)
        if by_word:
            self.out_words.setText(", ".join(out))
            self.in_words.setText(", ".join(come_in))
        unsaid = ", ".join(f"\u201c{word}\u201d" for word in unknown[:5])
        self.form.field("out_words").set_hint(f"Not known yet: {unsaid}" if unsaid else "")
        for about in ("headings", "sheet", "delimiter", "encoding", "columns", "dates", "decimals",
                      "direction"):  # fmt: skip
            words, tone = _guess_words(mapping, about)
            self.form.field(about).set_hint(words, tone)
            if self.form.field(about).complaint():
                self.form.field(about).complain("")
        self._show_preview()
        self._say_name()

    def _show_preview(self) -> None:
        why = missing(self.mapping) or self.table.refusal
        self._pause.stop()
        if self._counting is not None:
            self._counting.cancel()
        self.count.set_tone("warning" if why else "")
        self.count.setText(why or "As it would be imported")
        self._preview.setVisible(not why)
        if why:
            return
        shown = LedgerTable(
            RowTableModel(say.sample_columns(self.mapping), key=lambda row: row.number),
            "As it would be imported",
            row_height=28,
        )
        shown.rows_model.set_rows(preview_rows(self.table, self.mapping))
        shown.fit_height_to_rows()
        self._preview.put(shown)
        self._pause.start()

    def _show_count(self, found: Counted) -> None:
        what = "claim" if self.mapping.holds is Holds.CLAIMS else "payment"
        words = f"As it would be imported: {_many(found.taken, what)} out of {_many(found.rows, 'row')}"
        words += f", {_many(found.left, 'row')} left out." if found.left else "."
        self.count.setText(words)

    def _show_layouts(self, profiles: Sequence[ImportProfile]) -> None:
        self._layouts = frozenset(each.name for each in profiles)
        if self.mapping.name in self._layouts and not self.name.text():
            self.name.setText(self.mapping.name)
        self._say_name()

    @Slot()
    def _say_name(self) -> None:
        typed = self.name.text().strip()
        words = (
            "Empty uses it for this file only. With a name, later files with these headings are read so."
        )
        if typed:
            words = f"Later files with these headings are read as \u201c{typed}\u201d."
            if typed in self._layouts:
                words += " The layout kept under this name is replaced."
        self.form.field("name").set_hint(words)

    def _on_done(self, changes: Changes) -> None:
        self._pause.stop()
        super()._on_done(changes)


class _Swapped(QWidget):
    """A place for one widget that is replaced as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.inside: QWidget | None = None

    def put(self, widget: QWidget) -> None:
        if self.inside is not None:
            self._layout.removeWidget(self.inside)
            self.inside.hide()
            self.inside.deleteLater()
        self.inside = widget
        self._layout.addWidget(widget)


def _guess_words(mapping: Mapping, about: str) -> tuple[str, str]:
    """The sentence of a guess and its tone; nothing where the field itself says as much."""
    guess = next((each for each in mapping.guesses if each.about == about), None)
    if guess is None or not guess.says or (guess.sure and about in ("delimiter", "encoding")):
        return "", ""
    return (guess.says, "") if guess.sure else (f"Please check: {guess.says}", "warning")


def _offer(chooser: OptionEdit, options: Sequence[tuple[str, str]], chosen: str) -> None:
    """The options, with what was found in front where it is none of them."""
    known = [*options]
    if chosen and chosen not in dict(options):
        known.insert(0, (chosen, chosen.upper()))
    chooser.set_options(known)
    chooser.choose(chosen)


def _if_other(chosen: str, made: str, asked: str) -> str:
    """What to ask for: what was chosen where it is not what was found, else what was asked before."""
    return chosen if chosen and chosen != made else asked


def _row_if_other(chosen: str, made: int | None, asked: int | None) -> int | None:
    return int(chosen) if chosen and int(chosen) != (made or 0) else asked


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
