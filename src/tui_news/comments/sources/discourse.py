"""Discourse: a topic's first posts with the numbers of all, the rest by twenty. https://docs.discourse.org/

An article may have its talk in a forum, too: its page then says which topic, or leaves it to the forum to know.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from tui_news.comments.sources.addresses import host, join, origin, path
from tui_news.comments.sources.contract import Line, Source, not_this
from tui_news.comments.sources.discourse_posts import Posts
from tui_news.comments.sources.fields import web
from tui_news.comments.sources.json_answer import JSON
from tui_news.models import Comment, Fetched, FetchError, ParsedEntry, Response, Route, ThreadError, ThreadRef
from tui_news.text.lazy import lazily

BATCH = 20
MAX_POSTS = 2_000  # a hundred requests: half of what a forum grants a reader in a minute
_HERE = "tui_news.comments.sources.discourse_posts"
_TOPIC = lazily(r"((?:/[\w.-]{1,60}){0,2}?)/t/(?:(?!\d+/)([^/]{1,400})/)?(\d{1,12})(?:/\d{1,9})?")
_GUID = lazily(r"([\w.:-]{1,255})-(topic|post)-(\d{1,12})(?:-(\d{1,9}))?", re.ASCII)
_POSTS = lazily(r"<p><small>(\d{1,7}) [^<>\d]{1,40} - \d{1,7} [^<>\d]{1,40}</small></p>")
_LABELS = frozenset({"discourse", "discuss", "forum", "forums", "community"})
_LISTS = lazily(r".*/(?:latest|top|hot|new|posts|c/.+|tags?/.+|t/.+)")
_GENERATOR = lazily(r"<meta\s+name=[\"']generator[\"']\s+content=[\"']Discourse\b", re.IGNORECASE)
_SETTING = lazily(r"[\"']?\b(discourseUrl|topicId|discourseEmbedUrl)[\"']?\s*:\s*[\"']?([^\s\"',}]{1,2000})")
_CANONICAL = lazily(r"<link\s[^<>]{0,200}\brel=[\"']?canonical[\"']?[^<>]{0,2000}>", re.IGNORECASE)
_HREF = lazily(r"\bhref=[\"']([^\"'<>]{1,2000})", re.IGNORECASE)


def find(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
    """A topic in a forum's own feed, or one that an entry names as its page of comments."""
    return _find(entry, _is_forum(entry, feed_link))


def find_by_generator(entry: ParsedEntry, feed_link: str, generator: str) -> ThreadRef | None:
    forum = "discourse" in generator.lower() and host(entry.link) == host(feed_link)
    return _find(entry, forum) if forum else None


def _find(entry: ParsedEntry, forum: bool) -> ThreadRef | None:
    guid = _GUID.fullmatch(entry.id)
    if guid and guid.group(2) == "post" and guid.group(4) != "1":
        return None  # the entry is itself a comment
    ref = None
    if web(entry.comments):
        ref = _reference(entry.comments) if "#" not in entry.comments and not entry.comment_feed else None
    elif forum:
        ref = _reference(entry.link)
    return replace(ref, count_hint=_count(entry)) if ref else None


def _count(entry: ParsedEntry) -> int | None:
    """A forum's feed ends each topic's text with the number of its posts, the first one included."""
    told = _POSTS.findall((entry.content or entry.summary)[-2_000:])
    return max(0, int(told[-1]) - 1) if told and entry.comment_count is None else entry.comment_count


def _is_forum(entry: ParsedEntry, feed_link: str) -> bool:
    """Many sites have addresses with /t/. A forum's guid names its host; its feeds are of lists with fixed names."""
    guid = _GUID.fullmatch(entry.id)
    if guid:
        return guid.group(1).lower().removeprefix("www.") == host(entry.link)
    own = host(feed_link) == host(entry.link) and bool(_LISTS.fullmatch(path(feed_link)))
    return own or not _LABELS.isdisjoint(re.split(r"[.:]", host(entry.link))[:-1])


def find_in_page(url: str, html: str, link_header: str) -> ThreadRef | None:
    """A forum's own page, or one that embeds a topic."""
    if web(url) and _GENERATOR.search(html[:100_000]):
        return _reference(url)
    told = _embedded(html)
    base = join(url, told.get("discourseUrl", "")).rstrip("/")
    if not told.get("discourseUrl") or not web(base):
        return None
    topic = told.get("topicId", "")
    if re.fullmatch(r"[1-9]\d{0,11}", topic):
        return _topic(base, topic, f"{base}/t/{topic}")
    story = told.get("discourseEmbedUrl", "")
    story = story if web(story) else _canonical(html, url)
    if not web(story):
        return None
    asked = f"{base}/embed/comments?embed_url={quote(story, safe='')}"
    return ThreadRef("discourse", f"discourse|{base}|{story}", (Route("embed", asked),), story)


def _embedded(html: str) -> dict[str, str]:
    """The settings of a page that embeds comments; nothing when it does not."""
    start = html.find("DiscourseEmbed")
    while start >= 0:
        head, brace, settings = html[start + 14 : start + 4_000].partition("{")
        if brace and head.strip() in ("=", "||=", "= window.DiscourseEmbed ||"):
            text = settings.partition("}")[0].replace("\\/", "/").replace("\\u002F", "/")
            return dict(_SETTING.findall(text))
        start = html.find("DiscourseEmbed", start + 14)
    return {}


def _canonical(html: str, url: str) -> str:
    """The address the page gives itself: the script beside the settings uses it where they hold an expression."""
    link = _CANONICAL.search(html[:200_000])
    href = _HREF.search(link.group()) if link else None
    return join(url, href.group(1)) if href else url.partition("#")[0]


def _reference(url: str) -> ThreadRef | None:
    found = _TOPIC.fullmatch(path(url))
    if not found or not web(url):
        return None
    prefix, slug, topic = found.groups()
    base = origin(url) + prefix
    return _topic(base, topic, f"{base}/t/{slug}/{topic}" if slug else f"{base}/t/{topic}")


def _topic(base: str, topic: str, page: str) -> ThreadRef:
    return ThreadRef("discourse", f"discourse|{base}|{topic}", (Route("json", f"{base}/t/{topic}.json"),), page)


async def fetch(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    """Every post but the first. Raises ThreadError, FetchError."""
    url = route.url if route.name == "json" else await _embedded_topic(route.url, line)
    base, _, name = url.rpartition("/t/")
    answer: Response = await line.fetch(url, accept=JSON)
    first: Posts = await line.run(f"{_HERE}:parse_topic", answer.body, base)
    posts = {post["id"]: post for post in first.posts}
    wanted = [number for number in first.stream if number not in posts]
    await _rest(f"{base}/t/{name.removesuffix('.json')}/posts.json", wanted[:MAX_POSTS], base, posts, line)
    ordered = sorted(posts.values(), key=_number)
    comments: tuple[Comment, ...] = await line.run(f"{_HERE}:comments_of", ordered, first.author, first.path, base)
    missing = sum(number not in posts for number in first.stream)
    total = len(comments) + missing
    warnings = (f"{len(comments):,} of {total:,} posts came.",) if missing else ()
    return Fetched(comments, "partial" if missing else "complete", route.name, total, warnings=warnings)


def _number(post: dict[str, object]) -> int:
    number = post.get("post_number")
    return number if isinstance(number, int) else 0


async def _rest(url: str, wanted: list[int], base: str, posts: dict[object, dict[str, object]], line: Line) -> None:
    """Adds the wanted posts. One request after the other: a forum counts them by the ten seconds.

    What came before one failed is kept.
    """
    for start in range(0, len(wanted), BATCH):
        query = "&".join(f"post_ids[]={number}" for number in wanted[start : start + BATCH])
        try:
            answer = await line.fetch(f"{url}?{query}", accept=JSON)
            batch: Posts = await line.run(f"{_HERE}:parse_topic", answer.body, base)
        except (FetchError, ThreadError):
            return
        for post in batch.posts:
            posts.setdefault(post["id"], post)


async def _embedded_topic(url: str, line: Line) -> str:
    """The address of the topic that a forum made for an article."""
    answer: Response = await line.fetch(url, accept="text/html, */*;q=0.5")
    topic: str = await line.run(f"{_HERE}:topic_in_embed", answer.body)
    if not topic:
        raise not_this(url, "the forum has no topic for the story yet")
    return f"{url.partition('/embed/comments?')[0]}/t/{topic}.json"


SOURCE = Source("discourse", find, find_in_page, fetch, find_by_generator, signs=("/t/",), programs=("discourse",))
