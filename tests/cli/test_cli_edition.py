"""The verbs over the built-in edition: the whole pipeline with no network at all."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tui_news.cli import main

EDITION = "builtin:edition/feed.xml"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def run_json(capsys, *args):
    code = main([*args, "--json"])
    out = capsys.readouterr()
    return code, json.loads(out.out), out.err


def subscribe(capsys):
    code, shape, err = run_json(capsys, "add", EDITION)
    assert (code, err) == (0, "")
    return shape


def test_add_list_read(capsys):
    added = subscribe(capsys)
    assert added["stories"] == 8
    assert added["feed"]["title"] == "The tuinews edition"
    code, rows, _ = run_json(capsys, "list")
    assert code == 0
    assert [row["title"] for row in rows][:2] == [
        "Welcome to the terminal newspaper",
        "Harbour town votes to keep its night ferry",
    ]
    assert {
        "id",
        "feed",
        "title",
        "url",
        "author",
        "published",
        "read",
        "starred",
        "quotes",
        "comments",
        "offline",
    } <= set(rows[0])
    assert rows[0]["published"] == "2026-11-23T08:00:00Z"
    code, story, err = run_json(capsys, "read", str(rows[1]["id"]))
    assert (code, err) == (0, "")
    assert story["article"]["source"] == "page"
    kinds = [block["kind"] for block in story["article"]["blocks"]]
    assert "table" in kinds
    assert "caption" in kinds
    speakers = {
        " ".join(quote["speaker"].split()[-2:]) for quote in story["article"]["quotes"] if quote["kind"] == "speech"
    }
    assert speakers == {"Sunniva Dahl", "Olav Bru", "Amina Yusuf", "Henrik Moe"}
    for quote in story["article"]["quotes"]:
        assert story["article"]["blocks"][quote["block"]]["text"][quote["start"] : quote["end"]] == quote["text"]
    assert story["comments"]["total"] == 14
    assert len(story["comments"]["threads"]) == 4
    deepest = story["comments"]["threads"][0]["replies"][0]["replies"][0]["replies"][0]["replies"][0]
    assert deepest["text"].strip() == "See you on the 23:40."


def test_three_hundred_comments_twelve_levels(capsys):
    subscribe(capsys)
    _, rows, _ = run_json(capsys, "list", "three hundred")
    assert len(rows) == 1
    _, story, _ = run_json(capsys, "read", str(rows[0]["id"]))
    deepest, stack = 0, [(node, 1) for node in story["comments"]["threads"]]
    count = 0
    while stack:
        node, depth = stack.pop()
        count, deepest = count + 1, max(deepest, depth)
        stack.extend((reply, depth + 1) for reply in node["replies"])
    assert (count, deepest) == (300, 12)


def test_read_prints_for_people_and_for_markdown(capsys):
    subscribe(capsys)
    assert main(["read", "2", "--comments"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0]
    main(["read", "builtin:edition/stories/feeds.html", "--markdown"])
    text = capsys.readouterr().out
    assert text.startswith("# A very short history of the feed")
    assert "```" in text
    assert "<rss" in text
    main(["read", "builtin:edition/stories/lighthouse.html", "--comments", "--offline"])
    text = capsys.readouterr().out
    assert "Freja" not in text, "nothing was fetched, and --offline fetches nothing"
    assert "No comments are held." in text
    main(["read", "builtin:edition/stories/ferry.html", "--comments"])
    text = capsys.readouterr().out
    assert "-- 14 comments" in text
    assert "        Kari Moen" in text


def test_search_reaches_articles_and_comments(capsys):
    subscribe(capsys)
    for row in run_json(capsys, "list")[1]:
        main(["read", str(row["id"])])
    capsys.readouterr()
    code, hits, _ = run_json(capsys, "search", "stomach")
    assert code == 0
    assert hits[0]["title"] == "The lighthouse keeper who would not leave"
    assert "stomach" in hits[0]["snippet"]
    assert run_json(capsys, "search", "horseradish")[1][0]["title"].startswith("Three hundred")
    assert main(["search", "zzzyzx"]) == 0
    assert capsys.readouterr().out == "Nothing found.\n"
    assert main(["search", "stomach"]) == 0
    assert "lighthouse" in capsys.readouterr().out


def test_refresh_feeds_export_remove(capsys, tmp_path):
    subscribe(capsys)
    code, shape, _ = run_json(capsys, "refresh", "--force")
    assert code == 0
    assert (shape["new"], shape["failed"]) == (0, 0)
    assert {"id", "url", "status", "new", "updated", "error"} <= set(shape["feeds"][0])
    assert main(["refresh"]) == 0
    assert "Nothing is due" in capsys.readouterr().out
    assert main(["refresh", "The tuinews edition", "--full"]) == 0
    assert "Nothing new in 1 feed." in capsys.readouterr().out
    _, feeds, _ = run_json(capsys, "feeds")
    assert (feeds[0]["stories"], feeds[0]["status"]) == (8, "ok")
    assert main(["feeds"]) == 0
    assert "8/8 unread" in capsys.readouterr().out
    assert main(["export"]) == 0
    assert "<opml" in capsys.readouterr().out
    assert run_json(capsys, "export", "--json")[1][0]["title"] == "The tuinews edition"
    assert main(["remove", "1"]) == 0
    assert "Unsubscribed" in capsys.readouterr().out
    assert run_json(capsys, "list")[1] == []
    assert main(["list"]) == 0
    assert "tuinews add URL" in capsys.readouterr().out
    assert main(["feeds"]) == 0
    assert "No feeds yet" in capsys.readouterr().out
    code, shape, _ = run_json(capsys, "add", EDITION)
    assert shape["stories"] == 8
    assert run_json(capsys, "remove", EDITION)[1]["removed"]["id"] == 1


def test_list_queries(capsys):
    subscribe(capsys)
    assert len(run_json(capsys, "list", "is:unread")[1]) == 8
    assert run_json(capsys, "list", "is:starred")[1] == []
    assert len(run_json(capsys, "list", "feed:1", "--limit", "3")[1]) == 3
    assert run_json(capsys, "list", "feed:1", "is:starred")[1] == []
    assert run_json(capsys, "list", "folder:Nowhere")[1] == []
    assert main(["list", "ferry"]) == 0
    assert "N Harbour town" in capsys.readouterr().out


def test_import_reports_what_it_skipped(capsys, tmp_path):
    file = tmp_path / "mine.opml"
    file.write_text(
        '<opml version="2.0"><body><outline text="N"><outline text="A" xmlUrl="https://a.example/feed"/></outline>'
        '<outline text="B" xmlUrl="exec:rm"/></body></opml>'
    )
    code, shape, _ = run_json(capsys, "import", str(file))
    assert code == 0
    assert (shape["added"], shape["already"], len(shape["skipped"])) == (1, 0, 1)
    assert main(["import", str(file)]) == 0
    out = capsys.readouterr()
    assert "Subscribed to 0 feeds (1 already there)" in out.out
    assert "skipped" in out.err
    assert main(["import", str(tmp_path / "none")]) == 1
    assert "could not be read" in capsys.readouterr().err


def test_dirs(capsys, home):
    _, shape, _ = run_json(capsys, "dirs")
    assert shape["library"] == str(home / "data" / "library.db")
    assert main(["dirs"]) == 0
    assert str(home) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["add", "exec:ls"], 1, "no address that can be subscribed"),
        (["remove", "nothing"], 1, "no such feed"),
        (["read", "77"], 1, "not in the library"),
        (["search", "  "], 2, ""),
        (["frobnicate"], 2, "invalid choice"),
        (["list", "--limit", "0"], 2, "from 1 up"),
        (["list", "feed:none"], 2, "no such feed"),
    ],
)
def test_errors_are_one_line_and_a_code(capsys, args, code, words):
    assert main(args) == code
    err = capsys.readouterr().err
    assert words in err
    assert "Traceback" not in err


def test_help_and_version(capsys):
    assert main(["--help"]) == 0
    assert "Exit codes" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("tuinews ")


def test_an_unusable_library_is_code_4(capsys, home):
    (home / "data").mkdir(parents=True)
    import sqlite3

    database = sqlite3.connect(home / "data" / "library.db")
    database.execute("PRAGMA user_version = 9999")
    database.execute("CREATE TABLE later(x)")
    database.commit()
    database.close()
    assert main(["list"]) == 4
    assert "newer" in capsys.readouterr().err


def test_without_a_terminal_the_reader_says_so(capsys):
    assert main([]) == 1
    assert "needs a terminal" in capsys.readouterr().err


def test_the_command_line_loads_no_heavy_library():
    program = (
        "import sys, tui_news.cli, tui_news.cli.parser, tui_news.cli.start; "
        "print([m for m in ('textual', 'httpx', 'feedparser', 'lxml', 'trafilatura', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_headless_verbs_never_load_the_screen(home):
    program = (
        "import sys; from tui_news.cli import main; main(['list']); main(['feeds']); "
        "print([m for m in ('textual', 'httpx', 'feedparser', 'trafilatura', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
