"""Figures as read from characters alone."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numbers import find_numbers
from kg.extract.quantities import find_quantities


def rows(text: str) -> list[tuple[str, str, str]]:
    return [(q.comparator, format(q.value, "f"), q.unit) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sales came to RMB1.2 billion ($170 million).", [("=", "1200000000", "CNY"), ("=", "170000000", "USD")]),
        ("It took in more than €3.5bn.", [(">", "3500000000", "EUR")]),
        ("Revenue topped 40 million yuan.", [(">", "40000000", "CNY")]),
        ("Orders rose by nearly 45% there.", [("<", "45", "percent")]),
        ("About two-thirds of them came back.", [("~", "66.67", "percent")]),
        ("nearly half of a million meals", [("<", "500000", "count")]),
        ("A third of the shops closed.", [("=", "33.33", "percent")]),
        ("Traffic doubled and almost tripled.", [("=", "2", "times"), ("<", "3", "times")]),
        ("Twice as many parcels left.", [("=", "2", "times")]),
        ("a tenfold rise", [("=", "10", "times")]),
        ("It saved roughly 40 tonnes of paper.", [("~", "40", "t")]),
        ("using 5 million kwh", [("=", "5000000", "kWh")]),
        ("delivered within three days", [("<", "3", "d")]),
        ("a stay of two weeks", [("=", "14", "d")]),
        ("in 2 minutes and 10 seconds", [("=", "130", "s")]),
        ("between 10 and 20 percent", [(">", "10", "percent"), ("<", "20", "percent")]),
        ("The fleet has 3,400 vans.", [("=", "3400", "count")]),
        ("more than 2,000 sellers", [(">", "2000", "count")]),
        ("One in five customers paid late.", [("=", "20", "percent")]),
        ("Sales fell by a quarter.", [("=", "25", "percent")]),
        ("one-third of its sales", [("=", "33.33", "percent")]),
        ("Output rose by more than half.", [(">", "50", "percent")]),
        ("Losses were halved.", [("=", "50", "percent")]),
        ("It has 120m users, up from 95m.", [("=", "120000000", "count"), ("=", "95000000", "count")]),
        ("about 20k followers", [("~", "20000", "count")]),
        ("raised $300K", [("=", "300000", "USD")]),
        ("downloaded 5m times", [("=", "5000000", "count")]),
        ("$3 to 5 billion", [(">", "3000000000", "USD"), ("<", "5000000000", "USD")]),
        ("3-5 million parcels", [(">", "3000000", "count"), ("<", "5000000", "count")]),
        ("Rs 500 crore", [("=", "5000000000", "INR")]),
        ("2.5 lakh orders", [("=", "250000", "count")]),
        ("2 million pounds", [("=", "2000000", "GBP")]),
        ("for 25 cents", [("=", "0.25", "USD")]),
        ("up 150 basis points", [("=", "1.5", "percent")]),
        ("a 20 MW plant on 3 hectares", [("=", "20", "MW"), ("=", "3", "ha")]),
        ("It took half an hour.", [("=", "0.5", "h")]),
        ("half a million people", [("=", "500000", "count")]),
        ("within twenty working days", [("<", "20", "d")]),
        ("over a five-day weekend", [("=", "5", "d")]),
        ("two dozen shops", [("=", "24", "count")]),
        ("RMB50 off every RMB400 spent", [("=", "50", "CNY")]),
    ],
)
def test_reads_value_unit_and_comparator(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "On March 3, 2019 and from May 2 to 5 it opened.",
        "Doors open at 7:30 p.m. and close at 11pm.",
        "In 2017 the 12th annual fair returned.",
        "The 9.9 sale follows the 6.18 sale.",
        "A 34-year-old aged 34",
        "She used the Zephyr 620 robot.",
        "support around the clock, 24/7",
        "one of the shops, one that sells tea",
        "Members of Club 77VIP watch in 4K.",
        "over the past 12 years",
        "Call +86 571 8502 2077",
        "the two companies",
        "a 120m tall tower",
        "Windows 11 and PlayStation 5 sell well.",
        "The city team won 3-2 and lost 21-14.",
        "ISO 9001, Article 5 and Section 230",
        "Season 4, episode 2, stage 3, gate 12",
        "the Fortune 500 and the FTSE 100",
        "Ms. Okoro, 42, said so.",
        "people over 60",
        "the 618 festival",
        "4x4 cars, 64GB phones, 3M tape",
        "2. Open the box",
        "a ratio of 3:1",
        "Belmar beat Costa 3 – 0 and drew 1-1.",
        "in 508 BC and 776 BCE",
        "He left when she was six.",
        "How did you two meet?",
        "as shown before [3, 4], in § 6 and in 1920–21",
        "its 500 millionth parcel",
    ],
)
def test_leaves_out_figures_that_measure_nothing(text: str) -> None:
    assert rows(text) == []


def test_rates_keep_their_unit_of_time() -> None:
    (quantity,) = find_quantities("Orders peaked at 5,000 a second.")
    assert (quantity.rate, quantity.unit) == ("second", "count")


@given(st.integers(min_value=2, max_value=10**15))
def test_grouped_figures_round_trip(value: int) -> None:
    assert [n.value for n in find_numbers(f"{value:,}")] == [Decimal(value)]


@given(st.text(max_size=200))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    found = find_quantities(text)
    assert all(0 <= q.span.start <= q.core.start < q.core.end <= q.span.end <= len(text) for q in found)
    assert all(a.core.end <= b.core.start for a, b in pairwise(found))
