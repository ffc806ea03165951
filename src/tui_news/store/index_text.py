"""What of a story the search index reads, and snippets are cut from."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

import html as entities
import re
from collections.abc import Sequence
from typing import NamedTuple

from tui_news.store.connection import Db, ids_json
from tui_news.store.packing import expand, read_blocks
from tui_news.text.plain import plain_text

MOST = 200_000  # characters of a story, and of its thread
_TAG = re.compile(r"<[/!?]?[a-zA-Z-][^<>]*>")
_UNSEEN = ("script", "style")


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


def documents(db: Db, story_ids: Sequence[int], *, tidy: bool = True) -> dict[int, Document]:
    """The texts of those that are held. tidy: with white space as for reading; the index does not care."""
    found: dict[int, Document] = {}
    rows = db.all(f"{_SELECT} WHERE id IN (SELECT value FROM json_each(?))", (ids_json(story_ids),))
    for story_id, title, author, blocks, html, threaded in rows:
        if blocks:
            body = plain_text(read_blocks(blocks), figures=True)[:MOST]
        else:
            body = _untagged(expand(html).decode("utf-8", "replace")[:MOST])
            body = " ".join(body.split()) if tidy else body
        found[story_id] = Document(title, author, body, _comments(db, story_id) if threaded else "")
    return found


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
    return " ".join(_untagged(html).split())


def _untagged(html: str) -> str:
    lower = html.lower()
    for name in _UNSEEN:
        if f"<{name}" in lower:
            html = _without(html, name)
    return entities.unescape(_TAG.sub(" ", html))


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
