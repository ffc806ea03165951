"""A post as WordPress' REST interface gives it: the story itself, with nothing around it to be guessed away.

`GET …/wp-json/wp/v2/posts/ID?_fields=…`, https://developer.wordpress.org/rest-api/reference/posts/
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from tui_news.articles.boilerplate import tidy
from tui_news.articles.feedbody import is_teaser
from tui_news.models import Article
from tui_news.text.html import html_to_blocks
from tui_news.text.quotes import quotes_in
from tui_news.text.sanitize import clean_line

FIELDS = "id,link,title,content,date_gmt,modified_gmt"


def from_rest(
    payload: bytes, url: str, *, feed_text: str = "", title: str = "", lang: str | None = None, now: int = 0
) -> Article | None:
    """The post's article; None when it is not this story, is protected, or is only its opening.

    url: the story's address; feed_text, title, lang: as the feed gives them. Never raises for the payload's sake.
    """
    post = _post(payload, url)
    if post is None:
        return None
    html = _rendered(post.get("content"))
    if is_teaser(html, has_content=True) or len(html) < 0.6 * len(feed_text):
        return None
    from tui_news.articles.furniture import pruned_html

    headline = clean_line(_plain(_rendered(post.get("title"))), 500)
    blocks = tidy(html_to_blocks(pruned_html(html), str(post.get("link") or url)), title or headline)
    if not blocks:
        return None
    published, updated = _time(post.get("date_gmt")), _time(post.get("modified_gmt"))
    return Article(
        "page",
        blocks,
        tuple(quotes_in(blocks, lang)),
        title=title or headline,
        published=published,
        lang=lang,
        fetched_at=now,
        updated=updated,
    )


def _post(payload: bytes, url: str) -> dict[str, Any] | None:
    """The one post of this address that can be read without a password."""
    try:
        found = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    posts = found if isinstance(found, list) else [found]
    for post in posts[:20]:
        if not isinstance(post, dict) or not isinstance(post.get("content"), dict):
            continue
        if not post["content"].get("protected") and _same(str(post.get("link") or ""), url):
            return post
    return None


def _same(link: str, url: str) -> bool:
    """Whether two addresses are one post's: the same last part of the path, or the same query (plain permalinks)."""
    try:
        here, there = urlsplit(link), urlsplit(url)
    except ValueError:
        return False
    mine, other = here.path.rstrip("/").rpartition("/")[2], there.path.rstrip("/").rpartition("/")[2]
    return mine == other and (bool(mine) or here.query == there.query)


def _rendered(value: object) -> str:
    text = value.get("rendered") if isinstance(value, dict) else value
    return text if isinstance(text, str) else ""


def _plain(html: str) -> str:
    return " ".join(block.text for block in html_to_blocks(html))


def _time(value: object) -> int | None:
    try:
        moment = datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
    except ValueError:
        return None
    return int(moment.timestamp()) if 1970 < moment.year < 2100 else None
