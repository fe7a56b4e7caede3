"""A letter on paper: its own words and nothing of the program's around them."""

from __future__ import annotations

from itertools import groupby

from ui.printing.blocks import Block, Words
from ui.printing.document import Document
from ui.printing.flow import PT
from ui.printing.type import Type

LETTER = Type(11)
_PARAGRAPH = 9 * PT


def letter_document(text: str, *, name: str, sender: str = "") -> Document:
    """The text as it was edited: empty lines part paragraphs, several of them leave room to sign."""
    blocks: list[Block] = []
    empty = 0
    for is_empty, lines in groupby(text.splitlines(), key=lambda line: not line.strip()):
        if is_empty:
            empty = len(list(lines))
            if blocks and empty > 1 and isinstance(blocks[-1], Words):
                # The signature is not parted from what it stands under.
                blocks[-1] = Words(blocks[-1].text, LETTER, before=blocks[-1].before, keep_next=True)
            continue
        air = _PARAGRAPH + max(0, empty - 1) * LETTER.line_height if blocks else 0.0
        blocks.append(Words("\n".join(line.rstrip() for line in lines), LETTER, before=air))
    header = f"{sender} \u00b7 {name}" if sender else name
    return Document(title=name, header=header, made="", remark="", blocks=tuple(blocks))
