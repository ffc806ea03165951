"""Widgets whose component classes hang on their own classes, pseudo-classes and the CSS, and on nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.widget import Widget
else:  # no widget itself: Textual follows a class's first widget only when it looks for styles to inherit
    Widget = object


class Steady(Widget):
    """Component classes are reckoned anew only when that changed.

    Textual does it whenever any class or the focus on the screen changes, for every widget, and takes what it reckoned
    for something new: each time the widget is painted again, and if it is the screen, everything.
    """

    _reckoned: tuple[object, object] | None = None

    def _get_component_classes(self) -> frozenset[str]:  # type: ignore[override]
        rules, state = self.app.stylesheet.rules, (self.classes, self._pseudo_classes_cache_key)
        if self._reckoned is not None and self._reckoned[0] is rules and self._reckoned[1] == state:
            return frozenset()
        self._reckoned = (rules, state)
        return self._reckonable()

    def _reckonable(self) -> frozenset[str]:
        return super()._get_component_classes()
