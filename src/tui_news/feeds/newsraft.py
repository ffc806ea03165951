"""newsraft's `feeds`: sections after "@", then an address a line with a "Title" and settings after "<".

Its manual, "FEEDS FILE": lines that begin with "#" are comments; "$(command)" feeds run a program, which a list never
does here.
"""

from __future__ import annotations

import re

from tui_news.feeds import texts
from tui_news.feeds.discover import clean_address
from tui_news.feeds.identity import canonical
from tui_news.feeds.newsboat import why_not
from tui_news.models import Subscription
from tui_news.models.moving import FeedList
from tui_news.text.sanitize import mask_url

_LINE = re.compile(r'(?P<address>\$\(.*\)|\S+)\s*(?:"(?P<title>(?:[^"\\]|\\.)*)"?)?\s*(?P<settings>[<{].*)?')
_SECTION = re.compile(r"@\s*(?P<name>[^<{]*)")


def read_feeds(text: str) -> FeedList:
    """The feeds of a newsraft file, their sections as folders. Never raises."""
    found: dict[str, Subscription] = {}
    skipped: list[str] = []
    folder, with_settings = "", 0
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if section := _SECTION.match(line):
            folder = texts.line(section["name"], 100).replace("/", "∕")
            continue
        match = _LINE.match(line)
        if not match or line.startswith("#"):
            continue
        url = clean_address(match["address"]) if re.match(r"(?:https?://|feed:)", match["address"], re.I) else None
        with_settings += bool(match["settings"])
        if url is None:
            skipped.append(f"line {number}: {_why_not(match['address'])}")
        elif canonical(url) in found:
            skipped.append(f"line {number}: {mask_url(url)}: named more than once")
        else:
            found[canonical(url)] = Subscription(url, texts.line(match["title"] or ""), "", folder)
    if with_settings:
        skipped.append(f"the settings after “<” of {with_settings} lines")
    return FeedList("newsraft's feeds", tuple(found.values()), (), tuple(skipped))


def _why_not(address: str) -> str:
    if address.startswith("$("):
        return f"{texts.line(address, 120)}: it would run a program, and a list never does that here"
    return why_not(address)
