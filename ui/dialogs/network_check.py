"""The form for a network check: who, where, what was found, when, and the proof (rulebook 1.8)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit, QWidget

from tracker.facts import NetworkCheck, Plan, Stands
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.models.coverage_words import STANDS, short
from ui.widgets.choice_edit import ChoiceEdit, OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.note_edit import NoteEdit


class NetworkCheckDialog(CommitDialog):
    """Adds a check, or changes one. `providers` are all by id; one not known yet is added by its name."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        plan: Plan,
        providers: Mapping[int, str],
        provider_id: int | None = None,
        check: NetworkCheck | None = None,
    ) -> None:
        super().__init__(
            "Network check" if check else "Add a network check",
            parent,
            columns=2,
            sentence=f"For {short(plan.name, 60)}. Name the plan's network when you ask.",
            width=560,
        )
        self._context = context
        self._plan = plan
        self._check = check
        names = sorted(providers.items(), key=lambda item: item[1].casefold())
        self.provider = ChoiceEdit(names, allow_new=True)
        self.location = QLineEdit()
        self.location.setPlaceholderText("The address or office you would go to")
        self.stands = OptionEdit([(stands.value, words) for stands, words in STANDS.items()])
        self.checked_on = DayEdit(context.today)
        self.source = QLineEdit()
        self.source.setPlaceholderText("Who said it, or where it stands")
        self.reference = QLineEdit()
        self.note = NoteEdit()
        self.form.add("provider", "Provider", self.provider, wide=True)
        self.form.add("location", "Location", self.location, wide=True)
        self.form.add("stands", "Status", self.stands)
        self.form.add("checked_on", "Checked on", self.checked_on)
        self.form.add("source", "Source", self.source)
        self.form.add("reference", "Reference number", self.reference, hint="Where the call had one.")
        self.form.add("note", "Note", self.note, wide=True)
        self._fill(providers, provider_id)

    def _fill(self, providers: Mapping[int, str], provider_id: int | None) -> None:
        check = self._check
        if check is None:
            self.provider.choose(provider_id)
            self.checked_on.set_day(self._context.today)
            return
        self.provider.set_text(providers.get(check.provider_id, ""))
        self.stands.choose(check.stands.value)
        self.checked_on.set_day(check.checked_on)
        for field, text in (
            (self.location, check.location),
            (self.source, check.source),
            (self.reference, check.reference),
        ):
            field.setText(text)
            field.setCursorPosition(0)
        self.note.set_text(check.note)

    def save(self) -> bool:
        coverage, provider = self._context.services.coverage, self.provider.text()
        typed = NetworkCheck(
            id=self._check.id if self._check else None,
            plan_id=self._plan.id or 0,
            provider_id=0,
            location=self.location.text(),
            stands=Stands(self.stands.key()),
            checked_on=self.checked_on.day(),
            source=self.source.text(),
            reference=self.reference.text(),
            note=self.note.text(),
        )
        return self.commit(
            self._context, lambda: coverage.save_check(typed, provider=provider), "Saving the check"
        )
