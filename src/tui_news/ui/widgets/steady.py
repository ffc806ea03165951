"""Widgets whose component classes hang on their own classes, pseudo-classes and the CSS, and on nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.css.stylesheet import Stylesheet
from textual.message import Message

from tui_news.models import TuinewsError

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from textual.css.styles import RenderStyles, RulesMap
    from textual.dom import DOMNode
    from textual.message_pump import MessagePump
    from textual.widget import Widget
else:  # no widget itself: Textual follows a class's first widget only when it looks for styles to inherit
    Widget = MessagePump = object


class Going(MessagePump):
    """The app and its screens: what the library or a command could not do is a sentence, and one goes on. Textual would
    end the app for an error in whatever handles a message (`_dispatch_message`)."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except TuinewsError as error:
            self.app.say(str(error))  # type: ignore[attr-defined]


STATES = 4  # of which what was reckoned is held: with the focus and without it, of two kinds


class Rules(Stylesheet):
    """The CSS. A widget whose rules are what they were is left alone: Textual sets all of them again whenever the focus
    or a class changes, and a scrollbar is painted for each of its colours."""

    @classmethod
    def replace_rules(cls, node: DOMNode, rules: RulesMap, animate: bool = False) -> None:
        if node.styles.base.get_rules() != rules:
            super().replace_rules(node, rules, animate)
        elif not animate:
            node.notify_style_update()


class Steady(Widget):
    """Component classes are reckoned only when that changed, and not again when it is as it was before.

    Textual does it whenever any class or the focus on the screen changes, for every widget, and takes what it reckoned
    for something new: each time the widget is painted again, and if it is the screen, everything.
    """

    _reckoned: tuple[object, object] | None = None
    _held: dict[object, dict[str, RenderStyles]] = {}  # noqa: RUF012 - by state; one of its own when there is one to hold

    def _get_component_classes(self) -> frozenset[str]:  # type: ignore[override]
        rules, state = self.app.stylesheet.rules, (self.classes, self._pseudo_classes_cache_key)
        before, self._reckoned = self._reckoned, (rules, state)
        if before is None or before[0] is not rules:
            self._held = {}
            return self._reckonable()
        if before[1] == state:
            return frozenset()
        shown = self._component_styles
        self._held = {**dict(list(self._held.items())[1 - STATES :]), before[1]: dict(shown)}
        known = self._held.pop(state, None)
        if known is None:
            return self._reckonable()
        self._component_styles = known
        self.get_component_styles(*(name for name in shown if name not in known))  # asked for since
        changed = {name for name, styles in shown.items() if known.get(name) != styles}
        if changed:
            self.restyled(changed)
        return frozenset()

    def restyled(self, names: AbstractSet[str]) -> None:
        """These component classes look different now: paint what has them."""
        self.refresh()

    def _reckonable(self) -> frozenset[str]:
        return super()._get_component_classes()
