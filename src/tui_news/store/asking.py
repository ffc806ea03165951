"""What a list's view asks of its stories: its queries, read, and told apart by what they cost."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tui_news.models import View
from tui_news.text.query.nodes import Node, leaves
from tui_news.text.query.parse import parse

if TYPE_CHECKING:
    from tui_news.store.finder import Finder
    from tui_news.store.query import Part

T = TypeVar("T")
SOME = 10_000  # stories with some words: they are gathered sooner than a long stretch is walked


def asks(view: View) -> bool:
    """Whether a query says what is in it."""
    return bool(view.filter) or view.kind == "smart"


class Asking:
    """What views ask of their stories, each query read once for as long as one list is made. They are asked
    about by halves: the stories that a rule mutes (True), or all others (see `store.halves`)."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self._known: dict[Hashable, object] = {}

    def anew(self) -> None:
        """Another list is made, of what the library holds now."""
        self._known.clear()
        self.finder.anew()

    def halves(self, view: View) -> tuple[bool, ...]:
        """Those that may have stories of the view."""
        if not asks(view):
            return (view.kind == "muted",)
        return self.once(("halves", *_query(view), view.kind == "muted"), partial(self._halves, view))

    def parts(self, view: View, muted: bool = False, lasting: bool = False) -> tuple[Part, ...]:
        """The conditions of the view's queries, or what of them marks cannot undo. Raises QueryError."""
        if not asks(view):
            return ()
        made = partial(self._gathered, view, muted, lasting)
        return self.once(("parts", *_query(view), muted, lasting), made)

    def apart(self, view: View, muted: bool) -> tuple[Part, ...]:
        """The same, each by itself: what marks can undo is not put together with what they cannot."""
        return tuple(map(self.finder.gathered, self.raw(view, muted)))

    def raw(self, view: View, muted: bool = False, lasting: bool = False) -> tuple[Part, ...]:
        """The same, words that stand by themselves not asked for yet."""
        if not asks(view):
            return ()
        return self.once(("raw", *_query(view), muted, lasting), partial(self._raw, view, muted, lasting))

    def dear(self, view: View, muted: bool, near: bool) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """(conditions that are better asked of some stories at a time, all others)."""
        return self.once((*_query(view), muted, near, "dear"), partial(self._apart, view, muted, near))

    def _apart(self, view: View, muted: bool, near: bool) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        parts = self.raw(view, muted)
        kept = tuple(part for part in parts if self.finder.dear(part, near))
        rest = self.finder.all_gathered([part for part in parts if part not in kept]) if kept else ()
        if self.finder.sparse(rest):
            # Where few stories of a stretch are meant it is long: only what costs more than it is asked so.
            kept = tuple(part for part in kept if self.finder.costly(part, SOME))
            rest = self.finder.all_gathered([part for part in parts if part not in kept]) if kept else ()
        return kept, rest

    def narrowed(self, view: View, muted: bool) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """The same where no pages of the first ones will do: what is no words is gathered; if few stories meet one of
        those, all else that is dear is asked of these, if not, it is gathered too (nothing is dear)."""
        return self.once((*_query(view), muted, "narrowed"), partial(self._narrow, view, muted))

    def _narrow(self, view: View, muted: bool) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        kept, rest = self.dear(view, muted, False)
        for part in kept:
            made = self.finder.gathered(part) if not part.fts else part
            if not part.fts and self.finder.few(made):
                return tuple(other for other in kept if other is not part), (*rest, made)
        return (), ()

    def few(self, part: Part) -> bool:
        """As the finder says; counted once for each list."""
        return self.once(("few", part.few, part.args), partial(self.finder.few, part))

    def feeds(self, view: View, among: Sequence[int] | None) -> frozenset[int] | None:
        """Those of the view's feeds (None: all) that its queries name; None where nothing is said of feeds."""
        halves = self.halves(view)
        named = [part.feeds for half in halves for part in self.raw(view, half) if part.feeds is not None]
        found = [*named[: len(named) if len(halves) == 1 else 0], *([frozenset(among)] if among is not None else [])]
        return frozenset.intersection(*found) if found else None

    def _gathered(self, view: View, muted: bool, lasting: bool) -> tuple[Part, ...]:
        return self.finder.all_gathered(self.raw(view, muted, lasting))

    def _raw(self, view: View, muted: bool, lasting: bool) -> tuple[Part, ...]:
        read = self.finder.relaxed if lasting else self.finder.later
        from tui_news.store.halves import half  # not needed for the first paint

        found = [half(node, muted) for node in self._nodes(view)]
        told = found if lasting else [self.finder.settled(node) for node in found if node is not None]
        return tuple(part for node in told if node is not None for part in read(node))

    def _halves(self, view: View) -> tuple[bool, ...]:
        from tui_news.store.halves import IS_MUTED, half  # not needed for the first paint

        nodes = self._nodes(view)
        both = any(leaf == IS_MUTED for node in nodes for leaf in leaves(node))
        wanted = (True,) if view.kind == "muted" else (False, True) if both else (False,)
        return tuple(muted for muted in wanted if all(half(node, muted) is not None for node in nodes))

    def _nodes(self, view: View) -> tuple[Node, ...]:
        return self.once(("nodes", *_query(view)), partial(self._read, view))

    def _read(self, view: View) -> tuple[Node, ...]:
        nodes = [self.finder.smart_query(view.id)] if view.kind == "smart" else []
        return (*nodes, parse(view.filter)) if view.filter else tuple(nodes)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]  # type: ignore[return-value]


def _query(view: View) -> tuple[int, str]:
    return view.id if view.kind == "smart" else 0, view.filter
