"""`tuinews config`: what is set, one setting, the documented example."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from tui_news.cli import DONE, USAGE
from tui_news.cli.output import complain, say, say_json
from tui_news.config import SETTINGS, load_settings
from tui_news.config.writing import change, current, example, literal, parse_value
from tui_news.paths import default_paths

Args = argparse.Namespace
WORDS = {"get": 1, "set": 2, "unset": 1, "path": 0, "": 0}


def config(args: Args) -> int:
    path = default_paths().settings
    if args.example:
        say(example().rstrip("\n"))
        return DONE
    do, words = args.do or "", args.words
    if len(words) != WORDS[do]:
        complain("config: usage: config [--example] | get NAME | set NAME VALUE | unset NAME | path")
        return USAGE
    if do == "path":
        _print(args, str(path))
    elif do == "get":
        _print(args, current(path, words[0]))
    elif do in ("set", "unset"):
        change(path, words[0], parse_value(*words) if do == "set" else None)
        _print(args, current(path, words[0]), f"{words[0]} = ")
    else:
        _all(args)
    return DONE


def _print(args: Args, value: Any, before: str = "") -> None:
    if args.json:
        say_json(value)
    else:
        say(before + (value if isinstance(value, str) and not before else literal(value)))


def _all(args: Args) -> None:
    path = default_paths().settings
    loaded = load_settings(path)
    if args.json:
        say_json({"path": str(path), "settings": asdict(loaded.settings), "warnings": [*loaded.warnings, *_rules()]})
        return
    for warning in (*loaded.warnings, *_rules()):
        complain(warning)
    for setting in SETTINGS:
        value = getattr(loaded.settings, setting.name)
        mark = "" if value == setting.default else "  (set)"
        say(f"{setting.name} = {literal(value)}{mark}")
    say(f"\nFrom {path}; `tuinews config --example` explains each.")


def _rules() -> tuple[str, ...]:
    """What is wrong in the reader's rules for sites."""
    from tui_news.articles.siterules import load_rules  # brings lxml, which nothing else here needs

    path = default_paths().sites
    return load_rules(path).problems
