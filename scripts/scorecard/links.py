"""Hostile links, and every way by which one leaves: `python scripts/scorecard links [--quick]`.

A server of ours writes each address of link_cases.py where a feed, a page or a comment can have one. The real program is
used on a terminal with a browser, a player, a command to share with and one to be told by that write down their
arguments. Judged are those arguments, what a shell made of them, links and copies in the terminal's own sequences
(OSC 8, OSC 52), and what is printed and exported.
"""

from __future__ import annotations

import argparse
import base64
import html
import json
import re
import shlex
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import link_cases
from escapes import Site, serving
from output import marks_of_harm
from places import RESULTS
from program import query, run
from screen import Screen, harm_on_screen

WEB = re.compile(
    r"https?://(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?)(?::[0-9]{1,5})?/[!#-&(-;=?-\[\]_a-z~]*"
)
MAIL_FIELDS = "to|cc|subject|body|keywords|in-reply-to|references"
MAIL = re.compile(rf"(?i)mailto:(?!-|%2d)[!#-&(-;=@-Z_a-z~]*?(?:\?(?:(?:{MAIL_FIELDS})=[!#-%(-;=?-Z_a-z~]*&?)+)?")
OSC8 = re.compile(rb"\x1b\]8;[^;\x07\x1b]*;([^\x07\x1b]*)(?:\x07|\x1b\\)")
OSC52 = re.compile(rb"\x1b\]52;[^;]*;([A-Za-z0-9+/=]*)")
WROTE = """#!/bin/sh
for word in "$@"; do printf '%s\\0' "$word"; done > "{folder}/{name}-$$.part"
mv "{folder}/{name}-$$.part" "{folder}/{name}-$$"
"""
LINKED = ("url", "href", "link", "author_url", "site", "home")
GOOD = "http://good.example/there"
KEYS = (
    "enter", "o", "f", "a", "f", "s", "f", "A", "p", "y", "Y", "|", "enter", "I", "o", "y", "esc", "c", "o", "y", "f", "a", "f", "s", "Y", "c", "J",
)  # fmt: skip
SHELLS = (
    "{b}",
    "{b} %s",
    "{b} --new-tab=%s",
    "sh -c '{b} %s'",
    "sh -c '{b} \"%s\"'",
    "sh -c \"{b} '%s'\"",
    "sh -c 'for x in %s; do {b} $x; done'",
    "env sh -c '{b} \"$(echo %s)\"'",
)


class Links(Site):
    """The site of the escapes, with addresses where it has texts."""

    def _item(self, number: int, text: str) -> dict[str, Any]:
        raw = html.escape(text, quote=True)
        body = (
            f"<p><a href='{raw}'>one</a> <a href='{GOOD}'>two</a></p><p><a href='{raw}'><img src='{raw}' alt='a cat'></a></p>"
            f"<p><a title=x href={html.escape(text.replace(' ', ''), quote=True) or 'x'}>three</a></p><iframe src='{raw}'></iframe>"
            f"<video src='{raw}'></video><form action='{raw}'><a href='{raw}' target=_blank download ping='{raw}'>four</a></form>"
        )
        return {
            "id": f"{self.base}/?p={number + 1}", "url": text if number % 5 else f"{GOOD}?{number}", "external_url": text, "title": f"story {number} zebra",
            "content_html": body, "authors": [{"name": "A. Writer", "url": text, "avatar": text}], "image": text, "banner_image": text,
            "date_published": "2026-03-02T09:00:00Z", "attachments": [{"url": text, "mime_type": "audio/mpeg", "title": text}],
        }  # fmt: skip

    def comments(self, post: int) -> bytes:
        raw, said = html.escape(self.texts[post - 1], quote=True), self.texts[post - 1]
        made = [
            {
                "id": post * 10 + n, "post": post, "parent": 0, "author_name": "kari", "author_url": said, "date_gmt": f"2026-03-02T09:0{n}:00",
                "content": {"rendered": f"<p>giraffe <a href='{raw}'>one</a> <a href='{GOOD}'>two</a></p>"}, "link": said, "status": "approved", "type": "comment",
            }
            for n in range(2)
        ]  # fmt: skip
        return json.dumps(made).encode()


def web_trouble(url: str) -> str:
    """Why this may not be handed to a browser: "" when it may."""
    return "" if WEB.fullmatch(url) and len(url) <= 8192 else f"it leaves as {url[:200]!r}"


def trouble(url: str) -> str:
    return "" if MAIL.fullmatch(url) and len(url) <= 8192 else web_trouble(url)


def on_terminal(raw: bytes) -> Iterator[str]:
    """Links' targets, and copies, in what was written to the terminal."""
    for found in set(OSC8.findall(raw)):
        if found and (why := trouble(found.decode("utf-8", "replace"))):
            yield f"OSC 8: {why}"
    for found in set(OSC52.findall(raw)):
        copied = base64.b64decode(found).decode("utf-8", "replace")
        yield from (f"copied: {why}" for why in marks_of_harm(copied.encode()))
        if copied.startswith(("http", "mailto", "javascript", "file", "data")) and (why := trouble(copied)):
            yield f"copied: {why}"


def in_markdown(text: str) -> Iterator[str]:
    for url in re.findall(r"(?<!\\)\]\(([^()\s]*)\)|^<([^>\s]+)>$", text, re.MULTILINE):
        if (one := url[0] or url[1]) and (why := trouble(one)):
            yield why


def in_json(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from in_json(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from in_json(inner, name)
    elif name in LINKED and isinstance(value, str) and value:  # noqa: SIM102
        if why := trouble(re.sub("^(https?://)[^/@]*@", r"\1", value)):
            yield f"{name}: {why}"


class Trial:
    """Places, and what was wrong with what left from there."""

    def __init__(self, home: Path, hrefs: Sequence[str]) -> None:
        self.home, self.hrefs, self.wrong, self.left = home, hrefs, dict[str, list[str]](), dict[str, int]()
        self.kept = home / "left"
        self.kept.mkdir()
        for name in ("browser", "player", "share", "told"):
            program = home / name
            program.write_text(WROTE.format(folder=self.kept, name=name), "utf-8")
            program.chmod(0o700)

    def note(self, place: str, why: Sequence[str]) -> None:
        self.wrong.setdefault(place, []).extend(why)

    def argvs(self, name: str) -> list[list[str]]:
        """What that program was given, and forgets it."""
        found = []
        for path in sorted(self.kept.glob(f"{name}-*[0-9]")):
            found.append(path.read_bytes().decode("utf-8", "surrogateescape").split("\0")[:-1])
            path.unlink()
        self.left[name] = self.left.get(name, 0) + len(found)
        return found

    def settle(self) -> None:
        time.sleep(1.0)
        while any(self.kept.glob("*.part")):
            time.sleep(0.1)

    def judge(self, place: str) -> None:
        """What the programs were given; that none of it was a command."""
        self.settle()
        for name, before in (("browser", []), ("player", ["--"])):
            for argv in self.argvs(name):
                rest = argv[len(before) :] if argv[: len(before)] == before else []
                if name == "player":  # what a feed attaches may lie behind the name and password that it gives
                    rest = [re.sub("^(https?://)[^/@]*@", r"\1", word) for word in rest]
                why = web_trouble(rest[0]) if len(rest) == 1 else f"{len(rest)} arguments: {argv!r}"
                self.note(f"{place}: {name}", [why] if why else [])
        for argv in self.argvs("share"):
            safe = (
                len(argv) == 4 and argv[0] == "--x" and not any(word.startswith(("-", "@", "+")) for word in argv[1:])
            )
            self.note(f"{place}: share", [] if safe and not (argv[2] and trouble(argv[2])) else [f"{argv!r}"[:300]])
        if (self.home / "canary").exists():
            self.note(f"{place}: a command was run", ["the canary came"])
            (self.home / "canary").unlink()

    def screen(self) -> None:
        names = {name: shlex.quote(str(self.home / name)) for name in ("browser", "player", "share", "told")}
        run(self.home, "config", "set", "player", names["player"])
        run(self.home, "config", "set", "notify", names["told"])
        run(self.home, "config", "set", "share.rec", f"{names['share']} --x {{title}} {{url}} {{text}}")
        with Screen(self.home, 120, 40, extra={"BROWSER": names["browser"]}) as screen:
            screen.start()
            screen.press("esc", "2", "g", "idle")
            for _ in self.hrefs:
                screen.press(*KEYS, "idle")
                if screen.ended:
                    self.note("on the screen", ["the program ended: " + screen.last_words()])
                    return
            screen.press("esc", "esc", "Q")
            screen.wait_end()
            raw = bytes(screen.raw)
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "links.raw").write_bytes(raw)
        self.note("terminal: OSC 8 and OSC 52", list(on_terminal(raw)))
        self.note("terminal: bytes", harm_on_screen(raw))
        self.left["links in OSC 8"] = len(set(OSC8.findall(raw)))
        self.left["copies in OSC 52"] = len(set(OSC52.findall(raw)))
        self.judge("on the screen")

    def verbs(self, ids: Sequence[int]) -> None:
        for number in ids:
            done = run(self.home, "read", str(number), "--json", "--comments", "--offline")
            self.note("read --json", list(in_json(json.loads(done.out or b"{}"))))
            done = run(self.home, "read", str(number), "--markdown", "--comments", "--offline")
            self.note("read --markdown", list(in_markdown(done.out.decode())))
        self.note("list --json", list(in_json(json.loads(run(self.home, "list", "--json", "--limit", "2000").out))))
        self.note("export --format json", list(in_json(json.loads(run(self.home, "export", "--format", "json").out))))

    def shells(self, ids: Sequence[int]) -> None:
        """`$BROWSER` as people write it: with %s, in a shell's command, in either kind of quotes."""
        import os

        browser = shlex.quote(str(self.home / "browser"))
        for command in SHELLS:
            os.environ["BROWSER"] = command.replace("{b}", browser)
            for number in ids:
                run(self.home, "open", str(number))
            self.settle()
            for argv in self.argvs("browser"):
                url = argv[0].removeprefix("--new-tab=") if len(argv) == 1 else ""
                self.note(f"$BROWSER {command}", [why] if (why := web_trouble(url)) and "for x" not in command else [])
            self.judge(f"$BROWSER {command}")
        os.environ.pop("BROWSER")

    def report(self, seconds: int) -> int:
        bad = {place: why for place, why in self.wrong.items() if why}
        few = [f"{name} got none" for name in ("browser", "player", "share") if not self.left.get(name)]
        print(
            f"links: {len(self.hrefs)} addresses, {len(self.wrong) - len(bad)} of {len(self.wrong)} ways safe; left: {self.left}; {seconds} s"
        )
        for place, why in bad.items():
            print(f"  {place}: {len(why)}: {why[0][:400]}")
        print("".join(f"  {line}\n" for line in few), end="")
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "links.json").write_text(
            json.dumps({"addresses": len(self.hrefs), "wrong": bad, "left": self.left}), "utf-8"
        )
        return len(bad) + len(few)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard links")
    parser.add_argument("--quick", action="store_true", help="one address in nine")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one address in N")
    args = parser.parse_args(argv)
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tuinews-links-") as folder:
        home = Path(folder)
        hrefs = link_cases.hrefs(str(home / "canary"))[:: 9 if args.quick else args.every]
        site, trial = Links(hrefs), Trial(home, hrefs)
        with serving(site):
            added = run(home, "add", f"{site.base}/feed.json")
            trial.note("add", [] if added.code == 0 else [added.err.decode("utf-8", "replace")])
            run(home, "refresh", "--force", "--full", limit=300)
            edition = [int(str(row[0])) for row in query(home, "SELECT id FROM feed WHERE url LIKE 'builtin:%'")]
            for number in edition:
                run(home, "remove", str(number))
            ids = [int(str(row[0])) for row in query(home, "SELECT id FROM story WHERE url != '' ORDER BY id")]
            trial.verbs(ids[:: 20 if args.quick else 4])
            shelled = query(
                home, "SELECT id FROM story WHERE url LIKE '%touch$%' OR url LIKE '%;%' OR url LIKE '%&%' ORDER BY id"
            )
            trial.shells([int(str(row[0])) for row in shelled][:: 3 if args.quick else 1])
            trial.screen()
    return trial.report(round(time.monotonic() - start))
