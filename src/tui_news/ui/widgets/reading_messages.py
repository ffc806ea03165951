"""What the reading views report. Past-tense facts with values, never widgets."""

from __future__ import annotations

from collections.abc import Mapping

from textual.message import Message

from tui_news.models import PlacedQuote, SpokenQuote
from tui_news.models.late import dataclass


@dataclass
class LinkOpened(Message):
    """The reader chose a link: by click or by its hint."""

    url: str


@dataclass
class LinkCopied(Message):
    """The reader wants this link's address on the clipboard."""

    url: str


@dataclass
class BlocksCopied(Message):
    """The reader wants these blocks of the article, `first` up to before `end`, on the clipboard."""

    first: int
    end: int
    markdown: bool


@dataclass
class FoldsChanged(Message):
    """These comments were folded (True) or opened (False) by the reader."""

    story_id: int
    folds: Mapping[str, bool | None]


@dataclass
class CommentsSeen(Message):
    """These comments were on the screen for a second, or the reader moved past them. Each is told once."""

    story_id: int
    ids: tuple[str, ...]


@dataclass
class PlaceChanged(Message):
    """For the status line. percent: how far through story and thread; context: `quote 3/12 Name`, `comment 4/12`.

    minutes: of reading that are left of the text below the screen; 0 when it is at its end.
    """

    percent: int
    context: str
    minutes: int = 0


@dataclass
class QuoteChosen(Message):
    """The reader chose a quote in the list."""

    quote: PlacedQuote | SpokenQuote


@dataclass
class QuoteCopied(Message):
    """The reader wants this quote on the clipboard, with who said it."""

    quote: PlacedQuote | SpokenQuote
