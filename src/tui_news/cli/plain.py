"""Reading by words alone: the verbs that a screen reader, a pipe or a dumb terminal needs, and a plain reading loop."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from tui_news.cli import DONE, ERROR
from tui_news.cli.output import complain, say, say_json
from tui_news.models import StoryRow, TuinewsError, View
from tui_news.text.sanitize import clean_url, without_login

Args = argparse.Namespace
HELP = """\
enter n  the next unread story, and marks it read
c        the comments of the story you are at
w        who says what in it
s        star it, or take the star off
m        mark it unread again
o        open its page, or say its address
l        the newest unread stories (l WORDS: those that match)
NUMBER   read that story
/WORDS   search
r        refresh
u        undo
q        leave"""


def add_verbs(add: Callable[[Any, str, str], argparse.ArgumentParser], verbs: Any) -> None:
    """The parsers of this module's verbs."""
    following = add(verbs, "next", "Print the next unread story and mark it read: again and again it reads everything.")
    following.add_argument("--comments", action="store_true", help="its comments too")
    following.add_argument("--offline", action="store_true", help="only what is held")
    for name, text in (
        ("comments", "Print a story's comments."),
        ("star", "Star stories."),
        ("unread", "Mark stories unread."),
        ("open", "Open a story's page in the browser."),
    ):
        verb = add(verbs, name, text)
        many = name in ("star", "unread")
        verb.add_argument("stories" if many else "story", nargs="+" if many else None, metavar="STORY",
                          help="its id (see list) or its address")  # fmt: skip
        if name == "star":
            verb.add_argument("--off", action="store_true", help="take the star off")
        if name == "open":
            verb.add_argument("--print", action="store_true", help="only print the address")


def next_(args: Args) -> int:
    from tui_news.cli import main
    from tui_news.cli.verbs import open_desk

    with open_desk() as desk:
        row = desk.next_unread(View("unread"), None)
        if row is None:
            if args.json:
                say_json(None)
            else:
                say("Everything is read. `tuinews refresh` looks for more.")
            return DONE
    flags = [name for name in ("json", "comments", "offline") if getattr(args, name)]
    code = main(["read", str(row.id), *(f"--{name}" for name in flags)])
    if code == DONE:  # it has gone out: on a full disk, or stopped on the way, nobody has read it
        with open_desk() as desk:
            desk.set_read([row.id], True)
    return code


def comments(args: Args) -> int:
    from tui_news.cli.shapes import story_shape
    from tui_news.cli.stories import find_story
    from tui_news.cli.threads import print_thread
    from tui_news.cli.verbs import open_desk

    with open_desk() as desk:
        opened = desk.open(find_story(desk, args.story))
    assert opened is not None
    if args.json:
        say_json(story_shape(opened, None)["comments"])
    else:
        print_thread(opened, int(time.time()))
    return DONE


def star(args: Args) -> int:
    return _marked(args, lambda desk, ids: desk.set_starred(ids, not args.off), "Unstarred" if args.off else "Starred")


def unread(args: Args) -> int:
    return _marked(args, lambda desk, ids: desk.set_read(ids, False), "Unread again")


def _marked(args: Args, act: Callable[[Any, list[int]], None], word: str) -> int:
    from tui_news.cli.stories import find_story
    from tui_news.cli.verbs import open_desk

    with open_desk() as desk:
        ids = [find_story(desk, name) for name in args.stories]
        act(desk, ids)
        rows = desk.rows(ids)
    if args.json:
        say_json([{"id": number, "read": rows[number].read, "starred": rows[number].starred} for number in ids])
    else:
        for number in ids:
            say(f"{word}: {rows[number].title}")
    return DONE


def open_(args: Args) -> int:
    from tui_news.cli.stories import find_story
    from tui_news.cli.verbs import open_desk

    with open_desk() as desk:
        story = find_story(desk, args.story)
        row = desk.rows([story])[story]
    url = without_login(clean_url(row.url) or "")
    if not url.startswith(("http://", "https://")):
        raise TuinewsError(f"“{row.title}” has no page to open", "its address is none of a web page", "read prints it")
    opened = not args.print and _start(url)
    if args.json:
        say_json({"id": story, "url": url, "opened": opened})
    else:
        say(f"Opened {url}" if opened else url)
    return DONE


def _start(url: str) -> bool:
    """As the reader does: no shell, a clean address, nothing of what it prints."""
    from tui_news.ui.opener import browser_command

    command = browser_command(url, os.environ, sys.platform)
    if command is None:
        return False
    try:
        quiet = subprocess.DEVNULL
        subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError:
        return False
    return True


class Loop:
    """Reading on a terminal that can only print lines. ask: a line typed, None at its end. run: a verb's words."""

    def __init__(self, ask: Callable[[], str | None], run: Callable[[Sequence[str]], int]) -> None:
        self.ask, self.run = ask, run
        self.at: StoryRow | None = None

    def go(self) -> int:
        say("tuinews, line by line. Enter reads the next unread story, ? says what else there is, q leaves.")
        while True:
            line = self.ask()
            if line is None or line.strip() in ("q", "Q", "quit", "exit"):
                return DONE
            self.do(line.strip())

    def do(self, line: str) -> None:
        if line in ("", "n"):
            self._next()
        elif line.isdecimal():
            self._read(int(line))
        elif line[0] == "/" and line[1:].strip():
            self.run(["search", "--", line[1:].strip()])
        elif line[0] == "l" and line[1:2] in ("", " "):
            self.run(["list", "--limit", "20", *([line[1:].strip()] if line[1:].strip() else ["is:unread"])])
        elif line in ("r", "u"):
            self.run(["refresh" if line == "r" else "undo"])
        elif line in ("c", "w", "s", "m", "o"):
            self._about(line)
        else:
            say(HELP)

    def _next(self) -> None:
        from tui_news.cli.verbs import open_desk

        with open_desk() as desk:
            self.at = desk.next_unread(View("unread"), self.at.key if self.at else None)
        if self.at is None:
            say("Everything is read. r looks for more.")
        else:
            self._read(self.at.id)

    def _read(self, story: int) -> None:
        from tui_news.cli.verbs import open_desk

        with open_desk() as desk:
            self.at = desk.rows([story]).get(story)
            if self.at is not None:
                desk.set_read([story], True)
        if self.at is None:
            complain(f"there is no story {story}; l lists some")
        else:
            self.run(["read", str(story)])

    def _about(self, key: str) -> None:
        if self.at is None:
            say("You are at no story yet: enter reads the next one.")
            return
        from tui_news.cli.verbs import open_desk

        story = str(self.at.id)
        with open_desk() as desk:
            starred = desk.rows([self.at.id])[self.at.id].starred
        words = {
            "c": ["comments", story],
            "w": ["quotes", "--story", story],
            "s": ["star", story, *(["--off"] if starred else [])],
            "m": ["unread", story],
            "o": ["open", story],
        }
        self.run(words[key])


def read_line_by_line() -> int:
    """The reader on a dumb terminal. Ctrl-c and the end of the input leave it."""
    from tui_news.cli import main

    def ask() -> str | None:
        sys.stdout.write("> ")
        sys.stdout.flush()
        return sys.stdin.readline() or None

    try:
        return Loop(ask, main).go()
    except KeyboardInterrupt:
        return DONE
    except TuinewsError as error:
        complain(str(error))
        return ERROR


VERBS = {"next": next_, "comments": comments, "star": star, "unread": unread, "open": open_}
