"""What asyncio and Textual import and a first paint does without: an eighth of what importing both takes.

asyncio's ssl (`bare_asyncio`): the screen's process has no network; the agent, a process of its own, has it.

Textual's command palette takes one name from `textual.types`, which gathers names from all over Textual, widgets we
never show among them (the tree of a folder, a list to select from). Something stands in for it that knows where its
light names are from; whoever asks for another gets the module itself.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from tui_news.bare_asyncio import spare_ssl

TYPES, LIGHT = "textual.types", "textual._types"


def spare() -> None:
    """To be called before either is imported; of what is imported already nothing changes."""
    spare_ssl()
    if TYPES not in sys.modules:
        sys.modules[TYPES] = _Types(TYPES)


class _Types(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name in ("__path__", "__file__"):  # what imports and what prints tracebacks look for
            raise AttributeError(name)
        light = import_module(LIGHT)
        if hasattr(light, name):
            return getattr(light, name)
        if sys.modules.get(TYPES) is self:
            del sys.modules[TYPES]
        return getattr(import_module(TYPES), name)
