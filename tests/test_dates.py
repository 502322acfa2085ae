"""Dates in running text."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.dates import find_dates

DAY = date(2030, 4, 16)  # a Tuesday
PIECES = st.sampled_from(
    [
        "Apr. 3",
        "May 30 to June 2",
        "on Friday",
        "last month",
        "2029",
        "in 2028",
        "31",
        "Feb. 29",
        "between",
        "and",
        "Dec. 30 to Jan. 2",
        "yesterday",
        "a day earlier",
        "the 9th,",
        "Monday to Friday",
        "June 21, 2031",
        "5-7 May",
        "next week",
        "11.11",
    ]
)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("on Friday", "2030-04-12", "2030-04-12"),
        ("on Tuesday", "2030-04-16", "2030-04-16"),
        ("last Tuesday", "2030-04-09", "2030-04-09"),
        ("next Friday", "2030-04-19", "2030-04-19"),
        ("yesterday", "2030-04-15", "2030-04-15"),
        ("a day earlier", "2030-04-15", "2030-04-15"),
        ("Wednesday, Apr. 17", "2030-04-17", "2030-04-17"),
        ("April 3 to 5", "2030-04-03", "2030-04-05"),
        ("Apr. 3-5", "2030-04-03", "2030-04-05"),
        ("from Apr. 3 to May 1", "2030-04-03", "2030-05-01"),
        ("between April 3 and May 14", "2030-04-03", "2030-05-14"),
        ("April 21 and 22", "2030-04-21", "2030-04-22"),
        ("Nov. 1, 2027 to Nov. 3, 2027", "2027-11-01", "2027-11-03"),
        ("3 May 2028", "2028-05-03", "2028-05-03"),
        ("2028-05-03", "2028-05-03", "2028-05-03"),
        ("this year", "2030", "2030"),
        ("last month", "2030-03", "2030-03"),
        ("in 2019", "2019", "2019"),
        ("next week", "2030-04-22", "2030-04-28"),
        ("on the 11th.", "2030-04-11", "2030-04-11"),
        ("7:30 p.m. on Apr. 10", "2030-04-10", "2030-04-10"),
    ],
)
def test_dates_count_from_the_day(text: str, start: str, end: str) -> None:
    assert [(d.start, d.end) for d in find_dates(text, DAY)] == [(start, end)]


def test_year_turns_with_the_nearest_date() -> None:
    assert [d.start for d in find_dates("Jan. 3", date(2030, 12, 28))] == ["2031-01-03"]


def test_future_weekday_lies_ahead() -> None:
    assert find_dates("on Friday", DAY, future=True)[0].start == "2030-04-19"


def test_and_joins_two_days_or_none() -> None:
    assert [d.text for d in find_dates("on Apr. 3 and May 9", DAY)] == ["Apr. 3", "May 9"]
    assert [d.text for d in find_dates("on Apr. 3 and 25 shops", DAY)] == ["Apr. 3"]


@pytest.mark.parametrize("text", ["the 11.11 sale", "the 6.18 gala", "Black Friday", "Cyber Monday", "Apr. 31"])
def test_names_and_impossible_days_are_no_dates(text: str) -> None:
    assert find_dates(text, DAY) == []


def test_without_a_day_only_whole_dates_are_found() -> None:
    found = find_dates("on Friday, Apr. 3, yesterday, June 4, 2029 and in 2027", None)
    assert [d.start for d in found] == ["2029-06-04", "2027"]


@given(st.lists(PIECES | st.text(max_size=8), max_size=8).map(" ".join), st.none() | st.dates())
def test_every_date_stands_in_the_text_and_is_valid(text: str, day: date | None) -> None:
    found = find_dates(text, day)
    assert found == find_dates(text, day)
    for mention in found:
        assert mention.text == mention.span.of(text) != ""
        assert mention.start <= mention.end and len(mention.start) == len(mention.end)
        for value in (mention.start, mention.end):
            date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
