"""Where a story's comments are, learnt from its own page: WordPress says so in the head, and in the comment form."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from tui_news.comments.sources.addresses import host, join, origin, path
from tui_news.comments.sources.links import keeper_of
from tui_news.comments.sources.page import classes, html_tree
from tui_news.comments.sources.wordpress_find import (
    API,
    base_in_header,
    from_guid,
    from_rest_address,
    is_post_feed,
    post_in_header,
    reference,
    root_of_base,
)  # fmt: skip
from tui_news.comments.sources.wordpress_html import count
from tui_news.models import ThreadRef
from tui_news.text.lazy import lazily

_BODY_CLASS = lazily(r"^(?:postid|page-id)-(\d{1,15})$")


def find_in_page(url: str, html: str, link_header: str) -> ThreadRef | None:
    """The thread of a WordPress page; None for pages of other programs."""
    root = html_tree(html)
    if root is None or not origin(url):
        return None
    heads = [(str(link.get("rel") or "").lower(), link) for link in root.iter("link")]
    base, post = _post(heads, url)
    in_header = post_in_header(link_header)
    base = base or base_in_header(link_header) or (in_header[0] if in_header else "")
    post = post or (in_header[1] if in_header else "") or _post_in_body(root)
    feed = _own_feed(heads, url)
    if not ((base and post) or feed or count(root)):
        return None
    ref = reference(base, post, url, feed, f"{url.partition('#')[0]}#comments", None, root_of_base(base))
    keeper = keeper_of(html) if ref is not None and not count(root) else ""
    # WordPress may hold a copy of them: it is asked before the reader is sent to a browser.
    return replace(ref, meta=(*ref.meta, ("keeper", keeper))) if ref is not None and keeper else ref


def _post(heads: list[tuple[str, Any]], url: str) -> tuple[str, str]:
    """(REST base, post id) as the head tells them, each "" when it does not."""
    base = post = ""
    for rel, link in heads:
        href = join(url, str(link.get("href") or "").strip())
        if rel == API and origin(href):
            base = href
        elif rel == "alternate" and (link.get("type") or "").lower() == "application/json":
            found = from_rest_address(href)
            base, post = (base or found[0], found[1]) if found else (base, post)
        elif rel == "shortlink" and not post:
            guid = from_guid(href)
            post = guid[1] if guid else ""
    return base, post


def _post_in_body(root: Any) -> str:
    """The number in the body's classes, the comment form or a reply link."""
    for body in root.iter("body"):
        for name in classes(body):
            found = _BODY_CLASS.match(name)
            if found:
                return found.group(1)
    for field in root.iter("input"):
        if field.get("name") == "comment_post_ID" and str(field.get("value") or "").isdigit():
            return str(field.get("value"))
    for link in root.iter("a"):
        if "comment-reply-link" in classes(link) and str(link.get("data-postid") or "").isdigit():
            return str(link.get("data-postid"))
    return ""


def _own_feed(heads: list[tuple[str, Any]], url: str) -> str:
    """The feed of this page's comments; the site's own comment feed stands beside it under the same name."""
    for rel, link in heads:
        href = join(url, str(link.get("href") or "").strip())
        if rel == "alternate" and host(href) == host(url) and is_post_feed(href):
            stem = re.sub(r"/feed(?:/(?:atom|rss2?))?$", "", path(href))
            if stem == path(url) and ("?" not in href or from_guid(url)):
                return href
    return ""
