"""What a fetched feed means for the stories held: which are new, which have changed. Pure; deletes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from tui_news import __version__
from tui_news.feeds.dates import plausible
from tui_news.feeds.identity import canonical, digest, identities, identity, with_link
from tui_news.feeds.matching import rematch
from tui_news.models import Entry, Known, ParsedEntry, ParsedFeed, ThreadRef
from tui_news.models.late import dataclass

FindRef = Callable[[ParsedEntry, str, str], ThreadRef | None]
IsTeaser = Callable[[str, ParsedEntry], bool]


@dataclass(frozen=True, slots=True)
class Decision:
    """new: stories to store, in the feed's order. changed: held stories' ids with what they are now; their `sort` and
    the reader's marks stay. same: how many need no writing."""

    new: tuple[Entry, ...] = ()
    changed: tuple[tuple[int, Entry], ...] = ()
    same: int = 0
    warnings: tuple[str, ...] = ()


def decide(
    known: Sequence[Known],
    parsed: ParsedFeed,
    *,
    feed_url: str = "",
    link_header: str = "",
    now: int,
    find_ref: FindRef | None = None,
    is_teaser: IsTeaser | None = None,
) -> Decision:
    """Compare a fetch with what is held of the feed. An empty or shorter feed changes nothing of what it lacks.

    find_ref(entry, feed_link, link_header) and is_teaser(html, entry) come from the rooms that know threads and
    articles. now: Unix seconds; no story sorts later than it was first seen.
    """
    maker = _Maker(parsed.link or feed_url, link_header, now, find_ref, is_teaser, parsed.generator)
    entries = [replace(entry, published=plausible(entry.published, now)) for entry in parsed.entries]
    rows, repeated = paired(known, entries, parsed.link)
    new: list[Entry] = []
    changed: list[tuple[int, Entry]] = []
    for position, (key, entry, held) in enumerate(rows):
        source = maker.source(entry)
        if held is not None and held.identity == key and held.content_hash.endswith(source):
            continue
        made = maker.make(key, entry, held, position, source)
        if held is None:
            new.append(made)
        elif _seen(held.content_hash) != _seen(made.content_hash) or held.identity != key:
            changed.append((held.id, made))
    notes = [f"{repeated} entries repeat others and were left out"] if repeated else []
    return Decision(tuple(new), tuple(changed), len(rows) - len(new) - len(changed), (*notes, *maker.warnings))


Row = tuple[str, ParsedEntry, Known | None]


def paired(known: Sequence[Known], entries: Sequence[ParsedEntry], site: str) -> tuple[list[Row], int]:
    """Every entry with its key and the story held of it, if any; and how many entries only repeat others."""
    by_key = {held.identity: held for held in known}
    keys = _distinct(_held_as(key, entry, by_key) for key, entry in zip(identities(entries), entries, strict=True))
    present = {key for key in keys if key is not None}
    missed = [at for at, key in enumerate(keys) if key is not None and key not in by_key]
    lost = [held for held in known if held.identity not in present]
    found = rematch([entries[at] for at in missed], lost, _shared_links(entries, site))
    again = {missed[at]: held for at, held in found.items()}
    rows: list[Row] = []
    for at, key in enumerate(keys):
        if key is not None:
            rows.append((key, entries[at], by_key.get(key) or again.get(at)))
    return rows, len(keys) - len(rows)


def _distinct(keys: Iterable[str | None]) -> list[str | None]:
    """Keys with None for a second one of the same: two stories with one key could not be stored."""
    seen: set[str | None] = set()
    found: list[str | None] = []
    for key in keys:
        found.append(None if key in seen else key)
        seen.add(key)
    return found


def _held_as(key: str | None, entry: ParsedEntry, by_key: dict[str, Known]) -> str | None:
    """The key, made longer when the feed has used it for another story: other link, title and date all at once.

    Without this a feed with one constant guid would keep overwriting its only story.
    """
    if key is None or key != identity(entry):
        return key
    held, longer = by_key.get(key), with_link(entry)
    if held is None:
        return longer if longer in by_key else key
    return longer if _another_story(entry, held) else key


def _another_story(entry: ParsedEntry, held: Known) -> bool:
    if None in (entry.published, held.published) or entry.published == held.published:
        return False
    moved = entry.link and held.url and canonical(entry.link) != canonical(held.url)
    return bool(moved and entry.title and held.title and entry.title != held.title)


def _shared_links(entries: Sequence[ParsedEntry], site: str) -> frozenset[str]:
    """Links that identify no story: those of several entries, and the site's own."""
    times = Counter(canonical(entry.link) for entry in entries if entry.link)
    return frozenset({link for link, count in times.items() if count > 1} | ({canonical(site)} if site else set()))


class _Maker:
    """Makes stories of entries: everything about a fetch that each of them needs."""

    def __init__(
        self,
        feed_link: str,
        header: str,
        now: int,
        find_ref: FindRef | None,
        is_teaser: IsTeaser | None,
        generator: str = "",
    ) -> None:
        self.feed_link, self.header, self.now = feed_link, header, now
        self.find_ref, self.is_teaser = find_ref, is_teaser
        self.warnings: list[str] = []
        around = repr((__version__, feed_link, header, generator, find_ref is None)).encode("utf-8", "replace")
        self._key = hashlib.blake2b(around, digest_size=16).digest()

    def source(self, entry: ParsedEntry) -> str:
        """A hash of all that a story is made from, this version included: the same makes the same story."""
        made = hashlib.blake2b(repr(entry).encode("utf-8", "surrogatepass"), digest_size=8, key=self._key)
        return "-" + made.hexdigest()

    def make(self, key: str, entry: ParsedEntry, held: Known | None, position: int, source: str = "") -> Entry:
        html = entry.content or entry.summary
        told = len(self.warnings)
        thread = self._thread(entry)
        source = source if told == len(self.warnings) else ""  # where it failed, it is tried again
        return Entry(
            identity=key,
            guid=entry.id,
            url=entry.link,
            title=entry.title,
            author=entry.author,
            published=held.published if held and entry.published is None else entry.published,
            sort=held.sort if held else self._sort(entry, position),
            html=html,
            content_hash=_content_hash(entry, html, thread) + source,
            teaser=self.is_teaser(html, entry) if self.is_teaser else False,
            updated=entry.updated,
            lang=entry.language,
            enclosures=entry.enclosures,
            tags=entry.tags,
            thread=thread,
            comments_url=entry.comments,
            comments_hint=entry.comment_count,
        )

    def _sort(self, entry: ParsedEntry, position: int) -> int:
        """When it was published, never later than now; undated ones count down from now to keep the feed's order."""
        return self.now - position if entry.published is None else min(entry.published, self.now)

    def _thread(self, entry: ParsedEntry) -> ThreadRef | None:
        """One entry that its comment source cannot read must not cost the feed."""
        if self.find_ref is None:
            return None
        try:
            return self.find_ref(entry, self.feed_link, self.header)
        except (ValueError, LookupError) as error:
            self.warnings.append(f"no thread could be found for {entry.link or entry.title}: {type(error).__name__}")
            return None


def _seen(content_hash: str) -> list[str]:
    """What of it decides whether a story changed: its last part only spares the reckoning."""
    return content_hash.split("-")[:2]


def _content_hash(entry: ParsedEntry, html: str, thread: ThreadRef | None) -> str:
    """What the reader would see, then (after "-") what leads to its comments: one changes without the other."""
    media = [(item.url, item.type) for item in entry.enclosures]
    told = digest(entry.title, canonical(entry.link), entry.author, html, media)
    comments = digest(entry.comment_count, entry.comments, thread.key if thread else "")
    return f"{told}-{comments[:8]}"  # and, after another "-", what it was made from: see `_Maker.source`
