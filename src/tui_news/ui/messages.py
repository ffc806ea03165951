"""What widgets and the network tell the app. Past-tense facts carrying ids and immutable values, never widgets."""

from __future__ import annotations

from textual.message import Message

from tui_news.models import StoryRow, View
from tui_news.models.late import dataclass
from tui_news.services.contracts import Fact


@dataclass
class FactHeard(Message):
    """The courier reported something."""

    fact: Fact


@dataclass
class RowHighlighted(Message):
    """The list's cursor moved to a story."""

    row: StoryRow


@dataclass
class RowChosen(Message):
    """A story of the list was clicked."""

    row: StoryRow


@dataclass
class MoreNeeded(Message):
    """The list's cursor nears an end of what is loaded: the first row's (above) or the last's."""

    above: bool = False


@dataclass
class ViewChosen(Message):
    """A view was clicked in the feeds."""

    view: View
