"""No hostile text reaches the terminal, no markup is read out of data, no error is a page of traceback."""

from __future__ import annotations

import ast
import asyncio
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.app import App, SuspendNotSupported
from textual.color import Color

from tui_news.config import Settings
from tui_news.text.sanitize import UNSAFE
from tui_news.ui import browser, failures
from tui_news.ui.app import TuinewsApp
from tui_news.ui.filters import UnsafeFilter
from tui_news.ui.screens.notices import NoticesScreen
from tui_news.ui.themes import is_ansi, pick_theme
from ui_app.appkit import running
from ui_app.fakedesk import NOW, FakeCourier, sample_desk

UI = Path(browser.__file__).parent
TAKES_MARKUP = {"Static", "Label", "notify", "Button", "Option", "Selection", "Toast"}


def test_the_filter_lets_no_control_through() -> None:
    plain = [Segment("fine"), Segment("also “fine”")]
    assert UnsafeFilter().apply(plain, Color(0, 0, 0)) is plain
    nasty = [Segment("a\x1b]0;title\x07b"), Segment("\x9b31m\u202e")]
    cleaned = "".join(segment.text for segment in UnsafeFilter().apply(nasty, Color(0, 0, 0)))
    assert not UNSAFE.search(cleaned)
    assert "a" in cleaned


async def test_hostile_titles_are_drawn_harmless_and_literal() -> None:
    desk = sample_desk()
    desk.all_rows[1] = replace(desk.all_rows[1], title="[red]x[/] \x1b]0;owned\x07 [/", feed="[@click=quit]f[/]")
    desk.feed_list[0] = replace(desk.feed_list[0], title="[b \x1b[2J")
    async with running(desk, (200, 50)) as run:
        strips = run.app.screen._compositor.render_strips()
        text = "".join(segment.text for strip in strips for segment in strip)
        assert "[red]x[/]" in text
        filtered = [run.app._unsafe.apply(list(strip), Color(0, 0, 0)) for strip in strips]
        assert not any(UNSAFE.search(segment.text) for row in filtered for segment in row)
        run.app.say("[red]not markup[/")
        await run.pilot.pause()
        assert "[red]not markup[/" in run.text()
        await run.do("app.help")
        await run.pilot.pause()
        run.app.say("[red]over a dialog[/")
        await run.pilot.pause()
        assert "[red]over a dialog[/" in run.text()
        await run.pilot.press("escape")
        await run.do("list.search")
        await run.pilot.pause()
        run.app.say("[red]over a search[/")
        await run.pilot.pause()
        assert [note for note in run.app._notifications if note.message == "[red]over a search[/" and not note.markup]
        assert run.app._unsafe in run.app.get_line_filters()


def calls_with_markup(source: str) -> list[str]:
    """Calls that would read markup out of their text: a formatted string, or a name, where `Content` belongs."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        safe = any(k.arg == "markup" and isinstance(k.value, ast.Constant) and not k.value.value for k in node.keywords)
        built = [arg for arg in node.args[:1] if not isinstance(arg, (ast.Call, ast.Constant, ast.Starred))]
        if name in TAKES_MARKUP and built and not safe:
            found.append(f"{name} on line {node.lineno}")
        if name == "update" and any(isinstance(arg, ast.JoinedStr) for arg in node.args):
            found.append(f"update on line {node.lineno}")
        if name == "from_markup":
            found.append(f"from_markup on line {node.lineno}")
    return found


def test_no_markup_is_made_of_data() -> None:
    bad = {str(path): calls_with_markup(path.read_text(encoding="utf-8")) for path in UI.rglob("*.py")}
    assert len(bad) > 20
    assert {path: calls for path, calls in bad.items() if calls} == {}
    assert calls_with_markup('Static(f"[b]{title}")\nself.notify(text)\nContent.from_markup(x)\nw.update(f"{a}")') == [
        "Static on line 1", "notify on line 2", "from_markup on line 3", "update on line 4",
    ]  # fmt: skip
    assert calls_with_markup("self.notify(text, markup=False)\nStatic(Content(title))") == []


def test_the_screen_loads_nothing_heavy() -> None:
    code = (
        "import sys, tui_news.ui.app, tui_news.ui.screens.reader\n"
        "heavy = {'httpx', 'feedparser', 'lxml', 'trafilatura', 'sqlite3', 'tui_news.store', 'tui_news.web',"
        " 'tui_news.ui.screens.search', 'tui_news.ui.screens.help', 'tui_news.ui.commands'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    # without the coverage that subprocesses inherit: it loads sqlite3 for itself
    env = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert out.stdout.strip() == "[]"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "-o x", "mailto:a@b.example", ""])
async def test_only_web_pages_are_opened(url: str) -> None:
    async with running() as run:
        run.app.open_url(url)
        assert run.opened_urls == []
        assert run.said
        run.app.open_url("https://example.org/a b")
        assert run.opened_urls == ["https://example.org/a%20b"]


def which(*names: str):  # type: ignore[no-untyped-def]
    return lambda name: f"/usr/bin/{name}" if name in names else None


def test_the_browser_is_an_argument_list() -> None:
    command = browser.browser_command
    url = "https://example.org/;rm"
    assert command(url, {"BROWSER": "w3m -o x=%s"}, "linux", which("w3m")) == ["w3m", "-o", f"x={url}"]
    assert command(url, {"BROWSER": "gone:mine --new"}, "linux", which("mine")) == ["mine", "--new", url]
    assert command(url, {"BROWSER": "'unclosed"}, "linux", which("xdg-open")) is None
    assert command(url, {"DISPLAY": ":0"}, "linux", which("xdg-open")) == ["xdg-open", url]
    assert command(url, {"DISPLAY": ":0"}, "linux", which()) is None
    assert command(url, {}, "linux", which("xdg-open")) is None
    assert command(url, {}, "darwin", which()) == ["open", url]


def test_starting_a_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Quiet(App[None]):
        def suspend(self):  # type: ignore[no-untyped-def, override]
            raise SuspendNotSupported("headless")

    app = Quiet()
    monkeypatch.setenv("BROWSER", "true")
    assert browser.open_in_browser(app, "https://example.org/")
    lynx = tmp_path / "lynx"
    lynx.write_text("#!/bin/sh\n")
    lynx.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(lynx))
    assert not browser.open_in_browser(app, "https://example.org/")
    monkeypatch.setenv("BROWSER", "")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not browser.open_in_browser(app, "https://example.org/")


async def test_an_unforeseen_error_is_one_sentence_and_a_report(tmp_path: Path) -> None:
    app = TuinewsApp(sample_desk(), FakeCourier(), now=lambda: NOW, report_folder=tmp_path)

    def broken() -> None:
        raise ZeroDivisionError("nobody foresaw this")

    async def provoke() -> None:
        async with app.run_test() as pilot:
            app.reader.lists.open = broken  # type: ignore[method-assign]
            await pilot.press("enter")
            await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await provoke()
    report = tmp_path / f"report-{NOW}.txt"
    assert "ZeroDivisionError" in report.read_text()
    assert "nobody foresaw this" not in report.read_text()
    assert str(report) in app.failure
    assert "\n" not in app.failure
    assert app.return_code == 1


def test_a_report_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    assert "could not be written" in failures.report(ValueError("x"), tmp_path / "file", NOW)
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path / "home"))
    assert "report-" in failures.report(ValueError("x"), None, NOW)


def test_themes() -> None:
    assert pick_theme("tuinews", {}) == "tuinews"
    assert pick_theme("tuinews", {"NO_COLOR": "1"}) == "ansi-dark"
    assert pick_theme("tuinews-light", {"TERM": "dumb"}) == "ansi-light"
    assert is_ansi("ansi-dark")
    assert not is_ansi("tuinews")


async def test_no_color_uses_the_terminals_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running() as run:
        assert run.app.theme == "ansi-dark"
        assert run.app.native_ansi_color
        assert "▌● Minister" in run.text()


async def test_an_unknown_theme_is_a_sentence() -> None:
    async with running(settings=Settings(theme="mauve")) as run:
        assert run.app.theme == "tuinews"
        async with asyncio.timeout(30):
            while not run.said:  # after the first frame, which a busy machine may not have drawn yet
                await run.pilot.pause(0.01)
        assert run.said == "There is no theme 'mauve'; tuinews is in use."


async def test_ctrl_c_never_quits() -> None:
    async with running() as run:
        await run.pilot.press("ctrl+c")
        assert run.app._exit is False
        assert "Q leaves tuinews" in run.said


async def test_several_notices_get_a_page() -> None:
    async with running(settings=Settings(theme="mauve", keys={"no.such": "x"})) as run:
        async with asyncio.timeout(30):
            while not isinstance(run.app.screen, NoticesScreen):
                await run.pilot.pause(0.01)
        assert "There is no theme 'mauve'" in run.text()
        assert "There is no action 'no.such'" in run.text()
        await run.pilot.press("escape")
        assert run.app.screen is run.reader


async def test_a_long_sentence_is_not_cut() -> None:
    async with running() as run:
        before = run.text().splitlines()
        run.app.say(
            "1.example: it did not answer within 30 seconds, three times in a row; the next try is in two hours"
        )
        await run.pilot.pause()
        assert "the next try is in two hours" in " ".join(run.text().split())
        assert run.text().splitlines()[:20] == before[:20]
        await run.do("move.top")
        await run.pilot.pause()
        assert run.text().splitlines() == before


@pytest.mark.parametrize("action", ["app.help", "list.search", "feed.health", "feed.add"])
async def test_an_esc_too_many_closes_one_screen_and_not_the_last(action: str) -> None:
    async with running() as run:
        await run.do(action)
        await run.pilot.pause()
        dialog = run.app.screen
        assert dialog is not run.app.reader
        dialog.action_close()  # type: ignore[attr-defined]
        dialog.action_close()  # type: ignore[attr-defined]
        await run.pilot.pause()
        assert run.app.screen is run.app.reader
        assert run.app.is_running


async def test_the_palette_survives_keys_that_come_too_fast() -> None:
    async with running() as run:
        run.app.action_command_palette()
        run.app.action_command_palette()
        palette = run.app.screen_stack[-1]
        palette._action_command_list("page_down")  # type: ignore[attr-defined]
        await run.pilot.pause()
        palette._action_command_list("page_down")  # type: ignore[attr-defined]
        palette.dismiss()
        palette.dismiss()
        run.app.action_command_palette()
        await run.pilot.pause()
        run.app.screen_stack[-1].dismiss()
        await run.pilot.pause()
        assert run.app.screen is run.app.reader
        assert run.app.is_running


async def test_what_the_palette_meant_to_show_later_ends_nothing_when_it_has_left() -> None:
    async with running() as run:
        run.app.action_command_palette()
        await run.pilot.pause()
        palette: Any = run.app.screen_stack[-1]
        palette._start_no_matches_countdown("nothing is called so")
        later, watched = palette._no_matches_timer._callback, palette._watch__show_busy
        await palette.dismiss()
        await run.pilot.pause()
        run.app.call_later(later)
        run.app.call_later(watched)
        await run.pilot.pause()
        assert run.app.screen is run.app.reader
        assert run.app.is_running


@pytest.mark.parametrize(
    ("link", "goes_out"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://a.example/\x1b]0;x\x07", "https://a.example/%1B]0;x"),
        ("https://good.example@evil.example/", "https://evil.example/"),
        ("mailto:a@b.example?attach=/etc/passwd", "mailto:a@b.example"),
        ("https://user:pw@[broken/", None),
    ],
)
def test_a_links_target_is_cleaned_where_it_leaves(link: str, goes_out: str | None) -> None:
    (segment,) = UnsafeFilter().apply([Segment("words", Style(link=link))], Color(0, 0, 0))
    assert segment.style is not None
    assert segment.style.link == goes_out
    assert segment.text == "words"


def test_an_address_inside_a_shells_command_is_quoted() -> None:
    url = "https://a.example/$(touch%20x);`y`&"
    found = browser.browser_command(url, {"BROWSER": "sh -c 'show %s'"}, "linux", lambda name: name)
    assert found == ["sh", "-c", f"show '{url}'"]
    plain = browser.browser_command(url, {"BROWSER": "firefox --new-tab=%s"}, "linux", lambda name: name)
    assert plain == ["firefox", f"--new-tab={url}"]


async def test_the_list_of_themes_may_be_left_twice() -> None:
    async with running() as run:
        run.app.search_themes()
        picker = run.app.screen_stack[-1]
        await run.pilot.pause()
        picker.dismiss()
        picker.dismiss()
        await run.pilot.pause()
        assert run.app.screen is run.reader
