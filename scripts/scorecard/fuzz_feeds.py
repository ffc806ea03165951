"""Feeds beside feedparser: `python scripts/scorecard feeds [--mutated 20000] [--quick 50000] [--seed N]`.

Two questions. Of feeds that were changed (another encoding, other prefixes, CDATA for references, a part cut off or
twice, attributes in another order, a base, modules, dates of other forms): has our reading every title, link, date, author,
text, enclosure and id that feedparser's own has? And of feeds that `quick` reads: is the outcome the same as feedparser's?
The documents that are changed are our own and, where they are, those of `../shared/feed_corpora`.
"""

from __future__ import annotations

import argparse
import collections
import io
import json
import random
import re
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from feed_changes import CHANGES, samples
from feed_maker import made
from places import RESULTS

URL = "https://asked.example/feed"
NOW = None  # no date is too late


# ours beside feedparser's
def theirs(data: bytes, content_type: str) -> Any:
    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        given = {"content-type": content_type} if content_type else {}
        return feedparser.parse(
            io.BytesIO(data), response_headers=given, sanitize_html=False, resolve_relative_uris=False
        )


def worse(data: bytes, content_type: str) -> Iterator[str]:
    """What feedparser alone finds and we do not."""
    from tui_news.feeds.parse import parse_feed
    from tui_news.models import FeedError

    try:
        judge = theirs(data, content_type)
    except Exception:
        judge = {"entries": [], "feed": {}}
    start = time.process_time()
    try:
        ours = parse_feed(data, URL, {"content-type": content_type} if content_type else {})
    except FeedError as error:
        if any(words(one, "title") and words(one, "link") for one in judge["entries"]):
            yield f"refused ({str(error)[:60]})"
        return
    finally:
        if time.process_time() - start > 5:
            yield "slow"
    if len(ours.entries) < len(judge["entries"]):
        yield "fewer entries"
        return
    yield from (f"feed {name}" for name in lacking(ours, judge["feed"], ("title", "link")))
    if len(ours.entries) == len(judge["entries"]):
        for mine, one in zip(ours.entries, judge["entries"], strict=True):
            yield from lacking(mine, one, ("title", "link", "id", "author", "date", "content", "enclosures"))


def words(record: Any, name: str) -> str:
    value = dict.get(record, name)
    text = value if isinstance(value, str) else ""
    return re.sub(r"<[^>]*>|&\w+;|&#\w+;|[\s\ufffd\x00-\x1f\x7f-\xa0\u200b-\u200f\u202a-\u202e\ufeff]+", "", text)


def lacking(mine: Any, one: Any, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if THEIRS[name](one) and not OURS[name](mine):
            yield name


def their_date(record: Any) -> bool:
    for name in ("published", "created", "updated"):
        parsed, raw = dict.get(record, f"{name}_parsed"), dict.get(record, name) or ""
        if parsed and 1990 <= parsed[0] <= 2100 and re.search(r"\d", raw):
            return True
    return False


def their_link(record: Any) -> bool:
    from tui_news.text.sanitize import clean_url

    link = dict.get(record, "link")
    found = clean_url(link, URL) if isinstance(link, str) and re.match(r"https?://", link.strip(), re.I) else None
    return bool(found and not found.startswith("mailto:"))


def their_enclosures(record: Any) -> bool:
    links = dict.get(record, "links") or ()
    return any(one.get("rel") == "enclosure" and re.match(r"https?://\w", str(one.get("href") or "")) for one in links)


THEIRS: dict[str, Callable[[Any], bool]] = {
    "title": lambda one: bool(words(one, "title")),
    "link": their_link,
    "id": lambda one: bool(words(one, "id")),
    "author": lambda one: bool(words(one, "author")),
    "date": their_date,
    "content": lambda one: bool(
        words(one, "summary") or any(words(part, "value") for part in dict.get(one, "content") or ())
    ),
    "enclosures": their_enclosures,
}
OURS: dict[str, Callable[[Any], bool]] = {
    "title": lambda one: bool(one.title),
    "link": lambda one: bool(one.link),
    "id": lambda one: bool(one.id),
    "author": lambda one: bool(one.author),
    "date": lambda one: one.published is not None or one.updated is not None,
    "content": lambda one: bool(one.summary or one.content),
    "enclosures": lambda one: bool(one.enclosures),
}


# `quick` beside feedparser
def differs(text: str) -> str | None:
    """How `quick`'s reading differs from feedparser's; "" where it does not, None where it leaves the feed to it."""
    from tui_news.feeds import quick, rss_atom

    if quick.read(text) is None:
        return None
    ours = rss_atom.parse_quickly(text, URL)
    judged = rss_atom.parse_xml_feed(text, URL, {}, judged=True)
    if ours == judged:
        return ""
    assert ours is not None
    for field in (
        "title",
        "link",
        "subtitle",
        "kind",
        "language",
        "generator",
        "ttl",
        "links",
        "warnings",
        "id",
        "author",
        "published",
        "updated",
        "tags",
    ):
        if getattr(ours, field) != getattr(judged, field):
            return f"feed {field}: {getattr(ours, field)!r} is {getattr(judged, field)!r}"
    for one, other in zip(ours.entries, judged.entries, strict=False):
        for field in one.__slots__:
            if getattr(one, field) != getattr(other, field):
                return f"entry {field}: {getattr(one, field)!r} is {getattr(other, field)!r}"
    return "entries"


# runs
class Tally:
    def __init__(self, name: str) -> None:
        self.name, self.count, self.kept = name, collections.Counter[str](), 0

    def note(self, what: str, data: bytes, about: str = "") -> None:
        self.count[what] += 1
        if self.count[what] <= 4:
            self.kept += 1
            (RESULTS / f"found-{self.name}-{self.kept}").write_bytes(data)
            (RESULTS / f"found-{self.name}-{self.kept}.txt").write_text(f"{what}\n{about}\n", "utf-8", "replace")


def run_changed(many: int, chance: random.Random) -> Tally:
    tally, documents = Tally("changed"), samples()
    for _ in range(many):
        name, data = chance.choice(documents)
        done, content_type = [], ""
        for change in chance.choices(CHANGES, k=chance.choice((1, 1, 1, 2, 3))):
            with_type = change(data, chance)
            data, content_type = with_type if isinstance(with_type, tuple) else (with_type, content_type)
            done.append(change.__name__)
        about = f"{name} {done} {content_type}"
        try:
            for what in dict.fromkeys(worse(data, content_type)):
                tally.note(what, data, about)
        except Exception as error:
            tally.note(f"raised {type(error).__name__}", data, about + traceback.format_exc())
    return tally


def run_quick(many: int, chance: random.Random) -> tuple[Tally, int]:
    """Half of them made, half changed: how many of `many` it took."""
    from tui_news.feeds.decoding import allowed, decode
    from tui_news.feeds.repair import thinned, trimmed

    tally, took, documents = Tally("quick"), 0, [(name, data) for name, data in samples() if len(data) < 6000]
    for number in range(many):
        about = "made"
        if number % 3:
            text = made(chance)
        else:
            name, data = chance.choice(documents)
            change = chance.choice(CHANGES)
            with_type = change(data, chance)
            data = with_type[0] if isinstance(with_type, tuple) else with_type
            text, about = thinned(allowed(trimmed(decode(data))))[0], f"{name} {change.__name__}"
        try:
            how = differs(text)
        except Exception as error:
            how = f"raised {type(error).__name__} {str(error)[:60]}"
        took += how is not None
        if how:
            tally.note(how[:40] if about == "made" else how[:16], text.encode("utf-8", "replace"), f"{how}\n{about}")
    return tally, took


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard feeds")
    parser.add_argument("--mutated", type=int, default=20_000)
    parser.add_argument("--quick", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    args = parser.parse_args(argv)
    RESULTS.mkdir(exist_ok=True)
    start = time.process_time()
    quick, took = run_quick(args.quick, random.Random(args.seed))
    print(
        f"quick: {args.quick} documents, {took} read by it, {time.process_time() - start:.0f} s: {dict(quick.count) or 'the same'}",
        flush=True,
    )
    start = time.process_time()
    changed = run_changed(args.mutated, random.Random(args.seed))
    print(
        f"changed: {args.mutated} documents, {time.process_time() - start:.0f} s: {dict(changed.count) or 'nothing lacks'}",
        flush=True,
    )
    figures = {
        "seed": args.seed,
        "quick": args.quick,
        "took": took,
        "differs": quick.count,
        "changed": args.mutated,
        "lacks": changed.count,
    }
    (RESULTS / "feeds.json").write_text(json.dumps(figures), "utf-8")
    return sum(quick.count.values()) + sum(changed.count.values())
