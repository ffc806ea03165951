"""Fakes by hand: a web made of a dict, a clock that stands still, workers in this process."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tui_news.models import FetchError, Response
from tui_news.paths import Paths
from tui_news.services.opening import open_library
from tui_news.services.tools import Tools

NOW = 1_790_000_000  # 2026-09-21 12:53:20 UTC


class Clock:
    """Stands still until it is set."""

    def __init__(self, now: int = NOW) -> None:
        self.now = now

    def __call__(self) -> float:
        return float(self.now)


@dataclass
class FakeWeb:
    """Answers from `pages` (address -> Response, bytes or an exception to raise); remembers what was asked."""

    pages: dict[str, Response | bytes | Exception] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    down: bool = False

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        accept: str = "",
        limit: int = 0,
        seconds: float = 0,
        near: str = "",
        seat: Any = None,
        unpack: bool = True,
    ) -> Response:
        self.asked.append((url, dict(headers or {})))
        if self.down:
            raise FetchError("offline", f"could not fetch {url}", "no connection")
        answer = self.pages.get(url)
        if isinstance(answer, Exception):
            raise answer
        if answer is None:
            raise FetchError("status", f"could not fetch {url}", "the server says 404 Not Found", status=404)
        if isinstance(answer, bytes):
            return Response(url, url, 200, {}, answer)
        return answer

    @property
    def urls(self) -> list[str]:
        return [url for url, _ in self.asked]


class InProcess:
    """`Workers.run` in this process: what the functions raise comes out as it is."""

    async def run(
        self,
        spec: str,
        *args: Any,
        seconds: float = 0,
        memory_mb: int = 0,
        urgent: bool = False,
        behind: int = 0,
        **kwargs: Any,
    ) -> Any:
        module, _, name = spec.partition(":")
        return getattr(importlib.import_module(module), name)(*args, **kwargs)


def make_paths(root: Path) -> Paths:
    return Paths(root / "data", root / "cache", root / "config", root / "state").make()


def make_tools(root: Path, web: FakeWeb, clock: Clock | None = None) -> Tools:
    clock = clock or Clock()
    paths = make_paths(root)
    return Tools(open_library(paths, clock=clock), web, InProcess(), clock, paths.sites)


def rss(*items: str, title: str = "Coast Post", site: str = "https://coast.example/", extra: str = "") -> bytes:
    head = f"<title>{title}</title><link>{site}</link><description>News</description>{extra}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:wfw="http://wellformedweb.org/CommentAPI/">'
        f"<channel>{head}{''.join(items)}</channel></rss>"
    ).encode()


def item(
    number: int, title: str = "", body: str = "", extra: str = "", site: str = "https://coast.example", guid: str = ""
) -> str:
    return (
        f"<item><title>{title or f'Story {number}'}</title><link>{site}/{number}</link>"
        f"<guid isPermaLink='false'>{guid or f'{site}/?p={number}'}</guid>"
        f"<pubDate>Mon, 21 Sep 2026 {number % 24:02d}:00:00 +0000</pubDate>"
        f"<description><![CDATA[{body or 'A short teaser of it. […]'}]]></description>{extra}</item>"
    )


def page(title: str, *paragraphs: str) -> bytes:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title></head><body><header><a href='/'>Home</a></header>"
        f"<article><h1>{title}</h1><div class='entry-content'>{body}</div></article></body></html>"
    ).encode()
