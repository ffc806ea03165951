"""A feed's document into what the library needs to know of it. Runs in a worker: it is all that takes time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from tui_news import __version__
from tui_news.articles.feedbody import is_teaser
from tui_news.comments.sources import find_ref
from tui_news.feeds import quick
from tui_news.feeds.dates import plausible
from tui_news.feeds.decide import digested
from tui_news.feeds.fingerprint import fingerprint
from tui_news.feeds.identity import identities, identity, mark
from tui_news.feeds.parse import parse_text, readings, with_claims
from tui_news.feeds.rss_atom import parse_quickly, parsed_from
from tui_news.feeds.unseen import Cut, Marks, cut
from tui_news.models import Digest, Enclosure, Packed, ParsedEntry, ParsedFeed, ThreadRef
from tui_news.store.at_hand import AT_HAND
from tui_news.store.packing import pack_story
from tui_news.text.stripped import MOST, stripped
from tui_news.web.limits import FEED_LIMIT
from tui_news.web.unpacking import unpacked

if TYPE_CHECKING:
    from tui_news.services.storing import Asked

NOTHING = Digest(ParsedFeed("", "", ()), (), (), ())


def digest_feed(
    body: bytes,
    url: str,
    headers: Mapping[str, str],
    *,
    now: int,
    link_header: str = "",
    held: Collection[str] = (),
    marks: bytes = b"",
) -> Digest:
    """Read the document and make its stories, but those that the library holds as they are. Raises FeedError.

    held, marks: see `feeds.decide.digested` and `feeds.unseen`; without them everything is read and made.
    """
    visit = _Visit(url, link_header, now)
    for text in readings(body, headers):
        judged = False
        pieces = None if "content-language" in headers else cut(text)
        if pieces is None:
            continue
        kept = Marks(pieces, (__version__, url, link_header))
        digest = visit.unseen(pieces, kept, kept.held(marks))
        if digest is None:
            found = quick.read(text)
            judged = found is None
            digest = visit.whole(parsed_from(found, text, url), pieces, kept, held, found["tidy"]) if found else None
        if digest is not None:
            feed = with_claims(digest.feed, body, headers)
            return digest if feed is digest.feed else replace(digest, feed=feed)
    return visit.made(parse_text(text, body, url, headers, judged=judged), held)


def digest_document(asked: Asked, *, now: int) -> Digest:
    """As `digest_feed`, of what `storing.asked` tells. One that came packed is hashed here, and has nothing in it if
    that is the hash of what is held. Raises FetchError, too, if it cannot be unpacked."""
    body, url, headers, link_header, packed, held, marks, body_hash = asked
    hashed = ""
    if packed:
        body = unpacked(body, FEED_LIMIT, url)
        if (hashed := fingerprint(body)) == body_hash:
            return replace(NOTHING, hashed=hashed)
    digest = digest_feed(
        body, url, headers, now=now, link_header=link_header, held=frozenset(held.split()), marks=marks
    )
    return replace(digest, hashed=hashed) if packed else digest


def digest_feeds(documents: Sequence[Asked], *, now: int) -> list[Digest | None]:
    """As `digest_document`, of many; None for one that cannot be read: alone, it says why."""
    made: list[Digest | None] = []
    for one in documents:
        try:
            made.append(digest_document(one, now=now))
        except MemoryError:
            raise
        except Exception:
            made.append(None)
    return made


@dataclass(frozen=True, slots=True)
class _Visit:
    url: str
    link_header: str
    now: int

    def made(self, parsed: ParsedFeed, held: Collection[str]) -> Digest:
        """Of what it makes, the words stay at hand for the index."""
        texts: list[str] = []
        digest = digested(
            parsed,
            held,
            feed_url=self.url,
            link_header=self.link_header,
            now=self.now,
            find_ref=partial(find_ref, generator=parsed.generator),
            is_teaser=_teaser,
            pack=partial(_packed, texts),
        )
        for story, text in zip(filter(None, digest.made), texts, strict=True):
            AT_HAND.keep(story.content_hash, text)
        return digest

    def whole(self, parsed: ParsedFeed, pieces: Cut, kept: Marks, held: Collection[str], tidy: bool) -> Digest | None:
        """All of a document that was read quickly, with marks for the next visit if it is plain. tidy: see `quick`."""
        if len(parsed.entries) != len(pieces.items):
            return None
        digest = self.made(parsed, held)
        if digest.warnings or not self._plain(parsed.entries):
            return digest
        # Tidy twice: there are as many ends as were found, so none of those is in a comment or a CDATA section.
        if not (tidy and pieces.tidy) and not pieces.certain(range(len(pieces.items))):
            return digest
        return replace(digest, marks=kept.packed(_stories(parsed.entries)))

    def unseen(self, pieces: Cut, kept: Marks, known: Mapping[bytes, bytes]) -> Digest | None:
        """The items that the last visit did not have, and no others; None where they must be seen among the others."""
        places = [at for at, text in enumerate(kept.texts) if text not in known] if known else []
        if not known or len(places) == len(kept.texts) or not pieces.certain(places):
            return None
        parsed = parse_quickly(pieces.only(places), self.url)
        if parsed is None or len(parsed.entries) != len(places) or not self._plain(parsed.entries):
            return None
        seen = {at: known[text] for at, text in enumerate(kept.texts) if text in known}
        stories = seen | dict(zip(places, _stories(parsed.entries), strict=True))
        digest = self.made(parsed, ())
        if digest.warnings or len(set(stories.values())) < len(stories):  # two of one story
            return None
        packed = kept.packed([stories[at] for at in range(len(stories))])
        return replace(digest, places=tuple(places), partial=True, seen=tuple(seen.values()), marks=packed)

    def _plain(self, entries: Sequence[ParsedEntry]) -> bool:
        """Whether each entry goes by its own guid or link, and means the same at any later time."""
        lasting = all(entry.published == plausible(entry.published, self.now) for entry in entries)
        return lasting and identities(entries) == [identity(entry) for entry in entries]


def _stories(entries: Sequence[ParsedEntry]) -> list[bytes]:
    return [mark(identity(entry)) for entry in entries]


def _packed(
    texts: list[str], html: str, thread: ThreadRef | None, enclosures: Sequence[Enclosure], tags: Sequence[str]
) -> Packed:
    texts.append(stripped(html[:MOST]))
    return pack_story(html, thread, enclosures, tags)


def _teaser(html: str, entry: ParsedEntry) -> bool:
    return is_teaser(html, has_content=bool(entry.content))
