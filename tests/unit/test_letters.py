"""Letters: the ten texts filled with any facts, which of them fits, and what a case keeps of one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.claims.about import About, about
from tracker.domain.claims.dispute_flow import moves_of, standing
from tracker.domain.claims.findings.finding import Finding, Severity, Whom
from tracker.domain.claims.letter_choice import choices
from tracker.domain.claims.letter_fields import charged, fields_of, inert
from tracker.domain.claims.letter_findings import first_person, open_findings, said_in
from tracker.domain.claims.letter_labels import LABELS
from tracker.domain.claims.letter_sent import can_note, with_letter
from tracker.domain.claims.letters import Filled, LetterKind, Part, Template, blanks_in, fill
from tracker.domain.claims.papers import Papers
from tracker.domain.claims.verdict import eob_owes
from tracker.errors import UserProblem
from tracker.facts import (
    Authorization,
    Bill,
    BillShare,
    Call,
    Case,
    CaseKind,
    CaseOutcome,
    CaseStep,
    Claim,
    ClaimStage,
    EobLine,
    FindingNote,
    FindingState,
    Membership,
    Network,
    Payment,
    Person,
    Plan,
    PlanKind,
    Provider,
    ProviderKind,
    Statement,
    StepOutcome,
    Submission,
    Turn,
)
from tracker.imports.letters_file import letters
from tracker.imports.reason_codes_file import reason_codes
from tracker.money import LARGEST, dollars

TODAY = date(2026, 11, 22)
ELEANOR = Person(id=1, name="Eleanor Whitfield", birth_date=date(1969, 4, 17))
IMAGING = Provider(id=2, name="Bayview Imaging", kind=ProviderKind.IMAGING)
INSURER = Provider(id=3, name="BlueRiver Health", kind=ProviderKind.INSURER)
PRACTICE = Provider(id=4, name="Harbor Concierge Medicine", kind=ProviderKind.PRACTICE)
PLAN = Plan(
    id=1,
    name="BlueRiver PPO 2000",
    insurer_id=3,
    begins_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    member_number="BR-0042",
    person_ids=(1,),
)
MEMBERSHIP = Membership(id=1, practice_id=4, physician="Dr. Lindqvist", begins_on=date(2026, 1, 15))
MRI = Claim(
    id=1,
    claim_number="BR0611E1",
    person_id=1,
    provider_id=2,
    plan_id=1,
    description="MRI of the knee",
    service_from=date(2026, 9, 14),
    processed_on=date(2026, 9, 30),
    billed=1_430_00,
    allowed=715_00,
    plan_paid=500_00,
    you_owe=215_00,
)
MRI_BILL = Bill(
    id=1,
    provider_id=2,
    person_id=1,
    account_number="BI-77",
    service_from=date(2026, 9, 14),
    statements=(Statement(stated_on=date(2026, 10, 8), amount=300_00),),
)
DISPUTE = Case(
    id=1,
    kind=CaseKind.DISPUTE,
    title="MRI billed $85.00 over",
    opened_on=date(2026, 11, 1),
    claim_id=1,
    bill_id=1,
)


def papers(**facts: object) -> Papers:
    """One member, one plan, one practice; the facts of the test besides."""
    held: dict[str, object] = {
        "people": (ELEANOR,),
        "providers": {one.id: one for one in (IMAGING, INSURER, PRACTICE)},
        "plans": (PLAN,),
        "memberships": (MEMBERSHIP,),
    }
    return Papers(today=TODAY, **(held | facts))  # type: ignore[arg-type]


def written(matter: About, kind: LetterKind, *findings: Finding) -> Filled:
    return fill(letters()[kind], fields_of(matter, reason_codes(), findings))


def finding(what: str) -> Finding:
    return Finding(
        detector="D1",
        about="bill:1",
        severity=Severity.HIGH,
        title="Bill above the EOB",
        what=what,
        first="Write to the billing office.",
        whom=Whom.PROVIDER,
    )


# the texts ---------------------------------------------------------------------------


def texts(template: Template) -> list[Part]:
    alone = (Part(template.subject), Part(template.greeting))
    return [*alone, *template.to, *template.regarding, *template.parts, *template.enclosed]


@pytest.mark.parametrize("kind", LetterKind)
def test_every_field_of_a_letter_is_known(kind: LetterKind) -> None:
    for part in texts(letters()[kind]):
        named = {*re.findall(r"\{(\w+)\}", part.text), *part.needs, *part.unless}
        assert named <= LABELS.keys(), part
        assert not set("{}") & set(re.sub(r"\{[a-z_]+\}", "", part.text)), part


def test_every_label_can_be_found_as_a_blank() -> None:
    for name, label in LABELS.items():
        part = fill(_only(f"Before {{{name}}} after"), {})
        assert label in part.blanks, label


def test_no_field_is_defined_for_nothing() -> None:
    used = {
        name
        for template in letters().values()
        for part in texts(template)
        for name in (*re.findall(r"\{(\w+)\}", part.text), *part.needs, *part.unless)
    }
    assert LABELS.keys() - used == {"member_address", "member_phone", "today"}  # those of every letter


def _only(text: str) -> Template:
    kind = LetterKind.REFUND
    return Template(kind, "Name", "", "Subject", "Hello:", (), (), (Part(text),))


# what is filled in -------------------------------------------------------------------


def test_the_mri_letter_says_what_is_paid_and_what_is_disputed() -> None:
    matter = about(papers(claims=(MRI,), bills=(MRI_BILL,), cases=(DISPUTE,)), case=DISPUTE)
    text = written(matter, LetterKind.BILLING_CORRECTION).text
    assert "bill of October 8, 2026, which asks me to pay $300.00" in text
    assert "says that I owe $215.00" in text
    assert "Your bill is $85.00 higher than what I still owe." in text
    assert "I do not dispute $215.00 and will pay it. I dispute $85.00." in text
    assert "Account number: BI-77" in text
    assert "Please answer in writing by December 22, 2026." in text


def test_what_is_not_known_is_a_blank_and_is_listed() -> None:
    letter = written(about(papers(), bill=replace(MRI_BILL, account_number="")), LetterKind.ITEMIZED_BILL)
    assert "Account number: [account number: ________]" in letter.text
    assert letter.blanks == ("your address", "your phone number", "provider's address", "account number")


def test_a_letter_about_nothing_is_all_blanks() -> None:
    for kind in LetterKind:
        letter = written(About(today=TODAY), kind)
        assert "your name" in letter.blanks
        assert "Sincerely," in letter.text


def test_what_a_person_typed_is_never_read_as_a_field() -> None:
    odd = replace(IMAGING, name="{claim_number} {paid} \u202eevil\u202c [x]\nBilling")
    held = papers(claims=(MRI,), bills=(MRI_BILL,), providers={2: odd, 3: INSURER, 4: PRACTICE})
    letter = written(about(held, claim=MRI), LetterKind.CLAIM_INQUIRY)
    assert "Provider: {claim_number} {paid} evil [x] Billing\n" in letter.text


def test_a_part_without_its_fact_is_left_out() -> None:
    matter = about(papers(claims=(MRI,)), claim=MRI)
    assert "I have called" not in written(matter, LetterKind.CLAIM_INQUIRY).text
    call = Call(
        id=1, called_on=date(2026, 11, 5), provider_id=3, spoke_with="Dana", reference="R-4471", claim_id=1
    )
    matter = about(papers(claims=(MRI,), calls=(call,)), claim=MRI)
    assert (
        "I have called about it:\n- November 5, 2026: BlueRiver Health, Dana; reference R-4471"
        in written(matter, LetterKind.CLAIM_INQUIRY).text
    )


def test_the_finding_stands_in_the_letter() -> None:
    matter = about(papers(claims=(MRI,), bills=(MRI_BILL,)), bill=MRI_BILL)
    said = finding("The bill asks $85.00 more than the EOB leaves to you.")
    assert f"What is wrong: {said.what}" in written(matter, LetterKind.BILLING_CORRECTION, said).text


def test_reason_codes_come_in_our_own_words() -> None:
    claim = replace(MRI, reasons="CO-45", lines=(EobLine(reasons="PR-1; no code"),))
    text = written(about(papers(claims=(claim,)), claim=claim), LetterKind.CLAIM_INQUIRY).text
    table = reason_codes()
    assert f"- CO-45: {table.adjustments['45'].words}" in text
    assert f"- PR-1: {table.adjustments['1'].words}" in text
    assert "no code" not in text


@pytest.mark.parametrize(
    ("claim", "last_day"),
    [
        ({"eob_on": date(2026, 11, 22)}, "May 21, 2027"),
        ({"eob_on": date(2026, 11, 10), "got_on": date(2026, 11, 22)}, "May 21, 2027"),
        ({"eob_on": date(2026, 11, 22), "appeal_by": date(2027, 4, 1)}, "April 1, 2027"),
    ],
)
def test_an_appeal_names_its_last_day(claim: dict[str, date], last_day: str) -> None:
    denied = replace(MRI, stage=ClaimStage.DENIED, plan_paid=0, not_covered=715_00, **claim)
    text = written(about(papers(claims=(denied,)), claim=denied), LetterKind.INTERNAL_APPEAL).text
    assert f"the last day to file it is {last_day}." in text
    assert "You did not cover $715.00." in text


def test_a_medicare_appeal_has_120_days() -> None:
    denied = replace(MRI, stage=ClaimStage.DENIED, eob_on=date(2026, 11, 22))
    held = papers(claims=(denied,), plans=(replace(PLAN, kind=PlanKind.MEDICARE),))
    assert "is March 22, 2027." in written(about(held, claim=denied), LetterKind.INTERNAL_APPEAL).text


def test_an_external_review_counts_from_the_final_denial() -> None:
    step = CaseStep(number=10, outcome=StepOutcome.NEXT_LEVEL, leads_to=10, done_on=date(2026, 10, 30))
    case = replace(DISPUTE, kind=CaseKind.APPEAL, steps=(step,))
    matter = about(papers(claims=(MRI,), cases=(case,)), case=case)
    text = written(matter, LetterKind.EXTERNAL_REVIEW).text
    assert "Date of the final denial: October 30, 2026" in text
    assert "it is to be made by March 1, 2027." in text  # there is no February 30


def test_an_estimate_dispute_counts_from_the_first_bill() -> None:
    bill = replace(
        MRI_BILL,
        self_pay=True,
        estimate=1_000_00,
        estimate_on=date(2026, 8, 1),
        statements=(
            Statement(stated_on=date(2026, 9, 1), amount=1_400_00),
            Statement(stated_on=date(2026, 10, 1), amount=1_200_00, paid_by_you=200_00),
        ),
    )
    text = written(about(papers(bills=(bill,)), bill=bill), LetterKind.ESTIMATE_DISPUTE).text
    assert "Good-faith estimate of August 1, 2026: $1,000.00." in text
    assert "Bill of October 1, 2026: $1,400.00 in all." in text
    assert "$400.00 above the estimate" in text
    assert "by December 30, 2026." in text


def test_a_refund_letter_asks_for_the_difference() -> None:
    payment = Payment(
        id=9, paid_on=date(2026, 10, 20), amount=300_00, bills=(BillShare(bill_id=1, amount=300_00),)
    )
    case = replace(DISPUTE, outcome=CaseOutcome.DONE)
    held = papers(claims=(MRI,), bills=(MRI_BILL,), paid={1: [(payment, 300_00)]}, cases=(case,))
    text = written(about(held, case=case), LetterKind.REFUND).text
    assert "I have paid $300.00 for this care, the last of it on October 20, 2026." in text
    assert "Please refund $85.00." in text


def test_a_claim_that_is_sent_says_its_charge_and_its_last_day() -> None:
    claim = replace(
        MRI, network=Network.OUT, stage=ClaimStage.NOT_SUBMITTED, service_from=date(2026, 6, 10)
    )
    case = replace(
        DISPUTE,
        kind=CaseKind.REIMBURSEMENT,
        bill_id=None,
        submission=Submission(charge=350_00, filing_days=365),
    )
    text = written(about(papers(claims=(claim,), cases=(case,)), case=case), LetterKind.CLAIM_COVER).text
    assert "The charge is $350.00." in text
    assert "it is to be sent by June 10, 2027." in text


def test_a_membership_letter_gives_notice() -> None:
    held = replace(MEMBERSHIP, person_ids=(1,), notice_days=30, ends_on=date(2027, 1, 14))
    text = written(about(papers(memberships=(held,))), LetterKind.MEMBERSHIP).text
    assert "Members: Eleanor Whitfield" in text
    assert "The agreement asks for 30 days of notice." in text
    assert "the membership ends on December 22, 2026" in text


# any facts ---------------------------------------------------------------------------

_cents = st.none() | st.integers(0, LARGEST)
_days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
_maybe = st.none() | _days
_words = st.text(st.characters(exclude_characters="{}$", exclude_categories=("Cs",)), max_size=60)
_lines = st.builds(
    EobLine, description=_words, code=_words, billed=_cents, service_on=_maybe, reasons=_words
)
_claims = st.builds(
    Claim,
    id=st.just(1),
    claim_number=_words,
    person_id=st.just(1),
    provider_id=st.just(2),
    plan_id=st.none() | st.just(1),
    description=_words,
    service_from=_days,
    service_to=_maybe,
    processed_on=_maybe,
    billed=_cents,
    allowed=_cents,
    plan_paid=_cents,
    not_covered=_cents,
    you_owe=_cents,
    stage=st.sampled_from(ClaimStage),
    network=st.sampled_from(Network),
    eob_on=_maybe,
    got_on=_maybe,
    appeal_by=_maybe,
    submitted_on=_maybe,
    member_number=_words,
    reasons=_words | st.just("CO-45 PR-1; N130"),
    lines=st.lists(_lines, max_size=3).map(tuple),
)
_statements = st.builds(
    Statement, stated_on=_days, amount=st.integers(-LARGEST, LARGEST), charges=_cents, paid_by_you=_cents
)
_bills = st.builds(
    Bill,
    id=st.just(1),
    provider_id=st.just(2),
    person_id=st.just(1),
    account_number=_words,
    service_from=_days,
    description=_words,
    self_pay=st.booleans(),
    estimate=_cents,
    estimate_on=_maybe,
    closed=st.booleans(),
    statements=st.lists(_statements, max_size=3).map(tuple),
)
_steps = st.builds(
    CaseStep,
    number=st.integers(-1, 13),
    outcome=st.sampled_from(StepOutcome),
    leads_to=st.integers(-1, 13),
    done_on=_days,
    reference=_words,
    note=_words,
)
_cases = st.builds(
    Case,
    id=st.just(1),
    kind=st.sampled_from(CaseKind),
    title=_words,
    opened_on=_days,
    claim_id=st.none() | st.just(1),
    bill_id=st.none() | st.just(1),
    level=st.integers(1, 3),
    at_stake=_cents,
    steps=st.lists(_steps, max_size=4).map(tuple),
    authorization=st.none() | st.builds(Authorization, number=_words, codes=_words),
    submission=st.none()
    | st.builds(Submission, charge=st.integers(0, LARGEST), filing_days=st.integers(-5, 5_000)),
)
_calls = st.builds(
    Call,
    id=st.just(1),
    called_on=_days,
    spoke_with=_words,
    reference=_words,
    said=_words,
    case_id=st.just(1),
)
_matters = st.builds(
    lambda claims, bills, case, calls, paid, name: about(
        papers(
            claims=tuple(claims),
            bills=tuple(bills),
            cases=(case,),
            calls=tuple(calls),
            paid={1: [(Payment(id=1, paid_on=day, amount=amount), amount) for day, amount in paid]},
            people=(replace(ELEANOR, name=name),),
        ),
        case=case,
    ),
    st.lists(_claims, max_size=1),
    st.lists(_bills, max_size=1),
    _cases,
    st.lists(_calls, max_size=2),
    st.lists(st.tuples(_days, st.integers(-LARGEST, LARGEST)), max_size=2),
    _words,
)


@settings(max_examples=60, deadline=None)
@given(_matters, _words)
def test_every_letter_fills_with_any_facts(matter: About, what: str) -> None:
    amounts = {dollars(amount) for amount in _amounts(matter)} | {"$400.00"}
    for kind in LetterKind:
        letter = written(matter, kind, finding(what))
        assert not set("{}") & set(letter.text)
        assert letter.blanks == tuple(dict.fromkeys(label for _b, _e, label in blanks_in(letter.text)))
        assert set(re.findall(r"-?\$[\d,]+\.\d\d", letter.text)) <= amounts
    offered = choices(matter)
    assert sorted(choice.kind for choice in offered) == sorted(LetterKind)


def _amounts(matter: About) -> list[int]:
    """Every amount of the facts, and those that the verdict works out."""
    found: list[int | None] = [matter.case.at_stake if matter.case else None]
    if matter.case and matter.case.submission:
        found.append(matter.case.submission.charge)
    for claim in matter.claims:
        found += [claim.billed, claim.allowed, claim.plan_paid, claim.not_covered, eob_owes(claim)]
        found += [line.billed for line in claim.lines]
    for bill in matter.bills:
        found += [bill.estimate, bill.asks, charged(bill), charged(bill) - (bill.estimate or 0)]
        found += [statement.charges for statement in bill.statements]
    for verdict in matter.verdicts.values():
        found += [verdict.paid, verdict.over, verdict.refund, verdict.pay]
    return [amount for amount in found if amount is not None]


@given(st.text(max_size=80))
def test_a_value_is_one_calm_line(text: str) -> None:
    found = inert(text)
    assert "\n" not in found
    assert found == found.strip()
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", found)


# which letter ------------------------------------------------------------------------


def first(matter: About) -> LetterKind:
    return choices(matter)[0].kind


def test_a_bill_that_asks_too_much_is_corrected() -> None:
    matter = about(papers(claims=(MRI,), bills=(MRI_BILL,), cases=(DISPUTE,)), case=DISPUTE)
    assert first(matter) is LetterKind.BILLING_CORRECTION
    assert choices(matter)[0].why


def test_a_dispute_with_the_insurer_asks_the_insurer() -> None:
    step = CaseStep(number=2, outcome=StepOutcome.INSURANCE_ONLY, leads_to=6, done_on=date(2026, 11, 2))
    case = replace(DISPUTE, steps=(step,))
    matter = about(papers(claims=(MRI,), bills=(MRI_BILL,), cases=(case,)), case=case)
    assert first(matter) is LetterKind.CLAIM_INQUIRY


def test_a_denied_claim_is_appealed() -> None:
    denied = replace(MRI, stage=ClaimStage.DENIED)
    assert first(about(papers(claims=(denied,)), claim=denied)) is LetterKind.INTERNAL_APPEAL


@pytest.mark.parametrize(
    ("outcomes", "kind"),
    [
        ((), LetterKind.INTERNAL_APPEAL),
        ((StepOutcome.NEXT_LEVEL,), LetterKind.INTERNAL_APPEAL),
        ((StepOutcome.NEXT_LEVEL, StepOutcome.NEXT_LEVEL), LetterKind.EXTERNAL_REVIEW),
    ],
)
def test_an_appeal_goes_to_its_level(outcomes: tuple[StepOutcome, ...], kind: LetterKind) -> None:
    begun = CaseStep(number=8, outcome=StepOutcome.DENIED, leads_to=10, done_on=date(2026, 11, 2))
    more = (CaseStep(number=10, outcome=each, leads_to=10, done_on=date(2026, 11, 9)) for each in outcomes)
    case = replace(DISPUTE, steps=(begun, *more))
    assert first(about(papers(claims=(MRI,), cases=(case,)), case=case)) is kind


@pytest.mark.parametrize(
    ("kind", "letter"),
    [
        (CaseKind.ESTIMATE_DISPUTE, LetterKind.ESTIMATE_DISPUTE),
        (CaseKind.REIMBURSEMENT, LetterKind.CLAIM_COVER),
        (CaseKind.AUTHORIZATION, LetterKind.MEDICAL_NECESSITY),
    ],
)
def test_each_kind_of_case_has_its_letter(kind: CaseKind, letter: LetterKind) -> None:
    case = replace(DISPUTE, kind=kind, claim_id=None, bill_id=None)
    assert first(about(papers(cases=(case,)), case=case)) is letter


def test_without_anything_it_is_about_the_membership() -> None:
    assert first(about(papers())) is LetterKind.MEMBERSHIP


# what the case keeps -----------------------------------------------------------------


def test_a_letter_is_a_step_and_sets_the_next_date() -> None:
    case = with_letter(
        DISPUTE, LetterKind.BILLING_CORRECTION, "Billing correction", TODAY, date(2026, 12, 22)
    )
    assert case.steps[-1].note == "Letter sent: Billing correction."
    assert case.steps[-1].outcome is StepOutcome.NOTED
    assert case.deadlines[-1].do_by == date(2026, 12, 22)
    assert case.turn is Turn.PROVIDER


def test_an_appeal_letter_files_the_appeal() -> None:
    denied = CaseStep(number=8, outcome=StepOutcome.DENIED, leads_to=10, done_on=date(2026, 11, 2))
    case = replace(DISPUTE, steps=(denied,))
    sent = with_letter(case, LetterKind.INTERNAL_APPEAL, "Internal appeal", TODAY, None)
    assert sent.steps[-1].outcome is StepOutcome.FILED
    assert standing(moves_of(sent), sent.opened_on, TODAY).turn is Turn.INSURER
    assert sent.deadlines == ()


def test_other_cases_keep_it_at_their_step() -> None:
    case = replace(DISPUTE, kind=CaseKind.AUTHORIZATION, steps=())
    sent = with_letter(case, LetterKind.MEDICAL_NECESSITY, "Letter", TODAY, None)
    assert (sent.steps[-1].number, sent.steps[-1].leads_to) == (1, 1)


@pytest.mark.parametrize(
    ("on", "follow_up", "field"),
    [
        (date(2026, 11, 1), None, "on"),
        (TODAY, date(2026, 11, 21), "follow_up"),
    ],
)
def test_days_that_cannot_be_are_refused_beside_their_field(
    on: date, follow_up: date | None, field: str
) -> None:
    step = CaseStep(number=1, leads_to=2, done_on=date(2026, 11, 2))
    with pytest.raises(UserProblem) as caught:
        with_letter(replace(DISPUTE, steps=(step,)), LetterKind.BILLING_CORRECTION, "Letter", on, follow_up)
    assert caught.value.field == field


def test_a_closed_case_takes_no_letter() -> None:
    assert can_note(DISPUTE)
    assert not can_note(replace(DISPUTE, outcome=CaseOutcome.WON))
    ended = CaseStep(number=2, outcome=StepOutcome.NONE_FOUND, leads_to=11, done_on=TODAY)
    assert not can_note(replace(DISPUTE, steps=(ended,)))
    assert not can_note(None)


# what is wrong -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "written_as"),
    [
        ("The bill asks $300.00; you paid $50.00.", "The bill asks $300.00; I paid $50.00."),
        ("You are asked to bear $5.00.", "I am asked to bear $5.00."),
        ("your EOBs show 3 of 5 visits", "my EOBs show 3 of 5 visits"),
        ("the EOB leaves you $5.00.", "the EOB leaves me $5.00."),
        ("costs you nothing; you were charged", "costs me nothing; I was charged"),
        ("with a balance for you", "with a balance for me"),
        ("No other plan of yours was in force", "No other plan of mine was in force"),
        ("yours with the plan is 7", "mine with the plan is 7"),
        ("says what you owe.", "says what I owe."),
        ("Your youth clinic", "My youth clinic"),
    ],
)
def test_a_finding_is_said_in_the_members_voice(said: str, written_as: str) -> None:
    assert first_person(said) == written_as


def test_a_name_stays_a_name() -> None:
    said = "Your check says that Your Health (You) is in network; you owe $5.00."
    names = ("Your Health (You)", "Bayview")
    assert first_person(said, names) == ("My check says that Your Health (You) is in network; I owe $5.00.")


def test_a_letter_speaks_only_of_what_its_reader_can_put_right() -> None:
    to_provider = finding("The bill asks too much of you.")
    to_insurer = replace(finding("Your deductible was met."), whom=Whom.INSURER, detector="D7")
    found = (to_provider, to_insurer)
    matter = about(papers(claims=(MRI,), bills=(MRI_BILL,)), bill=MRI_BILL)
    assert said_in(LetterKind.BILLING_CORRECTION, matter, found) == "The bill asks too much of me."
    assert said_in(LetterKind.INTERNAL_APPEAL, matter, found) == "My deductible was met."
    assert said_in(LetterKind.MEMBERSHIP, matter, found) == ""


def test_findings_of_the_case_come_before_the_others() -> None:
    matter = about(papers(claims=(MRI,), bills=(MRI_BILL,), cases=(DISPUTE,)), case=DISPUTE)
    one = replace(finding("One."), bill_id=1)
    two = replace(finding("Two."), claim_id=1, about="claim:1")
    elsewhere = replace(finding("Three."), claim_id=99, about="claim:99")
    found = (one, two, elsewhere)
    assert open_findings(matter, found, {}) == (one, two)
    dismissed = FindingNote(key=one.key, state=FindingState.DISMISSED, noted_on=TODAY)
    assert open_findings(matter, found, {one.key: dismissed}) == (two,)
    pursued = FindingNote(key=one.key, state=FindingState.IN_DISPUTE, noted_on=TODAY, case_id=1)
    assert open_findings(matter, found, {one.key: pursued}) == (one,)


# putting the papers together ---------------------------------------------------------


def test_papers_named_together_belong_together_however_they_match() -> None:
    """By their points this EOB and this bill are only likely to match."""
    apart = replace(MRI_BILL, service_from=date(2026, 9, 15))
    held = papers(claims=(MRI,), bills=(apart,))
    assert about(held, bill=apart).verdicts[1].owed is None
    assert about(held, claim=MRI, bill=apart).verdicts[1].over == 85_00
    with_case = papers(claims=(MRI,), bills=(apart,), cases=(DISPUTE,))
    found = about(with_case, bill=apart)
    assert found.case == DISPUTE
    assert found.verdicts[1].over == 85_00


def test_a_corrected_eob_takes_the_place_of_the_one_a_case_names() -> None:
    better = replace(MRI, id=2, replaces_id=1, you_owe=200_00, processed_on=date(2026, 11, 1))
    found = about(papers(claims=(MRI, better), cases=(DISPUTE,)), case=DISPUTE)
    assert found.claim == better
    assert found.versions == (MRI, better)


def test_a_case_whose_papers_are_gone_is_no_mistake() -> None:
    found = about(papers(cases=(DISPUTE,)), case=DISPUTE)
    assert (found.claims, found.bills, found.verdict) == ((), (), None)
