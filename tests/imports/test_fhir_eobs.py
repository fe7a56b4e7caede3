"""What one FHIR EOB says: amounts, lines, people, network, reasons, versions, balances, days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports.fhir_kit import (
    CARIN,
    MEDICARE,
    STATUS,
    Json,
    bundle,
    concept,
    eob,
    item,
    only,
    read,
    reasoned,
    stated,
    usd,
    why,
)
from tracker.imports.found import FoundBalance
from tracker.money import LARGEST

# Amounts


def test_every_category_finds_its_amount() -> None:
    found = only(
        total=[
            stated("submitted", 500),
            stated("eligible", 400.5),
            stated("deductible", 100),
            stated("copay", 20),
            stated("coinsurance", 30.25, CARIN),
            stated("noncovered", 10, CARIN),
            stated("paidtoprovider", 250.25, CARIN),
            stated("priorpayerpaid", 5, CARIN),
            stated("priorpayerpaid", 7, CARIN),
            stated("memberliability", 160.25, CARIN),
            stated("paidbypatient", 20, CARIN),
            stated("discount", 99.5, CARIN),
        ]
    )
    assert (found.billed, found.allowed, found.deductible, found.copay) == (500_00, 400_50, 100_00, 20_00)
    assert (found.coinsurance, found.not_covered, found.plan_paid) == (30_25, 10_00, 250_25)
    assert (found.other_paid, found.you_owe, found.paid_by_you) == (12_00, 160_25, 20_00)
    assert "The file states a discount of $99.50." in found.remarks


def test_what_is_not_stated_is_not_zero() -> None:
    found = only(total=[])
    assert found.billed is found.allowed is found.deductible is found.copay is found.coinsurance is None
    assert found.not_covered is found.plan_paid is found.you_owe is found.paid_by_you is None
    assert found.lines == ()
    assert found.remarks == ()


def test_categories_in_other_spellings_and_in_words_alone() -> None:
    found = only(
        total=[
            {"category": {"coding": [{"code": "Co-Payment"}]}, "amount": usd(20)},
            {"category": {"text": "Allowed Amount"}, "amount": usd(90)},
            {"category": {"coding": [{"code": "tax"}]}, "amount": usd(1)},
        ]
    )
    assert (found.copay, found.allowed) == (20_00, 90_00)


def test_what_the_plan_paid() -> None:
    assert only(total=[stated("benefit", 80)]).plan_paid == 80_00
    both = only(total=[stated("benefit", 80), stated("paidtoprovider", 78.4, CARIN)])
    assert both.plan_paid == 78_40
    split = only(total=[stated("paidtoprovider", 70, CARIN), stated("paidtopatient", 8, CARIN)])
    assert split.plan_paid == 78_00
    assert "The plan paid $8.00 of it to you." in split.remarks
    nothing_to_you = only(total=[stated("benefit", 80), stated("paidtopatient", 0, CARIN)])
    assert nothing_to_you.plan_paid == 80_00
    assert only(payment={"amount": usd(66)}).plan_paid == 66_00
    assert only(payment={"amount": usd(66)}, total=[stated("benefit", 80)]).plan_paid == 80_00


def test_the_claims_own_adjudication_stands_in_for_totals() -> None:
    found = only(
        total=[stated("submitted", 200)], adjudication=[stated("submitted", 1), stated("deductible", 50)]
    )
    assert (found.billed, found.deductible) == (200_00, 50_00)


def test_lines_are_added_only_where_every_one_has_the_figure() -> None:
    lines = [
        item(1, stated("copay", 20), stated("eligible", 50.105)),
        item(2, stated("copay", 15), stated("eligible", 25.105), stated("deductible", 9)),
    ]
    found = only(total=[], item=lines)
    assert (found.copay, found.allowed, found.deductible) == (35_00, 75_21, None)
    assert "No total is stated for allowed and copay: the lines were added." in found.remarks
    assert [line.allowed for line in found.lines] == [50_11, 25_11]
    assert "Amounts with parts of a cent were rounded to the cent." in found.remarks


def test_lines_that_do_not_add_up_are_kept_as_stated() -> None:
    lines = [item(1, stated("submitted", 80)), item(2, stated("submitted", 90))]
    found = only(item=lines)
    assert found.billed == 200_00
    assert [line.billed for line in found.lines] == [80_00, 90_00]
    assert found.remarks == (
        "The lines do not add to the total billed: they make $170.00, the total says $200.00.",
    )
    assert only(item=[*lines, item(3)]).remarks == ()  # the third may be the missing $30.00
    assert only(item=[*lines, item(3, stated("submitted", 30))]).remarks == ()
    over = only(item=[item(1, stated("submitted", 201)), item(2)])
    assert "they make $201.00" in over.remarks[0]


def test_the_line_that_repeats_the_total_is_not_added_again() -> None:
    charge = item(
        2, stated("submitted", 200), revenue=concept("0001", "https://www.nubc.org/CodeSystem/RevenueCodes")
    )
    found = only(item=[item(1, stated("submitted", 200)), charge])
    assert found.remarks == ()
    assert len(found.lines) == 2


def test_floating_point_noise_is_no_part_of_a_cent() -> None:
    found = read(
        b'{"resourceType":"ExplanationOfBenefit","id":"1","total":[{"category":{"coding":'
        b'[{"code":"submitted"}]},"amount":{"value":28.110000000000003,"currency":"USD"}}]}'
    ).eobs[0]
    assert found.billed == 28_11
    assert not any("cent" in remark for remark in found.remarks)


@given(st.integers(-LARGEST, LARGEST), st.sampled_from(["number", "text", "float"]))
def test_amounts_keep_every_cent(cents: int, form: str) -> None:
    sign = "-" if cents < 0 else ""
    written = f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"
    value: object = written if form == "text" else float(written)
    assert only(total=[stated("submitted", value)]).billed == cents


@given(st.lists(st.integers(0, 10_000_00), min_size=1, max_size=12))
def test_the_sum_of_the_lines_is_exact(cents: list[int]) -> None:
    lines = [item(n, stated("submitted", value / 100)) for n, value in enumerate(cents, start=1)]
    found = only(total=[], item=lines)
    assert found.billed == sum(cents)
    assert [line.billed for line in found.lines] == cents


@pytest.mark.parametrize(
    ("amount", "part"),
    [
        ({"value": 5, "currency": "CAD"}, "in CAD. Only US dollars are taken."),
        ({"value": 5, "currency": "eur"}, "in eur."),
        ({"value": "five", "currency": "USD"}, "\u201cfive\u201d, is not a number"),
        ({"value": True, "currency": "USD"}, "is not a number"),
        ({"value": float("nan"), "currency": "USD"}, "is not a number"),
        ({"value": float("inf")}, "is not a number"),
        ({"value": 1e300}, "more than $9,999,999,999.99"),
        ({"value": 10_000_000_000}, "more than $9,999,999,999.99"),
        ({"value": 10**40}, "more than $9,999,999,999.99"),
    ],
)
def test_an_amount_that_cannot_be_kept_leaves_the_eob_out(amount: Json, part: str) -> None:
    reason = why(eob(total=[{"category": concept("submitted"), "amount": amount}]))
    assert part in reason
    in_a_line = why(eob(item=[item(1, {"category": concept("copay"), "amount": amount})]))
    assert in_a_line.startswith("Line 1: ")
    assert part in in_a_line


def test_a_missing_currency_is_dollars_and_a_missing_amount_is_unknown() -> None:
    found = only(
        total=[
            {"category": concept("copay"), "amount": {"value": 5}},
            {"category": concept("deductible"), "amount": {"extension": [{"url": "data-absent-reason"}]}},
            {"category": concept("coinsurance")},
        ]
    )
    assert (found.copay, found.deductible, found.coinsurance) == (5_00, None, None)


def test_sums_too_large_to_keep_leave_the_eob_out() -> None:
    lines = [item(n, stated("submitted", 9_999_999_999)) for n in (1, 2)]
    assert "more than" in why(eob(total=[], item=lines))


# Medicare


def test_medicares_variables_are_more_exact_than_the_category_beside_them() -> None:
    def twice(category: str, variable: str, value: int) -> Json:
        coding = [{"system": CARIN, "code": category}, {"system": "x", "code": MEDICARE + variable}]
        return {"category": {"coding": coding}, "amount": usd(value)}

    hospital = item(
        1,
        twice("submitted", "rev_cntr_rate_amt", 1),
        twice("submitted", "rev_cntr_tot_chrg_amt", 900),
        twice("deductible", "rev_cntr_blood_ddctbl_amt", 2),
        twice("deductible", "rev_cntr_cash_ddctbl_amt", 3),
        twice("submitted", "rev_cntr_pmt_amt_amt", 700),
    )
    (line,) = only(item=[hospital], total=[]).lines
    assert (line.billed, line.deductible, line.plan_paid) == (900_00, 3_00, 700_00)
    fill = item(
        1,
        twice("coinsurance", "gdc_blw_oopt_amt", 500),
        twice("paidbypatient", "ptnt_pay_amt", 40),
        twice("benefit", "cvrd_d_plan_pd_amt", 460),
        twice("drugcost", "tot_rx_cst_amt", 500),
    )
    found = only(item=[fill], total=[stated("drugcost", 500, CARIN), stated("other", 0, STATUS)])
    assert (found.billed, found.allowed, found.coinsurance) == (None, 500_00, None)
    assert (found.plan_paid, found.paid_by_you) == (460_00, 40_00)


# Lines


def test_a_line_with_all_it_says() -> None:
    said = item(
        4,
        stated("submitted", 80),
        productOrService=concept("99213", "http://www.ama-assn.org/go/cpt", display="A visit"),
        modifier=[concept("25"), concept("59"), concept("ML", "http://unitsofmeasure.org")],
        quantity={"value": 2},
    )
    del said["servicedDate"]
    said["servicedPeriod"] = {"start": "2026-03-04", "end": "2026-03-05T08:00:00-05:00"}
    (line,) = only(total=[], item=[said]).lines
    assert (line.number, line.code, line.modifiers, line.description) == (4, "99213", "25 59", "A visit")
    assert (line.units, line.billed) == (2, 80_00)
    assert (line.service_from, line.service_to) == (date(2026, 3, 4), date(2026, 3, 5))


def test_lines_that_share_a_number_are_counted() -> None:
    assert [line.number for line in only(item=[item(7), item(7), item(9)]).lines] == [1, 2, 3]
    assert [line.number for line in only(item=[item(7), item(9)]).lines] == [7, 9]


def test_a_line_known_by_its_revenue_code_or_net_only() -> None:
    absent = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason"}]}
    revenue = concept("0710", "https://www.nubc.org/CodeSystem/RevenueCodes", display="Recovery room")
    (line,) = only(item=[item(1, productOrService=absent, revenue=revenue, net=usd(200))]).lines
    assert (line.code, line.description, line.billed) == ("0710", "Recovery room", 200_00)


def test_details_are_the_lines_where_only_they_have_figures() -> None:
    inner = [item(1, stated("submitted", 120)), item(2, stated("submitted", 80))]
    grouped = {"sequence": 1, "servicedDate": "2026-03-04", "detail": inner}
    found = only(item=[grouped])
    assert [(line.number, line.billed) for line in found.lines] == [(1, 120_00), (2, 80_00)]
    own = only(item=[{**grouped, "net": usd(200)}])
    assert [line.billed for line in own.lines] == [200_00]


def test_lines_the_insurer_added_count() -> None:
    added = item(1, stated("submitted", 50))
    found = only(item=[item(1, stated("submitted", 150))], addItem=[added])
    assert [line.number for line in found.lines] == [1, 2]
    assert found.remarks == ()


# Reasons and network

X12 = "https://x12.org/codes/"


def test_reason_codes_of_lines_and_of_the_claim() -> None:
    group = {"system": X12 + "claim-adjustment-group-codes", "code": "CO"}
    first = {"system": X12 + "claim-adjustment-reason-codes", "code": "45"}
    second = {"system": X12 + "claim-adjustment-reason-codes", "code": "b7"}
    remark = {"system": X12 + "remittance-advice-remark-codes", "code": "N130"}
    found = only(
        adjudication=[reasoned("denialreason", second)],
        item=[
            item(1, reasoned("adjustmentreason", group, first), reasoned("denialreason", remark)),
            item(
                2, reasoned("denialreason", {"system": "x", "code": "PR1"}), reasoned("denialreason", group)
            ),
            item(
                3, reasoned("denialreason", {"system": "own", "code": "Z9", "display": "Not on the list"})
            ),
            item(4, reasoned("denialreason", {"system": "own", "code": "0", "display": "N/A"})),
        ],
    )
    assert found.reasons == ("B7",)
    assert [line.reasons for line in found.lines] == [("CO-45", "N130"), ("PR-1", "CO"), (), ()]
    assert found.remarks == ("The insurer\u2019s reason: Not on the list.",)


@pytest.mark.parametrize(
    ("fields", "network", "is_remarked"),
    [
        ({}, "", False),
        ({"adjudication": [reasoned("billingnetworkstatus", {"code": "innetwork"})]}, "in", False),
        ({"adjudication": [reasoned("renderingnetworkstatus", {"code": "outofnetwork"})]}, "out", False),
        ({"adjudication": [reasoned("benefitpaymentstatus", {"code": "other"})]}, "", False),
        (
            {
                "adjudication": [
                    reasoned("billingnetworkstatus", {"code": "innetwork"}),
                    reasoned("benefitpaymentstatus", {"code": "outofnetwork"}),
                ]
            },
            "out",
            True,
        ),
        ({"total": [stated("outofnetwork", 0, STATUS)]}, "out", False),
        ({"item": [item(1, {"category": concept("innetwork", STATUS)})]}, "in", False),
        (
            {
                "item": [
                    item(1, reasoned("benefitpaymentstatus", {"code": "innetwork"})),
                    item(2, reasoned("benefitpaymentstatus", {"code": "outofnetwork"})),
                ]
            },
            "",
            True,
        ),
        (
            {
                "supportingInfo": [
                    {"category": concept("billingnetworkcontractingstatus"), "code": concept("contracted")}
                ]
            },
            "in",
            False,
        ),
    ],
)
def test_in_or_out_of_network(fields: dict[str, Any], network: str, is_remarked: bool) -> None:
    found = only(**fields)
    assert found.network == network
    assert ("The file says both in network and out of network." in found.remarks) is is_remarked


# People

PATIENT: Json = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [{"type": concept("MB"), "value": "M-7"}],
    "name": [
        {"use": "old", "family": "Gray"},
        {"use": "official", "given": ["Ana", "L."], "family": "Moreno"},
    ],
    "birthDate": "1980-05-06",
}
CLINIC: Json = {
    "resourceType": "Organization",
    "id": "o1",
    "name": "Lakeside Clinic, LLC",
    "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}],
}
COVERAGE: Json = {
    "resourceType": "Coverage",
    "id": "c1",
    "identifier": [{"type": concept("MB"), "value": "M-8"}],
    "subscriberId": "S-1",
    "class": [
        {"type": concept("group"), "value": "G-5", "name": "Employer"},
        {"type": concept("plan"), "value": "PL", "name": "Gold PPO"},
    ],
    "payor": [{"display": "Acme Health Inc."}],
}


def referring(patient: str, provider: str, coverage: str, **more: Any) -> Json:
    return eob(
        patient={"reference": patient},
        provider={"reference": provider, "display": "Somebody else"},
        insurance=[
            {"coverage": {"reference": "Coverage/none"}},
            {"focal": True, "coverage": {"reference": coverage}},
        ],
        insurer={"reference": "Organization/none"},
        **more,
    )


def check_people(found: Any) -> None:
    assert (found.patient, found.patient_birth) == ("Ana L. Moreno", date(1980, 5, 6))
    assert (found.provider, found.provider_npi) == ("Lakeside Clinic, LLC", "1234567893")
    assert (found.member_number, found.group_number, found.plan) == ("M-8", "G-5", "Gold PPO")
    assert found.insurer == "Acme Health Inc."
    assert found.remarks == ()


@pytest.mark.parametrize(
    "addresses",
    [
        ("Patient/p1", "Organization/o1", "Coverage/c1"),
        (
            "https://payer.example/Patient/p1",
            "https://other.example/r4/Organization/o1",
            "Coverage/c1/_history/2",
        ),
        ("Patient/p1", "Organization?identifier=http://hl7.org/fhir/sid/us-npi|1234567893", "Coverage/c1"),
        ("urn:uuid:p1", "urn:uuid:o1", "urn:uuid:c1"),
    ],
)
@pytest.mark.parametrize("comes_first", [True, False])
def test_people_are_found_in_the_file(addresses: tuple[str, str, str], comes_first: bool) -> None:
    claim = referring(*addresses)
    others = (PATIENT, CLINIC, COVERAGE)
    (found,) = read(bundle(claim, *others) if comes_first else bundle(*others, claim)).eobs
    check_people(found)


def test_people_are_found_inside_the_eob() -> None:
    check_people(only_of(referring("#p1", "#o1", "#c1", contained=[PATIENT, CLINIC, COVERAGE])))


def only_of(resource: Json) -> Any:
    (found,) = read(resource).eobs
    return found


def test_a_logical_identifier_finds_the_clinic() -> None:
    told = {
        "type": "Organization",
        "identifier": {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"},
    }
    (found,) = read(bundle(eob(provider=told), CLINIC)).eobs
    assert found.provider == "Lakeside Clinic, LLC"
    alone = only(provider=told)
    assert (alone.provider, alone.provider_npi) == ("", "1234567893")


def test_an_address_is_never_a_name() -> None:
    found = only(patient={"reference": "Patient/77"}, provider={"reference": "Practitioner/1"}, facility={})
    assert (found.patient, found.provider, found.facility) == ("", "", "")
    assert found.remarks == ("The file names the patient only as Patient/77.",)


def test_who_gave_care_stands_in_for_who_billed() -> None:
    role = {
        "resourceType": "PractitionerRole",
        "id": "r1",
        "practitioner": {"reference": "#d1"},
        "organization": {"display": "Lakeside"},
    }
    doctor = {"resourceType": "Practitioner", "id": "d1", "name": [{"text": "Dr. Eve Stone"}]}
    team = [
        {"provider": {"display": "Nurse"}, "role": concept("assist")},
        {"provider": {"reference": "#r1"}, "role": concept("rendering")},
    ]
    found = only(provider={"reference": "Organization/9"}, careTeam=team, contained=[role, doctor])
    assert found.provider == "Dr. Eve Stone"
    assert found.remarks == ("The file does not name who billed; Dr. Eve Stone gave the care.",)


def test_where_care_was_given() -> None:
    place = {"category": concept("servicefacility"), "valueReference": {"reference": "Organization/o1"}}
    (found,) = read(bundle(eob(supportingInfo=[place]), CLINIC)).eobs
    assert found.facility == "Lakeside Clinic, LLC"
    assert only(facility={"display": "Room 5"}).facility == "Room 5"


# Numbers, state and versions


@pytest.mark.parametrize(
    ("identifiers", "number"),
    [
        ([{"value": "A"}, {"type": concept("uc"), "value": "B"}], "B"),
        ([{"type": concept("uc"), "system": "x/claim-group", "value": "900"}, {"value": "B"}], "B"),
        (
            [{"type": concept("originalId"), "value": "H"}, {"system": "https://p/claim", "value": "0012"}],
            "0012",
        ),
        ([{"value": " "}, {}], "eob-1"),
        ([], "eob-1"),
    ],
)
def test_the_claim_number(identifiers: list[Json], number: str) -> None:
    assert only(identifier=identifiers).id == number


def test_the_number_of_the_claim_it_answers() -> None:
    assert only(identifier=[], claim={"identifier": {"value": "K-3"}}).id == "K-3"
    nameless = only(identifier=[], id="")
    assert nameless.id == ""
    assert "The file gives no claim number." in nameless.remarks


@pytest.mark.parametrize(
    ("fields", "remark"),
    [
        ({"use": "preauthorization"}, "This is a prior authorization, not a paid claim."),
        ({"use": "predetermination"}, "This is an estimate made before care, not a paid claim."),
        ({"status": "draft"}, "This EOB is a draft, not a decision."),
        ({"status": "cancelled"}, "The insurer cancelled this EOB."),
        ({"status": "entered-in-error"}, "The insurer marked this EOB as entered in error."),
        ({"outcome": "queued"}, "The claim is not decided yet."),
        ({"outcome": "partial"}, "The claim is decided in part only."),
        ({"processNote": [{"text": "Send records."}]}, "The insurer\u2019s note: Send records."),
        ({"payment": {"adjustment": usd(-50)}}, "The payment was adjusted by -$50.00."),
    ],
)
def test_what_is_odd_is_remarked_on(fields: Json, remark: str) -> None:
    assert only(**fields).remarks == (remark,)


def test_which_claim_it_replaces() -> None:
    prior = {"relationship": concept("prior"), "claim": {"reference": "Claim/old-1"}}
    assert only(related=[prior]).replaces == "old-1"
    by_number = {"relationship": concept("replaces"), "reference": {"value": "C-0"}}
    assert only(related=[by_number]).replaces == "C-0"
    later = only(
        related=[{"relationship": concept("replacedby"), "claim": {"identifier": {"value": "C-2"}}}]
    )
    assert later.replaces == ""
    assert later.remarks == ("The insurer replaced this claim by C-2.",)
    other = only(related=[{"relationship": concept("associated"), "reference": {"value": "Z"}}])
    assert (other.replaces, other.remarks) == ("", ("The file relates it to Z (associated).",))
    (of_file, _) = read(
        [
            eob(related=[{**prior, "claim": {"reference": "ExplanationOfBenefit/e0"}}]),
            eob(id="e0", identifier=[{"type": concept("uc"), "value": "C-0"}]),
        ]
    ).eobs
    assert of_file.replaces == "C-0"


def test_the_payments_number() -> None:
    assert only(payment={"identifier": {"value": "EFT 1"}}).payment_reference == "EFT 1"


# Days


def test_days_of_service_of_the_claim_and_of_its_lines() -> None:
    found = only(billablePeriod={"start": "2026-03-01", "end": "2026-03-09"}, item=[item(1)])
    assert (found.service_from, found.service_to) == (date(2026, 3, 1), date(2026, 3, 9))
    lines = [item(1), item(2, servicedDate="2026-03-06")]
    without = only(billablePeriod=None, item=lines)
    assert (without.service_from, without.service_to) == (date(2026, 3, 4), date(2026, 3, 6))
    year = only(billablePeriod={"start": "2026-01-01", "end": "2026-12-31"}, item=lines)
    assert (year.service_from, year.service_to) == (date(2026, 3, 4), date(2026, 3, 6))
    assert "is wider than the care" in year.remarks[0]
    open_ended = only(billablePeriod={"start": "2026-03-01"})
    assert open_ended.service_to == date(2026, 3, 1)


def test_the_day_processed() -> None:
    assert only().processed_on == date(2026, 3, 20)
    assert only(created="2026-03-20T23:30:00-08:00").processed_on == date(2026, 3, 20)  # as it was there
    paid = only(created=None, payment={"date": "2026-04-01"})
    assert paid.processed_on == date(2026, 4, 1)
    assert paid.remarks == ("The file gives no date processed; the date of payment was taken.",)
    weekly = {"category": concept(MEDICARE + "nch_wkly_proc_dt"), "timingDate": "2026-03-10"}
    assert only(supportingInfo=[weekly]).processed_on == date(2026, 3, 10)


def test_a_day_that_is_none_is_remarked_on() -> None:
    found = only(created="IGNORED", billablePeriod={"start": "2026"})
    assert found.processed_on is found.service_from is None
    assert found.remarks == (
        "The first day of service is only given as 2026.",
        "The file gives no date of service.",
        "The date processed, \u201cIGNORED\u201d, is not a date.",
    )


@pytest.mark.parametrize(
    ("day", "part"),
    [
        ("2026-02-30", "is not a day of the calendar"),
        ("0201-01-01", "is not between 1900 and 2100"),
        ("2101-01-01", "is not between 1900 and 2100"),
    ],
)
def test_an_impossible_day_leaves_the_eob_out(day: str, part: str) -> None:
    assert part in why(eob(billablePeriod={"start": day, "end": day}))
    assert why(eob(item=[item(1, servicedDate=day)])).startswith("Line 1: ")
    assert part in why(eob(created=day))


# Balances


def test_running_totals_of_the_plan() -> None:
    found = only(
        benefitBalance=[
            {
                "category": concept("30", display="Health plan"),
                "network": concept("in"),
                "unit": concept("individual"),
                "financial": [
                    {"type": concept("deductible"), "allowedMoney": usd(1500), "usedMoney": usd(320.5)},
                    {"type": concept("visit"), "allowedUnsignedInt": 20, "usedUnsignedInt": 2},
                ],
            },
            {
                "name": "Out of pocket",
                "unit": concept("family"),
                "financial": [{"allowedMoney": usd(6000)}],
            },
        ]
    )
    assert found.balances == (
        FoundBalance(
            name="Health plan: deductible", network="in", family=False, used=320_50, limit=1_500_00
        ),
        FoundBalance(name="Out of pocket", family=True, limit=6_000_00),
    )
    assert found.deductible is None
