"""A page made ready for the extractor, which loses what it has no word for: quotation marks of <q>, captions, line
breaks used as paragraphs, ruby, a paragraph said twice. What cannot be said in its words is marked with pairs
of rare letters, which `tree` reads back."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from tui_news.articles.embeds import EMBED, keep_embeds
from tui_news.articles.furniture import prune
from tui_news.text.references import allowed_references

# Pairs of letters that no text holds; private characters would not do, for the extractor drops what is not printable.
CAPTION = "⸸⸹"  # starts a caption's paragraph
TWICE = "⸹⸸"  # ends a paragraph equal to the one before, so that it is not taken for a mistake
_MARKS = re.compile(f"{CAPTION}|{TWICE}|{EMBED}|[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_XML = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
# A credit is as good for the next picture; any other caption said twice is one picture in two sizes.
_CREDIT = re.compile(
    r"(?:photo|foto|bild|image|credit|courtesy|illustration|kuva|фото)\b.{0,60}$|©.{0,60}$", re.IGNORECASE
)
_PICTURES = ("img", "picture", "amp-img", "noscript", "svg", "source")
_CAPTION_NAME = re.compile(
    r"(?:^|[\s_-])(?:\w*caption|captions?-?text|(?:photo|image|media|picture)?-?credits?|image-agency|bildunterschrift|"
    r"bildtext|legende|image-?(?:source|copyright|description))(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    (
        "p", "div", "ul", "ol", "li", "table", "blockquote", "pre", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
        "section", "article", "aside", "header", "footer", "form", "hr", "dl", "tr", "td", "iframe", "main", "nav",
    )
)  # fmt: skip
_OFF_PAGE = (
    "//*[@id='respond' or @id='commentform' or @id='disqus_thread']",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' comment-respond ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' comments-area ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' wp-block-comments ')]",
    "//ol[contains(@class, 'comment-list') or contains(@class, 'commentlist')]",
    "//*[contains(@class, 'sharedaddy') or contains(@class, 'jp-relatedposts') or contains(@class, 'addtoany')]",
    "//template",
    "//*[contains(@class, 'wp-block-jetpack-subscriptions') or contains(@class, 'cookie-notice')]",
)


def page_tree(html: str) -> Any | None:
    """The page's tree; None for an empty page. Characters no page may hold, and our own marks, are gone."""
    from lxml import etree
    from lxml import html as lxml_html

    # lxml reads "&#1;", and takes no such text back.
    text = allowed_references(_MARKS.sub("", _XML.sub("", html, count=1)))
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def repair(root: Any, url: str = "", breaks: bool = True) -> bool:
    """Changes the tree in place; whether line breaks were made paragraphs (`breaks` allows it)."""
    _absolute(root, url)
    for path in _OFF_PAGE:
        for element in root.xpath(path):
            _remove(element)
    prune(root)
    keep_embeds(root)
    _plain_ruby(root)
    _quote_marks(root)
    split = breaks and _break_paragraphs(root)
    _mark_captions(root)
    _mark_repeats(root)
    return split


def _absolute(root: Any, url: str) -> None:
    """The extractor joins links to the site, not to the page."""
    base = next((str(element.get("href")) for element in root.iter("base") if element.get("href")), "")
    for element in root.iter("a", "img"):
        name = "href" if element.tag == "a" else "src"
        link = (element.get(name) or "").strip()
        if link and not link.startswith(("http:", "https:", "#", "data:", "builtin:")):
            try:
                element.set(name, urljoin(urljoin(url, base), link))
            except ValueError:
                del element.attrib[name]


def _remove(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _plain_ruby(root: Any) -> None:
    """The base text stays, readings go: run together they would read as one word."""
    for element in list(root.iter("rt", "rp", "rtc")):
        _remove(element)
    for element in list(root.iter("ruby", "rb")):
        element.drop_tag()


def _quote_marks(root: Any) -> None:
    for element in list(root.iter("q")):
        element.text = "“" + (element.text or "")
        if len(element):
            element[-1].tail = (element[-1].tail or "") + "”"
        else:
            element.text += "”"
        element.drop_tag()


def _break_paragraphs(root: Any) -> bool:
    """Two or more <br> in a row end a paragraph; whether there were any."""
    parents = {}
    for br in root.iter("br"):
        after = br.getnext()
        if after is not None and after.tag == "br" and not (br.tail or "").strip():
            parents[br.getparent()] = True
    for parent in parents:
        if parent is not None and parent.tag in ("p", "div", "td", "blockquote", "section", "article", "li", "font"):
            _split(parent)
    return bool(parents)


def _split(parent: Any) -> None:
    """Wraps each stretch of inline content between runs of <br> in a paragraph of its own."""
    from lxml import etree

    children = list(parent)
    stretch = etree.SubElement(parent, "p")
    parent.remove(stretch)
    stretch.text, parent.text = parent.text, None
    for child in children:
        parent.remove(child)
    done: list[Any] = []
    for index, child in enumerate(children):
        if child.tag == "br" and _in_run(children, index):
            done.append(stretch)
            stretch = etree.Element("p")
            stretch.text, child.tail = child.tail, None
        elif child.tag in _BLOCKS:
            done += [stretch, child]
            stretch = etree.Element("p")
            stretch.text, child.tail = child.tail, None
        else:
            stretch.append(child)
    done.append(stretch)
    for element in done:
        if element.tag != "p" or len(element) or (element.text or "").strip():
            parent.append(element)
    if parent.tag in ("p", "font"):
        parent.tag = "div"


def _in_run(children: list[Any], index: int) -> bool:
    """Whether a <br> has another beside it with nothing between."""
    br = children[index]
    before = children[index - 1] if index else None
    after = children[index + 1] if index + 1 < len(children) else None
    if after is not None and after.tag == "br" and not (br.tail or "").strip():
        return True
    return before is not None and before.tag == "br" and not (before.tail or "").strip()


def _mark_captions(root: Any) -> None:
    """Captions of images become marked paragraphs; the extractor drops <figcaption>. Each is said once, and those
    of teasers (a linked figure) not at all."""
    said: set[str] = set()
    places = [element for element in root.iter("figcaption", "p", "div", "span", "dd") if _may_be_caption(element)]
    for element in places:
        text = " ".join(element.text_content().split())
        if (text in said and not _CREDIT.match(text)) or not _is_caption(element, text):
            continue
        said.add(text)
        for inner in list(element.iter()):
            if inner is not element and inner.tag in _BLOCKS:
                inner.drop_tag()
        element.tag = "p"
        element.attrib.clear()
        element.text = CAPTION + (element.text or "").lstrip()


def _may_be_caption(element: Any) -> bool:
    if element.tag == "figcaption":
        return True
    names = str(element.get("class") or "")
    return bool(names and _CAPTION_NAME.search(names)) and next(element.iter("figcaption", "img"), None) is None


def _is_caption(element: Any, text: str) -> bool:
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    if not 0 < len(text) <= 1_000 or linked > 0.5 * len(text):
        return False
    if next(element.iterancestors("a"), None) is not None or text.startswith(CAPTION):
        return False
    figure = next(element.iterancestors("figure"), None)
    return _has_picture(element.getparent() if figure is None else figure) or _beside_picture(element, len(text))


def _has_picture(element: Any) -> bool:
    return element is not None and next(element.iter(*_PICTURES), None) is not None


def _beside_picture(element: Any, size: int) -> bool:
    """Whether one of the boxes around it holds a picture and hardly any other text."""
    box = element.getparent()
    for _ in range(3):
        box = box.getparent() if box is not None else None
        if box is None or box.tag in ("body", "main", "article") or len(box.text_content()) > 2 * size + 400:
            return False
        if _has_picture(box):
            return True
    return False


def _mark_repeats(root: Any) -> None:
    before, times = "", 0
    for element in root.iter("p"):
        text = element.text_content().strip()
        times = times + 1 if text == before and not text.startswith(CAPTION) and any(map(str.isalnum, text)) else 0
        before = text
        marks = TWICE * (times % 9)  # neighbours must differ; a mark for every repeat would grow with their square
        if marks:
            last = element[-1] if len(element) else None
            if last is None:
                element.text = (element.text or "") + marks
            else:
                last.tail = (last.tail or "") + marks
