"""Reading attributes: numbers, markers, image addresses, what an embed is."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tui_news.text.sanitize import clean_line, clean_url

_VIDEO = ("youtube", "youtu.be", "vimeo", "dailymotion", "twitch", "video", "brightcove", "jwplayer")
_AUDIO = ("soundcloud", "spotify", "podcast", "audio", "bandcamp", "acast")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_SMALL = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def whole_number(text: str, default: int) -> int:
    """A number of at most six digits, else the default."""
    return int(text) if re.fullmatch(r"\s*-?[0-9]{1,6}\s*", text) else default


def item_marker(number: int, style: str) -> str:
    """A numbered item's mark: `1.`, or by the list's type `a.` `A.` `i.` `I.`."""
    if style in ("a", "A") and 1 <= number <= 26:
        return chr(ord(style) + number - 1) + "."
    if style in ("i", "I") and 1 <= number <= 3999:
        roman = _roman(number)
        return (roman if style == "i" else roman.upper()) + "."
    return f"{number}."


def _roman(number: int) -> str:
    text = ""
    for value, letters in (*_ROMAN, *_ROMAN_SMALL):
        while number >= value:
            text, number = text + letters, number - value
    return text


def is_pixel(attributes: dict[str, str]) -> bool:
    """Whether an image is there to count readers: at most two pixels wide or high."""
    sizes = [whole_number(attributes.get(name, "").removesuffix("px"), 99) for name in ("width", "height")]
    return min(sizes) <= 2


def image_address(attributes: dict[str, str], base: str) -> str | None:
    """Where the picture is: lazy-loading pages put a placeholder in src and the address elsewhere."""
    for name in ("data-src", "data-original", "data-lazy-src", "src"):
        value = attributes.get(name, "")
        if value and not value.strip().lower().startswith("data:"):
            return clean_url(value, base)
    first = attributes.get("srcset", attributes.get("data-srcset", "")).strip().split(" ")[0].rstrip(",")
    return clean_url(first, base) if first and not first.startswith("data:") else None


def is_pull(classes: str) -> bool:
    return "pullquote" in classes.replace("-", "").replace("_", "").lower()


def embed_text(address: str, element: str) -> str:
    """What an embed is, in words: "Video: youtube.com"."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    host = clean_line(host.removeprefix("www."), 100)
    where = f"{host}{address}".lower()
    if element == "video" or any(word in where for word in _VIDEO):
        return f"Video: {host}"
    if element == "audio" or any(word in where for word in _AUDIO):
        return f"Audio: {host}"
    return f"Embedded: {host}"
