"""What a round of work took is free again after it."""

import gc
import weakref

from tui_news.services.thrift import give_back


class Knot:
    """Hangs in a cycle of its own: only the collector frees it."""

    def __init__(self) -> None:
        self.me = self


def test_what_hangs_in_cycles_is_freed():
    gc.disable()
    try:
        gone = weakref.ref(Knot())
        assert gone() is not None
        give_back()
        assert gone() is None
    finally:
        gc.enable()
