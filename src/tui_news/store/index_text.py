"""What of a story the search index reads, and snippets are cut from."""

from __future__ import annotations

import html as entities
import re
from typing import NamedTuple

from tui_news.store.connection import Db
from tui_news.store.packing import expand, read_blocks
from tui_news.text.plain import plain_text

MOST = 200_000  # characters of a story, and of its thread
_TAG = re.compile(r"<[/!?]?[a-zA-Z-][^<>]*>")
_SPACE = re.compile(r"\s+")
_UNSEEN = ("script", "style")


class Document(NamedTuple):
    title: str
    author: str
    body: str
    comments: str


def document(db: Db, story_id: int) -> Document | None:
    """The story's texts: its article (the page's rather than the feed's), else the feed's own body; its comments."""
    row = db.one(
        """SELECT title, author, (SELECT blocks FROM article WHERE story_id = id ORDER BY source = 'page' DESC LIMIT 1),
        (SELECT html FROM body WHERE story_id = id) FROM story WHERE id = ?""",
        (story_id,),
    )
    if row is None:
        return None
    title, author, blocks, html = row
    if blocks:
        body = plain_text(read_blocks(blocks), figures=True)[:MOST]
    else:
        body = strip_tags(expand(html).decode("utf-8", "replace")[:MOST])
    return Document(title, author, body, _comments(db, story_id))


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


def strip_tags(html: str) -> str:
    """The words of a piece of HTML, in time linear in its length. Not for showing: see `text.html`."""
    for name in _UNSEEN:
        html = _without(html, name)
    return _SPACE.sub(" ", entities.unescape(_TAG.sub(" ", html))).strip()


def _without(html: str, name: str) -> str:
    """Without the element's content. A pattern would search the whole rest anew from each unclosed start."""
    lower, kept, place = html.lower(), [], 0
    if len(lower) != len(html):
        return html
    while (start := lower.find(f"<{name}", place)) >= 0:
        kept.append(html[place:start])
        end = lower.find(f"</{name}", start)
        if end < 0:
            return "".join(kept)
        place = end
    return "".join([*kept, html[place:]])
