"""The verbs' words for people, and the corners that the edition does not reach."""

from __future__ import annotations

import atexit
import io
import json
import os
import subprocess
import sys
import threading
from contextlib import closing

import pytest

from fakeserver import serve
from tui_news import cli
from tui_news.cli import main
from tui_news.cli.parser import build_parser
from tui_news.cli.start import open_desk
from tui_news.paths import default_paths

RSS = b"""<rss version="2.0"><channel><title>One</title><link>https://one.example/</link><item><title>A story</title>
<link>https://one.example/1</link><guid>tag:1</guid><description></description></item></channel></rss>"""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_PROXY", "*")
    return tmp_path / "home"


def test_add_says_what_it_did_and_a_failing_feed_says_why(capsys):
    with serve({"/feed": (200, {"Content-Type": "application/rss+xml"}, RSS)}) as base:
        assert main(["add", base + "/feed", "--folder", "News"]) == 0
        assert capsys.readouterr().out == "Subscribed to One (feed 1): 1 story.\n"
        assert main(["add", base + "/feed"]) == 0
        assert "Already subscribed to One" in capsys.readouterr().out
        base.routes["/feed"] = (500, {}, b"")
        base.routes["/two"] = (200, {"Content-Type": "application/rss+xml"}, RSS.replace(b"One", b"Two"))
        assert main(["add", base + "/two"]) == 0
        capsys.readouterr()
        assert main(["refresh", "--force"]) == 3
        out = capsys.readouterr().out
        assert "One: " in out
        assert "500" in out
        assert "1 feed failed: One." in out
    assert main(["feeds"]) == 0
    out = capsys.readouterr().out
    assert "News / One  1/1 unread  fetched just now" in out
    assert "Failing: could not fetch " in out
    assert main(["refresh", "--force"]) == 3
    assert capsys.readouterr().err.startswith("tuinews: No connection: nothing was changed")


def test_what_could_not_be_added_is_not_said_to_be_tried_again_by_itself(capsys):
    with serve({"/feed": (500, {}, b"")}) as base:
        assert main(["add", base + "/feed"]) == 1
    err = capsys.readouterr().err
    assert "the server says 500" in err
    assert err.endswith("; nothing was subscribed; try again later\n")


def test_a_list_of_feeds_is_folded_to_the_width_of_a_terminal_and_to_no_pipe(capsys, monkeypatch):
    with serve(
        {"/feed": (200, {"Content-Type": "application/rss+xml"}, RSS.replace(b"One", b"One long title" * 6))}
    ) as base:
        main(["add", base + "/feed"])
    capsys.readouterr()
    main(["feeds"])
    (line,) = capsys.readouterr().out.splitlines()
    assert len(line) > 80
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    main(["feeds"])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 60
    assert all(one.startswith("      ") for one in lines[1:])


def test_a_story_without_text_says_so(capsys):
    with serve({"/feed": (200, {"Content-Type": "application/rss+xml"}, RSS)}) as base:
        main(["add", base + "/feed"])
    capsys.readouterr()
    assert main(["read", "1", "--offline"]) == 0
    assert "The feed has no text for this story" in capsys.readouterr().out


def test_what_cannot_be_fetched_is_a_line_and_the_rest_is_printed(capsys):
    with serve({"/feed": (200, {"Content-Type": "application/rss+xml"}, RSS)}) as base:
        base.routes["/feed"] = (200, {}, RSS.replace(b"https://one.example/1", f"{base}/missing".encode()))
        main(["add", base + "/feed"])
        capsys.readouterr()
        assert main(["read", "1"]) == 0
    done = capsys.readouterr()
    assert "404" in done.err
    assert done.out.startswith("A story\n")


def test_new_comments_and_states_are_said(capsys, home):
    from tui_news.models import Block, Comment, Route, ThreadRef

    with serve({"/feed": (200, {}, RSS)}) as base:
        main(["add", base + "/feed"])
    desk = open_desk(default_paths())
    ref = ThreadRef("hackernews", "hn|1", (Route("algolia", "https://x.example"),), "https://x.example/1")
    text = (Block("para", "Said."),)
    first = [Comment(str(n), None if n == 1 else str(n - 1), "", 5, blocks=text) for n in range(1, 16)]
    desk.library.threads.put(1, ref, first, (), coverage="newest", total=40, route="algolia", warnings=(), now=9)
    desk.mark_seen(1, ["1"], leave=True)
    late = [Comment("99", None, "Zed", None, blocks=text, role="op"), Comment("98", None, "Yan", 5, state="moderated")]
    desk.library.threads.put(1, ref, late, (), coverage="partial", total=None, route="algolia", warnings=(), now=9)
    desk.set_starred([1], True)
    desk.close()
    capsys.readouterr()
    main(["read", "1", "--comments", "--offline"])
    out = capsys.readouterr().out
    assert "-- 16 comments (a part) · 1 new · fetched " in out
    assert "Zed · OP · new" in out
    assert "removed by a moderator" in out
    assert "unknown" in out
    assert "[level 14, to unknown]" in out
    main(["list"])
    assert "*N A story  (One · " in (line := capsys.readouterr().out)
    assert "16 comments, 1 new" in line
    main(["read", "1", "--offline", "--json"])
    assert json.loads(capsys.readouterr().out)["comments"]["total"] == 16


def test_opml_from_standard_input(capsys, monkeypatch):
    data = b'<opml><body><outline text="A" xmlUrl="https://a.example/feed"/></body></opml>'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["import", "-"]) == 0
    assert "Subscribed to 1 feed" in capsys.readouterr().out
    main(["feeds"])
    assert "never fetched" in capsys.readouterr().out


def test_plain_addresses_are_imported_from_a_file_and_not_from_a_pipe(capsys, monkeypatch, tmp_path):
    data = b"https://a.example/feed\nhttps://b.example/feed\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["import", "-"]) == 1
    assert "standard input could not be imported: it is no OPML" in capsys.readouterr().err
    (tmp_path / "list").write_bytes(data)
    assert main(["import", str(tmp_path / "list")]) == 0
    assert "Subscribed to 2 feeds" in capsys.readouterr().out


def test_two_feeds_of_one_title_need_an_id(capsys):
    with serve({"/a": (200, {}, RSS), "/b": (200, {}, RSS)}) as base:
        main(["add", base + "/a"])
        main(["add", base + "/b"])
    assert main(["remove", "one"]) == 1
    assert "several feeds have that title" in capsys.readouterr().err
    assert main(["remove", "2"]) == 0


def test_a_fresh_library_has_the_edition_and_only_once(home):
    desk = open_desk(default_paths())
    assert [feed.title for feed in desk.feeds()] == ["The tuinews edition"]
    desk.remove_feed(1)
    desk.close()
    desk = open_desk(default_paths())
    assert desk.feeds() == ()
    desk.close()


def test_notices_of_a_rescued_library_are_told(capsys, home):
    open_desk(default_paths()).close()
    (home / "data" / "library.db").write_bytes(b"not a database at all" * 100)
    assert main(["feeds"]) == 0
    done = capsys.readouterr()
    assert "tuinews: " in done.err
    assert "The tuinews edition" in done.out


def test_a_closed_pipe_is_no_error(tmp_path):
    import subprocess

    env = {**os.environ, "TUINEWS_HOME": str(tmp_path / "h")}
    done = subprocess.run(
        f"{sys.executable} -m tui_news dirs --json | true; exit ${{PIPESTATUS[0]}}", shell=True, executable="/bin/bash",
        env=env, capture_output=True, text=True,
    )  # fmt: skip
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_made_is_a_sentence_and_code_4(capsys, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path / "file"))
    assert main(["list"]) == 4
    err = capsys.readouterr().err
    assert err.startswith("tuinews: The library ")
    assert err.count("\n") == 1


def test_a_password_in_an_address_is_shown_nowhere_and_exported_only_when_asked_for(capsys, monkeypatch):
    with serve({"/feed": (500, {}, b"")}) as base:
        address = base.replace("//", "//ann:s3cr3t@") + "/feed"
        data = f"<opml><body><outline xmlUrl='{address}'/></body></opml>".encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert main(["import", "-"]) == 0
        verbs = (["refresh", "--force"], ["refresh", "--json", "--force"], ["feeds"], ["feeds", "--json"], ["export"])
        for verb in verbs:
            assert main(verb) in (0, 3)
            shown = capsys.readouterr()
            assert "s3cr3t" not in shown.out + shown.err, verb
        assert "--passwords" in shown.err
        assert main(["export", "--passwords"]) == 0
        assert address in capsys.readouterr().out


def test_what_waited_for_a_network_is_done_by_the_next_refresh(capsys):
    page = (
        200,
        {"Content-Type": "text/html"},
        b"<article><p>The whole of it, and more than the feed had.</p></article>",
    )
    with serve({"/feed": (200, {"Content-Type": "application/rss+xml"}, RSS)}) as base:
        base.routes["/feed"] = (*base.routes["/feed"][:2], RSS.replace(b"https://one.example", base.encode()))
        main(["add", base + "/feed"])
        base.routes["/1"] = page
        with closing(open_desk(default_paths())) as desk:
            desk.library.later.put("story", "1", 1)
            desk.library.later.put("open", "https://one.example/", 1)
        capsys.readouterr()
        assert main(["refresh", "--force"]) == 0
        assert capsys.readouterr().out.endswith("1 thing that waited is done.\n")
    with closing(open_desk(default_paths())) as desk:
        assert [kind for _, kind, _ in desk.library.later.all()] == ["open"]


def test_a_refresh_alone_keeps_copies_of_a_library_that_is_a_day_old(capsys, home):
    with serve({"/feed": (200, {"Content-Type": "application/rss+xml"}, RSS)}) as base:
        main(["add", base + "/feed"])
        assert main(["refresh", "--force"]) == 0
        assert not list(home.rglob("*.backup.db"))
        with closing(open_desk(default_paths())) as desk:
            desk.library.db.run("UPDATE feed SET added = added - 90000")
        assert main(["refresh", "--force"]) == 0
        (copy,) = home.rglob("*.backup.db")
        made = copy.stat().st_mtime_ns
        assert main(["refresh", "--force"]) == 0
        assert copy.stat().st_mtime_ns == made
    assert capsys.readouterr().err == ""


def test_each_verb_alone_is_read_as_among_all():
    def verbs(parser):
        return parser._subparsers._group_actions[0].choices

    whole = build_parser()
    for name, verb in verbs(whole).items():
        alone = verbs(build_parser(name))
        assert list(alone) == [name]
        assert alone[name].format_help() == verb.format_help()
    assert build_parser("nonsense").format_help() == build_parser("--help").format_help() == whole.format_help()


def test_a_refresh_that_brings_nothing_loads_little():
    """What reads documents, speaks TLS, knows proxies, quotes and the index is imported when there is work for it."""
    program = (
        "import sys; from tui_news.cli import main; code = main(['refresh', '--force']); "
        "print(code, [m for m in ('httpx', 'ssl', 'hashlib', 'email.utils', 'tui_news.services.storing', "
        "'tui_news.workers.pool', 'tui_news.store.search', 'tui_news.store.quotes', 'tui_news.cli.verbs') "
        "if m in sys.modules])"
    )
    free = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    free = {name: value for name, value in free.items() if not name.startswith("COV")}  # it would load more
    with serve({"/feed": (200, {"Content-Type": "application/rss+xml", "ETag": '"1"'}, RSS)}) as base:
        assert main(["add", base + "/feed"]) == 0
        base.routes["/feed"] = (304, {}, b"")
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=free)
    assert done.stdout.splitlines() == ["One: nothing new", "Nothing new in 1 feed.", "0 []"]


def test_a_refresh_makes_an_index_that_is_gone_anew(capsys):
    with serve({"/feed": (200, {"Content-Type": "application/rss+xml"}, RSS)}) as base:
        assert main(["add", base + "/feed"]) == 0
        default_paths().index.unlink()
        assert main(["refresh", "--force"]) == 0
    assert default_paths().index.exists()


def test_a_process_that_somebody_waits_for_ends_as_python_ends(monkeypatch):
    go = threading.Event()
    thread = threading.Thread(target=go.wait)
    monkeypatch.setattr(atexit, "_ncallbacks", lambda: 1)
    assert not cli._awaited()
    thread.start()
    assert cli._awaited()
    go.set()
    thread.join()
    monkeypatch.setattr(atexit, "_ncallbacks", lambda: 2)
    assert cli._awaited()
    monkeypatch.delattr(atexit, "_ncallbacks")
    assert cli._awaited()


@pytest.mark.parametrize(("words", "code"), [(["dirs"], 0), (["list", "feed:"], 2), (["remove", "nobody"], 1)])
def test_all_that_was_said_arrives_and_so_does_the_exit_code(words, code):
    done = subprocess.run([sys.executable, "-m", "tui_news", *words], capture_output=True, text=True)
    assert done.returncode == code
    assert bool(done.stdout) == (code == 0)
    assert bool(done.stderr) == (code != 0)
