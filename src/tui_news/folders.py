"""The folders of `paths`, as strings and with nothing imported but os and sys: the stored picture is looked up before
anything else is loaded."""

from __future__ import annotations

import os
import sys

# What platformdirs answers on these systems (a test compares): importing it costs as much as starting Python.
_DEFAULTS = {
    "linux": {"DATA": ".local/share", "CACHE": ".cache", "CONFIG": ".config", "STATE": ".local/state"},
    "darwin": {
        "DATA": "Library/Application Support",
        "CACHE": "Library/Caches",
        "CONFIG": "Library/Application Support",
        "STATE": "Library/Application Support",
    },
}


def folder(kind: str) -> str:
    """The folder for DATA, CACHE, CONFIG or STATE; "" where only platformdirs knows.

    `TUINEWS_HOME` puts everything under one folder; else XDG variables (on macOS too), else the system's own place. On
    macOS an existing ~/.config/tuinews is used for CONFIG.
    """
    home = os.environ.get("TUINEWS_HOME")
    if home:
        return os.path.join(os.path.expanduser(home), kind.lower())
    chosen = os.environ.get(f"XDG_{kind}_HOME", "")
    if os.path.isabs(chosen):
        return os.path.join(chosen, "tuinews")
    own = os.path.expanduser("~")
    dotconfig = os.path.join(own, ".config", "tuinews")
    if kind == "CONFIG" and sys.platform == "darwin" and os.path.isdir(dotconfig):
        return dotconfig
    places = _DEFAULTS.get(sys.platform)
    return os.path.join(own, places[kind], "tuinews") if places and os.path.isabs(own) else ""
