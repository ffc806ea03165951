"""Films, maps and posts that a page shows in a frame or a box, made ready for the extractor, which would lose them.

A frame becomes a paragraph of a mark and its address, which `tree` and `container` turn back; a post from a network
loses the names of its boxes ("social-media-embed"), by which the extractor takes it for buttons to share.
"""

from __future__ import annotations

import re
from typing import Any

from tui_news.articles.furniture import POST

EMBED = "⸸⸸"  # starts the paragraph of a frame; its address follows
MARKED = re.compile(f"{EMBED}(\\S*)")
_SHOWN = re.compile(
    r"//(?:[\w-]+\.)*(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|twitch\.tv|ted\.com|soundcloud\.com|"
    r"spotify\.com|bandcamp\.com|podcasts\.apple\.com|audioboom\.com|libsyn\.com|google\.com/maps|openstreetmap\.org|"
    r"twitter\.com|x\.com|instagram\.com|tiktok\.com|facebook\.com/plugins/(?:video|post)|datawrapper\.de|dwcdn\.net|"
    r"flourish\.studio|archive\.org|nrk\.no|svt\.se|ardmediathek\.de|arte\.tv|bbc\.co(?:m|\.uk)|streamable\.com|acast\.com)[/:?]",
    re.IGNORECASE,
)
_FRAMES = ("iframe", "embed", "object")
_AROUND = 4  # boxes around a post whose names go
_MOST = 50  # frames of one page: more are no story's


def keep_embeds(root: Any) -> None:
    """Changes the tree in place."""
    body = root.find("body")
    if body is None:
        return
    for frame in list(body.iter(*_FRAMES))[:_MOST]:
        address = _address(frame)
        if address and frame.getparent() is not None:
            _say(frame, address)
    for quote in body.iter("blockquote"):
        if POST.search(quote.get("class") or ""):
            _unname(quote)


def shown(part: Any) -> None:
    """Turns the marked paragraphs of a container back into frames."""
    for element in list(part.iter("p")):
        found = MARKED.match((element.text or "").strip())
        if found:
            element.tag, element.text = "iframe", None
            element.attrib.clear()
            element.set("src", found[1])


def _address(frame: Any) -> str:
    """The frame's address, if it is a film, a sound, a map or a post that a story shows; others are advertisements."""
    given = str(frame.get("src") or frame.get("data-src") or frame.get("data") or "").strip()
    small = any((frame.get(side) or "") in ("0", "1") for side in ("width", "height"))
    return given if not small and " " not in given and _SHOWN.search(given) else ""


def _say(frame: Any, address: str) -> None:
    parent = frame.getparent()
    place = frame
    if parent.tag == "p":  # paragraphs do not nest: the frame's stands behind
        place = frame.makeelement("p")
        parent.addnext(place)
        place.tail, parent.tail = parent.tail, None
        frame.drop_tree()
    for child in list(place):
        place.remove(child)
    place.tag = "p"
    place.attrib.clear()
    place.text = EMBED + address


def _unname(quote: Any) -> None:
    words = len(quote.text_content().split())
    quote.attrib.clear()
    for box in list(quote.iterancestors())[:_AROUND]:
        if box.tag not in ("div", "figure", "section", "aside") or len(box.text_content().split()) > words + 5:
            return
        box.attrib.clear()
        box.tag = "div"
