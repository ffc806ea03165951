from __future__ import annotations

import pytest

from tui_news.services.timing import DAY, HOUR, WEEK, after_failure, conditional, next_check

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
    assert after_failure(NOW, 1, 7200) == (NOW + 7200, "the server asked us to wait (Retry-After)")
    assert after_failure(NOW, 1, 99 * DAY)[0] == NOW + DAY
    assert after_failure(NOW, 3, 60)[1] == "failed 3 times in a row"


def test_conditional_headers_are_dropped_once_a_week():
    assert conditional('"a"', "Mon", NOW - 10, NOW) == {}, "the last success was in another week"
    assert conditional('"a"', "Mon", NOW, NOW + 60) == {"If-None-Match": '"a"', "If-Modified-Since": "Mon"}
    assert conditional("", "", NOW, NOW + 60) == {}
    assert conditional('"a"', "", None, NOW) == {}
