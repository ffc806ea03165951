"""What of a story the search index reads, and snippets are cut from."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui_news.store.connection import Db, ids_json
from tui_news.store.packing import expand, read_blocks
from tui_news.text.plain import plain_text
from tui_news.text.stripped import MOST, stripped

if TYPE_CHECKING:
    from tui_news.store.at_hand import AtHand


class Document(NamedTuple):
    title: str
    author: str
    body: str
    comments: str


_SELECT = """SELECT id, title, author,
    (SELECT blocks FROM article WHERE story_id = id ORDER BY source = 'page' DESC LIMIT 1),
    (SELECT html FROM body WHERE story_id = id), EXISTS (SELECT 1 FROM thread WHERE story_id = id) FROM story"""


def document(db: Db, story_id: int) -> Document | None:
    """The story's texts: its article (the page's rather than the feed's), else the feed's own body; its comments."""
    return documents(db, [story_id]).get(story_id)


def documents(
    db: Db, story_ids: Sequence[int], *, tidy: bool = True, at_hand: AtHand | None = None
) -> dict[int, Document]:
    """The texts of those that are held. tidy: with white space as for reading; the index does not care. at_hand: texts
    that need not be read."""
    found = _at_hand(db, story_ids, at_hand) if at_hand is not None else {}
    left = [story_id for story_id in story_ids if story_id not in found]
    rows = db.all(f"{_SELECT} WHERE id IN (SELECT value FROM json_each(?))", (ids_json(left),)) if left else []
    for story_id, title, author, blocks, html, threaded in rows:
        if blocks:
            body = plain_text(read_blocks(blocks), figures=True)[:MOST]
        else:
            body = stripped(expand(html).decode("utf-8", "replace")[:MOST])
            body = " ".join(body.split()) if tidy else body
        found[story_id] = Document(title, author, body, _comments(db, story_id) if threaded else "")
    return found


def _at_hand(db: Db, story_ids: Sequence[int], at_hand: AtHand) -> dict[int, Document]:
    """Of stories to which nothing has come but what their feed brought."""
    rows = db.all(
        """SELECT id, title, author, content_hash FROM story WHERE id IN (SELECT value FROM json_each(?))
        AND NOT EXISTS (SELECT 1 FROM article WHERE story_id = id)
        AND NOT EXISTS (SELECT 1 FROM thread WHERE story_id = id)""",
        (ids_json(story_ids),),
    )
    texts = ((row, at_hand.take(row[3])) for row in rows)
    return {row[0]: Document(row[1], row[2], text, "") for row, text in texts if text is not None}


def _comments(db: Db, story_id: int) -> str:
    rows = db.each(
        "SELECT author, blocks FROM comment WHERE thread = ? AND state = 'live' ORDER BY seq, cid", (story_id,)
    )
    texts: list[str] = []
    room = MOST
    for author, blocks in rows:
        texts.append(f"{author}: {plain_text(read_blocks(blocks), figures=True)}"[:room])
        room -= len(texts[-1])
        if room <= 0:
            break
    return "\n".join(texts)
