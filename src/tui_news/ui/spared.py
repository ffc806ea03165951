"""What asyncio and Textual import and a first paint does without: a sixth of what importing both takes.

asyncio's ssl (`bare_asyncio`): the screen's process has no network; the agent, a process of its own, has it.

Modules of which only a rare function is used: while asyncio and Textual are imported something stands in for each. Who
imports the module gets that, who imports one of its names gets a stand-in for the name; both import the module when
anything is asked of them. The command palette, with its fields and lists, is the dearest. Later imports find the
modules themselves.

The palette takes one name from `textual.types`, which gathers names from all over Textual, widgets we never show
among them (the tree of a folder, a list to select from). What stands in for it stays: it knows where its light names
are from, and whoever asks for another gets the module itself.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from tui_news.bare_asyncio import spare_ssl

TYPES, LIGHT = "textual.types", "textual._types"
# Each with the names that are taken from it at once and only called, if at all, much later.
RARE = {
    "asyncio.sslproto": "", "bz2": "", "difflib": "get_close_matches", "ipaddress": "", "linecache": "", "locale": "",
    "lzma": "", "mimetypes": "", "platformdirs": "user_downloads_path", "rich.markup": "render", "rich.table": "Table",
    "tempfile": "TemporaryFile gettempdir", "textwrap": "", "tokenize": "", "uuid": "uuid4",
    "textual.canvas": "Canvas Rectangle", "textual.markup": "parse_style",
    "textual.command": "CommandListItem CommandPalette DiscoveryHit Hit Hits SimpleProvider",
}  # fmt: skip
_standing: list[_Rare] = []


def spare() -> None:
    """To be called before any of it is imported, and `spared` after; of what is imported already nothing changes."""
    for name, taken in RARE.items():
        if name not in sys.modules:
            sys.modules[name] = stand_in = _Rare(name)
            vars(stand_in).update({one: _Later(name, one) for one in taken.split()})
            _standing.append(stand_in)
            if name == "textual.command":
                vars(stand_in)["Provider"] = type("Provider", (), {})  # what is derived from it needs the real one, too
    spare_ssl()
    if TYPES not in sys.modules:
        sys.modules[TYPES] = _Types(TYPES)


def spared() -> None:
    """Textual's app is imported: from now on each module is itself."""
    while _standing:
        stand_in = _standing.pop()
        if sys.modules.get(stand_in.__name__) is stand_in:
            del sys.modules[stand_in.__name__]


class _Later:
    """A name of a module, for whoever only calls it or asks for something that it has."""

    def __init__(self, module: str, name: str) -> None:
        self._from = module, name

    def __call__(self, *given: Any, **named: Any) -> Any:
        return _real(*self._from)(*given, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(_real(*self._from), name)


def _real(module: str, name: str) -> Any:
    if isinstance(sys.modules.get(module), _Rare):
        del sys.modules[module]
    return getattr(import_module(module), name)


class _Rare(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name in ("__path__", "__file__"):  # what imports and what prints tracebacks look for
            raise AttributeError(name)
        return _real(self.__name__, name)


class _Types(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name in ("__path__", "__file__"):
            raise AttributeError(name)
        light = import_module(LIGHT)
        if hasattr(light, name):
            return getattr(light, name)
        if sys.modules.get(TYPES) is self:
            del sys.modules[TYPES]
        return getattr(import_module(TYPES), name)
