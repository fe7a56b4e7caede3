"""Payments: every dollar once, names of all kinds, changes of many at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.conftest import TODAY
from tracker.dates import month_period
from tracker.errors import UserProblem
from tracker.facts import Account, AccountKind, Allocation, Basis, Payment, Person
from tracker.money import LARGEST
from tracker.services.bundle import Services
from tracker.services.payments import in_proportion, whole_to


def expense(amount: int = 7_500, *shares: tuple[int, int], **more: object) -> Payment:
    return Payment(
        paid_on=more.pop("paid_on", TODAY),  # type: ignore[arg-type]
        amount=amount,
        allocations=tuple(Allocation(category_id=category, amount=part) for category, part in shares),
        **more,  # type: ignore[arg-type]
    )


def saved(services: Services, payment: Payment, payee: str | None = "Harbor") -> int:
    made = services.payments.save(payment, payee=payee).new_id
    assert made is not None
    return made


def refused(services: Services, payment: Payment, *, field: str | None = None) -> UserProblem:
    before = list(services.payments.ids().ids)
    with pytest.raises(UserProblem) as problem:
        services.payments.save(payment, payee="Harbor")
    assert problem.value.field == field
    assert list(services.payments.ids().ids) == before
    return problem.value


def test_a_split_payment_comes_back_as_it_was(services: Services) -> None:
    draft = expense(10_000, (3, 2_500), (6, 7_000), note="two\nlines")
    made = saved(services, draft)
    held = services.payments.get(made)
    assert replace(held, id=None, provider_id=None) == draft
    (line,) = services.payments.lines([made])
    assert line.split
    assert line.category == "Estimated Co-pays (Doctor Visits), Deductible Contribution (if applicable)"
    assert line.payee == "Harbor"


def test_a_payee_is_added_once_whatever_its_capitals(services: Services) -> None:
    for name in ("Harbor Clinic", "HARBOR CLINIC", "  harbor   clinic "):
        saved(services, expense(), name)
    assert [found.name for found in services.people.providers()] == ["Harbor Clinic"]


@pytest.mark.parametrize(
    "name",
    [
        'O\'Brien "x"',
        "100% %s",
        "\U0001f4b0",
        "\u05e9\u05dc\u05d5\u05dd",
        "\u202eabc",
        "a\x00b\x1bc",
        "x" * 200,
    ],
)
def test_odd_names_are_kept(services: Services, name: str) -> None:
    made = saved(services, expense(note=name), name)
    cleaned = " ".join(name.replace("\x00", " ").replace("\x1b", " ").split())
    (line,) = services.payments.lines([made])
    assert (line.payee, line.note) == (cleaned, name.replace("\x00", " ").replace("\x1b", " "))


def test_a_name_of_ten_thousand_letters_is_refused_and_not_cut(services: Services) -> None:
    with pytest.raises(UserProblem, match="10,000 characters; 200 is the most"):
        services.payments.save(expense(), payee="x" * 10_000)
    with pytest.raises(UserProblem, match="20,000 is the most"):
        services.payments.save(expense(note="x" * 20_001), payee="x")
    assert services.people.providers() == []


@pytest.mark.parametrize(
    ("payment", "field"),
    [
        (expense(0), "amount"),
        (expense(LARGEST + 1), "amount"),
        (expense(100, (1, 101)), "allocations"),
        (expense(100, (1, 60), (2, 60)), "allocations"),
        (expense(100, (1, -10)), "allocations"),
        (expense(100, (1, 0)), "allocations"),
        (expense(-100, (1, 50)), "allocations"),
        (expense(paid_on=date(1899, 12, 31)), "paid_on"),
        (expense(paid_on=date(2200, 1, 1)), "paid_on"),
        (expense(repays_id=1), "amount"),
    ],
)
def test_what_does_not_add_up_is_refused(services: Services, payment: Payment, field: str) -> None:
    assert refused(services, payment, field=field).todo


def test_the_largest_amounts_add_up(services: Services) -> None:
    for _ in range(3):
        saved(services, expense(LARGEST, (1, LARGEST)))
    assert services.payments.ids().spent == 3 * LARGEST
    (found,) = services.budget.sums(month_period(TODAY))
    assert found.actual == 3 * LARGEST


# refunds ---------------------------------------------------------------------------------


def test_no_dollar_comes_back_twice(services: Services) -> None:
    paid = saved(services, expense(7_500))
    saved(services, expense(-2_500, repays_id=paid))
    problem = refused(services, expense(-5_001, repays_id=paid), field="amount")
    assert problem.what == "Only $50.00 of that expense is not refunded yet."
    second = saved(services, expense(-5_000, repays_id=paid))
    assert refused(services, expense(-1, repays_id=paid), field="amount").what.startswith("Only $0.00")
    services.payments.save(replace(services.payments.get(second), amount=-4_000))
    saved(services, expense(-1_000, repays_id=paid))


def test_several_refunds_added_at_once_count_together(services: Services) -> None:
    paid = saved(services, expense(7_500))
    drafts = [(expense(-5_000, repays_id=paid), "Harbor")] * 2
    with pytest.raises(UserProblem, match=r"Only \$25.00"):
        services.payments.add_many(drafts)
    assert services.payments.refunds_of(paid) == []


def test_an_expense_cannot_become_smaller_than_what_came_back(services: Services) -> None:
    paid = saved(services, expense(7_500))
    saved(services, expense(-5_000, repays_id=paid))
    held = services.payments.get(paid)
    assert (
        "$50.00 of this expense came back"
        in refused(services, replace(held, amount=4_999), field="amount").what
    )
    services.payments.save(replace(held, amount=5_000))
    refused(services, replace(held, amount=-7_500), field="amount")


def test_a_refund_repays_an_expense_and_nothing_else(services: Services) -> None:
    fund = services.accounts.save(Account(name="Fund", kind=AccountKind.CONTINGENCY)).new_id
    paid = saved(services, expense(7_500))
    back = saved(services, expense(-500, repays_id=paid))
    moved = saved(services, expense(10_000, to_account_id=fund), None)
    for target in (back, moved):
        refused(services, expense(-100, repays_id=target), field="repays_id")
    with pytest.raises(UserProblem, match="removed"):
        services.payments.save(expense(-100, repays_id=999))


def test_a_refund_belongs_to_the_month_of_its_expense_or_of_its_day(services: Services) -> None:
    may, june = date(2026, 5, 14), date(2026, 6, 18)
    paid = saved(services, expense(7_500, (4, 7_500), paid_on=may))
    saved(services, expense(-2_500, (4, -2_500), paid_on=june, repays_id=paid))

    def actual(month: date, basis: Basis) -> int:
        return sum(found.actual for found in services.budget.sums(month_period(month), basis=basis))

    assert (actual(may, Basis.EXPENSE), actual(june, Basis.EXPENSE)) == (5_000, 0)
    assert (actual(may, Basis.CASH), actual(june, Basis.CASH)) == (7_500, -2_500)
    behind = services.payments.behind(4, month_period(may))
    assert [line.amount for line in behind] == [7_500, -2_500]
    services.payments.remove([paid])
    assert (actual(may, Basis.EXPENSE), actual(june, Basis.EXPENSE)) == (0, -2_500)


def test_the_split_of_a_refund_follows_its_expense() -> None:
    spent = expense(10_000, (1, 6_667), (2, 3_333))

    def back(amount: int, of: Payment = spent) -> list[tuple[int, int]]:
        return [(share.category_id, share.amount) for share in in_proportion(of, amount)]

    assert back(-1_000) == [(1, -667), (2, -333)]
    assert back(-5, expense(10_000)) == []
    assert back(0) == []
    assert back(-1) == [(1, -1)]
    half_placed = expense(10_000, (1, 3_000), (2, 2_000))
    assert back(-1_000, half_placed) == [(1, -300), (2, -200)]
    assert back(-10_000, half_placed) == [(1, -3_000), (2, -2_000)]
    assert whole_to(None, 5) == ()


# transfers and many at a time ------------------------------------------------------------------


def test_a_transfer_is_no_spending_and_moves_both_balances(services: Services) -> None:
    bank = services.accounts.save(Account(name="Bank", opening=100_000)).new_id or 0
    fund = services.accounts.save(Account(name="Fund", kind=AccountKind.CONTINGENCY)).new_id or 0
    made = services.payments.save(expense(10_000, (7, 10_000), account_id=bank, to_account_id=fund))
    assert made.words == "Add transfer, Fund $100.00"
    assert services.accounts.balances() == {bank: 90_000, fund: 10_000}
    assert services.payments.ids().spent == 0
    assert [found.actual for found in services.budget.sums(month_period(TODAY))] == [10_000]
    saved(services, expense(4_000, (7, 4_000), account_id=fund))
    assert [found.actual for found in services.budget.sums(month_period(TODAY))] == [10_000]  # funded
    refused(services, expense(1, account_id=fund, to_account_id=fund), field="to_account_id")
    refused(services, expense(-1, account_id=bank, to_account_id=fund), field="amount")


def test_the_name_of_a_change_says_what_and_how_much(services: Services) -> None:
    words = [
        services.payments.save(expense(4_112), payee="Quest").words,
        services.payments.save(expense(4_112)).words,
        services.payments.save(expense(-4_112), payee="Quest").words,
    ]
    assert words == ["Add expense, Quest $41.12", "Add expense, $41.12", "Add refund, Quest $41.12"]
    first = min(services.payments.ids().ids)
    assert services.payments.save(services.payments.get(first)).words == "Change expense, Quest $41.12"
    assert services.payments.remove([first]).words == "Remove Quest $41.12"
    assert services.payments.remove(list(services.payments.ids().ids)).words == "Remove 2 payments"


def test_whole_payments_move_to_another_line(services: Services) -> None:
    ids = [saved(services, expense(100 * number, (3, 50))) for number in range(1, 4)]
    services.payments.recategorise(ids, 6)
    assert [found.actual for found in services.budget.sums(month_period(TODAY))] == [600]
    services.payments.recategorise(ids[:1], None)
    assert services.payments.get(ids[0]).allocations == ()
    services.ledger.undo()
    services.ledger.undo()
    assert services.payments.get(ids[2]).allocations == (Allocation(category_id=3, amount=50),)


def test_removing_more_than_one_question_may_name(services: Services) -> None:
    services.payments.add_many([(expense(number), "x") for number in range(1, 1_300)])
    ids = list(services.payments.ids().ids)
    services.payments.recategorise(ids, 1)
    services.payments.remove(ids)
    assert len(services.payments.ids().ids) == 0
    services.ledger.undo()
    assert len(services.payments.ids().ids) == 1_299


def test_changing_what_was_removed_says_so(services: Services) -> None:
    made = saved(services, expense())
    held = services.payments.get(made)
    services.payments.remove([made])
    with pytest.raises(UserProblem, match="removed"):
        services.payments.save(held)
    with pytest.raises(UserProblem, match="removed"):
        services.payments.get(made)


def test_a_person_who_goes_leaves_the_payments(services: Services) -> None:
    eleanor = services.people.save_person(Person(name="Eleanor")).new_id
    made = saved(services, expense(person_id=eleanor))
    services.people.remove_person(eleanor or 0)
    assert services.payments.get(made).person_id is None
    services.ledger.undo()
    assert services.payments.get(made).person_id == eleanor
