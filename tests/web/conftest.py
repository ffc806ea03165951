"""No proxy of this machine's, and our own authority as the only one trusted."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

CERTIFICATES = Path(__file__).parent / "certificates"


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "ca.pem"))


@pytest.fixture
def tls_context():
    """Makes a server's context: tls_context("good" | "wrong" | "old")."""

    def make(name: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATES / f"{name}.pem")
        return context

    return make
