"""What goes wrong between the network and HTTP, before it is a sentence for people (see `problems`)."""

from __future__ import annotations


class Broken(Exception):
    """There was no connection, or it broke: its cause says why."""


class Nonsense(Exception):
    """What the server says is no HTTP, or breaks off. begun: whether an answer had begun."""

    def __init__(self, why: str, begun: bool = True) -> None:
        super().__init__(why)
        self.begun = begun


class ProxyTrouble(Exception):
    """The proxy does not connect."""


class SetupError(Exception):
    """This computer's own settings are in the way. kind: as FetchError's; why, todo: for people."""

    def __init__(self, kind: str, why: str, todo: str) -> None:
        super().__init__(kind, why, todo)
        self.kind, self.why, self.todo = kind, why, todo
