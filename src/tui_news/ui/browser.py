"""Starting a browser: no shell, and nothing it prints may reach our screen."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

from textual.app import App, SuspendNotSupported

OPENERS = ("xdg-open", "wslview", "gnome-open", "firefox", "chromium", "google-chrome")
IN_TERMINAL = frozenset({"lynx", "w3m", "links", "links2", "elinks", "www-browser", "browsh", "chawan", "cha"})


def browser_command(
    url: str, environ: Mapping[str, str], platform: str, which: Callable[[str], str | None] = shutil.which
) -> list[str] | None:
    """The program and its arguments, or None when there is none that could show the page."""
    for wanted in environ.get("BROWSER", "").split(os.pathsep):
        argv = _split(wanted)
        if argv and which(argv[0]):
            return [part.replace("%s", url) for part in argv] if "%s" in wanted else [*argv, url]
    if platform == "darwin":
        return ["open", url]
    graphical = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") or environ.get("WSL_DISTRO_NAME")
    found = next((name for name in OPENERS if which(name)), None) if graphical else None
    return [found, url] if found else None


def _split(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:
        return []


def open_in_browser(app: App[Any], url: str) -> bool:
    """Start it, in our place if it is one for the terminal. `url` is clean already. Whether it could be started."""
    command = browser_command(url, os.environ, sys.platform)
    if command is None:
        return False
    try:
        if os.path.basename(command[0]) in IN_TERMINAL:
            with app.suspend():
                subprocess.run(command, check=False)
        else:
            quiet = subprocess.DEVNULL
            subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except (OSError, SuspendNotSupported):
        return False
    return True
