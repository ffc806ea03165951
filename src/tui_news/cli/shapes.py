"""The JSON shapes of the command line: a public contract. Keys may be added, never changed."""

from __future__ import annotations

import time
from typing import Any

from tui_news.models import Article, Block, Comment, Feed, FeedSettings, OpenStory, PlacedQuote, StoryRow, Thread
from tui_news.services.threads import flatten
from tui_news.text.dates import iso
from tui_news.text.plain import plain_text
from tui_news.text.sanitize import mask_url


def when(seconds: int | None) -> str | None:
    return None if seconds is None else iso(seconds)


def feed_ref(feed: Feed | None) -> dict[str, Any] | None:
    return None if feed is None else {"id": feed.id, "title": feed.title, "url": mask_url(feed.url)}


def settings_shape(settings: FeedSettings) -> dict[str, Any]:
    return {
        "interval_minutes": settings.interval,
        "full_text": settings.full_text,
        "comments": settings.comments,
        "muted": settings.muted,
        "retention_days": settings.retention,
    }


def feed_shape(feed: Feed) -> dict[str, Any]:
    from tui_news.services.health import health

    told = health(feed, int(time.time()))
    return {
        "id": feed.id,
        "title": feed.title,
        "url": mask_url(feed.url),
        "site": feed.site,
        "folder": feed.folder,
        "unread": feed.unread,
        "stories": feed.total,
        "status": feed.status,
        "error": feed.error or None,
        "http_status": feed.http_status,
        "failures": feed.failures,
        "last_fetch": when(feed.last_fetch),
        "last_success": when(feed.last_success),
        "next_check": when(feed.next_check),
        "next_why": feed.next_why or None,
        "health": told.state,
        "notes": list(told.words),
        "failing_since": when(feed.visits.failing_since),
        "moved_to": mask_url(feed.visits.moved_to) or None,
        "moved_from": mask_url(feed.visits.moved_from) or None,
        "newest": when(feed.visits.newest),
        "took_ms": feed.visits.took,
        "settings": settings_shape(feed.settings),
    }


def row_shape(row: StoryRow, feed: Feed | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "feed": feed_ref(feed) or {"id": row.feed_id, "title": row.feed, "url": None},
        "title": row.title,
        "url": row.url,
        "author": row.author or None,
        "published": when(row.published),
        "read": row.read,
        "starred": row.starred,
        "quotes": row.quotes,
        "comments": row.comments,
        "comments_hint": row.comments_hint,
        "comments_new": row.comments_new,
        "offline": row.offline,
        "also": list(row.also),
    }


def story_shape(opened: OpenStory, feed: Feed | None) -> dict[str, Any]:
    """What `read --json` prints."""
    row = opened.story.row
    shape = row_shape(row, feed)
    for name in ("quotes", "comments", "comments_hint", "comments_new"):
        shape.pop(name)
    shape["article"] = opened.article and article_shape(opened.article)
    shape["comments"] = thread_shape(opened.thread) if opened.thread else None
    return shape


def article_shape(article: Article) -> dict[str, Any]:
    return {
        "source": article.source,
        "note": article.note or None,
        "updated": when(article.updated),
        "text": plain_text(article.blocks),
        "blocks": [block_shape(block) for block in article.blocks],
        "quotes": [quote_shape(quote) for quote in article.quotes],
    }


def block_shape(block: Block) -> dict[str, Any]:
    shape: dict[str, Any] = {"kind": block.kind, "text": block.text}
    extras = {
        "level": block.level,
        "quote": block.quote,
        "marker": block.marker,
        "rows": [list(row) for row in block.rows],
        "href": block.href,
        "lang": block.lang,
        "standfirst": block.lead,
    }
    shape.update({name: value for name, value in extras.items() if value})
    shape["spans"] = [
        {
            "start": span.start,
            "end": span.end,
            "style": span.style,
            **({"href": span.href} if span.href else {}),
        }
        for span in block.spans
    ]
    return shape


def quote_shape(quote: PlacedQuote) -> dict[str, Any]:
    return {
        "block": quote.block,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "kind": quote.kind,
        "speaker": quote.speaker,
        "how": quote.how or None,
        "sure": quote.sure,
    }


def thread_shape(thread: Thread) -> dict[str, Any]:
    """The thread as trees; built without recursion, since a thread may be thousands deep."""
    roots: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    for node in flatten(thread.comments, thread.order):
        comment = thread.comments[node.index]
        shape = comment_shape(comment, thread.is_new(comment))
        shapes.append(shape)
        (roots if node.parent < 0 else shapes[node.parent]["replies"]).append(shape)
    return {
        "total": thread.held,
        "new": sum(thread.is_new(comment) for comment in thread.comments),
        "claimed": thread.total,
        "coverage": thread.coverage if thread.fetched_at is not None else None,
        "fetched_at": when(thread.fetched_at),
        "source": thread.ref.source if thread.ref else None,
        "route": thread.route or None,
        "error": thread.error or None,
        "warnings": list(thread.warnings),
        "url": thread.ref.page_url if thread.ref else None,
        "order": thread.order,
        "threads": roots,
    }


def comment_shape(comment: Comment, new: bool) -> dict[str, Any]:
    return {
        "id": comment.id,
        "parent": comment.parent,
        "author": comment.author or None,
        "author_url": comment.author_url,
        "role": comment.role or None,
        "kind": comment.kind,
        "score": comment.score,
        "published": when(comment.created),
        "edited": when(comment.edited),
        "text": plain_text(comment.blocks, figures=True),
        "blocks": [block_shape(block) for block in comment.blocks],
        "op": comment.role == "op",
        "deleted": comment.state != "live",
        "state": comment.state,
        "new": new,
        "url": comment.url,
        "replies": [],
    }
