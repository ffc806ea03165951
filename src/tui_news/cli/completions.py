"""Completions for bash, zsh and fish, and the manual page: made from the parser itself, so never stale."""

from __future__ import annotations

import argparse

from tui_news import __version__
from tui_news.cli import DONE
from tui_news.cli.output import say
from tui_news.models.late import dataclass

Args = argparse.Namespace
SHELLS = ("bash", "zsh", "fish")
# What a word stands for, by its metavar: completed from the library, cheaply, by `tuinews complete KIND`.
KINDS = {"FEED": "feeds", "F": "folders", "QUERY": "words", "TAG": "tags", "FILE": "files", "NAME": "speakers"}


@dataclass(frozen=True, slots=True)
class Option:
    flags: tuple[str, ...]
    help: str
    takes: str  # "" for none, else its metavar
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verb:
    name: str
    help: str
    options: tuple[Option, ...]
    words: tuple[Option, ...]  # positional: flags are ()
    usage: str


def verbs() -> list[Verb]:
    from tui_news.cli.parser import build_parser

    parser = build_parser()
    choices = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    helps = {action.dest: action.help or "" for action in choices._choices_actions}
    return [_verb(name, helps[name], sub) for name, sub in choices.choices.items() if name in helps]


def _verb(name: str, text: str, parser: argparse.ArgumentParser) -> Verb:
    options: list[Option] = []
    words: list[Option] = []
    for action in parser._actions:
        takes = "" if action.nargs == 0 else str(action.metavar or action.dest).upper()
        about, choices = (action.help or "").replace("%%", "%"), tuple(map(str, action.choices or ()))
        one = Option(tuple(action.option_strings), about, takes, choices)
        (options if action.option_strings else words).append(one)
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split())
    return Verb(name, text, tuple(options), tuple(words), usage)


def _kinds(verb: Verb) -> list[str]:
    return list(dict.fromkeys(KINDS[word.takes] for word in verb.words if word.takes in KINDS))


def completions(args: Args) -> int:
    say({"bash": bash, "zsh": zsh, "fish": fish}[args.shell]())
    return DONE


def bash() -> str:
    cases = []
    for verb in verbs():
        flags = " ".join(flag for option in verb.options for flag in option.flags)
        fixed = " ".join(choice for word in verb.words for choice in word.choices)
        cases.append(
            f"    {verb.name}) words={_quoted(f'{flags} {fixed}'.strip())}; kinds={_quoted(' '.join(_kinds(verb)))};;"
        )
    names = " ".join(verb.name for verb in verbs())
    body, values = "\n".join(cases), "\n".join(_bash_values())
    return f"""\
# tuinews completions for bash: source <(tuinews completions bash)
_tuinews() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} words kinds kind line=${{COMP_LINE:0:COMP_POINT}} whole before=
  COMPREPLY=()
  whole=${{line##* }}
  # bash takes is:unread for three words: the whole is compared, and what stands before the colon is not put in again.
  case $COMP_WORDBREAKS in *:*) case $whole in *:*) cur=$whole; before=${{whole%"${{whole##*:}}"}};; esac;; esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{names} --help --version" -- "$cur"))
    return
  fi
  case ${{COMP_WORDS[1]}} in
{body}
    *) return;;
  esac
  case ${{COMP_WORDS[1]}}:${{COMP_WORDS[COMP_CWORD-1]}} in
{values}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  case $cur in -*) return;; esac
  for kind in $kinds; do
    if [ "$kind" = files ]; then
      COMPREPLY+=($(compgen -f -- "$cur"))
      continue
    fi
    # Titles come from strangers: they are compared and quoted, and never pass through anything that expands.
    while IFS= read -r line; do
      case $line in "$cur"*) COMPREPLY+=("$(printf %q "$line")");; esac
    done < <(tuinews complete "$kind" 2>/dev/null)
  done
  COMPREPLY=("${{COMPREPLY[@]#"$before"}}")
}}
complete -o default -F _tuinews tuinews"""


def _bash_values() -> list[str]:
    """After an option that takes a value: its choices, or words of its kind."""
    found = []
    for verb in verbs():
        for option in verb.options:
            if option.takes:
                names = "|".join(f"{verb.name}:{flag}" for flag in option.flags)
                words, kinds = " ".join(option.choices), KINDS.get(option.takes, "")
                found.append(f"    {names}) words={_quoted(words)}; kinds={_quoted(kinds)};;")
    return found


def zsh() -> str:
    cases = []
    for verb in verbs():
        flags = " ".join(_quoted(f"{flag}[{_zsh(option.help)}]") for option in verb.options for flag in option.flags)
        fixed = " ".join(choice for word in verb.words for choice in word.choices)
        last = _quoted(f"*: :_tuinews_words {' '.join(_kinds(verb) or ['none'])} -- {fixed}")
        cases.append(f"    {verb.name}) _arguments {flags} {last};;")
    named = "\n".join(f"    {_quoted(f'{verb.name}:{_zsh(verb.help)}')}" for verb in verbs())
    body = "\n".join(cases)
    return f"""\
#compdef tuinews
# tuinews completions for zsh: tuinews completions zsh > "${{fpath[1]}}/_tuinews"
_tuinews_words() {{
  local kind fixed=0
  local -a found
  for kind in "$@"; do
    case $kind in
      --) fixed=1;;
      files) _files;;
      none) ;;
      *) if (( fixed )); then found+=("$kind"); else found+=(${{(f)"$(tuinews complete $kind 2>/dev/null)"}}); fi;;
    esac
  done
  compadd -a found
}}
_tuinews() {{
  local -a verbs
  verbs=(
{named}
  )
  if (( CURRENT == 2 )); then
    _describe verb verbs
    return
  fi
  local verb=$words[2]
  shift words
  (( CURRENT-- ))
  case $verb in
{body}
  esac
}}
compdef _tuinews tuinews"""


def _zsh(text: str) -> str:
    return text.replace("[", "(").replace("]", ")").replace(":", " -")


def fish() -> str:
    lines = ["# tuinews completions for fish: tuinews completions fish > ~/.config/fish/completions/tuinews.fish"]
    lines.append("complete -c tuinews -n __fish_use_subcommand -f")
    for verb in verbs():
        lines.append(f"complete -c tuinews -n __fish_use_subcommand -a {verb.name} -d {_quoted(verb.help)}")
        inside = f"complete -c tuinews -n '__fish_seen_subcommand_from {verb.name}'"
        kinds = _kinds(verb)
        if "files" not in kinds:
            lines.append(f"{inside} -f")
        lines += [f"{inside} -a '(tuinews complete {kind} 2>/dev/null)'" for kind in kinds if kind != "files"]
        fixed = " ".join(choice for word in verb.words for choice in word.choices)
        if fixed:
            lines.append(f"{inside} -a {_quoted(fixed)}")
        for option in verb.options:
            long = next((flag[2:] for flag in option.flags if flag.startswith("--")), "")
            lines.append(f"{inside} -l {long}{_fish_value(option)} -d {_quoted(option.help)}")
    return "\n".join(lines)


def _fish_value(option: Option) -> str:
    """What may follow the option: nothing, one of a few words, something of the library's, or a file."""
    kind = KINDS.get(option.takes)
    if option.choices:
        return f" -x -a {_quoted(' '.join(option.choices))}"
    if kind and kind != "files":
        return f" -x -a '(tuinews complete {kind} 2>/dev/null)'"
    return " -r" if option.takes else ""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def complete(args: Args) -> int:
    """Words for the shells, one a line; silent and quick, whatever is wrong."""
    from tui_news.models import LibraryError
    from tui_news.paths import default_paths
    from tui_news.store import Library
    from tui_news.text.query.fields import HELP, IS

    words: list[str] = []
    if args.kind == "words":
        words = [f"is:{word}" for word in IS] + [f"{name}:" for name in HELP]
    try:
        library = Library.open(default_paths(), readonly=True)
    except LibraryError:
        library = None
    if library is not None:
        try:
            words += _held(library, args.kind)
        finally:
            library.close()
    for word in words:
        say(word)
    return DONE


def _held(library: object, kind: str) -> list[str]:
    from tui_news.store import Library

    assert isinstance(library, Library)
    if kind == "tags":
        return [tag for tag, _ in library.tags.all()]
    if kind == "speakers":
        return []
    feeds = library.feeds.all()
    if kind == "folders":
        return sorted({feed.folder for feed in feeds if feed.folder})
    if kind == "words":
        return sorted({f"folder:{feed.folder}" for feed in feeds if feed.folder and " " not in feed.folder})
    return [feed.title for feed in feeds]


def man_page() -> str:
    """The manual page in roff."""
    from tui_news.cli.parser import EXITS

    parts = [
        f'.TH TUINEWS 1 "" "tuinews {__version__}" "User Commands"',
        ".SH NAME\ntuinews \\- the terminal newspaper",
        ".SH SYNOPSIS\n.B tuinews\n.br\n.B tuinews\n.I VERB\n[options]",
        ".SH DESCRIPTION\nWithout a verb the reader opens; on a dumb terminal it reads line by line. With a verb it "
        "prints and ends: for scripts, cron, pipes and screen readers.",
        ".SH VERBS",
    ]
    for verb in verbs():
        parts.append(f".SS {_roff(verb.usage.removeprefix('tuinews '))}\n{_roff(verb.help)}")
        for option in (*verb.words, *verb.options):
            name = ", ".join(option.flags) or option.takes
            takes = f" {option.takes}" if option.flags and option.takes else ""
            if option.help and option.flags != ("-h", "--help"):
                parts.append(f".TP\n.B {_roff(name + takes)}\n{_roff(option.help)}")
    parts += [
        ".SH EXIT STATUS\n" + _roff(EXITS.removeprefix("Exit codes: ")),
        ".SH FILES\n.TP\n.I config.toml\nThe settings; `tuinews config \\-\\-example` explains them all.\n"
        ".TP\n.I library.db\nFeeds, stories and marks. `tuinews dirs` says where both are.",
        ".SH ENVIRONMENT\n.TP\n.B TUINEWS_HOME\nOne folder for everything.\n.TP\n.B NO_COLOR\nNo colours.\n"
        ".TP\n.B BROWSER\nThe program that opens pages.",
    ]
    return "\n".join(parts)


def _roff(text: str) -> str:
    clean = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + clean if clean[:1] in (".", "'") else clean


def man(args: Args) -> int:
    say(man_page())
    return DONE


VERBS = {"completions": completions, "complete": complete, "man": man}
