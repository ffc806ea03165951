"""How a feed is, in words: for the screen and the command line alike. Pure."""

from __future__ import annotations

from tui_news.models import Feed
from tui_news.models.late import dataclass
from tui_news.services.timing import DAY, span
from tui_news.text.dates import ago
from tui_news.text.sanitize import mask_url

STALE = 182 * DAY  # without a story
SLOW = 5000  # milliseconds of an answer
TOLD = 30 * DAY  # how long a move is news
MONTH = 30 * DAY + 10 * 3600


@dataclass(frozen=True, slots=True)
class Health:
    """state: "gone" | "failing" | "moved" | "stale" | "slow" | "ok" | "new", the worst that applies. words: a sentence
    for each thing to know, the worst first; [] for a feed that does what it should."""

    state: str
    words: tuple[str, ...] = ()

    @property
    def ill(self) -> bool:
        return self.state in ("gone", "failing")


ORDER = ("gone", "failing", "moved", "stale", "slow", "muted", "new", "ok")


def health(feed: Feed, now: int) -> Health:
    """What there is to know of the feed now."""
    found = [*_trouble(feed, now), *_moved(feed, now), *_quiet(feed, now)]
    if feed.settings.muted:
        found.append(("muted", "Muted: its stories are in its own list only."))
    state = found[0][0] if found else "new" if feed.last_success is None else "ok"
    return Health(state, tuple(words for _, words in found))


def _trouble(feed: Feed, now: int) -> list[tuple[str, str]]:
    if feed.status == "gone":
        return [("gone", "Gone for good, says its server (410): it is not asked any more; its stories stay.")]
    if not feed.failures and not feed.error:
        return []
    since = feed.visits.failing_since
    long = f" for {span(now - since)}" if since is not None and now - since >= 60 else ""
    times = "" if feed.failures < 2 else f", {feed.failures} times in a row"
    return [("failing", f"Failing{long}{times}: {feed.error or 'no reason was noted'}")]


def _moved(feed: Feed, now: int) -> list[tuple[str, str]]:
    visits = feed.visits
    if visits.moved_to:
        rest = "" if visits.moves < 3 else " You have a feed at that address already."
        return [("moved", f"Answers from {mask_url(visits.moved_to)} by a permanent redirect "
                 f"({visits.moves} of 3 before the address is changed).{rest}")]  # fmt: skip
    if visits.moved_at is not None and now - visits.moved_at < TOLD:
        return [("moved", f"Moved here from {mask_url(visits.moved_from)} {since(visits.moved_at, now)}.")]
    return []


def _quiet(feed: Feed, now: int) -> list[tuple[str, str]]:
    found = []
    newest = feed.visits.newest if feed.total else (feed.added or None)
    if newest is not None and now - newest >= STALE and feed.last_success is not None:
        found.append(("stale", f"Nothing new for {_months(now - newest)}."))
    if feed.visits.took is not None and feed.visits.took >= SLOW:
        found.append(("slow", f"Slow: its last answer took {feed.visits.took / 1000:.0f} seconds."))
    return found


def _months(seconds: int) -> str:
    months = seconds // MONTH
    if months >= 24:
        return f"{months // 12} years"
    return f"{max(1, months)} months" if months != 1 else "a month"


def visits(feed: Feed, now: int) -> str:
    """The last fetch, the next check and why: "fetched 3h ago; next in 40m (hourly)"."""
    last = f"fetched {since(feed.last_success, now)}" if feed.last_success else "never fetched so far"
    if feed.last_fetch is not None and feed.last_fetch != feed.last_success:
        last += f", tried {since(feed.last_fetch, now)}"
    if feed.status == "gone":
        return f"{last}; not asked any more, except by name"
    if feed.next_check is None:
        return f"{last}; next with the next refresh"
    left = feed.next_check - now
    why = f" ({feed.next_why})" if feed.next_why else ""
    return f"{last}; next {f'in {ago(now, now + left)}' if left >= 60 else 'with the next refresh'}{why}"


def since(then: int, now: int) -> str:
    said = ago(then, now)
    return "just now" if said == "now" else f"{said} ago"


def worst_first(feeds: tuple[Feed, ...], now: int) -> list[tuple[Feed, Health]]:
    """Every feed with its health: what needs a look first, then by title."""
    judged = [(feed, health(feed, now)) for feed in feeds]
    return sorted(judged, key=lambda pair: (ORDER.index(pair[1].state), pair[0].title.casefold()))
