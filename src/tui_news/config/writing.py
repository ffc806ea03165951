"""`config.toml` written: the documented example, and one setting changed with every comment left where it is."""

from __future__ import annotations

import json
import os
import textwrap
from contextlib import suppress
from pathlib import Path
from typing import Any

from tui_news.config import BY_NAME, SETTINGS, Setting, load_settings
from tui_news.models import TuinewsError

HEAD = """\
# tuinews: every setting, with what it is when you set nothing.
# Take the # off a line to change it; the reader's settings screen writes here too and leaves your comments.
"""


LINES = {"keys": '"story.next_unread" = "n"', "share": 'mail = "mail -s {title} me@example.org"'}  # of each table


def example() -> str:
    """The whole file, documented. Everything is commented out: it changes nothing until a person does."""
    parts = [HEAD]
    for setting in SETTINGS:
        parts.append("\n".join(textwrap.wrap(setting.help, 98, initial_indent="# ", subsequent_indent="# ")))
        if isinstance(setting.default, dict):
            parts.append(f"# [{setting.name}]\n# {LINES[setting.name]}\n")
        else:
            parts.append(f"{_limits(setting)}# {setting.name} = {literal(setting.default)}\n")
    return "\n".join(parts)


def _limits(setting: Setting) -> str:
    if setting.choices:
        return f"# One of: {', '.join(setting.choices)}\n"
    return f"# From {setting.low} to {setting.high}\n" if setting.is_number else ""


def literal(value: object) -> str:
    """The value as TOML writes it (for texts and numbers JSON's way is TOML's)."""
    return json.dumps(value, ensure_ascii=False)


def parse_value(name: str, text: str) -> Any:
    """The value that a person typed. Raises TuinewsError for a name that is none, or a value it does not take."""
    setting = _setting(name)
    value: Any = text
    if setting.is_number and "." not in name:
        with suppress(ValueError):
            value = int(text)
    problem = "" if "." in name else setting.problem(value)
    if problem:
        raise TuinewsError(f"{name} cannot be {text!r}", problem, "see `tuinews config --example`")
    return value


def _setting(name: str) -> Setting:
    table, _, key = name.partition(".")
    setting = BY_NAME.get(table)
    if setting is None or isinstance(setting.default, dict) != bool(key):
        known = ", ".join(one.name for one in SETTINGS if not isinstance(one.default, dict))
        raise TuinewsError(f"there is no setting {name!r}", f"they are {known}, and keys.ACTION", "check the name")
    return setting


def current(path: Path, name: str) -> Any:
    """What is in force: the file's value or the default. Raises TuinewsError for a name that is none."""
    _setting(name)
    table, _, key = name.partition(".")
    value = getattr(load_settings(path).settings, table)
    return value.get(key, "") if key else value


def change(path: Path, name: str, value: Any) -> None:
    """Set one setting (None: take the line out), everything else as it was, comments too.

    Raises TuinewsError; a file that cannot be parsed is not touched.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    _setting(name)
    table, _, key = name.partition(".")
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8") if os.path.lexists(path) else "")
        if key and table not in document and value is not None:
            document[table] = tomlkit.table()
        place: Any = document.get(table, {}) if key else document
        if value is None:
            place.pop(key or table, None)
        else:
            place[key or table] = value
        write(path, tomlkit.dumps(document))
    except (OSError, UnicodeDecodeError, ValueError, TOMLKitError) as error:
        raise TuinewsError(f"{path} could not be changed", str(error), "mend the file by hand") from error


def write(path: Path, text: str) -> None:
    """Whole or not at all. A link (to a folder of dotfiles) stays one. Raises OSError."""
    target = path.resolve()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with open(part, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o777)
        os.replace(part, target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
