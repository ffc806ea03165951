"""Well-known feeds to begin with: long-lived, free to read, some with whole stories and some with open discussion."""

from __future__ import annotations

from tui_news.models import Subscription

_FOLDERS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "World": (
        ("BBC News: World", "https://feeds.bbci.co.uk/news/world/rss.xml", "https://www.bbc.co.uk/news/world"),
        ("The Guardian: World", "https://www.theguardian.com/world/rss", "https://www.theguardian.com/world"),
        ("Al Jazeera", "https://www.aljazeera.com/xml/rss/all.xml", "https://www.aljazeera.com/"),
        ("Deutsche Welle", "https://rss.dw.com/rdf/rss-en-all", "https://www.dw.com/en/"),
        ("NPR News", "https://feeds.npr.org/1001/rss.xml", "https://www.npr.org/"),
        ("ProPublica", "https://www.propublica.org/feeds/propublica/main", "https://www.propublica.org/"),
        ("Global Voices", "https://globalvoices.org/feed/", "https://globalvoices.org/"),
    ),
    "Technology": (
        ("Ars Technica", "https://feeds.arstechnica.com/arstechnica/index", "https://arstechnica.com/"),
        ("The Verge", "https://www.theverge.com/rss/index.xml", "https://www.theverge.com/"),
        ("LWN.net", "https://lwn.net/headlines/rss", "https://lwn.net/"),
        ("EFF Deeplinks", "https://www.eff.org/rss/updates.xml", "https://www.eff.org/deeplinks"),
    ),
    "Science": (
        ("Quanta Magazine", "https://www.quantamagazine.org/feed/", "https://www.quantamagazine.org/"),
        ("Nature", "https://www.nature.com/nature.rss", "https://www.nature.com/nature"),
        ("NASA", "https://www.nasa.gov/feed/", "https://www.nasa.gov/"),
        ("The Conversation", "https://theconversation.com/global/articles.atom", "https://theconversation.com/global"),
    ),
    "Discussion": (
        ("Hacker News", "https://news.ycombinator.com/rss", "https://news.ycombinator.com/"),
        ("Lobsters", "https://lobste.rs/rss", "https://lobste.rs/"),
        ("MetaFilter", "https://rss.metafilter.com/metafilter.rss", "https://www.metafilter.com/"),
    ),
    "Culture": (
        ("xkcd", "https://xkcd.com/atom.xml", "https://xkcd.com/"),
        ("Open Culture", "https://www.openculture.com/feed", "https://www.openculture.com/"),
        ("The Marginalian", "https://www.themarginalian.org/feed/", "https://www.themarginalian.org/"),
    ),
    "Norway": (
        ("NRK Toppsaker", "https://www.nrk.no/toppsaker.rss", "https://www.nrk.no/"),
        ("NRK Siste nytt", "https://www.nrk.no/nyheter/siste.rss", "https://www.nrk.no/nyheter/"),
        ("Forskning.no", "https://www.forskning.no/rss", "https://www.forskning.no/"),
    ),
}

STARTER: tuple[Subscription, ...] = tuple(
    Subscription(url, title, site, folder) for folder, feeds in _FOLDERS.items() for title, url, site in feeds
)
