"""The part of a page that its own markup names as the story's body. WordPress and its like say it plainly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from tui_news.articles.embeds import shown
from tui_news.articles.furniture import holds_post
from tui_news.articles.repair import CAPTION, TWICE
from tui_news.articles.siterules import outermost

_PATHS = (
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' entry-content ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' wp-block-post-content ')]",
    "//*[contains(concat(' ', normalize-space(@itemprop), ' '), ' articleBody ')]",
    "//article//*[contains(concat(' ', normalize-space(@class), ' '), ' post-content ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' post-body ')]",
)
_JUNK_TAGS = (
    "script", "style", "form", "nav", "noscript", "template", "button", "iframe", "svg", "input", "select",
    "textarea", "object", "embed", "dialog",
)  # fmt: skip
_CHUNKS = 40  # boxes of one story at most
_JUNK_CLASS = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|sharedaddy|social|related|newsletter|subscribe|subscription|signup|promo|"
    r"author-?(?:box|bio|info)|tags?-links|post-?(?:tags|nav|navigation|footer|meta)|advert\w*|ads?|sponsor\w*|"
    r"cookie\w*|popup|modal|comments?|breadcrumbs?|toc|screen-reader-text|news-tip|recommend\w*|trending|"
    r"print|hidden|sr-only|visually-hidden|disclaimer|paywall)(?:$|[\s_-])"
)


def story_html(root: Any) -> str:
    """HTML of the page's one story container without its furniture, "" when there is none, or several."""
    found = _named(root)
    return _html(found) if found is not None else ""


def _named(root: Any) -> Any | None:
    for path in _PATHS:
        found = set(root.xpath(path))
        outer = [element for element in found if not any(above in found for above in element.iterancestors())]
        if len(outer) == 1:
            return outer[0]
    return None


def best_html(root: Any) -> str:
    """HTML of the part that seems to be the story, the whole page at worst. Takes the tree apart: it is for trees too
    large to have a copy of."""
    found = _named(root)
    if found is None:
        found = next(iter(root.xpath("//article") or root.xpath("//main") or root.xpath("//body")), root)
    return _html(found, copied=False)


def kept_html(elements: Sequence[Any]) -> str:
    """HTML of the elements that a site's rule keeps, in the order of the page, each once."""
    return "".join(_html(element, trust=True) for element in outermost(elements))


def common_html(root: Any, document: Any | None) -> str:
    """HTML of the one element that directly holds most of the paragraphs the extractor found, "" without one.

    The extractor drops a short section at the end; the element it stands in has it.
    """
    wanted = {_line(found) for found in document.body.findall("p")} if document is not None else set()
    wanted.discard("")
    parents: Counter[Any] = Counter(p.getparent() for p in root.iter("p") if _line(p) in wanted)
    if not parents:
        return ""
    parent, count = parents.most_common(1)[0]
    return _html(parent) if parent.tag != "body" and count >= max(3, 0.6 * len(wanted)) else ""


def chunks_html(root: Any, document: Any | None) -> str:
    """HTML of all the boxes of a story that is cut into several for the advertisements between them, "" if it is not.

    The extractor takes one such box for the whole. They have one name, stand in one article, and hold prose; where it
    holds several titles or articles, it is a row of stories.
    """
    wanted = {_line(found) for found in document.body.findall("p")} if document is not None else set()
    wanted.discard("")
    parents: Counter[Any] = Counter(p.getparent() for p in root.iter("p") if _line(p) in wanted)
    if not parents:
        return ""
    first = parents.most_common(1)[0][0]
    around = next(first.iterancestors("article", "main"), None)
    if around is None or not first.get("class") or sum(1 for _ in around.iter("h1", "article")) > 2:
        return ""
    like = [box for box in around.iter(first.tag) if box.get("class") == first.get("class") and _is_prose(box)]
    return "".join(_html(box) for box in like) if 1 < len(like) <= _CHUNKS else ""


def _is_prose(box: Any) -> bool:
    long = [p for p in box if p.tag == "p" and len(_line(p)) > 80]
    return len(long) > 1 and all(sum(len(_line(a)) for a in p.iter("a")) < 0.5 * len(_line(p)) for p in long)


def small_html(root: Any) -> str:
    """HTML of a small page's one article or main part, "" where there is none, or several."""
    articles = root.xpath("//article") or root.xpath("//main")
    return _html(articles[0]) if len(articles) == 1 else ""


def _line(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _html(container: Any, trust: bool = False, copied: bool = True) -> str:
    """trust: only what is never read goes; what an element is called does not count."""
    from lxml import etree

    part = deepcopy(container) if copied else container
    part.tail = None
    for element in list(part.iter(*_JUNK_TAGS)):
        _remove(element, part)
    for element in list(part.iter()):
        if element is not part and not trust and _is_junk(element) and not holds_post(element):
            _remove(element, part)
    shown(part)
    for element in part.iter("p"):
        if (element.text or "").startswith(CAPTION):
            element.tag = "figcaption"
    html: str = etree.tostring(part, encoding="unicode", method="html")
    return html.replace(CAPTION, "").replace(TWICE, "")


def _is_junk(element: Any) -> bool:
    if element.tag not in ("div", "section", "aside", "ul", "p", "span", "figure", "footer", "header", "details"):
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return bool(names.strip()) and bool(_JUNK_CLASS.search(names))


def _remove(element: Any, part: Any) -> None:
    if element is not part and element.getparent() is not None:
        element.drop_tree()
