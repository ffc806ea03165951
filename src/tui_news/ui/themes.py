"""Our own two themes: ink and paper, with one warm accent, quiet enough for an evening of reading."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.screen import Screen

DIALOGS = Path(__file__).with_name("dialogs.tcss")  # no first paint needs it

TUINEWS = Theme(
    name="tuinews",
    primary="#d8a657",
    secondary="#7daea3",
    accent="#e78a4e",
    foreground="#d6cfc4",
    background="#1b1c1e",
    surface="#212326",
    panel="#2b2e32",
    success="#a9b665",
    warning="#d8a657",
    error="#ea6962",
    dark=True,
    variables={
        "footer-key-foreground": "#d8a657",
        "scrollbar": "#33373c",
        "scrollbar-background": "#1b1c1e",
        "scrollbar-background-hover": "#1b1c1e",
        "scrollbar-background-active": "#1b1c1e",
        "input-selection-background": "#d8a657 30%",
    },
)
TUINEWS_LIGHT = Theme(
    name="tuinews-light",
    primary="#8a5a00",
    secondary="#2f6f68",
    accent="#b3541e",
    foreground="#2b2722",
    background="#f8f4ec",
    surface="#f1ebdf",
    panel="#e4dccb",
    success="#4f6d1c",
    warning="#8a5a00",
    error="#a8322b",
    dark=False,
    variables={
        "footer-key-foreground": "#8a5a00",
        "scrollbar": "#d3c9b5",
        "scrollbar-background": "#f8f4ec",
        "scrollbar-background-hover": "#f8f4ec",
        "scrollbar-background-active": "#f8f4ec",
        "input-selection-background": "#8a5a00 30%",
    },
)
HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#ffb000",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#222222",
    success="#00ff66",
    warning="#ffff00",
    error="#ff7070",
    dark=True,
    variables={
        "text-muted": "#e6e6e6",
        "footer-key-foreground": "#ffff00",
        "scrollbar": "#ffffff",
        "scrollbar-background": "#000000",
        "scrollbar-background-hover": "#000000",
        "scrollbar-background-active": "#000000",
        "input-selection-background": "#ffff00 40%",
    },
)
OWN = (TUINEWS, TUINEWS_LIGHT, HIGH_CONTRAST)


def theme_names(known: Iterable[str]) -> list[str]:
    """Ours first, then the terminal's own colours, then the rest by name."""
    first = [theme.name for theme in OWN] + ["ansi-dark", "ansi-light"]
    return [*first, *sorted(set(known) - set(first) - {"textual-ansi"})]


def pick_theme(wanted: str, environ: Mapping[str, str]) -> str:
    """The theme to start with. Without colours, or on a plain terminal, the terminal's own are used."""
    if environ.get("NO_COLOR") is not None or environ.get("TERM", "") in ("dumb", "linux", "vt100"):
        return "ansi-light" if wanted.endswith("light") else "ansi-dark"
    return wanted


def is_ansi(theme: str) -> bool:
    return theme.startswith("ansi-")


def environment() -> Mapping[str, str]:
    return os.environ


def furnish_dialogs(screen: Screen[Any]) -> None:
    """Each dialog names this file; Textual would read all others again with it, under the reader's finger."""
    sheet = screen.app.stylesheet
    if not sheet.has_source(str(DIALOGS), ""):
        sheet.read(DIALOGS)
