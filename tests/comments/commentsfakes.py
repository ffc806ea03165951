"""A web made of a dict, a worker that is this process, and comments in one line."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from typing import Any

from tui_news.models import Block, Comment, FetchError, Response

NOW = 1_700_000_000


def said(key: str, parent: str | None = None, created: int | None = 1, **fields: Any) -> Comment:
    text = fields.pop("text", f"words of {key}")
    return Comment(
        key, parent, fields.pop("author", f"a{key}"), created, text, "html", (Block("para", text),), **fields
    )


class Web:
    """Answers from `pages`: bytes, (bytes, headers), a status to refuse with, or an error to raise."""

    def __init__(self, pages: Mapping[str, Any]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    async def fetch(self, url: str, accept: str = "") -> Response:
        self.asked.append(url)
        page = self.pages.get(url, 404)
        if isinstance(page, Exception):
            raise page
        if isinstance(page, int):
            raise FetchError("status", f"{url} was not fetched", f"the site answered {page}", status=page)
        body, headers = page if isinstance(page, tuple) else (page, {})
        return Response(url, url, 200, headers, body)


async def run(spec: str, *args: Any) -> Any:
    """What a worker does, in this process."""
    module, _, name = spec.partition(":")
    return getattr(importlib.import_module(module), name)(*args)


def rest_item(number: int, parent: int = 0, **fields: Any) -> dict[str, Any]:
    item = {
        "id": number,
        "parent": parent,
        "author": 0,
        "author_name": f"Reader {number}",
        "author_url": "",
        "date_gmt": "2026-03-02T09:03:40",
        "content": {"rendered": f"<p>Words of {number}.</p>"},
        "link": f"https://site.example/story/#comment-{number}",
    }
    return item | fields


def rest_page(items: list[dict[str, Any]], total: int | None, pages: int = 1) -> tuple[bytes, dict[str, str]]:
    headers = {} if total is None else {"x-wp-total": str(total), "x-wp-totalpages": str(pages)}
    return json.dumps(items).encode(), headers
