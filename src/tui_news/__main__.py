"""`python -m tui_news` is `tuinews`."""

from tui_news.cli import program

if __name__ == "__main__":
    program()
