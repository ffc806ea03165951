"""Comments that only a browser shows: their keepers want a login, a key, or a script.

Such a thread has no route. Asking for it fails at once, without the network, with the sentence that says where the
comments are and how to read them; what the feed counts is shown beside it.
"""

from __future__ import annotations

import re
from typing import Any

from tui_news.comments.sources.addresses import host, origin, path
from tui_news.comments.sources.contract import Elsewhere, Line, Source
from tui_news.comments.sources.fields import named
from tui_news.models import Fetched, ParsedEntry, Route, ThreadError, ThreadRef
from tui_news.text.lazy import lazily

# name, then patterns of an element's id or class, of a script's address, and of a script's own words
_KEEPERS: tuple[tuple[str, str, str, str], ...] = (
    ("Disqus", r"disqus_thread", r"\.disqus\.com/embed\.js", r"\bdisqus_(?:shortname|config)\s*="),
    ("Coral", r"coral[_-](?:talk[_-])?(?:stream|thread)", r"/assets/js/(?:embed|count)\.js.*coral|coral\.\S+/embed\.js",
     r"\b(?:Coral|Talk)\.(?:createStreamEmbed|render)\s*\("),
    ("giscus", r"giscus", r"//giscus\.app/client\.js", r""),
    ("utterances", r"utterances", r"//utteranc\.es/client\.js", r""),
    ("Facebook", r"fb-comments", r"", r""),
    ("OpenWeb", r"spotim-\S+|openweb-\S+", r"//(?:launcher|recirculation)\.spot\.im/", r""),
    ("Viafoura", r"viafoura|vf-(?:comments\S*|conversations)", r"//cdn\.viafoura\.net/", r""),
    ("Hyvor Talk", r"hyvor-talk-\S+", r"//talk\.hyvor\.com/", r""),
    ("Commento", r"commento", r"//cdn\.commento\.io/|/commento\.js$", r""),
    ("Comentario", r"comentario-comments", r"/comentario\.js$", r""),
    ("Remark42", r"remark42", r"", r"\bremark_config\s*="),
    ("Cusdis", r"cusdis_thread", r"//cusdis\.com/js/|/cusdis\.(?:es|umd)\.js$", r""),
    ("Talkyard", r"talkyard-comments", r"/talkyard-comments(?:\.min)?\.js$", r""),
    ("IntenseDebate", r"idc-container", r"//(?:www\.)?intensedebate\.com/js/", r""),
    ("FastComments", r"fastcomments-widget", r"//cdn\.fastcomments\.com/", r""),
    ("GraphComment", r"graphcomment", r"//(?:\w+\.)?graphcomment\.com/", r""),
    ("Vuukle", r"vuukle-comments", r"//cdn\.vuukle\.com/", r""),
    ("Muut", r"muut", r"//cdn\.muut\.com/", r""),
    ("Waline", r"waline", r"@waline/client|/waline\.m?js$", r""),
    ("Twikoo", r"twikoo|tcomment", r"/twikoo(?:\.all)?(?:\.min)?\.js$", r""),
    ("Artalk", r"artalk(?:-container)?", r"/Artalk\.js$", r""),
    ("Gitalk", r"gitalk-container", r"/gitalk(?:\.min)?\.js$", r""),
    ("Valine", r"vcomments?", r"/valine(?:\.min)?\.js$", r""),
    ("VK", r"vk_comments", r"", r"\bVK\.Widgets\.Comments\s*\("),
    ("HyperComments", r"hypercomments_(?:widget|mix)", r"", r""),
)  # fmt: skip
_MARKS = lazily(
    "disqus|coral|talk|giscus|utteranc|fb-comments|spot.?im|openweb|viafoura|vf-co|hyvor|commento|comentario|remark|cusdis"
    "|intensedebate|idc-container|fastcomments|graphcomment|vuukle|muut|waline|twikoo|tcomment|artalk|gitalk|valine"
    r"|vcomment|vk_comments|VK\.Widgets|hypercomments",
    re.IGNORECASE,
)
_LOCKED = frozenset(
    ("Disqus", "Coral", "Facebook", "OpenWeb", "Viafoura", "Hyvor Talk", "Reddit", "Substack", "YouTube", "VK")
)
_REDDIT = lazily(r"/(?:r|user|u)/[\w.-]{1,50}/comments/[a-z0-9]{1,12}(?:/|$)", re.IGNORECASE)
_GITHUB = lazily(r"/[\w.-]{1,100}/[\w.-]{1,100}/(?:issues|pull|discussions)/\d{1,9}")
_YOUTUBE = lazily(r"/(?:shorts|live)/[\w-]{11}|/watch")
_MBIN = lazily(r"/m/[\w.@-]{1,100}/[tp]/\d{1,12}(?:/[^/]*)?")  # and Kbin, where it came from
_TUBES = ("youtube.com", "m.youtube.com")
_FEDIVERSE = ("misskey", "sharkey", "firefish", "iceshrimp", "mbin", "kbin")  # each wants to be asked its own way
_SUBSTACK = lazily(r"/p/[\w%.-]{1,300}$")


def find(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
    """Reddit and other known places, by the entry's page; Substack, by the host that it gives its writers."""
    if keeper := keeper_in_address(entry.comments):
        return _reference(keeper, entry.comments, entry.comment_count)
    for url in named(entry):
        ref = from_address(url, entry.comment_count)
        if ref is not None:
            return ref
    return None


def find_by_generator(entry: ParsedEntry, feed_link: str, generator: str) -> ThreadRef | None:
    """Substack under a domain of the writer's own, and programs of the fediverse that are asked by their own way."""
    if host(entry.link) != host(feed_link) or entry.comment_feed:
        return None
    name = generator.strip().lower()
    if name.startswith(_FEDIVERSE) and path(entry.link):
        return _reference(host(entry.link), entry.link, entry.comment_count)
    return _substack(entry.link, entry.comment_count) if name == "substack" else None


def from_address(url: str, hint: int | None = None) -> ThreadRef | None:
    name = host(url)
    if (name == "reddit.com" or name.endswith(".reddit.com")) and _REDDIT.search(path(url) + "/"):
        return _reference("Reddit", url, hint)
    if (name == "redd.it" and path(url)) or (name == "github.com" and _GITHUB.fullmatch(path(url))):
        return _reference("Reddit" if name == "redd.it" else "GitHub", url, hint)
    if (name == "youtu.be" and path(url)) or (name in _TUBES and _YOUTUBE.fullmatch(path(url))):
        return _reference("YouTube", url, hint)
    if _MBIN.fullmatch(path(url)):
        return _reference(name, url, hint)
    return _substack(url, hint) if name.endswith(".substack.com") else None


def _substack(url: str, hint: int | None) -> ThreadRef | None:
    if not _SUBSTACK.search(path(url)):
        return None
    return _reference("Substack", re.split(r"[?#]", url, maxsplit=1)[0].rstrip("/") + "/comments", hint)


def find_in_page(url: str, html: str, link_header: str) -> ThreadRef | None:
    """The keeper whose box is in the page: by its elements and scripts, never by what the story says of it."""
    known = from_address(url)
    if known is not None:
        return known
    name = keeper_of(html)
    page = url.partition("#")[0]
    return _reference(name, f"{page}#disqus_thread" if name == "Disqus" else page, None) if name else None


def keeper_in_address(url: str) -> str:
    """Whom an address of comments names by the place in the page that it leads to, "" for nobody."""
    return "Disqus" if origin(url) and url.endswith("#disqus_thread") else ""


def keeper_of(html: str | bytes) -> str:
    """Whose box is in the page, "" for nobody's."""
    from tui_news.comments.sources.page import decoded, html_tree

    text = decoded(html) if isinstance(html, bytes) else html
    root = html_tree(text) if _MARKS.search(text) else None
    elements = list(root.iter()) if root is not None else []
    scripts = [(str(one.get("src") or ""), one.text or "") for one in elements if one.tag == "script"]
    places = [name for element in elements for name in _names(element)]
    for name, place, source, words in _KEEPERS:
        box = any(re.fullmatch(place, found, re.IGNORECASE) for found in places)
        if box or any(_is_of(script, source, words) for script in scripts):
            return name
    return ""


def elsewhere(keeper: str, page: str, hint: int | None) -> Elsewhere:
    """What to raise where a thread that was looked for elsewhere is its keeper's."""
    ref = _reference(keeper, page, hint)
    return Elsewhere(*_sentence(ref), ref)


def _names(element: Any) -> list[str]:
    if not isinstance(element.tag, str):
        return []
    made = [element.tag] if "-" in element.tag else []
    return [*made, str(element.get("id") or ""), *str(element.get("class") or "").split()] if element.attrib else made


def _is_of(script: tuple[str, str], source: str, words: str) -> bool:
    return bool((source and re.search(source, script[0])) or (words and re.search(words, script[1])))


def _reference(name: str, page: str, hint: int | None) -> ThreadRef:
    return ThreadRef("links", f"{name}|{page}", (), page, hint, (("keeper", name),))


async def fetch(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    """Raises ThreadError, always: where the comments are and what opens them."""
    raise ThreadError("refused", *_sentence(ref))


def _sentence(ref: ThreadRef) -> tuple[str, str, str]:
    keeper = dict(ref.meta).get("keeper") or host(ref.page_url) or "another site"
    why = "it needs a login or key" if keeper in _LOCKED else "only a browser shows them"
    return f"The comments are on {keeper}", why, "C opens them in the browser"


SOURCE = Source(
    "links",
    find,
    find_in_page,
    fetch,
    find_by_generator=find_by_generator,
    in_browser=True,
    signs=("#disqus_thread", "redd", "github.com", "youtu", "/m/", ".substack.com"),
    programs=(*_FEDIVERSE, "substack"),
)
