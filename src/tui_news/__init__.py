"""tuinews: the terminal newspaper."""

__version__ = "0.1.0"
