"""A list in the order of its feeds, where each has few of its stories: read for many feeds at once.

A question a feed costs a tenth of a millisecond and more, and 200 feeds may have no answer at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_news.models import StoryKey
from tui_news.store.connection import Row

FEW_OF_EACH = ("today", "starred", "muted")  # lists that are short in any library: all their feeds at once
FIRST = 8  # feeds to read after one that has nothing
FORTIETH = 40  # of all feeds so many are read row by row from their own index; for more, the index of all is walked
NARROW = ("", "story_starred", "story_has_new")  # ways in to a few stories
PAGE = 400  # rows that are wanted, mostly


def in_feeds(rows: Sequence[Row], feeds: Sequence[int], after: StoryKey | None, back: bool) -> Iterator[int]:
    """The ids of (feed, sort, id) rows, feed by feed in this order, the newest first (back: last), from `after` on.

    Rows of other feeds are left out."""
    place = {feed: number for number, feed in enumerate(feeds)}
    way = 1 if back else -1
    here = [row for row in rows if row[0] in place]
    for feed, sort, story_id in sorted(here, key=lambda row: (place[row[0]], way * row[1], way * row[2])):
        if after is None or feed != after.feed or way * (sort - after.sort or story_id - after.id) > 0:
            yield story_id


def next_batch(found: int, seen: int, left: int) -> int:
    """How many feeds to read next, after `seen` of them had `found` rows: what a page still wants, and a fifth more to
    be sure; never less than there were, so that a list that is read to its end takes few questions."""
    if not found:
        return FIRST if seen < FIRST else left
    return max(seen, -(-max(0, PAGE - found) * seen * 6 // (found * 5)))
