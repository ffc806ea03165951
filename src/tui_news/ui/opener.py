"""Which program shows a web page. Knows nothing of the screen."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Callable, Mapping

OPENERS = ("xdg-open", "wslview", "gnome-open", "firefox", "chromium", "google-chrome")


def browser_command(
    url: str, environ: Mapping[str, str], platform: str, which: Callable[[str], str | None] = shutil.which
) -> list[str] | None:
    """The program and its arguments, or None when there is none that could show the page."""
    for wanted in environ.get("BROWSER", "").split(os.pathsep):
        argv = _split(wanted)
        if argv and which(argv[0]):
            return [_filled(part, url) for part in argv] if "%s" in wanted else [*argv, url]
    if platform == "darwin":
        return ["open", url]
    graphical = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") or environ.get("WSL_DISTRO_NAME")
    found = next((name for name in OPENERS if which(name)), None) if graphical else None
    return [found, url] if found else None


def _filled(part: str, url: str) -> str:
    """The address in its place. Where that is inside a longer command (`sh -c "…"`), a shell will read it: quoted."""
    return part.replace("%s", url if " " not in part.strip() else shlex.quote(url))


def _split(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:
        return []
