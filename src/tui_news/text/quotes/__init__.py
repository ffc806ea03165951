"""Find quoted words in a text and say whose they are, without a model: rules over marks, verbs and names."""

from tui_news.text.quotes.blocks import quotes_in
from tui_news.text.quotes.find import find_quotes

__all__ = ["find_quotes", "quotes_in"]
