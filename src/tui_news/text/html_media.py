"""Images, films and sounds of an article: what remains of them in a terminal is a line with an address."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from tui_news.text.html_scan import attributes
from tui_news.text.sanitize import clean_url

_NUMBER = re.compile(r"\s*(\d{1,5})(?:\.\d*)?(?:px)?\s*$")
_STYLE_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d{1,5})(?:\.\d+)?px", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S{1,200}\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?)", re.IGNORECASE)  # says nothing
_SMILEY = re.compile(r"\b(wp-smiley|emoji|emoticon|smiley|twemoji|emojione)\b", re.IGNORECASE)
_SOURCE = re.compile(r"<source\b([^>]{0,4000})>", re.IGNORECASE)
_AUDIO = ("soundcloud.com", "spotify.com", "bandcamp.com", "podcasts.apple.com", "audioboom.com", "libsyn.com")
_VIDEO = ("youtube.com", "youtube-nocookie.com", "youtu.be", "vimeo.com", "dailymotion.com", "twitch.tv", "ted.com")
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-lazy")


class Image(NamedTuple):
    """An image's address; `inline`: show only `alt`, in the text (emoji, icons)."""

    href: str | None
    alt: str
    inline: bool


def image(inside: str, base: str) -> Image | None:
    """What an <img> becomes; None for tracking pixels and images that say nothing."""
    a = attributes(inside)
    width, height = _size(a, "width"), _size(a, "height")
    alt = "" if _FILE_NAME.fullmatch(a.get("alt", "").strip()) else a.get("alt", "")
    small = max(width, height)
    if width in (0, 1) or height in (0, 1):
        return None
    if _SMILEY.search(a.get("class", "")) or (alt and 1 < small <= 32 and -1 not in (width, height)):
        return Image(None, alt, True)
    href = _source(a, base)
    return Image(href, alt, False) if href or alt else None


def embed(name: str, inside: str, content: str | None, base: str) -> tuple[str, str] | None:
    """The line and the address an <iframe>, <video>, <audio>, <object> or <embed> becomes; None if it shows nothing."""
    a = attributes(inside)
    if name == "iframe" and (_size(a, "width") in (0, 1) or _size(a, "height") in (0, 1)):
        return None
    given = a.get("src") or a.get("data") or next((a[k] for k in _LAZY if a.get(k)), "")
    if not given and content and (m := _SOURCE.search(content)):
        given = attributes(m[1]).get("src", "")
    href = clean_url(given, base) if given else None
    if not href or not href.startswith("http"):
        return None
    host = (urlsplit(href).hostname or "").removeprefix("www.")
    return f"{_label(name, host, a.get('type', ''))}: {host}", href


def _label(name: str, host: str, kind: str) -> str:
    if name == "audio" or kind.startswith("audio/") or _belongs(host, _AUDIO):
        return "Audio"
    if name == "video" or kind.startswith("video/") or _belongs(host, _VIDEO) or "video" in host:
        return "Video"
    return "Embedded"


def _belongs(host: str, sites: tuple[str, ...]) -> bool:
    return any(host == site or host.endswith("." + site) for site in sites)


def _size(a: dict[str, str], side: str) -> int:
    """Width or height in pixels, -1 if the page does not say."""
    if m := _NUMBER.match(a.get(side, "")):
        return int(m[1])
    return next((int(size) for which, size in _STYLE_SIZE.findall(a.get("style", "")) if which.lower() == side), -1)


def _source(a: dict[str, str], base: str) -> str | None:
    candidates = [a[k] for k in _LAZY if a.get(k)]  # before src, which is then a placeholder
    for key in ("src", "srcset", "data-srcset"):
        value = a.get(key, "").strip()
        if value:
            candidates.append(value.split()[0].rstrip(",") if key != "src" else value)
    for candidate in candidates:
        href = clean_url(candidate, base)
        if href and href.startswith("http"):
            return href
    return None
