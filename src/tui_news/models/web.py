"""What the web room hands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from tui_news.models.late import dataclass


@dataclass(frozen=True, slots=True)
class Response:
    """A fetched document. Header names are lower case; `link` headers are joined by ", ".

    url: as asked; final_url: after redirects; moved_to: the new address if *every* hop was permanent (301/308).
    took: seconds from the first request to the last byte, waiting in line left out.
    status is 200..299 or 304 (then body is empty). body is decoded (gzip, deflate), within the size limit.
    packed: but not here: it is as it came, and for `web.unpacking`.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    moved_to: str | None = None
    took: float = field(default=0.0, compare=False)
    packed: bool = False

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip().lower()
