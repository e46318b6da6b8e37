"""Where a page's figures come from: sources with terms, hashes of inputs, methods. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.records import Use
from contested.render import wording
from contested.render.page import paragraph, section
from contested.render.tables import Cell, Table, html_table
from contested.render.typeset import clean

if TYPE_CHECKING:
    from contested.records import Source
    from contested.render.sheet import InputFile, MethodNote

USE_WORDS = {
    Use.STORE: "keep",
    Use.PUBLISH_IMAGE: "publish pictures",
    Use.PUBLISH_GEOMETRY: "publish geometry",
    Use.PUBLISH_AGGREGATE: "publish figures",
    Use.COMMERCIAL: "commercial use",
}


def evidence(
    sources: tuple[Source, ...],
    inputs: tuple[InputFile, ...],
    methods: tuple[MethodNote, ...],
    version: str,
) -> tuple[str, str, str]:
    """Return the sections on sources, inputs and methods."""
    made = paragraph(f"Made with contested {clean(version)}.", "note")
    return (
        section("Sources and terms", _sources(sources), name="sources"),
        section("Inputs", _inputs(inputs), name="inputs"),
        section("Methods", _methods(methods), made, name="methods"),
    )


def _sources(sources: tuple[Source, ...]) -> str:
    return "\n".join(_source(source) for source in sources)


def _source(source: Source) -> str:
    """Return one source as a table of two columns, which a phone can show too."""
    allowed = [words for use, words in USE_WORDS.items() if use in source.rights.allowed]
    rows = (
        ("Credit", source.credit),
        ("Lineage", f"{source.lineage}: sources of one lineage are one voice"),
        ("Dates", source.date_rule),
        ("Terms", Cell(source.rights.terms, link=source.rights.terms_url)),
        ("Terms read on", wording.day(source.rights.read_on)),
        ("Allowed without asking", ", ".join(allowed) or "nothing"),
        ("For anything else ask", source.rights.ask),
    )
    return html_table(Table(source.title, (), rows))


def _inputs(inputs: tuple[InputFile, ...]) -> str:
    rows = tuple(
        (one.file, wording.day(one.day), one.source, Cell(one.sha256, "hash")) for one in inputs
    )
    caption = "Every file that this page was made from, with the SHA-256 of its bytes"
    return html_table(Table(caption, ("File", "Map of", "Source", "SHA-256"), rows))


def _methods(methods: tuple[MethodNote, ...]) -> str:
    rows = tuple((one.name, one.version, one.text) for one in methods)
    return html_table(Table("How the figures are made", ("Figure", "Version", "Method"), rows))
