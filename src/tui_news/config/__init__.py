"""Settings from `config.toml`. An unknown or wrong key is a warning with file and line, never a refusal to start.

`SETTINGS` says of each what it may be and what it does: the example file, `tuinews config` and the settings screen
follow from it.
"""

from __future__ import annotations

from dataclasses import field, fields
from pathlib import Path
from typing import Any

from tui_news.models.late import dataclass

PREFETCH = ("starred", "unread", "all", "off")
THREADS = ("auto", "open", "roots")
REMOVED = ("drop", "keep")
DENSITY = ("roomy", "compact")
PRESETS = ("tuinews", "newsboat")
_SAME = {("prefetch", "new"): "unread"}  # a setting's former word: it still does, and says nothing


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person can set; what each does is in `SETTINGS`. keys: action id -> keys."""

    theme: str = "tuinews"
    density: str = "roomy"
    text_width: int = 76
    threads: str = "auto"
    removed_comments: str = "drop"
    refresh_minutes: int = 60
    prefetch: str = "unread"
    keep_days: int = 0
    backups: int = 2
    pack_megabytes: int = 200
    player: str = ""
    notify: str = "off"
    preset: str = "tuinews"
    keys: dict[str, str] = field(default_factory=dict)
    share: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. help: sentences for a person. choices: the only words it takes, () for any; a number lies between
    low and high. label: a word or two for the settings screen."""

    name: str
    label: str
    help: str
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    def said(self, value: object) -> str:
        """A value for a person: with its unit, and 0 in words."""
        if isinstance(value, int):
            one, many, zero = _UNITS.get(self.name, ("", "", ""))
            return zero if zero and not value else f"{value:,} {one if value == 1 else many}".strip()
        return str(value or "not set")

    @property
    def default(self) -> Any:
        return getattr(Settings(), self.name)

    @property
    def is_number(self) -> bool:
        return isinstance(self.default, int)

    def problem(self, value: object) -> str:
        """What is wrong with the value, in words; "" when nothing is."""
        if isinstance(self.default, dict):
            fine = isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
            return "" if fine else 'a table of action = "keys" is needed'
        if self.choices:
            return "" if value in self.choices else f"one of {', '.join(self.choices)} is needed"
        if self.is_number:
            fine = isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high
            return "" if fine else f"a whole number from {self.low} to {self.high} is needed"
        return "" if isinstance(value, str) else "text in quotes is needed"


# One, many, and what 0 means.
_UNITS = {
    "text_width": ("column", "columns", ""),
    "refresh_minutes": ("minute", "minutes", "only when asked"),
    "keep_days": ("day", "days", "for ever"),
    "backups": ("copy", "copies", "none"),
    "pack_megabytes": ("MB", "MB", ""),
}

SETTINGS: tuple[Setting, ...] = (
    Setting("theme", "Theme", "The colours: tuinews, tuinews-light, high-contrast, ansi-dark and ansi-light (the "
            "terminal's own), or any of Textual's, such as nord, gruvbox, dracula. NO_COLOR wins over it."),
    Setting("density", "List rows", "roomy: two lines a story; compact: one.", DENSITY),
    Setting("text_width", "Text width", "The widest a line of a story gets, in columns.", low=30, high=200),
    Setting("threads", "Threads", "How a long discussion starts: open, at its roots (top-level comments only), or auto "
            "(open up to 300 comments).", THREADS),
    Setting("removed_comments", "Gone comments", "What becomes of a comment's words when its site takes them down: "
            "drop them, as their author may have wanted, or keep them.", REMOVED),
    Setting("refresh_minutes", "Refresh", "How often the reader fetches what is due, in minutes; 0: only when asked.",
            high=10_080),
    Setting("prefetch", "Fetch ahead", "Whose full text and comments a refresh fetches: those of starred stories, of "
            "unread ones, of all of the last week, or off: only what is opened.", PREFETCH),
    Setting("keep_days", "Keep stories", "How many days a read story is kept; 0: for ever. Unread, starred and tagged "
            "stories always stay. `tuinews prune --dry-run` says what would go.", high=36_500),
    Setting("backups", "Backups", "How many copies of the library are kept beside it; 0: none are made.", high=9),
    Setting("pack_megabytes", "Pack size", "How much one pack may fetch, in megabytes.", low=1, high=100_000),
    Setting("player", "Player", "What plays podcasts, such as mpv; the address comes after its words and --. Empty: "
            "the browser."),
    Setting("notify", "Tell of news", "After a refresh by itself: off; terminal, which asks the terminal to (OSC 9); "
            "or a command such as notify-send, which gets the sentence as its last word."),
    Setting("preset", "Keys", "The keys to begin with: tuinews, or newsboat for newsboat's habits.", PRESETS),
    Setting("keys", "Own keys", "Your own keys over the preset's: an action and its keys, parted by commas. "
            "docs/keys.md names the actions."),
    Setting("share", "Share", "Commands for the | key: a name and its words. {title}, {url}, {feed}, {author} and "
            "{text} standing alone become one word each; the story's text comes on standard input. No shell is asked."),
)  # fmt: skip
BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Loaded:
    settings: Settings
    warnings: tuple[str, ...] = ()


def load_settings(path: Path) -> Loaded:
    """Read the file if it is there. A file that cannot be read or parsed gives the defaults and one warning."""
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return Loaded(Settings())
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        return Loaded(Settings(), (f"{path} cannot be read: {why}; the default settings are in use",))
    import tomllib  # twenty milliseconds that a start without settings need not spend

    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Loaded(Settings(), (f"{path}: {error}; the default settings are in use",))
    values: dict[str, Any] = {}
    warnings: list[str] = []
    for name, given in data.items():
        value = _SAME.get((name, given), given) if isinstance(given, str) else given
        problem = BY_NAME[name].problem(value) if name in BY_NAME else "unknown setting" + _meant(name)
        if problem:
            warnings.append(f"{path}:{_line(text, name)}: {name}: {problem}; it is ignored")
        else:
            values[name] = value
    return Loaded(Settings(**values), tuple(warnings))


def _meant(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, BY_NAME, 1)
    return f" (did you mean {near[0]}?)" if near else ""


def _line(text: str, name: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().strip("[]").split("=")[0].strip().strip("\"'") == name:
            return number
    return 1


assert [setting.name for setting in SETTINGS] == [item.name for item in fields(Settings)]
