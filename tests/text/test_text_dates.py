from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.text.dates import ago, ago_words, day, iso, parse_iso

NOW = 1_634_900_000
DAY = 86_400


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-5000, "now"), (0, "now"), (59, "now"), (60, "1m"), (3599, "59m"), (3600, "1h"), (DAY - 1, "23h"), (DAY, "1d"), (6 * DAY, "6d"),
        (7 * DAY, "1w"), (35 * DAY, "5w"), (60 * DAY, "2mo"), (100 * DAY, "3mo"), (364 * DAY, "12mo"), (365 * DAY, "1y"), (800 * DAY, "2y"),
    ],
)  # fmt: skip
def test_ago(seconds, shown):
    assert ago(NOW - seconds, NOW) == shown


def test_days_and_iso():
    assert day(NOW) == "Fri 22 Oct 2021"
    assert day(1_634_943_600, timezone(timedelta(hours=2))) == "Sat 23 Oct 2021"
    assert day(NOW, None).startswith(("Thu", "Fri"))
    assert iso(0) == "1970-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01-02", DAY), ("1970-01-01T00:00:10Z", 10), ("1970-01-01 00:00:10", 10), ("1970-01-01T01:00+01:00", 0),
        ("1970-01-01T00:00:00.999-0030", 1800), ("19700101T000010Z", 10), ("1970-02", 31 * DAY), ("1970-01-01T24:00:00", DAY),
        ("1970-01-01T00:00:60Z", 59), (" 1970-01-01T00:00:01 UTC ", 1), ("0001-01-01T00:00:00+14:00", -62_135_647_200),
        ("1970-01-01T01:00+01", 0),
    ],
)  # fmt: skip
def test_iso_dates(text, seconds):
    assert parse_iso(text) == seconds


@pytest.mark.parametrize(
    "text",
    ["", "x", "1970", "197001", "1970-13-01", "1970-02-30", "0000-01-01", "1970-01-01T25:00", "10000-01-01", "1970-01T10:00",
     "1970-01-01T00:00:00+99:00", "1970-01-01" + " " * 100, "１９７０-01-01"],
)  # fmt: skip
def test_no_dates(text):
    assert parse_iso(text) is None


@given(st.integers(), st.integers())
def test_any_number_is_shown(then, now):
    assert ago(then, now)
    assert len(day(then)) >= 11
    assert parse_iso(iso(then)) is not None


@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)))
def test_there_and_back(moment):
    seconds = int((moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1) // 1)
    assert parse_iso(iso(seconds)) == seconds


@given(st.text(max_size=40))
def test_any_text_is_no_error(text):
    assert parse_iso(text) is None or isinstance(parse_iso(text), int)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "just now"), (60, "1 minute ago"), (7200, "2 hours ago"), (3 * 86_400, "3 days ago"),
        (14 * 86_400, "2 weeks ago"), (95 * 86_400, "3 months ago"), (400 * 86_400, "1 year ago"),
    ],
)  # fmt: skip
def test_ages_in_words(seconds: int, words: str) -> None:
    assert ago_words(1_000_000_000, 1_000_000_000 + seconds) == words
