"""Settings from `config.toml`. An unknown or wrong key is a warning with file and line, never a refusal to start."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

PREFETCH = ("starred", "unread", "all", "off")
THREADS = ("auto", "open", "roots")
CHOICES = {"prefetch": PREFETCH, "threads": THREADS}
_SAME = {("prefetch", "new"): "unread"}  # a setting's former word: it still does, and says nothing


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person can set.

    text_width: cells of the reading column. refresh_minutes: 0 = only on request. prefetch: whose full text and
    comments a refresh fetches ahead: "starred" stories', the "unread" ones' or "all" of the last week; "off": only
    what is opened. threads: how a long discussion starts, "open", at its "roots", or "auto" (open up to 300 comments).
    keys: action id -> keys.
    """

    theme: str = "tuinews"
    text_width: int = 76
    refresh_minutes: int = 60
    prefetch: str = "unread"
    threads: str = "auto"
    preset: str = "tuinews"
    keys: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loaded:
    settings: Settings
    warnings: tuple[str, ...] = ()


def load_settings(path: Path) -> Loaded:
    """Read the file if it is there. A file that cannot be read or parsed gives the defaults and one warning."""
    if not path.exists():
        return Loaded(Settings())
    import tomllib  # twenty milliseconds that a start without settings need not spend

    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Loaded(Settings(), (f"{path}: {error}; the default settings are in use",))
    known = {item.name: item.type for item in fields(Settings)}
    values: dict[str, Any] = {}
    warnings: list[str] = []
    for name, given in data.items():
        value = _SAME.get((name, given), given) if isinstance(given, str) else given
        problem = "unknown setting" if name not in known else _problem(name, value)
        if problem:
            warnings.append(f"{path}:{_line(text, name)}: {name}: {problem}; it is ignored")
        else:
            values[name] = value
    return Loaded(Settings(**values), tuple(warnings))


def _problem(name: str, value: object) -> str:
    if name == "keys":
        fine = isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
        return "" if fine else 'a table of action = "keys" is needed'
    if name in CHOICES:
        return "" if value in CHOICES[name] else f"one of {', '.join(CHOICES[name])} is needed"
    if name in ("text_width", "refresh_minutes"):
        low, high = (30, 200) if name == "text_width" else (0, 10_080)
        fine = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        return "" if fine else f"a whole number from {low} to {high} is needed"
    return "" if isinstance(value, str) else "text in quotes is needed"


def _line(text: str, name: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().strip("[]").split("=")[0].strip().strip("\"'") == name:
            return number
    return 1
