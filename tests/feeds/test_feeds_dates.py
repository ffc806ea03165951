"""Dates: read when sane, refused when not."""

from __future__ import annotations

import calendar
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui_news.feeds import dates
from tui_news.feeds.dates import DAY, EARLIEST, LATEST, parse_date, plausible

NOON = calendar.timegm((2026, 3, 2, 12, 0, 0))


@pytest.mark.parametrize(
    "written",
    [
        "Mon, 02 Mar 2026 12:00:00 GMT",
        "Mon, 02 Mar 2026 12:00:00 +0000",
        "Mon, 02 Mar 2026 13:00:00 +0100",
        "02 Mar 2026 07:00:00 EST",
        "Mon, 2 Mar 26 12:00 UT",
        "Mon, 02 Mar 2026 13:00:00 CET",
        "Mon, 02 Mar 2026 14:00:00 CEST",
        "Mon, 02 Mar 2026 17:30:00 IST",
        "2026-03-02T12:00:00Z",
        "2026-03-02t12:00:00z",
        "2026-03-02T12:00:00.123456+00:00",
        "2026-03-02T13:00:00+01:00",
        "2026-03-02T06:30:00-0530",
        "2026-03-02 12:00",
        "2026-3-2T12:00:00",
        "2026-03-02T14:00+02",
        "  2026-03-02T12:00:00Z\n",
        "1772452800",
        "1772452800123",
    ],
)
def test_forms_of_one_moment(written: str) -> None:
    assert parse_date(written) == NOON


def test_bounds_inside_a_day() -> None:
    assert parse_date("2026-03-01T24:00:00Z") == NOON - DAY // 2
    assert parse_date("2026-03-02T11:59:60Z") == NOON - 1
    assert parse_date("2026-03-02") == NOON - DAY // 2


@pytest.mark.parametrize(
    "written",
    [
        "", "soon", None, 5, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "10000-01-01", "1" * 5000,
        "2026-13-45T00:00:00Z", "2026-02-30", "Mon, 02 Mar 2026 12:00:00 +9999", "2026-03-02T12:00:00+99:00",
        "Fri, 32 Jan 2026 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "1989-12-31", "2101-01-02", "-2026-03-02",
        "0000-00-00", "99999-01-01", "Mon, 02 Foo 2026 12:00:00 GMT",
        "20260302T12", "2026-03-02T24:61:00Z", "Mon, 02 Mar 2026 12:99:00 GMT",
    ],
)  # fmt: skip
def test_absurd_or_unreadable(written: object) -> None:
    assert parse_date(written) is None


def test_feedparsers_reading_is_the_last_resort_and_never_for_false_years() -> None:
    read = time.gmtime(NOON)
    assert parse_date("2026. március 2.", read) == NOON
    assert parse_date("10000-01-01", read) is None
    assert parse_date("2026-02-30T00:00:00Z", read) is None
    assert parse_date("", read) is None
    assert parse_date("x", (0, 1, 1, 0, 0, 0)) is None
    assert parse_date("x", "nonsense") is None
    assert parse_date("x", (2026, 1)) is None


def test_not_later_than_tomorrow() -> None:
    assert plausible(NOON, NOON - DAY) == NOON
    assert plausible(NOON, NOON - DAY - 1) is None
    assert plausible(None, NOON) is None
    assert plausible(LATEST) is None
    assert plausible(EARLIEST) == EARLIEST
    assert parse_date("2026-03-02T12:00:00Z", now=NOON - 2 * DAY) is None


@given(st.text(max_size=60) | st.from_regex(r"\d{1,5}-\d\d-\d\d[T ]\d\d:\d\d:\d\d([+-]\d\d:?\d\d|Z)?", fullmatch=True))
def test_any_text(text: str) -> None:
    found = parse_date(text)
    assert found is None or EARLIEST <= found < LATEST


NEW_YEAR = 1_704_067_200  # 2024-01-01T00:00:00Z


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("Mon, 01 Jan 2024 00:00:00 +01:00", -1), ("Mon, 01 Jan 2024 00:00:00 UTC+1", -1), ("Jan 1, 2024 5:06 PM", 17.1),
        ("Mon, 01 Jan 2024 12:00 AM GMT", 0), ("Mon Jan 01 2024 02:00:00 GMT+0200 (EET)", 0), ("1 January 2024", 0),
        ("Monday, January 1st, 2024", 0), ("20240101", 0), ("20240101T120000Z", 12), ("2024/01/01 03:00", 3),
        ("2024年1月1日 10:00", 10), ("2024년 01월 01일", 0), ("lun., 01 janv. 2024 10:00:00 +0100", 9), ("01. Jänner 2024", 0),
        ("1 de enero de 2024, 10:30", 10.5), ("lundi 1er janvier 2024", 0), ("пн, 01 янв 2024 10:00:00 +0300", 7),
        ("1. tammikuuta 2024", 0), ("1 Ocak 2024", 0), ("1 stycznia 2024", 0), ("Δευ, 01 Ιαν 2024 10:00:00 EET", 8),
        ("01 Января 2024 10:00", 10), ("1 gennaio 2024 alle 9.30", 9.5), ("1 січня 2024", 0),
    ],
)  # fmt: skip
def test_dates_in_words(written: str, hours: float) -> None:
    assert parse_date(written) == NEW_YEAR + round(hours * 3600)


@pytest.mark.parametrize(("month", "number"), [("marraskuuta", 11), ("mars", 3), ("maj", 5), ("juillet", 7), ("juin", 6),
                                               ("lipca", 7), ("července", 7), ("června", 6), ("août", 8), ("déc.", 12)])  # fmt: skip
def test_months_that_begin_alike(month: str, number: int) -> None:
    assert parse_date(f"1 {month} 2024") == calendar.timegm((2024, number, 1, 0, 0, 0))


@pytest.mark.parametrize("written", ["01/02/2024", "1 blah 2024", "99 January 2024", "January 2024", "12 out of 2024"])
def test_what_can_be_read_in_two_ways_or_none(written: str) -> None:
    assert parse_date(written) is None


def test_of_a_plain_date_nobody_looks_up_words(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(dates, "_worded", looked.append)
    assert parse_date("Mon, 02 Mar 2026 12:00:00 GMT") == 1_772_452_800
    assert not looked


DAYS = st.one_of(
    st.builds(
        lambda week, day, month, year: f"{week}{day} {month} {year}",
        st.sampled_from(["Fri, ", "", "Fri ", "Xxx, "]),
        st.integers(0, 32).map(str) | st.integers(0, 9).map("0{}".format),
        st.sampled_from(["Jan", "Feb", "Oct", "Dec", "oct"]),
        st.sampled_from(["2026", "2024", "1999", "0000", "26"]),
    ),
    st.builds(
        "{}-{:02}-{:02}".format, st.sampled_from(["2026", "2024", "0000"]), st.integers(0, 13), st.integers(0, 32)
    ),
)
CLOCKS = st.builds("{:02}:{:02}:{:02}".format, st.integers(0, 25), st.integers(0, 61), st.integers(0, 61))
ZONES = st.builds(
    lambda sign, hours, colon, minutes: f"{sign}{hours:02}{colon}{minutes:02}",
    st.sampled_from("+-"), st.integers(0, 16), st.sampled_from(["", ":"]), st.integers(0, 61),
) | st.sampled_from(["GMT", "Z", "UTC", "EST", "CET", "+0199", ""])  # fmt: skip


@given(DAYS, st.sampled_from([" ", "T"]), CLOCKS, st.sampled_from(["", " "]), ZONES)
@settings(max_examples=400)
@example("Fri, 02 Oct 2026", " ", "08:30:00", " ", "+0200")
@example("2026-10-02", "T", "23:59:60", "", "-15:00")
@example("2 Oct 2026", " ", "24:00:00", " ", "GMT")
def test_a_date_of_the_usual_form_is_what_the_long_way_makes_of_it(
    day: str, between: str, clock: str, apart: str, zone: str
) -> None:
    text = f"{day}{between}{clock}{apart}{zone}"
    with pytest.MonkeyPatch.context() as patch:
        found = dates._told(text, None)
        patch.setattr(dates, "_usual", lambda text: None)
        assert found == dates._told(text, None)
