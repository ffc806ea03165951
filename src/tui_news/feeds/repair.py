"""What a document is, and a broken one made as good as can be before it is parsed."""

from __future__ import annotations

import re

# The roots of RSS 0.9x and 2.0, RSS 1.0 and 0.90, Atom, and CDF.
FEED_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
MOST_ENTRIES = 5000

_SKIPPED = re.compile(r"\s+|<\?[^>]*>|<!(?!--)[^\[>]*(?:\[[^\]]*\]\s*)?>")
_NAME = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_DECLARATION = re.compile(r"<\?xml\s[^>]{0,300}>", re.I)
_START = re.compile(r"<\?xml\b|<(?:[\w.-]{1,20}:)?(?:rss|rdf|feed|channel)\b[^<>]{0,4000}>", re.I)
# A declaration and the root: nearly every feed, and nothing to think about.
_USUAL = re.compile(r"<\?xml\s[^<>]{0,299}\?>\s*(?=<(?:rss|feed)[\s>])")
_ENTRY = re.compile(r"<(?:[\w.-]{1,20}:)?(?:item|entry)[\s>]", re.I)
_HEAD = 65536
_MAIL = re.compile(r"<((?:[\w.-]{1,20}:)?email)\b[^<>]{0,200}>[^<]{0,400}</\1\s*>", re.I)
_AUTHOR = re.compile(r"<((?:[\w.-]{1,20}:)?author)\b[^<>]{0,200}(?<!/)>", re.I)
_NAMED = re.compile(r"<(?:[\w.-]{1,20}:)?name\b[^<>]{0,200}>\s*(?:[^<\s]|<!\[CDATA\[\s*[^\]\s])", re.I)
_LONGEST_AUTHOR = 4000


def root_of(text: str) -> str:
    """The document's root element in lower case without its prefix; "json" for JSON; "" for neither."""
    start = _after_prologue(text)
    if text[start : start + 1] in ("{", "["):
        return "json"
    match = _NAME.match(text, start)
    return match[1].lower() if match else ""


def _after_prologue(text: str) -> int:
    """Where white space, the declaration, instructions, comments and the doctype end."""
    at = 0
    while True:
        if text.startswith("<!--", at):
            end = text.find("-->", at)
            if end < 0:
                return len(text)
            at = end + 3
        elif match := _SKIPPED.match(text, at):
            at = match.end()
        else:
            return at


def trimmed(text: str) -> str:
    """The document without what stands before it: white space, or a script's warnings, which would end all parsing.

    The XML declaration goes too: the text is decoded, and its claim about an encoding would be a lie from here on.
    """
    if usual := _USUAL.match(text):
        return text[usual.end() :]
    text = text.lstrip("\ufeff\ufffe\ufffd\u200b \t\r\n")
    root = root_of(text[:_HEAD])
    if root not in FEED_ROOTS and root not in ("json", "html"):
        start = _START.search(text, 0, _HEAD)
        if start and not _ENTRY.search(text, 0, start.start()):
            text = text[start.start() :]
    declaration = _DECLARATION.search(text, 0, _HEAD)
    root_at = _after_prologue(text)
    if declaration and declaration.start() <= root_at:
        text = text[: declaration.start()] + text[declaration.end() :]
    return text.lstrip()


def thinned(text: str) -> tuple[str, int]:
    """The text with at most twice `MOST_ENTRIES` entries, the first and the last ones; and how many there were, 0 if
    too few to count.

    Whether a feed has its newest entries first or last is known only after parsing, and parsing a hundred thousand
    takes longer than any feed is worth.
    """
    if text.count("<") <= 2 * MOST_ENTRIES:
        return text, 0
    count = len(_ENTRY.findall(text))
    if count <= 2 * MOST_ENTRIES:
        return text, count
    starts = [match.start() for match in _ENTRY.finditer(text)]
    return text[: starts[MOST_ENTRIES]] + text[starts[-MOST_ENTRIES] :], count


def without_addresses(text: str) -> str:
    """The text without the mail addresses of authors that have a name: of several authors feedparser gives the one's
    address to the next, and cuts their names by it ("Ann (ple"). Nobody is shown an address beside a name."""
    if not _MAIL.search(text):
        return text
    parts, done = [], 0
    for author in _AUTHOR.finditer(text):
        end = text.find(f"</{author[1]}", author.end(), author.end() + _LONGEST_AUTHOR)
        if end >= 0 and _NAMED.search(text, author.end(), end):
            parts += [text[done : author.end()], _MAIL.sub("", text[author.end() : end])]
            done = end
    return "".join([*parts, text[done:]])
