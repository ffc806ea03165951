"""The story as a page's JSON-LD tells it (schema.org): for pages whose visible part is drawn by scripts."""

from __future__ import annotations

import json
import re

from tui_news.models.late import dataclass

_SCRIPT = re.compile(r"<script\b[^<>]{0,500}ld\+json[^<>]{0,500}>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"</?(?:p|br|div|h[1-6]|ul|ol|li|blockquote)\b", re.IGNORECASE)
_MAX_SCRIPTS = 20
_MAX_NODES = 5_000


@dataclass(frozen=True, slots=True)
class Told:
    """body: text or HTML (`is_html`); headline, author, published, modified: as written, "" when absent."""

    body: str = ""
    is_html: bool = False
    headline: str = ""
    author: str = ""
    published: str = ""
    modified: str = ""


def told(html: str) -> Told:
    """What the page's JSON-LD says of its story: that of the longest articleBody, else of the first headline."""
    best: dict[str, object] = {}
    for match in list(_SCRIPT.finditer(html))[:_MAX_SCRIPTS]:
        for item in _items(match.group(1)):
            if len(_text(item.get("articleBody"))) > len(_text(best.get("articleBody"))) or not best:
                best = item
    body = _text(best.get("articleBody"))
    return Told(
        body=body,
        is_html=bool(_TAGS.search(body)),
        headline=_text(best.get("headline")),
        author=_author(best.get("author")),
        published=_text(best.get("datePublished")),
        modified=_text(best.get("dateModified")),
    )


def _items(source: str) -> list[dict[str, object]]:
    """Every object with a headline or an articleBody, however deep, without recursion."""
    try:
        stack = [json.loads(source.strip().removesuffix(";"), strict=False)]
    except (ValueError, RecursionError):
        return []
    found: list[dict[str, object]] = []
    seen = 0
    while stack and seen < _MAX_NODES:
        item = stack.pop()
        seen += 1
        if isinstance(item, dict):
            if "articleBody" in item or "headline" in item:
                found.append(item)
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
    return found


def _text(value: object) -> str:
    if isinstance(value, list):
        value = "\n\n".join(part for part in value if isinstance(part, str))
    return value.strip() if isinstance(value, str) else ""


def _author(value: object) -> str:
    """Names of a Person, an Organization, or several, joined by commas."""
    people = value if isinstance(value, list) else [value]
    names = [_text(person.get("name")) if isinstance(person, dict) else _text(person) for person in people]
    return ", ".join(dict.fromkeys(name for name in names if name))
