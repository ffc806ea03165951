"""What a view asks of its stories: the conditions of its queries, read once for as long as one list is made."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tui_news.models import View
from tui_news.store.halves import IS_MUTED, half
from tui_news.store.query import Part
from tui_news.text.query.nodes import Node, leaves
from tui_news.text.query.parse import parse

if TYPE_CHECKING:
    from tui_news.store.finder import Finder

T = TypeVar("T")


class Asking:
    """Views are asked about by halves: the stories that a rule mutes (True), or all others (see `store.halves`)."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self._known: dict[Hashable, object] = {}

    def anew(self) -> None:
        """Another list is made, of what the library holds now."""
        self._known.clear()

    def halves(self, view: View) -> tuple[bool, ...]:
        """Those that may have stories of the view."""
        return self._once(("halves", *_query(view), view.kind == "muted"), partial(self._halves, view))

    def parts(self, view: View, muted: bool = False, lasting: bool = False) -> tuple[Part, ...]:
        """The conditions of the view's queries, or what of them marks cannot undo. Raises QueryError."""
        made = partial(self._gathered, view, muted, lasting)
        return self._once(("parts", *_query(view), muted, lasting), made)

    def raw(self, view: View, muted: bool = False, lasting: bool = False) -> tuple[Part, ...]:
        """The same, words that stand by themselves not asked for yet."""
        return self._once(("raw", *_query(view), muted, lasting), partial(self._raw, view, muted, lasting))

    def _gathered(self, view: View, muted: bool, lasting: bool) -> tuple[Part, ...]:
        return tuple(map(self.finder.gathered, self.raw(view, muted, lasting)))

    def _raw(self, view: View, muted: bool, lasting: bool) -> tuple[Part, ...]:
        read = self.finder.relaxed if lasting else partial(self.finder.parts, sets=True)
        found = (half(node, muted) for node in self._nodes(view))
        return tuple(part for node in found if node is not None for part in read(node))

    def _halves(self, view: View) -> tuple[bool, ...]:
        nodes = self._nodes(view)
        both = any(leaf == IS_MUTED for node in nodes for leaf in leaves(node))
        wanted = (True,) if view.kind == "muted" else (False, True) if both else (False,)
        return tuple(muted for muted in wanted if all(half(node, muted) is not None for node in nodes))

    def _nodes(self, view: View) -> tuple[Node, ...]:
        return self._once(("nodes", *_query(view)), partial(self._read, view))

    def _read(self, view: View) -> tuple[Node, ...]:
        nodes = [self.finder.smart_query(view.id)] if view.kind == "smart" else []
        return (*nodes, parse(view.filter)) if view.filter else tuple(nodes)

    def _once(self, key: Hashable, make: Callable[[], T]) -> T:
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]  # type: ignore[return-value]


def _query(view: View) -> tuple[int, str]:
    return view.id if view.kind == "smart" else 0, view.filter
