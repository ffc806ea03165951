"""HTML to blocks: what feeds, pages and comments are made of. Never raises, never recurses, linear in its input.

Elements follow the HTML standard's meaning, not its error rules to the letter: a missing end tag costs at most the
structure around it, never the words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tui_news.models import Block
from tui_news.text.html_inline import Inline
from tui_news.text.html_tables import Table
from tui_news.text.html_tokens import Token, tokens
from tui_news.text.html_values import embed_text, image_address, is_pixel, is_pull, item_marker, whole_number
from tui_news.text.sanitize import clean_line, clean_text, clean_url, mask_url

DEEPEST = 200  # elements; deeper ones keep their words and lose their structure
MOST_BLOCKS = 20_000
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DROPPED = frozenset(
    ("script", "style", "template", "noscript", "svg", "math", "head", "title", "textarea", "select", "button", "nav")
    + ("xmp", "noembed", "noframes", "dialog", "datalist", "canvas", "map")
)
_VOID = frozenset(
    ("br", "hr", "img", "input", "meta", "link", "source", "wbr", "col", "area", "base", "track", "param")
)
_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "html", "li", "main", "ol", "p", "pre", "section", "summary", "ul", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"]
) | frozenset(_HEADINGS)
# An element that starts ends these, as far as the nearest element of the second set.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(("li", "p")), frozenset(("ul", "ol", "table"))),
    "dt": (frozenset(("dt", "dd", "p")), frozenset(("dl", "table"))),
    "dd": (frozenset(("dt", "dd", "p")), frozenset(("dl", "table"))),
    "tr": (frozenset(("tr", "td", "th", "p")), frozenset(("table",))),
    "td": (frozenset(("td", "th", "p")), frozenset(("tr", "table"))),
    "th": (frozenset(("td", "th", "p")), frozenset(("tr", "table"))),
}
_END_P = (frozenset(("p",)), frozenset(("blockquote", "td", "th", "li", "table", "figure", "div")))


@dataclass(frozen=True, slots=True)
class Context:
    """What the elements around a text make of it."""

    kind: str = "para"
    level: int = 0
    quote: int = 0
    depth: int = 0
    pull: bool = False
    rtl: bool = False
    dropped: bool = False


@dataclass(slots=True)
class List:
    """A list that is open: `next` is its next number, None when it is not numbered."""

    next: int | None = None
    step: int = 1
    style: str = "1"


def html_to_blocks(html: str, base: str = "") -> tuple[Block, ...]:
    """The blocks of an HTML fragment or document. base: what relative links are relative to."""
    builder = Builder(base)
    for token in tokens(html):
        builder.take(token)
        if builder.count > MOST_BLOCKS:
            break
    return builder.finish()


class Builder:
    """Takes tokens, gives blocks. One stack of open elements; each remembers the context before it."""

    def __init__(self, base: str) -> None:
        self.base, self.context = base, Context()
        self.stack: list[tuple[str, Context]] = []
        self.out: list[Block] = []
        self.inline = Inline()
        self.lists: list[List] = []
        self.tables: list[Table] = []
        self.marker, self.language, self.count = "", "", 0
        self.media = ""

    def take(self, token: Token) -> None:
        if token.kind == "text":
            if not self.context.dropped:
                self.inline.add(token.data)
        elif token.kind == "end":
            self.end(token.data)
        elif self.context.dropped and token.data != "body":
            if token.data not in _VOID:
                self.push(token.data)
        else:
            self.start(token)

    def finish(self) -> tuple[Block, ...]:
        self.flush()
        while self.tables:
            self.end_table()
        return tuple(self.out)

    # elements
    def push(self, name: str) -> None:
        if len(self.stack) < DEEPEST:
            self.stack.append((name, self.context))

    def start(self, token: Token) -> None:
        name, attributes = token.data, token.attributes or {}
        if name == "body":
            self.close_to(0)  # a <head> that never ended does not swallow the page
        if name in _BLOCKS:
            self.flush()
            self.close_implied(name)
        if name in _VOID or name == "iframe":
            self.void(name, attributes)
            return
        if len(self.stack) >= DEEPEST and name not in ("table", "tr", "td", "th"):
            return
        self.push(name)
        style = attributes.get("style", "").replace(" ", "").lower()
        if name in _DROPPED or "hidden" in attributes or "display:none" in style:
            self.context = replace(self.context, dropped=True)
            return
        if attributes.get("dir", "").lower() in ("rtl", "ltr"):
            self.context = replace(self.context, rtl=attributes["dir"].lower() == "rtl")
        handler = STARTS.get(name)
        if handler:
            handler(self, attributes)
        elif name in _HEADINGS:
            self.context = replace(self.context, kind="heading", level=_HEADINGS[name])
        elif self.context.kind == "code":
            self.language = self.language or _language(attributes)
        else:
            self.inline.open(name, clean_url(attributes.get("href", ""), self.base) if name == "a" else None)
        if name in ("aside", "figure", "div", "blockquote", "p") and is_pull(attributes.get("class", "")):
            self.context = replace(self.context, pull=True)

    def close_implied(self, name: str) -> None:
        ends, barrier = _ENDS.get(name, _END_P)
        for index in range(len(self.stack) - 1, max(-1, len(self.stack) - 40), -1):
            element = self.stack[index][0]
            if element in barrier:
                return
            if element in ends:
                self.close_to(index)
                if element in ("p", name):
                    return

    def end(self, name: str) -> None:
        if name in _BLOCKS and not self.context.dropped:
            self.flush()
        if name == "br":
            self.void("br", {})
        for index in range(len(self.stack) - 1, max(-1, len(self.stack) - 60), -1):
            if self.stack[index][0] == name:
                self.close_to(index)
                return
        self.inline.close(name)

    def close_to(self, index: int) -> None:
        """Close the element at this place in the stack with all that is open inside it."""
        while len(self.stack) > index:
            name, before = self.stack.pop()
            if not self.context.dropped:
                self.leave(name)
            self.context = before

    def leave(self, name: str) -> None:
        if name in _BLOCKS:
            self.flush()
        if name in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif name == "table" and self.tables:
            self.end_table()
        elif name in ("td", "th") and self.tables:
            self.out = self.tables[-1].end_cell(self.out)
        elif name == "caption" and self.tables:
            self.out = self.tables[-1].end_caption(self.out)
        elif name == "pre":
            self.inline.verbatim, self.language = False, ""
        elif name == "li":
            self.marker = ""
        elif name == "q":
            self.inline.add("’" if self.inline.quoting % 2 == 0 else "”")
            self.inline.quoting -= 1
        elif name in ("video", "audio"):
            self.embed(self.media, name)
        self.inline.close(name)

    # what has no content
    def void(self, name: str, attributes: dict[str, str]) -> None:
        if name == "br":
            self.line_break()
        elif name == "hr":
            self.flush()
            self.put(Block("rule", "", quote=self.context.quote))
        elif name == "img":
            self.image(attributes)
        elif name == "iframe":
            self.embed(attributes.get("src", ""), "iframe")
        elif name == "source" and not self.media:
            self.media = attributes.get("src", "")
        elif name == "base" and not self.out and self.base.startswith("http"):
            self.base = clean_url(attributes.get("href", ""), self.base) or self.base

    def line_break(self) -> None:
        """One is a new line, two are a new paragraph: what pages without <p> mean by them."""
        if self.inline.break_line():
            self.flush()

    def image(self, attributes: dict[str, str]) -> None:
        alt = clean_line(attributes.get("alt", ""), 500)
        if "smiley" in attributes.get("class", "") or "emoji" in attributes.get("class", ""):
            self.inline.add(alt)
            return
        if is_pixel(attributes):
            return
        address = image_address(attributes, self.base)
        if alt or address:
            self.flush()
            self.put(Block("image", alt, quote=self.context.quote, href=address))

    def embed(self, address: str, element: str) -> None:
        href = clean_url(address, self.base)
        self.media = ""
        if href and href.startswith("http"):
            self.flush()
            self.put(Block("embed", embed_text(mask_url(href), element), quote=self.context.quote, href=href))

    # blocks
    def put(self, block: Block) -> None:
        self.count += 1
        self.out.append(block)

    def flush(self) -> None:
        """End the block that is being written, if it has any text."""
        text, spans = self.inline.take()
        if not text:
            return
        context = self.context
        kind, level, marker = context.kind, context.level, ""
        if kind == "para" and context.depth:
            kind, level, marker, self.marker = "item", context.depth, self.marker, ""
        rtl = context.rtl or self.inline.rtl(text)
        self.put(
            Block(
                kind,  # type: ignore[arg-type]
                text,
                () if kind == "code" else spans,
                level=level,
                quote=context.quote,
                marker=marker,
                lang=(self.language or None) if kind == "code" else None,
                pull=context.pull,
                rtl=rtl,
            )
        )

    def end_table(self) -> None:
        self.flush()
        table = self.tables.pop()
        self.out = table.end(self.out, self.context.quote)


def _language(attributes: dict[str, str]) -> str:
    for name in attributes.get("class", "").split():
        for prefix in ("language-", "lang-", "highlight-source-", "brush:"):
            if name.startswith(prefix):
                return clean_text(name.removeprefix(prefix), 30)
    return ""


Start = Callable[[Builder, dict[str, str]], None]


def _quote(builder: Builder, attributes: dict[str, str]) -> None:
    builder.context = replace(builder.context, quote=builder.context.quote + 1, kind="para", level=0, depth=0)


def _list(ordered: bool) -> Start:
    def start(builder: Builder, attributes: dict[str, str]) -> None:
        step = -1 if "reversed" in attributes else 1
        number = whole_number(attributes.get("start", ""), 1)
        builder.lists.append(List(number if ordered else None, step, attributes.get("type", "1")))
        builder.context = replace(builder.context, depth=builder.context.depth + 1, kind="para")

    return start


def _item(builder: Builder, attributes: dict[str, str]) -> None:
    if not builder.lists:
        builder.marker = "•"
        builder.context = replace(builder.context, depth=max(builder.context.depth, 1))
        return
    owner = builder.lists[-1]
    if owner.next is None:
        builder.marker = "•"
        return
    number = whole_number(attributes.get("value", ""), owner.next)
    builder.marker = item_marker(number, owner.style)
    owner.next = number + owner.step


def _pre(builder: Builder, attributes: dict[str, str]) -> None:
    builder.inline.verbatim = True
    builder.language = _language(attributes)
    builder.context = replace(builder.context, kind="code")


def _caption(builder: Builder, attributes: dict[str, str]) -> None:
    builder.context = replace(builder.context, kind="caption", depth=0)


def _table_caption(builder: Builder, attributes: dict[str, str]) -> None:
    _caption(builder, attributes)
    if builder.tables:
        builder.out = builder.tables[-1].start_caption(builder.out)


def _table(builder: Builder, attributes: dict[str, str]) -> None:
    if len(builder.tables) < 20:
        builder.tables.append(Table())


def _row(builder: Builder, attributes: dict[str, str]) -> None:
    if builder.tables:
        builder.tables[-1].start_row()


def _cell(header: bool) -> Start:
    def start(builder: Builder, attributes: dict[str, str]) -> None:
        if builder.tables:
            span = min(whole_number(attributes.get("colspan", ""), 1), 30)
            builder.out = builder.tables[-1].start_cell(builder.out, header, span)
            builder.context = replace(builder.context, depth=0, kind="para")

    return start


def _head(builder: Builder, attributes: dict[str, str]) -> None:
    if builder.tables:
        builder.tables[-1].in_head = True


def _body(builder: Builder, attributes: dict[str, str]) -> None:
    if builder.tables:
        builder.tables[-1].in_head = False


def _term(builder: Builder, attributes: dict[str, str]) -> None:
    builder.inline.open("strong", None)


def _meaning(builder: Builder, attributes: dict[str, str]) -> None:
    builder.inline.close("strong")
    builder.context = replace(builder.context, depth=builder.context.depth + 1, kind="para")


def _q(builder: Builder, attributes: dict[str, str]) -> None:
    builder.inline.quoting += 1
    builder.inline.add("‘" if builder.inline.quoting % 2 == 0 else "“")


def _cite(builder: Builder, attributes: dict[str, str]) -> None:
    """A quote's source stands on a line of its own, as it does in a browser."""
    if builder.context.quote:
        builder.flush()
        builder.inline.lead = "— "


def _media(builder: Builder, attributes: dict[str, str]) -> None:
    builder.media = attributes.get("src", "")


def _reading(builder: Builder, attributes: dict[str, str]) -> None:
    """Ruby: the base text is kept; a reading run into it would be unreadable."""
    builder.context = replace(builder.context, dropped=True)


STARTS: dict[str, Start] = {
    "blockquote": _quote,
    "ul": _list(False),
    "menu": _list(False),
    "ol": _list(True),
    "li": _item,
    "pre": _pre,
    "figcaption": _caption,
    "caption": _table_caption,
    "table": _table,
    "thead": _head,
    "tbody": _body,
    "tr": _row,
    "td": _cell(False),
    "th": _cell(True),
    "dt": _term,
    "dd": _meaning,
    "q": _q,
    "cite": _cite,
    "video": _media,
    "audio": _media,
    "rt": _reading,
    "rp": _reading,
}
