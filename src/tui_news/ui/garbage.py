"""When Python looks for objects that hold each other and that nobody else holds.

Its own rhythm does not suit a reader: a long thread is fifty thousand objects that all live, and by default they are
looked at again and again while they are made (a third of the time to open it). But what lived through two looks is
otherwise never looked at: a story that was left, a dialog that was closed would stay for ever, 2 MB a minute.
"""

from __future__ import annotations

import gc

from textual._styles_cache import StylesCache
from textual.strip import Strip

YOUNG = (50_000, 6, 1_000_000)  # the last: the oldest are looked at by `sweep` only
STYLES = 2_000  # written-out styles that are held: a run's place is part of its style, a full screen has hundreds
MANY = 8  # looks at the middle-aged since the last sweep: then it does not wait for a quiet moment


def begin() -> None:
    """After the first paint. What is there by then stays: it is set aside and never looked at again."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*YOUNG)
        gc.enable()


def sweep(quiet: bool) -> bool:
    """Look at everything and hand back what is free (50 ms), if enough has come since the last time; whether it did so.

    quiet: nobody waits for a key to be answered.
    """
    shed()
    _, middle, old = gc.get_count()
    if not gc.isenabled() or not (old >= MANY or (quiet and (old or middle >= YOUNG[1] // 2))):
        return False
    from tui_news.services.thrift import give_back

    give_back()
    return True


def shed() -> None:
    """Let go of what Textual holds of widgets that are gone: see textual#6665 (the drawn rows of a thousand of them).

    And of the styles that were written out: 16,384 of them. What is on the screen is reckoned anew when it is drawn.
    """
    StylesCache.get_inner_outer.cache_clear()
    if Strip.render_ansi.cache_info().currsize > STYLES:
        Strip.render_ansi.cache_clear()
