"""The clocks of rulebook 3.8: how long the law gives, from which day, and until when.

Every clock answers with two days. `do_by` comes first on screen: the day without any extension.
`last_day` is the legal last day. Days are calendar days; 72 hours are three of them. A day of receipt
that is not known is taken to be that of the letter, which is earlier and so safer. Whatever the
function, a clock is an estimate to be checked against the letter: `edited` takes the member's own days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.dates import add_months, day_text
from tracker.domain.claims.business_days import (
    add_business_days,
    business_days_until,
    holiday_on,
    on_or_after,
)
from tracker.domain.claims.clock_rules import Care, ClockKind, ClockRule, rule_of
from tracker.errors import UserProblem
from tracker.facts import Turn
from tracker.wording import count_of

REMINDER_DAYS = (60, 30, 14, 7, 2)
"""How many days before `do_by` a clock reminds."""

PLAN_DAYS = (90, 180, 365)
"""How long plans usually give a member to send a claim; each plan states its own."""

LONGEST = 3_660
"""The most days a clock may be given by hand, ten years."""

MEDICARE_MAIL_DAYS = 5
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One running clock.

    `turn` says who has to act before it runs out, `why` is the arithmetic in words, `note` what else
    the law says. `reminders` are the days before `do_by` on which to speak up, none before the start.
    """

    kind: ClockKind
    name: str
    turn: Turn
    started_on: date
    do_by: date
    last_day: date
    source: str
    why: str
    note: str = ""
    reminders: tuple[date, ...] = ()

    def days_left(self, today: date) -> int:
        """Days until `do_by`; negative once it is past."""
        return (self.do_by - today).days

    def is_over(self, today: date) -> bool:
        """Whether the legal last day is past as well."""
        return today > self.last_day

    def reminder_on(self, today: date) -> date | None:
        """The latest reminder that has come, None before the first."""
        return max((day for day in self.reminders if day <= today), default=None)

    def words(self, today: date) -> str:
        """`Do it by May 21, 2027: 180 days left.`; `Due by ...` where others have to act."""
        if self.is_over(today):
            ago = count_of((today - self.last_day).days, "day")
            return f"The legal last day, {day_text(self.last_day)}, was {ago} ago."
        left = self.days_left(today)
        if left > 0:
            rest = f"{count_of(left, 'day')} left"
        elif left == 0:
            rest = "that is today"
        else:
            rest = f"past, but the legal last day is {day_text(self.last_day)}"
        lead = "Do it by" if self.turn is Turn.ME else "Due by"
        return f"{lead} {day_text(self.do_by)}: {rest}."


def edited(clock: Clock, *, do_by: date | None = None, last_day: date | None = None) -> Clock:
    """The clock with the days the member read on the letter; what is not given stays.

    Raises UserProblem for a day before the clock's start, or a last day before the day to do it by.
    """
    by = do_by or clock.do_by
    last = last_day or (max(clock.last_day, by) if do_by else clock.last_day)
    if by < clock.started_on:
        raise UserProblem(
            f"That is before {day_text(clock.started_on)}, when the clock starts.",
            "Type a later day.",
            field="do_by",
        )
    if last < by:
        raise UserProblem(
            "The legal last day is before the day to do it by.", "Change one of them.", field="last_day"
        )
    if (by, last) == (clock.do_by, clock.last_day):
        return clock
    was = f"You set this day. By the rule it was {day_text(clock.do_by)}: {clock.why}"
    return replace(clock, do_by=by, last_day=last, why=was, reminders=_reminders(clock.started_on, by))


def internal_appeal(received_on: date | None, letter_on: date | None = None) -> Clock:
    """180 days from receiving a denial to file an internal appeal."""
    return _of_letter(ClockKind.INTERNAL_APPEAL, received_on, letter_on)


def information_request(received_on: date | None, letter_on: date | None = None) -> Clock:
    """At least 45 days to send what the insurer asked you for."""
    return _of_letter(ClockKind.INFORMATION, received_on, letter_on)


def external_review(received_on: date | None, letter_on: date | None = None) -> Clock:
    """Four months from receiving the final denial to ask for an external review.

    Where the fourth month has no such day it is the first of the fifth. A Saturday, a Sunday or a
    federal holiday moves the legal last day to the next business day, and `do_by` never.
    """
    return _of_letter(ClockKind.EXTERNAL_REVIEW, received_on, letter_on)


def claim_decision(submitted_on: date, care: Care = Care.AFTER) -> Clock:
    """How long the insurer may take over a claim, or over a prior authorization before care."""
    return _run(rule_of(ClockKind.CLAIM_DECISION, care), submitted_on)


def appeal_decision(filed_on: date, care: Care = Care.AFTER, *, two_levels: bool = False) -> Clock:
    """How long the insurer may take over an appeal; half as long at each of two levels."""
    rule = rule_of(ClockKind.APPEAL_DECISION, care)
    if two_levels and care is not Care.URGENT:
        rule = replace(rule, days=rule.days // 2)
    return _run(rule, filed_on)


def external_decision(requested_on: date, *, expedited: bool = False) -> Clock:
    """How long the reviewer may take: 45 days, or 72 hours where it is expedited."""
    return _run(
        rule_of(ClockKind.EXTERNAL_DECISION, Care.URGENT if expedited else Care.AFTER), requested_on
    )


def medicare_redetermination(notice_on: date, received_on: date | None = None) -> Clock:
    """120 days from Medicare's notice to appeal; the law counts from its receipt.

    Receipt is presumed five days after the notice, so the legal last day is that much later.
    """
    clock = _run(rule_of(ClockKind.MEDICARE_APPEAL), notice_on)
    received = max(notice_on, received_on or notice_on + timedelta(days=MEDICARE_MAIL_DAYS))
    last = received + timedelta(days=120)
    said = "you received it" if received_on else "Medicare presumes you received it"
    why = f"{clock.why} The law counts from {day_text(received)}, when {said}: {_day(last)} at the latest."
    return replace(clock, last_day=last, why=why)


def medicare_claim(service_on: date) -> Clock:
    """One calendar year from the service to get a claim to Medicare."""
    return _run(rule_of(ClockKind.MEDICARE_CLAIM), service_on)


def member_claim(service_on: date, days: int, extended_days: int | None = None) -> Clock:
    """The plan's own days (often 90, 180 or 365) to send a claim yourself, from the service.

    `extended_days` is the longer time of plans that give it where sending it sooner was not reasonably
    possible. Raises UserProblem for days that are no whole number from 1 to 3,660.
    """
    _check_days(days, "filing_days")
    if extended_days is not None:
        _check_days(extended_days, "extended_days")
    more = max(0, (extended_days or days) - days)
    return _run(replace(rule_of(ClockKind.MEMBER_CLAIM), days=days, more_days=more), service_on)


def estimate_delivery(scheduled_on: date, service_on: date) -> Clock | None:
    """When a good-faith estimate for scheduled care must reach you; None where the law sets no day.

    Scheduled at least 10 business days ahead: within 3 business days; at least 3 ahead: within 1.
    """
    ahead = business_days_until(scheduled_on, service_on)
    if ahead < 3:
        return None
    rule = rule_of(ClockKind.ESTIMATE_DELIVERY)
    lead = f"scheduled it on {day_text(scheduled_on)}, {count_of(ahead, 'business day')} ahead"
    return _in_business_days(rule, scheduled_on, 3 if ahead >= 10 else 1, lead)


def estimate_on_request(asked_on: date) -> Clock:
    """When a good-faith estimate you asked for must reach you: within 3 business days."""
    rule = rule_of(ClockKind.ESTIMATE_DELIVERY)
    return _in_business_days(rule, asked_on, 3, f"asked for it on {day_text(asked_on)}")


def estimate_dispute(first_bill_on: date) -> Clock:
    """120 calendar days from the first bill to start a good-faith-estimate dispute (PPDR)."""
    return _run(rule_of(ClockKind.ESTIMATE_DISPUTE), first_bill_on)


def financial_assistance(first_bill_on: date) -> Clock:
    """240 days from the first bill to apply for a non-profit hospital's financial assistance."""
    return _run(rule_of(ClockKind.FINANCIAL_ASSISTANCE), first_bill_on)


def collection_pause(first_bill_on: date) -> Clock:
    """The 120 days from the first bill in which that hospital may not start harsh collection."""
    return _run(rule_of(ClockKind.COLLECTION_PAUSE), first_bill_on)


def _of_letter(kind: ClockKind, received_on: date | None, letter_on: date | None) -> Clock:
    """A clock that starts with the receipt of a letter. Raises UserProblem where neither day is known."""
    rule = rule_of(kind)
    if received_on is not None:
        return _run(rule, received_on)
    if letter_on is None:
        raise UserProblem(
            "The day you received the letter is missing.",
            "Type it, or the day printed on the letter.",
            field="received_on",
        )
    clock = _run(replace(rule, event=rule.letter_event), letter_on)
    return replace(
        clock, why=f"{clock.why} When you received it is not known, so the letter's day is taken."
    )


def _run(rule: ClockRule, start: date) -> Clock:
    """A clock by its rule: months or days, then the extension, then the next business day."""
    do_by, counted = _end(rule, start)
    last, more = do_by, ""
    if rule.more_days:
        last = do_by + timedelta(days=rule.more_days)
        more = f" {rule.more_words} {rule.more_days} more days: {_day(last)}."
    if rule.next_business_day and (moved := on_or_after(last)) != last:
        more += f" {_closed(last)}, so the legal last day is {_day(moved)}."
        last = moved
    return _clock(rule, start, do_by, last, f"{rule.event} on {day_text(start)}. {counted}{more}")


def _end(rule: ClockRule, start: date) -> tuple[date, str]:
    """The unextended day and the sentence that counts to it."""
    if not rule.months:
        end = start + timedelta(days=rule.days)
        return end, f"{rule.span or count_of(rule.days, 'day')} later is {_day(end)}."
    span = "One calendar year" if rule.months == 12 else f"{rule.months} months"
    end = add_months(start, rule.months)
    if end.day == start.day or not rule.first_of_next:
        return end, f"{span} later is {_day(end)}."
    first = end + timedelta(days=1)
    return (
        first,
        f"{span} later there is no day {start.day}, so it is the first of the next month, {_day(first)}.",
    )


def _in_business_days(rule: ClockRule, start: date, days: int, lead: str) -> Clock:
    end = add_business_days(start, days)
    why = f"You {lead}. {count_of(days, 'business day')} later is {_day(end)}."
    return _clock(rule, start, end, end, why)


def _clock(rule: ClockRule, start: date, do_by: date, last: date, why: str) -> Clock:
    return Clock(
        kind=rule.kind,
        name=rule.name,
        turn=rule.turn,
        started_on=start,
        do_by=do_by,
        last_day=last,
        source=rule.source,
        why=why,
        note=rule.note,
        reminders=_reminders(start, do_by),
    )


def _reminders(start: date, do_by: date) -> tuple[date, ...]:
    days = (do_by - timedelta(days=before) for before in REMINDER_DAYS if (do_by - start).days >= before)
    return tuple(days)


def _check_days(days: int, field: str) -> None:
    if not 1 <= days <= LONGEST:
        raise UserProblem(
            "The days to file a claim are a whole number from 1 to 3,660.",
            "Type what your plan says, such as 90, 180 or 365.",
            field=field,
        )


def _closed(day: date) -> str:
    """Why a day does not count: `That is Christmas Day`; a weekend shows in the day's name."""
    return f"That is {holiday_on(day) or 'no business day'}"


def _day(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]}, {day_text(day)}"
