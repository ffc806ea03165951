"""Refreshing feeds: concurrently, politely, each on its own. One feed's failure is one line and touches no other."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import field, replace
from functools import partial
from typing import TYPE_CHECKING

from tui_news.models import Feed, FetchError, LibraryError, Response, TuinewsError
from tui_news.models.late import dataclass
from tui_news.services import silence
from tui_news.services.contracts import Fact, FeedRefreshed, RefreshFinished, RefreshStarted
from tui_news.services.in_flight import InFlight, unless
from tui_news.services.indexing import Indexer
from tui_news.services.noting import note_same
from tui_news.services.patience import patiently
from tui_news.services.seats import Seats
from tui_news.services.timing import BUSY_HOST, after_failure, conditional, unconditional_every
from tui_news.services.together import Together
from tui_news.services.tools import Tools
from tui_news.text.sanitize import mask_url
from tui_news.web.limits import FEED_LIMIT, connections

if TYPE_CHECKING:
    from tui_news.services.readers import Readers

ACCEPT = "application/feed+json, application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5"
SPARE = 20  # feeds beyond those that a connection is free for, so that each finds the next one waiting
BRISK = 8  # feeds after which the loop has a turn: the first answers come, and are read, while the last ones are asked
FIRST = 24  # feeds that are asked before the workers start, which are ready when those answer
STARTING = 6  # turns of the loop that a worker's start takes: five hundred questions would stand before each
MANY = 40  # feeds never read that are worth two workers before anybody knows what they bring
OFFLINE = "No connection: nothing was changed; everything fetched before is still here."


@dataclass(frozen=True, slots=True)
class FeedOutcome:
    """How one feed fared. status: "new" | "same" | "error" | "gone" | "offline" | "waiting" (its host asked for
    silence: it was not asked). moved: its new address, when it was stored just now."""

    feed: Feed
    status: str
    new: tuple[int, ...] = ()
    updated: int = 0
    error: str = ""
    failure: FetchError | None = None
    moved: str = ""


class Ways:
    """How feeds are read and stored: each in the company of others. flying: how many are being asked; feeds, left: see
    `Readers`."""

    def __init__(self, tools: Tools, flying: Callable[[], int], feeds: int, left: Callable[[], int]) -> None:
        self._tools, self._feeds, self._left = tools, feeds, left
        self.together, self.seats = Together(tools, flying), Seats()
        self._readers: Readers | None = None

    @property
    def reading(self) -> bool:
        """Whether a document was read, so that workers are there, or about to be."""
        return self._readers is not None

    @property
    def readers(self) -> Readers:
        """Imported, with all that reads documents, when the first one comes: most refreshes bring few, or none."""
        if self._readers is None:
            from tui_news.services.readers import Readers

            self._readers = Readers(self._tools, self._feeds, self._left)
        return self._readers

    def close(self) -> None:
        if self._readers is not None:
            self._readers.close()


@dataclass(slots=True)
class RefreshReport:
    outcomes: list[FeedOutcome] = field(default_factory=list)
    stopped_of: int = 0  # how many feeds were to be asked, if a person stopped it

    @property
    def new(self) -> tuple[int, ...]:
        return tuple(story for outcome in self.outcomes for story in outcome.new)

    @property
    def failed(self) -> int:
        return sum(outcome.status in ("error", "gone", "offline") for outcome in self.outcomes)

    @property
    def offline(self) -> bool:
        """No feed that needs the network could be reached, and at least one was tried."""
        tried = [outcome for outcome in self.outcomes if not outcome.feed.url.startswith("builtin:")]
        return bool(tried) and all(outcome.status == "offline" for outcome in tried)

    @property
    def sentence(self) -> str:
        if self.stopped_of:
            asked = f"{len(self.outcomes)} of {_many(self.stopped_of, 'feed')} had answered"
            return f"Stopped: {asked}, {_many(len(self.new), 'new story', 'new stories')}; what came is kept."
        if self.offline:
            return OFFLINE
        if not self.outcomes:
            return "Nothing is due yet."
        with_new, asked = sum(bool(outcome.new) for outcome in self.outcomes), _many(len(self.outcomes), "feed")
        new = _many(len(self.new), "new story", "new stories")
        text = f"{new} in {with_new} of {asked}" if with_new else f"Nothing new in {asked}"
        said = "; ".join([text, *self._troubles()])
        return said if said.endswith("…") else said + "."

    def _troubles(self) -> list[str]:
        """One clause a kind of trouble, the first feed of each by name."""
        told = {
            "{} failed: {}": [one for one in self.outcomes if one.status in ("error", "offline")],
            "{} gone for good and asked no more (its stories stay): {}": self._of("gone"),
            "{} waiting because the server asked us to: {}": self._of("waiting"),
            "{} moved to a new address: {}": [one for one in self.outcomes if one.moved],
        }
        return [
            words.format(_many(len(found), "feed"), found[0].feed.title or mask_url(found[0].feed.url))
            + (", …" if len(found) > 1 else "")
            for words, found in told.items()
            if found
        ]

    def _of(self, status: str) -> list[FeedOutcome]:
        return [outcome for outcome in self.outcomes if outcome.status == status]


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or one + 's'}"


async def refresh(
    tools: Tools,
    feed_ids: Sequence[int] | None = None,
    *,
    force: bool = False,
    tell: Callable[[Fact], None] = lambda fact: None,
    stop: asyncio.Event | None = None,
    then: Callable[[RefreshReport], Awaitable[object]] | None = None,
) -> RefreshReport:
    """Fetch the feeds that are due (`force`: all), or those named. Never raises for a feed's sake.

    stop: once set, no feed is waited for any longer; what has come is kept and reported. then: done with the report,
    beside what is left of the indexing.
    """
    feeds = _chosen(tools, feed_ids, force)
    report = RefreshReport()
    tell(RefreshStarted(len(feeds)))
    indexer = Indexer(tools)
    if not await unless(stop, _ask_all(tools, feeds, report, indexer, tell)):
        report.stopped_of = len(feeds)
    await indexer.rest()
    await _note_failures(tools, report)
    tools.library.catch_up()
    tell(RefreshFinished(len(report.new), report.failed, report.offline, report.sentence))
    if then is not None:
        await then(report)
    await indexer.finish()
    return report


async def _ask_all(
    tools: Tools, feeds: Sequence[Feed], report: RefreshReport, indexer: Indexer, tell: Callable[[Fact], None]
) -> None:
    """Each feed on its own, as many at a time as may be asked; `tell` hears of each that is done, and of those that
    take long."""
    room, flying = asyncio.Semaphore(connections() + SPARE), InFlight(len(feeds), tell)
    ways = Ways(tools, lambda: len(flying), len(feeds), lambda: len(feeds) - len(report.outcomes))
    unread = sum(feed.last_success is None for feed in feeds)

    async def one(feed: Feed) -> None:
        async with room:
            with flying.trip(feed.id, feed.title or feed.url):
                outcome = await refresh_feed(tools, feed, ways)
            ways.together.look()
        report.outcomes.append(outcome)
        indexer.stored(len(outcome.new))
        done = len(report.outcomes)
        title = outcome.feed.title or outcome.feed.url
        tell(FeedRefreshed(feed.id, title, len(outcome.new), outcome.updated, outcome.error, done, len(feeds)))

    watch = asyncio.ensure_future(flying.watch())
    try:
        async with asyncio.TaskGroup() as group:
            for number, feed in enumerate(_mixed(feeds), 1):
                group.create_task(one(feed))
                await _paced(number, unread >= MANY, ways)
    finally:
        watch.cancel()
        ways.close()


async def _paced(number: int, unread: bool, ways: Ways) -> None:
    """The loop's turn after so many feeds. unread: two workers will wait for what comes, so that goes first."""
    if unread and number == FIRST:
        await _turns(STARTING)
        ways.readers.prepare()
        await _turns(STARTING)
    elif number % BRISK == 0 or (unread and number > FIRST):
        await _turns(1)


async def _turns(number: int) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


def _mixed(feeds: Sequence[Feed]) -> list[Feed]:
    """Hosts in turn: a host with a hundred feeds must not stand before all others."""
    times: Counter[str] = Counter()
    turns = []
    for feed in feeds:
        host = silence.host_of(feed.url)
        turns.append(times[host])
        times[host] += 1
    return [feeds[at] for at in sorted(range(len(feeds)), key=turns.__getitem__)]


def _chosen(tools: Tools, feed_ids: Sequence[int] | None, force: bool) -> tuple[Feed, ...]:
    if feed_ids is not None:
        wanted = set(feed_ids)
        return tuple(feed for feed in tools.library.feeds.all() if feed.id in wanted)
    if not force:
        return tools.library.feeds.due(tools.now)
    return tuple(feed for feed in tools.library.feeds.all() if feed.status != "gone")  # those only by name


async def refresh_feed(tools: Tools, feed: Feed, ways: Ways) -> FeedOutcome:
    """Fetch and store one feed. Failures are returned, not raised, and not yet written (see `_note_failures`)."""
    try:
        return await _fetch_and_store(tools, feed, ways)
    except FetchError as error:
        silence.note(tools, error, feed.url)
        status = "offline" if error.kind == "offline" else "gone" if error.status == 410 else "error"
        status = status if error.asked else "waiting"
        return FeedOutcome(feed, status, error=str(error), failure=error)
    except TuinewsError as error:
        return FeedOutcome(feed, "error", error=str(error))
    except Exception as error:  # nobody foresaw it: it must not take the other feeds with it
        from tui_news.services.reporting import report

        return FeedOutcome(
            feed, "error", error=report(error, tools.library.paths.state, tools.now, "fetching the feed")
        )


async def _fetch_and_store(tools: Tools, feed: Feed, ways: Ways) -> FeedOutcome:
    every = unconditional_every(feed.headers)
    headers = conditional(feed.etag, feed.modified, feed.last_success, tools.now, every=every)
    silence.heed(tools, feed.url)
    # What was asked for under a condition has changed, if it comes; what comes without one is often as it was.
    unpack = bool(feed.body_hash) and not headers
    async with ways.seats.one() as seat:
        answer = await tools.web.get(feed.url, headers=headers, accept=ACCEPT, seat=seat, unpack=unpack)
        return await _arrived(tools, feed, answer, ways)


async def _arrived(tools: Tools, feed: Feed, answer: Response, ways: Ways) -> FeedOutcome:
    write = ways.together.write
    if answer.status == 304:
        return FeedOutcome(feed, "same", moved=await write(lambda: note_same(tools, feed, answer)))
    from tui_news.feeds.fingerprint import fingerprint
    from tui_news.services.storing import take_in

    if answer.packed and feed.body_hash and not ways.reading:
        answer = _unpacked(answer)  # if it is as it was, no worker need start for it
    hashed = "" if answer.packed else fingerprint(answer.body)
    if hashed and hashed == feed.body_hash:
        return FeedOutcome(feed, "same", moved=await write(lambda: note_same(tools, feed, answer)))
    stored = await take_in(tools, feed, answer, hashed, ways.readers.digest, write)
    status = "new" if stored.new or stored.updated else "same"
    return FeedOutcome(feed, status, stored.new, stored.updated, moved=stored.moved)


def _unpacked(answer: Response) -> Response:
    from tui_news.web.unpacking import surely

    return replace(answer, body=surely(answer.body, FEED_LIMIT, answer.final_url), packed=False)


async def _note_failures(tools: Tools, report: RefreshReport) -> None:
    """Write the failures at the end: with the plug out nothing is changed, not even the feeds' health."""
    if report.offline:
        return
    for outcome in report.outcomes:
        note = _put_off if outcome.status == "waiting" else _note_failure if outcome.error else None
        if note is not None:
            with suppress(LibraryError):  # a feed's health, no story: the next refresh finds it again
                await patiently(tools, partial(note, tools, outcome))


def _put_off(tools: Tools, outcome: FeedOutcome) -> None:
    wait = outcome.failure.retry_after if outcome.failure else None
    tools.library.feeds.put_off(outcome.feed.id, tools.now + (wait or 0), BUSY_HOST)


def _note_failure(tools: Tools, outcome: FeedOutcome) -> None:
    retry = outcome.failure.retry_after if outcome.failure else None
    status = outcome.failure.status if outcome.failure else None
    when, why = after_failure(tools.now, outcome.feed.failures + 1, retry)
    gone = outcome.status == "gone"
    with tools.library.write():
        tools.library.feeds.failed(
            outcome.feed.id,
            now=tools.now,
            error=outcome.error,
            http_status=status or None,
            next_check=when,
            next_why="gone for good: asked only by name" if gone else why,
            gone=gone,
        )
