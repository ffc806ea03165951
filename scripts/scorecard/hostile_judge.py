"""What a route's facts are worth: a list of what is wrong, empty when the route passes. The words of the server's
manifest that are meant for people (`log`, `output`) are taken literally here."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from output import marks_of_harm
from program import Done, damage, log_text

SECRET = "s3cr3t"
MOST_SECONDS, MOST_MB = 60, 200


def judge(route: dict[str, Any], facts: dict[str, Any], runs: list[Done], home: Path, floor: float) -> list[str]:
    expect = route["expect"]
    why: list[str] = []
    for name, step in facts.items():
        if isinstance(step, dict) and "mb" in step:
            why += _limits(expect, name, step, floor)
    if facts.get("canary"):
        why.append(f"forbidden connections: {facts['canary']}")
    why += _outcome(route, facts)
    why += _politeness(route, facts)
    why += _words(route, facts, runs, home)
    if wrong := damage(home):
        why.append(f"library: {wrong}")
    if any(done.hung for done in runs):
        why.append("hung")
    if os.path.exists("/tmp/CNRY7F"):
        why.append("a command was run")
    return why


def _limits(expect: dict[str, Any], name: str, step: dict[str, Any], floor: float) -> list[str]:
    why = []
    if step["seconds"] > min(expect["max_s"], MOST_SECONDS):
        why.append(f"{name}: {step['seconds']:.1f} s > {expect['max_s']}")
    if step["mb"] - floor > MOST_MB:
        why.append(f"{name}: +{step['mb'] - floor:.0f} MB")
    good = [error for error in step.get("good", ()) if error]
    if good:
        why.append(f"{name}: a good feed was affected: {good[0]}")
    if "requests_max" in expect and step.get("requests", 0) > expect["requests_max"]:
        why.append(f"{name}: {step['requests']} requests > {expect['requests_max']}")
    return why


def _outcome(route: dict[str, Any], facts: dict[str, Any]) -> list[str]:
    expect, kind = route["expect"], route["kind"]
    first = facts.get("first", {})
    outcome = facts.get("outcome") or first.get("outcome")
    why = []
    if sorted(map(tuple, facts.get("good_stories", [(1, 3), (2, 3), (3, 3)]))) != [(1, 3), (2, 3), (3, 3)]:
        why.append(f"the good feeds hold {facts['good_stories']}")
    if expect["outcome"] not in ("either", outcome):
        said = first.get("error") or facts.get("read", {}).get("said")
        why.append(f"{outcome} instead of {expect['outcome']}: {said}")
    if outcome == "error" and kind == "feed" and first.get("total"):
        why.append("an error, but entries were stored")
    if outcome == "ok":
        number = {"feed": first.get("total"), "comments": facts.get("comments"), "opml": facts.get("feeds")}.get(kind)
        names = {"feed": "entries", "comments": "comments", "opml": "feeds"}
        why += _count(expect, names.get(kind, ""), number)
        why += _fields(expect, facts)
        if kind == "comments" and facts.get("depth", 0) < expect.get("depth", 0):
            why.append(f"depth {facts['depth']} < {expect['depth']}")
    if kind == "comments" and not facts.get("article"):
        why.append("the article is not readable")
    if kind == "opml" and facts.get("again"):
        why.append(f"importing twice added {facts['again']}")
    for number, wanted in enumerate(expect.get("refreshes", ())):
        why += _again(wanted, facts.get(f"again{number}", {}))
    return why


def _count(expect: dict[str, Any], name: str, number: int | None) -> list[str]:
    if number is None or not name:
        return []
    why = []
    if name in expect and number != expect[name]:
        why.append(f"{number} {name} instead of {expect[name]}")
    if number < expect.get(f"{name}_min", 0):
        why.append(f"{number} {name} < {expect[f'{name}_min']}")
    if number > expect.get(f"{name}_max", 1 << 60):
        why.append(f"{number} {name} > {expect[f'{name}_max']}")
    return why


def _fields(expect: dict[str, Any], facts: dict[str, Any]) -> list[str]:
    rows = facts.get("feed") or []
    why = []
    for key, value in expect.get("fields", {}).items():
        place, field = key.split(".")
        ends = {str(rows[i][field]) for i in (int(place), -1 - int(place))} if rows else set()
        if value not in ends:
            why.append(f"{key} is {sorted(ends)} instead of {value!r}")
    for key, most in expect.get("fields_max", {}).items():
        place, field = key.split(".")
        if rows and len(str(rows[int(place)][field])) > most:
            why.append(f"{key} has {len(str(rows[int(place)][field]))} characters")
    return why


def _again(wanted: dict[str, Any], step: dict[str, Any]) -> list[str]:
    why = []
    if "status" in wanted and step.get("status") != "same":
        why.append(f"again: {step.get('status')} instead of not modified")
    if wanted.get("outcome", step.get("outcome")) != step.get("outcome"):
        why.append(f"again: {step.get('outcome')} instead of {wanted['outcome']}")
    for name in ("new", "total"):
        if name in wanted and (step.get(name) or 0) != wanted[name]:
            why.append(f"again: {step.get(name)} {name} instead of {wanted[name]}")
    return why


def _politeness(route: dict[str, Any], facts: dict[str, Any]) -> list[str]:
    log = route["expect"].get("log", "")
    first, again = facts.get("first", {}), facts.get("again0", {})
    asked = [headers for step in (first, again) for headers in step.get("asked", ())]
    why = []
    if facts.get("unforced"):
        why.append("asked again although nothing was due")
    if "validators" in log and not any("if-none-match" in one or "if-modified-since" in one for one in again["asked"]):
        why.append("no validators in the second request")
    if "User-Agent" in log and not any(
        "tuinews" in one.get("user-agent", "") and "http" in one["user-agent"] for one in asked
    ):
        why.append("the User-Agent names no program or no address")
    if "cookie" in log.lower() and any("cookie" in one or "referer" in one for one in asked[1:]) and "chain" not in log:
        why.append("a cookie or a referer was sent")
    if "capped" in log or "busy" in log or "hourly" in log:
        wait = facts.get("next_in")
        if wait is None or not 600 <= wait <= 26 * 3600:
            why.append(f"the next check comes after {wait} s")
    return why


def _words(route: dict[str, Any], facts: dict[str, Any], runs: list[Done], home: Path) -> list[str]:
    expect = route["expect"]
    shown = b"\n".join(part for done in runs for part in (done.out, done.err))
    why = marks_of_harm(shown)
    text, log = shown.decode("utf-8", "replace"), log_text(home)
    if "Traceback" in text or "Traceback" in log:
        why.append("a traceback")
    if "an error in the program" in text:
        why.append("unexpected: " + text.split("an error in the program", 1)[1][:120])
    if route["group"] == "auth" and (SECRET in text or SECRET in log):
        why.append("a password was shown")
    held = facts.get("text", "") + text
    why += [f"{word!r} missing" for word in expect.get("contains", ()) if word not in held]
    why += [f"{word!r} leaked" for word in expect.get("excludes", ()) if word in held]
    if re.search(r"root:[^\n]*:0:0:", held):
        why.append("a file of this computer was shown")
    return why
