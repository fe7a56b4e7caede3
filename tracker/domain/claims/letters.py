"""Letters filled from the facts (rulebook 3.9): which letter fits, and its text with nothing left open.

The texts are data, read by `tracker.imports.letters_file`; the words for their fields come from
`letter_fields`. A fact that is not known becomes a blank that can be seen and filled in; a part that
makes no sense without a fact is left out. What a person typed is never read as a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.claims.letter_labels import LABELS


class LetterKind(StrEnum):
    """The ten letters, in the order of the rulebook."""

    ITEMIZED_BILL = "itemized_bill"
    BILLING_CORRECTION = "billing_correction"
    CLAIM_INQUIRY = "claim_inquiry"
    INTERNAL_APPEAL = "internal_appeal"
    EXTERNAL_REVIEW = "external_review"
    ESTIMATE_DISPUTE = "estimate_dispute"
    REFUND = "refund"
    CLAIM_COVER = "claim_cover"
    MEDICAL_NECESSITY = "medical_necessity"
    MEMBERSHIP = "membership"


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph or a line. It is left out unless all of `needs` and none of `unless` are known."""

    text: str
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def is_in(self, fields: Mapping[str, str]) -> bool:
        known = {name for name, value in fields.items() if value}
        return known.issuperset(self.needs) and known.isdisjoint(self.unless)


@dataclass(frozen=True, slots=True)
class Template:
    """The text of one letter. `to` are the lines of the address, `regarding` stand below the subject."""

    kind: LetterKind
    name: str
    what_for: str
    subject: str
    greeting: str
    to: tuple[Part, ...]
    regarding: tuple[Part, ...]
    parts: tuple[Part, ...]
    enclosed: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A letter ready to be read over. `blanks` names what was not known, each once, in order."""

    kind: LetterKind
    name: str
    subject: str
    text: str
    blanks: tuple[str, ...]


_FIELD = re.compile(r"\{([a-z_]+)\}")
_BLANK = re.compile(r"\[([^\[\]\n:]{1,60}): _{8}\]")
_SENDER = (
    Part("{member_name}"),
    Part("{member_address}"),
    Part("{member_phone}"),
)


def fill(template: Template, fields: Mapping[str, str]) -> Filled:
    """The letter with every field replaced, in one pass, by its words or by a blank."""

    def words(text: str) -> str:
        return _FIELD.sub(lambda found: fields.get(found[1]) or blank(LABELS[found[1]]), text)

    def lines(parts: Iterable[Part]) -> Iterator[str]:
        return (words(part.text) for part in parts if part.is_in(fields))

    subject = words(template.subject)
    enclosed = list(lines(template.enclosed))
    blocks = [
        "\n".join(lines(_SENDER)),
        words("{today}"),
        "\n".join(lines(template.to)),
        "\n".join([f"Re: {subject}", *lines(template.regarding)]),
        words(template.greeting),
        *lines(template.parts),
        f"Sincerely,\n\n\n{words('{member_name}')}",
        *([f"Enclosed: {'; '.join(enclosed)}"] if enclosed else []),
    ]
    text = "\n\n".join(blocks) + "\n"
    blanks = tuple(dict.fromkeys(label for _begin, _end, label in blanks_in(text)))
    return Filled(template.kind, template.name, subject, text, blanks)


def blank(label: str) -> str:
    """A place to fill in, on screen or with a pen: `[account number: ________]`."""
    return f"[{label}: ________]"


def blanks_in(text: str) -> list[tuple[int, int, str]]:
    """Where a text still has blanks, from and up to, and what belongs there."""
    return [(found.start(), found.end(), found[1]) for found in _BLANK.finditer(text)]
