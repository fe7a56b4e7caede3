"""How the matrix, the contact log and kept promises of a membership are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from tracker.dates import day_text
from tracker.domain.membership.log_rows import LogRow
from tracker.domain.membership.service_matrix import UseCount
from tracker.domain.membership.value import VISITS, Promises
from tracker.domain.membership.who_bills import BillingRow, expects_claim
from tracker.facts import ServiceCategory, percent
from tracker.facts.membership import ContactKind, Included, MembershipService
from tracker.services.membership_included import IncludedFacts
from ui.dialogs.call_time import time_text
from ui.models.coverage_words import short
from ui.models.figures import ShownFigure

STATES: Mapping[Included | None, str] = {
    Included.INCLUDED: "Included",
    Included.EXCLUDED: "Excluded",
    Included.EXTRA_FEE: "Extra fee",
    None: "Not said",
}
STATE_TONES = {
    Included.INCLUDED: "good",
    Included.EXCLUDED: "second",
    Included.EXTRA_FEE: "warning",
    None: "quiet",
}
KINDS = {
    ContactKind.VISIT: "Visit",
    ContactKind.VIDEO: "Video visit",
    ContactKind.CALL: "Call",
    ContactKind.MESSAGE: "Message",
}
USUAL_LIST = (
    "This is what practices commonly include and exclude. Set each line to what your agreement says; "
    "what it does not say is worth asking."
)


def left_words(count: UseCount) -> str:
    """`3`, or `1 over`; empty without a limit."""
    if count.beyond:
        return f"{count.beyond} over"
    return "" if count.left is None else str(count.left)


def category_name(categories: Mapping[str, ServiceCategory], code: str) -> str:
    known = categories.get(code)
    return known.name if known else code


def span_words(span: timedelta) -> str:
    """`45 min`, `3 h`, `2 h 45 min`, `2 days`."""
    minutes = int(span.total_seconds()) // 60
    if minutes >= 48 * 60:
        days, rest = divmod(minutes, 24 * 60)
        return (
            f"{days} days" if not rest else f"{days} days {rest // 60} h" if rest >= 60 else f"{days} days"
        )
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def waited_words(row: LogRow) -> str:
    """How long it took to be seen; in days where the times are not known, empty where nothing is."""
    if row.waited is None:
        return ""
    if row.is_timed:
        return span_words(row.waited)
    days = row.waited.days
    return "Same day" if not days else "Next day" if days == 1 else f"{days} days"


def promise_words(row: LogRow) -> str:
    """What was promised and whether it was kept, in a few words."""
    said = []
    met, length = row.judged.access_met, row.judged.length_met
    if met is not None:
        said.append("In time" if met else f"Late, {row.judged.within_hours} h promised")
    if row.judged.kind in VISITS and length is False:
        words = "short" if said else "Short"
        said.append(f"{words}, {row.judged.promised_minutes} min promised")
    elif row.judged.kind in VISITS and length and met is None:
        said.append("Long enough")
    return "; ".join(said)


def promise_tone(row: LogRow) -> str:
    met, length = row.judged.access_met, row.judged.length_met
    short_visit = row.judged.kind in VISITS and length is False
    if met is False or short_visit:
        return "bad"
    return "good" if met or (length and row.judged.kind in VISITS) else ""


def asked_words(row: LogRow) -> str:
    """`Jun 12, 8:00 PM`; empty where it is not known."""
    contact = row.contact
    if contact is None or contact.asked_on is None:
        return ""
    at = f", {time_text(contact.asked_at)}" if contact.asked_at else ""
    return f"{day_text(contact.asked_on, year=False)}{at}"


def seen_words(row: LogRow) -> str:
    """`Jun 15, 2026, 10:00 AM`."""
    at = row.contact.seen_at if row.contact else None
    return f"{day_text(row.on)}{f', {time_text(at)}' if at else ''}"


def seen_cell(row: LogRow, year: int) -> str:
    """The same without the year where it is the usual one."""
    at = row.contact.seen_at if row.contact else None
    return f"{day_text(row.on, year=row.on.year != year)}{f', {time_text(at)}' if at else ''}"


def used_words(row: LogRow, services: Sequence[MembershipService]) -> str:
    """The services that were used, then the note; of a visit of the care log what was done there."""
    if row.contact is None:
        described = row.visit.description if row.visit else ""
        return described or "In your care log, not completed yet"
    names = {item.code: item.name for item in services}
    parts = [short(names[code], 40) for code in row.contact.services if code in names]
    said = "; ".join(parts)
    note = row.contact.note
    return f"{said}. {note}" if said and note else said or note


def access_sentence(row: LogRow) -> str:
    """How long one contact took, what was promised, and whether that was kept."""
    kept = "in time" if row.judged.access_met else "late"
    waited = f"{waited_words(row).lower()} after asking" if row.is_timed else waited_words(row).lower()
    what = f"{KINDS[row.judged.kind].lower()}, {waited}"
    return f"{seen_words(row)}: {what}, {row.judged.within_hours} h promised: {kept}."


def length_sentence(row: LogRow) -> str:
    """How long one visit lasted, what was promised, and whether that was kept."""
    kept = "long enough" if row.judged.length_met else "too short"
    said = f"{row.judged.minutes} minutes, {row.judged.promised_minutes} promised"
    return f"{seen_words(row)}: {KINDS[row.judged.kind].lower()} of {said}: {kept}."


def promise_figure(label: str, promises: Promises, missing: str) -> ShownFigure:
    """`8 of 9`, with the rate as a bar."""
    if promises.rate is None:
        return ShownFigure(label, "\u2013", caption=missing)
    return ShownFigure(
        label,
        f"{promises.kept} of {promises.made}",
        percent(promises.rate),
        share=promises.kept / promises.made,
        colour="good" if promises.kept == promises.made else "warning",
    )


def contacts_figure(facts: IncludedFacts) -> ShownFigure:
    """How many contacts the year had, by kind."""
    counts = [(sum(row.judged.kind is kind for row in facts.log), words) for kind, words in KINDS.items()]
    said = ", ".join(f"{count} {_plural(words, count)}" for count, words in counts if count)
    return ShownFigure("Contacts this year", str(len(facts.log)), caption=said or "None entered yet")


def yours_words(row: BillingRow, bills_insurance: bool | None) -> str:
    """What to expect of your own practice for a row of the table."""
    expected = expects_claim(row.code, practice_bills_insurance=bills_insurance)
    if expected is None:
        return "Ask your practice"
    return "An EOB should come" if expected else "No EOB should come"


def _plural(words: str, count: int) -> str:
    return words.lower() if count == 1 else f"{words.lower()}s"
