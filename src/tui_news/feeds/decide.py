"""What a fetched feed means for the stories held: which are new, which have changed. Pure; deletes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from tui_news import __version__
from tui_news.feeds.dates import plausible
from tui_news.feeds.identity import canonical, identities, identity, mark, with_link
from tui_news.feeds.identity import digest as hashed
from tui_news.feeds.matching import rematch, title_key
from tui_news.models import Digest, Enclosure, Entry, Known, Packed, ParsedEntry, ParsedFeed, ThreadRef
from tui_news.models.late import dataclass

FindRef = Callable[[ParsedEntry, str, str], ThreadRef | None]
IsTeaser = Callable[[str, ParsedEntry], bool]
Pack = Callable[[str, ThreadRef | None, Sequence[Enclosure], Sequence[str]], Packed]
_but_texts = attrgetter(*(name for name in ParsedEntry.__slots__ if name not in ("summary", "content")))


@dataclass(frozen=True, slots=True)
class Decision:
    """new: stories to store, in the feed's order. changed: held stories' ids with what they are now; their `sort` and
    the reader's marks stay. same: how many need no writing. marks: see `Digest`."""

    new: tuple[Entry, ...] = ()
    changed: tuple[tuple[int, Entry], ...] = ()
    same: int = 0
    warnings: tuple[str, ...] = ()
    marks: bytes = b""


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
    made_from = frozenset(source_of(held) for held in known)
    for held in (made_from, frozenset[str]()):
        digest = digested(
            parsed,
            held,
            feed_url=feed_url,
            link_header=link_header,
            now=now,
            find_ref=find_ref,
            is_teaser=is_teaser,
        )
        if (decision := settle(known, digest, now)) is not None:
            return decision
    raise AssertionError("a digest that holds every story settles")


def source_of(held: Known) -> str:
    """What a held story was made from: see `_Maker.source`."""
    return held.content_hash.rpartition("-")[2]


def digested(
    parsed: ParsedFeed,
    held: Collection[str] = (),
    *,
    feed_url: str = "",
    link_header: str = "",
    now: int,
    find_ref: FindRef | None = None,
    is_teaser: IsTeaser | None = None,
    pack: Pack | None = None,
) -> Digest:
    """A parsed feed as a `Digest`: whatever takes time, done without the library. held: what its stories were made
    from (`source_of`); an entry made from one of those is not made again. pack: what the library keeps of a story's
    html, thread, enclosures and tags."""
    maker = _Maker(parsed.link or feed_url, link_header, now, find_ref, is_teaser, parsed.generator, pack)
    entries = [entry if plausible(entry.published, now) == entry.published else replace(entry, published=None)
               for entry in parsed.entries]  # fmt: skip
    sources = [maker.source(entry) for entry in entries]
    made = [
        None if source in held else maker.make(entry, source) for entry, source in zip(entries, sources, strict=True)
    ]
    return Digest(
        replace(parsed, entries=tuple(slim(entry) for entry in entries)),
        tuple(made),
        tuple(sources),
        tuple(range(len(entries))),
        tuple(maker.warnings),
    )


def slim(entry: ParsedEntry) -> ParsedEntry:
    """The entry without what does not tell whose story it is."""
    bare = not (entry.id or entry.link or entry.title or entry.published)
    summary, content = (entry.summary, entry.content) if bare else ("", "")
    return ParsedEntry(
        entry.id, entry.link, entry.title, "", entry.published, entry.updated, summary=summary, content=content
    )


def settle(known: Sequence[Known], digest: Digest, now: int) -> Decision | None:
    """What the digest means for the stories held. None: it lacks what tells; make one that lacks nothing."""
    if digest.partial:
        return only_new([(held.identity, held.url, held.title, held.published) for held in known], digest, now)
    entries = digest.feed.entries
    rows, repeated = _paired(known, entries, digest.feed.link)
    new: list[Entry] = []
    changed: list[tuple[int, Entry]] = []
    for position, (key, at, held) in enumerate(rows):
        if held is not None and held.identity == key and source_of(held) == digest.sources[at]:
            continue
        made = digest.made[at]
        if made is None:
            return None
        made = _placed(made, key, held, now - position)
        if held is None:
            new.append(made)
        elif _seen(held.content_hash) != _seen(made.content_hash) or held.identity != key:
            changed.append((held.id, made))
    notes = [f"{repeated} entries repeat others and were left out"] if repeated else []
    plain = not repeated and all(key == identity(entries[at]) for key, at, _ in rows)
    same = len(rows) - len(new) - len(changed)
    return Decision(tuple(new), tuple(changed), same, (*notes, *digest.warnings), digest.marks if plain else b"")


def only_new(known: Sequence[tuple[str, str, str, int | None]], digest: Digest, now: int) -> Decision | None:
    """As `settle`, of a digest that is partial: of the items that the last visit did not have. Where each plainly is a
    story of its own, and whatever was left out is held, the whole document would mean the same. known: of each story
    held, its identity, address, title and date."""
    keys = {identity for identity, *_ in known}
    if not {mark(key) for key in keys}.issuperset(digest.seen):
        return None
    links = {canonical(url) for _, url, _, _ in known if url}
    dates = {entry.published for entry in digest.feed.entries}
    titles = {title_key(title, published) for _, _, title, published in known if published in dates} - {None}
    new: list[Entry] = []
    for entry, made, place in zip(digest.feed.entries, digest.made, digest.places, strict=True):
        key, link = identity(entry), canonical(entry.link) if entry.link else ""
        if made is None or key in keys or with_link(entry) in keys:
            return None
        if link in links or title_key(entry.title, entry.published) in titles:
            return None
        keys.add(key)
        new.append(_placed(made, key, None, now - place))
    return Decision(tuple(new), (), len(digest.seen), digest.warnings, digest.marks)


def _placed(made: Entry, key: str, held: Known | None, undated: int) -> Entry:
    """The story under its key and in its place: that of the one held, else by its date; undated ones count down from
    now to keep the feed's order."""
    published = held.published if held and made.published is None else made.published
    sort = held.sort if held else undated if made.published is None else made.sort
    if (key, published, sort) == (made.identity, made.published, made.sort):
        return made
    return replace(made, identity=key, published=published, sort=sort)


Row = tuple[str, ParsedEntry, Known | None]


def paired(known: Sequence[Known], entries: Sequence[ParsedEntry], site: str) -> tuple[list[Row], int]:
    """Every entry with its key and the story held of it, if any; and how many entries only repeat others."""
    rows, repeated = _paired(known, entries, site)
    return [(key, entries[at], held) for key, at, held in rows], repeated


def _paired(
    known: Sequence[Known], entries: Sequence[ParsedEntry], site: str
) -> tuple[list[tuple[str, int, Known | None]], int]:
    """As `paired`, with the entries' places."""
    by_key = {held.identity: held for held in known}
    keys = _distinct(_held_as(key, entry, by_key) for key, entry in zip(identities(entries), entries, strict=True))
    present = {key for key in keys if key is not None}
    missed = [at for at, key in enumerate(keys) if key is not None and key not in by_key]
    lost = [held for held in known if held.identity not in present] if missed else []
    found = rematch([entries[at] for at in missed], lost, _shared_links(entries, site)) if lost else {}
    again = {missed[at]: held for at, held in found.items()}
    rows = [(key, at, by_key.get(key) or again.get(at)) for at, key in enumerate(keys) if key is not None]
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
        pack: Pack | None = None,
    ) -> None:
        self.feed_link, self.header, self.now = feed_link, header, now
        self.find_ref, self.is_teaser, self.pack = find_ref, is_teaser, pack
        self.warnings: list[str] = []
        around = repr((__version__, feed_link, header, generator, find_ref is None)).encode("utf-8", "replace")
        self._around = hashlib.sha256(around)

    def source(self, entry: ParsedEntry) -> str:
        """A hash of all that a story is made from, this version included: the same makes the same story."""
        made = self._around.copy()
        summary = entry.summary.encode("utf-8", "surrogatepass")
        content = entry.content.encode("utf-8", "surrogatepass")
        rest = repr(([len(summary), len(content)], [*_but_texts(entry)]))
        made.update(b"".join((rest.encode("utf-8", "surrogatepass"), summary, content)))
        return made.hexdigest()[:16]

    def make(self, entry: ParsedEntry, source: str = "") -> Entry:
        """The entry as a story that is not held yet: see `_placed`."""
        html = entry.content or entry.summary
        told = len(self.warnings)
        thread = self._thread(entry)
        source = f"-{source}" if told == len(self.warnings) else ""  # where it failed, it is tried again
        packed = self.pack(html, thread, entry.enclosures, entry.tags) if self.pack else None
        return Entry(
            identity=identity(entry),
            guid=entry.id,
            url=entry.link,
            title=entry.title,
            author=entry.author,
            published=entry.published,
            sort=self.now if entry.published is None else min(entry.published, self.now),
            html="" if packed else html,
            content_hash=_content_hash(entry, html, thread) + source,
            teaser=self.is_teaser(html, entry) if self.is_teaser else False,
            updated=entry.updated,
            lang=entry.language,
            enclosures=() if packed else entry.enclosures,
            tags=() if packed else entry.tags,
            thread=None if packed else thread,
            comments_url=entry.comments,
            comments_hint=entry.comment_count,
            packed=packed,
        )

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
    told = hashed(entry.title, canonical(entry.link), entry.author, html, media)
    comments = hashed(entry.comment_count, entry.comments, thread.key if thread else "")
    return f"{told}-{comments[:8]}"  # and, after another "-", what it was made from: see `_Maker.source`
