"""Ghost: the comments of its members, two levels deep, from the address that the site's own page asks.

https://ghost.org/docs/members-api/ says little; the shapes are those that Ghost's comment box reads: comments with
their first replies inside, `status` published, hidden (by a moderator) or deleted, `member` null when it is gone.
"""

from __future__ import annotations

from dataclasses import field, replace

from tui_news.comments.render import BODY_LIMIT, blocks_of, name_of, time_of
from tui_news.comments.sources.addresses import host, origin
from tui_news.comments.sources.contract import Line, Source, not_this
from tui_news.comments.sources.fields import number_in
from tui_news.comments.sources.json_answer import JSON, load
from tui_news.models import Comment, Fetched, FetchError, ParsedEntry, Response, Route, ThreadError, ThreadRef
from tui_news.models.comments import State
from tui_news.models.late import dataclass
from tui_news.text.lazy import lazily

HERE = "tui_news.comments.sources.ghost"
PER_PAGE = 50
MAX_PAGES = 50  # of one list
MAX_REPLIES = 100  # requests for replies that did not come with their roots
AT_ONCE = 2
_POST_ID = lazily(r"[0-9a-f]{24}")
_STATES: dict[str, State] = {"published": "live", "hidden": "moderated", "deleted": "deleted"}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an answer. listed, total: entries of the list itself, here and in all. short: roots whose replies
    did not all come. roots: (reply, the root it came under)."""

    comments: tuple[Comment, ...] = ()
    pages: int = 1
    listed: int = 0
    total: int | None = None
    short: tuple[str, ...] = ()
    roots: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Haul:
    comments: dict[str, Comment] = field(default_factory=dict)
    short: list[str] = field(default_factory=list)
    roots: dict[str, str] = field(default_factory=dict)  # which root each reply came under
    cut: bool = False

    def parent(self, comment: Comment) -> str | None:
        """What it answers; where that is not told any more, the root that it stands under on the site."""
        return comment.parent if comment.parent in self.comments else self.roots.get(comment.id, comment.parent)

    async def read(self, url: str, parent: str | None, line: Line) -> None:
        """One list, all its pages. What it counts and what came may differ: something came or went meanwhile."""
        import asyncio  # here: a worker that reads feeds never needs it, and it takes 25 ms

        first = await _page(url, 1, parent, line)
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(number: int) -> Page:
            async with gate:
                try:
                    return await _page(url, number, parent, line)
                except (FetchError, ThreadError):
                    self.cut = True  # what came is kept
                    return Page()

        further = await asyncio.gather(*(one(number) for number in range(2, min(first.pages, MAX_PAGES) + 1)))
        pages = [first, *further]
        for page in pages:
            self.comments.update((comment.id, comment) for comment in page.comments)
            self.short += page.short
            self.roots.update(page.roots)
        total = first.total if pages[-1].total is None else pages[-1].total
        self.cut = self.cut or (total is not None and sum(page.listed for page in pages) != total)


def find(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
    """Nothing: a guid of 24 hexadecimal digits alone could be anybody's. See `find_by_generator`."""
    return None


def find_by_generator(entry: ParsedEntry, feed_link: str, generator: str) -> ThreadRef | None:
    """Ghost's feeds name it as their generator, and their guids are the posts' ids."""
    if generator.partition(" ")[0].lower() != "ghost" or not _POST_ID.fullmatch(entry.id) or not origin(entry.link):
        return None
    at_home = origin(feed_link) and host(feed_link) == host(entry.link)
    site = feed_link.partition("?")[0] if at_home else origin(entry.link)
    return reference(site, entry.id, entry.link, entry.comment_count)


def find_in_page(url: str, html: str, link_header: str) -> ThreadRef | None:
    """By the script of the comment box, which is only there where comments are on."""
    if "data-ghost-comments" not in html:
        return None
    from tui_news.comments.sources.page import html_tree

    root = html_tree(html)
    for script in root.iter("script") if root is not None else ():
        site, post = (str(script.get(name) or "") for name in ("data-ghost-comments", "data-post-id"))
        if origin(site) and _POST_ID.fullmatch(post):
            return reference(site, post, url)
    return None


def reference(site: str, post: str, link: str, hint: int | None = None) -> ThreadRef:
    site = site if site.endswith("/") else site + "/"
    route = Route("members", f"{site}members/api/comments/post/{post}/?limit={PER_PAGE}")
    page = f"{link.partition('#')[0]}#ghost-comments"
    return ThreadRef("ghost", f"{site}|{post}", (route,), page, hint, (("site", site),))


async def fetch(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    """Every comment. Raises ThreadError, FetchError. A site whose comments are off has none."""
    haul = _Haul()
    try:
        await haul.read(route.url, None, line)
    except FetchError as error:
        if error.status != 405:  # Ghost's answer where comments are turned off
            raise
        return Fetched((), "complete", route.name, 0, warnings=("Comments are turned off on this site.",))
    await _replies(dict(ref.meta).get("site", ""), haul, line)
    comments = tuple(replace(one, url=ref.page_url, parent=haul.parent(one)) for one in haul.comments.values())
    warnings = ("Not all comments came.",) if haul.cut else ()
    return Fetched(comments, "partial" if haul.cut else "complete", route.name, warnings=warnings)


async def _page(url: str, number: int, parent: str | None, line: Line) -> Page:
    answer: Response = await line.fetch(f"{url}&page={number}", accept=JSON)
    page: Page = await line.run(f"{HERE}:parse", answer.body, parent, answer.final_url or url)
    return page


async def _replies(site: str, haul: _Haul, line: Line) -> None:
    """The replies that did not come inside their roots. A list that fails costs only its own."""
    wanted, haul.short = list(dict.fromkeys(haul.short)), []
    haul.cut = haul.cut or len(wanted) > MAX_REPLIES
    for root in wanted[:MAX_REPLIES]:
        try:
            await haul.read(f"{site}members/api/comments/{root}/replies/?limit={PER_PAGE}", root, line)
        except (FetchError, ThreadError):
            haul.cut = True


def parse(body: bytes, parent: str | None, base: str) -> Page:
    """One page of comments, or of the replies to `parent`. Raises ThreadError when it is none."""
    data = load(body)
    items = data.get("comments") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(items, list):
        raise not_this("the site", "it sent no list of comments")
    found: list[Comment] = []
    short: list[str] = []
    roots: list[tuple[str, str]] = []
    for item in items:
        comment = _comment(item, parent, base)
        if comment is None:
            continue
        replies = item.get("replies")
        inside = [_comment(reply, comment.id, base) for reply in replies] if isinstance(replies, list) else []
        came = [reply for reply in inside if reply]
        found += [comment, *came]
        roots += [(reply.id, comment.id) for reply in came] if parent is None else [(comment.id, parent)]
        if parent is None and _count(item, "replies") > len(came):
            short.append(comment.id)
    return Page(
        tuple(found), _paging(data, "pages") or 1, len(items), _paging(data, "total"), tuple(short), tuple(roots)
    )


def _paging(data: dict[str, object], name: str) -> int | None:
    meta = data.get("meta")
    pagination = meta.get("pagination") if isinstance(meta, dict) else None
    number = pagination.get(name) if isinstance(pagination, dict) else None
    return number if isinstance(number, int) else None


def _count(item: dict[str, object], name: str) -> int:
    count = item.get("count")
    number = count.get(name) if isinstance(count, dict) else None
    return number if isinstance(number, int) else 0


def _comment(item: object, parent: str | None, base: str) -> Comment | None:
    """A comment; its parent is the one it answers (since Ghost 5.100), else the root it came under."""
    if not isinstance(item, dict) or not _is_id(item.get("id")):
        return None
    state: State = _STATES.get(str(item.get("status")), "live")
    html = item.get("html")
    body = html[:BODY_LIMIT] if isinstance(html, str) and state == "live" else ""
    named = next((value for value in (item.get("in_reply_to_id"), item.get("parent_id")) if _is_id(value)), None)
    found = item.get("member")
    member: dict[str, object] = found if isinstance(found, dict) else {}
    writer = member.get("uuid") or member.get("id")
    count = item.get("count")
    return Comment(
        id=item["id"],
        parent=named or parent,
        author=name_of(member.get("name")),
        created=time_of(item.get("created_at")),
        body=body,
        blocks=blocks_of(body, base),
        author_id=writer if isinstance(writer, str) else None,
        edited=time_of(item.get("edited_at")),
        score=number_in(count, "likes") if isinstance(count, dict) else None,
        state=state,
    )


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(_POST_ID.fullmatch(value))


SOURCE = Source("ghost", find, find_in_page, fetch, find_by_generator, programs=("ghost",))
