"""An address in the commands that people write into $BROWSER: run by a real shell, nothing of it is ever a command."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

from tui_news.text.sanitize import clean_url
from tui_news.ui import opener

COMMANDS = (
    "{b}", "{b} %s", "{b} --new-tab=%s", "{b} %s &", "sh -c '{b} %s'", "sh -c '{b} \"%s\"'", "sh -c \"{b} '%s'\"", "sh -c '{b} \"--url=%s\"'",
    "sh -c 'x=%s; {b} \"$x\"'", "sh -c '{b} \"$0\"'", "sh -c '{b} \"$1\"' - %s", "env X=1 sh -c '{b} \"%s\"'", "sh -c \"sh -c '{b} %s'\"",
    "sh -c \"eval {b} '%s'\"", "sh -c '{b} \"$(echo %s)\"'", "sh -c '{b} `echo %s`'", "sh -c '{b} \\%s'", "sh -c \"{b} 'see %s now'\"", "{ssh} host {b}",
    "{ssh} host {b} %s", "{ssh} host \"{b} '%s'\"",
)  # fmt: skip
TAILS = (
    ";touch${IFS}{c}", "&touch${IFS}{c}&", "?a=1&b=2;touch${IFS}{c}", "$(touch${IFS}{c})", "?x='$(touch${IFS}{c})'", '?x="$(touch${IFS}{c})"', "`touch${IFS}{c}`",
    "';touch${IFS}{c};'", '";touch${IFS}{c};"', "|touch${IFS}{c}", "||touch${IFS}{c}", "#;touch${IFS}{c}", "\\';touch${IFS}{c}", "(x)*?[a]~!y", "%27%3btouch", "\n;touch${IFS}{c}", "{x,y}", "<x>{c}",
)  # fmt: skip


def program(folder: Path, name: str, text: str) -> Path:
    made = folder / name
    made.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    made.chmod(0o700)
    return made


@pytest.mark.parametrize("command", COMMANDS)
def test_no_shell_reads_a_command_in_an_address(command: str, tmp_path: Path) -> None:
    """ssh: here a program that hands all its words to a shell, as the real one does at the other end."""
    browser = program(tmp_path, "browser", f"printf '%s\\n' $# \"$@\" > {tmp_path}/got")
    ssh = program(tmp_path, "ssh", 'shift; exec sh -c "$*"')
    wanted = command.replace("{b}", str(browser)).replace("{ssh}", str(ssh))
    for tail in TAILS:
        url = clean_url("https://a.example/" + tail.replace("{c}", str(tmp_path / "canary")))
        assert url is not None
        found = opener.browser_command(url, {"BROWSER": wanted}, "linux")
        assert found is not None
        subprocess.run(found, check=True, cwd=tmp_path, env={"PATH": os.environ["PATH"]}, timeout=30)
        count, *words = (tmp_path / "got").read_text("utf-8").splitlines()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["browser", "got", "ssh"]
        assert count == "1"
        assert unquote(
            words[0].removeprefix("--new-tab=").removeprefix("--url=").removeprefix("see ").removesuffix(" now")
        ) == unquote(url)


def test_where_nothing_reads_it_the_address_stays_as_it_is() -> None:
    url = "https://a.example/?a=1&b=$x;(y)"
    for command in ("b %s", "b --new-tab=%s", "sh -c 'b \"$1\"' - %s", "b", "sh -c \"b '%s'\""):
        assert url in " ".join(opener.browser_command(url, {"BROWSER": command}, "linux", str) or [])
    assert opener.browser_command(url, {"BROWSER": "sh -c 'b \"%s\"'"}, "linux", str) == [
        "sh",
        "-c",
        f'b "{url.replace("$", "%24")}"',
    ]


def test_what_is_known_to_end_its_options_is_told_to() -> None:
    url = "https://a.example/"
    assert opener.browser_command(url, {"BROWSER": "/usr/bin/chromium --incognito"}, "linux", str) == [
        "/usr/bin/chromium",
        "--incognito",
        "--",
        url,
    ]
    assert opener.browser_command(url, {"BROWSER": "firefox"}, "linux", str) == ["firefox", url]
    assert opener.with_address(["mpv"], url, ends=True) == ["mpv", "--", url]
    assert opener.browser_command(url, {"BROWSER": "'"}, "linux", str) is None
