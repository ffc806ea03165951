"""What the first story, dialog and question need, made ready in small steps while nobody waits for anything.

Without it the first story opened in a process takes three times as long as the second: patterns are compiled, functions
of dataclasses written, styles reckoned. A step is at most some milliseconds, and between two there is time for a key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from tui_news.models import Article, Comment, OpenStory, Story, StoryRow, Thread, ThreadRef
from tui_news.text.html import html_to_blocks
from tui_news.text.quotes import quotes_in
from tui_news.ui.themes import furnish_dialogs
from tui_news.ui.widgets.story_doc import Lit, StoryDoc
from tui_news.ui.widgets.thread_state import ThreadState

if TYPE_CHECKING:
    from tui_news.ui.screens.reader import ReaderScreen

FIRST_ROOMS = ("stories", "facts", "thread_keys", "quote_acts")
PAUSE = 0.03  # seconds between two steps
BREATH, MOST = (
    0.1,
    3.0,
)  # seconds after a key in which none is made, for the next may come; and until they are all the same
COLUMNS = 60
HTML = """<p>The <em>harbour</em> of <a href="https://quay.example/">Northport</a> opens at six o’clock, <strong>all
year</strong>, and the first boats are back before the town has had its coffee, whatever the weather may say.</p>
<h2>What they say</h2><p>“We are out before the light,” said Anna Berg, who has fished here for thirty years.</p>
<blockquote><p>Nobody asks the sea.</p></blockquote><ul><li>Cod</li><li>Herring</li></ul><pre>12:00 low</pre>"""


def rehearsed(now: int) -> OpenStory:
    """A story with its comments, made, laid out and drawn, all but its colours: no widget is needed, and no library."""
    row = StoryRow(0, 0, "The Quay", "First boats", "https://quay.example/1", "Anna Berg", now, now, False, False)
    story = Story(row, "", "", "", "", "", False, None, "")
    blocks = html_to_blocks(HTML)
    words = html_to_blocks(
        "<p>“Nobody asks the sea.” So it is, and the <em>herring</em> knows it as well as we do.</p>"
    )
    comments = tuple(Comment(name, parent, "Odd", now - 60, blocks=words) for name, parent in (("1", None), ("2", "1")))
    thread = Thread(0, ThreadRef("", "", (), ""), comments, fetched_at=now)
    opened = OpenStory(story, Article("page", blocks, quotes_in(blocks, "en"), fetched_at=now), thread)
    read_through(opened, now)
    return opened


def read_through(opened: OpenStory, now: int) -> set[str]:
    """Every row of it, once; the looks that they have."""
    assert opened.thread is not None
    doc, lit = StoryDoc(opened, ThreadState(opened.thread), COLUMNS, COLUMNS, now), Lit()
    lines = [line for number in range(doc.rows) if (line := doc.line(number, lit)) is not None]
    return {run.style for line in lines for run in line.runs if run.style}


def steps(reader: ReaderScreen) -> Iterator[Callable[[], object]]:
    yield lambda: reader.story_view  # made, out of sight
    yield lambda: reader.story_view.vertical_scrollbar
    yield partial(furnish_dialogs, reader)
    yield reader.prompt.furnish
    for name in FIRST_ROOMS:
        yield partial(getattr, reader, name)
    row, now = reader.story_list.current, reader.now()
    if row is not None:
        yield partial(reader.attempt, lambda: reader.desk.open(row.id))
    looks = read_through(rehearsed(now), now)
    for look in looks:
        yield partial(reader.story_view.look, look)


def slowly(reader: ReaderScreen) -> None:
    """One step after the other, with pauses, until the reader leaves: then nothing can be mounted any more."""
    todo, waited = steps(reader), 0.0

    def step() -> None:
        nonlocal waited
        if reader.is_attached and reader.since_key() < BREATH and waited < MOST:
            waited += PAUSE
            reader.set_timer(PAUSE, step)
        elif reader.is_attached and (act := next(todo, None)) is not None:
            act()
            reader.set_timer(PAUSE, step)

    step()
