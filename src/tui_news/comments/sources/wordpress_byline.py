"""Who wrote a comment on a page, and when: themes agree on little, and what is not set apart stays unknown."""

from __future__ import annotations

import re
from typing import Any

from tui_news.comments.render import address_of, name_of, time_of
from tui_news.comments.sources.addresses import join
from tui_news.comments.sources.page import bears, classes, text_of
from tui_news.text.lazy import lazily

SAYS = 20  # characters of what may stand behind a name: "says:", in any language
_AUTHOR = (
    "fn", "comment-author-name", "comment-author-link", "p-author", "comment-author", "comment-name", "commenter-name",
    "commenter", "author-name", "user-name", "byline", "username", "nickname",
)  # fmt: skip
_DATES = frozenset(("datepublished", "datecreated", "commenttime", "datePublished", "dateCreated", "commentTime"))
_NAMES = frozenset(
    ("fn", "comment-author-name", "comment-author-link", "p-author", "author-name", "user-name", "username", "nickname")
)
Habit = tuple[str, str] | None
_DASH = lazily(r"\s*[—–|·]\s*")


def first(element: Any, names: tuple[str, ...]) -> Any | None:
    """The first element with one of the class names (see `bears`); names earlier in the list go first."""
    found: dict[str, Any] = {}
    for child in element.iter():
        if isinstance(child.tag, str) and child.get("class") and (name := bears(child, *names)):
            found.setdefault(name, child)
    return next((found[name] for name in names if name in found), None)


def habit_of(root: Any) -> Habit:
    """What a theme writes around the names it signs comments with ("Comment by NAME — "), learnt from those that are
    links: the others are signed alike. Nothing where the links disagree."""
    cites = ((place, author_link(place)) for place in root.iter("cite"))
    seen = {
        (place.text.strip(), found[0].strip())
        for place, link in cites
        if link is not None and place[0] is link and (place.text or "").strip()
        and (found := _DASH.match(link.tail or ""))
    }  # fmt: skip
    return next(iter(seen)) if len(seen) == 1 else None


def author_of(element: Any, url: str, habit: Habit = None) -> tuple[str, str | None]:
    """Name and site. In a place that holds more than a name, the first thing set apart in it; else nobody."""
    place = first(element, (*_AUTHOR, "comment-footer") if element.get("id", "").startswith("comment-6a") else _AUTHOR)
    if place is None:
        place = next((one for one in element.iter() if one.get("itemprop") in ("author", "creator")), None)
    if place is None:
        return _signed(element, url, habit)
    link = next((child for child in place.iter("a") if child.get("href")), None)
    href = link.get("href") if link is not None else ""
    if "#comment-" in href:
        link, href = None, ""
    if not bears(place, *_NAMES):
        inner = (child for child in place.iterdescendants() if "author" in classes(child))
        apart = next(inner, next(place.iter("cite", "b", "strong"), link))
        place = apart if apart is not None else place
        if apart is None:
            _first_line(place)
    for child in list(place.iter()):
        if child is not place and ("says" in classes(child) or child.tag in ("time", "img", "script")):
            child.text = ""
    own = author_link(place)
    name = name_of(text_of(place if own is None else own))
    sure = bears(place, *_NAMES) or not any(letter.isdigit() for letter in name)
    named = own is not None or (sure and len(name) <= 80)  # a pingback's name is a story's title
    return (name if named else ""), (address_of(join(url, href)) if href else None)


def _alike(place: Any, habit: Habit) -> str:
    """The name in a signature without a link, by what the theme writes around names; "" where it does not fit."""
    before, after = habit or ("", "")
    said = (place.text or "").strip()
    if habit is None or not said.startswith(f"{before} ") or after not in said:
        return ""
    return name_of(said[len(before) :].partition(after)[0].strip())[:80]


def _first_line(place: Any) -> None:
    """Leaves what stands above a line break, if anything does: below the name stand dates and ranks."""
    line = next(iter(place.iter("br")), None)
    if line is not None and line.getparent() is place and (place.text or "").strip():
        for child in place[place.index(line) :]:
            place.remove(child)


def _signed(element: Any, url: str, habit: Habit) -> tuple[str, str | None]:
    place = signature(element, habit)
    if place is None:
        return "", None
    link = author_link(place)
    if link is None and (name := _alike(place, habit)):
        return name, None
    name = name_of(text_of(place if link is None else link))
    href = (
        next((child.get("href") for child in place.iter("a") if child.get("href")), "")
        if link is None
        else link.get("href")
    )
    return (name if len(name) <= 80 else ""), (
        address_of(join(url, href)) if href and "#comment-" not in href else None
    )


def created_of(element: Any) -> int | None:
    """By a time element, or the older abbr of microformats; one without a zone tells no moment."""
    found = (place for place in element.iter("time", "abbr", "span", "meta") if "updated" not in classes(place))
    times = (time_of(said) for place in found for said in _moments(place))
    return next((moment for moment in times if moment is not None), None)


def _moments(place: Any) -> tuple[object, ...]:
    if place.tag == "abbr":
        return (place.get("title"),)
    if place.tag == "meta":
        return (place.get("content"),) if place.get("itemprop") in _DATES else ()
    seconds = str(place.get("pubdate") or "")
    return (place.get("datetime"), int(seconds) if re.fullmatch("[0-9]{9,10}", seconds) else None)


def signature(element: Any, habit: Habit = None) -> Any | None:
    """The `cite` that the first themes sign a comment with: one beside the words that holds a name alone, or one that
    holds WordPress's own link to its author. A `cite` in the words has neither place nor link."""
    for place in element.iter("cite"):
        above = place.getparent()
        alone = (above is element or above.tag in ("footer", "header")) and not any(
            letter.isdigit() for letter in text_of(place)
        )
        if alone or author_link(place) is not None or _alike(place, habit):
            return place
    return None


def author_link(place: Any) -> Any | None:
    """The link WordPress makes of an author's name and site; nothing in a comment's words may bear its class."""
    links = (link for link in place.iter("a") if "url" in classes(link) and "external" in str(link.get("rel") or ""))
    return next(links, None)
