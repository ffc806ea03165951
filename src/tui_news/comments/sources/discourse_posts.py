"""A Discourse topic's posts as comments. Runs in a worker."""

from __future__ import annotations

import re
from dataclasses import replace

from tui_news.comments.render import BODY_LIMIT, address_of, blocks_of, name_of, time_of
from tui_news.comments.sources.contract import not_this
from tui_news.comments.sources.fields import Item, id_in, item_of, items_of, number_in, text_in
from tui_news.comments.sources.json_answer import load
from tui_news.models import Comment
from tui_news.models.comments import Role, State
from tui_news.models.late import dataclass
from tui_news.text.lazy import lazily

SMALL_ACTION = 3  # post_type of "closed this topic" and the like: nobody's words
LIKE = 2  # in actions_summary
_QUOTE = lazily(r"<aside\b([^<>]{0,1000})>", re.IGNORECASE)
_QUOTED = lazily(r"\bdata-(post|topic)=[\"']?(\d{1,12})", re.IGNORECASE)
_TITLED = lazily(
    r"(<aside\b[^<>]{0,1000}>)\s*<div class=\"title\">(.{0,3000}?)</div>\s*<blockquote>", re.IGNORECASE | re.DOTALL
)
_USER = lazily(r"\bdata-username=\"([^\"<>]{1,100})\"", re.IGNORECASE)
_AVATAR = lazily(r"<img\b[^<>]{0,2000}\bclass=\"avatar\"[^<>]{0,200}>", re.IGNORECASE)
_SPOILER = lazily(
    r"<(?:span|div)\b[^<>]{0,200}\bclass=\"(?:[^\"<>]{0,200} )?spoil(?:er|ed)[\" ][^<>]{0,200}>", re.IGNORECASE
)
_SIZE = lazily(r"<div class=\"meta\">.{0,3000}?</div>", re.IGNORECASE | re.DOTALL)
_LINK = lazily(r"/t/(?:[^/\"'\s<>?#]{1,300}/)?(\d{1,12})(?=[/\"'\s?#]|$)")


@dataclass(frozen=True, slots=True)
class Posts:
    """Posts as they were sent; parents are found when all are there, for they are given by post number.

    stream: the ids of all the topic's posts. author: the user number of who opened it. path: the topic's address.
    """

    posts: tuple[dict[str, object], ...]
    stream: tuple[int, ...] = ()
    author: int | None = None
    path: str = ""


def parse_topic(body: bytes, base: str) -> Posts:
    """A topic, or some posts of one. Raises ThreadError when it is neither.

    base: the forum's address, without a slash at its end.
    """
    data = load(body)
    inner = data.get("post_stream") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(inner, dict) or not isinstance(inner.get("posts"), list):
        raise not_this(base, "the answer is no topic of a forum")
    posts = tuple(dict(post) for post in items_of(inner["posts"]) if number_in(post, "id"))
    listed = inner.get("stream")
    ids = [number for number in listed if type(number) is int] if isinstance(listed, list) else []
    first = next((post for post in posts if number_in(post, "post_number") == 1), {})
    author = number_in(item_of(item_of(data.get("details")).get("created_by")), "id")
    topic, slug = number_in(data, "id") or number_in(first, "topic_id"), text_in(data, "slug") or "-"
    opened = author or number_in(data, "user_id") or number_in(first, "user_id")
    return Posts(posts, tuple(dict.fromkeys(ids)), opened, f"{base}/t/{slug}/{topic}")


def topic_in_embed(body: bytes) -> str:
    """The number of the topic that a page of embedded comments leads to, "" when there is none yet."""
    found = _LINK.search(body[:2_000_000].decode("utf-8", "replace"))
    return found.group(1) if found else ""


def comments_of(posts: list[dict[str, object]], author: int | None, page: str, base: str) -> tuple[Comment, ...]:
    """The posts but for the first, which is the story: what answers it stands at the root."""
    numbers = {number: id_in(post, "id") for post in posts if (number := number_in(post, "post_number"))}
    mute = {number_in(post, "post_number") for post in posts if number_in(post, "post_type") == SMALL_ACTION} | {1}
    found = []
    for post in posts:
        number = number_in(post, "post_number")
        if number in mute:
            continue
        answered = _answered(post, page)
        # A post that is not there any more keeps its number: the answer to it is shown as one to something absent.
        parent = None if answered is None or answered in mute else numbers.get(answered, f"number-{answered}")
        made = replace(_comment(post, author, page, base), parent=parent, rank=number)
        found.append(made)
    return tuple(found)


def _answered(post: Item, page: str) -> int | None:
    """The number of the post this one answers. Few say so; else it is the first one they quote, if it came before."""
    number = number_in(post, "reply_to_post_number")
    if number is not None:
        return number
    own = number_in(post, "post_number") or 0
    topic = str(number_in(post, "topic_id") or page.rpartition("/")[2])
    for quote in _QUOTE.findall(text_in(post, "cooked")[:BODY_LIMIT]):
        told = {name.lower(): value for name, value in _QUOTED.findall(quote)}
        if "post" in told:
            before = told.get("topic", topic) == topic and 0 < int(told["post"]) < own
            return int(told["post"]) if before else None
    return None


def _comment(post: Item, author: int | None, page: str, base: str) -> Comment:
    name, user = name_of(text_in(post, "username", "name")), number_in(post, "user_id")
    state = _state(post)
    body = text_in(post, "cooked")[:BODY_LIMIT] if state == "live" else ""
    edited = state == "live" and (number_in(post, "version") or 1) > 1
    return Comment(
        id=id_in(post, "id") or "",
        parent=None,
        author=name,
        created=time_of(post.get("created_at")),
        body=body,
        blocks=blocks_of(dressed(body), page),
        author_id=str(user) if user is not None else None,
        author_url=address_of(f"{base}/u/{name}") if re.fullmatch(r"[\w.-]+", name) else None,
        edited=time_of(post.get("updated_at")) if edited else None,
        url=address_of(f"{page}/{number_in(post, 'post_number') or ''}"),
        score=_likes(post),
        role=_role(post, user is not None and user == author),
        state=state,
    )


def dressed(html: str) -> str:
    """As it is to be read: quotes say whose words they are, what is hidden is marked, pictures have no files' sizes."""
    html = _SPOILER.sub(lambda match: f"{match[0]}[spoiler] ", html)
    return with_quoted_names(_SIZE.sub("", html) if "lightbox" in html else html)


def with_quoted_names(html: str) -> str:
    """A quote's title, which stands above it with a picture, as the quote's first line: whose words they are."""

    def named(match: re.Match[str]) -> str:
        user = _USER.search(match[1])
        title = f"{user[1]}:" if user else _AVATAR.sub("", match[2])
        return f"{match[1]}<blockquote><p><strong>{title}</strong></p>"

    return _TITLED.sub(named, html)


def _likes(post: Item) -> int | None:
    counts = (number_in(action, "count") or 0 for action in items_of(post.get("actions_summary"))
              if number_in(action, "id") == LIKE)  # fmt: skip
    return next(counts, None)


def _role(post: Item, op: bool) -> Role:
    """`staff` stands for both admins and moderators."""
    if op:
        return "op"
    if post.get("admin") is True:
        return "staff"
    if post.get("moderator") is True:
        return "mod"
    return "staff" if post.get("staff") is True else ""


def _state(post: Item) -> State:
    """Withdrawn by its author, deleted, or hidden because of flags: what stands in its place is the program's words."""
    if post.get("user_deleted") is True or post.get("deleted_at"):
        return "deleted"
    return "moderated" if post.get("hidden") is True else "live"
