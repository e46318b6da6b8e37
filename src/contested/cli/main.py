"""The program: a table of commands, each loaded when it is called."""

from __future__ import annotations

import importlib
import io
import logging
import os
import sys
from typing import TextIO

import click

from contested.errors import ContestedError
from contested.version import __version__

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Measure the embedded sample, or map files of yours, and write a report."),
    "init": ("init", "Make an empty book: a folder that holds maps and what came of them."),
    "sources": ("sources", "List the sources of maps, their terms and what they allow."),
    "ingest": ("ingest", "Read map files into the book."),
    "fetch": ("fetch", "Download a source's map files for your own book."),
    "update": ("update", "Fetch, ingest and rebuild in one go; fit for cron."),
    "permit": ("permit", "Record a permission that you hold from a source."),
    "days": ("days", "Say which days have a map and which have none."),
    "area": ("area", "Areas by status on a day, or as a daily series."),
    "changes": ("changes", "What changed between two days, in km² from status to status."),
    "status": ("status", "What a map shows at a point on a day."),
    "places": ("places", "Find places by any of their names; distances; more places from files."),
    "timeline": ("timeline", "Every status that a settlement was shown with."),
    "front": ("front", "The front line, and how its length depends on the ruler."),
    "salients": ("salients", "Salients of both sides: how deep, how wide, which way."),
    "advance": ("advance", "How far newly taken ground reaches, and how fast."),
    "corridor": ("corridor", "How wide the open ground is that links a place with the country."),
    "reach": ("reach", "How many people live near controlled ground."),
    "rank": ("rank", "The largest places to fall since a day, with the runner-up."),
    "vintage": ("vintage", "Which maps a quoted area can have been read from."),
    "report": ("report", "One page about a place on a day: map, figures, evidence."),
    "check": ("check", "Compare claims with dated maps, each with its evidence."),
    "claims": ("claims", "Who said what when, and what the maps showed."),
    "explain": ("explain", "Redo the check of a claim and show its steps."),
    "judge": ("judge", "Lay a person's judgement over a verdict."),
    "series": ("series", "Add figures of your own to compare claims with."),
    "map": ("map", "A locator map of a place on a day, ready for print: SVG, PDF, PNG."),
    "chart": ("chart", "A chart ready for print: areas, changes, strips, front, corridor, maps."),
    "export": ("export", "Ground, areas or timelines as GeoJSON, GeoPackage, CSV, Excel, KML …"),
    "pack": ("pack", "The whole history of a source in one small file, lossless."),
    "site": ("site", "Build the map for people: static files, or one HTML file."),
    "base": ("base", "Rivers, lakes, roads and oblasts under the maps of a book."),
    "serve": ("serve", "The map and a read-only API on this machine."),
    "verify": ("verify", "Check every hash of the book; name the first bad record."),
    "log": ("log", "List what happened to the book, newest last."),
    "read": ("read", "Read articles: every claim, who says it, where, when and how much."),
    "rebuild": ("rebuild", "Make every derived file anew from the archive."),
}
"""Command -> module of `contested.cli` and one line of help, so that `--help` imports nothing."""


class LazyCommands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a person meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"contested.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.command(
    cls=LazyCommands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with `contested demo`. Every command explains itself with --help.",
)
@click.version_option(__version__, message="contested %(version)s")
def main() -> None:
    """Who holds what, when, and how we know."""


def run() -> None:
    """Run the program; every expected error is one line on stderr and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        _in_any_letters(stream)
    logging.basicConfig(format="contested: %(message)s", level=logging.WARNING)
    try:
        code = main.main(prog_name="contested", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        _refuse(_hint(error))
    except ContestedError as error:
        _refuse(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Without this Python complains at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)


def _in_any_letters(stream: TextIO) -> None:
    """Let a stream take every name: UTF-8 in a pipe, what a terminal knows and "?" else.

    Where the machine's own letters are few (LC_ALL=C, a Windows code page) "km²" was an error.
    """
    if not isinstance(stream, io.TextIOWrapper) or stream.encoding.lower() == "utf-8":
        return
    if stream.isatty() or "PYTHONIOENCODING" in os.environ:
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8")


def _hint(error: click.ClickException) -> str:
    """Return a usage error as one line that says where help is."""
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    return f"{message} See: {context.command_path} --help" if context else message


def _refuse(message: str) -> None:
    click.echo(f"contested: {message}", err=True)
    sys.exit(2)
