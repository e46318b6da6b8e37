"""What a notebook shows of a book: its holdings as a table, its map as a page in a frame."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from contested.history.calendar import MapCalendar
from contested.jobs.engines import held_sources
from contested.jobs.series import load_series
from contested.store.files import write_bytes

if TYPE_CHECKING:
    from contested.records import Source
    from contested.store.book import Book

HEIGHT_PX = 640


@dataclass(frozen=True, slots=True)
class BookMap:
    """A page of every day: one HTML file that needs no other."""

    page: bytes

    def _repr_html_(self) -> str:
        # In a frame without an origin of its own: the page can read nothing of the notebook's.
        return (
            f'<iframe sandbox="allow-scripts allow-downloads" width="100%" height="{HEIGHT_PX}" '
            f'style="border:0" title="Map of control of terrain" '
            f'srcdoc="{html.escape(self.page.decode("utf-8"))}"></iframe>'
        )

    def save(self, path: str | Path) -> None:
        """Write the page as an HTML file."""
        write_bytes(Path(path), self.page)


def holdings_html(book: Book) -> str:
    """Return a table of the sources that a book holds, with the days they cover."""
    rows = "".join(_row(book, one) for one in held_sources(book))
    head = "<tr><th>source</th><th>kind</th><th>maps</th><th>days</th><th>credit</th></tr>"
    name = html.escape(str(book.path))
    return f"<table><caption>{name}</caption><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _row(book: Book, one: Source) -> str:
    maps, days = "not held: points only", ""
    if one.kind == "areas":
        covered = MapCalendar(one.name, load_series(book, one.name).snapshots).coverage()
        maps, days = f"{covered.snapshots:,}", f"{covered.first} to {covered.last}"
    cells = (one.name, one.kind, maps, days, one.credit)
    return "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>"
