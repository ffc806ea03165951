"""What asyncio and Textual import and a first paint does without: an eighth of what importing both takes.

asyncio works without the ssl module, and says so where one asks it for TLS. The screen's process has no network: the
agent, a process of its own, has the ssl of any Python. `import ssl` gives it here too.

Textual's command palette takes one name from `textual.types`, which gathers names from all over Textual, widgets we
never show among them (the tree of a folder, a list to select from). Something stands in for it that knows where its
light names are from; whoever asks for another gets the module itself.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

TYPES, LIGHT = "textual.types", "textual._types"


def spare() -> None:
    """To be called before either is imported; of what is imported already nothing changes."""
    if "asyncio" not in sys.modules and "ssl" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment]
        try:
            import_module("asyncio")
        finally:
            del sys.modules["ssl"]
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
