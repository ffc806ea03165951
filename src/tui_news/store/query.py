"""A query's nodes into SQL over story, and into what FTS5 matches. What is typed is always a value, never syntax."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from tui_news.models.late import dataclass
from tui_news.store.connection import storable
from tui_news.text.query.fields import inside, moment, spelt
from tui_news.text.query.nodes import And, Field, Node, Not, Or, Text, leaves
from tui_news.text.query.words import open_ended, tokens

if TYPE_CHECKING:
    from tui_news.store.cases import Cases
    from tui_news.store.world import FeedName, Sets, World

Sql = tuple[str, tuple[object, ...]]
FEW = 2000  # rows: a list of so few is sorted at once; more are met sooner on the list's own index
MUTED = "(hidden & 2) = 2"
COLUMNS = {"title": "title", "author": "author", "body": "body", "comments": "comments"}
# Said once: a partial index serves only the condition it was made with, word for word.
HAS: Mapping[str, tuple[str, str]] = {
    "comments": ("coalesce(comments, comments_hint, 0) > 0", "story_has_comments"),
    "new": ("comments_new > 0", "story_has_new"),
    "quotes": ("coalesce(quotes, 0) > 0", "story_has_quotes"),
    "tags": ("", ""),
}
_TAGGED = "SELECT story_id AS id FROM tagged"
_EACH = "SELECT value FROM json_each(?)"
_TAG = f"""EXISTS (SELECT 1 FROM story_tag AS t WHERE t.feed_id = story.feed_id AND t.identity = story.identity
    AND tag IN ({_EACH}))"""
MANY_TAGS = 30  # to look each of so many up costs more than to read a story's own


@dataclass(frozen=True, slots=True)
class Part:
    """A condition that every match meets. index: of story, one that holds little else. few: counts its rows' ids, to
    know whether to begin with them. fts: the part is this, for MATCH. node: what it was made from, where it may be
    better asked of some stories at a time (`store.sieve`); without sql it is not made yet."""

    sql: str
    args: tuple[object, ...] = ()
    index: str = ""
    few: str = ""
    fts: str = ""
    feeds: frozenset[int] | None = None  # no match is of any other
    among: str = ""  # with the same args, what holds for every match: their ids, where one begins with those
    node: Node | None = None
    ids: str = ""  # a statement, with the same args, that gives their ids
    bits: int | None = None  # their ids are known: see `store.bits`
    state: bool = field(default=False)  # reading, starring or tagging can undo it
    cases: Cases | None = None  # it is told apart so: see `store.cases`


# full text
def fts(node: Node) -> str | None:
    """The query for MATCH, if all of it is words; None when it is not, or wants none."""
    if isinstance(node, Text):
        return _phrase(node) if node.place != "quote" else None
    if isinstance(node, Or):
        found = [fts(part) for part in node.parts]
        return None if None in found else f"({' OR '.join(map(str, found))})"
    if isinstance(node, And) and node.parts:
        wanted = [fts(part) for part in node.parts if not isinstance(part, Not)]
        unwanted = [fts(part.part) for part in node.parts if isinstance(part, Not)]
        if not wanted or None in wanted or None in unwanted:
            return None
        made = wanted[0] if len(wanted) == 1 else f"({' AND '.join(map(str, wanted))})"
        return f"({made} NOT ({' OR '.join(map(str, unwanted))}))" if unwanted else made
    return None


def _phrase(node: Text) -> str:
    words = tokens(storable(node.text).replace("\0", " "))
    if not words:
        return '""'
    column = f"{{{COLUMNS[node.place]}}} : " if node.place in COLUMNS else ""
    return f'{column}"{" ".join(words)}"{" *" if open_ended(node, words) else ""}'


# conditions
class Compiler:
    def __init__(
        self,
        world: World,
        sets: Sets | None = None,
        each: bool = False,
    ) -> None:
        """sets: what takes the index or tags to know is gathered of all stories, but words that stand by themselves.
        each: tags and quotes are looked for story by story: quick for a few stories, slow for all."""
        self.world, self.sets, self.each = world, sets, each

    def parts(self, node: Node, later: bool = False) -> tuple[Part, ...]:
        """Conditions that all hold for a match; none for everything. later: what may cost much is not made yet."""
        inner = node.parts if isinstance(node, And) else (node,)
        together = tuple(part for part in inner if _textual(part) and not self._few_lack(part))
        words = fts(And(together)) if together else None
        rest = [part for part in inner if words is None or part not in together]
        made = [replace(self._text(words), node=And(together))] if words is not None else []
        return tuple([*made, *((self._later if later else self.part)(part) for part in rest)])

    def _few_lack(self, node: Node) -> bool:
        """Whether words are not wanted that (almost) every story has: the few that are left are known at once."""
        return isinstance(node, Not) and self._settled(node.part)

    def _settled(self, node: Node) -> bool:
        """Whether it is words that (almost) every story has, wanted or not."""
        match = fts(node.part if isinstance(node, Not) else node)
        return match is not None and self.sets is not None and self.sets.without(match) is not None

    def _later(self, node: Node) -> Part:
        if not any(map(dear, leaves(node))):
            return self.part(node)
        if isinstance(node, Field):
            return replace(self._field(node), node=node)
        return Part("", node=node, state=any(_changes(leaf) for leaf in leaves(node)))

    def part(self, node: Node) -> Part:
        if self.gathers(node):
            return self._of_all(node)
        if isinstance(node, Field):
            return self._field(node)
        match = fts(node)
        if match is not None:
            return self._text(match)
        if isinstance(node, Text):
            return self._quote(node)
        if self.sets is not None and not isinstance(node, Field) and any(map(_known, leaves(node))):
            from tui_news.store.mixed import mixed  # not needed for the first paint

            made = mixed(self, node, any(map(_changes, leaves(node))))
            if made is not None:
                return made
        sql, args = self.sql(node)
        return Part(sql, args, state=any(map(_changes, leaves(node))))

    def gathers(self, node: Node) -> bool:
        """Whether all stories that meet it are to be gathered."""
        return self.sets is not None and all(map(_known, leaves(node)))

    def _of_all(self, node: Node) -> Part:
        assert self.sets is not None
        bits, state = self.bits(node), any(_changes(leaf) for leaf in leaves(node))
        if bits & self.sets.everything != self.sets.everything:
            return _having(bits, state)
        # All that there are: no look into a set for each.
        return Part("id <= ?", (self.sets.everything.bit_length() - 1,), bits=bits, state=state)

    def bits(self, node: Node) -> int:
        """All stories that meet the condition, of which every leaf is known so (`_known`)."""
        assert self.sets is not None
        if isinstance(node, And | Or) and len(node.parts) == 1:
            return self.bits(node.parts[0])
        match, parts = fts(node), node.parts if isinstance(node, And | Or) else ()
        easy = [part for part in parts if match is not None and self._settled(part)]
        if easy and isinstance(node, And | Or):
            hard = tuple(part for part in parts if part not in easy)
            found = reduce(and_ if isinstance(node, And) else or_, map(self.bits, easy))
            if not hard or (isinstance(node, Or) and not self.sets.everything & ~found):
                return found
            rest = self.bits(type(node)(hard))
            return found & rest if isinstance(node, And) else found | rest
        if match is not None and not (parts and "*" in match and self._quicker_apart(node)):
            return self.sets.words(match)
        if isinstance(node, Not):
            return self.sets.everything & ~self.bits(node.part)
        if isinstance(node, And):
            return self._all_of(node.parts)
        if isinstance(node, Or):
            return reduce(or_, map(self.bits, node.parts))
        if isinstance(node, Field) and (node.name == "tag" or node.value == "tags"):
            return self._tagged(node)
        part = self._quote(node) if isinstance(node, Text) else self._field(node)
        return part.bits if part.bits is not None else self.sets.listed(part.ids, part.args)

    def _all_of(self, parts: Iterable[Node]) -> int:
        """Words last: where nobody meets the others they are asked of nobody."""
        assert self.sets is not None
        found = self.sets.everything
        for part in sorted(parts, key=lambda part: any(isinstance(leaf, Text) for leaf in leaves(part))):
            found = found and found & self.bits(part)
        return found

    def _quicker_apart(self, node: Node) -> bool:
        """Whether some words with any ending in it need not be merged again: known already, or had by (almost) all."""
        assert self.sets is not None
        endless = [leaf for leaf in leaves(node) if isinstance(leaf, Text) and "*" in str(fts(leaf))]
        return any(self.sets.knows(str(fts(leaf))) or self._settled(leaf) for leaf in endless)

    def sql(self, node: Node) -> Sql:
        """The condition, never NULL."""
        if self.gathers(node):
            part = self._of_all(node)
            return part.sql, part.args
        if isinstance(node, And | Or):
            return self._join(node)
        if isinstance(node, Not):
            sql, args = self.sql(node.part)
            return f"NOT ({sql})", args
        if isinstance(node, Text):
            part = self._quote(node) if node.place == "quote" else self._text(_phrase(node))
        else:
            part = self._field(node)
        return part.sql, part.args

    def _join(self, node: And | Or) -> Sql:
        if not node.parts:
            return "1", ()
        words = fts(node)
        if words is not None:
            part = self._text(words)
            return part.sql, part.args
        known = tuple(filter(self.gathers, node.parts))
        one = (type(node)(known),) if len(known) > 1 else known  # one set for all that are known
        found = [self.sql(part) for part in (*(part for part in node.parts if part not in known), *one)]
        joint = " AND " if isinstance(node, And) else " OR "
        return f"({joint.join(sql for sql, _ in found)})", tuple(arg for _, args in found for arg in args)

    def _text(self, match: str) -> Part:
        ix = self.world.index
        base = f"FROM {ix}.words JOIN {ix}.doc ON docid = words.rowid WHERE words MATCH ?"
        few = f"SELECT count(*) FROM (SELECT 1 FROM {ix}.words WHERE words MATCH ? LIMIT ?)"
        return Part(f"id IN (SELECT story_id {base})", (match,), few=few, fts=match)

    def _quote(self, node: Text) -> Part:
        text = node.text + ("*" if node.prefix else "")
        if self.each:
            from tui_news.store.quotes import quoted  # not needed for the first paint

            held = quoted(text)
            if not held:
                return _having(0)
            ids = "SELECT story_id AS id FROM quote INDEXED BY quote_story WHERE instr(norm, ?) AND kind <> 'nested'"
            return Part(f"EXISTS ({ids} AND story_id = story.id)", (held,), ids=ids)
        return _those(self.world.said.stories_quoting(text))

    def _field(self, node: Field) -> Part:
        handler: Callable[[Field], Part] = getattr(self, f"_{node.name}")
        return handler(node)

    def _is(self, node: Field) -> Part:
        made = {
            "unread": Part("read = 0", index="story_unread", state=True),
            "read": Part("read = 1", state=True),
            "starred": Part("starred = 1", index="story_starred", state=True),
            "muted": Part(MUTED),
            "offline": Part("offline = 1"),
        }
        return made[node.value]

    def _has(self, node: Field) -> Part:
        if node.value == "tags" and self.each:
            return self._tag(replace(node, value="", prefix=True))
        if node.value == "tags":
            few = "SELECT count(*) FROM (SELECT 1 FROM tagged LIMIT ?)"
            return Part(f"id IN ({_TAGGED})", few=few, ids=_TAGGED, state=True)
        sql, index = HAS[node.value]
        return Part(sql, index=index, state=node.value == "new")

    def _newer(self, node: Field) -> Part:
        return Part("sort >= ?", (moment(node.value, self.world.now),))

    def _older(self, node: Field) -> Part:
        return Part("sort < ?", (moment(node.value, self.world.now),))

    def _lang(self, node: Field) -> Part:
        """By the languages as they are written in this library: few, whatever its size. Each is named: a look into a
        list of json's costs a walk as much as all else that it asks of a story."""
        own, page = (spelt(node.value, self.world.languages(table)) for table in ("story", "article"))
        if not own and not page:
            return _having(0)
        said, held = (f"lang IN ({', '.join('?' * len(some))})" for some in (own, page))
        sql, ids = f"(lang IS NOT NULL AND {said})", []
        if own:
            ids.append(f"SELECT id FROM story INDEXED BY story_lang WHERE lang > '' AND {said}")
        if page:
            ids.append(f"SELECT story_id FROM article INDEXED BY article_lang WHERE lang > '' AND {held}")
            sql = f"({sql} OR (coalesce(lang, '') = '' AND id IN ({ids[-1]})))"
        found = " UNION ALL ".join(ids)
        few = f"SELECT count(*) FROM (SELECT 1 FROM ({found}) LIMIT ?)"
        return Part(sql, (*own, *page), few=few, among=f"id IN ({found})")

    def _feed(self, node: Field) -> Part:
        return _feeds(named(self.world.feeds, node.value))

    def _folder(self, node: Field) -> Part:
        wanted = node.value.casefold().strip("/")
        return _feeds(feed for feed in self.world.feeds if inside(feed.folder.casefold(), wanted))

    def _tag(self, node: Field) -> Part:
        where, value = "tag = ?", storable(node.value)
        if node.prefix:
            tags = self.world.tags(_glob(value.lower()) + "*")
            where, value = f"tag IN ({_EACH})", json.dumps(tags)
            if self.each and len(tags) > MANY_TAGS:
                return Part(_TAG, (value,), state=True)
        ids = f"{_TAGGED} WHERE {where}"
        few = f"SELECT count(*) FROM (SELECT 1 FROM tagged WHERE {where} LIMIT ?)"
        sql = f"EXISTS (SELECT 1 FROM tagged WHERE {where} AND story_id = story.id)" if self.each else f"id IN ({ids})"
        return Part(sql, (value,), few=few, ids=ids, state=True)

    def _tagged(self, node: Field) -> int:
        """Tag by tag: `has:tags`, `tag:b*` and `tag:big` in one query are the same rows again."""
        assert self.sets is not None
        glob = "*" if node.name == "has" else _glob(storable(node.value).lower()) + "*"
        tags = self.world.tags(glob) if node.prefix or node.name == "has" else (storable(node.value),)
        if len(tags) > MANY_TAGS:
            part = self._field(node)
            return self.sets.listed(part.ids, part.args)
        return reduce(or_, (self.sets.listed(f"{_TAGGED} WHERE tag = ?", (tag,)) for tag in tags), 0)

    def _speaker(self, node: Field) -> Part:
        return _having(self.world.said.saying(node.value))


def _having(bits: int, state: bool = False) -> Part:
    from tui_news.store.sets import having  # not needed for the first paint

    return having(bits, state)


def _those(ids: Iterable[int]) -> Part:
    from tui_news.store.bits import bits_of
    from tui_news.store.sets import having

    return having(bits_of(ids))


def _textual(node: Node) -> bool:
    return fts(node) is not None or (isinstance(node, Not) and fts(node.part) is not None)


def dear(leaf: Text | Field) -> bool:
    """Whether it may cost more than a look at a list's index to say of all stories which meet it."""
    return isinstance(leaf, Text) or leaf.name == "tag" or leaf.value == "tags"


def _known(leaf: Text | Field) -> bool:
    """Whether all stories that meet it can be gathered."""
    return dear(leaf) or (isinstance(leaf, Field) and leaf.name == "speaker")


def _changes(leaf: Text | Field) -> bool:
    """Whether reading, starring or tagging a story can change what the leaf says of it."""
    if not isinstance(leaf, Field):
        return False
    return (leaf.name == "is" and leaf.value != "offline") or leaf.name == "tag" or leaf.value in ("new", "tags")


def relaxed(node: Node) -> Node | None:
    """The query without what reading, starring or tagging can change: by it a story that was read stays in its list."""
    if isinstance(node, Text | Field):
        return None if _changes(node) else node
    if isinstance(node, Not):
        inner = relaxed(node.part)
        return Not(inner) if inner is not None else None
    parts = [relaxed(part) for part in node.parts]
    if isinstance(node, Or) and None in parts:
        return None
    held = tuple(part for part in parts if part is not None)
    return (held[0] if len(held) == 1 else type(node)(held)) if held else None


def _feeds(feeds: Iterable[FeedName]) -> Part:
    ids = [feed.id for feed in feeds]
    if not ids:
        return replace(_having(0), feeds=frozenset())
    if len(ids) == 1:
        return Part("feed_id = ?", (ids[0],), index="story_feed", feeds=frozenset(ids))
    return Part("feed_id IN (SELECT value FROM json_each(?))", (json.dumps(ids),), feeds=frozenset(ids))


def named(feeds: Iterable[FeedName], value: str) -> list[FeedName]:
    """By number or address; else by title: that exact one, else every feed whose title has the words.

    What looks like a piece of an address is looked for in addresses too; any words are, if no title has them.
    """
    feeds, wanted = list(feeds), value.casefold()
    exact = [feed for feed in feeds if value in (str(feed.id), feed.url)]
    exact = exact or [feed for feed in feeds if feed.name.casefold() == wanted]
    words = wanted.split()
    titled = [feed for feed in feeds if all(word in feed.name.casefold() for word in words)]
    if exact or (titled and not re.search(r"\S[./]\S", wanted)):
        return exact or titled
    return [feed for feed in feeds if feed in titled or all(word in feed.url.casefold() for word in words)]


def _glob(text: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in text)
