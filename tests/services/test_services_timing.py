from __future__ import annotations

import pytest

from tui_news.services.timing import DAY, HOUR, WEEK, after_failure, after_redirect, conditional, next_check

NOW = 10 * WEEK + 5


@pytest.mark.parametrize(
    ("ttl", "headers", "wait", "word"),
    [
        (None, {}, HOUR, "hourly"),
        (60, {}, HOUR, "hourly"),
        (3 * HOUR, {}, 3 * HOUR, "ttl"),
        (None, {"cache-control": "public, MAX-AGE = 7200"}, 7200, "max-age"),
        (4 * HOUR, {"cache-control": "max-age=7200"}, 4 * HOUR, "ttl"),
        (90 * DAY, {}, DAY, "ttl"),
        (None, {"cache-control": "max-age=nonsense"}, HOUR, "hourly"),
        (None, {"cache-control": "max-age=1000000000000"}, DAY, "a day is the most"),
        (None, {"expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, DAY, "Expires"),
        (None, {"expires": "0"}, HOUR, "hourly"),
        (-300, {}, HOUR, "hourly"),
    ],
)
def test_the_longest_wish_wins_between_an_hour_and_a_day(ttl, headers, wait, word):
    when, why = next_check(NOW, ttl, headers)
    assert when - NOW == wait
    assert word in why


@pytest.mark.parametrize(
    ("failures", "wait"), [(0, HOUR), (1, HOUR), (2, 2 * HOUR), (5, 16 * HOUR), (9, DAY), (999, DAY)]
)
def test_back_off_doubles_to_a_day_and_never_further(failures, wait):
    assert after_failure(NOW, failures, None)[0] - NOW == wait


def test_retry_after_is_honoured_and_clamped():
    assert after_failure(NOW, 1, 7200) == (NOW + 7200, "its server asked us to wait (Retry-After)")
    assert after_failure(NOW, 1, 99 * DAY)[0] == NOW + DAY
    assert after_failure(NOW, 3, 60)[1] == "failed 3 times in a row, so it waits longer"


def test_the_readers_own_interval_comes_before_what_the_feed_would_like():
    assert next_check(NOW, 5 * HOUR, {}, 15) == (NOW + 900, "as you set it: every 15 minutes")
    assert next_check(NOW, None, {"cache-control": "max-age=9"}, 2880)[0] == NOW + 2 * DAY
    assert next_check(NOW, None, {}, 1)[0] == NOW + 600, "not more than every ten minutes"


def test_an_address_is_believed_after_three_permanent_redirects_in_a_row():
    here, there = "https://a.example/new", "https://b.example/new"
    assert after_redirect("", 0, here) == (here, 1, None)
    assert after_redirect(here, 1, here) == (here, 2, None)
    assert after_redirect(here, 2, here) == (here, 3, here)
    assert after_redirect(here, 2, there) == (there, 1, None)
    assert after_redirect(here, 2, None) == ("", 0, None)


def test_conditional_headers_are_dropped_once_a_week():
    assert conditional('"a"', "Mon", NOW - 10, NOW) == {}, "the last success was in another week"
    assert conditional('"a"', "Mon", NOW, NOW + 60) == {"If-None-Match": '"a"', "If-Modified-Since": "Mon"}
    assert conditional("", "", NOW, NOW + 60) == {}
    assert conditional('"a"', "", None, NOW) == {}
