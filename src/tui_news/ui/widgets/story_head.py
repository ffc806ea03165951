"""What stands above a story's text: title, by whom and when, who speaks, what is missing, and its address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tui_news.models import Block, OpenStory, PlacedQuote
from tui_news.text.cells import cell_fit, cell_len
from tui_news.text.dates import day
from tui_news.ui.widgets.article_lines import Placed, fitted, speaker_looks
from tui_news.ui.widgets.lines import BLANK, Line, LineBuilder
from tui_news.ui.widgets.pieces import GUTTER, LinesPiece, Piece, TextPiece

WORDS_A_MINUTE = 230
WEB = ("http://", "https://")  # the addresses worth showing: the built-in edition's lead nowhere outside
LEGEND_ROWS = 2


def head_pieces(opened: OpenStory, width: int) -> list[Placed]:
    """The rows above the first block; none of them belongs to a block."""
    story, article = opened.story, opened.article
    quotes = article.quotes if article else ()
    pieces: list[Piece] = [
        LinesPiece((BLANK,)),
        TextPiece(story.row.title or (article.title if article else "") or "Untitled", width, "title"),
        LinesPiece(about_lines(opened, width)),
    ]
    if story.row.url.startswith(WEB):
        pieces.append(LinesPiece((fitted(story.row.url, width, "address", story.row.url),)))
    pieces.append(LinesPiece((BLANK,)))
    legend = legend_lines(quotes, width)
    if legend:
        pieces.append(LinesPiece((*legend, BLANK)))
    if article and article.note:
        pieces += [TextPiece(article.note, width, "note"), LinesPiece((BLANK,))]
    if article is None:
        pieces.append(TextPiece("The story's text is not here yet: r fetches it.", width, "muted"))
    elif not article.blocks and not article.note:
        ways = ": x fetches the full story, o opens its page." if story.row.url.startswith(WEB) else "."
        pieces.append(TextPiece(f"The feed gives no text for this story{ways}", width, "muted"))
    return [Placed(piece, -1) for piece in pieces]


def about_lines(opened: OpenStory, width: int) -> tuple[Line, ...]:
    """`feed · By author · Fri 22 Oct 2021 · 4 min · ❝5`, in as many rows as it takes, none cut within a part."""
    rows: list[str] = []
    for part in about(opened):
        joined = f"{rows[-1]} · {part}" if rows else part
        if rows and cell_len(joined) <= width:
            rows[-1] = joined
        else:
            rows.append(part)
    return tuple(fitted(row, width, "muted") for row in rows)


def about(opened: OpenStory) -> list[str]:
    """Feed, author, date, reading time, number of spoken quotes: those that are known."""
    row, article = opened.story.row, opened.article
    author = row.author or (article.author if article else "")
    published = row.published or (article.published if article else None)
    parts = [row.feed]
    if author:
        parts.append(author if author.casefold().startswith("by ") else f"By {author}")
    if published is not None:
        parts.append(day(published))
    if article is not None:
        parts.append(f"{minutes(article.blocks)} min")
        if said := sum(quote.kind == "speech" for quote in article.quotes):
            parts.append(f"❝{said}")
    return [part for part in parts if part]


def minutes(blocks: Sequence[Block]) -> int:
    """Reading time in whole minutes, at least one."""
    words = sum(len(block.text.split()) for block in blocks)
    return max(1, round(words / WORDS_A_MINUTE))


def legend_lines(quotes: Sequence[PlacedQuote], width: int) -> tuple[Line, ...]:
    """`▌Enoksen 8  ▌the parties 2`, most quoted first; what does not fit in two rows is counted."""
    counts = Counter(quote.speaker for quote in quotes if quote.kind == "speech" and quote.speaker)
    looks = speaker_looks(quotes)
    builds = [LineBuilder().add(" " * GUTTER)]
    used, left = 0, len(counts)
    for speaker, count in counts.most_common():
        entry = f"{cell_fit(speaker or '', max(8, width // 2))} {count}"
        need = cell_len(entry) + 3
        if used and used + need > width - (9 if len(builds) == LEGEND_ROWS else 0):
            if len(builds) == LEGEND_ROWS:
                builds[-1].add(f"  and {left}", "muted")
                break
            builds.append(LineBuilder().add(" " * GUTTER))
            used = 0
        builds[-1].add("  " if used else "").add("▌", looks[speaker]).add(entry, "muted")
        used += need
        left -= 1
    return tuple(build.line(GUTTER) for build in builds) if counts else ()
