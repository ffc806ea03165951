"""What a source of comments is: one value in the registry, made of plain functions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tui_news.models import Fetched, ParsedEntry, Response, Route, ThreadError, ThreadRef
from tui_news.models.comments import State
from tui_news.models.late import dataclass

# fetch(url, accept="") -> Response, raising FetchError; run("package.module:function", *args) in a worker process.
Fetch = Callable[..., Awaitable[Response]]
Run = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """How a source reaches the outside: everything that comes back is parsed by way of `run`.

    more: how many comments are held of a thread too long for one fetch, when its next part is asked for; else 0.
    """

    fetch: Fetch
    run: Run
    more: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of place that keeps comments.

    find(entry, feed_link, link_header): the thread a feed entry points at, without a network.
    find_in_page(url, html, link_header): the thread the story's own page points at, without a network.
    fetch(ref, route, line): one route's comments; raises ThreadError, FetchError.
    find_by_generator(entry, feed_link, generator): as find, where only the feed's generator tells.
    probe(ref, fetched, comment_id, line): why a comment went that the fetch lacks; None when it cannot tell.
    in_browser: its threads have no routes; fetch says where they are and what opens them.
    signs: parts of addresses, in lower case, one of which is in the comments page, link or guid of every entry that
    `find` knows: a refresh asks for the others' sake twenty thousand times. Empty: any entry may be one.
    programs: parts of names, in lower case, one of which is in every generator that `find_by_generator` knows.
    """

    name: str
    find: Callable[[ParsedEntry, str, str], ThreadRef | None]
    find_in_page: Callable[[str, str, str], ThreadRef | None]
    fetch: Callable[[ThreadRef, Route, Line], Awaitable[Fetched]]
    find_by_generator: Callable[[ParsedEntry, str, str], ThreadRef | None] | None = None
    probe: Callable[[ThreadRef, Fetched, str, Line], Awaitable[State | None]] | None = None
    in_browser: bool = False
    signs: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()

    def may_find(self, addresses: str) -> bool:
        """addresses: an entry's, in lower case."""
        return not self.signs or any([sign in addresses for sign in self.signs])


class Elsewhere(ThreadError):
    """The thread is another's than its story's feed says. ref: where it is."""

    def __init__(self, what: str, why: str, todo: str, ref: ThreadRef) -> None:
        super().__init__("refused", what, why, todo)
        self.ref = ref


def not_this(where: str, why: str) -> ThreadError:
    """The answer is no thread at all (an HTML page where JSON was due, a feed of something else)."""
    return ThreadError("notthis", f"No comments could be read from {where}", why)
