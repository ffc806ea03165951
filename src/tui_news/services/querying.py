"""`desk.queries` and `desk.rules` over a library: one act on all that a query matches, and mute rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tui_news.models import Rule, View
from tui_news.services.contracts_query import WouldHide
from tui_news.store import Library
from tui_news.text.query.nodes import Field, QueryError, leaves
from tui_news.text.query.parse import parse
from tui_news.text.query.show import show

Change = Callable[[Iterable[int], bool], list[int]]
SHOWN = 40  # characters of a query in the words of an act


class LibraryQueries:
    """See `contracts_query.QueryDesk`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def check(self, query: str) -> str:
        node = parse(query)
        for leaf in leaves(node):
            if isinstance(leaf, Field) and leaf.name == "feed" and not self._library.finder.feeds_of(leaf):
                raise QueryError(f"no such feed: “{leaf.value}”", query, leaf.at, "`tuinews feeds` lists them")
        return show(node)

    def matching(self, query: str, unread_only: bool = False) -> tuple[int, ...]:
        return self._library.stories.ids(View("all", filter=query, unread_only=unread_only))

    def mark(self, query: str, read: bool) -> int:
        words = "marking {stories} " + ("read" if read else "unread")
        return self._act(query, self._library.stories.set_read, read, "read", words)

    def star(self, query: str, starred: bool) -> int:
        words = "starring {stories}" if starred else "taking the star off {stories}"
        return self._act(query, self._library.stories.set_starred, starred, "star", words)

    def tag(self, query: str, tag: str, on: bool) -> int:
        tags = self._library.tags
        ids = self.matching(query)
        with self._library.journal.act("") as act:
            changed = (tags.add if on else tags.remove)(ids, tag)
            if changed:
                words = f"tagging {_stories(changed)} {tag}" if on else f"taking the tag {tag} off {_stories(changed)}"
                act.words = words + _said(query)
                act.op(op="tag", tag=tag, ids=changed, value=not on)
        return len(changed)

    def _act(
        self, query: str, change: Callable[[Iterable[int], bool], list[int]], value: bool, op: str, words: str
    ) -> int:
        ids = self.matching(query)
        with self._library.journal.act("") as act:
            changed = change(ids, value)
            if changed:
                act.words = words.format(stories=_stories(changed)) + _said(query)
                act.op(op=op, ids=changed, value=not value)
        return len(changed)


class LibraryRules:
    """See `contracts_query.RuleDesk`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def all(self) -> tuple[Rule, ...]:
        return self._library.rules.all()

    def would_hide(self, query: str) -> WouldHide:
        count, newest = self._library.rules.would_hide(query)
        rows = self._library.stories.rows(newest)
        return WouldHide(count, tuple(rows[story_id].title for story_id in newest if story_id in rows))

    def add(self, query: str) -> int:
        with self._library.journal.act(f"muting{_said(query)}") as act:
            rule_id = self._library.rules.add(query)
            act.made("rule", id=rule_id)
        return rule_id

    def edit(self, rule_id: int, query: str) -> None:
        held = self._library.rules.get(rule_id)
        if held is not None:
            with self._library.journal.act(f"changing the mute rule{_said(held.query)}") as act:
                act.keep("rule", id=rule_id)
                self._library.rules.edit(rule_id, query)

    def remove(self, rule_id: int) -> str:
        held = self._library.rules.get(rule_id)
        if held is None:
            return ""
        with self._library.journal.act(f"removing the mute rule{_said(held.query)}") as act:
            act.keep("rule", id=rule_id)
            self._library.rules.remove(rule_id)
        return held.query


def _stories(ids: Sequence[int]) -> str:
    return "1 story" if len(ids) == 1 else f"{len(ids):,} stories"


def _said(query: str) -> str:
    query = " ".join(query.split())
    return f" ({query if len(query) <= SHOWN else query[: SHOWN - 1] + '…'})" if query else ""
