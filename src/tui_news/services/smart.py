"""`desk.smart` and `desk.tags` over a library, each change one act in the journal."""

from __future__ import annotations

from collections.abc import Sequence

from tui_news.models import SmartFeed, View
from tui_news.store import Library
from tui_news.store.finder import check
from tui_news.text.query.nodes import QueryError


class LibrarySmart:
    """See `contracts_query.SmartDesk`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def all(self) -> tuple[SmartFeed, ...]:
        return self._library.smart.all()

    def add(self, name: str, query: str) -> int:
        check(query)
        with self._library.journal.act(f"saving the smart feed {name}") as act:
            smart_id = self._library.smart.add(name, query)
            act.made("smart_feed", id=smart_id)
        return smart_id

    def edit(self, smart_id: int, name: str | None = None, query: str | None = None) -> None:
        held = self._library.smart.get(smart_id)
        if query is not None:
            check(query)
        if held is not None:
            with self._library.journal.act(f"changing the smart feed {held.name}") as act:
                act.keep("smart_feed", id=smart_id)
                self._library.smart.edit(smart_id, name, query)

    def remove(self, smart_id: int) -> str:
        held = self._library.smart.get(smart_id)
        if held is None:
            return ""
        with self._library.journal.act(f"removing the smart feed {held.name}") as act:
            act.keep("smart_feed", id=smart_id)
            self._library.smart.remove(smart_id)
        return held.name

    def unread(self, smart_id: int) -> int | None:
        try:
            return self._library.stories.size(View("smart", id=smart_id, unread_only=True))
        except QueryError:
            return None


class LibraryTags:
    """See `contracts_query.TagDesk`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def all(self) -> tuple[tuple[str, int], ...]:
        return self._library.tags.all()

    def of(self, story_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        return self._library.tags.of(story_ids)

    def add(self, story_ids: Sequence[int], tag: str) -> int:
        return self._change(story_ids, tag, True)

    def remove(self, story_ids: Sequence[int], tag: str) -> int:
        return self._change(story_ids, tag, False)

    def _change(self, story_ids: Sequence[int], tag: str, on: bool) -> int:
        tags = self._library.tags
        with self._library.journal.act("") as act:
            ids = (tags.add if on else tags.remove)(story_ids, tag)
            if ids:
                stories = "1 story" if len(ids) == 1 else f"{len(ids):,} stories"
                act.words = f"tagging {stories} {tag}" if on else f"taking the tag {tag} off {stories}"
                act.op(op="tag", tag=tag, ids=ids, value=not on)
        return len(ids)
