"""What a fetch means for the stories held: nothing lost, nothing twice, nothing read brought back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news import __version__
from tui_news.feeds.dates import plausible
from tui_news.feeds.decide import Decision, decide, digested
from tui_news.feeds.identity import canonical, identity
from tui_news.models import Enclosure, Entry, Known, Link, ParsedEntry, ParsedFeed, ThreadRef

NOW = 1_772_452_800
HOUR = 3600


class Shelf:
    """What a library would hold of one feed: it stores what is decided and keeps everything else."""

    def __init__(self) -> None:
        self.known: dict[int, Known] = {}
        self.now = NOW

    def fetch(self, *entries: ParsedEntry, **kwargs: Any) -> Decision:
        feed = ParsedFeed("Ferry News", kwargs.pop("site", "https://example.org/"), entries)
        decision = decide(list(self.known.values()), feed, now=self.now, **kwargs)
        for entry in decision.new:
            story = len(self.known) + 1
            self.known[story] = _known(story, entry, self.now)
        for story, entry in decision.changed:
            self.known[story] = replace(_known(story, entry, self.known[story].first_seen), read=self.known[story].read)
        assert len({held.identity for held in self.known.values()}) == len(self.known)
        self.now += HOUR
        return decision

    def read_all(self) -> None:
        self.known = {story: replace(held, read=True) for story, held in self.known.items()}

    @property
    def unread(self) -> list[str]:
        return [held.title for held in self.known.values() if not held.read]


def _known(story: int, entry: Entry, seen: int) -> Known:
    return Known(
        story,
        entry.identity,
        entry.guid,
        entry.url,
        entry.title,
        entry.published,
        entry.sort,
        entry.content_hash,
        False,
        seen,
    )


def story(name: str, **kwargs: Any) -> ParsedEntry:
    fields: dict[str, Any] = {
        "id": f"guid-{name}", "link": f"https://example.org/{name}", "title": f"Title {name}",
        "published": NOW - HOUR - sum(name.encode()), "content": f"<p>{name}</p>",
    }  # fmt: skip
    return ParsedEntry(**{**fields, **kwargs})


A, B, C = story("a"), story("b"), story("c")

# What the feed had, what it has now, and what that should mean: titles that are new, how many change, how many stay.
CASES: dict[str, tuple[tuple[ParsedEntry, ...], tuple[ParsedEntry, ...], list[str], int, int]] = {
    "the same again": ((A, B), (A, B), [], 0, 2),
    "another order": ((A, B, C), (C, A, B), [], 0, 3),
    "one more": ((A,), (B, A), ["Title b"], 0, 1),
    "fewer": ((A, B), (B,), [], 0, 1),
    "none": ((A, B), (), [], 0, 0),
    "a new title": ((A,), (replace(A, title="Better"),), [], 1, 0),
    "a new body": ((A,), (replace(A, content="<p>More</p>"),), [], 1, 0),
    "spaces in the body": ((A,), (replace(A, content="<p>a</p>\n \n"),), [], 0, 1),
    "a new author": ((A,), (replace(A, author="Ann"),), [], 1, 0),
    "an enclosure": ((A,), (replace(A, enclosures=(Enclosure("https://example.org/a.mp3"),)),), [], 1, 0),
    "another count of comments": ((A,), (replace(A, comment_count=3),), [], 1, 0),
    "another date": ((A,), (replace(A, published=NOW - 5, updated=NOW),), [], 0, 1),
    "tracking in the link": ((A,), (replace(A, link=A.link + "?utm_source=rss"),), [], 0, 1),
    "https now": ((A,), (replace(A, link="http://EXAMPLE.org/a"),), [], 0, 1),
    "other guids": ((A, B), (replace(A, id="x1"), replace(B, id="x2")), [], 2, 0),
    "guids gone": ((A,), (replace(A, id=""),), [], 1, 0),
    "other guids and titles": ((A,), (replace(A, id="x", title="Better"),), [], 1, 0),
    "other guids and links": ((A,), (replace(A, id="x", link="https://new.example/a"),), [], 1, 0),
    "another feed's story of that name": (
        (replace(A, link="https://example.org/s?one=1"),), (replace(A, id="x", link="https://example.org/s?two=1"),), ["Title a"], 0, 0,
    ),
    "another feed, another folder": ((A,), (replace(A, id="x", link="https://example.org/news/77"),), ["Title a"], 0, 0),
    "moved, guids and links new": (
        (replace(A, link="http://example.org/2026/a.html"),), (replace(A, id="x", link="https://blog.example.org/posts/a/?utm_source=x"),),
        [], 1, 0,
    ),
    "addresses named after their titles now": (
        (replace(A, link="https://example.org/?p=7"),), (replace(A, id="x", link="https://example.org/2026/title-a"),), [], 1, 0,
    ),
    "moved, the guid's number stays": (
        (replace(A, id="https://example.org/?p=7"),), (replace(A, id="https://new.example/?p=7", link="https://new.example/q"),), [], 1, 0,
    ),
    "moved, no pages of their own": (
        (replace(A, link="https://example.org/"),), (replace(A, id="x", link="https://new.example/9"),), [], 1, 0,
    ),
    "other guids and links, undated": (
        (replace(A, published=None),), (replace(A, id="x", link="https://new.example/a", published=None),), ["Title a"], 0, 0,
    ),
    "other guid, same link, another story": ((A,), (replace(A, id="x", title="Other", published=NOW - 9),), ["Other"], 0, 0),
    "a guid used again for another story": ((A,), (story("b", id="guid-a"),), ["Title b"], 0, 0),
    "a guid used again, same title": ((A,), (replace(A, link="https://example.org/z", published=NOW),), [], 1, 0),
    "the old one is still there": ((A,), (A, replace(A, id="x")), ["Title a"], 0, 1),
    "all link to the front page": (
        (replace(A, link="https://example.org/"),), (replace(A, link="https://example.org/", id="x", title="n"),), ["n"], 0, 0,
    ),
    "two share a link": (
        (A,), (replace(A, id="x"), replace(A, id="y", title="z")), ["z"], 1, 0,
    ),
    "title and date shared": (
        (A, replace(A, id="o", link="https://example.org/o")),
        (replace(A, id="x", link="https://n.example/1"), replace(A, id="y", link="https://n.example/2")),
        ["Title a", "Title a"], 0, 0,
    ),
    "one guid for all": (
        (story("a", id="1"), story("b", id="1")), (story("c", id="1"), story("a", id="1"), story("b", id="1")), ["Title c"], 0, 2,
    ),
    "twice the same": ((A, A), (A, A, A), [], 0, 1),
    "a repeated guid comes alone": ((story("a", id="1"), story("b", id="1")), (story("b", id="1"),), [], 0, 1),
    "no guid": ((replace(A, id=""),), (replace(A, id=""),), [], 0, 1),
    "no guid, no link": ((replace(A, id="", link=""),), (replace(A, id="", link=""),), [], 0, 1),
    "nothing but a body": (
        (ParsedEntry("", "", "", content="x"),), (ParsedEntry("", "", "", content="x"), ParsedEntry("", "", "", summary="y")), [""], 0, 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_second_fetch(case: str) -> None:
    before, after, new, changed, same = CASES[case]
    shelf = Shelf()
    shelf.fetch(*before)
    held = dict(shelf.known)
    shelf.read_all()
    decision = shelf.fetch(*after)
    assert [entry.title for entry in decision.new] == new
    assert (len(decision.changed), decision.same) == (changed, same)
    assert set(held) <= set(shelf.known)
    assert all(shelf.known[at].sort == held[at].sort for at in held)
    assert shelf.unread == new
    again = shelf.fetch(*after)
    assert (again.new, again.changed) == ((), ())


def test_where_stories_sort() -> None:
    shelf = Shelf()
    undated, future, soon = (
        story("u", published=None),
        story("f", published=NOW + 90_000),
        story("s", published=NOW + HOUR),
    )
    new = shelf.fetch(A, undated, future, soon).new
    assert [entry.sort for entry in new] == [A.published, NOW - 1, NOW - 2, NOW]
    assert [entry.published for entry in new] == [A.published, None, None, NOW + HOUR]
    dated = shelf.fetch(replace(undated, published=NOW - 50, title="Now dated")).changed[0][1]
    assert (dated.sort, dated.published) == (NOW - 1, NOW - 50)
    assert shelf.fetch(replace(undated, published=None, title="Again")).changed[0][1].published == NOW - 50


def test_what_a_story_carries() -> None:
    ref = ThreadRef("wordpress", "https://example.org/|102", (), "https://example.org/a")
    asked: list[tuple[str, str, str]] = []

    def find_ref(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
        asked.append((entry.title, feed_link, link_header))
        return ref

    entry = replace(
        A, content="", summary="short", comments="https://example.org/a#c", tags=("x",), language="nb", updated=NOW
    )
    made = Shelf().fetch(
        entry, site="", feed_url="https://f.example/", link_header="<x>", find_ref=find_ref,
        is_teaser=lambda html, parsed: html == "short" and not parsed.content,
    ).new[0]  # fmt: skip
    assert asked == [("Title a", "https://f.example/", "<x>")]
    assert (made.thread, made.teaser, made.html, made.comments_url) == (ref, True, "short", "https://example.org/a#c")
    assert (made.guid, made.url, made.tags, made.lang, made.updated) == (
        "guid-a",
        "https://example.org/a",
        ("x",),
        "nb",
        NOW,
    )


def test_a_thread_found_later_is_a_change_and_a_failing_search_is_not_fatal() -> None:
    shelf = Shelf()

    def fail(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
        raise ValueError("bad port")

    decision = shelf.fetch(A, find_ref=fail)
    assert decision.new[0].thread is None
    assert "no thread could be found" in decision.warnings[0]
    assert "ValueError" in decision.warnings[0]
    ref = ThreadRef("hackernews", "hn|1", (), "https://news.ycombinator.com/item?id=1")
    before = decision.new[0].content_hash
    changed = shelf.fetch(A, find_ref=lambda *_: ref).changed[0][1]
    assert changed.thread == ref
    assert changed.content_hash.split("-")[0] == before.split("-")[0]
    assert changed.content_hash != before


def test_repeats_are_told() -> None:
    assert Shelf().fetch(A, A, A).warnings == ("2 entries repeat others and were left out",)


def test_of_two_revisions_the_later_is_kept() -> None:
    newer = replace(A, title="Title a", content="<p>new</p>", updated=NOW)
    assert Shelf().fetch(replace(A, updated=NOW - 9), newer).new[0].html == "<p>new</p>"


def test_a_key_made_longer_cannot_meet_another() -> None:
    shelf = Shelf()
    shelf.fetch(A)
    other = story("b", id="guid-a")
    clash = story("q", id=f"guid-a|{canonical(other.link)}")
    assert len(shelf.fetch(other, clash).new) == 1


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (A, "g:guid-a"),
        (replace(A, id=""), "u:https://example.org/a"),
        (
            replace(A, id="", link="http://Example.org:8080/x?utm_medium=rss&id=3#part"),
            "u:http://example.org:8080/x?id=3#part",
        ),
        (replace(A, id="", link="builtin:edition/a"), "u:builtin:edition/a"),
        (replace(A, id="", link="http://[bad"), "u:http://[bad"),
    ],
)
def test_keys(entry: ParsedEntry, key: str) -> None:
    assert identity(entry) == key


def test_long_keys_are_hashed() -> None:
    one, two = identity(replace(A, id="x" * 5000)), identity(replace(A, id="x" * 5001))
    assert one != two
    assert len(one) < 50
    assert one.startswith("g:#")


ENTRIES = st.builds(
    ParsedEntry,
    id=st.sampled_from(["", "1", "2", "3"]),
    link=st.sampled_from(["", "https://example.org/", "https://example.org/1", "https://example.org/2"]),
    title=st.sampled_from(["", "One", "Two"]),
    published=st.sampled_from([None, NOW - 100, NOW - 50, NOW + 10**6]),
    content=st.sampled_from(["", "<p>x</p>"]),
)


@given(st.lists(st.lists(ENTRIES, max_size=5), max_size=5))
@settings(max_examples=200, deadline=None)
def test_any_sequence_of_fetches(fetches: list[list[ParsedEntry]]) -> None:
    shelf = Shelf()
    for entries in fetches:
        before = dict(shelf.known)
        decision = shelf.fetch(*entries)
        assert set(before) <= set(shelf.known)
        assert len({at for at, _ in decision.changed}) == len(decision.changed)
        assert all(entry.sort <= shelf.now for entry in decision.new)
        assert len(decision.new) + len(decision.changed) + decision.same <= len(entries)
        titles = {(held.title, held.url) for held in shelf.known.values()}
        shown = [entry for entry in entries if (entry.title, entry.link) in titles]
        assert len(shown) >= len(decision.new)
        again = shelf.fetch(*entries)
        assert again.new == ()
        assert again.changed == ()


def test_what_is_made_from_the_same_is_not_made_again() -> None:
    asked: list[str] = []

    def find(entry: ParsedEntry, link: str, header: str) -> None:
        asked.append(entry.id)

    shelf = Shelf()
    shelf.fetch(A, B, find_ref=find)
    again = shelf.fetch(A, replace(B, content="<p>more</p>"), C, find_ref=find)
    assert asked == [A.id, B.id, B.id, C.id]
    assert (len(again.new), len(again.changed), again.same) == (1, 1, 1)
    shelf.fetch(A, find_ref=find, link_header="<https://example.org/wp-json/>")  # it may tell of threads
    assert asked[4:] == [A.id]


TEXTS = st.text(alphabet="ab <>'\"\\\n\x1f\xe9\u2019\ud800", max_size=8)
LINKS = st.lists(st.builds(Link, TEXTS, TEXTS, TEXTS, TEXTS, st.none() | st.integers()), max_size=2).map(tuple)
FILES = st.lists(st.builds(Enclosure, TEXTS, TEXTS, st.none() | st.integers()), max_size=2).map(tuple)
TIMES = st.none() | st.integers()
ANY_ENTRY = st.builds(
    ParsedEntry, TEXTS, TEXTS, TEXTS, TEXTS, TIMES, TIMES, TEXTS, TEXTS, TEXTS, TEXTS, TIMES, LINKS, FILES,
    st.lists(TEXTS, max_size=2).map(tuple), st.none() | TEXTS,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(ANY_ENTRY, TEXTS, st.booleans())
def test_what_libraries_keep_of_a_story_is_reckoned_as_ever(one: ParsedEntry, words: str, long: bool) -> None:
    """Else every story held would look edited after an update of the program."""
    one = replace(one, content=f"{one.content} {words} word " * 40) if long else one
    made = digested(ParsedFeed("F", "https://f.example/", (one,), generator="G"), link_header="<h>", now=NOW)
    one = replace(one, published=plausible(one.published, NOW))
    assert made.sources == (_source_at_length(one),)
    assert made.made[0] is not None
    assert made.made[0].content_hash == f"{_hash_at_length(one)}-{made.sources[0]}"


def _source_at_length(one: ParsedEntry) -> str:
    texts = [text.encode("utf-8", "surrogatepass") for text in (one.summary, one.content)]
    rest = [one.id, one.link, one.title, one.author, one.published, one.updated, one.comments, one.comment_feed,
            one.comment_count, one.links, one.enclosures, one.tags, one.language]  # fmt: skip
    told = repr(([len(text) for text in texts], rest)).encode("utf-8", "surrogatepass")
    around = repr((__version__, "https://f.example/", "<h>", "G", True)).encode()
    return hashlib.sha256(around + told + b"".join(texts)).hexdigest()[:16]


def _hash_at_length(one: ParsedEntry) -> str:
    def hashed(*parts: object) -> str:
        text = "\x1f".join(" ".join(str(part).split()) for part in parts)
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    media = [(item.url, item.type) for item in one.enclosures]
    told = hashed(one.title, canonical(one.link), one.author, one.content or one.summary, media)
    return f"{told}-{hashed(one.comment_count, one.comments, '')[:8]}"
