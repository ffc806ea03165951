"""Cookies that last as long as one fetch: a site that sets one and leads back to itself wants to see it again.

Imported where a redirect sets one, and not before: the standard library's jar brings all of urllib along.
"""

from __future__ import annotations

import contextlib
from email.message import Message
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import cast
from urllib.request import Request

from tui_news.web.headers import Raw, decode


class Jar:
    """For one fetch."""

    def __init__(self) -> None:
        self._jar = CookieJar()

    def take(self, url: str, raw: Raw) -> None:
        """What an answer from there sets. What the jar chokes on is left out."""
        with contextlib.suppress(ValueError):
            self._jar.extract_cookies(cast(HTTPResponse, _Answer(raw)), Request(url))  # noqa: S310 - nothing is opened

    def header(self, url: str) -> str:
        """The value of a Cookie header for there, "" for none."""
        request = Request(url)  # noqa: S310 - nothing is opened
        with contextlib.suppress(ValueError):
            self._jar.add_cookie_header(request)
        return request.get_header("Cookie") or ""

    @property
    def state(self) -> str:
        """Tells one content from another."""
        return repr(sorted((cookie.domain, cookie.name, cookie.value) for cookie in self._jar))


class _Answer:
    """As much of an answer as a jar looks at."""

    def __init__(self, raw: Raw) -> None:
        self._message = Message()
        for name, value in raw:
            if name.lower() in (b"set-cookie", b"set-cookie2"):
                self._message[name.decode("ascii", "replace")] = decode(value)

    def info(self) -> Message:
        return self._message
