"""What was asked for without a network, done now that there is one: by the open reader, or by `tuinews refresh`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui_news.models import FetchError, TuinewsError

if TYPE_CHECKING:
    from tui_news.services.contracts import Fact
    from tui_news.services.tools import Tools


async def catch_up(tools: Tools, tell: Callable[[Fact], None] = lambda fact: None) -> tuple[int, bool]:
    """(how many things that waited are done, whether the network went away meanwhile). What is to be opened in a
    browser is left to the reader's screen."""
    done = 0
    for later_id, kind, target in tools.library.later.all():
        if kind == "open":
            continue
        try:
            if not await _do(tools, kind, target, tell):
                return done, True
        except FetchError as error:
            if error.kind == "offline":
                return done, True
        except TuinewsError:
            pass  # it was answered, if only by a refusal: its own words were noted where they belong
        tools.library.later.done(later_id)
        done += 1
    return done, False


def caught_up(done: int) -> str:
    return "1 thing that waited is done." if done == 1 else f"{done} things that waited are done."


async def _do(tools: Tools, kind: str, target: str, tell: Callable[[Fact], None]) -> bool:
    """Do one thing; False: the network is away. Raises TuinewsError."""
    from tui_news.services.discussing import fetch_comments
    from tui_news.services.reading import fetch_article
    from tui_news.services.refresh import refresh
    from tui_news.services.subscribing import add

    if kind == "story":
        await fetch_article(tools, int(target))
        await fetch_comments(tools, int(target))
    elif kind == "refresh":
        feeds = [int(feed) for feed in target.split(",") if feed] or None
        return not (await refresh(tools, feeds, force=True, tell=tell)).offline
    elif kind == "add":
        await add(tools, target)
    return True
