"""An article as blocks: what the reading views draw and what `read --json` prints."""

from __future__ import annotations

from typing import Literal

from tui_news.models.late import dataclass

BlockKind = Literal["heading", "para", "item", "code", "table", "caption", "image", "rule", "embed", "footnote"]
SpanStyle = Literal["em", "strong", "code", "link", "sup", "sub", "strike", "mark"]
QuoteKind = Literal["speech", "term", "title", "nested", "block"]
# How a speaker was found. "stated": the words around the quote say so. "carried": taken over from the quote or the
# sentence before. "doubtful": somebody in the sentence. "reader": the reader set it. "": nobody was found.
How = Literal["", "stated", "carried", "doubtful", "reader"]


@dataclass(frozen=True, slots=True)
class Span:
    """A styled stretch of a block's text: code points `start`..`end` (exclusive)."""

    start: int
    end: int
    style: SpanStyle
    href: str | None = None  # only for "link"; already cleaned


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an article or a comment. `text` is clean; newlines occur only in code and after <br>.

    level: heading 1..6; item nesting depth from 1; else 0.
    quote: how many block quotes enclose it (0 = none). `pull` marks a pull quote, `lead` the standfirst.
    marker: an item's own mark ("•", "3."), empty for its further paragraphs, which keep the item's level.
    rows: a table's rows of cell texts (the first `head` rows are headers); `text` then joins them with tabs.
    href: an image's or embed's address. lang: a code block's language, when the page says it.
    """

    kind: BlockKind
    text: str
    spans: tuple[Span, ...] = ()
    level: int = 0
    quote: int = 0
    marker: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    head: int = 0
    href: str | None = None
    lang: str | None = None
    pull: bool = False
    rtl: bool = False
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words in a text: code points `start`..`end` (exclusive), quotation marks included."""

    start: int
    end: int
    kind: QuoteKind
    speaker: str | None = None
    how: How = ""


@dataclass(frozen=True, slots=True)
class PlacedQuote:
    """A quote in block number `block` of an article; offsets are into that block's text."""

    block: int
    start: int
    end: int
    kind: QuoteKind
    text: str
    speaker: str | None = None
    how: How = ""

    @property
    def sure(self) -> bool:
        """Whether the speaker may be shown without a question mark."""
        return self.how not in ("carried", "doubtful")


@dataclass(frozen=True, slots=True)
class Article:
    """A story's readable body. `note` is one sentence when it is less than the whole story.

    published, updated: Unix seconds as the page says them.
    """

    source: Literal["feed", "page"]
    blocks: tuple[Block, ...]
    quotes: tuple[PlacedQuote, ...] = ()
    note: str = ""
    title: str = ""
    author: str = ""
    published: int | None = None
    lang: str | None = None
    fetched_at: int = 0
    updated: int | None = None
