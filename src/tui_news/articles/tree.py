"""The extractor's tree (a small TEI) as plain HTML, which `text.html` turns into blocks like any feed's body.

Its own HTML output makes every list unordered and forgets captions.
"""

from __future__ import annotations

from html import escape
from typing import Any

from tui_news.articles.embeds import MARKED
from tui_news.articles.repair import CAPTION, TWICE

_STYLES = {
    "#b": "strong", "#i": "em", "#u": "u", "#t": "code", "#sub": "sub", "#sup": "sup",
}  # fmt: skip
_SAME = {"p": "p", "quote": "blockquote", "item": "li", "del": "s", "table": "table", "row": "tr", "hi": "em"}
_EMPTY = {"lb": "<br>", "graphic": "", "media": ""}
_PARTS = frozenset(("p", "quote", "item", "head", "cell", "list"))


def to_html(body: Any) -> str:
    """HTML of the extractor's tree. Iterative, so that depth costs nothing."""
    out: list[str] = []
    stack: list[tuple[Any, str | None]] = [(child, None) for child in reversed(body)]
    if body.text:
        out.append(escape(body.text))
    while stack:
        element, closing = stack.pop()
        if closing is not None:
            out.append(closing + escape(_unmarked(element.tail)))
            continue
        opening, closing = _tags(element)
        out.append(opening + escape(_unmarked(element.text)))
        stack.append((element, closing))
        stack.extend((child, None) for child in reversed(element))
    return "".join(out)


def _unmarked(text: str | None) -> str:
    return MARKED.sub("", (text or "").replace(TWICE, "")).replace(CAPTION, "")


def _tags(element: Any) -> tuple[str, str]:
    """How an element opens and closes."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag == "p" and (element.text or "").lstrip().startswith(CAPTION):
        return "<figcaption>", "</figcaption>"
    if tag == "p" and (found := MARKED.match((element.text or "").strip())):
        return f'<iframe src="{escape(found[1])}">', "</iframe>"
    if tag == "head":
        level = str(element.get("rend") or "h2")
        level = level if level in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2"
        return f"<{level}>", f"</{level}>"
    if tag == "list":
        return ("<ol>", "</ol>") if element.get("rend") == "ol" else ("<ul>", "</ul>")
    if tag == "cell":
        return ("<th>", "</th>") if element.get("role") == "head" else ("<td>", "</td>")
    if tag == "graphic":
        return f'<img src="{escape(element.get("src") or "")}" alt="{escape(element.get("alt") or "")}">', ""
    if tag == "ref":
        return f'<a href="{escape(element.get("target") or "")}">', "</a>"
    if tag == "code":
        return _code(element)
    name = _STYLES.get(str(element.get("rend") or "")) if tag == "hi" else None
    name = name or _SAME.get(tag)
    return (f"<{name}>", f"</{name}>") if name else (_EMPTY.get(tag, ""), "")


def _code(element: Any) -> tuple[str, str]:
    """A block of code stands by itself, or has lines; else it is a word in a sentence."""
    parent = element.getparent()
    alone = parent is not None and parent.tag not in _PARTS | {"hi", "ref"}
    lines = "\n" in "".join(element.itertext()).strip() or any(child.tag == "lb" for child in element)
    return ("<pre><code>", "</code></pre>") if alone or lines else ("<code>", "</code>")
