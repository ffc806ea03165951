"""Finding a held story whose key has changed: a feed that renames its guids must not bring back what was read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from tui_news.feeds.identity import canonical
from tui_news.models import Known, ParsedEntry

T = TypeVar("T")
_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|shtml)$", re.I)
_WORDS = re.compile(r"\w+")


def rematch(missed: Sequence[ParsedEntry], lost: Sequence[Known], shared_links: frozenset[str]) -> dict[int, Known]:
    """Pairs positions in `missed` (entries with unknown keys) with held stories whose keys this fetch lacks.

    By link, then by title and date where the addresses do not say otherwise, and only one to one: where several
    entries or several stories look the same, nothing is paired, since a wrong pair would overwrite one story with
    another. `shared_links` say nothing.
    """
    found: dict[int, Known] = {}
    for entry_key, known_key, alike in (
        (lambda e: _link_key(e.link, shared_links), lambda k: _link_key(k.url, shared_links), _alike),
        (lambda e: title_key(e.title, e.published), lambda k: title_key(k.title, k.published), _moved),
    ):
        taken = {known.id for known in found.values()}
        left = [(at, entry) for at, entry in enumerate(missed) if at not in found]
        ours = _unique((entry_key(entry), (at, entry)) for at, entry in left)
        theirs = _unique((known_key(known), known) for known in lost if known.id not in taken)
        for key, (at, entry) in ours.items():
            known = theirs.get(key)
            if known is not None and alike(entry, known):
                found[at] = known
    return found


def _unique(pairs: Iterable[tuple[Hashable | None, T]]) -> dict[Hashable, T]:
    pairs = list(pairs)
    times = Counter(key for key, _ in pairs)
    return {key: value for key, value in pairs if key is not None and times[key] == 1}


def _link_key(link: str, shared: frozenset[str]) -> str | None:
    key = canonical(link) if link else None
    return None if key in shared else key


def title_key(title: str, published: int | None) -> tuple[str, int] | None:
    """What a story is recognised by where guid and link have both changed; None for one without title or date."""
    words = " ".join(title.split()).casefold()
    return (words, published) if words and published is not None else None


def _alike(entry: ParsedEntry, known: Known) -> bool:
    """Not another story at the same address: title or date must agree, or one side lacks the date."""
    same_date = entry.published is None or known.published is None or entry.published == known.published
    return same_date or _folded(entry.title) == _folded(known.title)


def _moved(entry: ParsedEntry, known: Known) -> bool:
    """Whether a story of this title and date may have moved here: not where guid and page both have other names.

    A site that moves keeps the last part of its addresses, or names them after their titles. A feed that gives way to
    another one has stories of its own, be they called the same.
    """
    now, then = page_name(entry.link), page_name(known.url)
    if now == then or not now or not then:
        return True
    titled = _letters(entry.title)
    named_so = len(titled) > 5 and any(titled in _letters(name) for name in (now, then))
    return named_so or (bool(entry.id) and page_name(entry.id) == page_name(known.guid))


def page_name(address: str) -> str:
    """The last part of an address and its query, without what a move changes: host, folders, ending, tracking.

    "" for a site's own address, which names no page.
    """
    try:
        parts = urlsplit(canonical(address))
    except ValueError:
        return address
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    name = _ENDING.sub("", last).casefold()
    return f"{name}?{parts.query}" if parts.query else name


def _letters(text: str) -> str:
    return "".join(_WORDS.findall(text.casefold())).replace("_", "")


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()
