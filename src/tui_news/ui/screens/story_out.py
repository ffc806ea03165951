"""What leaves a story: its link, a quote with its source, the text as Markdown, a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tui_news.models import OpenStory, PlacedQuote, StoryRow
from tui_news.text.sanitize import without_login

if TYPE_CHECKING:
    from tui_news.text.cite import Citation
    from tui_news.ui.screens.reader import ReaderScreen


def cited(quote: PlacedQuote, opened: OpenStory) -> Citation:
    """A quote with everything a citation says of it."""
    from tui_news.text.cite import Citation, link_to
    from tui_news.text.dates import day
    from tui_news.ui.widgets.speakers import speaker_name
    from tui_news.ui.widgets.story_head import WEB

    row, article = opened.story.row, opened.article
    published = row.published or (article.published if article else None)
    link = without_login(row.url) if row.url.startswith(WEB) else ""
    if link and article is not None:
        link = link_to(link, article.blocks, quote.block, quote.start, quote.end)
    date = day(published) if published is not None else ""
    return Citation(quote.text, speaker_name(quote), row.feed, date, link)


class StoryOut:
    """The part of `Stories` (reading_flow) that copies and exports."""

    screen: ReaderScreen
    opened: OpenStory | None

    @property
    def row(self) -> StoryRow | None:
        raise NotImplementedError

    def _copy(self, text: str, said: str) -> None:
        self.screen.app.copy_to_clipboard(text.rstrip("\n"))  # pasted into a shell, a line end would run the last line
        self.screen.say(said)

    def _quote(self) -> PlacedQuote | None:
        """The quote the reader went to, while it is on the screen."""
        return self.screen.story_view.current_quote() if self.screen.panes.at == "story" else None

    def copy_link(self) -> None:
        row, quote = self.row, self._quote()
        if row is None:
            return
        if quote is not None and self.opened is not None:
            from tui_news.text.cite import as_text

            self._copy(as_text(cited(quote, self.opened)), "Copied the quote with its source.")
        elif not row.url.startswith(("https://", "http://")):
            self.screen.say("This story has no address to copy.")
        else:
            self._copy(without_login(row.url), f"Copied {without_login(row.url)}")

    def copy_markdown(self) -> None:
        if self.opened is None:
            return
        from tui_news.services.exporting import comment_markdown, story_markdown
        from tui_news.text.cite import as_markdown

        comment, quote = self.screen.story_view.current_comment(), self._quote()
        if comment is not None:
            self._copy(comment_markdown(comment), "Copied the comment as Markdown.")
        elif quote is not None:
            self._copy(as_markdown(cited(quote, self.opened)), "Copied the quote with its source, as Markdown.")
        else:
            self._copy(story_markdown(self.opened), "Copied the story as Markdown.")

    def pick(self) -> None:
        if self.screen.story_view.begin_pick():
            self.screen.say("j/k takes more or fewer paragraphs · y copies · Y as Markdown · esc")
        else:
            self.screen.say("There is no text to pick from.")

    def copy_blocks(self, first: int, stop: int, as_markdown: bool) -> None:
        """Copy these blocks of the article."""
        if self.opened is None or self.opened.article is None:
            return
        from tui_news.text.plain import markdown, plain_text

        blocks = self.opened.article.blocks[first:stop]
        count = "1 paragraph" if len(blocks) == 1 else f"{len(blocks)} paragraphs"
        self._copy((markdown if as_markdown else plain_text)(blocks).rstrip("\n"), f"Copied {count}.")

    def export(self) -> None:
        """Ask where to, then write. In the thread the comments go along; the name's ending decides what is written."""
        opened = self.opened
        if opened is None:
            return
        from tui_news.services.exporting import file_name

        comments = self.screen.story_view.in_thread
        if self.screen.app.is_web:
            self._deliver(opened, f"{file_name(opened)}.md", comments)
            return
        from platformdirs import user_downloads_path

        start = str(_from_home(user_downloads_path() / f"{file_name(opened)}.md"))

        def done(words: str | None) -> None:
            self.screen.panes.go("story")
            if words and words.strip():
                self.screen.attempt(lambda: self._save(opened, Path(words.strip()), comments))

        self.screen.prompt.ask("Export to", start, lambda _: None, done)

    def _save(self, opened: OpenStory, path: Path, comments: bool) -> None:
        from tui_news.services.exporting import save_text

        if os.path.isdir(os.path.expanduser(path)):  # pathlib raises for what may not be looked at
            from tui_news.services.exporting import file_name

            path = path / f"{file_name(opened)}.md"
        kept = save_text(document(opened, path.suffix, comments), path)
        also = " with its comments" if comments else ""
        self.screen.say(f"The story is{also} in {_from_home(kept)}")

    def _deliver(self, opened: OpenStory, name: str, comments: bool) -> None:
        """In a browser the file is a download."""
        from io import StringIO

        self.screen.app.deliver_text(StringIO(document(opened, ".md", comments)), save_filename=name)


def document(opened: OpenStory, suffix: str, comments: bool) -> str:
    """The story as plain text for `.txt`, else as Markdown."""
    from tui_news.services.exporting import story_markdown, story_text

    return (story_text if suffix.casefold() == ".txt" else story_markdown)(opened, comments)


def _from_home(path: Path) -> Path | str:
    home = os.path.expanduser("~")
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else path
