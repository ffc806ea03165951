"""`read --comments`: a thread that reads well in a pipe and aloud, and whole as JSON."""

from __future__ import annotations

import json

import pytest

from tui_news.cli import main
from tui_news.cli.start import open_desk
from tui_news.cli.threads import print_thread
from tui_news.models import Block, Comment, Entry, OpenStory, Route, Span, Story, StoryRow, Thread, ThreadRef
from tui_news.paths import default_paths

NOW = 1_700_000_000
REF = ThreadRef("hackernews", "hn|1", (Route("algolia", "https://x.example"),), "https://x.example/1")
ROW = StoryRow(1, 1, "One", "A story", "https://one.example/1", "", NOW, NOW, False, False, comments_hint=148)


def said(key, parent=None, *words, created=NOW - 7200, **fields):
    blocks = tuple(Block("para", text.lstrip("> "), quote=text.startswith(">")) for text in words)
    return Comment(key, parent, fields.pop("author", f"Reader {key}"), created, blocks=blocks, first_gen=1, **fields)


def opened(*comments, **fields):
    values = {"fetched_at": NOW - 3 * 86_400, "gen": 3, "seen_gen": 2, "coverage": "complete", **fields}
    thread = Thread(1, REF, comments, **values) if comments or fields else None
    return OpenStory(Story(ROW, "", "", "", "", "", False, REF, ""), None, thread)


def test_indent_author_age_and_the_rest_in_words(capsys):
    print_thread(
        opened(
            said("1", None, "First.", "> Not mine.", "Mine.", role="op", edited=NOW - 60, score=3, rank=1),
            said("2", "1", "An answer.", author="", role="mod", rank=2),
            said("3", "1", state="moderated", author="", rank=3),
            said("4", "3", "To what went.", created=None, rank=4),
            said("5", "9", "To nobody here.", kind="pingback", rank=5),
            coverage="newest", total=148,
        ),
        NOW,
    )  # fmt: skip
    when = "2h (2023-11-14T20:13:20Z)"
    assert capsys.readouterr().out == (
        "-- 4 comments (the newest of about 148) · fetched 3 days ago --\n\n"
        f"Reader 1 · OP · {when} · edited · 3 points\nFirst.\n\n> Not mine.\n\nMine.\n\n"
        f"  unknown · moderator · {when}\n  An answer.\n\n"
        f"  removed by a moderator · {when}\n"
        "    Reader 4\n    To what went.\n\n"
        f"Reader 5 · {when} · links here [answers a comment that is not here]\nTo nobody here.\n\n"
    )


def test_nothing_is_held(capsys):
    print_thread(opened(), NOW)
    assert capsys.readouterr().out == "No comments are held. The feed counts 148.\n"
    print_thread(opened(error="The comments are on Disqus: it needs a login."), NOW)
    assert capsys.readouterr().out.startswith("The comments are on Disqus: it needs a login.\n")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path / "home"))


def keep(*comments):
    desk = open_desk(default_paths())
    with desk.library.write():
        feed, _ = desk.library.feeds.add("https://one.example/feed", title="One")
        entry = Entry("g:1", "1", "https://one.example/1", "A story", "", 5, 5, "<p>Hm.</p>", "h")
        (story,) = desk.library.stories.store(feed, [entry], [], 5)
    fields = {"coverage": "complete", "total": len(comments), "route": "algolia", "warnings": (), "now": NOW}
    desk.library.threads.put(story, REF, comments, (), **fields)
    desk.close()


def test_json_is_whole(capsys, home):
    link = Block("para", "Here.", (Span(0, 4, "link", "https://one.example/x"),))
    first = Comment("1", None, "Ann", 5, blocks=(link, Block("code", "a = 1", lang="python")), author_url="https://a.example",
                    score=3, role="mod")  # fmt: skip
    keep(first, said("2", "1", "Yes."))
    main(["read", "1", "--offline", "--json"])
    found = json.loads(capsys.readouterr().out)["comments"]
    assert (found["total"], found["new"], found["order"], found["url"]) == (2, 0, "site", "https://x.example/1")
    (root,) = found["threads"]
    assert (root["role"], root["score"], root["kind"], root["author_url"]) == ("mod", 3, "comment", "https://a.example")
    assert root["blocks"][0]["spans"][0]["href"] == "https://one.example/x"
    assert root["blocks"][1] == {"kind": "code", "text": "a = 1", "lang": "python", "spans": []}
    assert [reply["id"] for reply in root["replies"]] == ["2"]


def test_three_thousand_levels(capsys, home):
    keep(*(said(str(n), str(n - 1) if n else None, f"Level {n}.", created=n + 1) for n in range(3_000)))
    main(["read", "1", "--offline", "--comments"])
    assert "[level 2999, to Reader 2998]" in capsys.readouterr().out
    main(["read", "1", "--offline", "--json"])
    assert capsys.readouterr().out.count('"replies"') == 3_000
