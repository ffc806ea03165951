"""Our functions in the shapes that the shared scorers ask for."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from feedwords import parse_feed as parse_feed
from feedwords import raw_feed as raw_feed

from tui_news.articles.extract import extract as extract_article
from tui_news.models import Article
from tui_news.text.dates import iso
from tui_news.text.plain import plain_text
from tui_news.text.quotes import find_quotes as find

TYPES = {"heading": "heading", "para": "para", "code": "code", "table": "table", "image": "image", "caption": "caption"}


def find_quotes(text: str, lang: str | None = None) -> list[dict[str, Any]]:
    kinds = {"term": "scare"}
    found = find(text, lang)
    return [{"start": q.start, "end": q.end, "kind": kinds.get(q.kind, q.kind), "speaker": q.speaker} for q in found]


NOT_TEXT = ("image", "caption", "embed", "rule")  # shown to a reader, and no part of what gold texts hold


def extract(html: str, url: str) -> str:
    """The story's text, as gold texts are: without captions and the addresses of pictures."""
    return "\n\n".join(block.text for block in _article(html, url).blocks if block.kind not in NOT_TEXT)


def shown(html: str, url: str) -> str:
    """Everything that a reader is shown, captions and names of pictures too."""
    return plain_text(_article(html, url).blocks, figures=True)


def trafilatura(html: str, url: str) -> str:
    """The extractor by itself, as the measure."""
    import trafilatura

    return str(trafilatura.extract(html, url=url, include_comments=False) or "")


def _article(html: str, url: str) -> Article:
    return extract_article(html.encode("utf-8", "replace"), url, "text/html; charset=utf-8")


def structure(html: str, url: str) -> dict[str, Any]:
    article = _article(html, url)
    blocks, links = [], []
    for block in article.blocks:
        kind = TYPES.get(block.kind, "para")
        if block.kind == "item":
            kind = "oli" if block.marker[:1].isdigit() else "li"
        elif block.quote:
            kind = "pullquote" if block.pull else "quote"
        blocks.append({"type": kind, "text": block.text, "src": block.href, "rows": [list(row) for row in block.rows]})
        links += [{"text": block.text[s.start : s.end], "href": s.href} for s in block.spans if s.style == "link"]
    day = None if article.published is None else iso(article.published)
    about = {"title": article.title, "author": article.author, "date": day, "site": _site(html)}
    return {"blocks": blocks, "links": links, **about, "comments": []}


def _site(html: str) -> str | None:
    """The site's name, which the app takes from the feed."""
    found = re.search(r'<meta[^>]*property="og:site_name"[^>]*content="([^"]*)"', html)
    return unescape(found[1]) if found else None


def read_opml(data: bytes) -> list[Any]:
    from tui_news.feeds.opml import read_opml as read

    return list(read(data))


def html_text(html: str) -> str:
    from tui_news.text.html import html_to_blocks

    return plain_text(html_to_blocks(html))
