"""`python -m tui_news` is `tuinews`."""

import sys

from tui_news.cli import main

if __name__ == "__main__":
    sys.exit(main())
