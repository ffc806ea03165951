"""The rule between a story and its comments, and what is said there when there are none."""

from __future__ import annotations

from tui_news.models import OpenStory, Thread
from tui_news.text.cells import cell_fit, cell_len
from tui_news.text.dates import ago_words
from tui_news.ui.widgets.article_lines import Placed
from tui_news.ui.widgets.lines import BLANK, Line, LineBuilder
from tui_news.ui.widgets.pieces import GUTTER, LinesPiece, Piece, TextPiece

ORDERS = {"oldest": "oldest first", "newest": "newest first", "replies": "most replies first"}


def thread_head(
    opened: OpenStory, width: int, now: int, fetching: bool = False, order: str = "", only: str = ""
) -> list[Placed]:
    """Blank, rule, and a sentence where one is due. `only`: what alone is shown."""
    thread = opened.thread
    words = rule_words(thread, now, opened.story.row.comments_hint)
    if order in ORDERS:
        words.append(ORDERS[order])
    pieces: list[Piece] = [LinesPiece((BLANK, rule(words, width)))]
    lines: list[tuple[str, str]] = []
    if thread is not None and thread.error:
        lines.append((thread.error, "error"))
    if only:
        lines.append((f"Only {only}: esc shows all.", "note"))
    if sentence := pending(opened, fetching):
        lines.append((sentence, "muted"))
    texts = [TextPiece(text, width, look) for text, look in lines]
    if texts:
        pieces.append(LinesPiece((BLANK,)))
    return [Placed(piece, -1) for piece in (*pieces, *texts)]


def rule(words: list[str], width: int) -> Line:
    """`── 12 comments · 3 new ─────` across the column; in a narrow one the last facts give way."""
    room = max(1, width - 3)
    while len(words) > 1 and cell_len(" · ".join(words)) > room:
        words = words[:-1]
    text = cell_fit(" · ".join(words), room)
    build = LineBuilder().add(" " * GUTTER).add("── ", "rule").add(text, "thread-title")
    if (left := room - cell_len(text)) > 1:
        build.add(" " + "─" * (left - 1), "rule")
    return build.line(GUTTER)


def rule_words(thread: Thread | None, now: int, hint: int | None) -> list[str]:
    """What is held, what is new, and how old it is."""
    if thread is None or thread.fetched_at is None:
        return [f"about {hint:,} comment{'' if hint == 1 else 's'}" if hint else "Comments"]
    held = thread.held
    total = thread.total if thread.total is not None else hint
    words = [f"{held:,} comment{'' if held == 1 else 's'}" if held else "No comments"]
    if held and thread.coverage == "newest":
        words = [newest_words(held, total)]
    elif held and thread.coverage == "partial":
        short = bool(total and total > held)
        words = [f"{held:,} of about {total:,} comments, r for more" if short else f"{words[0]}, perhaps not all"]
    if new := sum(thread.is_new(comment) for comment in thread.comments):
        words.append(f"{new:,} new")
    return [*words, f"fetched {ago_words(thread.fetched_at, now)}"]


def newest_words(held: int, total: int | None) -> str:
    """A site's feed of comments has only the last ones; whether that is all, only the site's count can tell."""
    several = f"{held:,} comment{'' if held == 1 else 's'}"
    if total is None:
        return "the newest comment" if held == 1 else f"the {held:,} newest comments"
    return f"the {held:,} newest of about {total:,} comments" if total > held else several


def pending(opened: OpenStory, fetching: bool) -> str:
    """The sentence where comments would be."""
    thread, story = opened.thread, opened.story
    if thread is not None and thread.comments:
        return ""
    if fetching:
        return "Comments are loading…"
    if thread is not None and thread.error:
        browser_only = thread.ref is not None and not thread.ref.routes
        return "" if browser_only else "r tries again."
    if thread is not None and thread.fetched_at is not None:
        return "This story has no comments."
    if story.thread is not None or story.comments_url:
        return "Comments are not fetched yet: r fetches them."
    return "This story has no comments that we know of."
