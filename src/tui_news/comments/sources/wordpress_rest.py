"""WordPress' REST comments: all of them, with their parents. https://developer.wordpress.org/rest-api/reference/comments/"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from tui_news.comments.render import BODY_LIMIT, address_of, blocks_of, name_of, time_of
from tui_news.comments.sources.addresses import host, path
from tui_news.comments.sources.contract import Line, not_this
from tui_news.comments.sources.json_answer import JSON, load
from tui_news.comments.sources.wordpress_find import comments_url, rest_url
from tui_news.models import Comment, Fetched, FetchError, Response, Route, ThreadError, ThreadRef
from tui_news.models.comments import State
from tui_news.models.late import dataclass

HERE = "tui_news.comments.sources.wordpress_rest"
PER_PAGE = 100
MAX_PAGES = 50  # of 100 comments: a thread's budget
AT_ONCE = 2  # connections a site is asked to bear


@dataclass(slots=True)
class _Haul:
    """Pages as they come in. totals: every X-WP-Total seen; two different ones mean that it changed under us."""

    story: str
    comments: dict[str, Comment] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)
    pages: int = 1
    last_full: bool = False
    failed: str = ""

    @property
    def total(self) -> int | None:
        return self.totals[-1] if self.totals else None


async def fetch(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    """Every comment of the post, page by page. Coverage is complete only if as many are held as the site counts."""
    url, author = route.url, ""
    if "wp/v2/posts" in url:
        post, author = await _post_by_slug(ref, url, line)
        url = comments_url(url.partition("wp/v2/posts")[0], post)
    haul = _Haul(_story(ref))
    # The next part of a long thread, from a page before: of two asked for at once one may have failed.
    first = max(1, line.more // PER_PAGE)
    await _page(url, first, haul, line)
    await _further(url, first, haul, line)
    comments = tuple(haul.comments.values())
    _check_story(ref, comments)
    comments = await _with_roles(url, author, ref, comments, line)
    return _result(comments, haul)


def _result(comments: tuple[Comment, ...], haul: _Haul) -> Fetched:
    total = haul.total
    if total is not None and len(comments) == total:
        return Fetched(comments, "complete", "rest", total)
    if total is None:
        warning = "The site does not say how many comments there are."
    else:
        warning = f"{len(comments):,} of {total:,} comments came{f': {haul.failed}' if haul.failed else ''}."
    return Fetched(comments, "partial", "rest", total, warnings=(warning,))


async def _page(url: str, number: int, haul: _Haul, line: Line) -> None:
    answer = await line.fetch(f"{url}&page={number}", accept=JSON)
    found: tuple[Comment, ...] = await line.run(f"{HERE}:parse_comments", answer.body, haul.story)
    for comment in found:
        haul.comments.setdefault(comment.id, comment)
    haul.last_full = len(found) >= PER_PAGE
    total = _number(answer.headers, "x-wp-total")
    if total is not None:
        haul.totals.append(total)
    haul.pages = max(haul.pages, _number(answer.headers, "x-wp-totalpages") or 1)


async def _further(url: str, first: int, haul: _Haul, line: Line) -> None:
    last = min(haul.pages, first + MAX_PAGES - 1)
    if haul.total is None:
        number = first + 1
        while haul.last_full and number < first + MAX_PAGES:
            await _pages(url, range(number, number + 1), haul, line)
            number += 1
        return
    await _pages(url, range(first + 1, last + 1), haul, line)
    if len(set(haul.totals)) > 1 and haul.pages == last and not haul.failed:
        # A comment came or went between two pages and shifted the rest: the tail is read once more.
        await _pages(url, range(max(1, haul.pages - 1), haul.pages + 1), haul, line)


async def _pages(url: str, numbers: range, haul: _Haul, line: Line) -> None:
    """Further pages. What came before one failed is kept, and no more are asked for."""
    import asyncio  # here: a worker that reads feeds never needs it, and it takes 25 ms

    gate = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        async with gate:
            try:
                if not haul.failed:
                    await _page(url, number, haul, line)
            except (FetchError, ThreadError) as error:
                haul.failed, haul.last_full = haul.failed or error.why or error.what, False

    await asyncio.gather(*(one(number) for number in numbers))


def _number(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


async def _post_by_slug(ref: ThreadRef, url: str, line: Line) -> tuple[str, str]:
    """(id, author id) of the post with the story's slug; several posts may share one, so its link is compared."""
    answer: Response = await line.fetch(url, accept=JSON)
    posts: tuple[tuple[str, str, str], ...] = await line.run(f"{HERE}:parse_posts", answer.body)
    story = _story(ref)
    for post, link, author in posts:
        if host(link) == host(story) and path(link) == path(story):
            return post, author
    raise not_this(url, "no post there has the story's address")


def _story(ref: ThreadRef) -> str:
    return next((route.url for route in ref.routes if route.name == "html"), ref.page_url)


def _check_story(ref: ThreadRef, comments: tuple[Comment, ...]) -> None:
    """A guid kept from another domain may number another post here: then the comments' links name another story."""
    story = path(_story(ref))
    named = [path(comment.url) for comment in comments[:5] if comment.url]
    if not any(name == "check" for name, _ in ref.meta) or not named or not story:
        return
    if all(name != story for name in named):
        raise not_this(ref.page_url, "the comments there belong to another story")


async def _with_roles(
    url: str, author: str, ref: ThreadRef, comments: tuple[Comment, ...], line: Line
) -> tuple[Comment, ...]:
    """Marks the story's author, by user number; one more request, only where registered people wrote.

    Where the site does not tell the number: registered people with the name the feed gives the author.
    """
    if not any(comment.author_id for comment in comments):
        return comments
    author = author or await _author(url, line)
    name = dict(ref.meta).get("author")

    def wrote(comment: Comment) -> bool:
        return comment.author_id == author if author else bool(comment.author_id and comment.author == name)

    return tuple(replace(comment, role="op") if wrote(comment) else comment for comment in comments)


async def _author(url: str, line: Line) -> str:
    base, _, query = url.partition("wp/v2/comments")
    post = query.partition("post=")[2].partition("&")[0]
    try:
        answer = await line.fetch(rest_url(base, f"wp/v2/posts/{post}", "_fields=author"), accept=JSON)
        posts: tuple[tuple[str, str, str], ...] = await line.run(f"{HERE}:parse_posts", answer.body)
    except (FetchError, ThreadError):
        return ""
    return posts[0][2] if posts else ""


async def probe(ref: ThreadRef, fetched: Fetched, comment: str, line: Line) -> State | None:
    """Why a comment is missing from the list: WordPress refuses those in its bin or in moderation with 401 and answers
    404 for those erased. Raises FetchError for other failures: a 403 may be a firewall's, and tells nothing."""
    url = next((route.url for route in ref.routes if route.name == "rest"), "")
    base = dict(ref.meta).get("base") or url.partition("wp/v2/")[0]
    if fetched.route != "rest" or not base or not comment.isdigit():
        return None
    try:
        await line.fetch(rest_url(base, f"wp/v2/comments/{comment}", "_fields=id,status"), accept=JSON)
    except FetchError as error:
        states: dict[int, State] = {401: "moderated", 404: "deleted"}
        if error.status not in states:
            raise
        return states[error.status]
    return None


def parse_posts(body: bytes) -> tuple[tuple[str, str, str], ...]:
    """(id, link, author id) of each post in an answer: a list of posts, or one."""
    data = load(body)
    posts = data if isinstance(data, list) else [data]
    return tuple(
        (_id(post.get("id")) or "", str(post.get("link") or ""), _id(post.get("author")) or "")
        for post in posts
        if isinstance(post, dict)
    )


def parse_comments(body: bytes, base: str) -> tuple[Comment, ...]:
    """The comments of one page of an answer. Raises ThreadError when it is no list of comments."""
    data = load(body)
    if not isinstance(data, list):
        raise not_this("the site", "it sent no list of comments")
    found = (_comment(item, base) for item in data if isinstance(item, dict))
    return tuple(comment for comment in found if comment)


def _comment(item: dict[str, object], base: str) -> Comment | None:
    number = _id(item.get("id"))
    content = item.get("content")
    html = content.get("rendered") if isinstance(content, dict) else None
    if number is None:
        return None
    body = html[:BODY_LIMIT] if isinstance(html, str) else ""
    return Comment(
        id=number,
        parent=_id(item.get("parent")),
        author=name_of(_unescaped(item.get("author_name"))),
        created=time_of(item.get("date_gmt"), assume_utc=True),
        body=body,
        blocks=blocks_of(body, base),
        author_id=_id(item.get("author")),
        author_url=address_of(item.get("author_url")),
        url=address_of(item.get("link")),
        kind="pingback" if item.get("type") in ("pingback", "trackback") else "comment",
    )


def _unescaped(name: object) -> object:
    from html import unescape

    return unescape(name) if isinstance(name, str) else name


def _id(value: object) -> str | None:
    """A number as its text; None for 0, which stands for "none" everywhere in WordPress."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value) if not isinstance(value, int) or abs(value) < 10**18 else ""
    return text if text.isascii() and text.isdigit() and text.strip("0") else None
