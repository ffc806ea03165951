"""From a reference to a thread: the routes in order, and what to make of silence."""

from __future__ import annotations

import pytest

from comments.commentsfakes import Web, rest_item, rest_page, run, said
from tui_news.comments.render import time_of
from tui_news.comments.sources import fetch_thread, find_ref
from tui_news.comments.sources.page import decoded, html_tree, xml_tree
from tui_news.models import FetchError, ParsedEntry, ThreadError, ThreadRef

SITE = "https://site.example/"
STORY = f"{SITE}story/"
ENTRY = ParsedEntry(f"{SITE}?p=7", STORY, "A story", comment_count=2)
REF = find_ref(ENTRY, SITE, "")
REST, ATOM, RSS, PAGE = (route.url for route in REF.routes)
EMPTY_RSS = b"<rss><channel></channel></rss>"
ONE_RSS = b"<rss><channel><item><guid>x#comment-1</guid><description>Hi</description></item></channel></rss>"
COUNTED_NONE = rest_page([], 0)


async def get(pages, known=(), prefer="", ref=REF):
    web = Web(pages)
    return await fetch_thread(ref, web.fetch, run, known, prefer), web


async def test_the_best_route_is_enough():
    fetched, web = await get({f"{REST}&page=1": rest_page([rest_item(1)], 1)})
    assert (fetched.route, len(web.asked)) == ("rest", 1)


@pytest.mark.parametrize("refusal", [401, 403, 404, b"<html>Blocked</html>"])
async def test_a_refused_route_gives_way_to_the_next(refusal):
    fetched, web = await get({f"{REST}&page=1": refusal, ATOM: 403, RSS: ONE_RSS})
    assert fetched.route == "rss"
    assert web.asked == [f"{REST}&page=1", ATOM, RSS]


async def test_the_route_that_worked_last_goes_first():
    fetched, web = await get({RSS: ONE_RSS}, [said("1"), said("2")], prefer="rss")
    assert (fetched.route, web.asked) == ("rss", [RSS])


async def test_a_lesser_route_that_brings_too_few_sends_for_the_best_one():
    best = rest_page([rest_item(1), rest_item(2)], 2)
    fetched, web = await get({RSS: ONE_RSS, f"{REST}&page=1": best}, prefer="rss")
    assert (fetched.route, len(fetched.comments), web.asked) == ("rest", 2, [RSS, f"{REST}&page=1"])
    for answer in (401, COUNTED_NONE):
        fetched, web = await get({RSS: ONE_RSS, f"{REST}&page=1": answer}, prefer="rss")
        assert (fetched.route, len(fetched.comments), len(web.asked)) == ("rss", 1, 2)


async def test_words_behind_a_password_are_nobodys():
    form = '&lt;form class="post-password-form"&gt;Password&lt;/form&gt;'
    locked = f"<rss><channel><item><guid>x#comment-1</guid><description>{form}</description></item></channel></rss>"
    web = Web({f"{REST}&page=1": 401, ATOM: locked.encode(), RSS: ONE_RSS})
    with pytest.raises(ThreadError) as caught:
        await fetch_thread(REF, web.fetch, run)
    assert (caught.value.why, web.asked) == ("the story asks for a password", [f"{REST}&page=1", ATOM])


async def test_nothing_where_comments_are_due_gives_way_to_the_next():
    fetched, _ = await get({f"{REST}&page=1": COUNTED_NONE, ATOM: EMPTY_RSS, RSS: ONE_RSS})
    assert fetched.route == "rss"


async def test_nothing_is_believed_when_none_are_due():
    ref = find_ref(ParsedEntry(f"{SITE}?p=7", STORY, "A story", comment_count=0), SITE, "")
    fetched, web = await get({f"{REST}&page=1": COUNTED_NONE}, ref=ref)
    assert (fetched.comments, fetched.coverage, len(web.asked)) == ((), "complete", 1)


async def test_a_counted_nothing_without_comments_held_is_believed():
    fetched, _ = await get({f"{REST}&page=1": COUNTED_NONE})
    assert (fetched.coverage, fetched.total) == ("complete", 0)


async def test_a_counted_nothing_with_comments_held_needs_a_second_voice():
    held = [said("1")]
    fetched, _ = await get({f"{REST}&page=1": COUNTED_NONE}, held)
    assert (fetched.coverage, len(fetched.warnings)) == ("partial", 1)
    fetched, _ = await get({f"{REST}&page=1": COUNTED_NONE, ATOM: EMPTY_RSS}, held)
    assert fetched.coverage == "complete"


async def test_silence_on_the_poorer_routes_is_only_a_warning():
    fetched, _ = await get({f"{REST}&page=1": 401, ATOM: EMPTY_RSS})
    assert (fetched.comments, fetched.coverage, len(fetched.warnings)) == ((), "partial", 1)


async def test_when_every_route_fails_the_first_ones_error_is_told():
    with pytest.raises(FetchError) as caught:
        await get({f"{REST}&page=1": 401})
    assert caught.value.status == 401


def refused(kind, **fields):
    return FetchError(kind, "It was not fetched", "so", **fields)


@pytest.mark.parametrize(
    "error",
    [refused("offline"), refused("timeout"), refused("tls"), refused("status", status=429),
     refused("status", status=503, retry_after=60), ThreadError("limited", "Asked too often")],
)  # fmt: skip
async def test_no_other_route_is_tried_when_none_can_help(error):
    web = Web({f"{REST}&page=1": error, ATOM: EMPTY_RSS})
    with pytest.raises(type(error)):
        await fetch_thread(REF, web.fetch, run)
    assert len(web.asked) == 1


async def test_a_reference_of_an_unknown_source_or_without_routes():
    for ref in (ThreadRef("elsewhere", "k", (), "p"), ThreadRef("wordpress", "k", (), "p")):
        with pytest.raises(ThreadError):
            await fetch_thread(ref, Web({}).fetch, run)


@pytest.mark.parametrize(
    ("value", "assume", "seconds"),
    [
        ("2026-03-02T09:03:40", True, 1772442220),
        ("2026-03-02T09:03:40", False, None),
        ("2026-03-02T10:03:40+01:00", False, 1772442220),
        ("Mon, 02 Mar 2026 09:03:40 +0000", False, 1772442220),
        ("Mon, 02 Mar 2026 09:03:40 -0000", False, 1772442220),
        ("Mon, 02 Mar 2026 09:03:40", False, None),
        ("1772442220", False, 1772442220),
        (1772442220123, False, 1772442220),
        ("1772442220123", False, 1772442220),
        (1772442220, False, 1772442220),
        (True, False, None),
        (-5, False, None),
        (1e300, False, None),
        ("9999-12-31T23:59:59-12:00", False, None),
        ("0001-01-01T00:00:00+14:00", False, None),
        ("Mon, 99 Foo 2026", False, None),
        ("soon", False, None),
        ("x" * 99, False, None),
        (None, True, None),
    ],
)
def test_dates_are_read_or_unknown(value, assume, seconds):
    assert time_of(value, assume) == seconds


def test_bytes_become_text():
    assert decoded("å".encode()) == "å"
    assert decoded(b"\xe5") == "å"
    assert decoded("я".encode("cp1251"), "windows-1251") == "я"
    assert decoded(b"<meta charset=koi8-r>\xd1").endswith("я")
    assert decoded(b"\xe5", "no-such-thing") == "å"
    assert decoded("\ufeffå".encode("utf-16")).endswith("å")
    assert decoded(b"<meta charset=utf-8>\xe5").endswith("å")


def test_trees_of_nothing_are_none():
    assert html_tree("") is None
    assert html_tree(b"<!-- -->") is None
    assert xml_tree(b"") is None
    assert html_tree("<p>\x00\x1b\ud800x").text_content() == "x"


def test_entities_of_a_feed_are_not_expanded():
    bomb = (
        b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]><r>&b;&f;x</r>'
    )
    root = xml_tree(bomb)
    assert "aaaa" not in "".join(root.itertext())
