"""What stands above a story's text: title, by whom and when, who speaks, what is missing, and its address."""

from __future__ import annotations

from collections.abc import Sequence

from tui_news.models import Article, Block, Enclosure, OpenStory
from tui_news.text.cells import cell_fit, cell_len
from tui_news.text.dates import day
from tui_news.text.sanitize import clean_line, without_login
from tui_news.ui.widgets.article_lines import Placed, fitted
from tui_news.ui.widgets.lines import BLANK, Line, LineBuilder
from tui_news.ui.widgets.pieces import GUTTER, LinesPiece, Piece, TextPiece
from tui_news.ui.widgets.speakers import DOUBT, mark_of, short_names, speaker_looks, tally

WORDS_A_MINUTE = 230
ATTACHED = 3  # rows of what is attached
WEB = ("http://", "https://")  # the addresses worth showing: the built-in edition's lead nowhere outside


def head_pieces(opened: OpenStory, width: int) -> list[Placed]:
    """The rows above the first block; none of them belongs to a block."""
    story, article = opened.story, opened.article
    pieces: list[Piece] = [
        LinesPiece((BLANK,)),
        TextPiece(story.row.title or (article.title if article else "") or "Untitled", width, "title"),
        LinesPiece(about_lines(opened, width)),
    ]
    if story.row.url.startswith(WEB):
        pieces.append(LinesPiece((fitted(without_login(story.row.url), width, "address", story.row.url),)))
    pieces += [LinesPiece((fitted(words, width, "muted"),)) for words in attached(opened)]
    pieces.append(LinesPiece((BLANK,)))
    legend = legend_lines(article, width)
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


def attached(opened: OpenStory) -> list[str]:
    """`▶ episode-12.mp3 · audio/mpeg · 24 MB · p plays it`, for the first few; the rest are counted."""
    items = opened.story.enclosures
    rows = [f"▶ {enclosure_words(item)} · p plays it" for item in items[:ATTACHED]]
    return [*rows, f"▶ and {len(items) - ATTACHED} more"] if len(items) > ATTACHED else rows


def enclosure_words(item: Enclosure) -> str:
    """ "episode-12.mp3 · audio/mpeg · 24 MB" """
    name = clean_line(item.url.split("?")[0].rstrip("/").rpartition("/")[2], 80) or clean_line(item.url, 80)
    size = f"{item.length / 1_000_000:.0f} MB" if item.length and item.length >= 1_000_000 else ""
    return " · ".join(part for part in (name, clean_line(item.type, 60), size) if part)


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
    parts = [row.feed, f"Also in {', '.join(row.also)}" if row.also else ""]
    if author:
        parts.append(author if author.casefold().startswith("by ") else f"By {author}")
    if published is not None:
        parts.append(day(published))
        changed = article.updated if article else None
        if changed is not None and changed > published and day(changed) != day(published):
            parts.append(f"updated {day(changed)}")
    if article is not None:
        parts.append(f"{minutes(article.blocks)} min")
        if said := sum(quote.kind == "speech" for quote in article.quotes):
            parts.append(f"❝{said}")
    return [part for part in parts if part]


def minutes(blocks: Sequence[Block]) -> int:
    """Reading time in whole minutes, at least one."""
    from tui_news.text.plain import word_count  # not needed for the first paint

    return max(1, round(word_count(blocks) / WORDS_A_MINUTE))


def legend_lines(article: Article | None, width: int) -> tuple[Line, ...]:
    """`▎Enoksen 8 · ┃the parties 2`, most quoted first, in one row; who does not fit in it is counted."""
    found = tally(article.quotes) if article else []
    if article is None or not found:
        return ()
    looks = speaker_looks(article.quotes)
    text = "\n".join(block.text for block in article.blocks)
    build = LineBuilder().add(" " * GUTTER)
    used = 0
    entries = legend_entries(found, text, width)
    for number, ((speaker, _, _), entry) in enumerate(zip(found, entries, strict=True)):
        more = f" · and {len(found) - number - 1} more" if number + 1 < len(found) else ""
        need = cell_len(entry) + (4 if used else 1)
        if used and used + need + cell_len(more) > width:
            build.add(cell_fit(f" · and {len(found) - number} more", width - used), "muted")
            break
        build.add(" · " if used else "", "muted").add(mark_of(looks[speaker]), looks[speaker]).add(entry, "muted")
        used += need
    return (build.line(GUTTER),)


def legend_entries(found: Sequence[tuple[str, int, bool]], text: str, width: int) -> list[str]:
    """`Enoksen 8` for each of the speakers, with whole names or surnames alike."""
    entries: list[str] = []
    for tight in (False, True):
        shorts = short_names([name for name, _, _ in found], text, tight)
        entries = [
            f"{cell_fit(shorts[name], max(8, width // 2))}{DOUBT if doubtful else ''} {count}"
            for name, count, doubtful in found
        ]
        if sum(cell_len(entry) + 4 for entry in entries) - 3 <= width:
            break
    return entries
