"""Cash books of both funds that roll forward, and the money raised by source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from ishc.demo.happened import CashBook, Debts

FEE = 5  # thousand đồng a member and month
CASH_KEPT = 3_000  # more than this goes to the bank
DONORS = ("community", "families", "businesses", "charities", "authority")
MONEY_SOURCES = ("members", "interest", *DONORS, "production", "events")
Sources = dict[str, int]


@dataclass(slots=True)
class Raised:
    """Money and goods raised in one month, by source, thousand đồng."""

    money: Sources = field(default_factory=lambda: dict.fromkeys(MONEY_SOURCES, 0))
    goods: int = 0

    @property
    def total(self) -> int:
        """Money and goods together."""
        return sum(self.money.values()) + self.goods


def draw_raised(
    rng: Random, members: Sequence[int], interest: Sequence[int], quality: float
) -> list[Raised]:
    """Raise the everyday money of a club: fees, interest, a little production and goods.

    Args:
        members: membership month by month; gives the number of months as well.
        interest: interest received on loans, month by month.
        quality: 0 to 1, better clubs raise more.
    """
    raised = []
    for size, received in zip(members, interest, strict=True):
        month = Raised()
        month.money["members"] = round(size * FEE * (0.75 + 0.25 * quality))
        month.money["interest"] = received + rng.randrange(10, 40)
        if rng.random() < 0.25 + 0.2 * quality:
            month.money["production"] = rng.randrange(50, 300, 10)
        if rng.random() < 0.08:
            month.money["events"] = rng.randrange(100, 500, 50)
        if rng.random() < 0.15:
            month.goods = rng.randrange(50, 300, 10)
        raised.append(month)
    return raised


def donate(rng: Random, raised: Sequence[Raised], months: Sequence[int], wanted: int) -> None:
    """Add donations until the named months hold the sum wanted; never takes anything away.

    Args:
        raised: money raised by month; changed in place.
        months: the months that count, those of reported quarters.
        wanted: thousand đồng.
    """
    missing = wanted - sum(raised[month].total for month in months)
    while missing > 0 and months:
        gift = missing if missing < 600 else rng.randrange(300, 1_600, 50)
        gift = min(gift, missing)
        raised[rng.choice(list(months))].money[rng.choice(DONORS)] += gift
        missing -= gift


@dataclass(frozen=True, slots=True)
class Opening:
    """Cash and bank balance of one fund, thousand đồng."""

    cash: int
    bank: int


@dataclass(frozen=True, slots=True)
class Slips:
    """Planted slips by month: missing from the count, or added to the opening."""

    counted: Mapping[int, int] = field(default_factory=dict)
    opening: Mapping[int, int] = field(default_factory=dict)


def income_books(
    rng: Random, start: Opening, raised: Sequence[Raised], debts: Sequence[Debts], slips: Slips
) -> tuple[CashBook, ...]:
    """Keep the income fund's book month by month."""
    books: list[CashBook] = []
    for place, (month, debt) in enumerate(zip(raised, debts, strict=True)):
        money = month.money
        flows_in = {
            "contributions": money["members"] * 2 // 5,
            "interest": money["interest"],
            "principal": debt.principal,
            "grants": _grants(month) * 3 // 4,
            "sales": money["production"] + money["events"],
        }
        flows_out = {"lent": debt.lent}
        if rng.random() < 0.06:
            flows_out["other"] = rng.randrange(20, 90, 10)
        books.append(_book(books, start, flows_in, flows_out, place, slips))
    return tuple(books)


def operating_books(
    rng: Random, start: Opening, raised: Sequence[Raised], quality: float
) -> tuple[CashBook, ...]:
    """Keep the operating fund's book month by month; it spends what it can afford."""
    books: list[CashBook] = []
    for place, month in enumerate(raised):
        fees = month.money["members"]
        flows_in = {
            "contributions": fees - fees * 2 // 5,
            "grants": _grants(month) - _grants(month) * 3 // 4,
        }
        have = (books[-1].counted if books else start.cash + start.bank) + sum(flows_in.values())
        activities = min(have // 3, round(rng.uniform(60, 220) * (0.6 + quality)))
        support = rng.randrange(100, 301, 50) if rng.random() < 0.4 and have > 800 else 0
        flows_out = {"activities": activities, "support": support}
        books.append(_book(books, start, flows_in, flows_out, place, Slips()))
    return tuple(books)


def _grants(month: Raised) -> int:
    return sum(month.money[donor] for donor in DONORS)


def _book(
    books: Sequence[CashBook],
    start: Opening,
    flows_in: Mapping[str, int],
    flows_out: Mapping[str, int],
    place: int,
    slips: Slips,
) -> CashBook:
    opening = Opening(books[-1].closing_cash, books[-1].closing_bank) if books else start
    cash = opening.cash + slips.opening.get(place, 0)
    happened_in = {kind: value for kind, value in flows_in.items() if value}
    happened_out = {kind: value for kind, value in flows_out.items() if value}
    flow = sum(happened_in.values()) - sum(happened_out.values())
    counted = cash + opening.bank + flow - slips.counted.get(place, 0)
    closing_cash = min(max(counted - opening.bank, min(counted, 500)), CASH_KEPT)
    return CashBook(
        opening_cash=cash,
        opening_bank=opening.bank,
        flows_in=happened_in,
        flows_out=happened_out,
        closing_cash=closing_cash,
        closing_bank=counted - closing_cash,
    )
