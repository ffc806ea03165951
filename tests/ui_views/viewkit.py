"""Stories, threads and an app with one view, for the reading views' tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from tui_news.models import (
    Article,
    Block,
    Comment,
    OpenStory,
    PlacedQuote,
    Span,
    Story,
    StoryRow,
    Thread,
    ThreadRef,
)
from tui_news.ui.widgets.story_view import StoryView

NOW = 1_700_000_000
REF = ThreadRef("wordpress", "https://coast.example/|7", (), "https://coast.example/ferry#comments")


def para(text: str, *spans: Span, quote: int = 0) -> Block:
    return Block("para", text, spans, quote=quote)


def said(block: int, text: str, words: str, speaker: str | None, kind: str = "speech") -> PlacedQuote:
    start = text.index(words)
    return PlacedQuote(block, start, start + len(words), kind, words, speaker)  # type: ignore[arg-type]


MAYOR = (
    "“The ferry will sail,” Mayor Liv Dahl said. “It will sail on Monday, whatever the weather and the wind may be.”"
)
UNION = "“We shall see,” the union answered, and called the “plan” a hope."
BLOCKS = (
    para(
        "The ferry to the outer islands has been moored since the storm.", Span(4, 9, "link", "https://coast.example/f")
    ),
    para(MAYOR),
    Block("heading", "What the crew says", level=2),
    para(UNION),
    Block("item", "Two engines, of which one runs.", level=1, marker="•"),
    Block("item", "One captain.", level=1, marker="•"),
    para("A letter from the crew.", quote=1),
    para("The report is public.", Span(4, 10, "link", "https://coast.example/report")),
)
QUOTES = (
    said(1, MAYOR, "“The ferry will sail,”", "Liv Dahl"),
    said(1, MAYOR, "“It will sail on Monday, whatever the weather and the wind may be.”", "Liv Dahl"),
    said(3, UNION, "“We shall see,”", "the union"),
    said(3, UNION, "“plan”", None, "term"),
)


def comment(name: str, parent: str | None = None, text: str = "Yes.", **more: Any) -> Comment:
    more.setdefault("blocks", tuple(para(part) for part in text.split("\n\n")) if text else ())
    more.setdefault("author", name.capitalize())
    more.setdefault("created", NOW - 3600)
    more.setdefault("first_gen", 1)
    return Comment(name, parent, **more)


COMMENTS = (
    comment("anna", None, "I take that ferry every morning.\n\nIt is late.", rank=1),
    comment("bo", "anna", "", blocks=(para("It is late.", quote=1), para("It is never late.")), rank=2),
    comment("cato", "bo", "The writer answers.", role="op", edited=NOW, rank=3),
    comment("dina", "cato", "Thank you.", first_gen=3, rank=4),
    comment("erik", None, "Build a bridge.", score=12, rank=5),
    comment("frida", "erik", "With what money?", rank=6),
)


def thread(comments: Iterable[Comment] = COMMENTS, **more: Any) -> Thread:
    values: dict[str, Any] = {"fetched_at": NOW - 7200, "gen": 3, "seen_gen": 2, **more}
    return Thread(7, REF, tuple(comments), **values)


def chain(length: int) -> tuple[Comment, ...]:
    """Replies to replies, each one level deeper."""
    return tuple(
        comment(f"c{n}", f"c{n - 1}" if n else None, f"Level {n} has some words to say here.") for n in range(length)
    )


def story(
    article: Article | None = Article("page", BLOCKS, QUOTES),  # noqa: B008
    held: Thread | None = None,
    story_id: int = 7,
    position: str = "",
    **row: Any,
) -> OpenStory:
    values: dict[str, Any] = {
        "feed": "Coast Post", "title": "The ferry waits for Monday", "url": "https://coast.example/ferry",
        "author": "Per Writer", "published": 1_634_860_800, **row,
    }  # fmt: skip
    listed = StoryRow(story_id, 1, sort=NOW, read=False, starred=False, **values)
    return OpenStory(Story(listed, "", "", "", "", "", False, REF, ""), article, held, position)


FULL = story(held=thread())


def with_thread(opened: OpenStory, held: Thread | None) -> OpenStory:
    return replace(opened, thread=held)


class OneView(App[None]):
    """An app of one view."""

    def __init__(self, view: Widget) -> None:
        super().__init__()
        self.view = view

    def compose(self) -> ComposeResult:
        yield self.view


@dataclass
class Reading:
    """A view on a screen."""

    app: OneView
    view: StoryView
    pilot: Pilot[None]
    told: list[Message] = field(default_factory=list)

    def of(self, kind: type[Message]) -> list[Any]:
        """The messages of a kind, each once, though each widget on its way up is told."""
        return list({id(message): message for message in self.told if isinstance(message, kind)}.values())

    @property
    def current(self) -> str | None:
        found = self.view.current_comment()
        return found.id if found else None

    def row_of(self, name: str) -> int:
        """On which screen row a comment's header is."""
        view = self.view
        assert view.doc is not None
        assert view.thread_state is not None
        first, _ = view.doc.comment_span(view.thread_state.place[name])
        return first - view.top


@asynccontextmanager
async def reading(opened: OpenStory | None = FULL, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Reading]:
    view = StoryView()
    app = OneView(view)
    told: list[Message] = []
    async with app.run_test(size=size, message_hook=told.append) as pilot:
        view.focus()
        await pilot.pause()
        if opened is not None:
            view.show(opened, NOW)
        await pilot.pause()
        yield Reading(app, view, pilot, told)
