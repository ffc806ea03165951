"""Hosts that asked to be left alone (429, or 503 with Retry-After): remembered in the library, so that a restart or
another process does not ask them either."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from tui_news.models import FetchError
from tui_news.services.timing import DAY, LEAST
from tui_news.services.tools import Tools
from tui_news.text.sanitize import mask_url

KIND = "silence"


@lru_cache(4096)
def host_of(url: str) -> str:
    """The host with its port where that is an unusual one; "" for an address that has none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".")
    return f"{host}:{port}" if host and port not in (None, 80, 443) else host


def left(tools: Tools, url: str) -> int:
    """Seconds for which the address's host still wants silence, 0 if it does not."""
    host = host_of(url)
    until = tools.library.memos.get(KIND, host) if host else None
    wait = int(until) - tools.now if until else 0
    # A clock that was set back must not silence a host for years.
    return wait if 0 < wait <= DAY else 0


def heed(tools: Tools, url: str) -> None:
    """Raises FetchError (not asked) while the host wants silence."""
    wait = left(tools, url)
    if wait:
        why = f"its server asked us to wait, another {max(1, round(wait / 60))} min"
        raise FetchError("status", f"could not fetch {mask_url(url)}", why, "it is asked again later", status=429,
                         retry_after=wait, asked=False)  # fmt: skip


def note(tools: Tools, error: FetchError, url: str) -> None:
    """Remember the silence that an answer asked for; a 429 that names no time means ten minutes."""
    busy = error.status == 429 or (error.status == 503 and error.retry_after)
    host = host_of(url)
    if busy and error.asked and host:
        wait = error.retry_after if error.retry_after is not None else LEAST
        tools.library.memos.put(KIND, host, str(tools.now + min(wait, DAY)), tools.now)
