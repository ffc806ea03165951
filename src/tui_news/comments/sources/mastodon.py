"""Mastodon: the answers to a post, as its own server knows them. https://docs.joinmastodon.org/methods/statuses/#context

Without an account a server tells at most 60 answers, 20 levels deep, and only those that have reached it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape

from tui_news.comments.render import BODY_LIMIT, address_of, blocks_of, name_of, time_of
from tui_news.comments.sources.addresses import host, origin, path
from tui_news.comments.sources.contract import Line, Source, not_this
from tui_news.comments.sources.fields import Item, id_in, item_of, items_of, named, number_in, text_in, web
from tui_news.comments.sources.json_answer import JSON, load
from tui_news.models import Comment, Fetched, ParsedEntry, Response, Route, ThreadRef
from tui_news.text.lazy import lazily

MOST = 60  # answers told to those without an account
DEEPEST = 20
MAX_COMMENTS = 20_000
_HERE = "tui_news.comments.sources.mastodon"
# No blog numbers its pages below a name with an "@"; other programs put words or letters there.
_POST = lazily(r"(?:/web|/deck)?/@([\w.-]{1,100}(?:@[\w.:-]{1,200})?)/(\d{5,20})", re.ASCII)
_STATUS = lazily(r"/users/([\w.-]{1,100})/statuses/(\d{5,20})", re.ASCII)

# Pleroma and Akkoma answer the same question; their ids are of one length, of digits and letters of both sizes.
_NOTICE = lazily(r"/notice/()((?=[a-z0-9]*[A-Z])(?=[A-Za-z]*\d)[A-Za-z0-9]{18})", re.ASCII)
# The line that stands for a quoted post where it is not known: https://docs.joinmastodon.org/methods/statuses/#quotes
_RE = lazily(r"<p class=\"quote-inline\">.{0,2000}?</p>", re.DOTALL)


def find(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
    ref = next((ref for ref in map(_reference, named(entry)) if ref), None)
    return replace(ref, count_hint=entry.comment_count) if ref else None


def find_in_page(url: str, html: str, link_header: str) -> ThreadRef | None:
    return _reference(url)


def _reference(url: str) -> ThreadRef | None:
    found = _POST.fullmatch(path(url)) or _STATUS.fullmatch(path(url)) or _NOTICE.fullmatch(path(url))
    if not found or not web(url):
        return None
    name, post = found.groups()
    site = origin(url)
    route = Route("context", f"{site}/api/v1/statuses/{post}/context")
    page, meta = (f"{site}/@{name}/{post}", (("author", name),)) if name else (f"{site}/notice/{post}", ())
    return ThreadRef("mastodon", f"mastodon|{host(url)}|{post}", (route,), page, meta=meta)


async def fetch(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    """The answers the server tells. Raises ThreadError, FetchError."""
    answer: Response = await line.fetch(route.url, accept=JSON)
    post = ref.key.rpartition("|")[2]
    author = dict(ref.meta).get("author", "")
    comments: tuple[Comment, ...] = await line.run(f"{_HERE}:parse_context", answer.body, post, author, route.url)
    cut = len(comments) >= MOST or _depth(comments, post) >= DEEPEST
    warnings = ("The server tells only the first answers to those without an account.",) if cut else ()
    return Fetched(
        comments, "partial" if cut else "complete", "context", None if cut else len(comments), warnings=warnings
    )


def _depth(comments: tuple[Comment, ...], post: str) -> int:
    """How deep the answers go; a parent comes before its answers."""
    depths: dict[str | None, int] = {None: 0}
    for comment in comments:
        depths[comment.id] = depths.get(comment.parent, 0) + 1
    return max(depths.values())


def parse_context(body: bytes, post: str, author: str, base: str) -> tuple[Comment, ...]:
    """The answers to `post`, in the server's order. Raises ThreadError when it is no context of a post.

    body: `{"descendants": […]}`, or the list itself. author: the post's, as in its address, where no answer tells
    the account's number.
    """
    data = load(body)
    listed = data.get("descendants") if isinstance(data, dict) else data
    if not isinstance(listed, list) or (listed and not items_of(listed)):
        raise not_this(base, "the answer holds no posts")
    posts = [item for item in items_of(listed)[:MAX_COMMENTS] if id_in(item, "id") not in (None, post)]
    if listed and not any("account" in item for item in items_of(listed)):
        raise not_this(base, "the answer holds something else than posts")
    account = next(
        (id_in(one, "in_reply_to_account_id") for one in posts if id_in(one, "in_reply_to_id") == post), None
    )
    return tuple(_comment(item, rank, post, account, author, base) for rank, item in enumerate(posts))


def _comment(item: Item, rank: int, post: str, account: str | None, author: str, base: str) -> Comment:
    parent = id_in(item, "in_reply_to_id")
    user = item_of(item.get("account"))
    name, number = name_of(text_in(user, "acct", "username")), id_in(user, "id")
    body = _body(item)[:BODY_LIMIT]
    return Comment(
        id=id_in(item, "id") or "",
        parent=None if parent == post else parent,
        author=name,
        created=time_of(item.get("created_at")),
        body=body,
        blocks=blocks_of(body, base),
        author_id=number,
        author_url=address_of(text_in(user, "url", "uri")),
        edited=time_of(item.get("edited_at")),
        url=address_of(text_in(item, "url", "uri")),
        score=number_in(item, "favourites_count"),
        rank=rank,
        role="op" if (number == account if account else bool(name) and name == author) else "",
    )


def _body(item: Item) -> str:
    """The warning the author put before the words, the words, what they hold up, and what pictures show."""
    warning = text_in(item, "spoiler_text").strip()
    parts = [f"<p>{escape(warning)}</p>"] if warning else []
    quoted = _quoted(item_of(item.get("quote")))
    words = text_in(item, "content")
    parts += [_RE.sub("", words) if quoted else words, quoted, _poll(item_of(item.get("poll")))]
    for media in items_of(item.get("media_attachments")):
        label = text_in(media, "description") or text_in(media, "type") or "attachment"
        address = text_in(media, "remote_url", "url")
        parts.append(f'<p><a href="{escape(address)}">[{escape(label)}]</a></p>' if web(address) else "")
    return "".join(parts)


def _quoted(quote: Item) -> str:
    """Somebody's post that an answer holds up: who wrote it, and its words. Pleroma gives it without a state."""
    post = item_of(quote.get("quoted_status")) or quote
    user, words = item_of(post.get("account")), text_in(post, "content")
    name = name_of(text_in(user, "acct", "username"))
    return f"<blockquote><p><strong>{escape(name)}:</strong></p>{words}</blockquote>" if name and words else ""


def _poll(poll: Item) -> str:
    """What a poll lets choose from, with the votes where they are told."""
    lines = []
    for option in items_of(poll.get("options")):
        votes = number_in(option, "votes_count")
        told = "" if votes is None else f" ({votes:,})"
        lines.append(f"<li>{escape(text_in(option, 'title'))}{told}</li>")
    return f"<ul>{''.join(lines)}</ul>" if lines else ""


SOURCE = Source("mastodon", find, find_in_page, fetch, signs=("/@", "/statuses/", "/notice/"))
