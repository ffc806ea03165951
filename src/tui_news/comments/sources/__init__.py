"""Where comments come from. A new source is one module and one line in `SOURCES`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from tui_news.comments.sources import (
    atom_thread,
    bluesky,
    discourse,
    ghost,
    hackernews,
    isso,
    lemmy,
    links,
    lobsters,
    mastodon,
    page_markup,
    wordpress,
)
from tui_news.comments.sources.contract import Elsewhere, Fetch, Line, Run, Source
from tui_news.models import Comment, Fetched, FetchError, ParsedEntry, Route, ThreadError, ThreadRef
from tui_news.models.comments import State

# Asked in this order: known hosts first, then programs that run anywhere.
SOURCES: tuple[Source, ...] = (
    hackernews.SOURCE,
    lobsters.SOURCE,
    discourse.SOURCE,
    lemmy.SOURCE,
    mastodon.SOURCE,
    bluesky.SOURCE,
    ghost.SOURCE,
    isso.SOURCE,
    wordpress.SOURCE,
    atom_thread.SOURCE,
    links.SOURCE,
    page_markup.SOURCE,
)
_ANY = tuple(source.find for source in SOURCES if not source.signs)
_SIGNS = tuple(sign for source in SOURCES for sign in source.signs)
PROBES = 5  # comments that went are asked after one by one, no more of them a fetch


def find_ref(entry: ParsedEntry, feed_link: str, link_header: str, generator: str = "") -> ThreadRef | None:
    """The thread a feed entry points at. feed_link: the feed's site; link_header: the Link header it came with;
    generator: the program that the feed says made it."""
    addresses = f"{entry.comments}\n{entry.link}\n{entry.id}".lower()
    known = _made_by(generator)
    if not known and not _signed(addresses):
        return _unsigned(entry, feed_link, link_header)
    for source in SOURCES:
        ref = source.find(entry, feed_link, link_header) if source.may_find(addresses) else None
        if ref is None and source.name in known and source.find_by_generator is not None:
            ref = source.find_by_generator(entry, feed_link, generator)
        if ref is not None:
            return ref
    return None


def _unsigned(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
    """By those sources that any entry may be of."""
    for find in _ANY:
        if (ref := find(entry, feed_link, link_header)) is not None:
            return ref
    return None


def _signed(addresses: str) -> bool:
    """Whether a source that goes by its signs may know one of the addresses, which is rare."""
    return True in [sign in addresses for sign in _SIGNS]


@lru_cache(maxsize=256)
def _made_by(generator: str) -> frozenset[str]:
    """The sources that may know a feed's entries by the program that made it."""
    name = generator.lower()
    return frozenset(source.name for source in SOURCES if any(program in name for program in source.programs))


def find_ref_in_page(url: str, html: str | bytes, link_header: str = "") -> ThreadRef | None:
    """The thread the story's own page points at. Parses the page: run it in a worker."""
    from tui_news.comments.sources.page import decoded

    text = decoded(html) if isinstance(html, bytes) else html
    found = (source.find_in_page(url, text, link_header) for source in SOURCES)
    return next((ref for ref in found if ref), None)


async def fetch_thread(
    ref: ThreadRef, fetch: Fetch, run: Run, known: Sequence[Comment] = (), prefer: str = "", more: int = 0
) -> Fetched:
    """The thread by the first route that brings it, `prefer` (the one that worked last) first. more: see `Line`.

    A route that is refused, brings something else, or brings nothing where comments are due gives way to the next.
    Raises FetchError at once when no route can help (no network, the host asks us to wait), else the first route's
    error when none brought anything.
    """
    source = next((source for source in SOURCES if source.name == ref.source), None)
    if source is None:
        raise ThreadError("notthis", "The comments could not be read", f"nothing here reads {ref.source} threads")
    line = Line(fetch, run, more)
    errors: list[FetchError | ThreadError] = []
    empty: list[Fetched] = []
    routes = (Route("page", ref.page_url),) if source.in_browser else ref.routes
    for route in _in_order(routes, prefer):
        try:
            fetched = await source.fetch(ref, route, line)
        except (FetchError, ThreadError) as error:
            if _final(error):
                raise
            errors.append(error)
            continue
        if fetched.comments or not _due(ref, known):
            return await _fuller(fetched, source, ref, known, line, len(errors) + len(empty))
        empty.append(fetched)
    return _nothing(empty, errors, ref, known)


async def _fuller(
    fetched: Fetched, source: Source, ref: ThreadRef, known: Sequence[Comment], line: Line, failed: int
) -> Fetched:
    """What came, or what the best route brings where a lesser one was asked first and brought fewer than there are.

    A lesser route may have become the first one to ask for the sake of another story of the site.
    """
    lesser = bool(ref.routes) and not failed and fetched.route != ref.routes[0].name
    if not lesser or max(len(fetched.comments), len(known)) >= (ref.count_hint or 0):
        return fetched
    try:
        better = await source.fetch(ref, ref.routes[0], line)
    except (FetchError, ThreadError):
        return fetched
    return better if len(better.comments) >= len(fetched.comments) else fetched


async def why_gone(ref: ThreadRef, fetched: Fetched, ids: Sequence[str], fetch: Fetch, run: Run) -> dict[str, State]:
    """Why comments went that were held: the state of each of the first few whose source can tell. Never raises for
    a source's sake: without an answer they are just gone."""
    probe = next((source.probe for source in SOURCES if source.name == ref.source), None)
    states: dict[str, State] = {}
    for comment in ids[:PROBES] if probe else ():
        try:
            state = await probe(ref, fetched, comment, Line(fetch, run)) if probe else None
        except (FetchError, ThreadError) as error:
            if _final(error):
                break
            continue
        if state is not None:
            states[comment] = state
    return states


def _in_order(routes: Sequence[Route], prefer: str) -> list[Route]:
    return sorted(routes, key=lambda route: route.name != prefer)


def _due(ref: ThreadRef, known: Sequence[Comment]) -> bool:
    """Whether there should be comments: the feed counts some, some are held, or the page has somebody's box."""
    boxed = any(name == "keeper" for name, _ in ref.meta)
    return boxed or bool(ref.count_hint) or any(comment.state == "live" for comment in known)


def _final(error: FetchError | ThreadError) -> bool:
    """Whether another route on the same host would fare no better, or would be rude."""
    if isinstance(error, ThreadError):
        return error.kind in ("limited", "refused") and not isinstance(error, Elsewhere)
    waiting = error.status in (429, 503) and error.retry_after is not None
    return error.kind in ("offline", "timeout", "tls") or waiting or error.status == 429


def _nothing(
    empty: list[Fetched], errors: list[FetchError | ThreadError], ref: ThreadRef, known: Sequence[Comment]
) -> Fetched:
    """What to make of a thread that should have comments and brought none by any route."""
    for error in errors:
        if isinstance(error, Elsewhere):
            raise error
    if keeper := dict(ref.meta).get("keeper"):
        raise links.elsewhere(keeper, ref.page_url, ref.count_hint)
    counted = next((fetched for fetched in empty if fetched.total == 0), None)
    if counted is not None:
        # The site counts none: feeds count pingbacks too. With comments held, one voice is no proof that all went.
        sure = len(empty) > 1 or not known
        return counted if sure else replace(counted, coverage="partial", warnings=(_ODD,))
    if errors and not empty:
        raise errors[0]
    if not empty:
        raise ThreadError("notthis", "The comments could not be read", "no way to them is known", ref.page_url)
    return replace(empty[0], coverage="partial", warnings=(*empty[0].warnings, _ODD))


_ODD = "The site brought no comments although there should be some."
