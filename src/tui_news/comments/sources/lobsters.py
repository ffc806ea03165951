"""Lobsters (https://lobste.rs) and the sites that run its program: a story's whole thread in one answer.

Two shapes are about: today's, where a comment names its parent, and an older one that gives its depth only. In
both the comments come in the order the site shows them, each reply below what it answers.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tui_news.comments.render import BODY_LIMIT, address_of, blocks_of, name_of, time_of
from tui_news.comments.sources.addresses import host, origin, path
from tui_news.comments.sources.contract import Line, Source, not_this
from tui_news.comments.sources.fields import Item, id_in, item_of, items_of, named, number_in, text_in, web
from tui_news.comments.sources.json_answer import JSON, load
from tui_news.models import Comment, Fetched, ParsedEntry, Response, Route, ThreadRef
from tui_news.models.comments import Role, State
from tui_news.text.lazy import lazily

KNOWN = frozenset({"lobste.rs", "barnacl.es", "gambe.ro", "journalduhacker.net", "tilde.news"})
MAX_COMMENTS = 20_000
EDIT_GRACE = 60  # seconds; the site itself calls a change within them no edit
_HERE = "tui_news.comments.sources.lobsters"
_STORY = lazily(r"/s/([0-9a-z]{4,10})(?:/[^/]*)?")


def find(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
    """By an address of a known site, or by a guid and a comments page that look as this program makes them."""
    return _find(entry, KNOWN)


def find_by_generator(entry: ParsedEntry, feed_link: str, generator: str) -> ThreadRef | None:
    return _find(entry, KNOWN | {host(feed_link)}) if "lobsters" in generator.lower() else None


def _find(entry: ParsedEntry, sites: frozenset[str]) -> ThreadRef | None:
    if any("#c_" in url for url in (entry.link, entry.comments)):
        return None  # the entry is itself a comment
    found = next((url for url in named(entry) if host(url) in sites and _story(url)), "")
    ref = _reference(found or _elsewhere(entry))
    return replace(ref, count_hint=entry.comment_count) if ref else None


def _elsewhere(entry: ParsedEntry) -> str:
    """Any site's address may begin with /s/: there the guid must be the short form of the comments page."""
    same = web(entry.id) and entry.comments.startswith(entry.id + "/") and not entry.comment_feed
    return entry.comments if same and path(entry.id).count("/") == 2 else ""


def find_in_page(url: str, html: str, link_header: str) -> ThreadRef | None:
    """By the address on a known site; elsewhere the page must mark the story as this program does."""
    known = host(url) in KNOWN or f'data-shortid="{_story(url)}"' in html
    return _reference(url) if known else None


def _story(url: str) -> str:
    """The short id of a story's address, "" if it is none."""
    found = _STORY.fullmatch(path(url))
    return found.group(1) if found and web(url) else ""


def _reference(url: str) -> ThreadRef | None:
    short = _story(url)
    if not short:
        return None
    site = f"https://{host(url)}" if host(url) in KNOWN else origin(url)
    page = f"{site}/s/{short}"
    return ThreadRef("lobsters", f"lobsters|{host(url)}|{short}", (Route("json", f"{page}.json"),), page)


async def fetch(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    """Every comment. Raises ThreadError, FetchError."""
    answer: Response = await line.fetch(route.url, accept=JSON)
    merged = _reference(answer.final_url)
    if merged is not None and merged.key != ref.key:
        # Stories about the same thing are merged, and the old address then leads to the other story's page.
        answer = await line.fetch(merged.routes[0].url, accept=JSON)
    comments, total = await line.run(f"{_HERE}:parse_story", answer.body, ref.page_url)
    live = sum(comment.state == "live" for comment in comments)
    lacks = total is not None and live < total
    warnings = (f"{live:,} of {total:,} comments came.",) if lacks else ()
    return Fetched(comments, "partial" if lacks else "complete", "json", total, warnings=warnings)


def parse_story(body: bytes, base: str) -> tuple[tuple[Comment, ...], int | None]:
    """(a story's comments in the site's order, how many it counts). Raises ThreadError when it is no story."""
    story = load(body)
    if not isinstance(story, dict) or not isinstance(story.get("comments"), list) or "short_id" not in story:
        raise not_this(base, "the answer is no story of this kind")
    author, _ = _user(story.get("submitter_user"))
    found: list[Comment] = []
    branch: list[tuple[int, str]] = []  # depth and id of the comments above the next one
    for item in items_of(story["comments"])[:MAX_COMMENTS]:
        short = id_in(item, "short_id")
        if short is None:
            continue
        above = _above(branch, item)
        branch.append((_depth(item), short))
        parent = id_in(item, "parent_comment") if "parent_comment" in item else above
        found.append(_comment(item, short, parent, author, len(found), base))
    return tuple(found), number_in(story, "comment_count")


def _depth(item: Item) -> int:
    """From 0 in `depth`, from 1 in the older `indent_level`; an answer has only one of them."""
    return number_in(item, "depth", "indent_level") or 0


def _above(branch: list[tuple[int, str]], item: Item) -> str | None:
    """The last comment that stands less deep; `branch` is cut back to it."""
    while branch and branch[-1][0] >= _depth(item):
        branch.pop()
    return branch[-1][1] if branch else None


def _comment(item: Item, short: str, parent: str | None, op: str, rank: int, base: str) -> Comment:
    name, role = _user(item.get("commenting_user"))
    state = _state(item)
    body = text_in(item, "comment")[:BODY_LIMIT] if state == "live" else ""
    created = time_of(item.get("created_at"))
    changed = time_of(item.get("last_edited_at") or item.get("updated_at"))
    edited = created is not None and changed is not None and changed > created + EDIT_GRACE
    return Comment(
        id=short,
        parent=parent,
        author=name,
        created=created,
        body=body,
        blocks=blocks_of(body, base),
        author_id=name or None,
        author_url=address_of(f"/u/{name}", base) if re.fullmatch(r"[\w-]+", name) else None,
        edited=changed if edited and state == "live" else None,
        url=address_of(text_in(item, "url", "short_id_url"), base),
        score=number_in(item, "score"),
        rank=rank,
        role="op" if name and name == op else role,
        state=state,
    )


def _state(item: Item) -> State:
    """What a moderator removed has both marks."""
    if item.get("is_moderated") is True:
        return "moderated"
    return "deleted" if item.get("is_deleted") is True else "live"


def _user(value: object) -> tuple[str, Role]:
    """Name and role of a user: an object in the older shape, today a name alone."""
    if isinstance(value, str):
        return name_of(value), ""
    user = item_of(value)
    role: Role = "staff" if user.get("is_admin") is True else "mod" if user.get("is_moderator") is True else ""
    return name_of(user.get("username")), role


SOURCE = Source("lobsters", find, find_in_page, fetch, find_by_generator, signs=("/s/",), programs=("lobsters",))
