"""Every limit of the network in one place; `tuinews doctor` prints them. Seconds and bytes unless said otherwise."""

from __future__ import annotations

from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * KIB

# Time. The whole fetch has one limit, redirects included: a server that sends a byte a second makes "progress" for
# ever, so limits on single reads alone never end it.
FETCH_SECONDS: Final = 30.0
CONNECT_SECONDS: Final = 10.0
READ_SECONDS: Final = 12.0
ANSWER_SECONDS: Final = 12.0  # from the request to the last header, a flood of 1xx answers included
SLOW_AFTER: Final = 12.0  # a body that has been coming for so long …
SLOW_BYTES: Final = 256  # … must have come at so many bytes a second

# Size, on the wire and decoded.
FEED_LIMIT: Final = 16 * MIB
ARTICLE_LIMIT: Final = 8 * MIB
COMMENTS_LIMIT: Final = 16 * MIB
URL_LIMIT: Final = 8 * KIB
COOKIE_LIMIT: Final = 8 * KIB  # one Cookie header inside a chain of redirects
GZIP_MEMBERS: Final = 64  # a gzip file may be several in a row; each costs time, whatever its size

# Counts.
REDIRECTS: Final = 10
PER_HOST: Final = 2
TOTAL: Final = 512  # hosts are far away, not slow: what one waits for, hundreds wait for at the same time
SECURE: Final = 256  # and of these by TLS: its beginning takes the processor, and a slow one must not run out of time
LOOKUPS: Final = 40  # names asked for at once: a home's router forwards no more than some hundred and fifty questions
KEPT: Final = 100  # idle connections that are kept for another request
LARGE: Final = 1 * MIB  # a body that grows beyond this …
LARGE_AT_ONCE: Final = 8  # … waits for its turn, so that a hundred of them do not fill the memory

# Waiting when a server says so (Retry-After).
RETRY_MOST: Final = 24 * 3600
RETRY_BAD: Final = 600  # a Retry-After that is neither seconds nor a date, or a 429 without one


def connections(most: int = TOTAL) -> int:
    """How many connections may stand at once: two in five of the descriptors that the system grants (a Mac's shell
    grants 256 of them), for the screen, the library and the workers need theirs."""
    try:
        import resource

        granted = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    except (ImportError, OSError, ValueError):
        return min(most, 100)
    return most if granted == resource.RLIM_INFINITY else max(16, min(most, granted * 2 // 5))


USER_AGENT: Final = "tuinews/0.1 (+https://github.com/tuinews/tuinews)"
