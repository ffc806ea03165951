"""Patterns that are compiled when they are first used: those of wide ranges take up to 16 ms of a start."""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        """Asked once for each method: from then on it is an attribute of our own."""
        found = getattr(re.compile(self._source, self._flags), name)
        self.__dict__[name] = found
        return found


def lazily(source: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but later. For patterns kept in a name and used by their methods; a bad one fails at its use."""
    return cast("re.Pattern[str]", _Lazy(source, flags))
