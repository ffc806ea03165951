"""What it costs to make a feed's entries into stories, part by part: each in our way and in the plain way, by turns.

    python benchmarks/making.py

Microseconds of CPU a story, the best of nine turns each; the documents are those of the first refresh's benchmark.
"""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Callable, Sequence
from dataclasses import make_dataclass
from operator import attrgetter

from feedserver import document

from tui_news.comments.sources import SOURCES, find_ref
from tui_news.feeds.identity import _tidy
from tui_news.feeds.parse import parse_text, readable
from tui_news.models import Entry, ParsedEntry, ParsedFeed, ThreadRef
from tui_news.services.digesting import digest_feed
from tui_news.store.packing import pack_ref

FEEDS, ITEMS, TURNS, NOW = 12, 40, 9, 1_795_000_000
KIND = {"content-type": "application/rss+xml"}
Way = Callable[[], object]
Plain = make_dataclass("Plain", Entry.__slots__, frozen=True, slots=True)  # a story as the standard library makes one
Plain.__module__ = __name__


def main() -> None:
    bodies = [document(feed, ITEMS, 0) for feed in range(FEEDS)]
    feeds = [parse_text(readable(body, KIND), body, "https://f.example/", KIND) for body in bodies]
    entries = [(feed, entry) for feed in feeds for entry in feed.entries]
    refs = [find_ref(entry, feed.link, "", feed.generator) for feed, entry in entries]
    texts = [entry.content or entry.summary for _, entry in entries]
    made = [digest_feed(body, "https://f.example/", KIND, now=NOW).made for body in bodies]
    stories = [story for some in made for story in some if story is not None]
    typed = [text.replace("e ", "e\u2019s ") for text in texts]
    plain = pickle.dumps([Plain(*attrgetter(*Entry.__slots__)(story)) for story in stories])
    ours = pickle.dumps(stories)
    told: dict[str, tuple[Way, Way]] = {
        "white space as one space": (lambda: [*map(_tidy, texts)], lambda: [" ".join(text.split()) for text in texts]),
        "the same, typographic": (lambda: [*map(_tidy, typed)], lambda: [" ".join(text.split()) for text in typed]),
        "finding the thread": (
            lambda: [find_ref(entry, feed.link, "", feed.generator) for feed, entry in entries],
            lambda: [_asking_all(feed, entry) for feed, entry in entries],
        ),
        "writing it down": (lambda: [*map(pack_ref, refs)], lambda: [*map(_dumped, refs)]),
        "unpickling the story": (lambda: pickle.loads(ours), lambda: pickle.loads(plain)),
    }
    for what, (our, other) in told.items():
        one, two = _by_turns(our, other)
        print(f"{what:26} {one / len(texts):6.1f} for {two / len(texts):6.1f}: {one / two:.2f}")


def _by_turns(*ways: Way) -> list[float]:
    """The least CPU that each took, in microseconds."""
    best = [float("inf")] * len(ways)
    for _ in range(TURNS):
        for number, way in enumerate(ways):
            start = time.thread_time()
            way()
            best[number] = min(best[number], (time.thread_time() - start) * 1e6)
    return best


def _asking_all(feed: ParsedFeed, entry: ParsedEntry) -> ThreadRef | None:
    """Every source, whatever its signs."""
    for source in SOURCES:
        ref = source.find(entry, feed.link, "")
        if ref is None and source.find_by_generator is not None:
            ref = source.find_by_generator(entry, feed.link, feed.generator)
        if ref is not None:
            return ref
    return None


def _dumped(ref: ThreadRef | None) -> str:
    if ref is None:
        return ""
    routes: Sequence[object] = [[route.name, route.url] for route in ref.routes]
    told = [ref.source, ref.key, routes, ref.page_url, ref.count_hint, ref.meta]
    return json.dumps(told, separators=(",", ":"))


if __name__ == "__main__":
    main()
