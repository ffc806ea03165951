"""A person's own keys over the registry's: pure, and every mistake is a sentence, never a refusal to start."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from textual.keys import Keys

from tui_news.models.late import dataclass
from tui_news.ui.actions import ACTIONS, BY_ID, NAMES, Action, key_name

NEWSBOAT = {
    "story.next_unread": "n", "story.previous_unread": "p", "story.toggle_read": "N", "list.mark_all_read": "A",
    "story.hints": "u,f", "app.undo": "ctrl+z", "story.full_text": "x", "list.unread_only": "l,U",
    "list.open": "enter,right", "feed.open": "enter,right", "feed.remove": "D", "thread.previous_new": "p",
    "thread.parent": "^",
}  # fmt: skip
PRESETS: Mapping[str, Mapping[str, str]] = {"tuinews": {}, "newsboat": NEWSBOAT}
ALWAYS = ("app.quit", "app.help", "app.leave")
# As docs/keys.md and the help write them: pgdn, ctrl-d, ↓.
_WRITTEN = {shown: key for key, shown in NAMES.items() if len(shown) > 1 or shown in "↓↑←→"}
_NAMED = {part for key in Keys for part in key.value.split("+")}


@dataclass(frozen=True, slots=True)
class Keymap:
    """keys: action id -> its keys. problems: sentences about what could not be done as asked."""

    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...] = ()

    def first(self, action_id: str) -> str:
        """The key to name in a sentence, or the action's name when it has none."""
        keys = self.keys.get(action_id, ())
        return key_name(keys[0]) if keys else action_id


def make_keymap(preset: str = "tuinews", own: Mapping[str, str] | None = None) -> Keymap:
    """The registry's keys, a preset over them, and the person's own on top. `own`: action id -> "key,key"."""
    problems: list[str] = []
    if preset not in PRESETS:
        problems.append(f"There is no preset {preset!r}; the keys of 'tuinews' are in use.")
    chosen = {action.id: action.keys for action in ACTIONS}
    for layer in (PRESETS.get(preset, {}), own or {}):
        asked = {name: split_keys(keys) for name, keys in layer.items() if name in BY_ID}
        problems += [f"There is no action {name!r}; its keys are ignored." for name in layer if name not in BY_ID]
        problems += [_unknown(key, name) for name, keys in asked.items() for key in keys if not _is_key(key)]
        asked = {name: tuple(filter(_is_key, keys)) for name, keys in asked.items()}
        _lay(chosen, asked, problems if layer is own else [])
    _keep_always(chosen, problems)
    return Keymap(chosen, tuple(problems))


def split_keys(text: str) -> tuple[str, ...]:
    """ "j, down" -> ("j", "down"), "ctrl-d" -> ("ctrl+d",). A lone "," is the comma key."""
    if text.strip() == ",":
        return ("comma",)
    return tuple(dict.fromkeys(_meant(key) for part in text.split(",") if (key := part.strip())))


def _meant(key: str) -> str:
    """The name that the terminal's key comes with, for one written as people write it."""
    key = re.sub(r"\b(ctrl|shift|alt)-(?=.)", r"\1+", key)
    return _WRITTEN.get(key, key)


def _is_key(key: str) -> bool:
    *held, last = key.split("+") if key != "+" else [key]
    if not set(held) <= {"ctrl", "shift", "alt", "super", "hyper", "meta"}:
        return False
    try:
        return len(last) == 1 or last in _NAMED or bool(unicodedata.lookup(last.replace("_", " ")))
    except (KeyError, ValueError):
        return False


def _unknown(key: str, name: str) -> str:
    return f"There is no key {key!r}, which {name} was to have; it is ignored."


def _lay(chosen: dict[str, tuple[str, ...]], asked: Mapping[str, tuple[str, ...]], problems: list[str]) -> None:
    """Give the asked keys in turn; among them the first keeps a key, and the others lose theirs to them."""
    given: dict[str, tuple[str, ...]] = {}
    for name, keys in asked.items():
        mine = list(keys)
        for other, theirs in given.items():
            clash = [key for key in mine if key in theirs and _meet(BY_ID[name], BY_ID[other])]
            if clash:
                problems.append(_sentence(clash, name, other))
                mine = [key for key in mine if key not in clash]
        given[name] = tuple(mine)
    for other, keys in chosen.items():
        taken = {key: name for name, theirs in given.items() if _meet(BY_ID[name], BY_ID[other]) for key in theirs}
        chosen[other] = given.get(other, tuple(key for key in keys if key not in taken))
        if keys and not chosen[other] and other not in given and other not in ALWAYS:
            problems.append(_robbed(other, keys[0], taken[keys[0]]))


def _robbed(other: str, key: str, name: str) -> str:
    return f'{other} has no key now: {key_name(key)} is for {name}. Give it another, or "" if it needs none.'


def _meet(one: Action, other: Action) -> bool:
    return bool(set(one.contexts) & set(other.contexts))


def _sentence(keys: list[str], name: str, other: str) -> str:
    return f"{', '.join(map(key_name, keys))} cannot be both {other} and {name}; it stays with {other}."


def _keep_always(chosen: dict[str, tuple[str, ...]], problems: list[str]) -> None:
    """Nobody may be locked in: leaving, help and back get their own key again if theirs was taken."""
    for name in ALWAYS:
        if chosen[name]:
            continue
        spare = BY_ID[name].keys[-1]
        for other, keys in chosen.items():
            chosen[other] = tuple(key for key in keys if key != spare)
        chosen[name] = (spare,)
        problems.append(f"{name} needs a key; it keeps {key_name(spare)}.")


def clashes(keys: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    """(key, action, action) wherever one key would mean two things in one context."""
    seen: dict[tuple[str, str], str] = {}
    found = []
    for action in ACTIONS:
        for context in action.contexts:
            for key in keys.get(action.id, ()):
                other = seen.setdefault((context, key), action.id)
                if other != action.id:
                    found.append((key, other, action.id))
    return found


def with_line_feed(keys: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """What enter does, a line feed does too, unless ctrl+j is somebody's key.

    An enter that is typed before the terminal is ours has become a line feed when we read it, and would be lost.
    """
    if any("ctrl+j" in those for those in keys.values()):
        return keys
    return {name: (*those, "ctrl+j") if "enter" in those else those for name, those in keys.items()}
