"""Plain immutable values that every room shares. Times are whole seconds since the epoch, UTC."""

from tui_news.models.article import Article, Block, PlacedQuote, Quote, Span
from tui_news.models.comments import Comment, Fetched, Route, Thread, ThreadRef
from tui_news.models.errors import FeedError, FetchError, LibraryError, ThreadError, TuinewsError, UsageError
from tui_news.models.feeds import Enclosure, Feed, FeedSettings, Link, ParsedEntry, ParsedFeed, Subscription, Visits
from tui_news.models.queries import Rule, SmartFeed
from tui_news.models.quotes import Cited, SaidAgain, Speaker, SpokenQuote
from tui_news.models.stories import Digest, Entry, Known, OpenStory, Packed, Story, StoryKey, StoryRow, View
from tui_news.models.web import Response

__all__ = [
    "Article", "Block", "Cited", "Comment", "Digest", "Enclosure", "Entry", "Feed", "FeedError", "FeedSettings",
    "FetchError", "Fetched", "Known", "LibraryError", "Link", "OpenStory", "Packed", "ParsedEntry", "ParsedFeed",
    "PlacedQuote", "Quote", "Response", "Route", "Rule", "SaidAgain", "SmartFeed", "Span", "Speaker", "SpokenQuote",
    "Story", "StoryKey", "StoryRow", "Subscription", "Thread", "ThreadError", "ThreadRef", "TuinewsError", "UsageError",
    "View", "Visits",
]  # fmt: skip
