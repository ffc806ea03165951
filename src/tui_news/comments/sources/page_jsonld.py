"""Comments in a page's JSON-LD (https://schema.org/Comment): nested in what they are about, or named by reference."""

from __future__ import annotations

import re
from typing import Any

from tui_news.comments.sources.json_answer import read as read_json
from tui_news.comments.sources.page_found import MAX_COMMENTS, Found, escaped, resolved
from tui_news.comments.sources.page_microdata import TYPES
from tui_news.text.lazy import lazily

MAX_VALUES = 200_000  # looked at in one page
_BELOW = ("comment", "comments", "acceptedAnswer", "suggestedAnswer")
_MARKUP = lazily(r"</?(?:p|br|a|b|i|em|strong|div|span|ul|ol|li|blockquote|pre|code|img|h\d)\b[^<>]{0,2000}>", re.I)
_ENTITY = lazily(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)


def read(root: Any, page: str) -> list[Found]:
    """The comments of a page, in its order."""
    walk = _Walk(page)
    for script in root.iter("script"):
        if "ld+json" in str(script.get("type") or "").lower():
            walk.through(_load(script.text or ""))
    return walk.settled()


def _load(text: str) -> object:
    """What a script holds; None for what is no JSON, or nests too deep."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    try:
        return read_json(text)
    except (ValueError, RecursionError):
        return None


class _Walk:
    """Goes through values without recursion, comments in order."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.found: list[Found] = []
        self.above: dict[str, int] = {}  # of comments that their parent only names
        self.people: dict[str, tuple[str, str]] = {}  # names and addresses, by what comments call them
        self.by: list[str] = []  # what each comment calls its author
        self.left = MAX_VALUES

    def through(self, value: object) -> None:
        stack: list[tuple[object, int | None, bool]] = [(value, None, False)]
        while stack and self.left > 0 and len(self.found) < MAX_COMMENTS:
            self.left -= 1
            at, inside, due = stack.pop()
            if isinstance(at, list):
                stack.extend((item, inside, due) for item in reversed(at))
            elif isinstance(at, dict):
                stack.extend(reversed(self._thing(at, inside, due)))

    def _thing(self, item: dict[str, Any], inside: int | None, due: bool) -> list[tuple[object, int | None, bool]]:
        """What to look at below. due: it stands where comments do."""
        if not (due or _is_comment(item)):
            self._meet(item)
            return [(value, None, key in _BELOW) for key, value in item.items() if isinstance(value, dict | list)]
        html = _html(item)
        if not html:
            if inside is not None:
                self.above.setdefault(resolved(self.page, _text(item.get("@id"))), inside)
            return []
        self.found.append(_found(item, html, inside, self.page))
        self.by.append(_reference(item.get("author") or item.get("creator"), "@id"))
        return [(item[key], len(self.found) - 1, True) for key in _BELOW if key in item]

    def _meet(self, item: dict[str, Any]) -> None:
        """Somebody whom comments may name by reference."""
        key, name = _text(item.get("@id")), _text(item.get("name"))
        if key and name:
            self.people.setdefault(key, (name, resolved(self.page, _text(item.get("url")))))

    def settled(self) -> list[Found]:
        for one, by in zip(self.found, self.by, strict=True):
            if not one.author and by in self.people:
                one.author, one.author_url = self.people[by]
            named = next((self.above[key] for key in one.keys if key in self.above), None)
            one.inside = named if one.inside is None else one.inside
        return self.found


def _is_comment(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.rpartition("/")[2].lower() in TYPES for name in names)


def _found(item: dict[str, Any], html: str, inside: int | None, page: str) -> Found:
    author = item.get("author") or item.get("creator")
    url = resolved(page, _text(item.get("url")))
    identifier = item.get("identifier")
    names = (
        resolved(page, _text(item.get("@id"))),
        url,
        _text(identifier.get("value") if isinstance(identifier, dict) else identifier),
    )
    return Found(
        keys=tuple(key for key in names if key),
        answers=tuple(name for name in _references(item.get("parentItem"), page) if name),
        inside=inside,
        author=_name(author),
        author_url=resolved(page, _reference(author, "url", "@id")),
        created=_text(item.get("dateCreated")) or _text(item.get("datePublished")),
        edited=_text(item.get("dateModified")),
        html=html,
        url=url,
        score=_score(item),
    )


def _text(value: object) -> str:
    """A value as text: a string, a number, one with a language, or the first of several."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def _html(item: dict[str, Any]) -> str:
    """The words. They should be plain; many sites put HTML there."""
    fields = (_text(item.get(name)) for name in ("text", "commentText", "articleBody", "description"))
    text = next(filter(None, fields), "")
    return text if _MARKUP.search(text) or _ENTITY.search(text) else escaped(text)


def _name(value: object) -> str:
    if isinstance(value, list):
        value = next(iter(value), None)
    return _text(value.get("name")) if isinstance(value, dict) and "@value" not in value else _text(value)


def _reference(value: object, *names: str) -> str:
    """The address of a thing, by the first of the fields that has it."""
    if isinstance(value, list):
        value = next(iter(value), None)
    fields = [_text(value.get(name)) for name in names] if isinstance(value, dict) else []
    return next(filter(None, fields), "")


def _references(value: object, page: str) -> list[str]:
    if isinstance(value, str):
        return [resolved(page, value)]
    return [resolved(page, _reference(value, name)) for name in ("@id", "url")]


def _score(item: dict[str, Any]) -> int | None:
    ups, downs = _text(item.get("upvoteCount")), _text(item.get("downvoteCount"))
    if not (ups.isascii() and ups.isdigit() and len(ups) < 10):
        return _likes(item.get("interactionStatistic"))
    return int(ups) - (int(downs) if downs.isascii() and downs.isdigit() and len(downs) < 10 else 0)


def _likes(value: object) -> int | None:
    """The count of likes among a thing's counters (https://schema.org/InteractionCounter)."""
    for counter in value if isinstance(value, list) else [value]:
        if not isinstance(counter, dict):
            continue
        kind = counter.get("interactionType")
        name = _text(kind.get("@type") if isinstance(kind, dict) else kind).rpartition("/")[2]
        count = _text(counter.get("userInteractionCount"))
        if name == "LikeAction" and count.isascii() and count.isdigit() and len(count) < 10:
            return int(count)
    return None
