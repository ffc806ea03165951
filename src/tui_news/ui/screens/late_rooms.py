"""The controllers of the reading screen that no first paint needs: made, and their modules read, at first use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_news.ui.screens.app_keys import AppKeys
    from tui_news.ui.screens.fact_flow import Facts
    from tui_news.ui.screens.feed_flow import FeedKeys
    from tui_news.ui.screens.pack_flow import Packs
    from tui_news.ui.screens.quote_acts import QuoteActs
    from tui_news.ui.screens.reader import ReaderScreen
    from tui_news.ui.screens.reading_flow import Stories
    from tui_news.ui.screens.sending import Sending
    from tui_news.ui.screens.shelf_flow import ShelfKeys
    from tui_news.ui.screens.thread_keys import ThreadKeys

MODULES = (
    "app_keys", "fact_flow", "feed_flow", "pack_flow", "quote_acts", "reading_flow", "sending", "shelf_flow",
    "thread_keys",
)  # fmt: skip


class LateRooms:
    """A part of `ReaderScreen`."""

    @property
    def _reader(self) -> ReaderScreen:
        from tui_news.ui.screens.reader import ReaderScreen

        assert isinstance(self, ReaderScreen)
        return self

    @cached_property
    def app_keys(self) -> AppKeys:
        from tui_news.ui.screens.app_keys import AppKeys

        return AppKeys(self._reader)

    @cached_property
    def facts(self) -> Facts:
        from tui_news.ui.screens.fact_flow import Facts

        return Facts(self._reader)

    @cached_property
    def feed_keys(self) -> FeedKeys:
        from tui_news.ui.screens.feed_flow import FeedKeys

        return FeedKeys(self._reader)

    @cached_property
    def packs(self) -> Packs:
        from tui_news.ui.screens.pack_flow import Packs

        return Packs(self._reader)

    @cached_property
    def quote_acts(self) -> QuoteActs:
        from tui_news.ui.screens.quote_acts import QuoteActs

        return QuoteActs(self._reader)

    @cached_property
    def sending(self) -> Sending:
        from tui_news.ui.screens.sending import Sending

        return Sending(self._reader)

    @cached_property
    def shelf_keys(self) -> ShelfKeys:
        from tui_news.ui.screens.shelf_flow import ShelfKeys

        return ShelfKeys(self._reader)

    @cached_property
    def stories(self) -> Stories:
        from tui_news.ui.screens.reading_flow import Stories

        return Stories(self._reader)

    @cached_property
    def thread_keys(self) -> ThreadKeys:
        from tui_news.ui.screens.thread_keys import ThreadKeys

        return ThreadKeys(self._reader)
