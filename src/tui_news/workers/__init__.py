"""Killable processes: parsing and extracting hostile input can take for ever, and a thread cannot be stopped.

`pool.Workers` runs functions in them, `inline.Inline` in this process for tests. The child imports this package too,
so nothing is loaded here.
"""
