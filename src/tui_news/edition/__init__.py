"""The built-in edition: a feed, its pages and its comments, as package data.

`web` answers `builtin:edition/…` from it.
"""
