"""What a page's own markup says is no part of its story: taken off the tree before anything reads it.

An element goes by the words of its class and id, never by what it says; and never if it holds a good part of the page's
text, for pages wrap whole stories in a `share-container` or a `paywall`.
"""

from __future__ import annotations

import re
from typing import Any

MOST = 0.25  # of the page's text: what holds more is the story, or around it
PROSE = 600  # characters of running text that something with a doubtful name may hold and still be furniture
_TEXT_TAGS = ("p", "li", "h2", "h3", "blockquote", "td", "pre")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_GAP = re.compile(r"[^a-z0-9]+")
# Words of a class or id. What a name means is in the word beside it as often as in itself.
_FURNITURE = re.compile(
    r" (?:newsletters?|related(?: \w+)?|recirc\w*|recommend\w*|promos?|promoted|promotion|trending"
    r"|most (?:read|popular|viewed)|popular (?:posts|articles|stories)|outbrain|taboola|read (?:more|next|also)"
    r"|also read|more (?:about|from|on|in|stories|news|like)|see also|up next|next (?:article|story|post|up)"
    r"|you may also?|sharedaddy|addtoany|addthis|(?:about|bio) (?:the )?author|biography"
    r"|author (?:\w+ )?(?:bio|box|info|card|description|details|profile|about)"
    r"|tag list|tag cloud|post tags|breadcrumbs?|cookies?|gdpr|lightbox|popup|pop up"
    r"|comments?|commenting|disqus|respond|jp relatedposts|wp block jetpack subscriptions|sponsored) "
)
# The same in a name may be a layout, or the state of a story that a script is to show: these go only with little prose.
_DOUBTFUL = re.compile(
    r" (?:subscribe|subscription|sign ?up|shares?|sharing|social|contributors?|tags|keywords|consent|modal|popover"
    r"|tooltip|dropdown|drawer|menu|navbar|navigation|(?<! has )(?<! with )(?<! no )sidebar|advert\w*|ads?|adslot"
    r"|sponsor\w*|banner|log ?in|screen reader(?: text)?|sr only|visually ?hidden|print only|no ?print|hidden|d none"
    r"|teasers|copyright|disclaimer|disclosure|affiliate|follow us|tip ?line|news tip|app download|author content"
    r"|trinity|listen to article|(?:audio|video|media|jw) player|video js) "
)
_STORY = re.compile(r" (?:pull ?quotes?|quotes?|blockquote|footnotes?|references) ")
POST = re.compile(r"(?:twitter|instagram|tiktok|bluesky|mastodon|threads|reddit|fb)-(?:tweet|media|embed|post|xfbml)")
_BODY = re.compile(
    r" (?:article|story|post|entry|main|field name|page)(?: \w+)? (?:body|content|text|container|wrapper) "
)
_DROPPED = frozenset(("button", "nav", "dialog", "select", "textarea", "amp-sidebar", "amp-lightbox"))
_NEVER = frozenset(
    ("html", "body", "main", "article", "p", "h1", "table", "tbody", "tr", "td", "pre", "code", "blockquote", "b",
     "strong", "em", "i", "u", "mark", "abbr")
)  # fmt: skip
_PATIENCE = 2_000  # named elements that turned out to be the story, or around it: measuring each costs its size


def prune(root: Any) -> None:
    """Takes the page's furniture off its tree."""
    body = root.find("body")
    if body is None:
        return
    most = MOST * _size(body)
    stack, patience = [body], _PATIENCE
    while stack and patience:
        element = stack.pop()
        for child in reversed(element):
            if not isinstance(child.tag, str):
                continue
            if not _is_named(child):
                stack.append(child)
            elif is_furniture(child, most):
                child.drop_tree()
            else:
                stack.append(child)
                patience = max(0, patience - 1)


def _is_named(element: Any) -> bool:
    if element.tag in _NEVER:
        return False
    return element.tag in _DROPPED or _is_hidden(element) or _suspect(words(element)) > 0


def _suspect(names: str) -> int:
    """2 for a name that says furniture, 1 for one that may, 0 for others and those of stories."""
    if not names or _BODY.search(names) or _STORY.search(names):
        return 0
    return 2 if _FURNITURE.search(names) else 1 if _DOUBTFUL.search(names) else 0


def is_furniture(element: Any, most: float) -> bool:
    """Whether a named element is small enough to go; most: characters that a piece of furniture may hold at all."""
    if _size(element) > most or (element.tag not in _DROPPED and holds_post(element)):
        return False
    sure = element.tag in _DROPPED or _suspect(words(element)) == 2
    return sure or _prose(element) <= PROSE


def holds_post(element: Any) -> bool:
    """Whether it wraps a post from a network that the story quotes ("social-media-embed")."""
    return any(POST.search(quote.get("class") or "") for quote in element.iter("blockquote"))


def _is_hidden(element: Any) -> bool:
    style = element.get("style") or ""
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or ("display" in style and re.search(r"display\s*:\s*none", style) is not None)
    )


def _prose(element: Any) -> int:
    """Characters in paragraphs that are sentences, not links."""
    total = 0
    for part in element.iter("p", "blockquote", "li"):
        size = len(part.text_content())
        linked = sum(len(link.text_content()) for link in part.iter("a"))
        total += size if size > 80 and linked < 0.5 * size else 0
    return total


def words(element: Any) -> str:
    """The words of an element's class and id, lower case, each with a space on both sides; "" without any."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not named.strip():
        return ""
    return f" {_GAP.sub(' ', _CAMEL.sub(' ', named[:500]).lower()).strip()} "


def _size(element: Any) -> int:
    """Characters of text in paragraphs and their like."""
    return sum(len(part.text_content()) for part in element.iter(*_TEXT_TAGS) if part.getparent().tag not in _TEXT_TAGS)


def pruned_html(html: str) -> str:
    """A fragment without its furniture; as it was when it cannot be read."""
    from lxml import etree
    from lxml import html as lxml_html

    try:
        root = lxml_html.document_fromstring(f"<html><body>{html}</body></html>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return html
    prune(root)
    pruned: str = etree.tostring(root.find("body"), encoding="unicode", method="html")
    return pruned
