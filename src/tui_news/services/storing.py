"""From a feed's answer to the library: read in a worker, decide, store in one transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

from tui_news.feeds.decide import only_new, settle
from tui_news.feeds.fingerprint import fingerprint
from tui_news.models import Digest, Feed, ParsedFeed, Response
from tui_news.models.late import dataclass
from tui_news.services.noting import note, note_same
from tui_news.services.tools import Tools

T = TypeVar("T")


class Write(Protocol):
    """Does a whole transaction, alone (`patiently`) or with others (`together`)."""

    def __call__(self, work: Callable[[], T]) -> Awaitable[T]: ...


@dataclass(frozen=True, slots=True)
class Stored:
    """What a fetch brought: ids of new stories, how many changed; moved: the feed's new address, if it has one."""

    new: tuple[int, ...] = ()
    updated: int = 0
    moved: str = ""


class Held(NamedTuple):
    """What spares reading what the library has: what its stories were made from (`Stories.sources`), the last visit's
    marks (see `digesting.digest_feed`), and that document's fingerprint."""

    sources: str = ""
    marks: bytes = b""
    body_hash: str = ""


class Read(Protocol):
    """As `digest`, alone or with others (`readers`)."""

    def __call__(self, answer: Response, held: Held) -> Awaitable[Digest]: ...


async def take_in(tools: Tools, feed: Feed, answer: Response, hashed: str, read: Read, write: Write) -> Stored:
    """Read what the feed answered, and store it. Raises FeedError, or TuinewsError when the worker died of it.
    hashed: the body's fingerprint, if it is known."""
    held = Held(tools.library.stories.sources(feed.id), tools.library.feeds.marks(feed.id), feed.body_hash)
    made = await read(answer, held)
    if made.hashed and made.hashed == held.body_hash:
        return Stored(moved=await write(partial(note_same, tools, feed, answer)))
    stored = await write(partial(store_digest, tools, feed.id, answer, made, hashed))
    if stored is None:
        made = await digest(tools, answer)
        stored = await write(partial(store_digest, tools, feed.id, answer, made, hashed))
    assert stored is not None
    return stored


Asked = tuple[bytes, str, Mapping[str, str], str, bool, str, bytes, str]
_NOTHING = Held()


def asked(answer: Response, held: Held = _NOTHING) -> Asked:
    """What the worker needs to know: body, its final address, headers, the `link` header, whether the body is packed,
    and what is held of the feed, part by part."""
    headers = {name: answer.headers[name] for name in ("content-type", "content-language") if name in answer.headers}
    return answer.body, answer.final_url, headers, answer.headers.get("link", ""), answer.packed, *held


async def digest(tools: Tools, answer: Response, held: Held = _NOTHING) -> Digest:
    """Read and prepare in a killable process. Where nothing is told as held, it lacks nothing."""
    document = asked(answer, held)
    made = await tools.workers.run("tui_news.services.digesting:digest_document", document, now=tools.now)
    assert isinstance(made, Digest)
    return made


def store_digest(tools: Tools, feed_id: int, answer: Response, made: Digest, hashed: str = "") -> Stored | None:
    """One transaction: the feed's stories and its health. Reads what is known inside it, so that two refreshing
    processes cannot both think a story new. None: the digest lacks something, and nothing was stored."""
    library, now = tools.library, tools.now
    with library.write():
        feed = library.feeds.get(feed_id)
        if feed is None:
            return Stored()
        if made.partial:
            decision = only_new(library.stories.names(feed_id), made, now)
        else:
            decision = settle(library.stories.known(feed_id), made, now)
        if decision is None:
            return None
        new = library.stories.store(feed_id, decision.new, decision.changed, now)
        moved = _note_success(tools, feed, answer, made.feed, hashed or made.hashed or fingerprint(answer.body))
        library.feeds.set_marks(feed_id, decision.marks)
    return Stored(tuple(new), len(decision.changed), moved)


def _note_success(tools: Tools, feed: Feed, answer: Response, parsed: ParsedFeed, hashed: str) -> str:
    return note(tools, feed, answer, same=False, ttl=parsed.ttl, body_hash=hashed, title=parsed.title, site=parsed.link)
