"""Starting a browser: no shell, and nothing it prints may reach our screen."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from textual.app import App, SuspendNotSupported

from tui_news.ui.opener import browser_command

IN_TERMINAL = frozenset({"lynx", "w3m", "links", "links2", "elinks", "www-browser", "browsh", "chawan", "cha"})


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
