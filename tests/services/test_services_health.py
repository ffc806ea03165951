from __future__ import annotations

from dataclasses import replace

import pytest

from tui_news.models import Feed, FeedSettings, Visits
from tui_news.services.health import health, visits, worst_first
from tui_news.services.timing import DAY, HOUR

NOW = 1_790_000_000
WELL = Feed(1, "https://a.example/feed", "A", total=3, last_fetch=NOW - HOUR, last_success=NOW - HOUR,
            next_check=NOW + HOUR, next_why="hourly", status="ok", visits=Visits(newest=NOW - DAY))  # fmt: skip
ILL = replace(WELL, status="error", error="could not fetch it: the server says 500", failures=7, last_fetch=NOW - 60,
              visits=Visits(failing_since=NOW - 3 * DAY, newest=NOW - DAY))  # fmt: skip


def test_a_feed_that_does_what_it_should_needs_no_words():
    assert health(WELL, NOW) == health(WELL, NOW).__class__("ok")
    assert health(Feed(1, "https://a.example/", "A"), NOW).state == "new"


@pytest.mark.parametrize(
    ("feed", "state", "words"),
    [
        (ILL, "failing", "Failing for 3 days, 7 times in a row: could not fetch it: the server says 500"),
        (replace(WELL, status="gone", error="410"), "gone",
         "Gone for good, says its server (410): it is not asked any more; its stories stay."),
        (replace(WELL, visits=Visits(moved_to="https://u:secret@b.example/", moves=2, newest=NOW)), "moved",
         "Answers from https://…@b.example/ by a permanent redirect (2 of 3 before the address is changed)."),
        (replace(WELL, visits=Visits(moved_from="https://old.example/", moved_at=NOW - DAY, newest=NOW)), "moved",
         "Moved here from https://old.example/ 1d ago."),
        (replace(WELL, visits=Visits(newest=NOW - 275 * DAY)), "stale", "Nothing new for 9 months."),
        (replace(WELL, visits=Visits(newest=NOW - 800 * DAY)), "stale", "Nothing new for 2 years."),
        (replace(WELL, total=0, added=NOW - 275 * DAY, visits=Visits()), "stale", "Nothing new for 9 months."),
        (replace(WELL, visits=Visits(newest=NOW, took=8200)), "slow", "Slow: its last answer took 8 seconds."),
        (replace(WELL, settings=FeedSettings(muted=True)), "muted", "Muted: its stories are in its own list only."),
    ],
)  # fmt: skip
def test_each_trouble_has_its_sentence(feed, state, words):
    told = health(feed, NOW)
    assert told.state == state
    assert told.words == (words,)


def test_visits_say_the_last_the_next_and_why():
    assert visits(WELL, NOW) == "fetched 1h ago; next in 1h (hourly)"
    assert visits(ILL, NOW) == "fetched 1h ago, tried 1m ago; next in 1h (hourly)"
    assert visits(replace(WELL, next_check=NOW - 5), NOW) == "fetched 1h ago; next with the next refresh (hourly)"
    assert visits(replace(WELL, status="gone"), NOW).endswith("not asked any more, except by name")
    assert visits(Feed(1, "https://a.example/", "A"), NOW) == "never fetched so far; next with the next refresh"


def test_the_worst_come_first():
    stale = replace(WELL, id=3, title="S", visits=Visits(newest=NOW - 300 * DAY))
    told = worst_first((WELL, stale, replace(ILL, id=2)), NOW)
    assert [feed.id for feed, _ in told] == [2, 3, 1]
