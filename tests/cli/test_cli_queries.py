"""Queries on the command line, on the built-in edition."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui_news.cli import main
from tui_news.cli.query_args import plain_minus


@pytest.fixture(autouse=True)
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path))
    assert main(["add", "builtin:edition/feed.xml"]) == 0
    capsys.readouterr()


def ask(capsys: pytest.CaptureFixture[str], *argv: str) -> object:
    assert main([*argv, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def count(capsys: pytest.CaptureFixture[str], *query: str) -> int:
    rows = ask(capsys, "list", *query)
    assert isinstance(rows, list)
    return len(rows)


def test_the_same_words_list_and_search(capsys: pytest.CaptureFixture[str]) -> None:
    everything = count(capsys)
    some = count(capsys, "is:unread", "has:comments")
    assert 0 < some < everything
    assert count(capsys, "-has:comments") == everything - some
    assert count(capsys, "NOT has:comments OR has:comments") == everything
    words = ask(capsys, "search", "horseradish OR lighthouse")
    assert isinstance(words, list)
    assert {row["id"] for row in words} == {row["id"] for row in ask(capsys, "list", "horseradish", "OR", "lighthouse")}  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_list_that_is_cut_says_so_beside_it(capsys: pytest.CaptureFixture[str], form: list[str]) -> None:
    total = count(capsys)
    assert main(["list", "--limit", "2", *form]) == 0
    out, err = capsys.readouterr()
    assert err == f"2 of {total} stories; --limit N lists more.\n"
    assert "--limit" not in out
    assert main(["list", "--limit", str(total), *form]) == 0
    assert capsys.readouterr().err == ""


def test_an_error_points_at_the_character_and_is_usage(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in (["list"], ["search"], ["mark", "--read"], ["rules", "add"], ["smart", "add", "Name"]):
        assert main([*verb, "ferry (boat"]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.splitlines() == [
            "tuinews: The query cannot be read: the parenthesis is never closed", "  ferry (boat", "        ^",
        ]  # fmt: skip
    assert main(["list", "\x1b]0;x\x07 )"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_marking_what_matches_is_undone(capsys: pytest.CaptureFixture[str]) -> None:
    total = count(capsys)
    assert ask(capsys, "mark", "has:comments", "--read", "--dry-run") == {
        "matches": count(capsys, "has:comments"),
        "changed": 0,
    }
    changed = ask(capsys, "mark", "has:comments", "--read")
    assert count(capsys, "is:read") == changed["changed"] > 0  # type: ignore[index]
    assert ask(capsys, "mark", "is:read", "--tag", "done") == changed
    assert count(capsys, "tag:done") == changed["changed"]  # type: ignore[index]
    assert ask(capsys, "tags") == [{"tag": "done", "stories": changed["changed"]}]  # type: ignore[index]
    assert ask(capsys, "mark", "tag:done", "--star") == changed
    assert ask(capsys, "mark", "tag:done", "--star") == {"changed": 0}
    for what in ("starring", "tagging", "marking"):
        undone = ask(capsys, "undo")
        assert isinstance(undone, dict)
        assert undone["undone"].startswith(what)
    assert count(capsys, "is:unread -is:starred -tag:*") == total
    assert main(["undo", "--list"]) == 0


def test_a_rule_says_what_it_would_hide_then_hides_it(capsys: pytest.CaptureFixture[str]) -> None:
    total, some = count(capsys), count(capsys, "has:comments")
    assert ask(capsys, "rules", "add", "has:comments", "--dry-run") == {"would_hide": some}
    assert ask(capsys, "rules", "add", "has:comments") == {"id": 1, "hides": some}
    assert count(capsys) == total - some
    assert count(capsys, "is:muted") == some
    assert main(["rules"]) == 0
    assert f"hides {some}  has:comments" in capsys.readouterr().out
    ask(capsys, "rules", "edit", "1", "title:zzz")
    assert count(capsys) == total
    ask(capsys, "rules", "remove", "1")
    assert ask(capsys, "rules") == []
    assert main(["rules", "remove", "1"]) == 1


def test_smart_feeds_count_words_that_are_not_indexed_yet(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ask(capsys, "smart", "add", "Light", "lighthouse")
    for index in tmp_path.rglob("search.db*"):
        index.unlink()
    (held,) = ask(capsys, "smart")  # type: ignore[misc]
    assert held["unread"] == count(capsys, "lighthouse", "is:unread") > 0


def test_smart_feeds_are_kept_changed_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    ask(capsys, "smart", "add", "Talk", "has:comments", "is:unread")
    held = ask(capsys, "smart")
    assert held == [
        {"id": 1, "name": "Talk", "query": "has:comments is:unread", "unread": count(capsys, "has:comments")}
    ]
    ask(capsys, "smart", "rename", "talk", "Talked", "about")
    ask(capsys, "smart", "edit", "talked about", "title:ferry*")
    assert main(["smart"]) == 0
    assert "Talked about  " in capsys.readouterr().out
    ask(capsys, "smart", "remove", "1")
    assert ask(capsys, "smart") == []
    assert main(["smart", "rename", "gone", "x"]) == 1
    assert main(["smart", "add", "x"]) == 2


def test_a_minus_before_a_word_is_no_option() -> None:
    assert plain_minus(["list", "a", "-b", "-(c", "--json", "-h", "-", "--"]) == [
        "list", "a", "NOT b", "NOT (c", "--json", "-h", "-", "--",
    ]  # fmt: skip
    assert plain_minus(["read", "-b"]) == ["read", "-b"]
    assert plain_minus([]) == []
