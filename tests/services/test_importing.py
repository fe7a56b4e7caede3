"""Files into a ledger: looked at, taken as one change, never twice, taken back as one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tracker.domain.importing.rows import RowState
from tracker.errors import Cancelled, UserProblem
from tracker.facts import Account, AccountKind, EobVersion, MoneySource, Person, Role
from tracker.facts.importing import ImportRule
from tracker.services.bundle import Services
from tracker.services.import_preview import for_people

OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD
<BANKACCTFROM><BANKID>1<ACCTID>77<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST>{rows}</BANKTRANLIST>
<LEDGERBAL><BALAMT>512.34<DTASOF>20260331</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
ROW = "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{number}<NAME>{payee}</STMTTRN>"

EOB = {
    "resourceType": "ExplanationOfBenefit",
    "id": "eob-1",
    "status": "active",
    "use": "claim",
    "type": {"coding": [{"code": "professional"}]},
    "identifier": [{"type": {"coding": [{"code": "uc"}]}, "value": "0042E1"}],
    "patient": {"display": "Pat Example"},
    "provider": {"display": "Quest Labs"},
    "created": "2026-03-20",
    "billablePeriod": {"start": "2026-03-02", "end": "2026-03-02"},
    "item": [
        {
            "sequence": 1,
            "servicedDate": "2026-03-02",
            "productOrService": {"coding": [{"code": "80061", "display": "Blood test"}]},
        }
    ],
    "total": [
        {"category": {"coding": [{"code": code}]}, "amount": {"value": value, "currency": "USD"}}
        for code, value in (("submitted", 120), ("eligible", 40.5), ("deductible", 40.5), ("benefit", 0))
    ],
}


@pytest.fixture
def home(services: Services) -> Services:
    services.people.save_person(Person(name="Pat Example"))
    services.accounts.save(Account(name="Checking", kind=AccountKind.BANK))
    return services


def ofx(folder: Path, *rows: tuple[str, str, str, str], name: str = "march.ofx") -> Path:
    text = "".join(
        ROW.format(day=day, amount=amount, number=n, payee=payee) for day, amount, n, payee in rows
    )
    path = folder / name
    path.write_text(OFX.format(rows=text), "ascii")
    return path


LABS = ("20260302", "-41.12", "A1", "QUEST LABS 0042")
PHARMACY = ("20260305", "-12.50", "A2", "CORNER PHARMACY")
GROCER = ("20260306", "-80.00", "A3", "FRESH GROCER")


def eob_file(folder: Path, name: str = "eob.json", **changes: object) -> Path:
    path = folder / name
    path.write_text(json.dumps(EOB | changes))
    return path


def total(code: str, value: float) -> dict[str, object]:
    return {"category": {"coding": [{"code": code}]}, "amount": {"value": value, "currency": "USD"}}


def with_deductible(value: float) -> list[dict[str, object]]:
    """The totals of the EOB with another deductible."""
    amounts = {"submitted": 120, "eligible": 40.5, "deductible": value, "benefit": 0}
    return [total(code, amount) for code, amount in amounts.items()]


def test_a_bank_file_is_shown_taken_and_taken_back(home: Services, tmp_path: Path) -> None:
    before = home.ledger.read().execute("SELECT count(*) FROM payment").fetchone()
    seen = home.importing.preview(home.importing.read([ofx(tmp_path, LABS, PHARMACY, GROCER)]))
    assert [row.take for row in seen.money] == [True, True, False]
    assert seen.accounts[0].sure
    changes = home.importing.take(seen)
    assert changes.words == "Import 2 payments"
    lines = home.payments.lines(home.payments.ids(descending=False).ids)
    assert [(line.payee, line.amount, line.account) for line in lines] == [
        ("Quest Labs 0042", 41_12, "Checking"),
        ("Corner Pharmacy", 12_50, "Checking"),
    ]
    (kept,) = home.importing.imports()
    assert (kept.files[0].name, kept.files[0].taken, kept.files[0].left_out) == ("march.ofx", 2, 1)
    assert [item.balance for item in home.untaxed.statements()] == [512_34]
    home.ledger.undo()
    assert home.ledger.read().execute("SELECT count(*) FROM payment").fetchone() == before
    assert home.importing.imports() == []


def test_the_same_file_brings_nothing_the_second_time(home: Services, tmp_path: Path) -> None:
    files = home.importing.read([ofx(tmp_path, LABS, PHARMACY)])
    home.importing.take(home.importing.preview(files))
    again = home.importing.preview(files)
    assert {row.state for row in again.money} == {RowState.KNOWN}
    assert list(again.taken_before) == [0]
    with pytest.raises(UserProblem, match="Nothing is chosen"):
        home.importing.take(again)


def test_an_import_is_taken_back_later_and_that_is_undone(home: Services, tmp_path: Path) -> None:
    home.importing.take(home.importing.preview(home.importing.read([ofx(tmp_path, LABS, PHARMACY)])))
    home.people.save_person(Person(name="Somebody else", position=1))
    (kept,) = home.importing.imports()
    assert kept.id is not None
    assert home.importing.still_there(kept.id) == (2, 0)
    assert [item.import_id for item in home.untaxed.statements()] == [kept.id]
    home.importing.take_back(kept.id)
    assert home.untaxed.statements() == []
    assert len(home.payments.ids().ids) == 0
    home.ledger.undo()
    assert len(home.payments.ids().ids) == 2


def test_an_account_once_named_is_remembered(home: Services, tmp_path: Path) -> None:
    home.accounts.save(Account(name="Other checking", kind=AccountKind.BANK))
    files = home.importing.read([ofx(tmp_path, LABS)])
    assert not home.importing.preview(files).accounts[0].sure
    other = next(item.id for item in home.accounts.accounts() if item.name == "Other checking")
    home.importing.take(home.importing.preview(files, chosen={(0, "77"): other}))
    later = home.importing.read([ofx(tmp_path, PHARMACY, name="april.ofx")])
    (found,) = home.importing.preview(later).accounts
    assert (found.account_id, found.sure) == (other, True)


def test_a_row_the_ledger_refuses_is_named_and_nothing_is_taken(home: Services, tmp_path: Path) -> None:
    home.accounts.save(Account(name="My HSA", kind=AccountKind.HSA, opened_on=date(2026, 3, 4)))
    hsa = next(item.id for item in home.accounts.accounts() if item.name == "My HSA")
    files = home.importing.read([ofx(tmp_path, PHARMACY, LABS)])
    seen = home.importing.preview(files, chosen={(0, "77"): hsa})
    assert [row.take for row in seen.money] == [True, False]
    assert seen.money[1].why == "My HSA was opened on Mar 4, 2026, after this day."
    seen = replace(seen, money=tuple(replace(row, take=True) for row in seen.money))
    with pytest.raises(UserProblem, match="Quest Labs 0042: My HSA was opened on Mar 4, 2026"):
        home.importing.take(seen)
    assert len(home.payments.ids().ids) == 0


def test_cancelling_takes_nothing(home: Services, tmp_path: Path) -> None:
    seen = home.importing.preview(home.importing.read([ofx(tmp_path, LABS)]))

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        home.importing.take(seen, progress=stop)
    assert home.importing.imports() == []


def test_rules_are_kept_in_order_and_asked(home: Services, tmp_path: Path) -> None:
    line = home.budget.categories()[4].id
    home.importing.save_rules(
        [
            ImportRule(name="Grocer", payee_has="grocer", leave_out=True),
            ImportRule(name="Labs", payee_has="quest labs", payee="Quest", category_id=line),
        ]
    )
    seen = home.importing.preview(home.importing.read([ofx(tmp_path, LABS, GROCER)]))
    assert [(row.take, row.proposed.payee) for row in seen.money] == [
        (True, "Quest"),
        (False, "Fresh Grocer"),
    ]
    home.importing.take(seen)
    (found,) = home.payments.lines(home.payments.ids().ids)
    assert found.category == home.budget.categories()[4].name


@pytest.mark.parametrize(
    "rule",
    [
        ImportRule(name="Everything"),
        ImportRule(name="", payee_has="x"),
        ImportRule(name="Round", payee_has="x", amount_from=2, amount_to=1),
    ],
)
def test_a_rule_that_says_nothing_is_refused(home: Services, rule: ImportRule) -> None:
    with pytest.raises(UserProblem):
        home.importing.save_rules([rule])


def test_an_eob_becomes_a_claim_with_its_line(home: Services, tmp_path: Path) -> None:
    seen = home.importing.preview(home.importing.read([eob_file(tmp_path)]))
    (row,) = seen.eobs
    assert (row.state, row.take, row.problem) == (RowState.NEW, True, "")
    home.importing.take(seen)
    (claim,) = home.papers.read().in_force
    assert (claim.claim_number, claim.billed, claim.allowed, claim.deductible) == (
        "0042E1",
        120_00,
        40_50,
        40_50,
    )
    assert (claim.lines[0].code, claim.lines[0].category) == ("80061", "LAB")


def test_a_later_version_replaces_the_one_that_is_there(home: Services, tmp_path: Path) -> None:
    home.importing.take(home.importing.preview(home.importing.read([eob_file(tmp_path)])))
    totals = with_deductible(10)
    path = eob_file(tmp_path, "later.json", total=totals, created="2026-04-20")
    seen = home.importing.preview(home.importing.read([path]))
    (row,) = seen.eobs
    assert (row.state, row.take) == (RowState.CHANGED, True)
    home.importing.take(seen)
    (claim,) = home.papers.read().in_force
    assert (claim.deductible, claim.replaces_id is not None) == (10_00, True)


def test_the_same_eob_again_is_known_and_a_cancelled_one_takes_it_back(
    home: Services, tmp_path: Path
) -> None:
    home.importing.take(home.importing.preview(home.importing.read([eob_file(tmp_path)])))
    again = home.importing.preview(home.importing.read([eob_file(tmp_path, "again.json")]))
    assert [row.state for row in again.eobs] == [RowState.KNOWN]
    path = eob_file(tmp_path, "cancelled.json", status="cancelled")
    home.importing.take(home.importing.preview(home.importing.read([path])))
    assert home.papers.read().in_force == ()


def test_nobody_of_the_household_is_asked_for(home: Services, tmp_path: Path) -> None:
    path = eob_file(tmp_path, patient={"display": "Jordan Stranger"})
    (row,) = home.importing.preview(home.importing.read([path])).eobs
    assert (row.take, row.draft) == (False, None)
    assert "Jordan Stranger" in row.problem
    person = home.people.people()[0].id
    assert person is not None
    fixed = for_people(home, {0: person}, [row])[0]
    assert fixed.take
    assert fixed.draft is not None


def test_an_eob_the_ledger_would_refuse_says_why_before_it_is_taken(home: Services, tmp_path: Path) -> None:
    path = eob_file(tmp_path, created="2026-02-01", billablePeriod={"start": "2027-03-02"}, item=[])
    (row,) = home.importing.preview(home.importing.read([path])).eobs
    assert not row.take
    assert "lies in the future" in row.problem


def test_the_person_of_a_later_version_is_chosen_and_it_finds_its_claim(
    home: Services, tmp_path: Path
) -> None:
    stranger = {"display": "Jordan Stranger"}
    person = home.people.people()[0].id or 0
    seen = home.importing.preview(home.importing.read([eob_file(tmp_path, patient=stranger)]))
    assert seen.eobs[0].needs_person
    home.importing.take(replace(seen, eobs=(for_people(home, {0: person}, [seen.eobs[0]])[0],)))
    again = home.importing.preview(home.importing.read([eob_file(tmp_path, "b.json", patient=stranger)]))
    same = for_people(home, {0: person}, [again.eobs[0]])[0]
    assert (same.state, same.take) == (RowState.KNOWN, False)
    totals = with_deductible(10)
    path = eob_file(tmp_path, "c.json", patient=stranger, total=totals, created="2026-04-20")
    later = home.importing.preview(home.importing.read([path]))
    changed = for_people(home, {0: person}, [later.eobs[0]])[0]
    assert (changed.state, changed.take) == (RowState.CHANGED, True)
    home.importing.take(replace(later, eobs=(changed,)))
    assert [claim.deductible for claim in home.papers.read().in_force] == [10_00]


def test_a_contribution_in_a_custodians_file_keeps_year_and_source(home: Services, tmp_path: Path) -> None:
    home.accounts.save(Account(name="My HSA", kind=AccountKind.HSA, opened_on=date(2020, 1, 1)))
    path = ofx(tmp_path, ("20260302", "150.00", "H1", "Employer Contribution"))
    hsa = next(item.id for item in home.accounts.accounts() if item.name == "My HSA")
    seen = home.importing.preview(home.importing.read([path]), chosen={(0, "77"): hsa})
    home.importing.take(seen)
    payment = home.payments.get(home.payments.ids().ids[0])
    assert (payment.source, payment.tax_year, payment.to_account_id) == (MoneySource.EMPLOYER, 2026, hsa)


def test_a_row_can_be_changed_before_it_is_taken(home: Services, tmp_path: Path) -> None:
    seen = home.importing.preview(home.importing.read([ofx(tmp_path, GROCER)]))
    row = seen.money[0]
    mine = replace(row, take=True, proposed=replace(row.proposed, payee="The grocer's pharmacy"))
    home.importing.take(replace(seen, money=(mine,)))
    (line,) = home.payments.lines(home.payments.ids().ids)
    assert line.payee == "The grocer's pharmacy"


def test_a_correction_in_the_same_download_is_a_version_of_what_it_corrects(
    home: Services, tmp_path: Path
) -> None:
    totals = with_deductible(10)
    later = eob_file(tmp_path, "a.json", id="eob-2", total=totals, created="2026-04-20")
    files = home.importing.read([later, eob_file(tmp_path, "b.json")])
    assert home.importing.take(home.importing.preview(files)).words == "Import 2 EOBs"
    (claim,) = home.papers.read().in_force
    assert (claim.deductible, claim.version) == (10_00, EobVersion.ADJUSTMENT)
    assert not any(row.take for row in home.importing.preview(files).eobs)
    home.ledger.undo()
    only = home.importing.preview(files)
    left = replace(only, eobs=tuple(replace(row, take=row.follows is not None) for row in only.eobs))
    home.importing.take(left)
    (claim,) = home.papers.read().in_force
    assert (claim.deductible, claim.version) == (10_00, EobVersion.ORIGINAL)


def test_a_payment_is_of_the_provider_person_and_line_of_the_eob_beside_it(
    home: Services, tmp_path: Path
) -> None:
    totals = [*with_deductible(40.5), total("memberliability", 40.5)]
    paths = [
        eob_file(tmp_path, total=totals),
        ofx(tmp_path, ("20260402", "-40.50", "A1", "QUEST LABS 0042")),
    ]
    (row,) = home.importing.preview(home.importing.read(paths)).money
    lines = {item.id: item.role for item in home.people.household().categories}
    assert row.proposed.payee == "Quest Labs"
    assert row.proposed.person_id == home.people.people()[0].id
    assert lines[row.proposed.category_id or 0] is Role.DEDUCTIBLE


def test_taking_an_import_back_leaves_a_later_version_standing(home: Services, tmp_path: Path) -> None:
    home.importing.take(home.importing.preview(home.importing.read([eob_file(tmp_path)])))
    totals = with_deductible(10)
    later = eob_file(tmp_path, "b.json", total=totals, created="2026-04-20")
    home.importing.take(home.importing.preview(home.importing.read([later])))
    first, second = sorted(home.importing.imports(), key=lambda item: item.id or 0)
    home.importing.take_back(second.id or 0)
    assert [claim.deductible for claim in home.papers.read().in_force] == [40_50]
    home.ledger.undo()
    home.importing.take_back(first.id or 0)
    assert [claim.deductible for claim in home.papers.read().in_force] == [10_00]


def test_a_bank_row_settles_a_bill_and_a_refund_comes_back_to_what_was_overpaid(
    sample: Services, tmp_path: Path
) -> None:
    def verdicts() -> dict[int, tuple[int, int]]:
        return {bill: (item.pay, item.refund) for bill, item in sample.papers.read().verdicts.items()}

    before = verdicts()
    path = ofx(
        tmp_path,
        ("20261119", "-145.00", "G1", "LUMEN MED SPA #12"),
        ("20261112", "25.00", "G6", "CORNER STREET PHARMACY REFUND"),
    )
    card = next(item.id for item in sample.accounts.accounts() if item.kind is AccountKind.CARD)
    seen = sample.importing.preview(sample.importing.read([path]), chosen={(0, "77"): card})
    bill, refund = seen.money
    assert bill.proposed.bill_id is not None
    assert before[bill.proposed.bill_id] == (145_00, 0)
    assert refund.proposed.repays_id is not None
    sample.importing.take(seen)
    after = verdicts()
    assert after[bill.proposed.bill_id] == (0, 0)
    changed = {bill for bill in before if before[bill] != after[bill]} - {bill.proposed.bill_id}
    assert [(before[item], after[item]) for item in changed] == [((0, 25_00), (0, 0))]
    sample.ledger.undo()
    assert verdicts() == before
