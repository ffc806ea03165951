"""What each HTML element does to the text it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable

from tui_news.models import Span
from tui_news.models.article import SpanStyle
from tui_news.text.html_flow import Context, clean_attribute
from tui_news.text.html_lists import List
from tui_news.text.html_media import embed, image
from tui_news.text.html_reader import Reader
from tui_news.text.html_scan import attributes
from tui_news.text.html_tables import span_count
from tui_news.text.sanitize import clean_url, mask_url

Start = Callable[[Reader, str, str], None]
End = Callable[[Reader, str], None]

_LANGUAGE = re.compile(r"(?:^|\s)(?:language-|lang-|highlight-source-|brush:\s*)([\w+#.-]{1,30})").search
_CREDIT = re.compile(r"credit|source|copyright|photo|byline|author|rights", re.IGNORECASE).search
_PERMALINK = frozenset(("headerlink", "anchor-link", "heading-anchor", "anchorjs-link"))
_OWN_QUOTES = ("“", '"', "«", "„", "‘", "&ldquo;", "&quot;", "&#8220;", "&laquo;", "&bdquo;", "&#34;")
_STYLES: dict[str, SpanStyle] = {
    "em": "em", "i": "em", "dfn": "em", "var": "em",
    "strong": "strong", "b": "strong",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "sup": "sup", "sub": "sub", "del": "strike", "s": "strike", "strike": "strike",
    "mark": "mark", "ins": "mark",
}  # fmt: skip


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _block(r: Reader, name: str, inside: str) -> None:
    r.block(name, inside)


def _heading(r: Reader, name: str, inside: str) -> None:
    r.block(name, inside, r.flow.context._replace(kind="heading", level=int(name[1])))


def _quote(r: Reader, name: str, inside: str) -> None:
    r.block(name, inside, r.flow.context._replace(quote=r.flow.context.quote + 1))


def _caption(r: Reader, name: str, inside: str) -> None:
    r.block(name, inside, r.flow.context._replace(kind="caption", level=0, item=None))


def _pre(r: Reader, name: str, inside: str) -> None:
    r.block(name, inside, r.flow.context._replace(pre=True, lang=_language(inside)))


def _language(inside: str) -> str | None:
    m = _LANGUAGE(attributes(inside).get("class", "")) if "class" in inside else None
    return m[1] if m and m[1].isascii() else None


def _end(r: Reader, name: str) -> None:
    r.close(name)


def _paragraph_end(r: Reader, name: str) -> None:
    r.flow.flush()
    if r.stack and r.stack[-1][0] == "p":
        r.pop()


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _list(r: Reader, name: str, inside: str) -> None:
    r.flow.flush()
    context = r.flow.context
    if context.item:
        context.item[0] = ""  # an item that begins with a list of its own
    inner = context._replace(kind="item", level=len(r.lists) + 1, item=None)
    if r.block(name, inside, inner, _leave_list):
        a = attributes(inside) if name == "ol" and inside else {}
        r.lists.append(List(name == "ol", a, len(r.flow.out), inner.level))


def _leave_list(r: Reader) -> None:
    r.lists.pop().finish(r.flow.out)


def _item(r: Reader, name: str, inside: str) -> None:
    r.close_within(("li",), ("ul", "ol", "menu", "dir"))
    value = attributes(inside).get("value", "") if "value" in inside else ""
    marker = r.lists[-1].mark(value) if r.lists else "•"
    r.block(name, inside, r.flow.context._replace(kind="item", level=max(len(r.lists), 1), item=[marker]))


def _term(r: Reader, name: str, inside: str) -> None:
    r.close_within(("dt", "dd"), ("dl",))
    if r.block(name, inside, r.flow.context._replace(kind="para", level=0, item=None), lambda r: r.flow.close("dt")):
        r.flow.open("dt", "strong")


def _meaning(r: Reader, name: str, inside: str) -> None:
    r.close_within(("dt", "dd"), ("dl",))
    r.block(name, inside, r.flow.context._replace(kind="item", level=max(r.counts["dl"], 1), item=None))


def _summary(r: Reader, name: str, inside: str) -> None:
    if r.block(name, inside, None, lambda r: r.flow.close("summary")):
        r.flow.open("summary", "strong")


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _table(r: Reader, name: str, inside: str) -> None:
    r.flow.flush()
    r.flow.number()
    if r.block(name, inside, None, Reader.leave_table):
        r.open_table()


def _table_end(r: Reader, name: str) -> None:
    r.flow.flush()
    if r.over["table"]:
        r.over["table"] -= 1
    elif r.tables:
        r.close_to(r.tables[-1].depth - 1)


def _rows(r: Reader, name: str, inside: str = "") -> None:
    r.close_cell()
    if r.tables:
        r.tables[-1].table.in_head = name == "thead"


def _rows_end(r: Reader, name: str) -> None:
    _rows(r, "")


def _row(r: Reader, name: str, inside: str) -> None:
    r.close_cell()
    if r.tables:
        r.tables[-1].table.start_row()


def _cell(r: Reader, name: str, inside: str) -> None:
    r.close_cell()
    if not r.tables:
        return
    table = r.tables[-1].table
    c = r.flow.context
    if not r.block(name, inside, Context("caption" if name == "caption" else "para", 0, c.quote, c.pull, c.rtl),
                   Reader.leave_cell):  # fmt: skip
        return
    if name == "caption":
        r.flow.out = table.start_caption(r.flow.out)
        return
    a = attributes(inside) if "span" in inside else {}
    spans = span_count(a.get("colspan", "")), span_count(a.get("rowspan", ""))
    r.flow.out = table.start_cell(r.flow.out, name == "th", *spans)


def _cell_end(r: Reader, name: str) -> None:
    r.close_cell()


# ── inline ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _inline(r: Reader, name: str, inside: str) -> None:
    c = r.flow.context
    if not c.pre:
        r.flow.open(name, _STYLES[name])
    elif name == "code" and inside and c.lang is None:
        r.flow.context = c._replace(lang=_language(inside))


def _inline_end(r: Reader, name: str) -> None:
    r.flow.close(name)


def _span(r: Reader, name: str, inside: str) -> None:
    """A caption's credit stands on a line of its own on the page, and would be glued to the words before it here."""
    if r.flow.context.kind == "caption" and _CREDIT(inside):
        r.flow.text(" ")


def _cite(r: Reader, name: str, inside: str) -> None:
    """The source of a block quote stands on a line of its own, as browsers show it."""
    if r.flow.context.quote and r.stack[-1][0] != "p":
        r.flow.flush()
        r.flow.lead = "— "
    r.flow.open(name, "em")


def _link(r: Reader, name: str, inside: str) -> None:
    a = attributes(inside) if inside else {}
    if "class" in a and not _PERMALINK.isdisjoint(a["class"].split()) and r.scanner.skip("a") is not None:
        return
    r.flow.close("a")
    href = clean_url(a["href"], r.base) if a.get("href") else None
    r.flow.open("a", "link" if href else None, href)


def _q(r: Reader, name: str, inside: str) -> None:
    r.flow.quote(bare=r.scanner.ahead(*_OWN_QUOTES))


def _q_end(r: Reader, name: str) -> None:
    r.flow.unquote()


def _break(r: Reader, name: str, inside: str = "") -> None:
    r.flow.line_break()


def _reading(r: Reader, name: str, inside: str) -> None:
    r.scanner.skip_reading()


# ── media ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rule(r: Reader, name: str, inside: str) -> None:
    r.flow.put("rule")


def _image(r: Reader, name: str, inside: str) -> None:
    found = image(inside, r.base)
    if found is None:
        return
    alt = clean_attribute(found.alt)
    if found.inline:
        r.flow.characters(alt)
        return
    link = next((s.href for s in reversed(r.flow.styles) if s.name == "a"), None)
    r.flow.put("image", alt, found.href, (Span(0, len(alt), "link", link),) if link and alt else ())


def _embed(r: Reader, name: str, inside: str) -> None:
    content = None if name == "embed" or _is_empty(inside) else r.scanner.skip(name, nested=False)
    if found := embed(name, inside, content, r.base):
        r.flow.flush()
        r.flow.number()
        r.flow.put("embed", clean_attribute(mask_url(found[0])), found[1])


def _object(r: Reader, name: str, inside: str) -> None:
    """What stands inside is shown where the object itself has no address."""
    if attributes(inside).get("data"):
        _embed(r, name, inside)


# ── what is not for reading ──────────────────────────────────────────────────────────────────────────────────────


def _is_empty(inside: str) -> bool:
    """XML's own end of an empty element: feeds made of XHTML have <script/> and <iframe/>."""
    return inside[-2:] in ('"/', "'/", " /", "/")


def _dropped(r: Reader, name: str, inside: str) -> None:
    if not _is_empty(inside):
        r.scanner.skip(name)


def _raw(r: Reader, name: str, inside: str) -> None:
    """Scripts and style sheets: without an end tag they take the rest, as in browsers."""
    if not _is_empty(inside) and r.scanner.skip(name, nested=False) is None:
        r.scanner.skip_all()


def _dialog(r: Reader, name: str, inside: str) -> None:
    if "open" in attributes(inside) or r.scanner.skip(name) is None:
        r.block(name, inside)


def _base(r: Reader, name: str, inside: str) -> None:
    if not r.flow.out and r.base.startswith("http"):
        r.base = clean_url(attributes(inside).get("href", ""), r.base) or r.base


_BLOCKS = str.split(
    "address article aside body center details div dl fieldset figure footer form header hgroup html"
    " legend main p search section"
)

STARTS: dict[str, Start] = {
    **dict.fromkeys(_BLOCKS, _block),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(_STYLES, _inline),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _list),
    **dict.fromkeys(("thead", "tbody", "tfoot"), _rows),
    **dict.fromkeys(("td", "th", "caption"), _cell),
    **dict.fromkeys(("iframe", "video", "audio", "embed"), _embed),
    **dict.fromkeys(("script", "style"), _raw),
    **dict.fromkeys(("rt", "rp"), _reading),
    **dict.fromkeys(
        str.split(
    "template noscript svg math head title textarea select button nav xmp noembed noframes datalist"
    " canvas map"
),
        _dropped,
    ),
    "a": _link, "base": _base, "blockquote": _quote, "br": _break, "cite": _cite, "dd": _meaning, "dialog": _dialog,
    "dt": _term, "figcaption": _caption, "hr": _rule, "img": _image, "li": _item, "object": _object, "pre": _pre,
    "q": _q, "small": _span, "span": _span, "summary": _summary, "table": _table, "tr": _row,
}  # fmt: skip

ENDS: dict[str, End] = {
    **dict.fromkeys(_BLOCKS, _end),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _end),
    **dict.fromkeys(("ul", "ol", "menu", "dir", "li", "dt", "dd", "summary"), _end),
    **dict.fromkeys(("blockquote", "dialog", "pre", "figcaption"), _end),
    **dict.fromkeys((*_STYLES, "a", "cite"), _inline_end),
    **dict.fromkeys(("td", "th", "caption", "tr"), _cell_end),
    **dict.fromkeys(("thead", "tbody", "tfoot"), _rows_end),
    "br": _break, "p": _paragraph_end, "q": _q_end, "table": _table_end,
}  # fmt: skip
