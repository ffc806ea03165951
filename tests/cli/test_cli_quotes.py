"""`tuinews quotes`: for people and for programs."""

from __future__ import annotations

import json

import pytest

from tui_news.cli import main
from tui_news.cli.verbs import open_desk
from tui_news.models import Article, Block, Entry
from tui_news.text.quotes import quotes_in

DAY = 86_400
WALL = "We shall mend the sea wall before the first storm of the winter"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path / "home"))
    with open_desk() as desk:
        put(desk, "Coast Post", "Walls", 0, f"“{WALL}, whatever it costs,” said mayor Ada Birk. She left the hall.",
            "“And nobody shall pay twice.”")  # fmt: skip
        put(desk, "Hill Post", "Storms", DAY, f"Ada Birk said: “{WALL}.” “No,” said Olav Ness.")


def put(desk, feed, name, when, *texts):
    feed_id, _ = desk.library.feeds.add(f"https://{feed.split()[0].lower()}.example/feed", title=feed)
    entry = Entry(name, name, f"https://x.example/{name}", name, "", when, when, "", name)
    (story,) = desk.library.stories.store(feed_id, [entry], [], 9)
    blocks = tuple(Block("para", text) for text in texts)
    desk.library.articles.put(story, Article("page", blocks, quotes_in(blocks)))


def test_who_is_quoted(capsys):
    assert main(["quotes"]) == 0
    out = capsys.readouterr().out
    assert "    3  Ada Birk · 2 stories · Thu 1 Jan 1970 to Fri 2 Jan 1970 · Coast Post, Hill Post\n" in out
    assert "    1  Olav Ness · 1 story · Fri 2 Jan 1970 · Hill Post\n" in out


def test_what_a_speaker_said_and_who_cut_it(capsys):
    assert main(["quotes", "--speaker", "birk"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Ada Birk · 2 stories")
    assert f"Fri 2 Jan 1970 · Hill Post · Storms (story 2)\n  “{WALL}.” — Ada Birk\n" in out
    assert "said again: Thu 1 Jan 1970 · Coast Post · Walls (story 1): 3 words more than here, by Ada Birk" in out
    assert "said again: Fri 2 Jan 1970 · Hill Post · Storms (story 2): they cut 3 words, by Ada Birk" in out
    assert "“And nobody shall pay twice.” — Ada Birk (? taken over from the words before)" in out
    assert "Olav Ness" not in out


def test_a_story_by_its_address(capsys):
    assert main(["quotes", "--story", "https://x.example/Storms"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Fri 2 Jan 1970 · Hill Post · Storms (story 2)\n")
    assert "“No,” — Olav Ness" in out
    assert main(["quotes", "--story", "2", "--speaker", "ness"]) == 0
    assert "Birk" not in capsys.readouterr().out.replace("by Ada Birk", "")


def test_one_document_for_programs(capsys):
    assert main(["quotes", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in told["speakers"]] == ["Ada Birk", "Olav Ness"]
    first = told["quotes"][0]
    assert (first["story"]["title"], first["speaker"], first["sure"]) == ("Storms", "Ada Birk", True)
    assert [again["relation"] for again in first["said_again"]] == ["longer"]
    assert main(["quotes", "--speaker", "Ness", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(quote["text"], quote["speaker"]) for quote in told["quotes"]] == [("“No,”", "Olav Ness")]


def test_nobody_of_that_name_is_a_sentence(capsys):
    assert main(["quotes", "--speaker", "Nobody"]) == 1
    assert capsys.readouterr().err.startswith("tuinews: nobody called 'Nobody' is quoted: ")


def test_an_empty_library_says_what_to_do(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path / "other"))
    assert main(["quotes"]) == 0
    assert "Nobody is quoted yet" in capsys.readouterr().out
