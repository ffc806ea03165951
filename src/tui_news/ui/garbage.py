"""When Python looks for objects that hold each other and that nobody else holds.

Its own rhythm does not suit a reader: a long thread is fifty thousand objects that all live, and by default they are
looked at again and again while they are made (a third of the time to open it). And it looks when so many were made,
which is while something is made for whoever pressed a key: 15 ms of every eighth story's opening. So it is done between
keys: the newest every two seconds, all of it when nobody presses any: a story that was left, a dialog that was closed
would stay for ever, 2 MB a minute.
"""

from __future__ import annotations

import gc

from textual._styles_cache import StylesCache
from textual.strip import Strip

YOUNG = (50_000, 1_000_000, 1_000_000)  # so many at once are looked at by themselves, and only the newest
FEW = 2_000  # new objects that a look is worth
SOME = 300_000  # new ones since the older were looked at too
MUCH = 150_000  # new ones since all were looked at, when it is quiet …
TOO_MUCH = 2_400_000  # … and when it is not
STYLES = 2_000  # written-out styles that are held: what links stand on the screen is part of them


class Made:
    """Objects, by the last sweep: since the older ones were looked at, since all were. looks: those that we know of."""

    older = all = looks = 0


def begin() -> None:
    """After the first paint. What is there by then stays: it is set aside and never looked at again."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*YOUNG)
        gc.enable()


def sweep(quiet: bool) -> bool:
    """Look at what is due; whether that was everything, and what is free was handed back (50 ms).

    quiet: nobody waits for a key to be answered.
    """
    shed()
    if not gc.isenabled():
        return False
    newest, looks, _ = gc.get_count()
    passed = YOUNG[0] * max(0, looks - Made.looks)  # looked at by themselves
    Made.older, Made.all, Made.looks = Made.older + passed, Made.all + passed, looks
    which = due(newest, Made.older + newest, Made.all + newest, quiet)
    if which == 2:
        from tui_news.services.thrift import give_back

        give_back()
        Made.older = Made.all = 0
    elif which is not None:
        gc.collect(which)
        Made.older, Made.all = 0 if which else Made.older + newest, Made.all + newest
    Made.looks = gc.get_count()[1]
    return which == 2


def due(newest: int, older: int, everything: int, quiet: bool) -> int | None:
    """Which generation to look at, when so many objects were made: since the newest, the older, all were looked at."""
    if everything >= (MUCH if quiet else TOO_MUCH):
        return 2
    if older >= SOME:
        return 1
    return 0 if newest >= FEW else None


def shed() -> None:
    """Let go of what Textual holds of widgets that are gone: see textual#6665 (the drawn rows of a thousand of them).

    And of the styles that were written out: 16,384 of them. What is on the screen is reckoned anew when it is drawn.
    """
    StylesCache.get_inner_outer.cache_clear()
    if Strip.render_ansi.cache_info().currsize > STYLES:
        Strip.render_ansi.cache_clear()
