"""The tables beside a refund: what comes back under each rule, and the services that were used."""

from __future__ import annotations

from tracker.domain.membership.leaving import Leaving, ServiceUsed
from tracker.domain.membership.refund import Refund, RefundKind
from tracker.facts import Membership
from tracker.money import dollars
from ui.models.leaving_words import RULE_SENTENCES, RULES, exit_words
from ui.models.table import Column, RowTableModel
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable

_Row = tuple[RefundKind, Refund, bool]
_Used = tuple[int, ServiceUsed]
_ORDER = {kind: place for place, kind in enumerate(RefundKind)}


class RulesCard(Card):
    """All rules side by side; the agreement's own is marked."""

    def __init__(self) -> None:
        super().__init__("Under each rule")
        columns: list[Column[_Row]] = [
            Column("Rule", _rule_words, stretch=1, bold=lambda row: row[2]),
            Column("Comes back", lambda row: dollars(row[1].refund), right=True, bold=lambda row: row[2]),
            Column("Leaving costs", lambda row: exit_words(row[1]), right=True),
        ]
        self.model: RowTableModel[_Row] = RowTableModel(
            columns, key=lambda row: _ORDER[row[0]], parent=self
        )
        self.table = LedgerTable(self.model, "What comes back under each rule")
        self.add_table(self.table)
        self.sentence = Label("", "caption", wrap=True)
        self.body.addWidget(self.sentence)

    def show_rules(self, found: Leaving, membership: Membership) -> None:
        """Show the refund of one day under every kind of rule."""
        own = membership.terms.refund_kind
        self.model.set_rows([(kind, refund, kind is own) for kind, refund in found.by_rule.items()])
        self.table.fit_height_to_rows()
        if own is not None:
            self.sentence.setText(f"{RULES[own]}: {RULE_SENTENCES[own]}")
        self.sentence.setVisible(own is not None)


def _rule_words(row: _Row) -> str:
    return f"{RULES[row[0]]} (yours)" if row[2] else RULES[row[0]]


class UsedCard(Card):
    """Hidden where nothing with a list price was used in the membership year."""

    def __init__(self) -> None:
        super().__init__("Services used")
        columns: list[Column[_Used]] = [
            Column("Service", lambda row: row[1].name, stretch=1),
            Column("Times", lambda row: str(row[1].times), right=True),
            Column("List price", lambda row: dollars(row[1].each), right=True),
            Column("Total", lambda row: dollars(row[1].total), right=True),
        ]
        self.model: RowTableModel[_Used] = RowTableModel(columns, key=lambda row: row[0], parent=self)
        self.table = LedgerTable(self.model, "Services used")
        self.add_table(self.table)

    def show_used(self, found: Leaving) -> None:
        """Show the included services used until a day, at the practice's list price."""
        self.setVisible(bool(found.services))
        self.set_note(dollars(found.services_used))
        self.model.set_rows(list(enumerate(found.services)))
        self.table.fit_height_to_rows()
