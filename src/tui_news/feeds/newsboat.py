"""newsboat's `urls`: an address a line, then tags. Only web addresses are taken; nothing in it is ever run.

https://newsboat.org/releases/2.44/docs/newsboat.html#_quick_start: tags are words or "quoted words", "~Title" renames,
"!" hides, "query:Name:condition" is a query feed, exec: and filter: name programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from tui_news.feeds import texts
from tui_news.feeds.dates import plausible
from tui_news.feeds.discover import clean_address
from tui_news.feeds.identity import canonical
from tui_news.models import Enclosure, ParsedEntry, Subscription
from tui_news.models.moving import CacheItem, FeedList, FoundQuery, FoundStory
from tui_news.text.sanitize import mask_url

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"?|([^\s"]+)')
_PROGRAMS = ("exec:", "filter:")
_MOST = 50_000


def read_urls(text: str) -> FeedList:
    """The feeds, query feeds and left-out lines of a `urls` file. Never raises."""
    found: dict[str, Subscription] = {}
    queries: list[FoundQuery] = []
    skipped: list[str] = []
    for number, words in _lines(text):
        address, tags = words[0], words[1:]
        url = clean_address(address) if re.match(r"(?:https?://|feed:)", address, re.I) else None
        if address.startswith("query:"):
            queries += _query(address)
        elif url is None:
            skipped.append(f"line {number}: {why_not(address)}")
        elif canonical(url) in found:
            skipped.append(f"line {number}: {mask_url(url)}: named more than once")
        elif len(found) < _MOST:
            found[canonical(url)] = _subscription(url, tags)
    return FeedList("newsboat's urls", tuple(found.values()), tuple(queries), tuple(skipped))


def why_not(address: str) -> str:
    """The sentence for a line that is no web address."""
    shown = texts.line(address, 120)
    if address.startswith(_PROGRAMS):
        return f"{shown}: it would run a program, and a list never does that here"
    if address.startswith("file:"):
        return f"{shown}: a file is no web address"
    return f"{shown}: only web addresses are taken from a list"


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line numbers with their words; an unquoted word that begins with # ends the line, as in newsboat."""
    for number, line in enumerate(text.splitlines(), 1):
        words: list[str] = []
        for quoted, bare in _TOKEN.findall(line):
            if bare.startswith("#"):
                break
            words.append(re.sub(r"\\(.)", r"\1", quoted) if quoted else bare)
        if words and words[0]:
            yield number, words


def _query(address: str) -> list[FoundQuery]:
    name, _, condition = address.removeprefix("query:").partition(":")
    clean = texts.line(name, 100)
    return [FoundQuery(clean, condition.strip())] if clean and condition.strip() else []


def _subscription(url: str, words: list[str]) -> Subscription:
    """The first tag becomes the folder; the others stay tags."""
    titles = [word[1:] for word in words if word.startswith("~")]
    tags = [texts.line(word, 100) for word in words if word and word[0] not in "~!"]
    tags = list(dict.fromkeys(filter(None, tags)))
    folder = tags[0].replace("/", "∕") if tags else ""
    hidden = any(word.startswith("!") for word in words)
    return Subscription(url, texts.line(titles[-1]) if titles else "", "", folder, tuple(tags[1:]), hidden)


def found_story(item: CacheItem, now: int) -> FoundStory:
    """A row of newsboat's cache as an entry of its feed. Flags are letters there; any of them is a star here."""
    link = texts.web_url(item.url)
    media = texts.web_url(item.enclosure_url)
    entry = ParsedEntry(
        id="" if _made_up(item) else item.guid,
        link=link,
        title=texts.title_line(item.title, False),
        author=texts.line(item.author, 200),
        published=plausible(item.published if item.published > 0 else None, now),
        content=texts.body(item.content, item.mime != "text/plain"),
        enclosures=(Enclosure(media, texts.line(item.enclosure_type, 100)),) if media else (),
    )
    flagged = bool(item.flags.strip())
    thrown = item.deleted and not flagged  # what somebody flagged is not lost to a slip of the finger
    return FoundStory(entry, not item.unread or item.deleted, flagged, thrown)


def _made_up(item: CacheItem) -> bool:
    """Whether newsboat made the guid itself, of link and date as the feed wrote it, or of the title."""
    if not item.guid or item.guid == item.title:
        return True
    rest = item.guid.removeprefix(item.url) if item.url else item.guid
    return rest != item.guid and len(rest) > 5 and _is_date(rest)


def _is_date(text: str) -> bool:
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            read(text.strip())
            return True
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return False
