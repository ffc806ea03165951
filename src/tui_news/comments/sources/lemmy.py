"""Lemmy: the answers to a post, from the server it lives on. https://join-lemmy.org/docs/contributors/04-api.html

Two versions of the interface are about; the newer renamed and moved fields and pages by a cursor.
"""

from __future__ import annotations

import re
from dataclasses import field, replace

from tui_news.comments.render import BODY_LIMIT, address_of, name_of, time_of
from tui_news.comments.sources.addresses import host, origin, path
from tui_news.comments.sources.contract import Line, Source, not_this
from tui_news.comments.sources.fields import Item, id_in, item_of, items_of, named, number_in, text_in, web
from tui_news.comments.sources.json_answer import JSON, load
from tui_news.comments.sources.lemmy_text import markdown_blocks
from tui_news.models import Comment, Fetched, FetchError, ParsedEntry, Response, Route, ThreadError, ThreadRef
from tui_news.models.comments import Role, State
from tui_news.models.late import dataclass
from tui_news.text.lazy import lazily

PAGE = 50  # the most a server sends at once, a tree apart
TREE_CUT = 300  # a tree that is asked for by its depth ends there
DEPTH = 8
MAX_PAGES = 40
_HERE = "tui_news.comments.sources.lemmy"
_POST = lazily(r"/post/(\d{1,12})")
_LIST = lazily(r"/(?:c|u)/[^/]+")
_SUBMITTED = lazily(r"<a\s[^<>]{0,20}href=\"https?://[^/\"<>]{1,255}/(u|c)/", re.IGNORECASE)


def find(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
    """By the entry's page of comments; a link or guid must have more for it than its path."""
    posts = [url for url in named(entry) if _POST.fullmatch(path(url))]  # first: the other look reads the story
    return _find(entry, [url for url in posts if _is_lemmy(url, entry, feed_link)])


def find_by_generator(entry: ParsedEntry, feed_link: str, generator: str) -> ThreadRef | None:
    if "lemmy" not in generator.lower():
        return None
    return _find(entry, [url for url in named(entry) if host(url) == host(feed_link)])


def _find(entry: ParsedEntry, posts: list[str]) -> ThreadRef | None:
    """posts: the addresses that are a post's, if they look like one's."""
    if entry.comment_feed or "?" in entry.comments or "#" in entry.comments:
        return None
    places = [entry.comments] if web(entry.comments) else posts
    ref = next((ref for ref in map(_reference, places) if ref), None)
    return replace(ref, count_hint=_count(entry, ref.page_url)) if ref else None


def _count(entry: ParsedEntry, page: str) -> int | None:
    """Lemmy's feeds tell it in the text, on the link to the post."""
    _, found, rest = (entry.content or entry.summary)[:10_000].partition(f'"{page}">')
    told = re.match(r"(\d{1,7}) comments?<", rest) if found else None
    return int(told.group(1)) if told else entry.comment_count


def _is_lemmy(url: str, entry: ParsedEntry, feed_link: str) -> bool:
    """Many a blog has /post/12. Lemmy's feeds are of /c/… and /u/…, and name the two in each entry."""
    if host(feed_link) == host(url) and _LIST.fullmatch(path(feed_link)):
        return True
    told = {kind.lower() for kind in _SUBMITTED.findall((entry.content or entry.summary)[:10_000])}
    return told == {"u", "c"} or "lemmy" in host(url)


def find_in_page(url: str, html: str, link_header: str) -> ThreadRef | None:
    """By the address, if the page is one of Lemmy's own."""
    return _reference(url) if _reference(url) and "window.isoData" in html and "lemmy" in html.lower() else None


def _reference(url: str) -> ThreadRef | None:
    found = _POST.fullmatch(path(url))
    if not found or not web(url):
        return None
    site, post = origin(url), found.group(1)
    routes = tuple(Route(name, f"{site}/api/{name}/comment/list?post_id={post}") for name in ("v3", "v4"))
    return ThreadRef("lemmy", f"lemmy|{host(url)}|{post}", routes, f"{site}/post/{post}")


@dataclass(frozen=True, slots=True)
class Page:
    """Some comments. below: how many are said to be below each; cursor: what leads to the next page, if told."""

    comments: tuple[Comment, ...]
    below: tuple[int, ...]
    cursor: str = ""


@dataclass(slots=True)
class _Haul:
    comments: dict[str, Comment] = field(default_factory=dict)
    below: dict[str, int] = field(default_factory=dict)

    def add(self, page: Page) -> None:
        for comment, below in zip(page.comments, page.below, strict=True):
            self.comments.setdefault(comment.id, comment)
            self.below.setdefault(comment.id, below)

    @property
    def due(self) -> int:
        """How many there should be, by what the roots say."""
        roots = [comment.id for comment in self.comments.values() if comment.parent is None]
        return sum(1 + self.below[root] for root in roots)


async def fetch(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    """Every comment: the tree in the site's order, what it leaves out page by page. Raises ThreadError, FetchError."""
    haul, sure = _Haul(), True
    older = route.name == "v3"
    if older:
        haul.add(await _page(f"{route.url}&type_=All&sort=Hot&limit={PAGE}&max_depth={DEPTH}", ref, line))
        haul.comments = {comment.id: replace(comment, rank=rank) for rank, comment in enumerate(haul.comments.values())}
    held = len(haul.comments)
    if not older or held < haul.due or held >= TREE_CUT or (held and held % PAGE == 0):
        words = "type_=All&sort=Old" if older else "type_=all&sort=old"
        sure = await _pages(f"{route.url}&{words}&limit={PAGE}", haul, ref, line)
    comments = tuple(haul.comments.values())
    total = len(comments) if sure else None
    warnings = () if sure else (f"Only {len(comments):,} comments came.",)
    return Fetched(comments, "complete" if sure else "partial", route.name, total, warnings=warnings)


async def _pages(url: str, haul: _Haul, ref: ThreadRef, line: Line) -> bool:
    """Adds every page; whether the end was reached. What came before one failed is kept."""
    query, before = "" if "/api/v4/" in url else "&page=1", Page((), ())
    for number in range(1, MAX_PAGES + 1):
        try:
            page = await _page(url + query, ref, line)
        except (FetchError, ThreadError):
            if not haul.comments:
                raise
            return False
        haul.add(page)
        if page.comments == before.comments:
            return True  # a server that pays no heed to the page would send the same for ever
        before = page
        if page.cursor:
            query = f"&page_cursor={page.cursor}"
        elif len(page.comments) < PAGE or "/api/v4/" in url:
            return True
        else:
            query = f"&page={number + 1}"
    return False


async def _page(url: str, ref: ThreadRef, line: Line) -> Page:
    answer: Response = await line.fetch(url, accept=JSON)
    page: Page = await line.run(f"{_HERE}:parse_list", answer.body, ref.page_url)
    return page


def parse_list(body: bytes, base: str) -> Page:
    """A list of comments in either version's shape. Raises ThreadError when it is none."""
    data = load(body)
    listed = data.get("comments", data.get("items")) if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(listed, list):
        raise not_this(base, "the answer is no list of comments")
    views = [view for view in items_of(listed) if id_in(item_of(view.get("comment")), "id")]
    if listed and not views:
        raise not_this(base, "the answer is a list of something else")
    cursor = text_in(data, "next_page", "next_cursor")
    cursor = cursor if re.fullmatch(r"[\w.~-]{1,500}", cursor, re.ASCII) else ""
    below = tuple(_number(view, "child_count") or 0 for view in views)
    return Page(tuple(_comment(view, base) for view in views), below, cursor)


def _number(view: Item, name: str) -> int | None:
    """A count: in the newer shape the comment's own, in the older one beside it."""
    own = number_in(item_of(view.get("comment")), name)
    return number_in(item_of(view.get("counts")), name) if own is None else own


def _comment(view: Item, base: str) -> Comment:
    item, creator = item_of(view.get("comment")), item_of(view.get("creator"))
    state = _state(item)
    body = text_in(item, "content")[:BODY_LIMIT] if state == "live" else ""
    created = time_of(item.get("published_at") or item.get("published"), assume_utc=True)
    changed = time_of(item.get("updated_at") or item.get("updated"), assume_utc=True)
    return Comment(
        id=id_in(item, "id") or "",
        parent=_parent(item),
        author=name_of(text_in(creator, "name", "display_name")),
        created=created,
        body=body,
        body_kind="text",
        blocks=markdown_blocks(body, base),
        author_id=id_in(creator, "id") or id_in(item, "creator_id"),
        author_url=address_of(text_in(creator, "ap_id", "actor_id")),
        edited=changed if state == "live" and changed != created else None,
        url=address_of(f"/comment/{id_in(item, 'id')}", base),
        score=_number(view, "score"),
        role=_role(view, item, creator),
        state=state,
    )


def _parent(item: Item) -> str | None:
    """The last but one of a path such as "0.24.27", which begins with a 0 that is no comment; the oldest servers
    name the parent instead."""
    if not text_in(item, "path"):
        return id_in(item, "parent_id")
    steps = text_in(item, "path").split(".")
    return steps[-2] if len(steps) > 2 and steps[-2].isdigit() else None


def _role(view: Item, item: Item, creator: Item) -> Role:
    poster = id_in(item_of(view.get("post")), "creator_id")
    if poster and poster == (id_in(item, "creator_id") or id_in(creator, "id")):
        return "op"
    if view.get("creator_is_admin") is True or creator.get("admin") is True:
        return "staff"
    return "mod" if view.get("creator_is_moderator") is True or item.get("distinguished") is True else ""


def _state(item: Item) -> State:
    if item.get("removed") is True:
        return "moderated"
    return "deleted" if item.get("deleted") is True else "live"


SOURCE = Source("lemmy", find, find_in_page, fetch, find_by_generator, signs=("/post/",), programs=("lemmy",))
