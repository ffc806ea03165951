"""A page's story as blocks. Runs in a worker: it is slow to import and takes tens of milliseconds of Python a page."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tui_news.articles.agreement import merged
from tui_news.articles.boilerplate import key, tidy
from tui_news.articles.container import common_html, small_html, story_html
from tui_news.articles.decode import decode
from tui_news.articles.feedbody import count_words, from_feed
from tui_news.articles.jsonld import Told, told
from tui_news.articles.repair import page_tree, repair
from tui_news.articles.tree import to_html
from tui_news.models import Article, Block
from tui_news.text.html import html_to_blocks
from tui_news.text.plain import text_to_blocks
from tui_news.text.quotes import quotes_in
from tui_news.text.sanitize import clean_line

PAGE_LIMIT = 3_000_000  # characters of a page that are read
ONLY_FEED = "Only the feed's own text: the page did not hold the story."
NOTHING = "The page held no story that could be read."
SHARE_OF_FEED = 0.6  # a page that gives less of the feed's text than this is a login wall, or was misread
MANY_PARTS = 60_000  # elements: looking at such a page a second time costs seconds and hundreds of megabytes
TOO_MANY_TAGS = 150_000  # the tree of such a page alone takes a hundred megabytes
FEW_WORDS = 60  # the extractor is made for pages longer than this
MANY_LINKS = 3_000  # on one page: no story has them, and looking at each costs seconds


@dataclass(frozen=True, slots=True)
class _Page:
    """What was read from a page: the story's blocks, and what the page says about it (only used as fallback)."""

    blocks: tuple[Block, ...] = ()
    title: str = ""
    author: str = ""
    published: int | None = None
    lang: str | None = None


def extract(
    page: bytes,
    url: str,
    content_type: str = "",
    feed_text: str = "",
    title: str = "",
    lang: str | None = None,
    now: int = 0,
) -> Article:
    """The story on a page.

    page: the body as received; content_type: its header, for the charset. feed_text: the feed's own body (HTML),
    shown instead when the page gives too little of it. title, lang: as the feed says them, which is better than what
    pages say. now: Unix seconds. Never raises for a page's sake.
    """
    read = _read(decode(page, content_type)[:PAGE_LIMIT], url, title)
    if feed_text:
        own = from_feed(feed_text, url, title=title, lang=lang or read.lang, now=now)
        if _words(read.blocks) < SHARE_OF_FEED * _words(own.blocks):
            return _completed(own, read, ONLY_FEED)
    quotes = tuple(quotes_in(read.blocks, lang or read.lang))
    article = Article("page", read.blocks, quotes, title=title, lang=lang or read.lang, fetched_at=now)
    return _completed(article, read, "" if read.blocks else NOTHING)


def _completed(article: Article, read: _Page, note: str) -> Article:
    return Article(
        article.source,
        article.blocks,
        article.quotes,
        note,
        article.title or read.title,
        read.author,
        read.published,
        article.lang or read.lang,
        article.fetched_at,
    )


def _words(blocks: tuple[Block, ...]) -> int:
    return sum(count_words(block.text) for block in blocks)


def _read(html: str, url: str, title: str) -> _Page:
    root = page_tree(html) if html.count("<") < TOO_MANY_TAGS else None
    if root is None:
        return _Page(tidy(html_to_blocks(html, url), title))
    said = told(html)
    huge = sum(1 for _ in root.iter()) > MANY_PARTS
    split = repair(root, url)
    whole = None if huge else deepcopy(root)
    document = _document(root, url)
    found = _blocks(document, url)
    if whole is not None:
        document = _longer(document, html, url) if split else document
        found = _compared(document, whole, url)
    if not found and "<script" not in html:  # nothing to be told apart: the page is its text
        found = html_to_blocks(html, url)
    heading = clean_line(title or (document and document.title) or said.headline or "", 500)
    blocks = tidy(_or_told(found, said, url), heading)
    return _Page(
        blocks=blocks,
        title=clean_line((document and document.title) or said.headline or "", 500),
        author=clean_line((document and document.author) or said.author or "", 200),
        published=_day((document and document.date) or said.published),
        lang=_lang(root),
    )


def _compared(document: Any | None, whole: Any, url: str) -> tuple[Block, ...]:
    """What the extractor found, put right by a more cautious look and by what the page itself names as its story."""
    named = html_to_blocks(story_html(whole) or common_html(whole, document), url)
    found = _blocks(document, url)
    if document is not None and (cautious := _blocks(_document(deepcopy(whole), url, precise=True), url)):
        found = merged(found, cautious, whole, document.description or "")
    if not named and _words(found) < FEW_WORDS:
        named = html_to_blocks(small_html(whole), url)
    return _better(found, named)


def _blocks(document: Any | None, url: str) -> tuple[Block, ...]:
    return html_to_blocks(to_html(document.body), url) if document is not None else ()


def _document(root: Any, url: str, precise: bool = False) -> Any | None:
    """The extractor's result; None when it finds nothing or gives up."""
    import trafilatura

    fast = sum(1 for _ in root.iter("a")) > MANY_LINKS
    try:
        return trafilatura.bare_extraction(
            root,
            url=url,
            fast=fast,
            favor_precision=precise,
            include_comments=False,
            include_tables=True,
            include_links=True,
            include_images=True,
            include_formatting=True,
            with_metadata=True,
        )
    except Exception:  # whatever a page does to it, the reader gets the fallbacks
        return None


def _longer(document: Any | None, html: str, url: str) -> Any | None:
    """Paragraphs made of line breaks sometimes mislead the extractor: then the page as it was gives more text."""
    root = page_tree(html)
    repair(root, url, breaks=False)
    other = _document(root, url)
    if document is None or other is None:
        return document or other
    return other if len(other.text or "") > 1.15 * len(document.text or "") else document


def _better(found: tuple[Block, ...], named: tuple[Block, ...]) -> tuple[Block, ...]:
    """The container the page names, if it holds what the extractor found and hardly more; else what was found."""
    if not named or not found:
        return found or named
    ours, theirs = _bag(named), _bag(found)
    both = sum((ours & theirs).values())
    holds = both + 8 >= 0.95 * sum(theirs.values())
    hardly_more = sum(ours.values()) <= 1.05 * sum(theirs.values()) + 20
    return named if holds and hardly_more else found


def _bag(blocks: tuple[Block, ...]) -> Counter[str]:
    return Counter(word for block in blocks for word in key(block.text).split())


def _or_told(blocks: tuple[Block, ...], said: Told, url: str) -> tuple[Block, ...]:
    """What the page's JSON-LD says, where the visible page holds next to nothing, or one unbroken paragraph of it."""
    if not said.body:
        return blocks
    here, there = _words(blocks), count_words(said.body)
    whole = sum(block.kind == "para" for block in blocks) <= 1 and (said.is_html or "\n" in said.body)
    if here >= 0.5 * there and not whole:
        return blocks
    if here >= 150 and there < 3 * here and not whole:
        return blocks
    return html_to_blocks(said.body, url) if said.is_html else text_to_blocks(said.body)


def _day(date: str | None) -> int | None:
    """Unix seconds of an ISO date; None for what is none."""
    try:
        moment = datetime.fromisoformat((date or "").strip())
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(moment.timestamp()) if 1970 < moment.year < 2100 else None


def _lang(root: Any) -> str | None:
    """The page's language as a lower-case tag ("en", "nb-no"), if it says one."""
    for element in root.iter("html"):
        tag = clean_line(str(element.get("lang") or element.get("xml:lang") or ""), 35).lower().replace("_", "-")
        if tag.replace("-", "").isalnum() and tag.isascii():
            return tag
    return None
