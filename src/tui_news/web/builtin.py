"""The built-in edition: `builtin:` addresses, answered from package data, with no network at all.

It looks like a small WordPress site: a feed, story pages, and comments at the REST route that WordPress serves
(developer.wordpress.org/rest-api/reference/comments), so that a first start shows everything working.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tui_news.models import FetchError, Response

SCHEME = "builtin:"
_API = "edition/wp-json/"
_FEED = "edition/feed.xml"
_LINK = f'<{SCHEME}{_API}>; rel="https://api.w.org/"'
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,120}")


def answer(url: str, headers: Mapping[str, str] | None = None, root: Traversable | None = None) -> Response | None:
    """The built-in document at `url`; None if the address is not ours. 304 when If-None-Match fits.

    `root`: where the edition's files lie. Raises FetchError (status 404) for what is not there.
    """
    if not url.startswith(SCHEME):
        return None
    parts = urlsplit(url)
    found = _find(root if root is not None else files("tui_news.edition"), parts.path, parts.query)
    if found is None:
        raise FetchError("status", f"could not open {url[:200]}", "the built-in edition has no such page", status=404)
    body, about = found
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    about = {**about, "etag": etag}
    asked = {name.lower(): value for name, value in (headers or {}).items()}
    if asked.get("if-none-match") == etag:
        return Response(url, url, 304, about)
    return Response(url, url, 200, about, body)


def _find(root: Traversable, path: str, query: str) -> tuple[bytes, dict[str, str]] | None:
    if path == _FEED:
        return _file(root, "feed.xml", {"content-type": "application/rss+xml; charset=utf-8", "link": _LINK})
    match = re.fullmatch(r"edition/stories/([^/]+\.html)", path)
    if match and _NAME.fullmatch(match[1]):
        about = {"content-type": "text/html; charset=utf-8", "link": _LINK}
        return _file(root.joinpath("stories"), match[1], about)
    if path == f"{_API}wp/v2/comments":
        return _comments(root, {name: values[-1] for name, values in parse_qs(query).items()})
    return None


def _file(folder: Traversable, name: str, about: dict[str, str]) -> tuple[bytes, dict[str, str]] | None:
    try:
        return folder.joinpath(name).read_bytes(), about
    except OSError:  # missing package data is a page that is not there, never a crash
        return None


def _comments(root: Traversable, query: dict[str, str]) -> tuple[bytes, dict[str, str]] | None:
    """A page of a post's comments. `per_page` 1..100 (10), `page` from 1, `order` desc or asc, `after` a UTC time."""
    post = query.get("post", "")
    found = _file(root.joinpath("comments"), f"{post}.json", {}) if re.fullmatch(r"[0-9]{1,9}", post) else None
    if found is None:
        return None
    rows: list[dict[str, Any]] = json.loads(found[0])
    rows.sort(key=lambda row: (str(row["date_gmt"]), int(row["id"])), reverse=query.get("order", "desc") != "asc")
    if after := query.get("after", "").removesuffix("Z"):
        rows = [row for row in rows if str(row["date_gmt"]) > after]
    size, page = _number(query.get("per_page", ""), 10, 100), _number(query.get("page", ""), 1, 10**6)
    about = {
        "content-type": "application/json; charset=utf-8",
        "x-wp-total": str(len(rows)),
        "x-wp-totalpages": str(-(-len(rows) // size)),
    }
    return json.dumps(rows[(page - 1) * size : page * size], ensure_ascii=False).encode(), about


def _number(text: str, default: int, most: int) -> int:
    return min(max(int(text), 1), most) if re.fullmatch(r"[0-9]{1,9}", text) else default
