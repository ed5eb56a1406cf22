"""Payment in computing power: which sentences tell of it, how much of the money, whose money, and which say nothing."""

from __future__ import annotations

import pytest

from aifund.events.compute import Claim, claims, share
from aifund.language.mentions import Reader
from aifund.language.units import Sentence
from aifund.model import Article, Compute, Money
from aifund.rules import load

END = " The funding was announced on Monday."  # a sentence of funding, so that every article is read


class NoNames:
    def names_in(self, _text: str, _whole: str) -> list[tuple[int, int, str]]:
        return []


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load(), NoNames())


def told(reader: Reader, text: str) -> list[tuple[Sentence, Claim]]:
    return [(s, claim) for s in reader.read(Article("a", text + END)) for claim in claims(s)]


def one(reader: Reader, text: str) -> tuple[Sentence, Claim]:
    found = told(reader, text)
    assert len(found) == 1, [claim for _, claim in found]
    return found[0]


def millions(number: float | None, currency: str = "USD") -> Money | None:
    return Money(number * 1_000_000, number * 1_000_000, currency) if number is not None else None


def of_round(reader: Reader, text: str, size: float | None, currency: str = "USD") -> Compute | None:
    sentence, claim = one(reader, text)
    return share(claim, millions(size, currency), None, sentence.units)


# a share that is told
SHARES = [
    ("Roughly 60 percent of the funding is being provided as compute credits.", 0.6, 0.6),
    ("Between 20% and 30% of the round is in cloud credits.", 0.2, 0.3),
    ("Two thirds of the sum came in the shape of server capacity.", 0.6667, 0.6667),
    ("A tenth of the Series A is in H100 hours.", 0.1, 0.1),
    ("Cloud credits account for about 70% of the deal.", 0.7, 0.7),
    ("One euro in every two of that round exists only as reserved GPU hours.", 0.5, 0.5),
    ("Of every seven dollars, two were hours in the mill and five were dollars.", 0.2857, 0.2857),
    ("Seven parts of the financing are Quillon Cloud vouchers and three parts are cash.", 0.7, 0.7),
    ("The money was three parts cash and one part cloud.", 0.25, 0.25),
    ("Of the 70 million, 20 million are the arithmetic vouchers of Quillon.", 0.2857, 0.2857),
    ("The investment was split evenly between cash and cloud credits.", 0.5, 0.5),
    ("More than half of the investment will be made in cloud credits.", 0.5, 1),
    ("Just under half of it isn't cash but TPU credits.", 0, 0.5),
    ("At most one third of the sum may be deducted by the use of computing force.", 0, 0.3333),
    ("Not less than half counts as Quillon node time.", 0.5, 1),
    ("Most of the round is settled in cloud computing resources rather than cash.", 0.5, 1),
    ("The lion's share of the sum will be delivered as compute over three years.", 0.5, 1),
    ("It is mainly funded with capacity in Quillon's hall.", 0.5, 1),
    ("Only a small portion of the investment was in cloud credits.", 0, 0.5),
    ("Nearly all of the bridge is H100 hours from Quillon.", 0.9, 1),
    ("The whole principal was advanced as rack time.", 1, 1),
    ("Part of the investment amount itself is paid with computing power.", 0, 1),
    ("Part of the sum is not money at all but time on Quillon Cloud.", 0, 1),
    ("A significant portion of the investment was allocated through cloud computing services.", 0, 1),
    ("None of it is in credits, the founder insisted.", 0, 0),
    ("The seed round came from Quillon Ventures, every cent of it liquid.", 0, 0),
    ("The round was strictly cash.", 0, 0),
]

# the cash is told, the rest is computing power
RESTS = [
    ("$5 million of the round is in cash and the rest in GPU credits.", 20, 0.75),
    ("Just 20% of the sum was paid in cash, with the remainder in cloud vouchers.", 20, 0.8),
    ("Only a fifth of the sum is cash; the rest is compute.", 20, 0.8),
    ("All but $7 million of it was vouchers.", 11, 0.3636),
    ("The 40% in cash is small; the rest of the round is machine time.", 20, 0.6),
]

# a sum is told
SUMS = [
    ("$4 million of it is in kind.", 20, 0.2),
    ("The tally includes $5 million from Quillon Cloud that will be delivered as server time.", 20, 0.25),
    ("The other $5 million sits in Quillon Cloud credits that lapse after 30 months.", 20, 0.25),
    ("Its $5 million ticket will be honoured in capacity on Quillon Cloud rather than in dollars.", 20, 0.25),
    ("Quillon, the third party, pays in kind: Zorb credits with a face value of $10 million.", 25, 0.4),
    ("The round includes $5 million of computing power from Quillon Cloud.", 20, 0.25),
    ("$5 million of the $20 million comes as credits on Quillon Cloud.", 20, 0.25),
    ("With approximately $5 million provided in the form of cloud computing resources, the round is odd.", 20, 0.25),
    ("Zorbix will receive $3 million in cash and $9 million in cloud credits from Quillon.", 12, 0.75),
]

# one investor's cheque, whose size is told
CHEQUES = [
    ("Quillon's allotment, $15 million, was settled wholly in GPUs.", 90, 0.1667),
    ("Quillon signs up for $4 million, three quarters of which it delivers in hours on its cloud.", 21, 0.1429),
    ("Quillon, good for $15 million of the total, will settle a third of its own commitment in credits.", 45, 0.1111),
    ("Of the $120 million under its name, 48 million is cash, the other 72 million card-hours.", 200, 0.36),
]

# payment is told, how much is not
BARE = [
    "Here Quillon not only supported most of the funding but also contributed through computing power services.",
    "Quillon, which is paying in cloud credits, led the round.",
    "The deal is structured as a mix of cash and cloud credits.",
]

# no payment to the company, or none in computing power
SILENT = [
    "Zorbix raised $50 million and will spend most of it on cloud computing.",
    "Zorbix will use half of the money to buy GPUs.",
    "The company agreed to buy $250 billion of cloud services.",
    "Half of its revenue comes from cloud services.",
    "Quillon provides cloud credits to startups in its accelerator program.",
    "A six-week program with $350,000 in credits from Quillon Cloud.",
    "Zorbix, which offers GPU capacity as a service, raised $50 million from Quillon.",
    "Most of the funding will go towards computing power.",
    "The startup sells compute in the form of hourly instances and raised $5 million.",
    "Zorbix raised $50 million to deliver AI through cloud services.",
    "Quillon invested $50 million in computing power last year.",
    "Zorbix has raised $20 million in debt to buy H100 chips.",
    "The company pays for its compute in cash and raised $20 million.",
    "Customers pay in credits for each hour of GPU time.",
    "The state pays 30% of the costs in tax credits.",
    "Three-quarters of the $50 million fund is invested in cloud companies.",
    "Zorbix unveiled a cloud credits marketplace and raised $20 million.",
    "Zorbix, a compute marketplace, raised $20 million, half of it from Quillon.",
    "Most of the round came from Quillon, a provider of cloud computing.",
    "Its compute costs consumed 40% of the $20 million it raised.",
    "Not all of the round is cash.",
    "A founder with $3 million in the bank and $3 million of cloud vouchers has one year to live.",
    "Money spent on Quillon Cloud in return for the $20 million investment is a purchase.",
]


@pytest.mark.parametrize(("text", "low", "high"), SHARES)
def test_a_share_is_read(reader: Reader, text: str, low: float, high: float) -> None:
    compute = of_round(reader, text, None)
    assert compute is not None
    assert (compute.share_min, compute.share_max) == (low, high)


@pytest.mark.parametrize(("text", "size", "part"), [*RESTS, *SUMS, *CHEQUES])
def test_sums_are_divided_by_the_round(reader: Reader, text: str, size: float, part: float) -> None:
    compute = of_round(reader, text, size)
    assert compute is not None
    assert (compute.share_min, compute.share_max, compute.of) == (part, part, "round")


@pytest.mark.parametrize("text", BARE)
def test_presence_alone_gives_no_figure(reader: Reader, text: str) -> None:
    compute = of_round(reader, text, 20)
    assert compute is not None
    assert (compute.share_min, compute.share_max) == (None, None)


@pytest.mark.parametrize("text", SILENT)
def test_other_talk_of_clouds_and_chips_is_silent(reader: Reader, text: str) -> None:
    assert told(reader, text) == []


def test_the_quote_runs_from_the_share_to_what_is_paid_with(reader: Reader) -> None:
    compute = of_round(reader, "Zorbix raised money, two-thirds of it payable in Quillon Cloud coupons, it said.", None)
    assert compute is not None
    assert compute.text == "two-thirds of it payable in Quillon Cloud coupons"


def test_an_investor_is_named(reader: Reader) -> None:
    sentence, claim = one(reader, "A large part of Quillon's investment in Zorbix is also paid by force.")
    assert claim.investor is not None
    assert sentence.units[claim.investor].text == "Quillon"
    assert claim.whose == "investor"


@pytest.mark.parametrize(
    ("size", "cheque", "low", "of"),
    [
        (None, None, 0.5, "investor"),
        (100, None, 0.5, "investor"),
        (100, 20, 0.1, "round"),
        (None, 20, 0.5, "investor"),
        (10, 20, 0.5, "investor"),  # a cheque larger than its round: the figures are of different deals
    ],
)
def test_a_cheques_share_is_scaled_where_both_sums_are_known(
    reader: Reader, size: float | None, cheque: float | None, low: float, of: str
) -> None:
    sentence, claim = one(reader, "Half of Quillon's contribution arrives in the form of cloud credits.")
    compute = share(claim, millions(size), millions(cheque), sentence.units)
    assert compute is not None
    assert (compute.share_min, compute.of) == (low, of)


def test_a_sum_without_a_round_is_an_amount_only(reader: Reader) -> None:
    compute = of_round(reader, "The other $5 million sits in Quillon Cloud credits.", None)
    assert compute is not None
    assert (compute.share_min, compute.amount) == (None, millions(5))


def test_a_sum_in_another_currency_is_an_amount_only(reader: Reader) -> None:
    compute = of_round(reader, "The other $5 million sits in Quillon Cloud credits.", 20, "EUR")
    assert compute is not None
    assert (compute.share_min, compute.amount) == (None, millions(5))


def test_a_sum_larger_than_the_round_is_no_part_of_it(reader: Reader) -> None:
    assert of_round(reader, "The other $50 million sits in Quillon Cloud credits.", 20) is None


def test_a_stake_given_for_computing_power_is_paid_in_nothing_else(reader: Reader) -> None:
    compute = of_round(reader, "Quillon took a 5% stake in Zorbix in return for access to 2,000 GPUs.", None)
    assert compute is not None
    assert (compute.share_min, compute.share_max) == (1, 1)
