"""Fields of JSON that somebody else wrote: each read as the type it should be, or as nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from tui_news.comments.sources.addresses import host, origin
from tui_news.models import ParsedEntry

Item = Mapping[str, object]
_EMPTY: dict[str, object] = {}
# Every source asks it of the same entry. Not an lru_cache: that would reckon a hash of the whole story each time.
_last: tuple[ParsedEntry | None, tuple[str, ...]] = None, ()


def item_of(value: object) -> Item:
    return value if isinstance(value, dict) else _EMPTY


def items_of(value: object) -> list[Item]:
    """The objects of a list; whatever else it holds is passed over."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text_in(item: Item, *names: str) -> str:
    """The first of the named fields that holds text."""
    return next((value for name in names if isinstance(value := item.get(name), str) and value), "")


def number_in(item: Item, *names: str) -> int | None:
    for name in names:
        value = item.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
            return value
    return None


def id_in(item: Item, *names: str) -> str | None:
    """An id, a number or a word, as text. 0 stands for none."""
    for name in names:
        value = item.get(name)
        if isinstance(value, str) and re.fullmatch(r"[\w-]{1,100}", value, re.ASCII):
            return value
        if number := number_in(item, name):
            return str(number)
    return None


def named(entry: ParsedEntry) -> tuple[str, ...]:
    """The addresses that may name an entry's thread, surest first.

    Where the page of comments is on one site and the link on another, the link is what people talk about: it must
    not be taken for the talk, be it a thread itself.
    """
    global _last
    last, places = _last
    if last is not entry:
        places = _named(entry)
        _last = entry, places
    return places


def _named(entry: ParsedEntry) -> tuple[str, ...]:
    comments = entry.comments if web(entry.comments) else ""
    places = (comments, entry.link, entry.id)
    return tuple(url for url in places if web(url) and (not comments or host(url) == host(comments)))


@lru_cache(maxsize=1024)
def web(url: str) -> bool:
    return origin(url).lower().startswith("http")
