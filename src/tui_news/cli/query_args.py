"""The arguments of the verbs that take a query, or keep one."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

Adder = Callable[[Any, str, str], argparse.ArgumentParser]
QUERY = 'words, "a phrase", -without, OR, ( ); feed: folder: tag: is:unread has:comments newer:2d …: see docs/query.md'
ASKING = ("list", "search", "mark", "smart", "rules", "pack")  # a word that begins with - is not an option there


def plain_minus(argv: Sequence[str]) -> list[str]:
    """`-word` of a query as `NOT word`: argparse would take it for an option. Options of ours begin with two."""
    if not argv or argv[0] not in ASKING:
        return list(argv)
    return [
        f"NOT {arg[1:]}" if len(arg) > 1 and arg[0] == "-" and arg[1] != "-" and arg != "-h" else arg for arg in argv
    ]


def query_argument(verb: argparse.ArgumentParser, least: str = "+") -> None:
    verb.add_argument("query", nargs=least, metavar="QUERY", help=QUERY)


def add_query_verbs(verbs: Any, add: Adder) -> None:
    mark = add(verbs, "mark", "Mark, star or tag every story that matches; `tuinews undo` takes it back.")
    query_argument(mark)
    what = mark.add_mutually_exclusive_group(required=True)
    for flag in ("read", "unread", "star", "unstar"):
        what.add_argument(f"--{flag}", dest="what", action="store_const", const=flag)
    what.add_argument("--tag", metavar="TAG", help="put this tag on")
    what.add_argument("--untag", metavar="TAG", help="take this tag off")
    mark.add_argument("--dry-run", action="store_true", help="say how many match, change nothing")
    smart = add(verbs, "smart", "Smart feeds: list them, or add, edit, rename, remove one.")
    smart.add_argument("act", nargs="?", choices=("list", "add", "edit", "rename", "remove"), default="list")
    smart.add_argument("name", nargs="?", metavar="NAME", help="its name (or its id)")
    smart.add_argument("query", nargs="*", metavar="QUERY", help=f"{QUERY}; for rename: the new name")
    rules = add(verbs, "rules", "Mute rules: list them, or add, edit, remove one.")
    rules.add_argument("act", nargs="?", choices=("list", "add", "edit", "remove"), default="list")
    rules.add_argument("query", nargs="*", metavar="[ID] QUERY", help=QUERY)
    rules.add_argument("--dry-run", action="store_true", help="say what would be hidden, change nothing")
    add(verbs, "tags", "List your tags and how many stories have each.")
    undo = add(verbs, "undo", "Take back the last act: marks, stars, tags, feeds, smart feeds, rules, imports.")
    undo.add_argument("--list", action="store_true", help="only say what could be taken back, the last act first")
