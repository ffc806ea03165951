"""Comments as markup gives them, before they have ids, and what makes them comments. Shared by the kinds of markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from tui_news.comments.render import BODY_LIMIT, address_of, blocks_of, key_of, name_of, said_key, time_of
from tui_news.comments.sources.addresses import join, origin
from tui_news.models import Comment
from tui_news.models.late import dataclass

MAX_COMMENTS = 5_000
ID_LIMIT = 1_000


@dataclass(slots=True)
class Found:
    """A comment on a page. keys: names it goes by, surest first. answers: names of what it says it answers.

    inside: the comment it stands in, by its place in the list.
    """

    keys: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    inside: int | None = None
    author: str = ""
    author_url: str = ""
    created: str = ""
    edited: str = ""
    html: str = ""
    url: str = ""
    score: int | None = None


def resolved(page: str, reference: object) -> str:
    """An address or a name as found on the page, absolute; "" for none."""
    if not isinstance(reference, str) or not reference.strip():
        return ""
    return key_of(join(page, reference.strip()), ID_LIMIT)


def comments_of(found: Sequence[Found], page: str) -> tuple[Comment, ...]:
    """The comments with ids and parents. What a comment says it answers goes before where it stands."""
    ids = _ids(found)
    names: dict[str, str] = {}
    for one, key in zip(found, ids, strict=True):
        for name in (*one.keys, one.url):
            names.setdefault(name, key)
    names.pop("", None)
    comments: dict[str, Comment] = {}
    for one, key in zip(found, ids, strict=True):
        around = ids[one.inside] if one.inside is not None else None
        parent = next((names[name] for name in one.answers if names.get(name, key) != key), around)
        if key not in comments:
            made = _comment(one, key, parent if parent != key else None, page)
            comments[key] = replace(made, rank=len(comments))
    return tuple(comments.values())


def _ids(found: Sequence[Found]) -> list[str]:
    """A name each. Those that markup gives none get one from what they say, which is the same at the next visit."""
    ids: list[str] = []
    for one in found:
        named = next(filter(None, one.keys), "")
        ids.append(named or said_key(one.author, one.created, one.html))
    return ids


def _comment(one: Found, key: str, parent: str | None, page: str) -> Comment:
    html = one.html[:BODY_LIMIT]
    return Comment(
        id=key,
        parent=parent,
        author=name_of(one.author),
        created=time_of(one.created),
        body=html,
        blocks=blocks_of(html, page),
        author_url=address_of(one.author_url),
        edited=time_of(one.edited) if one.edited != one.created else None,
        url=address_of(one.url) if origin(one.url) else None,
        score=one.score,
    )


def worded(elements: Sequence[Any], read: Callable[[Any], Found]) -> list[Found]:
    """The comments in `elements` that have words, each with the nearest such one around it. Empties the elements.

    From the end: a comment is read and emptied before the one around it, whose words it is not. (Leaving it out of
    a copy would cost its size once for each comment around it.) Themes mark whole sections, forms included, as one
    comment: those have no words, and nothing stands in them.
    """
    places = {element: number for number, element in enumerate(elements)}
    around = [next((places[above] for above in one.iterancestors() if above in places), None) for one in elements]
    found: list[Found] = []
    for element in reversed(elements):
        found.append(read(element))
        element.clear(keep_tail=True)
    found.reverse()
    return _kept(found, around)


def _kept(found: Sequence[Found], around: Sequence[int | None]) -> list[Found]:
    kept: list[Found] = []
    numbers: list[int | None] = []  # for each: its number if it is kept, else that of the one around it
    for one, above in zip(found, around, strict=True):
        one.inside = numbers[above] if above is not None else None
        if one.html.strip():
            kept.append(one)
        numbers.append(len(kept) - 1 if one.html.strip() else one.inside)
    return kept


def own(element: Any, stops: Any) -> Iterator[Any]:
    """The elements below that are the element's own, in order: not those below one that `stops` is true of."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if isinstance(child.tag, str):
            yield child
            if not stops(child):
                stack.extend(reversed(child))


def written(element: Any) -> str:
    """What stands in an element, or in its attribute, as HTML."""
    from tui_news.comments.sources.page import inner_html

    if element.tag in ("meta", "input"):
        return escaped(element.get("content") or element.get("value") or "")
    return inner_html(element)


def escaped(text: str) -> str:
    from html import escape

    return escape(text.strip(), quote=False).replace("\n", "<br>")
