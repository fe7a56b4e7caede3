"""Taking money out of an HSA for care paid before: the pool, one transfer, its sheet."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tracker.domain.accounts.reimbursement_picker import Batch, PickBy, pick_receipts
from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind, Allocation, Noun, Payment, Person, Role
from tracker.services.bundle import Services
from tracker.services.reimbursements import (
    holds_less,
    read_pool,
    sheet_of_batch,
    sheet_of_payment,
    transfer_of,
)

OPENED = date(2023, 3, 1)


class Home:
    """A household with an HSA, a bank account, and a few receipts."""

    def __init__(self, services: Services, tmp_path: Path) -> None:
        self.services = services
        self._paper = tmp_path / "receipt.pdf"
        self._paper.write_bytes(b"%PDF-1.4 a receipt")
        self.person = services.people.save_person(Person(name="Eleanor Whitfield")).new_id or 0
        self.hsa = self._account("Old HSA", AccountKind.HSA, opened_on=OPENED, institution="Keystone")
        self.bank = self._account("Checking", AccountKind.BANK)

    def _account(self, name: str, kind: AccountKind, **more: object) -> int:
        fact = Account(name=name, kind=kind, **more)  # type: ignore[arg-type]
        return self.services.accounts.save(fact).new_id or 0

    def receipt(
        self, amount: int, day: date = date(2026, 4, 1), *, proven: bool = True, **more: object
    ) -> int:
        """An expense of one's own under the copay line; `proven` attaches a file."""
        lines = self.services.people.household().categories
        line = next(item.id for item in lines if item.role is Role.COPAY_DOCTOR)
        values: dict[str, object] = {
            "paid_on": day,
            "amount": amount,
            "account_id": self.bank,
            "person_id": self.person,
            "note": "Visit",
            "allocations": (Allocation(category_id=line or 0, amount=amount),),
        }
        made = self.services.payments.save(Payment(**(values | more)), payee="Clinic").new_id or 0  # type: ignore[arg-type]
        if proven:
            self.services.documents.attach(Noun.PAYMENT, made, [self._paper])
        return made

    def accounts(self) -> list[Account]:
        return [item for item in self.services.accounts.accounts() if item.kind is AccountKind.HSA]

    def batch(self, target: int, by: PickBy = PickBy.OLDEST, *, proven_only: bool = True) -> Batch:
        pool = read_pool(self.services, self.accounts()).pool
        return pick_receipts(pool, target, by, proven_only=proven_only)


@pytest.fixture
def home(services: Services, tmp_path: Path) -> Home:
    return Home(services, tmp_path)


def test_the_pool_says_what_is_proven_and_what_each_receipt_lacks(home: Home) -> None:
    home.receipt(100_00)
    home.receipt(40_00, proven=False, person_id=None)
    home.receipt(60_00, OPENED - timedelta(days=1))
    shown = read_pool(home.services, home.accounts())
    assert shown.pool.sentence == "You may take out $140.00, proven $100.00."
    assert (shown.pool.receipts_complete, shown.pool.receipts) == (1, 2)
    assert [line.gaps for line in shown.waiting] == [(), ("patient", "document")]
    assert not shown.asks
    assert [item.name for item in shown.targets] == ["Checking"]


def test_one_transfer_pays_the_batch_back_and_is_undone_at_once(home: Home) -> None:
    first, second = home.receipt(100_00), home.receipt(40_00, date(2026, 5, 1))
    batch = home.batch(120_00)
    payment = transfer_of(batch, home.hsa, home.bank, TODAY)
    made = home.services.payments.save(payment).new_id or 0
    stored = home.services.payments.get(made)
    assert {part.expense_id: part.amount for part in stored.repaid} == {first: 100_00, second: 20_00}
    assert (stored.amount, stored.account_id, stored.to_account_id) == (120_00, home.hsa, home.bank)
    shown = read_pool(home.services, home.accounts())
    assert shown.pool.available == 20_00
    assert [(item.payment_id, item.receipts, item.to_account) for item in shown.recorded] == [
        (made, 2, "Checking")
    ]
    home.services.ledger.undo()
    shown = read_pool(home.services, home.accounts())
    assert (shown.pool.available, shown.recorded) == (140_00, ())


def test_the_sheet_is_the_same_before_and_after(home: Home) -> None:
    home.receipt(100_00, date(2026, 5, 1))
    home.receipt(40_00, proven=False)
    batch = home.batch(120_00, PickBy.FEWEST, proven_only=False)
    before = sheet_of_batch(home.services, batch, home.hsa, home.bank, TODAY)
    made = home.services.payments.save(transfer_of(batch, home.hsa, home.bank, TODAY)).new_id or 0
    after = sheet_of_payment(home.services, made)
    assert (before.is_recorded, after.is_recorded) == (False, True)
    for sheet in (before, after):
        assert (sheet.account, sheet.institution, sheet.to_account) == ("Old HSA", "Keystone", "Checking")
        assert (sheet.owner, sheet.total, sheet.amount) == ("Eleanor Whitfield", 120_00, 120_00)
        assert [item.amount for item in sheet.receipts] == [20_00, 100_00]
        assert [item.documents for item in sheet.receipts] == [(), ("receipt.pdf",)]
        assert [item.is_part for item in sheet.receipts] == [True, False]
        assert sheet.complete == 1
    assert before.why
    assert not after.why


def test_what_a_transfer_needs(home: Home) -> None:
    home.receipt(100_00)
    batch = home.batch(100_00)
    with pytest.raises(UserProblem, match="goes to a bank account") as problem:
        transfer_of(batch, home.hsa, None, TODAY)
    assert problem.value.field == "to_account_id"
    with pytest.raises(UserProblem, match="after this day") as problem:
        transfer_of(batch, home.hsa, home.bank, date(2026, 3, 31))
    assert problem.value.field == "paid_on"
    nothing = Batch(target=1, picks=(), why=())
    with pytest.raises(UserProblem, match="No receipt fits"):
        transfer_of(nothing, home.hsa, home.bank, TODAY)
    with pytest.raises(UserProblem, match="tied to no expense"):
        sheet_of_payment(home.services, home.receipt(1_00))
    assert holds_less(batch, 50_00) == "By what is recorded here this HSA holds $50.00, less than that."
    assert holds_less(batch, 100_00) == ""


def test_an_hsa_without_a_first_day_is_asked_about(services: Services, home: Home) -> None:
    home.receipt(100_00)
    held = home.accounts()[0]
    unopened = Account(id=held.id, name=held.name, kind=held.kind)
    services.accounts.save(unopened)
    shown = read_pool(services, home.accounts())
    assert shown.asks
    assert shown.established.name == "Old HSA"
    assert shown.pool.available == 0
    assert len(shown.waiting) == 1


def test_a_second_hsa_of_the_person_is_established_with_the_first(services: Services, home: Home) -> None:
    home.receipt(100_00)
    services.accounts.save(Account(name="New HSA", kind=AccountKind.HSA, opened_on=TODAY))
    shown = read_pool(services, home.accounts())
    assert (shown.established.name, shown.pool.available) == ("Old HSA", 100_00)
    assert [item.name for item, _holds in shown.sources] == ["Old HSA", "New HSA"]


def test_money_of_the_hsa_for_what_never_counts_is_wrong_until_it_is_put_back(home: Home) -> None:
    made = home.receipt(80_00, account_id=home.hsa, allocations=(), note="Health club dues")
    (wrong,) = read_pool(home.services, home.accounts()).wrong
    assert (wrong.expense_id, wrong.amount, wrong.year) == (made, 80_00, 2026)


def test_a_refund_of_what_an_account_paid_back_says_what_to_take_off(home: Home) -> None:
    made = home.receipt(100_00)
    home.services.payments.save(transfer_of(home.batch(100_00), home.hsa, home.bank, TODAY))
    refund = Payment(paid_on=TODAY, amount=-40_00, account_id=home.bank, repays_id=made)
    with pytest.raises(UserProblem, match=r"has \$100\.00 of this expense already") as problem:
        home.services.payments.save(refund, payee="Clinic")
    assert "Take $40.00 off" in str(problem.value)
    assert problem.value.field == "amount"
