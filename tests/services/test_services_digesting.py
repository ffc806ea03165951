"""Reading only what the last visit did not have means the same as reading everything."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui_news.feeds import quick
from tui_news.feeds.decide import Decision, settle
from tui_news.feeds.unseen import cut
from tui_news.models import Enclosure, Entry, Known, Link
from tui_news.services.digesting import digest_feed

NOW = 1_790_000_000
URL = "https://quay.example/feed"
HEAD = '<rss version="2.0"><channel><title>Quay</title><link>https://quay.example/</link>'
DAYS = ("Mon, 21 Sep 2026 08:00:00 GMT", "Tue, 22 Sep 2026 08:00:00 GMT", "Sun, 21 Sep 2036 08:00:00 GMT")


def item(guid="", link="", title="", date="", body="") -> str:
    parts = {"guid": guid, "link": link, "title": title, "pubDate": date, "description": body}
    return "<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in parts.items() if text) + "</item>"


def document(*items: str, head: str = HEAD, between: str = "\n", tail: str = "") -> bytes:
    return f"{head}{between.join(items)}{tail}</channel></rss>".encode()


def digest(body: bytes, known=(), marks: bytes = b"", now: int = NOW, **more):
    held = [one.content_hash.rpartition("-")[2] for one in known]
    return digest_feed(body, URL, {}, now=now, held=held, marks=marks, **more)


class Shelf:
    """A feed's stories as the library would keep them."""

    def __init__(self, sparing: bool) -> None:
        self.sparing, self.known, self.marks, self.partial = sparing, list[Known](), b"", False

    def visit(self, body: bytes, now: int = NOW) -> Decision:
        made = digest(body, self.known, self.marks, now) if self.sparing else digest(body, now=now)
        decision = settle(self.known, made, now)
        self.partial = made.partial and decision is not None
        if decision is None:
            decision = settle(self.known, digest(body, now=now), now)
        assert decision is not None
        self.marks = decision.marks
        for story_id, entry in decision.changed:
            self.known[story_id] = self._held(entry, story_id)
        for entry in decision.new:
            self.known.append(self._held(entry, len(self.known)))
        return decision

    @staticmethod
    def _held(entry: Entry, story_id: int) -> Known:
        return Known(story_id, entry.identity, entry.guid, entry.url, entry.title, entry.published, entry.sort,
                     entry.content_hash, False, 0)  # fmt: skip


def item_of(number: int, **more: str) -> str:
    given = {"guid": f"g{number}", "link": f"https://quay.example/{number}", "title": f"Story {number}",
             "date": DAYS[0], "body": f"Words of {number}"}  # fmt: skip
    return item(**{**given, **more})


def test_only_the_new_ones_are_read():
    shelf = Shelf(sparing=True)
    shelf.visit(document(item_of(1), item_of(2)))
    decision = shelf.visit(document(item_of(3), item_of(1), item_of(2)))
    assert shelf.partial
    assert [entry.title for entry in decision.new] == ["Story 3"]
    assert decision.same == 2
    decision = shelf.visit(document(item_of(4), item_of(3), item_of(1)))
    assert shelf.partial
    assert [entry.guid for entry in decision.new] == ["g4"]
    shelf.visit(document(item_of(4), item_of(3)))
    assert shelf.partial


@pytest.mark.parametrize(
    ("later", "new"),
    [
        (document(item_of(1, body="Other words"), item_of(2)), 0),  # held already: an old one has changed
        (document(item_of(3, guid="g2"), item_of(1), item_of(2)), 1),  # two stories of one guid
        (document(item_of(3, link="https://quay.example/1"), item_of(2)), 0),  # a new guid for the first one
        (document(item_of(3), item_of(3), item_of(1)), 1),  # twice the same
        (document(item_of(3), item_of(1), head=HEAD + "<language>nb</language>"), 1),  # another head
        (document(item_of(3), item_of(1), head=HEAD.replace("quay.example/", "kai.example/")), 1),
        (document(item_of(3), item_of(1), tail="<generator>WordPress</generator>"), 1),
        (document(item_of(3), item_of(1), between="<!-- -->"), 1),
        (document(item_of(3, body="<![CDATA[ </item><item> ]]>"), item_of(1)), 1),
        (document("<!--" + item_of(3) + "-->", item_of(1)), 0),
        (document("<!--", item_of(3), item_of(1), "-->", item_of(2)), 0),
        (document(item_of(3, date="when the tide is out"), item_of(1)), 1),  # feedparser's to read
        (document(item_of(3, date=DAYS[2]), item_of(1)), 1),  # of the future: another story later
        (document(item_of(3).replace("</title>", ""), item_of(1)), 1),
    ],
)
def test_in_doubt_the_whole_document_is_read(later: bytes, new: int):
    spared, whole = Shelf(sparing=True), Shelf(sparing=False)
    for shelf in (spared, whole):
        shelf.visit(document(item_of(1), item_of(2)))
        assert len(shelf.visit(later).new) == new
        assert not shelf.partial
    assert spared.known == whole.known


def test_a_story_that_the_library_has_lost_is_read_again():
    shelf = Shelf(sparing=True)
    shelf.visit(document(item_of(1), item_of(2)))
    del shelf.known[1]
    assert [entry.guid for entry in shelf.visit(document(item_of(3), item_of(1), item_of(2))).new] == ["g3", "g2"]


def test_the_feeds_own_dates_are_no_reason_to_read_everything_but_one_in_a_text_is():
    shelf, churn = Shelf(sparing=True), "<lastBuildDate>{}</lastBuildDate>"
    shelf.visit(document(item_of(1), head=HEAD + churn.format(DAYS[0])))
    shelf.visit(document(item_of(2), item_of(1), head=HEAD + churn.format(DAYS[1])))
    assert shelf.partial
    first, second = (cut(document(item_of(1), head=f"{HEAD}<docs><![CDATA[{churn.format(day)}]]></docs>").decode())
                     for day in DAYS[:2])  # fmt: skip
    assert first
    assert second
    assert first.around != second.around


def test_what_else_a_story_is_made_from_counts_too():
    body = document(item_of(1), item_of(2))
    marks = digest(body).marks
    assert marks
    assert digest(body, marks=marks).partial
    assert not digest(
        body, marks=marks, link_header='<https://quay.example/wp-json/>; rel="https://api.w.org/"'
    ).partial
    assert not digest_feed(body, "https://kai.example/feed", {}, now=NOW, marks=marks).partial
    assert digest(body, marks=marks[:-1] + b"\x00").seen != digest(body, marks=marks).seen


def test_an_entry_that_is_held_is_not_made_again():
    shelf = Shelf(sparing=False)
    shelf.visit(document(item_of(1), item_of(2)))
    made = digest(document(item_of(3), item_of(1), item_of(2)), shelf.known)
    assert [entry and entry.title for entry in made.made] == ["Story 3", None, None]


def test_what_quick_leaves_to_feedparser_it_is_not_asked_twice(monkeypatch):
    asked = []
    reading = quick.read
    monkeypatch.setattr(quick, "read", lambda text: asked.append(text) or reading(text))
    made = digest(document(item_of(1), item_of(2, date="when the tide is out")))
    assert [entry.guid for entry in made.made] == ["g1", "g2"]
    assert len(asked) == 1


@pytest.mark.parametrize("odd", ["\x07", "\x7f", "\ufffe", "&#8;", "<![CDATA[&#8;]]>"])
def test_characters_that_are_not_allowed_are_no_ones_words(odd: str):
    made = digest(document(item_of(1, title=f"a{odd}b"), item_of(2)))
    assert [entry.title for entry in made.made] == ["a\ufffdb", "Story 2"]
    assert made.marks == digest(document(item_of(1, title="a\ufffdb"), item_of(2))).marks or "CDATA" in odd
    assert digest(document(item_of(3), item_of(1, title=f"a{odd}b")), marks=made.marks).partial


few = st.sampled_from
items = st.builds(
    item,
    guid=few(["", "g1", "g2", "g3", "g4", "g1|https://quay.example/1"]),
    link=few(
        [
            "",
            "https://quay.example/1",
            "https://quay.example/2",
            "http://quay.example/2?utm_source=x",
            "https://quay.example/",
        ]
    ),
    title=few(["", "One", "Two", "<![CDATA[Two]]>"]),
    date=few(["", *DAYS]),
    body=few(
        [
            *("", "Words", "&lt;p&gt;More&lt;/p&gt;", "<![CDATA[<item>]]>", "<![CDATA[<!-- ]]>", "<!-- --> Words"),
            *("<![CDATA[</item>]]>", "<![CDATA[</item><item>]]>", "<![CDATA[</item ]]>", "<?php </item> ?>"),
            *("a\x07b", "&#7;"),
        ]
    ),
)
plain = st.integers(1, 9).map(item_of)
documents = st.builds(
    lambda chosen, head, between: document(*chosen, head=HEAD + head, between=between),
    st.lists(plain | items, max_size=6),
    few(
        ["", f"<lastBuildDate>{DAYS[0]}</lastBuildDate>", f"<lastBuildDate>{DAYS[1]}</lastBuildDate>", "<!-- note -->"]
    ),
    few(["", "\n", "\n", "<!-- -->"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(documents, min_size=2, max_size=5))
@example([document(item_of(1), item_of(2)), document(item_of(3), item_of(1)), document(item_of(2), item_of(3))])
def test_visit_after_visit_it_comes_to_the_same(visits: list[bytes]):
    spared, whole = Shelf(sparing=True), Shelf(sparing=False)
    for day, body in enumerate(visits):
        first, second = (shelf.visit(body, NOW + day * 86_400) for shelf in (spared, whole))
        assert replace(first, same=0, marks=b"", warnings=()) == replace(second, same=0, marks=b"", warnings=())
        assert spared.known == whole.known


def test_a_digest_is_the_same_on_the_other_side():
    made = digest(document(*[item(str(n), f"/{n}", f"T{n}", DAYS[0], "<p>Text</p>") for n in range(3)]))
    new = made.made[0]
    whole = replace(new, packed=None, html="<p>Text</p>", tags=("a",), enclosures=(Enclosure("u", "audio/mp3", 5),))
    full = (replace(made.feed.entries[0], content="<p>Text</p>", links=(Link("u"),)), *made.feed.entries[1:])
    held = replace(made, made=(whole, None, new), feed=replace(made.feed, entries=full), partial=True, seen=(b"x",))
    for one in (made, held, replace(made, made=(), feed=replace(made.feed, entries=()))):
        again = pickle.loads(pickle.dumps(one, pickle.HIGHEST_PROTOCOL))
        assert again == one
        assert [type(story and story.packed) for story in again.made] == [type(s and s.packed) for s in one.made]


def test_who_reads_and_indexes_feeds_needs_no_loop():
    """A worker's start is part of each refresh that brings anything: asyncio alone was a quarter of it."""
    jobs = "tui_news.services.digesting, tui_news.services.index_job, tui_news.articles.feedbody"
    later = "tui_news.services.opening, tui_news.store.search, tui_news.store.index_text"
    code = f"import sys, {jobs}, {later}; print([name for name in ('asyncio', 'ssl', 'uuid') if name in sys.modules])"
    env = {name: value for name, value in os.environ.items() if not name.startswith("COV")}  # it loads more
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
