"""From a feed's answer to the library: parse in a worker, decide, store in one transaction."""

from __future__ import annotations

from functools import partial

from tui_news.articles.feedbody import is_teaser
from tui_news.comments.sources import find_ref
from tui_news.feeds.decide import Decision, decide
from tui_news.feeds.fingerprint import fingerprint
from tui_news.models import Feed, ParsedEntry, ParsedFeed, Response
from tui_news.models.late import dataclass
from tui_news.services.timing import after_redirect, next_check
from tui_news.services.tools import Tools


@dataclass(frozen=True, slots=True)
class Stored:
    """What a fetch brought: ids of new stories, how many changed; moved: the feed's new address, if it has one."""

    new: tuple[int, ...] = ()
    updated: int = 0
    moved: str = ""


async def parse(tools: Tools, answer: Response) -> ParsedFeed:
    """Parse in a killable process. Raises FeedError, or TuinewsError when the worker died of it."""
    headers = {name: answer.headers[name] for name in ("content-type", "content-language") if name in answer.headers}
    parsed = await tools.workers.run("tui_news.feeds.parse:parse_feed", answer.body, answer.final_url, headers)
    assert isinstance(parsed, ParsedFeed)
    return parsed


def store_feed(tools: Tools, feed_id: int, answer: Response, parsed: ParsedFeed) -> Stored:
    """One transaction: the feed's stories and its health. Reads what is known inside it, so that two refreshing
    processes cannot both think a story new."""
    library, now = tools.library, tools.now
    with library.write():
        feed = library.feeds.get(feed_id)
        if feed is None:
            return Stored()
        decision = _decide(tools, feed, answer, parsed)
        new = library.stories.store(feed_id, decision.new, decision.changed, now)
        moved = _note_success(tools, feed, answer, parsed)
    return Stored(tuple(new), len(decision.changed), moved)


def _decide(tools: Tools, feed: Feed, answer: Response, parsed: ParsedFeed) -> Decision:
    return decide(
        tools.library.stories.known(feed.id),
        parsed,
        feed_url=answer.final_url,
        link_header=answer.headers.get("link", ""),
        now=tools.now,
        find_ref=partial(find_ref, generator=parsed.generator),
        is_teaser=_teaser,
    )


def _teaser(html: str, entry: ParsedEntry) -> bool:
    return is_teaser(html, has_content=bool(entry.content))


def _note_success(tools: Tools, feed: Feed, answer: Response, parsed: ParsedFeed) -> str:
    hashed = fingerprint(answer.body)
    return _note(
        tools, feed, answer, same=False, ttl=parsed.ttl, body_hash=hashed, title=parsed.title, site=parsed.link
    )


def note_same(tools: Tools, feed: Feed, answer: Response) -> str:
    """The feed answered with what we have: only its health is written. The feed's new address, if it has moved."""
    return _note(tools, feed, answer, same=True, body_hash=feed.body_hash)


def _note(
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
