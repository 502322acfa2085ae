"""Dates in running text."""

from __future__ import annotations

from datetime import date, timedelta
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
        "two weeks later",
        "the past ten days",
        "the week before",
        "99 years ago",
        "Q4 2030",
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
        ("this weekend", "2030-04-20", "2030-04-21"),
        ("a fortnight ago", "2030-04-02", "2030-04-02"),
        ("three months ago", "2030-01", "2030-01"),
        ("two years earlier.", "2028", "2028"),
        ("over the past three days", "2030-04-14", "2030-04-16"),
        ("in the next two weeks", "2030-04-17", "2030-04-30"),
        ("the previous year", "2029", "2029"),
        ("last quarter", "2030-01", "2030-03"),
        ("Q3 2029", "2029-07", "2029-09"),
        ("in the first half of 2029", "2029-01", "2029-06"),
        ("through Apr. 30", "2030-04-30", "2030-04-30"),
        ("11-13 May 2028", "2028-05-11", "2028-05-13"),
        ("mid-June", "2030-06", "2030-06"),
        ("7:30 p.m. on Apr. 10", "2030-04-10", "2030-04-10"),
    ],
)
def test_dates_count_from_the_day(text: str, start: str, end: str) -> None:
    assert [(d.start, d.end) for d in find_dates(text, DAY)] == [(start, end)]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("It opened on May 3 and closed two days later.", "2030-05-05"),
        ("It opened on May 3. The day after, it rained", "2030-05-04"),
        ("It opened on May 3, a week earlier than planned.", "2030-04-26"),
        ("It opened on May 3 to 5; the following day was quiet.", "2030-05-06"),
    ],
)
def test_later_and_earlier_count_from_the_date_before_them(text: str, start: str) -> None:
    assert find_dates(text, DAY)[-1].start == start


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from(["%B %-d, %Y", "%-d %b. %Y"])
)
def test_written_dates_round_trip(day: date, form: str) -> None:
    if day.month == 5 and "%b" in form:
        form = "%-d %b %Y"
    (found,) = find_dates(f"It opened on {day.strftime(form)}.", None)
    assert found.start == found.end == day.isoformat()


@given(st.dates(min_value=date(1900, 1, 8), max_value=date(2099, 12, 20)), st.integers(min_value=0, max_value=6))
def test_weekdays_lie_within_a_week_on_their_side(day: date, weekday: int) -> None:
    name = (date(2030, 4, 15) + timedelta(days=weekday)).strftime("%A")
    (past,), (coming,) = find_dates(f"on {name}", day), find_dates(f"on {name}", day, future=True)
    assert -6 <= (date.fromisoformat(past.start) - day).days <= 0 <= (date.fromisoformat(coming.start) - day).days <= 6


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
