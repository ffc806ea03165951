"""Cases for the fuzz targets, made of a few bytes each: a hundred thousand of them must be cheap.

Hypothesis draws bytes; `Dice` reads choices from them (and goes on from what they seed when they are used up), and a
maker turns choices into a document of the kind that its target reads: of pieces that hurt, or a whole one that was
changed in some places. The same bytes are the same document.
"""

from __future__ import annotations

import copy
import gzip
import json
import random
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import fuzz_pieces as pieces

T = TypeVar("T")


class Dice:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0
        self.more: random.Random | None = None

    def byte(self) -> int:
        if self.at < len(self.data):
            self.at += 1
            return self.data[self.at - 1]
        self.more = self.more or random.Random(self.data)
        return self.more.getrandbits(8)

    def below(self, most: int) -> int:
        return (self.byte() if most <= 256 else self.byte() << 8 | self.byte()) % most

    def of(self, things: Sequence[T]) -> T:
        return things[self.below(len(things))]

    def letter(self) -> str:
        return chr((self.byte() << 16 | self.byte() << 8 | self.byte()) % 0x110000)


def text(dice: Dice, most: int = 14, some: Sequence[str] = pieces.PIECES) -> str:
    return "".join(dice.letter() if dice.below(9) == 0 else dice.of(some) for _ in range(dice.below(most + 1)))


def made_of(*some: Sequence[str], most: int = 14, hurt: int = 8) -> Callable[[Dice], str]:
    """Pieces of a language, every `hurt`-th one of any kind."""
    own = [piece for group in some for piece in group]

    def make(dice: Dice) -> str:
        found = []
        for _ in range(dice.below(most + 1)):
            found.append(text(dice, 1) if dice.below(hurt) == 0 else dice.of(own))
        return "".join(found)

    return make


def element(dice: Dice, depth: int = 0) -> str:
    name = dice.of(pieces.ELEMENTS)
    given = "".join(f" {dice.of(pieces.ATTRIBUTES)}" for _ in range(dice.below(3)))
    inside = "".join(element(dice, depth + 1) for _ in range(dice.below(3))) if depth < 3 and dice.below(3) == 0 else ""
    return f"<{name}{given}>{text(dice, 4)}{inside}</{name.split(' ')[0]}>"


def xml(dice: Dice) -> str:
    """Feeds, lists and pages that are nearly whole: elements that parsers know, with what hurts inside."""
    if dice.below(8) == 0:
        return text(dice, 30)
    opened, closed = dice.of(pieces.ROOTS)
    parts = []
    for _ in range(dice.below(4)):
        inner = "".join(element(dice) for _ in range(dice.below(5)))
        name = dice.of(("item", "entry", "outline", "div", "li", "p"))
        parts.append(f"<{name}>{inner}</{name}>" if dice.below(4) else inner)
    return cut(dice, opened + "".join(parts) + closed)


def cut(dice: Dice, document: str) -> str:
    """Now and then a document ends too early, or has something in a place where nothing belongs."""
    chance = dice.below(10)
    if chance == 0:
        return document[: dice.below(max(1, len(document)))]
    if chance == 1:
        at = dice.below(max(1, len(document)))
        return document[:at] + dice.of(pieces.PIECES) + document[at:]
    return document


def changed(dice: Dice, templates: Sequence[str]) -> str:
    """A whole document with some of its parts replaced, repeated or left out."""
    document = dice.of(templates)
    for _ in range(1 + dice.below(5)):
        at = dice.below(max(1, len(document)))
        end = min(len(document), at + dice.of((0, 0, 1, 3, 8, 20, 60)))
        put = dice.of(
            (text(dice, 3), dice.of(pieces.PIECES), document[at:end] * 2, element(dice), dice.of(pieces.WRONG))
        )
        document = document[:at] + put + document[end:]
    return document


# JSON
def leaf(dice: Dice) -> Any:
    return dice.of((None, True, False, text(dice, 4), dice.of(pieces.NUMBERS), dice.of(pieces.PIECES), [], {}, dice.of(pieces.WRONG)))  # fmt: skip


def value(dice: Dice, depth: int = 0) -> Any:
    if depth > 4 or dice.below(3) == 0:
        return leaf(dice)
    if dice.below(3) == 0:
        return [value(dice, depth + 1) for _ in range(dice.below(4))]
    return {dice.of(pieces.JSON_KEYS): value(dice, depth + 1) for _ in range(dice.below(6))}


def places(tree: Any) -> list[tuple[Any, Any]]:
    """(container, key) of everything in a JSON document."""
    found: list[tuple[Any, Any]] = []
    stack = [tree]
    while stack:
        one = stack.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        for key in keys:
            found.append((one, key))
            stack.append(one[key])
    return found


def json_text(dice: Dice, templates: Sequence[Any] = ()) -> str:
    """A document of the template's shape with some values of another kind, gone, or twice; or one of no shape."""
    if not templates or dice.below(8) == 0:
        return cut(dice, json.dumps(value(dice)))
    tree = copy.deepcopy(dice.of(templates))
    for _ in range(1 + dice.below(4)):
        all_places = places(tree)
        if not all_places:
            break
        container, key = all_places[dice.below(len(all_places))]
        chance = dice.below(8)
        if chance == 0:
            del container[key]
        elif chance == 1 and isinstance(container, list):
            container.append(copy.deepcopy(container[key]))
        elif chance == 2:
            container[key] = value(dice)
        elif chance == 3:
            container[key] = [container[key]]
        else:
            container[key] = leaf(dice)
    return cut(dice, json.dumps(tree, ensure_ascii=bool(dice.below(2))))


def bytes_of(document: str, dice: Dice) -> bytes:
    """In an encoding that is, or is not, the one it says."""
    name = dice.of(pieces.ENCODINGS)
    body = document.encode(
        "utf-8" if name is None else name, "surrogatepass" if name in (None, "utf-16") else "replace"
    )
    return dice.of((b"", b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0", b"\r\n ")) + body


def as_bytes(make: Callable[[Dice], str]) -> Callable[[Dice], bytes]:
    return lambda dice: bytes_of(make(dice), dice)


def either(*makers: Callable[[Dice], Any]) -> Callable[[Dice], Any]:
    return lambda dice: dice.of(makers)(dice)


def of_json(*templates: Any) -> Callable[[Dice], str]:
    return lambda dice: json_text(dice, templates)


def of_documents(templates: Sequence[str]) -> Callable[[Dice], str]:
    return lambda dice: changed(dice, templates)


def answer(dice: Dice) -> bytes:
    """What a server says, mostly right: a head, headers, a body; and then it may be asked again."""
    said = []
    for _ in range(1 + dice.below(3)):
        parts = [dice.of(pieces.HEAD), *(dice.of(pieces.LINES) for _ in range(dice.below(9)))]
        parts += [dice.of(("\r\n", "\r\n", "\r\n", "")), text(dice, 6), dice.of(pieces.LINES)]
        said.append("".join(parts))
    whole = dice.of(("", "", "\x00next\x00")).join(said).encode("utf-8", "surrogatepass")
    return whole if dice.below(3) else whole.replace(b"Content-Encoding: gzip\r\n\r\n", GZIPPED)


HELLO = gzip.compress(b"hello", mtime=0)
GZIPPED = b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s" % (len(HELLO), HELLO)

CASES: dict[str, Callable[[Dice], str | bytes]] = {
    "html_to_blocks": either(xml, of_documents(pieces.PAGES)),
    "quotes": made_of(pieces.WORDS, most=30),
    "sanitizer": made_of(pieces.PIECES, pieces.WRONG, hurt=3),
    "opml": either(xml, made_of(pieces.LISTS)),
    "feed": either(xml, as_bytes(xml), of_json(*pieces.JSON_FEED), of_documents(pieces.COMMENT_FEEDS)),
    "comment_feed": either(of_documents(pieces.COMMENT_FEEDS), xml),
    "comment_page": either(of_documents(pieces.COMMENT_PAGES), xml),
    "discovery": either(of_documents(pieces.PAGES), xml),
    "dates": made_of(pieces.DATES, most=10),
    "query": made_of(pieces.QUERIES),
    "lists": made_of(pieces.LISTS, most=24),
    "newsboat_filter": made_of(pieces.FILTERS),
    "newsboat_cache": either(text, made_of(pieces.WRONG), as_bytes(text)),
    "settings": made_of(pieces.TOML, most=24, hurt=12),
    "site_rules": made_of(pieces.TOML, most=24, hurt=12),
    "export": either(text, made_of(pieces.WRONG, pieces.ADDRESSES, most=3)),
    "encodings": either(as_bytes(text), made_of(pieces.HEADERS, most=6)),
    "headers": made_of(pieces.HEADERS, most=8),
    "addresses": made_of(pieces.ADDRESSES, most=10),
    "inflate": as_bytes(text),
    "picture": text,
    "records": of_json([["para", "Hei", [[0, 2, "strong", "https://a.example/"]], 1, 0, "1.", [["a", "b"]], 1, None, "nb", 1, 1, 1]], [[0, 0, 2, "speech", "Ann", "named"]], ["wordpress", "k", [["rest", "https://a.example/"]], "https://a.example/", 3, [["post", "1"]]], [[["https://a.example/a.mp3", "audio/mpeg", 3]], ["a"]], {"fact": "StoryFetched", "story": 1}),
    "article": either(of_documents(pieces.PAGES), xml),
    "wordpress_post": of_json([{"id": 1, "link": "https://a.example/story", "title": {"rendered": "Storm &amp; sea"}, "content": {"rendered": "<p>" + "A long enough text of a story. " * 30 + "</p>", "protected": False}, "date_gmt": "2026-10-01T08:00:00", "modified_gmt": "2026-10-01T08:00:00"}]),
    "extraction": of_documents(pieces.PAGES[-1:] + pieces.PAGES[:1]),
    "thumbnail": as_bytes(text),
    "keys": made_of(pieces.SAID, most=20),
    "answers": answer,
    **{f"comments_{name}": of_json(*answers) for name, answers in pieces.ANSWERS.items()},
}  # fmt: skip
