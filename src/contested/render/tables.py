"""Tables as HTML and as plain text: units with every number, "not held" in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from contested.render.typeset import TEXT_LIMIT, clean

if TYPE_CHECKING:
    from collections.abc import Sequence

CELL_LIMIT, LONGEST_ADDRESS = 1000, 500
EMPTY = "not held"
"""What an empty cell says: a table has no blank and no zero that stands for not knowing."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: words, and how they are set.

    Attributes
    ----------
    note
        Small print under the words.
    kind
        ``"words"``, ``"number"``, ``"hash"`` or ``"quiet"``.
    """

    text: str
    kind: str = "words"
    note: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; a plain string is a cell of words.

    Attributes
    ----------
    caption
        What the table says, read out first.
    numeric
        Index of the columns that hold numbers: their headings stand right.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell | str, ...], ...]
    numeric: frozenset[int] = frozenset()


def html_table(table: Table) -> str:
    """Return a table as HTML; every text is cleaned and escaped."""
    head = "".join(
        f'<th scope="col"{_class("number" if index in table.numeric else "words")}>'
        f"{text(heading)}</th>"
        for index, heading in enumerate(table.headings)
    )
    body = "\n".join(_row(row) for row in table.rows)
    mark = "" if table.headings else ' class="facts"'
    top = f"<thead><tr>{head}</tr></thead>\n" if table.headings else ""
    return (
        f'<div class="wide"><table{mark}><caption>{text(table.caption)}</caption>\n'
        f"{top}<tbody>\n{body}\n</tbody></table></div>"
    )


def text(words: str, limit: int = TEXT_LIMIT) -> str:
    """Return a foreign text as HTML that can neither mark up nor turn what stands beside it."""
    return escape(clean(words, limit), quote=True)


def isolated(words: str, limit: int = TEXT_LIMIT) -> str:
    """Return a foreign text as HTML in a direction of its own."""
    return f"<bdi>{text(words, limit)}</bdi>"


def link(address: str) -> str:
    """Return a web address as a link if it is one, else as words."""
    shown = text(address)
    if len(address) > LONGEST_ADDRESS or not address.startswith(("https://", "http://")):
        return shown
    return f'<a href="{escape(address, quote=True)}" rel="noopener noreferrer">{shown}</a>'


def _row(row: tuple[Cell | str, ...]) -> str:
    cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
    first, rest = cells[0], cells[1:]
    return (
        f'<tr><th scope="row"{_class(first.kind)}>{_inner(first)}</th>'
        + "".join(f"<td{_class(cell.kind)}>{_inner(cell)}</td>" for cell in rest)
        + "</tr>"
    )


def _inner(cell: Cell) -> str:
    words = isolated(cell.text, CELL_LIMIT) if cell.text.strip() else EMPTY
    note = f"<small>{text(cell.note, CELL_LIMIT)}</small>" if cell.note else ""
    address = f"<small>{link(cell.link)}</small>" if cell.link else ""
    return words + note + address


def _class(kind: str) -> str:
    return "" if kind == "words" else f' class="{escape(kind, quote=True)}"'


def plain_table(table: Table) -> str:
    """Return a table as text in aligned columns, for a terminal or a mail."""
    rows = [tuple(_plain(cell) for cell in row) for row in table.rows]
    head = [tuple(clean(heading) for heading in table.headings)] if table.headings else []
    lines = [*head, *rows]
    columns = max((len(line) for line in lines), default=0)
    widths = [max(len(line[i]) for line in lines if i < len(line)) for i in range(columns)]
    written = [_aligned(line, widths, table.numeric) for line in lines]
    rule = ["-" * max(len(line) for line in written)] if head else []
    parts = [clean(table.caption), *written[: len(head)], *rule, *written[len(head) :]]
    return "\n".join(parts) + "\n"


def _plain(cell: Cell | str) -> str:
    words = cell.text if isinstance(cell, Cell) else cell
    note = f" ({clean(cell.note)})" if isinstance(cell, Cell) and cell.note else ""
    return (clean(words) or EMPTY) + note


def _aligned(line: Sequence[str], widths: list[int], numeric: frozenset[int]) -> str:
    cells = [
        word.rjust(width) if index in numeric else word.ljust(width)
        for index, (word, width) in enumerate(zip(line, widths, strict=False))
    ]
    return "  ".join(cells).rstrip()
