"""Comments that only a browser shows: their keepers want a login, a key, or a script.

Such a thread has no route. Asking for it fails at once, without the network, with the sentence that says where the
comments are and how to read them; what the feed counts is shown beside it.
"""

from __future__ import annotations

import re
from typing import Any

from tui_news.comments.sources.addresses import host, path
from tui_news.comments.sources.contract import Line, Source
from tui_news.models import Fetched, ParsedEntry, Route, ThreadError, ThreadRef

# name, then patterns of an element's id or class, of a script's address, and of a script's own words
_KEEPERS: tuple[tuple[str, str, str, str], ...] = (
    ("Disqus", r"disqus_thread", r"\.disqus\.com/embed\.js", r"\bdisqus_(?:shortname|config)\s*="),
    ("Coral", r"coral[_-](?:talk[_-])?(?:stream|thread)", r"/assets/js/(?:embed|count)\.js.*coral|coral\.\S+/embed\.js",
     r"\b(?:Coral|Talk)\.(?:createStreamEmbed|render)\s*\("),
    ("giscus", r"giscus", r"//giscus\.app/client\.js", r""),
    ("utterances", r"utterances", r"//utteranc\.es/client\.js", r""),
    ("Facebook", r"fb-comments", r"", r""),
    ("OpenWeb", r"spotim-\S+|openweb-\S+", r"//(?:launcher|recirculation)\.spot\.im/", r""),
    ("Viafoura", r"viafoura|vf-comments\S*", r"//cdn\.viafoura\.net/", r""),
    ("Hyvor Talk", r"hyvor-talk-\S+", r"//talk\.hyvor\.com/", r""),
    ("Commento", r"commento", r"//cdn\.commento\.io/", r""),
)  # fmt: skip
_MARKS = re.compile(
    "disqus|coral|talk|giscus|utteranc|fb-comments|spot.?im|openweb|viafoura|hyvor|commento", re.IGNORECASE
)
_REDDIT = re.compile(r"/r/[\w.-]{1,50}/comments/[a-z0-9]{1,12}(?:/|$)", re.IGNORECASE)
_SUBSTACK = re.compile(r"/p/[\w%.-]{1,300}$")


def find(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
    """Reddit, by the entry's comments page or its link; Substack, by the host that it gives its writers."""
    for url in (entry.comments, entry.link):
        ref = from_address(url, entry.comment_count)
        if ref is not None:
            return ref
    return None


def find_by_generator(entry: ParsedEntry, feed_link: str, generator: str) -> ThreadRef | None:
    """Substack under a domain of the writer's own."""
    at_home = generator.strip().lower() == "substack" and host(entry.link) == host(feed_link)
    return _substack(entry.link, entry.comment_count) if at_home else None


def from_address(url: str, hint: int | None = None) -> ThreadRef | None:
    name = host(url)
    if (name == "reddit.com" or name.endswith(".reddit.com")) and _REDDIT.search(path(url) + "/"):
        return _reference("Reddit", url, hint)
    return _substack(url, hint) if name.endswith(".substack.com") else None


def _substack(url: str, hint: int | None) -> ThreadRef | None:
    if not _SUBSTACK.search(path(url)):
        return None
    return _reference("Substack", re.split(r"[?#]", url, maxsplit=1)[0].rstrip("/") + "/comments", hint)


def find_in_page(url: str, html: str, link_header: str) -> ThreadRef | None:
    """The keeper whose box is in the page: by its elements and scripts, never by what the story says of it."""
    known = from_address(url)
    if known is not None or not _MARKS.search(html):
        return known
    from tui_news.comments.sources.page import html_tree

    root = html_tree(html)
    elements = list(root.iter()) if root is not None else []
    scripts = [(str(one.get("src") or ""), one.text or "") for one in elements if one.tag == "script"]
    places = [name for element in elements for name in _names(element)]
    for name, place, source, words in _KEEPERS:
        anchor = next((found for found in places if re.fullmatch(place, found, re.IGNORECASE)), "")
        if anchor or any(_is_of(script, source, words) for script in scripts):
            page = url.partition("#")[0]
            return _reference(name, f"{page}#disqus_thread" if name == "Disqus" else page, None)
    return None


def _names(element: Any) -> list[str]:
    return [str(element.get("id") or ""), *str(element.get("class") or "").split()] if element.attrib else []


def _is_of(script: tuple[str, str], source: str, words: str) -> bool:
    return bool((source and re.search(source, script[0])) or (words and re.search(words, script[1])))


def _reference(name: str, page: str, hint: int | None) -> ThreadRef:
    return ThreadRef("links", f"{name}|{page}", (), page, hint, (("keeper", name),))


async def fetch(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    """Raises ThreadError, always: where the comments are and what opens them."""
    keeper = dict(ref.meta).get("keeper") or host(ref.page_url) or "another site"
    raise ThreadError(
        "refused", f"The comments are on {keeper}", "it needs a login or key", "C opens them in the browser"
    )


SOURCE = Source("links", find, find_in_page, fetch, find_by_generator=find_by_generator, in_browser=True)
