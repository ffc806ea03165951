"""What is fuzzed, and what must hold of each: functions of text or bytes that raise when it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

STORY = "https://a.example/story"


def raw(given: str | bytes) -> bytes:
    return given if isinstance(given, bytes) else given.encode("utf-8", "surrogatepass")


def words(given: str | bytes) -> str:
    return given if isinstance(given, str) else given.decode("utf-8", "replace")


def check_url(url: str | None) -> None:
    """What we hold as an address may be handed to a browser and written into the terminal's link."""
    assert not url or (url.isascii() and url.isprintable() and " " not in url), url
    assert not url or url.startswith(("http://", "https://", "mailto:", "builtin:")), url


def check_line(text: str) -> None:
    from tui_news.text.sanitize import is_safe

    assert is_safe(text), text
    assert "\n" not in text, text


def check_blocks(blocks: Iterable[Any]) -> None:
    from tui_news.text.sanitize import is_safe

    for block in blocks:
        text = block.text.replace("\t", "") if block.kind == "table" else block.text  # between cells; never drawn
        assert is_safe(text), block.text
        assert is_safe(block.marker + (block.lang or "")), block
        assert all(is_safe(cell) for row in block.rows for cell in row), block.rows
        check_url(block.href)
        assert all(0 <= span.start <= span.end <= len(block.text) for span in block.spans), block.spans
        for span in block.spans:
            check_url(span.href)


def check_comments(comments: Iterable[Any]) -> None:
    for one in comments:
        check_line(one.author)
        check_line(one.id)
        check_line(one.parent or "")
        check_url(one.url)
        check_url(one.author_url)
        check_blocks(one.blocks)
        assert one.created is None or 0 <= one.created < 5_000_000_000, one.created
        assert one.score is None or abs(one.score) < 2**63, one.score
        assert one.rank is None or abs(one.rank) < 2**63, one.rank


def html_to_blocks(given: str | bytes) -> None:
    from tui_news.text.html import html_to_blocks as blocks
    from tui_news.text.plain import markdown, plain_text
    from tui_news.text.sanitize import is_safe

    found = blocks(words(given), "https://a.example/")
    check_blocks(found)
    assert is_safe(plain_text(found, figures=True))
    assert is_safe(markdown(found))


def quotes(given: str | bytes) -> None:
    from tui_news.text.quotes import find_quotes
    from tui_news.text.sanitize import clean_text

    clean = clean_text(words(given))
    for quote in find_quotes(clean):
        assert 0 <= quote.start < quote.end <= len(clean)


def sanitizer(given: str | bytes) -> None:
    from tui_news.text.sanitize import clean_line, clean_text, clean_url, is_safe

    text = words(given)
    line, whole = clean_line(text), clean_text(text)
    assert is_safe(line)
    assert is_safe(whole)
    assert "\n" not in line
    assert clean_line(line) == line
    assert clean_text(whole) == whole
    check_url(clean_url(text))


def opml(given: str | bytes) -> None:
    from tui_news.feeds.opml import read_opml, write_opml
    from tui_news.models import FeedError

    try:
        found = read_opml(raw(given))
    except FeedError:
        return
    for one in found:
        check_url(one.url)
        check_line(one.title)
        check_line(one.folder)
        for tag in one.tags:
            check_line(tag)
    if found:  # what we write, we read
        again = read_opml(write_opml(found, "x").encode())
        assert [one.url for one in again] == [one.url for one in found]


def feed(given: str | bytes) -> None:
    from tui_news.feeds.parse import parse_feed
    from tui_news.models import FeedError

    try:
        found = parse_feed(raw(given), STORY)
    except FeedError:
        return
    for text in (found.title, found.subtitle, found.author, found.generator, found.kind, *found.tags):
        check_line(text)
    check_url(found.link)
    for entry in found.entries:
        for text in (entry.title, entry.author, *entry.tags):
            check_line(text)
        for url in (entry.link, entry.comments, entry.comment_feed, *(one.url for one in entry.enclosures)):
            check_url(url)
        (entry.id + entry.summary + entry.content).encode("utf-8")
        assert entry.comment_count is None or abs(entry.comment_count) < 2**63, entry.comment_count
        for when in (entry.published, entry.updated):
            assert when is None or 0 < when < 5_000_000_000, when


def comments(given: str | bytes) -> None:
    """Every shape of JSON that a source sends: each source reads the same document."""
    for name in json_shapes():
        comments_of(name, given)


def comments_of(name: str, given: str | bytes) -> None:
    """One source's answer."""
    from tui_news.models import ThreadError

    try:
        check_comments(json_shapes()[name](raw(given)))
    except ThreadError:
        pass


@cache
def json_shapes() -> dict[str, Callable[[bytes], Iterable[Any]]]:
    from tui_news.comments.sources import (
        bluesky,
        discourse_posts,
        ghost,
        hackernews,
        isso,
        json_thread,
        lemmy,
        lobsters,
        mastodon,
        wordpress_rest,
    )

    site = "https://a.example"

    def hn_item(body: bytes) -> Iterable[Any]:
        return hackernews.from_items([hackernews.parse_item(body)], "ann")

    def discourse(body: bytes) -> Iterable[Any]:
        topic = discourse_posts.parse_topic(body, site)
        return discourse_posts.comments_of(list(topic.posts), topic.author, site + topic.path, site)

    def posts(body: bytes) -> Iterable[Any]:
        wordpress_rest.parse_posts(body)
        return ()

    return {
        "json_thread": lambda body: json_thread.parse(body, STORY)[0],
        "hackernews_tree": hackernews.parse_tree,
        "hackernews_item": hn_item,
        "discourse": discourse,
        "wordpress_posts": posts,
        "isso": lambda body: isso.parse(body, STORY).comments,
        "ghost": lambda body: ghost.parse(body, None, site).comments,
        "bluesky": lambda body: bluesky.parse(body).comments,
        "lemmy": lambda body: lemmy.parse_list(body, site).comments,
        "lobsters": lambda body: lobsters.parse_story(body, site)[0],
        "mastodon": lambda body: mastodon.parse_context(body, "1", "ann", site),
        "wordpress_rest": lambda body: wordpress_rest.parse_comments(body, site),
    }


def comment_feed(given: str | bytes) -> None:
    from tui_news.comments.sources.atom_xml import parse_page
    from tui_news.comments.sources.wordpress_feed import parse_feed
    from tui_news.models import ThreadError

    body = raw(given)
    try:
        check_comments(entry.comment for entry in parse_page(body, STORY).entries)
    except ThreadError:
        pass
    try:
        check_comments(parse_feed(body, STORY))
    except ThreadError:
        pass


def comment_page(given: str | bytes) -> None:
    from tui_news.comments.sources import page_markup, wordpress_html
    from tui_news.models import ThreadError

    body = raw(given)
    for kind in ("microformats", "microdata", "jsonld"):
        try:
            check_comments(page_markup.parse(body, STORY, kind))
        except ThreadError:
            continue
    try:
        check_comments(wordpress_html.parse_page(body, STORY)[0])
    except ThreadError:
        pass


def discovery(given: str | bytes) -> None:
    from tui_news.comments.sources import find_ref_in_page
    from tui_news.feeds.discover import find_feeds

    body = raw(given)
    for link in find_feeds(body, STORY):
        check_url(link.href)
    if ref := find_ref_in_page(STORY, body):
        for route in ref.routes:
            check_url(route.url)
        check_url(ref.page_url)


def dates(given: str | bytes) -> None:
    from tui_news.feeds.dates import parse_date

    found = parse_date(words(given))
    assert found is None or 0 < found < 5_000_000_000


SHAPES = (
    "json_thread", "hackernews_tree", "hackernews_item", "discourse", "wordpress_posts", "isso", "ghost", "bluesky", "lemmy",
    "lobsters", "mastodon", "wordpress_rest",
)  # fmt: skip
TARGETS: dict[str, Callable[[str | bytes], None]] = {
    one.__name__: one
    for one in (html_to_blocks, quotes, sanitizer, opml, feed, comment_feed, comment_page, discovery, dates)
} | {f"comments_{name}": partial(comments_of, name) for name in SHAPES}
