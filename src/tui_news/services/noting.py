"""What a feed's answer says of the feed: when it is due again, whether it moved, the stamps for the next question."""

from __future__ import annotations

from tui_news.models import Feed, Response
from tui_news.services.timing import after_redirect, next_check
from tui_news.services.tools import Tools


def note_same(tools: Tools, feed: Feed, answer: Response) -> str:
    """The feed answered with what we have: only its health is written. The feed's new address, if it has moved."""
    return note(tools, feed, answer, same=True, body_hash=feed.body_hash)


def note(
    tools: Tools,
    feed: Feed,
    answer: Response,
    *,
    same: bool,
    ttl: int | None = None,
    body_hash: str,
    title: str = "",
    site: str = "",
) -> str:
    """What an answer says of the feed's health. A 304 may come without the stamps: those held stay."""
    when, why = next_check(tools.now, ttl, answer.headers, feed.settings.interval)
    elsewhere = answer.moved_to if answer.moved_to != feed.url else None  # just subscribed at its new address
    moved_to, moves, settled = after_redirect(feed.visits.moved_to, feed.visits.moves, elsewhere)
    moved = tools.library.feeds.fetched(
        feed.id,
        now=tools.now,
        etag=answer.headers.get("etag", feed.etag if same else ""),
        modified=answer.headers.get("last-modified", feed.modified if same else ""),
        body_hash=body_hash,
        headers=answer.headers.get("link", "") or (feed.headers if same else ""),
        http_status=answer.status,
        next_check=when,
        next_why=why,
        title=title,
        site=site,
        url=settled,
        moved_to=moved_to,
        moves=moves,
        took=round(answer.took * 1000),
    )
    return settled or "" if moved else ""
