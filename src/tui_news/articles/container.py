"""The part of a page that its own markup names as the story's body. WordPress and its like say it plainly."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from tui_news.articles.repair import CAPTION, TWICE

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
_JUNK_CLASS = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|sharedaddy|social|related|newsletter|subscribe|subscription|signup|promo|"
    r"author-?(?:box|bio|info)|tags?-links|post-?(?:tags|nav|navigation|footer|meta)|advert\w*|ads?|sponsor\w*|"
    r"cookie\w*|popup|modal|comments?|breadcrumbs?|toc|screen-reader-text|news-tip|recommend\w*|trending|"
    r"print|hidden|sr-only|visually-hidden|disclaimer|paywall)(?:$|[\s_-])"
)


def story_html(root: Any) -> str:
    """HTML of the page's one story container without its furniture, "" when there is none, or several."""
    for path in _PATHS:
        found = root.xpath(path)
        outer = [element for element in found if not any(above in found for above in element.iterancestors())]
        if len(outer) == 1:
            return _html(outer[0])
    return ""


def _html(container: Any) -> str:
    from lxml import etree

    part = deepcopy(container)
    part.tail = None
    for element in list(part.iter(*_JUNK_TAGS)):
        _remove(element, part)
    for element in list(part.iter()):
        if element is not part and _is_junk(element):
            _remove(element, part)
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
