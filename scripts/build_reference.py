"""Write `docs/reference` from the program itself; with ``--check`` fail where it is not true.

Run it with ``make reference``; ``make check`` runs it with ``--check``.
"""

from __future__ import annotations

import difflib
import inspect
import sys
from pathlib import Path

import click
import msgspec

from contested.cli.main import COMMANDS, LazyCommands, main
from contested.history import answers
from contested.jobs import read_answers
from contested.render.figures_keys import FIGURES, HEAD, Keys

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
NOTE = "<!-- Written by `make reference`. Change the program, not this page. -->\n"


def commands_page() -> str:
    """Return the help of every command as Markdown."""
    parts = [NOTE, "# Commands\n", f"```text\n{_help(main, 'contested')}\n```\n"]
    context = click.Context(main, info_name="contested")
    for name in COMMANDS:
        command = main.get_command(context, name)
        parts.append(
            f"## contested {name}\n\n```text\n{_help(command, f'contested {name}')}\n```\n"
        )
        if isinstance(command, click.Group) and not isinstance(command, LazyCommands):
            for below, inner in command.commands.items():
                text = _help(inner, f"contested {name} {below}")
                parts.append(f"### contested {name} {below}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def _help(command: click.Command, name: str) -> str:
    context = click.Context(
        command,
        info_name=name,
        max_content_width=100,
        terminal_width=100,
        help_option_names=["-h", "--help"],
    )
    return command.get_help(context).rstrip()


def json_page() -> str:
    """Return the keys of every JSON answer as Markdown."""
    parts = [
        NOTE,
        "# JSON answers\n",
        (
            "What the commands print with `--json`. Keys are stable: they are added to, not "
            "renamed. `null` is never zero: it means not held, or no statement.\n"
        ),
    ]
    for module in (answers, read_answers):
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, msgspec.Struct) and kind is not msgspec.Struct:
                parts.append(_keys(name, kind))
    return "\n".join([*parts, *_figures()])


def _figures() -> list[str]:
    """Return the keys of the figures: they are dictionaries, told in a module of their own."""
    parts = [
        "## Figures\n",
        (
            "`front`, `salients`, `advance`, `corridor`, `reach`, `rank` and `vintage` begin with "
            "these keys. `[]` is every item of a list, `*` any name.\n"
        ),
        *_told(HEAD),
    ]
    for command, keys in FIGURES.items():
        parts += [f"## Figure {command}\n", *_told(keys)]
    return parts


def _told(keys: Keys) -> list[str]:
    rows = [f"| `{key}` | `{kind}` | {meaning} |" for key, (kind, meaning) in keys.items()]
    return ["| key | type | meaning |", "| --- | --- | --- |", *rows, ""]


def _keys(name: str, kind: type[msgspec.Struct]) -> str:
    annotations = inspect.get_annotations(kind)
    rows = [
        f"| `{field.encode_name}` | `{_type(annotations, field.name)}` |"
        for field in msgspec.structs.fields(kind)
    ]
    about = inspect.cleandoc(kind.__doc__ or "")
    return "\n".join([f"## {name}\n", f"{about}\n", "| key | type |", "| --- | --- |", *rows, ""])


def _type(annotations: dict[str, str], name: str) -> str:
    """Return an annotation; a pipe would end the cell of the table."""
    return str(annotations.get(name, "")).replace("|", "\\|")


def run() -> int:
    """Write the pages, or compare them."""
    pages = {"commands.md": commands_page(), "json.md": json_page()}
    if "--check" not in sys.argv:
        for name, text in pages.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
        return 0
    stale = [name for name, text in pages.items() if _differs(FOLDER / name, text)]
    if stale:
        print(f"out of date: {', '.join(stale)}. Run `make reference` and commit the result.")
    return 1 if stale else 0


def _differs(path: Path, text: str) -> bool:
    held = path.read_text(encoding="utf-8") if path.exists() else ""
    if held != text:
        diff = difflib.unified_diff(held.splitlines(), text.splitlines(), str(path), "now", n=1)
        print("\n".join(list(diff)[:40]))
    return held != text


if __name__ == "__main__":
    sys.exit(run())
