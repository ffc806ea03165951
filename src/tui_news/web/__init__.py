import sys

# httpx brings its command line along where click is installed: a tenth of a second for what nobody calls here. With
# this its import fails, and httpx goes on without.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
