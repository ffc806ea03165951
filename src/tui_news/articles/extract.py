"""A story from what was fetched: a page, several, or WordPress' own word. Runs in a worker: it is slow to import
and takes tens of milliseconds of Python a page."""

from __future__ import annotations

from dataclasses import replace

from tui_news.articles.decode import decode
from tui_news.articles.feedbody import from_feed
from tui_news.articles.page import ENOUGH, Reading, read_page, words
from tui_news.articles.paged import appended, split
from tui_news.articles.siterules import SiteRule
from tui_news.articles.spoken import spoken
from tui_news.articles.version import EXTRACTOR as EXTRACTOR
from tui_news.articles.wordpress import from_rest
from tui_news.models import Article
from tui_news.text.plain import plain_text

PAGE_LIMIT = 3_000_000  # characters of a page that are read
ONLY_FEED = "Only the feed's own text: the page did not hold the story."
NOTHING = "The page held no story that could be read."
LOCKED = "The site shows this story only to those who have its password."
MOST_LOCKED = 120  # words around the field for a password; a longer text has been told in spite of it
_LOCK = "post-password-form"  # WordPress' class for the field


def extract(
    page: bytes,
    url: str,
    content_type: str = "",
    feed_text: str = "",
    title: str = "",
    lang: str | None = None,
    now: int = 0,
    rule: SiteRule | None = None,
) -> Article:
    """The story in what was fetched.

    page: the body as received, or the record of several (`paged.join`), or WordPress' JSON; content_type: its header.
    feed_text: the feed's own body (HTML), shown instead when the page gives too little of it. title, lang: as the feed
    says them, which is better than what pages say. now: Unix seconds. rule: the reader's own word on the site.
    Never raises for a page's sake.
    """
    if "json" in content_type:
        post = from_rest(page, url, feed_text=feed_text, title=title, lang=lang, now=now)
        return post or _only_feed(from_feed(feed_text, url, title=title, lang=lang, now=now), Reading())
    if _LOCK in feed_text:
        feed_text = feed_text.partition("<form")[0]  # the words above the field; its label is nobody's
    own = from_feed(feed_text, url, title=title, lang=lang, now=now) if feed_text else None
    known = plain_text(own.blocks) if own else ""
    read = _pages(split(page, url), content_type, title, rule, known)
    if _LOCK.encode() in page and read.words < MOST_LOCKED and not read.ruled:
        return _completed(own or Article("page", (), (), title=title, lang=lang, fetched_at=now), read, LOCKED)
    if own is not None and not read.ruled and read.words < ENOUGH * words(own.blocks):
        return _only_feed(own, read)
    quotes = tuple(spoken(read.blocks, lang or read.lang))
    article = Article("page", read.blocks, quotes, title=title, lang=lang or read.lang, fetched_at=now)
    return _completed(article, read, "" if read.blocks else NOTHING)


def _pages(pages: list[tuple[str, bytes]], content_type: str, title: str, rule: SiteRule | None, known: str) -> Reading:
    """The first page, and what those after it add."""
    url, body = pages[0]
    read = read_page(decode(body, content_type)[:PAGE_LIMIT], url, title=title, rule=rule, known=known)
    for url, body in pages[1:]:
        more = read_page(decode(body, content_type)[:PAGE_LIMIT], url, title=title or read.title, rule=rule)
        blocks = appended(read.blocks, more.blocks)
        if blocks is None:
            break
        read = replace(read, blocks=blocks)
    return read


def _only_feed(own: Article, read: Reading) -> Article:
    return _completed(own, read, ONLY_FEED)


def _completed(article: Article, read: Reading, note: str) -> Article:
    return replace(
        article,
        note=note,
        title=article.title or read.title,
        author=read.author,
        published=read.published,
        updated=read.updated,
        lang=article.lang or read.lang,
    )
