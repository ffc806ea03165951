"""A story's body as its feed gave it, and whether that is the story at all or only its opening."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_news.articles.boilerplate import tidy
from tui_news.articles.phrases import cut_off
from tui_news.articles.standfirst import with_standfirst
from tui_news.models import Article
from tui_news.text.codec import PackedArticle, pack_article
from tui_news.text.lazy import lazily
from tui_news.text.stripped import MOST, plainly_stripped, stripped

FULL_WORDS = 200  # a summary this long is a story; shorter ones are when they have paragraphs
SHORT_WORDS = 120
LINK_WORDS = 60  # a list of links is shorter than this; longer linked text is somebody's markup
NOTE_WORDS = 25  # what a feed sends as its full text may be a note of a few lines
_END = 400  # characters of the end that say that it is none
_END_SURE = 330  # and of an end: all that `cut_off` or `_POST` finds begins in these
_END_ROOMS = (400, 1600)  # in which such an end is, mostly; and nearly always
_LINKED = lazily(r"<a\b[^<>]{0,2000}>.{0,300}?</a>", re.IGNORECASE | re.DOTALL)
_PARAGRAPH = lazily(r"<p[\s>]|<br\b[^<>]{0,20}>\s{0,9}<br\b|<h[2-4][\s>]|<li[\s>]", re.IGNORECASE)
_POST = lazily(r"\s*\bThe post\b.{0,400}?\bappeared first on\b.{0,200}$", re.IGNORECASE | re.DOTALL)
_POST_ROOM = 700  # characters from the end: no such line is longer
_WIDE = lazily("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def from_feed(html: str, url: str, *, title: str = "", lang: str | None = None, now: int = 0) -> Article:
    """The feed's own body as an article. title: shown above it, so not repeated in it; now: Unix seconds."""
    from tui_news.articles.spoken import spoken
    from tui_news.text.html import html_to_blocks

    blocks = with_standfirst(tidy(html_to_blocks(html, url), title))
    return Article("feed", blocks, spoken(blocks, lang), title=title, lang=lang, fetched_at=now)


def from_feeds(bodies: Sequence[tuple[str, str, str, str | None]], *, now: int) -> list[PackedArticle | None]:
    """As `from_feed`, of many (html, url, title, lang), as the library keeps them; None for one that cannot be read."""
    made: list[PackedArticle | None] = []
    for html, url, title, lang in bodies:
        try:
            made.append(pack_article(from_feed(html, url, title=title, lang=lang, now=now)))
        except MemoryError:
            raise
        except Exception:  # whatever it is, the others are no worse for it
            made.append(None)
    return made


def is_teaser(html: str, *, has_content: bool = False) -> bool:
    """Whether the feed's body is too little to be the story, so that its page is worth fetching.

    has_content: the feed sent it as the full content, not as a summary: then only what is cut off, nearly nothing,
    or a list of links is a teaser.
    """
    if len(html) > MOST:
        return False
    visible = html if plainly_stripped(html) is not None else _without_comments(html)
    text = stripped(visible)
    if _plainly_whole(text, LINK_WORDS if has_content else FULL_WORDS):
        return False
    text, words = _told(text)
    if words < LINK_WORDS and _told(stripped(_LINKED.sub(" ", visible)))[1] < 5:
        return True  # nothing, or only links ("Comments")
    if words >= 2 * FULL_WORDS:
        return False
    if cut_off(text[-_END:]):
        return True
    if has_content:
        return words < NOTE_WORDS
    return words < SHORT_WORDS or (words < FULL_WORDS and len(_PARAGRAPH.findall(visible)) < 3)


def _plainly_whole(text: str, enough: int) -> bool:
    """Whether it begins with `enough` words and does not end as what is cut off does; then the rest of it would change
    nothing, and most stories of a refresh need not be taken apart."""
    if len(text.split(None, enough)) <= enough:
        return False
    for room in _END_ROOMS:
        end = " ".join(text[-room:].split())
        if len(end) > _END_SURE:  # its first may be half a word
            end = end[-_END_SURE:]
            return "ppeared" not in end.lower() and not cut_off(end)  # else `_POST` may take the end away
    return False


def _without_comments(html: str) -> str:
    """By searching, not by pattern: each search goes on where the last ended."""
    if "<!--" not in html:
        return html
    kept, at = [], 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start)) >= 0:
        kept.append(html[at:start])
        at = end + 3
    return "".join([*kept, html[at:]])


def _told(text: str) -> tuple[str, int]:
    """The text without the line that says where it first appeared; how many words that is."""
    parts = text.split()
    text = " ".join(parts)
    tail = text[-_POST_ROOM:]
    if "first on" in tail.lower():
        text = (text[:-_POST_ROOM] + _POST.sub("", tail)).strip()
        return text, count_words(text)
    return text, len(parts) + _wide_words(text)


def count_words(text: str) -> int:
    """Words, by spaces; two characters of a script without spaces count as one."""
    return len(text.split()) + _wide_words(text)


def _wide_words(text: str) -> int:
    return 0 if text.isascii() else len(_WIDE.findall(text)) // 2
