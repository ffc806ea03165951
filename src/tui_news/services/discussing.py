"""A story's thread: where it lives, whether to ask again, and merging what came into what is held."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

from tui_news.comments.merge import merge
from tui_news.comments.sources import fetch_thread, why_gone
from tui_news.comments.sources.contract import Elsewhere, Fetch
from tui_news.models import (
    Comment,
    Fetched,
    FetchError,
    Response,
    Story,
    Thread,
    ThreadError,
    ThreadRef,
    TuinewsError,
)
from tui_news.services.budget import Budget
from tui_news.services.patience import patiently
from tui_news.services.reading import ACCEPT as PAGE_ACCEPT
from tui_news.services.reading import LIMIT as PAGE_LIMIT
from tui_news.services.tools import Tools

MINUTE, HOUR, DAY = 60, 3600, 86_400
LIMIT = 16 * 1024 * 1024
_ONLY = "?"  # between a route and the one story that it is known to be right for


def is_due(thread: Thread | None, story: Story, now: int, *, by_count: bool = True) -> bool:
    """Whether to ask the source again: never fetched, the feed's count changed (`by_count`), or by the story's age.

    A count that was as high when the thread was fetched may hold what no fetch brings: it is asked for once an hour.
    """
    if thread is None or thread.fetched_at is None:
        return True
    hint = story.row.comments_hint
    before = thread.ref.count_hint if thread.ref is not None else None
    if by_count and hint is not None and before not in (None, hint):
        return now - thread.fetched_at > MINUTE
    if by_count and hint is not None and hint > max(thread.held, thread.total or 0):
        return now - thread.fetched_at > (MINUTE if before is None else HOUR)
    age = now - story.row.sort
    wait = 10 * MINUTE if age < 6 * HOUR else HOUR if age < 2 * DAY else DAY if age < 14 * DAY else None
    return wait is not None and now - thread.fetched_at >= wait


async def fetch_comments(tools: Tools, story_id: int, *, force: bool = False) -> bool:
    """Make sure that the story's thread is held and fresh. True when something was stored.

    Raises FetchError or ThreadError; what was held stays, with the error noted beside it.
    """
    story = tools.library.stories.get(story_id)
    if story is None:
        return False
    held = tools.library.threads.get(story_id)
    if not force and not (is_due(held, story, tools.now) and _may_ask(tools, story_id)):
        return False
    ref = await _ref(tools, story, held, force)
    if ref is None or (not ref.routes and held is not None and held.error and not force):
        return False  # no thread; or one that only a browser shows, which was said before
    try:
        fetched = await _fetch(tools, story, ref, held, force)
    except (FetchError, ThreadError) as error:
        _note_failure(tools, story_id, error.ref if isinstance(error, Elsewhere) else ref, error)
        raise
    await _store(tools, story, ref, held, fetched)
    return True


def in_browser(tools: Tools, story_id: int) -> bool:
    """Whether the story's comments are known to be where only a browser shows them."""
    held = tools.library.threads.get(story_id)
    return held is not None and held.ref is not None and not held.ref.routes


def _may_ask(tools: Tools, story_id: int) -> bool:
    """Whether the wait that a server asked for is over."""
    until = tools.library.threads.wait_until(story_id)
    return until is None or until <= tools.now


async def _ref(tools: Tools, story: Story, held: Thread | None, force: bool) -> ThreadRef | None:
    if held is not None and held.ref is not None and not held.ref.routes and not force:
        return held.ref  # what the feed names was tried, and only a browser shows them
    if story.thread is not None:
        return story.thread
    if held is not None and held.ref is not None:
        return held.ref
    if not story.comments_url or tools.library.articles.raw(story.row.id):
        return None  # nothing names a thread, or the page was read and named none
    page = await tools.web.get(story.row.url, accept=PAGE_ACCEPT, limit=PAGE_LIMIT, near=story.feed_url)
    found = await tools.workers.run(
        "tui_news.comments.sources:find_ref_in_page", page.final_url, page.body, page.headers.get("link", "")
    )
    return found if isinstance(found, ThreadRef) else None


async def _fetch(tools: Tools, story: Story, ref: ThreadRef, held: Thread | None, force: bool) -> Fetched:
    fetch = _fetcher(tools, story)
    known = held.comments if held else ()
    prefer = "" if force else _remembered(tools, story.row.id, ref)
    more = held.held if force and held and held.coverage == "partial" and held.held < (held.total or 0) else 0
    fetched = await fetch_thread(ref, fetch, tools.workers.run, known=known, prefer=prefer, more=more)
    if fetched.route != prefer:
        _remember(tools, story.row.id, ref, fetched.route)
    return fetched


def _remember(tools: Tools, story_id: int, ref: ThreadRef, route: str) -> None:
    """A lesser route is the site's only when a second story needs it: the first may be locked, or gone."""
    threads, site = tools.library.threads, site_of(ref)
    if ref.routes and route != ref.routes[0].name:
        known, _, first = (threads.route_for(site, since=tools.now - DAY) or "").partition(_ONLY)
        route = route if known == route and first != str(story_id) else f"{route}{_ONLY}{story_id}"
    threads.remember_route(site, route, tools.now)


def _remembered(tools: Tools, story_id: int, ref: ThreadRef) -> str:
    """The route that last worked for the site. The best one is trusted for a week; a lesser one for a day, since it
    brings less: a site whose REST was refused for an hour would else show its ten newest comments all week."""
    threads, site = tools.library.threads, site_of(ref)
    route = threads.route_for(site, since=tools.now - 7 * DAY)
    if route and ref.routes and route != ref.routes[0].name:
        route = threads.route_for(site, since=tools.now - DAY)
    route, only, story = (route or "").partition(_ONLY)
    return "" if only and story != str(story_id) else route


def site_of(ref: ThreadRef) -> str:
    """The key a working route is remembered under: source and host, not the single story."""
    return f"{ref.source}|{urlsplit(ref.page_url).netloc.rpartition('@')[2]}"


def _fetcher(tools: Tools, story: Story) -> Fetch:
    budget = Budget()

    async def fetch(url: str, accept: str = "") -> Response:
        budget.check()
        return budget.take(await tools.web.get(url, accept=accept, limit=LIMIT, near=story.feed_url))

    return fetch


async def _store(tools: Tools, story: Story, ref: ThreadRef, held: Thread | None, fetched: Fetched) -> None:
    gen = (held.gen if held else 0) + 1
    merged = merge(held.comments if held else (), fetched, gen=gen, now=tools.now, keep_removed=tools.keep_removed)
    keep = partial(
        tools.library.threads.put,
        story.row.id,
        ref,
        await _told_apart(tools, story, ref, held, fetched, merged.upserts),
        merged.removed,
        coverage=fetched.coverage,
        total=fetched.total,
        route=fetched.route,
        warnings=(*fetched.warnings, *merged.warnings),
        now=tools.now,
    )
    await patiently(tools, keep)


async def _told_apart(
    tools: Tools, story: Story, ref: ThreadRef, held: Thread | None, fetched: Fetched, upserts: tuple[Comment, ...]
) -> tuple[Comment, ...]:
    """The anchors of comments that just went, as moderated or deleted where the source can tell."""
    live = {comment.id for comment in held.comments if comment.state == "live"} if held else set()
    gone = [comment.id for comment in upserts if comment.state == "gone" and comment.id in live]
    if not gone:
        return upserts
    states = await why_gone(ref, fetched, gone, _fetcher(tools, story), tools.workers.run)
    return tuple(replace(comment, state=states.get(comment.id, comment.state)) for comment in upserts)


def _note_failure(tools: Tools, story_id: int, ref: ThreadRef, error: TuinewsError) -> None:
    """Being offline is not the thread's fault: it is not written, so that the next try is not put off."""
    if isinstance(error, FetchError) and error.kind == "offline":
        return
    retry = getattr(error, "retry_after", None)
    until = tools.now + retry if retry else None
    tools.library.threads.failed(story_id, ref, error.of("The comments did not come"), until, tools.now)
