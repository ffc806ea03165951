"""The stretch of a long list that is held: a page or two around the cursor. A hundred thousand rows are 100 MB."""

from __future__ import annotations

from tui_news.models import StoryRow, View
from tui_news.services.contracts import Desk
from tui_news.ui.widgets.story_list import StoryList, Stretch

PAGE = 400
GLANCE = 100  # no terminal has more rows of stories


def from_top(desk: Desk, view: View, wanted: int = PAGE, at: int = 0) -> Stretch:
    rows = desk.stories(view, None, wanted)
    return Stretch(rows, True, len(rows) < wanted, at)


def to_end(desk: Desk, view: View) -> Stretch:
    rows = desk.stories_before(view, None, PAGE)
    return Stretch(rows, len(rows) < PAGE, True, len(rows) - 1)


def around(desk: Desk, view: View, row: StoryRow, wanted: int = PAGE, above: int = PAGE) -> Stretch:
    """So many rows before this one, and `wanted` from it on; it may be in the view or not."""
    before = desk.stories_before(view, row.key, above)
    if len(before) < above:
        return from_top(desk, view, len(before) + wanted, len(before))
    rows = desk.stories(view, before[-1].key, wanted)
    return Stretch((*before, *rows), False, len(rows) < wanted, len(before))


def anew(desk: Desk, view: View, listed: StoryList) -> Stretch:
    """What a list shows, as it is now. Rows far from the cursor go, or 20,000 would stay for hours after `G`; none does
    while some are selected."""
    if listed.begins or listed.current is None:
        below = listed.count if listed.selected else min(listed.count, listed.cursor + PAGE)
        return from_top(desk, view, max(PAGE, below), listed.cursor)
    if listed.selected:
        return around(desk, view, listed.stories[0], listed.count, above=1)
    return around(desk, view, listed.current)
