"""The verbs that ask with a query, or keep one: `list`, `search`, `mark`, `smart`, `rules`, `tags`, `undo`."""

from __future__ import annotations

import argparse
import time
from contextlib import suppress
from typing import Any

from tui_news.cli import DONE, ERROR
from tui_news.cli.output import complain, mutter, say, say_json
from tui_news.cli.shapes import row_shape, when
from tui_news.cli.stories import row_line
from tui_news.models import Rule, SmartFeed, TuinewsError, UsageError, View
from tui_news.services.desk import LibraryDesk
from tui_news.text.query.nodes import QueryError, Text, leaves
from tui_news.text.query.parse import parse

Args = argparse.Namespace


def asked(args: Args, desk: LibraryDesk) -> str:
    """The query of the arguments, read and in its short form, the search index brought up to date for its words."""
    query = desk.queries.check(" ".join(args.query))
    _index_for(desk, query)
    return query


def _index_for(desk: LibraryDesk, query: str) -> None:
    if any(isinstance(leaf, Text) for leaf in leaves(parse(query))):
        while desk.library.search.update(limit=500):
            pass


def list_(args: Args) -> int:
    from tui_news.cli.verbs import open_desk

    with open_desk() as desk:
        query = asked(args, desk)
        rows = desk.stories(View("all", filter=query), limit=args.limit)
        by_id = {feed.id: feed for feed in desk.feeds()}
        total = desk.size(View("all", filter=query)) if len(rows) == args.limit else len(rows)
    if args.json:
        say_json([row_shape(row, by_id.get(row.feed_id)) for row in rows])
    elif rows:
        for row in rows:
            say(row_line(row, int(time.time())))
    elif query:
        say("No story matches.")
    else:
        say("No stories: `tuinews add URL` subscribes to a feed, `tuinews refresh` fetches what is due.")
    if total > len(rows):
        mutter(f"{len(rows):,} of {total:,} stories; --limit N lists more.")
    return DONE


def search(args: Args) -> int:
    from tui_news.cli.verbs import open_desk

    with open_desk() as desk:
        hits = desk.search(asked(args, desk), args.limit)
        by_id = {feed.id: feed for feed in desk.feeds()}
    if args.json:
        say_json([{**row_shape(hit.row, by_id.get(hit.row.feed_id)), "snippet": hit.snippet} for hit in hits])
        return DONE
    for hit in hits:
        say(f"{hit.row.id:>6}  {hit.row.title}  ({hit.row.feed})\n        {hit.snippet}")
    if not hits:
        say("Nothing found.")
    return DONE


def mark(args: Args) -> int:
    from tui_news.cli.verbs import many, open_desk

    with open_desk() as desk:
        query = asked(args, desk)
        if args.dry_run:
            found = len(desk.queries.matching(query))
            _tell(args, {"matches": found, "changed": 0}, f"{many(found)} would match; nothing was changed.")
            return DONE
        changed = _mark(desk, query, args)
    done = {"read": "Marked {} read", "unread": "Marked {} unread", "star": "Starred {}", "unstar": "Unstarred {}"}
    words = done.get(args.what, f"Tagged {{}} {args.tag}" if args.tag else f"Took the tag {args.untag} off {{}}")
    told = (
        f"{words.format(many(changed))}; `tuinews undo` takes it back." if changed else "There was nothing to change."
    )
    _tell(args, {"changed": changed}, told)
    return DONE


def _mark(desk: LibraryDesk, query: str, args: Args) -> int:
    if args.what in ("read", "unread"):
        return desk.queries.mark(query, args.what == "read")
    if args.what in ("star", "unstar"):
        return desk.queries.star(query, args.what == "star")
    return desk.queries.tag(query, args.tag or args.untag, bool(args.tag))


def _tell(args: Args, shape: Any, sentence: str) -> None:
    if args.json:
        say_json(shape)
    else:
        say(sentence)


# smart feeds
def smart(args: Args) -> int:
    from tui_news.cli.verbs import open_desk

    with open_desk() as desk:
        if args.act == "list":
            _list_smart(desk, args)
        elif args.act == "add":
            _needs(args.name and args.query, "smart add NAME QUERY")
            _tell(args, {"id": desk.smart.add(args.name, _query(args))}, f"Saved {args.name}.")
        else:
            _needs(args.name, f"smart {args.act} NAME")
            _change_smart(desk, find_smart(desk, args.name), args)
    return DONE


def _list_smart(desk: LibraryDesk, args: Args) -> None:
    for one in desk.smart.all():
        with suppress(QueryError):  # it is told below, in the place of its number
            _index_for(desk, one.query)
    found = [(one, desk.smart.unread(one.id)) for one in desk.smart.all()]
    if args.json:
        say_json([{"id": one.id, "name": one.name, "query": one.query, "unread": unread} for one, unread in found])
        return
    for one, unread in found:
        count = "its query cannot be read" if unread is None else f"{unread} unread"
        say(f"{one.id:>4}  {one.name}  {count}  {one.query}")
    if not found:
        say("No smart feeds: `tuinews smart add NAME QUERY` saves one.")


def _change_smart(desk: LibraryDesk, held: SmartFeed, args: Args) -> None:
    if args.act == "remove":
        desk.smart.remove(held.id)
        words = f"Removed {held.name}; `tuinews undo` brings it back."
    elif args.act == "rename":
        _needs(args.query, "smart rename NAME NEW-NAME")
        desk.smart.edit(held.id, name=_query(args))
        words = f"{held.name} is called {_query(args)} now."
    else:
        _needs(args.query, "smart edit NAME QUERY")
        desk.smart.edit(held.id, query=_query(args))
        words = f"Changed {held.name}."
    _tell(args, {"id": held.id}, words)


def find_smart(desk: LibraryDesk, name: str) -> SmartFeed:
    """A smart feed by name or id. Raises TuinewsError."""
    held = desk.library.smart.named(name) or (desk.library.smart.get(int(name)) if name.isdecimal() else None)
    if held is None:
        raise TuinewsError(f"no smart feed {name!r}", "none has that name", "`tuinews smart` lists them")
    return held


# rules
def rules(args: Args) -> int:
    from tui_news.cli.verbs import many, open_desk

    with open_desk() as desk:
        if args.act == "list":
            _list_rules(desk, args)
        elif args.act == "add":
            _needs(args.query, "rules add QUERY")
            query = asked(args, desk)
            found = desk.rules.would_hide(query)
            if args.dry_run:
                titles = "".join(f"\n        {title}" for title in found.titles)
                _tell(args, {"would_hide": found.count}, f"Would hide {many(found.count)}.{titles}")
            else:
                number = desk.rules.add(query)
                _tell(args, {"id": number, "hides": found.count}, f"Rule {number} hides {many(found.count)}.")
        else:
            _change_rule(desk, args)
    return DONE


def _list_rules(desk: LibraryDesk, args: Args) -> None:
    found = desk.rules.all()
    if args.json:
        say_json([{"id": one.id, "query": one.query, "hides": one.hides, "added": when(one.added)} for one in found])
        return
    for one in found:
        say(f"{one.id:>4}  hides {one.hides}  {one.query}")
    if not found:
        say("No mute rules: `tuinews rules add QUERY` hides what matches.")


def _change_rule(desk: LibraryDesk, args: Args) -> None:
    _needs(args.query, f"rules {args.act} ID" + (" QUERY" if args.act == "edit" else ""))
    held = find_rule(desk, args.query[0])
    if args.act == "remove":
        desk.rules.remove(held.id)
        _tell(args, {"removed": held.id}, f"Removed the rule {held.query}; what it hid is back.")
        return
    _needs(args.query[1:], "rules edit ID QUERY")
    desk.rules.edit(held.id, " ".join(args.query[1:]))
    _tell(args, {"id": held.id}, f"Changed rule {held.id}.")


def find_rule(desk: LibraryDesk, name: str) -> Rule:
    held = next((one for one in desk.rules.all() if name in (str(one.id), one.query)), None)
    if held is None:
        raise TuinewsError(f"no mute rule {name!r}", "none has that number", "`tuinews rules` lists them")
    return held


def tags(args: Args) -> int:
    from tui_news.cli.verbs import many, open_desk

    with open_desk() as desk:
        found = desk.tags.all()
    if args.json:
        say_json([{"tag": tag, "stories": count} for tag, count in found])
        return DONE
    for tag, count in found:
        say(f"{tag}  {many(count)}")
    if not found:
        say("No tags: `tuinews mark QUERY --tag TAG` puts one on.")
    return DONE


def undo(args: Args) -> int:
    from tui_news.cli.verbs import open_desk

    with open_desk() as desk:
        if args.list:
            found = desk.library.journal.noted(50)
            shape = [{"at": when(one.at), "what": one.words} for one in found]
            _tell(
                args, shape, "\n".join(f"{when(one.at)}  {one.words}" for one in found) or "There is nothing to undo."
            )
            return DONE
        words = desk.undo()
    if words is None:
        complain("there is nothing to undo")
        return ERROR
    _tell(args, {"undone": words}, f"Undone: {words}.")
    return DONE


def _query(args: Args) -> str:
    return " ".join(args.query)


def _needs(given: object, usage: str) -> None:
    if not given:
        raise UsageError(f"something is missing: tuinews {usage}")


VERBS = {"list": list_, "search": search, "mark": mark, "smart": smart, "rules": rules, "tags": tags, "undo": undo}
