"""The verbs' arguments, and the one place where an error becomes a line on stderr and an exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from tui_news import __version__
from tui_news.bare_asyncio import spare_ssl
from tui_news.cli import DONE, ERROR, UNUSABLE, USAGE
from tui_news.cli.query_args import add_query_verbs, plain_minus, query_argument
from tui_news.models import LibraryError, TuinewsError, UsageError
from tui_news.text.sanitize import UNSAFE

EXITS = "Exit codes: 0 done, 1 error, 2 usage, 3 some feeds failed (the rest are stored), 4 library unusable."


class _Parser(argparse.ArgumentParser):
    """Says its help and its complaints as all else is said: argparse keeps silent when they cannot be written."""

    def _print_message(self, message: str, file: Any = None) -> None:
        from tui_news.cli.output import mutter, say

        (say if file is sys.stdout else mutter)(message.removesuffix("\n"))


class _Only:
    """Takes the arguments of one verb and lets the others go: making all of them takes 5 ms, and one is used."""

    def __init__(self, verbs: Any, name: str) -> None:
        self._verbs, self._name, self.found = verbs, name, False

    def add_parser(self, name: str, **how: Any) -> Any:
        if name != self._name:
            return _Nobody()
        self.found = True
        return self._verbs.add_parser(name, **how)


class _Nobody:
    """A verb's arguments that nobody reads."""

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **how: self


def build_parser(only: str = "") -> argparse.ArgumentParser:
    """only: the verb that is meant; if there is no such verb, or none is named, all are there."""
    parser = _Parser(
        prog="tuinews", description="The terminal newspaper. Without a verb, the reader opens.", epilog=EXITS
    )
    parser.add_argument("--version", action="version", version=f"tuinews {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, prog=parser.prog)
    some = _Only(verbs, only)
    only = "" if only.startswith("-") else only
    for add in (_feed_verbs, _story_verbs, _file_verbs, _shell_verbs, _care_verbs, _query_verbs):
        add(some if only else verbs)
        if some.found:
            return parser
    return build_parser() if only else parser


def _query_verbs(verbs: Any) -> None:
    add_query_verbs(verbs, _verb)


def _verb(verbs: Any, name: str, text: str) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=text, description=text, epilog=EXITS)
    verb.add_argument("--json", action="store_true", help="print one JSON document")
    return verb


def _feed_verbs(verbs: Any) -> None:
    add = _verb(verbs, "add", "Subscribe to a feed's or a site's address and fetch it.")
    add.add_argument("url", metavar="URL")
    add.add_argument("--folder", default="", metavar="F", help="put it in this folder (News/Norway)")
    add.add_argument("--title", default="", metavar="T", help="call it this")
    _verb(verbs, "feeds", "List the subscriptions with their health.")
    remove = _verb(verbs, "remove", "Unsubscribe from a feed; its stories come back if it is added again.")
    remove.add_argument("feed", metavar="FEED", help="id, address or title")
    fresh = _verb(verbs, "refresh", "Fetch the feeds that are due.")
    fresh.add_argument("feeds", nargs="*", metavar="FEED", help="only these, due or not (id, address or title)")
    fresh.add_argument("--force", action="store_true", help="all feeds, due or not")
    fresh.add_argument("--full", action="store_true", help="also fetch the new stories' articles and comments")


def _story_verbs(verbs: Any) -> None:
    stories = _verb(verbs, "list", "List stories, newest first.")
    query_argument(stories, "*")
    stories.add_argument("--limit", type=_positive, default=50, metavar="N", help="at most so many (50)")
    read = _verb(verbs, "read", "Print a story: the full article, fetched if it is not held yet.")
    read.add_argument("story", metavar="STORY", help="its id (see list) or its address")
    shape = read.add_mutually_exclusive_group()
    shape.add_argument("--plain", action="store_true", help="plain text (the default)")
    shape.add_argument("--markdown", action="store_true", help="Markdown")
    read.add_argument("--comments", action="store_true", help="the comments too")
    read.add_argument("--offline", action="store_true", help="only what is held")
    search = _verb(verbs, "search", "Search articles and comments.")
    query_argument(search)
    search.add_argument("--limit", type=_positive, default=20, metavar="N", help="at most so many (20)")
    pack = _verb(
        verbs, "pack", "Make stories readable offline: text, comments, pictures. Without a query: unread ones."
    )
    pack.add_argument("query", nargs="*", metavar="QUERY", help="as for list")
    pack.add_argument("--limit", type=_positive, default=500, metavar="N", help="at most so many stories")
    pack.add_argument("--budget", type=_positive, metavar="MB", help="fetch at most so much (else: pack_megabytes)")
    pack.add_argument("--no-pictures", action="store_true", help="leave pictures out")
    quotes = _verb(verbs, "quotes", "Who said what, across the library; without an option, who is quoted how often.")
    quotes.add_argument("--speaker", metavar="NAME", help="what they said: a name, or the beginning of its words")
    quotes.add_argument("--story", metavar="STORY", help="who says what in it: its id (see list) or its address")
    quotes.add_argument("--limit", type=_positive, default=50, metavar="N", help="at most so many (50)")


def _file_verbs(verbs: Any) -> None:
    load = _verb(verbs, "import", "Move in from another reader: feeds, stories, read marks and stars.")
    load.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="OPML, newsboat's urls and cache.db, newsraft's feeds; - for standard input; or just newsboat or newsraft",
    )
    load.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    save = _verb(verbs, "export", "Print the subscriptions as OPML, or everything as JSON.")
    save.add_argument(
        "--format",
        choices=("opml", "json"),
        default="opml",
        help="json: everything there is; import restores it",
    )
    save.add_argument("--passwords", action="store_true", help="with the passwords that addresses hold")
    _verb(verbs, "dirs", "Say where things lie.")
    _config_verb(verbs)


def _care_verbs(verbs: Any) -> None:
    doctor = _verb(verbs, "doctor", "Say how the library is, and mend it.")
    doctor.add_argument("--fix", action="store_true", help="mend what can be mended")
    doctor.add_argument("--rebuild", action="store_true", help="make every article and the search index anew, offline")
    prune = _verb(verbs, "prune", "Let old read stories go; unread, starred and tagged ones always stay.")
    prune.add_argument("--days", type=_positive, metavar="N", help="those read and come longer ago (else: keep_days)")
    prune.add_argument("--feed", metavar="FEED", help="only of this feed (id, address or title)")
    prune.add_argument("--dry-run", action="store_true", help="say what would go, change nothing")
    prune.add_argument("--shrink", action="store_true", help="give the room back to the disk afterwards")


def _shell_verbs(verbs: Any) -> None:
    from tui_news.cli.completions import SHELLS
    from tui_news.cli.plain import add_verbs

    add_verbs(_verb, verbs)
    shells = verbs.add_parser("completions", help="Print completions for a shell.", epilog=EXITS)
    shells.add_argument("shell", choices=SHELLS)
    verbs.add_parser("man", help="Print the manual page: tuinews man | man -l -", epilog=EXITS)
    verbs.add_parser("complete").add_argument("kind")  # for the shells' completions: not a person's verb


def _config_verb(verbs: Any) -> None:
    config = _verb(verbs, "config", "Show or change the settings.")
    config.add_argument("--example", action="store_true", help="print config.toml with every setting explained")
    config.add_argument("do", nargs="?", choices=("get", "set", "unset", "path"), help="get NAME, set NAME VALUE …")
    config.add_argument("words", nargs="*", metavar="WORD", help="a setting's name (keys.ACTION for a key) and value")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("a number from 1 up is needed")
    return number


def run(argv: Sequence[str]) -> int:
    """Parse and carry out. argparse's own exits (2 for usage, 0 for --help) come back as codes."""
    return guarded(_parsed, argv)


def _cleaned(argv: Sequence[str]) -> list[str]:
    """Words as they may be kept and quoted: a script may have them from anywhere. `import` gets names of files."""
    if "import" in argv[:1]:
        return list(argv)
    return [UNSAFE.sub("\ufffd", word.replace("\t", " ").replace("\r", "\n")) for word in argv]


def _parsed(argv: Sequence[str]) -> int:
    try:
        args = build_parser("".join(argv[:1])).parse_args(plain_minus(_cleaned(argv)))
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    if args.verb == "refresh":  # without what the other verbs import
        spare_ssl()
        from tui_news.cli.refreshing import refresh

        return refresh(args)
    from tui_news.cli.verbs import VERBS

    return VERBS[args.verb](args)


T = TypeVar("T")


def guarded(verb: Callable[[T], int], args: T) -> int:
    """Every error a sentence; no traceback ever reaches the user."""
    from tui_news.cli.output import complain, complain_lines, drop, finish

    try:
        code = verb(args)
        finish()
    except LibraryError as error:
        complain(str(error))
        return UNUSABLE
    except TuinewsError as error:
        if isinstance(error, UsageError):
            complain_lines(str(error), *error.lines())
            return USAGE
        complain(str(error))
        return ERROR
    except BrokenPipeError:
        drop(sys.stdout)  # the reader of our pipe left: nothing more to say to it
        return DONE
    except KeyboardInterrupt:
        complain("stopped; what was fetched is stored")
        return 130
    except Exception as error:
        import time

        from tui_news.services.reporting import told

        complain(told(error, None, int(time.time())).removeprefix("tuinews: "))
        return ERROR
    return code
