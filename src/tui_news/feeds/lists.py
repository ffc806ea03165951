"""Which program a list of feeds comes from, by what it says."""

from __future__ import annotations

import re

from tui_news.feeds.decoding import decode
from tui_news.feeds.newsboat import read_urls
from tui_news.feeds.newsraft import read_feeds
from tui_news.feeds.opml import read_opml_report
from tui_news.models import FeedError
from tui_news.models.moving import FeedList

_OPML = re.compile(r"<(?:[\w.-]+:)?(?:opml|outline)\b", re.I)
_NEWSRAFT = re.compile(r'^\s*(?:@|\$\(|(?:https?|file)://\S+\s+(?:"[^"]*"\s*)?[<{])', re.M | re.I)
_NEWSBOAT = re.compile(
    r'^\s*"?(?:query|exec|filter):|^\s*\S+://\S+\s.*(?:"~|"?!)|^\s*https?://\S+\s+[^\s"@<{]', re.M | re.I
)
_ADDRESS = re.compile(r'^\s*"?(?:https?://|feed:|query:|exec:|filter:|file:|\$\()', re.M | re.I)
_LOOKED_AT = 200_000
OPML = "an OPML file"


def read_list(data: bytes, name: str = "") -> FeedList:
    """The feeds of an OPML file, newsboat's urls, newsraft's feeds, or plain addresses, a line each.

    name: the file's, which decides only where the words could be either program's. Raises FeedError if it is none.
    """
    text = decode(data)
    if _OPML.search(text, 0, _LOOKED_AT):
        feeds, skipped = read_opml_report(data)
        return FeedList(OPML, tuple(feeds), (), tuple(skipped))
    if not _ADDRESS.search(text, 0, _LOOKED_AT):
        raise FeedError(
            "the list could not be read",
            "it is no OPML, and no line of it begins with an address",
            "tuinews reads OPML, newsboat's urls and cache.db, newsraft's feeds, and its own export",
        )
    return read_feeds(text) if _is_newsraft(text[:_LOOKED_AT], name) else read_urls(text)


def _is_newsraft(text: str, name: str) -> bool:
    if _NEWSRAFT.search(text):
        return True
    return name.lower() == "feeds" and not _NEWSBOAT.search(text)
